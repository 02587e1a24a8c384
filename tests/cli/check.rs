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

type Change = fn(&mut Value);

/// Changes an answer by hand.
fn forge(folder: &Folder, change: impl FnOnce(&mut Value)) {
    let mut answer = json(&folder.read("out/plan.json"));
    change(&mut answer);
    folder.write("out/plan.json", &answer.to_string());
}

/// What `check` says of an answer that was changed: its exit code, the codes of false claims, and whether the bound of each goal holds.
fn said_of(change: impl FnOnce(&mut Value)) -> (i32, Vec<String>, Vec<Value>) {
    let (folder, options) = answered();
    forge(&folder, change);
    let (code, out, _) = check(&folder, &options, &["--json"]);
    let seen = json(&out);
    let findings = seen["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    let codes = errors
        .map(|finding| finding["code"].as_str().unwrap().to_string())
        .collect();
    let holds = seen["certificates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| goal["holds"].clone());
    (code, codes, holds.collect())
}

#[test]
fn a_certificate_on_a_goal_that_it_does_not_bound_is_refused() {
    let (code, codes, holds) = said_of(|answer| {
        let certificate = answer["goals"][0]["certificate"].take();
        answer["goals"][2]["certificate"] = certificate;
    });
    assert_eq!((code, codes.len(), &holds[2]), (6, 0, &false.into()));
}

#[test]
fn values_that_the_plan_does_not_have_are_false_claims() {
    for (goal, value) in [(0, 2.0), (0, 4.0), (1, 5.0), (2, 0.5)] {
        let (code, codes, _) = said_of(|answer| answer["goals"][goal]["value"] = value.into());
        assert_eq!(
            (code, codes.as_slice()),
            (6, &["A103".to_string()][..]),
            "{goal} {value}"
        );
    }
    let (code, codes, _) = said_of(|answer| {
        answer["goals"].as_array_mut().unwrap().remove(2);
    });
    assert_eq!(code, 6);
    assert!(codes.contains(&"A103".into()), "{codes:?}");
}

#[test]
fn a_bound_that_the_plan_refutes_is_false_with_or_without_a_certificate() {
    for certified in [true, false] {
        let (code, codes, holds) = said_of(|answer| {
            answer["goals"][0]["bound"] = 1.into();
            if !certified {
                answer["goals"][0]["certificate"] = Value::Null;
            }
        });
        assert_eq!((code, &holds[0]), (6, &false.into()));
        assert!(codes.contains(&"A104".into()), "{codes:?}");
    }
    let (code, codes, holds) = said_of(|answer| {
        let value = answer["goals"][2]["value"].as_f64().unwrap();
        answer["goals"][2]["bound"] = (2.0 * value).into();
    });
    assert_eq!((code, &holds[2]), (6, &false.into()));
    assert!(codes.contains(&"A104".into()), "{codes:?}");
}

#[test]
fn a_proof_a_gap_and_a_status_must_follow_from_value_and_bound() {
    let claims: [(&str, Change); 5] = [
        ("a bound above the value", |answer| {
            answer["goals"][0]["bound"] = 5.into()
        }),
        ("no proof where there is one", |answer| {
            answer["goals"][0]["proved"] = false.into()
        }),
        ("a gap", |answer| answer["goals"][2]["gap"] = 0.01.into()),
        ("another status", |answer| answer["status"] = "feasible".into()),
        ("no plan", |answer| answer["status"] = "infeasible".into()),
    ];
    for (what, change) in claims {
        let (code, codes, _) = said_of(change);
        assert_eq!(code, 6, "{what}");
        assert!(
            codes.iter().all(|code| code == "A105") && !codes.is_empty(),
            "{what}: {codes:?}"
        );
    }
}

#[test]
fn answers_of_every_command_pass_as_they_were_written() {
    let folder = Folder::new();
    folder.write(
        "given.csv",
        "area_code,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,\n",
    );
    let given = folder.file("given.csv").display().to_string();
    let out = folder.file("out").display().to_string();
    let plan = |file: &str| folder.file("out").join(file).display().to_string();
    let goals = "goal=[{minimise=\"border\"},{minimise=\"imbalance\"},{minimise=\"travel\"}]";
    let commands: [(&str, &[&str]); 5] = [
        ("solve", &[]),
        ("solve", &["--set", goals]),
        ("evaluate", &["--plan", &given]),
        ("repair", &["--plan", &given]),
        (
            "repair",
            &["--plan", &given, "--finish", "--set", "viability.floor_gbp=100e3"],
        ),
    ];
    for (command, options) in commands {
        let (code, _, err) = folder.run(command, &[options, &["--out", &out]].concat());
        assert_eq!(code, 0, "{command} {options:?}: {err}");
        let sets: Vec<&str> = options
            .iter()
            .copied()
            .skip_while(|option| *option != "--set")
            .collect();
        let (plan, answer) = (plan("plan.csv"), plan("plan.json"));
        let check = [&["--json", "--plan", &plan, "--answer", &answer], &sets[..]].concat();
        let (code, said, err) = folder.run("check", &check);
        let broken = !json(&said)["violations"].as_array().unwrap().is_empty();
        assert_eq!(code, if broken { 6 } else { 0 }, "{command} {options:?}: {said} {err}");
        let claims = ["A103", "A104", "A105"]
            .iter()
            .filter(|code| said.contains(*code))
            .count();
        assert_eq!(claims, 0, "{command} {options:?}: {said}");
    }
}
