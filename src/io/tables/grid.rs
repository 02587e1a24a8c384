//! A Grid is the cells of a file before it is known which of its rows are the table.

use csv::{ReaderBuilder, Trim};

use crate::domain::{Finding, Findings};
use crate::io::delimited::line_of;

/// Rows with their lines, blank ones left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub rows: Vec<GridRow>,
    /// Whether every row has its own width, so that a row of another width is a fault; spreadsheets have no width.
    pub ragged_is_wrong: bool,
    /// What stands between cells of a text.
    pub separator: u8,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub grid: Grid,
    /// Whether it is kept out of sight.
    pub hidden: bool,
}

/// A row that holds something.
#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    /// Line or row in the file, from 1.
    pub line: usize,
    /// Whether a blank line stands right before it.
    pub after_blank: bool,
    /// Cells without surrounding white space.
    pub cells: Vec<String>,
}

impl GridRow {
    /// Cells that hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// Its cells in one line of text.
    pub fn text(&self) -> String {
        let filled: Vec<&str> = self
            .cells
            .iter()
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        filled.join(", ")
    }
}

impl Grid {
    /// Adds a row, unless it is blank.
    pub fn push(&mut self, line: usize, cells: Vec<String>) {
        if cells.iter().all(String::is_empty) {
            return;
        }
        let last = self.rows.last().map_or(line.saturating_sub(1), |row| {
            row.line.saturating_add(lines_in(&row.cells))
        });
        self.rows.push(GridRow {
            line,
            after_blank: line > last.saturating_add(1),
            cells,
        });
    }
}

/// Line breaks inside quoted cells, which make a row longer than one line.
fn lines_in(cells: &[String]) -> usize {
    cells.iter().map(|cell| cell.matches('\n').count()).sum()
}

/// The cells of a text with separators.
///
/// # Errors
/// `S201` where the reader of delimited text gives up on a row.
pub(super) fn of_text(file: &str, text: &str) -> Result<Grid, Findings> {
    let separator = separator(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut grid = Grid {
        ragged_is_wrong: true,
        separator,
        ..Grid::default()
    };
    for record in reader.records() {
        let record =
            record.map_err(|error| Finding::error("S201", file, error.to_string(), "mend the row and try again"))?;
        let line = record.position().map_or(0, |place| line_of(text, place));
        grid.push(line, record.iter().map(str::to_string).collect());
    }
    Ok(grid)
}

/// The separator with which most lines fall into the same number of cells; title lines and notes may hold others.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(200).collect();
    let regular = |separator: &u8| {
        let mut counts: Vec<usize> = lines
            .iter()
            .map(|line| outside_quotes(line, *separator))
            .filter(|&n| n > 0)
            .collect();
        counts.sort_unstable();
        let runs = counts.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
        runs.max().unwrap_or_default()
    };
    [b';', b'|', b'\t', b',']
        .into_iter()
        .max_by_key(regular)
        .unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_that_of_the_table_and_not_of_its_title() {
        for (text, wanted) in [
            ("Claimants, by area, 2016\na;b\n1;2\n3;4\n", b';'),
            ("a\tb\n\"1,2,3\"\t2\n", b'\t'),
            ("a,b\n1,2\n", b','),
            ("a|b\n1|2\n", b'|'),
        ] {
            assert_eq!(separator(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_row_knows_whether_a_blank_line_stands_before_it() {
        let grid = of_text("t.csv", "a,b\n\"1\n\",2\n\nnote\n").unwrap();
        let seen: Vec<_> = grid.rows.iter().map(|row| (row.line, row.after_blank)).collect();
        assert_eq!(seen, [(1, false), (2, false), (5, true)]);
    }
}
