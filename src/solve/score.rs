//! Scores: what every goal says about lots, in whole numbers.

use super::hub::best_hub;
use super::instance::Instance;
use crate::domain::{Goal, Problem};
use std::cmp::Ordering;

/// The number of lots and the value of every goal, in the scales of [`crate::domain::Measure::shown`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Number of lots.
    pub lots: usize,
    /// Value of each goal of the problem, in its order.
    pub goals: Vec<i64>,
}

impl Score {
    /// `Less` where this score is better: more lots first, then smaller goals in order.
    pub fn order(&self, other: &Self) -> Ordering {
        other.lots.cmp(&self.lots).then_with(|| self.goals.cmp(&other.goals))
    }
}

/// The score of a partition of the units: `lot_of_unit[u]` is any number that names the lot of unit `u`.
pub fn score(problem: &Problem, lot_of_unit: &[usize]) -> Score {
    let most = lot_of_unit.iter().max().map_or(0, |&lot| lot + 1);
    let mut lots = vec![Vec::new(); most];
    for (unit, &lot) in lot_of_unit.iter().enumerate() {
        lots[lot].push(unit as u32);
    }
    lots.retain(|lot: &Vec<u32>| !lot.is_empty());
    Instance::plain(problem).score(&lots)
}

impl Instance<'_> {
    /// The score of lots of blocks.
    pub fn score(&self, lots: &[Vec<u32>]) -> Score {
        let goals = self.problem.goals().iter().map(|&goal| self.goal(goal, lots)).collect();
        Score {
            lots: lots.len(),
            goals,
        }
    }

    /// The value of one goal.
    pub fn goal(&self, goal: Goal, lots: &[Vec<u32>]) -> i64 {
        match goal {
            Goal::DealSplits => self.deal_splits(lots),
            _ => self.constant(goal) + lots.iter().map(|lot| self.lot_cost(goal, lot, lots.len())).sum::<i64>(),
        }
    }

    /// What a goal that is a sum over lots has beside that sum.
    pub fn constant(&self, goal: Goal) -> i64 {
        match goal {
            // Borders between lots are all borders less those inside lots.
            Goal::Border => self.borders.iter().flatten().map(|&(_, length)| length).sum::<i64>() / 2,
            Goal::DealSplits | Goal::Travel | Goal::Imbalance => 0,
        }
    }

    /// The part of one lot, among `count` lots, in a goal that is a sum over lots; 0 for deal splits, which are no such sum.
    pub fn lot_cost(&self, goal: Goal, lot: &[u32], count: usize) -> i64 {
        match goal {
            Goal::DealSplits => 0,
            Goal::Travel => self.travel(lot),
            Goal::Border => -self.inner_border(lot),
            Goal::Imbalance => (count as i64 * self.volume_of(lot) - self.total).abs(),
        }
    }

    /// Volume × metres to the best hub area of a lot: min over its areas h of Σ volume × distance to h.
    pub fn travel(&self, lot: &[u32]) -> i64 {
        best_hub(self, lot).map_or(0, |(_, travel)| travel)
    }

    /// Length of the borders inside a lot, in millimetres.
    pub fn inner_border(&self, lot: &[u32]) -> i64 {
        let mut sorted = lot.to_vec();
        sorted.sort_unstable();
        let twice: i64 = lot
            .iter()
            .flat_map(|&block| &self.borders[block as usize])
            .filter(|(other, _)| sorted.binary_search(other).is_ok())
            .map(|&(_, length)| length)
            .sum();
        twice / 2
    }

    /// Volume of each deal in a lot, `(deal, volume)` in order of the deals.
    pub fn deal_parts(&self, lot: &[u32]) -> Vec<(u32, i64)> {
        let mut parts: Vec<(u32, i64)> = Vec::new();
        for &(deal, volume) in lot.iter().flat_map(|&block| &self.deals[block as usize]) {
            match parts.iter_mut().find(|part| part.0 == deal) {
                Some(part) => part.1 += volume,
                None => parts.push((deal, volume)),
            }
        }
        parts.sort_unstable();
        parts
    }

    /// Σ over deals of the volume outside the lot that holds most of the deal.
    pub fn deal_splits(&self, lots: &[Vec<u32>]) -> i64 {
        let mut most = vec![0; self.deal_total.len()];
        for (deal, volume) in lots.iter().flat_map(|lot| self.deal_parts(lot)) {
            most[deal as usize] = volume.max(most[deal as usize]);
        }
        self.deal_total
            .iter()
            .zip(&most)
            .map(|(total, most)| total - most)
            .sum()
    }

    /// The first rule that lots of blocks break, if any; they must hold every block once.
    pub fn broken(&self, lots: &[Vec<u32>]) -> Option<&'static str> {
        let mut times = vec![0; self.len()];
        lots.iter().flatten().for_each(|&block| times[block as usize] += 1);
        let (low, high) = self.count;
        if times.iter().any(|&count| count != 1) {
            return Some("cover");
        }
        if lots.len() < low || high.is_some_and(|high| lots.len() > high) {
            return Some("count");
        }
        lots.iter().find_map(|lot| self.lot_broken(lot))
    }

    /// The first rule that a lot breaks by itself, if any.
    pub fn lot_broken(&self, lot: &[u32]) -> Option<&'static str> {
        let volume = self.volume_of(lot);
        if lot.is_empty() || volume < self.floor {
            Some("floor")
        } else if volume > self.cap {
            Some("cap")
        } else if !self.likely(lot.iter().map(|&block| block as usize), volume) {
            Some("chance")
        } else if self.classes.clashing(lot) > 0 {
            Some("never_together")
        } else if self.attached.unmet(lot) > 0 {
            Some("attached")
        } else if !self.scattered() && !self.units_connected(lot) {
            Some("contiguous")
        } else {
            None
        }
    }
}
