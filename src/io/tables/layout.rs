//! The layout of a table: which row names the columns, what stands above it, and what below.

use std::collections::BTreeMap;

use super::grid::{Grid, GridRow};
use super::{Line, Row};
use crate::domain::words::{count, list};
use crate::domain::{Finding, Findings};
use crate::io::columns::{is_mark, is_name_heading, names_codes, number};
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
/// `S201` where rows have another number of cells than the header; `S202` where there is no row below one; `S210` where there are too many columns; `S208` where a second table follows the notes.
pub(super) fn lay_out(file: &str, grid: Grid) -> Result<Layout, Findings> {
    let Some(head) = header(&grid.rows) else {
        return Err(Finding::error("S202", file, "holds no row", "check that this is the file you meant").into());
    };
    let axis = axis(&grid.rows, head);
    let first = axis.map_or(head, |_| block_of(&grid.rows, head));
    let last = axis.unwrap_or(head);
    if let Some(wide) = grid.rows[first..=last]
        .iter()
        .find(|row| row.cells.len() > MOST_COLUMNS)
    {
        return Err(too_wide(file, wide).into());
    }
    let columns = match axis {
        Some(axis) => crossed(&grid.rows[first..axis], &grid.rows[axis]),
        None => columns(&grid, head),
    };
    let mut layout = Layout {
        header_line: grid.rows[head].line,
        above: grid.rows[..first].iter().map(line).collect(),
        ..Layout::default()
    };
    let mut findings = Findings::default();
    let mut misfits = Vec::new();
    for row in &grid.rows[last + 1..] {
        if is_note(row, &columns, &layout) {
            layout.below.push(line(row));
        } else if !layout.below.is_empty() {
            findings.push(second_table(file, row));
            break;
        } else {
            misfits.extend(is_misfit(row, columns.len(), grid.ragged_is_wrong).then_some(row));
            let mut cells = row.cells.clone();
            cells.resize(columns.len(), String::new());
            layout.rows.push(Row { line: row.line, cells });
        }
    }
    findings.0.extend(misfit(file, &misfits, columns.len()));
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
            let from = preamble(rows);
            let most = rows[from..].iter().map(GridRow::filled).max()?;
            (from..rows.len()).find(|&k| rows[k].filled() == most)
        }
    }
}

/// How many rows stand above the table with its filters, as Stat-Xplore lists them: up to the blank line below `Filters:`, or else below `Counting:`.
fn preamble(rows: &[GridRow]) -> usize {
    let says = |word: &str| {
        rows.iter()
            .position(|row| row.filled() == 1 && row.cells[0].to_lowercase().starts_with(word))
    };
    let Some(said) = says("filters:").or_else(|| says("counting:")) else {
        return 0;
    };
    let next = (said + 1..rows.len()).find(|&k| rows[k].after_blank);
    next.unwrap_or(0)
}

/// Most rows of headings that a table with an axis of rows has.
const MOST_HEADINGS: usize = 4;

/// The row that names what the rows below are of, by itself under the headings: `"National - Regional - LA - OAs",` under `"Month","August 2015",`.
fn axis(rows: &[GridRow], head: usize) -> Option<usize> {
    let below = (head + 1..rows.len())
        .take(MOST_HEADINGS)
        .take_while(|&k| !rows[k].after_blank);
    let alone = |k: &usize| rows[*k].filled() == 1 && is_name_heading(&rows[*k].cells[0]);
    below
        .into_iter()
        .find(alone)
        .filter(|axis| rows.get(axis + 1).is_some_and(|row| row.filled() > 1))
}

/// The first row of those around a row that no blank line parts.
fn block_of(rows: &[GridRow], row: usize) -> usize {
    (0..=row).rev().find(|&k| rows[k].after_blank).unwrap_or(0)
}

/// Names of columns below several rows of headings, the outer of which stand once over all columns that they are of: `Nov-16, Male`.
fn crossed(headings: &[GridRow], axis: &GridRow) -> Vec<String> {
    let width = headings.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let innermost = headings.len().saturating_sub(1);
    let mut above = vec![String::new(); headings.len()];
    let mut names = vec![one_line(&axis.cells[0])];
    for column in 1..width {
        for (level, row) in headings.iter().enumerate() {
            let cell = row.cells.get(column).map(|cell| one_line(cell)).unwrap_or_default();
            if level == innermost || !cell.is_empty() {
                above[level] = cell;
            }
        }
        let told: Vec<&str> = above
            .iter()
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        names.push(if above[innermost].is_empty() {
            String::new()
        } else {
            told.join(", ")
        });
    }
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

/// A text without line breaks and doubled spaces, as headings may hold them.
pub(in crate::io) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many columns beyond its headings a sheet may use.
const BEYOND: usize = 16;

/// Columns without a heading at the end that rows below fill: in a text, only where the line of headings has cells for them.
fn headless(grid: &Grid, head: usize, named: usize) -> usize {
    let last = |row: &GridRow| row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |k| k + 1);
    let used = grid.rows[head + 1..].iter().filter(|row| has_code(row)).map(last).max();
    let room = if grid.ragged_is_wrong {
        grid.rows[head].cells.len()
    } else {
        named + BEYOND
    };
    used.unwrap_or_default().min(room).saturating_sub(named)
}

