//! A DoctorAnswer says what files are and what is wrong with them, in the shape of `lotwright/doctor/1`.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::FindingAnswer;
use super::alike::{Told, shortened};

/// What the doctor says of some files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoctorAnswer {
    /// `lotwright/doctor/1`.
    pub schema: String,
    /// The files, in the order of asking.
    pub files: Vec<FileAnswer>,
    /// Version of the program.
    pub version: String,
}

/// What the doctor says of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileAnswer {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; empty where it cannot be read.
    pub sha256: String,
    /// `table`, `boundaries` or `unknown`.
    pub role: String,
    /// What it is, such as `csv`, `nomis_query` or `geojson`.
    pub kind: String,
    /// The same in words, with what belongs to it: encoding, sheet.
    pub what: String,
    /// Rows or areas.
    pub rows: usize,
    /// Its columns, in order.
    pub columns: Vec<ColumnAnswer>,
    /// Years of its codes, such as `2019 to 2022`; empty where the codes do not tell.
    pub vintage: String,
    /// More facts, each a sentence.
    pub facts: Vec<String>,
    /// Lines above and below a table: title, notes.
    pub aside: Vec<String>,
    /// What is wrong or worth knowing, with the next step.
    pub findings: Vec<FindingAnswer>,
}

/// What the doctor says of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnAnswer {
    /// Its heading.
    pub name: String,
    /// `codes`, `names`, `counts`, `no_counts`, `text` or `blank`.
    pub role: String,
    /// Why it is no column of counts; what its heading says of codes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Cells that are suppressed, blank or negligible, of a column of figures.
    #[serde(default)]
    pub marks: usize,
}

impl DoctorAnswer {
    /// Whether some file has an error.
    pub fn has_errors(&self) -> bool {
        self.files
            .iter()
            .flat_map(|file| &file.findings)
            .any(|finding| finding.severity == "error")
    }

    /// The answer for a terminal.
    pub fn words(&self) -> String {
        let mut text = String::new();
        for file in &self.files {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{}: {}", file.file, file.what);
            let mut line = |label: &str, value: &str| {
                if !value.is_empty() {
                    let _ = writeln!(text, "  {label:<10} {value}");
                }
            };
            line("vintage", &file.vintage);
            for column in &file.columns {
                line("column", &column_words(column));
            }
            for fact in &file.facts {
                line("fact", fact);
            }
            for aside in &file.aside {
                line("aside", aside);
            }
            let told: Vec<Told> = file.findings.iter().map(finding_words).collect();
            for words in shortened(&told) {
                let _ = writeln!(text, "  {words}");
            }
        }
        text
    }
}

fn finding_words(finding: &FindingAnswer) -> Told {
    let mut words = format!(
        "{} {} {}: {}",
        finding.severity, finding.code, finding.subject, finding.message
    );
    if !finding.help.is_empty() {
        words.push_str(&format!("\n    help: {}", finding.help));
    }
    (finding.code.clone(), finding.subject.clone(), words)
}

fn column_words(column: &ColumnAnswer) -> String {
    let role = match column.role.as_str() {
        "codes" => "area codes",
        "names" => "names of areas",
        "counts" => "figures that add up",
        "no_counts" => "figures that do not add up",
        "blank" => "blank",
        _ => "text",
    };
    let why = if column.why.is_empty() {
        String::new()
    } else {
        format!(" ({})", column.why)
    };
    let marks = if column.marks > 0 {
        format!(", {} suppressed, blank or negligible", column.marks)
    } else {
        String::new()
    };
    let name = if column.name.is_empty() {
        "without heading"
    } else {
        &column.name
    };
    format!("{name}: {role}{why}{marks}")
}
