//! Recutting takes a few lots that touch, and cuts what they cover anew: a region of some dozen blocks is a small problem of its own, and one of two hundred is still far easier than the whole.
//!
//! Where floors are tight hardly any block can move alone; a region with as many lots as before, each as viable as before, can still be cut quite differently. Regions
//! are taken in turn around every lot, small ones in the order of their lots and wide ones in that of what they may gain, until none of them can be cut better or the planned work is done. Small ones are cut by columns hub by hub, wide ones by columns with subset
//! rows: there the relaxed program is so near to whole lots that those cheapest at its prices hold the best plan, or nearly.

use super::SolveError;
use super::columns::Columns;
use super::columns_by_hub::ColumnsByHub;
use super::instance::Instance;
use super::recombine::Guide;
use super::record::{Bound, Record};
use super::strategy::{Setting, Strategy};
use crate::domain::{Goal, Measure, Phase};
use std::collections::BTreeSet;

/// The name of the strategy.
const NAME: &str = "recutting";

/// What regions are like.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Lots at most, which all small regions have.
    lots: usize,
    /// Blocks at most.
    blocks: usize,
    wide: bool,
}

const fn small(lots: usize, blocks: usize) -> Shape {
    Shape {
        lots,
        blocks,
        wide: false,
    }
}

const fn wide(blocks: usize) -> Shape {
    Shape {
        lots: usize::MAX,
        blocks,
        wide: true,
    }
}

/// Small regions, and wide ones, in turn.
const SMALL: [Shape; 5] = [small(2, 80), small(3, 56), small(4, 56), small(5, 56), small(7, 64)];
const WIDE: [Shape; 3] = [wide(100), wide(150), wide(220)];
/// The work of a small region is the square of its blocks, and that of a wide one a quarter of it. So much is planned for small ones in each second of the time limit: a fifth of what a core of 2026 does.
const WORK_A_SECOND: f64 = 500.0;
/// Seconds of the time limit above which recuts have a greater part of it, since the searches before them gain little from more.
const USUAL_LIMIT_S: f64 = 60.0;
/// Sets looked at for each hub of a small region, while prices are sought and in the end.
const STEPS: u64 = 2_000;
const LAST_STEPS: u64 = 40_000;
/// Rounds of columns in a wide region, and steps of their searches.
const ROUNDS: usize = 80;
const COLUMN_STEPS: u64 = 6_000_000;

/// Recuts of small regions, for the goal of travel.
#[derive(Clone, Copy, Debug)]
pub struct Recutting {
    /// The most work, added up over all regions.
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
        let goals = setting.instance.problem.goals();
        let Some(level) = goals.iter().position(|&goal| goal == Goal::Travel) else {
            return Ok(());
        };
        if !falls_into_parts(setting.instance) {
            return Ok(());
        }
        let mut recuts = Recuts::new(setting, level, self.work);
        loop {
            let mut better = false;
            for shape in SMALL {
                for region in regions(setting, record, shape) {
                    if recuts.over(record) {
                        return Ok(());
                    }
                    better |= recuts.take(record, &region, shape)?;
                }
            }
            if !better {
                return Ok(());
            }
        }
    }
}

/// Recuts one after the other: the work that is left, and the lots of regions that were cut already.
struct Recuts<'a> {
    setting: &'a Setting<'a>,
    level: usize,
    left: u64,
    known: BTreeSet<Vec<Vec<u32>>>,
}

impl<'a> Recuts<'a> {
    fn new(setting: &'a Setting<'a>, level: usize, work: u64) -> Self {
        Self {
            setting,
            level,
            left: work,
            known: BTreeSet::new(),
        }
    }

    /// Whether enough was done.
    fn over(&self, record: &Record<'_>) -> bool {
        self.left == 0 || record.goal_proved(self.level) || self.setting.clock.over().is_some()
    }

    /// Cuts a region anew, unless that was done; says whether it made the plan better.
    fn take(&mut self, record: &mut Record<'_>, region: &[u32], shape: Shape) -> Result<bool, SolveError> {
        let Some(lots) = known_lots(record, region).filter(|lots| self.known.insert(lots.clone())) else {
            return Ok(false);
        };
        let blocks = lots.iter().map(Vec::len).sum();
        self.left = self.left.saturating_sub(shape.work(blocks));
        let travel = Measure::Goal(Goal::Travel);
        self.setting.clock.tell(Phase::Search, travel, record);
        recut(self.setting, record, &lots, self.level, shape)
    }
}

/// Whether regions of the map are problems of their own.
fn falls_into_parts(instance: &Instance<'_>) -> bool {
    let fits = instance.len() <= super::enumerate::MOST_BLOCKS;
    fits && instance.attached.quiet() && !instance.sparse && !instance.fragile
}

