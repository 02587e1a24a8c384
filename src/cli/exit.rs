//! Exit codes, and the failures that lead to them.

use std::io::Write;
use std::process::ExitCode;

use super::commands::print_json;
use super::words;
use crate::app::{ErrorAnswer, Finding, Findings, JoinAnswer, LoadError, Unjoined};

/// Done; the plan may carry a gap.
pub const DONE: u8 = 0;
/// Something failed that should not.
pub const UNEXPECTED: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// Input is invalid or does not join.
pub const INPUT: u8 = 3;
/// It is proved that no plan exists.
pub const INFEASIBLE: u8 = 4;
/// No plan was found within the limit.
pub const NO_PLAN: u8 = 5;
/// `check` found violations.
pub const VIOLATIONS: u8 = 6;
/// Interrupted with nothing to write.
pub const INTERRUPTED: u8 = 130;

/// Why a command ended early: what to say, and the exit code.
pub struct Failure {
    code: u8,
    message: String,
    /// The same for scripts, where the input is at fault.
    answer: Option<Box<ErrorAnswer>>,
}

impl Failure {
    /// A wrong command line.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            code: USAGE,
            message: format!("error: {}", message.into()),
            answer: None,
        }
    }

    /// Something that should not fail.
    pub fn unexpected(message: impl std::fmt::Display) -> Self {
        Self {
            code: UNEXPECTED,
            message: format!("error: {message}"),
            answer: None,
        }
    }

    /// Input that does not join, with what became of every row.
    pub fn unjoined(findings: Findings, joins: Vec<JoinAnswer>) -> Self {
        let failure = Self::from(findings.clone());
        Self {
            message: format!("{}{}", failure.message, words::unjoined(&joins)),
            answer: Some(Box::new(ErrorAnswer::new(&findings, joins))),
            ..failure
        }
    }

    /// Says it on standard error, and with `json` on standard output too, and gives the exit code.
    pub fn report(&self, json: bool) -> ExitCode {
        tell(&self.message);
        if let Some(Err(failure)) = self.answer.as_ref().filter(|_| json).map(print_json) {
            tell(&failure.message);
        }
        ExitCode::from(self.code)
    }
}

/// Says something to a person, on standard error. Where nobody listens any more, as behind `2>&1 | head`, nothing is lost that was asked for.
pub fn tell(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

impl From<Findings> for Failure {
    fn from(findings: Findings) -> Self {
        // A file that cannot be written is no fault of the input.
        let written = findings.0.iter().any(|finding| finding.code != "S003");
        Self {
            code: if written { INPUT } else { UNEXPECTED },
            message: words::findings(&findings.0.iter().collect::<Vec<_>>()).join("\n"),
            answer: Some(Box::new(ErrorAnswer::new(&findings, Vec::new()))),
        }
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Findings::from(finding).into()
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Usage(message) => Self::usage(message),
            LoadError::Input(findings) => findings.into(),
            LoadError::Unjoined(unjoined) => {
                let Unjoined { findings, joins } = *unjoined;
                Self::unjoined(findings, joins)
            }
        }
    }
}
