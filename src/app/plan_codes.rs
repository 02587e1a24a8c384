//! The rows of a plan under the codes of the boundaries, where they stand with those of another year.

use std::collections::BTreeMap;

use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding, Findings, LotId};
use crate::io::plan::{PlanFile, PlanRow};
use crate::io::{BoundarySet, CodeChanges, Fit};

/// How many areas a finding names.
const NAMED: usize = 8;

/// The plan with the codes of the boundaries. Areas that merged take the lot that all of their parts are in; areas that were one before take its lot,
/// each of them. Codes that lead nowhere stay as they are, for the join to tell.
///
/// An area that would be in several lots is an error (`P208`); what was carried is told (`P207`), by a warning where parts of an area have no row.
pub(super) fn of_boundaries(
    file: &PlanFile,
    boundaries: &BoundarySet,
    changes: &CodeChanges,
    findings: &mut Findings,
) -> PlanFile {
    let mut carrying = Carrying {
        file,
        boundaries,
        changes,
        rows: Vec::new(),
        recoded: 0,
        divided: 0,
        merged: BTreeMap::new(),
    };
    file.rows.iter().for_each(|row| carrying.take(row));
    carrying.merge(findings);
    findings.0.extend(carrying.told());
    PlanFile {
        rows: carrying.rows,
        ..file.clone()
    }
}

struct Carrying<'a> {
    file: &'a PlanFile,
    boundaries: &'a BoundarySet,
    changes: &'a CodeChanges,
    rows: Vec<PlanRow>,
    recoded: usize,
    divided: usize,
    /// Rows of areas that merged, by the area that they are in now.
    merged: BTreeMap<AreaCode, Vec<&'a PlanRow>>,
}

impl<'a> Carrying<'a> {
    fn take(&mut self, row: &'a PlanRow) {
        let route = (!self.file.by_unit)
            .then(|| {
                self.changes
                    .route(&AreaCode::new(&row.key), &|code| self.boundaries.find(code).is_some())
            })
            .flatten();
        let under = |code: &AreaCode| PlanRow {
            key: code.to_string(),
            ..row.clone()
        };
        match route {
            Some(route) if route.fit == Fit::Merged => {
                self.merged.entry(route.to[0].clone()).or_default().push(row);
            }
            Some(route) => {
                self.recoded += usize::from(route.fit == Fit::Recoded);
                self.divided += usize::from(route.fit == Fit::Divided);
                self.rows.extend(route.to.iter().map(under));
            }
            None => self.rows.push(row.clone()),
        }
    }

    /// One row for each area that merged.
    fn merge(&mut self, findings: &mut Findings) {
        for (code, rows) in &self.merged {
            let first = rows[0];
            if rows.iter().any(|row| row.lot != first.lot || row.share.is_some()) {
                findings.push(self.several_lots(code, rows));
                continue;
            }
            self.rows.push(PlanRow {
                key: code.to_string(),
                ..first.clone()
            });
        }
    }

    fn several_lots(&self, code: &AreaCode, rows: &[&PlanRow]) -> Finding {
        let parts: Vec<String> = rows
            .iter()
            .map(|row| {
                let lot = row.lot.as_ref().map_or("none", LotId::as_str);
                format!("{} in {lot}", row.key)
            })
            .collect();
        let message = format!(
            "{code} {} is made of areas in several lots: {}",
            self.name(code),
            list(&parts, NAMED)
        );
        let help =
            "give the area one row with the code of the boundaries, or judge the plan on boundaries of its own year";
        let subject = format!("{} line {}", self.file.file, rows[0].line);
        Finding::error("P208", subject, message, help)
    }

    fn told(&self) -> Option<Finding> {
        let merged: usize = self.merged.values().map(Vec::len).sum();
        let rows = self.recoded + self.divided + merged;
        let mut message = format!(
            "{} of another year, read as that of the boundaries",
            count(rows, "row has a code", "rows have codes")
        );
        if merged > 0 {
            let areas = count(self.merged.len(), "area that", "areas that");
            message += &format!("; {merged} of them are parts of {areas} merged");
        }
        if self.divided > 0 {
            let what = count(self.divided, "row is", "rows are");
            message += &format!("; {what} of areas that were several before, all of which take the lot");
        }
        let without: Vec<String> = self
            .merged
            .iter()
            .filter_map(|(code, rows)| self.without(code, rows))
            .collect();
        if without.is_empty() {
            let note = Finding::note("P207", &self.file.file, message, "none is needed");
            return (rows > 0).then_some(note);
        }
        message += &format!("; parts have no row: {}", list(&without, NAMED));
        let help = "the area goes with the parts that have a row; add the others to be certain";
        Some(Finding::warning("P207", &self.file.file, message, help))
    }

    /// An area with those of its parts that have no row.
    fn without(&self, code: &AreaCode, rows: &[&PlanRow]) -> Option<String> {
        let given = |part: &AreaCode| rows.iter().any(|row| row.key == part.as_str());
        let missing = self.changes.missing_parts(code, &given);
        let codes: Vec<&str> = missing.iter().map(AreaCode::as_str).collect();
        (!codes.is_empty()).then(|| format!("{} of {}", list(&codes, NAMED), self.name(code)))
    }

    fn name(&self, code: &AreaCode) -> &str {
        self.boundaries
            .find(code)
            .map_or("", |place| self.boundaries.places[place].name.as_str())
    }
}
