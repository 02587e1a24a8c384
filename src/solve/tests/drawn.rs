//! Searches on drawn maps, with the answer in plain sight.

use super::maps::{deal, drawn, group, labels, lock};
use crate::domain::{Goal, Link, LotCount, Outcome, Parts, Pence, Problem, Stop, Unwatched};
use crate::solve::{SolveError, solve};

fn floor(mut parts: Parts, people: i64) -> Parts {
    parts.rules.viability.floor_gbp = Some(Pence::pounds(people));
    parts
}

fn solved(parts: Parts) -> Result<(Outcome, String), SolveError> {
    let problem = Problem::new(parts);
    let outcome = solve(&problem, &Unwatched)?;
    let drawn = outcome
        .plan
        .as_ref()
        .map_or_else(String::new, |plan| labels(&problem, plan));
    Ok((outcome, drawn))
}

#[test]
fn a_row_is_cut_into_as_many_lots_as_reach_the_floor() -> Result<(), SolveError> {
    let (outcome, plan) = solved(floor(drawn(&["abcdef"]), 2))?;
    assert_eq!((plan.as_str(), outcome.stop), ("112233", Stop::Proved));
    Ok(())
}

#[test]
fn an_island_joins_a_lot_only_through_a_link() -> Result<(), SolveError> {
    let alone = floor(drawn(&["aa.b"]), 2);
    let (outcome, _) = solved(alone.clone())?;
    assert!(outcome.infeasible);
    assert_eq!(outcome.findings[0].code, "R103");
    assert!(
        outcome.findings[0]
            .message
            .contains("the component of b holds £1, £1 short of the floor of £2")
    );
    let mut linked = alone;
    let ferry = Link {
        from: 0,
        to: 1,
        kind: "ferry".into(),
        name: "boat".into(),
    };
    linked.adjacency = crate::domain::Adjacency::new(2, linked.adjacency.borders().to_vec(), vec![ferry]);
    assert_eq!(solved(linked)?.1, "11");
    Ok(())
}

#[test]
fn a_deal_is_kept_in_one_lot_where_that_costs_no_lot() -> Result<(), SolveError> {
    let mut parts = floor(drawn(&["abc", "def"]), 3);
    parts.deals = vec![deal(&parts, "abd")];
    parts.goals = vec![Goal::DealSplits];
    let (outcome, plan) = solved(parts)?;
    assert_eq!((outcome.goals[1].value, plan.as_str()), (Some(0), "112122"));
    Ok(())
}

#[test]
fn what_is_never_together_is_apart_and_what_is_locked_keeps_its_label() -> Result<(), SolveError> {
    let mut parts = floor(drawn(&["abcd"]), 1);
    parts.rules.never_together = vec![(group(&parts, "ab"), group(&parts, "cd"))];
    parts.rules.locks = vec![lock(&parts, "d", "9")];
    parts.rules.count = LotCount::Exactly(2);
    assert_eq!(solved(parts)?.1, "1199");
    Ok(())
}

#[test]
fn a_group_kept_whole_and_scattered_needs_what_lies_between() -> Result<(), SolveError> {
    let mut parts = floor(drawn(&["abc"]), 1);
    parts.rules.keep_whole = vec![group(&parts, "ac")];
    assert_eq!(solved(parts.clone())?.1, "111");
    parts.rules.contiguous = false;
    assert_eq!(solved(parts)?.1, "121");
    Ok(())
}

#[test]
fn rules_that_contradict_each_other_are_named() -> Result<(), SolveError> {
    let mut parts = floor(drawn(&["abc"]), 1);
    parts.rules.keep_whole = vec![group(&parts, "ab")];
    parts.rules.locks = vec![lock(&parts, "a", "1"), lock(&parts, "b", "2")];
    let (outcome, _) = solved(parts.clone())?;
    assert!(outcome.infeasible && outcome.findings[0].code == "R104");
    parts.rules.locks.clear();
    parts.rules.never_together = vec![(group(&parts, "a"), group(&parts, "b"))];
    assert_eq!(solved(parts)?.0.findings[0].code, "R105");
    Ok(())
}

#[test]
fn a_floor_above_the_whole_and_too_many_lots_are_refused_with_figures() -> Result<(), SolveError> {
    let (outcome, _) = solved(floor(drawn(&["abc"]), 4))?;
    assert_eq!(outcome.findings[0].code, "R101");
    assert!(
        outcome.findings[0]
            .message
            .contains("the floor of £4 a lot is above the whole of £3")
    );
    let mut parts = floor(drawn(&["abcdef"]), 2);
    parts.rules.count = LotCount::Exactly(4);
    let (outcome, _) = solved(parts)?;
    assert_eq!(outcome.findings[0].code, "R107");
    assert!(
        outcome.findings[0]
            .message
            .contains("4 lots are asked for, but there can be 3 at most, by counting")
    );
    Ok(())
}

#[test]
fn an_area_above_the_cap_and_a_cap_that_needs_more_lots_are_named() -> Result<(), SolveError> {
    let mut parts = floor(drawn(&["aaab"]), 1);
    parts.rules.viability.cap_gbp = Some(Pence::pounds(2));
    assert_eq!(solved(parts)?.0.findings[0].code, "R106");
    let mut parts = floor(drawn(&["abcd"]), 1);
    parts.rules.viability.cap_gbp = Some(Pence::pounds(2));
    parts.rules.count = LotCount::Exactly(1);
    assert_eq!(solved(parts)?.0.findings[0].code, "R108");
    Ok(())
}

#[test]
fn a_separator_proves_what_counting_cannot() -> Result<(), SolveError> {
    // Four arms of one person around a centre: each lot needs the centre.
    let (outcome, _) = solved(floor(drawn(&[".a.", "bcd", ".e."]), 2))?;
    assert_eq!((outcome.goals[0].value, outcome.goals[0].bound), (Some(1), Some(1)));
    assert_eq!(outcome.goals[0].argument, "dead ends");
    Ok(())
}
