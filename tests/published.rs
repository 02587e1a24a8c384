//! Published figures come out of area-level volumes. The figures and their sources stand in `docs/published.md`.

use std::path::{Path, PathBuf};

use lotwright::app::Case;
use lotwright::domain::words::thousands;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn case(scenario: &str, sets: &[&str]) -> Case {
    let path = root().join("scenarios").join(scenario);
    let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
    Case::load(&path, &sets).unwrap_or_else(|error| panic!("{error:?}"))
}

/// DWP, Work and Health Programme, invitation to tender, January 2017, as tabulated by Learning and Work Institute, 30 January 2017.
const TENDER: [(&str, f64); 6] = [
    ("North East", 0.28),
    ("Central", 0.21),
    ("Southern", 0.18),
    ("Home Counties", 0.14),
    ("North West", 0.11),
    ("Wales", 0.09),
];

#[test]
fn shares_of_the_contract_package_areas_are_those_of_the_tender() {
    let case = case("whp-2017", &[]);
    let plan = root().join("scenarios/whp-2017/plans/cpa.csv");
    let answer = case.evaluate(case.read_plan(&plan).unwrap()).answer;
    assert_eq!(answer.lots.len(), 6);
    for (name, published) in TENDER {
        let lot = answer.lots.iter().find(|lot| lot.lot_id == name).unwrap();
        assert!(
            (lot.share - published).abs() <= 0.025,
            "{name}: {:.3} against {published}",
            lot.share
        );
    }
}

#[test]
fn the_seven_co_design_deals_hold_27_1_percent_of_volume() {
    let inspection = case("whp-2017", &[]).inspect();
    assert_eq!(format!("{:.3}", inspection.totals.deal_share), "0.271");
}

/// The tender's contract values in £m and starts a year, in the order of [`TENDER`].
const VALUES_AND_STARTS: [(f64, &str); 6] = [
    (121.9, "10,600"),
    (88.4, "7,700"),
    (76.2, "6,600"),
    (58.2, "5,100"),
    (45.2, "3,900"),
    (38.3, "3,300"),
];

#[test]
fn the_page_of_published_figures_shows_what_the_program_gives() {
    let page = std::fs::read_to_string(root().join("docs/published.md")).unwrap();
    let case = case("whp-2017", &[]);
    let plan = root().join("scenarios/whp-2017/plans/cpa.csv");
    let answer = case.evaluate(case.read_plan(&plan).unwrap()).answer;
    for ((name, share), (value, starts)) in TENDER.into_iter().zip(VALUES_AND_STARTS) {
        let lot = answer.lots.iter().find(|lot| lot.lot_id == name).unwrap();
        let row = format!(
            "| {name} | {:.0} % | {:.1} % | £{value}m | £{:.1}m | {starts} | {} |",
            share * 100.0,
            lot.share * 100.0,
            lot.contract_value_gbp / 1e6,
            thousands(lot.annual_starts.round() as i64)
        );
        assert!(page.contains(&row), "docs/published.md lacks the row: {row}");
    }
    let deals = |statuses: &[&str]| -> f64 {
        let counted = answer
            .deals
            .iter()
            .filter(|deal| statuses.contains(&deal.status.as_str()));
        100.0 * counted.map(|deal| deal.share_of_total).sum::<f64>()
    };
    for row in [
        format!("| 26 % | {:.1} % |", deals(&["co-design"])),
        format!("counted too | | {:.1} % |", deals(&["co-design", "withdrawn"])),
    ] {
        assert!(page.contains(&row), "docs/published.md lacks: {row}");
    }
}

/// Learning and Work Institute, disability employment policy report 2016, Figure 8: LEPs beneath London from £2.1m to £28.7m, median £8.1m.
#[test]
fn budgets_of_leps_have_the_published_spread() {
    let sets = [
        "areas.unit=\"lep\"",
        "areas.overlap=\"twice\"",
        "areas.include=[\"country:England\"]",
        "areas.exclude=[\"lep:London\"]",
        "volumes.weight=\"employment_deprived_2012_13\"",
    ];
    let case = case("lep-2017", &sets);
    let mut volumes: Vec<(f64, String)> = case
        .inspect()
        .units
        .into_iter()
        .map(|unit| (unit.volume, unit.name))
        .collect();
    volumes.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(volumes.len(), 38);
    let (min, max) = (volumes[0].clone(), volumes[37].clone());
    let median = f64::midpoint(volumes[18].0, volumes[19].0);
    assert_eq!(
        (min.1.as_str(), max.1.as_str()),
        ("Buckinghamshire Thames Valley", "Greater Manchester")
    );
    assert_eq!(format!("{:.2}", max.0 / median), "3.59");
    assert_eq!(format!("{:.2}", median / min.0), "3.77");
    let scaled = |volume: f64| format!("{:.1}", volume / max.0 * 28.7);
    assert_eq!((scaled(median).as_str(), scaled(min.0).as_str()), ("8.0", "2.1"));
    let page = std::fs::read_to_string(root().join("docs/published.md")).unwrap();
    for row in [
        format!("| greatest ÷ median | 3.54 | {:.2} |", max.0 / median),
        format!("| median ÷ least | 3.86 | {:.2} |", median / min.0),
        format!("| median | £8.1m | £{}m |", scaled(median)),
        format!("| least | £2.1m | £{}m |", scaled(min.0)),
    ] {
        assert!(page.contains(&row), "docs/published.md lacks the row: {row}");
    }
}
