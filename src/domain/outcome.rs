//! An Outcome keeps apart why a search stopped and what it found.

use super::{Certificate, Finding, Goal, Plan};

/// Why a search stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Every goal is proved, or infeasibility is.
    Proved,
    /// Every method has run to its end and a gap is left.
    Gap,
    /// The time limit came first.
    Time,
    /// Somebody stopped it.
    Cancelled,
}

impl Stop {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Gap => "gap",
            Self::Time => "time",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a value is a measure of: the number of lots, or a goal of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The number of lots, to be made large.
    Lots,
    /// A goal, to be made small.
    Goal(Goal),
}

impl Measure {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lots => "lots",
            Self::Goal(goal) => goal.word(),
        }
    }

    /// The unit in which [`Measure::shown`] gives it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Lots => "lots",
            Self::Goal(Goal::DealSplits | Goal::Imbalance) => "people",
            Self::Goal(Goal::Travel) => "person-km",
            Self::Goal(Goal::Border) => "km",
        }
    }

    /// The whole number of a search in the unit that people read. `lots` is the number of lots of the plan.
    ///
    /// Inside, deal splits are thousandths of a person; travel is thousandths of a person times metres; border is millimetres; imbalance is
    /// Σ |lots × volume of the lot − total volume| in thousandths of a person.
    pub fn shown(self, value: i64, lots: usize) -> f64 {
        let value = value as f64;
        match self {
            Self::Lots => value,
            Self::Goal(Goal::DealSplits) => value / 1e3,
            Self::Goal(Goal::Travel | Goal::Border) => value / 1e6,
            Self::Goal(Goal::Imbalance) => value / 1e3 / lots.max(1) as f64,
        }
    }
}

/// How well one level of the priorities was met, in whole numbers (see [`Measure::shown`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalOutcome {
    /// What is measured.
    pub measure: Measure,
    /// Value of the plan; `None` without a plan.
    pub value: Option<i64>,
    /// No plan can be better than this, given the levels before; `None` where nothing is known.
    pub bound: Option<i64>,
    /// Name of the argument behind the bound, such as `counting` or `set partitioning`.
    pub argument: String,
    /// The figures of the argument, where it has a short proof.
    pub certificate: Option<Certificate>,
}

impl GoalOutcome {
    /// Whether the bound meets the value.
    pub fn proved(&self) -> bool {
        match (self.measure, self.value, self.bound) {
            (Measure::Lots, Some(value), Some(bound)) => value >= bound,
            (Measure::Goal(_), Some(value), Some(bound)) => value <= bound,
            _ => false,
        }
    }
}

/// What a search found, and apart from it why it stopped.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why it stopped.
    pub stop: Stop,
    /// The best plan, if there is one.
    pub plan: Option<Plan>,
    /// The number of lots first, then the goals of the scenario in order.
    pub goals: Vec<GoalOutcome>,
    /// Name of the strategy that gave the answer.
    pub strategy: String,
    /// Whether it is proved that no plan exists.
    pub infeasible: bool,
    /// What the search has to say, such as why no plan exists.
    pub findings: Vec<Finding>,
}

/// What a search is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Bounds by arithmetic.
    Bounds,
    /// Constructive and local search.
    Search,
    /// Counting candidate lots.
    Enumerate,
    /// Proving a level.
    Prove(Measure),
}

/// A word from a running search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// The level at hand.
    pub measure: Measure,
    /// Best value of that level so far, in whole numbers.
    pub best: Option<i64>,
    /// Best bound of that level so far, in whole numbers.
    pub bound: Option<i64>,
    /// Number of lots of the best plan so far.
    pub lots: Option<usize>,
    /// Seconds since the search began.
    pub seconds: f64,
}

/// Listens to a search and may stop it; the command line, the page and the tests each have one.
pub trait Watcher: Sync {
    /// Called often; must return quickly.
    fn progress(&self, progress: &Progress);

    /// Whether the search should stop and give the best plan so far.
    fn cancelled(&self) -> bool;

    /// Called with a plan that is better than those before it; must return quickly. A plan that is told here has not been judged.
    fn plan(&self, _: &Plan) {}
}

/// A watcher that hears nothing and never stops a search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        false
    }
}
