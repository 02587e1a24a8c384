//! The run of a search from the problem to its outcome.

use super::aim::Aiming;
use super::backend::{Backend, BackendError, Highs, Timed};
use super::bounds::{by_counting, most_lots};
use super::clock::Clock;
use super::columns::Columns;
use super::columns_by_hub::ColumnsByHub;
use super::hess::FirstTravelBound;
use super::instance::Instance;
use super::known::Known;
use super::packing_prices::PackingPrices;
use super::reasons::reasons;
use super::record::{Bound, Record};
use super::recut::{Recutting, recuts_wide};
use super::set_partitioning::SetPartitioning;
use super::strategy::{Setting, Strategy};
use super::temper_travel::tempers;
use super::tree_search::{FirstSearch, TreeSearch};
use crate::domain::{
    Certificate, Finding, GoalOutcome, LotCount, Measure, Outcome, Phase, Plan, Problem, Stop, Watcher,
};
use std::fmt;

/// The search failed in a way that no input explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// The solver of mathematical programs failed.
    Backend(BackendError),
    /// A plan is better than a bound says that any can be: a fault of this program.
    Unsound(String),
}

impl fmt::Display for SolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backend(error) => error.fmt(f),
            Self::Unsound(what) => write!(f, "{what}; this is a fault of the program, please report it"),
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
    solve_by(problem, &Known::default(), watcher, backend, strategies)
}

/// As [`solve`], beginning from plans at hand. Those that break a rule are passed over, so any plan of the same units may be given.
///
/// # Errors
/// If the backend fails.
pub fn solve_from(problem: &Problem, starts: &[Plan], watcher: &dyn Watcher) -> Result<Outcome, SolveError> {
    let known = Known {
        plans: starts.to_vec(),
        ..Known::default()
    };
    solve_knowing(problem, &known, watcher, &Highs)
}

/// As [`solve_with`], beginning from plans and bounds that are known. The bounds are believed.
///
/// # Errors
/// If the backend fails.
pub fn solve_knowing(
    problem: &Problem,
    known: &Known,
    watcher: &dyn Watcher,
    backend: &dyn Backend,
) -> Result<Outcome, SolveError> {
    solve_by(problem, known, watcher, backend, strategies)
}

