//! A Grouping says which areas belong to which group: a table `area_code,<grouping>`, with `status` where groups have a standing.

use std::collections::HashSet;

use super::canonical::groupings;
use super::delimited::canonical_code;
use super::table::Table;
use super::tables;
use crate::domain::{AreaCode, Finding, Findings};

/// An area in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The area.
    pub code: AreaCode,
    /// The group, such as `Tees Valley`.
    pub value: String,
    /// Standing of the group, such as `co-design`.
    pub status: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// A membership table. An area may stand in several rows; the first is its primary group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Name of the grouping, which is the header of its column, such as `lep`.
    pub name: String,
    /// Rows in file order.
    pub rows: Vec<Member>,
    /// The file.
    pub file: String,
}

impl Grouping {
    /// Reads `area_code,<grouping>[,status]`, in any case; columns `area_name` and `share` beside them are passed over. A table with another column of
    /// codes, such as `LAD17CD` of a lookup of the ONS, is read as the import reads it.
    ///
    /// # Errors
    /// What the readers of tables find, a header without codes or without just one grouping (M102), blank cells (M103), the same
    /// row twice (M104).
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Findings> {
        let table = Table::read(file, bytes, &[])?;
        match table.column("area_code") {
            Some(_) => Self::of_table(&table),
            None => Self::of_lookup(file, bytes),
        }
    }

    /// The one grouping of a table that was made for people.
    fn of_lookup(file: &str, bytes: &[u8]) -> Result<Self, Findings> {
        let (table, _) = tables::read(file, bytes)?;
        let mut found = groupings(&table)?;
        match (found.pop(), found.len()) {
            (Some(grouping), 0) => Ok(grouping),
            (None, _) => Err(without_codes(file, &table.columns).into()),
            (Some(last), _) => Err(several(file, found.iter().chain([&last])).into()),
        }
    }

    /// As [`read`](Self::read), from a table of which the lines are known.
    pub(super) fn of_table(table: &Table) -> Result<Self, Findings> {
        let name = grouping_column(table)?;
        let mut findings = table.blanks(&["area_code", &name]);
        let (code, value, status) = (table.column("area_code"), table.column(&name), table.column("status"));
        let (Some(code), Some(value)) = (code, value) else {
            return Err(findings);
        };
        let mut seen = HashSet::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let member = Member {
                code: AreaCode::new(&canonical_code(row.cells[code].to_string())),
                value: row.cells[value].to_string(),
                status: status.map(|k| row.cells[k].to_string()).filter(|s| !s.is_empty()),
                line: row.line,
            };
            if !seen.insert((member.code.clone(), member.value.clone())) && !member.value.is_empty() {
                let message = format!("{} stands in {} already", member.code, member.value);
                findings.push(Finding::error("M104", table.subject(row), message, "take the row out"));
            }
            rows.push(member);
        }
        findings
            .gate(Self {
                name,
                rows,
                file: table.file.clone(),
            })
            .map(|(grouping, _)| grouping)
    }

    /// Names of the groups, in the order of their first row.
    pub fn values(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.rows
            .iter()
            .map(|m| m.value.as_str())
            .filter(|v| seen.insert(*v))
            .collect()
    }
}

fn without_codes(file: &str, columns: &[String]) -> Finding {
    let message = format!(
        "has no column area_code, nor one of groups by ONS codes; its columns are: {}",
        columns.join(", ")
    );
    let help = "name the column of codes area_code, or as the ONS does, such as LAD16CD, and give one column of groups beside it";
    Finding::error("M102", file, message, help)
}

fn several<'a>(file: &str, found: impl Iterator<Item = &'a Grouping>) -> Finding {
    let names: Vec<&str> = found.map(|grouping| grouping.name.as_str()).collect();
    let message = format!("holds {} groupings: {}", names.len(), names.join(", "));
    let help = "make a table of each grouping: area_code,lep for instance; or import the file, which makes them";
    Finding::error("M102", file, message, help)
}

