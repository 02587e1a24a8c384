//! Tests of whole searches: drawn maps, brute force, strategies and backends against each other, conflicts, properties.

mod agree;
mod brute_force;
mod choose;
mod column_set;
mod columns;
mod conflict;
mod drawn;
mod known;
mod maps;
mod properties;
mod random;
mod repair;
mod robust;
