//! A Dataset is boundaries with their tables under one name: a folder on disk, or the copy inside the program.
//!
//! [`Homes`] says where data sets are looked for; a [`Manifest`] says where an imported one comes from.

mod disk;
pub mod homes;
pub mod manifest;
mod name;

use std::borrow::Cow;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{CodeChanges, Grouping, LinkTable, sha256};
use crate::domain::{Finding, Findings};
use homes::Homes;
use manifest::{Manifest, TableRole};
pub use name::DatasetName;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/boundaries");

/// Tables of a data set that say nothing of groups.
const OTHER_TABLES: [&str; 5] = [
    "areas.csv",
    "links.csv",
    "volumes.csv",
    "source-names.csv",
    "sources.csv",
];

/// A file with the name under which it is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Such as `boundaries/lad-2016/lep.csv`.
    pub name: String,
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
}

/// A data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Its name, such as `lad-2016`.
    pub name: String,
    /// The boundaries; an imported data set may hold tables only.
    pub boundaries: Option<DataFile>,
    /// Every table in its folder, by name.
    pub tables: Vec<DataFile>,
    /// The table of code changes that goes with it.
    pub code_changes: Option<DataFile>,
    /// Where it comes from, if it was imported.
    pub manifest: Option<Manifest>,
}

impl Dataset {
    /// Finds a data set by name in the folders given, in their order, then inside the program: `boundaries/NAME.json` with the tables of
    /// `boundaries/NAME/`, or a folder `NAME/` with a manifest, in `boundaries/` or not. `None` where there is none of that name.
    ///
    /// # Errors
    /// A file that is there and cannot be read (G301), a manifest that is none (S407).
    pub fn find(name: &str, folders: &[&Path]) -> Result<Option<Self>, Findings> {
        let located = Homes::of_project(folders).locate(name);
        located.first().map(homes::Located::read).transpose()
    }

    /// Whether two hold the same files, wherever they are.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.boundaries == other.boundaries && self.tables == other.tables
    }

    /// What was changed, or is no longer there, since the import, one warning a file.
    pub fn changed_by_hand(&self) -> Findings {
        let mut findings = Findings::default();
        for (file, imported) in self.manifest.iter().flat_map(Manifest::files) {
            let now = self.file(file).map(|file| sha256(&file.bytes)).unwrap_or_default();
            if now != imported {
                let message = "is not as it was imported: its checksum is another than dataset.toml says";
                let help = "import it again with --force, or say in dataset.toml what was changed, with the new sha256";
                let subject = format!("boundaries/{}/{file}", self.name);
                findings.push(Finding::warning("S406", subject, message, help));
            }
        }
        findings
    }

    fn file(&self, file: &str) -> Option<&DataFile> {
        let name = format!("boundaries/{}/{file}", self.name);
        self.boundaries.iter().chain(&self.tables).find(|f| f.name == name)
    }

    /// Names of the data sets inside the program.
    pub fn embedded_names() -> Vec<String> {
        let stem = |f: &include_dir::File<'_>| Some(f.path().to_str()?.strip_suffix(".json")?.to_string());
        EMBEDDED.files().filter_map(stem).collect()
    }

    /// The table of code changes inside the program.
    pub fn embedded_code_changes() -> Option<DataFile> {
        EMBEDDED.get_file("code-changes.csv").and_then(embedded_file)
    }

    /// Every membership table: by the manifest, or else all tables but those of areas, links, volumes and sources.
    pub fn membership_tables(&self) -> impl Iterator<Item = &DataFile> {
        self.tables.iter().filter(|table| {
            let file = table.name.rsplit('/').next().unwrap_or_default();
            match &self.manifest {
                Some(manifest) => manifest
                    .table(file)
                    .is_some_and(|entry| entry.role == TableRole::Membership),
                None => !OTHER_TABLES.contains(&file),
            }
        })
    }

    /// Every table of links: by the manifest, or else `links.csv`.
    pub fn link_tables(&self) -> impl Iterator<Item = &DataFile> {
        self.tables.iter().filter(|table| {
            let file = table.name.rsplit('/').next().unwrap_or_default();
            match &self.manifest {
                Some(manifest) => manifest.table(file).is_some_and(|entry| entry.role == TableRole::Links),
                None => file == "links.csv",
            }
        })
    }

    /// The membership tables, read.
    ///
    /// # Errors
    /// The faults of all of them (see [`Grouping::read`]).
    pub fn groupings(&self) -> Result<Vec<Grouping>, Findings> {
        let (mut groupings, mut faults) = (Vec::new(), Findings::default());
        for table in self.membership_tables() {
            match Grouping::read(&table.name, &table.bytes) {
                Ok(grouping) => groupings.push(grouping),
                Err(found) => faults.extend(found),
            }
        }
        faults.gate(groupings).map(|(groupings, _)| groupings)
    }

    /// The links, read; none where the data set has no such table.
    ///
    /// # Errors
    /// The faults of the table (see [`LinkTable::read`]).
    pub fn links(&self) -> Result<LinkTable, Findings> {
        self.table("links.csv")
            .map_or_else(|| Ok(LinkTable::default()), |t| LinkTable::read(&t.name, &t.bytes))
    }

    /// The code changes, read; none where there is no such table.
    ///
    /// # Errors
    /// The faults of the table (see [`CodeChanges::read`]).
    pub fn changes(&self) -> Result<CodeChanges, Findings> {
        self.code_changes
            .as_ref()
            .map_or_else(|| Ok(CodeChanges::default()), |t| CodeChanges::read(&t.name, &t.bytes))
    }

    /// The table of that file name, such as `lep.csv`.
    pub fn table(&self, file: &str) -> Option<&DataFile> {
        let name = format!("boundaries/{}/{file}", self.name);
        self.tables.iter().find(|t| t.name == name)
    }
}

