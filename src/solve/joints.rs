//! Joints tell whether a lot still hangs together when a block leaves it.
//!
//! All neighbours of the block within its lot are searched from at once. The search ends as soon as they have met, which on a map they mostly do
//! beside the block itself, or as soon as one part of the lot is exhausted: so it seldom sees more than a few blocks of a lot of thousands.

use std::collections::VecDeque;

/// Scratch space for searches within lots of one graph.
#[derive(Clone, Debug)]
pub struct Joints {
    /// The search that saw each block last, and from which source.
    seen: Vec<(u32, u32)>,
    search: u32,
    queue: VecDeque<u32>,
    /// The source that each source has met, as a forest; and blocks still to be searched from at each root.
    met: Vec<usize>,
    open: Vec<usize>,
}

impl Joints {
    /// Scratch space for a graph of so many blocks.
    pub fn new(blocks: usize) -> Self {
        Self {
            seen: vec![(0, 0); blocks],
            search: 0,
            queue: VecDeque::new(),
            met: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Whether the lot of `block`, which hangs together, does so without the block; a lot of one block has nothing left.
    pub fn spare(&mut self, neighbours: &[Vec<u32>], lot_of: &[u32], block: u32) -> bool {
        self.start(neighbours, lot_of, block);
        let lot = lot_of[block as usize];
        let mut apart = self.met.len();
        while let Some(next) = self.queue.pop_front().filter(|_| apart > 1) {
            let source = self.seen[next as usize].1 as usize;
            for &near in neighbours[next as usize]
                .iter()
                .filter(|&&near| lot_of[near as usize] == lot)
            {
                let (search, other) = self.seen[near as usize];
                if search != self.search {
                    self.see(near, source);
                } else if near != block && self.join(source, other as usize) {
                    apart -= 1;
                }
            }
            let root = self.root(source);
            self.open[root] -= 1;
            if self.open[root] == 0 && apart > 1 {
                return false;
            }
        }
        apart == 1
    }

    fn start(&mut self, neighbours: &[Vec<u32>], lot_of: &[u32], block: u32) {
        self.search = self.search.wrapping_add(1);
        self.queue.clear();
        self.met.clear();
        self.open.clear();
        self.seen[block as usize] = (self.search, u32::MAX);
        let lot = lot_of[block as usize];
        for &near in neighbours[block as usize]
            .iter()
            .filter(|&&near| lot_of[near as usize] == lot)
        {
            let source = self.met.len();
            self.met.push(source);
            self.open.push(0);
            self.see(near, source);
        }
    }

    fn see(&mut self, block: u32, source: usize) {
        self.seen[block as usize] = (self.search, source as u32);
        self.queue.push_back(block);
        let root = self.root(source);
        self.open[root] += 1;
    }

    fn root(&mut self, source: usize) -> usize {
        let mut at = source;
        while self.met[at] != at {
            self.met[at] = self.met[self.met[at]];
            at = self.met[at];
        }
        at
    }

    /// Notes that two sources have met; says whether that is news.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return false;
        }
        self.met[b] = a;
        self.open[a] += self.open[b];
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::separator::parts;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_block_can_be_spared_where_the_rest_is_one_part() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut said = [0, 0];
        for _ in 0..400 {
            let neighbours = graph(14, &mut random);
            // Lot 0 is what the first block reaches within a random part of the graph.
            let inside: Vec<u32> = (0..14)
                .filter(|&block| block == 0 || random.random::<f64>() < 0.7)
                .collect();
            let lot = parts(&neighbours, &inside).swap_remove(0);
            let lot_of: Vec<u32> = (0..14).map(|block| u32::from(!lot.contains(&block))).collect();
            let mut joints = Joints::new(14);
            for &block in &lot {
                let rest: Vec<u32> = lot.iter().copied().filter(|&other| other != block).collect();
                let spare = parts(&neighbours, &rest).len() == 1;
                assert_eq!(
                    joints.spare(&neighbours, &lot_of, block),
                    spare,
                    "{lot:?} without {block}"
                );
                said[usize::from(spare)] += 1;
            }
        }
        assert!(said.iter().all(|&times| times > 100), "{said:?}");
    }

    fn graph(blocks: u32, random: &mut ChaCha8Rng) -> Vec<Vec<u32>> {
        let mut neighbours = vec![Vec::new(); blocks as usize];
        for a in 0..blocks {
            for b in a + 1..blocks {
                if random.random::<f64>() < 0.2 {
                    neighbours[a as usize].push(b);
                    neighbours[b as usize].push(a);
                }
            }
        }
        neighbours
    }
}
