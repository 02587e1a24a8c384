//! A Check is the judge's word on a plan: which rules of the scenario it breaks.

use serde::Serialize;

use super::answer::finding_answer;
use super::certificates::{AnswerCheck, CertificateCheck};
use super::load::Case;
use super::plans::Judged;
use crate::domain::Severity;
use crate::report::{FindingAnswer, ScenarioAnswer, ViolationAnswer};

/// The judge's word on a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// `lotwright/check/1`.
    pub schema: String,
    /// What was asked, and from which files.
    pub scenario: ScenarioAnswer,
    /// Name of the plan file.
    pub plan: String,
    /// `feasible` where no rule is broken, `infeasible` otherwise.
    pub status: String,
    /// Number of lots.
    pub lots: usize,
    /// Rules that the plan breaks.
    pub violations: Vec<ViolationAnswer>,
    /// Areas that take part and are in no lot.
    pub unassigned: Vec<String>,
    /// The bounds of the answer that was given with the plan, goal by goal; empty without one.
    pub certificates: Vec<CertificateCheck>,
    /// What was found on the way, and every claim of the answer that is false.
    pub findings: Vec<FindingAnswer>,
}

impl Case {
    /// Holds a plan against every rule of the scenario; `claimed` is what was found of an answer about it before.
    pub fn check(&self, judged: &Judged, claimed: AnswerCheck) -> Check {
        let mut answer = self.answer_of_plan(judged, &judged.plan, 0.0);
        answer.findings.extend(claimed.findings.0.iter().map(finding_answer));
        Check {
            schema: "lotwright/check/1".into(),
            scenario: answer.scenario,
            plan: judged.input.file.clone(),
            status: answer.status,
            lots: answer.lots.len(),
            violations: answer.violations,
            unassigned: answer.unassigned,
            certificates: claimed.certificates,
            findings: answer.findings,
        }
    }
}

impl Check {
    /// Whether no rule is broken, no certificate fails and no claim of the answer is false.
    pub fn passed(&self) -> bool {
        let certified = self.certificates.iter().all(|one| one.holds != Some(false));
        self.violations.is_empty() && certified && self.false_claims().next().is_none()
    }

    /// What is wrong with the answer that was given with the plan.
    pub fn false_claims(&self) -> impl Iterator<Item = &FindingAnswer> {
        let error = Severity::Error.word();
        self.findings.iter().filter(move |finding| finding.severity == error)
    }
}
