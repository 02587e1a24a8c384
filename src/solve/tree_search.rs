//! Tree search finds good plans at any size: construction on random trees, then improvement of the goals level by level.

use super::SolveError;
use super::anneal::Annealing;
use super::bounds::by_separators;
use super::construct::Construction;
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
    /// Fresh plans that are improved before the best one is.
    pub fresh: u64,
    /// Runs of annealing from the best plan, for each goal.
    pub runs: u64,
    /// Steps of a run of annealing.
    pub anneal: u64,
}

impl TreeSearch {
    /// A quick search, to begin with.
    pub fn quick(blocks: usize) -> Self {
        let size = blocks as u64;
        Self {
            raise: Raising {
                tries: 2,
                steps: (size * 1_000).min(8_000_000),
                temper: 0,
            },
            starts: 3,
            construct: (size * 30).min(20_000).min(40_000_000 / size.max(1)),
            fresh: 0,
            runs: 2,
            anneal: (size * 1_000).min(100_000),
        }
    }

    /// A thorough search, where no exact strategy is in reach: as many steps as a slow machine takes within the time limit, so that the clock hardly ever
    /// ends it and equal seeds end equally. Where the best plan is `tempered` for travel afterwards, next to nothing is annealed: that finds more in the same time.
    pub fn thorough(blocks: usize, lots: usize, limit_s: f64, goals: usize, tempered: bool) -> Self {
        let size = blocks as u64;
        let members = (blocks as f64 / lots.max(1) as f64).max(1.0);
        // Lots of a large map are improved where they are: one good start is worth more than many short ones.
        let affordable_fresh = (limit_s / FRESH_EVERY) as u64;
        let (fresh, runs) = if blocks > MANY || tempered {
            (0, 1)
        } else {
            (affordable_fresh.clamp(6, 24), 10)
        };
        let tries = (TRIES * 300 / size.max(1)).clamp(3, TRIES);
        let construct_a_second = CONSTRUCT_A_SECOND / (members / 20.0).max(1.0);
        let affordable = |steps_a_second: f64, runs: u64| (limit_s * steps_a_second) as u64 / runs;
        Self {
            raise: Raising {
                tries,
                steps: (size * 10_000).min(affordable(FILL_A_SECOND, tries)),
                temper: if blocks > MANY {
                    0
                } else {
                    affordable(TEMPER_A_SECOND, 1)
                },
            },
            starts: 1,
            construct: (size * 8_000).min(affordable(construct_a_second, 13)),
            fresh,
            runs,
            anneal: (size * 40_000).min(affordable(ANNEAL_A_SECOND, goals.max(1) as u64 * (fresh + runs))),
        }
    }
}

/// A quick search, before which separators are sought only where its first try falls short of what counting allows: if it does not, no bound is lower.
#[derive(Clone, Copy, Debug)]
pub struct FirstSearch;

impl Strategy for FirstSearch {
    fn name(&self) -> &'static str {
        "tree search"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let search = TreeSearch::quick(setting.instance.len());
        let (mut first, mut random) = (record.clone(), search.random(setting));
        search.raise.glance(setting, &mut first, &mut random);
        if first.lots_proved() {
            *record = first;
            search.go_on(setting, record, &mut random);
            return Ok(());
        }
        let known = record.most_lots().clone();
        record.take_bound(by_separators(setting.instance, known));
        search.run(setting, record)
    }
}

/// Tries of filling at each number of lots, on a map of up to 300 blocks; fewer on larger ones.
const TRIES: u64 = 12;
/// Tries of filling for a fresh plan with a number of lots that is known to be possible.
const FRESH_TRIES: u64 = 4;
/// Blocks above which there are no fresh plans.
const MANY: usize = 2_000;
/// Heats of runs of annealing, in turn, in mean changes: hot ones find other hubs, mild ones better borders.
const HEATS: [f64; 2] = [2.0, 1.0];

/// Steps that are planned for each second of the time limit, a third or less of what a core of 2026 takes: of filling, of construction in lots of up to 20
/// blocks, of tempering, of annealing.
const FILL_A_SECOND: f64 = 2_500_000.0;
const CONSTRUCT_A_SECOND: f64 = 40_000.0;
const TEMPER_A_SECOND: f64 = 2_500_000.0;
const ANNEAL_A_SECOND: f64 = 1_500_000.0;
/// Seconds of the time limit for each fresh plan.
const FRESH_EVERY: f64 = 4.0;

impl Strategy for TreeSearch {
    fn name(&self) -> &'static str {
        "tree search"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let mut random = self.random(setting);
        self.raise.run(setting, record, &mut random);
        self.go_on(setting, record, &mut random);
        Ok(())
    }
}

impl TreeSearch {
    fn random(&self, setting: &Setting<'_>) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(setting.instance.problem.search().seed)
    }

    /// Goes on after raising: constructs where lots are wanting, and improves the goals.
    fn go_on(&self, setting: &Setting<'_>, record: &mut Record<'_>, random: &mut ChaCha8Rng) {
        for _ in 0..self.starts {
            if record.lots_proved() || setting.clock.over().is_some() {
                break;
            }
            Construction::new(setting, random).run(record, self.construct, random);
        }
        for round in 0..self.fresh {
            if setting.clock.over().is_some() {
                break;
            }
            self.fresh_round(setting, record, round, random);
        }
        self.improve(setting, record, self.runs, random);
    }

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
            self.improve(setting, &mut fresh, 1, random);
        }
        record.remember(fresh.pool().lots());
        if let Some(best) = fresh.best() {
            record.offer(&best.lots, fresh.strategy());
        }
    }

    /// Anneals every goal in turn, from the best plan each time.
    fn improve(&self, setting: &Setting<'_>, record: &mut Record<'_>, runs: u64, random: &mut ChaCha8Rng) {
        for level in 0..setting.instance.problem.goals().len() {
            for (_, heat) in (0..runs).zip(HEATS.into_iter().cycle()) {
                if let Some(mut annealing) = Annealing::new(setting, record, level) {
                    annealing.run(record, self.anneal, heat, random);
                }
            }
        }
    }
}
