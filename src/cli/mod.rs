//! The command line: words to requests and answers to words. It holds no logic of its own.

mod args;
mod boundaries;
mod commands;
mod exit;
mod interrupt;
mod progress;
mod words;

pub use commands::run;
