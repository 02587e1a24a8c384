//! The cheapest connected lot of a centre at given prices, exactly: branch and bound over blocks next to the lot.
//!
//! At a rate for volume (see [`super::pocket`]) every block has one figure, and what a lot costs is at least the sum of those it holds. The block next to the lot with the least figure is
//! taken, and then left out; fines of [`super::subset_rows`] are paid as they fall due. A branch ends when even all blocks that can still be reached and have a figure below zero cannot make it cheaper than the best lot.

use super::bits::Bits;
use super::centres::Centre;
use super::instance::Instance;
use super::subset_rows::Fines;

/// Words of a set of blocks.
const WORDS: usize = super::enumerate::MOST_BLOCKS / 64;

type Set = Bits<WORDS>;

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Cheapest {
    /// No lot of the centre costs less than this, unless it costs as much as was asked for or more.
    pub bound: i64,
    /// Whether the search came to its end.
    pub complete: bool,
    /// Nodes that it took.
    pub nodes: u64,
    /// Lots met on the way, each cheaper than the one before; blocks sorted.
    pub lots: Vec<Vec<u32>>,
}

/// Searches for one centre after another.
pub struct LotSearch<'a> {
    instance: &'a Instance<'a>,
    near: Vec<Set>,
    figure: Vec<i64>,
    limits: [i64; 2],
    rate: i64,
    best: i64,
    met: Vec<Set>,
    nodes: u64,
    open: i64,
    fines: Fines,
}

/// A lot that grows, and what it may still become.
#[derive(Clone, Copy)]
struct Branch {
    lot: Set,
    /// Blocks next to the lot, and perhaps some that are left out.
    edge: Set,
    /// Blocks that are not left out.
    allowed: Set,
    /// Sum of the figures of the lot, and what the rate gives back.
    figure: i64,
    volume: i64,
}

impl<'a> LotSearch<'a> {
    /// Searches lots of a volume from `floor` to `cap`.
    pub fn new(instance: &'a Instance<'a>, floor: i64, cap: i64) -> Self {
        let near = instance
            .neighbours
            .iter()
            .map(|list| list.iter().map(|&block| block as usize).collect());
        Self {
            instance,
            near: near.collect(),
            figure: vec![0; instance.len()],
            limits: [floor, cap],
            rate: 0,
            best: 0,
            met: Vec::new(),
            nodes: 0,
            open: i64::MAX,
            fines: Fines::new(instance.len(), &[], &[]),
        }
    }

    /// Sets the fines that lots of later searches pay.
    pub fn fine(&mut self, fines: Fines) {
        self.fines = fines;
    }

    /// The cheapest lot of `centre` below `below`, at the prices and the rate of its pocket, within `nodes` nodes.
    pub fn run(&mut self, centre: &Centre, price: &[i64], rate: i64, below: i64, nodes: u64) -> Cheapest {
        let members = || centre.members.iter().chain([&centre.own]);
        members().for_each(|member| self.figure[member.block as usize] = member.reduced(price) - rate * member.volume);
        (self.rate, self.best, self.nodes, self.open) = (rate, below, nodes, i64::MAX);
        self.met.clear();
        let own = centre.own.block as usize;
        let limit = if rate >= 0 { self.limits[0] } else { self.limits[1] };
        let first = Branch {
            lot: [own].into_iter().collect(),
            edge: self.near[own],
            allowed: centre.members.iter().map(|member| member.block as usize).collect(),
            figure: self.figure[own] + rate * limit,
            volume: centre.own.volume,
        };
        self.grow(first, self.reachable(&first));
        Cheapest {
            bound: self.open.min(self.best),
            complete: self.open == i64::MAX,
            nodes: nodes - self.nodes,
            lots: self
                .met
                .iter()
                .map(|lot| lot.iter().map(|block| block as u32).collect())
                .collect(),
        }
    }

    /// Searches a branch; `reach` is what blocks that can be reached take off its figure.
    fn grow(&mut self, mut branch: Branch, mut reach: i64) {
        self.look(&branch);
        while branch.figure + reach < self.best {
            if self.nodes == 0 {
                self.open = self.open.min(branch.figure + reach);
                return;
            }
            self.nodes -= 1;
            let next = branch
                .edge
                .common(branch.allowed)
                .iter()
                .min_by_key(|&block| (self.figure[block], block));
            let Some(next) = next else { return };
            branch.allowed.remove(next);
            let volume = branch.volume + self.instance.volume[next];
            if volume <= self.limits[1] {
                let mut grown = branch;
                grown.lot.add(next);
                grown.edge = branch.edge.join(self.near[next]);
                grown.figure += self.figure[next] + self.fines.of_joining(next, |block| branch.lot.has(block));
                grown.volume = volume;
                self.grow(grown, reach - self.figure[next].min(0));
            }
            reach = self.reachable(&branch);
        }
    }

    /// Notes the lot if it is sound and the cheapest yet.
    fn look(&mut self, branch: &Branch) {
        let [floor, cap] = self.limits;
        let limit = if self.rate >= 0 { floor } else { cap };
        let cost = branch.figure + self.rate * (branch.volume - limit);
        if branch.volume >= floor && branch.volume <= cap && cost < self.best {
            self.best = cost;
            self.met.push(branch.lot);
        }
    }

    /// Sum of the figures below zero of the blocks that can still be reached.
    fn reachable(&self, branch: &Branch) -> i64 {
        let mut seen = branch.lot;
        let mut fresh = branch.edge.common(branch.allowed).less(seen);
        let mut sum = 0;
        while fresh != Set::EMPTY {
            seen = seen.join(fresh);
            let mut next = Set::EMPTY;
            for block in fresh.iter() {
                sum += self.figure[block].min(0);
                next = next.join(self.near[block]);
            }
            fresh = next.common(branch.allowed).less(seen);
        }
        sum
    }
}
