//! `lotwright` designs the lots in which public services are let, proves how good a design is, values it and draws it.
//!
//! Data goes down one line: [`io`] reads, [`geo`] finds borders, [`app`] joins all into a [`domain::Problem`], [`solve`] seeks a plan, [`verify`] judges
//! it, [`value`] values it, [`report`] makes files. Most readers want [`app::Case`]; `examples/line.rs` goes down the line with it.
#![warn(missing_docs)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]
pub mod app;
pub mod cli;
pub mod domain;
pub mod geo;
pub mod io;
pub mod model;
pub mod report;
pub mod serve;
pub mod solve;
pub mod value;
pub mod verify;
