//! The command `repair`: few moves, plans finished, and reasons why neither can be.

use crate::common::{Folder, json, lotwright, root};
use serde_json::Value;

#[test]
fn repair_moves_as_few_people_as_the_rules_allow() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    let plan = folder.file("plan.csv");
    let plan = plan.to_str().unwrap();
    // West is below the floor: with any number of lots it ends, with two it takes the second square.
    for (count, moved, name, from, to) in [
        ("\"max\"", 100.0, "Square 1", "West", "East"),
        ("2", 200.0, "Square 2", "East", "West"),
    ] {
        let (code, out, _) = folder.run(
            "repair",
            &["--json", "--plan", plan, "--set", &format!("lots.count={count}")],
        );
        assert_eq!(code, 0, "{out}");
        let answer = json(&out);
        let repair = &answer["repair"];
        assert_eq!(
            (&repair["moved_volume"], &repair["bound"], &repair["proved"]),
            (&moved.into(), &moved.into(), &true.into())
        );
        let first = &repair["moves"][0];
        assert_eq!(
            (&first["name"], &first["from"], &first["to"], &first["volume"]),
            (&name.into(), &from.into(), &to.into(), &moved.into())
        );
        assert_eq!(
            (&answer["status"], &answer["goals"][0]["name"], &answer["violations"]),
            (&"optimal".into(), &"moved".into(), &serde_json::json!([]))
        );
    }
    let (_, out, _) = folder.run("repair", &["--plan", plan]);
    assert!(
        out.contains("1 area moves, 100 people: proved least with these lots"),
        "{out}"
    );
    let (code, out, _) = folder.run(
        "repair",
        &[
            "--plan",
            plan,
            "--set",
            "viability.floor_gbp=400e3",
            "--set",
            "lots.count=2",
            "--set",
            "lots.never_together=[[\"E06000003\", \"E06000004\"], [\"E06000002\", \"E06000003\"]]",
        ],
    );
    assert_eq!(code, 4, "{out}");
}

#[test]
fn finish_places_what_is_open_and_leaves_the_rest() {
    let folder = Folder::new();
    let plan = |text: &str| {
        folder.write("plan.csv", &format!("area_code,lot_id\n{text}"));
        folder.file("plan.csv").to_str().unwrap().to_string()
    };
    let open = plan("E06000001,West\nE06000002,\nE06000003,East\nE06000004,East\n");
    let out_folder = folder.file("out");
    let (code, out, _) = folder.run(
        "repair",
        &[
            "--finish",
            "--json",
            "--plan",
            &open,
            "--out",
            out_folder.to_str().unwrap(),
        ],
    );
    assert_eq!(code, 0);
    let answer = json(&out);
    assert_eq!(
        answer["repair"]["moves"],
        serde_json::json!([{"area": "E06000002", "name": "Square 2", "from": null, "to": "West", "volume": 200.0}])
    );
    assert_eq!(
        (&answer["repair"]["moved_volume"], &answer["status"]),
        (&0.0.into(), &"optimal".into())
    );
    let written = std::fs::read_to_string(out_folder.join("plan.csv")).unwrap();
    assert_eq!(
        written,
        "area_code,lot_id\nE06000001,West\nE06000002,West\nE06000003,East\nE06000004,East\n"
    );
    assert!(
        std::fs::read_to_string(out_folder.join("report.html"))
            .unwrap()
            .contains("id=\"moves\"")
    );
    let stuck = plan("E06000001,West\nE06000002,East\nE06000003,\nE06000004,East\n");
    assert_eq!(folder.run("repair", &["--finish", "--plan", &stuck]).0, 4);
    assert_eq!(folder.run("repair", &["--plan", &stuck]).0, 0);
}

