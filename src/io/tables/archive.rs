//! The limits of a workbook: what its archive holds must unpack to no more than can be kept in memory.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

use crate::domain::Finding;

/// The most that a workbook may unpack to, in bytes: far more than a table of every small area needs.
const MOST_BYTES: u64 = 128 << 20;

/// The most cells that a workbook may hold.
pub(super) const MOST_CELLS: usize = 4_000_000;

/// An archive that has been unpacked once, to see that it is whole and not larger than it may be.
///
/// # Errors
/// `S205` with the reason.
pub(super) fn open<'a>(file: &str, bytes: &'a [u8]) -> Result<ZipArchive<Cursor<&'a [u8]>>, Finding> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, error))?;
    let mut left = MOST_BYTES;
    for k in 0..archive.len() {
        let entry = archive.by_index(k).map_err(|error| broken(file, error))?;
        let read = copy(&mut entry.take(left + 1), &mut sink()).map_err(|error| broken(file, error))?;
        left = left.checked_sub(read).ok_or_else(|| too_large(file))?;
    }
    Ok(archive)
}

/// What a row counts for, beside its cells.
pub(super) const ROW: usize = 2;

/// What a cell counts for: a long text, which may be repeated in many cells, for as many short ones as fill the same room.
pub(super) fn cost(text: &str) -> usize {
    1 + text.len() / 32
}

/// `S205`: a workbook that cannot be read.
pub(super) fn broken(file: &str, why: impl std::fmt::Display) -> Finding {
    let help = "open it in a spreadsheet and save it again, or save the sheet as CSV";
    Finding::error("S205", file, format!("is a workbook that cannot be read: {why}"), help)
}

/// `S205`: a workbook that is too large.
pub(super) fn too_large(file: &str) -> Finding {
    let message = format!(
        "is a workbook that unpacks to more than {} MB or {MOST_CELLS} cells",
        MOST_BYTES >> 20
    );
    Finding::error("S205", file, message, "save the sheet that is needed as CSV")
}
