//! An Instance is the problem as a search sees it: blocks of units that go together, their graph, and whole numbers.

use super::attached::Attached;
use super::chances::Chances;
use super::classes::{Classes, Standing};
use super::contract::{contradictions, standings, together};
use crate::domain::{Finding, Grains, Point, Problem};

/// The most entries for which distances from blocks to areas are kept in a table.
const TABLE_LIMIT: usize = 8_000_000;
/// The most blocks for which "every lot may be scattered" is searched on the complete graph.
const COMPLETE_LIMIT: usize = 400;

/// A problem with the units that must share a lot contracted to blocks. Volumes are thousandths of a person.
#[derive(Clone, Debug)]
pub struct Instance<'p> {
    /// The problem itself.
    pub problem: &'p Problem,
    /// Units of each block, in order; blocks stand in the order of their first unit.
    pub blocks: Vec<Vec<usize>>,
    /// Volume of each block.
    pub volume: Vec<i64>,
    /// Blocks that touch, sorted: lots are sought among connected sets of this graph.
    pub neighbours: Vec<Vec<u32>>,
    /// Common border of blocks in millimetres, `(other, length)`.
    pub borders: Vec<Vec<(u32, i64)>>,
    /// No lot has less volume. Where no chance is asked, it is enough.
    pub floor: i64,
    /// What the floor asks for where volumes are rounded.
    pub grains: Grains,
    /// What decides of a lot at or above the floor whether it is viable, where a chance is asked.
    pub chances: Option<Chances>,
    /// Greatest volume of a lot.
    pub cap: i64,
    /// Volume of all blocks.
    pub total: i64,
    /// Which blocks must not share a lot.
    pub classes: Classes,
    /// Which blocks need another in their lot.
    pub attached: Attached,
    /// Volume of deals in each block, `(deal, volume)`.
    pub deals: Vec<Vec<(u32, i64)>>,
    /// Volume of every deal.
    pub deal_total: Vec<i64>,
    /// Areas of each block with their volume.
    pub places: Vec<Vec<(u32, i64)>>,
    /// Whether the graph leaves out joins that the rules would allow (scattered lots of a large problem).
    pub sparse: bool,
    /// Whether some block is not connected by itself, so that lots must be checked on units.
    pub fragile: bool,
    /// The least and the most lots that are asked for.
    pub count: (usize, Option<usize>),
    pub(super) block_of_unit: Vec<usize>,
    pub(super) travel: Vec<i64>,
}

impl<'p> Instance<'p> {
    /// Contracts the problem by its rules.
    ///
    /// # Errors
    /// Gives the contradictions among locks, groups kept whole and pairs kept apart, in words.
    pub fn new(problem: &'p Problem) -> Result<Self, Vec<Finding>> {
        let blocks = together(problem);
        let standings = standings(problem, &blocks);
        let found = contradictions(problem, &blocks, &standings);
        if found.is_empty() {
            Ok(Self::with_blocks(problem, blocks, &standings))
        } else {
            Err(found)
        }
    }

    /// Every unit for itself and no rule but the numbers: enough to score any partition.
    pub fn plain(problem: &'p Problem) -> Self {
        let count = problem.units().len();
        Self::with_blocks(
            problem,
            (0..count).map(|unit| vec![unit]).collect(),
            &vec![Standing::default(); count],
        )
    }

