//! The file `report.html`: one page that opens offline, with the map beside the tables.
//!
//! `page` puts the parts together and forbids every request by its content security policy; `map` is the interactive map; `lots` and `tables` have
//! the lots, deals and areas; `proof` says how good the design is and how one can know.

mod lots;
mod map;
mod page;
mod proof;
mod tables;

pub(crate) use page::{STYLE, checksum};
pub(crate) use tables::{carded, framed, heading};

pub use page::report;
