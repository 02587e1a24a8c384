//! Overlaps: which areas lie on top of each other, and by how much.
//!
//! Suspects are gathered exactly (edges run through twice the same way, edges that cross, wedges that interleave at a
//! vertex, parts that lie inside another area) and then measured, so that what only grazes is told from what overlaps.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::assemble;
use super::build::{Labels, Misfit, Rigour};
use super::common::{Shapes, groups};
use super::coverage::Coverage;
use super::edges::{Edges, Meetings, Use};
use super::exact::{Vertex, by_angle};
use crate::domain::{Finding, Findings, Severity};

/// Areas to look at more closely.
#[derive(Clone, Debug, Default)]
pub(super) struct Suspects {
    pairs: BTreeSet<(usize, usize)>,
    /// An area, and where it meets itself.
    single: BTreeSet<(usize, Vertex)>,
    misplaced_holes: BTreeSet<(usize, Vertex)>,
    /// A place where there are more pairs than any map has; looking on would take hours.
    crowded: Option<Vertex>,
}

/// The most pairs of areas that may overlap: areas of dirty files do so by thousands at most.
const MOST_PAIRS: usize = 200_000;

impl Suspects {
    /// Two areas may overlap.
    pub(super) fn add(&mut self, a: usize, b: usize) {
        self.pairs.insert((a.min(b), a.max(b)));
    }

    /// Looks at edges that meet other than end to end. Two areas may touch so, and so may two rings of one; a ring may not
    /// touch itself.
    pub(super) fn find_in_meetings(&mut self, edges: &Edges, meetings: &Meetings) {
        for &(edge, vertex, other) in &meetings.touches {
            let meets_itself = |u: &&Use| edges.uses(other).iter().any(|w| w.ring == u.ring);
            self.single
                .extend(edges.uses(edge).iter().filter(meets_itself).map(|u| (u.area, vertex)));
        }
        for &(edge, other) in &meetings.crossings {
            if self.crowded.is_some() {
                return;
            }
            for u in edges.uses(edge) {
                for w in edges.uses(other) {
                    self.meet(u.area, w.area, u.lo);
                }
            }
        }
    }

    /// Looks at edges that two rings run through the same way, and at the order of edges around vertices.
    pub(super) fn find_on_edges(&mut self, edges: &Edges) {
        let mut spokes: Vec<(Vertex, usize)> = Vec::with_capacity(2 * edges.len());
        for edge in 0..edges.len() {
            let uses = edges.uses(edge);
            for (k, u) in uses.iter().enumerate() {
                if self.crowded.is_some() {
                    return;
                }
                for w in uses[k + 1..].iter().filter(|w| w.forward == u.forward) {
                    self.meet(u.area, w.area, u.lo);
                }
            }
            let (lo, hi) = edges.ends(edge);
            spokes.extend([(lo, edge), (hi, edge)]);
        }
        spokes.sort_unstable();
        for around in spokes.chunk_by(|a, b| a.0 == b.0).filter(|around| around.len() > 2) {
            self.find_around(edges, around[0].0, around.iter().map(|s| s.1));
        }
    }

    /// Takes away what is told of areas that meet themselves or have a hole outside of its ring: each with the first place.
    pub(super) fn take_single(&mut self) -> BTreeMap<usize, Vertex> {
        let mut places = std::mem::take(&mut self.single);
        places.append(&mut self.misplaced_holes);
        // The first place of an area comes last, and stays.
        places.into_iter().rev().collect()
    }

    fn meet(&mut self, a: usize, b: usize, at: Vertex) {
        if a == b {
            self.single.insert((a, at));
        } else {
            self.add(a, b);
        }
        if self.pairs.len() > MOST_PAIRS {
            self.crowded = Some(at);
        }
    }

    /// # Errors
    /// More pairs of areas that may overlap than can be looked at.
    pub(super) fn few(&self) -> Result<(), Misfit> {
        let what = "areas lie on one another far too often, as";
        self.crowded.map_or(Ok(()), |at| Err(Misfit { what, at }))
    }

