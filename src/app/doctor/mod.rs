//! The doctor reads files and tells what each is, what its columns hold, of which years its codes are, and what is wrong with it.

mod boundaries;
mod tables;

pub(super) use tables::findings_of_table;

pub use boundaries::{BoundariesSeen, IslandSeen, Look, NearestSeen, look_at_boundaries};

use std::path::Path;

use super::answer::finding_answer;
use super::files::{parts_beside, split_part};
use crate::domain::{Finding, Findings};
use crate::io::CodeChanges;
use crate::io::input::Input;
use crate::io::manifest::ImportOptions;
use crate::io::table_kind::TableKind;
use crate::report::{DoctorAnswer, FileAnswer};

/// Reads every file (`-` is standard input; a sheet or layer stands behind a `#`) and tells what it is; `options` choose what is read of boundaries. Faults of the files stand in the answer.
///
/// # Errors
/// The faults of the table of code changes inside the program, of which there are none.
pub fn examine(files: &[String], options: &ImportOptions) -> Result<DoctorAnswer, Findings> {
    let changes = CodeChanges::embedded()?;
    Ok(DoctorAnswer {
        schema: "lotwright/doctor/1".into(),
        files: files.iter().map(|file| of_file(file, options, &changes)).collect(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

fn of_file(name: &str, options: &ImportOptions, changes: &CodeChanges) -> FileAnswer {
    let (path, part) = split_part(name);
    let input = match Input::read(Path::new(path), path) {
        Ok(input) => input,
        Err(fault) => return unreadable(name, &fault),
    };
    let answer = match TableKind::of(&input.bytes) {
        Some(_) => tables::examine(&input, part, changes),
        None => {
            let look = Look {
                layer: part.or(options.layer.as_deref()),
                year: options.year,
                only: &options.only,
                crs: options.crs.as_deref(),
                mend: options.mend,
                beside: &parts_beside(path),
            };
            boundaries::examine(&input, &look, changes)
        }
    };
    FileAnswer {
        file: name.into(),
        sha256: input.sha256,
        ..answer
    }
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
