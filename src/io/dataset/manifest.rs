//! A Manifest is the `dataset.toml` of an imported data set: where its data come from, and what was done to them.

use serde::{Deserialize, Serialize};

use crate::domain::{Finding, Severity};

/// What a manifest calls its own format.
pub const SCHEMA: &str = "lotwright/dataset/1";

/// What stands where nobody has said where data come from.
pub const NOT_STATED: &str = "not stated";

/// Where a data set comes from, and what was done to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// Who made the data, or [`NOT_STATED`].
    pub source: String,
    /// The licence, or [`NOT_STATED`].
    pub licence: String,
    /// The words that the licence asks for; may be empty.
    pub attribution: String,
    /// Date of the code list, or [`NOT_STATED`].
    pub vintage: String,
    /// The day of the import, where the user gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Version of the program that made it.
    pub version: String,
    /// What was done, step by step.
    #[serde(default)]
    pub steps: Vec<String>,
    /// What the user chose.
    #[serde(default)]
    pub options: ImportOptions,
    /// The boundaries, where it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundaries: Option<BoundariesEntry>,
    /// Its tables, in the order of their names.
    #[serde(default, rename = "table")]
    pub tables: Vec<TableEntry>,
    /// The files that it was made from.
    #[serde(default, rename = "input")]
    pub inputs: Vec<InputEntry>,
    /// What reading them had to say.
    #[serde(default, rename = "finding")]
    pub findings: Vec<FindingEntry>,
}

/// What the user chose of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// Which of several layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// Which of several years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    /// Beginnings of the codes that are kept; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Coordinate reference system, where the file does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// Whether shapes are repaired however much that changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mend: bool,
}

/// The boundaries of a data set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoundariesEntry {
    /// File in the folder of the data set.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub sha256: String,
    /// The file that they were made from.
    pub input: String,
    /// Property that held the codes; `the id of features` where those serve.
    pub code_column: String,
    /// Property that held the names; empty where there was none.
    pub name_column: String,
    /// Years that the codes are of, such as `2013 to 2018`; empty where they do not tell.
    pub codes_of: String,
    /// The plane of the coordinates.
    pub plane: String,
    /// Number of areas.
    pub areas: usize,
    /// Number of common borders.
    pub borders: usize,
}

/// A table of a data set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableEntry {
    /// File in the folder of the data set.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub sha256: String,
    /// What it holds.
    pub role: TableRole,
    /// The file that it was made from, with the sheet of a workbook behind a `#`.
    pub input: String,
    /// Number of rows.
    pub rows: usize,
    /// Heading of the column of codes in that file; empty where there was none.
    #[serde(default)]
    pub code_column: String,
    /// Heading of the column of names in that file; empty where there was none.
    #[serde(default)]
    pub name_column: String,
    /// Columns of figures, or the grouping.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Years that the codes are of; empty where they do not tell.
    #[serde(default)]
    pub codes_of: String,
    /// People to which the notes of that file say that figures are rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded_to: Option<f64>,
    /// Lines above and below the table in that file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// What a table of a data set holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableRole {
    /// Figures by area.
    #[default]
    Volumes,
    /// Which areas belong to which group.
    Membership,
    /// Bridges, tunnels and ferries.
    Links,
}

impl TableRole {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Volumes => "volumes",
            Self::Membership => "membership",
            Self::Links => "links",
        }
    }
}

/// A file that a data set was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputEntry {
    /// Its name, without the folder that it stood in.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What it is, such as `a GeoPackage`.
    pub what: String,
}

/// A finding of the import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingEntry {
    /// A code of the error index.
    pub code: String,
    /// `warning` or `note`.
    pub severity: String,
    /// The place.
    pub subject: String,
    /// The fact.
    pub message: String,
    /// The next step.
    pub help: String,
}

impl From<&Finding> for FindingEntry {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code.into(),
            severity: finding.severity.word().into(),
            subject: finding.subject.clone(),
            message: finding.message.clone(),
            help: finding.help.clone(),
        }
    }
}

impl Manifest {
    /// Reads a `dataset.toml`; `file` is what to call it.
    ///
    /// # Errors
    /// `S407` where it is no manifest of this program.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Finding> {
        let help = "import the data set again, with --force";
        let broken = |why: String| Finding::error("S407", file, why, help);
        let text = std::str::from_utf8(bytes).map_err(|error| broken(format!("is not text in UTF-8: {error}")))?;
        let manifest: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            broken(format!(
                "line {line} cannot be read: {}",
                error.message().replace('\n', "; ")
            ))
        })?;
        if manifest.schema == SCHEMA {
            Ok(manifest)
        } else {
            Err(broken(format!(
                "is of the schema `{}`, not `{SCHEMA}`",
                manifest.schema
            )))
        }
    }

    /// The manifest as TOML: equal bytes for equal content.
    ///
    /// # Errors
    /// What the writer says, which is a fault of the program.
    pub fn text(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map_err(|error| error.to_string())
    }

    /// The entry of the table of that file name.
    pub fn table(&self, file: &str) -> Option<&TableEntry> {
        self.tables.iter().find(|table| table.file == file)
    }

    /// Every file of the data set with its checksum.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let boundaries = self.boundaries.iter().map(|b| (b.file.as_str(), b.sha256.as_str()));
        boundaries.chain(self.tables.iter().map(|t| (t.file.as_str(), t.sha256.as_str())))
    }

    /// Keeps what was found, errors aside.
    pub fn tell(&mut self, findings: &[Finding]) {
        let told = findings.iter().filter(|finding| finding.severity != Severity::Error);
        self.findings.extend(told.map(FindingEntry::from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let mut manifest = Manifest {
            schema: SCHEMA.into(),
            name: "row".into(),
            title: "A \"row\" of areas".into(),
            steps: vec!["one".into(), "two".into()],
            boundaries: Some(BoundariesEntry::default()),
            tables: vec![TableEntry {
                file: "volumes.csv".into(),
                rounded_to: Some(5.0),
                ..TableEntry::default()
            }],
            ..Manifest::default()
        };
        manifest.tell(&[
            Finding::note("G103", "a", "b", "c"),
            Finding::error("G301", "a", "b", "c"),
        ]);
        assert_eq!(manifest.findings.len(), 1);
        let text = manifest.text().unwrap();
        assert_eq!(Manifest::read("dataset.toml", text.as_bytes()).unwrap(), manifest);
    }

    #[test]
    fn a_manifest_that_was_broken_by_hand_names_the_line() {
        let fault = Manifest::read("dataset.toml", b"schema = \"lotwright/dataset/1\"\nname = 3\n").unwrap_err();
        assert_eq!(fault.code, "S407");
        assert!(fault.message.contains("line 2"), "{}", fault.message);
        let other = Manifest::read("dataset.toml", b"schema = \"x\"\n").unwrap_err();
        assert_eq!(other.code, "S407");
    }
}
