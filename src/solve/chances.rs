//! Chances say whether a set of blocks reaches its floor with the chance that is asked: what floors alone cannot say, since it depends on what the set holds.

use std::collections::BTreeMap;

use crate::domain::{Assurance, Problem, robust};

/// What is known of every block.
#[derive(Clone, Debug)]
pub struct Chances {
    asked: Assurance,
    /// Least volume that reaches every floor.
    floor: i64,
    /// Volume of each block by region.
    regions: Vec<Vec<(u32, i64)>>,
    /// Σ volume² over the areas that a block holds alone.
    squares: Vec<i128>,
    /// Volume of each block in areas that other blocks hold as well.
    shared: Vec<Vec<(u32, i64)>>,
}

impl Chances {
    /// Tables of blocks from their areas and volumes; `None` where no chance is asked.
    pub fn of(problem: &Problem, places: &[Vec<(u32, i64)>]) -> Option<Self> {
        let asked = problem.rules().viability.assurance?;
        let mut holders = vec![0; problem.areas().len()];
        places
            .iter()
            .flatten()
            .for_each(|&(area, _)| holders[area as usize] += 1);
        let region = |&(area, volume): &(u32, i64)| Some((problem.areas()[area as usize].region? as u32, volume));
        let (alone, shared): (Vec<_>, Vec<Vec<_>>) = places
            .iter()
            .map(|of| {
                of.iter()
                    .copied()
                    .partition::<Vec<_>, _>(|place| holders[place.0 as usize] == 1)
            })
            .unzip();
        Some(Self {
            asked,
            floor: problem.floor_volume(robust::Millionths::default()).0,
            regions: places.iter().map(|of| of.iter().filter_map(region).collect()).collect(),
            squares: alone
                .iter()
                .map(|of| of.iter().map(|place| square(place.1)).sum())
                .collect(),
            shared,
        })
    }

    /// The tables of some blocks.
    pub fn part(&self, blocks: &[u32]) -> Self {
        let pick = |of: &[Vec<(u32, i64)>]| blocks.iter().map(|&block| of[block as usize].clone()).collect();
        Self {
            asked: self.asked,
            floor: self.floor,
            regions: pick(&self.regions),
            squares: blocks.iter().map(|&block| self.squares[block as usize]).collect(),
            shared: pick(&self.shared),
        }
    }

    /// Whether blocks of that volume together reach the floor with the chance.
    pub fn hold(&self, blocks: &[usize], volume: i64) -> bool {
        let alone: i128 = blocks.iter().map(|&block| self.squares[block]).sum();
        let by_area = alone + squares_of(blocks.iter().flat_map(|&block| &self.shared[block]));
        let by_region = squares_of(blocks.iter().flat_map(|&block| &self.regions[block]));
        self.asked.holds(volume, self.floor, by_region, by_area)
    }
}

fn square(volume: i64) -> i128 {
    i128::from(volume) * i128::from(volume)
}

/// Σ (Σ volume)² over keys.
fn squares_of<'a>(parts: impl Iterator<Item = &'a (u32, i64)>) -> i128 {
    let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
    parts.for_each(|&(key, volume)| *sums.entry(key).or_default() += volume);
    sums.into_values().map(square).sum()
}
