//! Mending: an area whose rings touch or cross is what its rings wind around, found exactly on the grid.

use std::collections::{BTreeMap, BTreeSet};

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::build::{Labels, Rigour};
use super::common::size;
use super::edges::{Edges, Use};
use super::exact::Vertex;
use super::overlap::Suspects;
use crate::domain::{Finding, Findings};

/// A segment of an area's rings, with how many more of them run forward through it than backward.
#[derive(Clone, Copy)]
struct Segment {
    lo: Vertex,
    hi: Vertex,
    net: i64,
}

type Box2 = GeomWithData<Rectangle<[f64; 2]>, usize>;

impl Edges {
    /// The same edges, with the areas named run through by the outline of what their rings wind around only, and of each area
    /// how large it is and, of its readings before (by the even-odd rule, by formula), how large by the one that differs most. Edges must meet at their ends alone.
    fn mended(&self, areas: &BTreeSet<usize>) -> (Self, BTreeMap<usize, (f64, f64)>) {
        let mut segments: BTreeMap<usize, Vec<Segment>> = areas.iter().map(|&area| (area, Vec::new())).collect();
        let mut uses = Vec::new();
        for edge in 0..self.len() {
            let (lo, hi) = self.ends(edge);
            for same in self.uses(edge).chunk_by(|a, b| a.area == b.area) {
                match segments.get_mut(&same[0].area) {
                    None => uses.extend_from_slice(same),
                    Some(list) => {
                        let net = same.iter().map(|u| if u.forward { 1 } else { -1 }).sum();
                        list.extend((net != 0).then_some(Segment { lo, hi, net }));
                    }
                }
            }
        }
        let mut sizes = BTreeMap::new();
        for (area, list) in segments {
            let (odd, wound) = outlines(area, &list);
            let after = square_metres(&wound);
            let readings = [square_metres(&odd), signed_square_metres(&list).abs()];
            let before = readings
                .into_iter()
                .max_by(|a, b| (a - after).abs().total_cmp(&(b - after).abs()));
            sizes.insert(area, (before.unwrap_or(after), after));
            uses.extend(wound);
        }
        (Self::grouped(uses), sizes)
    }
}

/// Square metres that ways through edges enclose, the land on their left.
fn square_metres(uses: &[Use]) -> f64 {
    let twice = |u: &Use| {
        if u.forward {
            cross(u.lo, u.hi)
        } else {
            -cross(u.lo, u.hi)
        }
    };
    uses.iter().map(twice).sum::<i128>() as f64 / 200.0
}

/// Square metres of rings by their formula, which takes away what is run around the other way and counts twice what is run
/// around twice.
fn signed_square_metres(segments: &[Segment]) -> f64 {
    segments
        .iter()
        .map(|s| i128::from(s.net) * cross(s.lo, s.hi))
        .sum::<i128>() as f64
        / 200.0
}

fn cross(a: Vertex, b: Vertex) -> i128 {
    i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
}

/// Segments with land on one side only, run through with it on the left: land by the even-odd rule, and land that is wound
/// around at all.
fn outlines(area: usize, segments: &[Segment]) -> (Vec<Use>, Vec<Use>) {
    let boxed = segments.iter().enumerate().map(|(k, s)| {
        let corner = |v: Vertex| [f64::from(v.x), f64::from(v.y)];
        Box2::new(Rectangle::from_corners(corner(s.lo), corner(s.hi)), k)
    });
    let tree = RTree::bulk_load(boxed.collect());
    let (mut odd, mut wound) = (Vec::new(), Vec::new());
    for (k, s) in segments.iter().enumerate() {
        let (left, right) = windings(segments, &tree, k);
        let way = |forward| Use {
            lo: s.lo,
            hi: s.hi,
            area,
            ring: usize::MAX,
            forward,
        };
        odd.extend((left % 2 != right % 2).then(|| way(left % 2 != 0)));
        wound.extend(((left != 0) != (right != 0)).then(|| way(left != 0)));
    }
    (odd, wound)
}

