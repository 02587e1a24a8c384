//! Certificates that are true hold, and those that were tampered with are refused at the place of the change.

use super::{PRICE_STEPS, Standing, weigh};
use crate::domain::drawn::Drawn;
use crate::domain::{Certificate, CutPart, LotCount, Origin, Problem, Volume};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A row of four small areas on both sides of a great one.
fn row() -> Problem {
    Drawn::new("abcde").volumes(&[2, 1, 9, 1, 2]).floor(3).problem()
}

fn part(units: &[&str], volume: i64, lots: i64) -> CutPart {
    CutPart {
        units: units.iter().map(|unit| unit.to_string()).collect(),
        volume: Volume::people(volume),
        lots,
    }
}

fn cut(separator: &[&str], parts: Vec<CutPart>) -> Certificate {
    Certificate::Separator {
        origin: Origin::Search,
        least_volume: Volume::people(3),
        separator: separator.iter().map(|unit| unit.to_string()).collect(),
        parts,
    }
}

fn prices(of: &[(&str, i64)], sum: i64, least: i64) -> Certificate {
    Certificate::Prices {
        least_volume: Volume::people(3),
        prices: of.iter().map(|(unit, price)| (unit.to_string(), *price)).collect(),
        sum,
        least,
    }
}

/// How it stands, and the place that the message names.
fn ruling(problem: &Problem, certificate: &Certificate, bound: i64) -> (Standing, String) {
    let ruling = weigh(problem, certificate, bound, PRICE_STEPS);
    let place = ruling.message.split([':', ' ']).next().unwrap_or_default().to_string();
    (ruling.standing, place)
}

fn refused(problem: &Problem, certificate: &Certificate, bound: i64, place: &str) {
    assert_eq!(
        ruling(problem, certificate, bound),
        (Standing::Fails, place.into()),
        "{certificate:?}"
    );
}

#[test]
fn counting_holds_with_its_figures_and_no_others() {
    let problem = row();
    let counting = |alone: &[&str], rest: i64| Certificate::Counting {
        least_volume: Volume::people(3),
        alone: alone.iter().map(|unit| unit.to_string()).collect(),
        rest: Volume::people(rest),
    };
    assert_eq!(ruling(&problem, &counting(&["c"], 6), 3).0, Standing::Holds);
    refused(&problem, &counting(&["c"], 5), 2, "rest_volume");
    refused(&problem, &counting(&["x"], 6), 3, "alone");
    refused(&problem, &counting(&["c", "c"], 6), 4, "alone");
    refused(&problem, &counting(&["c"], 6), 2, "lots");
}

#[test]
fn a_separator_holds_only_with_the_parts_into_which_the_map_falls() {
    let problem = row();
    let parts = vec![part(&["a", "b"], 3, 1), part(&["d", "e"], 3, 1)];
    assert_eq!(ruling(&problem, &cut(&["c"], parts.clone()), 3).0, Standing::Holds);
    refused(&problem, &cut(&[], parts.clone()), 2, "parts");
    refused(&problem, &cut(&["c"], parts[..1].to_vec()), 2, "parts");
    refused(
        &problem,
        &cut(&["c"], vec![part(&["a", "b"], 2, 0), parts[1].clone()]),
        2,
        "parts",
    );
    refused(
        &problem,
        &cut(&["c"], vec![part(&["a", "b"], 3, 0), parts[1].clone()]),
        2,
        "parts",
    );
    refused(
        &problem,
        &cut(&["c"], vec![part(&["a"], 2, 0), parts[1].clone()]),
        2,
        "parts",
    );
}

