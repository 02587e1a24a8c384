//! A Clock knows when a search must stop, and tells the watcher how it stands.

use super::record::Record;
use super::score::Score;
use crate::domain::{Measure, Phase, Plan, Progress, Stop, Watcher};
use std::cell::{Cell, RefCell};
use std::time::Instant;

/// Time since the search began, its limit, and its watcher.
pub struct Clock<'a> {
    begun: Instant,
    limit: f64,
    watcher: &'a dyn Watcher,
    told: Cell<f64>,
    stopped: Cell<Option<Stop>>,
    /// Score of the plan that was told last.
    best: RefCell<Option<Score>>,
}

/// The least seconds between two words to the watcher.
const TELL_EVERY: f64 = 0.05;

impl<'a> Clock<'a> {
    /// Starts now, with a limit in seconds.
    pub fn start(limit: f64, watcher: &'a dyn Watcher) -> Self {
        Self {
            begun: Instant::now(),
            limit,
            watcher,
            told: Cell::new(-1.0),
            stopped: Cell::new(None),
            best: RefCell::new(None),
        }
    }

    /// The same time and limit, and nothing told: for what the watcher would not understand, such as a part of the map.
    pub fn silent(&self) -> Self {
        Self {
            told: Cell::new(f64::INFINITY),
            stopped: Cell::new(None),
            best: RefCell::new(None),
            begun: self.begun,
            limit: self.limit,
            watcher: self.watcher,
        }
    }

    /// Seconds since the start.
    pub fn spent(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    /// Seconds that are left; never below zero.
    pub fn left(&self) -> f64 {
        (self.limit - self.spent()).max(0.0)
    }

    /// Who listens.
    pub fn watcher(&self) -> &'a dyn Watcher {
        self.watcher
    }

    /// Why the search must stop, once it must.
    pub fn over(&self) -> Option<Stop> {
        if self.stopped.get().is_none() {
            if self.watcher.cancelled() {
                self.stopped.set(Some(Stop::Cancelled));
            } else if self.left() <= 0.0 {
                self.stopped.set(Some(Stop::Time));
            }
        }
        self.stopped.get()
    }

    /// Whether the search was told to stop before now.
    pub fn has_ended(&self) -> bool {
        self.stopped.get().is_some()
    }

    /// Tells the watcher how the level stands; words that follow too fast are dropped.
    pub fn tell(&self, phase: Phase, measure: Measure, record: &Record<'_>) {
        let seconds = self.spent();
        if seconds - self.told.get() >= TELL_EVERY {
            self.told.set(seconds);
            let (best, bound) = record.standing(measure);
            let lots = record.best().map(|best| best.score.lots);
            self.watcher.progress(&Progress {
                phase,
                measure,
                best,
                bound,
                lots,
                seconds,
            });
        }
        self.tell_plan(record);
    }

    /// Tells the watcher the best plan where it is better than the last one that was told.
    pub fn tell_plan(&self, record: &Record<'_>) {
        let Some(best) = record.best().filter(|_| self.told.get().is_finite()) else {
            return;
        };
        if self.best.borrow().as_ref() != Some(&best.score) {
            *self.best.borrow_mut() = Some(best.score.clone());
            let instance = record.instance();
            let plan = Plan::from_units(instance.problem, &instance.lot_of_unit(&best.lots));
            self.watcher.plan(&plan);
        }
    }
}
