//! Maps drawn at random come back valid, whole and with every border.

use proptest::prelude::*;

use super::*;
use crate::geo::simplify::Target;

/// A lattice of areas with bent corners, so that no three corners are in line by rule.
fn bent(rows: &[String], bends: &[(i32, i32)]) -> Vec<Shape> {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let width = rows[0].len() as i32 + 1;
    shapes(&rows, |x, y| {
        let (dx, dy) = bends[(y * width + x) as usize];
        Vertex {
            x: x * SIDE + dx,
            y: y * SIDE + dy,
        }
    })
}

/// The map drawn again from the polygons of a coverage.
fn rebuilt(coverage: &Coverage) -> (Coverage, Findings) {
    let line = |l: &::geo::LineString<f64>| l.coords().map(|c| Vertex::from_metres(c.x, c.y).unwrap()).collect();
    let shapes: Vec<Shape> = (0..coverage.len())
        .map(|area| {
            let rings =
                |p: &::geo::Polygon<f64>| std::iter::once(p.exterior()).chain(p.interiors()).map(line).collect();
            coverage.multipolygon(area).iter().map(rings).collect()
        })
        .collect();
    build(&shapes, Rigour::Strict).unwrap()
}

fn pairs(coverage: &Coverage) -> Vec<(usize, usize)> {
    coverage.borders().iter().map(|b| (b.from, b.to)).collect()
}

prop_compose! {
    /// Six by six squares of up to five areas, with gaps, and their bent corners.
    fn any_map()(
        cells in prop::collection::vec(prop::sample::select(vec!['a', 'b', 'c', 'd', 'e', '.']), 36),
        bends in prop::collection::vec((-400..400i32, -400..400i32), 49),
    ) -> Vec<Shape> {
        let rows: Vec<String> = cells.chunks(6).map(|row| row.iter().collect()).collect();
        bent(&rows, &bends)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn shapes_are_valid_and_come_back_the_same(shapes in any_map()) {
        let (coverage, findings) = build(&shapes, Rigour::Strict).unwrap();
        prop_assert!(quiet(&findings), "{}", findings);
        for area in 0..coverage.len() {
            let shape = coverage.multipolygon(area);
            prop_assert!(shape.is_valid(), "{:?}", shape);
            prop_assert!((shape.unsigned_area() - coverage.area_m2(area)).abs() < 1e-3);
        }
        prop_assert_eq!(rebuilt(&coverage).0, coverage);
    }

    #[test]
    fn dissolving_keeps_land_and_outer_borders(shapes in any_map(), two in any::<bool>()) {
        let (coverage, _) = build(&shapes, Rigour::Strict).unwrap();
        let labels: Vec<Option<usize>> = (0..coverage.len()).map(|k| Some(if two { k % 2 } else { 0 })).collect();
        let merged = coverage.dissolve(&labels, 2);
        let land = |c: &Coverage| (0..c.len()).map(|a| c.area_m2(a)).sum::<f64>();
        prop_assert!((land(&coverage) - land(&merged)).abs() < 1e-3);
        let border: f64 = coverage.borders().iter().filter(|b| two && (b.from + b.to) % 2 == 1).map(|b| b.length.metres()).sum();
        let kept: f64 = merged.borders().iter().map(|b| b.length.metres()).sum();
        prop_assert!((border - kept).abs() < 0.1);
        prop_assert!((0..2).all(|a| merged.multipolygon(a).is_valid()));
    }

    #[test]
    fn simplifying_keeps_every_border_and_every_shape_valid(shapes in any_map(), points in 0usize..120) {
        let (coverage, _) = build(&shapes, Rigour::Strict).unwrap();
        let simpler = coverage.simplify(Target::Points(points));
        prop_assert!(simpler.points() <= coverage.points());
        prop_assert_eq!(pairs(&simpler), pairs(&coverage));
        let (again, findings) = rebuilt(&simpler);
        prop_assert!(quiet(&findings), "{}", findings);
        prop_assert_eq!(pairs(&again), pairs(&coverage));
        for area in 0..simpler.len() {
            prop_assert!(simpler.multipolygon(area).is_valid());
            prop_assert_eq!(simpler.parts(area).len(), coverage.parts(area).len());
            prop_assert!(simpler.parts(area).iter().flatten().all(|r| simpler.ring(r).len() >= 4));
        }
    }

    #[test]
    fn two_rectangles_overlap_where_they_share_land(w in 1..60i32, s in 1..60i32, e in 61..90i32, n in 61..90i32, x in -80..80i32, y in -80..80i32) {
        // Two metres a step: what they share is never as thin as a sliver.
        let at = |x: i32| 2.0 * f64::from(x);
        let one = rectangle(at(w), at(s), at(e), at(n));
        let other = rectangle(at(w + x), at(s + y), at(e + x), at(n + y));
        let share = at((e - w - x.abs()).max(0)) * at((n - s - y.abs()).max(0));
        let built = build(&[vec![vec![one]], vec![vec![other]]], Rigour::Strict);
        prop_assert_eq!(built.is_err(), share > 0.0);
    }
}

#[test]
fn a_lattice_without_bends_simplifies_to_its_junctions() {
    let coverage = map(&["aaabbb", "aaabbb", "aaabbb"]);
    let simpler = coverage.simplify(Target::Tolerance(0.05));
    assert_eq!(borders(&simpler), vec![(0, 1, 300.0)]);
    // Two junctions on three arcs; the outer arcs keep two corners each.
    assert_eq!(simpler.points(), 2 + 4 + 4);
    assert_eq!(straight(1, 1).metres(), (100.0, 100.0));
}

#[test]
fn a_narrow_gap_stays_wide_enough_to_be_one() {
    // 0.9 m wide; any three of its corners enclose half of that.
    let hole = rectangle(20.0, 20.0, 120.0, 20.9);
    let around = vec![vec![rectangle(0.0, 0.0, 300.0, 300.0), hole]];
    let (coverage, _) = build(&[around], Rigour::Strict).unwrap();
    let simpler = coverage.simplify(Target::Points(0));
    assert_eq!(
        simpler.points(),
        4 + 5,
        "the outer ring to three corners, the hole with all four"
    );
    let (again, findings) = rebuilt(&simpler);
    assert!(quiet(&findings), "{findings}");
    assert_eq!(again, simpler);
}

proptest! {
    #[test]
    fn any_ring_is_mended_to_a_valid_shape(points in proptest::collection::vec((0..40_i32, 0..40_i32), 3..14)) {
        let mut line: Vec<Vertex> = points.into_iter().map(|(x, y)| Vertex { x: 10 * x, y: 10 * y }).collect();
        line.push(line[0]);
        let shape = vec![vec![line]];
        if let Ok((coverage, _)) = build(&[shape], Rigour::Mending) {
            prop_assert!(coverage.multipolygon(0).is_valid());
            prop_assert!(coverage.area_m2(0) > 0.0);
        }
    }
}
