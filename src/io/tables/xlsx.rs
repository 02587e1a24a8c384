//! Sheets of an XLSX workbook.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::archive::{self, MOST_CELLS, broken, cost, too_large};
use super::grid::Grid;
use crate::domain::Finding;

/// Every worksheet by name, in the order of the workbook.
///
/// # Errors
/// `S205` where it cannot be read or is too large.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<(String, Grid)>, Finding> {
    archive::open(file, bytes)?;
    // The reader is made for workbooks as programs write them; on a broken one it may give up in its own way.
    catch_unwind(AssertUnwindSafe(|| all(file, bytes)))
        .unwrap_or_else(|_| Err(broken(file, "its parts do not fit together")))
}

fn all(file: &str, bytes: &[u8]) -> Result<Vec<(String, Grid)>, Finding> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, error))?;
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let grid = sheet(file, &mut book, &name, &mut left)?;
        sheets.push((name, grid));
    }
    Ok(sheets)
}

/// Cells come one by one, so that a single cell far away does not make a sheet of a thousand million blanks.
fn sheet(file: &str, book: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize) -> Result<Grid, Finding> {
    let mut grid = Grid::default();
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet of charts has no cells.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(grid),
        Err(error) => return Err(broken(file, error)),
    };
    let (mut line, mut row) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|error| broken(file, error))? {
        let (at, column) = cell.get_position();
        if at as usize + 1 != line {
            grid.push(line, std::mem::take(&mut row));
            line = at as usize + 1;
        }
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let wide = (column as usize + 1).saturating_sub(row.len());
        let spent = wide.saturating_add(cost(&text));
        *left = left.checked_sub(spent).ok_or_else(|| too_large(file))?;
        row.resize(row.len().max(column as usize + 1), String::new());
        row[column as usize] = text;
    }
    grid.push(line, row);
    Ok(grid)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_string(),
        DataRef::SharedString(text) => text.trim().to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
