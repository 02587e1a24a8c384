//! The two tables that government publishes for the contract package areas of a programme: what each holds, in words, and authorities by area.
//!
//! `cover` finds the cheapest cover of a set, `gazetteer` names sets of areas in the fewest names, and `tables` makes the tables as CSV, for workbooks and as a page.

mod cover;
mod gazetteer;
mod page;
mod tables;

#[cfg(test)]
mod tests;

pub use gazetteer::{Description, Gazetteer};
pub use page::cpa_page;
pub(crate) use page::sections;
pub(super) use tables::{Cpa, CpaAuthority, authorities, cpas};
pub use tables::{cpa_areas_csv, cpa_authorities_csv};
