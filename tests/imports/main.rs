//! Data sets of the user's own, from the command line: imported, named, listed, shown, and refused with the next step.

#[path = "../common/mod.rs"]
mod common;

mod desk;
mod made;
mod official;
mod refused;
