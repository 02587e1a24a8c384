//! Data sets that are made: what they keep, where they are found, what is told of them.

use std::fs;

use serde_json::Value;

use crate::common::squares;
use crate::desk::{Desk, codes, names};

#[test]
fn an_import_is_named_in_a_scenario_and_gives_the_same_lots() {
    let desk = Desk::new();
    let made = desk.import(&[
        "areas.geojson",
        "volumes.csv",
        "deal.csv",
        "--as",
        "row",
        "--source",
        "A maker",
        "--licence",
        "A licence",
        "--attribution",
        "Made by a maker",
        "--vintage",
        "2016",
    ]);
    assert_eq!(made["dataset"]["boundaries"]["borders"], 3);
    assert_eq!(
        made["keys"],
        serde_json::json!(["areas.boundaries = \"row\"", "volumes.file = \"row/volumes.csv\""])
    );
    assert_eq!(
        names(&desk.data().join("row")),
        ["boundaries.json", "dataset.toml", "deal.csv", "volumes.csv"]
    );
    let direct = desk.told(&["solve", "."]);
    let sets = [
        "--set",
        "areas.boundaries=\"row\"",
        "--set",
        "areas.tables=[]",
        "--set",
        "volumes.file=\"row/volumes.csv\"",
    ];
    let named = desk.told(&[&["solve", "."], &sets[..]].concat());
    assert_eq!(direct["lots"], named["lots"]);
    let seen = desk.told(&[&["inspect", "."], &sets[..]].concat());
    assert_eq!(seen["datasets"][0]["source"], "A maker");
    assert_eq!(seen["datasets"][0]["home"], "user");
    let (_, _, err) = desk.run(&[&["solve", ".", "--out", "out"], &sets[..]].concat());
    assert!(err.contains("report.html"), "{err}");
    assert!(
        desk.folder
            .read("out/report.html")
            .contains("A maker. Licence: A licence")
    );
}

#[test]
fn equal_files_make_equal_bytes_wherever_they_lie() {
    let desk = Desk::new();
    desk.import(&["areas.geojson", "volumes.csv", "--as", "row"]);
    let read = |name: &str| fs::read(desk.data().join("row").join(name)).unwrap();
    let first = (read("boundaries.json"), read("dataset.toml"), read("volumes.csv"));
    fs::create_dir(desk.folder.file("moved")).unwrap();
    for name in ["areas.geojson", "volumes.csv"] {
        fs::rename(desk.folder.file(name), desk.folder.file("moved").join(name)).unwrap();
    }
    desk.import(&["moved/areas.geojson", "moved/volumes.csv", "--as", "row", "--force"]);
    assert_eq!(
        first,
        (read("boundaries.json"), read("dataset.toml"), read("volumes.csv"))
    );
    assert_eq!(names(desk.data()), ["row"], "nothing is left beside it");
}

#[test]
fn uncertain_figures_keep_their_intervals_through_an_import() {
    let desk = Desk::new();
    let nomis = "\"Claimants\"\n\"ONS Crown Copyright Reserved [from Nomis on 3 March 2017]\"\n\n\"local authority\",\"mnemonic\",\"people\"\n\
        \"Square 1\",\"E06000001\",\"1,000\"\n\"Square 2\",\"E06000002\",\"~\"\n\"Square 3\",\"E06000003\",\"*\"\n\"Square 4\",\"E06000004\",\"400\"\n\n\
        \"Figures are rounded to the nearest 10.\"\n";
    desk.folder.write("nomis.csv", nomis);
    desk.import(&["nomis.csv", "--as", "claimants"]);
    assert_eq!(
        fs::read_to_string(desk.data().join("claimants/volumes.csv")).unwrap(),
        "area_code,area_name,people\nE06000001,Square 1,1000\nE06000002,Square 2,~\nE06000003,Square 3,c\nE06000004,Square 4,400\n"
    );
    let rows = |file: &str| {
        let file = format!("volumes.file=\"{file}\"");
        let seen = desk.told(&["inspect", ".", "--set", &file, "--set", "volumes.suppressed=5"]);
        let rows = seen["joins"][0]["rows"].as_array().unwrap().clone();
        let figure = |row: &Value| [&row["code"], &row["low"], &row["middle"], &row["high"]].map(Value::clone);
        rows.iter().map(figure).collect::<Vec<_>>()
    };
    assert_eq!(rows("claimants/volumes.csv"), rows("nomis.csv"));
    assert_eq!(rows("nomis.csv").len(), 4, "every figure is an interval");
}

