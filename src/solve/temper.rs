//! Tempering seeks a plan with a given number of lots where next to nothing may be left over: copies of one search run at fixed heats, and change places.
//!
//! What is short in a hot copy wanders over the whole map; a cold one fills lots to the last grain. Two neighbours in heat change places by the rule of
//! Metropolis, so that a cold copy which is stuck warms up again, and need not start anew. Blocks may stand outside all lots for a while: a lot that has enough is
//! no dam for what lies behind it. Being short by much in one lot is dearer than in many, but less than in proportion.

use super::cut::Cutter;
use super::heat::{accepted, change_places, ladder};
use super::instance::Instance;
use super::joints::Joints;
use super::record::Record;
use super::shortage::Shortage;
use super::strategy::Setting;
use crate::domain::{Measure, Phase};
use rand::{Rng, RngExt};

/// The name of what finds a plan by tempering.
const NAME: &str = "tempering";
/// Copies, the heat of the hottest and the coldest, and tries of each between two changes of places.
const COPIES: u32 = 8;
const HOT: f64 = 1.5;
const COLD: f64 = 0.25;
const TRIES: u64 = 1_000;
/// One try in so many leaves a block outside all lots; one in so many exchanges two blocks.
const LEAVES: u32 = 32;
/// See [`LEAVES`].
const EXCHANGES: u32 = 2;

/// Tempering with a number of lots.
pub struct Tempering<'a> {
    setting: &'a Setting<'a>,
    joints: Joints,
    /// Number of lots; blocks outside all lots have this number as their lot.
    lots: usize,
    /// Whether blocks may stand outside: they join any lot in the end.
    open: bool,
    shortage: Shortage,
    copies: Vec<Replica>,
}

/// One search at one heat.
#[derive(Clone, Debug)]
struct Replica {
    lot_of: Vec<u32>,
    /// Blocks, weight, volume and cost of each lot, and of those outside at the end.
    size: Vec<u32>,
    weight: Vec<i64>,
    volume: Vec<i64>,
    cost: Vec<f64>,
    /// Lots that cost something.
    faulty: usize,
}

/// A lot as it would be: its number, weight, volume and cost.
type Changed = (usize, i64, i64, f64);

impl<'a> Tempering<'a> {
    /// Copies of so many lots, shared out evenly; `None` where rules bind lots to more than volume, clashes and joins, or there are too few blocks.
    pub fn new(setting: &'a Setting<'a>, lots: usize, random: &mut impl Rng) -> Option<Self> {
        let instance = setting.instance;
        if instance.grains.least <= 0
            || instance.fragile
            || !instance.attached.quiet()
            || lots < 2
            || lots > instance.len()
        {
            return None;
        }
        let mut tempering = Self {
            setting,
            joints: Joints::new(instance.len()),
            lots,
            open: instance.cap == i64::MAX && instance.classes.quiet(),
            shortage: Shortage::new(instance),
            copies: Vec::new(),
        };
        let all: Vec<u32> = (0..instance.len() as u32).collect();
        let mut cutter = Cutter::new(instance);
        for _ in 0..COPIES {
            let shared = cutter.share(instance, &all, lots, random);
            if shared.len() != lots {
                return None;
            }
            let copy = tempering.copy(&shared);
            tempering.copies.push(copy);
        }
        Some(tempering)
    }

    /// Runs for up to `steps` tries, and offers what it finds; says whether a better plan was found.
    pub fn run(&mut self, record: &mut Record<'_>, steps: u64, random: &mut impl Rng) -> bool {
        let heats = ladder(COPIES, HOT, COLD);
        for _ in 0..steps / (TRIES * u64::from(COPIES)) {
            if self.setting.clock.over().is_some() {
                return false;
            }
            self.setting.clock.tell(Phase::Search, Measure::Lots, record);
            for (at, &heat) in heats.iter().enumerate() {
                for _ in 0..TRIES {
                    self.step(at, heat, random);
                    if self.copies[at].faulty == 0 {
                        return record.offer(&self.finished(at), NAME);
                    }
                }
            }
            change_places(&mut self.copies, &heats, |copy| copy.cost.iter().sum(), random);
        }
        false
    }

