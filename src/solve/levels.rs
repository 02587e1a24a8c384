//! Levels keep the value of every goal of a design up to date while its lots change.

use super::instance::Instance;
use crate::domain::Goal;

/// Values of the goals, the parts that lots have in them, and who holds how much of each deal.
#[derive(Clone, Debug)]
pub struct Levels {
    goals: Vec<Goal>,
    values: Vec<i64>,
    costs: Vec<Vec<i64>>,
    held: Vec<Vec<i64>>,
    count: usize,
}

impl Levels {
    /// The levels of a design with a fixed number of lots.
    pub fn new(instance: &Instance<'_>, lots: &[Vec<u32>]) -> Self {
        let goals = instance.problem.goals().to_vec();
        let count = lots.len();
        let costs = goals
            .iter()
            .map(|&goal| lots.iter().map(|lot| instance.lot_cost(goal, lot, count)).collect())
            .collect();
        let values = goals.iter().map(|&goal| instance.goal(goal, lots)).collect();
        let mut held = vec![vec![0; count]; instance.deal_total.len()];
        for (lot, blocks) in lots.iter().enumerate() {
            instance
                .deal_parts(blocks)
                .into_iter()
                .for_each(|(deal, volume)| held[deal as usize][lot] = volume);
        }
        Self {
            goals,
            values,
            costs,
            held,
            count,
        }
    }

    /// How levels `0..=level` change if `pieces` take the places of `lots`, as many.
    pub fn changes(&self, instance: &Instance<'_>, lots: &[usize], pieces: &[Vec<u32>], level: usize) -> Vec<i64> {
        let change = |(at, &goal): (usize, &Goal)| match goal {
            Goal::DealSplits => self.deal_change(instance, lots, pieces),
            _ => {
                let new: i64 = pieces
                    .iter()
                    .map(|piece| instance.lot_cost(goal, piece, self.count))
                    .sum();
                new - lots.iter().map(|&lot| self.costs[at][lot]).sum::<i64>()
            }
        };
        self.goals.iter().enumerate().take(level + 1).map(change).collect()
    }

    /// Takes the change.
    pub fn apply(&mut self, instance: &Instance<'_>, lots: &[usize], pieces: &[Vec<u32>]) {
        let changes = self.changes(instance, lots, pieces, self.goals.len());
        self.values
            .iter_mut()
            .zip(changes)
            .for_each(|(value, change)| *value += change);
        for (lot, piece) in lots.iter().zip(pieces) {
            for (at, &goal) in self.goals.iter().enumerate() {
                self.costs[at][*lot] = instance.lot_cost(goal, piece, self.count);
            }
            self.held.iter_mut().for_each(|held| held[*lot] = 0);
            instance
                .deal_parts(piece)
                .into_iter()
                .for_each(|(deal, volume)| self.held[deal as usize][*lot] = volume);
        }
    }

    /// Whether levels `0..=level` are better than `goals`.
    pub fn better(&self, goals: &[i64], level: usize) -> bool {
        self.values[..=level] < goals[..=level]
    }

    fn deal_change(&self, instance: &Instance<'_>, lots: &[usize], pieces: &[Vec<u32>]) -> i64 {
        let parts: Vec<Vec<(u32, i64)>> = pieces.iter().map(|piece| instance.deal_parts(piece)).collect();
        let mut deals: Vec<u32> = parts.iter().flatten().map(|&(deal, _)| deal).collect();
        deals.sort_unstable();
        deals.dedup();
        let of = |deal: u32| {
            let held = &self.held[deal as usize];
            let before = held.iter().max().copied().unwrap_or(0);
            let others = held
                .iter()
                .enumerate()
                .filter(|(lot, _)| !lots.contains(lot))
                .map(|(_, &volume)| volume);
            let new = parts.iter().flatten().filter(|part| part.0 == deal).map(|part| part.1);
            before - others.chain(new).max().unwrap_or(0)
        };
        deals.into_iter().map(of).sum()
    }
}
