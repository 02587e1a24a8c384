//! One of the copies that tempering for travel holds: lots with their shortage and their travel, kept true as blocks move.

use super::instance::Instance;
use super::joints::Joints;
use super::shortage::Shortage;

/// The map that all copies stand on, and what shortages cost there.
pub struct Terrain<'a> {
    /// The map.
    pub instance: &'a Instance<'a>,
    /// What lots cost that are short, or above the cap.
    pub shortage: Shortage,
}

/// One search at one heat.
#[derive(Clone, Debug)]
pub struct TravelCopy {
    /// The lot of each block.
    pub lot_of: Vec<u32>,
    /// Where each block stands in its lot.
    place: Vec<u32>,
    /// The lots.
    pub lots: Vec<Lot>,
    /// Lots that are short, or above the cap.
    pub faulty: usize,
    /// Travel of all lots.
    pub travel: i64,
}

/// A lot of a copy.
#[derive(Clone, Debug)]
pub struct Lot {
    /// Its blocks, in any order.
    pub blocks: Vec<u32>,
    weight: i64,
    volume: i64,
    cost: f64,
    hub: Hub,
}

/// The area from which travel to a lot is least, and that travel.
#[derive(Clone, Copy, Debug)]
struct Hub {
    area: u32,
    travel: i64,
}

/// A lot as it would be.
#[derive(Clone, Copy, Debug)]
pub struct Changed {
    lot: usize,
    weight: i64,
    volume: i64,
    cost: f64,
    /// Where no block that goes is the hub's, that of before, so that travel may be less yet.
    hub: Hub,
}

impl<'a> Terrain<'a> {
    /// That of a map.
    pub fn new(instance: &'a Instance<'a>) -> Self {
        Self {
            instance,
            shortage: Shortage::new(instance),
        }
    }
}

impl TravelCopy {
    /// A copy that holds these lots, all blocks in one of them.
    pub fn new(terrain: &Terrain<'_>, lots: &[Vec<u32>]) -> Self {
        let instance = terrain.instance;
        let mut copy = Self {
            lot_of: vec![0; instance.len()],
            place: vec![0; instance.len()],
            lots: Vec::new(),
            faulty: 0,
            travel: 0,
        };
        for (number, blocks) in lots.iter().enumerate() {
            for (place, &block) in blocks.iter().enumerate() {
                copy.lot_of[block as usize] = number as u32;
                copy.place[block as usize] = place as u32;
            }
            let weight = blocks.iter().map(|&block| instance.grains.weight[block as usize]).sum();
            let volume = instance.volume_of(blocks);
            let lot = Lot {
                blocks: blocks.clone(),
                weight,
                volume,
                cost: terrain.shortage.cost(weight, volume),
                hub: hub_of(instance, blocks, None),
            };
            copy.faulty += usize::from(lot.cost > 0.0);
            copy.travel += lot.hub.travel;
            copy.lots.push(lot);
        }
        copy
    }

    /// Shortage, and travel at its weight.
    pub fn cost(&self, weight: f64) -> f64 {
        self.lots.iter().map(|lot| lot.cost).sum::<f64>() + weight * self.travel as f64
    }

    /// A lot once a block has gone and another has come.
    pub fn changed(&self, terrain: &Terrain<'_>, number: usize, gone: Option<usize>, come: Option<usize>) -> Changed {
        let (instance, lot) = (terrain.instance, &self.lots[number]);
        let sum = |of: &[i64]| come.map_or(0, |block| of[block]) - gone.map_or(0, |block| of[block]);
        let weight = lot.weight + sum(&instance.grains.weight);
        let volume = lot.volume + sum(&instance.volume);
        Changed {
            lot: number,
            weight,
            volume,
            cost: terrain.shortage.cost(weight, volume),
            hub: hub_after(instance, lot, gone, come),
        }
    }

    /// The two lots of a block and of its new lot as they would be if it moved.
    pub fn shifted(&self, terrain: &Terrain<'_>, block: usize, to: usize) -> [Changed; 2] {
        let from = self.lot_of[block] as usize;
        [
            self.changed(terrain, from, Some(block), None),
            self.changed(terrain, to, None, Some(block)),
        ]
    }

    /// How much more shortage, and travel, there would be.
    pub fn difference(&self, changed: &[Changed; 2]) -> (f64, i64) {
        let shorter = changed.iter().map(|new| new.cost - self.lots[new.lot].cost).sum();
        let farther = changed
            .iter()
            .map(|new| new.hub.travel - self.lots[new.lot].hub.travel)
            .sum();
        (shorter, farther)
    }

    /// Whether a block touches a lot, the block `gone` left out.
    pub fn joins(&self, instance: &Instance<'_>, block: usize, lot: usize, gone: usize) -> bool {
        let inside = |&near: &u32| near as usize != gone && self.lot_of[near as usize] as usize == lot;
        instance.scattered() || instance.neighbours[block].iter().any(inside)
    }

