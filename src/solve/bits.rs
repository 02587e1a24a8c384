//! Sets of blocks as bits of a few words: joined, compared and walked through in a handful of steps.

/// A set of blocks as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bits<const W: usize>([u64; W]);

impl<const W: usize> Bits<W> {
    /// No block.
    pub const EMPTY: Self = Self([0; W]);

    /// The set of one block.
    pub fn only(block: usize) -> Self {
        let mut set = Self::EMPTY;
        set.add(block);
        set
    }

    /// Whether it holds a block.
    pub fn has(self, block: usize) -> bool {
        self.0[block / 64] >> (block % 64) & 1 == 1
    }

    /// Adds a block.
    pub fn add(&mut self, block: usize) {
        self.0[block / 64] |= 1 << (block % 64);
    }

    /// Takes a block away.
    pub fn remove(&mut self, block: usize) {
        self.0[block / 64] &= !(1 << (block % 64));
    }

    /// Blocks of either set.
    pub fn join(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// Blocks of both sets.
    pub fn common(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// Blocks of this set that are not in the other.
    pub fn less(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// How many blocks it holds.
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The first block.
    pub fn first(self) -> Option<usize> {
        let word = self.0.iter().position(|&word| word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    /// The blocks in order.
    pub fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let block = self.first()?;
            self.remove(block);
            Some(block)
        })
    }
}

impl<const W: usize> FromIterator<usize> for Bits<W> {
    fn from_iter<I: IntoIterator<Item = usize>>(blocks: I) -> Self {
        let mut set = Self::EMPTY;
        blocks.into_iter().for_each(|block| set.add(block));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_kept_over_the_edge_of_a_word() {
        let one: Bits<2> = [3, 63, 64, 100].into_iter().collect();
        let other: Bits<2> = [64, 65].into_iter().collect();
        let list = |set: Bits<2>| set.iter().collect::<Vec<_>>();
        assert_eq!(list(one.join(other)), [3, 63, 64, 65, 100]);
        assert_eq!(list(one.common(other)), [64]);
        assert_eq!(list(one.less(other)), [3, 63, 100]);
        assert_eq!((one.first(), Bits::<2>::EMPTY.first()), (Some(3), None));
        assert_eq!((one.count(), Bits::<2>::EMPTY.count()), (4, 0));
    }
}
