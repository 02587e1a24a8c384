//! Bad input gets an exit code, every fault at once, each with its place and the next step, and nothing half-written.

mod common;

use common::{Folder, square, squares};

/// Expects exit code 3 from `inspect`, and each of `words` on standard error.
fn refused(folder: &Folder, words: &[&str]) {
    let (code, out, err) = folder.run("inspect", &[]);
    assert_eq!(code, 3, "{err}");
    assert_eq!(out, "");
    for word in words {
        assert!(err.contains(word), "`{word}` is not in:\n{err}");
    }
}

#[test]
fn a_missing_scenario_is_named() {
    let folder = Folder::new();
    std::fs::remove_file(folder.file("scenario.toml")).unwrap();
    refused(&folder, &["S001", "scenario.toml"]);
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let folder = Folder::new();
    folder.change("scenario.toml", "[funding]", "[funding");
    refused(&folder, &["S100", "scenario.toml line 13"]);
}

#[test]
fn every_fault_of_a_scenario_is_told_at_once() {
    let folder = Folder::new();
    folder.change("scenario.toml", "floor_gbp", "flor_gbp");
    folder.change("scenario.toml", "participants = 500", "participants = \"many\"");
    folder.change("scenario.toml", "referral_years = 5\n", "");
    folder.change("scenario.toml", "\"travel\"", "\"travle\"");
    refused(
        &folder,
        &[
            "S103",
            "did you mean `viability.floor_gbp`?",
            "S102",
            "`funding.participants` must be a whole number",
            "S101",
            "`funding.referral_years` is missing",
            "S104",
            "did you mean `travel`?",
        ],
    );
}

#[test]
fn a_missing_and_a_double_code_are_told_together() {
    let folder = Folder::new();
    folder.write("areas.geojson", &squares(&["E06000001", "E06000001", "", "E06000004"]));
    refused(&folder, &["G303", "feature 3", "G304", "E06000001"]);
}

#[test]
fn a_code_of_another_vintage_says_what_it_is() {
    let folder = Folder::new();
    folder.change("volumes.csv", "E06000004,400", "E06000004,400\nE06000061,50");
    refused(
        &folder,
        &["V201", "volumes.csv line 6", "North Northamptonshire", "2021"],
    );
}

#[test]
fn an_area_without_volume_and_a_volume_without_area_are_told_together() {
    let folder = Folder::new();
    folder.change("volumes.csv", "E06000004,400", "E99999999,400");
    refused(&folder, &["V201", "E99999999", "V202", "E06000004, Square 4"]);
}

#[test]
fn bad_cells_are_told_with_their_lines() {
    let folder = Folder::new();
    folder.write(
        "volumes.csv",
        "area_code,people\nE06000001,-1\nE06000002,lots\nE06000003,300\nE06000003,300\nE06000004,\n",
    );
    refused(
        &folder,
        &[
            "V105",
            "volumes.csv line 2",
            "V104",
            "volumes.csv line 3",
            "V103",
            "volumes.csv line 5",
        ],
    );
    folder.write(
        "volumes.csv",
        "area_code,people\nE06000001,1\nE06000002,2\nE06000003,300\nE06000004,\n",
    );
    refused(&folder, &["V203", "volumes.csv line 5", "volumes.suppressed"]);
}

#[test]
fn faults_of_several_files_are_told_at_once() {
    let folder = Folder::new();
    folder.change("volumes.csv", "300", "many");
    folder.write(
        "areas.geojson",
        &squares(&["E06000001", "E06000001", "E06000003", "E06000004"]),
    );
    folder.write("deal.csv", "area_code,deal,status\n,Middle,co-design\n");
    refused(&folder, &["V104", "G304", "M103"]);
}

#[test]
fn an_empty_geometry_is_named() {
    let folder = Folder::new();
    let row = squares(&["E06000001", "E06000002", "E06000003", "E06000004"]);
    let ring = square("E06000004", 3)
        .split_once("\"coordinates\":")
        .unwrap()
        .1
        .replace("}}", "");
    folder.write("areas.geojson", &row.replace(&ring, "[]"));
    refused(&folder, &["G201", "E06000004"]);
}

#[test]
fn a_ring_that_crosses_itself_is_named_with_its_place() {
    let folder = Folder::new();
    folder.change(
        "areas.geojson",
        "[-1.4,52.0],[-1.4,52.2],[-1.6,52.2]",
        "[-1.4,52.0],[-1.6,52.2],[-1.4,52.2]",
    );
    refused(&folder, &["G204", "E06000001"]);
}

