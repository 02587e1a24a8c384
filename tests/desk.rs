//! The desk by itself: whatever is done on it, it can be taken back, done again, and found again.

mod common;

use common::Folder;
use lotwright::app::desk::{Desk, LockAsked, LotAsked, SetsAsked, StrokeAsked, Target};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

fn open(folder: &Folder) -> Desk {
    Desk::open(folder.path(), &[], Some(&folder.file("desk")), None).unwrap()
}

/// All that a desk says, but for what counts its changes since it was opened.
fn said(desk: &Desk) -> Value {
    let mut state = serde_json::to_value(desk.state()).unwrap();
    state["revision"] = Value::Null;
    state
}

fn lot_ids(state: &Value) -> Vec<String> {
    let lots = state["lots"].as_array().unwrap().iter();
    lots.map(|lot| lot["lot_id"].as_str().unwrap().to_string()).collect()
}

/// Something that a hand may do; refusals are part of it.
fn do_something(desk: &mut Desk, random: &mut StdRng) {
    let lots = lot_ids(&said(desk));
    let any = |random: &mut StdRng| lots.get(random.random_range(0..lots.len().max(1))).cloned();
    let seats: Vec<usize> = (0..4).filter(|_| random.random_bool(0.4)).collect();
    match random.random_range(0..12) {
        0..5 => {
            let new = Target::New { new: true, name: None };
            let lot = match random.random_range(0..4) {
                0 => None,
                1 => Some(new),
                _ => Some(any(random).map_or(new, Target::Lot)),
            };
            let stroke = StrokeAsked {
                revision: None,
                seats,
                lot,
                id: None,
                delta: false,
            };
            desk.stroke(&stroke).unwrap();
        }
        5 => desk.undo().unwrap(),
        6 => desk.redo().unwrap(),
        7 => desk.go(random.random_range(0..30)).unwrap(),
        8 => {
            let locked = random.random_bool(0.4);
            let lot = any(random).filter(|_| random.random_bool(0.5));
            desk.lock(&LockAsked { seats, lot, locked }).unwrap();
        }
        9 => {
            let rename = Some(format!("n{}", random.random_range(0..6)));
            let lot = any(random);
            let new = lot.is_none();
            // A label that is taken is refused, and nothing changes.
            let _ = desk.change_lot(&LotAsked { lot, rename, new });
        }
        10 => {
            let sets = vec![format!("viability.floor_gbp={}", random.random_range(1..500_000))];
            desk.set(&SetsAsked { sets, resets: vec![] }).unwrap();
        }
        _ => {
            let rows: String = (1..5)
                .map(|area| format!("E0600000{area},{}\n", random.random_range(0..4)))
                .collect();
            desk.open_bytes(format!("area_code,lot_id\n{rows}").into_bytes())
                .unwrap();
        }
    }
}

#[test]
fn whatever_is_done_a_desk_that_is_opened_again_says_the_same() {
    for seed in 0..6 {
        let folder = Folder::new();
        let mut random = StdRng::seed_from_u64(seed);
        let mut desk = open(&folder);
        for _ in 0..8 {
            (0..12).for_each(|_| do_something(&mut desk, &mut random));
            let before = said(&desk);
            drop(desk);
            desk = open(&folder);
            assert!(desk.findings.0.is_empty(), "seed {seed}: {}", desk.findings);
            assert_eq!(said(&desk), before, "seed {seed}");
        }
    }
}

#[test]
fn going_back_and_forth_leads_to_what_was() {
    for seed in 10..16 {
        let folder = Folder::new();
        let mut random = StdRng::seed_from_u64(seed);
        let mut desk = open(&folder);
        (0..60).for_each(|_| do_something(&mut desk, &mut random));
        let entries = desk.state().entries;
        let forth: Vec<Value> = (0..=entries)
            .map(|cursor| {
                desk.go(cursor).unwrap();
                said(&desk)
            })
            .collect();
        for cursor in (0..=entries).rev() {
            desk.go(cursor).unwrap();
            assert_eq!(said(&desk), forth[cursor], "seed {seed}, entry {cursor}");
        }
        assert_eq!(forth[0]["lots"], Value::Array(vec![]));
    }
}

