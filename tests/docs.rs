//! The documents say what the program does: every key, every code.

use std::fs;
use std::path::Path;

use lotwright::domain::CODES;
use lotwright::io::scenario::KEYS;

fn doc(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

#[test]
fn every_key_of_a_scenario_is_documented_with_its_meaning() {
    let text = doc("formats.md");
    for (key, meaning) in KEYS {
        let row = format!("| `{key}` | {meaning} |");
        assert!(text.contains(&row), "docs/formats.md lacks the row: {row}");
    }
}

#[test]
fn the_error_index_has_every_code_and_no_other() {
    let text = doc("errors.md");
    let mut documented: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("### ")?.split_once(": "))
        .collect();
    documented.sort_unstable();
    let mut known: Vec<(&str, &str)> = CODES.iter().map(|entry| (entry.code, entry.title)).collect();
    known.sort_unstable();
    assert_eq!(documented, known);
}

#[test]
fn every_code_used_in_the_source_is_in_the_index() {
    let mut used = std::collections::BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                used.extend(codes_in(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    let known: std::collections::BTreeSet<String> = CODES.iter().map(|entry| entry.code.to_string()).collect();
    assert_eq!(used, known, "left: in the source; right: in the index");
}

/// Texts of the form "X123", X being the letter of a family.
fn codes_in(source: &str) -> Vec<String> {
    let is_code = |text: &&str| {
        let bytes = text.as_bytes();
        bytes.len() == 4 && b"AFSVGMPRW".contains(&bytes[0]) && bytes[1..].iter().all(u8::is_ascii_digit)
    };
    source.split('"').filter(is_code).map(str::to_string).collect()
}
