//! What must hold of every funding model and every lot.

use std::path::Path;

use lotwright::domain::FundingModel;
use lotwright::io::funding;
use lotwright::value::money::{Course, Order, Shock, Terms, account, break_even, derive_floor};

fn model(name: &str) -> FundingModel {
    let input = funding::find(name, Path::new(".")).unwrap();
    funding::read(&input, &[]).unwrap_or_else(|findings| panic!("{findings}"))
}

#[test]
fn calibrate() {
    let unit = 428.2e6 / 186_000.0;
    for name in funding::names() {
        let model = model(name);
        let course = Course::new(&model, 60.0);
        for value in [5e6, 10e6, 20e6, 30e6, 60e6, 120e6] {
            let order = Order::of_value(value, unit);
            let a = account(&course, &order, &Shock::default());
            println!(
                "{name} {value:.0e} income {:.3} margin {:.3} low {:.3} at {} even {:?} payback {:?} fall {:?} adv {:.1} perf-10% {:.3}",
                a.income.as_pounds() / 1e6,
                a.margin,
                a.cash_low.0.as_pounds() / value,
                a.cash_low.1,
                a.break_even_month,
                a.payback_months,
                break_even(&course, &order, &Shock::default()),
                a.advisers_peak,
                account(
                    &course,
                    &order,
                    &Shock {
                        performance: 0.9,
                        ..Shock::default()
                    }
                )
                .margin
            );
        }
        let t = Terms {
            margin: model.provider.target_margin,
            trough: model.provider.bearable_trough,
        };
        println!("{:?}", derive_floor(&course, unit, &t, &Shock::default()));
        println!("price {:?}", course.outcome_price_gbp(428.2e6, 186_000.0));
    }
}
