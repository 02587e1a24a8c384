//! The models inside the program are whole, and faults of one's own are told.

use super::*;
use crate::domain::{ParameterValue, Standing};

fn text(name: &str) -> String {
    let input = find(name, Path::new(".")).unwrap();
    input.text().unwrap().to_string()
}

fn read_text(text: &str, assumed: &[&str]) -> Result<FundingModel, Vec<String>> {
    let assumed: Vec<Setting> = assumed.iter().map(|a| assumption(a).unwrap()).collect();
    let input = Input::from_bytes("m.toml", text.as_bytes().to_vec());
    read(&input, &assumed).map_err(|findings| {
        let told = findings.0.iter();
        told.map(|f| format!("{} {}: {}", f.code, f.subject, f.message))
            .collect()
    })
}

/// The faults of `whp-2017` with a text in it replaced.
fn faults(from: &str, to: &str) -> Vec<String> {
    let whole = text("whp-2017");
    assert!(whole.contains(from), "{from}");
    read_text(&whole.replacen(from, to, 1), &[]).unwrap_err()
}

#[test]
fn every_model_inside_the_program_reads_and_names_itself() {
    let all = names();
    assert_eq!(
        all,
        [
            "block-grant",
            "cost-plus",
            "lwi-2016",
            "whp-2017",
            "work-programme-2011"
        ]
    );
    for name in all {
        let model = read_text(&text(name), &[]).unwrap();
        assert_eq!(model.name, name);
        assert!(!model.title.is_empty() && model.source.len() > 10);
    }
}

#[test]
fn every_figure_stands_among_the_parameters_with_its_source() {
    let whole = text("whp-2017");
    let model = read_text(&whole, &[]).unwrap();
    assert_eq!(model.parameters.len(), whole.matches(" value = ").count());
    assert!(
        model
            .parameters
            .iter()
            .all(|it| it.source.len() > 10 && !it.unit.is_empty())
    );
    let published = model.parameters.iter().filter(|it| it.standing == Standing::Published);
    assert_eq!(published.count(), whole.matches("\"published\"").count());
}

#[test]
fn a_figure_set_beside_the_file_is_assumed_whoever_published_it() {
    let model = read_text(
        &text("whp-2017"),
        &["payments.fee.months=48", "groups.esa.outcome_rate=0.2"],
    )
    .unwrap();
    let months = model
        .parameters
        .iter()
        .find(|it| it.key == "payments.fee.months")
        .unwrap();
    assert_eq!(
        (&months.value, months.standing),
        (&ParameterValue::Number(48.0), Standing::Assumed)
    );
    assert_eq!(model.provider.groups[0].outcome_rate, 0.2);
    assert!(
        assumption("provider.caseload")
            .unwrap_err()
            .contains("provider.caseload=40")
    );
    let faults = read_text(&text("whp-2017"), &["provider.casload=40"]).unwrap_err();
    assert_eq!(
        faults,
        ["S103 --assume provider.casload: there is no key `provider.casload`"]
    );
}

#[test]
fn the_next_step_of_a_wrong_assumption_works_when_it_is_followed() {
    let help = |assumed: &str| {
        let input = Input::from_bytes("m.toml", text("whp-2017").into_bytes());
        let findings = read(&input, &[assumption(assumed).unwrap()]).unwrap_err();
        findings.0[0].help.clone()
    };
    assert_eq!(help("provider.casload=40"), "did you mean `provider.caseload`?");
    assert_eq!(
        help("provider.caseload=-1"),
        "see docs/money.md for the type of every key"
    );
    // The key as it stands in a file will do too.
    for key in ["provider.caseload=40", "provider.caseload.value=40"] {
        assert_eq!(read_text(&text("whp-2017"), &[key]).unwrap().provider.caseload, 40.0);
    }
}

#[test]
fn shares_that_do_not_add_up_are_told_with_their_sum() {
    let told = faults("share = { value = 0.7,", "share = { value = 0.6,");
    assert_eq!(told, ["F101 m.toml line 7: the shares of [payments] add up to 0.9"]);
    let told = faults(
        "share = { value = 0.75, unit = \"part of starts\"",
        "share = { value = 0.5, unit = \"part of starts\"",
    );
    assert!(
        told[0].starts_with("F101") && told[0].contains("[groups] add up to 0.75"),
        "{told:?}"
    );
}

#[test]
fn a_figure_without_source_or_standing_or_in_another_unit_is_refused() {
    let told = faults(
        "share = { value = 0.3, unit = \"part of the contract value\", status = \"published\", source",
        "share = { value = 0.3, unit = \"part of the contract value\", note",
    );
    assert!(
        told.iter()
            .any(|f| f.contains("F102 m.toml line 8") && f.contains("lacks its status, source")),
        "{told:?}"
    );
    let told = faults("unit = \"pounds a month\"", "unit = \"pounds a year\"");
    assert!(
        told.len() == 1 && told[0].starts_with("F103") && told[0].contains("`pounds a year`"),
        "{told:?}"
    );
    let told = faults("status = \"published\"", "status = \"certain\"");
    assert!(told[0].starts_with("S104") && told[0].contains("`certain`"), "{told:?}");
}

#[test]
fn keys_values_and_curves_that_make_no_sense_are_all_told() {
    let told = faults("caseload = { value = 37.5", "case_load = { value = 37.5");
    assert!(
        told.iter().any(|f| f.starts_with("S103")) && told.iter().any(|f| f.starts_with("S101")),
        "{told:?}"
    );
    assert!(faults("caseload = { value = 37.5", "caseload = { value = 0")[0].contains("makes no sense"));
    assert!(faults("[21, 1.0]]", "[21, 0.9]]")[0].contains("no curve that rises"));
    assert!(faults("[21, 1.0]]", "[22, 1.0]]")[0].contains("must be by month 21"));
    assert!(faults("[[4, 0.0]", "[[\"4\"]")[0].contains("no curve"));
}

#[test]
fn cost_plus_stands_alone_and_outcomes_that_nobody_reaches_have_no_price() {
    let both = text("cost-plus")
        + "\n[payments.grant]\nshare = { value = 0, unit = \"part of the contract value\", status = \"assumed\", source = \"a test\" }\n";
    let told = read_text(&both, &[]).unwrap_err();
    assert!(told[0].contains("cost plus pays for everything"), "{told:?}");
    let assumed = ["groups.esa.outcome_rate=0", "groups.ltu.outcome_rate=0"];
    let told = read_text(&text("whp-2017"), &assumed).unwrap_err();
    assert!(told[0].contains("none is expected"), "{told:?}");
    assert!(read_text(&text("block-grant"), &assumed).is_ok());
}

#[test]
fn a_model_is_found_by_name_or_by_path() {
    let finding = find("whp-2016", Path::new(".")).unwrap_err();
    assert!(finding.code == "F201" && finding.help.contains("whp-2017"), "{finding}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("own.toml"), text("lwi-2016")).unwrap();
    assert_eq!(find("own.toml", folder.path()).unwrap().name, "own.toml");
    assert_eq!(find("no/such", folder.path()).unwrap_err().code, "S001");
}
