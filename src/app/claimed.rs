//! A plan with what a search said of it: bounds and moves of an answer that holds.

use std::path::Path;

use super::load::{Case, seen};
use super::plans::Judged;
use super::solve::Answered;
use crate::domain::{Finding, Findings};
use crate::io::input::Input;
use crate::report::{Answer, MoveAnswer};

impl Case {
    /// Values a plan that is to be exported, with what the answer at a path says of it where one is given. It tells no time, so that equal inputs give equal files.
    ///
    /// # Errors
    /// As [`Case::evaluate_with`].
    pub fn evaluate_to_export(&self, judged: Judged, answer: Option<&Path>) -> Result<Answered, Findings> {
        let mut answered = match answer {
            Some(path) => self.evaluate_with(judged, path)?,
            None => self.evaluate(judged),
        };
        answered.answer.seconds = 0.0;
        Ok(answered)
    }

    /// Values a plan that was judged already, with the bounds of the answer in the file at `path` (plan.json, or what `--json` prints), and with its moves where it
    /// is that of a repair. The answer is held against the plan as `check --answer` does.
    ///
    /// # Errors
    /// As [`Case::check_answer`], and every claim of the answer that is false: a certificate that does not hold, or a move that the plan does not have (`A105`).
    pub fn evaluate_with(&self, judged: Judged, path: &Path) -> Result<Answered, Findings> {
        let input = Input::read(path, &path.display().to_string())?;
        let check = self.check_answer_of(&input, &judged.plan)?;
        let mut findings = check.findings;
        for one in check.certificates.iter().filter(|one| one.holds == Some(false)) {
            findings.push(false_claim(&input.name, format!("{}: {}", one.goal, one.message)));
        }
        let claimed: Answer = serde_json::from_slice(&input.bytes).map_err(|error| {
            let help = "give plan.json, or what `solve --json` prints";
            Findings::from(Finding::error("A101", &input.name, error.to_string(), help))
        })?;
        let mut answered = self.evaluate(judged);
        let answer = &mut answered.answer;
        answer.scenario.inputs.push(seen(&input));
        for one in claimed.repair.iter().flat_map(|repair| &repair.moves) {
            if !is_there(answer, one) {
                let to = one.to.as_deref().unwrap_or("no lot");
                findings.push(false_claim(
                    &input.name,
                    format!("moves {} to {to}, where the plan does not have it", one.area),
                ));
            }
        }
        findings.gate(())?;
        (answer.status, answer.stopped, answer.strategy) = (claimed.status, claimed.stopped, claimed.strategy);
        (answer.goals, answer.repair) = (claimed.goals, claimed.repair);
        Ok(answered)
    }
}

fn false_claim(file: &str, message: String) -> Finding {
    let help = "give the answer that was made with this plan";
    Finding::error("A105", file, message, help)
}

/// Whether an area is in the lot that a move takes it to.
fn is_there(answer: &Answer, one: &MoveAnswer) -> bool {
    match &one.to {
        None => answer.unassigned.contains(&one.area),
        Some(to) => answer
            .lots
            .iter()
            .any(|lot| lot.lot_id == *to && lot.areas.contains(&one.area)),
    }
}
