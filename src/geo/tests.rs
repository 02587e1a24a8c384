//! Coverages on drawn maps: borders, faults, strips and gaps.

mod mended;
mod random;

use ::geo::{Area, Validation};

use super::build::{Rigour, Shape};
use super::coverage::Coverage;
use super::drawn::{SIDE, borders, build, map, quiet, rectangle, ring, shapes, straight};
use super::exact::Vertex;
use crate::domain::{Findings, Severity};

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.0.iter().map(|f| f.code).collect()
}

fn faults(shapes: &[Shape]) -> Findings {
    build(shapes, Rigour::Strict).unwrap_err()
}

#[test]
fn a_hole_outside_of_its_ring_is_told_though_other_areas_hang_together_with_it() {
    // The hole of the first area lies on the rim of the second, which overlaps both of them.
    let first = vec![vec![
        rectangle(0.0, 0.0, 100.0, 100.0),
        rectangle(200.0, 0.0, 300.0, 100.0),
    ]];
    let second = vec![vec![rectangle(50.0, 0.0, 300.0, 100.0)]];
    let faults = build(&[first.clone(), second.clone()], Rigour::Strict).unwrap_err();
    assert!(codes(&faults).contains(&"G208"), "{faults}");
    // The hole takes no land away: half of the ring lies in the second area.
    let (size, part) = ("5000 m²", "50.0 %");
    let message = |f: &crate::domain::Finding| f.message.contains(size) && f.message.contains(part);
    assert!(faults.0.iter().any(|f| f.code == "G206" && message(f)), "{faults}");
}

#[test]
fn neighbours_share_a_border_and_a_corner_is_none() {
    let coverage = map(&["aab", "ccb", "d.b"]);
    assert_eq!(
        borders(&coverage),
        vec![(0, 1, 100.0), (0, 2, 200.0), (1, 2, 100.0), (2, 3, 100.0)]
    );
    assert_eq!(coverage.area_m2(1), 30_000.0);
    assert_eq!(coverage.centroid(0), (100.0, 250.0));
}

#[test]
fn an_area_inside_another_sits_in_its_hole() {
    let coverage = map(&["aaa", "aba", "aaa"]);
    assert_eq!(borders(&coverage), vec![(0, 1, 400.0)]);
    let outer = coverage.multipolygon(0);
    assert_eq!((outer.0.len(), outer.0[0].interiors().len()), (1, 1));
    assert_eq!(outer.unsigned_area(), 80_000.0);
}

#[test]
fn parts_that_meet_at_a_point_stay_apart_and_so_do_holes() {
    let chequers = map(&["ab", "ba"]);
    assert_eq!((chequers.parts(0).len(), chequers.parts(1).len()), (2, 2));
    assert_eq!(borders(&chequers), vec![(0, 1, 400.0)]);
    let pierced = map(&["aaaa", "a.aa", "aa.a", "aaaa"]).multipolygon(0);
    assert_eq!((pierced.0.len(), pierced.0[0].interiors().len()), (1, 2));
    let notched = map(&["aaa", "a.a", ".aa"]).multipolygon(0);
    assert!(notched.is_valid() && notched.unsigned_area() == 70_000.0);
}

#[test]
fn a_hole_may_hold_an_island_of_the_same_area() {
    let coverage = map(&["aaaaa", "abbba", "ababa", "abbba", "aaaaa"]);
    let shape = coverage.multipolygon(0);
    assert_eq!(
        shape.iter().map(|p| p.interiors().len()).collect::<Vec<_>>(),
        vec![1, 0]
    );
    assert!(shape.is_valid());
}

#[test]
fn a_border_is_found_where_only_one_of_the_neighbours_has_a_vertex() {
    let long = vec![vec![rectangle(0.0, 0.0, 200.0, 50.0)]];
    let left = vec![vec![rectangle(0.0, 50.0, 90.0, 80.0)]];
    let right = vec![vec![rectangle(90.0, 50.0, 240.0, 80.0)]];
    let (coverage, findings) = build(&[long, left, right], Rigour::Strict).unwrap();
    assert_eq!(borders(&coverage), vec![(0, 1, 90.0), (0, 2, 110.0), (1, 2, 30.0)]);
    assert_eq!(findings, Findings::default());
}

