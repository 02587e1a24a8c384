//! The Hess program: choose hubs, and give every block to one of them, at the least travel.

use super::{Program, Sense};

/// A block that may be given to a hub, at a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The block.
    pub block: u32,
    /// Its volume.
    pub volume: i64,
    /// Cost of giving it to the hub.
    pub cost: i64,
}

/// A hub with its own block and the blocks that may be given to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hub {
    /// Number that names it, as in `y[17]`.
    pub number: usize,
    /// Its own block, which goes with it where it is chosen.
    pub own: Pair,
    /// Other blocks.
    pub pairs: Vec<Pair>,
}

/// A set of blocks one of which must be given to a hub if `block` is: what lies between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Place of the hub in the list of hubs.
    pub hub: usize,
    /// The block.
    pub block: u32,
    /// What parts it from the hub.
    pub between: Vec<u32>,
}

/// What all lots must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Number of lots.
    pub lots: i64,
    /// Least volume of a lot.
    pub floor: i64,
    /// Greatest volume of a lot.
    pub cap: i64,
}

/// The program over `blocks` blocks, and the column of every hub (its pairs follow it in order).
pub fn hess(blocks: usize, hubs: &[Hub], limits: Limits, cuts: &[Cut], name: impl Fn(usize) -> String) -> (Program, Vec<usize>) {
    let mut program = Program::default();
    let mut columns = Vec::with_capacity(hubs.len());
    for hub in hubs {
        columns.push(program.add_column(format!("y[{}]", hub.number), hub.own.cost, 1, true));
        for pair in &hub.pairs {
            program.add_column(format!("x[{}, {}]", name(pair.block as usize), hub.number), pair.cost, 1, true);
        }
    }
    for block in 0..blocks {
        program.add_row(format!("assign[{}]", name(block)), Sense::Equal, 1);
    }
    let lots = program.add_row("lots", Sense::Equal, limits.lots);
    for (hub, &first) in hubs.iter().zip(&columns) {
        program.set(hub.own.block as usize, first, 1);
        program.set(lots, first, 1);
        for (at, pair) in hub.pairs.iter().enumerate() {
            program.set(pair.block as usize, first + 1 + at, 1);
        }
        volume_rows(&mut program, hub, first, limits);
    }
    for cut in cuts {
        cut_row(&mut program, hubs, &columns, cut);
    }
    (program, columns)
}

/// Floor and cap of a hub's lot, and no block without its hub.
fn volume_rows(program: &mut Program, hub: &Hub, first: usize, limits: Limits) {
    let floor = program.add_row(format!("floor[{}]", hub.number), Sense::AtLeast, 0);
    let cap = program.add_row(format!("cap[{}]", hub.number), Sense::AtMost, 0);
    for (row, limit) in [(floor, limits.floor), (cap, limits.cap)] {
        program.set(row, first, hub.own.volume - limit);
        for (at, pair) in hub.pairs.iter().enumerate() {
            program.set(row, first + 1 + at, pair.volume);
        }
    }
    for at in 0..hub.pairs.len() {
        let row = program.add_row(format!("with[{}, {at}]", hub.number), Sense::AtMost, 0);
        program.set(row, first + 1 + at, 1);
        program.set(row, first, -1);
    }
}

fn cut_row(program: &mut Program, hubs: &[Hub], columns: &[usize], cut: &Cut) {
    let hub = &hubs[cut.hub];
    let place = |block: u32| hub.pairs.iter().position(|pair| pair.block == block).map(|at| columns[cut.hub] + 1 + at);
    let Some(given) = place(cut.block) else { return };
    let row = program.add_row(format!("between[{}, {}]", hub.number, cut.block), Sense::AtMost, 0);
    program.set(row, given, 1);
    for column in cut.between.iter().filter_map(|&block| place(block)) {
        program.set(row, column, -1);
    }
}