    fn copy(&self, lots: &[Vec<u32>]) -> Replica {
        let instance = self.setting.instance;
        let mut copy = Replica {
            lot_of: vec![self.lots as u32; instance.len()],
            size: vec![0; self.lots + 1],
            weight: vec![0; self.lots + 1],
            volume: vec![0; self.lots + 1],
            cost: vec![0.0; self.lots + 1],
            faulty: 0,
        };
        for (lot, blocks) in lots.iter().enumerate() {
            blocks
                .iter()
                .for_each(|&block| copy.lot_of[block as usize] = lot as u32);
            copy.size[lot] = blocks.len() as u32;
            copy.weight[lot] = blocks.iter().map(|&block| instance.grains.weight[block as usize]).sum();
            copy.volume[lot] = instance.volume_of(blocks);
            copy.cost[lot] = self.shortage.cost(copy.weight[lot], copy.volume[lot]);
            copy.faulty += usize::from(copy.cost[lot] > 0.0);
        }
        copy
    }

    /// Tries to move one block of a copy over a boundary, out of its lot, or against another.
    fn step(&mut self, at: usize, heat: f64, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let block = random.random_range(0..instance.len());
        let near = &instance.neighbours[block];
        let from = self.copies[at].lot_of[block] as usize;
        let outside = from == self.lots;
        if near.is_empty() || !outside && self.copies[at].size[from] < 2 {
            return;
        }
        if self.open && !outside && random.random_range(0..LEAVES) == 0 {
            return self.shift(at, block, self.lots, heat, random);
        }
        let beside = near[random.random_range(0..near.len())] as usize;
        let to = self.copies[at].lot_of[beside] as usize;
        if to == from || to == self.lots {
            return;
        }
        if random.random_range(0..EXCHANGES) > 0 {
            self.shift(at, block, to, heat, random);
        } else {
            let beyond = &instance.neighbours[beside];
            let other = beyond[random.random_range(0..beyond.len())] as usize;
            let back = if self.copies[at].lot_of[other] as usize == to {
                other
            } else {
                beside
            };
            self.exchange(at, [block, back], heat, random);
        }
    }

    /// Moves a block to another lot, or outside.
    fn shift(&mut self, at: usize, block: usize, to: usize, heat: f64, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let (weight, volume) = (instance.grains.weight[block], instance.volume[block]);
        let from = self.copies[at].lot_of[block] as usize;
        let changed = [
            self.changed(at, from, -weight, -volume),
            self.changed(at, to, weight, volume),
        ];
        if self.accepts(at, &changed, heat, random) && self.leaves(at, block) && self.welcome(at, block, to, None) {
            self.put(at, block, to);
            self.take(at, changed);
        }
    }

    /// Moves a block to the lot of another, and the other back.
    fn exchange(&mut self, at: usize, [block, back]: [usize; 2], heat: f64, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let weight = instance.grains.weight[block] - instance.grains.weight[back];
        let volume = instance.volume[block] - instance.volume[back];
        let [from, to] = [block, back].map(|block| self.copies[at].lot_of[block] as usize);
        let changed = [
            self.changed(at, from, -weight, -volume),
            self.changed(at, to, weight, volume),
        ];
        if !self.accepts(at, &changed, heat, random)
            || !self.leaves(at, block)
            || !self.welcome(at, block, to, Some(back))
        {
            return;
        }
        self.put(at, block, to);
        let joins = |&near: &u32| self.copies[at].lot_of[near as usize] as usize == from;
        let stays = from == self.lots || instance.neighbours[back].iter().any(joins);
        if stays && self.leaves(at, back) && self.welcome(at, back, from, None) {
            self.put(at, back, from);
            self.take(at, changed);
        } else {
            self.put(at, block, from);
        }
    }

    fn changed(&self, at: usize, lot: usize, weight: i64, volume: i64) -> Changed {
        let copy = &self.copies[at];
        let (weight, volume) = (copy.weight[lot] + weight, copy.volume[lot] + volume);
        let cost = if lot == self.lots {
            0.0
        } else {
            self.shortage.cost(weight, volume)
        };
        (lot, weight, volume, cost)
    }

    fn accepts(&self, at: usize, changed: &[Changed; 2], heat: f64, random: &mut impl Rng) -> bool {
        let more: f64 = changed
            .iter()
            .map(|&(lot, _, _, cost)| cost - self.copies[at].cost[lot])
            .sum();
        accepted(more, heat, random)
    }

