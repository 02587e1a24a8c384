//! The exact strategy against brute force over all partitions, on small random maps with mixed rules.

use super::maps::{deal, drawn, group, lock, share_member};
use crate::domain::{Goal, Length, Link, LotCount, Parts, Pence, Problem, Unwatched, Volume};
use crate::solve::solve;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Number of lots turned, so that less is better, then the goals.
pub(super) type Levels = Vec<i64>;

/// The best levels over all partitions of the units, by definition and with no code of the search.
pub(super) fn best_by_force(problem: &Problem) -> Option<Levels> {
    let mut best: Option<Levels> = None;
    let mut lot_of = vec![0; problem.units().len()];
    force(problem, &mut lot_of, 0, 0, &mut best);
    best
}

fn force(problem: &Problem, lot_of: &mut Vec<usize>, unit: usize, lots: usize, best: &mut Option<Levels>) {
    if unit == lot_of.len() {
        if allowed(problem, lot_of, lots) {
            let levels = levels(problem, lot_of, lots);
            if best.as_ref().is_none_or(|best| levels < *best) {
                *best = Some(levels);
            }
        }
        return;
    }
    for lot in 0..=lots {
        lot_of[unit] = lot;
        force(problem, lot_of, unit + 1, lots.max(lot + 1), best);
    }
}

pub(super) fn allowed(problem: &Problem, lot_of: &[usize], lots: usize) -> bool {
    let (low, high) = problem.rules().count.limits();
    let fair = |lot: usize| {
        let volume: Volume = (0..lot_of.len())
            .filter(|&u| lot_of[u] == lot)
            .map(|u| problem.units()[u].volume)
            .sum();
        volume >= problem.least_volume() && problem.greatest_volume().is_none_or(|cap| volume <= cap)
    };
    let lots_of = |areas: &[usize]| -> Vec<usize> {
        let seats = areas.iter().flat_map(|&area| problem.seats_of_area(area));
        let mut lots: Vec<usize> = seats.map(|&seat| lot_of[problem.seats()[seat].unit]).collect();
        lots.sort_unstable();
        lots.dedup();
        lots
    };
    let rules = problem.rules();
    let locks_hold = rules.locks.iter().all(|a| {
        rules.locks.iter().all(|b| {
            let both = lots_of(&[a.area, b.area]);
            if a.lot == b.lot {
                both.len() == 1
            } else {
                both.len() == 2
            }
        })
    });
    let attached = problem
        .units()
        .iter()
        .enumerate()
        .all(|(unit, with)| with.homes.is_empty() || with.homes.iter().any(|&home| lot_of[home] == lot_of[unit]));
    lots >= low
        && attached
        && high.is_none_or(|high| lots <= high)
        && (0..lots).all(fair)
        && rules.keep_whole.iter().all(|group| lots_of(&group.areas).len() <= 1)
        && rules
            .never_together
            .iter()
            .all(|(a, b)| lots_of(&a.areas).iter().all(|lot| !lots_of(&b.areas).contains(lot)))
        && locks_hold
        && (!rules.contiguous || (0..lots).all(|lot| in_one_piece(problem, lot_of, lot)))
}

fn in_one_piece(problem: &Problem, lot_of: &[usize], lot: usize) -> bool {
    let members: Vec<usize> = (0..lot_of.len()).filter(|&unit| lot_of[unit] == lot).collect();
    let mut reached = vec![members[0]];
    let mut next = 0;
    while next < reached.len() {
        for &other in problem.unit_adjacency().neighbours(reached[next]) {
            if lot_of[other] == lot && !reached.contains(&other) {
                reached.push(other);
            }
        }
        next += 1;
    }
    reached.len() == members.len()
}

fn levels(problem: &Problem, lot_of: &[usize], lots: usize) -> Levels {
    let goals = problem.goals().iter().map(|&goal| match goal {
        Goal::DealSplits => deal_splits(problem, lot_of, lots),
        Goal::Travel => (0..lots).map(|lot| travel(problem, lot_of, lot)).sum(),
        Goal::Border => border(problem, lot_of),
        Goal::Imbalance => imbalance(problem, lot_of, lots),
    });
    std::iter::once(-(lots as i64)).chain(goals).collect()
}

