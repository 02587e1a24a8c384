//! How long the parts of a search take on generated lattices.

use lotwright::domain::{
    Adjacency, Area, AreaCode, Border, BorderKind, Funding, Goal, Length, LotCount, Parts, Pence, Plan, Point, Problem,
    Rules, Search, Seat, Share, Unit, Unwatched, Viability, Volume,
};
use lotwright::solve::backend::Highs;
use lotwright::solve::{
    Clock, Instance, Raising, Record, SetPartitioning, Setting, Strategy, TreeSearch, solve, upper_bound,
};
use lotwright::verify::judge;

fn main() {
    divan::main();
}

/// A square lattice of `side` × `side` areas with uneven volumes; a lot needs about `blocks` areas.
fn lattice(side: usize, blocks: i64) -> Problem {
    let areas: Vec<Area> = (0..side * side)
        .map(|at| Area {
            code: AreaCode::new(&format!("L{at:06}")),
            name: format!("Cell {at}"),
            volume: Volume::people(500 + (at as i64 * 7919) % 1000),
            centre: Point {
                easting: (at % side) as f64 * 5000.0,
                northing: (at / side) as f64 * 5000.0,
            },
            region: None,
        })
        .collect();
    let seats: Vec<Seat> = (0..areas.len())
        .map(|at| Seat {
            area: at,
            unit: at,
            share: Share::WHOLE,
            volume: areas[at].volume,
        })
        .collect();
    let units = areas
        .iter()
        .enumerate()
        .map(|(at, area)| Unit {
            id: area.code.to_string(),
            name: area.name.clone(),
            seats: vec![at],
            volume: area.volume,
            homes: Vec::new(),
        })
        .collect();
    let total: i64 = areas.iter().map(|area| area.volume.0).sum();
    let right = (0..side * side)
        .filter(|at| at % side + 1 < side)
        .map(|at| (at, at + 1));
    let down = (0..side * (side - 1)).map(|at| (at, at + side));
    let borders = right
        .chain(down)
        .map(|(from, to)| Border {
            from,
            to,
            length: Length::from_metres(5000.0),
            kind: BorderKind::Exact,
        })
        .collect();
    Problem::new(Parts {
        name: "lattice".into(),
        title: "A lattice".into(),
        units,
        seats,
        adjacency: Adjacency::new(areas.len(), borders, Vec::new()),
        areas,
        deals: Vec::new(),
        funding: Funding {
            envelope: Pence(total),
            participants: total / 1000,
            referral_years: 5.0,
        },
        rules: Rules {
            viability: Viability {
                floor_gbp: Some(Pence(blocks * 1_000_000)),
                ..Viability::default()
            },
            count: LotCount::Max,
            contiguous: true,
            keep_whole: Vec::new(),
            never_together: Vec::new(),
            locks: Vec::new(),
        },
        goals: vec![Goal::Travel, Goal::Border],
        search: Search::default(),
    })
}

#[divan::bench(args = [6, 18, 60])]
fn bounds_by_arithmetic(bencher: divan::Bencher<'_, '_>, side: usize) {
    let problem = lattice(side, 15);
    let Ok(instance) = Instance::new(&problem) else { return };
    bencher.bench(|| upper_bound(divan::black_box(&instance)));
}

/// Runs one strategy from an empty record.
fn run(bencher: divan::Bencher<'_, '_>, problem: &Problem, strategy: &(dyn Strategy + Sync)) {
    let Ok(instance) = Instance::new(problem) else { return };
    let most = upper_bound(&instance);
    bencher.bench(|| {
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let mut record = Record::new(&instance, most.clone());
        strategy.run(&setting, &mut record).map(|()| record.lots())
    });
}

#[divan::bench(args = [18, 60, 180], sample_count = 5)]
fn ten_thousand_steps_of_tree_search(bencher: divan::Bencher<'_, '_>, side: usize) {
    run(
        bencher,
        &lattice(side, 15),
        &TreeSearch {
            raise: Raising {
                tries: 0,
                steps: 0,
                temper: 0,
            },
            starts: 1,
            construct: 10_000,
            fresh: 0,
            runs: 1,
            anneal: 100_000,
        },
    );
}

/// A million steps of filling lots that are short, at the number of lots that counting allows.
#[divan::bench(args = [18, 60, 180], sample_count = 5)]
fn a_million_steps_of_filling(bencher: divan::Bencher<'_, '_>, side: usize) {
    let raise = Raising {
        tries: 1,
        steps: 1_000_000,
        temper: 0,
    };
    let search = TreeSearch {
        raise,
        starts: 0,
        construct: 0,
        fresh: 0,
        runs: 0,
        anneal: 0,
    };
    run(bencher, &lattice(side, 15), &search);
}

/// The judge, with lots that are rows of the lattice.
#[divan::bench(args = [18, 60, 180], sample_count = 5)]
fn judge_of_a_plan(bencher: divan::Bencher<'_, '_>, side: usize) {
    let problem = lattice(side, 15);
    let rows: Vec<usize> = (0..side * side).map(|at| at / side).collect();
    bencher.bench(|| judge(&problem, Plan::from_units(&problem, &rows)).goals().to_vec());
}

#[divan::bench(args = [4, 5, 6], sample_count = 5)]
fn enumeration_and_set_partitioning(bencher: divan::Bencher<'_, '_>, side: usize) {
    run(bencher, &lattice(side, 3), &SetPartitioning::default());
}

#[divan::bench(args = [4, 6], sample_count = 5)]
fn whole_search(bencher: divan::Bencher<'_, '_>, side: usize) {
    let problem = lattice(side, 3);
    bencher.bench(|| solve(&problem, &Unwatched).map(|outcome| outcome.goals));
}
