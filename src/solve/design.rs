//! A Design is a partition under change; while a search goes on, it may break rules.

use super::instance::Instance;
use rand::{Rng, RngExt};

/// Lots of blocks with what is looked up often.
#[derive(Clone, Debug)]
pub struct Design {
    /// Blocks of each lot.
    pub lots: Vec<Vec<u32>>,
    /// The lot of each block.
    pub lot_of: Vec<u32>,
    /// Volume of each lot.
    pub volume: Vec<i64>,
    /// By how much each lot breaks the rules; 0 for a lot that obeys them.
    pub fault: Vec<i64>,
    /// Where each block stands in its lot.
    place: Vec<u32>,
}

impl Design {
    /// A design of the given lots.
    pub fn new(instance: &Instance<'_>, lots: Vec<Vec<u32>>) -> Self {
        let mut design = Self {
            lot_of: vec![0; instance.len()],
            lots: Vec::new(),
            volume: Vec::new(),
            fault: Vec::new(),
            place: vec![0; instance.len()],
        };
        lots.into_iter().for_each(|lot| design.push(instance, lot));
        design
    }

    /// Σ of the faults.
    pub fn faults(&self) -> i64 {
        self.fault.iter().sum()
    }

    /// Puts `pieces` in the place of the lots `gone`, which they must cover.
    pub fn replace(&mut self, instance: &Instance<'_>, gone: &[usize], pieces: Vec<Vec<u32>>) {
        let mut places = gone.to_vec();
        places.sort_unstable_by(|a, b| b.cmp(a));
        for piece in pieces {
            match places.pop() {
                Some(place) => self.put(instance, place, piece),
                None => self.push(instance, piece),
            }
        }
        // Places are popped from the least; those left are the greatest, and stand in falling order.
        places.into_iter().for_each(|place| self.drop_lot(place));
    }

    /// Moves a block to another lot; the lot that it leaves must hold more than it.
    pub fn shift(&mut self, instance: &Instance<'_>, block: u32, to: usize) {
        let from = self.lot_of[block as usize] as usize;
        let place = self.place[block as usize] as usize;
        self.lots[from].swap_remove(place);
        if let Some(&moved) = self.lots[from].get(place) {
            self.place[moved as usize] = place as u32;
        }
        self.place[block as usize] = self.lots[to].len() as u32;
        self.lot_of[block as usize] = to as u32;
        self.lots[to].push(block);
        let volume = instance.volume[block as usize];
        for (lot, change) in [(from, -volume), (to, volume)] {
            self.volume[lot] += change;
            self.fault[lot] = fault(instance, &self.lots[lot], self.volume[lot]);
        }
    }

    fn push(&mut self, instance: &Instance<'_>, lot: Vec<u32>) {
        self.lots.push(Vec::new());
        self.volume.push(0);
        self.fault.push(0);
        self.put(instance, self.lots.len() - 1, lot);
    }

    fn put(&mut self, instance: &Instance<'_>, place: usize, lot: Vec<u32>) {
        for (at, &block) in lot.iter().enumerate() {
            self.lot_of[block as usize] = place as u32;
            self.place[block as usize] = at as u32;
        }
        self.volume[place] = instance.volume_of(&lot);
        self.fault[place] = fault(instance, &lot, self.volume[place]);
        self.lots[place] = lot;
    }

    fn drop_lot(&mut self, place: usize) {
        self.lots.swap_remove(place);
        self.volume.swap_remove(place);
        self.fault.swap_remove(place);
        if let Some(moved) = self.lots.get(place) {
            moved
                .iter()
                .for_each(|&block| self.lot_of[block as usize] = place as u32);
        }
    }

    /// A lot that touches one of `lots`, chosen at random from a few tries.
    pub fn neighbour(&self, instance: &Instance<'_>, lots: &[usize], random: &mut impl Rng) -> Option<usize> {
        for _ in 0..16 {
            let lot = &self.lots[lots[random.random_range(0..lots.len())]];
            let near = &instance.neighbours[lot[random.random_range(0..lot.len())] as usize];
            if near.is_empty() {
                continue;
            }
            let other = self.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
            if !lots.contains(&other) {
                return Some(other);
            }
        }
        None
    }

    /// Up to `wanted` lots that hang together, chosen at random.
    pub fn cluster(&self, instance: &Instance<'_>, first: usize, wanted: usize, random: &mut impl Rng) -> Vec<usize> {
        let mut cluster = vec![first];
        while cluster.len() < wanted {
            match self.neighbour(instance, &cluster, random) {
                Some(lot) => cluster.push(lot),
                None => break,
            }
        }
        cluster
    }
}

/// By how much a lot breaks the rules, in volume: short of the floor, above the cap, and one floor for each block that must not be there
/// or lacks a block that must be.
pub fn fault(instance: &Instance<'_>, lot: &[u32], volume: i64) -> i64 {
    let unit = instance.floor.max(instance.total / instance.len().max(1) as i64).max(1);
    let pieces = i64::from(instance.fragile && !instance.units_connected(lot));
    let misplaced = (instance.classes.clashing(lot) + instance.attached.unmet(lot)) as i64 + pieces;
    instance.short(volume) + (volume - instance.cap).max(0) + misplaced * unit
}
