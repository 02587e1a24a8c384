//! Small made answers and maps for the tests of this module.

use ::geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

use super::*;

/// An axis-parallel rectangle on the grid, corners in units of 10 km, counter-clockwise.
pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon<f64> {
    let corner = |x: f64, y: f64| Coord {
        x: 400_000.0 + x * 1e4,
        y: 300_000.0 + y * 1e4,
    };
    let ring = vec![
        corner(west, south),
        corner(east, south),
        corner(east, north),
        corner(west, north),
        corner(west, south),
    ];
    MultiPolygon(vec![Polygon::new(LineString::from(ring), Vec::new())])
}

/// A rule broken by a lot.
pub fn violation(rule: &str, lot: &str) -> ViolationAnswer {
    ViolationAnswer {
        rule: rule.into(),
        lot_id: Some(lot.into()),
        message: format!("Lot {lot} breaks the {rule}."),
    }
}

/// A floor of £10m that every lot still reaches after a fall.
pub fn survives(fall: f64) -> ViabilityAnswer {
    ViabilityAnswer {
        floor_gbp: Some(10e6),
        floor_participants: None,
        because: None,
        model: None,
        derived: None,
        survive: Some(fall),
        least_lot_gbp: Some(10e6 / (1.0 - fall)),
        chance: None,
        words: Vec::new(),
    }
}

/// A double member that goes with a group and not with another.
pub fn choice(name: &str, group: &str) -> ChoiceAnswer {
    ChoiceAnswer {
        area: "E01".into(),
        name: name.into(),
        group: group.into(),
        others: vec!["Elsewhere".into()],
        lot_id: "1".into(),
    }
}

/// A repair that moves one area and places another.
pub fn repair() -> RepairAnswer {
    let one = |name: &str, from: Option<&str>| MoveAnswer {
        area: "E02".into(),
        name: name.into(),
        from: from.map(String::from),
        to: Some("2".into()),
        volume: 250.0,
    };
    RepairAnswer {
        moved_volume: Some(250.0),
        bound: 250.0,
        proved: true,
        moves: vec![one("Midby", Some("1")), one("Midton", None)],
    }
}

fn area(code: &str, name: &str, lot: usize, shape: MultiPolygon<f64>) -> MapArea {
    MapArea {
        code: code.into(),
        name: name.into(),
        volume: 250.0,
        lots: vec![(lot, 1.0)],
        shape,
    }
}

fn lot(id: &str, name: &str, areas: [&str; 2], deals: Vec<LotDealAnswer>) -> LotAnswer {
    LotAnswer {
        lot_id: id.into(),
        name: name.into(),
        areas: areas.map(String::from).to_vec(),
        units: Vec::new(),
        volume: 500.0,
        share: 0.5,
        contract_value_gbp: 5e7,
        participants: 20_000.0,
        annual_starts: 4_000.0,
        floor_margin_gbp: Some(4e7),
        pieces: 1,
        hub: areas[0].into(),
        mean_km_to_hub: 5.0,
        deals,
        interval: None,
    }
}

/// Four square areas in a row, two to a lot, with a deal over the middle two and some land outside.
pub fn two_lots() -> (Answer, MapData) {
    let middle = || LotDealAnswer {
        deal: "Midshire".into(),
        share_of_lot: 0.5,
        share_of_deal: 0.5,
    };
    let answer = Answer {
        schema: "lotwright/plan/1".into(),
        scenario: ScenarioAnswer {
            name: "two".into(),
            title: "Two towns".into(),
            rules: vec!["at least £10.0m".into(), "every lot in one piece".into()],
            inputs: vec![InputAnswer {
                file: "volumes.csv".into(),
                sha256: "ab".repeat(32),
            }],
        },
        status: "optimal".into(),
        stopped: "proved".into(),
        strategy: "set partitioning".into(),
        goals: vec![GoalAnswer {
            name: "lots".into(),
            unit: "lots".into(),
            value: Some(2.0),
            bound: Some(2.0),
            gap: Some(0.0),
            proved: true,
            argument: "counting".into(),
            certificate: None,
        }],
        lots: vec![
            lot("1", "Westby and Midby", ["E01", "E02"], vec![middle()]),
            lot("2", "Midton and Easton", ["E03", "E04"], vec![middle()]),
        ],
        deals: vec![DealAnswer {
            deal: "Midshire".into(),
            status: "co-design".into(),
            lots: vec!["1".into(), "2".into()],
            whole: false,
            share_of_total: 0.5,
            words: "Midshire is cut: lot 1 holds 50 %, lot 2 holds 50 %".into(),
        }],
        totals: TotalsAnswer {
            volume: 1000.0,
            contract_value_gbp: 1e8,
            participants: 40_000.0,
            deal_share: 0.5,
            volume_low: None,
            volume_high: None,
        },
        repair: None,
        choices: Vec::new(),
        joins: Vec::new(),
        violations: Vec::new(),
        unassigned: Vec::new(),
        viability: None,
        conflict: None,
        relaxations: Vec::new(),
        findings: Vec::new(),
        seconds: 0.5,
        version: "0.1.0".into(),
    };
    let map = MapData {
        areas: vec![
            area("E01", "Westby", 0, rectangle(0.0, 0.0, 1.0, 1.0)),
            area("E02", "Midby", 0, rectangle(1.0, 0.0, 2.0, 1.0)),
            area("E03", "Midton", 1, rectangle(2.0, 0.0, 3.0, 1.0)),
            area("E04", "Easton", 1, rectangle(3.0, 0.0, 4.0, 1.0)),
        ],
        lots: vec![
            MapLot {
                shape: rectangle(0.0, 0.0, 2.0, 1.0),
            },
            MapLot {
                shape: rectangle(2.0, 0.0, 4.0, 1.0),
            },
        ],
        lot_borders: MultiLineString(Vec::new()),
        lot_neighbours: vec![(0, 1)],
        deals: vec![MapDeal {
            shape: rectangle(1.0, 0.0, 3.0, 1.0),
        }],
        context: vec![("Northland, devolved".into(), rectangle(0.0, 1.0, 4.0, 2.0))],
        sources: vec![Source {
            title: "Boundaries".into(),
            source: "A mapping agency, 2016".into(),
            licence: "Open Government Licence v3.0".into(),
            attribution: "Contains public sector information.".into(),
            figures: false,
        }],
    };
    (answer, map)
}

/// An interval of a lot in which its floor holds partly.
pub(crate) fn interval(low: f64, high: f64) -> LotIntervalAnswer {
    LotIntervalAnswer {
        volume_low: low,
        volume_high: high,
        contract_value_low_gbp: low,
        contract_value_high_gbp: high,
        participants_low: low,
        participants_high: high,
        floor_holds: Some("partly".into()),
        cap_holds: None,
    }
}
