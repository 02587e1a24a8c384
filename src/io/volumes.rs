//! Reads the column of a volumes table that shares out the money.

mod cells;
mod doubts;

use std::collections::BTreeMap;

use super::columns::{CodeHeading, Role, code_heading, is_total, roles};
use super::delimited::canonical_code;
use super::input::{Input, did_you_mean};
use super::manifest::TableEntry;
use super::table_kind::TableKind;
use super::tables::{self, Line, Table};
use crate::domain::words::count;
use crate::domain::{AreaCode, Finding, Findings, Volume, VolumesSpec};

pub use cells::Cell;
pub(in crate::io) use cells::is_mark;
pub(crate) use cells::{cell, plain};
pub use doubts::rounded_to;
pub(crate) use doubts::{points_for_thousands, same_headings};

/// The chosen column of a volumes table.
#[derive(Clone, Debug)]
pub struct Volumes {
    /// Name of the file, for messages.
    pub file: String,
    /// What the file is.
    pub kind: TableKind,
    /// Heading of the column of codes, and what it says; `None` where areas go by their names.
    pub codes: Option<(String, CodeHeading)>,
    /// Heading of the column of names.
    pub names: Option<String>,
    /// One row an area, in file order.
    pub rows: Vec<VolumeRow>,
    /// Rows that hold no figure of their own: of an area that has one already, or of none.
    pub refused: Vec<RefusedRow>,
    /// The step to which the notes of the file say that figures are rounded.
    pub rounded_to: Option<Volume>,
    /// Lines above and below the table.
    pub aside: Vec<Line>,
}

/// The volume of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeRow {
    /// Code of the area; empty where the table has names only.
    pub code: AreaCode,
    /// Its name, where the table has names.
    pub name: String,
    /// Line in the file.
    pub line: usize,
    /// The figure.
    pub cell: Cell,
    /// Whether it is the sum of other rows, or of a wider area.
    pub wider: bool,
}

/// A row that is refused, kept for the report of the join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// Line in the file.
    pub line: usize,
    /// Its code; empty where it has none.
    pub code: AreaCode,
    /// Its name, where the table has names.
    pub name: String,
    /// Line of the row that has its area already; `None` where the row has no code.
    pub first: Option<usize>,
}

/// Reads the column `volumes.weight` of a table of any kind, of the sheet that is named or the one with the most codes. Faults of single rows come with the
/// volumes (a bad cell counts as nothing), so that the join can tell its own as well.
///
/// # Errors
/// Every fault that hides the column: what [`tables::read`] finds, no such column (`V101`), several of that name (`V108`), no column of codes or names (`V102`), a measure that does not add up
/// (`V107`), figures too small to count (`V110`). With the volumes come figures that may have points for thousands (`V109`), an area twice (`V103`), text where a number belongs (`V104`), a negative number (`V105`), a blank code (`V106`).
pub fn read(input: &Input, sheet: Option<&str>, asked: &VolumesSpec) -> Result<(Volumes, Findings), Findings> {
    let name = sheet.map_or_else(|| input.name.clone(), |sheet| format!("{}#{sheet}", input.name));
    let (table, mut findings) = tables::read(&name, &input.bytes)?;
    let roles = roles(&table);
    let codes = roles.iter().position(|role| matches!(role, Role::Codes(_)));
    let names = roles.iter().position(|role| *role == Role::Names);
    let wanted = tables::one_line(&asked.weight);
    let weight = table.columns.iter().position(|heading| *heading == wanted);
    if codes.or(names).is_none() {
        findings.push(no_codes(&table));
    }
    match weight {
        None => findings.push(no_column(&table, &roles, &asked.weight)),
        Some(weight) => {
            findings.0.extend(same_headings(&table, &wanted));
            findings.0.extend(points_for_thousands(&table, weight));
            findings.0.extend(doubts::too_small(&table, weight));
            findings.extend(refused(&table, &roles[weight], asked));
        }
    }
    let ((), mut findings) = findings.gate(())?;
    let Some(weight) = weight else { return Err(findings) };
    let places = Places { codes, names, weight };
    let (rows, refused) = rows(&table, &places, &mut findings);
    let volumes = Volumes {
        codes: codes.map(|k| (table.columns[k].clone(), heading(&roles[k]))),
        names: names.map(|k| table.columns[k].clone()),
        rows,
        refused,
        rounded_to: rounded_to(table.above.iter().chain(&table.below)),
        file: table.file,
        kind: table.kind,
        aside: table.above.into_iter().chain(table.below).collect(),
    };
    Ok((volumes, findings))
}

