//! The Target is the folder that a data set goes to: checked before the work, and changed at the end by renaming only.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::app::files::{cannot_write, check_folder};
use crate::domain::Finding;
use crate::io::homes::{DATA_VARIABLE, Homes, MANIFEST, user_folder};
use crate::io::{Dataset, DatasetName};

/// The place of a data set, free or to be replaced.
#[derive(Clone, Debug)]
pub(super) struct Target {
    parent: PathBuf,
    folder: PathBuf,
}

impl Target {
    /// The folder `NAME` in `into`, or else in the folder of the user.
    ///
    /// # Errors
    /// `S401` where the name is taken and may not be replaced; `S003` where nothing can be written there.
    pub(super) fn new(name: &DatasetName, into: Option<&Path>, force: bool) -> Result<Self, Finding> {
        let parent = into.map(Path::to_path_buf).or_else(user_folder).ok_or_else(homeless)?;
        let target = Self {
            folder: parent.join(name.as_str()),
            parent,
        };
        target.may_be_used(name, force)?;
        check_folder(&target.parent)?;
        Ok(target)
    }

    fn may_be_used(&self, name: &DatasetName, force: bool) -> Result<(), Finding> {
        let taken = |message: String, help: &str| Err(Finding::error("S401", name.as_str(), message, help));
        if Dataset::embedded_names().iter().any(|inside| inside == name.as_str()) {
            let message = "is the name of a data set inside the program".to_string();
            return taken(message, "give another name behind --as");
        }
        // Boundaries without a manifest, `boundaries/NAME.json`, go before a folder of that name.
        let bare = Homes::of_project(&[&self.parent]).locate(name.as_str());
        let there = self.folder.symlink_metadata().is_ok();
        if there && !self.folder.join(MANIFEST).is_file() || !there && !bare.is_empty() {
            let message = format!("there is something else of that name in {}", self.parent.display());
            return taken(
                message,
                "give another name behind --as, or another folder behind --into",
            );
        }
        if there && !force {
            let message = format!("there is a data set of that name in {}", self.parent.display());
            return taken(message, "replace it with --force, or give another name behind --as");
        }
        Ok(())
    }

    /// The folder of the data set.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a folder is the one that holds the data set.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        match (fs::canonicalize(&self.parent), fs::canonicalize(folder)) {
            (Ok(own), Ok(other)) => own == other,
            _ => false,
        }
    }

    /// Writes the files into a folder beside the place, and renames it into the place: other programs see all of them or none.
    ///
    /// # Errors
    /// `S003` with the reason that the system gives; then what was there is there still.
    pub(super) fn put(&self, files: &[(String, Vec<u8>)]) -> Result<(), Finding> {
        let failed = |what: &str, error| cannot_write(&self.folder, what, error);
        fs::create_dir_all(&self.parent).map_err(|error| failed("the folder above it cannot be made", error))?;
        let beside = tempfile::Builder::new()
            .prefix(".lotwright-")
            .tempdir_in(&self.parent)
            .map_err(|error| failed("nothing can be written there", error))?;
        // The temporary folder is for its owner only; the one in it has the usual rights.
        let made = beside.path().join("new");
        fs::create_dir(&made).map_err(|error| failed("nothing can be written there", error))?;
        for (name, bytes) in files {
            write(&made.join(name), bytes).map_err(|error| failed(&format!("{name} cannot be written"), error))?;
        }
        let old = beside.path().join("old");
        let replaces = self.folder.exists();
        if replaces {
            fs::rename(&self.folder, &old).map_err(|error| failed("the data set there cannot be replaced", error))?;
        }
        fs::rename(&made, &self.folder).map_err(|error| {
            if replaces && fs::rename(&old, &self.folder).is_err() {
                let kept = beside.keep().join("old");
                return failed(
                    &format!("it cannot be put in its place; what was there is in {}", kept.display()),
                    error,
                );
            }
            failed("it cannot be put in its place; what was there is there still", error)
        })
    }
}

/// Writes a file through to the disk, so that a full one is noticed before the renaming.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn homeless() -> Finding {
    let message = "there is no folder for data of the user on this system";
    let help = format!("name a folder with --into, or in the variable {DATA_VARIABLE}");
    Finding::error("S003", "--into", message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(word: &str) -> DatasetName {
        word.parse().unwrap()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_data_set_is_replaced_whole_and_only_by_force() {
        let folder = tempfile::tempdir().unwrap();
        let target = |force| Target::new(&name("mine"), Some(folder.path()), force);
        let files = |text: &str| vec![(MANIFEST.to_string(), text.as_bytes().to_vec())];
        let mut first = files("1");
        first.push(("gone.csv".into(), Vec::new()));
        target(false).unwrap().put(&first).unwrap();
        assert_eq!(target(false).unwrap_err().code, "S401");
        target(true).unwrap().put(&files("2")).unwrap();
        assert_eq!(names_in(folder.path()), ["mine"]);
        assert_eq!(names_in(&folder.path().join("mine")), [MANIFEST]);
        assert_eq!(fs::read(folder.path().join("mine").join(MANIFEST)).unwrap(), b"2");
    }

    #[test]
    fn what_is_no_imported_data_set_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("boundaries");
        fs::create_dir_all(root.join("plain")).unwrap();
        fs::write(root.join("bare.json"), "{}").unwrap();
        for word in ["plain", "bare", "lad-2016"] {
            let refused = Target::new(&name(word), Some(&root), true).unwrap_err();
            assert_eq!(refused.code, "S401", "{word}");
        }
    }

    #[test]
    fn a_failure_in_the_middle_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::new(&name("mine"), Some(folder.path()), false).unwrap();
        let files = vec![
            ("a".to_string(), b"1".to_vec()),
            ("no/such/folder".to_string(), Vec::new()),
        ];
        assert_eq!(target.put(&files).unwrap_err().code, "S003");
        assert!(names_in(folder.path()).is_empty());
    }
}
