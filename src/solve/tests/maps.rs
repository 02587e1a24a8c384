//! Problems from drawn maps, for tests.

use crate::domain::{
    Adjacency, Area, AreaCode, Border, Deal, Funding, Goal, Group, Length, Lock, LotCount, LotId, Parts, Pence, Plan,
    Point, Problem, Rules, Search, Seat, Share, Unit, Viability, Volume,
};
use std::collections::BTreeMap;

/// The parts of a problem from a map: each letter is an area and its own unit, each cell is 1 km wide and holds one person; a dot is sea.
/// The envelope is £1 a person, so floors in pounds are people.
pub fn drawn(rows: &[&str]) -> Parts {
    let mut cells: BTreeMap<char, Vec<(usize, usize)>> = BTreeMap::new();
    for (y, row) in rows.iter().enumerate() {
        row.chars()
            .enumerate()
            .filter(|(_, c)| *c != '.')
            .for_each(|(x, c)| cells.entry(c).or_default().push((x, y)));
    }
    let letters: Vec<char> = cells.keys().copied().collect();
    let areas: Vec<Area> = cells.iter().map(|(letter, cells)| area(*letter, cells)).collect();
    let units = areas
        .iter()
        .enumerate()
        .map(|(a, area)| unit(&area.name, vec![a], area.volume))
        .collect();
    let seats = areas.iter().enumerate().map(|(a, area)| Seat {
        area: a,
        unit: a,
        share: Share::WHOLE,
        volume: area.volume,
    });
    let people: i64 = cells.values().map(|cells| cells.len() as i64).sum();
    Parts {
        name: "drawn".into(),
        title: "A drawn map".into(),
        units,
        seats: seats.collect(),
        adjacency: Adjacency::new(letters.len(), borders(&cells, &letters), Vec::new()),
        areas,
        deals: Vec::new(),
        funding: Funding {
            envelope: Pence::pounds(people),
            participants: people,
            referral_years: 1.0,
        },
        rules: Rules {
            viability: Viability::default(),
            count: LotCount::Max,
            contiguous: true,
            keep_whole: Vec::new(),
            never_together: Vec::new(),
            locks: Vec::new(),
        },
        goals: Vec::new(),
        search: Search {
            time_limit_s: 20.0,
            ..Search::default()
        },
    }
}

fn area(letter: char, cells: &[(usize, usize)]) -> Area {
    let mean = |at: &dyn Fn(&(usize, usize)) -> usize| {
        1000.0 * cells.iter().map(at).sum::<usize>() as f64 / cells.len() as f64
    };
    Area {
        code: AreaCode::new(&letter.to_string()),
        name: letter.to_string(),
        volume: Volume::people(cells.len() as i64),
        centre: Point {
            easting: mean(&|cell| cell.0),
            northing: mean(&|cell| cell.1),
        },
    }
}

fn unit(name: &str, seats: Vec<usize>, volume: Volume) -> Unit {
    Unit {
        id: name.into(),
        name: name.into(),
        seats,
        volume,
        homes: Vec::new(),
    }
}

fn borders(cells: &BTreeMap<char, Vec<(usize, usize)>>, letters: &[char]) -> Vec<Border> {
    let place = |letter: char| letters.iter().position(|&l| l == letter).unwrap_or(0);
    let at: BTreeMap<(usize, usize), usize> = cells
        .iter()
        .flat_map(|(&letter, list)| list.iter().map(move |&cell| (cell, place(letter))))
        .collect();
    let sides = at
        .iter()
        .flat_map(|(&(x, y), &from)| [(x + 1, y), (x, y + 1)].map(|cell| (from, at.get(&cell).copied())));
    sides
        .filter_map(|(from, to)| to.filter(|&to| to != from).map(|to| (from, to)))
        .map(|(from, to)| Border {
            from,
            to,
            length: Length::from_metres(1000.0),
        })
        .collect()
}

/// Merges areas `a` and `b` of a drawn map into shared units: `b` is split between its own unit and that of `a`.
pub fn share_member(parts: &mut Parts, a: usize, b: usize) {
    let (mut seats, whole) = (Vec::new(), parts.areas[b].volume);
    let (halves, shares) = (whole.equal_parts(2), Share::equal_parts(2));
    for area in 0..parts.areas.len() {
        let volume = parts.areas[area].volume;
        if area == b {
            let units = [a.min(b), a.max(b)];
            (0..2).for_each(|k| {
                seats.push(Seat {
                    area,
                    unit: units[k],
                    share: shares[k],
                    volume: halves[k],
                })
            });
        } else {
            seats.push(Seat {
                area,
                unit: area,
                share: Share::WHOLE,
                volume,
            });
        }
    }
    for (index, unit) in parts.units.iter_mut().enumerate() {
        unit.seats = (0..seats.len()).filter(|&seat| seats[seat].unit == index).collect();
        unit.volume = unit.seats.iter().map(|&seat| seats[seat].volume).sum();
    }
    parts.seats = seats;
}

/// A group of areas by their letters.
pub fn group(parts: &Parts, letters: &str) -> Group {
    Group {
        name: letters.into(),
        areas: places(parts, letters),
    }
}

/// A deal of areas by their letters.
pub fn deal(parts: &Parts, letters: &str) -> Deal {
    Deal {
        name: letters.into(),
        status: "co-design".into(),
        areas: places(parts, letters),
    }
}

/// A lock of an area by its letter.
pub fn lock(parts: &Parts, letter: &str, lot: &str) -> Lock {
    Lock {
        area: places(parts, letter)[0],
        lot: LotId::new(lot),
    }
}

fn places(parts: &Parts, letters: &str) -> Vec<usize> {
    (0..parts.areas.len())
        .filter(|&a| letters.contains(&parts.areas[a].name))
        .collect()
}

/// The label of every area's lot, in the order of areas.
pub fn labels(problem: &Problem, plan: &Plan) -> String {
    (0..problem.areas().len())
        .filter_map(|area| plan.lot_of_seat(problem.seats_of_area(area)[0]))
        .map(|lot| plan.lots()[lot].to_string())
        .collect::<Vec<_>>()
        .join("")
}

/// All goals.
pub fn all_goals() -> Vec<Goal> {
    Goal::ALL.to_vec()
}
