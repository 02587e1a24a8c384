//! A Split parts a large region for about half of the lots each, by one tree: cut where the numbers of lots are most even, then mended over the boundary.
//!
//! Cutting where shares are met best takes off a lot or two at a time, and each time another tree. A cut into halves may miss its shares by some blocks, but then
//! branches of the tree along the boundary go over, of which one weighs about as much as was missed.

use super::cut::Tree;
use super::instance::Instance;

/// A tree with sums over the branch below each place, and on which side of the split the place is.
pub struct Split<'a> {
    instance: &'a Instance<'a>,
    tree: Tree<'a>,
    /// Volume and number of blocks of the branch at each place.
    held: Vec<i64>,
    blocks: Vec<usize>,
    /// Whether each place is on the side of the cut branch.
    side: Vec<bool>,
}

impl<'a> Split<'a> {
    /// Two parts for `count` lots in all, with the number of lots of each; `None` where there is no such cut.
    pub fn of(instance: &'a Instance<'a>, tree: Tree<'a>, count: usize) -> Option<[(Vec<u32>, usize); 2]> {
        let mut split = Self {
            instance,
            tree,
            held: tree
                .order
                .iter()
                .map(|&block| instance.volume[block as usize])
                .collect(),
            blocks: vec![1; tree.order.len()],
            side: vec![false; tree.order.len()],
        };
        split.add_up();
        let share = split.held_by_all() / count.max(1) as i64;
        let (edge, lots) = split.most_even(count, share)?;
        split.turn(edge);
        split.mend(split.held[edge] - lots as i64 * share, [lots, count - lots]);
        let [cut, rest] = [true, false].map(|side| split.blocks_of(side));
        Some([(cut, lots), (rest, count - lots)])
    }

    fn add_up(&mut self) {
        for at in (1..self.held.len()).rev() {
            if let Some(parent) = self.parent(at) {
                self.held[parent] += self.held[at];
                self.blocks[parent] += self.blocks[at];
            }
        }
    }

    fn parent(&self, at: usize) -> Option<usize> {
        let parent = self.tree.parent[at] as usize;
        (parent < self.held.len()).then_some(parent)
    }

    fn held_by_all(&self) -> i64 {
        self.instance.volume_of(self.tree.order)
    }

    /// The cut with the most even numbers of lots among those that miss their shares by a quarter of one or less; of equals, that which misses them least.
    fn most_even(&self, count: usize, share: i64) -> Option<(usize, usize)> {
        let cut = |at: usize| {
            let lots = ((self.held[at] + share / 2) / share.max(1)) as usize;
            let missed = (self.held[at] - lots as i64 * share).abs();
            let fits = lots >= 1 && lots < count && self.enough([lots, count - lots], self.blocks[at]);
            (fits && missed <= share / 4).then(|| (count - lots.min(count - lots), missed, at, lots))
        };
        let best = (1..self.held.len()).filter_map(cut).min()?;
        Some((best.2, best.3))
    }

    /// Whether both sides have a block for each lot, where the first has so many blocks.
    fn enough(&self, lots: [usize; 2], blocks: usize) -> bool {
        lots[0] <= blocks && blocks + lots[1] <= self.tree.order.len()
    }

    /// Moves a branch to the other side.
    fn turn(&mut self, top: usize) {
        let to = !self.side[top];
        let mut inside = vec![false; self.side.len()];
        inside[top] = true;
        self.side[top] = to;
        for at in top + 1..self.side.len() {
            // What is on that side already stays.
            inside[at] = self.parent(at).is_some_and(|parent| inside[parent]) && self.side[at] != to;
            self.side[at] ^= inside[at];
        }
    }

    /// Moves over the branch along the boundary that leaves the least missed, where the cut branch has so much volume too many.
    fn mend(&mut self, missed: i64, lots: [usize; 2]) {
        let (held, blocks) = self.branches(missed > 0);
        let own = self.side.iter().filter(|side| **side).count();
        let left = |at: usize| (missed.abs() - held[at]).abs();
        let fits = |&at: &usize| {
            let after = if missed > 0 { own - blocks[at] } else { own + blocks[at] };
            left(at) < missed.abs() && self.enough(lots, after)
        };
        if let Some(best) = (0..held.len()).filter(fits).min_by_key(|&at| left(at)) {
            self.turn(best);
        }
    }

    /// Volume and blocks of the branch at each place of one side; the volume is 0 where the branch touches nothing of the other side, or is the side itself.
    fn branches(&self, side: bool) -> (Vec<i64>, Vec<usize>) {
        let (mut held, mut blocks, mut open) =
            (vec![0; self.side.len()], vec![0; self.side.len()], self.touching(side));
        let mut whole = vec![false; self.side.len()];
        for at in (0..self.side.len()).rev().filter(|&at| self.side[at] == side) {
            held[at] += self.instance.volume[self.tree.order[at] as usize];
            blocks[at] += 1;
            let parent = self.parent(at);
            match parent.filter(|&parent| self.side[parent] == side) {
                Some(parent) => {
                    held[parent] += held[at];
                    blocks[parent] += blocks[at];
                    open[parent] |= open[at];
                }
                None => whole[at] = true,
            }
        }
        for at in 0..held.len() {
            if whole[at] || !open[at] {
                held[at] = 0;
            }
        }
        (held, blocks)
    }

    /// Places of one side beside a place of the other.
    fn touching(&self, side: bool) -> Vec<bool> {
        let mut other = vec![false; self.instance.len()];
        for (&block, _) in self.tree.order.iter().zip(&self.side).filter(|(_, at)| **at != side) {
            other[block as usize] = true;
        }
        let near = |block: u32| &self.instance.neighbours[block as usize];
        let places = self.tree.order.iter().zip(&self.side);
        places
            .map(|(&block, &at)| at == side && near(block).iter().any(|&near| other[near as usize]))
            .collect()
    }

    fn blocks_of(&self, side: bool) -> Vec<u32> {
        let held = self.tree.order.iter().zip(&self.side).filter(|(_, at)| **at == side);
        held.map(|(&block, _)| block).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::drawn::Drawn;
    use crate::solve::cut::Cutter;
    use crate::solve::separator::parts;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    /// 30 × 20 cells, each an area with a letter of its own.
    fn map() -> String {
        let cell = |at: u32| char::from_u32(0x4e00 + at).unwrap_or('.');
        let row = |row: u32| (0..30).map(|column| cell(row * 30 + column)).collect::<String>();
        (0..20).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn both_parts_hang_together_and_miss_their_shares_by_less_than_a_block() {
        let volumes: Vec<i64> = (0..600).map(|at| 100 + at * at * 7 % 901).collect();
        let problem = Drawn::new(&map()).volumes(&volumes).problem();
        let instance = Instance::plain(&problem);
        let all: Vec<u32> = (0..600).collect();
        let (share, block) = (instance.total / 20, instance.total / 600);
        for seed in 0..20 {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut cutter = Cutter::new(&instance);
            let tree = cutter.tree(&instance, &all, &mut random);
            let halves = Split::of(&instance, tree, 20).unwrap();
            assert_eq!(halves[0].0.len() + halves[1].0.len(), 600);
            assert_eq!(halves[0].1 + halves[1].1, 20);
            for (blocks, lots) in &halves {
                assert_eq!(parts(&instance.neighbours, blocks).len(), 1);
                let missed = (instance.volume_of(blocks) - *lots as i64 * share).abs();
                assert!(missed < block, "{missed} of {block} with seed {seed}");
            }
        }
    }
}
