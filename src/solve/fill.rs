//! Filling seeks a plan with a given number of lots: blocks move over boundaries until no lot is short of the floor or above the cap.
//!
//! A move costs next to nothing, so that there can be millions: that is what tight floors take, where the surplus of many lots must be led to the one
//! lot that is short.

use super::design::Design;
use super::instance::Instance;
use super::joints::Joints;
use super::strategy::Setting;
use rand::{Rng, RngExt};

/// Annealing of what lots are short of, with a fixed number of lots.
pub struct Filling<'a> {
    setting: &'a Setting<'a>,
    joints: Joints,
    design: Design,
    short: i64,
}

/// Moves between two looks at the clock.
const LOOK_EVERY: u64 = 4_096;
/// Heat at the beginning and at the end, as a part of the volume of a mean block: the shortfall that is taken for a while.
const HEATS: [f64; 2] = [0.2, 0.003];

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

    /// Anneals for up to `steps` tries; says whether every lot obeys the rules.
    pub fn run(&mut self, steps: u64, random: &mut impl Rng) -> bool {
        let instance = self.setting.instance;
        let block = (instance.total as f64 / instance.len().max(1) as f64).max(1.0);
        let cooling = (HEATS[1] / HEATS[0]).powf(LOOK_EVERY as f64 / steps.max(1) as f64);
        let mut heat = HEATS[0] * block;
        for step in 0..steps {
            if self.short == 0 && self.design.faults() == 0 {
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
        self.short == 0 && self.design.faults() == 0
    }

    /// Tries to move one block over a boundary.
    fn step(&mut self, heat: f64, random: &mut impl Rng) {
        let instance = self.setting.instance;
        let block = random.random_range(0..instance.len());
        let near = &instance.neighbours[block];
        let from = self.design.lot_of[block] as usize;
        if near.is_empty() || self.design.lots[from].len() < 2 {
            return;
        }
        let to = self.design.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
        if to == from {
            return;
        }
        if random.random_range(0..4) > 0 {
            self.shift(block as u32, [from, to], heat, random);
        } else {
            self.exchange(block as u32, [from, to], heat, random);
        }
    }

    /// Moves a block to another lot.
    fn shift(&mut self, block: u32, [from, to]: [usize; 2], heat: f64, random: &mut impl Rng) {
        let change = self.change(self.setting.instance.volume[block as usize], from, to);
        if accepted(change, heat, random) && self.allowed(block, to) {
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
        if !accepted(change, heat, random) || !self.allowed(block, to) {
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
    fn allowed(&mut self, block: u32, to: usize) -> bool {
        let instance = self.setting.instance;
        let classes = &instance.classes;
        let welcome = classes.quiet()
            || !self.design.lots[to]
                .iter()
                .any(|&other| classes.clash(block as usize, other as usize));
        welcome && (instance.scattered() || self.joints.spare(&instance.neighbours, &self.design.lot_of, block))
    }
}

/// The rule of annealing.
fn accepted(change: i64, heat: f64, random: &mut impl Rng) -> bool {
    change <= 0 || random.random::<f64>() < (-(change as f64) / heat).exp()
}

/// What a lot of that volume is short of the floor, or has above the cap.
pub fn shortfall(instance: &Instance<'_>, volume: i64) -> i64 {
    (instance.floor - volume).max(0) + (volume - instance.cap).max(0)
}
