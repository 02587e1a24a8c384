//! Assembling joins pieces of line into arcs that run from junction to junction, and arcs into rings and polygons.

use super::coverage::{Arc, ArcRef, Coverage, Part, line_of};
use super::exact::{Vertex, by_angle, middle_inside, twice_area};

/// The end of a piece at a vertex.
#[derive(Clone, Copy, Debug)]
struct End {
    at: Vertex,
    piece: usize,
    /// Whether the piece starts here; otherwise it ends here.
    start: bool,
}

/// Joins pieces into a coverage of areas `0..count`. Pieces touch at their ends only; those with the same area on both
/// sides vanish.
pub(super) fn assemble(count: usize, pieces: Vec<Arc>) -> Coverage {
    let pieces: Vec<Arc> = pieces.into_iter().filter(|p| p.left != p.right).collect();
    let arcs = join_pieces(&pieces);
    let areas = trace(count, &arcs);
    Coverage {
        arcs,
        areas,
        inexact: Vec::new(),
    }
}

/// Ends of lines, sorted so that those at one vertex are neighbours.
fn ends_of(lines: &[Arc]) -> Vec<End> {
    let mut ends: Vec<End> = lines
        .iter()
        .enumerate()
        .flat_map(|(piece, line)| {
            let (first, last) = (line.points[0], line.points[line.points.len() - 1]);
            [
                End {
                    at: first,
                    piece,
                    start: true,
                },
                End {
                    at: last,
                    piece,
                    start: false,
                },
            ]
        })
        .collect();
    ends.sort_unstable_by_key(|e| (e.at, e.piece, e.start));
    ends
}

/// For each piece, what goes on before its start and after its end without a junction: the piece and which of its ends.
fn continuations(pieces: &[Arc]) -> Vec<[Option<(usize, bool)>; 2]> {
    let mut next = vec![[None, None]; pieces.len()];
    for at in ends_of(pieces).chunk_by(|a, b| a.at == b.at) {
        let [a, b] = at else { continue };
        let (p, q) = (&pieces[a.piece], &pieces[b.piece]);
        let sides_go_on = if a.start == b.start {
            (p.left, p.right) == (q.right, q.left)
        } else {
            (p.left, p.right) == (q.left, q.right)
        };
        if a.piece != b.piece && sides_go_on {
            next[a.piece][usize::from(!a.start)] = Some((b.piece, b.start));
            next[b.piece][usize::from(!b.start)] = Some((a.piece, a.start));
        }
    }
    next
}

/// Joins pieces where nothing but the two of them meets.
fn join_pieces(pieces: &[Arc]) -> Vec<Arc> {
    let next = continuations(pieces);
    let mut used = vec![false; pieces.len()];
    let mut arcs = Vec::new();
    // Lines that begin at a junction first; what is left over then are closed lines.
    for closed in [false, true] {
        for first in 0..pieces.len() {
            let reversed = !closed && next[first][0].is_some();
            let begins = closed || next[first][0].is_none() || next[first][1].is_none();
            if begins && !used[first] {
                arcs.push(walk(pieces, &next, &mut used, first, reversed));
            }
        }
    }
    arcs
}

/// The line that begins with a piece and goes on as long as there is no junction.
fn walk(
    pieces: &[Arc],
    next: &[[Option<(usize, bool)>; 2]],
    used: &mut [bool],
    first: usize,
    first_reversed: bool,
) -> Arc {
    let (mut piece, mut reversed) = (first, first_reversed);
    let (left, right) = (pieces[first].left, pieces[first].right);
    let (left, right) = if reversed { (right, left) } else { (left, right) };
    let mut points: Vec<Vertex> = Vec::new();
    loop {
        used[piece] = true;
        points.pop();
        if reversed {
            points.extend(pieces[piece].points.iter().rev());
        } else {
            points.extend(&pieces[piece].points);
        }
        match next[piece][usize::from(!reversed)] {
            Some((following, enters_at_start)) if !used[following] => {
                (piece, reversed) = (following, !enters_at_start);
            }
            _ => return Arc { points, left, right },
        }
    }
}

/// A way out of a junction: an arc, and the direction of its first segment.
struct Exit {
    arc: ArcRef,
    area: Option<usize>,
    direction: (i64, i64),
    used: bool,
}

/// All ways out of junctions, those of one junction together in counter-clockwise order.
struct Junctions {
    vertices: Vec<Vertex>,
    starts: Vec<usize>,
    exits: Vec<Exit>,
}

impl Junctions {
    fn new(arcs: &[Arc]) -> Self {
        let (mut vertices, mut starts, mut exits) = (Vec::new(), vec![0], Vec::new());
        for at in ends_of(arcs).chunk_by(|a, b| a.at == b.at) {
            let from = exits.len();
            exits.extend(at.iter().map(|end| exit(arcs, end)));
            exits[from..].sort_by(|a, b| by_angle(a.direction, b.direction));
            vertices.push(at[0].at);
            starts.push(exits.len());
        }
        Self {
            vertices,
            starts,
            exits,
        }
    }

    /// The exits of the junction at a vertex.
    fn at(&self, vertex: Vertex) -> std::ops::Range<usize> {
        match self.vertices.binary_search(&vertex) {
            Ok(k) => self.starts[k]..self.starts[k + 1],
            Err(_) => 0..0,
        }
    }

