//! Every scenario has a golden result beside it: the plan, and the answer but for seconds and version.
//!
//! `make bless` writes them anew and then fails, so that it cannot stay on.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{lotwright, root};
use serde_json::Value;

/// Solves scenarios, one after the other, and holds plan and answer against `scenarios/NAME/golden/`. Searches end by their work, well within
/// their time limits unless they starve each other.
fn golden(names: &[&str]) {
    hold(names.iter().flat_map(|name| results(name)).collect());
}

/// Holds files against what they should be, or writes them anew.
fn hold(files: Vec<(PathBuf, String)>) {
    let mut differ = Vec::new();
    for (path, text) in files {
        if std::env::var_os("LOTWRIGHT_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            differ.push(format!(
                "{} was written anew; look at the difference, and test again",
                path.display()
            ));
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            differ.push(format!("{} differs; `make bless` writes it anew", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The files of a golden result, as they should be. The map of `lep-2017` stands in the README too.
fn results(name: &str) -> Vec<(PathBuf, String)> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let scenario = format!("scenarios/{name}");
    let output = lotwright()
        .args(["solve", &scenario, "--json", "--quiet", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |file: &str| fs::read_to_string(out.join(file)).unwrap();
    let golden = root().join(scenario).join("golden");
    let answer = without_run(&String::from_utf8(output.stdout).unwrap());
    let mut files = vec![
        (golden.join("plan.csv"), read("plan.csv")),
        (golden.join("answer.json"), answer),
    ];
    if name == "lep-2017" {
        files.push((root().join("docs/images/lep-2017.svg"), read("map.svg")));
    }
    files
}

/// The answer without what changes from run to run and from version to version.
fn without_run(text: &str) -> String {
    let mut answer: Value = serde_json::from_str(text).unwrap();
    for key in ["seconds", "version"] {
        answer.as_object_mut().unwrap().remove(key);
    }
    serde_json::to_string_pretty(&answer).unwrap() + "\n"
}

#[test]
fn small_scenarios_make_the_lots_of_their_golden_results() {
    golden(&["three-squares", "lep-2017"]);
}

#[test]
fn scenarios_of_authorities_make_the_lots_of_their_golden_results() {
    golden(&["whp-2017", "restart-2021", "reorganisation-2023"]);
}

/// The chart stands in the README.
#[test]
fn the_frontier_of_the_leps_is_its_golden_result() {
    let folder = tempfile::tempdir().unwrap();
    let output = lotwright()
        .args(["frontier", "scenarios/lep-2017", "--quiet"])
        .args(["--vary", "viability.floor_gbp=5e6..40e6:15"])
        .args(["--baseline", "Six CPAs as let=scenarios/whp-2017/plans/cpa.csv"])
        .args(["--baseline", "Every LEP for itself=scenarios/whp-2017/plans/lep.csv"])
        .arg("--out")
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
    let csv: String = read("frontier.csv")
        .lines()
        .filter_map(|line| line.rsplit_once(','))
        .map(|(row, _seconds)| format!("{row}\n"))
        .collect();
    hold(vec![
        (root().join("scenarios/lep-2017/golden/frontier.csv"), csv),
        (root().join("docs/images/frontier-lep-2017.svg"), read("frontier.svg")),
    ]);
}

/// The six areas as let keep their plan, so this result changes with the model and the sums alone.
#[test]
fn the_money_of_the_six_areas_as_let_is_its_golden_result() {
    let folder = tempfile::tempdir().unwrap();
    let output = lotwright()
        .args(["finance", "scenarios/whp-2017", "--quiet", "--model", "whp-2017"])
        .args(["--plan", "scenarios/whp-2017/plans/cpa.csv", "--out"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let golden = root().join("scenarios/whp-2017/golden");
    hold(vec![
        (
            golden.join("finance-cpa.csv"),
            fs::read_to_string(folder.path().join("finance-lots.csv")).unwrap(),
        ),
        (
            golden.join("finance-cpa.txt"),
            String::from_utf8(output.stdout).unwrap(),
        ),
    ]);
}

#[test]
fn baselines_are_judged_as_their_golden_results_say() {
    for (scenario, plan, lots, rules) in [
        ("whp-2017", "cpa", 6, &["contiguous"][..]),
        ("whp-2017", "lep", 38, &["contiguous", "floor"]),
        ("restart-2021", "cpa", 12, &["contiguous"]),
    ] {
        let output = lotwright()
            .args(["evaluate", &format!("scenarios/{scenario}"), "--json", "--quiet"])
            .args(["--plan", &format!("scenarios/{scenario}/plans/{plan}.csv")])
            .output()
            .unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut broken: Vec<&str> = answer["violations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v["rule"].as_str().unwrap())
            .collect();
        broken.sort_unstable();
        broken.dedup();
        assert_eq!(
            (answer["lots"].as_array().unwrap().len(), broken.as_slice()),
            (lots, rules),
            "{scenario} {plan}"
        );
    }
}
