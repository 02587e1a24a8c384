//! Maps: a plan as a picture that stands by itself, with title, key, sources and licence, as SVG, PNG or PDF.
//!
//! A picture colours the lots, a look says what colours mean, a frame puts the grid on the page, labels find their places, layers draw from the ground
//! up, a panel explains, a layout fits all of it to a paper, and a drawing is the finished page. The report uses the same parts for its
//! interactive map.

mod badge;
pub(crate) mod classes;
mod drawing;
mod flow;
pub(crate) mod font;
pub(crate) mod frame;
mod inset;
pub(crate) mod label;
pub(crate) mod layer;
mod layout;
mod letters;
mod look;
mod multiples;
mod page;
mod panel;
mod paper;
pub(crate) mod picture;
pub(crate) mod space;
mod texts;
pub(crate) mod type_size;

pub use drawing::{Credit, DPI, Drawing};
pub use look::{Look, MEASURES, Measured, MovedArea, Moves, Shading, Unit, measures_of};
pub use multiples::{Pane, multiples};
pub(crate) use page::without_controls;
pub use page::{MapOptions, map};
pub use paper::Paper;
