//! A Dataset is boundaries with their tables under one name: a folder on disk, or the copy inside the program.

use std::borrow::Cow;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{CodeChanges, Grouping, LinkTable};
use crate::domain::{Finding, Findings};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Its name, such as `lad-2016`.
    pub name: String,
    /// The boundaries.
    pub boundaries: DataFile,
    /// Every table in its folder, by name.
    pub tables: Vec<DataFile>,
    /// The table of code changes beside it.
    pub code_changes: Option<DataFile>,
}

impl Dataset {
    /// Finds `boundaries/NAME.json` with the tables of `boundaries/NAME/`: in the folders given, in their order, then
    /// inside the program. `None` where there is none of that name.
    ///
    /// # Errors
    /// A file that is there and cannot be read (G301).
    pub fn find(name: &str, folders: &[&Path]) -> Result<Option<Self>, Findings> {
        if name.is_empty() || name.contains(['/', '\\', '.']) {
            return Ok(None);
        }
        for folder in folders {
            let root = folder.join("boundaries");
            if root.join(format!("{name}.json")).is_file() {
                return Ok(Some(on_disk(name, &root)?));
            }
        }
        Ok(embedded(name))
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

    /// Every membership table, read: all tables but those of areas, links, volumes and source names.
    ///
    /// # Errors
    /// The faults of all of them (see [`Grouping::read`]).
    pub fn groupings(&self) -> Result<Vec<Grouping>, Findings> {
        let (mut groupings, mut faults) = (Vec::new(), Findings::default());
        let stem = |table: &DataFile| table.name.rsplit('/').next().map(str::to_string).unwrap_or_default();
        for table in self.tables.iter().filter(|t| !OTHER_TABLES.contains(&stem(t).as_str())) {
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
        boundaries: EMBEDDED.get_file(format!("{name}.json")).and_then(embedded_file)?,
        tables: sorted(
            tables
                .filter(|f| is_table(f.path()))
                .filter_map(embedded_file)
                .collect(),
        ),
        code_changes: Dataset::embedded_code_changes(),
    })
}

fn embedded_file(file: &'static include_dir::File<'static>) -> Option<DataFile> {
    Some(DataFile {
        name: format!("boundaries/{}", file.path().to_str()?),
        bytes: Cow::Borrowed(file.contents()),
    })
}

fn on_disk(name: &str, root: &Path) -> Result<Dataset, Finding> {
    let file = |path: &Path, shown: String| match std::fs::read(path) {
        Ok(bytes) => Ok(DataFile {
            name: shown,
            bytes: Cow::Owned(bytes),
        }),
        Err(error) => Err(cannot_read(path, &error)),
    };
    let folder = root.join(name);
    let mut tables = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder).map_err(|e| cannot_read(&folder, &e))? {
            let path = entry.map_err(|e| cannot_read(&folder, &e))?.path();
            if let Some(shown) = path.file_name().and_then(|n| n.to_str()).filter(|_| is_table(&path)) {
                tables.push(file(&path, format!("boundaries/{name}/{shown}"))?);
            }
        }
    }
    let changes = root.join("code-changes.csv");
    Ok(Dataset {
        name: name.to_string(),
        boundaries: file(&root.join(format!("{name}.json")), format!("boundaries/{name}.json"))?,
        tables: sorted(tables),
        code_changes: changes
            .is_file()
            .then(|| file(&changes, "boundaries/code-changes.csv".into()))
            .transpose()?,
    })
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "csv")
}

fn sorted(mut files: Vec<DataFile>) -> Vec<DataFile> {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Finding {
    let help = "check that the file is there and may be read";
    Finding::error(
        "G301",
        path.display().to_string(),
        format!("cannot be read: {error}"),
        help,
    )
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
        assert_eq!(found.boundaries.bytes.as_ref(), b"{}");
        let names: Vec<&str> = found.tables.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, vec!["boundaries/lad-2016/a.csv", "boundaries/lad-2016/b.csv"]);
    }

    #[test]
    fn a_name_that_is_a_path_or_unknown_is_no_data_set() {
        assert_eq!(Dataset::find("../lad-2016", &[]).unwrap(), None);
        assert_eq!(Dataset::find("lad-1066", &[]).unwrap(), None);
    }
}
