//! Filling seeks a plan with a given number of lots: blocks move over boundaries until no lot is short of the floor or above the cap.
//!
//! A move costs next to nothing, so that there can be millions: that is what tight floors take, where the surplus of many lots must be led to the one
//! lot that is short.

use super::cut::compatible;
use super::design::Design;
use super::heat::accepted;
use super::instance::Instance;
use super::joints::Joints;
use super::strategy::Setting;
use rand::{Rng, RngExt};

/// Annealing of what lots are short of, with a fixed number of lots.
pub struct Filling<'a> {
    pub(super) setting: &'a Setting<'a>,
    joints: Joints,
    pub(super) design: Design,
    /// What all lots are short of the floor, or have above the cap.
    pub(super) short: i64,
}

/// Moves between two looks at the clock.
const LOOK_EVERY: u64 = 4_096;
/// Heat at the end, as a part of the volume of a mean block.
const COLD: f64 = 0.003;

impl<'a> Filling<'a> {
    /// Starts from lots that each hang together.
    pub fn new(setting: &'a Setting<'a>, lots: Vec<Vec<u32>>) -> Self {
        let instance = setting.instance;
        let design = Design::new(instance, lots);
        let short = design.volume.iter().map(|&volume| shortfall(instance, volume)).sum();
        Self {
            setting,
            joints: Joints::new(instance.len()),
            design,
            short,
        }
    }

    /// The lots.
    pub fn lots(&self) -> &[Vec<u32>] {
        &self.design.lots
    }

    /// The lots, to go on with.
    pub fn into_lots(self) -> Vec<Vec<u32>> {
        self.design.lots
    }

    /// The lots after each that is short has joined its lightest neighbour that can take it.
    pub fn merged(&self) -> Vec<Vec<u32>> {
        let instance = self.setting.instance;
        let mut design = self.design.clone();
        let mut next = lightest_short(instance, &design);
        while let Some(lot) = next {
            let Some(host) = host(instance, &design, lot) else {
                break;
            };
            let both = design.lots[lot].iter().chain(&design.lots[host]).copied().collect();
            design.replace(instance, &[lot, host], vec![both]);
            next = lightest_short(instance, &design);
        }
        design.lots
    }

    /// Anneals for up to `steps` tries, from a heat (the shortfall that is taken for a while, as a part of the volume of a mean block); says whether every lot
    /// obeys the rules.
    pub fn run(&mut self, steps: u64, heat: f64, random: &mut impl Rng) -> bool {
        let instance = self.setting.instance;
        let block = (instance.total as f64 / instance.len().max(1) as f64).max(1.0);
        let cooling = (COLD / heat).powf(LOOK_EVERY as f64 / steps.max(1) as f64);
        let mut heat = heat * block;
        for step in 0..steps {
            if self.sound() {
                return true;
            }
            if step % LOOK_EVERY == 0 {
                if self.setting.clock.over().is_some() {
                    return false;
                }
                heat *= cooling;
            }
            self.step(heat, random);
        }
        self.sound()
    }

    /// Whether every lot obeys the rules.
    pub(super) fn sound(&self) -> bool {
        self.short == 0 && self.design.faults() == 0
    }

    /// Tries to move one block over a boundary.
    fn step(&mut self, heat: f64, random: &mut impl Rng) {
        let Some((block, lots)) = self.proposed(random) else {
            return;
        };
        if random.random_range(0..4) > 0 {
            self.shift(block, lots, heat, random);
        } else {
            self.exchange(block, lots, heat, random);
        }
    }

    /// A random block with its lot and that of a neighbour, where these differ.
    pub(super) fn proposed(&self, random: &mut impl Rng) -> Option<(u32, [usize; 2])> {
        let instance = self.setting.instance;
        let block = random.random_range(0..instance.len());
        let near = &instance.neighbours[block];
        let from = self.design.lot_of[block] as usize;
        if near.is_empty() || self.design.lots[from].len() < 2 {
            return None;
        }
        let to = self.design.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
        (to != from).then_some((block as u32, [from, to]))
    }

    /// Moves a block to another lot, and notes what lots are short of then.
    pub(super) fn pass(&mut self, block: u32, to: usize) {
        let from = self.design.lot_of[block as usize] as usize;
        self.short += self.change(self.setting.instance.volume[block as usize], from, to);
        self.design.shift(self.setting.instance, block, to);
    }

