//! An Input is a file as read, with the name that people gave it and its checksum.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::domain::Finding;

/// The bytes of a file, its name for messages and provenance, and its checksum.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name as the user or the scenario gives it; `standard input` for `-`.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
}

impl Input {
    /// Content that is at hand already.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            name: name.into(),
            bytes,
            sha256,
        }
    }

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// # Errors
    /// `S001` with the reason that the system gives.
    pub fn read(path: &Path, name: &str) -> Result<Self, Finding> {
        let (name, read) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            (
                "standard input",
                std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes),
            )
        } else {
            (name, std::fs::read(path))
        };
        match read {
            Ok(bytes) => Ok(Self::from_bytes(name, bytes)),
            Err(error) => Err(Finding::error(
                "S001",
                name,
                format!("cannot be read: {error}"),
                "check the path; those that stand in a scenario are relative to its folder",
            )),
        }
    }

    /// The content as text, without a byte order mark.
    ///
    /// # Errors
    /// `S002` with the place of the first byte that is not UTF-8.
    pub fn text(&self) -> Result<&str, Finding> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
            Err(error) => {
                let line = self.bytes[..error.valid_up_to()]
                    .iter()
                    .filter(|&&byte| byte == b'\n')
                    .count()
                    + 1;
                Err(Finding::error(
                    "S002",
                    format!("{} line {line}", self.name),
                    "is not UTF-8 text",
                    "save the file as UTF-8 (in a spreadsheet: CSV UTF-8) and try again",
                ))
            }
        }
    }
}

/// The one of `names` that is most like `wanted`, where one is like it at all: for "did you mean".
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// `did you mean X?`, or else the words that fit when nothing is near.
pub fn did_you_mean<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(wanted, names).map_or_else(|| otherwise.to_string(), |name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_wins_and_nonsense_has_none() {
        assert_eq!(nearest("flor_gbp", ["floor_gbp", "cap_gbp"]), Some("floor_gbp"));
        assert_eq!(nearest("zzz", ["floor_gbp", "cap_gbp"]), None);
    }

    #[test]
    fn text_that_is_not_utf8_names_its_line() {
        let input = Input::from_bytes("x.csv", b"a\nb\xff\n".to_vec());
        assert_eq!(input.text().map_err(|f| f.subject), Err("x.csv line 2".to_string()));
    }
}
