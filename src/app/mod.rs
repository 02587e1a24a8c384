//! The one API: requests in, answers out. The command line and the page say the same things to it.
//!
//! [`Case::load`] reads a scenario and everything that it names; from there [`Case::solve`], [`Case::evaluate`], [`Case::compare`] and
//! [`Case::inspect`] each give an answer that the judge has seen.

mod answer;
mod check;
mod compare;
mod files;
mod inspect;
mod join;
mod load;
mod maps;
mod outputs;
mod plans;
mod solve;

pub use check::Check;
pub use compare::{Comparison, Matched, Move};
pub use files::write_files;
pub use inspect::{AreaSeen, BorderSeen, Inspection, LinkSeen, UnitSeen};
pub use load::{Case, Changes, LoadError};
pub use plans::Judged;
pub use solve::{Answered, AppError};
