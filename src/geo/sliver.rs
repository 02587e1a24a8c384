//! Slivers are strips, thinner than half a metre, that neighbours both claim or both leave out, as rounding makes them.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{assemble, gaps};
use super::build::Labels;
use super::common::{narrow, size};
use super::coverage::{Arc, Coverage, Part};
use super::edges::Edges;
use super::exact::{Vertex, middle_within, twice_area};
use crate::domain::{Finding, Findings};

/// The pieces of a map on which each strip that two areas claim is left to the first of them.
pub(super) fn without_overlap(edges: &Edges, grazing: &[(usize, usize)]) -> Vec<Arc> {
    let mut partners: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for &(a, b) in grazing {
        partners.entry(a).or_default().insert(b);
        partners.entry(b).or_default().insert(a);
    }
    let rims = rims(edges, &partners);
    let inside = |piece: &Arc, area: usize| {
        rims.get(&area)
            .is_some_and(|rim| middle_within(piece.points[0], piece.points[1], rim.iter().copied()))
    };
    (0..edges.len())
        .map(|edge| {
            let piece = edges.piece(edge);
            let users: BTreeSet<usize> = edges.uses(edge).iter().map(|u| u.area).collect();
            let near: BTreeSet<usize> = users
                .iter()
                .filter_map(|u| partners.get(u))
                .flatten()
                .copied()
                .collect();
            match near.difference(&users).find(|&&area| inside(&piece, area)) {
                None => piece,
                Some(&first) => {
                    let side = |owner: Option<usize>| Some(owner.map_or(first, |owner| owner.min(first)));
                    Arc {
                        left: side(piece.left),
                        right: side(piece.right),
                        ..piece
                    }
                }
            }
        })
        .collect()
}

/// The edges of some areas as they are after cutting, which bends them a little.
fn rims(edges: &Edges, areas: &BTreeMap<usize, BTreeSet<usize>>) -> BTreeMap<usize, Vec<(Vertex, Vertex)>> {
    let mut rims: BTreeMap<usize, Vec<(Vertex, Vertex)>> = BTreeMap::new();
    for edge in 0..edges.len() {
        for u in edges.uses(edge).iter().filter(|u| areas.contains_key(&u.area)) {
            rims.entry(u.area).or_default().push((u.lo, u.hi));
        }
    }
    rims
}

/// Gives each strip that areas close in and none claims to the area with which it has most border.
pub(super) fn without_gaps(coverage: Coverage, labels: &Labels<'_>, findings: &mut Findings) -> Coverage {
    let (mut arcs, mut closed, mut square_metres) = (coverage.arcs.clone(), 0, 0.0);
    let mut wide: Vec<(f64, Vertex)> = Vec::new();
    for gap in gaps(&coverage.arcs, coverage.len()) {
        let found = Gap::new(&coverage, &gap);
        if let Some(heir) = found.heir {
            for r in gap.iter().flatten() {
                let side = if r.reversed {
                    &mut arcs[r.arc].right
                } else {
                    &mut arcs[r.arc].left
                };
                *side = Some(heir);
            }
            closed += 1;
            square_metres += found.square_metres;
        } else if let Some(at) = found.between {
            wide.push((found.square_metres, at));
        }
    }
    // Beside faults, gaps are their consequence as a rule.
    if !findings.has_errors() {
        findings.0.extend(wide_gaps(&wide, labels));
    }
    if closed == 0 {
        return coverage;
    }
    let message =
        format!("gaps less than half a metre wide between areas are closed: {closed}, {square_metres:.0} m² in all");
    findings.push(Finding::note("G106", labels.file, message, "nothing needs doing"));
    assemble(coverage.len(), arcs)
}

/// Land that areas close in and none claims: lakes and estuaries, or a piece that the file lost.
fn wide_gaps(wide: &[(f64, Vertex)], labels: &Labels<'_>) -> Option<Finding> {
    let &(largest, at) = wide.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    let sum: f64 = wide.iter().map(|gap| gap.0).sum();
    let message = format!(
        "gaps that areas close in and none claims: {}, {} in all, the largest {} at {}",
        wide.len(),
        size(sum),
        size(largest),
        (labels.locate)(at)
    );
    let help = "nothing needs doing for lakes and estuaries; areas on both sides of a gap have no common border there";
    Some(Finding::note("G109", labels.file, message, help))
}

/// Land that no area claims and areas close in.
struct Gap {
    square_metres: f64,
    /// A place on its rim, where it lies between two areas or more; a hole in one area is meant so.
    between: Option<Vertex>,
    /// Where it is thin, the area that has most border with it.
    heir: Option<usize>,
}

impl Gap {
    fn new(coverage: &Coverage, gap: &Part) -> Self {
        let rings = || gap.iter().map(|ring| coverage.ring(ring));
        let square_metres = rings().map(|ring| twice_area(&ring)).sum::<i128>() as f64 / 200.0;
        let mut around: BTreeMap<usize, f64> = BTreeMap::new();
        let mut rim = 0.0;
        for r in gap.iter().flatten() {
            let arc = &coverage.arcs[r.arc];
            rim += arc.metres();
            if let Some(neighbour) = if r.reversed { arc.left } else { arc.right } {
                *around.entry(neighbour).or_default() += arc.metres();
            }
        }
        let between = rings().next().and_then(|ring| ring.first().copied());
        let most = around.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(&heir, _)| heir);
        Self {
            square_metres,
            between: between.filter(|_| around.len() > 1),
            heir: most.filter(|_| narrow(square_metres, rim)),
        }
    }
}
