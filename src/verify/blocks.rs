//! Blocks are the units that every plan keeps together, with their volumes and joins, put together again from seats and areas.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::Sets;
use crate::domain::{LotId, Problem, Unit};

/// The most blocks for which "every lot may be scattered" is taken as the complete graph.
const MOST_SCATTERED: usize = 1_000;

/// The map as blocks.
pub struct Blocks {
    /// Units of each block, in order; blocks stand in the order of their first unit.
    pub units: Vec<Vec<usize>>,
    /// Volume of each block, in thousandths of a person.
    pub volume: Vec<i64>,
    /// Blocks that may join within a lot: every lot hangs together along these.
    pub neighbours: Vec<Vec<usize>>,
    /// Double members with their homes.
    pub needs: Vec<Need>,
    rivals: Vec<BTreeSet<usize>>,
    by_name: BTreeMap<String, usize>,
}

/// A double member and its homes: a lot that holds it holds one of them, and a lot that holds all of them holds it, since no other lot could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The block of the double member.
    pub block: usize,
    /// Blocks of the groups that it may go with.
    pub homes: BTreeSet<usize>,
}

impl Blocks {
    /// The blocks of a problem; `None` where lots may be scattered over more blocks than can all be joined with each other.
    pub fn of(problem: &Problem) -> Option<Self> {
        let units = together(problem);
        if !problem.rules().contiguous && units.len() > MOST_SCATTERED {
            return None;
        }
        let mut of_unit = vec![0; problem.units().len()];
        for (block, units) in units.iter().enumerate() {
            units.iter().for_each(|&unit| of_unit[unit] = block);
        }
        let volume = units.iter().map(|units| volume_of(problem, units)).collect();
        let rivals = rivals(problem, &of_unit, units.len());
        let mut neighbours = joins(problem, &of_unit, units.len());
        // No lot can use a join between two blocks of which it may hold one only.
        for (block, list) in neighbours.iter_mut().enumerate() {
            list.retain(|other| *other != block && !rivals[block].contains(other));
        }
        let needs = needs(problem, &of_unit);
        let names = units.iter().enumerate();
        let by_name = names
            .map(|(block, units)| (problem.units()[units[0]].id.clone(), block))
            .collect();
        let neighbours = neighbours.into_iter().map(|list| list.into_iter().collect()).collect();
        Some(Self {
            units,
            volume,
            neighbours,
            needs,
            rivals,
            by_name,
        })
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// The block whose first unit has this id.
    pub fn named(&self, id: &str) -> Option<usize> {
        self.by_name.get(id).copied()
    }

    /// Whether no lot may hold both.
    pub fn rivals(&self, one: usize, other: usize) -> bool {
        self.rivals[one].contains(&other)
    }

    /// The connected parts of the map without some blocks, each a sorted list, in order of their first block.
    pub fn parts_without(&self, out: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut sets = Sets::new(self.len());
        for block in (0..self.len()).filter(|block| !out.contains(block)) {
            for &other in self.neighbours[block].iter().filter(|other| !out.contains(other)) {
                sets.join(block, other);
            }
        }
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for block in (0..self.len()).filter(|block| !out.contains(block)) {
            parts.entry(sets.root(block)).or_default().push(block);
        }
        parts.into_values().collect()
    }
}

fn volume_of(problem: &Problem, units: &[usize]) -> i64 {
    let seats = units.iter().flat_map(|&unit| &problem.units()[unit].seats);
    seats.map(|&seat| problem.seats()[seat].volume.0).sum()
}

/// Units in one block share it by a group kept whole or by locks to the same lot.
fn together(problem: &Problem) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(problem.units().len());
    let groups = problem
        .rules()
        .keep_whole
        .iter()
        .map(|group| units_of(problem, &group.areas));
    for units in groups.chain(locked(problem)) {
        units.windows(2).for_each(|pair| sets.join(pair[0], pair[1]));
    }
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for unit in 0..problem.units().len() {
        blocks.entry(sets.root(unit)).or_default().push(unit);
    }
    blocks.into_values().collect()
}

/// Units locked to each lot.
fn locked(problem: &Problem) -> Vec<Vec<usize>> {
    let mut lots: BTreeMap<&LotId, Vec<usize>> = BTreeMap::new();
    for lock in &problem.rules().locks {
        let units = problem
            .locked_seats(lock)
            .iter()
            .map(|&seat| problem.seats()[seat].unit);
        lots.entry(&lock.lot).or_default().extend(units);
    }
    lots.into_values().collect()
}

fn units_of(problem: &Problem, areas: &[usize]) -> Vec<usize> {
    let seats = areas.iter().flat_map(|&area| problem.seats_of_area(area));
    seats.map(|&seat| problem.seats()[seat].unit).collect()
}

/// What double members need; one that shares its block with a home needs nothing more.
fn needs(problem: &Problem, of_unit: &[usize]) -> Vec<Need> {
    let double = problem
        .units()
        .iter()
        .enumerate()
        .filter(|(_, unit)| !unit.homes.is_empty());
    let need = |(unit, double): (usize, &Unit)| Need {
        block: of_unit[unit],
        homes: double.homes.iter().map(|&home| of_unit[home]).collect(),
    };
    double
        .map(need)
        .filter(|need| !need.homes.contains(&need.block))
        .collect()
}

/// For every block those that may not share a lot with it: by a pair that is never together, or by locks to different lots.
fn rivals(problem: &Problem, of_unit: &[usize], count: usize) -> Vec<BTreeSet<usize>> {
    let blocks = |units: &[usize]| -> Vec<usize> { units.iter().map(|&unit| of_unit[unit]).collect() };
    let side = |areas: &[usize]| blocks(&units_of(problem, areas));
    let pairs = problem.rules().never_together.iter();
    let mut against: Vec<(Vec<usize>, Vec<usize>)> = pairs.map(|(a, b)| (side(&a.areas), side(&b.areas))).collect();
    let locked = locked(problem);
    for (at, one) in locked.iter().enumerate() {
        against.extend(locked[at + 1..].iter().map(|other| (blocks(one), blocks(other))));
    }
    let mut rivals = vec![BTreeSet::new(); count];
    for (left, right) in against {
        for (&a, &b) in left.iter().flat_map(|a| right.iter().map(move |b| (a, b))) {
            rivals[a].insert(b);
            rivals[b].insert(a);
        }
    }
    rivals
}

/// Blocks touch where an area of one has a border or link with an area of the other, or where they share an area.
fn joins(problem: &Problem, of_unit: &[usize], count: usize) -> Vec<BTreeSet<usize>> {
    if !problem.rules().contiguous {
        return vec![(0..count).collect(); count];
    }
    let blocks = |area: usize| {
        problem
            .seats_of_area(area)
            .iter()
            .map(|&seat| of_unit[problem.seats()[seat].unit])
    };
    let mut joins = vec![BTreeSet::new(); count];
    for area in 0..problem.areas().len() {
        for &other in problem.adjacency().neighbours(area).iter().chain([&area]) {
            for a in blocks(area) {
                joins[a].extend(blocks(other));
            }
        }
    }
    for block in 0..count {
        for other in joins[block].clone() {
            joins[other].insert(block);
        }
    }
    joins
}
