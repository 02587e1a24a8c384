//! A small made finance for the tests of this module.

use super::*;
use crate::report::ScenarioAnswer;

fn month(month: usize, income: f64, cost: f64, cash: f64) -> FinanceMonth {
    FinanceMonth {
        month,
        starts: 10.0,
        on_programme: 10.0,
        advisers: 0.5,
        outcomes: 1.0,
        income_gbp: income,
        cost_gbp: cost,
        finance_gbp: 0.0,
        cash_gbp: cash,
    }
}

fn lot(id: &str, margin: f64, months: Vec<FinanceMonth>) -> FinanceLot {
    let low = months
        .iter()
        .min_by(|a, b| a.cash_gbp.total_cmp(&b.cash_gbp))
        .cloned()
        .unwrap();
    FinanceLot {
        lot_id: id.into(),
        name: format!("Place {id}"),
        share: 0.5,
        contract_value_gbp: 2e7,
        participants: 8000.0,
        income_gbp: 2e7,
        income_by_kind: [("fee".to_string(), 2e7)].into(),
        cost_gbp: 2e7 * (1.0 - margin),
        cost_by_kind: [("fixed".to_string(), 2e7 * (1.0 - margin))].into(),
        finance_gbp: 0.0,
        profit_gbp: 2e7 * margin,
        surplus_gbp: 2e7 * margin,
        margin,
        cash_low_gbp: low.cash_gbp,
        cash_low_month: low.month,
        break_even_month: (margin > 0.0).then_some(2),
        payback_months: (margin > 0.0).then_some(1),
        break_even_volume_fall: (margin > 0.0).then_some(0.25),
        break_even: if margin > 0.0 { "falls" } else { "loses" }.into(),
        advisers: 50.0,
        outcomes: 2600.0,
        meets_derived_floor: Some(margin > 0.0),
        esf_gbp: Some(1e7),
        primes: vec![PrimeAnswer {
            primes: 2,
            contract_value_gbp: 1e7,
            margin: margin - 0.05,
            cash_low_gbp: -1e6,
            extra_cost_gbp: 1e6,
        }],
        months,
    }
}

/// Two lots over three months, of which one loses money.
pub fn finance() -> Finance {
    Finance {
        schema: "lotwright/finance/1".into(),
        scenario: ScenarioAnswer {
            name: "two".into(),
            title: "Two towns".into(),
            ..ScenarioAnswer::default()
        },
        plan: "plan.csv".into(),
        status: "feasible".into(),
        model: ModelAnswer {
            name: "a-model".into(),
            title: "A model".into(),
            source: "made for tests".into(),
            referral_months: 2,
            unit_cost_gbp: 2500.0,
            outcome_price_gbp: Some(4000.0),
            outcome_earnings_gbp: None,
            parameters: vec![ParameterAnswer {
                key: "provider.caseload".into(),
                value: ParameterFigure::Number(40.0),
                unit: "participants per adviser".into(),
                status: "assumed".into(),
                source: "made for tests".into(),
            }],
        },
        lots: vec![
            lot(
                "1",
                0.05,
                vec![
                    month(0, 0.0, 9e5, -9e5),
                    month(1, 1.5e6, 9e5, -3e5),
                    month(2, 2e6, 7e5, 1e6),
                ],
            ),
            lot(
                "2",
                -0.12,
                vec![
                    month(0, 0.0, 9e5, -9e5),
                    month(1, 1e6, 1.5e6, -1.4e6),
                    month(2, 1e6, 2e6, -2.4e6),
                ],
            ),
        ],
        totals: FinanceTotals {
            income_gbp: 4e7,
            cash_low_gbp: -3.3e6,
            ..FinanceTotals::default()
        },
        derived: DerivedAnswer {
            contract_value_gbp: Some(18_000_000),
            participants: Some(7200.0),
            target_margin: 0.05,
            bearable_trough: 0.1,
            because: "margin".into(),
            words: "A lot must be worth £18.0m.".into(),
            lots_below: vec!["2".into()],
        },
        wider: vec![SumAnswer {
            name: "esf".into(),
            value: 1e7,
            unit: "pounds".into(),
            words: "£20.0m beside the envelope.".into(),
        }],
        published: vec![PublishedAnswer {
            name: "into_work".into(),
            figures: "250,000 participants, a third into work".into(),
            unit: "people".into(),
            published: 85_000.0,
            given: "nearest".into(),
            rounded_to: Some(5_000.0),
            exact: 83_333.3,
            low: 83_333.3,
            high: 83_333.3,
            agrees: true,
            reason: "83,333, to the nearest 5,000".into(),
        }],
        violations: Vec::new(),
        unassigned: Vec::new(),
        findings: Vec::new(),
        version: "0.1.0".into(),
    }
}
