//! Random maps with mixed rules.

use super::maps::{deal, drawn, group, lock, share_member};
use crate::domain::{Adjacency, Goal, Length, Link, LotCount, Parts, Pence, Volume};
use rand::{Rng, RngExt};

/// A random map of four to nine areas with random volumes and rules.
pub fn random_parts(random: &mut impl Rng) -> Parts {
    let letters: Vec<char> = "abcdefghi".chars().take(random.random_range(4..=9)).collect();
    let mut any = || {
        if random.random_range(0..10) == 0 {
            '.'
        } else {
            letters[random.random_range(0..letters.len())]
        }
    };
    let rows: Vec<String> = (0..3).map(|_| (0..4).map(|_| any()).collect()).collect();
    let mut parts = drawn(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let total = random_volumes(&mut parts, random);
    random_rules(&mut parts, total, random);
    parts.goals = Goal::ALL.to_vec();
    (0..4).for_each(|at| parts.goals.swap(at, random.random_range(0..4)));
    parts.goals.truncate(random.random_range(1..=4));
    parts
}

/// Random volumes and an envelope of a penny for a thousandth of a person; gives the sum.
fn random_volumes(parts: &mut Parts, random: &mut impl Rng) -> i64 {
    for area in 0..parts.areas.len() {
        let volume = Volume(random.random_range(0..20) * 500 + random.random_range(0..3));
        parts.areas[area].volume = volume;
        parts.seats[area].volume = volume;
        parts.units[area].volume = volume;
    }
    let total: i64 = parts.areas.iter().map(|area| area.volume.0).sum();
    parts.funding.envelope = Pence(total.max(1));
    total
}

/// A random map of 20 to 40 areas on a grid, contiguous and with a floor, so that exact strategies can list its lots.
pub fn random_grid(random: &mut impl Rng) -> Parts {
    let (width, height) = (random.random_range(5..=8_u32), random.random_range(4..=5_u32));
    let row = |y: u32| -> String {
        (0..width)
            .filter_map(|x| char::from_u32(0x4E00 + y * width + x))
            .collect()
    };
    let rows: Vec<String> = (0..height).map(row).collect();
    let mut parts = drawn(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let total = random_volumes(&mut parts, random);
    random_rules(&mut parts, total, random);
    parts.search.time_limit_s = 2.0;
    parts.rules.contiguous = true;
    parts.rules.viability.floor_gbp = Some(Pence(total / random.random_range(8..14)));
    if parts.rules.count != LotCount::Max {
        parts.rules.count = LotCount::Range(random.random_range(4..6), random.random_range(7..9));
    }
    parts.goals = vec![
        Goal::ALL[random.random_range(0..4)],
        Goal::ALL[random.random_range(0..4)],
    ];
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
        parts.adjacency = Adjacency::new(count, borders, vec![link]);
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
fn lengthened(parts: &Parts, random: &mut impl Rng) -> Adjacency {
    let mut borders = parts.adjacency.borders().to_vec();
    borders
        .iter_mut()
        .for_each(|border| border.length = Length(random.random_range(1..5) * 1_000_003));
    Adjacency::new(parts.areas.len(), borders, parts.adjacency.links().to_vec())
}
