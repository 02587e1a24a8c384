//! What a lot earns, costs and owes, month by month, under a funding model.
//!
//! A [`Course`] is a model over time for one pound of contract value and one participant; with an [`Order`] (what a lot is) and a [`Shock`] (what goes
//! otherwise than planned) it becomes a [`Ledger`] in pounds, and that an [`Account`] in pence, whose parts add up exactly. [`break_even`] seeks the
//! fall in volume that a lot survives, [`draw`] counts how often lots stay viable where volumes and outcomes come in at random, [`derive_floor`] the least lot that is worth having, and [`sums`] holds the wider sums of the reports, each with its published figure in [`published()`].
//! Every formula stands in `docs/money.md`.

mod account;
mod break_even;
mod course;
mod derive;
mod ledger;
mod order;
mod published;
mod quick;
mod stress;
pub mod sums;
mod tally;

pub use account::{Account, AccountMonth, COSTS, account};
pub use break_even::{BreakEven, break_even};
pub use course::Course;
pub use derive::{Binding, Derived, NoSize, Terms, derive_floor};
pub use ledger::{Ledger, LedgerMonth};
pub use order::{Order, Shock};
pub use published::{Given, Published, published, rounded};
pub use quick::{LANES, Lanes, Quick};
pub use stress::{Chance, Errors, Exposed, Exposure, LotSurvival, Survival, draw};
pub use tally::{Tally, tally};
