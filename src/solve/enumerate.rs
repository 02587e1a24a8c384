//! Enumeration lists connected sets of blocks, each once.
//!
//! A set grows from its first block by its neighbours; a block that was tried and put aside is banned from the rest of that branch.
//! Every limit is a price on blocks and a cap on the price of a set, so that a branch ends as soon as one cap is passed.

use super::bits::Bits;
use super::clock::Clock;
use super::ground::{Ask, Ground};
use super::instance::Instance;

/// The most blocks that can be enumerated.
pub const MOST_BLOCKS: usize = 512;
/// The most prices that can be heeded at a time.
pub const MOST_PRICES: usize = 4;

/// Prices ≥ 0 on blocks, and the most that a set may cost.
#[derive(Clone, Debug)]
pub struct Price {
    /// The price of each block.
    pub of: Vec<i64>,
    /// The most that a set may cost.
    pub cap: i64,
}

/// How much may be enumerated.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Sets looked at.
    pub steps: u64,
    /// Sets kept.
    pub sets: usize,
}

/// Sets of blocks, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    starts: Vec<usize>,
    members: Vec<u32>,
}

impl Sets {
    /// Number of sets.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The blocks of a set, sorted.
    pub fn get(&self, index: usize) -> &[u32] {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.members.len());
        &self.members[self.starts[index]..end]
    }

    /// All sets in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Adds a set.
    pub fn push(&mut self, blocks: impl Iterator<Item = u32>) {
        self.starts.push(self.members.len());
        self.members.extend(blocks);
    }
}

/// Every minimal viable set: connected, at or above the floor, within the cap, and no block can leave it. `None` if there are too many.
pub fn minimal_sets(instance: &Instance<'_>, budget: Budget, clock: &Clock<'_>) -> Option<Sets> {
    let caps = [Price {
        of: instance.volume.clone(),
        cap: instance.cap,
    }];
    dispatch(instance, &caps, &[], Wanted::Minimal, budget, clock)
}

/// Every set that can be one of `lots` lots, as far as prices, rules and the rest of the map can tell. `None` if there are too many.
///
/// `whole` lists sets of blocks that no lot may cut.
pub fn candidate_lots(
    instance: &Instance<'_>,
    lots: usize,
    prices: &[Price],
    whole: &[Vec<u32>],
    budget: Budget,
    clock: &Clock<'_>,
) -> Option<Sets> {
    let others = lots as i64 - 1;
    dispatch(instance, prices, whole, Wanted::Candidates { others }, budget, clock)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Minimal,
    Candidates { others: i64 },
}

fn dispatch(
    instance: &Instance<'_>,
    prices: &[Price],
    whole: &[Vec<u32>],
    wanted: Wanted,
    budget: Budget,
    clock: &Clock<'_>,
) -> Option<Sets> {
    match instance.len() {
        0..=64 => Enumeration::<1>::run(instance, prices, whole, wanted, budget, clock),
        65..=128 => Enumeration::<2>::run(instance, prices, whole, wanted, budget, clock),
        129..=256 => Enumeration::<4>::run(instance, prices, whole, wanted, budget, clock),
        257..=MOST_BLOCKS => Enumeration::<8>::run(instance, prices, whole, wanted, budget, clock),
        _ => None,
    }
}

struct Enumeration<'a, const W: usize> {
    ground: Ground<'a, W>,
    clock: &'a Clock<'a>,
    price: Vec<[i64; MOST_PRICES]>,
    caps: [i64; MOST_PRICES],
    wanted: Wanted,
    budget: Budget,
    found: Sets,
}

/// Too much to enumerate.
struct Exceeded;

impl<'a, const W: usize> Enumeration<'a, W> {
    fn run(
        instance: &'a Instance<'a>,
        prices: &[Price],
        whole: &[Vec<u32>],
        wanted: Wanted,
        budget: Budget,
        clock: &'a Clock<'a>,
    ) -> Option<Sets> {
        let count = instance.len();
        let price = (0..count).map(|block| std::array::from_fn(|at| prices.get(at).map_or(0, |price| price.of[block])));
        let caps = std::array::from_fn(|at| prices.get(at).map_or(0, |price| price.cap));
        let mut enumeration = Self {
            ground: Ground::new(instance, whole),
            clock,
            price: price.collect(),
            caps,
            wanted,
            budget,
            found: Sets::default(),
        };
        enumeration.grow_every_block().ok().map(|()| enumeration.found)
    }

