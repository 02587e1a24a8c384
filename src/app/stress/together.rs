//! Shocks one at a time, and volume together with performance.

use super::Trial;
use crate::app::finance::answer::{digits, pounds};
use crate::domain::{Parameter, Standing};
use crate::report::stress::{BarAnswer, EndAnswer, GridAnswer, TallyAnswer};
use crate::value::money::{Shock, Tally, tally};

/// Volumes and performances of the grid, as parts of what was planned.
const STEPS: [f64; 8] = [1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// Volume, performance, cost and delay, each low and high about what is expected, the widest swing of surplus first.
pub(super) fn tornado(trial: &Trial<'_>) -> Vec<BarAnswer> {
    let (stress, expected) = (trial.stress, trial.expected);
    let volume = |part: f64| Shock {
        volume: expected.volume * part,
        ..expected
    };
    let performance = |part: f64| Shock {
        performance: expected.performance * part,
        ..expected
    };
    let cost = |part: f64| Shock {
        cost: expected.cost * part,
        ..expected
    };
    let delay = |months: f64| Shock {
        delay_months: expected.delay_months + months.round() as usize,
        ..expected
    };
    let mut bars = vec![
        trial.bar("volume", "volume ÷ expected", stress.volume, &volume),
        trial.bar(
            "performance",
            "outcome rates ÷ expected",
            stress.performance,
            &performance,
        ),
        trial.bar("cost", "costs ÷ expected", stress.cost, &cost),
        trial.bar("delay", "months later than agreed", stress.delay_months, &delay),
    ];
    let swing = |bar: &BarAnswer| (bar.high.plan.surplus_gbp - bar.low.plan.surplus_gbp).abs();
    bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    bars
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
    fn bar(&self, what: &str, unit: &str, (low, high): (f64, f64), shock: &dyn Fn(f64) -> Shock) -> BarAnswer {
        let end = |end: &str, value: f64| {
            let key = format!("stress.{what}_{end}");
            let figure = self.stress.parameters.iter().find(|it| it.key == key);
            EndAnswer {
                value,
                status: figure
                    .map_or(Standing::Assumed, |it: &Parameter| it.standing)
                    .word()
                    .into(),
                source: figure.map(|it| it.source.clone()).unwrap_or_default(),
                plan: self.tally(&shock(value)),
            }
        };
        BarAnswer {
            what: what.into(),
            unit: unit.into(),
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
