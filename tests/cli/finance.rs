//! The command `finance`: what the lots of a plan earn, cost and owe.

use crate::common::{Folder, json, lotwright};
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

fn finance(folder: &Folder, more: &[&str]) -> (i32, String, String) {
    let plan = folder.file("plan.csv");
    let args: Vec<&str> = ["--plan", plan.to_str().unwrap()].iter().chain(more).copied().collect();
    folder.run("finance", &args)
}

#[test]
fn each_lot_has_the_fields_that_scripts_rely_on_and_a_series_a_month() {
    let folder = with_plan();
    let (code, out, err) = finance(&folder, &["--json", "--set", "funding.envelope_gbp=1e8"]);
    assert_eq!(code, 0, "{err}");
    let answer = json(&out);
    assert_eq!(answer["schema"], "lotwright/finance/1");
    let lots = answer["lots"].as_array().unwrap();
    assert_eq!(lots.len(), 2);
    for lot in lots {
        for key in [
            "contract_value_gbp",
            "income_gbp",
            "cost_gbp",
            "profit_gbp",
            "cash_low_gbp",
            "cash_low_month",
        ] {
            assert!(lot[key].is_number(), "{key}");
        }
        for key in ["lot_id", "break_even_month", "break_even_volume_fall"] {
            assert!(lot.get(key).is_some(), "{key}");
        }
        let months = lot["months"].as_array().unwrap();
        let sum: f64 = months.iter().map(|month| month["income_gbp"].as_f64().unwrap()).sum();
        assert!((sum - lot["income_gbp"].as_f64().unwrap()).abs() < 0.005);
        assert_eq!(lot["income_gbp"], lot["contract_value_gbp"]);
        for (k, month) in months.iter().enumerate() {
            assert_eq!(month["month"], k);
            assert!(month["cost_gbp"].is_number() && month["cash_gbp"].is_number());
        }
        assert_eq!(months.last().unwrap()["cash_gbp"], lot["surplus_gbp"]);
    }
    let usual = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|it| it["code"] == "F202");
    assert!(usual, "the model that nobody named is told");
}

#[test]
fn a_plan_that_breaks_rules_is_valued_and_says_so() {
    let (code, out, _) = finance(&with_plan(), &[]);
    assert_eq!(code, 0);
    assert!(out.contains("valued in spite of 1 breach of the rules"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn models_are_named_on_the_command_line_in_the_scenario_or_by_a_file_of_ones_own() {
    let folder = with_plan();
    let named = |more: &[&str]| {
        let (code, out, err) = finance(&folder, &[&["--json"], more].concat());
        assert_eq!(code, 0, "{err}");
        json(&out)["model"]["name"].clone()
    };
    assert_eq!(named(&[]), "whp-2017");
    assert_eq!(named(&["--model", "block-grant"]), "block-grant");
    assert_eq!(named(&["--set", "funding.model=\"lwi-2016\""]), "lwi-2016");
    let own = std::fs::read_to_string("funding/cost-plus.toml").unwrap();
    folder.write("own.toml", &own.replace("name = \"cost-plus\"", "name = \"own\""));
    assert_eq!(named(&["--set", "funding.model=\"own.toml\""]), "own");
    let path = folder.file("own.toml");
    assert_eq!(named(&["--model", path.to_str().unwrap()]), "own");
}

#[test]
fn a_model_that_does_not_exist_or_a_figure_that_makes_no_sense_is_refused() {
    let folder = with_plan();
    let (code, _, err) = finance(&folder, &["--model", "whp-2071"]);
    assert!(code == 3 && err.contains("F201") && err.contains("whp-2017"), "{err}");
    let (code, _, err) = finance(&folder, &["--assume", "provider.caseload"]);
    assert!(code == 2 && err.contains("--assume"), "{err}");
    let (code, _, err) = finance(&folder, &["--assume", "provider.caseload=0"]);
    assert!(code == 3 && err.contains("S104"), "{err}");
}

#[test]
fn an_assumption_changes_the_sum_and_stands_among_the_parameters() {
    let folder = with_plan();
    let cost = |more: &[&str]| {
        let (_, out, _) = finance(&folder, &[&["--json"], more].concat());
        let answer = json(&out);
        let found = answer["model"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["key"] == "provider.caseload");
        (answer["totals"]["cost_gbp"].as_f64().unwrap(), found.unwrap().clone())
    };
    let ((usual, _), (less, caseload)) = (cost(&[]), cost(&["--assume", "provider.caseload=50"]));
    assert!(less < usual);
    assert_eq!(
        (&caseload["value"], &caseload["status"]),
        (&Value::from(50.0), &"assumed".into())
    );
}

#[test]
fn the_files_of_out_are_tables_json_and_a_page() {
    let folder = with_plan();
    let out = folder.file("out");
    let (code, printed, err) = finance(&folder, &["--json", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert_eq!(json(&read("finance.json"))["lots"], json(&printed)["lots"]);
    assert_eq!(read("finance-lots.csv").lines().count(), 3);
    assert!(read("finance-months.csv").lines().count() > 100);
    assert!(read("finance.html").contains("Cash of lot East: lowest at"));
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let run = || {
        let plan = "scenarios/whp-2017/plans/cpa.csv";
        let output = lotwright()
            .args(["finance", "scenarios/whp-2017", "--json", "--quiet", "--plan", plan])
            .output()
            .unwrap();
        assert!(output.status.success());
        output.stdout
    };
    assert_eq!(run(), run());
}
