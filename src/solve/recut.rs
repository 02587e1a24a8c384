//! Recutting takes a few lots that touch, and cuts what they cover anew: exactly, since a region of some dozen blocks is a small problem of its own.
//!
//! Where floors are tight hardly any block can move alone; a region with as many lots as before, each as viable as before, can still be cut quite differently. Regions
//! are taken in turn around every lot, first pairs, then more, until none of them can be cut better or the planned work is done.

use super::SolveError;
use super::columns_by_hub::ColumnsByHub;
use super::record::{Bound, Record};
use super::strategy::{Setting, Strategy};
use crate::domain::{Goal, Measure, Phase};
use std::collections::BTreeSet;

/// The name of the strategy.
const NAME: &str = "recutting";
/// Lots of a region, in turn, with its most blocks.
const REGIONS: [(usize, usize); 5] = [(2, 80), (3, 56), (4, 56), (5, 56), (7, 64)];
/// The work of a region is the square of its blocks. So much is planned for each second of the time limit: a fifth of what a core of 2026 does.
const WORK_A_SECOND: f64 = 500.0;
/// Seconds of the time limit above which recuts have a greater part of it, since the searches before them gain little from more.
const USUAL_LIMIT_S: f64 = 60.0;
/// Sets looked at for each hub of a region, while prices are sought and in the end.
const STEPS: u64 = 2_000;
const LAST_STEPS: u64 = 40_000;

/// Exact recuts of small regions, for the goal of travel.
#[derive(Clone, Copy, Debug)]
pub struct Recutting {
    /// The most work: the squares of the blocks of all regions, added up.
    pub work: u64,
}

impl Recutting {
    /// As much work as a slow machine does within a part of the time limit.
    pub fn within(limit_s: f64) -> Self {
        Self {
            work: (limit_s * WORK_A_SECOND * (limit_s / USUAL_LIMIT_S).max(1.0)) as u64,
        }
    }
}

impl Strategy for Recutting {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let instance = setting.instance;
        let goals = instance.problem.goals();
        let Some(level) = goals.iter().position(|&goal| goal == Goal::Travel) else {
            return Ok(());
        };
        let (fits, quiet) = (
            instance.len() <= super::enumerate::MOST_BLOCKS,
            instance.attached.quiet(),
        );
        if !fits || !quiet || instance.sparse || instance.fragile {
            return Ok(());
        }
        let mut left = self.work;
        let mut known = BTreeSet::new();
        let measure = Measure::Goal(Goal::Travel);
        loop {
            let mut better = false;
            for shape in REGIONS {
                for region in regions(setting, record, shape) {
                    if left == 0 || record.goal_proved(level) || setting.clock.over().is_some() {
                        return Ok(());
                    }
                    let Some(lots) = known_lots(record, &region) else {
                        continue;
                    };
                    if !known.insert(lots.clone()) {
                        continue;
                    }
                    let blocks: usize = lots.iter().map(Vec::len).sum();
                    left = left.saturating_sub((blocks * blocks) as u64);
                    setting.clock.tell(Phase::Search, measure, record);
                    better |= recut(setting, record, &lots, level)?;
                }
            }
            if !better {
                return Ok(());
            }
        }
    }
}

