//! The command line: words to requests and answers to words. It holds no logic of its own.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is the one place that speaks to the terminal"
)]

mod args;
mod boundaries;
mod commands;
mod datasets;
mod doctor;
mod exit;
mod export;
mod finance;
mod frontier;
mod import;
mod inspect;
mod interrupt;
mod limits;
mod progress;
mod serve;
mod stress;
mod words;

pub use commands::run;
