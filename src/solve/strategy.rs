//! A Strategy is one way to find plans or to prove bounds; all of them share one record.

use super::SolveError;
use super::backend::{Backend, Effort};
use super::clock::Clock;
use super::instance::Instance;
use super::record::Record;

/// What every strategy may use.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The problem with its units contracted to blocks.
    pub instance: &'a Instance<'a>,
    /// Time and watcher.
    pub clock: &'a Clock<'a>,
    /// Solver of mathematical programs.
    pub backend: &'a dyn Backend,
}

impl<'a> Setting<'a> {
    /// The effort of a program that may take `seconds` at most, or what is left of the search.
    pub fn effort(&self, seconds: f64, relaxed: bool) -> Effort<'a> {
        let search = self.instance.problem.search();
        Effort {
            seconds: seconds.min(self.clock.left()),
            nodes: None,
            relaxed,
            interior: false,
            presolve: true,
            threads: search.threads,
            seed: search.seed,
            watcher: self.clock.watcher(),
        }
    }
}

/// One way to find plans or to prove bounds.
pub trait Strategy {
    /// What people call it.
    fn name(&self) -> &'static str;

    /// Improves the record until it has no more to give, or the clock is over.
    ///
    /// # Errors
    /// If the backend fails; infeasibility and limits are no errors.
    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError>;
}
