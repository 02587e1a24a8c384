//! The search for a viable set of blocks that costs less than prices claim: if there is none, the claim holds.
//!
//! Sets grow from each first block along their neighbours. A branch ends where even the best use of the money that is left, on blocks within reach
//! of it and with the last of them in part, does not bring the weight (volume in [`Grains`]) up to that of a viable lot, or where a double member in the set can reach none
//! of its groups.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::blocks::{Blocks, Need};
use crate::domain::Grains;

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A connected set of blocks, within the cap and without rivals, every double member with a group of it, that reaches the least volume for less than the claim.
    Cheaper(Vec<usize>),
    /// There is no such set.
    Nothing,
    /// The steps were used up.
    Open,
}

/// What makes a set viable, and what it must not cost.
pub struct Claim<'a> {
    /// The price of each block, zero or more.
    pub prices: &'a [i64],
    /// Every viable set costs so much or more.
    pub least: i64,
    /// Least volume of a viable set.
    pub floor: i64,
    /// Greatest volume of a viable set.
    pub cap: i64,
}

/// Searches for a viable set that costs less than claimed, within a number of steps.
pub fn cheaper(blocks: &Blocks, claim: &Claim<'_>, steps: u64) -> Found {
    let grains = Grains::of(&blocks.volume, claim.floor);
    let mut hunt = Hunt {
        blocks,
        claim,
        steps,
        mark: vec![Mark::Free; blocks.len()],
        rank: ranks(&grains.weight, claim.prices),
        cost: vec![i64::MAX; blocks.len()],
        grains,
    };
    // Blocks with most weight for their price first: once they are put aside, what is left is dear.
    let mut roots: Vec<usize> = (0..blocks.len()).collect();
    roots.sort_by_key(|&block| hunt.rank[block]);
    for root in roots {
        match hunt.take(root, &mut Vec::new(), Holding::default()) {
            Found::Nothing => hunt.mark[root] = Mark::Banned,
            end => return end,
        }
    }
    Found::Nothing
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Free,
    Inside,
    Banned,
}

/// What a set comes to.
#[derive(Clone, Copy, Default)]
struct Holding {
    price: i64,
    weight: i64,
    volume: i64,
}

struct Hunt<'a> {
    blocks: &'a Blocks,
    claim: &'a Claim<'a>,
    grains: Grains,
    steps: u64,
    mark: Vec<Mark>,
    /// Place of each block when they are sorted by weight for money, the best first.
    rank: Vec<usize>,
    /// Scratch: the least money to reach a block; `i64::MAX` outside a search for it.
    cost: Vec<i64>,
}

/// Blocks by weight ÷ price, the greatest first, compared in whole numbers.
fn ranks(weight: &[i64], prices: &[i64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..weight.len()).collect();
    let product = |block: usize, price: usize| i128::from(weight[block]) * i128::from(prices[price]);
    order.sort_by(|&a, &b| {
        let free = (prices[b] == 0).cmp(&(prices[a] == 0));
        free.then(product(b, a).cmp(&product(a, b))).then(a.cmp(&b))
    });
    let mut rank = vec![0; weight.len()];
    order.iter().enumerate().for_each(|(place, &block)| rank[block] = place);
    rank
}

