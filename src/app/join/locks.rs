//! Locks joined with the areas that take part, by their codes, those of other years too.

use super::Here;
use super::index::Index;
use crate::domain::words::list;
use crate::domain::{AreaCode, Finding, Findings, Lock, LotId, Seat, Unit};
use crate::io::Fit;
use crate::io::plan::{PlanFile, PlanRow};

/// A locked area, or the seat of it that is meant, with its lot, and the row that says so.
struct Locked<'f> {
    area: usize,
    seat: Option<usize>,
    lot: &'f LotId,
    row: &'f PlanRow,
}

/// The locks of the scenario's file. A row with a unit in `part_of` locks the seat of that unit alone; where the area has no other, the whole of it.
///
/// The code of an area that merged locks the area that it is in now; the code of one that was made of several locks each of them. Codes of no area (`P201`), areas that take no part
/// (`P203`) and areas that would be locked to two lots (`P204`) are errors.
pub(super) fn of_file(
    file: Option<&PlanFile>,
    index: &Index<'_>,
    here: &Here,
    (units, seats): (&[Unit], &[Seat]),
    findings: &mut Findings,
) -> Vec<Lock> {
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
            let seat = match seat_of(file, row, area, (units, seats)) {
                Ok(seat) => seat,
                Err(fault) => {
                    findings.push(fault);
                    continue;
                }
            };
            let meets =
                |lock: &&Locked<'_>| lock.area == area && (lock.seat == seat || lock.seat.is_none() || seat.is_none());
            match locked.iter().filter(meets).find(|lock| lock.lot != lot) {
                Some(first) => findings.push(two_lots(file, first, row, lot)),
                None if locked.iter().any(|lock| lock.area == area && lock.seat == seat) => {}
                None => locked.push(Locked { area, seat, lot, row }),
            }
        }
    }
    findings.0.extend(told(file, &carried));
    locked
        .into_iter()
        .map(|lock| Lock {
            area: lock.area,
            lot: lock.lot.clone(),
            seat: lock.seat,
        })
        .collect()
}

/// The seat that a row means; `None` where it means the whole area.
fn seat_of(
    file: &PlanFile,
    row: &PlanRow,
    area: usize,
    (units, seats): (&[Unit], &[Seat]),
) -> Result<Option<usize>, Finding> {
    let Some(part) = &row.part else { return Ok(None) };
    let own: Vec<usize> = (0..seats.len()).filter(|&seat| seats[seat].area == area).collect();
    let unit = |seat: usize| units[seats[seat].unit].id.as_str();
    let found = own.iter().copied().find(|&seat| unit(seat) == part);
    let Some(seat) = found else {
        let message = format!("no part of {} is in `{part}`", row.key);
        let names: Vec<&str> = own.iter().map(|&seat| unit(seat)).collect();
        let help = format!(
            "write one of its units as part_of ({}), or leave it blank to lock the whole area",
            list(&names, 4)
        );
        return Err(Finding::error("P201", place(file, row), message, help));
    };
    Ok((own.len() > 1).then_some(seat))
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
