//! A Check is the judge's word on a plan: which rules of the scenario it breaks.

use serde::Serialize;

use super::certificates::CertificateCheck;
use super::load::Case;
use super::plans::Judged;
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
    /// What was found on the way.
    pub findings: Vec<FindingAnswer>,
}

impl Case {
    /// Holds a plan against every rule of the scenario; `certificates` are those of an answer about it, weighed before.
    pub fn check(&self, judged: &Judged, certificates: Vec<CertificateCheck>) -> Check {
        let answer = self.answer_of_plan(judged, &judged.plan, 0.0);
        Check {
            schema: "lotwright/check/1".into(),
            scenario: answer.scenario,
            plan: judged.input.file.clone(),
            status: answer.status,
            lots: answer.lots.len(),
            violations: answer.violations,
            unassigned: answer.unassigned,
            certificates,
            findings: answer.findings,
        }
    }
}

impl Check {
    /// Whether no rule is broken and no certificate fails.
    pub fn passed(&self) -> bool {
        self.violations.is_empty() && self.certificates.iter().all(|one| one.holds != Some(false))
    }
}
