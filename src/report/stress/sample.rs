//! A small made stress for the tests of this module.

use super::*;
use crate::report::ScenarioAnswer;
use crate::report::finance::{ParameterAnswer, ParameterFigure};

fn chance(part: f64) -> ChanceAnswer {
    ChanceAnswer {
        part,
        low: part - 0.03,
        high: part + 0.03,
    }
}

fn sensitivity(what: &str, low: f64, high: f64) -> SensitivityAnswer {
    let end = |value: f64, surplus_gbp: f64| LotEndAnswer {
        value,
        surplus_gbp,
        margin: surplus_gbp / 2e7,
        viable: surplus_gbp >= 0.0,
    };
    SensitivityAnswer {
        what: what.into(),
        low: end(low, -4e5),
        high: end(high, 9e5),
    }
}

fn lot(id: &str, margin: f64) -> StressLot {
    let keeps = margin > 0.0;
    StressLot {
        lot_id: id.into(),
        name: format!("Place {id}"),
        contract_value_gbp: 2e7,
        participants: 8000.0,
        volume_sd: 0.17,
        floor_volume_fall: Some(0.12),
        floor: "falls".into(),
        break_even_volume_fall: keeps.then_some(0.25),
        break_even: if keeps { "falls" } else { "loses" }.into(),
        fails_at: Some(if keeps { 0.12 } else { 0.0 }),
        fails_by: if keeps { "floor" } else { "margin" }.into(),
        margin,
        surplus_gbp: 2e7 * margin,
        viable: keeps,
        chance_floor: chance(0.76),
        chance_floor_closed_form: Some(0.758),
        chance_margin: chance(if keeps { 0.9 } else { 0.4 }),
        chance_viable: chance(if keeps { 0.7 } else { 0.4 }),
        sensitivities: vec![sensitivity("volume", 0.75, 1.25), sensitivity("delay", 0.0, 3.0)],
    }
}

fn plan(surplus_gbp: f64, viable_lots: usize) -> TallyAnswer {
    TallyAnswer {
        surplus_gbp,
        margin: surplus_gbp / 4e7,
        lots_at_floor: 2,
        lots_with_margin: viable_lots,
        viable_lots,
    }
}

fn bar(what: &str, low: (f64, f64), high: (f64, f64)) -> BarAnswer {
    let end = |(value, surplus): (f64, f64)| EndAnswer {
        value,
        status: "assumed".into(),
        source: "made for tests".into(),
        plan: plan(surplus, usize::from(surplus > 0.0)),
    };
    BarAnswer {
        what: what.into(),
        unit: "part".into(),
        low: end(low),
        high: end(high),
    }
}

/// Two lots, of which one loses money.
pub fn stress() -> Stress {
    Stress {
        schema: "lotwright/stress/1".into(),
        scenario: ScenarioAnswer {
            name: "two".into(),
            title: "Two towns".into(),
            ..ScenarioAnswer::default()
        },
        plan: "plan.csv".into(),
        status: "feasible".into(),
        model: "a-model".into(),
        model_title: "A model".into(),
        preset: None,
        expected: ShockAnswer {
            volume: 1.0,
            performance: 1.0,
            cost: 1.0,
            delay_months: 0,
        },
        expected_words: "Everything is expected to come in as planned.".into(),
        floor: FloorAnswer {
            kind: "scenario".into(),
            contract_value_gbp: Some(17.6e6),
            words: "The floor is that of the scenario, a contract value of £17.6m.".into(),
        },
        lots: vec![lot("1", 0.05), lot("2", -0.12)],
        order: vec![
            FailAnswer {
                lot_id: "2".into(),
                fall: 0.0,
                by: "margin".into(),
            },
            FailAnswer {
                lot_id: "1".into(),
                fall: 0.12,
                by: "floor".into(),
            },
        ],
        random: RandomAnswer {
            draws: 1000,
            seed: 1,
            regions: 1,
            areas_without_region: 0,
            correlation_within_region: 0.5,
            correlation_between_regions: 0.4,
            all_viable: chance(0.6),
            viable_lots: 1.5,
            viable_lots_error: 0.02,
            viable_lots_p10: 0,
            viable_lots_p50: 2,
            draws_by_viable_lots: vec![100, 300, 600],
            words: "1,000 draws.".into(),
        },
        tornado: vec![
            bar("volume", (0.75, -2e6), (1.25, 3e6)),
            bar("delay", (0.0, 1e6), (3.0, -1e5)),
        ],
        grid: GridAnswer {
            volumes: vec![1.0, 0.8],
            performances: vec![1.0, 0.8],
            cells: vec![vec![plan(1e6, 1), plan(-1e6, 0)], vec![plan(-1e6, 1), plan(-2e6, 0)]],
            expected: plan(1e6, 1),
        },
        parameters: vec![ParameterAnswer {
            key: "stress.national_sd".into(),
            value: ParameterFigure::Number(0.15),
            unit: "part of the volume".into(),
            status: "assumed".into(),
            source: "made for tests".into(),
        }],
        violations: Vec::new(),
        unassigned: Vec::new(),
        findings: Vec::new(),
        version: "0.1.0".into(),
    }
}
