//! Forms units of areas: every area its own, or the members of a group together.

use std::collections::BTreeMap;

use super::choices::{self, Name};
use super::index::Index;
use crate::domain::words::list;
use crate::domain::{Adjacency, Area, Finding, Findings, Overlap, Scenario, Seat, Share, Unit, Volume};

/// Units and seats of the areas that take part (`places` in the order of `areas`).
///
/// With several groupings, the first that holds an area makes its units. A member of two groups has a seat in each, or one in the first, as the
/// scenario says.
pub fn form(
    scenario: &Scenario,
    index: &Index<'_>,
    places: &[usize],
    areas: &[Area],
    findings: &mut Findings,
) -> (Vec<Unit>, Vec<Seat>) {
    let groupings = &scenario.areas.unit;
    for grouping in groupings
        .iter()
        .filter(|grouping| *grouping != "area" && !index.has_grouping(grouping))
    {
        findings.push(index.unknown_grouping(&scenario.place("areas.unit"), grouping));
    }
    let mut units: Vec<Unit> = Vec::new();
    let mut seats: Vec<Seat> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<Vec<Name>> = places
        .iter()
        .zip(areas)
        .map(|(&place, area)| unit_names(groupings, index, place, area))
        .collect();
    let homeless: Vec<&str> = (0..areas.len())
        .filter(|&area| names[area].is_empty())
        .map(|area| areas[area].name.as_str())
        .collect();
    let mut homes = vec![Vec::new(); areas.len()];
    match scenario.areas.overlap {
        Overlap::Primary => names.iter_mut().for_each(|names| names.truncate(1)),
        Overlap::Choose => homes = choices::set_free(areas, &mut names, &scenario.place("areas.overlap"), findings),
        Overlap::Split | Overlap::Twice => {}
    }
    for (area, names) in names.iter().enumerate() {
        for (k, (id, name)) in names.iter().enumerate() {
            let unit = *known.entry(id.clone()).or_insert_with(|| {
                units.push(Unit {
                    id: id.clone(),
                    name: name.clone(),
                    seats: Vec::new(),
                    volume: Volume::ZERO,
                    homes: Vec::new(),
                });
                units.len() - 1
            });
            let (share, volume) = part(scenario.areas.overlap, areas[area].volume, names.len(), k);
            units[unit].seats.push(seats.len());
            units[unit].volume += volume;
            seats.push(Seat {
                area,
                unit,
                share,
                volume,
            });
        }
    }
    if !homeless.is_empty() && !findings.has_errors() {
        let message = format!("no group of {} holds {}", groupings.join(" or "), list(&homeless, 12));
        let help = "add a grouping that holds them to `areas.unit` (or `\"area\"`), or exclude them";
        findings.push(Finding::error("S305", scenario.place("areas.unit"), message, help));
    }
    tell_incomplete(groupings, index, places, &units, findings);
    choices::settle(&mut units, &seats, &homes);
    (units, seats)
}

fn unit_names(groupings: &[String], index: &Index<'_>, place: usize, area: &Area) -> Vec<Name> {
    for grouping in groupings {
        if grouping == "area" {
            return vec![(area.code.to_string(), area.name.clone())];
        }
        let values = index.values_of(grouping, place);
        if !values.is_empty() {
            return values
                .iter()
                .map(|value| (value.to_string(), value.to_string()))
                .collect();
        }
    }
    Vec::new()
}

fn part(overlap: Overlap, volume: Volume, groups: usize, k: usize) -> (Share, Volume) {
    match overlap {
        Overlap::Split => (Share::equal_parts(groups)[k], volume.equal_parts(groups)[k]),
        Overlap::Primary | Overlap::Twice | Overlap::Choose => (Share::WHOLE, volume),
    }
}

/// A group of which some members take no part is smaller than its name says.
fn tell_incomplete(groupings: &[String], index: &Index<'_>, places: &[usize], units: &[Unit], findings: &mut Findings) {
    for grouping in groupings.iter().filter(|grouping| *grouping != "area") {
        for (value, members) in index
            .values(grouping)
            .filter(|(value, _)| units.iter().any(|unit| unit.id == *value))
        {
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                members.iter().partition(|place| places.binary_search(place).is_ok());
            if !inside.is_empty() && !outside.is_empty() {
                let names: Vec<&str> = outside.iter().map(|&place| index.name(place)).collect();
                let message = format!("takes part without {}", list(&names, 8));
                findings.push(Finding::note(
                    "M504",
                    format!("{grouping}:{value}"),
                    message,
                    "its figures are of the members that take part",
                ));
            }
        }
    }
}

/// Units whose members do not hang together by themselves: a lot may hold such a unit and still be counted as one.
pub fn scattered(units: &[Unit], seats: &[Seat], areas: &[Area], adjacency: &Adjacency) -> Findings {
    let mut findings = Findings::default();
    for unit in units.iter().filter(|unit| unit.seats.len() > 1) {
        let members: Vec<usize> = unit.seats.iter().map(|&seat| seats[seat].area).collect();
        let together = reached(&members, adjacency, members[0]);
        let (home, apart): (Vec<usize>, Vec<usize>) = members.iter().partition(|area| together.contains(area));
        let smaller = if apart.len() <= home.len() { apart } else { home };
        if !smaller.is_empty() {
            let names: Vec<&str> = smaller.iter().map(|&area| areas[area].name.as_str()).collect();
            let message = format!(
                "is in pieces by itself: {} no border or link with the rest of it",
                lies_apart(&names)
            );
            let help = "a lot that holds the whole unit obeys the rule of contiguity all the same; its `pieces` tell the truth";
            findings.push(Finding::warning("M505", format!("unit {}", unit.name), message, help));
        }
    }
    findings
}

fn lies_apart(names: &[&str]) -> String {
    format!("{} {}", list(names, 6), if names.len() == 1 { "has" } else { "have" })
}

/// Members that can be reached from one of them within the unit.
fn reached(members: &[usize], adjacency: &Adjacency, from: usize) -> Vec<usize> {
    let mut reached = vec![from];
    let mut next = 0;
    while next < reached.len() {
        let near = adjacency.neighbours(reached[next]).iter();
        let new: Vec<usize> = near
            .copied()
            .filter(|area| members.contains(area) && !reached.contains(area))
            .collect();
        reached.extend(new);
        next += 1;
    }
    reached
}
