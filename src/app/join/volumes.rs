//! Joins volumes with the areas that take part.

use super::{Tables, index::Index};
use crate::domain::words::list;
use crate::domain::{Finding, Findings, Scenario, Volume};

/// The volume of every place in `places`, in that order.
///
/// A row of an unknown code is an error (`V201`), as is an area without a row (`V202`), and a suppressed cell where the scenario gives no value to take for
/// it (`V203`); a suppressed cell that was filled is a note (`V204`).
pub fn of_places(
    scenario: &Scenario,
    tables: &Tables,
    index: &Index<'_>,
    places: &[usize],
    findings: &mut Findings,
) -> Vec<Volume> {
    let mut volumes: Vec<Option<Option<Volume>>> = vec![None; index.len()];
    let mut lines = vec![0; index.len()];
    for row in &tables.volumes.rows {
        match index.place(row.code.as_str()) {
            Some(place) => {
                volumes[place] = Some(row.volume);
                lines[place] = row.line;
            }
            None => findings.push(index.unknown_code(
                "V201",
                &format!("{} line {}", tables.volumes.file, row.line),
                row.code.as_str(),
            )),
        }
    }
    let mut filled = Vec::new();
    let mut joined = Vec::with_capacity(places.len());
    for &place in places {
        let area = &tables.boundaries.places[place];
        joined.push(match (volumes[place], scenario.volumes.suppressed) {
            (Some(Some(volume)), _) => volume,
            (Some(None), Some(people)) => {
                filled.push(area.name.as_str());
                Volume((people * 1000.0).round() as i64)
            }
            (Some(None), None) => {
                let subject = format!("{} line {}", tables.volumes.file, lines[place]);
                let message = format!("the volume of {}, {}, is suppressed or blank", area.code, area.name);
                findings.push(Finding::error(
                    "V203",
                    subject,
                    message,
                    "set `volumes.suppressed` to the people to take for such a cell, or exclude the area",
                ));
                Volume::ZERO
            }
            (None, _) => {
                let message = format!("has no row for {}, {}", area.code, area.name);
                findings.push(Finding::error(
                    "V202",
                    &tables.volumes.file,
                    message,
                    "add its volume, or exclude the area",
                ));
                Volume::ZERO
            }
        });
    }
    if let (false, Some(people)) = (filled.is_empty(), scenario.volumes.suppressed) {
        let message = format!(
            "{people} people were taken for each suppressed or blank cell: {}",
            list(&filled, 12)
        );
        findings.push(Finding::note(
            "V204",
            &tables.volumes.file,
            message,
            "`volumes.suppressed` sets that number",
        ));
    }
    joined
}
