//! Locks joined with the areas that take part, by their codes, those of other years too.

use super::Here;
use super::index::Index;
use crate::domain::words::list;
use crate::domain::{AreaCode, Finding, Findings, LotId};
use crate::io::Fit;
use crate::io::plan::{PlanFile, PlanRow};

/// A locked area with its lot, and the row that says so.
struct Locked<'f> {
    area: usize,
    lot: &'f LotId,
    row: &'f PlanRow,
}

/// The locks of the scenario's file: area, lot, and place in the file.
///
/// The code of an area that merged locks the area that it is in now; the code of one that was made of several locks each of them. Codes of no area (`P201`), areas that take no part
/// (`P203`) and areas that would be locked to two lots (`P204`) are errors.
pub(super) fn of_file(
    file: Option<&PlanFile>,
    index: &Index<'_>,
    here: &Here,
    findings: &mut Findings,
) -> Vec<(usize, LotId, String)> {
    let Some(file) = file else { return Vec::new() };
    let (mut locked, mut carried): (Vec<Locked<'_>>, Vec<String>) = (Vec::new(), Vec::new());
    for row in &file.rows {
        let subject = place(file, row);
        let Some(lot) = &row.lot else { continue };
        let Some(led) = index.led(&AreaCode::new(&row.key)) else {
            findings.push(index.unknown_code("P201", &subject, &row.key));
            continue;
        };
        if led.fit != Fit::Same {
            let names: Vec<&str> = led.to.iter().map(|&place| index.name(place)).collect();
            carried.push(format!("{} as {}", row.key, list(&names, 4)));
        }
        let areas = here.areas(&led.to);
        if areas.is_empty() {
            let message = format!("{} takes no part", row.key);
            let help = "delete the lock, or include the area";
            findings.push(Finding::error("P203", &subject, message, help));
        }
        for area in areas {
            match locked.iter().find(|lock| lock.area == area) {
                Some(first) if first.lot != lot => findings.push(two_lots(file, first, row, lot)),
                Some(_) => {}
                None => locked.push(Locked { area, lot, row }),
            }
        }
    }
    findings.0.extend(told(file, &carried));
    locked
        .into_iter()
        .map(|lock| (lock.area, lock.lot.clone(), place(file, lock.row)))
        .collect()
}

fn place(file: &PlanFile, row: &PlanRow) -> String {
    format!("{} line {}", file.file, row.line)
}

fn two_lots(file: &PlanFile, first: &Locked<'_>, row: &PlanRow, lot: &LotId) -> Finding {
    let before = place(file, first.row);
    let (message, help) = if first.row.key == row.key {
        (
            format!(
                "{} is locked to lot {lot}, and on {before} to lot {}",
                row.key, first.lot
            ),
            "keep one of the two locks",
        )
    } else {
        (
            format!(
                "{} is locked to lot {lot}, and on {before} {} to lot {}; both are parts of one area of the boundaries",
                row.key, first.row.key, first.lot
            ),
            "lock the area as it is in the boundaries to one lot",
        )
    };
    Finding::error("P204", place(file, row), message, help)
}

fn told(file: &PlanFile, carried: &[String]) -> Option<Finding> {
    let message = format!(
        "codes of another year are read as those of the boundaries: {}",
        list(carried, 12)
    );
    let help = "check that the whole of an area that merged is meant; otherwise delete the lock";
    (!carried.is_empty()).then(|| Finding::warning("P207", &file.file, message, help))
}
