//! `lotwright` designs the lots in which public services are let.
#![warn(missing_docs)]
pub mod app;
pub mod cli;
pub mod domain;
pub mod geo;
pub mod io;
pub mod model;
pub mod report;
pub mod solve;
pub mod value;
pub mod verify;
