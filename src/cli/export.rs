//! The command `export`: a plan as files to leave with.

use std::path::{Path, PathBuf};

use super::args::{Common, Export};
use super::commands::{check_out, load, print, print_bytes, print_json, read_plan, say, say_findings};
use super::exit::{DONE, Failure};
use crate::app::{
    Answer, Case, ExportOptions, Exported, FileKind, Findings, Judged, kind_of_file, names_of_plans, words, write_each,
    write_files,
};

/// Reads scenario and plan, makes every file, and writes them only then.
pub fn run(asked: &Export) -> Result<u8, Failure> {
    let wanted = wanted(asked)?;
    let is_map = |kind: &FileKind| matches!(kind, FileKind::Svg | FileKind::Png | FileKind::Pdf);
    if asked.drawn.is_given() && !wanted.iter().any(|(kind, _)| is_map(kind)) {
        let message = "--paper, --show, --moved-from and --no-deals speak of a map; name one, such as --to map.pdf";
        return Err(Failure::usage(message));
    }
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
    warn_of_faults(common, &answered.answer);
    let Some(plan) = &answered.plan else {
        return Err(Failure::unexpected("the plan was lost"));
    };
    let exports = case.exports(&answered.answer, plan, &options);
    let (mut files, mut told) = (Vec::new(), Vec::new());
    for (kind, place) in wanted {
        let made = exports.files(kind, place).map_err(Failure::unexpected)?;
        let letters = exports.told(kind).map_err(Failure::unexpected)?;
        say_findings(common, &Findings(letters.into_iter().collect()));
        told.extend(made.first().map(|(place, bytes)| Exported::new(place, kind, bytes)));
        files.extend(made);
    }
    if let [(place, bytes), ..] = files.as_slice()
        && place == Path::new("-")
    {
        return print_bytes(bytes).map(|()| DONE);
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

/// Says that the plan breaks rules or leaves areas out: the files are written all the same.
fn warn_of_faults(common: &Common, answer: &Answer) {
    let faults = [
        (answer.violations.len(), "breach of the rules", "breaches of the rules"),
        (answer.unassigned.len(), "area in no lot", "areas in no lot"),
    ];
    let told = faults.into_iter().filter(|(count, _, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, one, many)| words::count(count, one, many)).collect();
    if !told.is_empty() {
        say(
            common,
            &format!(
                "the plan has {}; `lotwright check` tells them",
                words::list(&told, told.len())
            ),
        );
    }
}

/// How the map is to be drawn.
fn drawn(asked: &Export, case: &Case, judged: &Judged) -> Result<ExportOptions, Failure> {
    let mut options = asked.drawn.options();
    options.map.look = match &asked.drawn.moved_from {
        None => case.look(&asked.drawn.show, judged).map_err(Failure::usage)?,
        Some(other) => {
            let before = read_plan(case, other)?;
            say_findings(&asked.common, &before.findings);
            let names = names_of_plans(other, &asked.plan);
            case.look_of_moves(&before, judged, [&names[0], &names[1]])
        }
    };
    Ok(options)
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
    if asked.to.len() > 1 && asked.to.iter().any(|place| place == Path::new("-")) {
        return Err(Failure::usage(
            "standard output takes one file; give --to - alone, with --kind",
        ));
    }
    let kind = |place| kind_of_file(place, asked.kind.as_deref()).map_err(Failure::usage);
    asked
        .to
        .iter()
        .map(|place| Ok((kind(place)?, place.as_path())))
        .collect()
}