    /// Goes once around a vertex, entering and leaving the wedges of areas: no two may be open at a time.
    fn find_around(&mut self, edges: &Edges, at: Vertex, spokes: impl Iterator<Item = usize>) {
        let mut steps: Vec<((i64, i64), usize, i32)> = Vec::new();
        for edge in spokes {
            let (lo, hi) = edges.ends(edge);
            let direction = at.to(if at == lo { hi } else { lo });
            // Seen from `at`, a ring that goes out has its area on the counter-clockwise side, one that comes in on the other.
            steps.extend(
                edges
                    .uses(edge)
                    .iter()
                    .map(|u| (direction, u.area, if u.forward == (at == lo) { 1 } else { -1 })),
            );
        }
        // On one spoke the wedge behind is left before the one ahead is entered.
        steps.sort_by(|a, b| by_angle(a.0, b.0).then(a.2.cmp(&b.2)));
        let mut areas: Vec<usize> = steps.iter().map(|s| s.1).collect();
        areas.sort_unstable();
        areas.dedup();
        let mut open: Vec<i32> = areas.iter().map(|&area| opening_balance(&steps, area)).collect();
        for (_, area, step) in steps {
            if self.crowded.is_some() {
                return;
            }
            let k = areas.partition_point(|&a| a < area);
            open[k] += step;
            if step > 0 {
                for (other, _) in areas.iter().zip(&open).filter(|&(&a, &n)| n > i32::from(a == area)) {
                    self.meet(area, *other, at);
                }
            }
        }
    }

    /// Looks for parts that lie inside an area without touching it, and for holes that lie outside of theirs.
    pub(super) fn find_inside(&mut self, coverage: &Coverage) {
        let pieces = Pieces::new(coverage);
        for (k, piece) in pieces.list.iter().enumerate() {
            if self.crowded.is_some() {
                return;
            }
            let around = pieces.areas_around(piece.west, k);
            for &area in around.iter().filter(|&&area| piece.outside != Some(area)) {
                for &member in &piece.areas {
                    self.meet(area, member, piece.west);
                }
            }
            if let Some(area) = piece.outside.filter(|area| !around.contains(area)) {
                self.misplaced_holes.insert((area, piece.west));
            }
        }
    }

    /// Looks again at those `holed` areas that lie on top of others, each by itself: the lines of the others may hang together with a hole
    /// that lies outside of its ring, and hide it.
    pub(super) fn find_alone(&mut self, edges: &Edges, holed: &BTreeSet<usize>) {
        let doubtful: BTreeSet<usize> = self.pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        for (area, pieces) in edges.pieces_of(&(&doubtful & holed)) {
            let mut alone = Self::default();
            alone.find_inside(&assemble(1, pieces));
            let of_area = |(_, at): (usize, Vertex)| (area, at);
            self.single.extend(alone.single.into_iter().map(of_area));
            self.misplaced_holes
                .extend(alone.misplaced_holes.into_iter().map(of_area));
        }
    }
}

/// How many wedges of an area are open before the first step, so that the count never falls below none.
fn opening_balance(steps: &[((i64, i64), usize, i32)], area: usize) -> i32 {
    let own = steps.iter().filter(|s| s.1 == area).map(|s| s.2);
    -own.scan(0, |sum, step| {
        *sum += step;
        Some(*sum)
    })
    .min()
    .unwrap_or(0)
    .min(0)
}

/// Arcs that hang together, with no contact to others.
struct Piece {
    /// Westernmost vertex.
    west: Vertex,
    /// What lies to the west of that vertex, as its own arcs have it.
    outside: Option<usize>,
    /// Areas that touch that vertex.
    areas: BTreeSet<usize>,
}

struct PlacedRing {
    area: usize,
    piece: usize,
    low: Vertex,
    high: Vertex,
    line: Vec<Vertex>,
}

struct Pieces {
    list: Vec<Piece>,
    rings: Vec<PlacedRing>,
}

impl Pieces {
    fn new(coverage: &Coverage) -> Self {
        let piece_of = connected(coverage);
        let count = piece_of.iter().max().map_or(0, |k| k + 1);
        let mut members = vec![Vec::new(); count];
        for (arc, &piece) in piece_of.iter().enumerate() {
            members[piece].push(arc);
        }
        let list = members.iter().filter_map(|arcs| Piece::new(coverage, arcs)).collect();
        let rings = (0..coverage.len())
            .flat_map(|area| coverage.parts(area).iter().flatten().map(move |ring| (area, ring)))
            .map(|(area, ring)| PlacedRing::new(area, piece_of[ring[0].arc], coverage.ring(ring)))
            .collect();
        Self { list, rings }
    }

    /// Areas in which a vertex lies, by the rings of all pieces but its own.
    fn areas_around(&self, vertex: Vertex, own: usize) -> BTreeSet<usize> {
        let mut around = BTreeSet::new();
        for ring in self.rings.iter().filter(|r| r.piece != own && r.holds(vertex)) {
            if !around.remove(&ring.area) {
                around.insert(ring.area);
            }
        }
        around
    }
}