#[test]
fn a_plan_with_ten_areas_out_of_place_is_repaired_by_moving_no_more_than_them() {
    let golden = std::fs::read_to_string(root().join("scenarios/whp-2017/golden/plan.csv")).unwrap();
    let mut rows: Vec<Vec<String>> = golden
        .lines()
        .map(|row| row.split(',').map(String::from).collect())
        .collect();
    let seen = lotwright()
        .args(["inspect", "scenarios/whp-2017", "--json"])
        .output()
        .unwrap();
    let areas = json(&String::from_utf8(seen.stdout).unwrap())["areas"].clone();
    let mut misplaced = 0.0;
    let last = rows.len() - 1;
    for at in (20..320).step_by(30).map(|row: usize| row.min(last)) {
        let other = rows[rows.len() - at][1].clone();
        if rows[at][1] != other {
            misplaced += areas[at - 1]["volume"].as_f64().unwrap();
            rows[at][1] = other;
        }
    }
    assert!(misplaced > 5_000.0, "{misplaced} people are out of place");
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.csv");
    let text: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    std::fs::write(&plan, text.join("\n")).unwrap();
    let output = lotwright()
        .args([
            "repair",
            "scenarios/whp-2017",
            "--json",
            "--quiet",
            "--time-limit",
            "15",
            "--plan",
        ])
        .arg(&plan)
        .output()
        .unwrap();
    let answer = json(&String::from_utf8(output.stdout).unwrap());
    let repair = &answer["repair"];
    let (moved, bound) = (
        repair["moved_volume"].as_f64().unwrap(),
        repair["bound"].as_f64().unwrap(),
    );
    assert!(bound <= moved && moved <= misplaced, "{bound} {moved} {misplaced}");
    assert_eq!(answer["violations"], serde_json::json!([]));
}

/// The row with a plan of two lots, and the option that names it.
fn with_plan(lots: [&str; 4]) -> (Folder, [String; 2]) {
    let folder = Folder::new();
    let rows = lots
        .iter()
        .enumerate()
        .map(|(at, lot)| format!("E0600000{},{lot}\n", at + 1));
    folder.write("plan.csv", &format!("area_code,lot_id\n{}", rows.collect::<String>()));
    let plan = folder.file("plan.csv").display().to_string();
    (folder, ["--plan".into(), plan])
}

fn infeasible(folder: &Folder, plan: &[String; 2], more: &[&str]) -> Value {
    let words: Vec<&str> = ["--json", &plan[0], &plan[1]]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let (code, out, _) = folder.run("repair", &words);
    assert_eq!(code, 4, "{out}");
    json(&out)
}

fn keys(answer: &Value) -> Vec<&str> {
    let rules = answer["conflict"]["rules"].as_array().unwrap();
    rules.iter().map(|rule| rule["key"].as_str().unwrap()).collect()
}

#[test]
fn a_scenario_without_a_plan_is_explained_by_repair_as_by_solve() {
    let (folder, plan) = with_plan(["A", "A", "B", "B"]);
    let apart = "lots.never_together=[[\"E06000001\", \"E06000002\"]]";
    let repaired = infeasible(&folder, &plan, &["--set", apart]);
    let solved = json(&folder.run("solve", &["--json", "--set", apart]).1);
    assert_eq!(repaired["conflict"], solved["conflict"]);
    assert_eq!(repaired["relaxations"], solved["relaxations"]);
    assert_eq!(repaired["conflict"]["smallest"], true);
}

