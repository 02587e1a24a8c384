//! Puts into an answer without a plan why there is none, and what would have to give.

use super::answer::finding_answer;
use super::load::Case;
use super::solve::AppError;
use crate::domain::{Problem, Watcher};
use crate::report::{Answer, ConflictAnswer, RelaxationAnswer, RuleAnswer};
use crate::solve::{Explanation, Relaxation, explain};
use crate::verify::judge;

impl Case {
    /// Explains in `answer` why the scenario has no plan, which must be proved; `spent` seconds of the time limit are over.
    ///
    /// # Errors
    /// If the backend fails, or if the judge does not confirm a plan that shows a relaxation.
    pub(super) fn explain(&self, answer: &mut Answer, watcher: &dyn Watcher, spent: f64) -> Result<(), AppError> {
        explain_in(&self.problem, answer, watcher, spent)
    }
}

/// As [`Case::explain`], for a problem that a plan has narrowed down.
///
/// # Errors
/// As there.
pub(super) fn explain_in(
    problem: &Problem,
    answer: &mut Answer,
    watcher: &dyn Watcher,
    spent: f64,
) -> Result<(), AppError> {
    let Some(explanation) = explain(problem, watcher, spent)? else {
        return Ok(());
    };
    for relaxation in &explanation.relaxations {
        confirm_relaxation(problem, relaxation)?;
    }
    answer.findings.extend(explanation.findings.iter().map(finding_answer));
    let relaxations = explanation.relaxations.iter();
    answer.relaxations = relaxations.map(|one| relaxation_answer(problem, one)).collect();
    answer.conflict = Some(conflict_answer(problem, explanation));
    Ok(())
}

fn confirm_relaxation(problem: &Problem, relaxation: &Relaxation) -> Result<(), AppError> {
    let relaxed = relaxation.change.apply(problem);
    let judged = judge(&relaxed, relaxation.plan.clone());
    judged.violations().first().map_or(Ok(()), |violation| {
        Err(AppError::Disagreement(violation.message.clone()))
    })
}

fn conflict_answer(problem: &Problem, explanation: Explanation) -> ConflictAnswer {
    let rules = explanation.conflict.rules.iter().map(|rule| RuleAnswer {
        key: rule.source(problem).into(),
        words: rule.words(problem),
    });
    ConflictAnswer {
        rules: rules.collect(),
        smallest: explanation.conflict.smallest,
        message: explanation.message,
    }
}

fn relaxation_answer(problem: &Problem, relaxation: &Relaxation) -> RelaxationAnswer {
    RelaxationAnswer {
        key: relaxation.change.sources(problem).join(", "),
        value: relaxation.change.value(),
        lots: relaxation.plan.lots().len(),
        least: relaxation.least,
        message: relaxation.message.clone(),
    }
}
