//! Rows find their areas: by codes of another year, by name, or not at all.

use std::fs;

use serde_json::Value;

use crate::asked::{codes, inspect, inspected, refused, volumes, with_codes};
use crate::common::{Folder, json};
use crate::figures::csv;

/// The four districts that merged into North Northamptonshire in 2021.
const BEFORE: &str = "area_code,people\nE07000150,10\nE07000152,20\nE07000153,30\nE07000156,40\n";
const DISTRICTS: [&str; 4] = ["E07000150", "E07000152", "E07000153", "E07000156"];

#[test]
fn areas_that_merged_are_summed_forward_and_every_row_is_told() {
    let folder = with_codes(&["E06000061"]);
    let seen = inspected(&folder, "v.csv", BEFORE.as_bytes(), &[]);
    assert_eq!((volumes(&seen), codes(&seen)), (vec![100.0], vec!["V207".to_string()]));
    let join = &seen["joins"][0];
    assert_eq!(
        (
            join["counts"]["merged"].as_u64(),
            join["rows"].as_array().unwrap().len()
        ),
        (Some(4), 4)
    );
    assert_eq!(join["rows"][3]["areas"][0], "E06000061");
    assert_eq!(join["vintage"], "2020 or earlier");
}

#[test]
fn a_sum_without_one_of_its_parts_is_refused() {
    let folder = with_codes(&["E06000061"]);
    let short = BEFORE.replace("E07000156,40\n", "");
    refused(&folder, &short, &[], &["V213", "E07000156 (Wellingborough) has no row"]);
    let blank = BEFORE.replace("E07000156,40", "E07000156,");
    let seen = inspected(&folder, "v.csv", blank.as_bytes(), &["volumes.suppressed=25"]);
    assert_eq!(volumes(&seen), [85.0], "the next step works");
}

#[test]
fn a_second_row_of_an_area_stands_in_the_report_as_duplicated() {
    let text = csv() + "E06000002,Square 2,9\n,nobody,3\n";
    let (code, out, _) = inspect(&Folder::new(), "v.csv", text.as_bytes(), &[]);
    let seen = json(&out);
    let join = &seen["joins"][0];
    let counts = |key: &str| join["counts"][key].as_u64();
    assert_eq!(
        (
            code,
            counts("rows"),
            counts("matched"),
            counts("duplicated"),
            counts("extra")
        ),
        (3, Some(6), Some(4), Some(1), Some(1))
    );
    assert_eq!(
        (join["rows"][0]["line"].as_u64(), join["rows"][0]["code"].as_str()),
        (Some(6), Some("E06000002"))
    );
    assert_eq!(join["rows"][0]["how"], "its area has a row already, on line 3");
}

#[test]
fn people_in_two_rows_are_refused() {
    let folder = with_codes(&["E06000061"]);
    refused(
        &folder,
        &format!("{BEFORE}E06000061,100\n"),
        &[],
        &["V212", "E07000150 (Corby) on line 2", "E06000061 (Square 1) on line 6"],
    );
    let folder = with_codes(&["E08000038"]);
    refused(
        &folder,
        "area_code,people\nE08000016,5\nE08000038,5\n",
        &[],
        &["V212", "Barnsley"],
    );
}

#[test]
fn codes_that_were_replaced_are_read_both_ways() {
    for (boundaries, given) in [("E08000038", "E08000016"), ("E08000016", "E08000038")] {
        let folder = with_codes(&[boundaries]);
        let seen = inspected(
            &folder,
            "v.csv",
            format!("area_code,people\n{given},7\n").as_bytes(),
            &[],
        );
        assert_eq!((volumes(&seen), codes(&seen)), (vec![7.0], vec!["V206".to_string()]));
        assert_eq!(seen["joins"][0]["rows"][0]["outcome"], "recoded");
    }
}

