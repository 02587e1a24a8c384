//! Formats, and nothing but formats: what stands in a file becomes plain data, with every fault and its line.

pub mod delimited;
pub mod input;
pub mod plan;
pub mod scenario;
pub mod settings;
pub mod sources;
pub mod volumes;
