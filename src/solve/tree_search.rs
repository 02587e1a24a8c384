//! Tree search finds good plans at any size: construction on random trees, then improvement of the goals level by level.

use super::SolveError;
use super::construct::Construction;
use super::improve::Improvement;
use super::record::Record;
use super::strategy::{Setting, Strategy};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Tree search with a budget of steps, so that equal seeds end equally.
#[derive(Clone, Copy, Debug)]
pub struct TreeSearch {
    /// Fresh starts of the construction.
    pub starts: u64,
    /// Steps of each construction.
    pub construct: u64,
    /// Steps of improvement for each goal.
    pub improve: u64,
}

impl TreeSearch {
    /// A quick search, to begin with.
    pub fn quick(blocks: usize) -> Self {
        let size = blocks as u64;
        Self {
            starts: 3,
            construct: (size * 30).min(20_000),
            improve: (size * 100).clamp(1_000, 20_000),
        }
    }

    /// A thorough search, where no exact strategy is in reach.
    pub fn thorough(blocks: usize) -> Self {
        let size = blocks as u64;
        Self {
            starts: 4,
            construct: (size * 2_000).min(4_000_000),
            improve: (size * 10_000).min(20_000_000),
        }
    }
}

impl Strategy for TreeSearch {
    fn name(&self) -> &'static str {
        "tree search"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let mut random = ChaCha8Rng::seed_from_u64(setting.instance.problem.search().seed);
        for _ in 0..self.starts {
            if record.lots_proved() || setting.clock.over().is_some() {
                break;
            }
            Construction::new(setting, &mut random).run(record, self.construct, &mut random);
        }
        for level in 0..setting.instance.problem.goals().len() {
            let Some(mut improvement) = Improvement::new(setting, record) else {
                return Ok(());
            };
            improvement.run(record, level, self.improve, &mut random);
        }
        Ok(())
    }
}