    /// The exit that keeps to the area on the left after arriving through `arc`: the first one clockwise from the way
    /// back, so that the ring follows one wedge of its area. `first` is where the ring began and may close.
    fn turn(&self, arcs: &[Arc], arrived: ArcRef, area: usize, first: usize) -> Option<usize> {
        let range = self.at(end_vertex(arcs, arrived));
        let back = range.clone().find(|&k| self.exits[k].arc == turned(arrived))?;
        let clockwise = (range.start..back).rev().chain((back..range.end).rev());
        clockwise
            .into_iter()
            .find(|&k| (k == first || !self.exits[k].used) && self.exits[k].area == Some(area))
    }
}

fn exit(arcs: &[Arc], end: &End) -> Exit {
    let arc = &arcs[end.piece];
    let n = arc.points.len();
    let (second, area) = if end.start {
        (arc.points[1], arc.left)
    } else {
        (arc.points[n - 2], arc.right)
    };
    Exit {
        arc: ArcRef {
            arc: end.piece,
            reversed: !end.start,
        },
        area,
        direction: end.at.to(second),
        used: false,
    }
}

fn turned(r: ArcRef) -> ArcRef {
    ArcRef {
        arc: r.arc,
        reversed: !r.reversed,
    }
}

fn end_vertex(arcs: &[Arc], r: ArcRef) -> Vertex {
    let points = &arcs[r.arc].points;
    if r.reversed {
        points[0]
    } else {
        points[points.len() - 1]
    }
}

/// A junction at which the areas between neighbouring arcs do not agree; there is none where no two areas overlap.
pub(super) fn unsound(arcs: &[Arc]) -> Option<Vertex> {
    let junctions = Junctions::new(arcs);
    let clockwise_side = |r: ArcRef| {
        if r.reversed {
            arcs[r.arc].left
        } else {
            arcs[r.arc].right
        }
    };
    let agrees = |range: &[usize]| {
        let around = &junctions.exits[range[0]..range[1]];
        around
            .iter()
            .zip(around.iter().cycle().skip(1))
            .all(|(exit, next)| exit.area == clockwise_side(next.arc))
    };
    junctions
        .starts
        .windows(2)
        .position(|range| !agrees(range))
        .map(|k| junctions.vertices[k])
}

/// The polygons that lie outside every area and are closed in by areas.
pub(super) fn gaps(arcs: &[Arc], count: usize) -> Vec<Part> {
    let label = |side: Option<usize>| Some(side.unwrap_or(count));
    let arcs: Vec<Arc> = arcs
        .iter()
        .map(|a| Arc {
            points: a.points.clone(),
            left: label(a.left),
            right: label(a.right),
        })
        .collect();
    trace(count + 1, &arcs).pop().unwrap_or_default()
}

/// Rings of every area by following arcs with the area on the left, then polygons from rings.
fn trace(count: usize, arcs: &[Arc]) -> Vec<Vec<Part>> {
    let mut junctions = Junctions::new(arcs);
    let mut rings: Vec<Vec<Vec<ArcRef>>> = vec![Vec::new(); count];
    for first in 0..junctions.exits.len() {
        let Some(area) = junctions.exits[first].area else {
            continue;
        };
        let mut loop_of_arcs = Vec::new();
        let mut exit = Some(first);
        while let Some(k) = exit.filter(|&k| !junctions.exits[k].used) {
            junctions.exits[k].used = true;
            let arc = junctions.exits[k].arc;
            loop_of_arcs.push(arc);
            exit = junctions.turn(arcs, arc, area, first);
        }
        split_at_repeats(arcs, loop_of_arcs, &mut rings[area]);
    }
    rings.into_iter().map(|rings| nest(arcs, rings)).collect()
}

/// Cuts a loop that visits a junction twice into simple rings: a hole that touches its outer ring becomes a hole again.
fn split_at_repeats(arcs: &[Arc], path: Vec<ArcRef>, rings: &mut Vec<Vec<ArcRef>>) {
    let mut open: Vec<(Vertex, ArcRef)> = Vec::new();
    for r in path {
        open.push((end_vertex(arcs, turned(r)), r));
        let end = end_vertex(arcs, r);
        if let Some(k) = open.iter().position(|&(start, _)| start == end) {
            rings.push(open.drain(k..).map(|(_, r)| r).collect());
        }
    }
}

/// Gives each hole to the smallest outer ring around it.
fn nest(arcs: &[Arc], rings: Vec<Vec<ArcRef>>) -> Vec<Part> {
    let (mut outers, mut holes) = (Vec::new(), Vec::new());
    for ring in rings {
        let line = line_of(arcs, &ring);
        let area = twice_area(&line);
        if area > 0 {
            outers.push((area, line, vec![ring]))
        } else {
            holes.push((line, ring))
        }
    }
    outers.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (line, ring) in holes {
        // Outer rings are sorted from the largest to the smallest.
        let around = outers
            .iter()
            .rposition(|(_, outer, _)| middle_inside(line[0], line[1], outer));
        if let Some(k) = around {
            outers[k].2.push(ring);
        }
    }
    outers.into_iter().map(|(_, _, part)| part).collect()
}
