//! A Ground is the graph of blocks as bits, with what the rules say of sets that grow on it.

use super::bits::Bits;
use super::instance::Instance;

/// Blocks that need one of the same homes.
struct Bound<const W: usize> {
    blocks: Bits<W>,
    homes: Bits<W>,
}

/// What the needs of blocks ask of a set under growth.
pub enum Ask<const W: usize> {
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

/// The graph of blocks, which of them clash, and which need each other.
pub struct Ground<'a, const W: usize> {
    /// The instance.
    pub instance: &'a Instance<'a>,
    /// Blocks that touch each block.
    pub near: Vec<Bits<W>>,
    /// Blocks that must not share a lot with each block.
    pub foes: Vec<Bits<W>>,
    /// All blocks.
    pub all: Bits<W>,
    bound: Vec<Bound<W>>,
    whole: Vec<Bits<W>>,
}

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

impl<'a, const W: usize> Ground<'a, W> {
    /// The ground of an instance; `whole` lists sets of blocks that no lot may cut.
    pub fn new(instance: &'a Instance<'a>, whole: &[Vec<u32>]) -> Self {
        let count = instance.len();
        let bits = |blocks: &Vec<u32>| blocks.iter().map(|&block| block as usize).collect();
        let foes = |a: usize| (0..count).filter(|&b| a != b && instance.classes.clash(a, b)).collect();
        Self {
            near: instance.neighbours.iter().map(bits).collect(),
            foes: (0..count).map(foes).collect(),
            all: (0..count).collect(),
            bound: bound(instance),
            whole: whole.iter().map(bits).collect(),
            instance,
        }
    }

    /// Whether blocks may join that do not touch the set.
    pub fn may_fall_apart(&self) -> bool {
        !self.bound.is_empty() || !self.whole.is_empty()
    }

    /// A block needs one of its homes; and with all of its homes in one lot, it can be in no other.
    pub fn ask(&self, set: Bits<W>, banned: Bits<W>) -> Ask<W> {
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

    /// What is left of a set without blocks that have no home in it, and without groups that are cut by it.
    pub fn usable(&self, set: Bits<W>) -> Bits<W> {
        let mut left = set;
        for bound in self.bound.iter().filter(|bound| bound.homes.common(set) == Bits::EMPTY) {
            left = left.less(bound.blocks);
        }
        for group in self.whole.iter().filter(|group| group.less(set) != Bits::EMPTY) {
            left = left.less(*group);
        }
        left
    }

    /// Whether the needs of all blocks are met within the set.
    pub fn settled(&self, set: Bits<W>) -> bool {
        matches!(self.ask(set, Bits::EMPTY), Ask::Nothing)
    }

    /// The component of `inside` that holds its first block.
    pub fn part(&self, inside: Bits<W>) -> Bits<W> {
        let Some(first) = inside.first() else {
            return Bits::EMPTY;
        };
        self.flood(Bits::only(first), inside)
    }

    /// Blocks that can be reached from a set over blocks of `open`; the set itself is among them.
    pub fn flood(&self, set: Bits<W>, open: Bits<W>) -> Bits<W> {
        let (mut reached, mut fresh) = (set, set);
        while let Some(block) = fresh.first() {
            fresh.remove(block);
            let new = self.near[block].common(open).less(reached);
            reached = reached.join(new);
            fresh = fresh.join(new);
        }
        reached
    }

    /// For a set in pieces: the first block of a shortest way from its first piece to another over blocks that are not banned; `None` without a way.
    pub fn bridge(&self, set: Bits<W>, banned: Bits<W>) -> Option<usize> {
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

    /// Blocks that touch a block of the set.
    pub fn around(&self, set: Bits<W>) -> Bits<W> {
        set.iter().fold(Bits::EMPTY, |all, block| all.join(self.near[block]))
    }

    /// Volume of a set.
    pub fn volume(&self, set: Bits<W>) -> i64 {
        set.iter().map(|block| self.instance.volume[block]).sum()
    }

    /// Whether the rest of the map can hold `others` lots and leaves nothing below the floor.
    pub fn rest_can_hold(&self, set: Bits<W>, others: i64) -> bool {
        let floor = self.instance.floor;
        let mut rest = self.all.less(set);
        let mut room = 0;
        while rest != Bits::EMPTY {
            let part = self.part(rest);
            let volume = self.volume(part);
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
    pub fn sound(&self, set: Bits<W>) -> bool {
        let instance = self.instance;
        !instance.fragile || instance.units_connected(&set.iter().map(|block| block as u32).collect::<Vec<_>>())
    }
}
