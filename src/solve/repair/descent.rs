//! Descent seeks a plan that obeys the rules near the one given: blocks, pieces and whole lots change their label by the rule of annealing.

use super::super::design::fault;
use super::super::separator::parts;
use super::super::strategy::Setting;
use super::task::Task;
use rand::{Rng, RngExt};

/// What a unit of fault costs, in units of volume moved, in the beginning and in the end: just above one, so that a lot that cannot be saved is given up, and
/// then so much that no fault is left.
const WEIGHT: (f64, f64) = (1.2, 12.0);

/// A labelling under change.
pub struct Descent<'a> {
    setting: &'a Setting<'a>,
    task: &'a Task<'a>,
    labels: Vec<usize>,
    lots: Vec<Vec<u32>>,
    fault: Vec<i64>,
    /// The best labelling that obeys the rules, with the volume that it moves.
    pub best: Option<(i64, Vec<usize>)>,
}

impl<'a> Descent<'a> {
    /// Starts from labels that may break rules.
    pub fn new(setting: &'a Setting<'a>, task: &'a Task<'a>, labels: Vec<usize>) -> Self {
        let lots = task.lots_of(&labels);
        let mut start = Self {
            setting,
            task,
            fault: Vec::new(),
            labels,
            lots,
            best: None,
        };
        start.fault = start.lots.iter().map(|lot| start.fault_of(lot)).collect();
        start.note();
        start
    }

    /// Takes `steps` steps, cooling from `heat` (in volume) to a thousandth of it.
    pub fn run(&mut self, steps: u64, heat: f64, random: &mut impl Rng) {
        for step in 0..steps {
            if step % 256 == 0 && self.setting.clock.over().is_some() {
                return;
            }
            let done = step as f64 / steps as f64;
            let cooled = heat * 0.001_f64.powf(done);
            let weight = WEIGHT.0 * (WEIGHT.1 / WEIGHT.0).powf(done);
            if let Some((blocks, to)) = self.propose(random) {
                self.consider(&blocks, to, weight, cooled, random);
            }
        }
    }

    /// Blocks of one lot, and the label that they might take.
    fn propose(&self, random: &mut impl Rng) -> Option<(Vec<u32>, usize)> {
        let block = random.random_range(0..self.labels.len());
        let lot = &self.lots[self.labels[block]];
        let blocks = match random.random_range(0..12) {
            0 => lot.clone(),
            1 | 2 => parts(&self.task.instance.neighbours, lot)
                .into_iter()
                .find(|part| part.binary_search(&(block as u32)).is_ok())?,
            _ => vec![block as u32],
        };
        let to = if random.random_range(0..4) == 0 {
            self.cheapest(block)
        } else {
            self.next_to(&blocks, random)?
        };
        (to != self.labels[block]).then_some((blocks, to))
    }

    /// The label that costs a block least, the first of equals.
    fn cheapest(&self, block: usize) -> usize {
        let costs = self.task.cost[block].iter().enumerate();
        costs.min_by_key(|(_, cost)| **cost).map_or(0, |(label, _)| label)
    }

    /// The label of a random block that touches one of these; any label where lots may be scattered.
    fn next_to(&self, blocks: &[u32], random: &mut impl Rng) -> Option<usize> {
        let instance = self.task.instance;
        if instance.scattered() {
            return Some(random.random_range(0..self.lots.len()));
        }
        let near = &instance.neighbours[blocks[random.random_range(0..blocks.len())] as usize];
        (!near.is_empty()).then(|| self.labels[near[random.random_range(0..near.len())] as usize])
    }

    fn consider(&mut self, blocks: &[u32], to: usize, weight: f64, heat: f64, random: &mut impl Rng) {
        let from = self.labels[blocks[0] as usize];
        if blocks.iter().any(|&block| !self.task.allowed[block as usize][to]) {
            return;
        }
        let left: Vec<u32> = self.lots[from]
            .iter()
            .copied()
            .filter(|block| !blocks.contains(block))
            .collect();
        let joined: Vec<u32> = self.lots[to].iter().chain(blocks).copied().collect();
        let (fault_left, fault_joined) = (self.fault_of(&left), self.fault_of(&joined));
        let cost = |label: usize| {
            blocks
                .iter()
                .map(|&block| self.task.cost[block as usize][label])
                .sum::<i64>()
        };
        let used = self.lots.iter().filter(|lot| !lot.is_empty()).count();
        let used_then = used + usize::from(self.lots[to].is_empty()) - usize::from(left.is_empty());
        let count = self.count_fault(used_then) - self.count_fault(used);
        let faults = fault_left + fault_joined - self.fault[from] - self.fault[to] + count;
        let change = (cost(to) - cost(from)) as f64 + weight * faults as f64;
        if change <= 0.0 || random.random::<f64>() < (-change / heat).exp() {
            blocks.iter().for_each(|&block| self.labels[block as usize] = to);
            (self.lots[from], self.lots[to]) = (left, joined);
            (self.fault[from], self.fault[to]) = (fault_left, fault_joined);
            self.note();
        }
    }

    /// By how much a lot breaks the rules; every piece but the greatest counts with its volume. No lot, no fault.
    fn fault_of(&self, lot: &[u32]) -> i64 {
        let instance = self.task.instance;
        if lot.is_empty() {
            return 0;
        }
        let mut all = fault(instance, lot, instance.volume_of(lot));
        if !instance.scattered() {
            let pieces: Vec<i64> = parts(&instance.neighbours, lot)
                .iter()
                .map(|part| instance.volume_of(part))
                .collect();
            all += pieces.iter().sum::<i64>() - pieces.iter().max().unwrap_or(&0) + pieces.len() as i64 - 1;
        }
        all
    }

    fn count_fault(&self, used: usize) -> i64 {
        let (low, high) = self.task.lots;
        (low.saturating_sub(used) + used.saturating_sub(high)) as i64 * self.task.instance.floor.max(1)
    }

    fn note(&mut self) {
        if self.fault.iter().any(|&fault| fault > 0) {
            return;
        }
        let moved = self.task.moved(&self.labels);
        if self.best.as_ref().is_none_or(|best| moved < best.0) && self.task.obeys(&self.labels) {
            self.best = Some((moved, self.labels.clone()));
        }
    }
}
