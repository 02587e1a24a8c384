//! Writes the files of an answer: all beside their place first, then each renamed into it, so that nothing is ever half-written.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::domain::Finding;
use crate::io::input::Input;

/// Whether files could be written into `folder`, which may be missing yet; leaves nothing behind.
///
/// # Errors
/// `S003` with the reason that the system gives.
pub fn check_folder(folder: &Path) -> Result<(), Finding> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let tried = tempfile::Builder::new().prefix(".lotwright-").tempdir_in(there);
    tried
        .map(drop)
        .map_err(|error| cannot_write(folder, "nothing can be written there", error))
}

pub(super) fn cannot_write(folder: &Path, what: &str, error: std::io::Error) -> Finding {
    let help = "check that the folder can be written to, and has room";
    Finding::error("S003", folder.display().to_string(), format!("{what}: {error}"), help)
}

/// Writes named files into `folder`, making it where it is missing. Other files in it are left alone.
///
/// # Errors
/// `S003` with the reason that the system gives; then no file of the folder has changed, unless a rename itself failed half way, which the message says.
pub fn write_files(folder: &Path, files: &[(impl AsRef<str>, Vec<u8>)]) -> Result<(), Finding> {
    let failed = |what: &str, error| cannot_write(folder, what, error);
    fs::create_dir_all(folder).map_err(|error| failed("the folder cannot be made", error))?;
    let beside = tempfile::Builder::new()
        .prefix(".lotwright-")
        .tempdir_in(folder)
        .map_err(|error| failed("nothing can be written there", error))?;
    for (name, bytes) in files {
        let name = name.as_ref();
        fs::write(beside.path().join(name), bytes)
            .map_err(|error| failed(&format!("{name} cannot be written"), error))?;
    }
    for (name, _) in files {
        let name = name.as_ref();
        let message = format!(
            "{name} cannot be put in its place; files before it are new, it and those after it are as they were"
        );
        fs::rename(beside.path().join(name), folder.join(name)).map_err(|error| failed(&message, error))?;
    }
    Ok(())
}

/// Writes files, each to its own place: all beside their places first, then each renamed into it, so that none is ever half-written.
///
/// # Errors
/// `S003` with the reason that the system gives; then no file has changed, unless a rename itself failed half way, which the message says.
pub fn write_each(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Finding> {
    let mut beside = Vec::with_capacity(files.len());
    for (place, bytes) in files {
        let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new("."));
        let failed = |what: &str, error| cannot_write(place, what, error);
        if place.is_dir() {
            let message = "is a folder";
            let help = "name a file in it";
            return Err(Finding::error("S003", place.display().to_string(), message, help));
        }
        fs::create_dir_all(folder).map_err(|error| failed("its folder cannot be made", error))?;
        let mut file = tempfile::Builder::new()
            .prefix(".lotwright-")
            .tempfile_in(folder)
            .map_err(|error| failed("nothing can be written there", error))?;
        file.write_all(bytes)
            .map_err(|error| failed("cannot be written", error))?;
        readable_by_all(&file).map_err(|error| failed("cannot be written", error))?;
        beside.push((place, file));
    }
    for (place, file) in beside {
        let message = "cannot be put in its place; files before it are new, it and those after it are as they were";
        file.persist(place)
            .map_err(|error| cannot_write(place, message, error.error))?;
    }
    Ok(())
}

/// A temporary file is its owner's alone; one that is left is as open as others of the owner usually are.
#[cfg(unix)]
fn readable_by_all(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

/// The parts of a shapefile that stand beside its `.shp`, whatever the case of their endings, in name order; none for other files.
pub(super) fn shapefile_parts(folder: &Path, file: &str) -> Vec<String> {
    let Some(stem) = file.len().checked_sub(4).filter(|&at| file.is_char_boundary(at)) else {
        return Vec::new();
    };
    let (stem, ending) = file.split_at(stem);
    if !ending.eq_ignore_ascii_case(".shp") {
        return Vec::new();
    }
    let endings = ["cpg", "dbf", "prj", "shx"];
    let cases = endings.map(|ending| [ending.to_string(), ending.to_uppercase()]);
    let there = |ending: &String| folder.join(format!("{stem}.{ending}")).is_file();
    let found = cases.iter().filter_map(|case| case.iter().find(|ending| there(ending)));
    found.map(|ending| format!("{stem}.{ending}")).collect()
}

/// Those parts with their bytes, as far as they can be read: what is missing is told where it is needed.
pub(super) fn parts_beside(path: &str) -> Vec<(String, Vec<u8>)> {
    let names = shapefile_parts(Path::new(""), path);
    let read = |name: String| Some((name.clone(), Input::read(Path::new(&name), &name).ok()?.bytes));
    names.into_iter().filter_map(read).collect()
}

/// `FILE#part` names a sheet or a layer; a file whose own name holds a `#` goes before.
pub(super) fn split_part(name: &str) -> (&str, Option<&str>) {
    if Path::new(name).exists() {
        return (name, None);
    }
    name.rsplit_once('#')
        .map_or((name, None), |(path, part)| (path, Some(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_whole_and_nothing_is_left_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        write_files(folder.path(), &[("a", b"1".to_vec())]).unwrap();
        write_files(folder.path(), &[("a", b"2".to_vec()), ("b", b"3".to_vec())]).unwrap();
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"2");
    }

    #[test]
    fn a_folder_that_is_a_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        fs::write(&file, b"x").unwrap();
        assert_eq!(write_files(&file, &[("a", b"1".to_vec())]).unwrap_err().code, "S003");
        assert_eq!(fs::read(&file).unwrap(), b"x");
    }
}