#[test]
fn areas_that_overlap_are_named() {
    let folder = Folder::new();
    folder.change(
        "areas.geojson",
        "[[-1.4,52.0],[-1.2,52.0],[-1.2,52.2],[-1.4,52.2],[-1.4,52.0]]",
        "[[-1.5,52.0],[-1.2,52.0],[-1.2,52.2],[-1.5,52.2],[-1.5,52.0]]",
    );
    refused(&folder, &["G206", "E06000001", "E06000002"]);
}

#[test]
fn eastings_in_a_geojson_are_read_as_such_and_told_with_the_key_that_declares_them() {
    let folder = Folder::new();
    let metres = |text: String| {
        let mut text = text;
        for (degrees, metres) in [
            ("-1.6", "427000"),
            ("-1.4", "441000"),
            ("-1.2", "455000"),
            ("-1.0", "469000"),
            ("-0.8", "483000"),
            ("52.0", "237000"),
            ("52.2", "259000"),
        ] {
            text = text.replace(degrees, metres);
        }
        text
    };
    folder.write(
        "areas.geojson",
        &metres(squares(&["E06000001", "E06000002", "E06000003", "E06000004"])),
    );
    let (code, out, _) = folder.run("inspect", &[]);
    assert!(code == 0 && out.contains("G305") && out.contains("EPSG:27700"), "{out}");
    let (code, _, err) = folder.run("inspect", &["--set", "areas.crs=\"EPSG:4326\""]);
    assert!(code == 3 && err.contains("G305"), "{err}");
    let (code, _, err) = folder.run("inspect", &["--set", "areas.crs=\"EPSG:27700\""]);
    assert_eq!(code, 0, "the next step works when followed: {err}");
}

#[test]
fn names_that_match_nothing_get_the_nearest() {
    let folder = Folder::new();
    folder.change(
        "scenario.toml",
        "tables = [\"deal.csv\"]",
        "tables = [\"deal.csv\"]\nexclude = [\"deal:Midle\", \"dael:Middle\", \"E06000009\"]",
    );
    refused(
        &folder,
        &[
            "S302",
            "did you mean `Middle`?",
            "S301",
            "did you mean `deal`?",
            "E06000009",
        ],
    );
}

#[test]
fn an_unknown_data_set_and_unit_are_told() {
    let folder = Folder::new();
    folder.change("scenario.toml", "areas.geojson", "lad-2061");
    refused(&folder, &["S306", "did you mean `lad-2016`?"]);
    let folder = Folder::new();
    let (code, _, err) = folder.run("inspect", &["--set", "areas.unit=\"deel\""]);
    assert_eq!(code, 3);
    assert!(err.contains("did you mean `deal`?"), "{err}");
}

#[test]
fn an_area_in_no_group_of_the_units_is_named() {
    let folder = Folder::new();
    let (code, _, err) = folder.run("inspect", &["--set", "areas.unit=\"deal\""]);
    assert_eq!(code, 3);
    assert!(err.contains("S305") && err.contains("Square 1 and Square 4"), "{err}");
}

#[test]
fn locks_that_contradict_each_other_are_told_with_both_lines() {
    let folder = Folder::new();
    folder.write("locks.csv", "area_code,lot_id\nE06000001,1\nE06000001,2\nE09999999,1\n");
    folder.change(
        "scenario.toml",
        "count = \"max\"",
        "count = \"max\"\nlocks = \"locks.csv\"",
    );
    refused(
        &folder,
        &[
            "P204",
            "locks.csv line 3",
            "locks.csv line 2",
            "P201",
            "locks.csv line 4",
        ],
    );
}

