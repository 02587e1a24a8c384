//! The run of a search from the problem to its outcome.

use super::backend::{Backend, BackendError, Highs};
use super::bounds::most_lots;
use super::clock::Clock;
use super::columns_by_hub::ColumnsByHub;
use super::instance::Instance;
use super::reasons::reasons;
use super::record::{Bound, Record};
use super::set_partitioning::SetPartitioning;
use super::strategy::{Setting, Strategy};
use super::tree_search::TreeSearch;
use crate::domain::{Finding, GoalOutcome, Measure, Outcome, Phase, Plan, Problem, Stop, Watcher};
use std::fmt;

/// The search failed in a way that no input explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// The solver of mathematical programs failed.
    Backend(BackendError),
}

impl fmt::Display for SolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backend(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SolveError {}

impl From<BackendError> for SolveError {
    fn from(error: BackendError) -> Self {
        Self::Backend(error)
    }
}

/// Finds the best plan for `problem` within its time limit, and proves how good it is.
///
/// Infeasible and out-of-time are answers. A search that ends before its time limit gives equal outcomes for equal seeds.
///
/// # Errors
/// If the backend fails.
pub fn solve(problem: &Problem, watcher: &dyn Watcher) -> Result<Outcome, SolveError> {
    solve_with(problem, watcher, &Highs)
}

/// As [`solve`], with a backend of choice.
///
/// # Errors
/// If the backend fails.
pub fn solve_with(problem: &Problem, watcher: &dyn Watcher, backend: &dyn Backend) -> Result<Outcome, SolveError> {
    let clock = Clock::start(problem.search().time_limit_s, watcher);
    let instance = match Instance::new(problem) {
        Ok(instance) => instance,
        Err(findings) => return Ok(ruled_out(problem, None, findings)),
    };
    let possible = most_lots(&instance);
    let findings = reasons(&instance, &possible);
    let most = asked_for(problem, possible);
    if !findings.is_empty() {
        return Ok(ruled_out(problem, Some(most), findings));
    }
    let lots = usize::try_from(most.value).unwrap_or(1);
    let mut record = Record::new(&instance, most);
    clock.tell(Phase::Bounds, Measure::Lots, &record);
    let setting = Setting {
        instance: &instance,
        clock: &clock,
        backend,
    };
    for strategy in strategies(&instance, lots) {
        if record.proved() || record.impossible().is_some() || clock.over().is_some() {
            break;
        }
        strategy.run(&setting, &mut record)?;
    }
    Ok(outcome(problem, &clock, &record))
}

/// Strategies in the order of running.
fn strategies(instance: &Instance<'_>, most: usize) -> Vec<Box<dyn Strategy>> {
    vec![
        Box::new(TreeSearch::quick(instance.len())),
        Box::new(SetPartitioning::default()),
        Box::new(ColumnsByHub),
        Box::new(TreeSearch::thorough(
            instance.len(),
            most,
            instance.problem.search().time_limit_s,
            instance.problem.goals().len(),
        )),
        // Once more, where the thorough search has settled the goals before travel.
        Box::new(ColumnsByHub),
    ]
}

/// More lots than are asked for are no use: the scenario's own limit is a bound too.
fn asked_for(problem: &Problem, most: Bound) -> Bound {
    match problem.rules().count.limits().1 {
        Some(high) if (high as i64) < most.value => Bound {
            value: high as i64,
            argument: "as many as asked for",
        },
        _ => most,
    }
}

fn ruled_out(problem: &Problem, most: Option<Bound>, findings: Vec<Finding>) -> Outcome {
    let goals = std::iter::once(Measure::Lots).chain(problem.goals().iter().map(|&goal| Measure::Goal(goal)));
    let goals = goals.map(|measure| GoalOutcome {
        measure,
        value: None,
        bound: None,
        argument: "none".into(),
    });
    let mut goals: Vec<GoalOutcome> = goals.collect();
    if let (Some(first), Some(most)) = (goals.first_mut(), most) {
        first.bound = Some(most.value);
        first.argument = most.argument.into();
    }
    Outcome {
        stop: Stop::Proved,
        plan: None,
        goals,
        strategy: "arithmetic".into(),
        infeasible: true,
        findings,
    }
}

fn outcome(problem: &Problem, clock: &Clock<'_>, record: &Record<'_>) -> Outcome {
    let infeasible = record.best().is_none() && record.impossible().is_some();
    let stop = match clock.over() {
        _ if infeasible || record.proved() => Stop::Proved,
        Some(stop) => stop,
        None => Stop::Gap,
    };
    let plan = record
        .best()
        .map(|best| Plan::from_units(problem, &record.instance().lot_of_unit(&best.lots)));
    let mut findings = Vec::new();
    if let Some(why) = record.impossible().filter(|_| infeasible) {
        findings.push(Finding::error(
            "R109",
            "lots",
            why,
            "Lower the floor, raise the cap, allow a link, or relax a lock or a rule on which areas go together.",
        ));
    } else if plan.is_none() {
        let fact = format!("no plan was found in {:.1} s, and none was ruled out", clock.spent());
        findings.push(Finding::error(
            "R110",
            "lots",
            fact,
            "Give more time with --time-limit, or relax a rule.",
        ));
    }
    Outcome {
        stop,
        plan,
        goals: record.outcomes(),
        strategy: record.strategy().into(),
        infeasible,
        findings,
    }
}
