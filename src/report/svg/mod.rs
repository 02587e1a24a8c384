//! The file `map.svg`: a plan as a picture that stands by itself, with title, key, sources and licence.
//!
//! A [`Picture`] colours the lots, a [`Frame`] puts the grid on the page, labels find their places ([`label`]), layers draw
//! ([`layer`]) and a panel explains ([`panel`]). The report uses the same parts for its interactive map.

pub(crate) mod frame;
pub(crate) mod label;
pub(crate) mod layer;
mod page;
mod panel;
pub(crate) mod picture;
mod type_size;

pub use page::{MapOptions, map};
