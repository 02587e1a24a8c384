//! Homes are the places where data sets are looked for: the folders of a project, the inside of the program, the folder of the user.

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Dataset, disk, embedded};
use crate::domain::{Finding, Findings};

/// The file that makes a folder a data set.
pub const MANIFEST: &str = "dataset.toml";

/// The variable that names the folder of the user's data sets.
pub const DATA_VARIABLE: &str = "LOTWRIGHT_DATA";

/// Where a data set was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// In a folder of the project: the folder that holds it.
    Project(PathBuf),
    /// Inside the program.
    Inside,
    /// In the folder of the user: the folder that holds it.
    User(PathBuf),
}

impl Home {
    /// `project`, `program` or `user`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Project(_) => "project",
            Self::Inside => "program",
            Self::User(_) => "user",
        }
    }

    /// The folder that holds the data set; none inside the program.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Project(folder) | Self::User(folder) => Some(folder),
            Self::Inside => None,
        }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Project(folder) => write!(f, "{}", folder.display()),
            Self::Inside => f.write_str("inside the program"),
            Self::User(folder) => write!(f, "{} (the folder of the user)", folder.display()),
        }
    }
}

/// A data set with the place where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub home: Home,
}

impl Located {
    /// Reads it.
    ///
    /// # Errors
    /// A file that cannot be read (G301), a manifest that is none (S407).
    pub fn read(&self) -> Result<Dataset, Findings> {
        match self.home.folder() {
            Some(folder) => disk::read(&self.name, folder),
            None => embedded(&self.name).ok_or_else(|| {
                let help = "`lotwright inspect` lists the data sets";
                Finding::error("S306", &self.name, "is not inside the program", help).into()
            }),
        }
    }
}

/// Where data sets are looked for, in this order: folders of the project, inside the program, the folder of the user.
#[derive(Clone, Debug, Default)]
pub struct Homes {
    project: Vec<PathBuf>,
    user: Option<PathBuf>,
}

impl Homes {
    /// The folder of a scenario with those above it, then the working folder, and the user's folder as the system says.
    pub fn of_scenario(folder: &Path) -> Self {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = absolute(folder);
        let mut project: Vec<PathBuf> = folder.ancestors().map(Path::to_path_buf).collect();
        for above in absolute(Path::new(".")).ancestors() {
            if !project.iter().any(|known| known == above) {
                project.push(above.to_path_buf());
            }
        }
        Self {
            project,
            user: user_folder(),
        }
    }

    /// These folders of a project, and no folder of the user.
    pub fn of_project(folders: &[&Path]) -> Self {
        Self {
            project: folders.iter().map(|folder| folder.to_path_buf()).collect(),
            user: None,
        }
    }

    /// Every data set of that name, the one that counts first.
    pub fn locate(&self, name: &str) -> Vec<Located> {
        if !disk::is_word(name) {
            return Vec::new();
        }
        let there = self.shelves().filter(|home| match home.folder() {
            Some(folder) => disk::is_there(name, folder),
            None => embedded(name).is_some(),
        });
        let located = |home| Located {
            name: name.to_string(),
            home,
        };
        there.map(located).collect()
    }

    /// Every data set that counts, by name.
    pub fn list(&self) -> Vec<Located> {
        let mut names: Vec<String> = self
            .shelves()
            .flat_map(|home| match home.folder() {
                Some(folder) => disk::names(folder),
                None => Dataset::embedded_names(),
            })
            .collect();
        names.sort();
        names.dedup();
        names
            .iter()
            .filter_map(|name| self.locate(name).into_iter().next())
            .collect()
    }

    /// The names of all of them.
    pub fn names(&self) -> Vec<String> {
        self.list().into_iter().map(|located| located.name).collect()
    }

    /// The folders that may hold data sets: `boundaries/` of each folder, and the folder itself.
    fn shelves(&self) -> impl Iterator<Item = Home> {
        let both = |folder: &PathBuf| [folder.join("boundaries"), folder.clone()];
        let project = self.project.iter().flat_map(both).map(Home::Project);
        let user = self.user.iter().flat_map(both).map(Home::User);
        project.chain([Home::Inside]).chain(user)
    }
}

/// The folder of the user's data sets: what [`DATA_VARIABLE`] names, or else `lotwright` in the data folder of the system; `None` where there is neither.
pub fn user_folder() -> Option<PathBuf> {
    let named = std::env::var_os(DATA_VARIABLE).filter(|value| !value.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let system = etcetera::choose_base_strategy().ok()?;
        Some(system.data_dir().join("lotwright"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{Manifest, SCHEMA};
    use super::*;

    /// A folder that holds a data set `NAME/dataset.toml` in each of `places`.
    fn holding(places: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for place in places {
            let path = folder.path().join(place);
            std::fs::create_dir_all(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let manifest = Manifest {
                schema: SCHEMA.into(),
                name: name.into(),
                ..Manifest::default()
            };
            std::fs::write(path.join(MANIFEST), manifest.text().unwrap()).unwrap();
        }
        folder
    }

    #[test]
    fn the_project_comes_before_the_program_and_that_before_the_user() {
        let project = holding(&["boundaries/lad-2016", "other"]);
        let user = holding(&["lad-2016", "mine"]);
        let homes = Homes {
            project: vec![project.path().to_path_buf()],
            user: Some(user.path().to_path_buf()),
        };
        let words: Vec<&str> = homes.locate("lad-2016").iter().map(|l| l.home.word()).collect();
        assert_eq!(words, ["project", "program", "user"]);
        assert_eq!(homes.names(), ["lad-2016", "mine", "other"]);
        assert_eq!(homes.locate("mine")[0].home, Home::User(user.path().to_path_buf()));
    }

    #[test]
    fn a_path_or_a_folder_without_a_manifest_is_no_data_set() {
        let project = holding(&["real"]);
        std::fs::create_dir_all(project.path().join("plain")).unwrap();
        let homes = Homes::of_project(&[project.path()]);
        assert_eq!(homes.names(), ["lad-2016", "real"]);
        assert!(homes.locate("../real").is_empty() && homes.locate("plain").is_empty());
    }
}
