//! Tests of whole searches: drawn maps, brute force, properties.

mod brute_force;
mod drawn;
mod known;
mod maps;
mod properties;
