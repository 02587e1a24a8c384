//! A Probe asks whether a problem has any plan at all.

use super::SolveError;
use super::backend::Backend;
use super::bounds::most_lots;
use super::clock::Clock;
use super::instance::Instance;
use super::reasons::reasons;
use super::record::Record;
use super::run::{asked_for, strategies};
use super::strategy::Setting;
use super::witness::short_reach;
use crate::domain::{Problem, Watcher};

/// What a probe has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A plan, as the lot of every unit; it obeys every rule.
    Plan(Vec<usize>),
    /// It is proved that there is none.
    NoPlan,
    /// Neither was shown within the time.
    Open,
}

/// How long probes may take, who may stop them, and who solves their programs.
#[derive(Clone, Copy)]
pub struct Probing<'a> {
    /// Time of all probes together.
    pub clock: &'a Clock<'a>,
    /// Seconds of one probe at most.
    pub seconds: f64,
    /// Solver of mathematical programs.
    pub backend: &'a dyn Backend,
}

impl<'a> Probing<'a> {
    /// Whether `problem` has a plan; its goals and its own time limit are left aside.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn any_plan(&self, problem: &Problem) -> Result<Verdict, SolveError> {
        if self.clock.over().is_some() {
            return Ok(Verdict::Open);
        }
        let problem = self.without_goals(problem);
        let watcher: &'a dyn Watcher = self.clock.watcher();
        let clock = Clock::start(problem.search().time_limit_s, watcher);
        let Ok(instance) = Instance::new(&problem) else {
            return Ok(Verdict::NoPlan);
        };
        let possible = most_lots(&instance);
        if !reasons(&instance, &possible).is_empty() || short_reach(&instance).is_some() {
            return Ok(Verdict::NoPlan);
        }
        let most = asked_for(&problem, possible);
        let lots = usize::try_from(most.value).unwrap_or(1);
        let mut record = Record::new(&instance, most);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: self.backend,
        };
        for strategy in strategies(&instance, lots) {
            if record.best().is_some() || record.impossible().is_some() || clock.over().is_some() {
                break;
            }
            strategy.run(&setting, &mut record)?;
        }
        Ok(match record.best() {
            Some(best) => Verdict::Plan(instance.lot_of_unit(&best.lots)),
            None if record.impossible().is_some() => Verdict::NoPlan,
            None => Verdict::Open,
        })
    }

    fn without_goals(&self, problem: &Problem) -> Problem {
        let mut parts = problem.clone().into_parts();
        parts.goals.clear();
        parts.deals.clear();
        parts.search.time_limit_s = self.seconds.min(self.clock.left());
        Problem::new(parts)
    }
}

/// Whether a partition of the units obeys every rule of `problem`.
pub fn obeys(problem: &Problem, lot_of_unit: &[usize]) -> bool {
    let Ok(instance) = Instance::new(problem) else {
        return false;
    };
    let count = lot_of_unit.iter().max().map_or(0, |most| most + 1);
    let mut lots = vec![Vec::new(); count];
    for (block, units) in instance.blocks.iter().enumerate() {
        let lot = lot_of_unit[units[0]];
        if units.iter().any(|&unit| lot_of_unit[unit] != lot) {
            return false;
        }
        lots[lot].push(block as u32);
    }
    instance.broken(&lots).is_none()
}
