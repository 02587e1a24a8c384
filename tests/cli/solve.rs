//! The command `solve`: answers that scripts rely on, conflicts, choices, and being interrupted.

use crate::common::{Folder, json, root, squares};
use serde_json::Value;

#[test]
fn solve_prints_a_proved_plan() {
    let (code, out, err) = Folder::new().run("solve", &["--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let answer = json(&out);
    assert_eq!(answer["schema"], "lotwright/plan/1");
    assert_eq!(
        (&answer["status"], &answer["stopped"]),
        (&"optimal".into(), &"proved".into())
    );
    // 1 with 2, 3 and 4: the only way to three lots of at least 300.
    let areas: Vec<&Value> = answer["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| &lot["areas"])
        .collect();
    assert_eq!(
        areas,
        [
            &serde_json::json!(["E06000001", "E06000002"]),
            &serde_json::json!(["E06000003"]),
            &serde_json::json!(["E06000004"])
        ]
    );
    let names: Vec<&Value> = answer["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| &goal["name"])
        .collect();
    assert_eq!(names, ["lots", "deal_splits", "travel"]);
    assert!(
        answer["goals"]
            .as_array()
            .unwrap()
            .iter()
            .all(|goal| goal["proved"] == true && goal["value"] == goal["bound"])
    );
    assert_eq!(
        answer["totals"],
        serde_json::json!({"volume": 1000.0, "contract_value_gbp": 1_000_000.0, "participants": 500.0, "deal_share": 0.5})
    );
    let first = &answer["lots"][0];
    assert_eq!(
        (
            &first["contract_value_gbp"],
            &first["participants"],
            &first["annual_starts"]
        ),
        (&300_000.0.into(), &150.0.into(), &30.0.into())
    );
    assert_eq!(
        (&first["floor_margin_gbp"], &first["pieces"], &first["lot_id"]),
        (&0.0.into(), &1.into(), &"1".into())
    );
}

#[test]
fn a_search_from_a_plan_is_never_worse_and_names_it_among_its_inputs() {
    let folder = Folder::new();
    folder.write(
        "two.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,1\nE06000004,2\n",
    );
    folder.write(
        "small.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,2\nE06000003,2\nE06000004,2\n",
    );
    let over = |from: &str| {
        let from = folder.file(from).display().to_string();
        folder.run("solve", &["--json", "--from", &from, "--time-limit", "0.000001"])
    };
    // The limit leaves no time for a search: what there is, is the plan that was given.
    let (code, out, err) = over("two.csv");
    assert_eq!((code, err.as_str()), (0, ""));
    let answer = json(&out);
    assert_eq!(answer["lots"].as_array().unwrap().len(), 2);
    let inputs = answer["scenario"]["inputs"].as_array().unwrap();
    assert!(inputs.last().unwrap()["file"].as_str().unwrap().ends_with("two.csv"));
    let (code, _, err) = over("small.csv");
    assert_eq!(code, 5, "{err}");
    assert!(
        err.contains("small.csv breaks a rule, so the search does not begin from it: "),
        "{err}"
    );
    let (_, out, _) = folder.run(
        "solve",
        &["--json", "--from", &folder.file("two.csv").display().to_string()],
    );
    assert_eq!(json(&out)["goals"][0]["value"], 3.0);
}

#[test]
fn where_there_is_no_plan_the_rules_in_conflict_and_the_least_changes_are_told() {
    let folder = Folder::new();
    let apart = "lots.never_together=[[\"E06000001\", \"E06000002\"]]";
    let (code, out, _) = folder.run("solve", &["--json", "--set", apart]);
    assert_eq!(code, 4);
    let answer = json(&out);
    assert_eq!(answer["status"], "infeasible");
    let conflict = &answer["conflict"];
    let keys: Vec<&Value> = conflict["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["key"])
        .collect();
    assert_eq!(keys, ["viability.floor_gbp", "lots.contiguous", "lots.never_together"]);
    assert_eq!(conflict["smallest"], true);
    let message = conflict["message"].as_str().unwrap();
    let why =
        "Square 1 alone holds £100,000, and the rules of never_together let nothing join it; the floor is £300,000";
    assert!(message.ends_with(why), "{message}");
    let relaxed = answer["relaxations"].as_array().unwrap();
    assert_eq!(
        (&relaxed[0]["key"], &relaxed[0]["value"], &relaxed[0]["least"]),
        (&"viability.floor_gbp".into(), &100_000.into(), &true.into())
    );
    assert_eq!(
        (&relaxed[2]["key"], &relaxed[2]["value"]),
        (&"lots.never_together".into(), &Value::Null)
    );
    let (code, out, _) = folder.run(
        "solve",
        &["--json", "--set", apart, "--set", "viability.floor_gbp=100e3"],
    );
    assert_eq!((code, json(&out).get("conflict")), (0, None));
}

#[test]
fn a_conflict_is_told_on_the_terminal_with_what_would_give_a_plan() {
    let (code, out, _) = Folder::new().run("solve", &["--set", "viability.floor_gbp=2e6"]);
    assert_eq!(code, 4);
    assert!(
        out.contains("R121 viability.floor_gbp: one rule cannot be met"),
        "{out}"
    );
    let change = "with a floor of £1,000,000 there is a plan of 1 lot; with one of £1,010,000 there is none";
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(&format!(
            "This change would give a plan: - viability.floor_gbp: {change}"
        )),
        "{out}"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn equal_inputs_and_seed_give_equal_bytes_but_for_seconds() {
    let strip = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("\"seconds\""))
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    let folder = Folder::new();
    let run = || strip(&folder.run("solve", &["--json", "--seed", "7"]).1);
    assert_eq!(run(), run());
}

/// The search of this scenario takes many seconds; after one it has a plan and is not done.
#[cfg(unix)]
#[test]
fn the_first_interrupt_stops_the_search_and_gives_the_best_plan() {
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_lotwright"))
        .current_dir(root())
        .args([
            "solve",
            "scenarios/whp-2017",
            "--json",
            "--set",
            "solve.time_limit_s=300",
        ])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let answer = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(
        (&answer["status"], &answer["stopped"]),
        (&"feasible".into(), &"cancelled".into())
    );
    assert_eq!(answer["violations"], serde_json::json!([]));
}

#[test]
fn a_member_of_two_groups_goes_with_the_one_that_needs_it() {
    let folder = Folder::new();
    folder.write(
        "county.csv",
        "area_code,county\nE06000001,West\nE06000002,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    folder.change(
        "scenario.toml",
        "[\"deal.csv\"]",
        "[\"deal.csv\", \"county.csv\"]\nunit = \"county\"\noverlap = \"choose\"",
    );
    let (code, out, err) = folder.run("solve", &["--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let answer = json(&out);
    assert_eq!(
        answer["choices"],
        serde_json::json!([{"area": "E06000002", "name": "Square 2", "group": "West", "others": ["East"], "lot_id": "1"}])
    );
    assert_eq!(
        (&answer["status"], &answer["lots"][0]["volume"]),
        (&"optimal".into(), &300.0.into())
    );
    let (_, text, _) = folder.run("solve", &[]);
    assert!(text.contains("- Square 2 goes with West"), "{text}");
    let (_, seen, _) = folder.run("inspect", &["--json"]);
    assert_eq!(json(&seen)["units"][1]["homes"], serde_json::json!(["West", "East"]));
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,2\nE06000003,3\nE06000004,3\n",
    );
    let (code, out, _) = folder.run("check", &["--plan", folder.file("plan.csv").to_str().unwrap()]);
    assert_eq!(code, 6);
    assert!(
        out.contains("attached: Square 2 is in lot 2, which holds none of its groups: West and East"),
        "{out}"
    );
}

#[test]
fn a_member_whose_groups_have_nobody_else_cannot_choose() {
    let folder = Folder::new();
    folder.write(
        "county.csv",
        "area_code,county\nE06000001,West\nE06000001,East\nE06000002,West\nE06000002,East\nE06000003,Mid\nE06000004,Mid\n",
    );
    folder.change(
        "scenario.toml",
        "[\"deal.csv\"]",
        "[\"deal.csv\", \"county.csv\"]\nunit = \"county\"\noverlap = \"choose\"",
    );
    let (code, _, err) = folder.run("solve", &[]);
    assert_eq!(code, 3);
    assert!(
        err.contains("M506") && err.contains("M507") && err.contains("Square 1 and Square 2"),
        "{err}"
    );
}

#[test]
fn a_floor_beyond_any_volume_is_infeasible_and_breaks_no_sum() {
    let sets = [
        "--set",
        "funding.envelope_gbp=0.01",
        "--set",
        "viability.floor_gbp=1e11",
    ];
    let (code, out, err) = Folder::new().run("solve", &[&["--json"], &sets[..]].concat());
    assert_eq!(code, 4, "{err}");
    let codes: Vec<Value> = json(&out)["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].clone())
        .collect();
    assert!(codes.contains(&"R101".into()), "{codes:?}");
}

/// Forty squares over 530 km with as many people in each.
fn crowded(people: u64) -> Folder {
    let folder = Folder::new();
    let codes: Vec<String> = (1..=40).map(|number| format!("E0600{number:04}")).collect();
    folder.write(
        "areas.geojson",
        &squares(&codes.iter().map(String::as_str).collect::<Vec<_>>()),
    );
    let rows: String = codes.iter().map(|code| format!("{code},{people}\n")).collect();
    folder.write("volumes.csv", &format!("area_code,people\n{rows}"));
    folder
}

#[test]
fn volumes_whose_travel_cannot_be_counted_are_refused() {
    let (code, _, err) =
        crowded(1_000_000_000).run("solve", &["--set", "lots.count=1", "--set", "viability.floor_gbp=0"]);
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("V221") && err.contains("give it in thousands"), "{err}");
}

#[test]
fn volumes_near_what_can_be_counted_are_solved_for_every_goal() {
    let folder = crowded(107_000_000);
    for goal in ["travel", "imbalance", "border", "deal_splits"] {
        for (count, floor) in [("1", "0"), ("3", "0"), ("\"max\"", "100000"), ("\"max\"", "0")] {
            let sets = [
                format!("lots.count={count}"),
                format!("viability.floor_gbp={floor}"),
                format!("goal=[{{minimise=\"{goal}\"}}]"),
            ];
            let options: Vec<&str> = sets
                .iter()
                .flat_map(|set| ["--set", set])
                .chain(["--json", "--time-limit", "2"])
                .collect();
            let (code, out, err) = folder.run("solve", &options);
            assert_eq!(code, 0, "{goal} {count} {floor}: {err}");
            let found = &json(&out)["goals"][1];
            assert!(found["bound"].as_f64() <= found["value"].as_f64(), "{found}");
        }
    }
}
