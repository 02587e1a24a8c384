//! The bound on travel of the linear Hess model, by pockets: cheap enough to come right after the first plan, so that an answer that time cuts short has one.

use super::SolveError;
use super::ascent::{Prices, ascend};
use super::centres::Centres;
use super::enumerate::MOST_BLOCKS;
use super::record::Record;
use super::strategy::{Setting, Strategy};
use crate::domain::{Goal, Measure, Phase};

/// The name of the argument, and of the strategy.
const NAME: &str = "Hess";

/// A first bound on travel, by a few steps of ascent.
#[derive(Clone, Copy, Debug)]
pub struct FirstTravelBound {
    /// Steps of the ascent.
    pub steps: usize,
    /// The fewest blocks for which it runs: on fewer, lots are listed and travel is proved before such a bound could matter.
    pub least_blocks: usize,
}

impl Default for FirstTravelBound {
    fn default() -> Self {
        Self {
            steps: 200,
            least_blocks: 48,
        }
    }
}

impl Strategy for FirstTravelBound {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        if let Some(level) = open_travel(setting, record).filter(|_| setting.instance.len() >= self.least_blocks) {
            let travel = Measure::Goal(Goal::Travel);
            setting.clock.tell(Phase::Prove(travel), travel, record);
            pockets_of(setting, record, level, self.steps);
        }
        Ok(())
    }
}

/// The level of travel, where pockets can bound it and it is not proved.
pub fn open_travel(setting: &Setting<'_>, record: &Record<'_>) -> Option<usize> {
    let instance = setting.instance;
    let fits = instance.len() <= MOST_BLOCKS && !instance.sparse;
    let level = instance.problem.goals().iter().position(|&goal| goal == Goal::Travel);
    level.filter(|&level| fits && !record.goal_proved(level))
}

/// Bounds travel by pockets whose prices rise for so many steps; gives the centres and the prices for more. `None` without a plan.
pub fn pockets_of(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    level: usize,
    steps: usize,
) -> Option<(Centres, Prices)> {
    let best = record.best()?;
    let centres = Centres::new(setting.instance, best.lots.len());
    let start = shares(setting, &best.lots);
    let prices = ascend(&centres, &start, best.score.goals[level], steps, setting.clock);
    // Prices that had no time to rise may bound travel below nothing.
    record.bound_goal(level, prices.bound.max(0), NAME);
    Some((centres, prices))
}

/// The first prices: one and a half times the mean travel of each lot of a plan, by volume.
fn shares(setting: &Setting<'_>, lots: &[Vec<u32>]) -> Vec<i64> {
    let instance = setting.instance;
    let mut prices = vec![0; instance.len()];
    for lot in lots {
        let mean = 1.5 * instance.travel(lot) as f64 / instance.volume_of(lot).max(1) as f64;
        lot.iter()
            .for_each(|&block| prices[block as usize] = (mean * instance.volume[block as usize] as f64) as i64);
    }
    prices
}
