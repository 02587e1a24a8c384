//! The packing of minimal viable sets: how many lots there can be at most, and at which prices.

use super::{Program, Sense};

/// Choose as many disjoint sets as possible: minimise −Σ z over sets, Σ z ≤ 1 in each block.
///
/// `sets` lists the blocks of every minimal viable set; `name` names a block. Columns stand in the order of the sets, rows in that of the blocks.
pub fn packing(blocks: usize, sets: &[Vec<u32>], name: impl Fn(usize) -> String) -> Program {
    let mut program = Program::default();
    for block in 0..blocks {
        program.add_row(format!("once[{}]", name(block)), Sense::AtMost, 1);
    }
    for (index, set) in sets.iter().enumerate() {
        let column = program.add_column(format!("z[{index}]"), -1, 1, true);
        for &block in set {
            program.set(block as usize, column, 1);
        }
    }
    program
}

/// The dual of the packing: prices ≥ 0 on blocks, of the least sum, that give every minimal viable set a price of 1 or more.
///
/// Columns stand in the order of the blocks.
pub fn pricing(blocks: usize, sets: &[Vec<u32>], name: impl Fn(usize) -> String) -> Program {
    let mut program = Program::default();
    for block in 0..blocks {
        program.add_column(format!("price[{}]", name(block)), 1, 1, false);
    }
    for (index, set) in sets.iter().enumerate() {
        let row = program.add_row(format!("pays[{index}]"), Sense::AtLeast, 1);
        for &block in set {
            program.set(row, block as usize, 1);
        }
    }
    program
}

/// Prices that bound the packing and stay as close as can be to given ones: price = `usual` − discount + surcharge.
///
/// Minimise Σ discount + Σ surcharge, such that all prices together are `sum` or less and each of `sets` costs `least` or more. All prices are whole
/// numbers of one unit. Columns are the discounts in the order of the blocks, then the surcharges.
pub fn repricing(usual: &[i64], sets: &[Vec<u32>], sum: i64, least: i64, name: impl Fn(usize) -> String) -> Program {
    let mut program = Program::default();
    for (block, &price) in usual.iter().enumerate() {
        program.add_column(format!("discount[{}]", name(block)), 1, price, false);
    }
    for block in 0..usual.len() {
        program.add_column(format!("surcharge[{}]", name(block)), 1, least, false);
    }
    let mut price = |row: String, sense, right: i64, blocks: &mut dyn Iterator<Item = usize>| {
        let blocks: Vec<usize> = blocks.collect();
        let before: i64 = blocks.iter().map(|&block| usual[block]).sum();
        let row = program.add_row(row, sense, right - before);
        for block in blocks {
            program.set(row, block, -1);
            program.set(row, usual.len() + block, 1);
        }
    };
    price("sum".into(), Sense::AtMost, sum, &mut (0..usual.len()));
    for (index, set) in sets.iter().enumerate() {
        let mut blocks = set.iter().map(|&block| block as usize);
        price(format!("pays[{index}]"), Sense::AtLeast, least, &mut blocks);
    }
    program
}
