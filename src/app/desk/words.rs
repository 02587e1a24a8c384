//! Words of the history: what was done, to what, and what it is worth.

use std::collections::BTreeSet;

use super::board::{Board, Change};
use crate::domain::words::{count, list, money, people};
use crate::domain::{Problem, Volume};

/// Areas that an entry names.
const NAMED: usize = 3;

/// Seats that move.
pub struct Moved<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// The board before they move.
    pub board: &'a Board,
    /// The moves, all to one place.
    pub moves: &'a [Change],
    /// How many seats stay because they are locked.
    pub stay: usize,
}

impl Moved<'_> {
    /// `Moved Craven and Harrogate from 2a to 2b: +£3.1m`.
    pub fn words(&self) -> String {
        let (mut seats, mut from, mut to) = (Vec::new(), BTreeSet::new(), None);
        for change in self.moves {
            if let Change::Seat {
                seat,
                from: lot,
                to: target,
            } = change
            {
                seats.push(*seat);
                from.insert(*lot);
                to = *target;
            }
        }
        let what = list(&names(self.problem, &seats), NAMED);
        let worth = worth(self.problem, volume(self.problem, &seats));
        let lots: Vec<&str> = from.iter().flatten().map(|&lot| self.label(lot)).collect();
        let words = match to {
            None => format!("Took {what} out of {}: −{worth}", list(&lots, NAMED)),
            Some(to) if lots.is_empty() => format!("Put {what} into {}: +{worth}", self.label(to)),
            Some(to) => format!(
                "Moved {what} from {} to {}: +{worth}",
                list(&lots, NAMED),
                self.label(to)
            ),
        };
        match self.stay {
            0 => words,
            stay => format!("{words}; {} stayed", count(stay, "locked seat", "locked seats")),
        }
    }

    fn label(&self, lot: usize) -> &str {
        self.board.lots[lot].label.as_str()
    }
}

/// Names of areas, or of a whole unit of several areas, the greatest first.
pub fn names<'p>(problem: &'p Problem, seats: &[usize]) -> Vec<&'p str> {
    let chosen: BTreeSet<usize> = seats.iter().copied().collect();
    let mut named: Vec<(Volume, &str)> = Vec::new();
    let mut told = BTreeSet::new();
    for &seat in &chosen {
        let unit = &problem.units()[problem.seats()[seat].unit];
        let whole = unit.seats.len() > 1 && unit.seats.iter().all(|other| chosen.contains(other));
        let area = &problem.areas()[problem.seats()[seat].area];
        let (name, volume) = match whole {
            true => (unit.name.as_str(), unit.volume),
            false => (area.name.as_str(), area.volume),
        };
        if told.insert(name) {
            named.push((volume, name));
        }
    }
    named.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    named.into_iter().map(|(_, name)| name).collect()
}

/// Volume of seats.
pub fn volume(problem: &Problem, seats: &[usize]) -> Volume {
    seats.iter().map(|&seat| problem.seats()[seat].volume).sum()
}

/// What was locked, or set free.
pub fn locked(problem: &Problem, board: &Board, seats: &[usize], lot: Option<usize>, locked: bool) -> String {
    let verb = if locked { "Locked" } else { "Unlocked" };
    let mut what: Vec<String> = Vec::new();
    what.extend(lot.map(|lot| format!("lot {}", board.lots[lot].label)));
    if !seats.is_empty() {
        what.push(list(&names(problem, seats), NAMED));
    }
    format!("{verb} {}", what.join(" and "))
}

/// What a proposal does once it is adopted, areas that were in a lot apart from those that were in none: `2 areas moved (£3.1m) and 293 placed (£425.1m)`.
pub fn adopted(problem: &Problem, base: &Board, target: &Board) -> String {
    let of = |is: fn(Option<usize>, Option<usize>) -> bool| -> Vec<usize> {
        let pairs = base.lot_of_seat.iter().zip(&target.lot_of_seat).enumerate();
        let chosen = pairs.filter(|(_, (from, to))| from != to && is(**from, **to));
        chosen.map(|(seat, _)| seat).collect()
    };
    let kinds = [
        (of(|from, to| from.is_some() && to.is_some()), "moved"),
        (of(|from, _| from.is_none()), "placed"),
        (of(|_, to| to.is_none()), "taken out"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (seats, done) in kinds.iter().filter(|(seats, _)| !seats.is_empty()) {
        let areas: BTreeSet<usize> = seats.iter().map(|&seat| problem.seats()[seat].area).collect();
        let areas = match parts.is_empty() {
            true => count(areas.len(), "area", "areas"),
            false => areas.len().to_string(),
        };
        parts.push(format!("{areas} {done} ({})", worth(problem, volume(problem, seats))));
    }
    list(&parts, parts.len())
}

/// What a volume is worth: its money, or its people where no money is let.
pub fn worth(problem: &Problem, volume: Volume) -> String {
    match problem.funding().lets_money() {
        true => money(problem.contract_value(volume)),
        false => format!("{} people", people(volume)),
    }
}