/// Whether [`recut_wide`] works on an instance: the prices that lead it know nothing of goals before travel.
pub fn recuts_wide(instance: &Instance<'_>) -> bool {
    falls_into_parts(instance) && instance.problem.goals().first() == Some(&Goal::Travel)
}

/// Recuts wide regions, first those in which the lots of the best plan cost most above what prices ask, for the work that it takes.
///
/// # Errors
/// If the backend fails.
pub fn recut_wide(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    guide: &Guide<'_>,
    work: u64,
) -> Result<(), SolveError> {
    if !recuts_wide(setting.instance) {
        return Ok(());
    }
    let mut recuts = Recuts::new(setting, 0, work);
    while !recuts.over(record) {
        let mut better = false;
        for (shape, region) in promising(setting, record, guide) {
            if better || recuts.over(record) {
                break;
            }
            better = recuts.take(record, &region, shape)?;
        }
        if !better {
            break;
        }
    }
    Ok(())
}

/// Wide regions, those with the most to gain for the work first.
fn promising(setting: &Setting<'_>, record: &Record<'_>, guide: &Guide<'_>) -> Vec<(Shape, Vec<u32>)> {
    let Some(best) = record.best() else { return Vec::new() };
    let mut lots = best.lots.clone();
    lots.iter_mut().for_each(|lot| lot.sort_unstable());
    let reduced = |lot: &Vec<u32>| guide.charges.reduced(setting.instance, guide.rows, lot);
    let costs: Vec<i64> = lots.iter().map(reduced).collect();
    let least = costs.iter().copied().min().unwrap_or(0);
    let mut lot_of = vec![0; setting.instance.len()];
    for (at, lot) in lots.iter().enumerate() {
        lot.iter().for_each(|&block| lot_of[block as usize] = at);
    }
    let mut found = Vec::new();
    for shape in WIDE {
        for region in regions(setting, record, shape) {
            let inside = || region.iter().map(|&block| lot_of[block as usize]);
            let gain: i64 = inside().map(|lot| costs[lot] - least).sum();
            let blocks = inside().map(|lot| lots[lot].len()).sum();
            // Much to gain in one region is worth more than as much in several.
            let worth = (gain as f64).powi(2) / shape.work(blocks).max(1) as f64;
            found.push((worth, shape, region));
        }
    }
    found.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.2.cmp(&two.2)));
    found.into_iter().map(|(_, shape, region)| (shape, region)).collect()
}

impl Shape {
    fn work(self, blocks: usize) -> u64 {
        let square = (blocks * blocks) as u64;
        if self.wide { square / 4 } else { square }
    }
}

/// For every lot, it and those nearest to it that hang together, as many as the shape has room for. Each is a list of blocks of which one stands for a lot.
fn regions(setting: &Setting<'_>, record: &Record<'_>, shape: Shape) -> Vec<Vec<u32>> {
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
    let beside: Vec<BTreeSet<usize>> = (0..best.lots.len()).map(near).collect();
    let mut found = BTreeSet::new();
    for first in 0..best.lots.len() {
        // With each lot beside the first, those go that touch most of the region.
        for &second in &beside[first] {
            let mut region = BTreeSet::from([first, second]);
            let mut blocks = best.lots[first].len() + best.lots[second].len();
            while region.len() < shape.lots {
                let outside = region.iter().flat_map(|&lot| &beside[lot]).copied();
                let outside = outside.filter(|lot| !region.contains(lot));
                let fits = |&lot: &usize| !shape.wide || blocks + best.lots[lot].len() <= shape.blocks;
                let touching = |lot: usize| beside[lot].intersection(&region).count();
                let next = outside
                    .filter(fits)
                    .max_by_key(|&lot| (touching(lot), std::cmp::Reverse(lot)));
                let Some(next) = next else { break };
                region.insert(next);
                blocks += best.lots[next].len();
            }
            let whole = shape.wide || region.len() == shape.lots;
            if whole && blocks <= shape.blocks && blocks < instance.len() {
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
fn recut(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    lots: &[Vec<u32>],
    level: usize,
    shape: Shape,
) -> Result<bool, SolveError> {
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
    if shape.wide {
        let met = record.pool().lots().iter();
        let within: Vec<Vec<u32>> = met
            .filter_map(|lot| Some(inside(lot)).filter(|part| part.len() == lot.len()))
            .collect();
        found.remember(&within);
        let columns = Columns {
            rounds: ROUNDS,
            steps: COLUMN_STEPS,
            tries: 0,
            recuts: 0,
        };
        columns.run(&local, &mut found)?;
        // With no goal before travel, no bound of the region stands on anything but proof.
        if let Some(what) = found.unsound() {
            return Err(SolveError::Unsound(what.to_owned()));
        }
    } else {
        let columns = ColumnsByHub {
            steps: STEPS,
            last_steps: LAST_STEPS,
        };
        columns.run(&local, &mut found)?;
    }
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
