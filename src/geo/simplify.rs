//! Simplifying takes vertices out of arcs, least important first, and never lets two lines touch that did not touch.
//!
//! The method is that of Visvalingam and Whyatt: a vertex weighs as much as the triangle that it makes with its two
//! neighbours. Junctions stay where they are. A vertex goes only if no other vertex lies in its triangle, so the line
//! that takes its place can meet nothing, and neighbours still share one line; and only if no gap between areas becomes
//! so narrow by it that a reader would close it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use rustc_hash::{FxHashMap, FxHashSet};

use super::assemble::gaps;
use super::common::narrow;
use super::coverage::Coverage;
use super::exact::{Vertex, in_triangle, orient, twice_area};

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At most so many vertices over all arcs (see [`Coverage::points`]), if as few can be had.
    Points(usize),
    /// Take out every vertex whose triangle is smaller than so many square metres.
    Tolerance(f64),
}

impl Coverage {
    /// The same areas with fewer vertices. Common borders stay common, rings keep at least four points, no two lines meet
    /// anew, and no gap between areas becomes so narrow that [`Coverage::build`] would close it.
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
    gaps: Gaps,
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
            gaps: Gaps::new(coverage),
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
        !too_short && self.triangle_is_empty(a, k, c) && self.gaps.stay_wide(arc, [a, self.vertices[k], c])
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
        self.gaps.take_out(arc, [a, k, c].map(|k| self.vertices[k]));
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

/// The land that areas close in and none claims, as it is after the vertices that are gone.
struct Gaps {
    gaps: Vec<Gap>,
    /// For each arc that runs along a gap, which it is and whether it lies to the left.
    beside: FxHashMap<usize, (usize, bool)>,
}

#[derive(Clone, Copy)]
struct Gap {
    /// In square decimetres.
    twice_area: i128,
    rim_metres: f64,
}

impl Gaps {
    fn new(coverage: &Coverage) -> Self {
        let (mut all, mut beside) = (Vec::new(), FxHashMap::default());
        for part in gaps(&coverage.arcs, coverage.len()) {
            beside.extend(part.iter().flatten().map(|r| (r.arc, (all.len(), !r.reversed))));
            all.push(Gap {
                twice_area: part.iter().map(|ring| twice_area(&coverage.ring(ring))).sum(),
                rim_metres: part.iter().flatten().map(|r| coverage.arcs[r.arc].metres()).sum(),
            });
        }
        Self { gaps: all, beside }
    }

    /// Whether a gap stays one when an arc loses the middle of three vertices.
    fn stay_wide(&self, arc: usize, corner: [Vertex; 3]) -> bool {
        // Sums of lengths that are carried on differ a little from those of a reader.
        const SPARE: f64 = 1.01;
        self.without(arc, corner).is_none_or(|(_, gap)| {
            let square_metres = gap.twice_area as f64 / 200.0;
            !narrow(square_metres, SPARE * gap.rim_metres)
        })
    }

    fn take_out(&mut self, arc: usize, corner: [Vertex; 3]) {
        if let Some((number, gap)) = self.without(arc, corner) {
            self.gaps[number] = gap;
        }
    }

    /// The gap beside an arc, with its number, as it is without the middle of three vertices.
    fn without(&self, arc: usize, [a, b, c]: [Vertex; 3]) -> Option<(usize, Gap)> {
        let &(number, on_left) = self.beside.get(&arc)?;
        // What lies to the left of a bend to the left goes over to the right.
        let over = i128::from(orient(a, b, c));
        let Gap { twice_area, rim_metres } = self.gaps[number];
        let gap = Gap {
            twice_area: if on_left { twice_area - over } else { twice_area + over },
            rim_metres: rim_metres + a.metres_to(c) - a.metres_to(b) - b.metres_to(c),
        };
        Some((number, gap))
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
