//! The cheapest connected lot of a centre at given prices, exactly: branch and bound over blocks next to the lot.
//!
//! One of the blocks next to the lot is taken, and then left out: the one with which the bound changes most. Fines of [`super::subset_rows`] are paid as they fall due. A branch
//! ends when the lot, filled between floor and cap from all blocks that can still be reached, one of them perhaps in part, is no cheaper than the best; fines that any of these would bring
//! count at the same rate for volume. Blocks with which a lot costs as much as the best are left out at once, with all that is reached through them alone; before
//! the search those that no lot of interest reaches are put aside, so that sets are a few words.

use super::bits::Bits;
use super::centres::{Centre, Centres, Member};
use super::instance::Instance;
use super::knapsack::{Filled, Offer, fill};
use super::pocket::Pocket;
use super::subset_rows::SubsetRow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The most lots that a search tells.
const KEPT: usize = 6;

/// Steps that a look at fines counts for.
const FINES_STEPS: u64 = 2;

/// What is asked of a search.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Lots that cost as much, or more, change nothing.
    pub below: i64,
    /// Lots below this are told too where they come by, though they are not the cheapest.
    pub welcome: i64,
    /// Steps that it may take: one for each branch, and some more where fines are looked at.
    pub steps: u64,
}

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Cheapest {
    /// No lot of the centre costs less than this, unless it costs as much as was asked for or more.
    pub bound: i64,
    /// Whether the search came to its end.
    pub complete: bool,
    /// Steps that it took.
    pub steps: u64,
    /// Some of the lots met on the way, the cheapest first; blocks sorted.
    pub lots: Vec<Vec<u32>>,
}

/// Searches for one centre after another.
pub struct LotSearch<'a> {
    instance: &'a Instance<'a>,
    limits: [i64; 2],
    most_rate: i64,
    /// Rows that have a fine, and of each block those that name it.
    fined: Vec<(Vec<u32>, i64)>,
    rows_of: Vec<Vec<u32>>,
}

impl<'a> LotSearch<'a> {
    /// Searches lots between floor and cap of `centres`.
    pub fn new(instance: &'a Instance<'a>, centres: &Centres) -> Self {
        Self {
            instance,
            limits: [centres.floor, centres.cap],
            most_rate: centres.most_rate,
            fined: Vec::new(),
            rows_of: vec![Vec::new(); instance.len()],
        }
    }

    /// Sets the rows with the fines that lots of later searches pay.
    pub fn fine(&mut self, rows: &[SubsetRow], fine: &[i64]) {
        let fined = rows.iter().zip(fine).filter(|(_, fine)| **fine > 0);
        self.fined = fined.map(|(row, &fine)| (row.blocks().to_vec(), fine)).collect();
        self.rows_of.iter_mut().for_each(Vec::clear);
        for (at, (blocks, _)) in self.fined.iter().enumerate() {
            blocks
                .iter()
                .for_each(|&block| self.rows_of[block as usize].push(at as u32));
        }
    }

    /// The cheapest lot of `centre` at `price`, where `pocket` is what it costs at least.
    pub fn run(&self, centre: &Centre, price: &[i64], pocket: Pocket, asked: Asked) -> Cheapest {
        let members = self.within_reach(centre, price, pocket, asked.below.max(asked.welcome));
        match members.len() {
            0..=63 => self.grow::<1>(centre, &members, price, asked),
            64..=127 => self.grow::<2>(centre, &members, price, asked),
            128..=255 => self.grow::<4>(centre, &members, price, asked),
            _ => self.grow::<8>(centre, &members, price, asked),
        }
    }

