//! What must hold of random draws: they agree with closed forms, and with themselves whatever the number of threads.

use std::path::Path;

use lotwright::domain::Risk;
use lotwright::domain::risk::{chance_of, normal_quantile};
use lotwright::io::funding;
use lotwright::value::money::{
    BreakEven, Chance, Course, Errors, Exposed, Exposure, Order, Shock, Survival, break_even, draw,
};

const RISK: Risk = Risk {
    national_sd: 0.08,
    regional_sd: 0.05,
    local_sd: 0.1,
};

fn course(model: &str) -> Course {
    let input = funding::find(model, Path::new(".")).unwrap();
    let model = funding::read(&input, &[]).unwrap_or_else(|findings| panic!("{findings}"));
    Course::new(&model, 60.0)
}

/// Four lots of one, four, eight and eight areas of 10 000 participants in three regions, each lot worth so many times its floor.
fn plan() -> Exposure {
    let lot = |areas: std::ops::Range<usize>, floor: f64| Exposed {
        order: Order::of_value(2.3e7 * areas.len() as f64, 2300.0),
        parts: areas.clone().map(|area| (area, 1.0 / areas.len() as f64)).collect(),
        floor: Some(floor),
    };
    Exposure {
        lots: vec![lot(0..1, 0.8), lot(1..5, 0.9), lot(5..13, 1.0), lot(13..21, 1.1)],
        region_of_area: (0..21).map(|area| (area != 20).then_some(area / 7)).collect(),
    }
}

fn drawn(errors: &Errors, shock: &Shock, seed: u64, threads: usize) -> Survival {
    draw(&course("whp-2017"), &plan(), errors, shock, 20_001, seed, threads)
}

fn volumes_alone() -> Errors {
    Errors {
        volume: RISK,
        ..Errors::default()
    }
}

/// Whether a share of draws is within four standard errors of a chance.
fn agrees(count: u64, draws: u64, chance: f64) -> bool {
    let error = (chance * (1.0 - chance) / draws as f64).sqrt();
    (count as f64 / draws as f64 - chance).abs() <= 4.0 * error + 1e-9
}

#[test]
fn the_chance_of_reaching_the_floor_agrees_with_the_normal_curve() {
    let plan = plan();
    for (seed, volume) in [(1, 1.0), (2, 0.95)] {
        let survival = drawn(&volumes_alone(), &Shock::of_volume(volume), seed, 1);
        assert_eq!(survival.draws, 20_001);
        for (lot, told) in plan.lots.iter().zip(&survival.lots) {
            let sd = lot.volume_sd(&RISK, &plan.region_of_area);
            let chance = chance_of(lot.floor.unwrap() / volume, sd);
            assert!(agrees(told.floor, survival.draws, chance), "{told:?} {chance}");
        }
    }
}

#[test]
fn the_chance_of_keeping_a_margin_agrees_with_the_normal_curve_at_the_break_even_fall() {
    // Surplus rises with volume, so it is kept where volume falls by less than the break-even fall.
    let plan = plan();
    let course = course("whp-2017");
    let survival = drawn(&volumes_alone(), &Shock::default(), 3, 2);
    for (lot, told) in plan.lots.iter().zip(&survival.lots) {
        let BreakEven::Fall(fall) = break_even(&course, &lot.order, &Shock::default()) else {
            panic!("the lots of this test break")
        };
        let sd = lot.volume_sd(&RISK, &plan.region_of_area);
        let chance = chance_of(1.0 - fall, sd);
        assert!(agrees(told.margin, survival.draws, chance), "{told:?} {chance}");
        assert!(told.both <= told.floor.min(told.margin));
    }
}

#[test]
fn larger_lots_average_local_errors_out() {
    let plan = plan();
    let sd = |lot: usize| plan.lots[lot].volume_sd(&RISK, &plan.region_of_area);
    assert!(sd(0) > sd(1) && sd(1) > sd(2));
    let local = Errors {
        volume: Risk {
            local_sd: 0.3,
            ..Risk::default()
        },
        ..Errors::default()
    };
    let mut plan = plan;
    plan.lots.iter_mut().for_each(|lot| lot.floor = Some(0.8));
    let survival = draw(&course("block-grant"), &plan, &local, &Shock::default(), 4000, 1, 1);
    let reached: Vec<u64> = survival.lots.iter().map(|lot| lot.floor).collect();
    assert!(reached[0] < reached[1] && reached[1] < reached[2], "{reached:?}");
}

