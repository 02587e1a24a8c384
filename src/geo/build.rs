//! Building a Coverage from polygons: every fault of rings and of neighbours is found, not the first.

use super::assemble::{assemble, unsound};
use super::coverage::Coverage;
use super::edges::Edges;
use super::exact::{Vertex, twice_area};
use super::mend::Mending;
use super::overlap::{self, Suspects};
use super::sliver;
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

/// What becomes of shapes that break the rules of GeoJSON but can be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rigour {
    /// They are faults.
    Strict,
    /// As [`Mending`](Self::Mending), but what would change an area by more than a hundredth is a fault.
    Careful,
    /// An area whose rings touch or cross is what they wind around; a polygon that turns the other way round than the rest of
    /// its area is a hole, as in a shapefile; of land that two areas claim, if it is less than a hundredth of the smaller,
    /// the first keeps it. Each with a warning.
    Mending,
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
    /// Whether it is a hole.
    hole: bool,
    /// Where it touches itself at a vertex; only where that is to be mended.
    touch: Option<Vertex>,
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
    /// (G208), borders that do not fit together for another reason, lines that cross and areas that overlap far too often
    /// (G209). Strips less than half a metre wide, as rounding makes them, are settled with a warning or note (G104, G106).
    pub fn build(shapes: &[Shape], rigour: Rigour, labels: &Labels<'_>) -> Result<(Self, Findings), Findings> {
        let mut findings = Findings::default();
        let rings = usable_rings(shapes, rigour, labels, &mut findings);
        match joined(shapes.len(), &rings, rigour, labels, &mut findings) {
            Ok(coverage) => findings.gate(coverage),
            Err(misfit) => {
                findings.push(misfit.told(labels));
                Err(findings)
            }
        }
    }
}

/// Rings as a coverage of so many areas, with all that is wrong about them among the findings.
fn joined(
    areas: usize,
    rings: &[Ring],
    rigour: Rigour,
    labels: &Labels<'_>,
    findings: &mut Findings,
) -> Result<Coverage, Misfit> {
    let (mut edges, mut suspects) = examine(rings)?;
    let touching = rings.iter().filter_map(|ring| Some((ring.area, ring.touch?)));
    let mending = Mending::new(rigour, labels);
    mending.mend(&mut edges, &mut suspects, touching, findings);
    let whole = |edges: &Edges| assemble(areas, (0..edges.len()).map(|edge| edges.piece(edge)).collect());
    let mut coverage = whole(&edges);
    suspects.find_inside(&coverage);
    let holed = rings.iter().filter(|ring| ring.hole).map(|ring| ring.area).collect();
    suspects.find_alone(&edges, &holed);
    // Holes outside of their rings, and land inside land of the same area, show only now.
    if mending.mend(&mut edges, &mut suspects, std::iter::empty(), findings) {
        coverage = whole(&edges);
        suspects.find_inside(&coverage);
    }
    suspects.few()?;
    let grazing = overlap::report(&suspects, &edges, rigour, labels, findings);
    if !grazing.is_empty() {
        coverage = assemble(areas, sliver::without_overlap(&edges, &grazing));
    }
    let coverage = sliver::without_gaps(coverage, labels, findings);
    match unsound(&coverage.arcs).filter(|_| !findings.has_errors()) {
        Some(at) => Err(Misfit {
            what: "borders do not fit together, as",
            at,
        }),
        None => Ok(coverage),
    }
}

/// Why rings cannot be made a coverage at all, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Misfit {
    /// The fact, which `near` and a place follow.
    pub what: &'static str,
    pub at: Vertex,
}

impl Misfit {
    fn told(self, labels: &Labels<'_>) -> Finding {
        let message = format!("{} near {}", self.what, (labels.locate)(self.at));
        let help = "clean the file, for example with mapshaper's -clean";
        Finding::error("G209", labels.file, message, help)
    }
}

