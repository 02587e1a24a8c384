//! The file `report.html`: one page that opens offline, with the map beside the tables.
//!
//! `frame` is the frame of every page, which forbids every request by its content security policy; `page` puts the parts together; `map` is the interactive map; `lots` and `tables` have
//! the lots, deals and areas; `proof` says how good the design is and how one can know.

mod frame;
mod joins;
mod lots;
mod map;
mod page;
mod proof;
mod tables;

pub(crate) use frame::page;
pub(crate) use tables::{carded, framed, heading};

pub use page::report;
