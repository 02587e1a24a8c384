//! A Case is a scenario with everything that it names, read and joined.

use std::path::{Path, PathBuf};

use super::join::{Joined, Tables, join};
use crate::domain::{Finding, Findings, Problem, Scenario};
use crate::io::boundaries::BoundarySet;
use crate::io::code_changes::CodeChanges;
use crate::io::input::Input;
use crate::io::settings::Setting;
use crate::io::{dataset, membership, plan, scenario, volumes};
use crate::report::InputAnswer;

/// What the command line changes in a scenario.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Keys set, in order; a later one goes before an earlier one.
    pub sets: Vec<Setting>,
}

/// A scenario with everything that it names, read and joined.
pub struct Case {
    /// The scenario as read.
    pub scenario: Scenario,
    /// The problem.
    pub problem: Problem,
    /// Files read, with their checksums.
    pub inputs: Vec<InputAnswer>,
    /// Warnings and notes of reading and joining.
    pub findings: Findings,
    pub(super) boundaries: BoundarySet,
    /// For every area of the problem, its place in the boundaries.
    pub(super) places: Vec<usize>,
    pub(super) changes: CodeChanges,
}
