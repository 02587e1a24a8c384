//! An ErrorAnswer says why input will not do: every finding, and what became of every row as far as tables were joined.

use serde::Serialize;

use super::answer::finding_answer;
use crate::domain::Findings;
use crate::report::{FindingAnswer, JoinAnswer};

/// What is wrong with the input, in the shape of `lotwright/error/1`.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorAnswer {
    /// `lotwright/error/1`.
    pub schema: String,
    /// Every finding, warnings and notes among them.
    pub findings: Vec<FindingAnswer>,
    /// What became of the rows of every table; empty where it did not come to a join.
    pub joins: Vec<JoinAnswer>,
    /// Version of the program.
    pub version: String,
}

impl ErrorAnswer {
    /// The answer for findings, with what was joined.
    pub fn new(findings: &Findings, joins: Vec<JoinAnswer>) -> Self {
        Self {
            schema: "lotwright/error/1".into(),
            findings: findings.0.iter().map(finding_answer).collect(),
            joins,
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}
