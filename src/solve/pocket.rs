//! Pockets: the relaxed cheapest lot of every centre at given prices of the blocks, and the bound on travel that follows.
//!
//! With prices π on the blocks, the travel of a plan is Σ π + Σ over its lots of (travel − Σ π of the lot), and its lots have their hubs in different blocks. A lot
//! with hub h costs at least what the relaxed knapsack of h's members between floor and cap costs. So Σ π plus the k least of these is a bound: it is that of the
//! linear Hess model, without its program.

use super::centres::{Centre, Centres, Member};
use rustc_hash::FxHashMap;

/// The relaxed cheapest lot of a centre: a bound in whole numbers that holds for any rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pocket {
    /// Its reduced cost, or less.
    pub value: i64,
    /// Price of volume: above zero where the floor is what holds it, below zero where the cap does.
    pub rate: i64,
}

/// The relaxed knapsack of one centre after another.
#[derive(Clone, Debug, Default)]
pub struct Pockets {
    order: Vec<(f64, u32)>,
}

impl Pockets {
    /// The pocket of a centre; `None` where its members do not reach the floor. `held` is called with a block and the part of it that the pocket holds.
    pub fn fill(
        &mut self,
        centres: &Centres,
        centre: &Centre,
        price: &[i64],
        held: &mut dyn FnMut(u32, f64),
    ) -> Option<Pocket> {
        let low = centres.floor - centre.own.volume;
        let high = centres.cap - centre.own.volume;
        held(centre.own.block, 1.0);
        let mut volume = 0;
        for member in centre.members.iter().filter(|member| member.reduced(price) < 0) {
            volume += member.volume;
            held(member.block, 1.0);
        }
        let rate = if volume < low {
            self.top_up(centre, price, low - volume, held)?
        } else if volume > high {
            self.take_out(centre, price, volume - high, held)
        } else {
            0
        };
        let rate = rate.clamp(-centres.most_rate, centres.most_rate);
        Some(Pocket {
            value: value_at(centres, centre, price, rate),
            rate,
        })
    }

    /// Takes members that cost something, the cheapest for their volume first; gives what the last one costs for its volume.
    fn top_up(&mut self, centre: &Centre, price: &[i64], lacking: i64, held: &mut dyn FnMut(u32, f64)) -> Option<i64> {
        self.sort(centre, |member| member.reduced(price) >= 0, price);
        let mut lacking = lacking;
        for &(rate, at) in &self.order {
            let member = &centre.members[at as usize];
            held(member.block, (lacking as f64 / member.volume as f64).min(1.0));
            lacking -= member.volume;
            if lacking <= 0 {
                return Some(rate.round() as i64);
            }
        }
        None
    }

    /// Gives members back, those that gain least for their volume first; gives what the last one costs for its volume.
    fn take_out(&mut self, centre: &Centre, price: &[i64], surplus: i64, held: &mut dyn FnMut(u32, f64)) -> i64 {
        self.sort(centre, |member| member.reduced(price) < 0, price);
        let mut surplus = surplus;
        for &(rate, at) in self.order.iter().rev() {
            let member = &centre.members[at as usize];
            held(member.block, -(surplus as f64 / member.volume as f64).min(1.0));
            surplus -= member.volume;
            if surplus <= 0 {
                return rate.round() as i64;
            }
        }
        0
    }

    fn sort(&mut self, centre: &Centre, wanted: impl Fn(&Member) -> bool, price: &[i64]) {
        self.order.clear();
        for (at, member) in centre.members.iter().enumerate() {
            if member.volume > 0 && wanted(member) {
                self.order
                    .push((member.reduced(price) as f64 / member.volume as f64, at as u32));
            }
        }
        self.order
            .sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
}

impl Member {
    /// Its cost less the price of its block.
    pub fn reduced(&self, price: &[i64]) -> i64 {
        self.cost - price[self.block as usize]
    }
}

/// What the relaxed knapsack costs at least, for any rate: each member counts with its volume at that rate, and floor (or cap) gives back what all have in common.
fn value_at(centres: &Centres, centre: &Centre, price: &[i64], rate: i64) -> i64 {
    let limit = if rate >= 0 { centres.floor } else { centres.cap };
    let at_rate = |member: &Member| member.reduced(price) - rate * member.volume;
    let members: i64 = centre.members.iter().map(|member| at_rate(member).min(0)).sum();
    rate * limit + at_rate(&centre.own) + members
}

/// The `lots` least values among the best of each block, `(value, place)`, in rising order.
pub fn least(centres: &Centres, values: impl Iterator<Item = (usize, i64)>) -> Vec<(i64, usize)> {
    let mut best: FxHashMap<u32, (i64, usize)> = FxHashMap::default();
    for (place, value) in values {
        let known = best.entry(centres.list[place].own.block).or_insert((value, place));
        *known = (value, place).min(*known);
    }
    let mut found: Vec<(i64, usize)> = best.into_values().collect();
    found.sort_unstable();
    found.truncate(centres.lots);
    found
}
