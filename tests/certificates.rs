//! The proofs of bounds on random maps: the judge confirms each, brute force finds no plan above it, and no change of a figure passes.

use std::collections::BTreeSet;

use lotwright::domain::drawn::Drawn;
use lotwright::domain::{Certificate, Goal, GoalOutcome, LotCount, Plan, Problem, Unwatched};
use lotwright::solve::backend::Highs;
use lotwright::solve::{
    Bound, Clock, Instance, PackingPrices, Record, Setting, SolveError, Strategy, solve, upper_bound,
};
use lotwright::verify::{PRICE_STEPS, Standing, judge, weigh};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A map of up to eight areas with random volumes, a floor, and sometimes another rule.
fn random_map(seed: u64) -> Problem {
    let random = &mut ChaCha8Rng::seed_from_u64(seed);
    let letters = random.random_range(4..=8);
    let cell = |random: &mut ChaCha8Rng| match random.random_range(0..8) {
        0 => '.',
        _ => char::from(b'a' + random.random_range(0..letters)),
    };
    let rows: Vec<String> = (0..3).map(|_| (0..4).map(|_| cell(random)).collect()).collect();
    let map = Drawn::new(&rows.join("\n"));
    let there: BTreeSet<char> = rows.join("").chars().filter(|c| *c != '.').collect();
    let there: Vec<char> = there.into_iter().collect();
    let volumes: Vec<i64> = there.iter().map(|_| random.random_range(0..10)).collect();
    let total: i64 = volumes.iter().sum::<i64>().max(1);
    let mut map = map.volumes(&volumes).floor((total / random.random_range(2..7)).max(1));
    let two = |random: &mut ChaCha8Rng| (any(&there, random), any(&there, random));
    let (one, other) = two(random);
    map = match random.random_range(0..8) {
        0 => map.cap((total * random.random_range(3..9) / 10).max(1)),
        1 => map.keep_whole(&format!("{one}{other}")),
        2 => map.never_together(&one.to_string(), &other.to_string()),
        3 => map.lock(one, "1").lock(other, "2"),
        4 => map.contiguous(false),
        5 => map.count(LotCount::Range(1, 2)),
        6 => {
            let homes: String = there.iter().filter(|&&letter| letter != one).take(2).collect();
            map.chooses(one, &homes)
        }
        _ => map,
    };
    map.problem()
}

fn any(letters: &[char], random: &mut impl Rng) -> char {
    letters[random.random_range(0..letters.len())]
}

/// The most lots of any partition that the judge passes; `None` without one.
fn most_lots_by_force(problem: &Problem) -> Option<i64> {
    let mut most = None;
    force(problem, &mut Vec::new(), &mut most);
    most
}

fn force(problem: &Problem, lots: &mut Vec<usize>, most: &mut Option<i64>) {
    let used = lots.iter().max().map_or(0, |lot| lot + 1);
    if lots.len() < problem.units().len() {
        for lot in 0..=used {
            lots.push(lot);
            force(problem, lots, most);
            lots.pop();
        }
    } else if most.is_none_or(|most| used as i64 > most)
        && judge(problem, Plan::from_units(problem, lots)).violations().is_empty()
    {
        *most = Some(used as i64);
    }
}

fn standing(problem: &Problem, certificate: &Certificate, bound: i64) -> Standing {
    weigh(problem, certificate, bound, PRICE_STEPS).standing
}

