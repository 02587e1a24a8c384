//! A Coverage is a map of areas that do not overlap, made of arcs that neighbours share.

use ::geo::{LineString, MultiPolygon, Polygon};

use super::exact::{Vertex, twice_area};
use crate::domain::{Border, BorderKind, Length};

/// A polyline with the area on either side of it; `None` is the outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arc {
    /// At least two vertices; a closed arc repeats the first as the last.
    pub points: Vec<Vertex>,
    /// Area to the left of its direction.
    pub left: Option<usize>,
    /// Area to the right of its direction.
    pub right: Option<usize>,
}

impl Arc {
    /// Its length in metres.
    pub fn metres(&self) -> f64 {
        self.points.windows(2).map(|w| w[0].metres_to(w[1])).sum()
    }
}

/// An arc as a ring runs through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArcRef {
    /// Index of the arc.
    pub arc: usize,
    /// Whether the ring runs through it from its last vertex to its first.
    pub reversed: bool,
}

/// A polygon by its rings: the outer one first, counter-clockwise, then its holes, clockwise.
pub type Part = Vec<Vec<ArcRef>>;

/// Areas `0..len` on the plane. Every arc stands once, so the border of two neighbours is the same line for both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub(super) arcs: Vec<Arc>,
    pub(super) areas: Vec<Vec<Part>>,
    /// Pairs of areas that have a border without an edge in common as they were given, sorted; none where
    /// nothing was told.
    pub(super) inexact: Vec<(usize, usize)>,
}

impl Coverage {
    /// The same coverage, told which pairs of areas have an edge in common as they were given; the borders of other pairs are
    /// partial. `pairs` is sorted.
    pub fn told_exact(mut self, pairs: &[(usize, usize)]) -> Self {
        let all = self.borders().into_iter().map(|b| (b.from, b.to));
        self.inexact = all.filter(|pair| pairs.binary_search(pair).is_err()).collect();
        self
    }

    /// Number of areas.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is no area at all.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// All arcs.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The polygons of an area, as references to arcs.
    pub fn parts(&self, area: usize) -> &[Part] {
        &self.areas[area]
    }

    /// Number of vertices, those where arcs meet counted once an arc.
    pub fn points(&self) -> usize {
        self.arcs.iter().map(|a| a.points.len()).sum()
    }

    /// Pairs of areas with a common border of some length, sorted, `from < to`, with that length.
    pub fn borders(&self) -> Vec<Border> {
        let mut found: Vec<(usize, usize, f64)> = self
            .arcs
            .iter()
            .filter_map(|arc| Some((arc.left?, arc.right?, arc.metres())))
            .map(|(left, right, metres)| (left.min(right), left.max(right), metres))
            .collect();
        found.sort_by_key(|&(from, to, _)| (from, to));
        found
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .map(|same| Border {
                from: same[0].0,
                to: same[0].1,
                length: Length::from_metres(same.iter().map(|b| b.2).sum()),
                kind: match self.inexact.binary_search(&(same[0].0, same[0].1)) {
                    Ok(_) => BorderKind::Partial,
                    Err(_) => BorderKind::Exact,
                },
            })
            .collect()
    }

    /// The closed line of a ring, first vertex repeated.
    pub fn ring(&self, refs: &[ArcRef]) -> Vec<Vertex> {
        line_of(&self.arcs, refs)
    }

    /// The shape of an area in metres: outer rings counter-clockwise, holes clockwise and each in its own polygon.
    pub fn multipolygon(&self, area: usize) -> MultiPolygon<f64> {
        let line =
            |refs: &Vec<ArcRef>| -> LineString<f64> { self.ring(refs).into_iter().map(Vertex::metres).collect() };
        self.areas[area]
            .iter()
            .filter_map(|part| part.split_first())
            .map(|(outer, holes)| Polygon::new(line(outer), holes.iter().map(line).collect()))
            .collect()
    }

    /// Area in square metres.
    pub fn area_m2(&self, area: usize) -> f64 {
        let twice: i128 = self.areas[area]
            .iter()
            .flatten()
            .map(|ring| twice_area(&self.ring(ring)))
            .sum();
        twice as f64 / 200.0
    }

    /// Centroid in metres: easting and northing.
    pub fn centroid(&self, area: usize) -> (f64, f64) {
        let (mut weight, mut east, mut north) = (0.0, 0.0, 0.0);
        let Some(origin) = self.areas[area]
            .first()
            .and_then(|p| p.first())
            .and_then(|r| self.ring(r).first().copied())
        else {
            return (0.0, 0.0);
        };
        for ring in self.areas[area].iter().flatten() {
            for w in self.ring(ring).windows(2) {
                let ((ax, ay), (bx, by)) = (origin.to(w[0]), origin.to(w[1]));
                let (ax, ay, bx, by) = (ax as f64, ay as f64, bx as f64, by as f64);
                let cross = ax * by - bx * ay;
                weight += cross;
                east += cross * (ax + bx);
                north += cross * (ay + by);
            }
        }
        let (x, y) = origin.metres();
        (x + east / weight / 30.0, y + north / weight / 30.0)
    }
}

/// The closed line of a ring over these arcs, first vertex repeated.
pub(super) fn line_of(arcs: &[Arc], refs: &[ArcRef]) -> Vec<Vertex> {
    let mut line: Vec<Vertex> = Vec::new();
    for r in refs {
        line.pop();
        let points = &arcs[r.arc].points;
        if r.reversed {
            line.extend(points.iter().rev());
        } else {
            line.extend(points);
        }
    }
    line
}
