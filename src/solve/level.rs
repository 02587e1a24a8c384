//! Levelling makes lots about equal in volume, so that none is short where the floor leaves hardly any surplus.
//!
//! Surplus is led over boundaries from heavy lots to light ones: first by single blocks at random, then by the best exchange between each two lots that touch,
//! and at last along the shortest way to each lot that is still short. On a map of thousands of blocks that takes milliseconds where chance alone takes seconds.

use super::fill::{Filling, shortfall};
use super::instance::Instance;
use rand::{Rng, RngExt};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::ops::RangeInclusive;

/// Blocks of a small map, and fewer of a lot than there must be.
const SMALL: usize = 500;
const FEW: usize = 25;
/// Random tries for each block.
const TRIES_A_BLOCK: u64 = 50;
/// Heat of the random tries at their beginning and at their end, in squares of the volume of a mean block.
const HOT: f64 = 0.1;
const COLD: f64 = 0.002;
/// Tries between two changes of heat, and looks at the clock.
const LOOK_EVERY: u64 = 4_096;
/// Times that surplus is led to all lots that are short before they are kicked.
const LEADS: usize = 6;
/// Times that lots are kicked where some stay short.
const KICKS: usize = 50;
/// Blocks that a kick moves about each lot that is short.
const KICKED: usize = 4;
/// Exchanges between two lots that are looked at closely, the best first.
const NEAREST: usize = 12;