/// Names of the columns. Where the same name stands over several, and a row above tells them apart (a date over `number` and `%`), both are joined.
fn columns(grid: &Grid, head: usize) -> Vec<String> {
    let rows = &grid.rows;
    let mut names: Vec<String> = rows[head].cells.iter().map(|cell| one_line(cell)).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let headless = headless(grid, head, names.len());
    names.resize(names.len() + headless, String::new());
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

/// Whether a row below the header is a note: one cell of text by itself, set apart by a blank line, by another note, or by how it begins; or two cells without a
/// figure after a blank line, where the rows above have figures: `"INFO","Totals may not sum"`.
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
    let has_figure = |cells: &[String]| {
        cells
            .iter()
            .any(|cell| number(cell).is_some() || is_mark(cell) && !cell.is_empty())
    };
    let above = layout.rows.last().is_some_and(|row| has_figure(&row.cells[1..]));
    let wordy = row.after_blank && row.filled() == 2 && above && !has_figure(row.cells.get(1..).unwrap_or_default());
    wordy || (alone && (row.after_blank || reads_so)) || (after_notes && row.filled() <= 2)
}

fn is_misfit(row: &GridRow, width: usize, strict: bool) -> bool {
    let beyond = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
    beyond || (strict && row.cells.len() < width)
}

/// How many lines a finding lists.
const NAMED: usize = 8;

/// All rows of another width in one finding, at the first of them: one wrong separator would make one a line.
fn misfit(file: &str, rows: &[&GridRow], width: usize) -> Option<Finding> {
    let (first, others) = rows.split_first()?;
    let mut message = format!(
        "has another number of cells ({}) than the first row ({width})",
        first.cells.len()
    );
    if !others.is_empty() {
        let lines: Vec<String> = others.iter().map(|row| row.line.to_string()).collect();
        let more = count(lines.len(), "other line does not fit", "other lines do not fit");
        message.push_str(&format!("; {more} either: {}", list(&lines, NAMED)));
    }
    let help = "quote cells that hold the separator, and fill missing cells with nothing; check that the file is a table at all";
    Some(Finding::error(
        "S201",
        format!("{file} line {}", first.line),
        message,
        help,
    ))
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
        let findings = laid("area_code,b\nA,2,3\nB,3\nC\nD,1,1\n").unwrap_err();
        assert_eq!(findings.0.len(), 1, "all in one");
        assert!(
            findings.0[0]
                .message
                .ends_with("2 other lines do not fit either: 4 and 5"),
            "{findings}"
        );
    }

    #[test]
    fn an_export_of_stat_xplore_is_read_as_it_comes() {
        let text = "Stat-Xplore\n\n\"ESA (I z)\"\n\"LA by Quarter\"\n\"Counting: ESA\"\n\nFilters:\n\"Default Summation\",\"ESA\"\n\n\
            \"Quarter\",\"Nov-15\",,\"Nov-16\",,\n\"Gender\",\"Male\",\"Female\",\"Male\",\"Female\",\n\"National - Regional - LA - OAs\",\n\
            \"Hartlepool\",1,2,3,4,\n\"Unknown\",..,..,..,5,\n\"Total\",1,2,3,9,\n\n\n\"INFO\",\"Totals may not sum.\"\n\n\nSymbol,Description\n\
            \"z\",\"\"\"..\"\" is nil or negligible.\"\n\n\nSource: DWP\n";
        let layout = laid(text).unwrap();
        let columns = [
            "National - Regional - LA - OAs",
            "Nov-15, Male",
            "Nov-15, Female",
            "Nov-16, Male",
            "Nov-16, Female",
        ];
        assert_eq!(layout.columns[..5], columns);
        assert_eq!((layout.above.len(), layout.rows.len(), layout.below.len()), (6, 3, 4));
        let single = text
            .replace(",,\"Nov-16\",,", ",")
            .replace("\"Gender\",\"Male\",\"Female\",\"Male\",\"Female\",\n", "");
        let single = single
            .replace(",2,3,4,", ",")
            .replace(",..,..,5,", ",")
            .replace(",2,3,9,", ",");
        let layout = laid(&single).unwrap();
        assert_eq!(
            (layout.columns[1].as_str(), layout.rows.len(), layout.below.len()),
            ("Nov-15", 3, 4)
        );
    }

    #[test]
    fn a_last_column_without_a_heading_is_kept() {
        let layout = laid("area_code,people,\nE06000001,1,of which 2 here\n").unwrap();
        assert_eq!(
            (layout.columns.len(), layout.rows[0].cells[2].as_str()),
            (3, "of which 2 here")
        );
        assert_eq!(laid("area_code,people,\nE06000001,1,\n").unwrap().columns.len(), 2);
    }

    #[test]
    fn headings_of_several_lines_are_one() {
        let layout = laid("\"Area\ncode\",\"People\n(all  ages)\"\nE06000001,1\n").unwrap();
        assert_eq!(layout.columns, ["Area code", "People (all ages)"]);
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
