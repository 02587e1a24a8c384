//! Shares: how much of each area lies in the outline of a group.

use ::geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, Intersects, LineString, MultiPolygon, Point,
    Polygon, Rect,
};
use rstar::primitives::{GeomWithData, Line, Rectangle};
use rstar::{AABB, RTree};

use super::build::{Labels, Rigour, Shape};
use super::coverage::Coverage;
use super::exact::{Vertex, twice_area};
use crate::domain::Findings;

/// The outline of a group, ready to be held against areas.
pub struct Outline {
    shape: MultiPolygon<f64>,
    bounds: Option<Rect<f64>>,
    edges: RTree<Line<[f64; 2]>>,
}

impl Outline {
    /// An outline of polygons that are held to the rules of an area: crooked ones are repaired as far as `rigour` allows, and
    /// each repair is told with how much it changes. `name` is what messages call it.
    ///
    /// # Errors
    /// As [`Coverage::build`].
    pub fn mended(
        shape: &Shape,
        rigour: Rigour,
        name: &str,
        labels: &Labels<'_>,
    ) -> Result<(Self, Findings), Findings> {
        let labels = Labels {
            names: &[name.to_string()],
            ..*labels
        };
        let (coverage, told) = Coverage::build(std::slice::from_ref(shape), rigour, &labels)?;
        Ok((Self::of_land(coverage.multipolygon(0)), told))
    }

    /// An outline from polygons, which may be crooked: land is what lies inside an odd number of their rings.
    pub fn new(shape: &Shape) -> Self {
        let line = |ring: &Vec<Vertex>| -> LineString<f64> { ring.iter().map(|v| v.metres()).collect() };
        let rings = shape
            .iter()
            .flatten()
            .filter(|ring| ring.len() >= 4 && twice_area(ring) != 0);
        // Each ring by itself: holes cut and islands stay, whichever polygon they were given to.
        let crooked: MultiPolygon<f64> = rings.map(|ring| Polygon::new(line(ring), Vec::new())).collect();
        Self::of_land(crooked.union(&MultiPolygon::new(Vec::new())))
    }

    fn of_land(shape: MultiPolygon<f64>) -> Self {
        let lines = shape
            .iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let edges = lines
            .flat_map(LineString::lines)
            .map(|l| Line::new([l.start.x, l.start.y], [l.end.x, l.end.y]));
        let edges = RTree::bulk_load(edges.collect());
        Self {
            bounds: shape.bounding_rect(),
            shape,
            edges,
        }
    }

    /// Its size in square metres.
    pub fn square_metres(&self) -> f64 {
        self.shape.unsigned_area()
    }

    /// Part of an area that lies inside, from 0 to 1.
    fn share(&self, area: &MultiPolygon<f64>, bounds: Rect<f64>) -> f64 {
        if !self.bounds.is_some_and(|own| own.intersects(&bounds)) {
            return 0.0;
        }
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

/// Part of a small area from which on it counts as lying wholly in a group, and below which (taken from one) as lying outside.
const WHOLE: f64 = 0.9;

/// A small area with the people in it, by which the share of a group in a larger area is told.
pub struct SmallArea {
    /// People in it, or any other weight; not negative.
    pub people: f64,
    /// A point inside it, in metres.
    at: Point<f64>,
    /// Its land; `None` where only the point is known.
    land: Option<MultiPolygon<f64>>,
}

impl SmallArea {
    /// A small area known by a point of it, in metres east and north.
    pub fn at(easting: f64, northing: f64, people: f64) -> Self {
        Self {
            people,
            at: Point::new(easting, northing),
            land: None,
        }
    }

    /// A small area by its polygons, which may be crooked; `None` where they enclose no land.
    pub fn of_shape(shape: &Shape, people: f64) -> Option<Self> {
        let land = Outline::new(shape).shape;
        let at = land.interior_point()?;
        Some(Self {
            people,
            at,
            land: Some(land),
        })
    }

    /// Part of it that lies in an outline, from 0 to 1, where nearly all counts as all and next to nothing as nothing.
    fn share(&self, outline: &Outline) -> f64 {
        let bounded = self.land.as_ref().and_then(|land| Some((land, land.bounding_rect()?)));
        match bounded.map(|(land, bounds)| outline.share(land, bounds)) {
            Some(share) if share >= WHOLE => 1.0,
            Some(share) if share <= 1.0 - WHOLE => 0.0,
            Some(share) => share,
            None => f64::from(u8::from(outline.shape.contains(&self.at))),
        }
    }
}

/// Shares of groups in areas by the people of small areas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharesOfPeople {
    /// For every area the outlines that hold some of its people, with the part that each holds, the greatest first; `None` where no people are known.
    pub of_areas: Vec<Option<Vec<(usize, f64)>>>,
    /// Small areas that lie in no area: how many, and their people.
    pub outside: (usize, f64),
}

impl Coverage {
    /// As [`shares`](Self::shares), by people and not by land: `Σ people × part in the outline ÷ Σ people`, over the small areas of which the point lies in
    /// the area.
    pub fn shares_of_people(&self, outlines: &[Outline], small: &[SmallArea]) -> SharesOfPeople {
        let land: Vec<MultiPolygon<f64>> = (0..self.len()).map(|area| self.multipolygon(area)).collect();
        let boxes = land.iter().enumerate().filter_map(|(area, shape)| {
            let bounds = shape.bounding_rect()?;
            let (low, high) = (bounds.min(), bounds.max());
            Some(GeomWithData::new(
                Rectangle::from_corners([low.x, low.y], [high.x, high.y]),
                area,
            ))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        let mut all = vec![0.0; self.len()];
        let mut held = vec![vec![0.0; outlines.len()]; self.len()];
        let mut outside = (0, 0.0);
        for one in small {
            let near = boxes.locate_all_at_point([one.at.x(), one.at.y()]);
            let around = near.into_iter().map(|found| found.data);
            let Some(area) = around.filter(|&area| land[area].contains(&one.at)).min() else {
                outside = (outside.0 + 1, outside.1 + one.people);
                continue;
            };
            all[area] += one.people;
            for (sum, outline) in held[area].iter_mut().zip(outlines) {
                *sum += one.people * one.share(outline);
            }
        }
        let of_area = |(held, all): (Vec<f64>, f64)| {
            let shares = held.into_iter().enumerate().map(|(k, people)| (k, people / all));
            let mut shares: Vec<(usize, f64)> = shares.filter(|&(_, share)| share > 0.0).collect();
            shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            (all > 0.0).then_some(shares)
        };
        SharesOfPeople {
            of_areas: held.into_iter().zip(all).map(of_area).collect(),
            outside,
        }
    }

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
