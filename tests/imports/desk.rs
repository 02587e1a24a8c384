//! A Desk is where somebody works: a folder with the four squares, and another for their data sets.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{Folder, json, lotwright};

/// A folder with the four squares, and another for the data sets of the user.
pub struct Desk {
    pub folder: Folder,
    data: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: Folder::new(),
            data: tempfile::tempdir().unwrap(),
        }
    }

    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs the program in the folder: exit code, standard output, standard error.
    pub fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = lotwright()
            .current_dir(self.folder.path())
            .env("LOTWRIGHT_DATA", self.data())
            .args(words)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    /// What a command that must succeed prints as JSON.
    pub fn told(&self, words: &[&str]) -> Value {
        let (code, out, err) = self.run(&[words, &["--json"]].concat());
        assert_eq!(code, 0, "{words:?}: {err}");
        json(&out)
    }

    /// Expects exit code 3 and each of `said` on standard error; nothing is left among the data sets.
    pub fn refused(&self, words: &[&str], said: &[&str]) {
        let before = names(self.data());
        let (code, _, err) = self.run(words);
        assert_eq!(code, 3, "{err}");
        for word in said {
            assert!(err.contains(word), "`{word}` is not in:\n{err}");
        }
        assert_eq!(names(self.data()), before);
    }

    pub fn import(&self, words: &[&str]) -> Value {
        self.told(&[&["import"], words].concat())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub fn codes(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}
