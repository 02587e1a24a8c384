//! Repairs of random plans, against brute force over all labellings.

use super::brute_force::allowed;
use super::maps::{drawn, labels, lock};
use super::random::random_parts;
use crate::domain::{LotId, Parts, Pence, Plan, Problem, Stop, Unwatched};
use crate::solve::{SolveError, repair};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A plan of up to three lots with a few seats in none.
fn random_plan(problem: &Problem, random: &mut impl Rng) -> Plan {
    let names = ["1", "2", "3"].map(LotId::new);
    let lots = random.random_range(1..=3);
    let any: Vec<Option<usize>> = (0..problem.seats().len())
        .map(|_| (random.random_range(0..8) > 0).then(|| random.random_range(0..lots)))
        .collect();
    Plan::labelled(&names, &any)
}

/// The labels that a repair may use, by definition.
fn usable(problem: &Problem, plan: &Plan) -> Vec<LotId> {
    let mut usable = plan.lots().to_vec();
    usable.extend(problem.rules().locks.iter().map(|lock| lock.lot.clone()));
    usable.sort_unstable();
    usable.dedup();
    while usable.len() < problem.rules().count.limits().0.max(1) {
        usable.push(LotId::new(&format!("new {}", usable.len())));
    }
    usable
}

/// The least volume that moves, over all labellings of the units.
fn least_by_force(problem: &Problem, plan: &Plan) -> Option<i64> {
    let names = usable(problem, plan);
    let units = problem.units().len();
    let count = names.len().pow(units as u32);
    let label_at = |number: usize, unit: usize| number / names.len().pow(unit as u32) % names.len();
    let labelling = |number: usize| (0..units).map(|unit| label_at(number, unit)).collect::<Vec<usize>>();
    let obeys = |labels: &Vec<usize>| {
        let mut used = labels.clone();
        used.sort_unstable();
        used.dedup();
        let lot_of: Vec<usize> = labels
            .iter()
            .filter_map(|label| used.binary_search(label).ok())
            .collect();
        let locked = problem.rules().locks.iter().all(|lock| {
            let mut seats = problem.seats_of_area(lock.area).iter();
            seats.all(|&seat| names[labels[problem.seats()[seat].unit]] == lock.lot)
        });
        locked && allowed(problem, &lot_of, used.len())
    };
    let moved = |labels: Vec<usize>| {
        let away = problem.seats().iter().enumerate().filter(|(seat, with)| {
            let from = plan.lot_of_seat(*seat);
            from.is_some_and(|lot| plan.lots()[lot] != names[labels[with.unit]])
        });
        away.map(|(_, with)| with.volume.0).sum::<i64>()
    };
    (0..count).map(labelling).filter(obeys).map(moved).min()
}

#[test]
fn repairs_agree_with_brute_force_on_small_random_maps() -> Result<(), SolveError> {
    let (mut mended, mut impossible) = (0, 0);
    for seed in 0..200 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut parts = random_parts(&mut random);
        if seed % 3 == 0 && parts.units.len() > 3 {
            parts.units[1].homes = vec![0, 2];
        }
        let problem = Problem::new(parts);
        let plan = random_plan(&problem, &mut random);
        let repaired = repair(&problem, &plan, &Unwatched)?;
        let expected = least_by_force(&problem, &plan);
        assert_eq!(
            repaired.moved.map(|moved| moved.0),
            expected,
            "seed {seed}: {:?}",
            problem.rules()
        );
        assert_eq!(
            (repaired.stop, repaired.infeasible),
            (Stop::Proved, expected.is_none()),
            "seed {seed}"
        );
        match expected {
            Some(moved) => {
                mended += 1;
                assert_eq!(repaired.bound.0, moved, "seed {seed}");
            }
            None => {
                impossible += 1;
                assert!(!repaired.findings.is_empty(), "seed {seed} gives no reason");
            }
        }
    }
    assert!(
        mended > 80 && impossible > 30,
        "{mended} mended, {impossible} impossible: the maps test too little"
    );
    Ok(())
}

fn row(floor: i64) -> Parts {
    let mut parts = drawn(&["abcdef"]);
    parts.rules.viability.floor_gbp = Some(Pence::pounds(floor));
    parts
}

/// The plan of a drawing of the row, one mark an area; `?` is no lot.
fn plan_of(problem: &Problem, drawing: &str) -> Plan {
    let marks: Vec<char> = drawing.chars().collect();
    let mut names: Vec<char> = marks.iter().copied().filter(|mark| *mark != '?').collect();
    names.sort_unstable();
    names.dedup();
    let lots: Vec<LotId> = names.iter().map(|mark| LotId::new(&mark.to_string())).collect();
    let lot_of: Vec<Option<usize>> = problem
        .seats()
        .iter()
        .map(|seat| names.binary_search(&marks[seat.area]).ok())
        .collect();
    Plan::labelled(&lots, &lot_of)
}

fn mended(parts: Parts, drawing: &str) -> Result<(String, Option<i64>), SolveError> {
    let problem = Problem::new(parts);
    let repaired = repair(&problem, &plan_of(&problem, drawing), &Unwatched)?;
    let drawn = repaired
        .plan
        .as_ref()
        .map_or_else(String::new, |plan| labels(&problem, plan));
    Ok((drawn, repaired.moved.map(|moved| moved.0)))
}

#[test]
fn a_plan_that_obeys_stays_as_it_is() -> Result<(), SolveError> {
    assert_eq!(mended(row(3), "BBBAAA")?, ("BBBAAA".into(), Some(0)));
    Ok(())
}

#[test]
fn a_lot_short_of_its_floor_takes_what_it_needs_or_ends() -> Result<(), SolveError> {
    assert_eq!(mended(row(3), "AABBBB")?, ("AAABBB".into(), Some(1000)));
    assert_eq!(mended(row(3), "ABBBBB")?, ("BBBBBB".into(), Some(1000)));
    Ok(())
}

#[test]
fn a_lot_in_pieces_is_made_whole_and_a_lock_is_kept() -> Result<(), SolveError> {
    assert_eq!(mended(row(2), "AABBAB")?, ("AABBBB".into(), Some(1000)));
    let mut locked = row(2);
    locked.rules.locks = vec![lock(&locked, "f", "A")];
    assert_eq!(mended(locked, "AABBAB")?.1, Some(3000));
    Ok(())
}

#[test]
fn what_is_in_no_lot_is_placed_at_no_cost() -> Result<(), SolveError> {
    assert_eq!(mended(row(3), "AA??BB")?, ("AAABBB".into(), Some(0)));
    Ok(())
}
