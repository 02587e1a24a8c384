//! Solves a case and evaluates plans: every plan passes the judge before anybody sees it.

use std::time::Instant;

use super::load::Case;
use super::plans::Judged;
use crate::domain::{Measure, Outcome, Plan, Watcher};
use crate::report::Answer;
use crate::solve::{SolveError, solve_from};
use crate::verify::{VerifiedPlan, judge};

/// An answer with the plan that it speaks of, where there is one.
pub struct Answered {
    /// The plan in numbers.
    pub answer: Answer,
    /// The plan, judged.
    pub plan: Option<VerifiedPlan>,
}

/// A failure that is the program's own.
#[derive(Debug)]
pub enum AppError {
    /// The solver's backend failed.
    Solve(SolveError),
    /// The judge found the solver's plan wrong, or counted another value than the solver claims.
    Disagreement(String),
    /// An import would not hold what was read.
    Unfaithful(String),
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Solve(error) => write!(f, "the search failed: {error}"),
            Self::Disagreement(what) => write!(
                f,
                "the judge does not confirm the search, so nothing is published: {what}"
            ),
            Self::Unfaithful(what) => write!(
                f,
                "the data set would not hold what was read, so nothing is written: {what}"
            ),
        }
    }
}

impl std::error::Error for AppError {}

impl From<SolveError> for AppError {
    fn from(error: SolveError) -> Self {
        Self::Solve(error)
    }
}

impl Case {
    /// Designs lots, has the plan judged, and values it; where it is proved that there is none, says why.
    ///
    /// # Errors
    /// Only what is the program's own fault; an infeasible scenario and a search without a plan are answers.
    pub fn solve(&self, watcher: &dyn Watcher) -> Result<Answered, AppError> {
        self.searched(&[], watcher)
    }

    /// As [`Case::solve`], beginning from a plan at hand, so that what is found is never worse by the order of the goals. A plan that breaks a rule is passed over.
    ///
    /// # Errors
    /// As [`Case::solve`].
    pub fn solve_from(&self, given: &Judged, watcher: &dyn Watcher) -> Result<Answered, AppError> {
        let mut answered = self.searched(&[given.plan.plan().clone()], watcher)?;
        let noted = given.findings.0.iter().map(super::answer::finding_answer);
        answered.answer.findings.extend(noted);
        answered.answer.scenario.inputs.push(given.input.clone());
        Ok(answered)
    }

    fn searched(&self, starts: &[Plan], watcher: &dyn Watcher) -> Result<Answered, AppError> {
        let began = Instant::now();
        let outcome = solve_from(&self.problem, starts, watcher)?;
        let mut answered = self.judged(&outcome, || began.elapsed().as_secs_f64())?;
        if outcome.infeasible {
            self.explain(&mut answered.answer, watcher, began.elapsed().as_secs_f64())?;
            answered.answer.seconds = began.elapsed().as_secs_f64();
        }
        Ok(answered)
    }

    /// The answer of a search after the judge has passed its plan; `seconds` is asked for then.
    ///
    /// # Errors
    /// Where the judge does not confirm the outcome.
    pub(super) fn judged(&self, outcome: &Outcome, seconds: impl Fn() -> f64) -> Result<Answered, AppError> {
        let plan = outcome.plan.clone().map(|plan| judge(&self.problem, plan));
        if let Some(plan) = &plan {
            confirm(outcome, plan)?;
        }
        let answer = self.answer_of_search(outcome, plan.as_ref(), seconds());
        Ok(Answered { answer, plan })
    }

    /// Values a plan that was judged already.
    pub fn evaluate(&self, judged: Judged) -> Answered {
        let began = Instant::now();
        let mut answer = self.answer_of_plan(&judged, &judged.plan, 0.0);
        answer.seconds = began.elapsed().as_secs_f64();
        Answered {
            answer,
            plan: Some(judged.plan),
        }
    }
}

/// The judge must find no violation, and count what the search claims.
pub(super) fn confirm(outcome: &Outcome, plan: &VerifiedPlan) -> Result<(), AppError> {
    if let Some(violation) = plan.violations().first() {
        return Err(AppError::Disagreement(violation.message.clone()));
    }
    for goal in &outcome.goals {
        let counted = match goal.measure {
            Measure::Lots => Some(plan.lots().len() as i64),
            Measure::Goal(goal) => plan
                .goals()
                .iter()
                .find(|(other, _)| *other == goal)
                .map(|(_, value)| *value),
        };
        if goal.value != counted {
            let message = format!(
                "{} is {counted:?} by count and {:?} by the search",
                goal.measure.word(),
                goal.value
            );
            return Err(AppError::Disagreement(message));
        }
    }
    Ok(())
}
