//! The data sets that can be named: where each is, what it holds, where it comes from, and whether it is as it was imported.

use std::path::Path;

use serde::Serialize;

use super::answer::finding_answer;
use super::load::{Used, base, near_and_all, shadowed};
use crate::domain::{Finding, Findings};
use crate::geo::Rigour;
use crate::io::homes::{Home, Homes, Located, MANIFEST};
use crate::io::manifest::{FindingEntry, ImportOptions, InputEntry, Manifest, TableEntry, TableRole};
use crate::io::{BoundarySet, BoundarySource, Dataset};
use crate::report::FindingAnswer;

/// A data set with its provenance.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DatasetAnswer {
    /// Its name.
    pub name: String,
    /// `project`, `program` or `user`: where it is.
    pub home: String,
    /// What it is.
    pub title: String,
    /// Who made the data, or `not stated`.
    pub source: String,
    /// The licence, or `not stated`.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
    /// Date of the code list, or `not stated`.
    pub vintage: String,
    /// The day of the import, where it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Number of areas; null where it holds tables only.
    pub areas: Option<usize>,
    /// Number of common borders.
    pub borders: Option<usize>,
    /// Its tables; of those that were not imported, only name and role are known.
    pub tables: Vec<TableEntry>,
    /// The files that it was imported from.
    pub inputs: Vec<InputEntry>,
    /// What the user chose of them.
    pub options: ImportOptions,
    /// What was done, step by step.
    pub steps: Vec<String>,
    /// What the import had to say.
    pub told: Vec<FindingEntry>,
    /// Whether it was imported and so has checksums.
    pub imported: bool,
    /// What is wrong with it now: files that were changed by hand, another data set of its name.
    pub findings: Vec<FindingAnswer>,
}

/// All data sets, or one, with the folder of each.
#[derive(Clone, Debug, Serialize)]
pub struct DatasetsAnswer {
    /// `lotwright/datasets/1`.
    pub schema: String,
    /// The data sets, by name.
    pub datasets: Vec<PlacedDataset>,
    /// The folder of the user, where imports go; null where the system has none.
    pub user_folder: Option<String>,
    /// Version of the program.
    pub version: String,
}

/// A data set with its folder.
#[derive(Clone, Debug, Serialize)]
pub struct PlacedDataset {
    /// The folder that holds it; null inside the program.
    pub folder: Option<String>,
    /// The data set.
    #[serde(flatten)]
    pub dataset: DatasetAnswer,
}

/// Every data set that a scenario in the working folder could name. One that cannot be read stands there with its faults.
pub fn datasets() -> DatasetsAnswer {
    let homes = Homes::of_scenario(Path::new("."));
    answer(homes.list().iter().map(|located| placed(&homes, located)).collect())
}

/// One data set, by its name or the path of its folder.
///
/// # Errors
/// `S306` with the names that there are.
pub fn dataset(name: &str) -> Result<DatasetsAnswer, Finding> {
    let homes = Homes::of_scenario(Path::new("."));
    let located = at_path(name).or_else(|| homes.locate(name).into_iter().next());
    let Some(located) = located else {
        let names = homes.names();
        let all = format!(
            "data sets are: {}; a scenario is named by its file or its folder",
            names.join(", ")
        );
        let help = near_and_all(name, &names, &all);
        return Err(Finding::error("S306", name, "is no scenario and no data set", help));
    };
    Ok(answer(vec![placed(&homes, &located)]))
}

/// Whether a word names a data set rather than a scenario: nothing is there by that path, or a folder with a manifest.
pub fn names_dataset(word: &Path) -> bool {
    word != Path::new("-") && (!word.exists() || word.join(MANIFEST).is_file())
        || word.is_dir()
            && !word.join("scenario.toml").is_file()
            && word
                .to_str()
                .is_some_and(|name| !Homes::of_scenario(Path::new(".")).locate(name).is_empty())
}

fn at_path(name: &str) -> Option<Located> {
    let path = std::path::absolute(name)
        .ok()
        .filter(|path| path.join(MANIFEST).is_file())?;
    Some(Located {
        name: path.file_name()?.to_str()?.to_string(),
        home: Home::Project(path.parent()?.to_path_buf()),
    })
}

