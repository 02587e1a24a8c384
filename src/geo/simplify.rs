//! Simplifying takes vertices out of arcs, least important first, and never lets two lines touch that did not touch.
//!
//! The method is that of Visvalingam and Whyatt: a vertex weighs as much as the triangle that it makes with its two
//! neighbours. Junctions stay where they are. A vertex goes only if no other vertex lies in its triangle, so the line
//! that closes the gap can meet nothing, and neighbours still share one line.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use rustc_hash::FxHashSet;

use super::coverage::Coverage;
use super::exact::{Vertex, in_triangle, orient};

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At most so many vertices over all arcs (see [`Coverage::points`]), if as few can be had.
    Points(usize),
    /// Take out every vertex whose triangle is smaller than so many square metres.
    Tolerance(f64),
}

impl Coverage {
    /// The same areas with fewer vertices. Common borders stay common, rings keep at least four points, and no two lines meet anew.
    pub fn simplify(&self, target: Target) -> Self {
        let mut work = Work::new(self);
        work.run(target);
        let mut simpler = self.clone();
        for (arc, range) in simpler.arcs.iter_mut().zip(&work.ranges) {
            arc.points = range
                .clone()
                .filter(|&k| work.alive[k])
                .map(|k| work.vertices[k])
                .collect();
        }
        simpler
    }
}

/// All vertices of all arcs in one list, each arc a range of it.
struct Work {
    vertices: Vec<Vertex>,
    ranges: Vec<std::ops::Range<usize>>,
    arc_of: Vec<u32>,
    alive: Vec<bool>,
    /// Neighbours within the arc; ends have none on one side.
    before: Vec<usize>,
    after: Vec<usize>,
    /// Vertices left in each arc.
    left: Vec<usize>,
    /// Ends of arcs that have shrunk to one segment.
    straight: FxHashSet<(Vertex, Vertex)>,
    tree: RTree<Spot>,
    total: usize,
}

const NONE: usize = usize::MAX;

impl Work {
    fn new(coverage: &Coverage) -> Self {
        let (mut vertices, mut ranges, mut arc_of) = (Vec::new(), Vec::new(), Vec::new());
        for (k, arc) in coverage.arcs.iter().enumerate() {
            let start = vertices.len();
            vertices.extend(&arc.points);
            ranges.push(start..vertices.len());
            arc_of.resize(vertices.len(), k as u32);
        }
        let total = vertices.len();
        let mut before: Vec<usize> = (0..total).map(|k| k.wrapping_sub(1)).collect();
        let mut after: Vec<usize> = (1..=total).collect();
        for range in ranges.iter().filter(|r| !r.is_empty()) {
            before[range.start] = NONE;
            after[range.end - 1] = NONE;
        }
        let left = ranges.iter().map(ExactSizeIterator::len).collect();
        let tree = tree_of(&vertices);
        let mut work = Self {
            vertices,
            ranges,
            arc_of,
            alive: vec![true; total],
            before,
            after,
            left,
            straight: FxHashSet::default(),
            tree,
            total,
        };
        for arc in 0..work.ranges.len() {
            work.note_straight(arc);
        }
        work
    }

    fn run(&mut self, target: Target) {
        let (most, limit) = match target {
            Target::Points(most) => (most, i64::MAX),
            // Twice the area in square decimetres, rounded down.
            Target::Tolerance(square_metres) => (0, (square_metres * 200.0) as i64),
        };
        let mut queue: BinaryHeap<Reverse<(i64, usize)>> = (0..self.total)
            .filter_map(|k| Some(Reverse((self.weight(k)?, k))))
            .collect();
        while self.total > most {
            let Some(Reverse((weight, k))) = queue.pop() else { break };
            if weight >= limit {
                break;
            }
            if !self.alive[k] || !self.may_go(k) {
                continue;
            }
            let (a, c) = (self.before[k], self.after[k]);
            self.take_out(k);
            for neighbour in [a, c] {
                // A vertex never weighs less than one taken out beside it, so that a slope is not worn away step by step.
                queue.extend(self.weight(neighbour).map(|w| Reverse((w.max(weight), neighbour))));
            }
        }
    }

    /// Twice the area of the triangle of a vertex in square decimetres; `None` for the ends of arcs.
    fn weight(&self, k: usize) -> Option<i64> {
        let (a, c) = (self.before[k], self.after[k]);
        (a != NONE && c != NONE).then(|| orient(self.vertices[a], self.vertices[k], self.vertices[c]).abs())
    }

    fn may_go(&self, k: usize) -> bool {
        let arc = self.arc_of[k] as usize;
        let (a, c) = (self.vertices[self.before[k]], self.vertices[self.after[k]]);
        let range = &self.ranges[arc];
        let closed = self.vertices[range.start] == self.vertices[range.end - 1];
        let too_short = if closed {
            self.left[arc] <= 4
        } else {
            self.left[arc] == 3 && self.straight.contains(&sorted(a, c))
        };
        !too_short && self.triangle_is_empty(a, k, c)
    }

    fn triangle_is_empty(&self, a: Vertex, k: usize, c: Vertex) -> bool {
        let b = self.vertices[k];
        let around = AABB::from_points(&[place(a), place(b), place(c)]);
        !self.tree.locate_in_envelope(around).any(|spot| {
            let p = self.vertices[spot.data];
            self.alive[spot.data] && p != a && p != b && p != c && in_triangle(p, a, b, c)
        })
    }

    fn take_out(&mut self, k: usize) {
        let (a, c) = (self.before[k], self.after[k]);
        self.after[a] = c;
        self.before[c] = a;
        self.alive[k] = false;
        self.total -= 1;
        let arc = self.arc_of[k] as usize;
        self.left[arc] -= 1;
        self.note_straight(arc);
    }

    fn note_straight(&mut self, arc: usize) {
        let range = &self.ranges[arc];
        if self.left[arc] == 2 {
            self.straight
                .insert(sorted(self.vertices[range.start], self.vertices[range.end - 1]));
        }
    }
}

fn sorted(a: Vertex, b: Vertex) -> (Vertex, Vertex) {
    (a.min(b), a.max(b))
}

/// A vertex in the tree of vertices: its place as whole decimetres, and its number.
type Spot = GeomWithData<[i64; 2], usize>;

fn tree_of(vertices: &[Vertex]) -> RTree<Spot> {
    RTree::bulk_load(
        vertices
            .iter()
            .enumerate()
            .map(|(k, &v)| Spot::new(place(v), k))
            .collect(),
    )
}

fn place(v: Vertex) -> [i64; 2] {
    [i64::from(v.x), i64::from(v.y)]
}
