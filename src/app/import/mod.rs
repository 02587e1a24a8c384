//! The import makes one named data set of boundary files and tables: canonical files, and a manifest of where they come from and what was done to them.

mod boundaries;
mod draft;
mod fitting;
mod tables;
mod target;

use std::path::PathBuf;

use serde::Serialize;

use super::answer::finding_answer;
use super::load::shadowed;
use super::solve::AppError;
use crate::domain::{Finding, Findings};
use crate::io::homes::{Homes, Located};
use crate::io::manifest::{ImportOptions, Manifest};
use crate::io::{CodeChanges, DatasetName};
use crate::report::FindingAnswer;
use draft::Draft;
use target::Target;

/// What to import, and how.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// Paths; `-` is standard input, and a sheet or layer stands behind a `#`.
    pub files: Vec<String>,
    /// Name of the data set.
    pub name: DatasetName,
    /// The folder to put it in; without it, that of the user.
    pub into: Option<PathBuf>,
    /// What the user says of the data.
    pub stated: Stated,
    /// What the user chose of the files.
    pub options: ImportOptions,
    /// Whether a data set of that name is replaced.
    pub force: bool,
}

/// What the user says of the data.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// What it is.
    pub title: Option<String>,
    /// Who made it.
    pub source: Option<String>,
    /// The licence.
    pub licence: Option<String>,
    /// The words that the licence asks for.
    pub attribution: Option<String>,
    /// Date of the code list.
    pub vintage: Option<String>,
    /// The day of the import.
    pub date: Option<String>,
}

/// A data set that was made.
#[derive(Clone, Debug, Serialize)]
pub struct ImportAnswer {
    /// `lotwright/import/1`.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The folder that it stands in.
    pub folder: String,
    /// Its manifest.
    pub dataset: Manifest,
    /// Keys of a scenario that name it.
    pub keys: Vec<String>,
    /// What there is to say, the findings of the manifest among it.
    pub findings: Vec<FindingAnswer>,
    /// Version of the program.
    pub version: String,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// The files, the name or the place will not do.
    Input(Findings),
    /// The program's own fault.
    App(AppError),
}

impl From<Findings> for ImportError {
    fn from(findings: Findings) -> Self {
        Self::Input(findings)
    }
}

impl From<Finding> for ImportError {
    fn from(finding: Finding) -> Self {
        Self::Input(finding.into())
    }
}

/// Makes the data set, or nothing at all: it is read back before it is written, written beside its place, and renamed into it at the end.
///
/// # Errors
/// Every fault of the files as the doctor tells them; `S401` to `S403` and `S409` for what makes no data set; `S003` where it cannot be written.
pub fn import(request: &ImportRequest) -> Result<ImportAnswer, ImportError> {
    let target = Target::new(&request.name, request.into.as_deref(), request.force)?;
    let mut draft = Draft::new(request, CodeChanges::embedded()?);
    for file in &request.files {
        draft.read(file);
    }
    let (manifest, files, mut findings) = draft.finish()?;
    target.put(&files)?;
    findings.extend(namesakes(&request.name, &target));
    Ok(ImportAnswer {
        schema: "lotwright/import/1".into(),
        name: request.name.to_string(),
        folder: target.folder().display().to_string(),
        keys: keys(&manifest),
        findings: findings.0.iter().map(finding_answer).collect(),
        dataset: manifest,
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

/// Data sets of the same name elsewhere, as a scenario in the working folder would see them.
fn namesakes(name: &DatasetName, target: &Target) -> Findings {
    let located = Homes::of_scenario(std::path::Path::new(".")).locate(name.as_str());
    let made = |one: &&Located| one.home.folder().is_some_and(|folder| target.is_in(folder));
    let (Some(first), Some(own)) = (located.first(), located.iter().find(made)) else {
        return Findings::default();
    };
    let others = located.iter().filter(|other| *other != own);
    Findings(
        others
            .map(|other| {
                if first == own {
                    shadowed(own, other)
                } else {
                    shadowed(other, own)
                }
            })
            .collect(),
    )
}

/// The keys of a scenario that would use it.
fn keys(manifest: &Manifest) -> Vec<String> {
    use crate::io::manifest::TableRole;
    let name = &manifest.name;
    let mut keys: Vec<String> = manifest
        .boundaries
        .iter()
        .map(|_| format!("areas.boundaries = \"{name}\""))
        .collect();
    let alone = manifest.boundaries.is_none();
    let of = |role: TableRole| {
        let tables = manifest.tables.iter().filter(move |table| table.role == role);
        tables.map(|table| format!("\"{name}/{}\"", table.file))
    };
    // Groupings may come from many tables, which stand in one list; of volumes and links a scenario names one table.
    let memberships: Vec<String> = of(TableRole::Membership).filter(|_| alone).collect();
    if !memberships.is_empty() {
        keys.push(format!("areas.tables = [{}]", memberships.join(", ")));
    }
    keys.extend(
        of(TableRole::Links)
            .filter(|_| alone)
            .map(|file| format!("areas.links_file = {file}")),
    );
    keys.extend(of(TableRole::Volumes).map(|file| format!("volumes.file = {file}")));
    keys
}
