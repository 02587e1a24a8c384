//! A ReportError says why a file of the report could not be made.

use std::fmt;

/// Why a file of the report could not be made: the answer and the map do not belong together, or a writer failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportError {
    /// There is no area to draw.
    Empty,
    /// Answer and map differ in the number of lots or deals, or an area names a lot that is not there.
    Mismatch(String),
    /// A writer failed.
    Write(String),
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the map has no area to draw"),
            Self::Mismatch(what) => write!(f, "the answer and the map do not belong together: {what}"),
            Self::Write(what) => write!(f, "the file could not be made: {what}"),
        }
    }
}

impl std::error::Error for ReportError {}

impl From<csv::Error> for ReportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.to_string())
    }
}

impl From<serde_json::Error> for ReportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.to_string())
    }
}