fn deal_splits(problem: &Problem, lot_of: &[usize], lots: usize) -> i64 {
    let in_lot = |areas: &[usize], lot: usize| -> i64 {
        let seats = areas
            .iter()
            .flat_map(|&area| problem.seats_of_area(area))
            .map(|&seat| problem.seats()[seat]);
        seats
            .filter(|seat| lot_of[seat.unit] == lot)
            .map(|seat| seat.volume.0)
            .sum()
    };
    let split = |areas: &[usize]| {
        let held: Vec<i64> = (0..lots).map(|lot| in_lot(areas, lot)).collect();
        held.iter().sum::<i64>() - held.iter().max().copied().unwrap_or(0)
    };
    problem.deals().iter().map(|deal| split(&deal.areas)).sum()
}

fn travel(problem: &Problem, lot_of: &[usize], lot: usize) -> i64 {
    let seats: Vec<_> = problem.seats().iter().filter(|seat| lot_of[seat.unit] == lot).collect();
    let centre = |area: usize| problem.areas()[area].centre;
    let cost = |hub: usize| {
        seats
            .iter()
            .map(|seat| seat.volume.0 * centre(seat.area).metres_to(centre(hub)))
            .sum::<i64>()
    };
    seats.iter().map(|seat| cost(seat.area)).min().unwrap_or(0)
}

fn border(problem: &Problem, lot_of: &[usize]) -> i64 {
    let between = problem
        .unit_adjacency()
        .borders()
        .iter()
        .filter(|border| lot_of[border.from] != lot_of[border.to]);
    between.map(|border| border.length.0).sum()
}

fn imbalance(problem: &Problem, lot_of: &[usize], lots: usize) -> i64 {
    let volume = |lot: usize| {
        (0..lot_of.len())
            .filter(|&u| lot_of[u] == lot)
            .map(|u| problem.units()[u].volume.0)
            .sum::<i64>()
    };
    (0..lots)
        .map(|lot| (lots as i64 * volume(lot) - problem.total().0).abs())
        .sum()
}

