//! Mathematical programs as plain data: named rows and columns in whole numbers, and no solver.
//!
//! A [`Program`] is a minimisation. Its data are whole numbers, so that whoever holds a dual point can compute an exact bound
//! from it ([`Program::safe_bound`]), however roughly that point was found. [`packing`] writes the programs that bound the number of lots;
//! [`partition`] the one that chooses lots from a list of candidates; [`repair`] the one that labels blocks anew.

pub mod packing;
pub mod partition;
mod program;
pub mod repair;

pub use program::{Column, Program, Row, Sense, Term, fixed, round_up, whole};
