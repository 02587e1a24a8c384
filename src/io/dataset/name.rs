//! A DatasetName is a name that is safe as the name of a folder, and never a path.

use std::fmt;
use std::str::FromStr;

/// Letters, digits, hyphens and underscores, the first of them a letter or a digit; 64 at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetName(String);

/// The longest name.
const LONGEST: usize = 64;

impl DatasetName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a word could be the name of a data set.
    pub fn fits(word: &str) -> bool {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.len() <= LONGEST && word.chars().all(plain)
    }
}

impl fmt::Display for DatasetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DatasetName {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if Self::fits(word) {
            Ok(Self(word.into()))
        } else {
            Err(format!(
                "give a short name and no path: letters, digits, hyphens and underscores, {LONGEST} at most, such as lad-2023; \
                 --into says where it goes"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_no_name() {
        for word in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "a.b",
            "-a",
            "_a",
            "a b",
            "é",
            &"a".repeat(65),
        ] {
            assert!(word.parse::<DatasetName>().is_err(), "{word}");
        }
        for word in ["a", "lad-2023", "2023_x", &"a".repeat(64)] {
            assert_eq!(word.parse::<DatasetName>().unwrap().as_str(), word);
        }
    }
}
