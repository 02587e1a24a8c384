//! Groups from shapes where people are at hand: shares by small areas and not by land, from the command line.

mod common;

use common::{Folder, json};
use serde_json::Value;

/// A line across the third square, at three quarters of its width: by land it is of the west.
const LINE: f64 = -1.05;

/// A box from west to east, as a feature with these properties.
fn feature(properties: &str, west: f64, east: f64) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
         [[[{west},52.0],[{east},52.0],[{east},52.2],[{west},52.2],[{west},52.0]]]}}}}"
    )
}

fn collection(features: &[String]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    )
}

/// The four squares with the outlines of two groups.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.change(
        "scenario.toml",
        "[areas]\n",
        "[areas]\nshapes = [[\"side\", \"sides.json\"]]\nunit = \"side\"\n",
    );
    let sides = [
        feature("\"name\":\"West\"", -1.7, LINE),
        feature("\"name\":\"East\"", LINE, -0.7),
    ];
    folder.write("sides.json", &collection(&sides));
    folder
}

fn by(folder: &Folder, value: &str) -> (i32, String, String) {
    folder.run("inspect", &["--json", "--set", &format!("areas.shapes_by={value}")])
}

/// The group of the third square, and the findings.
fn third(run: (i32, String, String)) -> (String, Vec<Value>) {
    let (code, out, err) = run;
    assert_eq!(code, 0, "{err}");
    let seen = json(&out);
    let units = seen["units"].as_array().unwrap();
    let holds = |unit: &&Value| unit["areas"].as_array().unwrap().contains(&Value::from("E06000003"));
    let unit = units.iter().find(holds).unwrap()["id"].as_str().unwrap().to_string();
    (unit, seen["findings"].as_array().unwrap().clone())
}

fn message<'f>(findings: &'f [Value], code: &str) -> &'f str {
    let found = findings.iter().find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {findings:?}"))["message"]
        .as_str()
        .unwrap()
}

/// Points of people: two hundred in each square but the third, which has twenty to the west of the line and eighty to the east.
const POINTS: &str =
    "longitude,latitude,people\n-1.5,52.1,200\n-1.3,52.1,200\n-1.15,52.1,20\n-1.02,52.1,80\n-0.9,52.1,200\n";

#[test]
fn an_area_goes_where_its_people_are_and_not_where_its_land_is() {
    let folder = folder();
    let (by_land, findings) = third(folder.run("inspect", &["--json"]));
    assert_eq!(by_land, "West");
    let told = message(&findings, "M602");
    assert!(
        told.contains("25.0 % in East") && told.contains("it goes with West"),
        "{told}"
    );
    folder.write("points.csv", POINTS);
    let (by_people, findings) = third(by(&folder, "\"points.csv:people\""));
    assert_eq!(by_people, "East");
    assert!(message(&findings, "M602").contains("80.0 % in East, 20.0 % in West; it goes with East"));
    assert!(message(&findings, "M606").contains("700 people of 5 small areas"));
}

/// Small areas on either side of the line, drawn a little across it, and one for each of the other squares.
fn small(people: &str) -> String {
    let areas = [(-1.6, -1.4), (-1.4, -1.2), (-1.2, -1.048), (-1.048, -1.0), (-1.0, -0.8)];
    let feature = |(k, (west, east)): (usize, (f64, f64))| {
        let people = people.split(' ').nth(k).unwrap();
        feature(&format!("\"code\":\"S{k}\",\"people\":{people}"), west, east)
    };
    collection(&areas.into_iter().enumerate().map(feature).collect::<Vec<_>>())
}

#[test]
fn small_areas_lie_wholly_where_nearly_all_of_them_lies() {
    let folder = folder();
    folder.write("small.json", &small("200 200 5 95 200"));
    let (unit, findings) = third(by(&folder, "\"small.json:people\""));
    assert_eq!(unit, "East");
    assert!(
        message(&findings, "M603").contains("the least is 95.0 % by people of E06000003"),
        "{findings:?}"
    );
    folder.write("people.csv", "area_code,heads\nS0,1\nS1,1\nS2,30\nS3,70\nS4,1\n");
    let (unit, findings) = third(by(&folder, "[\"small.json\", \"people.csv:heads\"]"));
    assert_eq!(unit, "East");
    assert!(message(&findings, "M602").contains("70.0 % in East, 30.0 % in West"));
}

#[test]
fn an_area_without_small_areas_is_shared_by_land_and_told() {
    let folder = folder();
    folder.write(
        "points.csv",
        &POINTS.replace("-1.15,52.1,20\n-1.02,52.1,80\n", "-3.0,52.1,7\n"),
    );
    let (unit, findings) = third(by(&folder, "\"points.csv:people\""));
    assert_eq!(unit, "West");
    assert!(message(&findings, "M605").contains("Square 3"));
    assert!(message(&findings, "M606").contains("but for 1 that lie in no area, with 7 people"));
}

#[test]
fn small_areas_without_people_or_place_are_refused_with_the_way_out() {
    let folder = folder();
    let refused = |value: &str, words: &[&str]| {
        let (code, _, err) = by(&folder, value);
        assert_eq!(code, 3, "{err}");
        words
            .iter()
            .for_each(|word| assert!(err.contains(word), "{err} lacks {word}"));
    };
    folder.write("small.json", &small("1 2 3 4 -5"));
    refused(
        "\"small.json:heads\"",
        &["M604", "has no column heads; it has code and people"],
    );
    refused("\"small.json:people\"", &["M604 ", "feature 5"]);
    folder.write("people.csv", "area_code,heads\nS0,1\nS1,1\n");
    refused(
        "[\"small.json\", \"people.csv:heads\"]",
        &["M604 people.csv S2", "nor have 2 others"],
    );
    folder.write("points.csv", "x,people\n1,2\n");
    refused("\"points.csv:people\"", &["M604", "easting and northing"]);
    refused("\"points.csv\"", &["S104", "names no file and column"]);
}