/// The certificate with one figure changed so that it claims more than it can show, in every way that there is.
fn tampered(certificate: &Certificate) -> Vec<Certificate> {
    let mut changed = Vec::new();
    match certificate {
        Certificate::Counting { alone, .. } => {
            changed.push(certificate.clone());
            if let Some(Certificate::Counting { rest, .. }) = changed.last_mut() {
                rest.0 -= 1;
            }
            if !alone.is_empty() {
                changed.push(certificate.clone());
                if let Some(Certificate::Counting { alone, .. }) = changed.last_mut() {
                    alone.pop();
                }
            }
        }
        Certificate::Separator { separator, parts, .. } => {
            for at in 0..parts.len() {
                changed.push(certificate.clone());
                if let Some(Certificate::Separator { parts, .. }) = changed.last_mut() {
                    parts[at].volume.0 -= 1;
                }
            }
            if !separator.is_empty() {
                changed.push(certificate.clone());
                if let Some(Certificate::Separator { separator, .. }) = changed.last_mut() {
                    separator.pop();
                }
            }
        }
        Certificate::Prices { prices, .. } => {
            for at in 0..prices.len() {
                changed.push(certificate.clone());
                if let Some(Certificate::Prices { prices, .. }) = changed.last_mut() {
                    prices[at].1 -= 1;
                }
            }
        }
        Certificate::AskedFor { lots } => changed.push(Certificate::AskedFor { lots: lots - 1 }),
        Certificate::Deals { deals, .. } => {
            for figure in 0..3 {
                changed.push(certificate.clone());
                if let Some(Certificate::Deals { least, sum, grain, .. }) = changed.last_mut() {
                    match figure {
                        0 => *least -= 1,
                        1 => *sum -= 1,
                        _ => grain.0 += 1,
                    }
                }
            }
            for at in 0..deals.len() {
                changed.push(certificate.clone());
                if let Some(Certificate::Deals { deals, .. }) = changed.last_mut() {
                    deals[at].grains += 1;
                }
            }
        }
    }
    changed
}

#[test]
fn every_certificate_holds_and_none_that_was_changed_does() -> Result<(), SolveError> {
    let (mut kinds, mut forged) = (BTreeSet::new(), 0);
    for seed in 0..300 {
        let problem = random_map(1_000 + seed);
        let outcome = solve(&problem, &Unwatched)?;
        let Some((certificate, bound)) = outcome.goals.first().and_then(certified) else {
            continue;
        };
        let ruling = weigh(&problem, &certificate, bound, PRICE_STEPS);
        assert_eq!(
            ruling.standing,
            Standing::Holds,
            "seed {seed}: {} {certificate:?}",
            ruling.message
        );
        kinds.insert(certificate.kind());
        for other in tampered(&certificate) {
            assert_eq!(
                standing(&problem, &other, bound),
                Standing::Fails,
                "seed {seed}: {other:?}"
            );
            forged += 1;
        }
    }
    for kind in ["counting", "components", "packing_prices", "asked_for"] {
        assert!(kinds.contains(kind), "no map has a certificate by {kind}: {kinds:?}");
    }
    assert!(forged > 300, "only {forged} certificates were changed");
    Ok(())
}

#[test]
fn no_plan_cuts_off_fewer_people_than_deals_above_a_lot_must() -> Result<(), SolveError> {
    let mut bounded = 0;
    for seed in 0..600 {
        let random = &mut ChaCha8Rng::seed_from_u64(seed);
        let volumes: Vec<i64> = (0..7).map(|_| random.random_range(1..20)).collect();
        let total: i64 = volumes.iter().sum();
        let floor = total / random.random_range(2..5) - random.random_range(0..2);
        let map = Drawn::new("abcd\nefgg").volumes(&volumes).floor(floor.max(1));
        let map = match random.random_range(0..4) {
            0 => map.deal("abe").deal("cdg"),
            1 => map.deal("abef").deal("bcd"),
            2 => map.deal("abcef").keep_whole("dg"),
            _ => map.deal("bcdfg"),
        };
        let problem = map.goal(Goal::DealSplits).problem();
        let outcome = solve(&problem, &Unwatched)?;
        let Some((certificate @ Certificate::Deals { .. }, bound)) = outcome.goals.get(1).and_then(certified) else {
            continue;
        };
        let least = fewest_cut_off(&problem).unwrap_or(0);
        assert!((1..=least).contains(&bound), "seed {seed}: {bound}, by force {least}");
        let ruling = weigh(&problem, &certificate, bound, PRICE_STEPS);
        assert_eq!(ruling.standing, Standing::Holds, "seed {seed}: {}", ruling.message);
        assert_eq!(standing(&problem, &certificate, bound + 1), Standing::Fails);
        for other in tampered(&certificate) {
            assert_eq!(
                standing(&problem, &other, bound),
                Standing::Fails,
                "seed {seed}: {other:?}"
            );
        }
        bounded += 1;
    }
    assert!(bounded > 30, "{bounded} maps bounded");
    Ok(())
}

