//! Aiming finds plans whose lots reach their floors with a chance: it searches as if floors were higher, from where every lot is sure down to where none is.

use super::SolveError;
use super::bounds::most_lots;
use super::clock::Clock;
use super::instance::Instance;
use super::record::Record;
use super::strategy::{Setting, Strategy};
use super::tree_search::{FirstSearch, TreeSearch};
use crate::domain::{Grains, Problem};

/// Floors between the one that makes every lot sure and the one below which none is.
const STEPS: i64 = 4;
/// The part of what is left of the time that all floors together may take.
const SHARE: f64 = 0.5;

/// A search at several floors. Every plan is held against the rules as they are, so none that fails its chance is taken.
pub struct Aiming;

impl Strategy for Aiming {
    fn name(&self) -> &'static str {
        "aimed tree search"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let problem = setting.instance.problem;
        let (low, high) = (setting.instance.floor, problem.sure_volume().0);
        let plain = without_chance(problem);
        let seconds = setting.clock.left() * SHARE / (STEPS + 1) as f64;
        for step in 0..=STEPS {
            let floor = high - (high - low) / STEPS * step;
            if record.proved() || record.impossible().is_some() || setting.clock.over().is_some() {
                break;
            }
            if floor <= setting.instance.total {
                self.aim(setting, record, (&plain, floor), seconds)?;
            }
        }
        Ok(())
    }
}

impl Aiming {
    fn aim(
        &self,
        setting: &Setting<'_>,
        record: &mut Record<'_>,
        (plain, floor): (&Problem, i64),
        seconds: f64,
    ) -> Result<(), SolveError> {
        // Rules that contradict each other have ended the search before.
        let Ok(mut instance) = Instance::new(plain) else {
            return Ok(());
        };
        instance.floor = floor;
        instance.grains = Grains::of(&instance.volume, floor);
        let most = most_lots(&instance);
        let lots = usize::try_from(most.value).unwrap_or(1);
        let mut aimed = Record::new(&instance, most);
        let clock = Clock::start(seconds, setting.clock.watcher()).silent();
        let inner = Setting {
            instance: &instance,
            clock: &clock,
            ..*setting
        };
        FirstSearch.run(&inner, &mut aimed)?;
        let limit = plain.search().time_limit_s * SHARE / (STEPS + 1) as f64;
        if !aimed.proved() && clock.over().is_none() {
            TreeSearch::thorough(instance.len(), lots, limit, plain.goals().len(), false).run(&inner, &mut aimed)?;
        }
        record.remember(aimed.pool().lots());
        if let Some(best) = aimed.best() {
            record.offer(&best.lots, self.name());
        }
        Ok(())
    }
}

fn without_chance(problem: &Problem) -> Problem {
    let mut parts = problem.clone().into_parts();
    parts.rules.viability.assurance = None;
    Problem::new(parts)
}
