//! The file `map.svg`: a plan as a picture that stands by itself, with title, key, sources and licence.
//!
//! A picture colours the lots, a frame puts the grid on the page, labels find their places, layers draw from the ground up, and a panel
//! explains. The report uses the same parts for its interactive map.

pub(crate) mod frame;
mod inset;
pub(crate) mod label;
pub(crate) mod layer;
mod page;
mod panel;
pub(crate) mod picture;
pub(crate) mod type_size;

pub(crate) use page::without_controls;
pub use page::{MapOptions, map};
