//! Enumeration lists connected sets of blocks, each once.
//!
//! A set grows from its first block by its neighbours; a block that was tried and put aside is banned from the rest of that branch.
//! Every limit is a price on blocks and a cap on the price of a set, so that a branch ends as soon as one cap is passed.

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

/// A set of blocks as bits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bits<const W: usize>([u64; W]);

impl<const W: usize> Bits<W> {
    const EMPTY: Self = Self([0; W]);

    fn only(block: usize) -> Self {
        let mut set = Self::EMPTY;
        set.add(block);
        set
    }

    fn add(&mut self, block: usize) {
        self.0[block / 64] |= 1 << (block % 64);
    }

    fn remove(&mut self, block: usize) {
        self.0[block / 64] &= !(1 << (block % 64));
    }

    fn join(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    fn common(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    fn less(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    fn first(self) -> Option<usize> {
        let word = self.0.iter().position(|&word| word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let block = self.first()?;
            self.remove(block);
            Some(block)
        })
    }
}

/// Blocks that need one of the same homes.
struct Bound<const W: usize> {
    blocks: Bits<W>,
    homes: Bits<W>,
}

/// What the needs of blocks ask of a set under growth.
enum Ask<const W: usize> {
    /// Nothing: every need is met, and no block outside has all of its homes inside.
    Nothing,
    /// One of these blocks must join.
    OneOf(Bits<W>),
    /// A block that is banned.
    Banned,
}

impl<const W: usize> Ask<W> {
    fn one_of(free: Bits<W>) -> Self {
        if free == Bits::EMPTY {
            Self::Banned
        } else {
            Self::OneOf(free)
        }
    }
}

struct Enumeration<'a, const W: usize> {
    instance: &'a Instance<'a>,
    clock: &'a Clock<'a>,
    near: Vec<Bits<W>>,
    foes: Vec<Bits<W>>,
    bound: Vec<Bound<W>>,
    whole: Vec<Bits<W>>,
    price: Vec<[i64; MOST_PRICES]>,
    caps: [i64; MOST_PRICES],
    wanted: Wanted,
    budget: Budget,
    found: Sets,
    all: Bits<W>,
}

/// Too much to enumerate.
struct Exceeded;

/// The needs of blocks, those with the same homes together.
fn bound<const W: usize>(instance: &Instance<'_>) -> Vec<Bound<W>> {
    let mut found: Vec<Bound<W>> = Vec::new();
    for need in instance.attached.needs() {
        let mut homes = Bits::EMPTY;
        need.homes.iter().for_each(|&home| homes.add(home as usize));
        let at = found.iter().position(|bound| bound.homes == homes).unwrap_or_else(|| {
            found.push(Bound {
                blocks: Bits::EMPTY,
                homes,
            });
            found.len() - 1
        });
        found[at].blocks.add(need.block as usize);
    }
    found
}

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
            bound: bound(instance),
            whole: whole
                .iter()
                .map(|blocks| bits(&mut blocks.iter().map(|&block| block as usize)))
                .collect(),
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
        // Sets grow from blocks that need no other first: a set of those that do is soon at its end.
        let mut roots: Vec<usize> = (0..self.instance.len()).collect();
        roots.sort_by_key(|&root| self.instance.attached.is_bound(root));
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
        let mut banned = banned.join(self.foes[block]);
        let mut frontier = frontier.join(self.near[block]).less(banned);
        let mut next_ones = match self.ask(grown, banned) {
            Ask::Banned => return Ok(()),
            // What must join is tried before anything else, and may leave the set in pieces for a while.
            Ask::OneOf(blocks) => blocks,
            Ask::Nothing => {
                if self.may_fall_apart() && self.part(grown) != grown {
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

    /// Whether blocks may join that do not touch the set.
    fn may_fall_apart(&self) -> bool {
        !self.bound.is_empty() || !self.whole.is_empty()
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
        while let Some(next) = self.bridge(set, banned) {
            banned.add(next);
            self.take(set, next, frontier.less(banned), banned, spent)?;
        }
        Ok(())
    }

    /// A block needs one of its homes; and with all of its homes in one lot, it can be in no other.
    fn ask(&self, set: Bits<W>, banned: Bits<W>) -> Ask<W> {
        for bound in &self.bound {
            let held = bound.homes.common(set);
            let wanted = if held == bound.homes {
                bound.blocks.less(set).first().map(Bits::only)
            } else if held == Bits::EMPTY && bound.blocks.common(set) != Bits::EMPTY {
                Some(bound.homes)
            } else {
                None
            };
            if let Some(wanted) = wanted {
                return Ask::one_of(wanted.less(banned));
            }
        }
        let cut = self
            .whole
            .iter()
            .find(|group| group.common(set) != Bits::EMPTY && group.less(set) != Bits::EMPTY);
        match cut.and_then(|group| group.less(set).first()) {
            Some(missing) => Ask::one_of(Bits::only(missing).less(banned)),
            None => Ask::Nothing,
        }
    }

    /// Whether the needs of all blocks are met within the set.
    fn settled(&self, set: Bits<W>) -> bool {
        matches!(self.ask(set, Bits::EMPTY), Ask::Nothing)
    }

    /// Whether a part of a set in pieces is a viable set by itself, so that no minimal set holds all of it.
    fn holds_a_minimal_set(&self, set: Bits<W>) -> bool {
        let mut rest = set;
        while rest != Bits::EMPTY {
            let part = self.part(rest);
            let volume: i64 = part.iter().map(|block| self.instance.volume[block]).sum();
            if volume >= self.instance.floor && self.settled(part) {
                return true;
            }
            rest = rest.less(part);
        }
        false
    }

    /// For a set in pieces: the first block of a shortest way from its first piece to another over blocks that are not banned; `None` without a way.
    fn bridge(&self, set: Bits<W>, banned: Bits<W>) -> Option<usize> {
        let open = self.all.less(banned).join(set);
        let piece = self.part(set);
        let others = set.less(piece);
        let (mut seen, mut layers) = (piece, vec![piece]);
        loop {
            let last = layers.last().copied().unwrap_or(Bits::EMPTY);
            let new = self.around(last).common(open).less(seen);
            if new == Bits::EMPTY {
                return None;
            }
            if let Some(goal) = new.common(others).first() {
                let back = layers[1..].iter().rev();
                return back
                    .scan(goal, |at, layer| {
                        *at = self.near[*at].common(*layer).first()?;
                        Some(*at)
                    })
                    .last();
            }
            seen = seen.join(new);
            layers.push(new);
        }
    }

    fn around(&self, set: Bits<W>) -> Bits<W> {
        set.iter().fold(Bits::EMPTY, |all, block| all.join(self.near[block]))
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
            volume - self.instance.volume[block] < self.instance.floor
                || rest == Bits::EMPTY
                || self.part(rest) != rest
                || !self.settled(rest)
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
