//! Enumeration lists connected sets of blocks, each once.
//!
//! A set grows from its first block by its neighbours; a block that was tried and put aside is banned from the rest of that branch.
//! Every limit is a price on blocks and a cap on the price of a set, so that a branch ends as soon as one cap is passed.

use super::bits::Bits;
use super::clock::Clock;
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
    dispatch(instance, &caps, Wanted::Minimal, budget, clock)
}

/// Every set that can be one of `lots` lots, as far as prices, rules and the rest of the map can tell. `None` if there are too many.
pub fn candidate_lots(
    instance: &Instance<'_>,
    lots: usize,
    prices: &[Price],
    budget: Budget,
    clock: &Clock<'_>,
) -> Option<Sets> {
    dispatch(
        instance,
        prices,
        Wanted::Candidates {
            others: lots as i64 - 1,
        },
        budget,
        clock,
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Minimal,
    Candidates { others: i64 },
}

fn dispatch(
    instance: &Instance<'_>,
    prices: &[Price],
    wanted: Wanted,
    budget: Budget,
    clock: &Clock<'_>,
) -> Option<Sets> {
    match instance.len() {
        0..=64 => Enumeration::<1>::run(instance, prices, wanted, budget, clock),
        65..=128 => Enumeration::<2>::run(instance, prices, wanted, budget, clock),
        129..=256 => Enumeration::<4>::run(instance, prices, wanted, budget, clock),
        257..=MOST_BLOCKS => Enumeration::<8>::run(instance, prices, wanted, budget, clock),
        _ => None,
    }
}

struct Enumeration<'a, const W: usize> {
    instance: &'a Instance<'a>,
    clock: &'a Clock<'a>,
    near: Vec<Bits<W>>,
    foes: Vec<Bits<W>>,
    price: Vec<[i64; MOST_PRICES]>,
    caps: [i64; MOST_PRICES],
    wanted: Wanted,
    budget: Budget,
    found: Sets,
    all: Bits<W>,
}

/// Too much to enumerate.
struct Exceeded;

impl<'a, const W: usize> Enumeration<'a, W> {
    fn run(
        instance: &'a Instance<'a>,
        prices: &[Price],
        wanted: Wanted,
        budget: Budget,
        clock: &'a Clock<'a>,
    ) -> Option<Sets> {
        let count = instance.len();
        let bits = |blocks: &mut dyn Iterator<Item = usize>| {
            let mut set = Bits::EMPTY;
            blocks.for_each(|block| set.add(block));
            set
        };
        let near = instance
            .neighbours
            .iter()
            .map(|list| bits(&mut list.iter().map(|&block| block as usize)))
            .collect();
        let foes = (0..count)
            .map(|a| bits(&mut (0..count).filter(|&b| a != b && instance.classes.clash(a, b))))
            .collect();
        let price = (0..count).map(|block| std::array::from_fn(|at| prices.get(at).map_or(0, |price| price.of[block])));
        let caps = std::array::from_fn(|at| prices.get(at).map_or(0, |price| price.cap));
        let all = bits(&mut (0..count));
        let found = Sets::default();
        let mut enumeration = Self {
            instance,
            clock,
            near,
            foes,
            price: price.collect(),
            caps,
            wanted,
            budget,
            found,
            all,
        };
        enumeration.grow_every_block().ok().map(|()| enumeration.found)
    }

    fn grow_every_block(&mut self) -> Result<(), Exceeded> {
        let mut banned = Bits::EMPTY;
        for root in 0..self.instance.len() {
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
        let mut banned = banned.join(self.foes[block]);
        let mut frontier = frontier.join(self.near[block]).less(banned);
        if self.look(grown, spent[0])? {
            return Ok(());
        }
        while let Some(next) = frontier.first() {
            frontier.remove(next);
            banned.add(next);
            self.take(grown, next, frontier, banned, spent)?;
        }
        Ok(())
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
        if volume < self.instance.floor {
            return Ok(false);
        }
        let (keep, done) = match self.wanted {
            Wanted::Minimal => (self.minimal(set, volume), true),
            Wanted::Candidates { others } => (self.rest_can_hold(set, others) && self.sound(set), false),
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
            volume - self.instance.volume[block] < self.instance.floor || rest == Bits::EMPTY || self.part(rest) != rest
        })
    }

    /// The component of `inside` that holds its first block.
    fn part(&self, inside: Bits<W>) -> Bits<W> {
        let Some(first) = inside.first() else {
            return Bits::EMPTY;
        };
        let mut reached = Bits::EMPTY;
        reached.add(first);
        let mut fresh = reached;
        while let Some(block) = fresh.first() {
            fresh.remove(block);
            let new = self.near[block].common(inside).less(reached);
            reached = reached.join(new);
            fresh = fresh.join(new);
        }
        reached
    }

    /// Whether the rest of the map can hold `others` lots and leaves nothing below the floor.
    fn rest_can_hold(&self, set: Bits<W>, others: i64) -> bool {
        let floor = self.instance.floor;
        let mut rest = self.all.less(set);
        let mut room = 0;
        while rest != Bits::EMPTY {
            let part = self.part(rest);
            let volume: i64 = part.iter().map(|block| self.instance.volume[block]).sum();
            if volume < floor {
                return false;
            }
            room += if floor > 0 {
                volume / floor
            } else {
                part.iter().count() as i64
            };
            rest = rest.less(part);
        }
        room >= others && (others > 0 || set == self.all)
    }

    /// Blocks may hang together where their units do not.
    fn sound(&self, set: Bits<W>) -> bool {
        let instance = self.instance;
        !instance.fragile || instance.units_connected(&set.iter().map(|block| block as u32).collect::<Vec<_>>())
    }
}
