//! Holds what an answer claims against the plan that it speaks of: values are counted again by the judge, and what is proved, the gaps and the status follow from values and bounds.
//!
//! A bound need not have a certificate to be found false: a plan that obeys every rule and is better refutes it.

use super::answer::gap;
use super::certificates::GoalPart;
use crate::domain::words::list;
use crate::domain::{Finding, Measure};
use crate::verify::VerifiedPlan;

/// The first goal of a repaired plan: it counts against the plan that was repaired, which is not at hand.
const MOVED: &str = "moved";
/// What two floating-point numbers that are printed and read again, or computed in another order, may differ by, as a part of them.
const ROUNDING: f64 = 1e-12;

/// An answer beside the plan as the judge counts it.
pub struct Claims<'a> {
    file: &'a str,
    status: &'a str,
    /// Goals that are counted here, each with what the judge counts, in the unit of the answer.
    counted: Vec<(&'a GoalPart, Measure, f64)>,
    /// The goal of a repair.
    moved: Option<&'a GoalPart>,
    plan: &'a VerifiedPlan,
    /// What is wrong with the list of goals.
    strange: Option<String>,
}

impl<'a> Claims<'a> {
    /// Puts the goals of an answer beside those of the scenario, in their order.
    pub fn new(file: &'a str, status: &'a str, goals: &'a [GoalPart], plan: &'a VerifiedPlan) -> Self {
        let (moved, own) = match goals.split_first() {
            Some((first, rest)) if first.name == MOVED => (Some(first), rest),
            _ => (None, goals),
        };
        let lots = plan.lots().len();
        let of_goals = plan.goals().iter().map(|&(goal, value)| (Measure::Goal(goal), value));
        let all: Vec<(Measure, i64)> = std::iter::once((Measure::Lots, lots as i64)).chain(of_goals).collect();
        let said: Vec<&str> = own.iter().map(|goal| goal.name.as_str()).collect();
        let asked: Vec<&str> = all.iter().map(|(measure, _)| measure.word()).collect();
        let strange = (said != asked).then(|| {
            let (said, asked) = (list(&said, said.len()), list(&asked, asked.len()));
            format!("its goals are {said}; those of the scenario are {asked}")
        });
        let beside = own
            .iter()
            .zip(&all)
            .filter(|(goal, (measure, _))| goal.name == measure.word());
        Self {
            file,
            status,
            counted: beside
                .map(|(goal, &(measure, value))| (goal, measure, measure.shown(value, lots)))
                .collect(),
            moved,
            plan,
            strange,
        }
    }

    /// Every claim that is false.
    pub fn faults(&self) -> Vec<Finding> {
        let mut faults: Vec<Finding> = self
            .strange
            .iter()
            .map(|what| self.other_value("goals", what))
            .collect();
        for &(goal, _, value) in &self.counted {
            faults.extend(self.value(goal, value));
        }
        faults.extend(self.counted.iter().filter_map(|&(goal, _, value)| {
            let what = self.refuted(goal)?;
            Some(self.fault("A104", &goal.name, format!("{what}, and the plan has {value}"), BETTER))
        }));
        for (goal, measure, value) in self.weighed() {
            faults.extend(self.proof(goal, measure, value));
            faults.extend(self.gap(goal, value));
        }
        faults.extend(self.standing());
        faults
    }

    /// What is claimed where the plan is better than the bound of a goal. A bound on a goal speaks of plans with the values of those before it, so these must be the plan's.
    pub fn refuted(&self, goal: &GoalPart) -> Option<String> {
        let at = self.counted.iter().position(|(other, ..)| std::ptr::eq(*other, goal))?;
        let (_, measure, value) = self.counted[at];
        let bound = goal.bound.filter(|_| self.plan.violations().is_empty())?;
        let agree = |(goal, _, value): &(&GoalPart, Measure, f64)| goal.value.is_some_and(|said| same(said, *value));
        let better = !same(value, bound) && (value < bound) == (measure != Measure::Lots);
        (better && self.counted[..at].iter().all(agree)).then(|| match measure {
            Measure::Lots => format!("says that no plan has more than {bound} lots"),
            Measure::Goal(_) => format!("says that no plan has less than {bound}"),
        })
    }

    fn value(&self, goal: &GoalPart, counted: f64) -> Option<Finding> {
        match goal.value {
            Some(said) if same(said, counted) => None,
            Some(said) => Some(self.other_value(&goal.name, &format!("says {said}, and the plan has {counted}"))),
            None if self.without_plan() => None,
            None => Some(self.other_value(&goal.name, &format!("says nothing, and the plan has {counted}"))),
        }
    }