#[test]
fn a_figure_is_divided_only_by_a_weight_and_then_marked_as_estimated() {
    let folder = with_codes(&DISTRICTS);
    let after = "area_code,people\nE06000061,100\n";
    refused(&folder, after, &[], &["V208", "Square 1, Square 2", "volumes.split_by"]);
    folder.write("people.csv", &BEFORE.replace("people", "residents"));
    let split = "volumes.split_by=\"people.csv:residents\"";
    let seen = inspected(&folder, "v.csv", after.as_bytes(), &[split]);
    assert_eq!(volumes(&seen), [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(codes(&seen)[0], "V209");
    assert_eq!(seen["joins"][0]["rows"][0]["outcome"], "estimated");
    let short = BEFORE.replace("people", "residents").replace("E07000150,10\n", "");
    folder.write("people.csv", &short);
    refused(&folder, after, &[split], &["V208", "give figures above zero"]);
}

#[test]
fn the_weight_that_the_help_names_is_among_the_tables_of_the_data_set() {
    let folder = Folder::new();
    folder.change("scenario.toml", "areas.geojson", "lad-2016");
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    let text = "area_code,people\nE06000061,100\n";
    let include = format!("areas.include={DISTRICTS:?}");
    refused(&folder, text, &[&include], &["V208", "volumes.csv:population_mid_2016"]);
    let sets = [include.as_str(), "volumes.split_by=\"volumes.csv:population_mid_2016\""];
    // A table of the user's own that bears the same name is the one to be divided.
    let seen = inspected(&folder, "volumes.csv", text.as_bytes(), &sets);
    assert_eq!(seen["totals"]["volume"], 100.0);
    let names: Vec<&Value> = seen["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| &input["file"])
        .collect();
    assert_eq!(
        names
            .iter()
            .filter(|name| **name == "boundaries/lad-2016/volumes.csv")
            .count(),
        1
    );
}

#[test]
fn names_are_a_last_resort_and_near_ones_wait_for_a_yes() {
    let folder = with_codes(&["E06000001", "E06000002", "E06000003", "E06000004"]);
    let exact = "Area name,people\nSquare 1,1\nSquare 2,2\nsquare  3,3\nSquare 4,4\n";
    let seen = inspected(&folder, "v.csv", exact.as_bytes(), &[]);
    assert_eq!(
        (volumes(&seen), codes(&seen)),
        (vec![1.0, 2.0, 3.0, 4.0], vec!["V210".to_string()])
    );
    assert_eq!(seen["joins"][0]["counts"]["named"], 4);
    folder.change("areas.geojson", "Square 1", "Hartlepool");
    let near = exact.replace("Square 1", "Hartlepol");
    refused(
        &folder,
        &near,
        &[],
        &["V211", "Hartlepool (E06000001)", "volumes.near_names"],
    );
    let seen = inspected(&folder, "v.csv", near.as_bytes(), &["volumes.near_names=true"]);
    assert_eq!(seen["joins"][0]["rows"][0]["how"], "by name (near): Hartlepool");
    refused(
        &folder,
        &exact.replace("Square 1", "Atlantis"),
        &[],
        &["V201", "no area is called `Atlantis`"],
    );
    folder.change("areas.geojson", "Square 2", "hartlepool");
    refused(
        &folder,
        &exact.replace("Square 1", "HARTLEPOOL"),
        &[],
        &["V214", "E06000001", "E06000002"],
    );
}

#[test]
fn totals_and_wider_areas_are_counted_nowhere() {
    let folder = Folder::new();
    let text = csv() + "E92000001,England,1000\n,Total,1000\n";
    let seen = inspected(&folder, "v.csv", text.as_bytes(), &[]);
    assert_eq!(seen["totals"]["volume"], 1000.0);
    assert!(codes(&seen).contains(&"V215".to_string()));
    assert_eq!(seen["joins"][0]["counts"]["extra"], 2);
}

#[test]
fn codes_of_several_years_are_told() {
    let folder = with_codes(&["E06000061", "E07000163"]);
    let seen = inspected(&folder, "v.csv", b"area_code,people\nE06000061,5\nE07000163,5\n", &[]);
    assert!(codes(&seen).is_empty(), "2021 and 2022 have both");
    let folder = with_codes(&["E06000061", "E07000100"]);
    let seen = inspected(&folder, "v.csv", b"area_code,people\nE06000061,5\nE07000100,5\n", &[]);
    assert_eq!(codes(&seen), ["V218"]);
}

#[test]
fn the_report_shows_the_joins() {
    let folder = with_codes(&["E06000061"]);
    folder.write("volumes.csv", BEFORE);
    let out = folder.file("out");
    let (code, said, err) = folder.run("solve", &["--out", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    assert!(said.contains("joined volumes.csv: 4 rows: 4 merged"), "{said}");
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("How the tables joined") && page.contains("E07000150"));
}