/// A random map of four to eight areas with random volumes and rules.
pub(super) fn random_parts(random: &mut impl Rng) -> Parts {
    let letters: Vec<char> = "abcdefgh".chars().take(random.random_range(4..=8)).collect();
    let mut any = || {
        if random.random_range(0..10) == 0 {
            '.'
        } else {
            letters[random.random_range(0..letters.len())]
        }
    };
    let rows: Vec<String> = (0..3).map(|_| (0..4).map(|_| any()).collect()).collect();
    let mut parts = drawn(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    for area in 0..parts.areas.len() {
        let volume = Volume(random.random_range(0..20) * 500 + random.random_range(0..3));
        parts.areas[area].volume = volume;
        parts.seats[area].volume = volume;
        parts.units[area].volume = volume;
    }
    let total: i64 = parts.areas.iter().map(|area| area.volume.0).sum();
    parts.funding.envelope = Pence(total.max(1));
    random_rules(&mut parts, total, random);
    parts.goals = Goal::ALL.to_vec();
    (0..4).for_each(|at| parts.goals.swap(at, random.random_range(0..4)));
    parts.goals.truncate(random.random_range(1..=4));
    parts
}

fn letters_of(parts: &Parts, count: usize, random: &mut impl Rng) -> String {
    (0..count)
        .map(|_| parts.areas[random.random_range(0..parts.areas.len())].name.clone())
        .collect()
}

fn random_rules(parts: &mut Parts, total: i64, random: &mut impl Rng) {
    let count = parts.areas.len();
    let one_in = |n: u32, random: &mut dyn Rng| random.random_range(0..n) == 0;
    parts.rules.viability.floor_gbp = (!one_in(8, random)).then(|| Pence(total / random.random_range(2..7)));
    parts.rules.viability.cap_gbp = one_in(3, random).then(|| Pence(total * random.random_range(30..90) / 100));
    parts.rules.contiguous = !one_in(6, random);
    if one_in(3, random) && count > 1 {
        let (from, to) = (random.random_range(0..count), random.random_range(0..count));
        let link = Link {
            from,
            to,
            kind: "ferry".into(),
            name: "boat".into(),
        };
        let borders = parts.adjacency.borders().to_vec();
        parts.adjacency = crate::domain::Adjacency::new(count, borders, vec![link]);
    }
    parts.deals = (0..random.random_range(0..3))
        .map(|_| deal(parts, &letters_of(parts, 3, random)))
        .collect();
    if one_in(3, random) {
        parts.rules.keep_whole = vec![group(parts, &letters_of(parts, 2, random))];
    }
    if one_in(3, random) {
        parts.rules.never_together = vec![(
            group(parts, &letters_of(parts, 2, random)),
            group(parts, &letters_of(parts, 1, random)),
        )];
    }
    if one_in(4, random) {
        let letters = letters_of(parts, 3, random);
        let locked: Vec<String> = letters.chars().map(String::from).collect();
        let labels = ["1", "7", "1"];
        parts.rules.locks = locked
            .iter()
            .zip(labels)
            .map(|(letter, label)| lock(parts, letter, label))
            .collect();
        parts.rules.locks.sort_by_key(|lock| lock.area);
        parts.rules.locks.dedup_by_key(|lock| lock.area);
    }
    if one_in(3, random) {
        let low = random.random_range(1..4);
        parts.rules.count = if one_in(2, random) {
            LotCount::Exactly(low)
        } else {
            LotCount::Range(low, low + 1)
        };
    }
    if one_in(3, random) && count > 1 {
        let a = random.random_range(0..count);
        let b = (a + random.random_range(1..count)) % count;
        share_member(parts, a, b);
    }
    parts.adjacency = lengthened(parts, random);
}

/// Borders of random lengths, so that ties are rare.
fn lengthened(parts: &Parts, random: &mut impl Rng) -> crate::domain::Adjacency {
    let mut borders = parts.adjacency.borders().to_vec();
    borders
        .iter_mut()
        .for_each(|border| border.length = Length(random.random_range(1..5) * 1_000_003));
    crate::domain::Adjacency::new(parts.areas.len(), borders, parts.adjacency.links().to_vec())
}

#[test]
fn every_level_agrees_with_brute_force_on_small_random_maps() -> Result<(), crate::solve::SolveError> {
    let (mut feasible, mut infeasible) = (0, 0);
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let parts = random_parts(&mut random);
        let problem = Problem::new(parts);
        let outcome = solve(&problem, &Unwatched)?;
        let expected = best_by_force(&problem);
        assert_eq!(
            outcome.infeasible,
            expected.is_none(),
            "seed {seed}: {:?} {:?}",
            outcome,
            problem.rules()
        );
        let Some(expected) = expected else {
            infeasible += 1;
            assert!(!outcome.findings.is_empty(), "seed {seed} gives no reason");
            continue;
        };
        feasible += 1;
        let found: Levels = outcome
            .goals
            .iter()
            .enumerate()
            .filter_map(|(at, goal)| goal.value.map(|v| if at == 0 { -v } else { v }))
            .collect();
        assert_eq!(
            found,
            expected,
            "seed {seed}: {:?} {:?}",
            problem.goals(),
            problem.rules()
        );
        assert!(
            outcome.goals.iter().all(crate::domain::GoalOutcome::proved),
            "seed {seed}: {:?}",
            outcome.goals
        );
        assert!(outcome.plan.is_some(), "seed {seed} has no plan");
        let Some(plan) = outcome.plan else { continue };
        let lot_of_unit: Vec<usize> = problem
            .units()
            .iter()
            .map(|unit| plan.lot_of_seat(unit.seats[0]).unwrap_or(usize::MAX))
            .collect();
        assert!(allowed(&problem, &lot_of_unit, plan.lots().len()), "seed {seed}");
        assert_eq!(
            levels(&problem, &lot_of_unit, plan.lots().len()),
            expected,
            "seed {seed}"
        );
    }
    assert!(
        feasible > 150 && infeasible > 50,
        "{feasible} feasible, {infeasible} infeasible: the maps test too little"
    );
    Ok(())
}
