//! Why a desk does not do what it is asked.

use crate::app::load::{LoadError, Unjoined};
use crate::app::solve::AppError;
use crate::domain::{Finding, Findings};
use crate::report::JoinAnswer;

/// Why a desk does not do what it is asked. Nothing has changed then.
#[derive(Debug)]
pub enum DeskError {
    /// What was asked cannot be: every fault, and what became of every row where tables did not join.
    Invalid(Findings, Vec<JoinAnswer>),
    /// What was named is not there.
    Missing(Finding),
    /// Something else is under way.
    Busy(Finding),
    /// The program's own fault, or that of the machine.
    Own(String),
}

impl DeskError {
    /// What is asked, in a word of the field, is not as it should be (`W201`).
    pub fn asked(subject: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding::error("W201", subject, message, help).into()
    }

    /// Something that should not fail.
    pub fn own(error: impl std::fmt::Display) -> Self {
        Self::Own(error.to_string())
    }
}

impl From<Findings> for DeskError {
    fn from(findings: Findings) -> Self {
        Self::Invalid(findings, Vec::new())
    }
}

impl From<Finding> for DeskError {
    fn from(finding: Finding) -> Self {
        Self::Invalid(finding.into(), Vec::new())
    }
}

impl From<LoadError> for DeskError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Usage(message) => {
                Finding::error("W201", "request", message, "write it as on the command line").into()
            }
            LoadError::Input(findings) => findings.into(),
            LoadError::Unjoined(unjoined) => {
                let Unjoined { findings, joins } = *unjoined;
                Self::Invalid(findings, joins)
            }
        }
    }
}

impl From<AppError> for DeskError {
    fn from(error: AppError) -> Self {
        Self::Own(error.to_string())
    }
}

impl std::fmt::Display for DeskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Invalid(findings, _) => findings.fmt(f),
            Self::Missing(finding) | Self::Busy(finding) => finding.fmt(f),
            Self::Own(message) => message.fmt(f),
        }
    }
}

impl std::error::Error for DeskError {}
