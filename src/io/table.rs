//! A Table is a CSV file with a header, read whole, each row with its line.

use crate::domain::{Finding, Findings};

/// A row that has as many cells as the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Cells without surrounding white space.
    pub cells: Vec<String>,
}

/// A table as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub file: String,
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
}

impl Table {
    /// Reads comma-separated text in UTF-8, with or without byte order mark.
    ///
    /// # Errors
    /// Every line that cannot be read or has the wrong number of cells (M101), every required column that is missing (M102).
    pub(super) fn read(file: &str, bytes: &[u8], required: &[&str]) -> Result<Self, Findings> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
        let headers: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(str::to_string).collect(),
            Err(error) => return Err(unreadable(file, &error).into()),
        };
        let mut findings = missing_columns(file, &headers, required);
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push(Row {
                    line: record.position().map_or(0, csv::Position::line),
                    cells: record.iter().map(str::to_string).collect(),
                }),
                Err(error) => findings.push(unreadable(file, &error)),
            }
        }
        findings
            .gate(Self {
                file: file.to_string(),
                headers,
                rows,
            })
            .map(|(table, _)| table)
    }

    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|h| h == name)
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
            for (_, column) in places.iter().filter(|&&(place, _)| row.cells[place].is_empty()) {
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

fn unreadable(file: &str, error: &csv::Error) -> Finding {
    let line = error
        .position()
        .map(|p| format!(" line {}", p.line()))
        .unwrap_or_default();
    let (message, help) = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => (
            format!("has {len} cells where the header has {expected_len}"),
            "put cells that hold a comma into double quotes",
        ),
        csv::ErrorKind::Utf8 { .. } => ("is not text in UTF-8".to_string(), "save the file as CSV in UTF-8"),
        _ => (format!("cannot be read: {error}"), "save the file as CSV with a header"),
    };
    Finding::error("M101", format!("{file}{line}"), message, help)
}

fn missing_columns(file: &str, headers: &[String], required: &[&str]) -> Findings {
    let mut findings = Findings::default();
    for name in required.iter().filter(|name| !headers.iter().any(|h| h == *name)) {
        let message = format!("has no column {name}; its columns are: {}", headers.join(", "));
        findings.push(Finding::error(
            "M102",
            file,
            message,
            "the header is the first line, spelled as in the documentation",
        ));
    }
    findings
}