#[test]
fn a_colour_never_changes_while_its_lot_is_there() {
    let folder = Folder::new();
    let mut random = StdRng::seed_from_u64(3);
    let mut desk = open(&folder);
    let mut before = said(&desk);
    let colours = |state: &Value| -> Vec<Value> {
        let lots = state["lots"].as_array().unwrap().iter();
        lots.map(|lot| lot["colour"].clone()).collect()
    };
    for _ in 0..200 {
        do_something(&mut desk, &mut random);
        let after = said(&desk);
        for (id, colour) in lot_ids(&before).iter().zip(colours(&before)) {
            let still = lot_ids(&after).iter().position(|other| other == id);
            // A label may have gone to another lot by a rename between; entries that only paint keep all.
            let painted = after["history"]["undo"]
                .as_str()
                .is_some_and(|words| words.starts_with("Moved") || words.starts_with("Put"));
            if let Some(at) = still.filter(|_| painted && after["cursor"].as_u64() > before["cursor"].as_u64()) {
                assert_eq!(colours(&after)[at], colour, "{id}");
            }
        }
        before = after;
    }
}

#[test]
fn what_the_desk_says_is_what_evaluate_says() {
    let folder = Folder::new();
    let mut random = StdRng::seed_from_u64(9);
    let mut desk = open(&folder);
    for _ in 0..25 {
        do_something(&mut desk, &mut random);
        desk.save().unwrap();
        let state = said(&desk);
        let floor = state["floor_gbp"].as_f64().unwrap();
        let set = format!("viability.floor_gbp={floor}");
        let plan = folder.file("desk/plan.csv").display().to_string();
        let (code, out, err) = folder.run("evaluate", &["--plan", &plan, "--set", &set, "--json"]);
        assert_eq!(code, 0, "{err}");
        let answer = common::json(&out);
        for lot in answer["lots"].as_array().unwrap() {
            let here = state["lots"]
                .as_array()
                .unwrap()
                .iter()
                .find(|here| here["lot_id"] == lot["lot_id"])
                .unwrap();
            for figure in [
                "name",
                "volume",
                "contract_value_gbp",
                "participants",
                "floor_margin_gbp",
                "pieces",
            ] {
                assert_eq!(here[figure], lot[figure], "{figure} of {}", lot["lot_id"]);
            }
        }
        let told = |list: &Value| -> Vec<Value> {
            list.as_array()
                .unwrap()
                .iter()
                .map(|one| one["message"].clone())
                .collect()
        };
        assert_eq!(told(&state["problems"]), told(&answer["violations"]));
        for (goal, counted) in state["goals"]
            .as_array()
            .unwrap()
            .iter()
            .zip(answer["goals"].as_array().unwrap())
        {
            assert_eq!(goal["value"].as_f64(), counted["value"].as_f64());
        }
    }
}

#[test]
fn settings_stand_in_the_history_in_words_with_what_was_before() {
    let folder = Folder::new();
    let mut desk = open(&folder);
    let mut done = |sets: &[&str], resets: &[&str]| {
        let text = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        desk.set(&SetsAsked {
            sets: text(sets),
            resets: text(resets),
        })
        .unwrap();
        said(&desk)["history"]["undo"].as_str().unwrap().to_string()
    };
    assert_eq!(done(&["viability.floor_gbp=4e5"], &[]), "Floor: £400,000, was £300,000");
    assert_eq!(
        done(&["lots.count=2", "lots.contiguous=false"], &[]),
        "Number of lots: 2, was max; Each lot in one piece: no, was yes"
    );
    assert_eq!(
        done(&["viability.floor_participants=100"], &[]),
        "Floor: 100 participants, was none"
    );
    assert_eq!(
        done(&["viability.survive=0.25", "goal=[{minimise=\"travel\"}]"], &[]),
        "Fall in volume that every lot survives: 25.0 %, was none; Goals: travel, was deal_splits, travel"
    );
    assert_eq!(
        done(&[], &["viability.floor_gbp"]),
        "Floor: £300,000 again, was £400,000"
    );
}

#[test]
fn a_baseline_says_how_many_of_its_lots_lie_in_the_areas_that_take_part() {
    let folder = Folder::new();
    let desk = Desk::open(
        &common::root().join("scenarios/whp-2017"),
        &[],
        Some(&folder.file("desk")),
        None,
    )
    .unwrap();
    let opening = serde_json::to_value(desk.opening()).unwrap();
    let baselines = opening["baselines"].as_array().unwrap();
    let name = |key: &str| baselines.iter().find(|one| one["key"] == key).unwrap()["name"].clone();
    assert_eq!(
        name("restart-2021-cpa"),
        "CPA of restart-2021 (9 of its 12 lots lie here)"
    );
    assert_eq!(name("cpa"), "CPA");
}
