//! A Case is a scenario with everything that it names, read and joined.

mod groups;
mod named;
mod reader;
mod rejoin;
mod shelf;
mod sources;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::join::RiskRegions;
use super::viability::DerivedFloor;
use crate::domain::{Figure, Finding, Findings, Problem, Scenario};
use crate::io::input::{Input, nearest};
use crate::io::scenario;
use crate::io::settings::Setting;
use crate::io::{BoundarySet, CodeChanges};
use crate::report::publish::Atlas;
use crate::report::{InputAnswer, JoinAnswer, Source};
pub use named::Used;
pub(super) use named::{base, near_and_all, seen, shadowed};
pub(super) use rejoin::Rejoin;
use shelf::Shelf;
pub(super) use sources::uses_grouping;

/// A scenario with everything that it names, read and joined.
pub struct Case {
    /// The scenario as read.
    pub scenario: Scenario,
    /// The problem.
    pub problem: Problem,
    /// Files read, with their checksums.
    pub inputs: Vec<InputAnswer>,
    /// What became of every row of every table.
    pub joins: Vec<JoinAnswer>,
    /// Warnings and notes of reading and joining.
    pub findings: Findings,
    /// For every area of the problem, its volume with the least and the most that it can be.
    pub(super) figures: Vec<Figure>,
    /// The floor that the funding model gives, where the scenario asks for it.
    pub(super) floor: Option<DerivedFloor>,
    /// Which areas share a region.
    pub(super) regions: RiskRegions,
    /// All areas of the boundaries with the groups that they form.
    pub(super) atlas: Atlas,
    pub(super) boundaries: Arc<BoundarySet>,
    /// For every area of the problem, its place in the boundaries.
    pub(super) places: Vec<usize>,
    /// Land that takes no part: a name and its places.
    pub(super) left_out: Vec<(String, Vec<usize>)>,
    /// Links that would join islands that none reaches: island, nearest area, metres between them.
    pub(super) suggested: Vec<(usize, usize, f64)>,
    pub(super) changes: Arc<CodeChanges>,
    pub(super) sources: Vec<Source>,
    /// Data sets that the scenario names.
    pub(super) datasets: Vec<Arc<Used>>,
}

/// Why a case could not be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// A `--set` that cannot be read.
    Usage(String),
    /// Files that are invalid or do not join.
    Input(Findings),
    /// Files that were read and do not join, with what became of every row.
    Unjoined(Box<Unjoined>),
}

/// Tables that do not join with the areas.
#[derive(Debug)]
pub struct Unjoined {
    /// What is wrong.
    pub findings: Findings,
    /// What became of every row of every table.
    pub joins: Vec<JoinAnswer>,
}

impl From<Unjoined> for LoadError {
    fn from(unjoined: Unjoined) -> Self {
        Self::Unjoined(Box::new(unjoined))
    }
}

impl From<Findings> for LoadError {
    fn from(findings: Findings) -> Self {
        Self::Input(findings)
    }
}

impl From<Finding> for LoadError {
    fn from(finding: Finding) -> Self {
        Self::Input(finding.into())
    }
}

impl Case {
    /// Loads a scenario from a `scenario.toml`, the folder that holds it, or standard input (`-`); `sets` are `key=value`, the value as TOML, and go before
    /// the file.
    ///
    /// # Errors
    /// Every fault of every file at once, where the faults of one file do not hide another.
    pub fn load(path: &Path, sets: &[String]) -> Result<Self, LoadError> {
        let (input, folder) = scenario_input(path)?;
        let scenario = scenario::read(&input, &settings(sets)?)?;
        Shelf::read(&input, folder, &scenario)?.case(scenario)
    }

    /// Loads a scenario once for each of `variants`, a `key=value` that goes before `sets`, and has each adjusted. Files are read once, so neither may
    /// choose another file.
    ///
    /// # Errors
    /// As [`Case::load`], for the first variant that has a fault.
    pub(super) fn load_each(
        path: &Path,
        sets: &[String],
        variants: &[String],
        adjust: impl Fn(&mut Scenario),
    ) -> Result<Vec<Self>, LoadError> {
        let (input, folder) = scenario_input(path)?;
        let mut scenarios = Vec::new();
        for variant in variants {
            let sets: Vec<String> = sets.iter().chain([variant]).cloned().collect();
            let mut scenario = scenario::read(&input, &settings(&sets)?)?;
            adjust(&mut scenario);
            scenarios.push(scenario);
        }
        let Some(first) = scenarios.first() else {
            return Ok(Vec::new());
        };
        let shelf = Shelf::read(&input, folder, first)?;
        scenarios.into_iter().map(|scenario| shelf.case(scenario)).collect()
    }
}

/// The `key=value` of a command line, read.
pub(super) fn settings(sets: &[String]) -> Result<Vec<Setting>, LoadError> {
    let sets = sets.iter().map(|set| Setting::parse(set));
    sets.collect::<Result<_, _>>().map_err(LoadError::Usage)
}

/// The scenario as a file, and the folder that its paths are relative to.
fn scenario_input(path: &Path) -> Result<(Input, PathBuf), LoadError> {
    let (file, folder) = scenario_file(path);
    let input = Input::read(&file, &file.display().to_string());
    let input = input.map_err(|fault| match file.exists() || path == Path::new("-") {
        true => fault,
        false => Finding {
            help: near_scenario(&folder, &file),
            ..fault
        },
    })?;
    Ok((input, folder))
}

/// The scenario beside a path where none is that is most like it.
fn near_scenario(folder: &Path, missing: &Path) -> String {
    let listed = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let scenarios = listed.filter(|entry| entry.path().join("scenario.toml").is_file());
    let mut names: Vec<String> = scenarios
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let wanted = missing.file_name().unwrap_or_default().to_string_lossy();
    match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `{}`?", folder.join(name).display()),
        None => "give a folder with a scenario.toml in it, or the path of such a file".into(),
    }
}

/// The scenario file and the folder that its paths are relative to.
pub(super) fn scenario_file(path: &Path) -> (PathBuf, PathBuf) {
    if path == Path::new("-") {
        return (path.to_path_buf(), PathBuf::from("."));
    }
    if path.is_dir() {
        return (path.join("scenario.toml"), path.to_path_buf());
    }
    let folder = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    (path.to_path_buf(), folder)
}
