//! Bounds on travel by pockets and columns against brute force, and the cheapest lots of hubs against all sets of blocks.

use super::brute_force::best_by_force;
use super::random::random_parts;
use crate::domain::drawn::Drawn;
use crate::domain::{Goal, LotCount, Problem, Unwatched};
use crate::solve::backend::Highs;
use crate::solve::centres::Centres;
use crate::solve::hess::FirstTravelBound;
use crate::solve::instance::Instance;
use crate::solve::lot_search::{Asked, LotSearch};
use crate::solve::pocket::Pockets;
use crate::solve::run::solve_by;
use crate::solve::subset_rows::SubsetRow;
use crate::solve::{Columns, Known, SolveError, TreeSearch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

#[test]
fn no_bound_by_columns_is_above_the_best_plan() -> Result<(), SolveError> {
    let (mut bounded, mut met) = (0, 0);
    for seed in 1_000..1_200 {
        let mut parts = random_parts(&mut ChaCha8Rng::seed_from_u64(seed));
        parts.goals = vec![Goal::Travel];
        let problem = Problem::new(parts);
        let outcome = solve_by(&problem, &Known::default(), &Unwatched, &Highs, |instance, _| {
            vec![
                Box::new(TreeSearch::quick(instance.len())),
                Box::new(Columns::within(5.0)),
            ]
        })?;
        let Some(best) = best_by_force(&problem) else { continue };
        // Another number of lots than the best one has other bounds.
        if outcome.goals[0].value != Some(-best[0]) {
            continue;
        }
        let travel = &outcome.goals[1];
        let bound = travel.bound.unwrap_or(0);
        assert!(bound <= best[1], "seed {seed}: {travel:?}, best {}", best[1]);
        assert!(travel.value.is_some_and(|value| value >= best[1]), "seed {seed}");
        bounded += usize::from(bound > 0);
        met += usize::from(bound == best[1]);
    }
    assert!(bounded > 80 && met > 40, "{bounded} maps bounded, {met} bounds met");
    Ok(())
}

#[test]
fn the_first_bound_on_travel_holds_and_comes_without_columns() -> Result<(), SolveError> {
    let mut bounded = 0;
    for seed in 1_000..1_200 {
        let mut parts = random_parts(&mut ChaCha8Rng::seed_from_u64(seed));
        parts.goals = vec![Goal::Travel];
        let problem = Problem::new(parts);
        let first = FirstTravelBound {
            least_blocks: 0,
            ..FirstTravelBound::default()
        };
        let outcome = solve_by(&problem, &Known::default(), &Unwatched, &Highs, |instance, _| {
            vec![Box::new(TreeSearch::quick(instance.len())), Box::new(first)]
        })?;
        let Some(best) = best_by_force(&problem) else { continue };
        if outcome.goals[0].value == Some(-best[0]) {
            let travel = &outcome.goals[1];
            assert!(
                travel.bound.is_some_and(|bound| (0..=best[1]).contains(&bound)),
                "seed {seed}: {travel:?}"
            );
            bounded += usize::from(travel.argument == "Hess");
        }
    }
    assert!(bounded > 40, "{bounded} maps bounded");
    Ok(())
}

#[test]
fn wide_recuts_make_plans_better_that_recombination_leaves() -> Result<(), SolveError> {
    let mut better = 0;
    for seed in 1..=3 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let volumes: Vec<i64> = (0..169).map(|_| random.random_range(50..400)).collect();
        let floor = volumes.iter().sum::<i64>() / 22;
        let problem = Drawn::lattice(13, 13)
            .volumes(&volumes)
            .floor(floor)
            .count(LotCount::Exactly(20))
            .goal(Goal::Travel)
            .problem();
        let with = |recuts: u64| {
            solve_by(&problem, &Known::default(), &Unwatched, &Highs, |instance, _| {
                // So few rounds tell prices, but hardly the lots of a good plan.
                let columns = Columns {
                    rounds: 4,
                    steps: 2_000_000,
                    tries: 0,
                    recuts,
                };
                vec![Box::new(TreeSearch::quick(instance.len())), Box::new(columns)]
            })
        };
        let (plain, recut) = (with(0)?, with(20_000)?);
        let [before, after] = [&plain, &recut].map(|outcome| outcome.goals[1].value);
        assert!(
            after <= before && before.is_some(),
            "seed {seed}: {after:?} after {before:?}"
        );
        better += usize::from(after < before);
    }
    assert!(better > 0, "no plan became better");
    Ok(())
}