    fn grow_every_block(&mut self) -> Result<(), Exceeded> {
        let mut banned = Bits::EMPTY;
        // Sets grow from blocks that need no other first: a set of those that do is soon at its end.
        let mut roots: Vec<usize> = (0..self.ground.instance.len()).collect();
        roots.sort_by_key(|&root| self.ground.instance.attached.is_bound(root));
        for root in roots {
            banned.add(root);
            let mut only = Bits::EMPTY;
            only.add(root);
            self.take(Bits::EMPTY, root, only, banned, [0; MOST_PRICES])?;
        }
        Ok(())
    }

    /// Adds `block` to `set`, looks at the result, and grows it. `frontier` is what may be added; `banned` holds `block` too.
    fn take(
        &mut self,
        set: Bits<W>,
        block: usize,
        frontier: Bits<W>,
        banned: Bits<W>,
        spent: [i64; MOST_PRICES],
    ) -> Result<(), Exceeded> {
        let spent = std::array::from_fn(|at| spent[at] + self.price[block][at]);
        if spent.iter().zip(&self.caps).any(|(spent, cap)| spent > cap) {
            return Ok(());
        }
        self.count_step()?;
        let mut grown = set;
        grown.add(block);
        let mut banned = banned.join(self.ground.foes[block]);
        let mut frontier = frontier.join(self.ground.near[block]).less(banned);
        let mut next_ones = match self.ground.ask(grown, banned) {
            Ask::Banned => return Ok(()),
            // What must join is tried before anything else, and may leave the set in pieces for a while.
            Ask::OneOf(blocks) => blocks,
            Ask::Nothing => {
                if self.ground.may_fall_apart() && self.ground.part(grown) != grown {
                    return self.grow_together(grown, frontier, banned, spent);
                }
                if self.look(grown, spent[0])? {
                    return Ok(());
                }
                frontier
            }
        };
        while let Some(next) = next_ones.first() {
            next_ones.remove(next);
            frontier.remove(next);
            banned.add(next);
            self.take(grown, next, frontier, banned, spent)?;
        }
        Ok(())
    }

    /// Grows a set in pieces by what joins its pieces, before anything else.
    fn grow_together(
        &mut self,
        set: Bits<W>,
        frontier: Bits<W>,
        banned: Bits<W>,
        spent: [i64; MOST_PRICES],
    ) -> Result<(), Exceeded> {
        if self.wanted == Wanted::Minimal && self.holds_a_minimal_set(set) {
            return Ok(());
        }
        let mut banned = banned;
        while let Some(next) = self.ground.bridge(set, banned) {
            banned.add(next);
            self.take(set, next, frontier.less(banned), banned, spent)?;
        }
        Ok(())
    }

    /// Whether a part of a set in pieces is a viable set by itself, so that no minimal set holds all of it.
    fn holds_a_minimal_set(&self, set: Bits<W>) -> bool {
        let mut rest = set;
        while rest != Bits::EMPTY {
            let part = self.ground.part(rest);
            let volume: i64 = part.iter().map(|block| self.ground.instance.volume[block]).sum();
            if volume >= self.ground.instance.floor && self.ground.settled(part) {
                return true;
            }
            rest = rest.less(part);
        }
        false
    }

    fn count_step(&mut self) -> Result<(), Exceeded> {
        self.budget.steps = self.budget.steps.checked_sub(1).ok_or(Exceeded)?;
        if self.budget.steps.is_multiple_of(65_536) && self.clock.over().is_some() {
            return Err(Exceeded);
        }
        Ok(())
    }

    /// Keeps the set if it is wanted; says whether growing it is no use.
    fn look(&mut self, set: Bits<W>, volume: i64) -> Result<bool, Exceeded> {
        if volume < self.ground.instance.floor {
            return Ok(false);
        }
        let (keep, done) = match self.wanted {
            Wanted::Minimal => (self.minimal(set, volume), true),
            Wanted::Candidates { others } => {
                let viable = self.ground.instance.likely(set.iter(), volume);
                (
                    viable && self.ground.rest_can_hold(set, others) && self.ground.sound(set),
                    false,
                )
            }
        };
        if keep {
            if self.found.len() >= self.budget.sets {
                return Err(Exceeded);
            }
            self.found.push(set.iter().map(|block| block as u32));
        }
        Ok(done)
    }

    /// No block can leave without breaking the floor or the connection.
    fn minimal(&self, set: Bits<W>, volume: i64) -> bool {
        set.iter().all(|block| {
            let mut rest = set;
            rest.remove(block);
            volume - self.ground.instance.volume[block] < self.ground.instance.floor
                || rest == Bits::EMPTY
                || self.ground.part(rest) != rest
                || !self.ground.settled(rest)
        })
    }
}
