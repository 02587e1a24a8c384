//! Recombination puts viable lots of all plans met so far together anew, as a program in whole numbers.

use super::SolveError;
use super::enumerate::Sets;
use super::master::{Level, Master};
use super::record::Record;
use super::strategy::Setting;
use super::subset_rows::{Charges, SubsetRow};
use crate::domain::Goal;
use crate::model::{Program, Sense};

/// The most columns of a program that is solved in whole numbers to find a plan.
const MOST_COLUMNS: usize = 4_000;
/// The same where columns have told the reduced costs of lots: these are better, so fewer do.
const GUIDED_COLUMNS: usize = 2_000;
/// Nodes of such a program where all candidates are listed, and over a pool.
const NODES: i32 = 2_000;
const POOL_NODES: i32 = 200;
/// Seconds of such a program.
const SECONDS: f64 = 20.0;

/// The name under which plans are offered.
const NAME: &str = "recombination";

/// What columns know of a relaxed point: rows that it keeps, and the charges at which it is cheapest.
#[derive(Clone, Copy, Debug)]
pub struct Guide<'g> {
    /// Rows that every plan keeps.
    pub rows: &'g [SubsetRow],
    /// Charges for blocks and rows.
    pub charges: &'g Charges,
}

/// Makes goal `at` smaller by lots of the pool, the goals before it kept; says whether a better plan was found.
///
/// # Errors
/// If the backend fails.
pub fn recombine(setting: &Setting<'_>, record: &mut Record<'_>, at: usize) -> Result<bool, SolveError> {
    recombine_by(setting, record, at, None)
}

/// As [`recombine`], led by what columns know.
///
/// # Errors
/// If the backend fails.
pub fn recombine_by(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    at: usize,
    guide: Option<&Guide<'_>>,
) -> Result<bool, SolveError> {
    let Some(best) = record.best().cloned() else {
        return Ok(false);
    };
    let goals = setting.instance.problem.goals();
    // The parts of deals make the program too large for what it may give.
    if record.goal_proved(at) || goals[..at].contains(&goals[at]) || goals[..=at].contains(&Goal::DealSplits) {
        return Ok(false);
    }
    let mut sets = Sets::default();
    record
        .pool()
        .lots()
        .iter()
        .for_each(|lot| sets.push(lot.iter().copied()));
    let level = Level {
        goal: Some(goals[at]),
        held: goals[..at]
            .iter()
            .copied()
            .zip(best.score.goals.iter().copied())
            .collect(),
        lots: best.lots.len(),
    };
    let master = Master::new(setting, &sets, &level);
    let list: Vec<usize> = (0..sets.len()).collect();
    // The charges say nothing of earlier goals.
    if let Some(guide) = guide.filter(|_| at == 0) {
        return guided(setting, record, &master, guide);
    }
    let known = known_places(record, &sets, &list);
    let relaxed = master.relax(&list, &known)?;
    if relaxed.bound >= best.score.goals[at] {
        return Ok(false);
    }
    dive(setting, record, &master, &list, &relaxed.reduced, NAME)
}

/// Solves the program over the most promising candidates in whole numbers, to find a good plan soon; says whether it found a better one.
///
/// # Errors
/// If the backend fails.
pub fn dive(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    master: &Master<'_>,
    list: &[usize],
    reduced: &[i128],
    by: &'static str,
) -> Result<bool, SolveError> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    places.sort_by_key(|&place| (reduced[place], place));
    places.truncate(MOST_COLUMNS);
    let (program, _) = master.program(list, &places);
    let mut effort = setting.effort(SECONDS, false);
    effort.nodes = Some(if by == NAME { POOL_NODES } else { NODES });
    let answer = setting.backend.solve(&program, &effort, None)?;
    let numbers: Vec<usize> = places.iter().map(|&place| list[place]).collect();
    Ok(answer
        .point
        .is_some_and(|point| offer(record, master, &numbers, &point, by)))
}

/// Offers the plan of the candidates `numbers` that a point takes; says whether it is the best.
fn offer(record: &mut Record<'_>, master: &Master<'_>, numbers: &[usize], point: &[f64], by: &'static str) -> bool {
    let chosen = numbers.iter().zip(point).filter(|(_, weight)| **weight > 0.5);
    let lots: Vec<Vec<u32>> = chosen.map(|(&number, _)| master.sets().get(number).to_vec()).collect();
    record.offer(&lots, by)
}

/// Solves the program over the candidates that are cheapest at the charges of a guide, and the best plan: few enough to be solved nearly to the end.
fn guided(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    master: &Master<'_>,
    guide: &Guide<'_>,
) -> Result<bool, SolveError> {
    let (sets, lots) = (master.sets(), master.level().lots);
    let all: Vec<usize> = (0..sets.len()).collect();
    let known = known_places(record, sets, &all);
    let reduced = |lot: &[u32]| guide.charges.reduced(setting.instance, guide.rows, lot);
    let reduced: Vec<i64> = sets.iter().map(reduced).collect();
    let mut numbers = all;
    numbers.sort_by_key(|&number| (known.binary_search(&number).is_err(), reduced[number], number));
    numbers.truncate(GUIDED_COLUMNS);
    let program = bare(setting, sets, &numbers, lots);
    let mut effort = setting.effort(SECONDS, false);
    effort.nodes = Some(NODES);
    let start: Vec<f64> = numbers
        .iter()
        .map(|number| if known.binary_search(number).is_ok() { 1.0 } else { 0.0 })
        .collect();
    let answer = setting.backend.solve(&program, &effort, Some(&start))?;
    Ok(answer
        .point
        .is_some_and(|point| offer(record, master, &numbers, &point, NAME)))
}

/// Least travel of just so many of the lots `numbers`, with no way to leave a row unmet: the best plan shows that there is none.
fn bare(setting: &Setting<'_>, sets: &Sets, numbers: &[usize], lots: usize) -> Program {
    let instance = setting.instance;
    let mut program = Program::default();
    for block in 0..instance.len() {
        program.add_row(format!("cover[{}]", instance.name(block)), Sense::Equal, 1);
    }
    let count = program.add_row("lots", Sense::Equal, lots as i64);
    for &number in numbers {
        let lot = sets.get(number);
        let column = program.add_column(format!("x[{number}]"), instance.travel(lot), 1, true);
        lot.iter().for_each(|&block| program.set(block as usize, column, 1));
        program.set(count, column, 1);
    }
    program
}

/// Places in `list` of the lots of the best plan.
pub fn known_places(record: &Record<'_>, sets: &Sets, list: &[usize]) -> Vec<usize> {
    let Some(best) = record.best() else { return Vec::new() };
    let mut lots = best.lots.clone();
    lots.iter_mut().for_each(|lot| lot.sort_unstable());
    lots.sort();
    (0..list.len())
        .filter(|&place| {
            lots.binary_search_by(|lot| lot.as_slice().cmp(sets.get(list[place])))
                .is_ok()
        })
        .collect()
}
