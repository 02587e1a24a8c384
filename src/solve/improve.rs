//! Improvement keeps the number of lots and makes the goals smaller, level by level, by annealing over moves along the boundaries.

use super::cut::{Cutter, Tree, halves};
use super::design::{Design, fault};
use super::levels::Levels;
use super::record::Record;
use super::strategy::Setting;
use crate::domain::{Measure, Phase};
use rand::{Rng, RngExt};

/// Neighbouring lots and what would take their places.
struct Proposal {
    lots: Vec<usize>,
    pieces: Vec<Vec<u32>>,
}

/// Annealing over one design with a fixed number of lots.
pub struct Improvement<'a> {
    setting: &'a Setting<'a>,
    cutter: Cutter,
    design: Design,
    levels: Levels,
}

impl<'a> Improvement<'a> {
    /// Starts from the best plan of the record; `None` where there is none.
    pub fn new(setting: &'a Setting<'a>, record: &Record<'_>) -> Option<Self> {
        let lots = record.best()?.lots.clone();
        let levels = Levels::new(setting.instance, &lots);
        let design = Design::new(setting.instance, lots);
        Some(Self {
            setting,
            cutter: Cutter::new(setting.instance),
            design,
            levels,
        })
    }

    /// Anneals one level for `steps` steps; the levels before it never get worse.
    pub fn run(&mut self, record: &mut Record<'_>, level: usize, steps: u64, random: &mut impl Rng) {
        if self.design.lots.len() < 2 {
            return;
        }
        let measure = Measure::Goal(self.setting.instance.problem.goals()[level]);
        let heat = self.first_heat(level, random);
        // An offer looks at the whole map, so on a large map it is made less often.
        let pause = (self.setting.instance.len() as u64 / 256).max(1);
        for step in 0..steps {
            if step % 256 == 0 {
                if record.goal_proved(level) || self.setting.clock.over().is_some() {
                    break;
                }
                self.setting.clock.tell(Phase::Search, measure, record);
            }
            let cooled = heat * 0.001_f64.powf(step as f64 / steps as f64);
            if self.step(level, cooled, random) && step % pause == 0 {
                self.offer(record, level);
            }
        }
        self.offer(record, level);
    }

    fn offer(&self, record: &mut Record<'_>, level: usize) {
        if record
            .best()
            .is_some_and(|best| self.levels.better(&best.score.goals, level))
        {
            record.offer(&self.design.lots, "tree search");
        }
    }

    /// A third of the mean change that a move makes at this level.
    fn first_heat(&mut self, level: usize, random: &mut impl Rng) -> f64 {
        let mut changes = Vec::new();
        for _ in 0..400 {
            if let Some(proposal) = self.propose(random) {
                let change = self
                    .levels
                    .changes(self.setting.instance, &proposal.lots, &proposal.pieces, level)[level];
                changes.push(change.unsigned_abs() as f64);
            }
        }
        changes.retain(|&change| change > 0.0);
        changes.iter().sum::<f64>() / changes.len().max(1) as f64 / 3.0
    }

    /// Proposes one move and takes it by the rule of annealing; says whether it was taken.
    fn step(&mut self, level: usize, heat: f64, random: &mut impl Rng) -> bool {
        let Some(Proposal { lots, pieces }) = self.propose(random) else {
            return false;
        };
        let instance = self.setting.instance;
        let changes = self.levels.changes(instance, &lots, &pieces, level);
        // The first level that changes decides; only the level at hand may get worse for a while.
        let taken = match changes.iter().position(|&change| change != 0) {
            Some(at) if changes[at] < 0 => true,
            Some(at) => at == level && random.random::<f64>() < (-(changes[at] as f64) / heat).exp(),
            None => true,
        };
        if taken {
            self.levels.apply(instance, &lots, &pieces);
            self.design.replace(instance, &lots, pieces);
        }
        taken
    }

    /// A move that keeps every rule.
    fn propose(&mut self, random: &mut impl Rng) -> Option<Proposal> {
        let proposal = match random.random_range(0..10) {
            0 => self.recut_three(random),
            1..3 => self.recut(random),
            3..6 => self.exchange(random),
            _ => self.shift(random),
        }?;
        let instance = self.setting.instance;
        let sound = |piece: &Vec<u32>| !piece.is_empty() && fault(instance, piece, instance.volume_of(piece)) == 0;
        proposal.pieces.iter().all(sound).then_some(proposal)
    }

    /// A block at a boundary goes over to the lot on the other side.
    fn shift(&self, random: &mut impl Rng) -> Option<Proposal> {
        let (block, from, to) = self.boundary(random)?;
        let left = self.without(from, block)?;
        let mut right = self.design.lots[to].clone();
        right.push(block);
        Some(Proposal {
            lots: vec![from, to],
            pieces: vec![left, right],
        })
    }

