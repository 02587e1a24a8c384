//! What must hold of every funding model and every lot, whatever their figures.

use std::path::Path;

use lotwright::domain::{Accelerator, FundingModel, PaymentKind, Pence};
use lotwright::io::funding;
use lotwright::value::money::sums::primes;
use lotwright::value::money::{
    Binding, BreakEven, Course, Order, Quick, Shock, Terms, account, break_even, derive_floor,
};
use proptest::prelude::*;

fn model(name: &str) -> FundingModel {
    let input = funding::find(name, Path::new(".")).unwrap();
    funding::read(&input, &[]).unwrap_or_else(|findings| panic!("{findings}"))
}

/// The tender of 2017: £428.2m for 186,000 participants.
const UNIT_COST: f64 = 428.2e6 / 186_000.0;

fn lot(value_gbp: f64) -> Order {
    Order::of_value(value_gbp, UNIT_COST)
}

/// A model with other figures than its file, months of referral, and a lot.
#[derive(Clone, Debug)]
struct Case {
    model: FundingModel,
    course: Course,
    order: Order,
}

/// A lot between £1m and £200m under any of the models, with other figures of the provider and of the payments.
fn case() -> impl Strategy<Value = Case> {
    let figures = (
        0..5usize,
        100_000_000..20_000_000_000i64,
        6.0..80.0f64,
        1.0..30.0f64,
        10.0..120.0f64,
    );
    let parts = (0.0..1.0f64, 0.0..1.0f64, 0.05..1.0f64, 0.0..0.3f64);
    let growth = (0.0..0.1f64, 0.0..0.1f64, 0..5usize, 0.0..0.2f64);
    let accelerator = proptest::option::of((0.0..1.5f64, 0.5..3.0f64));
    (figures, parts, growth, accelerator).prop_map(|(figures, parts, growth, accelerator)| {
        let (k, pence, referral_months, stay, caseload) = figures;
        let mut model = model(funding::names()[k]);
        let it = &mut model.provider;
        it.months_on_programme = stay;
        it.caseload = caseload;
        (it.subcontracted_share, it.staff_flex) = (parts.0, parts.1);
        it.groups[0].outcome_rate = parts.2;
        it.management_fee = parts.3;
        (it.cost_growth_a_year, it.price_growth_a_year) = (growth.0, growth.1);
        (it.payment_delay_months, it.finance_rate_a_year) = (growth.2 as f64, growth.3);
        for payment in &mut model.payments {
            if let PaymentKind::Outcome { accelerator: own } = &mut payment.kind {
                *own = accelerator.map(|(threshold, factor)| Accelerator { threshold, factor });
            }
        }
        Case {
            course: Course::new(&model, referral_months),
            order: lot(pence as f64 / 100.0),
            model,
        }
    })
}

fn shock() -> impl Strategy<Value = Shock> {
    (0.0..1.5f64, 0.0..2.0f64, 0.5..1.5f64, 0..4usize).prop_map(|(volume, performance, cost, delay_months)| Shock {
        volume,
        performance,
        cost,
        delay_months,
    })
}

