//! The file `report.html`: one page that opens offline, with the map beside the tables.
//!
//! `frame` is the frame of every page, which forbids every request by its content security policy; `page` puts the parts together; `map` is the interactive map; `lots` and `tables` have
//! the lots, deals and areas; `notes` has what other pages share; `proof` says how good the design is and how one can know.

mod frame;
mod joins;
mod lots;
mod map;
mod notes;
mod page;
mod proof;
mod tables;

pub(crate) use frame::page;
pub(crate) use notes::{breaches, provenance};
pub(crate) use tables::{SheetRow, framed, numbers, parameters, sheet, standing};

pub use page::report;
