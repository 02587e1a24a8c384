//! The layout of a table: which row names the columns, what stands above it, and what below.

use std::collections::BTreeMap;

use super::grid::{Grid, GridRow};
use super::{Line, Row};
use crate::domain::{Finding, Findings};
use crate::io::columns::names_codes;
use crate::io::delimited::is_code;

/// The parts of a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub above: Vec<Line>,
    pub header_line: usize,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub below: Vec<Line>,
}

/// Finds the header by a heading of codes, or else by the first code below it, or else takes the first row that is as wide as any.
///
/// # Errors
/// `S201` for every row with another number of cells than the header; `S202` where there is no row below one; `S210` where there are too many columns; `S208` where a second table follows the notes.
pub(super) fn lay_out(file: &str, grid: Grid) -> Result<Layout, Findings> {
    let Some(head) = header(&grid.rows) else {
        return Err(Finding::error("S202", file, "holds no row", "check that this is the file you meant").into());
    };
    if grid.rows[head].cells.len() > MOST_COLUMNS {
        return Err(too_wide(file, &grid.rows[head]).into());
    }
    let columns = columns(&grid.rows, head);
    let mut layout = Layout {
        header_line: grid.rows[head].line,
        above: grid.rows[..head].iter().map(line).collect(),
        ..Layout::default()
    };
    let mut findings = Findings::default();
    for row in &grid.rows[head + 1..] {
        if is_note(row, &columns, &layout) {
            layout.below.push(line(row));
        } else if !layout.below.is_empty() {
            findings.push(second_table(file, row));
            break;
        } else {
            findings.extend(misfit(file, row, columns.len(), grid.ragged_is_wrong));
            let mut cells = row.cells.clone();
            cells.resize(columns.len(), String::new());
            layout.rows.push(Row { line: row.line, cells });
        }
    }
    layout.columns = columns;
    findings.gate(layout).map(|(layout, _)| layout)
}

/// What a spreadsheet can hold across; a line that falls into more cells is no row of headings.
pub(super) const MOST_COLUMNS: usize = 16_384;

fn too_wide(file: &str, row: &GridRow) -> Finding {
    let message = format!("has {} columns, and {MOST_COLUMNS} can be read", row.cells.len());
    let help = "leave out columns that are not needed, or check that the lines of the file end where they should";
    Finding::error("S210", format!("{file} line {}", row.line), message, help)
}

fn line(row: &GridRow) -> Line {
    Line {
        line: row.line,
        text: row.text(),
    }
}

fn has_code(row: &GridRow) -> bool {
    row.cells.iter().any(|cell| is_code(cell))
}

fn header(rows: &[GridRow]) -> Option<usize> {
    let named = rows
        .iter()
        .position(|row| row.filled() > 1 && row.cells.iter().any(|cell| names_codes(cell)));
    let coded = rows.iter().position(has_code);
    match (named, coded) {
        (Some(named), Some(coded)) if named < coded => Some(named),
        (_, Some(coded)) => Some(coded.saturating_sub(1)),
        (Some(named), None) => Some(named),
        (None, None) => {
            let most = rows.iter().map(GridRow::filled).max()?;
            rows.iter().position(|row| row.filled() == most)
        }
    }
}

/// Names of the columns. Where the same name stands over several, and a row above tells them apart (a date over `number` and `%`), both are joined.
fn columns(rows: &[GridRow], head: usize) -> Vec<String> {
    let mut names = rows[head].cells.clone();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        *often.entry(name).or_default() += 1;
    }
    let doubled = |name: &String| often.get(name.as_str()).is_some_and(|&times| times > 1);
    let above = head
        .checked_sub(1)
        .map(|k| &rows[k])
        .filter(|row| row.filled() > 1 && !rows[head].after_blank);
    let Some(above) = above.filter(|_| names.iter().any(doubled)) else {
        return names.clone();
    };
    let mut last = "";
    let joined = names.iter().enumerate().map(|(k, name)| {
        last = above
            .cells
            .get(k)
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .unwrap_or(last);
        if doubled(name) {
            format!("{last} {name}").trim().to_string()
        } else {
            name.clone()
        }
    });
    joined.collect()
}

