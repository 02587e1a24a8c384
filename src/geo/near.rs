//! Borders of areas that do not touch, across narrow gaps.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use super::coverage::Coverage;
use super::exact::Vertex;
use crate::domain::{Border, BorderKind, Length};

/// A segment on the shore of an area.
pub(super) type Shore = GeomWithData<Line<[f64; 2]>, usize>;

impl Coverage {
    /// Borders of areas that do not touch, but whose outlines come within `metres` of each other: as long as the stretch of
    /// the shorter of the two sides that is so near.
    pub fn near_borders(&self, metres: f64) -> Vec<Border> {
        if metres <= 0.0 {
            return Vec::new();
        }
        let shores = self.shores();
        let tree = RTree::bulk_load(shores.clone());
        let mut facing: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for shore in &shores {
            for (middle, length) in pieces(shore.geom(), metres) {
                for other in others_within(&tree, shore.data, middle, metres) {
                    *facing.entry((shore.data, other)).or_default() += length;
                }
            }
        }
        let touching = self.borders();
        let touch = |a: usize, b: usize| touching.binary_search_by_key(&(a, b), |t| (t.from, t.to)).is_ok();
        let pairs = facing.keys().filter(|(a, b)| a < b && !touch(*a, *b));
        let side = |a, b| facing.get(&(a, b)).copied();
        let border = |&(from, to): &(usize, usize)| Border {
            from,
            to,
            // Sampling may find one side alone where the two are only just within reach.
            length: Length::from_metres(side(from, to).zip(side(to, from)).map_or(0.0, |(a, b)| a.min(b))),
            kind: BorderKind::Near,
        };
        pairs.map(border).filter(|b| b.length.metres() > 0.0).collect()
    }

    /// Every segment with an area on one side and nothing on the other.
    pub(super) fn shores(&self) -> Vec<Shore> {
        let mut shores = Vec::new();
        for arc in &self.arcs {
            let ((Some(area), None) | (None, Some(area))) = (arc.left, arc.right) else {
                continue;
            };
            shores.extend(
                arc.points
                    .windows(2)
                    .map(|w| Shore::new(Line::new(metres(w[0]), metres(w[1])), area)),
            );
        }
        shores
    }
}

pub(super) fn metres(vertex: Vertex) -> [f64; 2] {
    let (x, y) = vertex.metres();
    [x, y]
}

/// A segment cut into pieces no longer than the reach, each by its middle and its length.
fn pieces(line: &Line<[f64; 2]>, reach: f64) -> impl Iterator<Item = ([f64; 2], f64)> {
    let ([ax, ay], [bx, by]) = (line.from, line.to);
    let length = (bx - ax).hypot(by - ay);
    let count = (length / reach).ceil().clamp(1.0, 1000.0);
    (0..count as usize).map(move |k| {
        let t = (k as f64 + 0.5) / count;
        ([ax + t * (bx - ax), ay + t * (by - ay)], length / count)
    })
}

fn others_within(tree: &RTree<Shore>, own: usize, point: [f64; 2], reach: f64) -> Vec<usize> {
    let near = tree.locate_within_distance(point, reach * reach);
    let mut others: Vec<usize> = near
        .filter(|shore| shore.data != own && shore.geom().distance_2(&point) <= reach * reach)
        .map(|shore| shore.data)
        .collect();
    others.sort_unstable();
    others.dedup();
    others
}
