//! The command `export`: a plan as files to leave with.

use std::path::{Path, PathBuf};

use super::args::Export;
use super::commands::{check_out, load, print, print_json, read_plan, say, say_findings};
use super::exit::{DONE, Failure};
use crate::app::{Case, ExportOptions, Exported, FileKind, Judged, kind_of_file, write_each, write_files};

/// Reads scenario and plan, makes every file, and writes them only then.
pub fn run(asked: &Export) -> Result<u8, Failure> {
    let wanted = wanted(asked)?;
    if asked.plan == Path::new("-") && asked.answer.as_deref() == Some(&asked.plan) {
        return Err(Failure::usage(
            "standard input can be read once only; give a file for the plan or the answer",
        ));
    }
    let common = &asked.common;
    let case = load(common)?;
    for place in &asked.to {
        if let Some(input) = case.input_at(place) {
            let message = format!("{} is a file of the scenario ({input}); name another", place.display());
            return Err(Failure::usage(message));
        }
    }
    let judged = read_plan(&case, &asked.plan)?;
    check_out(common)?;
    for findings in [&case.findings, &judged.findings] {
        say_findings(common, findings);
    }
    let options = drawn(asked, &case, &judged)?;
    let answered = case.evaluate_to_export(judged, asked.answer.as_deref())?;
    let Some(plan) = &answered.plan else {
        return Err(Failure::unexpected("the plan was lost"));
    };
    let exports = case.exports(&answered.answer, plan, &options);
    let (mut files, mut told) = (Vec::new(), Vec::new());
    for (kind, place) in wanted {
        let made = exports.files(kind, place).map_err(Failure::unexpected)?;
        told.extend(made.first().map(|(place, bytes)| Exported::new(place, kind, bytes)));
        files.extend(made);
    }
    write_each(&files)?;
    if let Some(folder) = &common.options.out {
        let files = case.outputs(&answered.answer, plan).map_err(Failure::unexpected)?;
        write_files(folder, &files)?;
        say(common, &format!("wrote {}", folder.join("report.html").display()));
    }
    if common.options.json {
        print_json(&told)?;
    } else {
        let lines = told
            .iter()
            .map(|file| format!("{}  {}, {} bytes", file.file, file.kind, file.bytes));
        print(&lines.collect::<Vec<_>>().join("\n"))?;
    }
    Ok(DONE)
}

/// How the map is to be drawn.
fn drawn(asked: &Export, case: &Case, judged: &Judged) -> Result<ExportOptions, Failure> {
    let mut options = asked.drawn.options();
    options.map.look = match &asked.drawn.moved_from {
        None => case.look(&asked.drawn.show, judged).map_err(Failure::usage)?,
        Some(other) => {
            let before = read_plan(case, other)?;
            say_findings(&asked.common, &before.findings);
            case.look_of_moves(&before, judged, [&stem(other), &stem(&asked.plan)])
        }
    };
    Ok(options)
}

/// The name of a file without folder and ending.
fn stem(file: &Path) -> String {
    file.file_stem()
        .unwrap_or(file.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The kinds that are asked for, with their places: each place once.
fn wanted(asked: &Export) -> Result<Vec<(FileKind, &Path)>, Failure> {
    if asked.kind.is_some() && asked.to.len() > 1 {
        return Err(Failure::usage("--kind speaks of one file; give one --to with it"));
    }
    let mut places: Vec<&PathBuf> = asked.to.iter().collect();
    places.sort();
    if let Some(twice) = places.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Failure::usage(format!("{} is named twice", twice[0].display())));
    }
    let kind = |place| kind_of_file(place, asked.kind.as_deref()).map_err(Failure::usage);
    asked
        .to
        .iter()
        .map(|place| Ok((kind(place)?, place.as_path())))
        .collect()
}
