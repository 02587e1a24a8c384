//! What a verified plan means: contract values, participants, starts, and overlaps with deals.

mod deals;
mod lots;
pub mod money;

pub use deals::{DealValue, deals};
pub use lots::{LotValue, lot_name, lots};
