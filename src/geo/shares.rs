//! Shares: how much of each area lies in the outline of a group.

use ::geo::{Area, BooleanOps, BoundingRect, Contains, Coord, LineString, MultiPolygon, Point, Polygon, Rect};
use rstar::primitives::Line;
use rstar::{AABB, RTree};

use super::build::Shape;
use super::coverage::Coverage;
use super::exact::{Vertex, twice_area};

/// The outline of a group, ready to be held against areas.
pub struct Outline {
    shape: MultiPolygon<f64>,
    edges: RTree<Line<[f64; 2]>>,
}

impl Outline {
    /// An outline from polygons, which may be crooked: land is what lies inside an odd number of their rings.
    pub fn new(shape: &Shape) -> Self {
        let line = |ring: &Vec<Vertex>| -> LineString<f64> { ring.iter().map(|v| v.metres()).collect() };
        let rings = shape
            .iter()
            .flatten()
            .filter(|ring| ring.len() >= 4 && twice_area(ring) != 0);
        // Each ring by itself: holes cut and islands stay, whichever polygon they were given to.
        let crooked: MultiPolygon<f64> = rings.map(|ring| Polygon::new(line(ring), Vec::new())).collect();
        let shape = crooked.union(&MultiPolygon::new(Vec::new()));
        let lines = shape
            .iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let edges = lines
            .flat_map(LineString::lines)
            .map(|l| Line::new([l.start.x, l.start.y], [l.end.x, l.end.y]));
        let edges = RTree::bulk_load(edges.collect());
        Self { shape, edges }
    }

    /// Its size in square metres.
    pub fn square_metres(&self) -> f64 {
        self.shape.unsigned_area()
    }

    /// Part of an area that lies inside, from 0 to 1.
    fn share(&self, area: &MultiPolygon<f64>, bounds: Rect<f64>) -> f64 {
        let (low, high) = (bounds.min(), bounds.max());
        let cuts = self
            .edges
            .locate_in_envelope_intersecting(AABB::from_corners([low.x, low.y], [high.x, high.y]));
        if cuts.into_iter().next().is_none() {
            // No line of the outline comes near, so the area lies wholly inside or wholly outside.
            let Coord { x, y } = low;
            return if self.shape.contains(&Point::new(x, y)) {
                1.0
            } else {
                0.0
            };
        }
        let inside = area.intersection(&self.shape).unsigned_area();
        (inside / area.unsigned_area()).clamp(0.0, 1.0)
    }
}

impl Coverage {
    /// For every area the outlines that hold some of it, with the part that each holds: the greatest first.
    pub fn shares(&self, outlines: &[Outline]) -> Vec<Vec<(usize, f64)>> {
        let of_area = |area: usize| {
            let shape = self.multipolygon(area);
            let Some(bounds) = shape.bounding_rect() else {
                return Vec::new();
            };
            let shares = outlines
                .iter()
                .enumerate()
                .map(|(k, outline)| (k, outline.share(&shape, bounds)));
            let mut shares: Vec<(usize, f64)> = shares.filter(|&(_, share)| share > 0.0).collect();
            shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            shares
        };
        (0..self.len()).map(of_area).collect()
    }
}
