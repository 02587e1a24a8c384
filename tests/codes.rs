//! Codes of other years, from the command line: boundaries merged forward, and memberships, links, locks and plans carried with them.

mod common;

use common::{Folder, json, root, squares};
use serde_json::Value;

/// The squares under these codes, with a hundred people in each and no deal.
fn with_codes(codes: &[&str], volumes: &[&str]) -> Folder {
    let folder = Folder::new();
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    folder.change("scenario.toml", "floor_gbp = 300_000", "floor_gbp = 1");
    folder.write("areas.geojson", &squares(codes));
    let rows: String = volumes.iter().map(|code| format!("{code},100\n")).collect();
    folder.write("volumes.csv", &format!("area_code,people\n{rows}"));
    folder
}

/// West and East Suffolk in four parts of 2018, as they lie in the row.
const OF_2018: [&str; 4] = ["E07000201", "E07000204", "E07000205", "E07000206"];
const WEST: &str = "E07000245";
const EAST: &str = "E07000244";

fn merged() -> Folder {
    let folder = with_codes(&OF_2018, &OF_2018);
    folder.change("scenario.toml", "[areas]\n", "[areas]\nforward_to = 2023\n");
    folder
}

fn inspected(folder: &Folder) -> Value {
    let (code, out, err) = folder.run("inspect", &["--json"]);
    assert_eq!(code, 0, "{err}");
    json(&out)
}