fn answer(datasets: Vec<PlacedDataset>) -> DatasetsAnswer {
    DatasetsAnswer {
        schema: "lotwright/datasets/1".into(),
        datasets,
        user_folder: crate::io::homes::user_folder().map(|folder| folder.display().to_string()),
        version: env!("CARGO_PKG_VERSION").into(),
    }
}

fn placed(homes: &Homes, located: &Located) -> PlacedDataset {
    let mut dataset = match located.read() {
        Ok(dataset) => of_dataset(located, &dataset, &others(homes, located, &dataset)),
        Err(faults) => DatasetAnswer {
            name: located.name.clone(),
            home: located.home.word().into(),
            findings: faults.0.iter().map(finding_answer).collect(),
            ..DatasetAnswer::default()
        },
    };
    if dataset.title.is_empty() {
        dataset.title = located.name.clone();
    }
    PlacedDataset {
        folder: located.home.folder().map(|folder| folder.display().to_string()),
        dataset,
    }
}

/// Data sets of the same name that hold other files.
fn others(homes: &Homes, located: &Located, dataset: &Dataset) -> Findings {
    let all = homes.locate(&located.name);
    let differs = |other: &&Located| *other != located && !other.read().is_ok_and(|other| other.is_same_as(dataset));
    Findings(
        all.iter()
            .filter(differs)
            .map(|other| shadowed(located, other))
            .collect(),
    )
}

/// A data set that a scenario uses.
pub(super) fn of_used(used: &Used) -> DatasetAnswer {
    of_dataset(&used.located, &used.dataset, &Findings::default())
}

fn of_dataset(located: &Located, dataset: &Dataset, findings: &Findings) -> DatasetAnswer {
    let changed = dataset.changed_by_hand();
    let findings = findings.0.iter().chain(&changed.0).map(finding_answer).collect();
    let seen = match &dataset.manifest {
        Some(manifest) => imported(manifest),
        None => bare(dataset),
    };
    DatasetAnswer {
        name: dataset.name.clone(),
        home: located.home.word().into(),
        findings,
        ..seen
    }
}

fn imported(manifest: &Manifest) -> DatasetAnswer {
    let manifest = manifest.clone();
    DatasetAnswer {
        title: manifest.title,
        source: manifest.source,
        licence: manifest.licence,
        attribution: manifest.attribution,
        vintage: manifest.vintage,
        date: manifest.date,
        areas: manifest.boundaries.as_ref().map(|entry| entry.areas),
        borders: manifest.boundaries.as_ref().map(|entry| entry.borders),
        tables: manifest.tables,
        inputs: manifest.inputs,
        options: manifest.options,
        steps: manifest.steps,
        told: manifest.findings,
        imported: true,
        ..DatasetAnswer::default()
    }
}

/// A data set without a manifest: its boundaries say where they come from.
fn bare(dataset: &Dataset) -> DatasetAnswer {
    let role = |name: &str| {
        let is = |table: &crate::io::DataFile| table.name == name;
        if dataset.link_tables().any(is) {
            Some(TableRole::Links)
        } else if dataset.membership_tables().any(is) {
            Some(TableRole::Membership)
        } else {
            (base(name) == "volumes.csv").then_some(TableRole::Volumes)
        }
    };
    let tables = dataset.tables.iter().filter_map(|table| {
        Some(TableEntry {
            file: base(&table.name).into(),
            sha256: crate::io::sha256(&table.bytes),
            role: role(&table.name)?,
            ..TableEntry::default()
        })
    });
    let tables = tables.collect();
    let Some(Ok((set, _))) = dataset.boundaries.as_ref().map(|file| {
        let source = BoundarySource {
            file: &file.name,
            bytes: &file.bytes,
            ..BoundarySource::default()
        };
        BoundarySet::read_with(&source, Rigour::Careful)
    }) else {
        return DatasetAnswer {
            tables,
            ..DatasetAnswer::default()
        };
    };
    DatasetAnswer {
        areas: Some(set.places.len()),
        borders: Some(set.coverage.borders().len()),
        tables,
        title: set.provenance.title,
        source: set.provenance.source,
        licence: set.provenance.licence,
        attribution: set.provenance.attribution,
        vintage: set.provenance.vintage,
        ..DatasetAnswer::default()
    }
}
