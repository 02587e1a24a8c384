//! The command line: exit codes, streams, and answers that scripts rely on, command by command.

#[path = "../common/mod.rs"]
mod common;

mod check;
mod export;
mod finance;
mod frontier;
mod no_money;
mod plans;
mod repair;
mod solve;
mod stress;
mod words;
