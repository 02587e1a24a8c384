//! What the program is asked of a folder, and what it says.

use std::fs;

use serde_json::Value;

use crate::common::{Folder, json, lotwright, squares};

/// What `inspect --json` says, with the volumes in a file of that content.
pub fn inspected(folder: &Folder, file: &str, bytes: &[u8], sets: &[&str]) -> Value {
    let (code, out, err) = inspect(folder, file, bytes, sets);
    assert_eq!(code, 0, "{file}: {err}");
    json(&out)
}

pub fn inspect(folder: &Folder, file: &str, bytes: &[u8], sets: &[&str]) -> (i32, String, String) {
    fs::write(folder.file(file.split('#').next().unwrap()), bytes).unwrap();
    let named = format!("volumes.file=\"{file}\"");
    let mut options = vec!["--json", "--set", &named];
    sets.iter().for_each(|set| options.extend(["--set", set]));
    folder.run("inspect", &options)
}

/// Expects a refusal with that code and those words.
pub fn refused(folder: &Folder, text: &str, sets: &[&str], words: &[&str]) {
    let (code, _, err) = inspect(folder, "given.csv", text.as_bytes(), sets);
    assert_eq!(code, 3, "{err}");
    for word in words {
        assert!(err.contains(word), "`{word}` is not in:\n{err}");
    }
}

pub fn codes(seen: &Value) -> Vec<String> {
    let findings = seen["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_string())
        .collect()
}

pub fn volumes(seen: &Value) -> Vec<f64> {
    seen["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| area["volume"].as_f64().unwrap())
        .collect()
}

pub fn doctor(folder: &Folder, files: &[&str]) -> (i32, Value) {
    let paths = files.iter().map(|file| folder.file(file));
    let output = lotwright().arg("doctor").args(paths).arg("--json").output().unwrap();
    (
        output.status.code().unwrap(),
        json(&String::from_utf8(output.stdout).unwrap()),
    )
}

/// A folder whose squares have these codes.
pub fn with_codes(codes: &[&str]) -> Folder {
    let folder = Folder::new();
    folder.write("areas.geojson", &squares(codes));
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    folder
}

/// The answer of `solve --json` with these volumes.
pub fn solved(folder: &Folder, text: &str, sets: &[&str]) -> Value {
    folder.write("volumes.csv", text);
    let mut options = vec!["--json", "--quiet"];
    sets.iter().for_each(|set| options.extend(["--set", set]));
    let (code, out, err) = folder.run("solve", &options);
    assert_eq!(code, 0, "{err}");
    json(&out)
}
