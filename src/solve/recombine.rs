//! Recombination puts viable lots of all plans met so far together anew, as a program in whole numbers.

use super::SolveError;
use super::enumerate::Sets;
use super::master::{Level, Master};
use super::record::Record;
use super::strategy::Setting;

/// The most columns of a program that is solved in whole numbers to find a plan.
const MOST_COLUMNS: usize = 4_000;
/// Nodes of such a program.
const NODES: i32 = 2_000;
/// Seconds of such a program.
const SECONDS: f64 = 20.0;

/// The name under which plans are offered.
const NAME: &str = "recombination";

/// Makes goal `at` smaller by lots of the pool, the goals before it kept; says whether a better plan was found.
///
/// # Errors
/// If the backend fails.
pub fn recombine(setting: &Setting<'_>, record: &mut Record<'_>, at: usize) -> Result<bool, SolveError> {
    let Some(best) = record.best().cloned() else {
        return Ok(false);
    };
    let goals = setting.instance.problem.goals();
    if record.goal_proved(at) || goals[..at].contains(&goals[at]) {
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
    let relaxed = master.relax(&list, &known_places(record, &sets, &list))?;
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
    effort.nodes = Some(NODES);
    let answer = setting.backend.solve(&program, &effort, None)?;
    let Some(point) = answer.point else { return Ok(false) };
    let chosen = places.iter().zip(&point).filter(|(_, weight)| **weight > 0.5);
    let lots: Vec<Vec<u32>> = chosen
        .map(|(&place, _)| master.sets().get(list[place]).to_vec())
        .collect();
    Ok(record.offer(&lots, by))
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
