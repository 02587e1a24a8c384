//! Lots by hub: every lot whose travel is low against prices, listed hub by hub.
//!
//! With a hub chosen, travel is a sum over blocks, and so is travel less prices. A set under growth is left as soon as the cheapest completion between floor and cap (a
//! knapsack in which one block may be cut) is dear; so only a few of the sets that could be lots are ever looked at.

use super::bits::Bits;
use super::clock::Clock;
use super::enumerate::Sets;
use super::ground::{Ask, Ground};
use super::instance::Instance;
use rustc_hash::FxHashMap;

/// The most blocks for which lots are listed by hub.
pub const MOST_BLOCKS: usize = 128;

/// Prices of the blocks and of a lot, in units of travel.
#[derive(Clone, Debug)]
pub struct Prices {
    /// The price of each block.
    pub block: Vec<i64>,
    /// The price of a lot.
    pub lot: i64,
}

impl Prices {
    /// Travel of a lot less the prices of its blocks and of a lot.
    pub fn reduced(&self, instance: &Instance<'_>, lot: &[u32]) -> i64 {
        let blocks: i64 = lot.iter().map(|&block| self.block[block as usize]).sum();
        instance.travel(lot) - blocks - self.lot
    }

    /// What `lots` lots cost at these prices: no plan has less travel, if no lot is below its price.
    pub fn sum(&self, lots: usize) -> i64 {
        self.block.iter().sum::<i64>() + lots as i64 * self.lot
    }
}

/// What is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Prices.
    pub prices: &'w Prices,
    /// Travel less prices is at most this.
    pub most: i64,
    /// Number of lots of the plan.
    pub lots: usize,
    /// Sets of blocks that no lot may cut.
    pub whole: &'w [Vec<u32>],
    /// Sets looked at for each hub.
    pub steps: u64,
    /// Lots listed for each hub, and in all.
    pub listed: (usize, usize),
}

/// Lots that were asked for, and whether these are all of them.
pub struct Listed {
    /// The lots, each once.
    pub lots: Sets,
    /// Whether no limit was met.
    pub complete: bool,
}

/// Lists lots by hub; `None` where there are too many blocks.
pub fn list(instance: &Instance<'_>, wanted: &Wanted<'_>, clock: &Clock<'_>) -> Option<Listed> {
    match instance.len() {
        0..=64 => Some(Listing::<1>::run(instance, wanted, clock)),
        65..=MOST_BLOCKS => Some(Listing::<2>::run(instance, wanted, clock)),
        _ => None,
    }
}

struct Listing<'a, const W: usize> {
    ground: Ground<'a, W>,
    wanted: &'a Wanted<'a>,
    clock: &'a Clock<'a>,
    found: FxHashMap<Bits<W>, ()>,
    order_found: Vec<Bits<W>>,
}

/// A limit was met.
struct Limit;

impl<'a, const W: usize> Listing<'a, W> {
    fn run(instance: &'a Instance<'a>, wanted: &'a Wanted<'a>, clock: &'a Clock<'a>) -> Listed {
        let mut listing = Self {
            ground: Ground::new(instance, wanted.whole),
            wanted,
            clock,
            found: FxHashMap::default(),
            order_found: Vec::new(),
        };
        let mut complete = true;
        for hub in 0..instance.problem.areas().len() {
            complete &= listing.grow_around(hub);
            if listing.order_found.len() > wanted.listed.1 {
                complete = false;
                break;
            }
        }
        let mut lots = Sets::default();
        for set in &listing.order_found {
            lots.push(set.iter().map(|block| block as u32));
        }
        Listed { lots, complete }
    }

    /// Lists the lots around a hub; whether all of them.
    fn grow_around(&mut self, hub: usize) -> bool {
        let instance = self.ground.instance;
        let mut complete = true;
        let holders: Vec<usize> = (0..instance.len())
            .filter(|&block| instance.places[block].iter().any(|place| place.0 as usize == hub))
            .collect();
        let mut banned = Bits::EMPTY;
        for block in holders {
            banned.add(block);
            let mut around = Around::new(self, hub);
            let start = Bits::only(block);
            complete &= around.take(Bits::EMPTY, block, start, banned).is_ok();
        }
        complete
    }
}

/// Growth around one hub.
struct Around<'l, 'a, const W: usize> {
    listing: &'l mut Listing<'a, W>,
    cost: Vec<i64>,
    /// Blocks by cost for their volume, the cheapest first.
    order: Vec<usize>,
    rank: Vec<usize>,
    greatest: i64,
    steps: u64,
    kept: usize,
}

