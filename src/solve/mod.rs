//! How a plan is found, and how good it is proved to be.
//!
//! [`solve`] contracts the problem to an [`instance`](Instance), rules out what arithmetic can rule out, bounds the number of lots, and
//! then runs strategies that share one [`record`](Record): a quick tree search, set partitioning over
//! enumerated candidate lots where their number allows, and otherwise packing prices on demand and a thorough tree search. The search stops as soon as every
//! bound meets its value. Only `backend` names a solver. [`solve_from`] begins from plans at hand, and what is [`Known`] of one problem helps with its
//! neighbours.

mod aim;
mod anneal;
mod ascent;
mod attached;
pub mod backend;
mod bargain;
mod bits;
mod bounds;
mod branch;
mod centres;
mod chances;
mod classes;
mod clock;
mod column_set;
mod columns;
mod columns_by_hub;
mod conflict;
mod construct;
mod contract;
mod cover;
mod cut;
mod deal_bound;
mod design;
mod dissection;
mod enumerate;
mod explain;
mod fill;
mod ground;
mod heat;
mod hess;
mod hub;
mod hub_lots;
mod instance;
mod joints;
mod knapsack;
mod known;
mod level;
mod lot_search;
mod master;
mod packing_prices;
mod part;
mod pocket;
mod pool;
mod prices;
mod probe;
mod raise;
mod reasons;
mod recombine;
mod record;
mod recut;
mod relax;
mod repair;
mod rule;
mod run;
mod score;
mod separator;
mod set_partitioning;
mod share;
mod shortage;
mod split;
mod strategy;
mod subset_rows;
mod tally;
mod temper;
mod temper_travel;
#[cfg(test)]
mod tests;
mod travel_copy;
mod tree_search;
mod witness;

pub use bounds::most_lots as upper_bound;
pub use clock::Clock;
pub use columns::Columns;
pub use conflict::Conflict;
pub use explain::{Explanation, explain};
pub use instance::Instance;
pub use known::{Known, KnownBound, bounds_of, looser, take_bounds, take_impossible, take_plan};
pub use packing_prices::PackingPrices;
pub use raise::Raising;
pub use record::{Best, Bound, Record};
pub use relax::{Change, Relaxation};
pub use repair::{Repaired, repair, repair_with, within_lots_of};
pub use rule::Rule;
pub use run::{SolveError, solve, solve_from, solve_knowing, solve_with};
pub use score::{Score, score};
pub use set_partitioning::SetPartitioning;
pub use strategy::{Setting, Strategy};
pub use tree_search::TreeSearch;
