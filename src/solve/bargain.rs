//! A Bargain is a viable set of blocks that costs less than it should at given prices; the search for one prices the packing.
//!
//! Sets grow from a first block. A branch ends where the money that is left cannot buy the weight that is missing, even if blocks within its reach could
//! be had in part: so an exhausted search proves that every viable set costs the least price or more.

use super::instance::Instance;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Searches for viable sets at prices below `least`.
pub struct BargainSearch<'a> {
    instance: &'a Instance<'a>,
    prices: &'a [i64],
    least: i64,
    /// Blocks in the order of weight for money, the best first.
    order: Vec<u32>,
    place: Vec<u32>,
    taken: Vec<bool>,
    barred: Vec<bool>,
    reach: Vec<i64>,
    steps: u64,
}

/// What a search from one block came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bargain {
    /// A viable set that costs less, with no block that could leave it.
    Found(Vec<u32>),
    /// There is none that holds the block and none of the barred blocks.
    None,
    /// The steps were used up.
    TooLong,
}

/// What a set comes to.
#[derive(Clone, Copy, Debug, Default)]
struct Holding {
    price: i64,
    weight: i64,
    volume: i64,
}

impl Holding {
    fn with(self, search: &BargainSearch<'_>, block: usize) -> Self {
        Self {
            price: self.price + search.prices[block],
            weight: self.weight + search.instance.grains.weight[block],
            volume: self.volume + search.instance.volume[block],
        }
    }
}

impl<'a> BargainSearch<'a> {
    /// A search at prices ≥ 0, for sets that cost less than `least`.
    pub fn new(instance: &'a Instance<'a>, prices: &'a [i64], least: i64) -> Self {
        let mut order: Vec<u32> = (0..instance.len() as u32).collect();
        let worth =
            |block: u32| instance.grains.weight[block as usize] as f64 / (prices[block as usize] as f64).max(1e-9);
        order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
        let mut place = vec![0; instance.len()];
        order
            .iter()
            .enumerate()
            .for_each(|(at, &block)| place[block as usize] = at as u32);
        Self {
            instance,
            prices,
            least,
            order,
            place,
            taken: vec![false; instance.len()],
            barred: vec![false; instance.len()],
            reach: vec![i64::MAX; instance.len()],
            steps: 0,
        }
    }

    /// A bargain that holds `root`, within so many steps.
    pub fn from(&mut self, root: u32, steps: u64) -> Bargain {
        self.steps = steps;
        self.take(root, &mut Vec::new(), Holding::default())
    }

    /// Blocks in the order of weight for money, the best first.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Leaves a block out from now on.
    pub fn bar(&mut self, block: u32) {
        self.barred[block as usize] = true;
    }

    /// Steps left of the last search.
    pub fn left(&self) -> u64 {
        self.steps
    }

    fn take(&mut self, block: u32, set: &mut Vec<u32>, holding: Holding) -> Bargain {
        let holding = holding.with(self, block as usize);
        if holding.price >= self.least || holding.volume > self.instance.cap {
            return Bargain::None;
        }
        set.push(block);
        if holding.weight >= self.instance.grains.least {
            return Bargain::Found(self.without_spare(set.clone()));
        }
        self.taken[block as usize] = true;
        let end = self.grow(set, holding);
        set.pop();
        self.taken[block as usize] = false;
        end
    }

    fn grow(&mut self, set: &mut Vec<u32>, holding: Holding) -> Bargain {
        let mut aside = Vec::new();
        let end = loop {
            match self.steps.checked_sub(1) {
                Some(left) => self.steps = left,
                None => break Bargain::TooLong,
            }
            let Some(next) = self.best_next(set, holding) else {
                break Bargain::None;
            };
            match self.take(next, set, holding) {
                Bargain::None => {
                    self.barred[next as usize] = true;
                    aside.push(next);
                }
                end => break end,
            }
        };
        aside.into_iter().for_each(|block| self.barred[block as usize] = false);
        end
    }

    /// The neighbour of the set with most weight for its price; `None` if no growth within the money reaches the least weight.
    fn best_next(&mut self, set: &[u32], holding: Holding) -> Option<u32> {
        let mut money = self.least - 1 - holding.price;
        let mut reached = self.within(set, money);
        reached.sort_unstable();
        let mut missing = self.instance.grains.least - holding.weight;
        for &at in &reached {
            let block = self.order[at as usize] as usize;
            let (cost, gain) = (self.prices[block], self.instance.grains.weight[block]);
            if cost > money {
                // Weights are whole, so a part of a block is worth its whole part.
                missing -= (i128::from(gain) * i128::from(money) / i128::from(cost)) as i64;
                break;
            }
            money -= cost;
            missing -= gain;
            if missing <= 0 {
                break;
            }
        }
        if missing > 0 {
            return None;
        }
        let blocks = reached.into_iter().map(|at| self.order[at as usize]);
        blocks.into_iter().find(|&block| {
            self.instance.neighbours[block as usize]
                .iter()
                .any(|&near| self.taken[near as usize])
        })
    }

    /// Places in the order of blocks that the set can reach along free blocks for `money`, the price of the block counted.
    fn within(&mut self, set: &[u32], money: i64) -> Vec<u32> {
        let mut heap: BinaryHeap<Reverse<(i64, u32)>> = set.iter().map(|&block| Reverse((0, block))).collect();
        let mut reached = Vec::new();
        while let Some(Reverse((spent, block))) = heap.pop() {
            if !self.taken[block as usize] && spent > self.reach[block as usize] {
                continue;
            }
            for &near in &self.instance.neighbours[block as usize] {
                let at = near as usize;
                let cost = spent + self.prices[at];
                if self.taken[at] || self.barred[at] || cost > money || cost >= self.reach[at] || self.clashes(set, at)
                {
                    continue;
                }
                if self.reach[at] == i64::MAX {
                    reached.push(self.place[at]);
                }
                self.reach[at] = cost;
                heap.push(Reverse((cost, near)));
            }
        }
        reached
            .iter()
            .for_each(|&at| self.reach[self.order[at as usize] as usize] = i64::MAX);
        reached
    }

    fn clashes(&self, set: &[u32], block: usize) -> bool {
        let classes = &self.instance.classes;
        !classes.quiet() && set.iter().any(|&inside| classes.clash(inside as usize, block))
    }

    /// The set without blocks that it can spare, dearest first.
    fn without_spare(&self, mut set: Vec<u32>) -> Vec<u32> {
        set.sort_by_key(|&block| (Reverse(self.prices[block as usize]), block));
        let mut at = 0;
        while at < set.len() {
            let mut rest = set.clone();
            let block = rest.remove(at);
            let spare = self.instance.volume_of(&rest) >= self.instance.floor;
            if spare && !rest.is_empty() && super::separator::parts(&self.instance.neighbours, &rest).len() == 1 {
                set.retain(|&inside| inside != block);
                at = 0;
            } else {
                at += 1;
            }
        }
        set.sort_unstable();
        set
    }
}
