//! Data sets on disk: `NAME.json` beside a folder of tables, or a folder `NAME/` with a manifest, as the import makes it.

use std::borrow::Cow;
use std::path::Path;

use super::homes::MANIFEST;
use super::manifest::Manifest;
use super::{DataFile, Dataset, sorted};
use crate::domain::{Finding, Findings};

/// Folders that are called so hold `NAME.json`, too; elsewhere such a file may be anything.
const BOUNDARIES: &str = "boundaries";

/// Whether a word could name a data set: a path never does.
pub(super) fn is_word(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '.'])
}

/// Whether a folder holds a data set of that name.
pub(super) fn is_there(name: &str, folder: &Path) -> bool {
    is_bare(name, folder) || folder.join(name).join(MANIFEST).is_file()
}

/// Whether it is boundaries without a manifest.
fn is_bare(name: &str, folder: &Path) -> bool {
    folder.file_name().is_some_and(|last| last == BOUNDARIES) && folder.join(format!("{name}.json")).is_file()
}

/// Names of the data sets in a folder, in no order; none where it cannot be listed.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let name = |entry: std::fs::DirEntry| {
        let file = entry.file_name();
        let word = file.to_str()?;
        let name = word.strip_suffix(".json").unwrap_or(word);
        (is_word(name) && is_there(name, folder)).then(|| name.to_string())
    };
    entries.flatten().filter_map(name).collect()
}

/// Reads the data set of that name in a folder.
pub(super) fn read(name: &str, folder: &Path) -> Result<Dataset, Findings> {
    if is_bare(name, folder) {
        return Ok(bare(name, folder)?);
    }
    described(name, &folder.join(name))
}

/// `NAME.json` with the tables of `NAME/`.
fn bare(name: &str, root: &Path) -> Result<Dataset, Finding> {
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
        boundaries: Some(file(
            &root.join(format!("{name}.json")),
            format!("boundaries/{name}.json"),
        )?),
        tables: sorted(tables),
        code_changes: changes
            .is_file()
            .then(|| file(&changes, "boundaries/code-changes.csv".into()))
            .transpose()?,
        manifest: None,
    })
}

/// The files that the manifest of a folder names. Codes are followed by the table of changes inside the program.
fn described(name: &str, folder: &Path) -> Result<Dataset, Findings> {
    let shown = |of: &str| format!("boundaries/{name}/{of}");
    let text = file(&folder.join(MANIFEST), shown(MANIFEST))?;
    let manifest = Manifest::read(&folder.join(MANIFEST).display().to_string(), &text.bytes)?;
    let mut faults = Findings::default();
    let mut take = |of: &str| {
        // A manifest may have been written by anybody, and must not lead out of its folder.
        let read = if Path::new(of).file_name().is_some_and(|last| last == of) {
            file(&folder.join(of), shown(of))
        } else {
            let help = "import the data set again, with --force";
            Err(Finding::error(
                "S407",
                folder.join(MANIFEST).display().to_string(),
                format!("names the file `{of}`, which is not in its folder"),
                help,
            ))
        };
        read.map_err(|fault| faults.push(fault)).ok()
    };
    let boundaries = manifest.boundaries.as_ref().and_then(|entry| take(&entry.file));
    let tables = manifest.tables.iter().filter_map(|entry| take(&entry.file)).collect();
    faults
        .gate(Dataset {
            name: name.to_string(),
            boundaries,
            tables: sorted(tables),
            code_changes: Dataset::embedded_code_changes(),
            manifest: Some(manifest),
        })
        .map(|(dataset, _)| dataset)
}

fn file(path: &Path, shown: String) -> Result<DataFile, Finding> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(DataFile {
            name: shown,
            bytes: Cow::Owned(bytes),
        }),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

pub(super) fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "csv")
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