impl Filling<'_> {
    /// Levels the lots from a rough start; says whether every lot obeys the rules.
    pub fn level(&mut self, random: &mut impl Rng) -> bool {
        self.shake(random);
        self.mend(random)
    }

    /// Levels lots that are about right, and for a while kicks those that stay short; says whether every lot obeys the rules.
    pub fn mend(&mut self, random: &mut impl Rng) -> bool {
        self.settle((0..self.design.lots.len()).collect());
        self.lead_all();
        for _ in 0..KICKS {
            if self.sound() || self.setting.clock.over().is_some() {
                break;
            }
            let kicked = self.kick(random);
            self.settle(kicked);
            self.lead_all();
        }
        self.sound()
    }

    /// Moves single blocks, the likelier the evener that leaves two lots.
    fn shake(&mut self, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let mean = (instance.total as f64 / instance.len().max(1) as f64).max(1.0);
        let steps = instance.len() as u64 * TRIES_A_BLOCK;
        let mut heat = HOT;
        for step in 0..steps {
            if step % LOOK_EVERY == 0 {
                if self.setting.clock.over().is_some() {
                    return;
                }
                heat = HOT * (COLD / HOT).powf(step as f64 / steps as f64);
            }
            if self.short == 0 {
                return;
            }
            let Some((block, [from, to])) = self.proposed(random) else {
                continue;
            };
            let volume = instance.volume[block as usize];
            let rise = self.design.volume[to] - self.design.volume[from] + volume;
            // By how much Σ volume² grows.
            let change = 2.0 * (volume as f64 / mean) * (rise as f64 / mean);
            if (change <= 0.0 || random.random::<f64>() < (-change / heat).exp()) && self.allowed(block, to) {
                self.pass(block, to);
            }
        }
    }

    /// Moves a few blocks about each lot that is short, at any price; gives the lots that changed.
    fn kick(&mut self, random: &mut impl Rng) -> Vec<usize> {
        let mut kicked = Vec::new();
        for lot in self.short_lots() {
            // Beside a dead end there is little to choose from, so its neighbours' neighbours are kicked too.
            let mut about = self.beside(lot);
            about.extend(about.clone().into_iter().flat_map(|near| self.beside(near)));
            about.push(lot);
            for turn in 0..KICKED {
                // The lot itself first: the narrow border of a dead end would hardly be met by chance.
                let from = if turn == 0 { lot } else { *chosen(&about, random) };
                let beside = self.beside(from);
                if beside.is_empty() || self.design.lots[from].len() < 2 {
                    continue;
                }
                let to = *chosen(&beside, random);
                let edge: Vec<(i64, u32)> = self.edge(from, to).collect();
                let block = chosen(&edge, random).1;
                if self.allowed(block, to) {
                    self.pass(block, to);
                    kicked.extend([from, to]);
                }
            }
        }
        kicked.sort_unstable();
        kicked.dedup();
        kicked
    }

    /// Makes each pair of lots that touch as even as one exchange can, from the lots given on to those that change, until no pair gets evener or no lot is short.
    fn settle(&mut self, lots: Vec<usize>) {
        let mut waits = vec![false; self.design.lots.len()];
        lots.iter().for_each(|&lot| waits[lot] = true);
        let mut queue = VecDeque::from(lots);
        while let Some(lot) = queue.pop_front() {
            if self.short == 0 || self.setting.clock.over().is_some() {
                return;
            }
            waits[lot] = false;
            for other in self.beside(lot) {
                if self.even(lot, other) {
                    let changed = [lot, other].into_iter();
                    queue.extend(changed.filter(|&lot| !std::mem::replace(&mut waits[lot], true)));
                }
            }
        }
    }

    /// Makes two lots evener by one block, or one for another; says whether that was possible.
    fn even(&mut self, a: usize, b: usize) -> bool {
        let volume = &self.design.volume;
        let (light, heavy) = if volume[a] < volume[b] { (a, b) } else { (b, a) };
        let gap = volume[heavy] - volume[light];
        self.trade([heavy, light], gap / 2, 1..=gap - 1)
    }

    /// Leads surplus to every lot that is short.
    fn lead_all(&mut self) {
        let instance = self.setting.instance;
        // More than is wanted would be wanted elsewhere.
        let spare = instance.total / instance.len().max(1) as i64 / 4;
        for _ in 0..LEADS {
            for lot in self.short_lots() {
                let way = self.way_from(lot);
                for pair in way.windows(2) {
                    let wanted = instance.floor - self.design.volume[pair[0]];
                    if wanted <= 0 || !self.trade([pair[1], pair[0]], wanted, wanted..=wanted + spare) {
                        break;
                    }
                }
            }
        }
    }

    fn short_lots(&self) -> Vec<usize> {
        let short = |lot: &usize| shortfall(self.setting.instance, self.design.volume[*lot]) > 0;
        (0..self.design.lots.len()).filter(short).collect()
    }

    /// The lots on the shortest way from one that is short to where the surplus on the way makes up for it; empty where there is none.
    fn way_from(&self, short: usize) -> Vec<usize> {
        let surplus = |lot: usize| self.design.volume[lot] - self.setting.instance.floor;
        let mut sums: BTreeMap<usize, (i64, usize)> = BTreeMap::from([(short, (surplus(short), short))]);
        let mut queue = VecDeque::from([short]);
        while let Some(lot) = queue.pop_front() {
            let sum = sums[&lot].0;
            if sum >= 0 {
                let before = |&at: &usize| (at != short).then(|| sums[&at].1);
                let mut way: Vec<usize> = std::iter::successors(Some(lot), before).collect();
                way.reverse();
                return way;
            }
            for other in self.beside(lot) {
                if let Entry::Vacant(place) = sums.entry(other) {
                    place.insert((sum + surplus(other), lot));
                    queue.push_back(other);
                }
            }
        }
        Vec::new()
    }

    /// Leads a volume within `bounds`, as near to `wanted` as it can, from one lot to another by one block, or one for another; says whether that was possible.
    fn trade(&mut self, [from, to]: [usize; 2], wanted: i64, bounds: RangeInclusive<i64>) -> bool {
        let mut back: Vec<(i64, Option<u32>)> = self.edge(to, from).map(|(volume, b)| (volume, Some(b))).collect();
        back.push((0, None));
        back.sort_unstable();
        let mut offers: Vec<(i64, u32, Option<u32>)> = Vec::new();
        for (volume, block) in self.edge(from, to) {
            let at = back.partition_point(|&(other, _)| other < volume - wanted);
            for &(other, returned) in &back[at.saturating_sub(2)..(at + 2).min(back.len())] {
                if bounds.contains(&(volume - other)) {
                    offers.push(((volume - other - wanted).abs(), block, returned));
                }
            }
        }
        offers.sort_unstable();
        let mut nearest = offers.into_iter().take(NEAREST);
        nearest.any(|(_, block, returned)| self.traded(block, returned, [from, to]))
    }

    /// Passes a block over, and one back if there is one; undone, and false, where a lot would break a rule.
    fn traded(&mut self, block: u32, back: Option<u32>, [from, to]: [usize; 2]) -> bool {
        if self.design.lots[from].len() < 2 || !self.allowed(block, to) {
            return false;
        }
        self.pass(block, to);
        let Some(back) = back else { return true };
        // The neighbour by which the other block joined may have been the block itself.
        let done = self.touches(back, from) && self.allowed(back, from);
        let (moved, lot) = if done { (back, from) } else { (block, from) };
        self.pass(moved, lot);
        done
    }

    /// Lots beside a lot, sorted.
    fn beside(&self, lot: usize) -> Vec<usize> {
        let neighbours = &self.setting.instance.neighbours;
        let near = self.design.lots[lot]
            .iter()
            .flat_map(|&block| &neighbours[block as usize]);
        let others = near.map(|&block| self.design.lot_of[block as usize] as usize);
        let mut lots: Vec<usize> = others.filter(|&other| other != lot).collect();
        lots.sort_unstable();
        lots.dedup();
        lots
    }

    /// Blocks of a lot that touch another, with their volumes.
    fn edge(&self, lot: usize, other: usize) -> impl Iterator<Item = (i64, u32)> {
        let blocks = self.design.lots[lot].iter().copied();
        blocks
            .filter(move |&block| self.touches(block, other))
            .map(|block| (self.setting.instance.volume[block as usize], block))
    }

    /// Whether a block touches a lot.
    fn touches(&self, block: u32, lot: usize) -> bool {
        let near: &Vec<u32> = &self.setting.instance.neighbours[block as usize];
        near.iter()
            .any(|&other| self.design.lot_of[other as usize] as usize == lot)
    }
}

