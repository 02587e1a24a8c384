//! The command `frontier`: rows, files, exit codes, and words for misuse.

use crate::common::{Folder, json, lotwright, root};
use serde_json::Value;

/// Four squares of 100, 200, 300 and 400 people in a row, £1,000 each.
const FLOORS: &str = "viability.floor_gbp=300e3,400e3,500e3,600e3,2e6";

#[test]
fn every_value_has_a_row_with_its_proof() {
    let (code, out, err) = Folder::new().run("frontier", &["--vary", FLOORS, "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let frontier = json(&out);
    assert_eq!(
        (&frontier["schema"], &frontier["key"], &frontier["trend"]),
        (
            &"lotwright/frontier/1".into(),
            &"viability.floor_gbp".into(),
            &"falling".into()
        )
    );
    let points = frontier["points"].as_array().unwrap();
    let shown: Vec<(i64, &str, &Value, &Value)> = points
        .iter()
        .map(|p| {
            (
                p["value"].as_i64().unwrap(),
                p["status"].as_str().unwrap(),
                &p["lots"],
                &p["smallest_lot_gbp"],
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (300_000, "optimal", &3.into(), &300_000.0.into()),
            (400_000, "optimal", &2.into(), &400_000.0.into()),
            (500_000, "optimal", &1.into(), &1_000_000.0.into()),
            (600_000, "optimal", &1.into(), &1_000_000.0.into()),
            (2_000_000, "infeasible", &Value::Null, &Value::Null),
        ]
    );
    let names: Vec<&Value> = points[0]["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| &goal["name"])
        .collect();
    assert_eq!(names, ["lots", "deal_splits", "travel"]);
    assert_eq!(points[3]["answer"]["schema"], "lotwright/plan/1");
    assert_eq!(points[3]["goals"][0]["proved"], true);
}

#[test]
fn each_point_is_what_solve_says_of_it() {
    let folder = Folder::new();
    let (_, out, _) = folder.run("frontier", &["--vary", FLOORS, "--json"]);
    for point in json(&out)["points"].as_array().unwrap().iter().take(4) {
        let set = format!("viability.floor_gbp={}", point["value"]);
        let alone = json(&folder.run("solve", &["--json", "--set", &set]).1);
        let values = |goals: &Value| -> Vec<Value> {
            goals
                .as_array()
                .unwrap()
                .iter()
                .map(|goal| goal["value"].clone())
                .collect()
        };
        assert_eq!(values(&point["goals"]), values(&alone["goals"]), "{set}");
        assert_eq!(
            (&point["status"], &point["answer"]["scenario"]),
            (&alone["status"], &alone["scenario"])
        );
    }
}

#[test]
fn the_files_are_a_table_a_chart_a_report_and_a_plan_a_point() {
    let folder = Folder::new();
    let out = folder.file("out");
    folder.write(
        "let.csv",
        "area_code,lot_id\nE06000001,A\nE06000002,A\nE06000003,A\nE06000004,B\n",
    );
    let baseline = format!("As let={}", folder.file("let.csv").display());
    let words = [
        "--vary",
        FLOORS,
        "--baseline",
        &baseline,
        "--out",
        out.to_str().unwrap(),
    ];
    let (code, table, err) = folder.run("frontier", &words);
    assert_eq!(code, 0, "{err}");
    assert!(
        table.contains("As let") && table.contains("no plan possible") && table.contains("£300,000"),
        "{table}"
    );
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "frontier.csv",
            "frontier.html",
            "frontier.json",
            "frontier.svg",
            "plans"
        ]
    );
    let frontier = json(&std::fs::read_to_string(out.join("frontier.json")).unwrap());
    assert_eq!(frontier["baselines"][0]["lots"], 2);
    assert_eq!(frontier["baselines"][0]["holds_to"], 400_000);
    for point in frontier["points"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|point| !point["plan"].is_null())
    {
        let plan = out.join(point["plan"].as_str().unwrap());
        let set = format!("viability.floor_gbp={}", point["value"]);
        let (code, _, err) = folder.run("check", &["--plan", plan.to_str().unwrap(), "--set", &set]);
        assert_eq!(code, 0, "{err}");
        assert!(plan.with_extension("json").exists());
    }
    let csv = std::fs::read_to_string(out.join("frontier.csv")).unwrap();
    assert_eq!(csv.lines().count(), 6);
    assert!(
        csv.lines().nth(5).unwrap().starts_with("2000000,infeasible,proved,,"),
        "{csv}"
    );
    assert!(
        std::fs::read_to_string(out.join("frontier.svg"))
            .unwrap()
            .contains("As let: 2 lots, smallest £400,000")
    );
}

#[test]
fn a_cap_rises_and_a_seed_orders_nothing() {
    let folder = Folder::new();
    let trend = |vary: &str| json(&folder.run("frontier", &["--vary", vary, "--json"]).1)["trend"].clone();
    assert_eq!(trend("viability.cap_gbp=400e3..1e6:3"), "rising");
    assert_eq!(trend("funding.envelope_gbp=1e6,2e6"), "rising");
    assert_eq!(trend("solve.seed=1,2"), Value::Null);
    assert_eq!(trend("lots.count=1..3:3"), Value::Null);
}

#[test]
fn equal_inputs_give_equal_bytes_but_for_seconds() {
    let folder = Folder::new();
    let run = || {
        let (_, out, _) = folder.run("frontier", &["--vary", FLOORS, "--json", "--total-time", "60"]);
        out.lines()
            .filter(|line| !line.contains("\"seconds\""))
            .map(String::from)
            .collect::<Vec<_>>()
    };
    assert_eq!(run(), run());
}

#[test]
fn misuse_is_usage_and_says_what_to_write() {
    let folder = Folder::new();
    for (words, said) in [
        (
            &["--vary", "viability.flor_gbp=1..2:3"][..],
            "did you mean `viability.floor_gbp`?",
        ),
        (&["--vary", "lots.contiguous=0..1:2"], "holds no number"),
        (&["--vary", "viability.floor_gbp=low..high:3"], "`low` is no number"),
        (
            &["--vary", "viability.floor_gbp=40e6..5e6:3"],
            "write the lower end first",
        ),
        (
            &["--vary", "viability.floor_gbp=5e6..40e6:1"],
            "one point is no frontier",
        ),
        (
            &["--vary", "viability.floor_gbp=5e6..40e6:5000"],
            "5000 points are too many",
        ),
        (&["--vary", "viability.floor_gbp"], "has no `=`"),
        (&["--vary", FLOORS, "--total-time", "0"], "more than 0"),
        (
            &["--vary", FLOORS, "--set", "viability.floor_gbp=1e5"],
            "`viability.floor_gbp` is set (viability.floor_gbp=1e5) and varied",
        ),
        (&["--vary", FLOORS, "--set", "viability={floor_gbp=1e5}"], "and varied"),
        (
            &["--vary", "solve.seed=1,2", "--seed", "3"],
            "`solve.seed` is set (solve.seed=3) and varied",
        ),
        (
            &["--vary", FLOORS, "--baseline", "A=a.csv", "--baseline", "A=b.csv"],
            "two designs are called `A`: a.csv and b.csv",
        ),
        (&[], "--vary"),
    ] {
        let (code, out, err) = folder.run("frontier", words);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}: {err}");
        assert!(err.contains(said), "`{said}` is not in:\n{err}");
    }
}

#[test]
fn a_value_that_the_scenario_refuses_and_a_baseline_that_is_missing_are_bad_input() {
    let folder = Folder::new();
    let (code, _, err) = folder.run(
        "frontier",
        &[
            "--vary",
            "viability.floor_gbp=1e5..3e5:3",
            "--set",
            "viability.cap_gbp=2e5",
        ],
    );
    assert_eq!(code, 3);
    assert!(
        err.contains("S104") && err.contains("the cap is below the floor"),
        "{err}"
    );
    let (code, _, err) = folder.run(
        "frontier",
        &["--vary", FLOORS, "--baseline", "none.csv", "--baseline", "B=nor.csv"],
    );
    assert_eq!(code, 3);
    assert!(err.contains("S001 none.csv") && err.contains("S001 nor.csv"), "{err}");
}

#[test]
fn impossible_at_every_point_is_4_and_no_plan_at_any_is_5() {
    let folder = Folder::new();
    let (code, out, _) = folder.run("frontier", &["--vary", "viability.floor_gbp=2e6,3e6"]);
    assert_eq!(code, 4);
    assert!(out.contains("No design meets every rule"), "{out}");
    let (code, out, _) = folder.run(
        "frontier",
        &[
            "--vary",
            "viability.floor_gbp=300e3,400e3",
            "--set",
            "lots.count=2",
            "--total-time",
            "1e-9",
        ],
    );
    assert_eq!(code, 5, "{out}");
    assert!(
        out.contains("No design was found within the limit") && out.contains("no plan found"),
        "{out}"
    );
}

/// The points of this scenario take many seconds each; after two the first is not done.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_point_at_hand_and_leaves_the_others_unreached() {
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_lotwright"))
        .current_dir(root())
        .args([
            "frontier",
            "scenarios/whp-2017",
            "--json",
            "--quiet",
            "--vary",
            "viability.floor_gbp=20e6,22e6,25e6",
        ])
        .args(["--set", "solve.time_limit_s=300"])
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
    let frontier = json(&String::from_utf8(output.stdout).unwrap());
    let stopped: Vec<&Value> = frontier["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| &point["stopped"])
        .collect();
    assert_eq!(stopped, ["cancelled", "not_reached", "not_reached"]);
    assert_eq!(frontier["points"][1]["goals"], serde_json::json!([]));
}

#[test]
fn help_shows_how_to_vary_a_key() {
    let output = lotwright().args(["frontier", "--help"]).output().unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("viability.floor_gbp=5e6..40e6:15")
    );
}