#[test]
fn lots_of_a_plan_that_the_cap_makes_too_few_are_in_conflict_with_it() {
    let (folder, plan) = with_plan(["A", "A", "B", "B"]);
    let low = ["--set", "viability.floor_gbp=100e3", "--set", "viability.cap_gbp=400e3"];
    let answer = infeasible(&folder, &plan, &low);
    assert_eq!(keys(&answer), ["viability.cap_gbp", "plan"]);
    let message = answer["conflict"]["message"].as_str().unwrap();
    assert!(message.contains("no lot is added to the 2 of the plan"), "{message}");
    assert!(
        !answer["findings"].to_string().contains("asked for"),
        "{}",
        answer["findings"]
    );
    let counts: Vec<&Value> = answer["relaxations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["key"])
        .collect();
    assert_eq!(counts, ["viability.cap_gbp", "lots.count"]);
    // What is advised works.
    let words: Vec<&str> = ["--quiet", &plan[0], &plan[1]]
        .into_iter()
        .chain(low)
        .chain(["--set", "lots.count=3"])
        .collect();
    assert_eq!(folder.run("repair", &words).0, 0);
}

#[test]
fn a_plan_that_cannot_be_finished_is_told_as_what_it_holds() {
    let (folder, plan) = with_plan(["A", "B", "", "B"]);
    let answer = infeasible(&folder, &plan, &["--finish"]);
    assert!(keys(&answer).contains(&"plan"), "{answer}");
    let told = answer["conflict"]["message"].as_str().unwrap();
    assert!(told.contains("Square 1 is in lot A of the plan"), "{told}");
    let all = answer.to_string();
    assert!(!all.contains("asked for") && !all.contains("lots.locks"), "{all}");
}

#[test]
fn a_plan_of_too_many_lots_to_be_finished_is_told_to_keep_them() {
    let (folder, plan) = with_plan(["A", "B", "", "C"]);
    let answer = infeasible(&folder, &plan, &["--finish", "--set", "viability.floor_gbp=400e3"]);
    assert_eq!(keys(&answer), ["viability.floor_gbp", "plan"]);
    let told = answer["conflict"]["message"].as_str().unwrap();
    assert!(told.contains("the plan keeps its 3 lots and none is added"), "{told}");
    assert!(
        told.contains("The plan has 3 lots, but there can be 2 at most, by"),
        "{told}"
    );
}

#[test]
fn the_number_of_lots_of_a_finished_plan_is_not_said_to_be_asked_for() {
    let (folder, plan) = with_plan(["A", "", "B", "B"]);
    let out = folder.file("out");
    let low = ["--set", "viability.floor_gbp=100e3"];
    let words = [
        "--finish",
        "--out",
        out.to_str().unwrap(),
        &plan[0],
        &plan[1],
        low[0],
        low[1],
    ];
    assert_eq!(folder.run("repair", &words).0, 0);
    let answer = json(&std::fs::read_to_string(out.join("plan.json")).unwrap());
    let lots = &answer["goals"][1];
    assert_eq!(
        (&lots["value"], &lots["argument"], &lots["certificate"]),
        (&2.into(), &"as many as the plan has".into(), &Value::Null)
    );
    let (code, said, _) = folder.run(
        "check",
        &[
            "--plan",
            out.join("plan.csv").to_str().unwrap(),
            "--answer",
            out.join("plan.json").to_str().unwrap(),
            low[0],
            low[1],
        ],
    );
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("the bound rests on `as many as the plan has`"), "{said}");
}

#[test]
fn parts_of_a_double_member_stay_where_the_plan_has_them() {
    let (folder, plan) = with_plan(["", "", "", ""]);
    folder.write(
        "county.csv",
        "area_code,county\nE06000001,West\nE06000002,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    folder.change(
        "scenario.toml",
        "[\"deal.csv\"]",
        "[\"deal.csv\", \"county.csv\"]\nunit = \"county\"",
    );
    folder.change("scenario.toml", "floor_gbp = 300_000", "floor_gbp = 100_000");
    // Both parts of the second square have a lot, and nothing else has: its counties follow them.
    folder.write(
        "plan.csv",
        "area_code,lot_id,share\nE06000001,,\nE06000002,A,0.5\nE06000002,B,0.5\nE06000003,,\nE06000004,,\n",
    );
    let out = folder.file("out");
    let words = ["--finish", "--out", out.to_str().unwrap(), &plan[0], &plan[1]];
    let (code, said, err) = folder.run("repair", &words);
    assert_eq!(code, 0, "{said}{err}");
    assert_eq!(
        std::fs::read_to_string(out.join("plan.csv")).unwrap(),
        "area_code,lot_id,share\nE06000001,A,1\nE06000002,A,0.5\nE06000002,B,0.5\nE06000003,B,1\nE06000004,B,1\n"
    );
}

#[test]
fn a_plan_without_lots_is_finished_with_the_fewest_and_says_so() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,\nE06000002,\nE06000003,\nE06000004,\n",
    );
    let plan = folder.file("plan.csv").display().to_string();
    let (code, out, err) = folder.run("repair", &["--json", "--finish", "--plan", &plan]);
    assert_eq!(code, 0, "{err}");
    let lots = &json(&out)["goals"][1];
    assert_eq!(
        (&lots["name"], &lots["value"], &lots["argument"]),
        (
            &"lots".into(),
            &1.into(),
            &"the fewest that are asked for, the plan held".into()
        )
    );
}
