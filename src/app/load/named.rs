//! What a scenario names: files beside it, data sets, and tables of data sets as `NAME/FILE`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::reader::{Reader, file_and_layer};
use crate::domain::{Finding, Findings};
use crate::io::homes::{Home, Located, MANIFEST};
use crate::io::input::{Input, did_you_mean, nearest};
use crate::io::manifest::TableEntry;
use crate::io::{DataFile, Dataset};
use crate::report::InputAnswer;

/// A data set that a scenario uses.
#[derive(Clone, Debug)]
pub struct Used {
    /// Where it was found.
    pub located: Located,
    /// Its files.
    pub dataset: Dataset,
}

impl Reader {
    /// The data set of that name, or `None` where the word is the path of a file.
    pub(super) fn dataset(&mut self, name: &str, place: &str) -> Option<Option<Arc<Used>>> {
        if self.folder.join(file_and_layer(name).0).is_file() {
            return Some(None);
        }
        let located = match self.at_path(name) {
            Some(located) => vec![located],
            None => self.homes.locate(name),
        };
        if located.is_empty() {
            let names = self.homes.names();
            let all = format!(
                "data sets are: {}; a path is relative to the folder of the scenario",
                names.join(", ")
            );
            let help = near_and_all(name, &names, &all);
            let message = format!("`{name}` is no data set and no file");
            self.faults.push(Finding::error("S306", place, message, help));
            return None;
        }
        let used = self.open(&located)?;
        if used.dataset.boundaries.is_none() {
            let message = format!("the data set `{name}` holds tables and no boundaries");
            let help = "name boundaries here, and its tables where they are needed, such as volumes.file = \"NAME/volumes.csv\"";
            self.faults.push(Finding::error("S408", place, message, help));
            return None;
        }
        Some(Some(used))
    }

    /// A data set by the path of its folder, relative to the scenario.
    fn at_path(&self, name: &str) -> Option<Located> {
        let path = self.folder.join(name);
        let stands = Path::new(name).components().count() > 1 && path.join(MANIFEST).is_file();
        let located = || {
            Some(Located {
                name: path.file_name()?.to_str()?.to_string(),
                home: Home::Project(path.parent()?.to_path_buf()),
            })
        };
        stands.then(located).flatten()
    }

    /// Reads the first of the data sets of a name, once; tells what was changed by hand, and others of the name that are not the same.
    fn open(&mut self, located: &[Located]) -> Option<Arc<Used>> {
        let first = located.first()?;
        if let Some(used) = self.used.iter().find(|used| used.located == *first) {
            return Some(Arc::clone(used));
        }
        let dataset = self.keep(first.read())?;
        for other in &located[1..] {
            // One that cannot be read is another one, too.
            if !other.read().is_ok_and(|other| other.is_same_as(&dataset)) {
                self.findings.push(shadowed(first, other));
            }
        }
        self.findings.extend(dataset.changed_by_hand());
        let used = Arc::new(Used {
            located: first.clone(),
            dataset,
        });
        self.used.push(Arc::clone(&used));
        Some(used)
    }

    /// A table of a data set by `NAME/FILE`; `None` where no data set has that name.
    fn named_table(&mut self, file: &str) -> Option<Option<DataFile>> {
        let (name, table) = file.split_once('/')?;
        let located = self.homes.locate(name);
        if located.is_empty() {
            return None;
        }
        let Some(used) = self.open(&located) else {
            return Some(None);
        };
        let found = used.dataset.table(table).cloned();
        if found.is_none() {
            let tables: Vec<&str> = used.dataset.tables.iter().map(|table| base(&table.name)).collect();
            let message = format!("the data set `{name}` has no table `{table}`");
            let otherwise = format!("its tables are: {}", tables.join(", "));
            let help = did_you_mean(table, tables.iter().copied(), &otherwise);
            self.faults.push(Finding::error("S408", file, message, help));
        }
        Some(found)
    }

    /// What the manifest of a data set says of a table that was read from it.
    pub(super) fn entry(&self, input: &str) -> Option<TableEntry> {
        self.used.iter().find_map(|used| {
            let file = input.strip_prefix(&format!("boundaries/{}/", used.dataset.name))?;
            used.dataset.manifest.as_ref()?.table(file).cloned()
        })
    }

    /// A file beside the scenario, or else the table of a data set.
    pub(super) fn read_beside(&mut self, file: &str) -> Option<Input> {
        let path = if file == "-" {
            PathBuf::from(file)
        } else {
            self.folder.join(file)
        };
        if !path.exists()
            && let Some(table) = self.named_table(file)
        {
            return table.map(|table| self.take(&table));
        }
        let input = self.keep(Input::read(&path, file).map_err(Findings::from))?;
        self.inputs.push(seen(&input));
        Some(input)
    }

    pub(super) fn take(&mut self, file: &DataFile) -> Input {
        let input = Input::from_bytes(file.name.clone(), file.bytes.to_vec());
        self.inputs.push(seen(&input));
        input
    }
}

/// `did you mean X?` where a name is near, and all that there are.
pub(in crate::app) fn near_and_all(wanted: &str, names: &[String], all: &str) -> String {
    let near = nearest(wanted, names.iter().map(String::as_str));
    near.map_or_else(|| all.to_string(), |name| format!("did you mean `{name}`? {all}"))
}

/// Two data sets of one name.
pub(in crate::app) fn shadowed(first: &Located, other: &Located) -> Finding {
    let message = format!(
        "is the name of two data sets that differ: that in {} is read, that in {} is not",
        first.home, other.home
    );
    let help = "import one of them under another name, or delete the one that is not wanted";
    Finding::warning("S405", &first.name, message, help)
}

/// The name of a file without its folders.
pub(in crate::app) fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

pub(in crate::app) fn seen(input: &Input) -> InputAnswer {
    InputAnswer {
        file: input.name.clone(),
        sha256: input.sha256.clone(),
    }
}
