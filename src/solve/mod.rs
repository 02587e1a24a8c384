//! How a plan is found, and how good it is proved to be.
//!
//! [`solve`] contracts the problem to an [`instance`](Instance), rules out what arithmetic can rule out, bounds the number of lots, and
//! then runs strategies that share one [`record`](Record): a quick tree search, set partitioning over
//! enumerated candidate lots where their number allows, and otherwise a thorough tree search. The search stops as soon as every bound
//! meets its value. Only `backend` names a solver.

mod attached;
pub mod backend;
mod bits;
mod bounds;
mod branch;
mod classes;
mod clock;
mod columns_by_hub;
mod construct;
mod contract;
mod cover;
mod cut;
mod design;
mod enumerate;
mod ground;
mod hub_lots;
mod improve;
mod instance;
mod levels;
mod master;
mod prices;
mod reasons;
mod record;
mod repair;
mod run;
mod score;
mod separator;
mod set_partitioning;
mod strategy;
#[cfg(test)]
mod tests;
mod tree_search;

pub use bounds::most_lots as upper_bound;
pub use clock::Clock;
pub use instance::Instance;
pub use record::{Best, Bound, Record};
pub use repair::{Repaired, repair, repair_with};
pub use run::{SolveError, solve, solve_with};
pub use score::{Score, score};
pub use set_partitioning::SetPartitioning;
pub use strategy::{Setting, Strategy};
pub use tree_search::TreeSearch;