    fn with_blocks(problem: &'p Problem, blocks: Vec<Vec<usize>>, standings: &[Standing]) -> Self {
        let mut block_of_unit = vec![0; problem.units().len()];
        for (block, units) in blocks.iter().enumerate() {
            units.iter().for_each(|&unit| block_of_unit[unit] = block);
        }
        let volume: Vec<i64> = blocks
            .iter()
            .map(|units| units.iter().map(|&u| problem.units()[u].volume.0).sum())
            .collect();
        let contiguous = problem.rules().contiguous;
        let (deals, deal_total) = deal_volumes(problem, &block_of_unit, blocks.len());
        let places = places(problem, &blocks);
        let mut instance = Self {
            problem,
            neighbours: neighbours(problem, &block_of_unit, blocks.len()),
            borders: borders(problem, &block_of_unit, blocks.len()),
            floor: problem.least_volume().0.max(0),
            grains: Grains::of(&volume, problem.least_volume().0.max(0)),
            cap: problem.greatest_volume().map_or(i64::MAX, |cap| cap.0),
            total: volume.iter().sum(),
            classes: Classes::new(standings),
            attached: Attached::new(problem, &block_of_unit, blocks.len()),
            deals,
            deal_total,
            chances: Chances::of(problem, &places),
            places,
            sparse: !contiguous && blocks.len() > COMPLETE_LIMIT,
            fragile: false,
            travel: Vec::new(),
            count: problem.rules().count.limits(),
            volume,
            blocks,
            block_of_unit,
        };
        instance.cut_clashing_joins();
        instance.fragile = contiguous && (0..instance.len()).any(|block| !instance.units_connected(&[block as u32]));
        instance.travel = instance.travel_table();
        instance
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether there is no block at all.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether a lot may be scattered.
    pub fn scattered(&self) -> bool {
        !self.problem.rules().contiguous
    }

    /// What people call a block: the id of its first unit.
    pub fn name(&self, block: usize) -> String {
        self.blocks[block]
            .first()
            .map_or_else(String::new, |&unit| self.problem.units()[unit].id.clone())
    }

    /// Ids of the units of some blocks, in the order of units.
    pub fn unit_ids(&self, blocks: &[u32]) -> Vec<String> {
        let mut units: Vec<usize> = blocks
            .iter()
            .flat_map(|&block| self.blocks[block as usize].iter().copied())
            .collect();
        units.sort_unstable();
        units
            .into_iter()
            .map(|unit| self.problem.units()[unit].id.clone())
            .collect()
    }

    /// Volume of some blocks.
    pub fn volume_of(&self, blocks: &[u32]) -> i64 {
        blocks.iter().map(|&block| self.volume[block as usize]).sum()
    }

    /// The most volume that one of `lots` lots can hold: the others hold the least that a viable lot can have.
    pub fn greatest(&self, lots: usize) -> i64 {
        let others = (lots as i64 - 1).saturating_mul(self.grains.attained);
        self.cap.min(self.total.saturating_sub(others))
    }

    /// Whether blocks of that volume reach the floor with the chance that is asked, if one is.
    pub fn likely(&self, blocks: impl Iterator<Item = usize>, volume: i64) -> bool {
        let hold = |chances: &Chances| chances.hold(&blocks.collect::<Vec<_>>(), volume);
        self.chances.as_ref().is_none_or(hold)
    }

    /// What a volume is short of the floor, up to the grain that reaches it: a lot that lacks a tenth of a grain lacks a grain.
    pub fn short(&self, volume: i64) -> i64 {
        if volume >= self.floor {
            0
        } else {
            let asked = self.grains.least.saturating_mul(self.grains.unit).max(self.floor);
            asked.saturating_sub(volume)
        }
    }

    /// The lot of every unit from lots of blocks.
    pub fn lot_of_unit(&self, lots: &[Vec<u32>]) -> Vec<usize> {
        let mut lot_of_block = vec![0; self.len()];
        for (lot, blocks) in lots.iter().enumerate() {
            blocks.iter().for_each(|&block| lot_of_block[block as usize] = lot);
        }
        self.block_of_unit.iter().map(|&block| lot_of_block[block]).collect()
    }

    /// Whether the units of some blocks are in one piece.
    pub fn units_connected(&self, blocks: &[u32]) -> bool {
        let mut inside: Vec<usize> = blocks
            .iter()
            .flat_map(|&block| self.blocks[block as usize].iter().copied())
            .collect();
        inside.sort_unstable();
        let mut seen = vec![false; inside.len()];
        let mut stack = vec![0];
        let mut reached = 0;
        while let Some(at) = stack.pop() {
            if at >= inside.len() || std::mem::replace(&mut seen[at], true) {
                continue;
            }
            reached += 1;
            let near = self.problem.unit_adjacency().neighbours(inside[at]);
            stack.extend(near.iter().filter_map(|unit| inside.binary_search(unit).ok()));
        }
        reached == inside.len()
    }

    /// The point that distances to an area are measured to.
    pub fn centre(&self, area: u32) -> Point {
        self.problem.areas()[area as usize].centre
    }

    /// Volume × metres from a block to the centre of an area.
    pub fn block_travel(&self, block: usize, hub: usize) -> i64 {
        match self.travel.get(hub * self.len() + block) {
            Some(&known) => known,
            None => self.distance(block, hub),
        }
    }

    /// No lot can use a join between two blocks that must not share a lot, so it is no join.
    fn cut_clashing_joins(&mut self) {
        if !self.classes.quiet() {
            for (block, list) in self.neighbours.iter_mut().enumerate() {
                list.retain(|&other| !self.classes.clash(block, other as usize));
            }
        }
    }

    fn distance(&self, block: usize, hub: usize) -> i64 {
        let areas = self.problem.areas();
        let centre = areas[hub].centre;
        self.places[block]
            .iter()
            .map(|&(area, volume)| volume * areas[area as usize].centre.metres_to(centre))
            .sum()
    }

    fn travel_table(&self) -> Vec<i64> {
        let hubs = self.problem.areas().len();
        if hubs * self.len() > TABLE_LIMIT {
            return Vec::new();
        }
        (0..hubs)
            .flat_map(|hub| (0..self.len()).map(move |block| self.distance(block, hub)))
            .collect()
    }
}

fn neighbours(problem: &Problem, block_of_unit: &[usize], count: usize) -> Vec<Vec<u32>> {
    if !problem.rules().contiguous && count <= COMPLETE_LIMIT {
        let all = 0..count as u32;
        return all
            .clone()
            .map(|block| all.clone().filter(|&other| other != block).collect())
            .collect();
    }
    let graph = problem.unit_adjacency();
    let mut neighbours = vec![Vec::new(); count];
    for unit in 0..graph.len() {
        for &other in graph.neighbours(unit) {
            neighbours[block_of_unit[unit]].push(block_of_unit[other] as u32);
        }
    }
    if !problem.rules().contiguous {
        // Scattered lots of a large problem are sought along a chain through the components.
        for pair in graph.components().windows(2) {
            let (a, b) = (block_of_unit[pair[0][0]], block_of_unit[pair[1][0]]);
            neighbours[a].push(b as u32);
            neighbours[b].push(a as u32);
        }
    }
    for (block, list) in neighbours.iter_mut().enumerate() {
        list.sort_unstable();
        list.dedup();
        list.retain(|&other| other as usize != block);
    }
    neighbours
}

fn borders(problem: &Problem, block_of_unit: &[usize], count: usize) -> Vec<Vec<(u32, i64)>> {
    let mut borders = vec![Vec::new(); count];
    for border in problem.unit_adjacency().borders() {
        let (a, b) = (block_of_unit[border.from], block_of_unit[border.to]);
        if a != b {
            borders[a].push((b as u32, border.length.0));
            borders[b].push((a as u32, border.length.0));
        }
    }
    borders.into_iter().map(added_up).collect()
}

fn places(problem: &Problem, blocks: &[Vec<usize>]) -> Vec<Vec<(u32, i64)>> {
    let seats = |unit: usize| problem.units()[unit].seats.iter().map(|&seat| problem.seats()[seat]);
    blocks
        .iter()
        .map(|units| {
            added_up(
                units
                    .iter()
                    .flat_map(|&u| seats(u))
                    .map(|seat| (seat.area as u32, seat.volume.0))
                    .collect(),
            )
        })
        .collect()
}

type Parts = Vec<Vec<(u32, i64)>>;

fn deal_volumes(problem: &Problem, block_of_unit: &[usize], count: usize) -> (Parts, Vec<i64>) {
    let mut parts = vec![Vec::new(); count];
    let mut totals = vec![0; problem.deals().len()];
    for (deal, with) in problem.deals().iter().enumerate() {
        for &seat in with.areas.iter().flat_map(|&area| problem.seats_of_area(area)) {
            let seat = problem.seats()[seat];
            parts[block_of_unit[seat.unit]].push((deal as u32, seat.volume.0));
            totals[deal] += seat.volume.0;
        }
    }
    (parts.into_iter().map(added_up).collect(), totals)
}

/// Sorted by the first entry, with the second added up where the first is equal.
fn added_up(mut pairs: Vec<(u32, i64)>) -> Vec<(u32, i64)> {
    pairs.sort_unstable();
    pairs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    pairs
}
