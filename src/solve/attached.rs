//! Attached blocks are double members that must share a lot with one of their homes.

use crate::domain::Problem;

/// A block that must share a lot with one of its homes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The block.
    pub block: u32,
    /// Blocks of which one must be in its lot, sorted.
    pub homes: Vec<u32>,
}

/// What the double members of a problem need, block by block.
#[derive(Clone, Debug, Default)]
pub struct Attached {
    needs: Vec<Need>,
    of_block: Vec<Vec<u32>>,
}

impl Attached {
    /// The needs of the units of `problem`, contracted to `count` blocks. A unit that shares its block with a home needs nothing more.
    pub fn new(problem: &Problem, block_of_unit: &[usize], count: usize) -> Self {
        let mut needs: Vec<Need> = Vec::new();
        for (unit, with) in problem
            .units()
            .iter()
            .enumerate()
            .filter(|(_, unit)| !unit.homes.is_empty())
        {
            let block = block_of_unit[unit] as u32;
            let mut homes: Vec<u32> = with.homes.iter().map(|&home| block_of_unit[home] as u32).collect();
            homes.sort_unstable();
            homes.dedup();
            let need = Need { block, homes };
            if !need.homes.contains(&block) && !needs.contains(&need) {
                needs.push(need);
            }
        }
        let mut of_block = vec![Vec::new(); count];
        for (index, need) in needs.iter().enumerate() {
            of_block[need.block as usize].push(index as u32);
        }
        Self { needs, of_block }
    }

    /// No needs, among so many blocks.
    pub fn none(count: usize) -> Self {
        Self {
            needs: Vec::new(),
            of_block: vec![Vec::new(); count],
        }
    }

    /// Whether no block needs another.
    pub fn quiet(&self) -> bool {
        self.needs.is_empty()
    }

    /// What each block needs.
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// Whether a block needs another.
    pub fn is_bound(&self, block: usize) -> bool {
        !self.of_block[block].is_empty()
    }

    /// Number of needs that a lot does not meet: a block is in it, and none of its homes.
    pub fn unmet(&self, lot: &[u32]) -> usize {
        if self.quiet() {
            return 0;
        }
        let needs = lot.iter().flat_map(|&block| &self.of_block[block as usize]);
        let met = |need: &Need| need.homes.iter().any(|home| lot.contains(home));
        needs.filter(|&&need| !met(&self.needs[need as usize])).count()
    }
}