#[test]
fn areas_that_overlap_are_told_with_their_size() {
    let pairs = [
        (
            rectangle(0.0, 0.0, 2000.0, 2000.0),
            rectangle(1000.0, 0.0, 3000.0, 2000.0),
            "2.00 km² (50.0 %",
        ),
        (
            rectangle(0.0, 0.0, 2000.0, 2000.0),
            rectangle(1000.0, 1000.0, 3000.0, 3000.0),
            "1.00 km² (25.0 %",
        ),
        (
            rectangle(0.0, 0.0, 90.0, 90.0),
            rectangle(10.0, 10.0, 20.0, 20.0),
            "100 m² (100.0 %",
        ),
        (
            rectangle(0.0, 0.0, 90.0, 90.0),
            rectangle(0.0, 0.0, 90.0, 90.0),
            "8100 m² (100.0 %",
        ),
        (
            rectangle(0.0, 0.0, 90.0, 90.0),
            rectangle(0.0, 0.0, 45.0, 45.0),
            "2025 m² (100.0 %",
        ),
    ];
    for (one, other, size) in pairs {
        let told = faults(&[vec![vec![one]], vec![vec![other]]]);
        assert_eq!(codes(&told), vec!["G206"], "{told}");
        assert!(
            told.0[0].message.contains("a and b overlap by") && told.0[0].message.contains(size),
            "{told}"
        );
    }
}

#[test]
fn every_fault_of_every_area_is_told_at_once() {
    let short = vec![vec![ring(&[(0.0, 0.0), (9.0, 0.0), (0.0, 0.0)])]];
    let open = vec![vec![ring(&[(20.0, 0.0), (29.0, 0.0), (29.0, 9.0), (20.0, 9.0)])]];
    let bow = vec![vec![ring(&[
        (40.0, 0.0),
        (49.0, 9.0),
        (49.0, 0.0),
        (40.0, 5.0),
        (40.0, 0.0),
    ])]];
    let flat = vec![vec![ring(&[(60.0, 0.0), (65.0, 0.0), (69.0, 0.0), (60.0, 0.0)])]];
    let pinch = vec![vec![ring(&[
        (0.0, 50.0),
        (5.0, 55.0),
        (10.0, 50.0),
        (10.0, 60.0),
        (5.0, 55.0),
        (0.0, 60.0),
        (0.0, 50.0),
    ])]];
    let stray = vec![vec![rectangle(80.0, 0.0, 89.0, 9.0), rectangle(91.0, 1.0, 95.0, 5.0)]];
    let told = faults(&[Shape::new(), short, open, bow, flat, pinch, stray]);
    let mut found: Vec<(&str, &str)> = told.0.iter().map(|f| (f.subject.as_str(), f.code)).collect();
    found.sort_unstable();
    let expected = ["G201", "G202", "G203", "G204", "G205", "G204", "G208"];
    let subjects = ["map a", "map b", "map c", "map d", "map e", "map f", "map g"];
    assert_eq!(found, subjects.into_iter().zip(expected).collect::<Vec<_>>());
}

#[test]
fn a_ring_that_touches_its_own_side_or_runs_back_on_itself_is_a_fault() {
    let side = ring(&[
        (0.0, 0.0),
        (50.0, 0.0),
        (50.0, 30.0),
        (25.0, 0.0),
        (0.0, 30.0),
        (0.0, 0.0),
    ]);
    let spike = ring(&[(0.0, 0.0), (9.0, 0.0), (9.0, 20.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)]);
    for line in [side, spike] {
        assert_eq!(codes(&faults(&[vec![vec![line]]])), vec!["G204"]);
    }
}

#[test]
fn parts_of_one_area_that_overlap_are_a_fault() {
    let crossing = vec![
        vec![rectangle(0.0, 0.0, 20.0, 20.0)],
        vec![rectangle(10.0, 10.0, 30.0, 30.0)],
    ];
    let nested = vec![
        vec![rectangle(0.0, 0.0, 20.0, 20.0)],
        vec![rectangle(5.0, 5.0, 9.0, 9.0)],
    ];
    for shape in [crossing, nested] {
        assert_eq!(codes(&faults(&[shape])), vec!["G204"]);
    }
}

#[test]
fn a_polygon_that_turns_the_other_way_is_a_hole_where_mending_is_wanted() {
    let mut hole = rectangle(5.0, 5.0, 9.0, 9.0);
    hole.reverse();
    let shape = vec![vec![rectangle(0.0, 0.0, 20.0, 20.0)], vec![hole]];
    let inner = vec![vec![rectangle(5.0, 5.0, 9.0, 9.0)]];
    let (coverage, findings) = build(&[shape, inner], Rigour::Mending).unwrap();
    assert_eq!((codes(&findings), coverage.area_m2(0)), (vec!["G107"], 384.0));
    assert_eq!(borders(&coverage), vec![(0, 1, 16.0)]);
}

#[test]
fn strips_of_rounding_are_settled_and_the_border_is_there() {
    // The border of the second leans across that of the first by 0.2 m on either side.
    let one = vec![vec![rectangle(0.0, 0.0, 100.0, 100.0)]];
    let other = ring(&[(99.8, 0.0), (200.0, 0.0), (200.0, 100.0), (100.2, 100.0), (99.8, 0.0)]);
    let (coverage, findings) = build(&[one, vec![vec![other]]], Rigour::Strict).unwrap();
    assert_eq!(codes(&findings), vec!["G104"]);
    assert!(findings.0.iter().all(|f| f.severity != Severity::Error));
    let found = borders(&coverage);
    assert!(found.len() == 1 && (49.0..101.0).contains(&found[0].2), "{found:?}");
}