#[test]
fn a_name_is_found_in_the_project_before_the_folder_of_the_user() {
    let desk = Desk::new();
    desk.import(&["areas.geojson", "--as", "row", "--title", "Of the user"]);
    let made = desk.import(&[
        "areas.geojson",
        "volumes.csv",
        "--as",
        "row",
        "--into",
        "boundaries",
        "--title",
        "Of the project",
    ]);
    assert!(codes(&made).contains(&"S405"), "{made}");
    let seen = desk.told(&["inspect", ".", "--set", "areas.boundaries=\"row\""]);
    assert_eq!(
        (&seen["datasets"][0]["home"], &seen["datasets"][0]["title"]),
        (&"project".into(), &"Of the project".into())
    );
    assert!(codes(&seen).contains(&"S405"));
    let by_path = desk.told(&["inspect", ".", "--set", "areas.boundaries=\"boundaries/row\""]);
    assert!(!codes(&by_path).contains(&"S405"));
}

#[test]
fn data_sets_are_listed_and_one_that_was_changed_by_hand_is_told() {
    let desk = Desk::new();
    desk.import(&["areas.geojson", "volumes.csv", "--as", "row", "--date", "2026-11-22"]);
    let all = desk.told(&["inspect"]);
    assert_eq!(desk.told(&["inspect", "--datasets"]), all);
    let listed: Vec<(&str, &Value)> = all["datasets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), &one["areas"]))
        .collect();
    assert_eq!(listed, [("lad-2016", &Value::from(348)), ("row", &Value::from(4))]);
    let (_, out, _) = desk.run(&["inspect", "row"]);
    for word in [
        "not stated",
        "every file is as it was imported",
        "made from",
        "areas.geojson",
        "2026-11-22",
    ] {
        assert!(out.contains(word), "`{word}` is not in:\n{out}");
    }
    let table = desk.data().join("row/volumes.csv");
    fs::write(&table, fs::read_to_string(&table).unwrap().replace("100", "101")).unwrap();
    let one = desk.told(&["inspect", "row"]);
    assert_eq!(codes(&one["datasets"][0]), ["S406"]);
    let seen = desk.told(&["inspect", ".", "--set", "volumes.file=\"row/volumes.csv\""]);
    assert!(codes(&seen).contains(&"S406"));
    let (_, out, _) = desk.run(&["inspect"]);
    assert!(out.contains("S406") && out.contains("inside the program"), "{out}");
}

#[test]
fn a_source_that_nobody_stated_is_not_guessed() {
    let desk = Desk::new();
    let made = desk.import(&["areas.geojson", "--as", "row", "--source", "A maker"]);
    assert_eq!(
        (&made["dataset"]["source"], &made["dataset"]["licence"]),
        (&"A maker".into(), &"not stated".into())
    );
    let told = &made["findings"].as_array().unwrap()[0];
    assert_eq!(
        (&told["code"], &told["message"]),
        (
            &"S404".into(),
            &"its licence is not stated, and nothing is guessed".into()
        )
    );
}

#[test]
fn a_vintage_that_the_codes_belie_is_told() {
    let desk = Desk::new();
    desk.folder
        .write("corby.geojson", &squares(&["E07000150", "E07000152"]));
    let made = desk.import(&["corby.geojson", "--as", "corby", "--vintage", "2023"]);
    assert!(codes(&made).contains(&"V219"), "{made}");
}

#[test]
fn codes_of_another_year_stay_and_those_of_no_area_are_told() {
    let desk = Desk::new();
    desk.folder
        .write("areas.geojson", &squares(&["E06000001", "E06000061"]));
    desk.folder.write(
        "volumes.csv",
        "area_code,people\ne06000001,1\nE07000150,2\nE07000152,2\nE07000153,2\nE07000156,2\nE09999999,4\n",
    );
    let made = desk.import(&["areas.geojson", "volumes.csv", "--as", "new"]);
    let told = made["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["code"] == "V201")
        .unwrap();
    assert_eq!(told["message"], "1 code is of no area of the boundaries: E09999999");
    let steps = made["dataset"]["steps"].to_string();
    assert!(
        steps.contains("1 code is of the boundaries; 4 codes are followed there"),
        "{steps}"
    );
    assert!(steps.contains("1 code written in capitals"), "{steps}");
}

#[test]
fn several_tables_of_volumes_keep_the_names_of_their_files() {
    let desk = Desk::new();
    desk.folder.write("Jobs 2016.csv", "area_code,jobs\nE06000001,5\n");
    let made = desk.import(&["volumes.csv", "Jobs 2016.csv", "--as", "two"]);
    let files: Vec<&str> = made["dataset"]["table"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["file"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["jobs-2016.csv", "volumes.csv"]);
}