impl Volumes {
    /// Adds what the manifest of a data set keeps of the table that this one was made from: its heading of codes, its notes, its rounding.
    pub fn told_by(&mut self, entry: &TableEntry) {
        if let Some((_, heading)) = &mut self.codes {
            *heading = code_heading(&entry.code_column).unwrap_or_default();
        }
        let step = entry.rounded_to.map(|people| Volume((people * 1000.0).round() as i64));
        self.rounded_to = self.rounded_to.or(step);
        let note = |text: &String| Line {
            line: 0,
            text: text.clone(),
        };
        self.aside.extend(entry.notes.iter().map(note));
    }
}

/// Places of the columns that are read.
struct Places {
    codes: Option<usize>,
    names: Option<usize>,
    weight: usize,
}

fn heading(role: &Role) -> CodeHeading {
    match role {
        Role::Codes(heading) => heading.clone(),
        _ => CodeHeading::default(),
    }
}

/// Codes of the kind used until 2010 in place of those of nine characters.
pub fn of_before_2011(file: &str, codes: &[&str]) -> Finding {
    let message = format!(
        "{} of the kind used until 2010, such as {}; boundaries have codes of nine characters, such as E06000052, since 2011",
        count(codes.len(), "code is", "codes are"),
        codes.first().copied().unwrap_or_default()
    );
    let help = "put the codes of nine characters in their place (the Code History Database of the ONS lists both), or take the column out: \
                areas then go by a column `area_name`";
    Finding::error("V220", file, message, help)
}

fn no_codes(table: &Table) -> Finding {
    Finding::error(
        "V102",
        table.place(table.header_line),
        "the first line names no column of area codes",
        "name the column of codes `area_code`, or as ONS does, such as `LAD16CD`; or that of names `area_name`",
    )
}

fn no_column(table: &Table, roles: &[Role], weight: &str) -> Finding {
    let of = |wanted: fn(&Role) -> bool| {
        let kept = table
            .columns
            .iter()
            .zip(roles)
            .filter(move |(name, role)| wanted(role) && !name.is_empty());
        kept.map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    let measures = of(|role| !matches!(role, Role::Codes(_)));
    let counts = of(|role| *role == Role::Counts);
    let listed = if counts.is_empty() { &measures } else { &counts };
    let help = did_you_mean(
        weight,
        measures.iter().copied(),
        &format!("columns are: {}", listed.join(", ")),
    );
    Finding::error("V101", &table.file, format!("there is no column `{weight}`"), help)
}

fn refused(table: &Table, role: &Role, asked: &VolumesSpec) -> Findings {
    match role {
        Role::NoCounts(why) if !asked.adds_up => {
            let message = format!(
                "`{}` does not add up: {why}; a lot would get the sum of rates",
                asked.weight
            );
            let help = "choose a column of people; if it does count people, set `volumes.adds_up = true`";
            Finding::error("V107", &table.file, message, help).into()
        }
        _ => Findings::default(),
    }
}

fn rows(table: &Table, places: &Places, findings: &mut Findings) -> (Vec<VolumeRow>, Vec<RefusedRow>) {
    let mut rows: Vec<VolumeRow> = Vec::new();
    let mut refused = Vec::new();
    let mut seen = BTreeMap::new();
    for row in &table.rows {
        let cell_of = |place: Option<usize>| place.map_or("", |k| row.cells[k].as_str());
        let code = AreaCode::new(&canonical_code(cell_of(places.codes).to_string()));
        let (name, place) = (cell_of(places.names), table.place(row.line));
        let wider = is_total(code.as_str(), name);
        let refuse = |first: Option<usize>| RefusedRow {
            line: row.line,
            code: code.clone(),
            name: name.to_string(),
            first,
        };
        if places.codes.is_some() && code.as_str().is_empty() && !wider {
            let help = "give the code of the area, or delete the row";
            findings.push(Finding::error("V106", place, "has no area code", help));
            refused.push(refuse(None));
            continue;
        }
        let key = if places.codes.is_some() { code.as_str() } else { name };
        let first = *seen.entry(key.to_string()).or_insert(row.line);
        if first != row.line && !wider {
            let message = format!("{key} stands twice, first on line {first}");
            let help = "keep one row an area; add the rows up if they are parts of it";
            findings.push(Finding::error("V103", place, message, help));
            refused.push(refuse(Some(first)));
            continue;
        }
        let cell = cell(&row.cells[places.weight], table.kind).unwrap_or_else(|(fault, message, help)| {
            if !wider {
                findings.push(Finding::error(fault, place, format!("{key}: {message}"), help));
            }
            Cell::Unread
        });
        rows.push(VolumeRow {
            name: name.to_string(),
            code,
            line: row.line,
            cell,
            wider,
        });
    }
    (rows, refused)
}

#[cfg(test)]
mod tests;