#[test]
fn a_gap_of_rounding_that_is_closed_in_is_closed() {
    let one = vec![vec![rectangle(0.0, 0.0, 100.0, 100.0)]];
    let bent = ring(&[
        (100.0, 0.0),
        (200.0, 0.0),
        (200.0, 100.0),
        (100.0, 100.0),
        (100.2, 50.0),
        (100.0, 0.0),
    ]);
    let (coverage, findings) = build(&[one, vec![vec![bent]]], Rigour::Strict).unwrap();
    assert_eq!(codes(&findings), vec!["G106"]);
    assert_eq!(borders(&coverage).len(), 1);
    assert_eq!(coverage.area_m2(0) + coverage.area_m2(1), 20_000.0);
}

#[test]
fn what_neither_claims_stays_outside_when_it_is_wide() {
    let coverage = map(&["aab", "a.b", "abb"]);
    assert_eq!(coverage.area_m2(0) + coverage.area_m2(1), 80_000.0);
}

#[test]
fn a_subset_keeps_only_the_borders_among_its_members() {
    let coverage = map(&["abc", "def"]);
    let subset = coverage.subset(&[4, 1]);
    assert_eq!(borders(&subset), vec![(0, 1, 100.0)]);
    assert_eq!(subset.area_m2(0), 10_000.0);
}

#[test]
fn a_dissolved_map_is_the_map_drawn_dissolved() {
    let coverage = map(&["abc", "def", "ghi"]);
    let labels = [
        Some(0),
        Some(0),
        Some(1),
        Some(0),
        None,
        Some(1),
        Some(1),
        Some(1),
        Some(1),
    ];
    assert_eq!(coverage.dissolve(&labels, 2), map(&["aab", "a.b", "bbb"]));
}

#[test]
fn land_that_areas_close_in_is_measured() {
    let lake = shapes(&["aab", "a.b", "ccb"], straight);
    let (_, findings) = build(&lake, Rigour::Strict).unwrap();
    assert_eq!(codes(&findings), vec!["G109"]);
    assert!(findings.0[0].message.contains("1, 10000 m² in all"), "{findings}");
}

#[test]
fn a_gap_is_a_border_only_where_the_reach_spans_it() {
    let shapes = [
        vec![vec![rectangle(0.0, 0.0, 100.0, 100.0)]],
        vec![vec![rectangle(103.0, 20.0, 200.0, 80.0)]],
        vec![vec![rectangle(0.0, 100.0, 100.0, 200.0)]],
    ];
    let (coverage, _) = build(&shapes, Rigour::Strict).unwrap();
    assert!(coverage.near_borders(0.0).is_empty() && coverage.near_borders(2.0).is_empty());
    let near = coverage.near_borders(5.0);
    let pairs: Vec<(usize, usize, &str)> = near.iter().map(|b| (b.from, b.to, b.kind.word())).collect();
    assert_eq!(pairs, vec![(0, 1, "near")]);
    let metres = near[0].length.metres();
    assert!((58.0..=72.0).contains(&metres), "{metres}");
}

#[test]
fn what_lies_nearest_to_an_island_is_found_with_its_distance() {
    let coverage = map(&["aa..b", "cc...", "....."]);
    let diagonal = 200_f64.hypot(0.0);
    assert_eq!(
        coverage.nearest(&[1], 2, |_| true),
        vec![vec![(0, 200.0), (2, diagonal)]]
    );
    assert_eq!(coverage.nearest(&[1], 2, |area| area == 2)[0].len(), 1);
    assert!(coverage.nearest(&[], 2, |_| true).is_empty());
}

#[test]
fn the_nearest_of_many_areas_that_all_lie_apart_are_found() {
    let square = |k: i32| {
        let (west, south) = (f64::from(k % 20) * 130.0, f64::from(k / 20) * 1130.0);
        vec![vec![rectangle(west, south, west + 100.0, south + 100.0)]]
    };
    let apart: Vec<Shape> = (0..60).map(square).collect();
    let coverage = build(&apart, Rigour::Strict).unwrap().0;
    let near = coverage.nearest(&[0, 21], 3, |area| area != 22);
    assert_eq!(near[0], [(1, 30.0), (2, 160.0), (3, 290.0)]);
    assert_eq!(near[1], [(20, 30.0), (23, 160.0), (24, 290.0)], "one does not count");
    let far = coverage.nearest(&[0], 21, |_| true);
    assert_eq!((far[0][8], far[0][9]), ((20, 1030.0), (21, 1030_f64.hypot(30.0))));
    assert_eq!(coverage.nearest(&[0], 100, |_| true)[0].len(), 59);
}
