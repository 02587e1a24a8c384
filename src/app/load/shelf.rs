//! A Shelf holds everything that a scenario names, read once, to be joined as often as it is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::named::{Used, seen};
use super::reader::Reader;
use super::{Case, LoadError, Unjoined};
use crate::app::join::{Joined, Tables, join, memberships};
use crate::app::viability::DerivedFloor;
use crate::domain::{Findings, Scenario};
use crate::io::input::Input;
use crate::io::plan::{self, PlanFile};
use crate::report::{InputAnswer, Source};

/// Everything that a scenario names, read and ready to be joined.
pub(super) struct Shelf {
    /// The folder that paths of the scenario are relative to.
    folder: PathBuf,
    tables: Tables,
    sources: Vec<Source>,
    datasets: Vec<Arc<Used>>,
    inputs: Vec<InputAnswer>,
    findings: Findings,
    faults: Findings,
}

impl Shelf {
    /// For each area of a case that was joined from here its groups: grouping to the values that hold it.
    pub(super) fn memberships(&self, case: &Case) -> Vec<BTreeMap<String, Vec<String>>> {
        memberships(&self.tables, &case.places)
    }

    /// The folder that paths of the scenario are relative to.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads every file. Tables with faults in some rows are kept: [`Shelf::case`] tells those faults with the faults of the join.
    pub(super) fn read(input: &Input, folder: PathBuf, scenario: &Scenario) -> Result<Self, LoadError> {
        let mut reader = Reader::new(input, folder);
        match reader.tables(scenario) {
            Some((tables, sources)) => Ok(Self {
                folder: reader.folder,
                tables,
                sources,
                datasets: reader.used,
                inputs: reader.inputs,
                findings: reader.findings,
                faults: reader.faults,
            }),
            None => Err(reader.faults.into()),
        }
    }

    /// Joins the tables with a scenario.
    pub(super) fn case(&self, scenario: Scenario) -> Result<Case, LoadError> {
        self.joined(scenario, self.tables.locks.as_ref(), self.inputs.clone())
    }

    /// Joins the tables with a scenario that names another file of locks than the one that was read.
    pub(super) fn case_with_locks(&self, scenario: Scenario, input: &Input) -> Result<Case, LoadError> {
        let locks = plan::read(input)?;
        let mut inputs = self.inputs.clone();
        // The file of locks is the last that is read.
        inputs.truncate(inputs.len() - usize::from(self.tables.locks.is_some()));
        inputs.push(seen(input));
        self.joined(scenario, Some(&locks), inputs)
    }

    fn joined(
        &self,
        scenario: Scenario,
        locks: Option<&PlanFile>,
        mut inputs: Vec<InputAnswer>,
    ) -> Result<Case, LoadError> {
        let joined = join(&scenario, &self.tables, locks);
        if self.faults.has_errors() {
            let mut findings = self.faults.clone();
            let joins = match joined {
                Ok(joined) => joined.joins,
                Err(unjoined) => {
                    findings.extend(unjoined.findings);
                    unjoined.joins
                }
            };
            return Err(Unjoined { findings, joins }.into());
        }
        let Joined {
            problem,
            places,
            left_out,
            figures,
            regions,
            atlas,
            joins,
            suggested,
            findings,
        } = joined?;
        let mut all = self.findings.clone();
        all.extend(findings);
        let floor = DerivedFloor::of(&scenario, problem.funding(), &self.folder)?;
        if let Some(floor) = &floor {
            all.extend(floor.findings.clone());
            inputs.push(floor.input.clone());
        }
        Ok(Case {
            scenario,
            problem: match &floor {
                Some(floor) => floor.apply(problem),
                None => problem,
            },
            floor,
            inputs,
            joins,
            findings: all,
            figures,
            regions,
            atlas,
            boundaries: Arc::clone(&self.tables.boundaries),
            places,
            left_out,
            suggested,
            changes: Arc::clone(&self.tables.changes),
            sources: self.sources.clone(),
            datasets: self.datasets.clone(),
        })
    }
}