/// Prices of blocks, and rows with their fines.
struct Fined<'f> {
    price: &'f [i64],
    rows: &'f [SubsetRow],
    fine: &'f [i64],
}

/// What the cheapest connected lot of each centre costs, by trying all sets of blocks.
fn cheapest_by_force(instance: &Instance<'_>, centres: &Centres, charges: &Fined<'_>, place: usize) -> i64 {
    let price = charges.price;
    let centre = &centres.list[place];
    let sets = 1_u32..1 << instance.len();
    let lots = sets.map(|set| -> Vec<u32> {
        (0..instance.len() as u32)
            .filter(|block| set >> block & 1 == 1)
            .collect()
    });
    lots.filter(|lot| {
        let volume = centres.volume_of(lot);
        let reached =
            |block: &u32| centre.members.iter().any(|member| member.block == *block) || *block == centre.own.block;
        lot.contains(&centre.own.block)
            && (centres.floor..=centres.cap).contains(&volume)
            && lot.iter().all(reached)
            && crate::solve::separator::parts(&instance.neighbours, lot).len() == 1
    })
    .map(|lot| {
        let members = centre
            .members
            .iter()
            .chain([&centre.own])
            .filter(|member| lot.contains(&member.block));
        let bare: i64 = members.map(|member| member.cost - price[member.block as usize]).sum();
        let fines = charges.rows.iter().zip(charges.fine);
        bare + fines.map(|(row, fine)| row.pairs(&lot) * fine).sum::<i64>()
    })
    .min()
    .unwrap_or(i64::MAX)
}

/// Up to nine rows of three, five or seven different blocks, with fines as great as prices are.
fn random_rows(random: &mut ChaCha8Rng, instance: &Instance<'_>) -> (Vec<SubsetRow>, Vec<i64>) {
    let blocks = instance.len() as u32;
    let mut rows = Vec::new();
    for at in 0..9 {
        let length = [3, 5, 3, 7][at % 4];
        rows.extend(SubsetRow::new(
            (0..length).map(|_| random.random_range(0..blocks)).collect(),
        ));
    }
    let most = instance.total * 500;
    let fine = rows.iter().map(|_| random.random_range(0..=most)).collect();
    (rows, fine)
}

#[test]
fn the_cheapest_lot_of_a_hub_with_its_fines_is_that_of_trying_all_and_no_pocket_costs_more() {
    let (mut compared, mut seed) = (0, 0);
    while compared < 300 {
        seed += 1;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let problem = Problem::new(random_parts(&mut random));
        let Ok(instance) = Instance::new(&problem) else {
            continue;
        };
        if instance.fragile || instance.is_empty() || instance.total == 0 {
            continue;
        }
        let centres = Centres::new(&instance, random.random_range(1..=3));
        let price: Vec<i64> = instance
            .volume
            .iter()
            .map(|&volume| volume * random.random_range(0..3_000) + random.random_range(-9_000..9_000))
            .collect();
        let (rows, fine) = random_rows(&mut random, &instance);
        let charges = Fined {
            price: &price,
            rows: &rows,
            fine: &fine,
        };
        let mut search = LotSearch::new(&instance, &centres);
        search.fine(&rows, &fine);
        let mut pockets = Pockets::default();
        for (place, centre) in centres.list.iter().enumerate() {
            let forced = cheapest_by_force(&instance, &centres, &charges, place);
            let pocket = pockets.fill(&centres, centre, &price, &mut |_, _| ());
            let Some(pocket) = pocket else {
                assert_eq!(forced, i64::MAX, "seed {seed}");
                continue;
            };
            assert!(pocket.value <= forced, "seed {seed}: {pocket:?} above {forced}");
            let bound = |below: i64, welcome: i64, steps: u64| {
                let asked = Asked { below, welcome, steps };
                search.run(centre, &price, pocket, asked).bound
            };
            assert_eq!(bound(i64::MAX, i64::MIN, 300_000), forced, "seed {seed}");
            // What is asked for cuts the search short, and so do steps; neither lifts the bound.
            let near =
                forced.saturating_add(random.random_range(-2..=2) * random.random_range(0..=instance.total * 100));
            let welcome = near.saturating_add(random.random_range(-1..=1) * instance.total * 100);
            assert_eq!(
                bound(near, welcome, 300_000),
                near.min(forced),
                "seed {seed}: below {near}"
            );
            let steps = random.random_range(0..=20);
            assert!(
                bound(near, welcome, steps) <= near.min(forced),
                "seed {seed}: {steps} steps"
            );
            compared += usize::from(forced < i64::MAX);
        }
    }
}
