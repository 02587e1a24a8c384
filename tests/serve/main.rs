//! The workbench over the network: who may ask, what is kept, and that a page gets what the command line gives.

mod client;
#[path = "../common/mod.rs"]
mod common;
mod guard;
mod kept;
mod same;
mod strokes;
mod tasks;
