//! Choices: members of several groups that the optimiser places, whole, with one of them (`areas.overlap = "choose"`).

use std::collections::BTreeSet;

use crate::domain::words::list;
use crate::domain::{Area, Finding, Findings, Seat, Unit};

/// Id and name of a unit.
pub type Name = (String, String);

/// Gives every area that is a member of several groups a unit of its own, and tells which groups it may go with, by their ids.
///
/// A group keeps the members that are in no other group as its core. A group without any cannot be chosen (`M506`); a double member that has one
/// group left belongs to it, and one that has none left is an error (`M507`).
pub fn set_free(areas: &[Area], names: &mut [Vec<Name>], place: &str, findings: &mut Findings) -> Vec<Vec<String>> {
    let cores: BTreeSet<String> = names
        .iter()
        .filter(|names| names.len() == 1)
        .map(|names| names[0].0.clone())
        .collect();
    let hollow: BTreeSet<&str> = names
        .iter()
        .flatten()
        .map(|(id, _)| id.as_str())
        .filter(|id| !cores.contains(*id))
        .collect();
    tell_hollow(&hollow, place, findings);
    let mut homes = vec![Vec::new(); names.len()];
    let mut lost = Vec::new();
    for (area, names) in names.iter_mut().enumerate().filter(|(_, names)| names.len() > 1) {
        names.retain(|(id, _)| cores.contains(id));
        match names.len() {
            0 => lost.push(areas[area].name.as_str()),
            1 => {}
            _ => {
                homes[area] = names.iter().map(|(id, _)| id.clone()).collect();
                *names = vec![(areas[area].code.to_string(), areas[area].name.clone())];
            }
        }
    }
    if !lost.is_empty() {
        let message = format!("no group of {} has a member of its own", list(&lost, 12));
        let help = "use `split` or `primary`, or give one of the groups a member that is in no other";
        findings.push(Finding::error("M507", place, message, help));
    }
    homes
}

fn tell_hollow(hollow: &BTreeSet<&str>, place: &str, findings: &mut Findings) {
    if !hollow.is_empty() {
        let names: Vec<&str> = hollow.iter().copied().collect();
        let message = format!("every member of {} is in another group too", list(&names, 8));
        let help = "its members go with their other groups; use `split` or `primary` to keep it";
        findings.push(Finding::warning("M506", place, message, help));
    }
}

/// Turns the ids of the groups that each area may go with into units.
pub fn settle(units: &mut [Unit], seats: &[Seat], homes: &[Vec<String>]) {
    for seat in seats.iter().filter(|seat| !homes[seat.area].is_empty()) {
        let unit_of = |id: &String| units.iter().position(|unit| unit.id == *id);
        let mut found: Vec<usize> = homes[seat.area].iter().filter_map(unit_of).collect();
        found.sort_unstable();
        units[seat.unit].homes = found;
    }
}
