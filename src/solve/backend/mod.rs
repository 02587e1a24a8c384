//! A Backend solves a mathematical program under a budget; nothing outside this folder names a solver.
//!
//! The trait is small so that a second solver can be set beside the first in tests. An [`Answer`] says apart why the backend stopped
//! and what it found; its numbers are rough, and the exact arithmetic on them is done by their readers.

mod growing;
mod highs;
mod highs_growing;
mod interrupt;
mod microlp;
mod scaled;
#[cfg(test)]
mod tests;
mod timed;

pub use self::growing::{Anew, Growing};
pub use self::highs::Highs;
pub use self::microlp::Microlp;
pub use self::timed::Timed;

use crate::domain::Watcher;
use crate::model::Program;

/// How much work a backend may do, and how.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Seconds at most.
    pub seconds: f64,
    /// Branching nodes at most, so that equal inputs end equally; `None` for no limit.
    pub nodes: Option<i32>,
    /// Whether integrality is dropped.
    pub relaxed: bool,
    /// Whether an inner point of the best face is wanted rather than a corner.
    pub interior: bool,
    /// Whether the program may be simplified before: that can take longer than its solution, and cannot always be stopped.
    pub presolve: bool,
    /// Threads to use.
    pub threads: usize,
    /// Seed of random choices.
    pub seed: u64,
    /// May stop the work.
    pub watcher: &'a dyn Watcher,
}

/// Why a backend stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The point is as good as the tolerances can tell.
    Optimal,
    /// There is no point.
    Infeasible,
    /// The limit of time came first, so another run may end elsewhere.
    Time,
    /// A limit of work, such as nodes, came first.
    Limit,
    /// The watcher stopped it.
    Cancelled,
}

/// What a backend found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Why it stopped.
    pub status: Status,
    /// A value for every column, if a feasible point is known.
    pub point: Option<Vec<f64>>,
    /// No point costs less than this, as far as floating-point arithmetic can tell; may be −∞.
    pub bound: f64,
    /// Dual value of every row of a relaxed program, in units of cost per unit of the row; empty for mixed-integer programs.
    pub duals: Vec<f64>,
}

/// The backend failed in a way that no input explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendError {
    /// What it was doing, and what it said.
    pub message: String,
}

impl std::fmt::Display for BackendError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the solver failed: {}", self.message)
    }
}

impl std::error::Error for BackendError {}

/// Solves mathematical programs.
pub trait Backend: Sync {
    /// Solves `program` within `effort`, from `start` (a value for every column) where one is given.
    ///
    /// # Errors
    /// If the solver refuses the program or breaks down; limits and infeasibility are answers.
    fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError>;

    /// A solver for the relaxation of one program that grows.
    fn growing(&self) -> Box<dyn Growing + '_>;
}
