//! Edges are the segments of all rings, each once, with every ring that runs through it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::build::Misfit;
use super::coverage::Arc;
use super::exact::{Vertex, cross, on_segment, orient};

/// A ring's way through a segment. The ring's area lies to the left of its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The lesser end.
    pub lo: Vertex,
    /// The greater end.
    pub hi: Vertex,
    /// Index of the area.
    pub area: usize,
    /// Number of the ring, counted over all areas.
    pub ring: usize,
    /// Whether the ring runs from `lo` to `hi`.
    pub forward: bool,
}

impl Use {
    fn new(from: Vertex, to: Vertex, area: usize, ring: usize) -> Self {
        Self {
            lo: from.min(to),
            hi: from.max(to),
            area,
            ring,
            forward: from < to,
        }
    }

    /// The same way through a piece of the edge, given in the direction from `lo` to `hi`.
    fn along(&self, from: Vertex, to: Vertex) -> Self {
        if self.forward {
            Self::new(from, to, self.area, self.ring)
        } else {
            Self::new(to, from, self.area, self.ring)
        }
    }
}

/// All edges, sorted by their ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    uses: Vec<Use>,
    groups: Vec<Range<usize>>,
}

/// Where edges meet other than end to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Meetings {
    /// An edge, and the end of another one inside it, with that other edge.
    pub touches: Vec<(usize, Vertex, usize)>,
    /// Two edges that cross.
    pub crossings: Vec<(usize, usize)>,
}

impl Edges {
    /// Takes closed rings, each with its area on the left: area, ring number and line.
    pub(super) fn new<'a>(rings: impl Iterator<Item = (usize, usize, &'a [Vertex])>) -> Self {
        let uses = rings
            .flat_map(|(area, ring, line)| line.windows(2).map(move |w| Use::new(w[0], w[1], area, ring)))
            .collect();
        Self::grouped(uses)
    }

    /// Edges from the ways of rings through them.
    pub(super) fn grouped(mut uses: Vec<Use>) -> Self {
        uses.sort_unstable();
        let mut groups = Vec::with_capacity(uses.len());
        let mut start = 0;
        for group in uses.chunk_by(|a, b| (a.lo, a.hi) == (b.lo, b.hi)) {
            groups.push(start..start + group.len());
            start += group.len();
        }
        Self { uses, groups }
    }

    /// Number of edges.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The rings that run through an edge; never empty.
    pub(super) fn uses(&self, edge: usize) -> &[Use] {
        &self.uses[self.groups[edge].clone()]
    }

    /// The ends of an edge.
    pub(super) fn ends(&self, edge: usize) -> (Vertex, Vertex) {
        let first = &self.uses[self.groups[edge].start];
        (first.lo, first.hi)
    }

    /// The edge as a line from `lo` to `hi` with the first area on either side.
    pub(super) fn piece(&self, edge: usize) -> Arc {
        let (lo, hi) = self.ends(edge);
        let side = |forward| self.uses(edge).iter().find(|u| u.forward == forward).map(|u| u.area);
        Arc {
            points: vec![lo, hi],
            left: side(true),
            right: side(false),
        }
    }

    /// The lines of some areas, each by itself: with the area, called 0, on the sides where it lies.
    pub(super) fn pieces_of(&self, areas: &BTreeSet<usize>) -> BTreeMap<usize, Vec<Arc>> {
        let mut pieces: BTreeMap<usize, Vec<Arc>> = BTreeMap::new();
        for edge in 0..self.len() {
            let (lo, hi) = self.ends(edge);
            for same in self.uses(edge).chunk_by(|a, b| a.area == b.area) {
                let area = same[0].area;
                let side = |forward| same.iter().any(|u| u.forward == forward).then_some(0);
                if areas.contains(&area) {
                    pieces.entry(area).or_default().push(Arc {
                        points: vec![lo, hi],
                        left: side(true),
                        right: side(false),
                    });
                }
            }
        }
        pieces
    }

    /// Every touch and crossing, by a sweep from west to east.
    ///
    /// # Errors
    /// Far more of them than a map has, dirty as it may be: cutting the edges at all of them would take hours.
    pub(super) fn meetings(&self) -> Result<Meetings, Misfit> {
        let mut found = Meetings::default();
        let most = 100_000 + 8 * self.len();
        let mut active: Vec<(usize, Vertex, Vertex, i32, i32)> = Vec::new();
        for edge in 0..self.len() {
            let (lo, hi) = self.ends(edge);
            let (south, north) = (lo.y.min(hi.y), lo.y.max(hi.y));
            active.retain(|&(_, _, other, _, _)| other.x >= lo.x);
            for &(other, c, d, other_south, other_north) in &active {
                if other_south <= north && south <= other_north {
                    found.compare((edge, lo, hi), (other, c, d));
                }
            }
            if found.touches.len() + found.crossings.len() > most {
                let what = "lines cross one another far too often, as";
                return Err(Misfit { what, at: lo });
            }
            active.push((edge, lo, hi, south, north));
        }
        Ok(found)
    }

    /// The same lines with each edge cut where it meets others; a crossing is taken to the nearest grid point.
    pub(super) fn cut(&self, meetings: &Meetings) -> Self {
        let mut at: Vec<(usize, Vertex)> = meetings
            .touches
            .iter()
            .map(|&(edge, vertex, _)| (edge, vertex))
            .collect();
        for &(e, f) in &meetings.crossings {
            let point = crossing_point(self.ends(e), self.ends(f));
            let inside = |edge| point != self.ends(edge).0 && point != self.ends(edge).1;
            at.extend(
                [e, f]
                    .into_iter()
                    .filter(|&edge| inside(edge))
                    .map(|edge| (edge, point)),
            );
        }
        at.sort_unstable();
        at.dedup();
        let mut uses = Vec::with_capacity(self.uses.len() + at.len());
        for edge in 0..self.len() {
            let (lo, hi) = self.ends(edge);
            let from = at.partition_point(|t| t.0 < edge);
            let to = at.partition_point(|t| t.0 <= edge);
            // Vertices on a segment are in order along it because its ends are.
            let stops: Vec<Vertex> = [lo]
                .into_iter()
                .chain(at[from..to].iter().map(|t| t.1))
                .chain([hi])
                .collect();
            for u in self.uses(edge) {
                uses.extend(stops.windows(2).map(|w| u.along(w[0], w[1])));
            }
        }
        Self::grouped(uses)
    }
}

impl Meetings {
    fn compare(&mut self, (e, a, b): (usize, Vertex, Vertex), (f, c, d): (usize, Vertex, Vertex)) {
        let mut apart = true;
        for (edge, from, to, other, p) in [(e, a, b, f, c), (e, a, b, f, d), (f, c, d, e, a), (f, c, d, e, b)] {
            if p == from || p == to {
                apart = false;
            } else if on_segment(p, from, to) {
                apart = false;
                self.touches.push((edge, p, other));
            }
        }
        if apart && cross(a, b, c, d) {
            self.crossings.push((e, f));
        }
    }
}

/// The grid point nearest to where two segments cross.
fn crossing_point((a, b): (Vertex, Vertex), (c, d): (Vertex, Vertex)) -> Vertex {
    let (to_a, to_b) = (orient(c, d, a) as f64, orient(c, d, b) as f64);
    let t = to_a / (to_a - to_b);
    let between = |from: i32, to: i32| (f64::from(from) + t * (f64::from(to) - f64::from(from))).round() as i32;
    Vertex {
        x: between(a.x, b.x),
        y: between(a.y, b.y),
    }
}
