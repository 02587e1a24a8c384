//! Pricing by centre: what the cheapest lot of every centre costs at given prices of the blocks, and the bound that follows.
//!
//! With prices π on the blocks, Σ π + Σ over lots of (travel − Σ π of the lot) is the travel of every plan. A lot with hub h costs at least what a knapsack
//! of h's members costs between floor and cap, and the lots of a plan have hubs in different blocks. So Σ π plus the k least of these is a bound.

use super::centres::{Centre, Centres, Member};

/// The relaxed cheapest lot of a centre.
#[derive(Clone, Debug)]
pub struct Pocket {
    /// Its reduced cost.
    pub value: f64,
    /// The price of volume at its floor (≥ 0) or cap (≤ 0).
    pub rate: f64,
    /// Member taken in part, with the part; the members below it in order of rate are taken whole.
    pub taken: Vec<(u32, f64)>,
}

/// Prices of the blocks with the bound that they give.
#[derive(Clone, Debug)]
pub struct Priced {
    /// The bound.
    pub bound: f64,
    /// How often the chosen lots hold each block.
    pub held: Vec<f64>,
    /// The chosen centres.
    pub chosen: Vec<usize>,
}

/// Evaluates prices over centres.
pub struct Pricing<'a> {
    centres: &'a Centres,
    blocks: usize,
    order: Vec<(f64, u32)>,
    rate: f64,
}

impl<'a> Pricing<'a> {
    pub fn new(centres: &'a Centres, blocks: usize) -> Self {
        Self { centres, blocks, order: Vec::new(), rate: 0.0 }
    }

    pub fn evaluate(&mut self, price: &[f64]) -> Priced {
        let mut best: Vec<Option<(f64, usize)>> = vec![None; self.blocks];
        for (at, centre) in self.centres.list.iter().enumerate() {
            let value = self.value(centre, price);
            let slot = &mut best[centre.own.block as usize];
            if value.is_finite() && slot.is_none_or(|known| value < known.0) {
                *slot = Some((value, at));
            }
        }
        let mut found: Vec<(f64, usize)> = best.into_iter().flatten().collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.truncate(self.centres.lots);
        let mut held = vec![0.0; self.blocks];
        let mut bound: f64 = price.iter().sum();
        for &(value, at) in &found {
            bound += value;
            self.pocket(&self.centres.list[at], price, &mut held);
        }
        Priced { bound, held, chosen: found.into_iter().map(|f| f.1).collect() }
    }

    pub fn value_rate(&mut self, centre: &Centre, price: &[f64]) -> (f64, f64) {
        let mut none = Vec::new();
        let v = self.pocket(centre, price, &mut none);
        (v, self.rate)
    }

    fn value(&mut self, centre: &Centre, price: &[f64]) -> f64 {
        let mut none = Vec::new();
        self.pocket(centre, price, &mut none)
    }

    /// relaxed knapsack
    fn pocket(&mut self, centre: &Centre, price: &[f64], held: &mut Vec<f64>) -> f64 {
        let reduced = |m: &Member| m.cost as f64 - price[m.block as usize];
        let mut value = reduced(&centre.own);
        let low = self.centres.floor - centre.own.volume;
        let high = self.centres.cap - centre.own.volume;
        self.rate = 0.0;
        let note = !held.is_empty();
        let mut add = |block: u32, part: f64| {
            if note {
                held[block as usize] += part;
            }
        };
        add(centre.own.block, 1.0);
        let mut volume = 0;
        for m in &centre.members {
            let d = reduced(m);
            if d < 0.0 {
                volume += m.volume;
                value += d;
                add(m.block, 1.0);
            }
        }
        if volume < low {
            self.order.clear();
            for (at, m) in centre.members.iter().enumerate() {
                let d = reduced(m);
                if d >= 0.0 && m.volume > 0 {
                    self.order.push((d / m.volume as f64, at as u32));
                }
            }
            self.order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            for &(rate, at) in &self.order {
                let m = &centre.members[at as usize];
                let part = ((low - volume) as f64 / m.volume as f64).min(1.0);
                value += rate * part * m.volume as f64;
                add(m.block, part);
                volume += m.volume;
                if volume >= low {
                    self.rate = rate;
                    return value;
                }
            }
            return f64::INFINITY;
        }
        if volume > high {
            self.order.clear();
            for (at, m) in centre.members.iter().enumerate() {
                let d = reduced(m);
                if d < 0.0 && m.volume > 0 {
                    self.order.push((d / m.volume as f64, at as u32));
                }
            }
            self.order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            for &(rate, at) in &self.order {
                let m = &centre.members[at as usize];
                let part = ((volume - high) as f64 / m.volume as f64).min(1.0);
                value -= rate * part * m.volume as f64;
                add(m.block, -part);
                volume -= m.volume;
                if volume <= high {
                    self.rate = rate;
                    return value;
                }
            }
        }
        value
    }
}