#[test]
fn draws_are_the_same_with_any_number_of_threads_and_others_with_another_seed() {
    let errors = Errors {
        performance_sd: 0.1,
        provider_sd: 0.1,
        correlation: -0.5,
        ..volumes_alone()
    };
    let one = drawn(&errors, &Shock::default(), 7, 1);
    for threads in [2, 3, 16] {
        assert_eq!(drawn(&errors, &Shock::default(), 7, threads), one);
    }
    assert_ne!(drawn(&errors, &Shock::default(), 8, 1), one);
    let survivors: u64 = one.survivors.iter().sum();
    assert_eq!(survivors, one.draws);
    let both: u64 = one.lots.iter().map(|lot| lot.both).sum();
    let counted: u64 = one
        .survivors
        .iter()
        .enumerate()
        .map(|(lots, draws)| lots as u64 * draws)
        .sum();
    assert_eq!(both, counted);
}

#[test]
fn without_errors_a_lot_at_its_floor_survives_every_draw() {
    let plan = plan();
    let survival = draw(
        &course("whp-2017"),
        &plan,
        &Errors::default(),
        &Shock::default(),
        11,
        1,
        2,
    );
    let floors: Vec<u64> = survival.lots.iter().map(|lot| lot.floor).collect();
    assert_eq!(floors, [11, 11, 11, 0]);
    assert_eq!(survival.all().part, 0.0);
    assert_eq!(survival.quantile(0.5), 3);
    let none = draw(
        &course("whp-2017"),
        &plan,
        &Errors::default(),
        &Shock::default(),
        0,
        1,
        2,
    );
    assert_eq!((none.draws, none.expected().0), (0, 0.0));
}

#[test]
fn volumes_never_fall_below_nothing() {
    let wild = Errors {
        volume: Risk {
            local_sd: 5.0,
            ..Risk::default()
        },
        ..Errors::default()
    };
    let mut plan = plan();
    plan.lots.iter_mut().for_each(|lot| lot.floor = Some(0.0));
    let survival = draw(&course("whp-2017"), &plan, &wild, &Shock::default(), 500, 1, 1);
    assert!(survival.lots.iter().all(|lot| lot.floor == 500));
}

#[test]
fn a_share_of_draws_stands_in_its_interval_and_more_draws_narrow_it() {
    let (few, many) = (Chance::of(90, 100), Chance::of(9000, 10_000));
    assert!(
        (few.low - 0.8256).abs() < 5e-4 && (few.high - 0.9448).abs() < 5e-4,
        "{few:?}"
    );
    assert!(many.low > few.low && many.high < few.high);
    let none = Chance::of(0, 100);
    assert_eq!((none.part, none.low), (0.0, 0.0));
    assert!(none.high > 0.03);
    assert_eq!(Chance::of(100, 100).high, 1.0);
}

#[test]
fn errors_of_volume_and_performance_that_go_together_agree_with_a_sum_over_one_normal_figure() {
    let (course, plan) = (course("whp-2017"), plan());
    for correlation in [1.0, -1.0] {
        let errors = Errors {
            volume: Risk {
                national_sd: 0.15,
                ..Risk::default()
            },
            performance_sd: 0.1,
            correlation,
            ..Errors::default()
        };
        let survival = draw(&course, &plan, &errors, &Shock::default(), 20_000, 5, 2);
        for (lot, told) in plan.lots.iter().zip(&survival.lots) {
            let keeps = |z: f64| {
                let shock = Shock {
                    volume: 1.0 + 0.15 * z,
                    performance: 1.0 + 0.1 * correlation * z,
                    ..Shock::default()
                };
                course.ledger(&lot.order, &shock).surplus() >= 0.0
            };
            let kept = (0..2000).filter(|k| keeps(normal_quantile((f64::from(*k) + 0.5) / 2000.0)));
            let chance = kept.count() as f64 / 2000.0;
            assert!(
                (told.margin as f64 / 20_000.0 - chance).abs() < 0.015,
                "{told:?} {chance}"
            );
        }
    }
}
