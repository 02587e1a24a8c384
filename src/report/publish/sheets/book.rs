//! The workbook of a plan: cover, contents, notes, and a sheet for each of its tables.

use std::collections::BTreeSet;

use super::super::{Publication, facts};
use super::data;
use super::model::{Cell, Line, MARKS, Sheet, Table, Workbook, words};
use crate::report::headline;

/// What a note says, by its number from 1.
pub(super) const NOTES: [&str; 7] = [
    "People are those whom the scenario counts, as its source of volumes has them. Where a source withholds the figure of an area, [c] stands for it, and lots count what the sheet Areas says was taken for it. Where it withholds or rounds figures, that sheet says the fewest and the most that they can be.",
    "Contract value is the money of the whole programme shared out by people: envelope × people of the lot ÷ people of all lots. It is in pounds.",
    "Participants are those of the whole programme, shared out in the same way; starts a year are participants ÷ years of referral.",
    "The margin is contract value less the floor of the scenario, or less the value that leaves the floor after the fall that lots must survive.",
    "Distance is in a straight line from where the people of an area live to where those of the hub live, weighted by people. The hub is the area with the least such distance.",
    "A bound is a value that no plan of this scenario can better, given the goals before it. It is not available where a plan was only valued and no search was made.",
    "The share is the part of the area that is in the lot. An area that is shared between lots has a row for each, and People, the fewest and the most are those of that part alone: they need not be multiplied by the share, and the rows of an area add up to it.",
];

/// The mark of a note, such as `[note 2]`.
pub(super) fn note(number: usize) -> String {
    format!("[note {number}]")
}

/// The workbook of a plan.
pub(super) fn workbook(from: &Publication<'_>) -> Workbook {
    let mut tables = data::sheets(from);
    let notes = notes(&mut tables);
    let mut sheets = vec![cover(from, &notes), contents(&tables), notes];
    sheets.extend(tables);
    Workbook {
        title: from.answer.scenario.title.clone(),
        subject: headline::title(from.answer),
        author: format!("lotwright {}", from.answer.version),
        sheets,
    }
}

fn cover(from: &Publication<'_>, notes: &Sheet) -> Sheet {
    let (answer, scenario) = (from.answer, &from.answer.scenario);
    let text = |words: String| Line::Text(words);
    let heading = |words: &str| Line::Heading(words.into());
    let mut lines = vec![
        text(headline::title(answer)),
        text(format!("{}.", headline::coverage(answer, from.map.areas.len()))),
        text(format!("How the plan stands: {}.", facts::status_words(from))),
        Line::Link("Go to the contents of this workbook".into(), "Contents"),
        heading("What was asked"),
    ];
    lines.extend(scenario.rules.iter().map(|rule| text(rule.clone())));
    lines.extend([
        heading("Source and licence"),
        text(from.map.attribution()),
        text(format!(
            "Made by lotwright {} from the scenario {}. The sheet Provenance lists every file that was read, with its checksum.",
            answer.version, scenario.name
        )),
        heading("Shorthand"),
        text(shorthand(notes)),
    ]);
    Sheet {
        name: "Cover",
        title: scenario.title.clone(),
        lines: lines.into_iter().filter(said).collect(),
        table: None,
        width: 100.0,
    }
}

/// A row that says nothing would be a blank one.
fn said(line: &Line) -> bool {
    match line {
        Line::Text(words) | Line::Heading(words) | Line::Link(words, _) => !words.trim().is_empty(),
    }
}

fn contents(tables: &[Sheet]) -> Sheet {
    let notes = (NOTES_SHEET, "Notes and shorthand");
    let listed = std::iter::once(notes).chain(tables.iter().map(|sheet| (sheet.name, sheet.title.as_str())));
    let rows = listed.map(|(name, title)| vec![Cell::Link(name.into(), name), Cell::text(title)]);
    Sheet {
        name: "Contents",
        title: "Contents".into(),
        lines: vec![Line::Text(
            "This worksheet contains one table. It lists the worksheets after it.".into(),
        )],
        table: Some(Table::new(
            "contents",
            vec![words("Worksheet", 22.0), words("What it holds", 90.0)],
            rows.collect(),
        )),
        width: 22.0,
    }
}

const NOTES_SHEET: &str = "Notes";

/// What the cover says of shorthand.
fn shorthand(notes: &Sheet) -> String {
    let mut rows = notes.table.iter().flat_map(|table| &table.rows);
    let is_mark = |row: &Vec<Cell>| MARKS.iter().any(|(mark, _)| row[0] == Cell::text(*mark));
    match rows.any(is_mark) {
        true => "Some cells hold shorthand in square brackets. The sheet Notes explains it.".into(),
        false => "No cell holds shorthand. Headings refer to notes, which are on the sheet Notes.".into(),
    }
}

/// The sheet that explains the shorthand and the notes that the tables use, and no other; notes are numbered through in the headings.
fn notes(tables: &mut [Sheet]) -> Sheet {
    let used: BTreeSet<&str> = tables
        .iter()
        .filter_map(|sheet| sheet.table.as_ref())
        .flat_map(Table::marks)
        .collect();
    let marks = MARKS.iter().filter(|(mark, _)| used.contains(mark));
    let mut rows: Vec<Vec<Cell>> = marks
        .map(|&(mark, meaning)| vec![Cell::text(mark), Cell::text(meaning)])
        .collect();
    let mut number = 0;
    for (k, &meaning) in NOTES.iter().enumerate() {
        let mut headings: Vec<&mut String> = headings(tables, &note(k + 1));
        if headings.is_empty() {
            continue;
        }
        number += 1;
        for heading in &mut headings {
            **heading = heading.replace(&note(k + 1), &note(number));
        }
        rows.push(vec![Cell::text(note(number)), Cell::text(meaning)]);
    }
    Sheet {
        name: NOTES_SHEET,
        title: "Notes and shorthand".into(),
        lines: vec![Line::Text(
            "This worksheet contains one table. It explains the shorthand and the notes of the other worksheets."
                .into(),
        )],
        table: Some(Table::new(
            "notes",
            vec![words("Mark", 22.0), words("What it means", 100.0)],
            rows,
        )),
        width: 22.0,
    }
}

/// The headings that refer to a note.
fn headings<'s>(tables: &'s mut [Sheet], note: &str) -> Vec<&'s mut String> {
    let columns = tables
        .iter_mut()
        .filter_map(|sheet| sheet.table.as_mut())
        .flat_map(|table| &mut table.columns);
    columns
        .map(|column| &mut column.heading)
        .filter(|heading| heading.contains(note))
        .collect()
}