    /// Members of the centre that a lot below `below` can hold: with a block it holds a path to it, whose blocks cost something at the rate of the pocket, beyond what the pocket costs.
    fn within_reach<'c>(&self, centre: &'c Centre, price: &[i64], pocket: Pocket, below: i64) -> Vec<&'c Member> {
        let blocks = self.instance.len();
        let mut step = vec![i64::MAX; blocks];
        for member in &centre.members {
            step[member.block as usize] = (member.reduced(price) - pocket.rate * member.volume).max(0);
        }
        let mut reached = vec![i64::MAX; blocks];
        reached[centre.own.block as usize] = 0;
        let mut queue = BinaryHeap::from([Reverse((0, centre.own.block))]);
        while let Some(Reverse((cost, block))) = queue.pop() {
            if cost > reached[block as usize] {
                continue;
            }
            for &next in &self.instance.neighbours[block as usize] {
                let along = cost.saturating_add(step[next as usize]);
                if along < reached[next as usize] && pocket.value.saturating_add(along) < below {
                    reached[next as usize] = along;
                    queue.push(Reverse((along, next)));
                }
            }
        }
        let wanted = |member: &&Member| reached[member.block as usize] < i64::MAX;
        centre.members.iter().filter(wanted).collect()
    }

    fn grow<const W: usize>(&self, centre: &Centre, members: &[&Member], price: &[i64], asked: Asked) -> Cheapest {
        let offer = |member: &Member| Offer {
            block: member.block as usize,
            cost: member.reduced(price),
            volume: member.volume,
        };
        let mut offers: Vec<Offer> = members.iter().map(|member| offer(member)).collect();
        offers.sort_unstable_by(Offer::by_worth);
        // The block of the centre stands last, where no order matters.
        let own = offers.len();
        offers.push(offer(&centre.own));
        let mut place_of = vec![usize::MAX; self.instance.len()];
        offers
            .iter()
            .enumerate()
            .for_each(|(place, offer)| place_of[offer.block] = place);
        let places = |blocks: &[u32]| -> Bits<W> {
            let known = blocks.iter().map(|&block| place_of[block as usize]);
            known.filter(|&place| place != usize::MAX).collect()
        };
        let near = offers
            .iter()
            .map(|offer| places(&self.instance.neighbours[offer.block]))
            .collect();
        let mut rows = Vec::new();
        let mut row_at = vec![u32::MAX; self.fined.len()];
        let mut rows_of = vec![Vec::new(); offers.len()];
        for (place, offer) in offers.iter().enumerate() {
            for &row in &self.rows_of[offer.block] {
                let known = &mut row_at[row as usize];
                if *known == u32::MAX {
                    let (blocks, fine) = &self.fined[row as usize];
                    *known = rows.len() as u32;
                    rows.push((places(blocks), *fine));
                }
                rows_of[place].push(*known as usize);
            }
        }
        let all: Bits<W> = (0..own).collect();
        let mut growth = Growth {
            offers,
            near,
            rows,
            rows_of,
            limits: self.limits,
            most_rate: self.most_rate,
            best: asked.below,
            welcome: asked.welcome,
            steps: asked.steps,
            open: i64::MAX,
            met: Vec::new(),
            extra: vec![0; own + 1],
            net: vec![0; own + 1],
        };
        let lot = Bits::only(own);
        let first = Branch {
            lot,
            edge: growth.near[own],
            cost: growth.offers[own].cost,
            volume: growth.offers[own].volume,
        };
        let reach = growth.flood(first.edge.common(all), all);
        growth.grow(first, reach);
        growth.met.sort_unstable();
        let sorted = |lot: &Vec<usize>| -> Vec<u32> {
            let mut blocks: Vec<u32> = lot.iter().map(|&place| growth.offers[place].block as u32).collect();
            blocks.sort_unstable();
            blocks
        };
        Cheapest {
            bound: growth.open.min(growth.best),
            complete: growth.open == i64::MAX,
            steps: asked.steps - growth.steps,
            lots: growth.met.iter().take(KEPT).map(|(_, lot)| sorted(lot)).collect(),
        }
    }
}

/// The growth of lots around one centre. Blocks are numbered by worth, so that the first of a set is the best.
struct Growth<const W: usize> {
    offers: Vec<Offer>,
    near: Vec<Bits<W>>,
    /// Rows with their fines, and of each block those that name it.
    rows: Vec<(Bits<W>, i64)>,
    rows_of: Vec<Vec<usize>>,
    limits: [i64; 2],
    most_rate: i64,
    best: i64,
    welcome: i64,
    steps: u64,
    open: i64,
    met: Vec<(i64, Vec<usize>)>,
    /// What blocks cost more than their offer; nothing between two uses.
    extra: Vec<i64>,
    /// What each block that could be reached at the last bound costs above the price of volume there.
    net: Vec<i64>,
}

/// A lot that grows.
#[derive(Clone, Copy)]
struct Branch<const W: usize> {
    lot: Bits<W>,
    /// Blocks next to the lot, and some that are left out.
    edge: Bits<W>,
    /// What it costs with its fines, and holds.
    cost: i64,
    volume: i64,
}

impl<const W: usize> Growth<W> {
    /// Searches a branch; `reach` are the blocks that may still join.
    fn grow(&mut self, branch: Branch<W>, mut reach: Bits<W>) {
        self.look(&branch);
        loop {
            let (bound, hopeful) = self.bound(&branch, reach);
            if bound >= self.best {
                return;
            }
            if self.steps == 0 {
                self.open = self.open.min(bound);
                return;
            }
            self.steps -= 1;
            if hopeful != reach {
                reach = self.flood(branch.edge.common(hopeful), hopeful);
            }
            let Some(next) = self.telling(branch.lot, branch.edge.common(reach)) else {
                return;
            };
            reach.remove(next);
            let offer = self.offers[next];
            if branch.volume + offer.volume <= self.limits[1] {
                let mut grown = branch;
                grown.lot.add(next);
                grown.edge = branch.edge.join(self.near[next]);
                grown.cost += offer.cost + self.due(branch.lot, next);
                grown.volume += offer.volume;
                self.grow(grown, reach);
            }
            reach = self.flood(branch.edge.common(reach), reach);
        }
    }

