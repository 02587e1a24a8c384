//! Parts of drawn problems, to be changed before they become problems.

use crate::domain::drawn::Drawn;
use crate::domain::{Deal, Goal, Group, Lock, LotId, Parts, Plan, Problem, Search, Seat, Share};

/// The parts of a drawn problem in which every cell holds one person. The envelope is £1 a person, so floors in pounds are people.
pub fn drawn(rows: &[&str]) -> Parts {
    let cells = || rows.iter().flat_map(|row| row.chars()).filter(|cell| *cell != '.');
    let mut letters: Vec<char> = cells().collect();
    letters.sort_unstable();
    letters.dedup();
    let people: Vec<i64> = letters
        .iter()
        .map(|letter| cells().filter(|cell| cell == letter).count() as i64)
        .collect();
    let search = Search {
        time_limit_s: 20.0,
        ..Search::default()
    };
    Drawn::new(&rows.join("\n"))
        .volumes(&people)
        .search(search)
        .problem()
        .into_parts()
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
        seat: None,
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
