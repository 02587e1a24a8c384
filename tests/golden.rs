//! Every scenario has a golden result beside it: the plan, and the answer but for seconds and version.
//!
//! `make bless` writes them anew and then fails, so that it cannot stay on.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{lotwright, root};
use serde_json::Value;

/// Solves a scenario and holds plan and answer against `scenarios/NAME/golden/`.
fn golden(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = lotwright()
        .args([
            "solve",
            &format!("scenarios/{name}"),
            "--json",
            "--quiet",
            "--time-limit",
            "900",
            "--out",
        ])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answer = without_run(&String::from_utf8(output.stdout).unwrap());
    let plan = fs::read_to_string(out.join("plan.csv")).unwrap();
    let golden = root().join("scenarios").join(name).join("golden");
    let files: [(PathBuf, String); 2] = [(golden.join("plan.csv"), plan), (golden.join("answer.json"), answer)];
    if std::env::var_os("LOTWRIGHT_BLESS").is_some() {
        fs::create_dir_all(&golden).unwrap();
        for (path, text) in &files {
            fs::write(path, text).unwrap();
        }
        panic!(
            "the golden result of {name} was written anew; look at the difference, and run again without LOTWRIGHT_BLESS"
        );
    }
    for (path, text) in files {
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{} differs; `make bless` writes it anew", path.display());
    }
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
fn three_squares_make_two_lots() {
    golden("three-squares");
}

#[test]
fn leps_make_the_lots_of_the_golden_result() {
    golden("lep-2017");
}

/// One after the other: these searches end by their work, well within their time limits unless they starve each other.
#[test]
fn authorities_make_the_lots_of_the_golden_results() {
    golden("whp-2017");
    golden("restart-2021");
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
