//! Where the tables of a data set come from: `sources.csv`, one row a table or a column of it.

use super::delimited::Delimited;
use super::input::Input;
use crate::domain::{Finding, Findings};

/// Where a table, or a column of it, comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The table, such as `lep.csv`, or the column, such as `volumes.csv:population_mid_2016`.
    pub file: String,
    /// What it is.
    pub title: String,
    /// Who made it and when.
    pub source: String,
    /// The licence.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
}

const COLUMNS: [&str; 5] = ["file", "title", "source", "licence", "attribution"];

/// Reads `file,title,source,licence,attribution`.
///
/// # Errors
/// Lines that cannot be read, and a header other than that (`S203`).
pub fn read(input: &Input) -> Result<Vec<SourceRow>, Findings> {
    let table = Delimited::read(input)?;
    if table.rows[0].cells != COLUMNS[..] {
        let message = "is no table of sources";
        let help = format!("the first line must be {}", COLUMNS.join(","));
        return Err(Finding::error("S203", table.place(&table.rows[0]), message, help).into());
    }
    let row = |cells: &csv::StringRecord| SourceRow {
        file: cells[0].into(),
        title: cells[1].into(),
        source: cells[2].into(),
        licence: cells[3].into(),
        attribution: cells[4].into(),
    };
    Ok(table.rows[1..].iter().map(|one| row(&one.cells)).collect())
}