/// The edges of all rings, cut wherever they meet, and what looks wrong about them.
///
/// # Errors
/// Lines that cross and areas that overlap far too often.
fn examine(rings: &[Ring]) -> Result<(Edges, Suspects), Misfit> {
    let mut suspects = Suspects::default();
    let mut edges = Edges::new(
        rings
            .iter()
            .enumerate()
            .map(|(k, ring)| (ring.area, k, ring.line.as_slice())),
    );
    let mut meetings = edges.meetings()?;
    suspects.find_in_meetings(&edges, &meetings);
    // Crossings fall between grid points; the nearest one bends both edges a little, which may make them meet others.
    for _ in 0..ROUNDS {
        if meetings.touches.is_empty() && meetings.crossings.is_empty() {
            break;
        }
        edges = edges.cut(&meetings);
        meetings = edges.meetings()?;
    }
    suspects.find_on_edges(&edges);
    suspects.few()?;
    Ok((edges, suspects))
}

/// How often edges are cut at most; one round is enough but for crossings closer together than the grid.
const ROUNDS: usize = 5;

fn usable_rings(shapes: &[Shape], rigour: Rigour, labels: &Labels<'_>, findings: &mut Findings) -> Vec<Ring> {
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
            let stray = rigour != Rigour::Strict && is_stray_hole(polygon, shape);
            for (k, line) in polygon.iter().enumerate() {
                let raw = RawRing {
                    area,
                    essential: shape.len() == 1 && k == 0,
                    hole: k > 0 || stray,
                    line,
                };
                if stray {
                    findings.push(raw.stray_hole(labels));
                }
                rings.extend(raw.usable(rigour, labels, findings));
            }
        }
    }
    rings
}

impl RawRing<'_> {
    /// The ring made fit for use, or a finding that says why it cannot be.
    fn usable(&self, rigour: Rigour, labels: &Labels<'_>, findings: &mut Findings) -> Option<Ring> {
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
        let touch = repeated_vertex(&line);
        if let Some(vertex) = touch.filter(|_| rigour == Rigour::Strict) {
            findings.push(self_contact(labels, self.area, vertex));
            return None;
        }
        if (twice > 0) == self.hole {
            line.reverse();
        }
        Some(Ring {
            area: self.area,
            line,
            hole: self.hole,
            touch,
        })
    }

    fn malformed(&self, labels: &Labels<'_>) -> Option<Finding> {
        let subject = labels.subject(self.area);
        if self.line.len() < 4 {
            let message = format!(
                "a ring has {} points; it takes at least 4, the last equal to the first",
                self.line.len()
            );
            return Some(Finding::error(
                "G202",
                subject,
                message,
                "draw the ring again, or take it out",
            ));
        }
        (self.line.first() != self.line.last()).then(|| {
            let message = format!("a ring is not closed: it starts at {}", (labels.locate)(self.line[0]));
            Finding::error("G203", subject, message, "repeat the first point as the last")
        })
    }

    fn stray_hole(&self, labels: &Labels<'_>) -> Finding {
        let at = (labels.locate)(self.line[0]);
        let message = format!("a polygon at {at} turns the other way round than the rest; it is read as a hole");
        Finding::warning("G107", labels.subject(self.area), message, "nothing needs doing")
    }

    /// A ring without area stops the work only where nothing else of its area is left.
    fn flat(&self, labels: &Labels<'_>) -> Finding {
        let subject = labels.subject(self.area);
        let at = (labels.locate)(self.line[0]);
        if self.essential {
            let message = format!("its ring at {at} encloses no area");
            return Finding::error(
                "G205",
                subject,
                message,
                "draw the ring again; points are taken to 0.1 m",
            );
        }
        let message = format!("a small ring at {at} encloses no area once points are taken to 0.1 m; it is left out");
        Finding::warning("G105", subject, message, "nothing needs doing unless the part matters")
    }
}

/// Whether a polygon turns the other way round than most of the land of its area.
fn is_stray_hole(polygon: &[Vec<Vertex>], shape: &Shape) -> bool {
    let turn = |polygon: &[Vec<Vertex>]| polygon.first().map_or(0, |outer| twice_area(outer));
    let most: i128 = shape.iter().map(|p| turn(p)).sum();
    turn(polygon).signum() * most.signum() < 0
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
        format!(
            "a ring touches or crosses itself, or another ring of the area, at {}",
            (labels.locate)(at)
        ),
        "have it repaired with mend = true in [areas], or mend it with mapshaper's -clean",
    )
}