/// For every lot, it and those nearest to it: `count` lots that hang together, of `most` blocks at most. Each is a list of blocks of which one stands for a lot.
fn regions(setting: &Setting<'_>, record: &Record<'_>, (count, most): (usize, usize)) -> Vec<Vec<u32>> {
    let Some(best) = record.best() else { return Vec::new() };
    let instance = setting.instance;
    let mut lot_of = vec![0; instance.len()];
    for (lot, blocks) in best.lots.iter().enumerate() {
        blocks.iter().for_each(|&block| lot_of[block as usize] = lot);
    }
    let near = |lot: usize| -> BTreeSet<usize> {
        let beside = best.lots[lot]
            .iter()
            .flat_map(|&block| &instance.neighbours[block as usize]);
        beside
            .map(|&block| lot_of[block as usize])
            .filter(|&other| other != lot)
            .collect()
    };
    let mut found = BTreeSet::new();
    for first in 0..best.lots.len() {
        // With each lot beside the first, those go that touch most of the region.
        for second in near(first) {
            let mut region = BTreeSet::from([first, second]);
            while region.len() < count {
                let outside = region
                    .iter()
                    .flat_map(|&lot| near(lot))
                    .filter(|lot| !region.contains(lot));
                let touching = |lot: usize| near(lot).intersection(&region).count();
                match outside.max_by_key(|&lot| (touching(lot), std::cmp::Reverse(lot))) {
                    Some(next) => region.insert(next),
                    None => break,
                };
            }
            let blocks: usize = region.iter().map(|&lot| best.lots[lot].len()).sum();
            if region.len() == count && blocks <= most {
                found.insert(region);
            }
        }
    }
    let stands_for = |region: BTreeSet<usize>| {
        region
            .iter()
            .filter_map(|&lot| best.lots[lot].iter().min().copied())
            .collect()
    };
    found.into_iter().map(stands_for).collect()
}

/// The lots that hold these blocks, if no two share one; blocks sorted.
fn known_lots(record: &Record<'_>, blocks: &[u32]) -> Option<Vec<Vec<u32>>> {
    let best = record.best()?;
    let holds = |block: &u32| best.lots.iter().find(|lot| lot.contains(block)).cloned();
    let mut lots: Vec<Vec<u32>> = blocks.iter().map(holds).collect::<Option<_>>()?;
    lots.iter_mut().for_each(|lot| lot.sort_unstable());
    lots.sort();
    lots.dedup();
    (lots.len() == blocks.len()).then_some(lots)
}

/// Cuts the region of some lots of the best plan anew; says whether that made the plan better.
fn recut(setting: &Setting<'_>, record: &mut Record<'_>, lots: &[Vec<u32>], level: usize) -> Result<bool, SolveError> {
    let mut blocks: Vec<u32> = lots.iter().flatten().copied().collect();
    blocks.sort_unstable();
    let part = setting.instance.part(&blocks, lots.len());
    let inside = |lot: &Vec<u32>| -> Vec<u32> {
        lot.iter()
            .filter_map(|block| blocks.binary_search(block).ok())
            .map(|at| at as u32)
            .collect()
    };
    let clock = setting.clock.silent();
    let local = Setting {
        instance: &part,
        clock: &clock,
        backend: setting.backend,
    };
    let mut found = Record::new(&part, Bound::new(lots.len() as i64, NAME));
    found.offer(&lots.iter().map(inside).collect::<Vec<_>>(), NAME);
    let Some(before) = found.best().map(|best| best.score.clone()) else {
        return Ok(false);
    };
    // Earlier goals must not grow in the region; whether they do in the plan is seen when it is offered.
    (0..level).for_each(|earlier| found.bound_goal(earlier, before.goals[earlier], NAME));
    let columns = ColumnsByHub {
        steps: STEPS,
        last_steps: LAST_STEPS,
    };
    columns.run(&local, &mut found)?;
    let Some(after) = found.best().filter(|best| best.score.order(&before).is_lt()) else {
        return Ok(false);
    };
    let whole = |lot: &Vec<u32>| lot.iter().map(|&at| blocks[at as usize]).collect::<Vec<u32>>();
    let new: Vec<Vec<u32>> = after.lots.iter().map(whole).collect();
    let Some(best) = record.best() else { return Ok(false) };
    let outside = best
        .lots
        .iter()
        .filter(|lot| lot.iter().all(|block| blocks.binary_search(block).is_err()));
    let plan: Vec<Vec<u32>> = outside.cloned().chain(new).collect();
    Ok(record.offer(&plan, NAME))
}
