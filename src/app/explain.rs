//! Puts into an answer without a plan why there is none, and what would have to give.

use super::answer::finding_answer;
use super::load::Case;
use super::solve::AppError;
use crate::domain::Watcher;
use crate::report::{Answer, ConflictAnswer, RelaxationAnswer, RuleAnswer};
use crate::solve::{Explanation, Relaxation, explain};
use crate::verify::judge;

impl Case {
    /// Explains in `answer` why the problem has no plan, which must be proved; `spent` seconds of the time limit are over.
    ///
    /// # Errors
    /// If the backend fails, or if the judge does not confirm a plan that shows a relaxation.
    pub(super) fn explain(&self, answer: &mut Answer, watcher: &dyn Watcher, spent: f64) -> Result<(), AppError> {
        let Some(explanation) = explain(&self.problem, watcher, spent)? else {
            return Ok(());
        };
        for relaxation in &explanation.relaxations {
            self.confirm_relaxation(relaxation)?;
        }
        answer.findings.extend(explanation.findings.iter().map(finding_answer));
        answer.relaxations = explanation.relaxations.iter().map(relaxation_answer).collect();
        answer.conflict = Some(self.conflict_answer(explanation));
        Ok(())
    }

    fn confirm_relaxation(&self, relaxation: &Relaxation) -> Result<(), AppError> {
        let relaxed = relaxation.change.apply(&self.problem);
        let judged = judge(&relaxed, relaxation.plan.clone());
        judged.violations().first().map_or(Ok(()), |violation| {
            Err(AppError::Disagreement(violation.message.clone()))
        })
    }

    fn conflict_answer(&self, explanation: Explanation) -> ConflictAnswer {
        let rules = explanation.conflict.rules.iter().map(|rule| RuleAnswer {
            key: rule.key().into(),
            words: rule.words(&self.problem),
        });
        ConflictAnswer {
            rules: rules.collect(),
            smallest: explanation.conflict.smallest,
            message: explanation.message,
        }
    }
}

fn relaxation_answer(relaxation: &Relaxation) -> RelaxationAnswer {
    RelaxationAnswer {
        key: relaxation.change.keys().join(", "),
        value: relaxation.change.value(),
        lots: relaxation.plan.lots().len(),
        least: relaxation.least,
        message: relaxation.message.clone(),
    }
}