/// How often the rings wind around the land on the left and on the right of a segment, counted along a ray from its middle:
/// to the south, or to the west where the segment runs north.
fn windings(segments: &[Segment], tree: &RTree<Box2>, of: usize) -> (i64, i64) {
    let s = segments[of];
    let (mx, my) = (
        i64::from(s.lo.x) + i64::from(s.hi.x),
        i64::from(s.lo.y) + i64::from(s.hi.y),
    );
    let (x, y) = (mx as f64 / 2.0, my as f64 / 2.0);
    let upright = s.lo.x == s.hi.x;
    let ray = if upright {
        AABB::from_corners([f64::from(i32::MIN), y], [x, y])
    } else {
        AABB::from_corners([x, f64::from(i32::MIN)], [x, y])
    };
    let met = tree.locate_in_envelope_intersecting(ray).map(|found| found.data);
    let sum: i64 = met
        .filter(|&k| k != of)
        .map(|k| step(segments[k], (mx, my), upright))
        .sum();
    if upright {
        (sum, sum - s.net)
    } else {
        (sum + s.net, sum)
    }
}

/// What crossing a segment on the ray adds; ends count on one side, so that a ray through a vertex counts it once.
fn step(f: Segment, (mx, my): (i64, i64), upright: bool) -> i64 {
    let double = |v: Vertex| (2 * i64::from(v.x), 2 * i64::from(v.y));
    let ((ax, ay), (bx, by)) = (double(f.lo), double(f.hi));
    let side = i128::from(bx - ax) * i128::from(my - ay) - i128::from(by - ay) * i128::from(mx - ax);
    if upright {
        let spans = (ay > my) != (by > my);
        let east = if by > ay { side < 0 } else { side > 0 };
        if spans && east {
            if by > ay { -f.net } else { f.net }
        } else {
            0
        }
    } else if (ax > mx) != (bx > mx) && side > 0 {
        f.net
    } else {
        0
    }
}

/// What mending may do.
pub(super) struct Mending<'a> {
    rigour: Rigour,
    labels: &'a Labels<'a>,
}

impl<'a> Mending<'a> {
    pub(super) fn new(rigour: Rigour, labels: &'a Labels<'a>) -> Self {
        Self { rigour, labels }
    }

    /// Mends the areas that are suspect and those in `more`, and tells of each how its size changed. Whether there were any.
    pub(super) fn mend(
        &self,
        edges: &mut Edges,
        suspects: &mut Suspects,
        more: impl Iterator<Item = (usize, Vertex)>,
        findings: &mut Findings,
    ) -> bool {
        if self.rigour == Rigour::Strict {
            return false;
        }
        let mut faulty: BTreeMap<usize, Vertex> = more.collect();
        faulty.extend(suspects.take_single());
        if faulty.is_empty() {
            return false;
        }
        let (mended, sizes) = edges.mended(&faulty.keys().copied().collect());
        *edges = mended;
        suspects.find_on_edges(edges);
        findings
            .0
            .extend(faulty.iter().map(|(&area, &at)| self.told(area, at, sizes[&area])));
        true
    }

    fn told(&self, area: usize, at: Vertex, (before, after): (f64, f64)) -> Finding {
        let (subject, place) = (self.labels.subject(area), (self.labels.locate)(at));
        if after <= 0.0 {
            let message = format!("its rings, which touch or cross at {place}, enclose no area");
            return Finding::error("G205", subject, message, "draw the rings again");
        }
        let part = (after - before).abs() / after;
        let change = match part {
            0.0 => "which leaves its size as it was".to_string(),
            part => format!(
                "which takes its size from {} to {} (by {})",
                size(before),
                size(after),
                if part < 0.0001 {
                    "less than 0.01 %".into()
                } else {
                    format!("{:.2} %", 100.0 * part)
                }
            ),
        };
        let fact = format!("a ring touches or crosses itself, or another ring of the area, at {place}");
        if self.rigour == Rigour::Careful && part > MOST_CHANGE {
            let message = format!("{fact}; it could be repaired, {change}");
            let help = "have it repaired all the same with mend = true in [areas], or mend it with mapshaper's -clean";
            return Finding::error("G204", subject, message, help);
        }
        Finding::warning(
            "G107",
            subject,
            format!("{fact}; it is repaired, {change}"),
            "nothing needs doing",
        )
    }
}

/// Part of an area by which careful mending may change it.
const MOST_CHANGE: f64 = 0.01;
