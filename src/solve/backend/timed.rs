//! A Timed backend notes whether the clock, rather than the program, ended one of its solves.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Answer, Backend, BackendError, Effort, Growing, Status};
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
        Ok(noted(self.backend.solve(program, effort, start)?, &self.ended))
    }

    fn growing(&self) -> Box<dyn Growing + '_> {
        Box::new(TimedGrowing {
            growing: self.backend.growing(),
            ended: &self.ended,
        })
    }
}

/// The same for a program that grows.
struct TimedGrowing<'a> {
    growing: Box<dyn Growing + 'a>,
    ended: &'a AtomicBool,
}

impl Growing for TimedGrowing<'_> {
    fn solve(&mut self, program: &Program, effort: &Effort<'_>) -> Result<Answer, BackendError> {
        Ok(noted(self.growing.solve(program, effort)?, self.ended))
    }
}

/// The answer, once it is noted whether the clock has ended it.
fn noted(answer: Answer, ended: &AtomicBool) -> Answer {
    if answer.status == Status::Time {
        ended.store(true, Ordering::Relaxed);
    }
    answer
}