impl PlacedRing {
    fn new(area: usize, piece: usize, line: Vec<Vertex>) -> Self {
        let fold = |pick: fn(i32, i32) -> i32| {
            line.iter()
                .copied()
                .reduce(|a, b| Vertex {
                    x: pick(a.x, b.x),
                    y: pick(a.y, b.y),
                })
                .unwrap_or(line[0])
        };
        Self {
            area,
            piece,
            low: fold(i32::min),
            high: fold(i32::max),
            line,
        }
    }

    fn holds(&self, v: Vertex) -> bool {
        (self.low.x..=self.high.x).contains(&v.x)
            && (self.low.y..=self.high.y).contains(&v.y)
            && super::exact::middle_inside(v, v, &self.line)
    }
}

impl Piece {
    fn new(coverage: &Coverage, arcs: &[usize]) -> Option<Self> {
        let arcs = || arcs.iter().map(|&a| &coverage.arcs()[a]);
        let west = arcs().flat_map(|a| a.points.iter()).min().copied()?;
        let mut spokes: Vec<((i64, i64), Option<usize>)> = Vec::new();
        let mut areas = BTreeSet::new();
        for arc in arcs() {
            for w in arc.points.windows(2).filter(|w| w[0] == west || w[1] == west) {
                areas.extend(arc.left.into_iter().chain(arc.right));
                let outward = if w[0] == west {
                    (west.to(w[1]), arc.left)
                } else {
                    (west.to(w[0]), arc.right)
                };
                spokes.push(outward);
            }
        }
        // All spokes point east of due south, up to due north: the last of them borders on what lies to the west.
        let northmost = spokes.into_iter().max_by(|a, b| {
            let turn = a.0.0 * b.0.1 - a.0.1 * b.0.0;
            0.cmp(&turn)
        })?;
        Some(Self {
            west,
            outside: northmost.1,
            areas,
        })
    }
}

/// For each arc the number of the piece that it belongs to.
fn connected(coverage: &Coverage) -> Vec<usize> {
    let mut ends: Vec<(Vertex, usize)> = Vec::new();
    for (k, arc) in coverage.arcs().iter().enumerate() {
        ends.push((arc.points[0], k));
        ends.push((arc.points[arc.points.len() - 1], k));
    }
    ends.sort_unstable();
    let mut parent: Vec<usize> = (0..coverage.arcs().len()).collect();
    for pair in ends.windows(2).filter(|w| w[0].0 == w[1].0) {
        let (a, b) = (root(&mut parent, pair[0].1), root(&mut parent, pair[1].1));
        parent[a.max(b)] = a.min(b);
    }
    let mut number = vec![usize::MAX; parent.len()];
    let mut count = 0;
    for arc in 0..parent.len() {
        let top = root(&mut parent, arc);
        if number[top] == usize::MAX {
            number[top] = count;
            count += 1;
        }
        number[arc] = number[top];
    }
    number
}

fn root(parent: &mut [usize], mut k: usize) -> usize {
    while parent[k] != k {
        parent[k] = parent[parent[k]];
        k = parent[k];
    }
    k
}

/// Measures what is suspect and reports what is so. Pairs that only graze each other come back.
pub(super) fn report(
    suspects: &Suspects,
    edges: &Edges,
    rigour: Rigour,
    labels: &Labels<'_>,
    findings: &mut Findings,
) -> Vec<(usize, usize)> {
    let mut told = BTreeSet::new();
    for &(area, at) in &suspects.single {
        if told.insert(area) {
            findings.push(super::build::self_contact(labels, area, at));
        }
    }
    for &(area, at) in &suspects.misplaced_holes {
        if told.insert(area) {
            let message = format!(
                "a hole at {} lies outside the ring that it should be a hole of",
                (labels.locate)(at)
            );
            let help = "give the ring as a polygon of its own if it is land, otherwise take it out";
            findings.push(Finding::error("G208", labels.subject(area), message, help));
        }
    }
    let (mut grazing, mut large) = (Vec::new(), Vec::new());
    let shapes = Shapes::new(edges, suspects.pairs.iter().flat_map(|&(a, b)| [a, b]), &told);
    for &(a, b) in &suspects.pairs {
        let Some(common) = shapes.common(a, b) else { continue };
        let finding = common.finding(rigour, labels);
        if finding.severity == Severity::Error {
            large.push(common);
        } else {
            grazing.push((a, b));
        }
        findings.push(finding);
    }
    findings.0.extend(groups(&large, labels));
    grazing
}
