//! A LinkTable names the bridges, tunnels and ferries that join areas: `from_code,to_code,kind,name`.

use super::delimited::Row;
use super::table::Table;
use crate::domain::{AreaCode, Finding, Findings};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLink {
    /// One end.
    pub from: AreaCode,
    /// The other end.
    pub to: AreaCode,
    /// `bridge`, `tunnel` or `ferry`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// A table of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkTable {
    /// Rows in file order.
    pub rows: Vec<NamedLink>,
    /// The file.
    pub file: String,
}

const COLUMNS: [&str; 4] = ["from_code", "to_code", "kind", "name"];

impl LinkTable {
    /// Reads `from_code,to_code,kind,name`.
    ///
    /// # Errors
    /// What the reader of delimited files finds, missing columns (M102), blank cells (M103), a link from an area to itself (M201).
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Findings> {
        let table = Table::read(file, bytes, &COLUMNS)?;
        let mut findings = table.blanks(&COLUMNS);
        let rows: Vec<NamedLink> = table.rows.iter().filter_map(|row| named_link(&table, row)).collect();
        for row in rows.iter().filter(|r| r.from == r.to && !r.from.as_str().is_empty()) {
            let message = format!("{} joins {} to itself", row.name, row.from);
            let help = "give the codes of two areas, or take the row out";
            findings.push(Finding::error(
                "M201",
                format!("{file} line {}", row.line),
                message,
                help,
            ));
        }
        findings
            .gate(Self {
                rows,
                file: file.to_string(),
            })
            .map(|(table, _)| table)
    }
}

fn named_link(table: &Table, row: &Row) -> Option<NamedLink> {
    let cell = |name: &str| table.column(name).map(|k| &row.cells[k]);
    Some(NamedLink {
        from: AreaCode::new(cell("from_code")?),
        to: AreaCode::new(cell("to_code")?),
        kind: cell("kind")?.to_string(),
        name: cell("name")?.to_string(),
        line: row.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_both_ends_kind_and_line() {
        let table = LinkTable::read("links.csv", b"from_code,to_code,kind,name\n\nB,A,ferry,boat\n").unwrap();
        let row = &table.rows[0];
        assert_eq!((row.from.as_str(), row.to.as_str()), ("B", "A"));
        assert_eq!((row.kind.as_str(), row.name.as_str(), row.line), ("ferry", "boat", 3));
    }

    #[test]
    fn a_link_to_itself_and_a_blank_end_are_told_together() {
        let faults = LinkTable::read("l.csv", b"from_code,to_code,kind,name\nA,A,ferry,x\nA,,ferry,y\n").unwrap_err();
        let codes: Vec<&str> = faults.0.iter().map(|f| f.code).collect();
        assert_eq!(codes, vec!["M103", "M201"]);
    }
}
