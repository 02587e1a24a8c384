//! What the hand does: strokes, locks, lots and settings.

use serde_json::json as value;

use crate::client::{national, row};

#[test]
fn strokes_are_told_in_words_and_money_and_taken_back_one_by_one() {
    let (_folder, served) = row();
    let first = served.stroke(&[0, 1], value!({"new": true}));
    assert_eq!(first["history"]["undo"], "Put Square 2 and Square 1 into 1: +£300,000");
    assert_eq!(first["lots"][0]["words"], "Cuts Middle");
    let second = served.stroke(&[2, 3], value!({"new": true, "name": "East"}));
    assert_eq!(second["lots"][1]["lot_id"], "East");
    assert_ne!(second["lots"][0]["colour"], second["lots"][1]["colour"]);
    assert_eq!(second["problems"], value!([]));
    let third = served.stroke(&[1], value!("East"));
    assert_eq!(third["history"]["undo"], "Moved Square 2 from 1 to East: +£200,000");
    assert_eq!(third["lots"][0]["status"], "below_floor");
    let problem = &third["problems"][0];
    assert_eq!((&problem["rule"], &problem["lot_id"]), (&value!("floor"), &value!("1")));
    let fixes: Vec<&str> = problem["fixes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fix| fix["kind"].as_str().unwrap())
        .collect();
    assert_eq!(fixes, ["merge", "undo", "repair"]);
    assert_eq!(served.done("/api/undo", &value!({}))["problems"], value!([]));
    let all = ["1", "1", "East", "East"].map(|lot| Some(lot.to_string()));
    assert_eq!(served.labels(), all);
    served.done("/api/goto", &value!({"cursor": 0}));
    assert_eq!(served.labels(), [None, None, None, None]);
    assert_eq!(served.state()["lots"], value!([]));
    served.done("/api/goto", &value!({"cursor": 2}));
    assert_eq!(served.labels(), all);
    let redone = served.done("/api/redo", &value!({}));
    assert_eq!((&redone["cursor"], &redone["entries"]), (&value!(3), &value!(3)));
    let history = served.get("/api/history?from=1&count=1").json();
    assert_eq!(
        history["entries"][0]["words"],
        "Put Square 4 and Square 3 into East: +£700,000"
    );
}

#[test]
fn a_piece_apart_is_a_problem_with_a_stroke_that_mends_it() {
    let (_folder, served) = row();
    served.stroke(&[0, 3], value!({"new": true}));
    let state = served.stroke(&[1, 2], value!({"new": true}));
    assert_eq!(state["lots"][0]["words"], "2 pieces");
    let problem = &state["problems"][0];
    assert_eq!(
        (&problem["rule"], &problem["areas"]),
        (&value!("contiguous"), &value!([0]))
    );
    assert!(problem["box"][0].as_i64() < problem["box"][2].as_i64());
    let fix = &problem["fixes"][0];
    assert_eq!(fix["label"], "Attach Square 1 to 2");
    let mended = served.done("/api/strokes", &fix["stroke"]);
    assert_eq!(mended["problems"], value!([]));
}

#[test]
fn a_stroke_sent_twice_counts_once_and_may_be_answered_without_what_is_known() {
    let (_folder, served) = row();
    let one = value!({"seats": [0], "lot": {"new": true}, "id": "a", "revision": 0, "delta": true});
    let first = served.done("/api/strokes", &one);
    assert_eq!((&first["id"], first.get("lot_of_seat")), (&value!("a"), None));
    let again = served.done("/api/strokes", &one);
    assert_eq!((&again["entries"], again["lot_of_seat"].is_array()), (&value!(1), true));
    let nothing = served.done("/api/strokes", &value!({"seats": [0, 0], "lot": "1", "id": "b"}));
    assert_eq!(nothing["entries"], 1);
}

#[test]
fn locked_seats_and_lots_stay_whatever_is_painted() {
    let (_folder, served) = row();
    served.stroke(&[0, 1], value!({"new": true}));
    served.stroke(&[2, 3], value!({"new": true}));
    served.done("/api/locks", &value!({"seats": [0], "locked": true}));
    let locked = served.done("/api/locks", &value!({"lot": "2", "locked": true}));
    assert_eq!(
        (&locked["locked_seats"], &locked["lots"][1]["locked"]),
        (&value!([0]), &value!(true))
    );
    let state = served.stroke(&[0, 1, 2], value!(null));
    assert_eq!(
        state["history"]["undo"],
        "Took Square 2 out of 1: −£200,000; 2 locked seats stayed"
    );
    let stays = served.stroke(&[3], value!("1"));
    assert_eq!(stays["entries"], state["entries"]);
    served.done("/api/locks", &value!({"lot": "2", "locked": false}));
    assert_eq!(served.stroke(&[3], value!("1"))["lots"][0]["areas"], 2);
}

#[test]
fn lots_are_made_and_renamed_and_no_label_stands_twice() {
    let (_folder, served) = row();
    assert_eq!(
        served.done("/api/lots", &value!({"new": true}))["lots"][0]["status"],
        "empty"
    );
    served.stroke(&[0], value!("1"));
    let renamed = served.done("/api/lots", &value!({"lot": "1", "rename": "North"}));
    assert_eq!(renamed["lots"][0]["lot_id"], "North");
    served.done("/api/lots", &value!({"new": true}));
    for taken in ["North", "0", "-1", "", "a\nb"] {
        assert_eq!(
            served.post("/api/lots", &value!({"lot": "1", "rename": taken})).status,
            422,
            "{taken}"
        );
    }
    assert_eq!(
        served.done("/api/undo", &value!({}))["lots"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn settings_take_effect_at_once_and_a_fault_leaves_all_as_it_was() {
    let (_folder, served) = row();
    served.stroke(&[0, 1, 2, 3], value!({"new": true}));
    let set = served.done(
        "/api/settings",
        &value!({"sets": ["viability.cap_gbp=500000", "lots.count=2"]}),
    );
    let rules: Vec<&str> = set["state"]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["cap", "count"]);
    assert!(
        set["state"]["command"]
            .as_str()
            .unwrap()
            .contains("--set viability.cap_gbp=500000 --set lots.count=2")
    );
    let before = served.state();
    for wrong in [
        "viability.cap_gbp=1",
        "viability.cap_gbp=\"x\"",
        "lots.count=0",
        "viability.nothing=1",
        "nonsense",
    ] {
        assert_eq!(
            served.post("/api/settings", &value!({"sets": [wrong]})).status,
            422,
            "{wrong}"
        );
    }
    assert_eq!(served.state(), before);
    let reset = served.done("/api/settings", &value!({"resets": ["viability.cap_gbp"]}));
    assert_eq!(reset["state"]["problems"].as_array().unwrap().len(), 1);
    let undone = served.done("/api/goto", &value!({"cursor": 1}));
    assert_eq!(undone["problems"], value!([]));
}

/// Kilobytes of memory that a process holds.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn many_strokes_leave_memory_flat() {
    let (_folder, served) = national();
    served.stroke(&[0], value!({"new": true}));
    served.stroke(&[1], value!({"new": true}));
    let strokes = |count: usize| {
        for k in 0..count {
            served.stroke(&[2 + k % 300], value!(if k % 2 == 0 { "1" } else { "2" }));
        }
    };
    strokes(50);
    let before = resident(served.child.id());
    strokes(300);
    let after = resident(served.child.id());
    assert!(after < before + 6_000, "{before} kB before, {after} kB after");
}
