//! Centres: every hub that a lot can have, with the blocks that can share a lot with it.
//!
//! A block can be in a lot with a hub only if some path between them keeps the cap, counting every block on the way: a connected lot that holds both holds such
//! a path. With a given number of lots every other lot takes a floor at least, so what is left is a cap too.

use super::instance::Instance;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A block that can share a lot with a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The block.
    pub block: u32,
    /// Its volume, in whole grains where volumes are rounded.
    pub volume: i64,
    /// Volume × metres from its areas to the hub.
    pub cost: i64,
}

/// A hub area in its block, and what can share a lot with it.
#[derive(Clone, Debug)]
pub struct Centre {
    /// The block of the hub, which every lot of this centre holds.
    pub own: Member,
    /// The other blocks, in order.
    pub members: Vec<Member>,
}

/// The greatest price of volume, in metres: far above any distance. Where volumes are very large it is less, so that no sum over a map at such a price is too large for its type.
const MOST_RATE: i64 = 100_000_000;

/// All centres of an instance for a given number of lots.
#[derive(Clone, Debug)]
pub struct Centres {
    /// Number of lots.
    pub lots: usize,
    /// Least volume of a lot, in whole grains too: a set of blocks reaches it just if it reaches the floor.
    pub floor: i64,
    /// Greatest volume of a lot, by the cap or by what the other lots leave.
    pub cap: i64,
    /// Volume of each block, in whole grains.
    pub volume: Vec<i64>,
    /// The greatest price of volume that is used, in metres.
    pub most_rate: i64,
    /// The centres, in order of their blocks.
    pub list: Vec<Centre>,
}

impl Centres {
    /// The centres of plans with just so many lots.
    pub fn new(instance: &Instance<'_>, lots: usize) -> Self {
        let grains = &instance.grains;
        let volume: Vec<i64> = grains.weight.iter().map(|&weight| weight * grains.unit).collect();
        let floor = grains.least * grains.unit;
        let cap = greatest(instance, &volume, floor, lots);
        let mut list = Vec::new();
        for block in 0..instance.len() {
            let reached = within_reach(instance, &volume, block, cap);
            for &(hub, _) in &instance.places[block] {
                let member = |other: u32| Member {
                    block: other,
                    volume: volume[other as usize],
                    cost: instance.block_travel(other as usize, hub as usize),
                };
                let members = reached.iter().map(|&other| member(other)).collect();
                list.push(Centre {
                    own: member(block as u32),
                    members,
                });
            }
        }
        Self {
            lots,
            floor,
            cap,
            most_rate: MOST_RATE.min(i64::MAX / 8 / volume.iter().sum::<i64>().max(1)),
            volume,
            list,
        }
    }

    /// Volume of a lot, in whole grains.
    pub fn volume_of(&self, lot: &[u32]) -> i64 {
        lot.iter().map(|&block| self.volume[block as usize]).sum()
    }
}

/// The greatest volume of one of `lots` lots, volumes counted in whole grains: a scenario's cap is widened by all that rounding has added.
fn greatest(instance: &Instance<'_>, volume: &[i64], floor: i64, lots: usize) -> i64 {
    let added = volume.iter().zip(&instance.volume);
    let added: i64 = added.map(|(counted, volume)| (counted - volume).max(0)).sum();
    let others = (lots as i64 - 1).saturating_mul(floor);
    let left = volume.iter().sum::<i64>().saturating_sub(others);
    left.min(instance.greatest(lots).saturating_add(added))
}

/// Blocks other than `from` whose lightest path to it keeps `cap`, in order.
fn within_reach(instance: &Instance<'_>, volume: &[i64], from: usize, cap: i64) -> Vec<u32> {
    let friend = |block: usize| block != from && !instance.classes.clash(from, block);
    if instance.scattered() {
        let light = |&block: &usize| volume[block] <= cap - volume[from];
        return (0..instance.len())
            .filter(|&block| friend(block))
            .filter(light)
            .map(|block| block as u32)
            .collect();
    }
    let mut weight = vec![i64::MAX; instance.len()];
    weight[from] = volume[from];
    let mut queue = BinaryHeap::from([Reverse((weight[from], from as u32))]);
    while let Some(Reverse((held, block))) = queue.pop() {
        if held > weight[block as usize] {
            continue;
        }
        for &near in &instance.neighbours[block as usize] {
            let along = held + volume[near as usize];
            if along <= cap && along < weight[near as usize] && friend(near as usize) {
                weight[near as usize] = along;
                queue.push(Reverse((along, near)));
            }
        }
    }
    (0..instance.len())
        .filter(|&block| block != from && weight[block] <= cap)
        .map(|block| block as u32)
        .collect()
}
