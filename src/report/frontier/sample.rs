//! A small made frontier for the tests of this module.

use super::{Baseline, Frontier, Point};
use crate::report::{GoalAnswer, sample};

/// A level of the priorities.
pub fn goal(name: &str, unit: &str, value: Option<f64>, bound: Option<f64>) -> GoalAnswer {
    GoalAnswer {
        name: name.into(),
        unit: unit.into(),
        value,
        bound,
        gap: None,
        proved: value.is_some() && value == bound,
        argument: "counting".into(),
        certificate: None,
    }
}

fn point(value: f64, status: &str, lots: Option<usize>, most: Option<f64>, travel: Option<f64>) -> Point {
    let found = lots.map(|lots| lots as f64);
    Point {
        status: status.into(),
        stopped: "proved".into(),
        lots,
        goals: vec![
            goal("lots", "lots", found, most),
            goal("travel", "person-km", travel, travel),
        ],
        ..Point::not_reached(value)
    }
}

/// Floors of £10m, £20m and £30m: proved, open, impossible; and a design as given.
pub fn frontier() -> Frontier {
    let (answer, _) = sample::two_lots();
    let mut points = vec![
        point(10e6, "optimal", Some(4), Some(4.0), Some(2e6)),
        point(20e6, "feasible", Some(3), Some(4.0), Some(3e6)),
        point(30e6, "infeasible", None, None, None),
    ];
    (points[0].holds_to, points[1].holds_to) = (Some(12e6), Some(25e6));
    (points[0].smallest_lot_gbp, points[1].smallest_lot_gbp) = (Some(12e6), Some(25e6));
    Frontier {
        schema: "lotwright/frontier/1".into(),
        scenario: answer.scenario,
        key: "viability.floor_gbp".into(),
        meaning: "least contract value of a lot, in pounds".into(),
        trend: Some("falling".into()),
        points,
        baselines: vec![Baseline {
            label: "As let".into(),
            file: "let.csv".into(),
            lots: 2,
            smallest_lot_gbp: Some(28e6),
            smallest_lot_people: None,
            holds_to: Some(28e6),
            goals: vec![
                goal("lots", "lots", Some(2.0), None),
                goal("travel", "person-km", Some(5e6), None),
            ],
            breaks: vec!["unit".into()],
        }],
        seconds: 1.0,
        version: "0.1.0".into(),
    }
}
