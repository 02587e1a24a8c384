//! Common land: what two areas both claim, measured, so that what only grazes is told from what overlaps.

use std::collections::{BTreeMap, BTreeSet};

use ::geo::{Area, BooleanOps, Euclidean, Length, LineString, MultiPolygon, Polygon};

use super::assemble::assemble;
use super::build::{Labels, Rigour};
use super::coverage::{ArcRef, Coverage};
use super::edges::Edges;
use super::exact::Vertex;
use crate::domain::Finding;

/// Overlaps and gaps of less than this mean width in metres come from rounding, not from a claim to land.
const GRAZE_METRES: f64 = 0.5;

/// Whether land of such a size within such a rim is less than that wide at the mean, as gaps are that rounding makes.
pub(super) fn narrow(square_metres: f64, rim_metres: f64) -> bool {
    2.0 * square_metres <= GRAZE_METRES * rim_metres
}

/// The shapes of areas that may overlap.
pub(super) struct Shapes(BTreeMap<usize, MultiPolygon<f64>>);

/// Land that two areas have in common.
pub(super) struct Common {
    areas: (usize, usize),
    square_metres: f64,
    /// Part of the smaller of the two.
    share: f64,
    /// Mean width of the land in metres.
    width: f64,
}

/// Part of an area that may be claimed twice and still be settled by mending.
const MENDABLE: f64 = 0.01;

/// Part of an area from which on a common claim is no slip of the pen.
const MEANT: f64 = 0.05;

impl Shapes {
    /// The shapes of some areas, as their lines are after cutting and mending; `crooked` ones are those that nobody mended.
    pub(super) fn new(edges: &Edges, areas: impl Iterator<Item = usize>, crooked: &BTreeSet<usize>) -> Self {
        let pieces = edges.pieces_of(&areas.collect());
        Self(
            pieces
                .into_iter()
                .map(|(area, pieces)| {
                    let coverage = assemble(1, pieces);
                    // What is sound keeps its lines to the bit, so that neighbours do not graze each other by rounding.
                    let shape = match crooked.contains(&area) {
                        true => straightened(&coverage),
                        false => coverage.multipolygon(0),
                    };
                    (area, shape)
                })
                .collect(),
        )
    }

    /// What two areas have in common, if anything.
    pub(super) fn common(&self, a: usize, b: usize) -> Option<Common> {
        let (shape_a, shape_b) = (self.0.get(&a)?, self.0.get(&b)?);
        let common = shape_a.intersection(shape_b);
        let square_metres = common.unsigned_area();
        let rim: f64 = common.iter().map(|p| Euclidean.length(p.exterior())).sum();
        if square_metres <= 0.0 || rim <= 0.0 {
            return None;
        }
        let smaller = shape_a.unsigned_area().min(shape_b.unsigned_area());
        Some(Common {
            areas: (a, b),
            square_metres,
            share: (square_metres / smaller).min(1.0),
            width: 2.0 * square_metres / rim,
        })
    }
}

impl Common {
    /// What there is to say: a warning where the land can be left to one of the two.
    pub(super) fn finding(&self, rigour: Rigour, labels: &Labels<'_>) -> Finding {
        let (a, b) = self.areas;
        let (name_a, name_b) = (&labels.names[a], &labels.names[b]);
        let (subject, help) = (labels.subject(a), "nothing needs doing");
        if self.width <= GRAZE_METRES {
            let message = format!(
                "overlaps {name_b} by a strip of {:.1} m² less than half a metre wide, as rounding makes them; \
                 the strip is left to {name_a}",
                self.square_metres
            );
            return Finding::warning("G104", subject, message, help);
        }
        let percent = if self.share < 0.0005 {
            "less than 0.1".to_string()
        } else {
            format!("{:.1}", 100.0 * self.share)
        };
        let size = format!("{} ({percent} % of the smaller)", size(self.square_metres));
        if rigour != Rigour::Strict && self.share <= MENDABLE {
            let message = format!("overlaps {name_b} by {size}; the land is left to {name_a}");
            return Finding::warning("G108", subject, message, help);
        }
        let message = format!("{name_a} and {name_b} overlap by {size}");
        let help = match self.share <= MENDABLE {
            true => {
                "areas must not share land; have so little settled with mend = true in [areas], or cut one of them back"
            }
            false => {
                "areas must not share land; cut one of them back, for example with mapshaper's -clean; outlines of groups that share \
                 members, such as LEPs, go in areas.shapes"
            }
        };
        Finding::error("G206", subject, message, help)
    }
}

/// Overlaps so large that they are meant: the layer is one of groups that share members, such as LEPs, and not of areas.
pub(super) fn groups(large: &[Common], labels: &Labels<'_>) -> Option<Finding> {
    let meant = large.iter().filter(|common| common.share >= MEANT).count();
    // One pair may be a slip of the pen.
    if meant < 2 {
        return None;
    }
    let sum: f64 = large.iter().map(|common| common.square_metres).sum();
    let message = format!(
        "{meant} pairs of its {} areas share 5 % or more of their land, and {} are claimed twice in all: they read like groups that \
         share members, as LEPs do, and not like areas, each of which goes into one lot",
        labels.names.len(),
        size(sum)
    );
    let help =
        "give the areas as boundaries, and these as groups of them, such as shapes = [[\"lep\", \"FILE\"]] in [areas]";
    Some(Finding::error("G210", labels.file, message, help))
}

/// An area in words.
pub(super) fn size(square_metres: f64) -> String {
    if square_metres < 1e6 {
        format!("{square_metres:.0} m²")
    } else {
        format!("{:.2} km²", square_metres / 1e6)
    }
}

/// The only area of a coverage as polygons that are sound: land is what lies inside an odd number of its rings, so that a hole that
/// lies outside of its ring takes no land away.
fn straightened(coverage: &Coverage) -> MultiPolygon<f64> {
    let rings = coverage.parts(0).iter().flatten();
    let line =
        |refs: &Vec<ArcRef>| -> LineString<f64> { coverage.ring(refs).into_iter().map(Vertex::metres).collect() };
    let crooked: MultiPolygon<f64> = rings.map(|refs| Polygon::new(line(refs), Vec::new())).collect();
    crooked.union(&MultiPolygon::new(Vec::new()))
}
