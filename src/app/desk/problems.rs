//! Problems: every rule that the plan breaks, where that is on the map, and what would mend it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::board::Board;
use super::history::{Entry, Kind};
use super::scene::Scene;
use super::state::Judgement;
use super::words;
use crate::app::load::Case;
use crate::domain::Problem;
use crate::domain::words::list;
use crate::verify::Violation;

/// Areas in no lot that are offered to a neighbour one by one.
const OFFERED: usize = 4;

/// A rule that the plan breaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProblemSeen {
    /// Name of the rule.
    pub rule: &'static str,
    /// The lot, where it is one.
    pub lot_id: Option<String>,
    /// Indices of the areas that it is about.
    pub areas: Vec<usize>,
    /// The least box around them in map units; nothing where it is about no area.
    #[serde(rename = "box")]
    pub around: Option<[i64; 4]>,
    /// What is wrong, and by how much.
    pub message: String,
    /// What would mend it.
    pub fixes: Vec<Fix>,
}

/// What would mend a problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// `attach`, `merge`, `undo`, `finish` or `repair`.
    pub kind: &'static str,
    /// What it does, in words.
    pub label: String,
    /// The stroke that does it, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stroke: Option<FixStroke>,
}

/// A stroke that mends a problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixStroke {
    /// The seats.
    pub seats: Vec<usize>,
    /// The lot that takes them.
    pub lot: Option<String>,
}

/// Every problem of a board, in the order of the rules.
pub fn problems(
    case: &Case,
    board: &Board,
    judged: &Judgement,
    scene: &Scene,
    last: Option<&Entry>,
) -> Vec<ProblemSeen> {
    let mending = Mending {
        problem: &case.problem,
        board,
        judged,
        last,
    };
    let violations = judged.plan.violations().iter();
    let mut seen: Vec<ProblemSeen> = violations
        .map(|violation| ProblemSeen {
            rule: violation.rule,
            lot_id: violation.lot.map(|lot| judged.plan.plan().lots()[lot].to_string()),
            around: scene.around(&violation.areas),
            areas: violation.areas.clone(),
            message: violation.message.clone(),
            fixes: mending.fixes(violation),
        })
        .collect();
    keep_each_merger_once(&mut seen);
    seen
}

/// Two small lots side by side are mended by one merger, which is offered with the first of them alone.
fn keep_each_merger_once(problems: &mut [ProblemSeen]) {
    let mut offered = BTreeSet::new();
    for problem in problems {
        problem
            .fixes
            .retain(|fix| fix.kind != "merge" || offered.insert(fix.label.clone()));
    }
}

struct Mending<'a> {
    problem: &'a Problem,
    board: &'a Board,
    judged: &'a Judgement,
    last: Option<&'a Entry>,
}

