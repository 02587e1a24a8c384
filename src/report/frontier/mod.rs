//! A frontier as tables, chart and page.
//!
//! `answer` has its shape; `steps` finds out what is known between the points; `chart` draws the number of lots and `goals` what it costs, on a `plot`; `picture` is the
//! file of its own, `page` the report, `table` the CSV and the table of the terminal.

mod answer;
mod chart;
mod goals;
mod page;
mod picture;
pub(in crate::report) mod plot;
#[cfg(test)]
mod sample;
mod steps;
mod table;
mod words;

pub use answer::{Baseline, Frontier, Point};
pub use page::page;
pub use picture::picture;
pub use table::{csv, summary};
pub use words::value_words;