    /// Moves a block to another lot.
    fn shift(&mut self, block: u32, [from, to]: [usize; 2], heat: f64, random: &mut impl Rng) {
        let change = self.change(self.setting.instance.volume[block as usize], from, to);
        if accepted(change as f64, heat, random) && self.allowed(block, to) {
            self.design.shift(self.setting.instance, block, to);
            self.short += change;
        }
    }

    /// Moves a block to another lot, and a block of that lot back.
    fn exchange(&mut self, block: u32, [from, to]: [usize; 2], heat: f64, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let back = self.design.lots[to][random.random_range(0..self.design.lots[to].len())];
        let joins = |&near: &u32| near != block && self.design.lot_of[near as usize] as usize == from;
        if !instance.neighbours[back as usize].iter().any(joins) {
            return;
        }
        let volume = instance.volume[block as usize] - instance.volume[back as usize];
        let change = self.change(volume, from, to);
        if !accepted(change as f64, heat, random) || !self.allowed(block, to) {
            return;
        }
        self.design.shift(instance, block, to);
        // The neighbour by which the other block joined may have been the block itself.
        if self.allowed(back, from) {
            self.design.shift(instance, back, from);
            self.short += change;
        } else {
            self.design.shift(instance, block, from);
        }
    }

    /// By how much the shortfall grows.
    fn change(&self, volume: i64, from: usize, to: usize) -> i64 {
        let instance = self.setting.instance;
        let (left, right) = (self.design.volume[from], self.design.volume[to]);
        shortfall(instance, left - volume) - shortfall(instance, left) + shortfall(instance, right + volume)
            - shortfall(instance, right)
    }

    /// Whether both lots hang together after the move, and none of the other lot clashes with the block.
    pub(super) fn allowed(&mut self, block: u32, to: usize) -> bool {
        let instance = self.setting.instance;
        let classes = &instance.classes;
        let welcome = classes.quiet()
            || !self.design.lots[to]
                .iter()
                .any(|&other| classes.clash(block as usize, other as usize));
        welcome && (instance.scattered() || self.joints.spare(&instance.neighbours, &self.design.lot_of, block))
    }
}

/// The lightest lot, if it is below the floor.
fn lightest_short(instance: &Instance<'_>, design: &Design) -> Option<usize> {
    let lightest = (0..design.lots.len()).min_by_key(|&lot| (design.volume[lot], lot))?;
    (design.volume[lightest] < instance.floor).then_some(lightest)
}

/// The lightest lot beside `lot` that can take it.
fn host(instance: &Instance<'_>, design: &Design, lot: usize) -> Option<usize> {
    let near = design.lots[lot]
        .iter()
        .flat_map(|&block| &instance.neighbours[block as usize]);
    let others = near
        .map(|&block| design.lot_of[block as usize] as usize)
        .filter(|&other| other != lot);
    let fits = |&other: &usize| {
        design.volume[other] <= instance.cap - design.volume[lot]
            && compatible(instance, &design.lots[other], &design.lots[lot])
    };
    let mut others: Vec<usize> = others.collect();
    others.sort_unstable_by_key(|&other| (design.volume[other], other));
    others.dedup();
    others.into_iter().find(fits)
}

/// What a lot of that volume is short of the floor, in whole grains, or has above the cap.
pub fn shortfall(instance: &Instance<'_>, volume: i64) -> i64 {
    instance.short(volume) + (volume - instance.cap).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::solve::Clock;
    use crate::solve::backend::Highs;
    use crate::solve::cut::Cutter;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn what_lots_are_short_of_is_led_to_them() {
        let volumes: Vec<i64> = (0..192).map(|at| 5 + at * at % 11).collect();
        let total: i64 = volumes.iter().sum();
        let problem = Drawn::lattice(16, 12).volumes(&volumes).floor(total / 16).problem();
        let instance = Instance::plain(&problem);
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let all: Vec<u32> = (0..192).collect();
        let shared = Cutter::new(&instance).share(&instance, &all, 16, &mut random);
        assert_eq!(shared.len(), 16);
        let mut filling = Filling::new(&setting, shared);
        assert!(filling.short > 0, "the start leaves nothing to fill");
        let merged = filling.merged();
        assert!(merged.len() < 16 && instance.broken(&merged).is_none());
        assert!(filling.run(3_000_000, 0.2, &mut random), "short by {}", filling.short);
        assert_eq!(instance.broken(filling.lots()), None);
    }
}
