//! The files `plan.xlsx` and `plan.ods`: workbooks by the rules of the Government Analysis Function for statistics in spreadsheets.
//!
//! `model` is a workbook as neither program knows it, which cannot hold what those rules forbid; `book` makes that of a plan, its tables in `data`; `xlsx` and `ods`
//! write it. What a table says in one file it says in the other.

mod book;
mod data;
mod model;
mod ods;
mod xlsx;

#[cfg(test)]
mod checklist;

use super::Publication;
use crate::report::ReportError;

/// The plan as a workbook for Excel.
///
/// # Errors
/// [`ReportError::Write`] where the writer fails.
pub fn xlsx(from: &Publication<'_>) -> Result<Vec<u8>, ReportError> {
    xlsx::written(&book::workbook(from))
}

/// The plan as a workbook in the OpenDocument format.
///
/// # Errors
/// [`ReportError::Write`] where the writer fails.
pub fn ods(from: &Publication<'_>) -> Result<Vec<u8>, ReportError> {
    ods::written(&book::workbook(from))
}
