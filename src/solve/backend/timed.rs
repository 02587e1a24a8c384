//! A Timed backend notes whether the clock, rather than the program, ended one of its solves.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Answer, Backend, BackendError, Effort, Status};
use crate::model::Program;

/// A backend under watch: what the clock has ended may end elsewhere in another run.
pub struct Timed<'a> {
    backend: &'a dyn Backend,
    ended: AtomicBool,
}

impl<'a> Timed<'a> {
    /// Watches a backend.
    pub fn new(backend: &'a dyn Backend) -> Self {
        Self {
            backend,
            ended: AtomicBool::new(false),
        }
    }

    /// Whether the clock has ended a solve so far.
    pub fn ended_by_clock(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

impl Backend for Timed<'_> {
    fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError> {
        let answer = self.backend.solve(program, effort, start)?;
        if answer.status == Status::Time {
            self.ended.store(true, Ordering::Relaxed);
        }
        Ok(answer)
    }
}
