//! A Table is a delimited file with a header whose columns are known by name.

use super::delimited::{Delimited, Row};
use super::input::Input;
use crate::domain::{Finding, Findings};

/// A table as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub file: String,
    pub headers: Vec<String>,
    /// Rows below the header.
    pub rows: Vec<Row>,
}

impl Table {
    /// Reads a table in UTF-8, with or without byte order mark.
    ///
    /// # Errors
    /// What [`Delimited::read`] finds, and every required column that is missing (M102).
    pub(super) fn read(file: &str, bytes: &[u8], required: &[&str]) -> Result<Self, Findings> {
        let mut read = Delimited::read(&Input::from_bytes(file, bytes.to_vec()))?;
        let header = read.rows.remove(0);
        let headers: Vec<String> = header.cells.iter().map(str::to_string).collect();
        let findings = missing_columns(file, &headers, required);
        findings
            .gate(Self {
                file: read.file,
                headers,
                rows: read.rows,
            })
            .map(|(table, _)| table)
    }

    /// The place of a column, by its name in any case.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|h| h.eq_ignore_ascii_case(name))
    }

    /// Where a row stands, for messages.
    pub(super) fn subject(&self, row: &Row) -> String {
        format!("{} line {}", self.file, row.line)
    }

    /// A finding for each blank cell in one of these columns.
    pub(super) fn blanks(&self, columns: &[&str]) -> Findings {
        let places: Vec<(usize, &str)> = columns.iter().filter_map(|c| Some((self.column(c)?, *c))).collect();
        let mut findings = Findings::default();
        for row in &self.rows {
            for &(_, column) in places.iter().filter(|&&(place, _)| row.cells[place].is_empty()) {
                let message = format!("the cell in column {column} is blank");
                findings.push(Finding::error(
                    "M103",
                    self.subject(row),
                    message,
                    "fill it in, or take the row out",
                ));
            }
        }
        findings
    }
}

fn missing_columns(file: &str, headers: &[String], required: &[&str]) -> Findings {
    let mut findings = Findings::default();
    for name in required
        .iter()
        .filter(|name| !headers.iter().any(|h| h.eq_ignore_ascii_case(name)))
    {
        let message = format!("has no column {name}; its columns are: {}", headers.join(", "));
        let help = "the header is the first line, spelled as in docs/formats.md";
        findings.push(Finding::error("M102", file, message, help));
    }
    findings
}
