//! Rings that cross, land that is claimed twice: what mending makes of them, and what it says.

use super::*;

/// A square of 100 m with a bow of 10 m by 10 m at its corner, of which each half runs its own way.
fn with_a_bow() -> Shape {
    vec![vec![ring(&[
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 100.0),
        (110.0, 110.0),
        (110.0, 100.0),
        (100.0, 110.0),
        (100.0, 100.0),
        (0.0, 100.0),
        (0.0, 0.0),
    ])]]
}

#[test]
fn a_ring_that_crosses_itself_is_repaired_and_told_with_what_changes() {
    let (coverage, findings) = build(&[with_a_bow()], Rigour::Mending).unwrap();
    assert_eq!((codes(&findings), coverage.area_m2(0)), (vec!["G107"], 10_050.0));
    assert!(coverage.multipolygon(0).is_valid());
    assert!(
        findings.0[0].message.contains("from 10000 m² to 10050 m² (by 0.50 %)"),
        "{findings}"
    );
    let (careful, _) = build(&[with_a_bow()], Rigour::Careful).unwrap();
    assert_eq!(careful, coverage);
}

#[test]
fn a_repair_that_changes_much_needs_to_be_asked_for() {
    let bow = vec![vec![ring(&[
        (0.0, 0.0),
        (9.0, 9.0),
        (9.0, 0.0),
        (0.0, 7.0),
        (0.0, 0.0),
    ])]];
    let told = build(std::slice::from_ref(&bow), Rigour::Careful).unwrap_err();
    assert_eq!(codes(&told), vec!["G204"]);
    assert!(told.0[0].help.contains("mend = true"), "{told}");
    let (coverage, findings) = build(&[bow], Rigour::Mending).unwrap();
    assert_eq!(codes(&findings), vec!["G107"]);
    assert!((36.0..37.0).contains(&coverage.area_m2(0)), "{}", coverage.area_m2(0));
}

#[test]
fn parts_that_overlap_and_holes_outside_are_land_once_mended() {
    let crossing = vec![
        vec![rectangle(0.0, 0.0, 20.0, 20.0)],
        vec![rectangle(10.0, 10.0, 30.0, 30.0)],
    ];
    let nested = vec![
        vec![rectangle(0.0, 0.0, 20.0, 20.0)],
        vec![rectangle(5.0, 5.0, 9.0, 9.0)],
    ];
    let outside = vec![vec![rectangle(80.0, 0.0, 89.0, 9.0), rectangle(91.0, 1.0, 95.0, 5.0)]];
    for (shape, size) in [(crossing, 700.0), (nested, 400.0), (outside, 97.0)] {
        let (coverage, findings) = build(&[shape], Rigour::Mending).unwrap();
        assert_eq!((codes(&findings), coverage.area_m2(0)), (vec!["G107"], size));
    }
}

#[test]
fn a_little_land_that_two_areas_claim_is_left_to_the_first() {
    let one = vec![vec![rectangle(0.0, 0.0, 200.0, 100.0)]];
    let other = vec![vec![rectangle(199.0, 0.0, 400.0, 100.0)]];
    let (coverage, findings) = build(&[one.clone(), other.clone()], Rigour::Careful).unwrap();
    assert_eq!(codes(&findings), vec!["G108"]);
    assert_eq!((coverage.area_m2(0), coverage.area_m2(1)), (20_000.0, 20_000.0));
    assert_eq!(codes(&build(&[one, other], Rigour::Strict).unwrap_err()), vec!["G206"]);
}

#[test]
fn groups_that_share_members_are_told_from_areas() {
    let one = vec![vec![rectangle(0.0, 0.0, 200.0, 100.0)]];
    let other = vec![vec![rectangle(100.0, 0.0, 300.0, 100.0)]];
    let third = vec![vec![rectangle(250.0, 0.0, 400.0, 100.0)]];
    let told = build(&[one, other, third], Rigour::Mending).unwrap_err();
    assert_eq!(codes(&told), vec!["G206", "G206", "G210"]);
    assert!(told.0[2].message.contains("2 pairs of its 3 areas share"), "{told}");
}