fn pence(pounds: f64) -> i64 {
    (pounds * 100.0).round() as i64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn parts_of_income_and_cost_add_up_to_the_whole_in_pence(case in case(), shock in shock()) {
        let account = account(&case.course, &case.order, &shock);
        for kind in 0..6 {
            let months: Pence = account.months.iter().map(|month| month.income[kind]).sum();
            prop_assert_eq!(months, account.income_by_kind[kind]);
        }
        for kind in 0..5 {
            let months: Pence = account.months.iter().map(|month| month.cost[kind]).sum();
            prop_assert_eq!(months, account.cost_by_kind[kind]);
        }
        prop_assert_eq!(account.income_by_kind.iter().sum::<Pence>(), account.income);
        prop_assert_eq!(account.cost_by_kind.iter().sum::<Pence>(), account.cost);
    }

    #[test]
    fn the_quick_way_to_a_surplus_agrees_with_ledger_and_account(case in case(), shocks in prop::array::uniform8(shock())) {
        let ratio = |shock: Shock| case.course.performance_ratio(shock.performance);
        let quick = Quick::new(&case.course, &case.order, &shocks[0]);
        let surplus = quick.surplus(&shocks.map(|shock| shock.volume), &shocks.map(ratio), &mut Vec::new());
        for (surplus, shock) in surplus.into_iter().zip(shocks) {
            // A quick surplus has the costs and the delay of one shock, and every volume and performance.
            let shock = Shock { cost: shocks[0].cost, delay_months: shocks[0].delay_months, ..shock };
            let ledger = case.course.ledger(&case.order, &shock).surplus();
            prop_assert!((surplus - ledger).abs() < 1e-6 + 1e-12 * case.order.contract_value_gbp, "{surplus} {ledger}");
            let account = account(&case.course, &case.order, &shock).surplus.0 as f64;
            // Income, cost and interest are each rounded to the penny.
            prop_assert!((surplus * 100.0 - account).abs() < 1.501, "{surplus} {account}");
        }
    }

    #[test]
    fn cash_ends_at_profit_less_interest(case in case(), shock in shock()) {
        let account = account(&case.course, &case.order, &shock);
        let end = account.months.last().map(|month| month.cash);
        prop_assert_eq!(end, Some(account.profit - account.finance));
        prop_assert_eq!(account.surplus, account.income - account.cost - account.finance);
        let interest: Pence = account.months.iter().map(|month| month.finance).sum();
        prop_assert_eq!(interest, account.finance);
    }

    #[test]
    fn as_expected_income_over_the_contract_is_the_contract_value(case in case()) {
        prop_assume!(case.model.payment("cost_plus").is_none());
        let account = account(&case.course, &case.order, &Shock::default());
        prop_assert_eq!(account.income.0, pence(case.order.contract_value_gbp));
    }

    #[test]
    fn cost_plus_never_pays_more_than_the_contract_value(case in case(), shock in shock()) {
        prop_assume!(case.model.payment("cost_plus").is_some());
        let account = account(&case.course, &case.order, &shock);
        prop_assert!(account.income.0 <= pence(case.order.contract_value_gbp));
    }

    #[test]
    fn twice_the_lot_and_twice_its_fixed_costs_are_twice_the_money(case in case(), shock in shock()) {
        let mut model = case.model.clone();
        model.provider.fixed_gbp_a_month *= 2.0;
        model.provider.set_up_gbp *= 2.0;
        let twice = Order {
            contract_value_gbp: case.order.contract_value_gbp * 2.0,
            participants: case.order.participants * 2.0,
        };
        let one = case.course.ledger(&case.order, &shock);
        let two = Course::new(&model, case.course.referral_months as f64).ledger(&twice, &shock);
        let scale = case.order.contract_value_gbp;
        for (one, two) in one.months.iter().zip(&two.months) {
            prop_assert!((two.balance - 2.0 * one.balance).abs() < 1e-9 * scale);
            prop_assert!((two.received - 2.0 * one.received).abs() < 1e-9 * scale);
            prop_assert!((two.paid - 2.0 * one.paid).abs() < 1e-9 * scale);
            prop_assert!((two.interest - 2.0 * one.interest).abs() < 1e-9 * scale);
            for (one, two) in one.income.iter().chain(&one.cost).zip(two.income.iter().chain(&two.cost)) {
                prop_assert!((two - 2.0 * one).abs() < 1e-9 * scale);
            }
        }
    }

    #[test]
    fn at_the_fall_of_break_even_the_margin_is_nothing_to_the_penny(case in case()) {
        let falls = break_even(&case.course, &case.order, &Shock::default());
        let at = |fall: f64| case.course.ledger(&case.order, &Shock::of_volume(1.0 - fall)).surplus();
        match falls {
            BreakEven::Fall(fall) => prop_assert!(at(fall).abs() < 0.005, "{} at {fall}", at(fall)),
            BreakEven::Never => prop_assert!(at(0.0) >= 0.0 && at(1.0) >= 0.0),
            BreakEven::Loses => prop_assert!(at(0.0) < 0.0),
        }
    }

    #[test]
    fn more_starts_and_more_outcomes_never_bring_less_income(case in case(), shock in shock(), more in 1.0..2.0f64) {
        let income = |shock: Shock| case.course.ledger(&case.order, &shock).income();
        let least = income(shock) - 1e-6;
        let starts = Shock { volume: shock.volume * more, ..shock };
        let outcomes = Shock { performance: shock.performance * more, ..shock };
        prop_assert!(income(starts) >= least && income(outcomes) >= least);
    }

    #[test]
    fn later_payment_and_higher_cost_never_help(case in case(), shock in shock()) {
        prop_assume!(case.model.payment("cost_plus").is_none());
        let surplus = |shock: Shock| case.course.ledger(&case.order, &shock).surplus();
        let most = surplus(shock) + 1e-6;
        let later = Shock { delay_months: shock.delay_months + 2, ..shock };
        let dearer = Shock { cost: shock.cost * 1.1, ..shock };
        prop_assert!(surplus(later) <= most && surplus(dearer) <= most);
    }
}

#[test]
fn a_lot_paid_by_results_has_less_left_the_fewer_start() {
    for name in ["whp-2017", "work-programme-2011"] {
        let course = Course::new(&model(name), 60.0);
        for value in [5e6, 20e6, 60e6] {
            let left: Vec<f64> = (0..=20)
                .map(|k| {
                    course
                        .ledger(&lot(value), &Shock::of_volume(f64::from(k) / 20.0))
                        .surplus()
                })
                .collect();
            assert!(
                left.windows(2).all(|pair| pair[0] < pair[1]),
                "{name} £{value}: {left:?}"
            );
        }
    }
}

