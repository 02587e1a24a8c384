//! The doctor looks at files and only tells: what each is, what was recognised in it, and what is wrong with it.

mod boundaries;

pub use boundaries::{BoundariesSeen, IslandSeen, Look, NearestSeen, look_at_boundaries};
