//! Figures that are known only within limits carry them as far as the lots.

use crate::asked::{codes, inspected, solved, with_codes};
use crate::common::Folder;
use crate::figures::{csv, stat_xplore_json};

#[test]
fn intervals_go_through_to_lots_and_a_floor_that_holds_in_part_is_told() {
    let folder = Folder::new();
    let text = csv().replace("E06000001,Square 1,100", "E06000001,Square 1,c");
    let answer = solved(
        &folder,
        &text,
        &["volumes.suppressed=100", "volumes.suppressed_most=150", "lots.count=2"],
    );
    let totals = &answer["totals"];
    assert_eq!(
        (totals["volume_low"].as_f64(), totals["volume_high"].as_f64()),
        (Some(900.0), Some(1050.0))
    );
    for lot in answer["lots"].as_array().unwrap() {
        let at = |key: &str| lot["interval"][key].as_f64().unwrap();
        let value = lot["contract_value_gbp"].as_f64().unwrap();
        assert!(at("contract_value_low_gbp") <= value && value <= at("contract_value_high_gbp"));
        assert!(lot["interval"]["cap_holds"].is_null(), "there is no cap");
    }
    folder.write(
        "locks.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,2\n",
    );
    let halves = ["volumes.suppressed=100", "lots.count=2", "lots.locks=\"locks.csv\""];
    let edge = solved(&folder, &text, &halves);
    let lots = &edge["lots"];
    assert_eq!(lots[0]["interval"]["volume_low"], 200.0);
    assert_eq!(lots[0]["interval"]["contract_value_low_gbp"], 222_222.22, "200 of 900");
    assert_eq!(
        lots[0]["interval"]["floor_holds"], "partly",
        "200 of 900 to 400 of 1,100"
    );
    assert_eq!(lots[1]["interval"]["floor_holds"], "always");
    assert!(codes(&edge).contains(&"V217".to_string()));
    // The next step: a floor that leaves room.
    let lower = [&halves[..], &["viability.floor_gbp=200000"]].concat();
    assert!(!codes(&solved(&folder, &text, &lower)).contains(&"V217".to_string()));
}

#[test]
fn figures_filled_for_a_whole_country_or_many_areas_are_a_warning() {
    let english: Vec<String> = (1..9).map(|k| format!("E0600000{k}")).collect();
    let all: Vec<&str> = english
        .iter()
        .map(String::as_str)
        .chain(["W06000001", "W06000002"])
        .collect();
    let folder = with_codes(&all);
    let told = |blank: &[&str]| {
        let cell = |code: &&str| if blank.contains(code) { "" } else { "100" };
        let rows: String = all.iter().map(|code| format!("{code},{}\n", cell(code))).collect();
        let text = format!("area_code,people\n{rows}");
        let seen = inspected(&folder, "v.csv", text.as_bytes(), &["volumes.suppressed=20"]);
        let findings = seen["findings"].as_array().unwrap().clone();
        let found = findings.iter().find(|finding| finding["code"] == "V204").unwrap();
        format!("{} {}", found["severity"], found["message"])
    };
    assert!(told(&["E06000001", "W06000001"]).starts_with("\"note\""));
    let wales = told(&["W06000001", "W06000002"]);
    assert!(
        wales.starts_with("\"warning\"") && wales.contains("every one of the 2 areas of Wales"),
        "{wales}"
    );
    assert!(told(&["E06000001", "E06000002", "W06000001"]).contains("3 of 10 areas"));
    assert!(told(&all).contains("every area there is"));
}

#[test]
fn exact_figures_have_no_interval() {
    let answer = solved(&Folder::new(), &csv(), &[]);
    assert!(answer["lots"][0].get("interval").is_none() && answer["totals"].get("volume_low").is_none());
    assert_eq!(answer["joins"][0]["matched"].as_array().unwrap().len(), 4);
}

#[test]
fn notes_and_options_say_to_what_figures_are_rounded() {
    let folder = Folder::new();
    let noted = csv() + "\nFigures are rounded to the nearest 10.\n";
    let seen = inspected(&folder, "v.csv", noted.as_bytes(), &[]);
    let row = &seen["joins"][0]["rows"][0];
    assert_eq!(
        (row["cell"].as_str(), row["low"].as_f64(), row["high"].as_f64()),
        (Some("rounded"), Some(95.0), Some(105.0))
    );
    assert!(codes(&seen).contains(&"V216".to_string()));
    let seen = inspected(&folder, "v.csv", noted.as_bytes(), &["volumes.rounded_to=100"]);
    assert_eq!(
        seen["totals"]["volume_high"], 1200.0,
        "the option goes before the notes"
    );
    let negligible = stat_xplore_json().replace("[100,", "[\"..\",");
    let seen = inspected(&folder, "s.json", negligible.as_bytes(), &[]);
    let row = &seen["joins"][0]["rows"][0];
    assert_eq!(
        (row["cell"].as_str(), row["high"].as_f64()),
        (Some("negligible"), Some(5.0))
    );
}
