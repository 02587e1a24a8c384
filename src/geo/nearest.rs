//! The land that is nearest to an area, and how far off it lies.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Line, Rectangle};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::coverage::Coverage;
use super::near::metres;

type Box2 = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The shores of every area by themselves, and the boxes around them.
struct Shores {
    of_area: Vec<RTree<Line<[f64; 2]>>>,
    boxes: RTree<Box2>,
}

/// Metres around an area within which others are sought at first; each further search reaches four times as far.
const FIRST_REACH: f64 = 250.0;

impl Coverage {
    /// The `count` areas nearest to each of `areas`, of those that count, with the distance in metres between outlines, the
    /// nearest first.
    pub fn nearest(&self, areas: &[usize], count: usize, counts: impl Fn(usize) -> bool) -> Vec<Vec<(usize, f64)>> {
        if areas.is_empty() {
            return Vec::new();
        }
        let shores = self.shores_by_area();
        let each = areas.iter();
        each.map(|&area| self.nearest_to(&shores, area, count, &counts))
            .collect()
    }

    fn nearest_to(
        &self,
        shores: &Shores,
        area: usize,
        count: usize,
        counts: &impl Fn(usize) -> bool,
    ) -> Vec<(usize, f64)> {
        let outline = self.areas[area].iter().filter_map(|part| part.first());
        let points: Vec<[f64; 2]> = outline.flat_map(|ring| self.ring(ring)).map(metres).collect();
        let own = AABB::from_points(&points);
        let all = (0..shores.of_area.len()).filter(|&other| other != area && counts(other));
        let all = all.filter(|&other| shores.of_area[other].size() > 0).count();
        let mut found: BTreeMap<usize, f64> = BTreeMap::new();
        let mut reach = FIRST_REACH;
        loop {
            let within = AABB::from_corners(own.lower().map(|x| x - reach), own.upper().map(|x| x + reach));
            for near in shores.boxes.locate_in_envelope_intersecting(within) {
                if near.data != area && counts(near.data) && !found.contains_key(&near.data) {
                    found.insert(
                        near.data,
                        distance(&points, &shores.of_area[near.data], near.envelope()),
                    );
                }
            }
            let mut order: Vec<(usize, f64)> = found.iter().map(|(&other, &metres)| (other, metres)).collect();
            order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            // What lies outside of the reach is farther off than it.
            if found.len() == all || order.get(count.saturating_sub(1)).is_some_and(|last| last.1 <= reach) {
                order.truncate(count);
                return order;
            }
            reach *= 4.0;
        }
    }

    fn shores_by_area(&self) -> Shores {
        let mut lines: Vec<Vec<Line<[f64; 2]>>> = vec![Vec::new(); self.len()];
        for shore in self.shores() {
            lines[shore.data].push(*shore.geom());
        }
        let boxes = lines.iter().enumerate().filter_map(|(area, lines)| {
            let mut envelopes = lines.iter().map(RTreeObject::envelope);
            let first = envelopes.next()?;
            let all = envelopes.fold(first, |all, one| rstar::Envelope::merged(&all, &one));
            Some(Box2::new(Rectangle::from_aabb(all), area))
        });
        Shores {
            boxes: RTree::bulk_load(boxes.collect()),
            of_area: lines.into_iter().map(RTree::bulk_load).collect(),
        }
    }
}

/// Metres between points and the nearest of some segments. Points that are farther from the box around the segments than the least distance so far are passed over.
fn distance(points: &[[f64; 2]], segments: &RTree<Line<[f64; 2]>>, around: AABB<[f64; 2]>) -> f64 {
    let least = points.iter().fold(f64::INFINITY, |least, point| {
        if around.distance_2(point) >= least {
            return least;
        }
        let nearest = segments.nearest_neighbor(*point);
        nearest.map_or(least, |segment| segment.distance_2(point).min(least))
    });
    least.sqrt()
}