/// The least volume outside the lots that hold most of their deal, of all plans of most lots that the judge passes.
fn fewest_cut_off(problem: &Problem) -> Option<i64> {
    let most = most_lots_by_force(problem)?;
    let mut least = None;
    let mut lots = vec![0; problem.units().len()];
    loop {
        let plan = judge(problem, Plan::from_units(problem, &lots));
        if plan.violations().is_empty() && plan.lots().len() as i64 == most {
            let splits = plan.goals().iter().find(|(goal, _)| *goal == Goal::DealSplits);
            least = splits
                .map(|(_, splits)| least.map_or(*splits, |least: i64| least.min(*splits)))
                .or(least);
        }
        // The next word of numbers of lots below the greatest.
        let Some(at) = lots.iter().rposition(|&lot| lot + 1 < most as usize) else {
            return least;
        };
        lots[at] += 1;
        lots[at + 1..].fill(0);
    }
}

fn certified(goal: &GoalOutcome) -> Option<(Certificate, i64)> {
    Some((goal.certificate.clone()?, goal.bound?))
}

#[test]
fn no_plan_has_more_lots_than_a_bound_allows() -> Result<(), SolveError> {
    let mut tight = 0;
    for seed in 0..200 {
        let problem = random_map(2_000 + seed);
        let Some(most) = most_lots_by_force(&problem) else {
            continue;
        };
        if let Ok(instance) = Instance::new(&problem) {
            let bound = upper_bound(&instance);
            assert!(bound.value >= most, "seed {seed}: {bound:?} below {most}");
            tight += usize::from(bound.value == most);
        }
    }
    assert!(tight > 20, "the bound meets the truth on {tight} maps only");
    Ok(())
}

/// The bound by arithmetic, and what prices on demand make of it, with no list of minimal sets.
fn priced(instance: &Instance<'_>) -> Result<(i64, Bound), SolveError> {
    let clock = Clock::start(60.0, &Unwatched);
    let setting = Setting {
        instance,
        clock: &clock,
        backend: &Highs,
    };
    let before = upper_bound(instance);
    let mut record = Record::new(instance, before.clone());
    PackingPrices::within(60.0).run(&setting, &mut record)?;
    Ok((before.value, record.most_lots().clone()))
}

#[test]
fn prices_on_demand_hold_and_pass_no_plan_that_there_is() -> Result<(), SolveError> {
    let mut better = 0;
    for seed in 0..200 {
        let problem = random_map(3_000 + seed);
        let Ok(instance) = Instance::new(&problem) else {
            continue;
        };
        let (before, after) = priced(&instance)?;
        let most = most_lots_by_force(&problem).unwrap_or(0);
        assert!(after.value >= most, "seed {seed}: {after:?} below {most}");
        let certificate = after.certificate.as_ref();
        let ruling = certificate.map(|certificate| weigh(&problem, certificate, after.value, PRICE_STEPS));
        assert!(
            ruling.is_some_and(|ruling| ruling.standing == Standing::Holds),
            "seed {seed}: {after:?}"
        );
        better += usize::from(after.value < before);
    }
    assert!(better > 5, "prices are better than arithmetic on {better} maps only");
    Ok(())
}

#[test]
fn prices_on_demand_beat_counting_on_a_map_of_a_hundred_areas() -> Result<(), SolveError> {
    // Areas of 20 and 21 persons and a floor of 30: two areas a lot, and ten persons are always over.
    let volumes: Vec<i64> = (0..100).map(|cell| 20 + (cell + cell / 10) % 2).collect();
    let problem = lattice_of_a_hundred(&volumes, 30);
    let Ok(instance) = Instance::new(&problem) else {
        return Ok(());
    };
    let (before, after) = priced(&instance)?;
    assert_eq!((before, after.value, after.argument), (64, 50, "packing prices"));
    assert_eq!(standing_of(&problem, &after), Some(Standing::Holds));
    Ok(())
}

#[test]
fn counting_in_grains_needs_no_prices() {
    // Areas of two persons and a floor of three: no lot has three.
    let problem = lattice_of_a_hundred(&[2; 100], 3);
    let Ok(instance) = Instance::new(&problem) else {
        return;
    };
    let bound = upper_bound(&instance);
    assert_eq!((bound.value, bound.argument), (50, "counting in grains"));
    assert_eq!(standing_of(&problem, &bound), Some(Standing::Holds));
}

fn lattice_of_a_hundred(volumes: &[i64], floor: i64) -> Problem {
    Drawn::lattice(10, 10).volumes(volumes).floor(floor).problem()
}

fn standing_of(problem: &Problem, bound: &Bound) -> Option<Standing> {
    Some(standing(problem, bound.certificate.as_ref()?, bound.value))
}