    /// Notes the lot if it is sound and cheap.
    fn look(&mut self, branch: &Branch<W>) {
        let [floor, cap] = self.limits;
        if !(floor..=cap).contains(&branch.volume) || branch.cost >= self.best.max(self.welcome) {
            return;
        }
        self.best = self.best.min(branch.cost);
        self.met.push((branch.cost, branch.lot.iter().collect()));
        if self.met.len() > 8 * KEPT {
            self.met.sort_unstable();
            self.met.truncate(KEPT);
        }
    }

    /// Fines that fall due when a block joins a lot.
    fn due(&self, lot: Bits<W>, next: usize) -> i64 {
        let rows = self.rows_of[next].iter().map(|&row| &self.rows[row]);
        rows.filter(|(blocks, _)| blocks.common(lot).count() % 2 == 1)
            .map(|(_, fine)| fine)
            .sum()
    }

    /// What any lot costs at least that grows from a branch by blocks of `reach`, and those of them with which it may cost less than the best.
    fn bound(&mut self, branch: &Branch<W>, reach: Bits<W>) -> (i64, Bits<W>) {
        let offers = reach.iter().map(|place| self.offers[place]);
        let Some(filled) = fill(branch.cost, branch.volume, self.limits, offers) else {
            return (i64::MAX, Bits::EMPTY);
        };
        if filled.cost >= self.best {
            return (filled.cost, Bits::EMPTY);
        }
        let back = self.expect_fines(branch.lot, reach, self.taken(&filled, reach));
        if back.is_some() {
            self.steps = self.steps.saturating_sub(FINES_STEPS);
        }
        // With a price on volume, each block stands for itself: for whatever rate, what is in the lot beyond the limit is given back.
        let (rate, limit) = filled
            .cut
            .map_or((0, 0), |(offer, limit)| (offer.cost / offer.volume, limit));
        let rate = rate.clamp(-self.most_rate, self.most_rate);
        let mut sum = branch.cost - back.unwrap_or(0) + rate * (limit - branch.volume);
        for place in reach.iter() {
            let offer = self.offers[place];
            self.net[place] = offer.cost - rate * offer.volume;
            sum += (self.net[place] + self.extra[place]).min(0);
        }
        let room = self.limits[1] - branch.volume;
        let hopeful = reach.iter().filter(|&place| {
            let with = sum + (self.net[place] + self.extra[place]).max(0);
            self.offers[place].volume <= room && with < self.best
        });
        let hopeful = hopeful.collect();
        self.extra.fill(0);
        (sum.max(filled.cost), hopeful)
    }

    /// The block of `edge` that tells most: where it gains something, it is dear to leave out, where not, to take.
    fn telling(&self, lot: Bits<W>, edge: Bits<W>) -> Option<usize> {
        edge.iter().max_by_key(|&place| {
            let net = self.net[place];
            self.due(lot, place) + if net < 0 { -2 * net } else { net }
        })
    }

    /// The blocks of `reach` that a filled lot holds whole.
    fn taken(&self, filled: &Filled, reach: Bits<W>) -> Bits<W> {
        let whole = |&place: &usize| match filled.cut {
            Some((cut, _)) => self.offers[place].by_worth(&cut).is_lt(),
            None => self.offers[place].cost < 0,
        };
        reach.iter().take_while(whole).collect()
    }

    /// Notes for each block of `reach` what it pays at least of the fines that come next, where the lot holds an odd number of the blocks of a row; and where it may soon hold two more, as `taken` says,
    /// what each block pays if a lot with none of them is paid back as much. Gives what is paid back in all; `None` where nothing was noted.
    fn expect_fines(&mut self, lot: Bits<W>, reach: Bits<W>, taken: Bits<W>) -> Option<i64> {
        let (mut any, mut back) = (false, 0);
        let both = lot.join(taken);
        for place in both.iter() {
            for &row in &self.rows_of[place] {
                let (blocks, fine) = self.rows[row];
                if blocks.common(both).first() != Some(place) {
                    continue;
                }
                let next = blocks.common(reach);
                let odd = blocks.common(lot).count() % 2 == 1;
                // The next block pays. If there are several, of any number that join every second pays, beginning with the first; where the lot holds an even number, with the second.
                let share = match (odd, next.count()) {
                    (_, 0) => continue,
                    (true, 1) => fine,
                    (true, _) => fine / 2,
                    (false, _) if blocks.common(taken).count() > 1 => {
                        back += fine / 2;
                        fine / 2
                    }
                    (false, _) => continue,
                };
                next.iter().for_each(|place| self.extra[place] += share);
                any = true;
            }
        }
        any.then_some(back)
    }

    /// Blocks of `allowed` that hang together with some of `from`.
    fn flood(&self, from: Bits<W>, allowed: Bits<W>) -> Bits<W> {
        let mut seen = from;
        let mut fresh = from;
        while fresh != Bits::EMPTY {
            let mut next = Bits::EMPTY;
            for place in fresh.iter() {
                next = next.join(self.near[place]);
            }
            fresh = next.common(allowed).less(seen);
            seen = seen.join(fresh);
        }
        seen
    }
}
