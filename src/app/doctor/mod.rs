//! The doctor reads files and tells what each is, what its columns hold, of which years its codes are, and what is wrong with it.

mod boundaries;
mod tables;

pub use boundaries::{BoundariesSeen, IslandSeen, Look, NearestSeen, look_at_boundaries};

use std::path::Path;

use super::answer::finding_answer;
use crate::domain::{Finding, Findings};
use crate::io::input::Input;
use crate::io::table_kind::TableKind;
use crate::io::{CodeChanges, Dataset};
use crate::report::{DoctorAnswer, FileAnswer};

/// Reads every file (`-` is standard input; a sheet of a workbook stands behind a `#`) and tells what it is. Faults of the files stand in the answer.
///
/// # Errors
/// The faults of the table of code changes inside the program, of which there are none.
pub fn examine(files: &[String]) -> Result<DoctorAnswer, Findings> {
    let changes = match Dataset::embedded_code_changes() {
        Some(file) => CodeChanges::read(&file.name, &file.bytes)?,
        None => CodeChanges::default(),
    };
    Ok(DoctorAnswer {
        schema: "lotwright/doctor/1".into(),
        files: files.iter().map(|file| of_file(file, &changes)).collect(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

fn of_file(name: &str, changes: &CodeChanges) -> FileAnswer {
    let (path, part) = split_part(name);
    let input = match Input::read(Path::new(path), path) {
        Ok(input) => input,
        Err(fault) => return unreadable(name, &fault),
    };
    let answer = match TableKind::of(&input.bytes) {
        Some(_) => tables::examine(&input, part, changes),
        None => boundaries::examine(&input, part, &beside(path), changes),
    };
    FileAnswer {
        file: name.into(),
        sha256: input.sha256,
        ..answer
    }
}

/// The other parts of a loose shapefile, as far as they can be read: what is missing is told where it is needed.
fn beside(path: &str) -> Vec<(String, Vec<u8>)> {
    let names = super::files::shapefile_parts(Path::new(""), path);
    let read = |name: String| Some((name.clone(), Input::read(Path::new(&name), &name).ok()?.bytes));
    names.into_iter().filter_map(read).collect()
}

/// `FILE#part` names a sheet or a layer; a file whose own name holds a `#` goes before.
fn split_part(name: &str) -> (&str, Option<&str>) {
    if Path::new(name).exists() {
        return (name, None);
    }
    name.rsplit_once('#')
        .map_or((name, None), |(path, part)| (path, Some(part)))
}

fn unreadable(name: &str, fault: &Finding) -> FileAnswer {
    FileAnswer {
        file: name.into(),
        role: "unknown".into(),
        what: "cannot be read".into(),
        findings: vec![finding_answer(fault)],
        ..FileAnswer::default()
    }
}
