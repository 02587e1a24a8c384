//! `lotwright` designs the lots in which public services are let.
#![warn(missing_docs)]

pub mod domain;
pub mod model;
pub mod report;
pub mod solve;
