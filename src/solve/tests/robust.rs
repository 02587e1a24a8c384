//! Falls and chances against brute force: every plan that obeys them is found, and none that does not.

use super::brute_force::best_by_force;
use super::random::random_parts;
use crate::domain::drawn::Drawn;
use crate::domain::{Assurance, GoalOutcome, Millionths, Outcome, Parts, Problem, Unwatched};
use crate::solve::backend::{Backend, Highs, Microlp};
use crate::solve::run::{solve_by, strategies};
use crate::solve::{Known, SolveError, looser, solve};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A random map with a floor, and a fall or a chance.
fn robust_parts(seed: u64) -> Parts {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut parts = random_parts(&mut random);
    let viability = &mut parts.rules.viability;
    if random.random_range(0..3) == 0 {
        viability.survive = Some(Millionths(random.random_range(0..600_000)));
    }
    if random.random_range(0..5) > 0 {
        let sds = [0.2, 0.3, 0.4].map(|most: f64| Millionths::of(random.random_range(0.0..most)));
        viability.assurance = Some(Assurance::new(Millionths(random.random_range(500_000..990_000)), sds));
        for area in &mut parts.areas {
            area.region = (random.random_range(0..8) > 0).then(|| random.random_range(0..3));
        }
    }
    parts
}

fn levels(outcome: &Outcome) -> Option<Vec<i64>> {
    let goals = outcome.goals.iter().enumerate();
    goals
        .map(|(at, goal)| goal.value.map(|value| if at == 0 { -value } else { value }))
        .collect()
}

fn without_either(problem: &Problem) -> Problem {
    let mut parts = problem.clone().into_parts();
    (parts.rules.viability.survive, parts.rules.viability.assurance) = (None, None);
    Problem::new(parts)
}

#[test]
fn falls_and_chances_agree_with_brute_force_on_small_maps() -> Result<(), SolveError> {
    let backends: [&dyn Backend; 2] = [&Highs, &Microlp];
    let (mut feasible, mut bites) = (0, 0);
    for seed in 0..400 {
        let problem = Problem::new(robust_parts(seed));
        let expected = best_by_force(&problem);
        feasible += usize::from(expected.is_some());
        bites += usize::from(expected != best_by_force(&without_either(&problem)));
        let backend = backends[seed as usize % 2];
        let case = format!("seed {seed}: {:?} {:?}", problem.goals(), problem.rules());
        let outcome = solve_by(&problem, &Known::default(), &Unwatched, backend, strategies)?;
        assert_eq!(levels(&outcome), expected, "{case}");
        assert_eq!(outcome.infeasible, expected.is_none(), "{case}");
        assert!(
            outcome.plan.is_none() || outcome.goals.iter().all(GoalOutcome::proved),
            "{case}"
        );
    }
    assert!(
        feasible > 100 && bites > 50,
        "{feasible} have a plan, {bites} another than by their floor: they test too little"
    );
    Ok(())
}

/// Six areas of ten people in two regions: a b c | d e f.
fn row() -> Drawn {
    Drawn::new("abcdef").volumes(&[10; 6]).floor(15)
}

const REGIONS: [&str; 2] = ["abc", "def"];

fn lots(drawn: Drawn) -> Result<Option<i64>, SolveError> {
    Ok(solve(&drawn.problem(), &Unwatched)?.goals[0].value)
}

#[test]
fn a_fall_is_compared_in_whole_numbers() -> Result<(), SolveError> {
    // Twenty people after a quarter's fall are fifteen, and after a millionth more they are not.
    assert_eq!(lots(row().survive(0.25))?, Some(3));
    assert_eq!(lots(row().survive(0.250_001))?, Some(2));
    assert_eq!(lots(row().survive(0.75))?, Some(1));
    assert_eq!(lots(row().survive(0.750_001))?, None);
    Ok(())
}

#[test]
fn a_lot_of_two_regions_is_surer_than_one_of_the_same_size_in_one() -> Result<(), SolveError> {
    let four = |regions: &[&str]| {
        Drawn::new("abcd")
            .volumes(&[10; 4])
            .floor(30)
            .chance(0.9, [0.0, 0.2, 0.0], regions)
    };
    // z is 1.28: in one region 40 − 30 must be 10.3, in two regions 7.2.
    assert_eq!(lots(four(&["abcd"]))?, None);
    assert_eq!(lots(four(&["ab", "cd"]))?, Some(1));
    Ok(())
}

#[test]
fn errors_of_areas_cancel_out_and_those_of_the_nation_do_not() -> Result<(), SolveError> {
    assert_eq!(lots(row().chance(0.9, [0.2, 0.0, 0.0], &REGIONS))?, Some(2));
    assert_eq!(lots(row().chance(0.9, [0.0, 0.0, 0.2], &REGIONS))?, Some(3));
    Ok(())
}

#[test]
fn where_volumes_err_too_much_it_is_said_before_any_search() -> Result<(), SolveError> {
    let outcome = solve(&row().chance(0.99, [0.5, 0.0, 0.0], &REGIONS).problem(), &Unwatched)?;
    assert!(outcome.infeasible);
    assert_eq!(outcome.findings[0].code, "R113");
    Ok(())
}

#[test]
fn a_lesser_fall_and_a_lower_chance_are_looser() {
    let fall = |part| row().survive(part).problem();
    assert_eq!(looser(&fall(0.1), &fall(0.2)), Some("a lower floor"));
    assert_eq!(looser(&fall(0.2), &fall(0.1)), None);
    let chance = |chance, sds| row().chance(chance, sds, &REGIONS).problem();
    let usual = [0.1, 0.1, 0.1];
    assert_eq!(looser(&chance(0.8, usual), &chance(0.9, usual)), Some("a lower chance"));
    assert_eq!(looser(&chance(0.9, usual), &chance(0.8, usual)), None);
    assert_eq!(
        looser(&chance(0.9, [0.1, 0.1, 0.2]), &chance(0.9, [0.2, 0.1, 0.1])),
        None
    );
    let mut plain = row().chance(0.9, usual, &REGIONS).problem().into_parts();
    plain.rules.viability.assurance = None;
    assert_eq!(
        looser(&Problem::new(plain.clone()), &chance(0.9, usual)),
        Some("a lower chance")
    );
    assert_eq!(looser(&chance(0.9, usual), &Problem::new(plain)), None);
}

#[test]
fn a_map_too_large_to_list_gets_a_plan_of_sure_lots_and_says_what_did_not_run() -> Result<(), SolveError> {
    let volumes: Vec<i64> = (0..400).map(|at| 60 + (at * 7919) % 81).collect();
    let mut parts = Drawn::lattice(20, 20)
        .volumes(&volumes)
        .floor(1_000)
        .chance(0.9, [0.1, 0.0, 0.2], &[])
        .problem()
        .into_parts();
    parts.search.time_limit_s = 3.0;
    let problem = Problem::new(parts);
    let outcome = solve(&problem, &Unwatched)?;
    let lots = outcome.goals[0].value.unwrap_or(0);
    assert!(lots > 15, "{lots} lots");
    assert!(outcome.goals[0].bound >= outcome.goals[0].value);
    let told = outcome.findings.iter().any(|finding| finding.code == "R114");
    assert_eq!(told, !outcome.goals.iter().all(GoalOutcome::proved));
    Ok(())
}
