//! Tree search finds good plans at any size: construction on random trees, then improvement of the goals level by level.

use super::SolveError;
use super::construct::Construction;
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
                tries: 3,
                steps: (size * 2_000).min(40_000_000),
            },
            starts: 3,
            construct: (size * 30).min(20_000),
            rounds: 0,
            improve: (size * 100).clamp(1_000, 20_000),
        }
    }

    /// A thorough search, where no exact strategy is in reach: as many steps as a slow machine takes within the time limit, so that the clock hardly ever
    /// ends it and equal seeds end equally.
    pub fn thorough(blocks: usize, lots: usize, limit_s: f64, goals: usize) -> Self {
        let size = blocks as u64;
        let (starts, rounds) = (2, 12);
        let members = (blocks as f64 / lots.max(1) as f64).max(1.0);
        let improve_a_second = (PAIRS_A_SECOND / members.powi(2)).clamp(2_000.0, 150_000.0);
        let affordable = |steps_a_second: f64, runs: u64| (limit_s * steps_a_second) as u64 / runs;
        Self {
            raise: Raising {
                tries: TRIES,
                steps: (size * 10_000).min(affordable(FILL_A_SECOND, TRIES)),
            },
            starts,
            construct: (size * 8_000).min(affordable(CONSTRUCT_A_SECOND, starts + rounds)),
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

/// Steps of construction that are planned for each second of the time limit, and pairs of blocks that steps of improvement look at (a step costs as the square
/// of the blocks in a lot): a third or less of what a core of 2026 takes.
/// Tries of filling at each number of lots, and the steps of it that are planned for each second of the time limit.
const TRIES: u64 = 24;
const FILL_A_SECOND: f64 = 1_500_000.0;
const CONSTRUCT_A_SECOND: f64 = 40_000.0;
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
        for _ in 0..self.rounds {
            if setting.clock.over().is_some() {
                break;
            }
            self.fresh_round(setting, record, &mut random);
        }
        self.improve_all(setting, record, self.improve, &mut random);
        Ok(())
    }
}

impl TreeSearch {
    /// A plan of as many lots from a fresh construction, improved for a while: where floors are tight, annealing hardly leaves the region it began in.
    fn fresh_round(&self, setting: &Setting<'_>, record: &mut Record<'_>, random: &mut ChaCha8Rng) {
        let Some(lots) = record.lots() else { return };
        let mut fresh = Record::new(
            setting.instance,
            Bound {
                value: lots as i64,
                argument: "the plan at hand",
            },
        );
        Construction::new(setting, random).run(&mut fresh, self.construct, random);
        if fresh.lots() == Some(lots) {
            self.improve_all(setting, &mut fresh, self.improve / QUARTER, random);
        }
        if let Some(best) = fresh.best() {
            record.offer(&best.lots, self.name());
        }
    }

    fn improve_all(&self, setting: &Setting<'_>, record: &mut Record<'_>, steps: u64, random: &mut ChaCha8Rng) {
        for level in 0..setting.instance.problem.goals().len() {
            if let Some(mut improvement) = Improvement::new(setting, record) {
                improvement.run(record, level, steps, random);
            }
        }
    }
}
