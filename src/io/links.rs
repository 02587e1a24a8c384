//! A LinkTable names the bridges, tunnels and ferries that join areas: `from_code,to_code,kind,name`.

use super::code_changes::CodeChanges;
use super::table::{Row, Table};
use crate::domain::{AreaCode, Finding, Findings, Link};

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
    pub line: u64,
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
    /// Lines that cannot be read (M101), missing columns (M102), blank cells (M103), a link from an area to itself (M201).
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

    /// Links between known areas, of whichever kind, and a warning for each link with an end that is not known.
    pub fn join(&self, place: impl Fn(&AreaCode) -> Option<usize>, changes: &CodeChanges) -> (Vec<Link>, Findings) {
        let (mut links, mut findings) = (Vec::new(), Findings::default());
        for row in &self.rows {
            match (place(&row.from), place(&row.to)) {
                (Some(a), Some(b)) => {
                    links.push(Link {
                        from: a.min(b),
                        to: a.max(b),
                        kind: row.kind.clone(),
                        name: row.name.clone(),
                    });
                }
                (from, _) => {
                    let missing = if from.is_none() { &row.from } else { &row.to };
                    let message = format!(
                        "{}: {missing} is in no boundary file; the link is passed over",
                        row.name
                    );
                    let subject = format!("{} line {}", self.file, row.line);
                    findings.push(Finding::warning("M202", subject, message, changes.hint(missing)));
                }
            }
        }
        (links, findings)
    }
}

fn named_link(table: &Table, row: &Row) -> Option<NamedLink> {
    let cell = |name: &str| table.column(name).map(|k| row.cells[k].as_str());
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
    fn a_link_joins_two_places_and_one_to_nowhere_is_told() {
        let text = b"from_code,to_code,kind,name\nB,A,ferry,boat\nA,Z,bridge,span\n";
        let table = LinkTable::read("links.csv", text).unwrap();
        let place = |code: &AreaCode| ["A", "B"].iter().position(|c| *c == code.as_str());
        let (links, told) = table.join(place, &CodeChanges::default());
        assert_eq!(
            links,
            vec![Link {
                from: 0,
                to: 1,
                kind: "ferry".into(),
                name: "boat".into()
            }]
        );
        assert_eq!(
            (told.0.len(), told.0[0].code, told.0[0].subject.as_str()),
            (1, "M202", "links.csv line 3")
        );
    }

    #[test]
    fn a_link_to_itself_and_a_blank_end_are_told_together() {
        let faults = LinkTable::read("l.csv", b"from_code,to_code,kind,name\nA,A,ferry,x\nA,,ferry,y\n").unwrap_err();
        let codes: Vec<&str> = faults.0.iter().map(|f| f.code).collect();
        assert_eq!(codes, vec!["M103", "M201"]);
    }
}