#[test]
fn the_derived_floor_is_the_least_lot_that_meets_both_terms() {
    for name in funding::names() {
        let model = model(name);
        let course = Course::new(&model, 60.0);
        for (margin, trough) in [(0.05, 0.1), (0.0, 0.06), (0.0, 10.0)] {
            let terms = Terms { margin, trough };
            let floor = derive_floor(&course, UNIT_COST, &terms, &Shock::default())
                .unwrap_or_else(|none| panic!("{name}: {none:?}"));
            let meets = |value: i64| {
                let ledger = course.ledger(&lot(value as f64), &Shock::default());
                ledger.margin() >= margin && -ledger.lowest() / value as f64 <= trough
            };
            let value = floor.contract_value_gbp;
            assert!(meets(value) && !meets(value - 1), "{name}: {floor:?}");
            assert_ne!(floor.because, Binding::Nothing);
        }
    }
}

#[test]
fn where_no_size_will_do_the_error_says_what_the_largest_lot_reaches() {
    let course = Course::new(&model("whp-2017"), 60.0);
    let asks =
        |margin: f64, trough: f64| derive_floor(&course, UNIT_COST, &Terms { margin, trough }, &Shock::default());
    let margin = asks(0.5, 0.1).unwrap_err();
    assert_eq!(margin.because, Binding::Margin);
    assert!(margin.reached > 0.05 && margin.reached < 0.5, "{margin:?}");
    let half = derive_floor(
        &course,
        UNIT_COST,
        &Terms {
            margin: 0.0,
            trough: 0.1,
        },
        &Shock::of_volume(0.3),
    );
    assert_eq!(half.unwrap_err().because, Binding::Margin);
}

#[test]
fn a_floor_that_survives_a_fall_is_higher_than_one_that_does_not() {
    let course = Course::new(&model("whp-2017"), 60.0);
    let terms = Terms {
        margin: 0.0,
        trough: 0.1,
    };
    let floor = |volume: f64| {
        derive_floor(&course, UNIT_COST, &terms, &Shock::of_volume(volume))
            .unwrap()
            .contract_value_gbp
    };
    assert!(floor(1.0) < floor(0.9) && floor(0.9) < floor(0.75));
}

#[test]
fn outcomes_past_the_threshold_are_paid_more_and_the_price_below_it_is_lower() {
    let mut model = model("whp-2017");
    let price = |model: &FundingModel| Course::new(model, 60.0).outcome_price_gbp(428.2e6, 186_000.0).unwrap();
    let income = |model: &FundingModel, performance: f64| {
        let shock = Shock {
            performance,
            ..Shock::default()
        };
        Course::new(model, 60.0).ledger(&lot(30e6), &shock).income()
    };
    let with = model.clone();
    for payment in &mut model.payments {
        if let PaymentKind::Outcome { accelerator } = &mut payment.kind {
            *accelerator = None;
        }
    }
    assert!(price(&with) < price(&model));
    // 70 % of £2,302, and 32.5 % of participants: without an accelerator, what an outcome must bring.
    assert!((price(&model) - 0.7 * UNIT_COST / 0.325).abs() < 0.01);
    assert!(income(&with, 0.7) < income(&model, 0.7) && income(&with, 1.2) > income(&model, 1.2));
}

#[test]
fn several_primes_in_a_lot_pay_for_their_fixed_costs_each() {
    let course = Course::new(&model("whp-2017"), 60.0);
    let shared = primes(&course, &lot(30e6), 3);
    assert_eq!(shared.iter().map(|it| it.primes).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(shared[0].extra_cost_gbp == 0.0 && shared[1].extra_cost_gbp > 1e6);
    assert!(shared[2].extra_cost_gbp > 1.9 * shared[1].extra_cost_gbp);
    assert!(shared[0].margin > shared[1].margin && shared[1].margin > shared[2].margin);
}

/// Margins of some per cent, a trough within two years, a break-even fall of 5 to 40 %: the lots of `whp-2017` look like a provider's.
#[test]
fn a_lot_of_20_million_looks_like_a_contract_that_somebody_would_sign() {
    let course = Course::new(&model("whp-2017"), 60.0);
    for value in [20e6, 25e6, 30e6] {
        let account = account(&course, &lot(value), &Shock::default());
        assert!((0.03..0.10).contains(&account.margin), "{}", account.margin);
        assert!(account.cash_low.0 < Pence::ZERO && (6..=24).contains(&account.cash_low.1));
        let fall = break_even(&course, &lot(value), &Shock::default()).fall().unwrap();
        assert!((0.05..0.40).contains(&fall), "{fall}");
    }
}