impl<'l, 'a, const W: usize> Around<'l, 'a, W> {
    fn new(listing: &'l mut Listing<'a, W>, hub: usize) -> Self {
        let instance = listing.ground.instance;
        let wanted = listing.wanted;
        let cost: Vec<i64> = (0..instance.len())
            .map(|block| instance.block_travel(block, hub) - wanted.prices.block[block])
            .collect();
        let mut order: Vec<usize> = (0..instance.len()).collect();
        let worth = |block: usize| cost[block] as f64 / (instance.volume[block].max(0) as f64 + 1e-3);
        order.sort_by(|&a, &b| worth(a).total_cmp(&worth(b)).then(a.cmp(&b)));
        let mut rank = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, &block)| rank[block] = place);
        let rest = instance.total - (wanted.lots as i64 - 1) * instance.floor;
        Self {
            greatest: rest.min(instance.cap),
            steps: wanted.steps,
            kept: 0,
            listing,
            cost,
            order,
            rank,
        }
    }

    /// Adds `block` to `set` and grows the result by all ways that stay cheap; `banned` holds `block` too.
    fn take(&mut self, set: Bits<W>, block: usize, frontier: Bits<W>, banned: Bits<W>) -> Result<(), Limit> {
        let mut grown = set;
        grown.add(block);
        let mut banned = banned.join(self.listing.ground.foes[block]);
        let mut frontier = frontier.join(self.listing.ground.near[block]).less(banned);
        self.count_step()?;
        if self.dear(grown, banned) {
            return Ok(());
        }
        let mut next_ones = match self.listing.ground.ask(grown, banned) {
            Ask::Banned => return Ok(()),
            Ask::OneOf(blocks) => blocks,
            Ask::Nothing if self.in_pieces(grown) => return self.grow_together(grown, frontier, banned),
            Ask::Nothing => {
                self.look(grown)?;
                frontier
            }
        };
        while let Some(next) = next_ones.iter().min_by_key(|&block| self.rank[block]) {
            next_ones.remove(next);
            frontier.remove(next);
            banned.add(next);
            self.take(grown, next, frontier, banned)?;
            if self.dear(grown, banned) {
                break;
            }
        }
        Ok(())
    }

    fn in_pieces(&self, set: Bits<W>) -> bool {
        self.listing.ground.may_fall_apart() && self.listing.ground.part(set) != set
    }

    fn grow_together(&mut self, set: Bits<W>, frontier: Bits<W>, banned: Bits<W>) -> Result<(), Limit> {
        let mut banned = banned;
        while let Some(next) = self.listing.ground.bridge(set, banned) {
            banned.add(next);
            self.take(set, next, frontier.less(banned), banned)?;
            if self.dear(set, banned) {
                break;
            }
        }
        Ok(())
    }

    fn count_step(&mut self) -> Result<(), Limit> {
        self.steps = self.steps.checked_sub(1).ok_or(Limit)?;
        if self.steps.is_multiple_of(4096) && self.listing.clock.over().is_some() {
            return Err(Limit);
        }
        Ok(())
    }

    /// Whether no lot that holds `set` and none of `banned` beside it is as cheap as wanted.
    fn dear(&self, set: Bits<W>, banned: Bits<W>) -> bool {
        let least = self.least(set, self.listing.ground.all.less(banned).less(set));
        least.is_none_or(|least| least > self.listing.wanted.most)
    }

    /// The least cost of `set` with some of `open`, one of them perhaps in part, between floor and cap; `None` where volume does not allow it.
    fn least(&self, set: Bits<W>, open: Bits<W>) -> Option<i64> {
        let instance = self.listing.ground.instance;
        let mut volume = self.listing.ground.volume(set);
        let mut cost = set.iter().map(|block| self.cost[block]).sum::<i64>() - self.listing.wanted.prices.lot;
        if volume > self.greatest {
            return None;
        }
        for &block in self
            .order
            .iter()
            .filter(|&&block| open.common(Bits::only(block)) != Bits::EMPTY)
        {
            let room = if self.cost[block] < 0 {
                self.greatest
            } else {
                instance.floor
            } - volume;
            if room <= 0 && self.cost[block] >= 0 {
                break;
            }
            let held = instance.volume[block];
            if held <= room {
                cost += self.cost[block];
                volume += held;
            } else {
                cost += i64::try_from((i128::from(self.cost[block]) * i128::from(room)).div_euclid(i128::from(held)))
                    .unwrap_or(0);
                volume += room;
            }
        }
        (volume >= instance.floor).then_some(cost)
    }

    /// Keeps the set if it is a lot that is cheap enough.
    fn look(&mut self, set: Bits<W>) -> Result<(), Limit> {
        let (ground, wanted) = (&self.listing.ground, self.listing.wanted);
        let cost = set.iter().map(|block| self.cost[block]).sum::<i64>() - wanted.prices.lot;
        let fits = cost <= wanted.most && ground.volume(set) >= ground.instance.floor;
        if !fits || !ground.rest_can_hold(set, wanted.lots as i64 - 1) || !ground.sound(set) {
            return Ok(());
        }
        if self.listing.found.insert(set, ()).is_none() {
            self.listing.order_found.push(set);
            self.kept += 1;
        }
        if self.kept >= wanted.listed.0 || self.listing.order_found.len() > wanted.listed.1 {
            return Err(Limit);
        }
        Ok(())
    }
}