#[test]
fn a_floor_above_the_whole_volume_is_infeasible_in_words() {
    let (code, out, err) = Folder::new().run("solve", &["--set", "viability.floor_gbp=2e6", "--json"]);
    assert_eq!(code, 4, "{err}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["status"], "infeasible");
    let message = answer["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("£2.0m") && message.contains("£1.0m"), "{message}");
}

#[test]
fn a_component_that_cannot_reach_the_floor_is_named_with_its_shortfall() {
    let folder = Folder::new();
    folder.change(
        "areas.geojson",
        "[[-1.6,52.0],[-1.4,52.0],[-1.4,52.2],[-1.6,52.2],[-1.6,52.0]]",
        "[[-1.9,52.0],[-1.7,52.0],[-1.7,52.2],[-1.9,52.2],[-1.9,52.0]]",
    );
    let (code, out, err) = folder.run("solve", &[]);
    assert_eq!(code, 4, "{err}");
    assert!(out.contains("Square 1") && out.contains("£200,000"), "{out}");
}

#[test]
fn a_solve_that_fails_writes_nothing() {
    let folder = Folder::new();
    let out = folder.file("out");
    let (code, _, _) = folder.run(
        "solve",
        &["--set", "viability.floor_gbp=2e6", "--out", out.to_str().unwrap()],
    );
    assert_eq!(code, 4);
    assert!(!out.exists());
    folder.change("volumes.csv", "300", "many");
    let (code, _, _) = folder.run("solve", &["--out", out.to_str().unwrap()]);
    assert_eq!(code, 3);
    assert!(!out.exists());
}

#[test]
fn bad_plans_are_refused_with_their_lines() {
    let folder = Folder::new();
    let plan = folder.file("plan.csv");
    let refused = |text: &str, words: &[&str]| {
        std::fs::write(&plan, text).unwrap();
        let (code, _, err) = folder.run("check", &["--plan", plan.to_str().unwrap()]);
        assert_eq!(code, 3, "{err}");
        for word in words {
            assert!(err.contains(word), "`{word}` is not in:\n{err}");
        }
    };
    refused(
        "area_code,lot_id\nE06000061,1\n",
        &["P201", "plan.csv line 2", "North Northamptonshire"],
    );
    refused(
        "area_code,lot_id\nE06000001,1\nE06000001,2\n",
        &["P202", "plan.csv line 3"],
    );
    refused("area_code,name\nE06000001,x\n", &["P101"]);
    refused("area_code,lot_id,share\nE06000001,1,2\n", &["P104"]);
    refused("unit_id,lot_id\nE0600001,1\n", &["P201", "did you mean `E06000001`?"]);
    refused("", &["S202"]);
}

#[test]
fn a_bad_cell_does_not_hide_what_does_not_join() {
    let folder = Folder::new();
    folder.write(
        "volumes.csv",
        "area_code,people\nE06000001,many\nE06000002,200\nE06000009,300\nE06000004,400\n",
    );
    refused(
        &folder,
        &[
            "V104",
            "volumes.csv line 2",
            "V201",
            "E06000009",
            "V202",
            "E06000003, Square 3",
        ],
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_the_search_and_exits_with_1() {
    let folder = Folder::new();
    folder.write("taken", "a file");
    let (code, out, err) = folder.run("solve", &["--out", folder.file("taken").to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains("S003"), "{err}");
    assert_eq!(folder.read("taken"), "a file");
}

#[test]
fn a_pair_of_the_same_areas_is_refused_at_its_line() {
    let folder = Folder::new();
    let pairs = "never_together = [[\"deal:Middle\", \"deal:Middle\"], [\"E06000001\", \"E06000004\"]]";
    folder.change("scenario.toml", "count = \"max\"", &format!("count = \"max\"\n{pairs}"));
    refused(
        &folder,
        &[
            "scenario.toml line 23, lots.never_together: `deal:Middle` stands on both sides of a pair",
            "name another group on one side",
        ],
    );
    folder.write("one.csv", "area_code,one\nE06000001,West\n");
    folder.change("scenario.toml", "[\"deal.csv\"]", "[\"deal.csv\", \"one.csv\"]");
    folder.change(
        "scenario.toml",
        "\"deal:Middle\", \"deal:Middle\"",
        "\"one:West\", \"E06000001\"",
    );
    refused(&folder, &["S307", "`one:West` and `E06000001` are the same areas"]);
}

#[test]
fn a_unit_in_pieces_is_told_and_its_lot_counts_them() {
    let folder = Folder::new();
    folder.write(
        "lep.csv",
        "area_code,lep\nE06000001,Ends\nE06000002,Middle\nE06000003,Middle\nE06000004,Ends\n",
    );
    folder.change(
        "scenario.toml",
        "tables = [\"deal.csv\"]",
        "tables = [\"lep.csv\"]\nunit = \"lep\"",
    );
    let (code, out, err) = folder.run("solve", &["--json"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("M505") && err.contains("unit Ends") && err.contains("Square 4"),
        "{err}"
    );
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let pieces: Vec<&serde_json::Value> = answer["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| &lot["pieces"])
        .collect();
    assert_eq!(pieces, [&serde_json::json!(2), &serde_json::json!(1)]);
}
