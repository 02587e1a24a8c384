//! Joins a plan from a file with the problem, and has it judged.

use std::collections::BTreeMap;
use std::path::Path;

use super::load::Case;
use super::plan_codes;
use crate::domain::words::list;
use crate::domain::{Finding, Findings, LotId, Plan};
use crate::io::input::{Input, did_you_mean};
use crate::io::plan::{self, PlanFile, PlanRow};
use crate::report::InputAnswer;
use crate::verify::{VerifiedPlan, judge};

/// A plan from a file with what the judge found and what the join had to say.
pub struct Judged {
    /// The file.
    pub input: InputAnswer,
    /// The plan, judged.
    pub plan: VerifiedPlan,
    /// Warnings and notes of the join.
    pub findings: Findings,
}

impl Case {
    /// Reads a plan (`-` is standard input), joins it with the problem and judges it.
    ///
    /// # Errors
    /// Every fault of the file, and those of [`Case::judge_plan`].
    pub fn read_plan(&self, path: &Path) -> Result<Judged, Findings> {
        let input = Input::read(path, &path.display().to_string())?;
        let (plan, findings) = self.judge_plan(&plan::read(&input)?)?;
        Ok(Judged {
            input: InputAnswer {
                file: input.name,
                sha256: input.sha256,
            },
            plan,
            findings,
        })
    }

    /// Joins a plan with the problem and judges it. Areas that the plan leaves out are unassigned; rows of areas that take no part are passed over
    /// with a note.
    ///
    /// # Errors
    /// Every row whose code is unknown (`P201`), an area of merged parts in several lots (`P208`), every row that stands twice (`P202`), or whose shares do not fit (`P205`).
    pub fn judge_plan(&self, file: &PlanFile) -> Result<(VerifiedPlan, Findings), Findings> {
        let mut findings = Findings::default();
        let file = &plan_codes::of_boundaries(file, &self.boundaries, &self.changes, &mut findings);
        let rows = self.rows_by_place(file, &mut findings);
        let mut lots: Vec<LotId> = Vec::new();
        let mut lot_of_seat = vec![None; self.problem.seats().len()];
        for (place, rows) in rows {
            let seats = if file.by_unit {
                &self.problem.units()[place].seats
            } else {
                self.problem.seats_of_area(place)
            };
            for (seat, lot) in self.seats_to_lots(file, seats, &rows, &mut findings) {
                lot_of_seat[seat] = lot.map(|label| number_of(&mut lots, label));
            }
        }
        let ((), findings) = findings.gate(())?;
        Ok((judge(&self.problem, Plan::labelled(&lots, &lot_of_seat)), findings))
    }

