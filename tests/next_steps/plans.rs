//! P and A: plans, locks and answers.

use serde_json::Value;

use crate::case::{Case, add};
use crate::common::Folder;
use crate::groups::merged;

const PLAN: &str = "plan.csv";
const GOOD: &str = "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n";
const CHECK: [&str; 4] = ["check", "--json", "--plan", "@plan.csv"];

/// Cases of these families.
pub fn cases() -> Vec<Case> {
    [rows(), carried(), locks(), shares(), answers()]
        .into_iter()
        .flatten()
        .collect()
}

fn rows() -> Vec<Case> {
    fn good(folder: &Folder) {
        folder.write(PLAN, GOOD);
    }
    vec![
        Case::of("P101", |f| f.write(PLAN, &GOOD.replace("lot_id", "which")))
            .asked(&CHECK)
            .edit(good),
        Case::of("P102", |f| f.write(PLAN, &GOOD.replace("area_code", "which")))
            .asked(&CHECK)
            .edit(good),
        Case::of("P103", |f| f.write(PLAN, &GOOD.replace("E06000004", "")))
            .asked(&CHECK)
            .edit(good),
        Case::of("P105", |f| {
            f.write(PLAN, "{\"type\":\"FeatureCollection\",\"features\":[]}")
        })
        .asked(&CHECK)
        .edit(good),
        Case::of("P201", |f| f.write(PLAN, &GOOD.replace("E06000004", "E0600004")))
            .asked(&CHECK)
            .edit(good),
        Case::of("P202", |f| f.write(PLAN, &format!("{GOOD}E06000001,2\n")))
            .asked(&CHECK)
            .edit(good),
        Case::of("P206", |f| {
            f.write(PLAN, &GOOD.replace("E06000002,1", "E06000002,2"));
            add(f, "areas", "exclude = [\"E06000001\"]");
        })
        .asked(&CHECK),
    ]
}

fn carried() -> Vec<Case> {
    const OLD: &str = "area_code,lot_id\nE07000201,1\nE07000204,1\nE07000205,2\nE07000206,2\n";
    vec![
        Case::of("P207", |f| {
            merged(f);
            f.write(PLAN, OLD);
        })
        .asked(&CHECK)
        .edit(|f| f.write(PLAN, "area_code,lot_id\nE07000245,1\nE07000244,2\n")),
        Case::of("P208", |f| {
            merged(f);
            f.write(PLAN, &OLD.replace("E07000204,1", "E07000204,2"));
        })
        .asked(&CHECK)
        .edit(|f| f.write(PLAN, "area_code,lot_id\nE07000245,1\nE07000244,2\n")),
    ]
}

fn locks() -> Vec<Case> {
    fn with_locks(folder: &Folder, rows: &str) {
        folder.write("locks.csv", &format!("area_code,lot_id\n{rows}"));
        add(folder, "lots", "locks = \"locks.csv\"");
    }
    vec![
        Case::of("P203", |f| {
            with_locks(f, "E06000001,1\nE06000004,2\n");
            add(f, "areas", "exclude = [\"E06000001\"]");
        })
        .edit(|f| f.change("locks.csv", "E06000001,1\n", "")),
        Case::of("P204", |f| with_locks(f, "E06000001,1\nE06000001,2\n"))
            .edit(|f| f.change("locks.csv", "E06000001,2\n", "")),
    ]
}

fn shares() -> Vec<Case> {
    /// The second square is in two groups, and so in two lots by halves.
    fn halves(folder: &Folder, shares: [&str; 2]) {
        folder.write(
            "lep.csv",
            "area_code,lep\nE06000001,West\nE06000002,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
        );
        folder.write(
            PLAN,
            &format!(
                "area_code,lot_id,share\nE06000001,1,1\nE06000002,1,{}\nE06000002,2,{}\nE06000003,2,1\nE06000004,2,1\n",
                shares[0], shares[1]
            ),
        );
    }
    fn in_groups(folder: &Folder) {
        folder.change(
            "scenario.toml",
            "[\"deal.csv\"]",
            "[\"lep.csv\"]\nunit = \"lep\"\noverlap = \"split\"",
        );
        folder.change("scenario.toml", "300_000", "100_000");
    }
    vec![
        Case::of("P104", |f| {
            in_groups(f);
            halves(f, ["2", "0.5"]);
        })
        .asked(&CHECK)
        .edit(|f| halves(f, ["0.5", "0.5"])),
        Case::of("P205", |f| {
            in_groups(f);
            halves(f, ["0.4", "0.5"]);
        })
        .asked(&CHECK)
        .edit(|f| halves(f, ["0.5", "0.5"])),
    ]
}

fn answers() -> Vec<Case> {
    /// Solves and writes the answer to `out/plan.json`.
    fn solved(folder: &Folder) {
        let out = folder.file("out");
        let (code, _, err) = folder.run("solve", &["--quiet", "--out", out.to_str().unwrap()]);
        assert_eq!(code, 0, "{err}");
    }
    /// Solves, and writes the answer otherwise than it was.
    fn altered(folder: &Folder, change: fn(&mut Value)) {
        solved(folder);
        let mut answer: Value = serde_json::from_str(&folder.read("out/plan.json")).unwrap();
        change(&mut answer);
        folder.write("out/plan.json", &answer.to_string());
    }
    const CHECK_ANSWER: [&str; 5] = ["check", "--plan", "@out/plan.csv", "--answer", "@out/plan.json"];
    vec![
        Case::of("A101", |f| {
            solved(f);
            f.write("other.json", "{}");
        })
        .asked(&["check", "--plan", "@out/plan.csv", "--answer", "@other.json"])
        .instead(&CHECK_ANSWER),
        Case::of("A103", |f| altered(f, |answer| answer["goals"][0]["value"] = 2.into()))
            .asked(&CHECK_ANSWER)
            .edit(solved),
        Case::of("A104", |f| altered(f, |answer| answer["goals"][0]["bound"] = 1.into()))
            .asked(&CHECK_ANSWER)
            .edit(solved),
        Case::of("A105", |f| altered(f, |answer| answer["status"] = "feasible".into()))
            .asked(&CHECK_ANSWER)
            .edit(solved),
        Case::of("A102", |f| {
            solved(f);
            f.change("volumes.csv", "400", "401");
        })
        .asked(&CHECK_ANSWER)
        .edit(solved),
    ]
}
