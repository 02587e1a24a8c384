//! Tests of whole searches: drawn maps, brute force, properties.

mod brute_force;
mod choose;
mod drawn;
mod maps;
mod properties;
mod repair;