/// Whether a row below the header is a note: one cell of text by itself, set apart by a blank line, by another note, or by how it begins.
fn is_note(row: &GridRow, columns: &[String], layout: &Layout) -> bool {
    if has_code(row) || columns.len() < 2 {
        return false;
    }
    let after_notes = !layout.below.is_empty();
    let alone = row.filled() == 1 && !row.cells[0].is_empty();
    let begins = [
        "note",
        "source",
        "info",
        "(c)",
        "*",
        "[",
        "#",
        "-",
        "..",
        "dataset",
        "this table",
        "(i)",
    ];
    let first = row.cells.first().map(|cell| cell.to_lowercase()).unwrap_or_default();
    let reads_so = begins.iter().any(|word| first.starts_with(word)) && first.len() > 3;
    (alone && (row.after_blank || reads_so)) || (after_notes && row.filled() <= 2)
}

fn misfit(file: &str, row: &GridRow, width: usize, strict: bool) -> Findings {
    let beyond = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
    if !beyond && (!strict || row.cells.len() >= width) {
        return Findings::default();
    }
    let message = format!(
        "has another number of cells ({}) than the first row ({width})",
        row.cells.len()
    );
    let help = "quote cells that hold the separator, and fill missing cells with nothing";
    Finding::error("S201", format!("{file} line {}", row.line), message, help).into()
}

fn second_table(file: &str, row: &GridRow) -> Finding {
    Finding::error(
        "S208",
        format!("{file} line {}", row.line),
        "a second table begins after the notes of the first",
        "save each table as a file of its own, and name the one that is meant",
    )
}

#[cfg(test)]
mod tests {
    use super::super::grid::of_text;
    use super::*;

    fn laid(text: &str) -> Result<Layout, Findings> {
        lay_out("t.csv", of_text("t.csv", text).unwrap())
    }

    #[test]
    fn titles_above_and_notes_below_are_kept_apart_from_the_rows() {
        let text = "\"Claimants\"\n\"[from Nomis on 3 March 2017]\"\n\n\"date\",\"August 2016\"\n\n\"area\",\"mnemonic\",\"number\"\n\
                    \"Darlington\",\"E06000005\",\"1,230\"\n\"Column Total\",\"\",\"1,230\"\n\n\"Figures are rounded to the nearest 10.\"\n";
        let layout = laid(text).unwrap();
        assert_eq!(layout.columns, ["area", "mnemonic", "number"]);
        assert_eq!((layout.above.len(), layout.rows.len(), layout.below.len()), (3, 2, 1));
        assert_eq!(layout.below[0].line, 10);
    }

    #[test]
    fn two_rows_of_headings_are_joined_where_one_repeats_itself() {
        let layout =
            laid("t\n\n,,Aug 2016,,Aug 2017,\narea,mnemonic,number,%,number,%\nDarlington,E06000005,1,2,3,4\n")
                .unwrap();
        assert_eq!(
            layout.columns[2..],
            ["Aug 2016 number", "Aug 2016 %", "Aug 2017 number", "Aug 2017 %"]
        );
    }

    #[test]
    fn a_row_of_another_width_names_its_line() {
        let findings = laid("area_code,b\nA,2\n\nB,3,4\n").unwrap_err();
        assert_eq!(
            (findings.0[0].code, findings.0[0].subject.as_str()),
            ("S201", "t.csv line 4")
        );
    }

    #[test]
    fn a_second_table_below_the_first_is_refused() {
        let findings = laid("area_code,n\nE06000001,2\n\nNote\n\narea_code,n\nE06000001,3\n").unwrap_err();
        assert_eq!(findings.0[0].code, "S208");
    }

    #[test]
    fn a_table_without_codes_begins_at_its_first_full_row() {
        let layout = laid("ESA\nCounting: Caseload\n\nArea,Support,Total\nHartlepool,1,2\n").unwrap();
        assert_eq!((layout.columns.len(), layout.rows.len()), (3, 1));
    }
}