impl Hunt<'_> {
    /// Adds a free block to a set that comes to `holding`, and searches what grows from it.
    fn take(&mut self, block: usize, set: &mut Vec<usize>, holding: Holding) -> Found {
        let holding = Holding {
            price: holding.price + self.claim.prices[block],
            weight: holding.weight + self.grains.weight[block],
            volume: holding.volume + self.blocks.volume[block],
        };
        if holding.price >= self.claim.least || holding.volume > self.claim.cap {
            return Found::Nothing;
        }
        set.push(block);
        self.mark[block] = Mark::Inside;
        let end = self.grow(set, holding);
        set.pop();
        self.mark[block] = Mark::Free;
        end
    }

    /// Searches what grows from a set: for each block next to it, first all sets with that block, then none of them.
    fn grow(&mut self, set: &mut Vec<usize>, holding: Holding) -> Found {
        if holding.volume >= self.claim.floor && self.blocks.needs.iter().all(|need| self.lacks(need).is_empty()) {
            return Found::Cheaper(set.clone());
        }
        let mut aside = Vec::new();
        let end = loop {
            match self.steps.checked_sub(1) {
                Some(left) => self.steps = left,
                None => break Found::Open,
            }
            let Some(next) = self.best_next(set, holding) else {
                break Found::Nothing;
            };
            match self.take(next, set, holding) {
                Found::Nothing => {
                    self.mark[next] = Mark::Banned;
                    aside.push(next);
                }
                end => break end,
            }
        };
        aside.into_iter().for_each(|block| self.mark[block] = Mark::Free);
        end
    }

    /// The block next to the set that gives most for its price; `None` if no growth can reach the floor.
    fn best_next(&mut self, set: &[usize], holding: Holding) -> Option<usize> {
        let left = self.claim.least - 1 - holding.price;
        let mut reached = self.within_reach(set, left);
        reached.sort_unstable_by_key(|&block| self.rank[block]);
        let (mut money, mut most) = (left, holding.weight);
        for &block in &reached {
            let (cost, gain) = (self.claim.prices[block], self.grains.weight[block]);
            if cost <= money {
                money -= cost;
                most += gain;
            } else {
                // The last block in part, rounded down: a set weighs a whole number.
                most += (i128::from(gain) * i128::from(money) / i128::from(cost)) as i64;
                break;
            }
        }
        let next_to = |block: &usize| {
            self.blocks.neighbours[*block]
                .iter()
                .any(|&other| self.mark[other] == Mark::Inside)
        };
        if most < self.grains.least || !self.can_be_met(&reached) {
            return None;
        }
        reached.iter().copied().find(next_to)
    }

    /// Blocks of which the set must take one: a group of a double member in it, or the member where it holds all of its groups. Empty where nothing is
    /// lacking.
    fn lacks<'n>(&self, need: &'n Need) -> Vec<&'n usize> {
        let inside = |block: &usize| self.mark[*block] == Mark::Inside;
        match (
            inside(&need.block),
            need.homes.iter().filter(|home| inside(home)).count(),
        ) {
            (true, 0) => need.homes.iter().collect(),
            (false, held) if held == need.homes.len() => vec![&need.block],
            _ => Vec::new(),
        }
    }

    /// Whether blocks within reach can give what double members lack.
    fn can_be_met(&self, reached: &[usize]) -> bool {
        let lacking = self
            .blocks
            .needs
            .iter()
            .map(|need| self.lacks(need))
            .filter(|lacking| !lacking.is_empty());
        lacking
            .into_iter()
            .all(|one_of| one_of.into_iter().any(|block| reached.contains(block)))
    }

    /// Free blocks that the set can reach by paths of free blocks that cost `left` at most together with the block itself.
    fn within_reach(&mut self, set: &[usize], left: i64) -> Vec<usize> {
        let mut heap: BinaryHeap<Reverse<(i64, usize)>> = set.iter().map(|&block| Reverse((0, block))).collect();
        let mut touched = Vec::new();
        while let Some(Reverse((spent, block))) = heap.pop() {
            if self.mark[block] == Mark::Free && spent > self.cost[block] {
                continue;
            }
            for &other in &self.blocks.neighbours[block] {
                let cost = spent + self.claim.prices[other];
                if self.mark[other] == Mark::Free
                    && cost <= left
                    && cost < self.cost[other]
                    && !set.iter().any(|&inside| self.blocks.rivals(inside, other))
                {
                    if self.cost[other] == i64::MAX {
                        touched.push(other);
                    }
                    self.cost[other] = cost;
                    heap.push(Reverse((cost, other)));
                }
            }
        }
        touched.iter().for_each(|&block| self.cost[block] = i64::MAX);
        touched
    }
}