    /// Goals with a value to hold the bound against: that of the plan, or of a repair as the answer says it.
    fn weighed(&self) -> impl Iterator<Item = (&'a GoalPart, Option<Measure>, Option<f64>)> {
        let moved = self.moved.map(|goal| (goal, None, goal.value));
        let there = !self.without_plan();
        let counted = self.counted.iter();
        moved
            .into_iter()
            .chain(counted.map(move |&(goal, measure, value)| (goal, Some(measure), there.then_some(value))))
    }

    fn proof(&self, goal: &GoalPart, measure: Option<Measure>, value: Option<f64>) -> Option<Finding> {
        let meets = meets(goal, measure, value);
        let shown = |number: Option<f64>| number.map_or_else(|| "none".to_string(), |number| number.to_string());
        let fact = format!("the value is {} and the bound {}", shown(value), shown(goal.bound));
        match goal.proved {
            Some(said) if said == meets => None,
            Some(true) => Some(self.unproved(&goal.name, format!("says that it is proved, where {fact}"))),
            Some(false) => Some(self.unproved(&goal.name, format!("says that it is not proved, where {fact}"))),
            None => Some(self.unproved(&goal.name, "does not say whether it is proved".into())),
        }
    }

    /// A gap without end is written as null.
    fn gap(&self, goal: &GoalPart, value: Option<f64>) -> Option<Finding> {
        let gap = value
            .zip(goal.bound)
            .map(|(value, bound)| if same(value, bound) { 0.0 } else { gap(value, bound) })
            .filter(|gap| gap.is_finite());
        let agrees = match (goal.gap, gap) {
            (Some(said), Some(gap)) => same(said, gap),
            (said, gap) => said == gap,
        };
        let shown = |gap: Option<f64>| gap.map_or_else(|| "none".to_string(), |gap| gap.to_string());
        let what = format!(
            "says that the gap is {}, where value and bound give {}",
            shown(goal.gap),
            shown(gap)
        );
        (!agrees).then(|| self.unproved(&goal.name, what))
    }

    /// Whether the status is that of the plan with these bounds.
    fn standing(&self) -> Option<Finding> {
        let broken = self.plan.violations().len();
        // A repair seeks the least that moves, and only counts goals without a bound.
        let mut sought = self
            .weighed()
            .filter(|(goal, ..)| self.moved.is_none() || goal.bound.is_some());
        let proved = self.strange.is_none() && sought.all(|(goal, measure, value)| meets(goal, measure, value));
        let status = match (broken, proved) {
            (0, true) => "optimal",
            (0, false) => "feasible",
            _ => "infeasible",
        };
        let open = self.status == "no_plan" && self.without_plan();
        let fact = match broken {
            0 if proved => "the plan obeys every rule and every bound meets its value".to_string(),
            0 => "the plan obeys every rule and some goal is not proved".to_string(),
            _ => format!("the plan breaks rules {broken} times"),
        };
        let what = format!("says `{}`, where {fact}: `{status}`", self.status);
        (self.status != status && !open).then(|| self.unproved("status", what))
    }

    /// Whether the answer is one that has no plan.
    fn without_plan(&self) -> bool {
        matches!(self.status, "no_plan" | "infeasible") && self.counted.iter().all(|(goal, ..)| goal.value.is_none())
    }

    fn other_value(&self, place: &str, what: &str) -> Finding {
        let help = "check the answer with the plan that it was written with, or solve the scenario again";
        self.fault("A103", place, what.into(), help)
    }

    fn unproved(&self, place: &str, what: String) -> Finding {
        let help = "believe the figures that were counted here, or solve the scenario again";
        self.fault("A105", place, what, help)
    }

    fn fault(&self, code: &'static str, place: &str, what: String, help: &str) -> Finding {
        Finding::error(code, format!("{} {place}", self.file), what, help)
    }
}

/// The next step where a plan refutes a bound.
const BETTER: &str = "the bound is false: solve the scenario again, and report it if the program wrote this answer";

/// Whether the bound of a goal meets its value.
fn meets(goal: &GoalPart, measure: Option<Measure>, value: Option<f64>) -> bool {
    let met = |(value, bound): (f64, f64)| match measure {
        _ if same(value, bound) => true,
        Some(Measure::Lots) => value > bound,
        _ => value < bound,
    };
    value.zip(goal.bound).is_some_and(met)
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDING * one.abs().max(other.abs())
}