    /// Whether the lot of a block hangs together without it.
    pub fn leaves(&self, instance: &Instance<'_>, joints: &mut Joints, block: usize) -> bool {
        instance.scattered() || joints.spare(&instance.neighbours, &self.lot_of, block as u32)
    }

    /// Whether no block of the lot but `gone` clashes with the block.
    pub fn welcome(&self, instance: &Instance<'_>, block: usize, lot: usize, gone: Option<usize>) -> bool {
        let classes = &instance.classes;
        let clash = |&other: &u32| Some(other as usize) != gone && classes.clash(block, other as usize);
        classes.quiet() || !self.lots[lot].blocks.iter().any(clash)
    }

    /// Puts a block in another lot, whose sums are [taken](Self::take) afterwards.
    pub fn put(&mut self, block: usize, to: usize) {
        let place = self.place[block] as usize;
        let from = &mut self.lots[self.lot_of[block] as usize].blocks;
        from.swap_remove(place);
        if let Some(&moved) = from.get(place) {
            self.place[moved as usize] = place as u32;
        }
        let to_blocks = &mut self.lots[to].blocks;
        self.place[block] = to_blocks.len() as u32;
        self.lot_of[block] = to as u32;
        to_blocks.push(block as u32);
    }

    /// Takes lots as changed, whose blocks are there by now, and seeks their hubs.
    pub fn take(&mut self, instance: &Instance<'_>, changed: [Changed; 2]) {
        for new in changed {
            let lot = &mut self.lots[new.lot];
            let hub = hub_of(instance, &lot.blocks, Some(new.hub));
            self.faulty = self.faulty - usize::from(lot.cost > 0.0) + usize::from(new.cost > 0.0);
            self.travel += hub.travel - lot.hub.travel;
            (lot.weight, lot.volume, lot.cost, lot.hub) = (new.weight, new.volume, new.cost, hub);
        }
    }
}

/// The hub of a lot once a block has gone and another has come; it is sought anew only where the block of the hub goes.
fn hub_after(instance: &Instance<'_>, lot: &Lot, gone: Option<usize>, come: Option<usize>) -> Hub {
    let Hub { area, travel } = lot.hub;
    if let Some(gone) = gone
        && instance.places[gone].iter().any(|place| place.0 == area)
    {
        let stays = lot.blocks.iter().copied().filter(|&block| block as usize != gone);
        let blocks: Vec<u32> = stays.chain(come.map(|block| block as u32)).collect();
        return hub_of(instance, &blocks, None);
    }
    let to = |block: Option<usize>| block.map_or(0, |block| instance.block_travel(block, area as usize));
    Hub {
        area,
        travel: travel - to(gone) + to(come),
    }
}

/// The best hub of a lot of few blocks, where one is `known` that is not better.
fn hub_of(instance: &Instance<'_>, blocks: &[u32], known: Option<Hub>) -> Hub {
    let mut best = known.unwrap_or(Hub {
        area: 0,
        travel: i64::MAX,
    });
    for &(area, _) in blocks.iter().flat_map(|&block| &instance.places[block as usize]) {
        let mut travel = 0;
        for &block in blocks {
            travel += instance.block_travel(block as usize, area as usize);
            if travel >= best.travel {
                break;
            }
        }
        if travel < best.travel {
            best = Hub { area, travel };
        }
    }
    best
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// What a copy counts is what its blocks add up to.
    pub fn assert_counted(terrain: &Terrain<'_>, copy: &TravelCopy) {
        let instance = terrain.instance;
        let mut blocks = 0;
        for (number, lot) in copy.lots.iter().enumerate() {
            blocks += lot.blocks.len();
            let weight: i64 = lot
                .blocks
                .iter()
                .map(|&block| instance.grains.weight[block as usize])
                .sum();
            assert_eq!(
                (lot.weight, lot.volume, lot.hub.travel),
                (weight, instance.volume_of(&lot.blocks), instance.travel(&lot.blocks))
            );
            assert_eq!(lot.cost.to_bits(), terrain.shortage.cost(weight, lot.volume).to_bits());
            assert!(instance.scattered() || instance.units_connected(&lot.blocks));
            assert!(!lot.blocks.is_empty());
            let clash = |&block: &u32| !copy.welcome(instance, block as usize, number, Some(block as usize));
            assert!(!lot.blocks.iter().any(clash));
            for (place, &block) in lot.blocks.iter().enumerate() {
                let stands = (copy.lot_of[block as usize], copy.place[block as usize]);
                assert_eq!(stands, (number as u32, place as u32));
            }
        }
        assert_eq!(blocks, instance.len());
        assert_eq!(copy.travel, copy.lots.iter().map(|lot| lot.hub.travel).sum::<i64>());
        assert_eq!(copy.faulty, copy.lots.iter().filter(|lot| lot.cost > 0.0).count());
    }
}