/// One of some, at random.
fn chosen<'a, T>(some: &'a [T], random: &mut impl Rng) -> &'a T {
    &some[random.random_range(0..some.len())]
}

/// Whether levelling is worth its while at all: on a small map filling alone takes milliseconds.
pub fn is_large(instance: &Instance<'_>) -> bool {
    instance.len() > SMALL
}

/// Whether so many lots are levelled before they are filled: lots of few blocks have few exchanges to choose from.
pub fn is_level_ground(instance: &Instance<'_>, lots: usize) -> bool {
    is_large(instance) && instance.len() / lots.max(1) >= FEW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::solve::Clock;
    use crate::solve::backend::Highs;
    use crate::solve::cut::Cutter;
    use crate::solve::strategy::Setting;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn lots_are_levelled_until_all_reach_a_floor_that_leaves_a_hundredth() {
        let volumes: Vec<i64> = (0..900).map(|at| 100 + at * at * 7 % 901).collect();
        let total: i64 = volumes.iter().sum();
        let problem = Drawn::lattice(30, 30)
            .volumes(&volumes)
            .floor(total * 2 / 101)
            .problem();
        let instance = Instance::plain(&problem);
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let all: Vec<u32> = (0..900).collect();
        let shared = Cutter::new(&instance).share(&instance, &all, 50, &mut random);
        assert_eq!(shared.len(), 50);
        let mut filling = Filling::new(&setting, shared);
        assert!(filling.short > 0, "the start leaves nothing to level");
        assert!(filling.level(&mut random), "short by {}", filling.short);
        assert_eq!(filling.lots().len(), 50);
        assert_eq!(instance.broken(filling.lots()), None);
    }
}
