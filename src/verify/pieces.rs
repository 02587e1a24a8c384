//! The pieces of a lot, found on the graph of its areas by joining sets.

use std::collections::BTreeMap;

use crate::domain::{Problem, Volume};

/// Pieces of a lot whose areas are `areas` (sorted): two areas are in one piece where a chain of borders and links within the lot
/// leads from one to the other. The members of a unit of which `seats` has every seat
/// count as joined. The piece with the
/// greatest volume comes first.
pub fn of_lot(problem: &Problem, seats: &[usize], areas: &[usize]) -> Vec<Vec<usize>> {
    let place: BTreeMap<usize, usize> = areas.iter().enumerate().map(|(k, &area)| (area, k)).collect();
    let mut sets = Sets::new(areas.len());
    for (k, &area) in areas.iter().enumerate() {
        for neighbour in problem.adjacency().neighbours(area) {
            if let Some(&other) = place.get(neighbour) {
                sets.join(k, other);
            }
        }
    }
    join_whole_units(problem, seats, &place, &mut sets);
    let mut pieces: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (k, &area) in areas.iter().enumerate() {
        pieces.entry(sets.root(k)).or_default().push(area);
    }
    let mut pieces: Vec<Vec<usize>> = pieces.into_values().collect();
    pieces.sort_by_key(|piece| {
        let volume: Volume = piece.iter().map(|&area| problem.areas()[area].volume).sum();
        (std::cmp::Reverse(volume), piece[0])
    });
    pieces
}

fn join_whole_units(problem: &Problem, seats: &[usize], place: &BTreeMap<usize, usize>, sets: &mut Sets) {
    let mut held: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &seat in seats {
        held.entry(problem.seats()[seat].unit).or_default().push(seat);
    }
    for (unit, seats) in held {
        if seats.len() == problem.units()[unit].seats.len() {
            let places: Vec<usize> = seats.iter().map(|&seat| place[&problem.seats()[seat].area]).collect();
            for pair in places.windows(2) {
                sets.join(pair[0], pair[1]);
            }
        }
    }
}

/// Disjoint sets of numbers; each is named by its least.
pub struct Sets(Vec<usize>);

impl Sets {
    pub fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    pub fn root(&mut self, mut k: usize) -> usize {
        while self.0[k] != k {
            self.0[k] = self.0[self.0[k]];
            k = self.0[k];
        }
        k
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