fn embedded(name: &str) -> Option<Dataset> {
    let tables = EMBEDDED.get_dir(name).map(Dir::files).into_iter().flatten();
    Some(Dataset {
        name: name.to_string(),
        boundaries: Some(EMBEDDED.get_file(format!("{name}.json")).and_then(embedded_file)?),
        tables: sorted(
            tables
                .filter(|f| disk::is_table(f.path()))
                .filter_map(embedded_file)
                .collect(),
        ),
        code_changes: Dataset::embedded_code_changes(),
        manifest: None,
    })
}

fn embedded_file(file: &'static include_dir::File<'static>) -> Option<DataFile> {
    Some(DataFile {
        name: format!("boundaries/{}", file.path().to_str()?),
        bytes: Cow::Borrowed(file.contents()),
    })
}

fn sorted(mut files: Vec<DataFile>) -> Vec<DataFile> {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_given_comes_before_the_copy_inside() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("boundaries");
        std::fs::create_dir_all(root.join("lad-2016")).unwrap();
        std::fs::write(root.join("lad-2016.json"), b"{}").unwrap();
        std::fs::write(root.join("lad-2016/b.csv"), b"area_code,b\n").unwrap();
        std::fs::write(root.join("lad-2016/a.csv"), b"area_code,a\n").unwrap();
        let found = Dataset::find("lad-2016", &[folder.path()]).unwrap().unwrap();
        assert_eq!(found.boundaries.unwrap().bytes.as_ref(), b"{}");
        let names: Vec<&str> = found.tables.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, vec!["boundaries/lad-2016/a.csv", "boundaries/lad-2016/b.csv"]);
    }

    #[test]
    fn a_name_that_is_a_path_or_unknown_is_no_data_set() {
        assert_eq!(Dataset::find("../lad-2016", &[]).unwrap(), None);
        assert_eq!(Dataset::find("lad-1066", &[]).unwrap(), None);
    }
}