#[test]
fn prices_hold_only_while_no_viable_set_costs_less() {
    let problem = row();
    let fair = [("a", 2), ("b", 1), ("c", 3), ("d", 1), ("e", 2)];
    assert_eq!(ruling(&problem, &prices(&fair, 9, 3), 3).0, Standing::Holds);
    let cheap = [("a", 2), ("b", 1), ("c", 2), ("d", 1), ("e", 2)];
    refused(&problem, &prices(&cheap, 8, 3), 2, "least");
    refused(&problem, &prices(&fair, 8, 3), 2, "sum");
    refused(&problem, &prices(&fair, 9, 4), 2, "least");
    refused(&problem, &prices(&[("c", -1)], -1, 1), 3, "prices");
    assert_eq!(ruling(&problem, &prices(&fair, 9, 0), 3).0, Standing::Fails);
}

#[test]
fn another_floor_makes_a_certificate_void() {
    let problem = Drawn::new("abcde").volumes(&[2, 1, 9, 1, 2]).floor(2).problem();
    refused(&problem, &prices(&[("c", 1)], 1, 1), 1, "least_volume");
}

#[test]
fn a_search_for_cheap_sets_that_ends_early_settles_nothing() {
    let problem = row();
    let fair = [("a", 2), ("b", 1), ("c", 3), ("d", 1), ("e", 2)];
    assert_eq!(weigh(&problem, &prices(&fair, 9, 3), 3, 1).standing, Standing::Open);
}

#[test]
fn what_was_asked_for_is_read_from_the_scenario() {
    let asked = |lots| Certificate::AskedFor { lots };
    let problem = Drawn::new("abc").count(LotCount::Range(1, 2)).problem();
    assert_eq!(ruling(&problem, &asked(2), 2).0, Standing::Holds);
    refused(&problem, &asked(1), 1, "lots");
    refused(&row(), &asked(2), 2, "lots");
}

#[test]
fn units_that_go_together_are_one_block_and_rivals_do_not_join() {
    let whole = Drawn::new("abcde")
        .volumes(&[2, 1, 9, 1, 2])
        .floor(3)
        .keep_whole("ab")
        .problem();
    let counting = |alone: &[&str], rest: i64| Certificate::Counting {
        least_volume: Volume::people(3),
        alone: alone.iter().map(|unit| unit.to_string()).collect(),
        rest: Volume::people(rest),
    };
    assert_eq!(ruling(&whole, &counting(&["a", "c"], 3), 3).0, Standing::Holds);
    refused(&whole, &counting(&["b", "c"], 3), 3, "alone");
    let apart = Drawn::new("ab")
        .volumes(&[2, 2])
        .floor(3)
        .never_together("a", "b")
        .problem();
    let parts = vec![part(&["a"], 2, 0), part(&["b"], 2, 0)];
    assert_eq!(ruling(&apart, &cut(&[], parts), 0).0, Standing::Holds);
}

#[test]
fn scattered_lots_ask_for_prices_that_every_heap_of_areas_pays() {
    let scattered = Drawn::new("abcde")
        .volumes(&[2, 1, 9, 1, 2])
        .floor(3)
        .contiguous(false)
        .problem();
    let near = [("a", 2), ("b", 0), ("c", 3), ("d", 2), ("e", 2)];
    // b is free and a reaches the floor with it.
    refused(&scattered, &prices(&near, 9, 3), 3, "least");
    let fair = [("a", 2), ("b", 1), ("c", 3), ("d", 1), ("e", 2)];
    assert_eq!(ruling(&scattered, &prices(&fair, 9, 3), 3).0, Standing::Holds);
}

fn prices_at(floor: i64, of: &[(&str, i64)], least: i64) -> Certificate {
    Certificate::Prices {
        least_volume: Volume::people(floor),
        prices: of.iter().map(|(unit, price)| (unit.to_string(), *price)).collect(),
        sum: of.iter().map(|(_, price)| price).sum(),
        least,
    }
}

