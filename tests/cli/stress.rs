//! The command `stress`: what the lots of a plan withstand.

use crate::common::{Folder, json};
use serde_json::Value;

/// The plan of two lots, the second of which holds three areas in four.
fn with_plan() -> Folder {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    folder
}

/// A unit cost of some £2,300, as in the programme.
const MONEY: [[&str; 2]; 2] = [
    ["--set", "funding.envelope_gbp=1e8"],
    ["--set", "funding.participants=43000"],
];

fn stress(folder: &Folder, more: &[&str]) -> (i32, String, String) {
    let plan = folder.file("plan.csv");
    let usual = [&["--plan", plan.to_str().unwrap()], MONEY.as_flattened()].concat();
    let args: Vec<&str> = usual.iter().chain(more).copied().collect();
    folder.run("stress", &args)
}

fn answer(folder: &Folder, more: &[&str]) -> Value {
    let (code, out, err) = stress(folder, &[&["--json", "--draws", "2000"], more].concat());
    assert_eq!(code, 0, "{err}");
    json(&out)
}

#[test]
fn each_lot_has_its_falls_and_chances_and_the_plan_its_order_tornado_and_grid() {
    let answer = answer(&with_plan(), &[]);
    assert_eq!(answer["schema"], "lotwright/stress/1");
    let lots = answer["lots"].as_array().unwrap();
    assert_eq!(lots.len(), 2);
    for lot in lots {
        for chance in ["chance_floor", "chance_margin", "chance_viable"] {
            let [part, low, high] = ["part", "low", "high"].map(|end| lot[chance][end].as_f64().unwrap());
            assert!((0.0..=1.0).contains(&part) && low <= part && part <= high, "{lot}");
        }
    }
    assert_eq!(answer["random"]["draws"], 2000);
    let whats: Vec<&str> = answer["tornado"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bar| bar["what"].as_str().unwrap())
        .collect();
    for what in ["volume", "performance", "cost", "delay"] {
        assert!(whats.contains(&what), "{whats:?}");
    }
    assert_eq!(answer["grid"]["cells"].as_array().unwrap().len(), 8);
    assert!(
        answer["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["source"].as_str().unwrap().len() > 10)
    );
}

#[test]
fn margins_and_break_even_falls_are_those_of_finance() {
    let folder = with_plan();
    let stressed = answer(&folder, &[]);
    let plan = folder.file("plan.csv");
    let args = [&["--plan", plan.to_str().unwrap(), "--json"], MONEY.as_flattened()].concat();
    let (_, out, _) = folder.run("finance", &args);
    for (stress, finance) in stressed["lots"]
        .as_array()
        .unwrap()
        .iter()
        .zip(json(&out)["lots"].as_array().unwrap())
    {
        for key in ["lot_id", "contract_value_gbp", "break_even_volume_fall", "break_even"] {
            assert_eq!(stress[key], finance[key], "{key}");
        }
        let [margin, told] = [stress, finance].map(|lot| lot["margin"].as_f64().unwrap());
        assert!((margin - told).abs() < 2e-6, "{margin} {told}");
    }
}

#[test]
fn a_preset_expects_what_has_happened_before() {
    let folder = with_plan();
    let restart = answer(&folder, &["--preset", "restart"]);
    assert_eq!(
        (&restart["preset"], &restart["expected"]["volume"]),
        (&"restart".into(), &Value::from(0.484))
    );
    let programme = answer(&folder, &["--preset", "work-programme"]);
    assert_eq!(programme["expected"]["performance"], 0.303);
    let surplus = |answer: &Value| answer["grid"]["expected"]["surplus_gbp"].as_f64().unwrap();
    let usual = surplus(&answer(&folder, &[]));
    assert!(surplus(&restart) < usual && surplus(&programme) < usual);
    assert_eq!(stress(&folder, &["--preset", "restrat"]).0, 2);
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    let folder = with_plan();
    let run = |more: &[&str]| answer(&folder, more)["random"].clone();
    let one = run(&["--seed", "7", "--threads", "1"]);
    assert_eq!(run(&["--seed", "7", "--threads", "3"]), one);
    assert_ne!(
        run(&["--seed", "8", "--threads", "1"])["draws_by_viable_lots"],
        one["draws_by_viable_lots"]
    );
}

#[test]
fn areas_without_a_region_are_told() {
    let answer = answer(&with_plan(), &[]);
    let random = &answer["random"];
    assert_eq!(
        (&random["regions"], &random["areas_without_region"]),
        (&Value::from(0), &Value::from(4))
    );
    let findings = answer["findings"].as_array().unwrap();
    assert!(findings.iter().any(|it| it["code"] == "F303"), "{findings:?}");
}

#[test]
fn without_errors_every_chance_is_none_or_all() {
    let sds = [
        "national_sd",
        "regional_sd",
        "local_sd",
        "performance_sd",
        "provider_sd",
    ]
    .map(|sd| format!("stress.{sd}=0"));
    let more: Vec<&str> = sds.iter().flat_map(|sd| ["--assume", sd.as_str()]).collect();
    for lot in answer(&with_plan(), &more)["lots"].as_array().unwrap() {
        let viable = f64::from(u8::from(lot["viable"].as_bool().unwrap()));
        assert_eq!(lot["chance_viable"]["part"].as_f64().unwrap(), viable, "{lot}");
    }
}

#[test]
fn a_figure_that_makes_no_sense_and_a_number_of_draws_that_is_none_are_refused() {
    let folder = with_plan();
    let (code, _, err) = stress(&folder, &["--assume", "stress.correlation=-2"]);
    assert!(code == 3 && err.contains("S104"), "{err}");
    let (code, _, err) = stress(&folder, &["--assume", "stress.sd=0.2"]);
    assert!(code == 3 && err.contains("S103"), "{err}");
    let (code, _, err) = stress(&folder, &["--draws", "0"]);
    assert!(code == 2 && err.contains("10000"), "{err}");
}

#[test]
fn the_files_of_out_are_tables_json_and_a_page() {
    let folder = with_plan();
    let out = folder.file("out");
    let (code, printed, err) = stress(&folder, &["--json", "--draws", "500", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let here = folder.file("").display().to_string();
    let kept = read("stress.json").replace(here.trim_end_matches('/'), "FOLDER");
    assert_eq!(json(&kept), json(&printed));
    assert_eq!(read("stress-lots.csv").lines().count(), 3);
    assert_eq!(read("stress-tornado.csv").lines().count(), 9);
    assert_eq!(read("stress-grid.csv").lines().count(), 65);
    assert!(read("stress.html").contains("Surplus of all lots, as expected"));
}
