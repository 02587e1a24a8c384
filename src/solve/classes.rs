//! Classes say which blocks must not share a lot: by a rule of "never together", or by locks to different lots.

use std::collections::BTreeMap;

/// Blocks with equal standing under those rules form a class; class 0 is of blocks that no such rule names.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    of_block: Vec<u32>,
    foes: Vec<Vec<u64>>,
    words: usize,
}

/// What the rules say about a block: sides of "never together" pairs (2 × pair, or 2 × pair + 1) and the lots it is locked to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// Sides, sorted.
    pub sides: Vec<u32>,
    /// Lots of locks, sorted.
    pub locks: Vec<u32>,
}

impl Standing {
    /// Whether blocks of the two standings must not share a lot. A standing may clash with itself.
    pub fn clashes(&self, other: &Self) -> bool {
        self.sides.iter().any(|side| other.sides.contains(&(side ^ 1)))
            || self.locks.iter().any(|lock| other.locks.iter().any(|o| o != lock))
    }
}

impl Classes {
    /// Classes of blocks from the standing of each.
    pub fn new(standings: &[Standing]) -> Self {
        let mut places = BTreeMap::from([(Standing::default(), 0_u32)]);
        let mut distinct = vec![Standing::default()];
        let of_block = standings
            .iter()
            .map(|standing| {
                *places.entry(standing.clone()).or_insert_with(|| {
                    distinct.push(standing.clone());
                    distinct.len() as u32 - 1
                })
            })
            .collect();
        let quiet = !distinct.iter().any(|a| distinct.iter().any(|b| a.clashes(b)));
        let words = if quiet { 0 } else { distinct.len().div_ceil(64) };
        let foes = distinct
            .iter()
            .map(|a| bits(words, distinct.iter().map(|b| a.clashes(b))))
            .collect();
        Self { of_block, foes, words }
    }

    /// The classes of some blocks, which are numbered anew in their order.
    pub fn part(&self, blocks: &[u32]) -> Self {
        Self {
            of_block: blocks.iter().map(|&block| self.of_block[block as usize]).collect(),
            ..self.clone()
        }
    }

    /// Whether no two blocks clash.
    pub fn quiet(&self) -> bool {
        self.words == 0
    }

    /// Whether two blocks must not share a lot.
    pub fn clash(&self, a: usize, b: usize) -> bool {
        let other = self.of_block[b] as usize;
        self.words > 0 && self.foes[self.of_block[a] as usize][other / 64] >> (other % 64) & 1 == 1
    }

    /// Number of blocks of `blocks` that clash with another of them.
    pub fn clashing(&self, blocks: &[u32]) -> usize {
        if self.quiet() {
            return 0;
        }
        let mut held = self.none();
        blocks.iter().for_each(|&block| self.join(&mut held, block as usize));
        blocks
            .iter()
            .filter(|&&block| self.refuses(&held, block as usize))
            .count()
    }

    /// An empty set of classes.
    pub fn none(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// Adds the class of `block` to a set.
    pub fn join(&self, held: &mut [u64], block: usize) {
        if self.words > 0 {
            let class = self.of_block[block] as usize;
            held[class / 64] |= 1 << (class % 64);
        }
    }

    /// Whether `block` clashes with a set of classes.
    pub fn refuses(&self, held: &[u64], block: usize) -> bool {
        self.words > 0
            && held
                .iter()
                .zip(&self.foes[self.of_block[block] as usize])
                .any(|(h, f)| h & f != 0)
    }

    /// Whether two sets of classes clash.
    pub fn sets_clash(&self, a: &[u64], b: &[u64]) -> bool {
        let classes =
            (0..self.foes.len()).filter(|class| a.get(class / 64).is_some_and(|w| w >> (class % 64) & 1 == 1));
        classes
            .into_iter()
            .any(|class| self.foes[class].iter().zip(b).any(|(f, h)| f & h != 0))
    }
}

fn bits(words: usize, flags: impl Iterator<Item = bool>) -> Vec<u64> {
    let mut set = vec![0; words];
    for (index, _) in flags.enumerate().filter(|(_, flag)| *flag) {
        if let Some(word) = set.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(sides: &[u32], locks: &[u32]) -> Standing {
        Standing {
            sides: sides.to_vec(),
            locks: locks.to_vec(),
        }
    }

    #[test]
    fn opposite_sides_and_different_locks_clash() {
        let classes = Classes::new(&[
            standing(&[0], &[]),
            standing(&[1], &[]),
            standing(&[], &[7]),
            standing(&[], &[8]),
        ]);
        assert!(classes.clash(0, 1) && classes.clash(2, 3));
        assert!(!classes.clash(0, 0) && !classes.clash(0, 2));
        assert_eq!(classes.clashing(&[0, 1, 2]), 2);
    }

    #[test]
    fn without_rules_all_is_quiet() {
        assert!(Classes::new(&[Standing::default(), standing(&[0], &[3])]).quiet());
    }
}