#[test]
fn a_double_member_counts_only_with_a_group_of_it_and_its_groups_together_only_with_it() {
    // b reaches the floor alone, and is a lot with a or c only.
    let row = Drawn::new("abc")
        .volumes(&[1, 2, 1])
        .floor(2)
        .chooses('b', "ac")
        .problem();
    let of = [("a", 2), ("b", 1), ("c", 2)];
    assert_eq!(ruling(&row, &prices_at(2, &of, 3), 1).0, Standing::Holds);
    refused(&row, &prices_at(2, &of, 4), 1, "least");
    let free = Drawn::new("abc").volumes(&[1, 2, 1]).floor(2).problem();
    refused(&free, &prices_at(2, &of, 3), 1, "least");
    // a and b reach the floor together, and leave c no lot to go to.
    let three = Drawn::new("ab\ncc")
        .volumes(&[1, 1, 5])
        .floor(2)
        .chooses('c', "ab")
        .problem();
    let of = [("a", 1), ("b", 1), ("c", 2)];
    assert_eq!(ruling(&three, &prices_at(2, &of, 3), 1).0, Standing::Holds);
    refused(&three, &prices_at(2, &of, 4), 1, "least");
}

/// Nine areas in a square, of which some are members of two or three others.
fn square(random: &mut impl Rng) -> Problem {
    let people: Vec<i64> = (0..9).map(|_| random.random_range(1..6)).collect();
    let mut drawn = Drawn::new("abc\ndef\nghi")
        .volumes(&people)
        .floor(random.random_range(4..12));
    if random.random_range(0..2) == 0 {
        drawn = drawn.cap(random.random_range(12..25));
    }
    for (member, homes) in [('b', "ac"), ('e', "dfh"), ('g', "dh"), ('i', "af")] {
        if random.random_range(0..2) == 0 {
            drawn = drawn.chooses(member, homes);
        }
    }
    drawn.problem()
}

/// What the cheapest viable set costs, by trying all sets of areas.
fn cheapest_by_force(problem: &Problem, price: &[i64]) -> Option<i64> {
    let viable = |set: u32| {
        let has = |unit: usize| set >> unit & 1 == 1;
        let volume: i64 = (0..9)
            .filter(|&unit| has(unit))
            .map(|unit| problem.units()[unit].volume.0)
            .sum();
        let cap = problem.greatest_volume().map_or(i64::MAX, |cap| cap.0);
        let settled = problem
            .units()
            .iter()
            .enumerate()
            .filter(|(_, unit)| !unit.homes.is_empty())
            .all(|(unit, double)| {
                let held = double.homes.iter().filter(|&&home| has(home)).count();
                if has(unit) { held > 0 } else { held < double.homes.len() }
            });
        let mut part = set & set.wrapping_neg();
        for _ in 0..9 {
            let near = |unit: usize| {
                problem
                    .adjacency()
                    .neighbours(unit)
                    .iter()
                    .any(|&other| part >> other & 1 == 1)
            };
            part = (0..9)
                .filter(|&unit| has(unit) && near(unit))
                .fold(part, |part, unit| part | 1 << unit);
        }
        (problem.least_volume().0..=cap).contains(&volume) && settled && part == set
    };
    let cost = |set: u32| (0..9).filter(|unit| set >> unit & 1 == 1).map(|unit| price[unit]).sum();
    (1_u32..1 << 9).filter(|&set| viable(set)).map(cost).min()
}

#[test]
fn with_double_members_the_least_price_is_that_of_trying_all_sets() {
    let mut compared = 0;
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let problem = square(&mut random);
        let price: Vec<i64> = (0..9).map(|_| random.random_range(0..20)).collect();
        let of: Vec<(&str, i64)> = problem
            .units()
            .iter()
            .map(|unit| unit.id.as_str())
            .zip(price.iter().copied())
            .collect();
        let floor = problem.least_volume().0 / 1000;
        let Some(least) = cheapest_by_force(&problem, &price).filter(|least| *least > 0) else {
            continue;
        };
        let all: i64 = price.iter().sum();
        assert_eq!(
            ruling(&problem, &prices_at(floor, &of, least), all / least).0,
            Standing::Holds,
            "seed {seed}"
        );
        refused(&problem, &prices_at(floor, &of, least + 1), all / least, "least");
        compared += 1;
    }
    assert!(compared > 300, "{compared} maps are too few");
}
