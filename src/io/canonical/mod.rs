//! Canonical files: the one form in which an imported data set keeps boundaries and tables, whatever they came in.

mod boundaries;
mod cells;
mod table;
#[cfg(test)]
mod tests;

pub use boundaries::{boundaries, same_borders};
pub(super) use table::groupings;
pub use table::{CanonicalTable, table};
