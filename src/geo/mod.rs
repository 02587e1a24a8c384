//! Boundaries to borders and back: a plane, and on it a map of areas that share their arcs.
//!
//! A [`Frame`] takes degrees to metres. A [`Coverage`] is built once from polygons, checked exactly in whole decimetres,
//! and holds each line between two areas once. From the same arcs come common borders with their lengths, the outlines
//! of merged areas, and simpler shapes that still fit together.

mod assemble;
mod build;
mod common;
mod coverage;
mod dissolve;
mod edges;
mod exact;
mod frame;
mod islands;
mod mend;
mod near;
mod nearest;
mod overlap;
mod shares;
mod simplify;
mod sliver;

#[cfg(test)]
mod drawn;
#[cfg(test)]
mod tests;

pub use build::{Labels, Rigour, Shape};
pub use coverage::{Arc, ArcRef, Coverage, Part};
pub use exact::Vertex;
pub use frame::{Frame, FrameError};
pub use islands::{away, report_islands};
pub use shares::{Outline, SharesOfPeople, SmallArea};
pub use simplify::Target;
