//! A small scenario in a temporary folder, to be broken one file at a time.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, with colours and progress off.
pub fn lotwright() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lotwright"));
    // Data sets of whoever runs the tests stay out of them.
    let no_data = root().join("target/no-data-sets");
    command
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env("LOTWRIGHT_DATA", no_data);
    command
}

/// What a command printed with `--json`.
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// A scenario in a folder of its own.
pub struct Folder(TempDir);

impl Folder {
    /// Four areas in a row, from west to east, of which the second and third are in the deal `Middle`.
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("scenario.toml", SCENARIO);
        folder.write(
            "areas.geojson",
            &squares(&["E06000001", "E06000002", "E06000003", "E06000004"]),
        );
        folder.write(
            "volumes.csv",
            "area_code,people\nE06000001,100\nE06000002,200\nE06000003,300\nE06000004,400\n",
        );
        folder.write(
            "deal.csv",
            "area_code,deal,status\nE06000002,Middle,co-design\nE06000003,Middle,co-design\n",
        );
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// Replaces a text that must be there.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} does not hold {from}");
        self.write(name, &text.replace(from, to));
    }

    /// Runs a command on the scenario: exit code, standard output, standard error.
    pub fn run(&self, command: &str, options: &[&str]) -> (i32, String, String) {
        let output = lotwright()
            .arg(command)
            .arg(self.path())
            .args(options)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replace(&self.path().display().to_string(), "FOLDER")
        };
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }
}

/// Squares of 0.2 degrees in a row, named Square 1, Square 2, …
pub fn squares(codes: &[&str]) -> String {
    let features: Vec<String> = codes.iter().enumerate().map(|(k, code)| square(code, k)).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
        features.join(",\n")
    )
}

/// The square at place `k` of the row; sixteen to a row, so that all lie in Great Britain.
pub fn square(code: &str, k: usize) -> String {
    let west = -1.6 + 0.2 * (k % 16) as f64;
    let south = 52.0 + 0.2 * (k / 16) as f64;
    let (south, north) = (format!("{south:.1}"), format!("{:.1}", south + 0.2));
    let (west, east) = (format!("{west:.1}"), format!("{:.1}", west + 0.2));
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"area_code\":\"{code}\",\"name\":\"Square {}\"}},\"geometry\":{{\"type\":\"Polygon\",\
         \"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}",
        k + 1
    )
}

const SCENARIO: &str = r#"schema = "lotwright/scenario/1"
name = "row"
title = "Four squares in a row"

[areas]
boundaries = "areas.geojson"
tables = ["deal.csv"]

[volumes]
file = "volumes.csv"
weight = "people"

[funding]
envelope_gbp = 1_000_000
participants = 500
referral_years = 5

[viability]
floor_gbp = 300_000

[lots]
count = "max"

[[goal]]
minimise = "deal_splits"
[[goal]]
minimise = "travel"
"#;
