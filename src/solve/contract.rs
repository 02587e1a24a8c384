//! Contraction joins the units that must share a lot, and finds rules that contradict each other.

use super::classes::Standing;
use crate::domain::{Finding, LotId, Problem, words};

/// Units that must share a lot, by groups kept whole and by equal locks: each list sorted, in order of the first unit.
pub fn together(problem: &Problem) -> Vec<Vec<usize>> {
    let mut sets = Sets((0..problem.units().len()).collect());
    for group in &problem.rules().keep_whole {
        sets.join_all(units_of(problem, group.areas.iter().copied()));
    }
    for lot in lock_lots(problem) {
        sets.join_all(locked_to(problem, &lot).collect());
    }
    let mut blocks: Vec<Vec<usize>> = vec![Vec::new(); problem.units().len()];
    for unit in 0..problem.units().len() {
        blocks[sets.first(unit)].push(unit);
    }
    blocks.retain(|units| !units.is_empty());
    blocks
}

/// What the rules of "never together" and the locks say about each block.
pub fn standings(problem: &Problem, blocks: &[Vec<usize>]) -> Vec<Standing> {
    let mut of_unit = vec![Standing::default(); problem.units().len()];
    for (pair, (left, right)) in problem.rules().never_together.iter().enumerate() {
        for (side, group) in [left, right].into_iter().enumerate() {
            for unit in units_of(problem, group.areas.iter().copied()) {
                of_unit[unit].sides.push((2 * pair + side) as u32);
            }
        }
    }
    for (index, lot) in lock_lots(problem).iter().enumerate() {
        for unit in locked_to(problem, lot) {
            of_unit[unit].locks.push(index as u32);
        }
    }
    blocks
        .iter()
        .map(|units| merged(units.iter().map(|&unit| &of_unit[unit])))
        .collect()
}

fn merged<'a>(standings: impl Iterator<Item = &'a Standing>) -> Standing {
    let mut all = Standing::default();
    for standing in standings {
        all.sides.extend(&standing.sides);
        all.locks.extend(&standing.locks);
    }
    for list in [&mut all.sides, &mut all.locks] {
        list.sort_unstable();
        list.dedup();
    }
    all
}

/// Blocks that the rules both join and keep apart, in words.
pub fn contradictions(problem: &Problem, blocks: &[Vec<usize>], standings: &[Standing]) -> Vec<Finding> {
    let lots = lock_lots(problem);
    let mut found = Vec::new();
    for (units, standing) in blocks.iter().zip(standings) {
        let names = names(units.iter().map(|&unit| problem.units()[unit].name.as_str()));
        if let [first, second, ..] = standing.locks[..] {
            let (first, second) = (&lots[first as usize], &lots[second as usize]);
            // A plan that is being finished holds its areas as locks do.
            let held = problem.rules().locks.iter().any(|lock| lock.seat.is_some());
            let (fact, help) = if held {
                (
                    format!("{names} must share a lot, but are in lot {first} and in lot {second}"),
                    "Put its areas into one lot of the plan, or into none, or drop the rule that joins them.",
                )
            } else {
                (
                    format!("{names} must share a lot, but are locked to lot {first} and to lot {second}"),
                    "Lock its areas to one lot, or drop the rule that joins them.",
                )
            };
            found.push(Finding::error("R104", names.clone(), fact, help));
        }
        for side in standing
            .sides
            .iter()
            .filter(|side| *side % 2 == 0 && standing.sides.contains(&(*side + 1)))
        {
            let (left, right) = &problem.rules().never_together[*side as usize / 2];
            let fact = format!(
                "{names} must share a lot, but hold both {} and {}, which may never share one",
                left.name, right.name
            );
            found.push(Finding::error(
                "R105",
                names.clone(),
                fact,
                "Drop the pair from never_together, or do not keep these together.",
            ));
        }
    }
    found
}

/// The first name and how many more.
pub fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    words::list(&names.collect::<Vec<_>>(), 4)
}

fn lock_lots(problem: &Problem) -> Vec<LotId> {
    let mut lots: Vec<LotId> = problem.rules().locks.iter().map(|lock| lock.lot.clone()).collect();
    lots.sort_unstable();
    lots.dedup();
    lots
}

/// Units with a seat that is locked to a lot.
fn locked_to<'a>(problem: &'a Problem, lot: &'a LotId) -> impl Iterator<Item = usize> + 'a {
    let locks = problem.rules().locks.iter().filter(move |lock| lock.lot == *lot);
    let seats = locks.flat_map(|lock| problem.locked_seats(lock));
    seats.map(|&seat| problem.seats()[seat].unit)
}

/// Units that hold a seat of any of the areas.
fn units_of(problem: &Problem, areas: impl Iterator<Item = usize>) -> Vec<usize> {
    let seats = areas.flat_map(|area| problem.seats_of_area(area));
    seats.map(|&seat| problem.seats()[seat].unit).collect()
}

/// Disjoint sets of units; each is named by its first unit.
struct Sets(Vec<usize>);

impl Sets {
    fn first(&mut self, unit: usize) -> usize {
        let mut at = unit;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join_all(&mut self, units: Vec<usize>) {
        for pair in units.windows(2) {
            let (a, b) = (self.first(pair[0]), self.first(pair[1]));
            self.0[a.max(b)] = a.min(b);
        }
    }
}
