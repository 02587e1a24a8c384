//! Plans broken in one way trip exactly that rule.

use super::judge;
use crate::domain::drawn::Drawn;
use crate::domain::{Goal, LotCount, Share, Volume};

fn broken(map: &Drawn, plan: &str) -> Vec<&'static str> {
    let problem = map.clone().problem();
    let judged = judge(&problem, map.plan(&problem, plan));
    judged.violations().iter().map(|violation| violation.rule).collect()
}

fn row() -> Drawn {
    Drawn::new("abcd").volumes(&[2, 2, 2, 2])
}

#[test]
fn a_plan_that_obeys_has_no_violation() {
    let map = row()
        .floor(4)
        .cap(4)
        .count(LotCount::Exactly(2))
        .keep_whole("ab")
        .never_together("a", "d")
        .lock('a', "1")
        .lock('d', "2");
    assert!(broken(&map, "1122").is_empty());
}

#[test]
fn an_area_in_no_lot_is_unassigned() {
    assert_eq!(broken(&row(), "112?"), ["assigned"]);
}

#[test]
fn a_lot_below_the_floor_is_told_in_pounds() {
    let map = row().floor(3);
    assert_eq!(broken(&map, "1222"), ["floor"]);
    let problem = map.clone().problem();
    let judged = judge(&problem, map.plan(&problem, "1222"));
    assert_eq!(
        judged.violations()[0].message,
        "lot 1 is worth £2, £1 below the floor of £3; give it more areas or merge it"
    );
}

#[test]
fn a_floor_is_met_to_the_penny_and_missed_by_one() {
    let map = Drawn::new("ab").volumes(&[1, 2]);
    let penny = |pence: i64| {
        let mut parts = map.clone().problem().into_parts();
        parts.rules.viability.floor_gbp = Some(crate::domain::Pence(pence));
        let problem = crate::domain::Problem::new(parts);
        judge(&problem, map.plan(&problem, "12")).violations().len()
    };
    assert_eq!((penny(100), penny(101)), (0, 1));
}

#[test]
fn a_lot_above_the_cap_is_told() {
    assert_eq!(broken(&row().cap(5), "1112"), ["cap"]);
}

#[test]
fn a_number_of_lots_outside_its_limits_is_told() {
    assert_eq!(broken(&row().count(LotCount::Range(3, 4)), "1122"), ["count"]);
    assert_eq!(broken(&row().count(LotCount::Exactly(1)), "1122"), ["count"]);
}

#[test]
fn a_lot_in_two_pieces_is_not_contiguous_unless_a_link_joins_it() {
    assert_eq!(broken(&row(), "1221"), ["contiguous"]);
    assert!(broken(&row().ferry('a', 'd'), "1221").is_empty());
    assert!(broken(&row().contiguous(false), "1221").is_empty());
}

#[test]
fn a_group_that_is_cut_is_not_kept_whole() {
    assert_eq!(broken(&row().keep_whole("bc"), "1122"), ["keep_whole"]);
}

#[test]
fn two_groups_in_one_lot_are_together() {
    assert_eq!(broken(&row().never_together("ab", "d"), "1222"), ["never_together"]);
}

#[test]
fn a_locked_area_in_another_lot_breaks_its_lock() {
    assert_eq!(broken(&row().lock('d', "1"), "1122"), ["locks"]);
}

#[test]
fn a_unit_cut_by_a_plan_of_areas_is_told() {
    assert_eq!(broken(&row().units(&["ab", "cd"]), "1222"), ["unit"]);
}

#[test]
fn a_double_member_without_one_of_its_groups_is_told() {
    let map = Drawn::new("abcd").units(&["ab", "d"]).chooses('c', "ad");
    assert!(broken(&map, "1112").is_empty() && broken(&map, "1122").is_empty());
    assert_eq!(broken(&map, "1123"), ["attached"]);
    let problem = map.clone().problem();
    let judged = judge(&problem, map.plan(&problem, "1123"));
    assert_eq!(
        judged.violations()[0].message,
        "c is in lot 2, which holds none of its groups: ab and d; it must go with one of them"
    );
}

#[test]
fn a_split_member_counts_half_in_each_unit() {
    let map = Drawn::new("abc").volumes(&[2, 3, 2]).units(&["ab", "bc"]);
    let problem = map.clone().problem();
    let plan = crate::domain::Plan::from_units(&problem, &[0, 1]);
    let judged = judge(&problem, plan);
    assert!(judged.violations().is_empty());
    assert_eq!(
        judged.lots().iter().map(|lot| lot.volume).collect::<Vec<_>>(),
        [Volume(3500), Volume(3500)]
    );
    assert_eq!(problem.seats()[1].share, Share(500_000));
}

#[test]
fn goals_are_counted_in_whole_numbers() {
    let map = Drawn::new("abcd")
        .volumes(&[1, 2, 3, 4])
        .deal("bc")
        .goal(Goal::DealSplits)
        .goal(Goal::Travel)
        .goal(Goal::Border)
        .goal(Goal::Imbalance);
    let problem = map.clone().problem();
    let judged = judge(&problem, map.plan(&problem, "1122"));
    // Two of the deal's five are outside lot 2; one person and three people go a kilometre to the larger neighbour; one border of a kilometre is
    // between lots; lots of 3 and 7 stand 2 each from the mean of 5, doubled.
    assert_eq!(
        judged.goals(),
        [
            (Goal::DealSplits, 2000),
            (Goal::Travel, 4_000_000),
            (Goal::Border, 1_000_000),
            (Goal::Imbalance, 8000)
        ]
    );
    assert_eq!((judged.lots()[0].hub, judged.lots()[1].hub), (1, 3));
}
