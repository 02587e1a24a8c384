//! The command `check`: broken rules, and the proofs of an answer.

use crate::common::{Folder, json};
use serde_json::Value;

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
