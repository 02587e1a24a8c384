//! Sheets of an XLSX workbook.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};

use super::archive::{self, MOST_CELLS, ROW, broken, cost, too_large};
use super::grid::{Grid, Sheet};
use super::texts;
use crate::domain::Finding;

/// Every worksheet by name, in the order of the workbook.
///
/// # Errors
/// `S205` where it cannot be read or is too large.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Finding> {
    let mut archive = archive::open(file, bytes)?;
    texts::few(file, &mut archive)?;
    // The reader is made for workbooks as programs write them; on a broken one it may give up in its own way.
    catch_unwind(AssertUnwindSafe(|| all(file, bytes)))
        .unwrap_or_else(|_| Err(broken(file, "its parts do not fit together")))
}

fn all(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Finding> {
    let mut book: Xlsx<_> = Xlsx::new(Metered::new(bytes)).map_err(|error| broken(file, error))?;
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for known in book.sheets_metadata().to_vec() {
        sheets.push(Sheet {
            grid: sheet(file, &mut book, &known.name, &mut left)?,
            hidden: known.visible != SheetVisible::Visible,
            name: known.name,
        });
    }
    Ok(sheets)
}

/// Cells come one by one, so that a single cell far away does not make a sheet of a thousand million blanks.
fn sheet(file: &str, book: &mut Xlsx<Metered<'_>>, name: &str, left: &mut usize) -> Result<Grid, Finding> {
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
            *left = left.checked_sub(ROW).ok_or_else(|| too_large(file))?;
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

/// The bytes of a workbook, which may be read a few times over and no more. Each sheet has a part of its own; a thousand sheets that name the same part would
/// unpack it a thousand times.
struct Metered<'a> {
    bytes: Cursor<&'a [u8]>,
    left: usize,
}

impl<'a> Metered<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: Cursor::new(bytes),
            left: 8 * bytes.len() + (1 << 20),
        }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.left = self
            .left
            .checked_sub(read)
            .ok_or_else(|| std::io::Error::other("its parts are named again and again"))?;
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_string(),
        DataRef::SharedString(text) => text.trim().to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => moment(*date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A date as `2016-11-01`; times of day and lengths of time as the number that stands behind them.
fn moment(date: ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    if date.is_datetime() && date.as_f64() >= 1.0 && date.as_f64().fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        date.as_f64().to_string()
    }
}
