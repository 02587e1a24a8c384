//! A Pool remembers the viable lots of all plans that were offered, so that they can be put together anew.

use super::enumerate::MOST_BLOCKS;
use super::instance::Instance;
use std::collections::BTreeSet;

/// The most lots that are remembered.
const MOST_LOTS: usize = 30_000;

/// Lots of blocks, each once, sorted within.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    lots: Vec<Vec<u32>>,
    known: BTreeSet<Vec<u32>>,
}

impl Pool {
    /// The lots, in the order in which they were met.
    pub fn lots(&self) -> &[Vec<u32>] {
        &self.lots
    }

    /// Remembers the lots that obey every rule by themselves, for as long as there is room; says how many are new. Of a map that is too large to put lots together
    /// anew, nothing is remembered.
    pub fn add(&mut self, instance: &Instance<'_>, lots: &[Vec<u32>]) -> usize {
        if instance.len() > MOST_BLOCKS {
            return 0;
        }
        let before = self.lots.len();
        for lot in lots {
            let mut lot = lot.clone();
            lot.sort_unstable();
            if self.lots.len() < MOST_LOTS && !self.known.contains(&lot) && instance.lot_broken(&lot).is_none() {
                self.known.insert(lot.clone());
                self.lots.push(lot);
            }
        }
        self.lots.len() - before
    }
}
