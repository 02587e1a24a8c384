//! Tree search finds good plans at any size: construction on random trees, then improvement of the goals level by level.

use super::SolveError;
use super::construct::Construction;
use super::drift::Drift;
use super::improve::Improvement;
use super::raise::Raising;
use super::record::{Bound, Record};
use super::strategy::{Setting, Strategy};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Tree search with a budget of steps, so that equal seeds end equally.
#[derive(Clone, Copy, Debug)]
pub struct TreeSearch {
    /// Search for as many lots as the bound allows, by filling lots that are short.
    pub raise: Raising,
    /// Fresh starts of the construction.
    pub starts: u64,
    /// Steps of each construction.
    pub construct: u64,
    /// Fresh plans that are improved for a quarter of the steps before the best one is improved for all of them.
    pub rounds: u64,
    /// Steps of improvement for each goal.
    pub improve: u64,
}

impl TreeSearch {
    /// A quick search, to begin with.
    pub fn quick(blocks: usize) -> Self {
        let size = blocks as u64;
        Self {
            raise: Raising {
                tries: 2,
                steps: (size * 1_000).min(8_000_000),
            },
            starts: 3,
            construct: (size * 30).min(20_000).min(40_000_000 / size.max(1)),
            rounds: 0,
            improve: (size * 100).clamp(1_000, 20_000),
        }
    }

    /// A thorough search, where no exact strategy is in reach: as many steps as a slow machine takes within the time limit, so that the clock hardly ever
    /// ends it and equal seeds end equally.
    pub fn thorough(blocks: usize, lots: usize, limit_s: f64, goals: usize) -> Self {
        let size = blocks as u64;
        let members = (blocks as f64 / lots.max(1) as f64).max(1.0);
        // Lots of a large map are improved where they are: one good start is worth more than many short ones.
        let (starts, rounds) = if blocks > MANY { (1, 0) } else { (1, 12) };
        let tries = (TRIES * 300 / size.max(1)).clamp(3, TRIES);
        let construct_a_second = CONSTRUCT_A_SECOND / (members / 20.0).max(1.0);
        let improve_a_second = if members >= LARGE_LOT as f64 {
            DRIFT_A_SECOND
        } else {
            (PAIRS_A_SECOND / members.powi(2)).clamp(2_000.0, 150_000.0)
        };
        let affordable = |steps_a_second: f64, runs: u64| (limit_s * steps_a_second) as u64 / runs;
        Self {
            raise: Raising {
                tries,
                steps: (size * 10_000).min(affordable(FILL_A_SECOND, tries)),
            },
            starts,
            construct: (size * 8_000).min(affordable(construct_a_second, starts + 12)),
            rounds,
            improve: (size * 12_000).min(affordable(
                improve_a_second,
                goals.max(1) as u64 * (1 + rounds / QUARTER),
            )),
        }
    }
}

/// Fresh plans are improved for a quarter of the steps.
const QUARTER: u64 = 4;
/// Tries of filling at each number of lots, on a map of up to 300 blocks; fewer on larger ones.
const TRIES: u64 = 48;
/// Tries of filling for a fresh plan with a number of lots that is known to be possible.
const FRESH_TRIES: u64 = 4;
/// Blocks above which there are no fresh plans.
const MANY: usize = 2_000;
/// Blocks in a mean lot from which on single moves are looked at alone.
const LARGE_LOT: usize = 40;

/// Steps that are planned for each second of the time limit, a third or less of what a core of 2026 takes: of filling, of construction in lots of up to 20
/// blocks, of drifting; and pairs of blocks that steps of improvement look at (a step costs as the square of the blocks in a lot).
const FILL_A_SECOND: f64 = 2_500_000.0;
const CONSTRUCT_A_SECOND: f64 = 40_000.0;
const DRIFT_A_SECOND: f64 = 1_500_000.0;
const PAIRS_A_SECOND: f64 = 20e6;

impl Strategy for TreeSearch {
    fn name(&self) -> &'static str {
        "tree search"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let mut random = ChaCha8Rng::seed_from_u64(setting.instance.problem.search().seed);
        self.raise.run(setting, record, &mut random);
        for _ in 0..self.starts {
            if record.lots_proved() || setting.clock.over().is_some() {
                break;
            }
            Construction::new(setting, &mut random).run(record, self.construct, &mut random);
        }
        for round in 0..self.rounds {
            if setting.clock.over().is_some() {
                break;
            }
            self.fresh_round(setting, record, round, &mut random);
        }
        self.improve_all(setting, record, self.improve, &mut random);
        Ok(())
    }
}

impl TreeSearch {
    /// A plan of as many lots from a fresh start, improved for a while: where floors are tight, annealing hardly leaves the region it began in.
    fn fresh_round(&self, setting: &Setting<'_>, record: &mut Record<'_>, round: u64, random: &mut ChaCha8Rng) {
        let Some(lots) = record.lots() else { return };
        let mut fresh = Record::new(setting.instance, Bound::new(lots as i64, "the plan at hand"));
        let raising = Raising {
            tries: FRESH_TRIES,
            ..self.raise
        };
        // Even shares and trees cut from the leaves up begin in different regions; tight floors leave the first alone.
        if round % 2 == 1 {
            Construction::new(setting, random).run(&mut fresh, self.construct, random);
        }
        if fresh.lots() == Some(lots) || raising.reach(setting, &mut fresh, lots, random) {
            self.improve_all(setting, &mut fresh, self.improve / QUARTER, random);
        }
        if let Some(best) = fresh.best() {
            record.offer(&best.lots, self.name());
        }
    }

    fn improve_all(&self, setting: &Setting<'_>, record: &mut Record<'_>, steps: u64, random: &mut ChaCha8Rng) {
        let members = setting.instance.len() / record.lots().unwrap_or(1).max(1);
        for level in 0..setting.instance.problem.goals().len() {
            if members >= LARGE_LOT {
                if let Some(mut drift) = Drift::new(setting, record) {
                    drift.run(record, level, steps, random);
                }
            } else if let Some(mut improvement) = Improvement::new(setting, record) {
                improvement.run(record, level, steps, random);
            }
        }
    }
}
