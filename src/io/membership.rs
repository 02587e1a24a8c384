//! A Grouping says which areas belong to which group: a table `area_code,<grouping>`, with `status` where groups have a standing.

use std::collections::HashSet;

use super::table::Table;
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
    /// Reads `area_code,<grouping>[,status]`. Columns `area_name` and `share` beside them are passed over.
    ///
    /// # Errors
    /// What the reader of delimited files finds, a header without `area_code` or without just one grouping (M102), blank cells
    /// (M103), the same row twice (M104).
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Findings> {
        let table = Table::read(file, bytes, &["area_code"])?;
        let name = grouping_column(&table)?;
        let mut findings = table.blanks(&["area_code", &name]);
        let (code, value, status) = (table.column("area_code"), table.column(&name), table.column("status"));
        let (Some(code), Some(value)) = (code, value) else {
            return Err(findings);
        };
        let mut seen = HashSet::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let member = Member {
                code: AreaCode::new(&row.cells[code]),
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
                file: file.to_string(),
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

/// The one column that is neither code nor name nor standing.
fn grouping_column(table: &Table) -> Result<String, Findings> {
    let aside = ["area_code", "area_name", "status", "share"];
    let others: Vec<&String> = table.headers.iter().filter(|h| !aside.contains(&h.as_str())).collect();
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
            Grouping::read("a.csv", b"code,lep\nE1,x\n").unwrap_err().0[0].code,
            "M102"
        );
        assert_eq!(
            Grouping::read("a.csv", b"area_code,lep,deal\nE1,x,y\n").unwrap_err().0[0].code,
            "M102"
        );
    }
}
