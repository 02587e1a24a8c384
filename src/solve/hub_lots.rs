//! Lots by hub: every lot whose travel is low against prices, listed hub by hub.
//!
//! With a hub chosen, travel is a sum over blocks, and so is travel less prices. A set under growth is left as soon as the cheapest completion between floor and cap (a
//! knapsack in which one block may be cut) is dear; so only a few of the sets that could be lots are ever looked at.

use super::bits::Bits;
use super::clock::Clock;
use super::enumerate::Sets;
use super::ground::{Ask, Ground};
use super::instance::Instance;
use super::knapsack::{Offer, fill};
use rustc_hash::FxHashSet;

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
    known: FxHashSet<Bits<W>>,
    found: Vec<Bits<W>>,
}

/// A limit was met.
struct Limit;

impl<'a, const W: usize> Listing<'a, W> {
    fn run(instance: &'a Instance<'a>, wanted: &'a Wanted<'a>, clock: &'a Clock<'a>) -> Listed {
        let mut listing = Self {
            ground: Ground::new(instance, wanted.whole),
            wanted,
            clock,
            known: FxHashSet::default(),
            found: Vec::new(),
        };
        let mut complete = true;
        for hub in 0..instance.problem.areas().len() {
            complete &= listing.grow_around(hub);
            if listing.found.len() > wanted.listed.1 {
                complete = false;
                break;
            }
        }
        let mut lots = Sets::default();
        for set in &listing.found {
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
            complete &= Around::new(self, hub).grow_from(block, banned).is_ok();
        }
        complete
    }
}

/// A set under growth: its blocks, what they cost and hold, what may be added, and what may not.
#[derive(Clone, Copy)]
struct Node<const W: usize> {
    set: Bits<W>,
    cost: i64,
    volume: i64,
    frontier: Bits<W>,
    banned: Bits<W>,
}

/// Growth around one hub.
struct Around<'l, 'a, const W: usize> {
    listing: &'l mut Listing<'a, W>,
    cost: Vec<i64>,
    /// Blocks by cost for their volume, the cheapest first.
    order: Vec<Offer>,
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
        let mut order: Vec<Offer> = (0..instance.len())
            .map(|block| Offer {
                block,
                cost: cost[block],
                volume: instance.volume[block],
            })
            .collect();
        order.sort_unstable_by(Offer::by_worth);
        let mut rank = vec![0; order.len()];
        order
            .iter()
            .enumerate()
            .for_each(|(place, offer)| rank[offer.block] = place);
        Self {
            greatest: instance.greatest(wanted.lots),
            steps: wanted.steps,
            kept: 0,
            listing,
            cost,
            order,
            rank,
        }
    }

    /// Grows sets that hold `block` and none of `banned` beside it.
    fn grow_from(&mut self, block: usize, banned: Bits<W>) -> Result<(), Limit> {
        let nothing = Node {
            set: Bits::EMPTY,
            cost: -self.listing.wanted.prices.lot,
            volume: 0,
            frontier: Bits::EMPTY,
            banned,
        };
        self.take(&nothing, block)
    }

    /// Adds `block`, which is banned already, and grows the result by all ways that stay cheap.
    fn take(&mut self, from: &Node<W>, block: usize) -> Result<(), Limit> {
        self.count_step()?;
        let ground = &self.listing.ground;
        let banned = from.banned.join(ground.foes[block]);
        let mut node = Node {
            set: from.set.join(Bits::only(block)),
            cost: from.cost + self.cost[block],
            volume: from.volume + ground.instance.volume[block],
            frontier: from.frontier.join(ground.near[block]).less(banned),
            banned,
        };
        if self.dear(&node) {
            return Ok(());
        }
        let mut next_ones = match ground.ask(node.set, banned) {
            Ask::Banned => return Ok(()),
            Ask::OneOf(blocks) => blocks,
            Ask::Nothing if ground.may_fall_apart() && ground.part(node.set) != node.set => {
                return self.grow_together(node);
            }
            Ask::Nothing => {
                self.look(&node)?;
                node.frontier
            }
        };
        while let Some(next) = next_ones.iter().min_by_key(|&block| self.rank[block]) {
            next_ones.remove(next);
            node.frontier.remove(next);
            node.banned.add(next);
            self.take(&node, next)?;
            if self.too_dear(&node, self.listing.ground.all.less(node.banned)) {
                break;
            }
        }
        Ok(())
    }

    fn grow_together(&mut self, from: Node<W>) -> Result<(), Limit> {
        let mut node = from;
        while let Some(next) = self.listing.ground.bridge(node.set, node.banned) {
            node.frontier.remove(next);
            node.banned.add(next);
            self.take(&node, next)?;
            if self.dear(&node) {
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

    /// Whether no lot that holds the set and no banned block beside it is as cheap as wanted.
    fn dear(&self, node: &Node<W>) -> bool {
        let ground = &self.listing.ground;
        // A lot hangs together, so all of it can be reached from any block of it.
        let first = node.set.first().map_or(Bits::EMPTY, Bits::only);
        let open = ground.all.less(node.banned).join(node.set);
        let reached = ground.flood(first, ground.usable(open));
        node.set.less(reached) != Bits::EMPTY || self.too_dear(node, ground.usable(reached).less(node.set))
    }

    /// Whether the set with some of `open`, one of them perhaps in part, costs more than is wanted wherever it is between floor and cap.
    fn too_dear(&self, node: &Node<W>, open: Bits<W>) -> bool {
        let limits = [self.listing.ground.instance.floor, self.greatest];
        let offers = self.order.iter().copied().filter(|offer| open.has(offer.block));
        fill(node.cost, node.volume, limits, offers).is_none_or(|filled| filled.cost > self.listing.wanted.most)
    }

    /// Keeps the set if it is a lot that is cheap enough.
    fn look(&mut self, node: &Node<W>) -> Result<(), Limit> {
        let (ground, wanted) = (&self.listing.ground, self.listing.wanted);
        let fits = node.cost <= wanted.most && node.volume >= ground.instance.floor;
        let viable = fits && ground.instance.likely(node.set.iter(), node.volume);
        if !viable || !ground.rest_can_hold(node.set, wanted.lots as i64 - 1) || !ground.sound(node.set) {
            return Ok(());
        }
        if self.listing.known.insert(node.set) {
            self.listing.found.push(node.set);
            self.kept += 1;
        }
        if self.kept >= wanted.listed.0 || self.listing.found.len() > wanted.listed.1 {
            return Err(Limit);
        }
        Ok(())
    }
}