fn message(seen: &Value, code: &str) -> String {
    let findings = seen["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == code);
    let found = found.unwrap_or_else(|| panic!("no {code} in {findings:?}"));
    found["message"].as_str().unwrap().to_string()
}

fn refused(folder: &Folder, words: &[&str]) {
    let (code, _, err) = folder.run("inspect", &[]);
    assert_eq!(code, 3, "{err}");
    for word in words {
        assert!(err.contains(word), "{err} lacks {word}");
    }
}

#[test]
fn boundaries_are_merged_forward_with_their_figures() {
    let seen = inspected(&merged());
    let areas = seen["areas"].as_array().unwrap();
    let told: Vec<(&str, &str, f64)> = areas
        .iter()
        .map(|a| {
            (
                a["code"].as_str().unwrap(),
                a["name"].as_str().unwrap(),
                a["volume"].as_f64().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(EAST, "East Suffolk", 200.0), (WEST, "West Suffolk", 200.0)]);
    let borders = seen["borders"].as_array().unwrap();
    assert_eq!((borders.len(), borders[0]["kind"].as_str()), (1, Some("exact")));
    assert!(message(&seen, "G111").contains("4 areas are 2 in 2023"));
}

#[test]
fn a_year_that_boundaries_cannot_be_carried_to_is_refused() {
    let folder = merged();
    folder.write("areas.geojson", &squares(&OF_2018[1..]));
    refused(&folder, &["G313", "E07000245 West Suffolk would lack E07000201"]);
    let folder = with_codes(&[WEST], &[WEST]);
    folder.change("scenario.toml", "[areas]\n", "[areas]\nforward_to = 2016\n");
    refused(&folder, &["G313", "began in 2019, after 2016"]);
    folder.change("scenario.toml", "forward_to = 2016", "forward_to = 20");
    refused(&folder, &["S104", "20 is no year"]);
}

#[test]
fn a_year_beyond_the_table_of_changes_is_told() {
    let folder = merged();
    folder.change("scenario.toml", "2023", "2031");
    assert!(message(&inspected(&folder), "G111").contains("the table of changes ends with 2025"));
}

#[test]
fn memberships_are_carried_to_areas_that_merged_and_parts_are_told() {
    let folder = merged();
    folder.change("scenario.toml", "[areas]\n", "[areas]\ntables = [\"deal.csv\"]\n");
    folder.write(
        "deal.csv",
        "area_code,deal\nE07000201,Fens\nE07000204,Fens\nE07000206,Coast\n",
    );
    let seen = inspected(&folder);
    assert!(message(&seen, "M106").contains("3 of areas that merged since"));
    let parts = message(&seen, "M107");
    assert!(
        parts.contains("East Suffolk in Coast without Suffolk Coastal"),
        "{parts}"
    );
    assert!(!parts.contains("West Suffolk"), "{parts}");
    let join = &seen["joins"][1];
    assert_eq!(
        (join["counts"]["merged"].as_u64(), join["counts"]["matched"].as_u64()),
        (Some(3), Some(0))
    );
    assert_eq!(join["rows"][2]["areas"][0], EAST);
}

#[test]
fn a_member_that_was_several_makes_each_of_them_a_member() {
    let folder = with_codes(&OF_2018, &OF_2018);
    folder.change(
        "scenario.toml",
        "[areas]\n",
        "[areas]\ntables = [\"deal.csv\"]\ninclude = [\"deal:Fens\"]\n",
    );
    folder.write("deal.csv", &format!("area_code,deal\n{WEST},Fens\n"));
    let seen = inspected(&folder);
    assert_eq!(seen["areas"].as_array().unwrap().len(), 2);
    assert!(message(&seen, "M106").contains("1 of areas that were several before"));
}

#[test]
fn links_are_carried_and_those_within_an_area_fall_away() {
    let folder = merged();
    folder.change("scenario.toml", "[areas]\n", "[areas]\nlinks_file = \"links.csv\"\n");
    let head = "from_code,to_code,kind,name\n";
    folder.write(
        "links.csv",
        &format!("{head}E07000201,E07000206,ferry,Long boat\nE07000201,E07000204,bridge,Short bridge\n"),
    );
    let seen = inspected(&folder);
    let links = seen["links"].as_array().unwrap();
    assert_eq!((links.len(), &links[0]["name"]), (1, &Value::from("Long boat")));
    let told = message(&seen, "M204");
    assert!(
        told.contains("Long boat (West Suffolk and East Suffolk)") && told.contains("Short bridge"),
        "{told}"
    );

    let folder = with_codes(&OF_2018, &OF_2018);
    folder.change("scenario.toml", "[areas]\n", "[areas]\nlinks_file = \"links.csv\"\n");
    folder.write("links.csv", &format!("{head}{WEST},E07000206,ferry,Long boat\n"));
    refused(&folder, &["M203", "Long boat ends in E07000245"]);
}

#[test]
fn locks_of_another_year_hold_the_area_as_it_is_now() {
    let folder = merged();
    folder.change(
        "scenario.toml",
        "count = \"max\"",
        "count = \"max\"\nlocks = \"locks.csv\"",
    );
    folder.write("locks.csv", "area_code,lot_id\nE07000201,9\nE07000204,9\n");
    let (code, out, err) = folder.run("solve", &["--json"]);
    assert_eq!(code, 0, "{err}");
    let answer = json(&out);
    assert!(message(&answer, "P207").contains("E07000201 as West Suffolk"));
    let lots = answer["lots"].as_array().unwrap();
    assert!(
        lots.iter().any(|lot| lot["lot_id"] == "9" && lot["areas"][0] == WEST),
        "{lots:?}"
    );
    folder.write("locks.csv", "area_code,lot_id\nE07000201,9\nE07000204,8\n");
    refused(&folder, &["P204", "both are parts of one area"]);
}

#[test]
fn a_plan_of_another_year_is_read_and_refused_where_an_area_would_be_in_two_lots() {
    let folder = merged();
    let plan = folder.file("plan.csv").display().to_string();
    let evaluated = |text: &str| {
        folder.write("plan.csv", text);
        folder.run("evaluate", &["--json", "--plan", &plan])
    };
    let (code, out, err) = evaluated("area_code,lot_id\nE07000201,a\nE07000204,a\nE07000205,b\n");
    assert_eq!(code, 0, "{err}");
    let told = message(&json(&out), "P207");
    assert!(told.contains("parts have no row: E07000206 of East Suffolk"), "{told}");
    let (code, _, err) = evaluated("area_code,lot_id\nE07000201,a\nE07000204,b\n");
    assert_eq!(code, 3);
    assert!(
        err.contains("P208") && err.contains("E07000201 in a and E07000204 in b"),
        "{err}"
    );
}

#[test]
fn a_plan_of_later_codes_gives_its_lots_to_all_parts() {
    let folder = with_codes(&OF_2018, &OF_2018);
    folder.write("plan.csv", &format!("area_code,lot_id\n{WEST},a\n{EAST},b\n"));
    let plan = folder.file("plan.csv").display().to_string();
    let (code, out, err) = folder.run("evaluate", &["--json", "--plan", &plan]);
    assert_eq!(code, 0, "{err}");
    let answer = json(&out);
    assert_eq!(answer["lots"][0]["areas"].as_array().unwrap().len(), 2);
    assert!(answer["unassigned"].as_array().unwrap().is_empty());
}

#[test]
fn a_table_of_the_scenario_takes_the_place_of_that_of_the_data_set() {
    let folder = Folder::new();
    folder.change("scenario.toml", "areas.geojson", "lad-2016");
    folder.change("scenario.toml", "[areas]\n", "[areas]\ninclude = [\"deal:Middle\"]\n");
    let seen = inspected(&folder);
    assert!(message(&seen, "M108").contains("in place of boundaries/lad-2016/deal.csv"));
    assert_eq!(seen["areas"].as_array().unwrap().len(), 2);
}

#[test]
fn codes_of_before_2011_are_refused_once_and_names_are_the_way_out() {
    let folder = with_codes(&["E06000052", "E06000053"], &["15UB", "00HF"]);
    let (code, _, err) = folder.run("inspect", &[]);
    assert_eq!(code, 3);
    assert!(err.contains("V220") && err.contains("such as 15UB"), "{err}");
    assert!(!err.contains("V201") && !err.contains("V202"), "{err}");
    folder.write("volumes.csv", "area_name,people\nSquare 1,100\nSquare 2,200\n");
    assert!(message(&inspected(&folder), "V210").contains("2 rows are joined by name"));
}

#[test]
fn districts_of_before_2009_are_summed_to_the_councils_that_took_their_place() {
    let cornwall = [
        "E07000019",
        "E07000020",
        "E07000021",
        "E07000022",
        "E07000023",
        "E07000024",
    ];
    let folder = with_codes(&["E06000052"], &cornwall);
    let seen = inspected(&folder);
    assert_eq!(seen["areas"][0]["volume"].as_f64(), Some(600.0));
    assert!(message(&seen, "V207").contains("Caradon"));
    folder.write("volumes.csv", "area_code,people\nE07000019,100\n");
    refused(&folder, &["V213"]);
}

/// Every change from 2018 on stands in the list of the ONS, and the other way round, where that list is at hand.
#[test]
fn the_table_of_changes_says_what_the_list_of_the_ons_says() {
    let Ok(list) = std::env::var("LOTWRIGHT_ONS_CHANGES") else {
        eprintln!("skipped: LOTWRIGHT_ONS_CHANGES names no list of changes (oldcd,oldnm,newcd,newnm,type,start)");
        return;
    };
    let rows = |path: &std::path::Path| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(path).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let record = |r: csv::StringRecord| r.iter().map(str::to_string).collect();
        reader.records().map(|r| record(r.unwrap())).collect()
    };
    let mut theirs = rows(std::path::Path::new(&list));
    let mut ours = rows(&root().join("boundaries/code-changes.csv"));
    ours.retain(|row| row[5].parse::<u16>().unwrap() >= 2018);
    // The list calls both a new code and a new authority `new_geo`.
    let kind = |row: &[String]| match (row[4].as_str(), row[2].get(..3)) {
        ("merger", _) => "merged",
        ("termination", _) => "ended",
        ("new_geo", Some("E47")) => "joined",
        _ => "recoded",
    };
    theirs.iter_mut().for_each(|row| row[4] = kind(row).to_string());
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
}
