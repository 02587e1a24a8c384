//! How long random draws take: 300 lots over seven years, 10 000 draws.

use std::path::Path;

use lotwright::domain::Risk;
use lotwright::io::funding;
use lotwright::value::money::{Course, Errors, Exposed, Exposure, Order, Shock, draw};

fn main() {
    divan::main();
}

const LOTS: usize = 300;

/// Lots of four areas each, in eleven regions.
fn plan() -> Exposure {
    Exposure {
        lots: (0..LOTS)
            .map(|lot| Exposed {
                order: Order::of_value(1.5e7 + 1e5 * lot as f64, 2300.0),
                parts: (0..4).map(|k| (4 * lot + k, 0.25)).collect(),
                floor: Some(0.8),
            })
            .collect(),
        region_of_area: (0..4 * LOTS).map(|area| Some(area * 11 / (4 * LOTS))).collect(),
    }
}

/// 63 months of referral and 21 more in which outcomes are reached: 84.
fn course(model: &str) -> Course {
    let found = funding::find(model, Path::new(".")).ok();
    let model = found.and_then(|input| funding::read(&input, &[]).ok());
    Course::new(&model.unwrap_or_else(|| std::process::abort()), 63.0)
}

#[divan::bench(args = ["whp-2017", "work-programme-2011", "cost-plus"], sample_count = 5)]
fn ten_thousand_draws_of_300_lots(bencher: divan::Bencher, model: &str) {
    let (plan, course) = (plan(), course(model));
    let errors = Errors {
        volume: Risk {
            national_sd: 0.15,
            regional_sd: 0.07,
            local_sd: 0.15,
        },
        performance_sd: 0.1,
        provider_sd: 0.1,
        correlation: -0.3,
    };
    bencher.bench(|| draw(&course, &plan, &errors, &Shock::default(), 10_000, 1, 2));
}
