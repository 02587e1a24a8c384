//! Maps drawn as text for tests: each letter is a square of an area, a point or blank is outside.

use super::build::{Labels, Rigour, Shape};
use super::coverage::Coverage;
use super::exact::Vertex;
use crate::domain::Findings;

/// Side of a square in decimetres: 100 m.
pub(super) const SIDE: i32 = 1000;

/// One shape for each letter in alphabetical order, made of its squares. `bend` moves each corner of the lattice.
pub(super) fn shapes(rows: &[&str], bend: impl Fn(i32, i32) -> Vertex) -> Vec<Shape> {
    let mut letters: Vec<char> = rows
        .iter()
        .flat_map(|row| row.chars())
        .filter(|c| c.is_alphabetic())
        .collect();
    letters.sort_unstable();
    letters.dedup();
    let mut shapes = vec![Shape::new(); letters.len()];
    for (down, row) in rows.iter().rev().enumerate() {
        for (right, letter) in row.chars().enumerate() {
            if let Ok(area) = letters.binary_search(&letter) {
                let (x, y) = (right as i32, down as i32);
                let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)];
                shapes[area].push(vec![corners.map(|(x, y)| bend(x, y)).to_vec()]);
            }
        }
    }
    shapes
}

pub(super) fn straight(x: i32, y: i32) -> Vertex {
    Vertex {
        x: x * SIDE,
        y: y * SIDE,
    }
}

/// Builds a coverage, naming areas by letter.
pub(super) fn build(shapes: &[Shape], rigour: Rigour) -> Result<(Coverage, Findings), Findings> {
    let names: Vec<String> = ('a'..).take(shapes.len()).map(String::from).collect();
    let locate = |v: Vertex| format!("{}, {}", v.x, v.y);
    Coverage::build(
        shapes,
        rigour,
        &Labels {
            file: "map",
            names: &names,
            locate: &locate,
        },
    )
}

/// Whether there is nothing to say but that a drawn map has gaps.
pub(super) fn quiet(findings: &Findings) -> bool {
    findings.0.iter().all(|f| f.code == "G109")
}

/// A drawn map without any fault.
pub(super) fn map(rows: &[&str]) -> Coverage {
    let (coverage, findings) = build(&shapes(rows, straight), Rigour::Strict).unwrap();
    assert!(quiet(&findings), "{findings}");
    coverage
}

/// A closed ring through points given in metres.
pub(super) fn ring(points: &[(f64, f64)]) -> Vec<Vertex> {
    points
        .iter()
        .map(|&(x, y)| Vertex::from_metres(x, y).unwrap())
        .collect()
}

/// A rectangle from corner to corner in metres.
pub(super) fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<Vertex> {
    ring(&[
        (west, south),
        (east, south),
        (east, north),
        (west, north),
        (west, south),
    ])
}

/// Pairs of areas with the length of their border in metres.
pub(super) fn borders(coverage: &Coverage) -> Vec<(usize, usize, f64)> {
    coverage
        .borders()
        .iter()
        .map(|b| (b.from, b.to, b.length.metres()))
        .collect()
}
