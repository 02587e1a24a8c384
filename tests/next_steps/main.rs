//! Every finding has a code, an entry in the index, a test, and a next step that works when followed.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/figures.rs"]
mod figures;
#[path = "../../src/io/made.rs"]
#[allow(dead_code, reason = "a part of it serves other tests")]
mod made;

mod case;
mod datasets;
mod files;
mod funding;
mod geometry;
mod groups;
mod plans;
mod reasons;
mod volumes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use case::Case;
use common::root;
use lotwright::domain::CODES;

/// Codes whose next step is not followed here, and why.
const LEFT: &[(&str, &str)] = &[
    (
        "R100",
        "only a caller of the library meets it, and follows it in a test of its own: S303 comes before it",
    ),
    ("W101", "`tests/serve` meets it over the network"),
    ("W102", "`tests/serve` meets it over the network"),
    ("W103", "`tests/serve` meets it over the network"),
    ("W104", "`tests/serve` meets it over the network"),
    ("W105", "`tests/serve` meets it over the network"),
    ("W106", "`tests/serve` meets it over the network"),
    ("W107", "`tests/serve` meets it over the network"),
    ("W201", "`tests/serve` meets it over the network"),
    ("W202", "`tests/serve` meets it over the network"),
    ("W203", "`tests/serve` meets it over the network"),
    ("W204", "`tests/serve` meets it over the network"),
    ("W205", "`tests/serve` meets it over the network"),
    ("W206", "`tests/serve` meets it over the network"),
    ("W301", "`tests/serve` meets it over the network"),
    ("W302", "`tests/serve` meets it over the network"),
    ("W303", "`tests/serve` meets it over the network"),
    ("W304", "`tests/serve` meets it over the network"),
    ("W305", "`tests/serve` meets it over the network"),
    ("W306", "`tests/serve` meets it over the network"),
    ("W307", "`tests/serve` meets it over the network"),
];

fn all() -> Vec<Case> {
    [
        files::cases(),
        datasets::cases(),
        funding::cases(),
        volumes::cases(),
        geometry::cases(),
        groups::cases(),
        plans::cases(),
        reasons::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Holds every case, and tells all that fail and not the first.
fn hold(cases: Vec<Case>) {
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let held = std::panic::catch_unwind(|| case.hold());
            held.err().map(|why| {
                why.downcast_ref::<String>()
                    .cloned()
                    .unwrap_or_else(|| case.code.to_string())
            })
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn steps_for_files_and_scenarios_work_when_followed() {
    hold(files::cases());
}

#[test]
fn steps_for_data_sets_work_when_followed() {
    hold(datasets::cases());
}

#[test]
fn steps_for_funding_work_when_followed() {
    hold(funding::cases());
}

#[test]
fn steps_for_volumes_work_when_followed() {
    hold(volumes::cases());
}

#[test]
fn steps_for_geometry_work_when_followed() {
    hold(geometry::cases());
}

#[test]
fn steps_for_memberships_and_links_work_when_followed() {
    hold(groups::cases());
}

#[test]
fn steps_for_plans_and_answers_work_when_followed() {
    hold(plans::cases());
}

#[test]
fn steps_for_reasons_work_when_followed() {
    hold(reasons::cases());
}

#[test]
fn every_code_has_its_next_step_followed_or_a_reason_why_not() {
    let followed: BTreeSet<&str> = all().iter().map(|case| case.code).collect();
    let left: BTreeSet<&str> = LEFT.iter().map(|(code, _)| *code).collect();
    let both: Vec<&&str> = followed.intersection(&left).collect();
    assert!(both.is_empty(), "followed and left out: {both:?}");
    let known: BTreeSet<&str> = CODES.iter().map(|entry| entry.code).collect();
    assert_eq!(followed.union(&left).copied().collect::<BTreeSet<_>>(), known);
}

/// The index says `none` where nothing needs to be done, and something to do elsewhere.
#[test]
fn the_index_says_where_nothing_needs_to_be_done() {
    let index = fs::read_to_string(root().join("docs/errors.md")).unwrap();
    for case in all().iter().filter(|case| case.needs_nothing()) {
        let entry = index
            .split("\n### ")
            .find(|entry| entry.starts_with(case.code))
            .unwrap();
        let step = entry.split("Next step: ").nth(1).unwrap();
        assert!(step.starts_with("none"), "{}: {step}", case.code);
    }
}

#[test]
fn every_entry_of_the_index_has_a_next_step() {
    let index = fs::read_to_string(root().join("docs/errors.md")).unwrap();
    for entry in CODES {
        let text = index.split("\n### ").find(|text| text.starts_with(entry.code)).unwrap();
        let text = text.split("\n## ").next().unwrap();
        assert!(text.contains("\nNext step: "), "{} has no next step", entry.code);
    }
}

#[test]
fn every_code_is_told_in_a_test() {
    let mut text = String::new();
    gather(&root().join("tests"), &mut text, false);
    gather(&root().join("src"), &mut text, true);
    let missing: Vec<&str> = CODES
        .iter()
        .map(|entry| entry.code)
        .filter(|code| !text.contains(&format!("\"{code}")) && !text.contains(&format!("{code}\"")))
        .filter(|code| !LEFT.iter().any(|(left, _)| left == code))
        .collect();
    assert!(missing.is_empty(), "no test tells {missing:?}");
}

/// The code of tests below a folder; of the library, what stands behind `cfg(test)` and in files of tests.
fn gather(folder: &Path, text: &mut String, library: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, text, library && !path.ends_with("tests"));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("next_steps/main.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let tests = !library || name.ends_with("tests");
            let from = if tests { Some(0) } else { source.find("#[cfg(test)]") };
            text.push_str(from.map_or("", |from| &source[from..]));
        }
    }
}