    /// A block goes over to the other lot, and one of that lot comes back.
    fn exchange(&self, random: &mut impl Rng) -> Option<Proposal> {
        let (gone, from, to) = self.boundary(random)?;
        let mut left: Vec<u32> = self.design.lots[from]
            .iter()
            .copied()
            .filter(|&block| block != gone)
            .collect();
        let right = &self.design.lots[to];
        let back = right[random.random_range(0..right.len())];
        let near = &self.setting.instance.neighbours[back as usize];
        if !near
            .iter()
            .any(|&other| other != gone && self.design.lot_of[other as usize] as usize == from)
        {
            return None;
        }
        let mut right: Vec<u32> = right.iter().copied().filter(|&block| block != back).collect();
        left.push(back);
        right.push(gone);
        let whole = |piece: &[u32]| self.setting.instance.scattered() || connected(self.setting.instance, piece);
        (whole(&left) && whole(&right)).then_some(Proposal {
            lots: vec![from, to],
            pieces: vec![left, right],
        })
    }

    /// A random block with a neighbour in another lot: the block, its lot, the other lot.
    fn boundary(&self, random: &mut impl Rng) -> Option<(u32, usize, usize)> {
        let block = random.random_range(0..self.setting.instance.len());
        let near = &self.setting.instance.neighbours[block];
        let from = self.design.lot_of[block] as usize;
        if near.is_empty() {
            return None;
        }
        let to = self.design.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
        (from != to).then_some((block as u32, from, to))
    }

    /// The lot without a block, if what is left holds together and reaches the floor or may be filled up again.
    fn without(&self, lot: usize, block: u32) -> Option<Vec<u32>> {
        let left: Vec<u32> = self.design.lots[lot]
            .iter()
            .copied()
            .filter(|&other| other != block)
            .collect();
        let instance = self.setting.instance;
        (!left.is_empty() && (instance.scattered() || connected(instance, &left))).then_some(left)
    }

    /// Three lots that hang together are merged and cut from the leaves up: what a tight floor keeps two lots from doing.
    fn recut_three(&mut self, random: &mut impl Rng) -> Option<Proposal> {
        let instance = self.setting.instance;
        let first = random.random_range(0..self.design.lots.len());
        let lots = self.design.cluster(instance, first, 3, random);
        let region: Vec<u32> = lots
            .iter()
            .flat_map(|&lot| self.design.lots[lot].iter().copied())
            .collect();
        let mean = instance.volume_of(&region) / lots.len() as i64;
        let least = random.random_range(instance.floor.min(mean)..=mean);
        let pieces = self.cutter.cut(instance, &region, least, random);
        (pieces.len() == lots.len()).then_some(Proposal { lots, pieces })
    }

    /// Two neighbouring lots are merged and cut at an edge of a random tree.
    fn recut(&mut self, random: &mut impl Rng) -> Option<Proposal> {
        let instance = self.setting.instance;
        let first = random.random_range(0..self.design.lots.len());
        let second = self.design.neighbour(instance, &[first], random)?;
        let region: Vec<u32> = [first, second]
            .iter()
            .flat_map(|&lot| self.design.lots[lot].iter().copied())
            .collect();
        let tree = self.cutter.tree(instance, &region, random);
        let edges = fair_edges(instance.floor, instance.cap, tree, &instance.volume);
        let edge = *edges.get(random.random_range(0..edges.len().max(1)))?;
        Some(Proposal {
            lots: vec![first, second],
            pieces: halves(tree, edge).into(),
        })
    }
}

/// Whether blocks hang together in the graph.
pub fn connected(instance: &super::instance::Instance<'_>, blocks: &[u32]) -> bool {
    let mut left = blocks.to_vec();
    let mut stack: Vec<u32> = left.pop().into_iter().collect();
    while let Some(block) = stack.pop() {
        let near = &instance.neighbours[block as usize];
        let mut at = 0;
        while at < left.len() {
            if near.binary_search(&left[at]).is_ok() {
                stack.push(left.swap_remove(at));
            } else {
                at += 1;
            }
        }
    }
    left.is_empty()
}

/// Places in the tree below which lies a lot within floor and cap, and above which lies another.
fn fair_edges(floor: i64, cap: i64, tree: Tree<'_>, volume: &[i64]) -> Vec<usize> {
    let mut held: Vec<i64> = tree.order.iter().map(|&block| volume[block as usize]).collect();
    let all: i64 = held.iter().sum();
    let fair = |volume: i64| volume >= floor && volume <= cap;
    let mut edges = Vec::new();
    for at in (1..tree.order.len()).rev() {
        if let Some(up) = held.get(tree.parent[at] as usize).copied() {
            held[tree.parent[at] as usize] = up + held[at];
            if fair(held[at]) && fair(all - held[at]) {
                edges.push(at);
            }
        }
    }
    edges
}
