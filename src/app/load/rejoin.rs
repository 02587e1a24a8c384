//! A Rejoin is a scenario with its files read once, to be joined again whenever one of its keys changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::shelf::Shelf;
use super::{Case, LoadError, scenario_input, settings};
use crate::io::input::Input;
use crate::io::scenario;

/// A scenario with everything that it names, read once.
pub struct Rejoin {
    /// The scenario as it was named.
    pub path: PathBuf,
    input: Input,
    shelf: Shelf,
}

impl Rejoin {
    /// Reads a scenario and every file that it names; `sets` go before the file, as in [`Case::load`].
    ///
    /// # Errors
    /// As [`Case::load`], but for what only the join finds.
    pub fn read(path: &Path, sets: &[String]) -> Result<Self, LoadError> {
        let (input, folder) = scenario_input(path)?;
        let scenario = scenario::read(&input, &settings(sets)?)?;
        Ok(Self {
            path: path.to_path_buf(),
            shelf: Shelf::read(&input, folder, &scenario)?,
            input,
        })
    }

    /// The case under these keys, which may name no other file than those that were read.
    ///
    /// # Errors
    /// Faults of the keys and of the join.
    pub fn case(&self, sets: &[String]) -> Result<Case, LoadError> {
        self.shelf.case(scenario::read(&self.input, &settings(sets)?)?)
    }

    /// The same where one of the keys, `lots.locks`, names the file `locks`.
    ///
    /// # Errors
    /// As [`Rejoin::case`], and faults of the locks.
    pub fn case_with_locks(&self, sets: &[String], locks: &Input) -> Result<Case, LoadError> {
        let scenario = scenario::read(&self.input, &settings(sets)?)?;
        self.shelf.case_with_locks(scenario, locks)
    }

    /// For each area of one of its cases its groups: grouping to the values that hold it.
    pub fn memberships(&self, case: &Case) -> Vec<BTreeMap<String, Vec<String>>> {
        self.shelf.memberships(case)
    }

    /// The folder that paths of the scenario are relative to.
    pub fn folder(&self) -> &Path {
        self.shelf.folder()
    }
}