    /// Rows by the index of their area or unit, in that order.
    fn rows_by_place<'f>(&self, file: &'f PlanFile, findings: &mut Findings) -> BTreeMap<usize, Vec<&'f PlanRow>> {
        let mut rows: BTreeMap<usize, Vec<&PlanRow>> = BTreeMap::new();
        let mut outside = Vec::new();
        for row in &file.rows {
            let here = if file.by_unit {
                self.unit(&row.key)
            } else {
                self.area(&row.key)
            };
            match here {
                Some(here) => rows.entry(here).or_default().push(row),
                None if !file.by_unit && self.knows_place(&row.key) => outside.push(row.key.as_str()),
                None => findings.push(self.unknown_row(file, row)),
            }
        }
        if !outside.is_empty() {
            let message = format!(
                "{} of its rows are of areas that take no part: {}",
                outside.len(),
                list(&outside, 6)
            );
            findings.push(Finding::note(
                "P206",
                &file.file,
                message,
                "nothing needs to be done where they were left out on purpose",
            ));
        }
        rows
    }

    fn unknown_row(&self, file: &PlanFile, row: &PlanRow) -> Finding {
        let subject = format!("{} line {}", file.file, row.line);
        if file.by_unit {
            let ids = self.problem.units().iter().map(|unit| unit.id.as_str());
            let help = did_you_mean(&row.key, ids, "`lotwright inspect` lists the units");
            return Finding::error("P201", subject, format!("there is no unit `{}`", row.key), help);
        }
        let message = format!("{} is in no boundary of {}", row.key, self.scenario.areas.boundaries);
        let story = self.changes.explain(&crate::domain::AreaCode::new(&row.key));
        Finding::error(
            "P201",
            subject,
            message,
            story.map_or_else(
                || "check the code, or delete the row".to_string(),
                |story| format!("{story}; use a plan of the same vintage as the boundaries"),
            ),
        )
    }

    /// The lot of every seat of an area or unit. One row takes all of its seats; several rows take a seat each, a seat going to the lot that holds most
    /// of its unit elsewhere.
    fn seats_to_lots(
        &self,
        file: &PlanFile,
        seats: &[usize],
        rows: &[&PlanRow],
        findings: &mut Findings,
    ) -> Vec<(usize, Option<LotId>)> {
        let mut labels: Vec<Option<LotId>> = rows.iter().map(|row| row.lot.clone()).collect();
        labels.dedup();
        if let [label] = labels.as_slice() {
            return seats.iter().map(|&seat| (seat, label.clone())).collect();
        }
        let subject = format!("{} line {}", file.file, rows[1].line);
        let shared = rows.iter().all(|row| row.share.is_some()) && rows.len() <= seats.len() && !file.by_unit;
        if !shared {
            let message = format!(
                "{} stands in {} lots, first on line {}",
                rows[0].key,
                rows.len(),
                rows[0].line
            );
            let help = "keep one row; an area can be shared only where `areas.unit` puts it in two groups, with a third column `share`";
            findings.push(Finding::error("P202", subject, message, help));
            return Vec::new();
        }
        let shares: f64 = rows.iter().filter_map(|row| row.share).sum();
        if (shares - 1.0).abs() > 1e-3 {
            let message = format!("the shares of {} add up to {shares:.3}", rows[0].key);
            findings.push(Finding::error("P205", subject, message, "make them add up to 1"));
            return Vec::new();
        }
        self.match_seats(file, seats, rows)
    }

    fn match_seats(&self, file: &PlanFile, seats: &[usize], rows: &[&PlanRow]) -> Vec<(usize, Option<LotId>)> {
        let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
        for (s, &seat) in seats.iter().enumerate() {
            for (r, row) in rows.iter().enumerate() {
                pairs.push((-self.volume_of_unit_in(file, seat, row), r, s));
            }
        }
        pairs.sort_unstable();
        let mut lot_of: Vec<Option<Option<LotId>>> = vec![None; seats.len()];
        let mut used = vec![false; rows.len()];
        for (_, r, s) in &pairs {
            if lot_of[*s].is_none() && !used[*r] {
                lot_of[*s] = Some(rows[*r].lot.clone());
                used[*r] = true;
            }
        }
        // With fewer rows than seats, the seats left over go with the row that fits them best.
        for (_, r, s) in &pairs {
            lot_of[*s].get_or_insert_with(|| rows[*r].lot.clone());
        }
        seats
            .iter()
            .zip(lot_of)
            .map(|(&seat, lot)| (seat, lot.flatten()))
            .collect()
    }

    /// Volume that the lot of `row` holds of the other members of the unit of `seat`.
    fn volume_of_unit_in(&self, file: &PlanFile, seat: usize, row: &PlanRow) -> i64 {
        let unit = &self.problem.units()[self.problem.seats()[seat].unit];
        let codes: BTreeMap<&str, i64> = unit
            .seats
            .iter()
            .map(|&other| self.problem.seats()[other])
            .map(|other| (self.problem.areas()[other.area].code.as_str(), other.volume.0))
            .collect();
        let same_lot = file
            .rows
            .iter()
            .filter(|other| other.lot == row.lot && other.key != row.key);
        same_lot.filter_map(|other| codes.get(other.key.as_str())).sum()
    }

    fn area(&self, code: &str) -> Option<usize> {
        self.problem
            .areas()
            .binary_search_by(|area| area.code.as_str().cmp(code))
            .ok()
    }

    fn unit(&self, id: &str) -> Option<usize> {
        self.problem.units().iter().position(|unit| unit.id == id)
    }

    fn knows_place(&self, code: &str) -> bool {
        self.boundaries.places.iter().any(|place| place.code.as_str() == code)
    }
}

fn number_of(lots: &mut Vec<LotId>, label: LotId) -> usize {
    lots.iter().position(|lot| *lot == label).unwrap_or_else(|| {
        lots.push(label);
        lots.len() - 1
    })
}
