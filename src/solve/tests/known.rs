//! Tests of what is known before a search: plans at hand, and bounds of looser problems.

use crate::domain::drawn::Drawn;
use crate::domain::{Goal, Outcome, Plan, Problem, Stop, Unwatched};
use crate::solve::backend::Highs;
use crate::solve::{
    Known, KnownBound, SolveError, bounds_of, looser, solve, solve_from, solve_knowing, take_bounds, take_impossible,
    take_plan,
};

/// Six areas in a row with one person each, and a floor.
fn row(floor: i64) -> Problem {
    Drawn::new("abcdef").floor(floor).goal(Goal::Travel).problem()
}

fn knowing(problem: &Problem, known: &Known) -> Result<Outcome, SolveError> {
    solve_knowing(problem, known, &Unwatched, &Highs)
}

#[test]
fn a_plan_at_hand_that_meets_known_bounds_needs_no_search() -> Result<(), SolveError> {
    let loose = solve(&row(2), &Unwatched)?;
    let known = Known {
        plans: loose.plan.iter().cloned().collect(),
        bounds: bounds_of(&loose, "a lower floor"),
        impossible: None,
    };
    let problem = row(2);
    let outcome = knowing(&problem, &known)?;
    assert_eq!((outcome.stop, outcome.strategy.as_str()), (Stop::Proved, "warm start"));
    assert_eq!(outcome.goals[1].argument, "a lower floor");
    assert_eq!(outcome.plan, loose.plan);
    Ok(())
}

#[test]
fn plans_that_break_a_rule_or_are_of_other_units_are_passed_over() -> Result<(), SolveError> {
    let problem = row(3);
    let small = Plan::from_units(&problem, &[0, 0, 1, 1, 2, 2]);
    let torn = Plan::from_units(&problem, &[0, 0, 1, 1, 1, 0]);
    let other = Plan::from_units(&Drawn::new("abcdefgh").problem(), &[0, 0, 0, 0, 1, 1, 1, 1]);
    let few = Plan::from_units(&Drawn::new("abc").problem(), &[0, 0, 0]);
    let none = Plan::labelled(&[], &[None; 6]);
    let outcome = solve_from(&problem, &[small, torn, other, few, none], &Unwatched)?;
    assert_eq!(outcome.plan, Some(Plan::from_units(&problem, &[0, 0, 0, 1, 1, 1])));
    assert_ne!(outcome.strategy, "warm start");
    Ok(())
}

#[test]
fn a_plan_that_cuts_a_group_kept_whole_is_passed_over() -> Result<(), SolveError> {
    let problem = Drawn::new("abcd").floor(2).keep_whole("bc").problem();
    let cut = Plan::from_units(&problem, &[0, 0, 1, 1]);
    assert_eq!(solve_from(&problem, &[cut], &Unwatched)?.goals[0].value, Some(1));
    Ok(())
}

#[test]
fn what_is_known_to_be_impossible_is_not_searched() -> Result<(), SolveError> {
    let known = Known {
        impossible: Some("no plan exists at 2 already".into()),
        ..Known::default()
    };
    let outcome = knowing(&row(3), &known)?;
    assert!(outcome.infeasible && outcome.plan.is_none());
    assert_eq!(
        (outcome.findings[0].code, outcome.findings[0].message.as_str()),
        ("R109", "no plan exists at 2 already")
    );
    Ok(())
}

#[test]
fn a_lower_floor_and_a_higher_cap_are_looser() {
    assert_eq!(looser(&row(2), &row(3)), Some("a lower floor"));
    assert_eq!(looser(&row(3), &row(2)), None);
    assert_eq!(looser(&row(3), &row(3)), Some("the same limits"));
    let capped = |floor, cap| Drawn::new("abcdef").floor(floor).cap(cap).problem();
    assert_eq!(looser(&capped(1, 5), &capped(1, 4)), Some("a higher cap"));
    assert_eq!(looser(&capped(1, 5), &capped(2, 4)), Some("looser limits"));
    assert_eq!(looser(&capped(1, 4), &capped(2, 5)), None);
    assert_eq!(
        looser(&Drawn::new("abcdef").problem(), &Drawn::new("abcdeg").problem()),
        None
    );
    let mut seeded = row(2).into_parts();
    seeded.search.seed = 7;
    assert_eq!(
        looser(&Problem::new(seeded), &row(3)),
        None,
        "another seed asks for another search"
    );
}

#[test]
fn a_better_plan_of_a_tighter_problem_is_taken_and_later_bounds_are_void() -> Result<(), SolveError> {
    let tight = solve(&row(2), &Unwatched)?;
    let mut poor = tight.clone();
    poor.stop = Stop::Time;
    (poor.goals[0].value, poor.goals[0].bound) = (Some(2), Some(5));
    assert!(take_plan(&mut poor, &tight));
    assert_eq!(
        (&poor.plan, poor.goals[0].value, poor.goals[0].bound),
        (&tight.plan, Some(3), Some(5))
    );
    assert_eq!(
        (
            poor.goals[1].value,
            poor.goals[1].bound,
            poor.goals[1].argument.as_str()
        ),
        (tight.goals[1].value, Some(0), "zero")
    );
    assert_eq!((poor.stop, poor.strategy.as_str()), (Stop::Time, "warm start"));
    assert!(!take_plan(&mut poor, &tight), "it is no better than itself");
    take_bounds(&mut poor, &bounds_of(&tight, "a lower floor"));
    assert_eq!(
        (poor.stop, poor.goals[0].bound, poor.goals[1].bound),
        (Stop::Proved, Some(3), tight.goals[1].bound)
    );
    Ok(())
}

#[test]
fn bounds_on_goals_speak_only_of_as_many_lots() -> Result<(), SolveError> {
    let (loose, tight) = (solve(&row(2), &Unwatched)?, solve(&row(3), &Unwatched)?);
    let mut taken = tight.clone();
    taken.goals[1].bound = None;
    take_bounds(&mut taken, &bounds_of(&loose, "a lower floor"));
    assert_eq!((taken.goals[0].bound, taken.goals[1].bound), (Some(2), None));
    Ok(())
}

#[test]
fn only_a_problem_without_a_plan_can_be_ruled_out() -> Result<(), SolveError> {
    let mut outcome = solve(&row(2), &Unwatched)?;
    take_impossible(&mut outcome, "why");
    assert!(!outcome.infeasible);
    outcome.plan = None;
    take_impossible(&mut outcome, "why");
    assert!(outcome.infeasible && outcome.stop == Stop::Proved);
    Ok(())
}

#[test]
fn a_bound_that_a_plan_refutes_is_told_as_a_fault_and_not_lowered() {
    let problem = row(2);
    let told = |before: Vec<i64>, value: i64| {
        let known = Known {
            plans: vec![Plan::from_units(&problem, &[0, 0, 1, 1, 2, 2])],
            bounds: vec![KnownBound {
                before,
                value,
                argument: "a slip",
            }],
            ..Known::default()
        };
        knowing(&problem, &known).map(|outcome| outcome.stop)
    };
    let refuted = |told: Result<Stop, SolveError>| matches!(told, Err(SolveError::Unsound(what)) if what.contains("by a slip is refuted by a plan of"));
    assert!(refuted(told(Vec::new(), 2)), "there is a plan of three lots");
    assert!(refuted(told(vec![3], 1_000_000_000)), "there is one with less travel");
    assert_eq!(told(Vec::new(), 3), Ok(Stop::Proved));
}
