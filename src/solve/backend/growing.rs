//! A growing program is solved again and again, each time with other costs, more columns and more rows: a solver that keeps its last basis has little left to do.

use super::{Answer, Backend, BackendError, Effort};
use crate::model::Program;

/// Solves the relaxation of a program that grows.
pub trait Growing {
    /// Solves the relaxed `program`: that of the last call with other costs, and with columns, rows and terms added behind those it had.
    ///
    /// # Errors
    /// As [`Backend::solve`].
    fn solve(&mut self, program: &Program, effort: &Effort<'_>) -> Result<Answer, BackendError>;
}

/// Solves every program from the start.
pub struct Anew<'a>(pub &'a dyn Backend);

impl Growing for Anew<'_> {
    fn solve(&mut self, program: &Program, effort: &Effort<'_>) -> Result<Answer, BackendError> {
        let relaxed = Effort {
            relaxed: true,
            ..*effort
        };
        self.0.solve(program, &relaxed, None)
    }
}