    /// Whether the lot of a block hangs together without it, and is still one.
    fn leaves(&mut self, at: usize, block: usize) -> bool {
        let instance = self.setting.instance;
        let copy = &self.copies[at];
        let lot = copy.lot_of[block] as usize;
        lot == self.lots || instance.scattered() || self.joints.spare(&instance.neighbours, &copy.lot_of, block as u32)
    }

    /// Whether no block of the lot but `gone` clashes with the block.
    fn welcome(&self, at: usize, block: usize, lot: usize, gone: Option<usize>) -> bool {
        let classes = &self.setting.instance.classes;
        let inside = |&other: &usize| self.copies[at].lot_of[other] as usize == lot && Some(other) != gone;
        classes.quiet()
            || !(0..self.copies[at].lot_of.len())
                .filter(inside)
                .any(|other| classes.clash(block, other))
    }

    fn put(&mut self, at: usize, block: usize, lot: usize) {
        let copy = &mut self.copies[at];
        copy.size[copy.lot_of[block] as usize] -= 1;
        copy.size[lot] += 1;
        copy.lot_of[block] = lot as u32;
    }

    fn take(&mut self, at: usize, changed: [Changed; 2]) {
        let copy = &mut self.copies[at];
        for (lot, weight, volume, cost) in changed {
            copy.faulty = copy.faulty - usize::from(copy.cost[lot] > 0.0) + usize::from(cost > 0.0);
            copy.weight[lot] = weight;
            copy.volume[lot] = volume;
            copy.cost[lot] = cost;
        }
    }

    /// The lots of a copy, after those outside have joined the lightest lot beside them.
    fn finished(&self, at: usize) -> Vec<Vec<u32>> {
        let instance = self.setting.instance;
        let mut copy = self.copies[at].clone();
        let mut outside: Vec<usize> = (0..instance.len())
            .filter(|&block| copy.lot_of[block] as usize == self.lots)
            .collect();
        while let Some((place, lot)) = host(instance, &copy, &outside, self.lots) {
            let block = outside.swap_remove(place);
            copy.lot_of[block] = lot as u32;
            copy.volume[lot] += instance.volume[block];
        }
        let mut lots = vec![Vec::new(); self.lots];
        for (block, &lot) in copy.lot_of.iter().enumerate() {
            if let Some(lot) = lots.get_mut(lot as usize) {
                lot.push(block as u32);
            }
        }
        lots
    }
}

/// The lightest lot beside one of the blocks outside, and the place of that block among them.
fn host(instance: &Instance<'_>, copy: &Replica, outside: &[usize], lots: usize) -> Option<(usize, usize)> {
    let beside = outside.iter().enumerate().flat_map(|(place, &block)| {
        let near = instance.neighbours[block].iter();
        near.map(move |&near| (place, copy.lot_of[near as usize] as usize))
    });
    beside
        .filter(|&(_, lot)| lot < lots)
        .min_by_key(|&(place, lot)| (copy.volume[lot], lot, outside[place]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::solve::Clock;
    use crate::solve::backend::Highs;
    use crate::solve::record::Bound;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn reached(cap: Option<i64>) -> Option<usize> {
        let volumes: Vec<i64> = (0..144).map(|at| 300 + at * at % 1_100 / 100 * 100).collect();
        let total: i64 = volumes.iter().sum();
        // One grain of a hundred is left over in a lot at the mean.
        let mut map = Drawn::lattice(12, 12)
            .volumes(&volumes)
            .floor(total / 16 / 100 * 100 - 150);
        if let Some(cap) = cap {
            map = map.cap(cap);
        }
        let problem = map.problem();
        let instance = Instance::plain(&problem);
        assert!(instance.grains.coarse());
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut record = Record::new(&instance, Bound::new(16, "counting"));
        let mut tempering = Tempering::new(&setting, 16, &mut random)?;
        tempering.run(&mut record, 20_000_000, &mut random);
        record.lots()
    }

    #[test]
    fn lots_are_filled_to_the_last_grain() {
        assert_eq!(reached(None), Some(16));
    }

    #[test]
    fn a_cap_holds_too() {
        assert_eq!(reached(Some(8_000)), Some(16));
    }
}
