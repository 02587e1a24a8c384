//! Reads and writes plans and locks: `area_code,lot_id`, by area or by unit.

use super::delimited::{Delimited, Row, is_code, is_code_heading};
use super::input::Input;
use super::table_kind::TableKind;
use super::tables;
use crate::domain::{Finding, Findings, LotId, Plan, Problem};

/// A plan as it stands in a file, not yet joined with a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// Name of the file, for messages.
    pub file: String,
    /// Whether rows are keyed by unit and not by area.
    pub by_unit: bool,
    /// Rows in file order.
    pub rows: Vec<PlanRow>,
}

/// One row of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRow {
    /// Area code or unit id.
    pub key: String,
    /// The lot; `None` where it is blank, `0` or `-1`.
    pub lot: Option<LotId>,
    /// The part of the area, where a third column gives it.
    pub share: Option<f64>,
    /// The unit whose part of the area is meant, where a column `part_of` of a table of locks gives it.
    pub part: Option<String>,
    /// Line in the file.
    pub line: usize,
}

const LOT_HEADINGS: [&str; 7] = ["lot_id", "lot", "zone", "cpa", "district", "lotid", "lot_name"];

struct Columns {
    key: usize,
    lot: usize,
    share: Option<usize>,
    part: Option<usize>,
    by_unit: bool,
    first_row: usize,
}

/// Reads a plan: the key may be any ONS code column or `unit_id`, the lot `lot`, `lot_id`, `zone`, `cpa` or `DISTRICT` in any case; the header
/// may be absent; comma, tab or bar. Of a workbook, the sheet with the most codes is read; a plan that was exported as one is read back so.
///
/// # Errors
/// Every fault at once: no column of lots (`P101`) or codes (`P102`), a blank key (`P103`), a share that is no part (`P104`), a file that is no table (`P105`).
pub fn read(input: &Input) -> Result<PlanFile, Findings> {
    let table = match TableKind::of(&input.bytes) {
        Some(TableKind::Xlsx | TableKind::Ods) => of_workbook(input)?,
        _ => {
            refuse_others(input)?;
            Delimited::read(input)?
        }
    };
    let columns = columns(&table)?;
    let mut findings = Findings::default();
    let mut rows = Vec::new();
    for row in &table.rows[columns.first_row..] {
        let key = row.cells.get(columns.key).unwrap_or_default().to_string();
        if key.is_empty() {
            findings.push(Finding::error(
                "P103",
                table.place(row),
                "has no code",
                "give the code of the area, or delete the row",
            ));
            continue;
        }
        let lot = lot_of(row.cells.get(columns.lot).unwrap_or_default());
        let share = share_of(&table, row, columns.share, &mut findings);
        rows.push(PlanRow {
            key,
            lot,
            share,
            part: part_of(row, columns.part),
            line: row.line,
        });
    }
    findings
        .gate(PlanFile {
            file: table.file,
            by_unit: columns.by_unit,
            rows,
        })
        .map(|(plan, _)| plan)
}

/// What files begin with that are no table, and what they are called.
const OTHERS: [(&[u8], &str); 7] = [
    (b"SQLite format 3\0", "a GeoPackage or another database"),
    (b"PK\x03\x04", "a zip archive, such as a shapefile,"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"{", "GeoJSON or other JSON"),
    (b"[", "JSON"),
    (b"<", "a web page or other XML"),
];

/// A plan is a table; a file of another format is told by name (`P105`).
fn refuse_others(input: &Input) -> Result<(), Finding> {
    let bytes = input
        .bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&input.bytes)
        .trim_ascii_start();
    let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) else {
        return Ok(());
    };
    let message = format!("is {what} and no table: plans and locks are read from CSV, XLSX and ODS");
    let help = "give the plan.csv that was written with the file, or write one: `lotwright export SCENARIO --plan PLAN --to plan.csv`; in a map program, \
        save the columns of codes and lots of its areas as CSV";
    Err(Finding::error("P105", &input.name, message, help))
}

/// The table of a workbook: the sheet that this program wrote, or else that with the most codes.
fn of_workbook(input: &Input) -> Result<Delimited, Findings> {
    // A `#` in the name of a file would name a sheet.
    let file = input.name.replace('#', "_");
    let own = tables::read(&format!("{file}#{OWN_SHEET}"), &input.bytes).map(|(table, _)| delimited(table));
    match own {
        Ok(own) if columns(&own).is_ok() => Ok(own),
        _ => tables::read(&file, &input.bytes).map(|(table, _)| delimited(table)),
    }
}

/// The sheet with the assignment in a workbook that this program wrote.
const OWN_SHEET: &str = "Areas";

/// A table with its headings as a first row, without what refers to notes, and with blanks for what does not apply.
fn delimited(table: tables::Table) -> Delimited {
    let plain = |heading: &String| heading.split(" [").next().unwrap_or_default().to_string();
    let row = |line: usize, cells: Vec<String>| Row {
        line,
        cells: cells.into(),
    };
    let head = row(table.header_line, table.columns.iter().map(plain).collect());
    let said = |cell: String| if cell == "[z]" { String::new() } else { cell };
    let rows = table.rows.into_iter();
    let rows = rows.map(|one| row(one.line, one.cells.into_iter().map(said).collect()));
    Delimited {
        file: table.file,
        rows: std::iter::once(head).chain(rows).collect(),
    }
}

fn lot_of(text: &str) -> Option<LotId> {
    (!matches!(text, "" | "0" | "-1")).then(|| LotId::new(text))
}