/// As [`solve_knowing`], by strategies that are chosen for the instance and the most lots that it may have.
///
/// # Errors
/// If the backend fails.
pub(super) fn solve_by(
    problem: &Problem,
    known: &Known,
    watcher: &dyn Watcher,
    backend: &dyn Backend,
    choose: impl Fn(&Instance<'_>, usize) -> Vec<Box<dyn Strategy>>,
) -> Result<Outcome, SolveError> {
    let clock = Clock::start(problem.search().time_limit_s, watcher);
    let instance = match Instance::new(problem) {
        Ok(instance) => instance,
        Err(findings) => return Ok(ruled_out(problem, None, findings)),
    };
    // Where any number of lots is good, separators can wait: the first search seeks them where they may matter.
    let possible = match problem.rules().count.limits().0 {
        0 | 1 => by_counting(&instance),
        _ => most_lots(&instance),
    };
    let findings = reasons(&instance, &possible);
    let most = asked_for(problem, possible);
    if !findings.is_empty() {
        return Ok(ruled_out(problem, Some(most), findings));
    }
    let lots = usize::try_from(most.value).unwrap_or(1);
    let mut record = Record::new(&instance, most);
    known.tell(&mut record);
    clock.tell(Phase::Bounds, Measure::Lots, &record);
    let timed = Timed::new(backend);
    let setting = Setting {
        instance: &instance,
        clock: &clock,
        backend: &timed,
    };
    for strategy in choose(&instance, lots) {
        if record.proved() || record.impossible().is_some() || clock.over().is_some() {
            break;
        }
        strategy.run(&setting, &mut record)?;
        known.tell_bounds(&mut record);
    }
    clock.tell_plan(&record);
    if let Some(what) = record.unsound() {
        return Err(SolveError::Unsound(what.to_owned()));
    }
    let by_clock = timed.ended_by_clock() || clock.has_ended();
    Ok(outcome(problem, &clock, &record, by_clock))
}

/// Strategies in the order of running.
pub(super) fn strategies(instance: &Instance<'_>, most: usize) -> Vec<Box<dyn Strategy>> {
    if instance.chances.is_some() {
        return strategies_for_chances(instance);
    }
    vec![
        Box::new(FirstSearch),
        Box::new(FirstTravelBound::default()),
        Box::new(SetPartitioning::default()),
        Box::new(ColumnsByHub::default()),
        Box::new(PackingPrices::within(instance.problem.search().time_limit_s)),
        Box::new(TreeSearch::thorough(
            instance.len(),
            most,
            instance.problem.search().time_limit_s,
            instance.problem.goals().len(),
            recuts_wide(instance) && tempers(instance, most),
        )),
        Box::new(Recutting::within(instance.problem.search().time_limit_s)),
        Box::new(Columns::within(instance.problem.search().time_limit_s)),
        // Recuts of wide regions, with which columns end, lead to small ones that can be cut better.
        Box::new(Recutting::within(instance.problem.search().time_limit_s / 2.0)),
        // Once more, where the thorough search has settled the goals before travel.
        Box::new(ColumnsByHub::default()),
    ]
}

/// Strategies that can heed chances. What searches among floors alone aims at floors that are sure; columns on demand price lots by floors alone and cannot
/// be used.
fn strategies_for_chances(instance: &Instance<'_>) -> Vec<Box<dyn Strategy>> {
    let limit = instance.problem.search().time_limit_s;
    vec![
        Box::new(FirstSearch),
        Box::new(SetPartitioning::default()),
        Box::new(Aiming),
        Box::new(SetPartitioning::default()),
        Box::new(ColumnsByHub::default()),
        Box::new(PackingPrices::within(limit)),
        Box::new(Recutting::within(limit)),
    ]
}

/// More lots than are asked for are no use: the scenario's own limit is a bound too.
pub(super) fn asked_for(problem: &Problem, most: Bound) -> Bound {
    match problem.rules().count.limits().1 {
        // The scenario does not ask for the number of lots of a plan, so no certificate can say so.
        Some(high) if (high as i64) < most.value && matches!(problem.rules().count, LotCount::OfPlan(..)) => {
            Bound::new(high as i64, "as many as the plan has")
        }
        Some(high) if (high as i64) < most.value => {
            Bound::certified(Certificate::AskedFor { lots: high as i64 }, "as many as asked for").unwrap_or(most)
        }
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
        certificate: None,
    });
    let mut goals: Vec<GoalOutcome> = goals.collect();
    if let (Some(first), Some(most)) = (goals.first_mut(), most) {
        first.bound = Some(most.value);
        first.argument = most.argument.into();
        first.certificate = most.certificate;
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

/// What the record holds; `by_clock` says whether time has ended a step of the search, so that another run may end elsewhere.
fn outcome(problem: &Problem, clock: &Clock<'_>, record: &Record<'_>, by_clock: bool) -> Outcome {
    let infeasible = record.best().is_none() && record.impossible().is_some();
    let stop = match clock.over() {
        _ if infeasible || record.proved() => Stop::Proved,
        Some(stop) => stop,
        None if by_clock => Stop::Time,
        None => Stop::Gap,
    };
    let plan = record
        .best()
        .map(|best| Plan::from_units(problem, &record.instance().lot_of_unit(&best.lots)));
    let mut findings = Vec::new();
    if let Some(why) = record.impossible().filter(|_| infeasible) {
        findings.push(no_plan(why));
    } else if plan.is_none() {
        let fact = format!("no plan was found in {:.1} s, and none was ruled out", clock.spent());
        findings.push(Finding::error(
            "R110",
            "lots",
            fact,
            "Give more time with --time-limit, or relax a rule.",
        ));
    }
    if record.instance().chances.is_some() && stop != Stop::Proved {
        findings.push(columns_left_out());
    }
    if stop == Stop::Proved && by_clock {
        findings.push(ended_by_clock());
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

/// A strategy that did not run, by name.
fn columns_left_out() -> Finding {
    let fact = "`columns` and `tree search` beyond a first look did not run, for they know floors and no chances: `aimed tree search` ran in their place";
    let help = "A plan that is found obeys every rule, and bounds hold; to use them, ask for viability.survive in place of a chance.";
    Finding::note("R114", "viability.chance", fact, help)
}

/// The proof holds, but which of several plans that are as good was found may have depended on time.
pub(super) fn ended_by_clock() -> Finding {
    let fact = "time has ended a step of the search: the proof holds, but another run may give another plan that is as good, or another argument";
    Finding::note(
        "R112",
        "solve.time_limit_s",
        fact,
        "Give more time with --time-limit if equal runs must give equal bytes.",
    )
}

/// No plan exists, and `why` says how that is known.
pub(super) fn no_plan(why: &str) -> Finding {
    Finding::error(
        "R109",
        "lots",
        why,
        "Lower the floor, raise the cap, allow a link, or relax a lock or a rule on which areas go together.",
    )
}