/// The one column that is neither code nor name nor standing.
fn grouping_column(table: &Table) -> Result<String, Findings> {
    let aside = ["area_code", "area_name", "status", "share"];
    let others: Vec<&String> = table
        .headers
        .iter()
        .filter(|h| !aside.iter().any(|name| h.eq_ignore_ascii_case(name)))
        .collect();
    match others.as_slice() {
        [name] => Ok((*name).clone()),
        _ => {
            let message = format!("needs one column beside area_code and status; it has {}", others.len());
            let help = "make a table of each grouping: area_code,lep for instance";
            Err(Finding::error("M102", &table.file, message, help).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_may_be_a_member_of_two_groups() {
        let lep = Grouping::read("lep.csv", b"\xef\xbb\xbfarea_code,lep\nE1,North\nE2,North\nE2,South\n").unwrap();
        assert_eq!((lep.name.as_str(), lep.values()), ("lep", vec!["North", "South"]));
        assert_eq!((lep.rows[2].code.as_str(), lep.rows[2].line), ("E2", 4));
    }

    #[test]
    fn every_blank_and_uneven_line_is_told_at_once() {
        let faults = Grouping::read("deal.csv", b"area_code,deal,status\n,A,x\nE2,,x\nE3,A,x\nE3,A,x\n").unwrap_err();
        let told: Vec<(&str, &str)> = faults.0.iter().map(|f| (f.code, f.subject.as_str())).collect();
        assert_eq!(
            told,
            vec![
                ("M103", "deal.csv line 2"),
                ("M103", "deal.csv line 3"),
                ("M104", "deal.csv line 5")
            ]
        );
        let faults = Grouping::read("deal.csv", b"area_code,deal\nE1\nE2,a,b\n").unwrap_err();
        assert_eq!(faults.0.len(), 2);
        assert!(faults.0[1].subject == "deal.csv line 3" && faults.0[1].code == "S201");
    }

    #[test]
    fn a_header_without_code_or_with_two_groupings_is_refused() {
        assert_eq!(
            Grouping::read("a.csv", b"colour,lep\nred,x\n").unwrap_err().0[0].code,
            "M102"
        );
        assert_eq!(
            Grouping::read("a.csv", b"area_code,lep,deal\nE1,x,y\n").unwrap_err().0[0].code,
            "M102"
        );
    }

    #[test]
    fn a_lookup_of_the_ons_is_read_with_the_lines_that_it_has() {
        let lookup = "LAD16CD,LAD16NM,LEP17CD1,LEP17NM1,LEP17CD2,LEP17NM2\nE06000001,A,E37000034,Tees Valley,,\n\n\
                      E06000002,B,E37000034,Tees Valley,E37000005,Coast\nE06000003,C,E37000034,Tees Valley,,\n";
        let lep = Grouping::read("lookup.csv", lookup.as_bytes()).unwrap();
        let rows: Vec<(&str, &str, usize)> = lep
            .rows
            .iter()
            .map(|m| (m.code.as_str(), m.value.as_str(), m.line))
            .collect();
        let expected = [
            ("E06000001", "Tees Valley", 2),
            ("E06000002", "Tees Valley", 4),
            ("E06000003", "Tees Valley", 5),
            ("E06000002", "Coast", 4),
        ];
        assert_eq!((lep.name.as_str(), rows.as_slice()), ("lep", &expected[..]));
        let blank = lookup.replace("B,E37000034,Tees Valley", "B,,");
        let faults = Grouping::read("lookup.csv", blank.as_bytes()).unwrap_err();
        assert_eq!(
            (faults.0.len(), faults.0[0].code, faults.0[0].subject.as_str()),
            (1, "M103", "lookup.csv line 4")
        );
        assert!(Grouping::read("lep.csv", b"Area_Code,LEP\nE06000001,x\n").is_ok());
    }
}