fn part_of(row: &Row, column: Option<usize>) -> Option<String> {
    row.cells.get(column?).filter(|text| !text.is_empty()).map(String::from)
}

fn share_of(table: &Delimited, row: &Row, column: Option<usize>, findings: &mut Findings) -> Option<f64> {
    let text = row.cells.get(column?).filter(|text| !text.is_empty())?;
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    if share.is_none() {
        findings.push(Finding::error(
            "P104",
            table.place(row),
            format!("`{text}` is no share"),
            "write a number from 0 to 1, such as 0.5",
        ));
    }
    share
}

fn columns(table: &Delimited) -> Result<Columns, Findings> {
    let cells: Vec<String> = table.rows[0].cells.iter().map(str::to_ascii_lowercase).collect();
    let key = cells
        .iter()
        .position(|cell| cell == "unit_id" || cell == "unit")
        .or_else(|| cells.iter().position(|c| is_code_heading(c)));
    let lot = LOT_HEADINGS
        .iter()
        .find_map(|name| cells.iter().position(|cell| cell == name));
    let share = cells.iter().position(|cell| cell == "share");
    let place = table.place(&table.rows[0]);
    match (key, lot) {
        (Some(key), Some(lot)) => Ok(Columns {
            key,
            lot,
            share,
            part: cells.iter().position(|cell| cell == "part_of"),
            by_unit: cells[key].starts_with("unit"),
            first_row: 1,
        }),
        (None, None) if headless(table) => Ok(Columns {
            key: 0,
            lot: 1,
            share: (cells.len() > 2).then_some(2),
            part: None,
            by_unit: !is_code(&table.rows[0].cells[0]),
            first_row: 0,
        }),
        (Some(_), None) => Err(Finding::error(
            "P101",
            place,
            "names no column of lots",
            "name it `lot_id`, `lot`, `zone`, `cpa` or `district`",
        )
        .into()),
        _ => Err(Finding::error(
            "P102",
            place,
            "names no column of area codes",
            "name it `area_code`, or as ONS does, such as `LAD16CD`; or `unit_id`",
        )
        .into()),
    }
}

/// Whether the first line is a row already: it has two or three cells, and the first is a code.
fn headless(table: &Delimited) -> bool {
    let first = &table.rows[0].cells;
    (2..=3).contains(&first.len()) && is_code(&first[0])
}

/// A plan as `area_code,lot_id`: every area that takes part stands once, in code order. Where seats of an area lie in different lots it stands
/// once for each, and a third column `share` gives the parts.
///
/// # Errors
/// What the CSV writer reports; writing to memory does not fail in practice.
pub fn write(problem: &Problem, plan: &Plan) -> Result<String, csv::Error> {
    let mut rows: Vec<(&str, &str, f64)> = Vec::new();
    for (index, area) in problem.areas().iter().enumerate() {
        let mut parts: Vec<(usize, &str, f64)> = Vec::new();
        for &seat in problem.seats_of_area(index) {
            let lot = plan.lot_of_seat(seat);
            let label = lot.map_or("", |lot| plan.lots()[lot].as_str());
            let order = lot.unwrap_or(usize::MAX);
            let share = problem.seats()[seat].share.fraction();
            match parts.iter_mut().find(|part| part.0 == order) {
                Some(part) => part.2 += share,
                None => parts.push((order, label, share)),
            }
        }
        parts.sort_by_key(|part| part.0);
        let whole: f64 = parts.iter().map(|part| part.2).sum();
        rows.extend(parts.iter().map(|part| {
            (
                area.code.as_str(),
                part.1,
                if parts.len() == 1 { 1.0 } else { part.2 / whole.max(1.0) },
            )
        }));
    }
    let split = rows.windows(2).any(|pair| pair[0].0 == pair[1].0);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let width = if split { 3 } else { 2 };
    writer.write_record(&["area_code", "lot_id", "share"][..width])?;
    for (code, lot, share) in rows {
        let share = format!("{share:.6}");
        let share = share.trim_end_matches('0').trim_end_matches('.');
        writer.write_record(&[code, lot, share][..width])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Result<PlanFile, Findings> {
        read(&Input::from_bytes("p.csv", text.as_bytes().to_vec()))
    }

    #[test]
    fn headings_of_others_are_read() {
        for head in ["area_code,lot_id", "LAD16CD,DISTRICT", "lad17cd,zone", "areacd,cpa"] {
            let read = plan(&format!("{head}\nE06000001,North East\nE06000002,-1\n")).unwrap();
            assert_eq!(read.rows[0].lot, Some(LotId::new("North East")));
            assert_eq!(read.rows[1].lot, None);
            assert!(!read.by_unit);
        }
    }

    #[test]
    fn a_header_may_be_absent_and_a_bar_may_separate() {
        let read = plan("E06000001|2\nE06000002|\n").unwrap();
        assert_eq!(read.rows.len(), 2);
        assert_eq!(read.rows[0].lot, Some(LotId::new("2")));
    }

    #[test]
    fn units_may_be_the_key() {
        let read = plan("unit_id,lot_id\nTees Valley,1\n").unwrap();
        assert!(read.by_unit);
    }

    #[test]
    fn a_file_without_lots_is_refused_with_the_names_that_would_do() {
        assert_eq!(plan("area_code,name\nE06000001,x\n").unwrap_err().0[0].code, "P101");
        assert_eq!(plan("place,lot\nx,1\n").unwrap_err().0[0].code, "P102");
    }
}
