//! The command line: exit codes, streams, and answers that scripts rely on.

mod common;

use common::{Folder, lotwright};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

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
fn an_option_goes_before_the_scenario() {
    let folder = Folder::new();
    let (_, out, _) = folder.run("solve", &["--json", "--set", "viability.floor_gbp=500e3"]);
    assert_eq!(
        json(&out)["lots"].as_array().unwrap().len(),
        1,
        "no two parts of the row hold 500 each"
    );
    let (code, _, err) = folder.run("solve", &["--set", "viability.floor_gbp"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("key=value"), "{err}");
    let (code, _, err) = folder.run("solve", &["--set", "name=row"]);
    assert_eq!(code, 2);
    assert!(err.contains("in quotes"), "{err}");
}

#[test]
fn a_wrong_command_line_is_usage() {
    for words in [
        &["solv"][..],
        &["solve"],
        &["evaluate", "scenarios/three-squares"],
        &["compare", "scenarios/three-squares", "--plan", "a.csv"],
    ] {
        let output = lotwright().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_number_out_of_range_is_usage_and_says_what_may_be_given() {
    let folder = Folder::new();
    for (option, values, said) in [
        (
            "--time-limit",
            ["nan", "1e300", "0", "-1"],
            "give seconds, more than 0 and at most 31536000 (a year), such as 60",
        ),
        (
            "--seed",
            ["-1", "9223372036854775808", "1e99", "x"],
            "give a whole number from 0 to 9223372036854775807, such as 7",
        ),
        (
            "--threads",
            ["0", "-1", "257", "1.5"],
            "give a whole number from 1 to 256, such as 2",
        ),
    ] {
        for value in values {
            let (code, out, err) = folder.run("solve", &[option, value]);
            assert_eq!((code, out.as_str()), (2, ""), "{option} {value}: {err}");
            assert!(
                err.contains(option) && err.contains(&format!("'{value}'")) && err.contains(said),
                "{err}"
            );
        }
    }
    let (code, _, err) = folder.run("solve", &["--set", "solve.time_limit_s=1e9"]);
    assert_eq!(code, 3);
    assert!(err.contains("S104") && err.contains("more than a year"), "{err}");
    assert_eq!(folder.run("solve", &["--seed", "9223372036854775807", "--quiet"]).0, 0);
}

#[test]
fn check_tells_every_broken_rule_and_exits_with_6() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "LAD16CD,DISTRICT\nE06000001,A\nE06000002,B\nE06000003,A\nE06000004,\n",
    );
    let plan = folder.file("plan.csv");
    let (code, out, _) = folder.run("check", &["--json", "--plan", plan.to_str().unwrap()]);
    assert_eq!(code, 6);
    let rules: Vec<Value> = json(&out)["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["rule"].clone())
        .collect();
    assert_eq!(rules, ["assigned", "floor", "contiguous"]);
    let (code, out, _) = folder.run("check", &["--plan", plan.to_str().unwrap()]);
    assert_eq!(code, 6);
    assert!(
        out.contains("lot B is worth £200,000, £100,000 below the floor of £300,000"),
        "{out}"
    );
}

#[test]
fn a_plan_written_by_solve_passes_check_and_reads_back_unchanged() {
    let folder = Folder::new();
    let out = folder.file("out");
    let (code, _, _) = folder.run("solve", &["--out", out.to_str().unwrap()]);
    assert_eq!(code, 0);
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "areas.geojson",
            "lots.csv",
            "lots.geojson",
            "map.svg",
            "plan.csv",
            "plan.json",
            "report.html"
        ]
    );
    let plan = out.join("plan.csv");
    let written = std::fs::read_to_string(&plan).unwrap();
    assert_eq!(
        written,
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n"
    );
    let (code, _, err) = folder.run("check", &["--plan", plan.to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    let again = folder.file("again");
    let (code, _, _) = folder.run(
        "evaluate",
        &["--plan", plan.to_str().unwrap(), "--out", again.to_str().unwrap()],
    );
    assert_eq!(code, 0);
    assert_eq!(std::fs::read_to_string(again.join("plan.csv")).unwrap(), written);
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
fn evaluate_gives_a_plan_without_bounds_and_says_what_it_breaks() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "unit_id,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    let (code, out, _) = folder.run(
        "evaluate",
        &["--json", "--plan", folder.file("plan.csv").to_str().unwrap()],
    );
    assert_eq!(code, 0);
    let answer = json(&out);
    assert_eq!(
        (&answer["status"], &answer["goals"][0]["bound"]),
        (&"infeasible".into(), &Value::Null)
    );
    assert_eq!(answer["violations"][0]["rule"], "floor");
    assert_eq!(answer["violations"][0]["lot_id"], "West");
    assert_eq!(answer["deals"][0]["whole"], true);
    assert_eq!(answer["deals"][0]["words"], "Middle lies whole in lot East");
}

#[test]
fn compare_relabels_lots_to_match_and_lists_every_move() {
    let folder = Folder::new();
    folder.write(
        "a.csv",
        "area_code,lot_id\nE06000001,West\nE06000002,West\nE06000003,East\nE06000004,East\n",
    );
    folder.write(
        "b.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,2\nE06000003,2\nE06000004,2\n",
    );
    let (a, b) = (folder.file("a.csv"), folder.file("b.csv"));
    let (code, out, _) = folder.run(
        "compare",
        &["--json", "--plan", a.to_str().unwrap(), "--plan", b.to_str().unwrap()],
    );
    assert_eq!(code, 0);
    let comparison = json(&out);
    let labels: Vec<&Value> = comparison["plans"][1]["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| &lot["lot_id"])
        .collect();
    assert_eq!(labels, ["West", "East"]);
    let moves = comparison["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!(
        (&moves[0]["area_code"], &moves[0]["from"], &moves[0]["to"]),
        (&"E06000002".into(), &"West".into(), &"East".into())
    );
    assert_eq!(
        (&moves[0]["volume"], &moves[0]["contract_value_gbp"]),
        (&200.0.into(), &200_000.0.into())
    );
}

#[test]
fn standard_input_is_read_where_a_file_is_expected() {
    let folder = Folder::new();
    let plan = "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n";
    let output = lotwright()
        .arg("check")
        .arg(folder.path())
        .args(["--plan", "-"])
        .write_stdin(plan)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let scenario = folder.read("scenario.toml");
    let output = lotwright()
        .current_dir(folder.path())
        .args(["inspect", "-"])
        .write_stdin(scenario)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
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

#[test]
fn inspect_shows_areas_units_borders_and_totals() {
    let (code, out, _) = Folder::new().run("inspect", &["--json"]);
    assert_eq!(code, 0);
    let seen = json(&out);
    assert_eq!(seen["areas"].as_array().unwrap().len(), 4);
    assert_eq!(seen["units"][1]["id"], "E06000002");
    let borders = seen["borders"].as_array().unwrap();
    assert_eq!(borders.len(), 3);
    // A side of 0.2 degrees of latitude is 22.25 km.
    assert!(
        borders
            .iter()
            .all(|border| (border["metres"].as_f64().unwrap() - 22_250.0).abs() < 50.0),
        "{borders:?}"
    );
    assert_eq!(seen["components"].as_array().unwrap().len(), 1);
    assert_eq!(seen["islands"], serde_json::json!([]));
}

#[test]
fn quiet_says_nothing_on_standard_error() {
    let (code, _, err) = Folder::new().run("solve", &["--quiet", "--set", "volumes.suppressed=5"]);
    assert_eq!((code, err.as_str()), (0, ""));
}

/// The search of this scenario takes many seconds; after one it has a plan and is not done.
#[cfg(unix)]
#[test]
fn the_first_interrupt_stops_the_search_and_gives_the_best_plan() {
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_lotwright"))
        .current_dir(common::root())
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

/// A folder with an answer and its plan in `out`, and the options that check both.
fn answered() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let out = folder.file("out");
    assert_eq!(folder.run("solve", &["--out", out.to_str().unwrap()]).0, 0);
    let path = |file: &str| out.join(file).display().to_string();
    let options = ["--plan".into(), path("plan.csv"), "--answer".into(), path("plan.json")];
    (folder, options.to_vec())
}

fn check(folder: &Folder, options: &[String], more: &[&str]) -> (i32, String, String) {
    let options: Vec<&str> = options.iter().map(String::as_str).chain(more.iter().copied()).collect();
    folder.run("check", &options)
}

#[test]
fn check_verifies_the_proof_of_an_answer_without_the_search() {
    let (folder, options) = answered();
    let (code, out, err) = check(&folder, &options, &["--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lots = &json(&out)["certificates"][0];
    assert_eq!(
        (&lots["goal"], &lots["kind"], &lots["holds"]),
        (&"lots".into(), &"counting".into(), &true.into())
    );
    let (_, out, _) = check(&folder, &options, &[]);
    assert!(
        out.contains("the certificate by counting holds: no plan has more than 3 lots"),
        "{out}"
    );
}

#[test]
fn a_certificate_with_a_changed_figure_is_refused_at_its_place() {
    let (folder, options) = answered();
    folder.change("out/plan.json", "\"rest_volume\": 300000", "\"rest_volume\": 299999");
    let (code, out, _) = check(&folder, &options, &[]);
    assert_eq!(code, 6);
    assert!(out.contains("lots: the figures add up to 2, not 3"), "{out}");
    folder.change("out/plan.json", "\"lots\": 3,", "\"lots\": 2,");
    let (code, out, _) = check(&folder, &options, &[]);
    assert_eq!(code, 6);
    assert!(out.contains("rest_volume is 300000 by count, not 299999"), "{out}");
}

#[test]
fn a_file_that_is_no_answer_is_refused_with_exit_3() {
    let (folder, options) = answered();
    for text in [
        "",
        "[1]",
        "{\"schema\": \"x\", \"goals\": [], \"scenario\": {\"inputs\": []}}",
    ] {
        folder.write("out/plan.json", text);
        let (code, _, err) = check(&folder, &options, &[]);
        assert_eq!(code, 3, "{text}: {err}");
        assert!(err.contains("error A101 FOLDER/out/plan.json: is"), "{err}");
    }
}

#[test]
fn an_answer_made_from_other_files_is_refused() {
    let (folder, options) = answered();
    folder.change("volumes.csv", "E06000001,100", "E06000001,101");
    let (code, _, err) = check(&folder, &options, &[]);
    assert_eq!(code, 3);
    assert!(
        err.contains("A102") && err.contains("was not made from volumes.csv as it is now"),
        "{err}"
    );
}

#[test]
fn a_certificate_for_another_floor_does_not_hold() {
    let (folder, options) = answered();
    let (code, out, _) = check(&folder, &options, &["--set", "viability.floor_gbp=250000"]);
    assert_eq!(code, 6);
    assert!(out.contains("least_volume is 250000 by count, not 300000"), "{out}");
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
    let golden = std::fs::read_to_string(common::root().join("scenarios/whp-2017/golden/plan.csv")).unwrap();
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
