//! Building a Coverage from polygons: every fault of rings and of neighbours is found, not the first.

use super::assemble::assemble;
use super::coverage::{Arc, Coverage};
use super::edges::{Edges, Meetings};
use super::exact::{Vertex, twice_area};
use super::overlap::{self, Suspects};
use crate::domain::{Finding, Findings};

/// The polygons of one area: each a list of closed rings, the outer one first. Rings may run either way.
pub type Shape = Vec<Vec<Vec<Vertex>>>;

/// How messages name areas and places.
pub struct Labels<'a> {
    /// Where the areas were read from, such as `map.geojson`.
    pub file: &'a str,
    /// One name an area, such as `feature 3, E06000001`.
    pub names: &'a [String],
    /// A place in words.
    pub locate: &'a dyn Fn(Vertex) -> String,
}

impl Labels<'_> {
    pub(super) fn subject(&self, area: usize) -> String {
        format!("{} {}", self.file, self.names[area])
    }
}

/// A ring that is fit for use: closed, without repeated neighbours, its area on the left.
pub(super) struct Ring {
    pub(super) area: usize,
    pub(super) line: Vec<Vertex>,
}

/// A ring as it stands in the file.
struct RawRing<'a> {
    area: usize,
    /// Whether it is the only outer ring of its area.
    essential: bool,
    hole: bool,
    line: &'a [Vertex],
}

impl Coverage {
    /// Makes a coverage of one area for each shape. Edges that two areas run through in opposite directions are shared.
    ///
    /// # Errors
    /// Every fault, by code: an area without polygon (G201), a ring that is too short (G202) or not closed (G203), that
    /// touches or crosses itself (G204) or encloses nothing (G205), areas that overlap (G206), a hole outside its ring
    /// (G208).
    pub fn build(shapes: &[Shape], labels: &Labels<'_>) -> Result<(Self, Findings), Findings> {
        let mut findings = Findings::default();
        let rings = usable_rings(shapes, labels, &mut findings);
        let lines = || rings.iter().enumerate().map(|(k, ring)| (ring.area, k, ring.line.as_slice()));
        let mut edges = Edges::new(lines());
        let meetings = edges.meetings();
        let mut suspects = Suspects::default();
        report_self_contact(&edges, &meetings, labels, &mut suspects, &mut findings);
        if !meetings.touches.is_empty() {
            edges = edges.cut(&meetings.touches);
        }
        suspects.find_on_edges(&edges);
        let coverage = assemble(shapes.len(), pieces(&edges));
        suspects.find_inside(&coverage);
        overlap::report(&suspects, &rings, labels, &mut findings);
        findings.gate(coverage)
    }
}

/// Each edge as a piece with the areas on both sides.
fn pieces(edges: &Edges) -> Vec<Arc> {
    (0..edges.len())
        .map(|edge| {
            let (lo, hi) = edges.ends(edge);
            let side = |forward| edges.uses(edge).iter().find(|u| u.forward == forward).map(|u| u.area);
            Arc { points: vec![lo, hi], left: side(true), right: side(false) }
        })
        .collect()
}

fn usable_rings(shapes: &[Shape], labels: &Labels<'_>, findings: &mut Findings) -> Vec<Ring> {
    let mut rings = Vec::new();
    for (area, shape) in shapes.iter().enumerate() {
        if shape.iter().all(Vec::is_empty) {
            findings.push(Finding::error(
                "G201",
                labels.subject(area),
                "has no geometry",
                "give it at least one polygon, or take the area out of the file",
            ));
        }
        for polygon in shape {
            for (k, line) in polygon.iter().enumerate() {
                let raw = RawRing { area, essential: shape.len() == 1 && k == 0, hole: k > 0, line };
                rings.extend(raw.usable(labels, findings));
            }
        }
    }
    rings
}

impl RawRing<'_> {
    /// The ring made fit for use, or a finding that says why it cannot be.
    fn usable(&self, labels: &Labels<'_>, findings: &mut Findings) -> Option<Ring> {
        if let Some(finding) = self.malformed(labels) {
            findings.push(finding);
            return None;
        }
        let mut line = self.line.to_vec();
        line.dedup();
        let twice = twice_area(&line);
        if twice == 0 || line.len() < 4 {
            findings.push(self.flat(labels));
            return None;
        }
        if let Some(vertex) = repeated_vertex(&line) {
            findings.push(self_contact(labels, self.area, vertex));
            return None;
        }
        if (twice > 0) == self.hole {
            line.reverse();
        }
        Some(Ring { area: self.area, line })
    }

    fn malformed(&self, labels: &Labels<'_>) -> Option<Finding> {
        let subject = labels.subject(self.area);
        if self.line.len() < 4 {
            let message = format!("a ring has {} points; it takes at least 4, the last equal to the first", self.line.len());
            return Some(Finding::error("G202", subject, message, "draw the ring again, or take it out"));
        }
        (self.line.first() != self.line.last()).then(|| {
            let message = format!("a ring is not closed: it starts at {}", (labels.locate)(self.line[0]));
            Finding::error("G203", subject, message, "repeat the first point as the last")
        })
    }

    /// A ring without area stops the work only where nothing else of its area is left.
    fn flat(&self, labels: &Labels<'_>) -> Finding {
        let subject = labels.subject(self.area);
        let at = (labels.locate)(self.line[0]);
        if self.essential {
            let message = format!("its ring at {at} encloses no area");
            return Finding::error("G205", subject, message, "draw the ring again; points are taken to 0.1 m");
        }
        let message = format!("a small ring at {at} encloses no area once points are taken to 0.1 m; it is left out");
        Finding::warning("G105", subject, message, "nothing needs doing unless the part matters")
    }
}

fn repeated_vertex(line: &[Vertex]) -> Option<Vertex> {
    let mut sorted = line[1..].to_vec();
    sorted.sort_unstable();
    sorted.windows(2).find(|w| w[0] == w[1]).map(|w| w[0])
}

pub(super) fn self_contact(labels: &Labels<'_>, area: usize, at: Vertex) -> Finding {
    Finding::error(
        "G204",
        labels.subject(area),
        format!("a ring touches or crosses itself at {}", (labels.locate)(at)),
        "mend the shape, for example with mapshaper's -clean or the Fix geometries tool of QGIS",
    )
}

/// Rings that touch or cross themselves, one finding an area; crossings of two areas become suspects.
fn report_self_contact(
    edges: &Edges,
    meetings: &Meetings,
    labels: &Labels<'_>,
    suspects: &mut Suspects,
    findings: &mut Findings,
) {
    let mut faulty: Vec<(usize, Vertex)> = Vec::new();
    for &(edge, vertex, other) in &meetings.touches {
        let ring_of = |u: &super::edges::Use| u.ring;
        let touching = edges.uses(edge).iter().find(|u| edges.uses(other).iter().map(ring_of).any(|r| r == u.ring));
        faulty.extend(touching.map(|u| (u.area, vertex)));
    }
    for &(edge, other) in &meetings.crossings {
        for (u, w) in edges.uses(edge).iter().flat_map(|u| edges.uses(other).iter().map(move |w| (u, w))) {
            if u.area == w.area {
                faulty.push((u.area, u.lo));
            } else {
                suspects.add(u.area, w.area);
            }
        }
    }
    faulty.sort_unstable();
    faulty.dedup_by_key(|f| f.0);
    for (area, vertex) in faulty {
        findings.push(self_contact(labels, area, vertex));
        suspects.known_faulty(area);
    }
}
