//! The best plan by brute force over all partitions, by definition and with no code of the search.

use crate::domain::{Goal, Problem, Volume};

/// Number of lots turned, so that less is better, then the goals.
pub type Levels = Vec<i64>;

/// The best levels over all partitions of the units.
pub fn best_by_force(problem: &Problem) -> Option<Levels> {
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

/// Whether a partition of the units obeys every rule.
pub fn allowed(problem: &Problem, lot_of: &[usize], lots: usize) -> bool {
    let (low, high) = problem.rules().count.limits();
    if lots < low || high.is_some_and(|high| lots > high) {
        return false;
    }
    let fair = |lot: usize| {
        let volume: Volume = (0..lot_of.len())
            .filter(|&u| lot_of[u] == lot)
            .map(|u| problem.units()[u].volume)
            .sum();
        let members = || (0..lot_of.len()).filter(|&unit| lot_of[unit] == lot);
        survives(problem, volume)
            && likely(problem, &members().collect::<Vec<_>>(), volume)
            && problem.greatest_volume().is_none_or(|cap| volume <= cap)
    };
    let lots_of = |areas: &[usize]| -> Vec<usize> {
        let seats = areas.iter().flat_map(|&area| problem.seats_of_area(area));
        let mut lots: Vec<usize> = seats.map(|&seat| lot_of[problem.seats()[seat].unit]).collect();
        lots.sort_unstable();
        lots.dedup();
        lots
    };
    let rules = problem.rules();
    let locks_hold = || {
        rules.locks.iter().all(|a| {
            rules.locks.iter().all(|b| {
                let both = lots_of(&[a.area, b.area]);
                if a.lot == b.lot {
                    both.len() == 1
                } else {
                    both.len() == 2
                }
            })
        })
    };
    let attached = problem
        .units()
        .iter()
        .enumerate()
        .all(|(unit, with)| with.homes.is_empty() || with.homes.iter().any(|&home| lot_of[home] == lot_of[unit]));
    attached
        && (0..lots).all(fair)
        && rules.keep_whole.iter().all(|group| lots_of(&group.areas).len() <= 1)
        && rules
            .never_together
            .iter()
            .all(|(a, b)| lots_of(&a.areas).iter().all(|lot| !lots_of(&b.areas).contains(lot)))
        && locks_hold()
        && (!rules.contiguous || (0..lots).all(|lot| in_one_piece(problem, lot_of, lot)))
}

/// Value × (1 − fall) ≥ floor, for both floors.
fn survives(problem: &Problem, volume: Volume) -> bool {
    let (v, funding) = (&problem.rules().viability, problem.funding());
    let left = 1_000_000 - v.survive.map_or(0, |fall| i128::from(fall.0));
    let reaches = |whole: i64, floor: i64| {
        i128::from(whole) * i128::from(volume.0) * left >= i128::from(floor) * i128::from(problem.total().0) * 1_000_000
    };
    v.floor_gbp.is_none_or(|floor| reaches(funding.envelope.0, floor.0))
        && v.floor_participants
            .is_none_or(|floor| reaches(funding.participants, floor))
}

/// (V − F)² ≥ n² V² + r² Σ Vᵣ² + l² Σ vᵢ², with the floor F in thousandths of a person and reserves in millionths, both rounded up.
fn likely(problem: &Problem, units: &[usize], volume: Volume) -> bool {
    let Some(asked) = problem.rules().viability.assurance else {
        return true;
    };
    let (v, funding) = (&problem.rules().viability, problem.funding());
    let fewest = |least: Option<i64>, whole: i64| {
        let product = i128::from(least.unwrap_or(0)) * i128::from(problem.total().0);
        (product + i128::from(whole) - 1) / i128::from(whole).max(1)
    };
    let floor = fewest(v.floor_gbp.map(|floor| floor.0), funding.envelope.0)
        .max(fewest(v.floor_participants, funding.participants));
    if floor <= 0 {
        return true;
    }
    let held = |of: &dyn Fn(usize) -> bool| -> i128 {
        let seats = units.iter().flat_map(|&unit| &problem.units()[unit].seats);
        let seats = seats.map(|&seat| problem.seats()[seat]).filter(|seat| of(seat.area));
        seats.map(|seat| i128::from(seat.volume.0)).sum::<i128>().pow(2)
    };
    let by_area: i128 = (0..problem.areas().len())
        .map(|area| held(&|other| other == area))
        .sum();
    let by_region: i128 = (0..3)
        .map(|region| held(&|area| problem.areas()[area].region == Some(region)))
        .sum();
    let squared = |sd: i64| -> i128 {
        let product = i128::from(sd) * i128::from(asked.z.0);
        ((product + 999_999) / 1_000_000).pow(2)
    };
    let all = i128::from(volume.0).pow(2);
    let needed = squared(asked.national_sd.0) * all
        + squared(asked.regional_sd.0) * by_region
        + squared(asked.local_sd.0) * by_area;
    i128::from(volume.0) >= floor && (i128::from(volume.0) - floor).pow(2) * 1_000_000_000_000 >= needed
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

/// Number of lots turned, then the value of every goal.
pub fn levels(problem: &Problem, lot_of: &[usize], lots: usize) -> Levels {
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
