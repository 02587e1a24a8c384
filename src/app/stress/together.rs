//! Shocks one at a time, and volume together with performance.

use super::Trial;
use crate::app::finance::answer::{digits, pounds};
use crate::domain::{Parameter, Standing};
use crate::report::stress::{BarAnswer, EndAnswer, GridAnswer, LotEndAnswer, SensitivityAnswer, TallyAnswer};
use crate::value::money::{Exposed, Shock, Tally, tally};

/// Volumes and performances of the grid, as parts of what was planned.
const STEPS: [f64; 8] = [1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// One thing that goes otherwise than expected, and the shocks of its low and its high figure.
struct Lever {
    what: &'static str,
    unit: &'static str,
    ends: [(f64, Shock); 2],
}

/// Volume, performance, cost and delay, each low and high about what is expected.
fn levers(trial: &Trial<'_>) -> [Lever; 4] {
    let (stress, expected) = (trial.stress, trial.expected);
    let lever = |what, unit, (low, high): (f64, f64), shock: &dyn Fn(f64) -> Shock| Lever {
        what,
        unit,
        ends: [(low, shock(low)), (high, shock(high))],
    };
    [
        lever("volume", "volume ÷ expected", stress.volume, &|part| Shock {
            volume: expected.volume * part,
            ..expected
        }),
        lever("performance", "outcome rates ÷ expected", stress.performance, &|part| {
            Shock {
                performance: expected.performance * part,
                ..expected
            }
        }),
        lever("cost", "costs ÷ expected", stress.cost, &|part| Shock {
            cost: expected.cost * part,
            ..expected
        }),
        lever(
            "delay",
            "months later than agreed",
            stress.delay_months,
            &|months: f64| Shock {
                delay_months: expected.delay_months + months.round() as usize,
                ..expected
            },
        ),
    ]
}

/// What the plan comes to at each end of each lever, the widest swing of surplus first.
pub(super) fn tornado(trial: &Trial<'_>) -> Vec<BarAnswer> {
    let mut bars = levers(trial).map(|lever| trial.bar(&lever));
    let swing = |bar: &BarAnswer| (bar.high.plan.surplus_gbp - bar.low.plan.surplus_gbp).abs();
    bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    bars.into()
}

/// What one lot comes to at each end of each lever, in the order of the levers.
pub(super) fn sensitivities(trial: &Trial<'_>, lot: &Exposed) -> Vec<SensitivityAnswer> {
    let end = |(value, shock): (f64, Shock)| {
        let ledger = trial.course.ledger(&lot.order, &shock);
        LotEndAnswer {
            value,
            surplus_gbp: pounds(ledger.surplus()),
            margin: digits(ledger.margin()),
            viable: ledger.surplus() >= 0.0 && lot.reaches_floor(shock.volume),
        }
    };
    let one = |lever: Lever| {
        let [low, high] = lever.ends.map(end);
        SensitivityAnswer {
            what: lever.what.into(),
            low,
            high,
        }
    };
    levers(trial).map(one).into()
}

/// Every volume with every performance.
pub(super) fn grid(trial: &Trial<'_>) -> GridAnswer {
    let cell = |performance: f64, volume: f64| {
        trial.tally(&Shock {
            volume,
            performance,
            ..trial.expected
        })
    };
    let row = |performance: &f64| STEPS.iter().map(|volume| cell(*performance, *volume)).collect();
    GridAnswer {
        volumes: STEPS.to_vec(),
        performances: STEPS.to_vec(),
        cells: STEPS.iter().map(row).collect(),
        expected: trial.tally(&trial.expected),
    }
}

impl Trial<'_> {
    fn bar(&self, lever: &Lever) -> BarAnswer {
        let end = |end: &str, (value, shock): (f64, Shock)| {
            let key = format!("stress.{}_{end}", lever.what);
            let figure = self.stress.parameters.iter().find(|it| it.key == key);
            EndAnswer {
                value,
                status: figure
                    .map_or(Standing::Assumed, |it: &Parameter| it.standing)
                    .word()
                    .into(),
                source: figure.map(|it| it.source.clone()).unwrap_or_default(),
                plan: self.tally(&shock),
            }
        };
        let [low, high] = lever.ends;
        BarAnswer {
            what: lever.what.into(),
            unit: lever.unit.into(),
            low: end("low", low),
            high: end("high", high),
        }
    }

    fn tally(&self, shock: &Shock) -> TallyAnswer {
        let it: Tally = tally(&self.course, &self.exposure, shock);
        TallyAnswer {
            surplus_gbp: pounds(it.surplus_gbp),
            margin: digits(it.margin()),
            lots_at_floor: it.at_floor,
            lots_with_margin: it.with_margin,
            viable_lots: it.viable,
        }
    }
}
