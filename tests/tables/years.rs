//! The same figures on boundaries of every year give the same totals.

use std::collections::BTreeMap;
use std::fs;

use crate::asked::{inspected, with_codes};
use crate::common::{Folder, root};

/// Small squares in a row, one a code.
fn strip(codes: impl IntoIterator<Item = String>) -> String {
    let square = |(k, code): (usize, String)| {
        let (west, east) = (
            format!("{:.2}", -6.0 + 0.01 * k as f64),
            format!("{:.2}", -5.99 + 0.01 * k as f64),
        );
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"area_code\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
             [[[{west},52.0],[{east},52.0],[{east},52.01],[{west},52.01],[{west},52.0]]]}}}}"
        )
    };
    let features: Vec<String> = codes.into_iter().enumerate().map(square).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    )
}

/// Districts of 2016, as they were in a later year by the table of changes.
fn districts_of(year: u16) -> Vec<String> {
    let table = |name: &str| fs::read_to_string(root().join("boundaries").join(name)).unwrap();
    let changes = table("code-changes.csv");
    let mut later: BTreeMap<String, String> = BTreeMap::new();
    for record in csv::Reader::from_reader(changes.as_bytes()).records() {
        let record = record.unwrap();
        let succeeds = matches!(&record[4], "merged" | "recoded");
        if succeeds && record[5].parse::<u16>().unwrap() <= year {
            later.insert(record[0].to_string(), record[2].to_string());
        }
    }
    let mut codes: Vec<String> = Vec::new();
    for record in csv::Reader::from_reader(table("lad-2016/areas.csv").as_bytes()).records() {
        let mut code = record.unwrap()[0].to_string();
        while let Some(next) = later.get(&code) {
            code.clone_from(next);
        }
        codes.push(code);
    }
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn the_same_volumes_give_equal_totals_on_boundaries_of_every_year() {
    let folder = Folder::new();
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    let real = fs::read(root().join("boundaries/lad-2016/volumes.csv")).unwrap();
    let weight = "volumes.weight=\"population_mid_2016\"";
    let mut totals = Vec::new();
    for (year, areas) in [(2016, 348), (2019, 339), (2021, 331), (2023, 318)] {
        folder.write("areas.geojson", &strip(districts_of(year)));
        let seen = inspected(&folder, "v.csv", &real, &[weight]);
        assert_eq!(seen["areas"].as_array().unwrap().len(), areas, "{year}");
        totals.push(seen["totals"]["volume"].as_f64().unwrap());
        // And back again: what is of the later year is divided among the districts of 2016, and adds up to the same.
        let later = seen["areas"].as_array().unwrap().iter();
        let rows: String = later
            .map(|area| format!("{},{}\n", area["code"].as_str().unwrap(), area["volume"]))
            .collect();
        folder.write("areas.geojson", &strip(districts_of(2016)));
        folder.write("old.csv", std::str::from_utf8(&real).unwrap());
        let split = "volumes.split_by=\"old.csv:population_mid_2016\"";
        let back = inspected(
            &folder,
            "later.csv",
            format!("area_code,people\n{rows}").as_bytes(),
            &[split],
        );
        totals.push(back["totals"]["volume"].as_f64().unwrap());
    }
    assert!(totals.iter().all(|total| *total == totals[0]), "{totals:?}");
}

#[test]
fn an_old_table_of_your_own_gives_equal_totals_on_boundaries_of_every_year() {
    // Taunton Deane and West Somerset merged in 2019, and with three more into Somerset in 2023.
    let text = "area_code,people\nE07000187,1\nE07000188,2\nE07000189,4\nE07000190,8\nE07000191,16\n";
    for codes in [
        &["E07000187", "E07000188", "E07000189", "E07000190", "E07000191"][..],
        &["E07000187", "E07000188", "E07000189", "E07000246"],
        &["E06000066"],
    ] {
        let folder = with_codes(codes);
        let seen = inspected(&folder, "v.csv", text.as_bytes(), &[]);
        assert_eq!(seen["totals"]["volume"], 31.0, "{codes:?}");
    }
}
