//! A part of an instance is a region of it as an instance of its own, with a number of lots.

use super::attached::Attached;
use super::instance::Instance;

impl<'p> Instance<'p> {
    /// The instance of some blocks (sorted), numbered anew in their order, to be cut into just so many lots. Deals count as far as they lie within.
    ///
    /// Needs of double members are left out, so it is for instances without them; units keep their place in the problem, and those outside belong to no block.
    pub fn part(&self, blocks: &[u32], lots: usize) -> Self {
        let of = |list: &[i64]| -> Vec<i64> { blocks.iter().map(|&block| list[block as usize]).collect() };
        let place = |block: u32| blocks.binary_search(&block).ok().map(|at| at as u32);
        let pick = |lists: &[Vec<(u32, i64)>]| -> Vec<Vec<(u32, i64)>> {
            blocks.iter().map(|&block| lists[block as usize].clone()).collect()
        };
        let volume = of(&self.volume);
        let deals = pick(&self.deals);
        let mut deal_total = vec![0; self.deal_total.len()];
        deals
            .iter()
            .flatten()
            .for_each(|&(deal, volume)| deal_total[deal as usize] += volume);
        let near = |block: &u32| {
            self.neighbours[*block as usize]
                .iter()
                .filter_map(|&near| place(near))
                .collect()
        };
        let borders = |block: &u32| {
            let all = self.borders[*block as usize].iter();
            all.filter_map(|&(near, length)| Some((place(near)?, length))).collect()
        };
        let hubs = if self.travel.is_empty() {
            0
        } else {
            self.problem.areas().len()
        };
        let mut block_of_unit = vec![usize::MAX; self.block_of_unit.len()];
        for (at, &block) in blocks.iter().enumerate() {
            let units = &self.blocks[block as usize];
            units.iter().for_each(|&unit| block_of_unit[unit] = at);
        }
        Self {
            problem: self.problem,
            blocks: blocks
                .iter()
                .map(|&block| self.blocks[block as usize].clone())
                .collect(),
            neighbours: blocks.iter().map(near).collect(),
            borders: blocks.iter().map(borders).collect(),
            floor: self.floor,
            grains: self.grains.part(blocks),
            chances: self.chances.as_ref().map(|chances| chances.part(blocks)),
            cap: self.cap,
            total: volume.iter().sum(),
            classes: self.classes.part(blocks),
            attached: Attached::none(blocks.len()),
            deals,
            deal_total,
            places: pick(&self.places),
            sparse: self.sparse,
            fragile: self.fragile,
            count: (lots, Some(lots)),
            travel: (0..hubs)
                .flat_map(|hub| of(&self.travel[hub * self.len()..][..self.len()]))
                .collect(),
            volume,
            block_of_unit,
        }
    }
}
