//! A Task is a plan to be repaired as the search sees it: labels, and the volume that moves if a block takes one.

use super::super::contract::standings;
use super::super::instance::Instance;
use crate::domain::{LotId, Plan, Problem};

/// A plan to be repaired. Volumes are thousandths of a person.
#[derive(Clone, Debug)]
pub struct Task<'i> {
    /// The problem contracted to blocks.
    pub instance: &'i Instance<'i>,
    /// Labels that a lot may have: those of the plan and of the locks, and new ones where more lots are asked for.
    pub labels: Vec<LotId>,
    /// For every block and label, the volume of its seats that the plan puts into another lot. Seats in no lot move at no cost.
    pub cost: Vec<Vec<i64>>,
    /// Whether a block may take a label, by the locks.
    pub allowed: Vec<Vec<bool>>,
    /// Fewest and most lots.
    pub lots: (usize, usize),
    /// Pairs of lists of blocks of which no lot may hold both.
    pub apart: Vec<(Vec<u32>, Vec<u32>)>,
    /// Graph of the units.
    pub graph: Vec<Vec<u32>>,
    /// The block of every unit.
    pub block_of: Vec<u32>,
}

impl<'i> Task<'i> {
    /// What it takes to repair `plan`.
    pub fn new(instance: &'i Instance<'i>, plan: &Plan) -> Self {
        let problem = instance.problem;
        let labels = usable_labels(problem, plan);
        let (low, high) = problem.rules().count.limits();
        let graph = problem.unit_adjacency();
        let mut block_of = vec![0; problem.units().len()];
        for (block, units) in instance.blocks.iter().enumerate() {
            units.iter().for_each(|&unit| block_of[unit] = block as u32);
        }
        Self {
            cost: (0..instance.len())
                .map(|block| costs(instance, plan, &labels, block))
                .collect(),
            allowed: allowed(problem, &labels, &block_of, instance.len()),
            lots: (low.max(1), high.unwrap_or(labels.len()).min(labels.len())),
            apart: apart(instance),
            graph: (0..graph.len())
                .map(|unit| graph.neighbours(unit).iter().map(|&other| other as u32).collect())
                .collect(),
            labels,
            block_of,
            instance,
        }
    }

    /// Volume that moves if blocks take these labels.
    pub fn moved(&self, labels: &[usize]) -> i64 {
        labels
            .iter()
            .enumerate()
            .map(|(block, &label)| self.cost[block][label])
            .sum()
    }

    /// Blocks of every label.
    pub fn lots_of(&self, labels: &[usize]) -> Vec<Vec<u32>> {
        let mut lots = vec![Vec::new(); self.labels.len()];
        for (block, &label) in labels.iter().enumerate() {
            lots[label].push(block as u32);
        }
        lots
    }

    /// Whether blocks with these labels obey every rule.
    pub fn obeys(&self, labels: &[usize]) -> bool {
        let lots: Vec<Vec<u32>> = self.lots_of(labels).into_iter().filter(|lot| !lot.is_empty()).collect();
        let allowed = labels
            .iter()
            .enumerate()
            .all(|(block, &label)| self.allowed[block][label]);
        allowed && self.instance.broken(&lots).is_none()
    }

    /// The plan in which blocks have these labels.
    pub fn plan(&self, labels: &[usize]) -> Plan {
        let seats = self.instance.problem.seats().iter();
        let lot_of_seat: Vec<Option<usize>> = seats
            .map(|seat| Some(labels[self.block_of[seat.unit] as usize]))
            .collect();
        Plan::labelled(&self.labels, &lot_of_seat)
    }
}

/// Labels of the plan, then those of the locks, then new ones where the scenario asks for more lots than there are.
pub fn usable_labels(problem: &Problem, plan: &Plan) -> Vec<LotId> {
    let mut labels = plan.lots().to_vec();
    for lock in &problem.rules().locks {
        if !labels.contains(&lock.lot) {
            labels.push(lock.lot.clone());
        }
    }
    let fewest = problem.rules().count.limits().0.max(1);
    let mut number = 1;
    while labels.len() < fewest {
        let label = LotId::new(&number.to_string());
        number += 1;
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

fn costs(instance: &Instance<'_>, plan: &Plan, labels: &[LotId], block: usize) -> Vec<i64> {
    let problem = instance.problem;
    let mut held = vec![0; labels.len()];
    let seats = instance.blocks[block]
        .iter()
        .flat_map(|&unit| &problem.units()[unit].seats);
    for &seat in seats {
        if let Some(lot) = plan.lot_of_seat(seat) {
            held[lot] += problem.seats()[seat].volume.0;
        }
    }
    let all: i64 = held.iter().sum();
    held.into_iter().map(|here| all - here).collect()
}

fn allowed(problem: &Problem, labels: &[LotId], block_of: &[u32], blocks: usize) -> Vec<Vec<bool>> {
    let mut allowed = vec![vec![true; labels.len()]; blocks];
    for lock in &problem.rules().locks {
        for &seat in problem.locked_seats(lock) {
            let block = block_of[problem.seats()[seat].unit] as usize;
            for (label, open) in labels.iter().zip(&mut allowed[block]) {
                *open &= *label == lock.lot;
            }
        }
    }
    allowed
}

fn apart(instance: &Instance<'_>) -> Vec<(Vec<u32>, Vec<u32>)> {
    let standings = standings(instance.problem, &instance.blocks);
    let side = |wanted: usize| {
        let blocks =
            (0..instance.len() as u32).filter(|&block| standings[block as usize].sides.contains(&(wanted as u32)));
        blocks.collect::<Vec<u32>>()
    };
    let pairs = 0..instance.problem.rules().never_together.len();
    pairs.map(|pair| (side(2 * pair), side(2 * pair + 1))).collect()
}