impl Mending<'_> {
    fn fixes(&self, violation: &Violation) -> Vec<Fix> {
        let mut fixes = Vec::new();
        match (violation.rule, violation.lot) {
            ("contiguous", Some(lot)) => {
                let pieces = self.judged.plan.lots()[lot].torn.iter().skip(1);
                fixes.extend(
                    pieces
                        .take(OFFERED)
                        .filter_map(|piece| self.attach(&self.seats_in(piece, lot))),
                );
            }
            ("floor" | "survive" | "chance", Some(lot)) => fixes.extend(self.merge(lot)),
            ("assigned", _) => {
                fixes.push(task("finish", "Finish: place every area that is in no lot"));
                if violation.areas.len() <= OFFERED {
                    let open = violation.areas.iter().map(|&area| self.open_seats(area));
                    fixes.extend(open.filter_map(|seats| self.attach(&seats)));
                }
            }
            _ => {}
        }
        if let Some(entry) = self.last.filter(|entry| self.may_be_blamed(entry, violation)) {
            fixes.push(Fix {
                kind: "undo",
                label: format!("Undo: {}", entry.words),
                stroke: None,
            });
        }
        if violation.rule != "assigned" {
            fixes.push(task("repair", "Repair with least change"));
        }
        fixes
    }

    /// Whether the last entry touched the areas or the lot of a problem.
    fn may_be_blamed(&self, entry: &Entry, violation: &Violation) -> bool {
        if matches!(entry.kind, Kind::Settings | Kind::Plan | Kind::Adopt) {
            return true;
        }
        let lot = |lot: &Option<usize>| {
            violation.lot.is_some() && lot.and_then(|lot| self.judged.in_plan[lot]) == violation.lot
        };
        entry.changes.iter().any(|change| match change {
            super::board::Change::Seat { seat, from, to } => {
                violation.areas.contains(&self.problem.seats()[*seat].area) || lot(from) || lot(to)
            }
            _ => false,
        })
    }

    fn open_seats(&self, area: usize) -> Vec<usize> {
        let seats = self.problem.seats_of_area(area).iter().copied();
        seats.filter(|&seat| self.board.lot_of_seat[seat].is_none()).collect()
    }

    fn seats_in(&self, areas: &[usize], lot: usize) -> Vec<usize> {
        let seats = areas.iter().flat_map(|&area| self.problem.seats_of_area(area)).copied();
        seats
            .filter(|&seat| self.judged.plan.plan().lot_of_seat(seat) == Some(lot))
            .collect()
    }

    /// Gives seats to the lot with which they have the longest border, or else a link.
    fn attach(&self, seats: &[usize]) -> Option<Fix> {
        let around = self.around(seats);
        let (&lot, _) = around.iter().max_by_key(|(lot, metres)| (**metres, Reverse(**lot)))?;
        let label = self.board.lots[lot].label.to_string();
        let names = list(&words::names(self.problem, seats), 2);
        self.may_move(seats).then(|| Fix {
            kind: "attach",
            label: format!("Attach {names} to {label}"),
            stroke: Some(FixStroke {
                seats: seats.to_vec(),
                lot: Some(label),
            }),
        })
    }

    /// Joins a lot and the smallest lot beside it: the smaller of the two goes into the larger.
    fn merge(&self, lot: usize) -> Option<Fix> {
        let of_plan = &self.judged.plan;
        let seats_of = |lot: usize| self.seats_in(&of_plan.lots()[lot].areas, lot);
        let size = |lot: usize| (of_plan.lots()[lot].volume, lot);
        let around = self.around(&seats_of(lot)).into_keys();
        let other = around
            .filter_map(|other| self.judged.in_plan[other])
            .min_by_key(|&other| size(other))?;
        let (smaller, larger) = if size(other) < size(lot) {
            (other, lot)
        } else {
            (lot, other)
        };
        let [from, into] = [smaller, larger].map(|lot| of_plan.plan().lots()[lot].to_string());
        let seats = seats_of(smaller);
        self.may_move(&seats).then(|| Fix {
            kind: "merge",
            label: format!("Merge {from} into {into}"),
            stroke: Some(FixStroke { seats, lot: Some(into) }),
        })
    }

    fn may_move(&self, seats: &[usize]) -> bool {
        seats.iter().all(|&seat| !self.board.holds(seat))
    }

    /// Other lots of the board that touch seats, each with the length of the common border.
    fn around(&self, seats: &[usize]) -> BTreeMap<usize, i64> {
        let units: BTreeSet<usize> = seats.iter().map(|&seat| self.problem.seats()[seat].unit).collect();
        let own: BTreeSet<usize> = seats.iter().filter_map(|&seat| self.board.lot_of_seat[seat]).collect();
        let graph = self.problem.unit_adjacency();
        let mut lengths: BTreeMap<usize, i64> = BTreeMap::new();
        let mut add = |unit: usize, metres: i64| {
            let lots: BTreeSet<usize> = self.problem.units()[unit]
                .seats
                .iter()
                .filter_map(|&seat| self.board.lot_of_seat[seat])
                .collect();
            for lot in lots.difference(&own) {
                *lengths.entry(*lot).or_default() += metres;
            }
        };
        for border in graph.borders() {
            match (units.contains(&border.from), units.contains(&border.to)) {
                (true, false) => add(border.to, border.length.0),
                (false, true) => add(border.from, border.length.0),
                _ => {}
            }
        }
        for &unit in &units {
            graph
                .neighbours(unit)
                .iter()
                .filter(|other| !units.contains(other))
                .for_each(|&other| add(other, 0));
        }
        lengths
    }
}

fn task(kind: &'static str, label: &str) -> Fix {
    Fix {
        kind,
        label: label.into(),
        stroke: None,
    }
}
