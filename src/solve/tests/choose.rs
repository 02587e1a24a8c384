//! Double members placed by the search, against brute force over all assignments and partitions.

use super::brute_force::{Levels, best_by_force};
use super::maps::{drawn, labels};
use super::random::random_parts;
use crate::domain::{GoalOutcome, Parts, Pence, Problem, Unwatched};
use crate::solve::{SolveError, solve};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Gives one to three areas a home or two each among the others, anywhere in the order of units.
fn with_double_members(mut parts: Parts, random: &mut impl Rng) -> Parts {
    let count = parts.units.len();
    if count < 4 {
        return parts;
    }
    let double = random.random_range(1..=3.min(count - 2));
    let first = random.random_range(0..count);
    for at in 0..double {
        let mut homes: Vec<usize> = (0..2)
            .map(|_| (first + random.random_range(double..count)) % count)
            .collect();
        homes.sort_unstable();
        homes.dedup();
        parts.units[(first + at) % count].homes = homes;
    }
    parts
}

fn found(goals: &[GoalOutcome]) -> Levels {
    let turned = goals.iter().enumerate();
    turned
        .filter_map(|(at, goal)| goal.value.map(|value| if at == 0 { -value } else { value }))
        .collect()
}

#[test]
fn choices_agree_with_brute_force_on_small_random_maps() -> Result<(), SolveError> {
    let (mut feasible, mut infeasible) = (0, 0);
    for seed in 1000..1300 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let parts = random_parts(&mut random);
        let problem = Problem::new(with_double_members(parts, &mut random));
        let outcome = solve(&problem, &Unwatched)?;
        let Some(expected) = best_by_force(&problem) else {
            infeasible += 1;
            assert!(outcome.infeasible, "seed {seed}: {outcome:?}");
            continue;
        };
        feasible += 1;
        assert_eq!(
            found(&outcome.goals),
            expected,
            "seed {seed}: {:?} {:?}",
            problem.goals(),
            problem.rules()
        );
        assert!(
            outcome.goals.iter().all(GoalOutcome::proved),
            "seed {seed}: {:?}",
            outcome.goals
        );
    }
    assert!(
        feasible > 100 && infeasible > 30,
        "{feasible} feasible, {infeasible} infeasible: the maps test too little"
    );
    Ok(())
}

#[test]
fn a_double_member_goes_where_it_makes_one_lot_more() -> Result<(), SolveError> {
    // The member c may go with a or with e; b needs it on one side to let a reach the floor of three.
    let mut parts = drawn(&["abcdef"]);
    parts.rules.viability.floor_gbp = Some(Pence::pounds(3));
    parts.units[2].homes = vec![0, 4];
    let problem = Problem::new(parts.clone());
    let outcome = solve(&problem, &Unwatched)?;
    assert_eq!(outcome.plan.map(|plan| labels(&problem, &plan)), Some("111222".into()));
    // With its groups at the far end, it can only go there, and what lies between goes with it.
    parts.units[2].homes = vec![5];
    let problem = Problem::new(parts);
    let outcome = solve(&problem, &Unwatched)?;
    assert_eq!(outcome.plan.map(|plan| labels(&problem, &plan)), Some("111111".into()));
    Ok(())
}
