//! Tables of every kind are read for what they are, and every row of them is accounted for: each fault with its code, and a next step that works.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/figures.rs"]
mod figures;

mod asked;
mod intervals;
mod joins;
mod kinds;
mod messy;
mod years;
