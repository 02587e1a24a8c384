//! Every exact strategy, with every backend, against brute force on small maps and against the others on larger ones.

use super::brute_force::{Levels, allowed, best_by_force, levels};
use super::random::{random_grid, random_parts};
use crate::domain::{GoalOutcome, Outcome, Plan, Problem, Unwatched};
use crate::solve::backend::{Backend, Highs, Microlp};
use crate::solve::instance::Instance;
use crate::solve::run::{solve_by, strategies};
use crate::solve::{SetPartitioning, SolveError, Strategy};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::ops::Range;

type Choose = fn(&Instance<'_>, usize) -> Vec<Box<dyn Strategy>>;

/// Ways to a proof: a name, a backend, and strategies in the order of running. A new exact strategy is one more line.
const WAYS: [(&str, &dyn Backend, Choose); 3] = [
    ("as the program runs", &Highs, strategies),
    ("set partitioning", &Highs, |_, _| {
        vec![Box::new(SetPartitioning::default())]
    }),
    ("set partitioning by microlp", &Microlp, |_, _| {
        vec![Box::new(SetPartitioning::default())]
    }),
];

fn solved(problem: &Problem, way: usize) -> Result<Outcome, SolveError> {
    let (_, backend, choose) = WAYS[way];
    solve_by(problem, &crate::solve::Known::default(), &Unwatched, backend, choose)
}

/// The values of an outcome as levels, less being better.
fn values(outcome: &Outcome) -> Option<Levels> {
    let goals = outcome.goals.iter().enumerate();
    goals
        .map(|(at, goal)| goal.value.map(|value| if at == 0 { -value } else { value }))
        .collect()
}

fn lot_of_unit(problem: &Problem, plan: &Plan) -> Vec<usize> {
    let units = problem.units().iter();
    units
        .map(|unit| plan.lot_of_seat(unit.seats[0]).unwrap_or(usize::MAX))
        .collect()
}

/// Every way finds the levels that brute force finds, proves them, and has a plan that obeys every rule. Gives the number of maps with a plan.
fn agree_with_brute_force(seeds: Range<u64>) -> Result<usize, SolveError> {
    let mut feasible = 0;
    for seed in seeds {
        let problem = Problem::new(random_parts(&mut ChaCha8Rng::seed_from_u64(seed)));
        let expected = best_by_force(&problem);
        feasible += usize::from(expected.is_some());
        for (way, (name, ..)) in WAYS.iter().enumerate() {
            let case = format!("seed {seed}, {name}: {:?} {:?}", problem.goals(), problem.rules());
            let outcome = solved(&problem, way)?;
            assert_eq!(values(&outcome), expected, "{case}");
            assert_eq!(outcome.infeasible, expected.is_none(), "{case}");
            let Some(plan) = &outcome.plan else {
                assert!(expected.is_none() && !outcome.findings.is_empty(), "{case}");
                continue;
            };
            assert!(
                outcome.goals.iter().all(GoalOutcome::proved),
                "{case} {:?}",
                outcome.goals
            );
            let lot_of = lot_of_unit(&problem, plan);
            assert!(allowed(&problem, &lot_of, plan.lots().len()), "{case}");
            assert_eq!(Some(levels(&problem, &lot_of, plan.lots().len())), expected, "{case}");
        }
    }
    Ok(feasible)
}

#[test]
fn every_way_agrees_with_brute_force_on_small_maps() -> Result<(), SolveError> {
    let feasible = agree_with_brute_force(0..600)?;
    assert!(
        (200..500).contains(&feasible),
        "{feasible} of 600 maps have a plan: they test too little"
    );
    Ok(())
}

/// Ways that prove everything prove the same values, and no way beats the bound of another on the number of lots. Gives the share of proofs.
fn agree_with_each_other(seeds: Range<u64>) -> Result<f64, SolveError> {
    let (mut proofs, mut runs) = (0, 0);
    for seed in seeds {
        let problem = Problem::new(random_grid(&mut ChaCha8Rng::seed_from_u64(seed)));
        assert!((20..=40).contains(&problem.areas().len()));
        let outcomes: Vec<Outcome> = (0..WAYS.len())
            .map(|way| solved(&problem, way))
            .collect::<Result<_, _>>()?;
        let proved = |outcome: &&Outcome| outcome.infeasible || outcome.goals.iter().all(GoalOutcome::proved);
        let known: Vec<Option<Levels>> = outcomes.iter().filter(proved).map(values).collect();
        let case = format!("seed {seed}: {:?} {:?} {outcomes:?}", problem.goals(), problem.rules());
        assert!(known.windows(2).all(|pair| pair[0] == pair[1]), "{case}");
        let most = outcomes.iter().filter_map(|outcome| outcome.goals[0].bound).min();
        let found = outcomes.iter().filter_map(|outcome| outcome.goals[0].value).max();
        assert!(found <= most.or(found), "{case}");
        proofs += known.len();
        runs += outcomes.len();
    }
    Ok(proofs as f64 / runs as f64)
}

#[test]
fn every_way_agrees_with_the_others_on_maps_of_20_to_40_areas() -> Result<(), SolveError> {
    let proved = agree_with_each_other(0..16)?;
    assert!(
        proved > 0.6,
        "only {proved} of the runs end with a proof: too few to compare"
    );
    Ok(())
}
