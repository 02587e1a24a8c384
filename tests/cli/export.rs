//! The command `export`: every file is written whole, says where it comes from, and reads back as the plan that it was made of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lotwright::io::{BoundarySet, BoundarySource, Grouping};
use rusqlite::Connection;

use crate::common::{Folder, json, lotwright, root};

/// A plan of the four squares in two lots.
const PLAN: &str = "area_code,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,East\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("plan.csv", PLAN);
    folder
}

/// Runs `export` with names of files in the folder.
fn export(folder: &Folder, to: &[&str], more: &[&str]) -> (i32, String, String) {
    let plan = folder.file("plan.csv");
    let files: Vec<String> = to.iter().map(|name| folder.file(name).display().to_string()).collect();
    let mut options = vec!["--plan", plan.to_str().unwrap()];
    for file in &files {
        options.extend(["--to", file]);
    }
    options.extend(more);
    folder.run("export", &options)
}

fn boundaries(file: &str, bytes: &[u8], layer: Option<&str>) -> BoundarySet {
    let source = BoundarySource {
        file,
        bytes,
        layer,
        ..BoundarySource::default()
    };
    BoundarySet::read(&source).unwrap().0
}

/// Lots of areas by outlines of lots: what the one layer says of the other.
fn lots_by_outline(areas: &BoundarySet, file: &str, bytes: &[u8], layer: Option<&str>) -> Vec<(String, String)> {
    let source = BoundarySource {
        file,
        bytes,
        layer,
        ..BoundarySource::default()
    };
    let (grouping, _) = Grouping::of_shapes("lot", &source, areas, None, lotwright::geo::Rigour::Careful).unwrap();
    let mut rows: Vec<(String, String)> = grouping
        .rows
        .into_iter()
        .map(|row| (row.code.to_string(), row.value))
        .collect();
    rows.sort();
    rows
}

/// The plan of the six contract package areas of 2017 in every kind, in a folder that is kept until the tests end.
fn six_areas() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "plan.csv",
        "areas.geojson",
        "lots.geojson",
        "plan.gpkg",
        "plan.zip",
        "plan.xlsx",
        "plan.ods",
        "cpa-areas.csv",
        "cpa-authorities.csv",
    ];
    let mut command = lotwright();
    command.args([
        "export",
        "scenarios/whp-2017",
        "--plan",
        "scenarios/whp-2017/plans/cpa.csv",
        "--to",
    ]);
    command.args(names.map(|name| folder.path().join(name)));
    command.assert().success();
    folder
}

fn cpa() -> BTreeMap<String, String> {
    let plan = fs::read_to_string(root().join("scenarios/whp-2017/plans/cpa.csv")).unwrap();
    let pair = |line: &str| {
        line.split_once(',')
            .map(|(code, lot)| (code.to_string(), lot.to_string()))
    };
    plan.lines().skip(1).filter_map(pair).collect()
}

#[test]
fn every_kind_is_written_and_told_with_its_size_and_checksum() {
    let folder = folder();
    let names = [
        "a/plan.csv",
        "lots.csv",
        "cpa-areas.csv",
        "cpa-authorities.csv",
        "north.geojson",
        "lots.geojson",
        "plan.gpkg",
        "plan.zip",
        "plan.xlsx",
        "plan.ods",
        "map.svg",
        "report.html",
        "cpa.html",
        "plan.json",
    ];
    let (code, out, _) = export(&folder, &names, &["--json"]);
    assert_eq!(code, 0);
    let told = json(&out);
    assert_eq!(told.as_array().unwrap().len(), names.len());
    for (one, name) in told.as_array().unwrap().iter().zip(names) {
        let bytes = fs::read(folder.file(name)).unwrap();
        assert_eq!(
            (&one["bytes"], &one["sha256"]),
            (&bytes.len().into(), &lotwright::io::sha256(&bytes).into()),
            "{name}"
        );
    }
    let metadata = json(&folder.read("a/plan.csv-metadata.json"));
    assert_eq!(metadata["tables"][0]["url"], "plan.csv");
    assert_eq!(
        metadata["tables"][0]["tableSchema"]["columns"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn files_are_those_of_out_and_the_same_bytes_each_time() {
    let folder = folder();
    let names = [
        "plan.gpkg",
        "plan.zip",
        "plan.xlsx",
        "plan.ods",
        "lots.csv",
        "lots.geojson",
        "map.svg",
        "report.html",
    ];
    let out = folder.file("out");
    export(&folder, &names, &["--out", out.to_str().unwrap()]);
    let first = names.map(|name| fs::read(folder.file(name)).unwrap());
    export(&folder, &names, &[]);
    for (name, bytes) in names.iter().zip(first) {
        assert!(fs::read(folder.file(name)).unwrap() == bytes, "{name}");
    }
    let report = folder.read("report.html");
    assert!(report.contains("id=\"cpa-areas\"") && report.contains("id=\"cpa-authorities\""));
    for name in ["lots.csv", "lots.geojson", "map.svg", "report.html"] {
        assert!(
            fs::read(folder.file(name)).unwrap() == fs::read(out.join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn nothing_is_written_where_one_of_the_files_cannot_be() {
    let folder = folder();
    fs::create_dir(folder.file("taken.gpkg")).unwrap();
    let (code, _, err) = export(&folder, &["lots.csv", "taken.gpkg"], &[]);
    assert_eq!(code, 1);
    assert!(err.contains("S003") && err.contains("is a folder"), "{err}");
    assert!(!folder.file("lots.csv").exists());
    let left = fs::read_dir(folder.path()).unwrap();
    assert!(
        left.map(|entry| entry.unwrap().file_name())
            .all(|name| !name.to_string_lossy().starts_with(".lotwright"))
    );
}

#[test]
fn a_file_of_the_scenario_is_never_written_over() {
    let folder = folder();
    let before = folder.read("areas.geojson");
    let (code, _, err) = export(&folder, &["lots.csv", "areas.geojson"], &[]);
    assert_eq!((code, err.contains("is a file of the scenario")), (2, true), "{err}");
    assert_eq!(folder.read("areas.geojson"), before);
    assert!(!folder.file("lots.csv").exists());
}

#[test]
fn a_name_that_tells_no_kind_is_answered_with_all_kinds() {
    let folder = folder();
    let (code, _, err) = export(&folder, &["plan.docx"], &[]);
    assert_eq!(code, 2);
    for kind in ["gpkg", "lots-geojson", "cpa-authorities.csv", "--kind"] {
        assert!(err.contains(kind), "{err}");
    }
    let (code, _, _) = export(&folder, &["plan.docx"], &["--kind", "gpkg"]);
    assert_eq!(code, 0);
    assert!(
        fs::read(folder.file("plan.docx"))
            .unwrap()
            .starts_with(b"SQLite format 3\0")
    );
    let (code, _, err) = export(&folder, &["a.csv", "b.csv"], &["--kind", "csv"]);
    assert_eq!((code, err.contains("--kind speaks of one file")), (2, true));
    let (code, _, err) = export(&folder, &["a.csv", "a.csv"], &[]);
    assert_eq!((code, err.contains("is named twice")), (2, true));
}

#[test]
fn an_assignment_reads_back_unchanged_from_csv_xlsx_and_ods() {
    let folder = folder();
    folder.change("plan.csv", "E06000004,East", "E06000004,");
    export(&folder, &["again.csv", "again.xlsx", "again.ods"], &[]);
    assert_eq!(folder.read("again.csv"), PLAN.replace("E06000004,East", "E06000004,"));
    for name in ["again.csv", "again.xlsx", "again.ods"] {
        let file = folder.file(name);
        let second = folder.file("second.csv");
        let (code, _, err) = folder.run(
            "export",
            &["--plan", file.to_str().unwrap(), "--to", second.to_str().unwrap()],
        );
        assert_eq!(code, 0, "{name}: {err}");
        assert_eq!(folder.read("second.csv"), folder.read("again.csv"), "{name}");
    }
}

#[test]
fn codes_of_another_kind_read_back_from_workbooks_too() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["again.xlsx", "again.ods"] {
        let (file, second) = (folder.path().join(name), folder.path().join("second.csv"));
        let plan = root().join("scenarios/three-squares/golden/plan.csv");
        for (from, to) in [(&plan, &file), (&file, &second)] {
            let mut command = lotwright();
            command
                .args(["export", "scenarios/three-squares", "--plan"])
                .arg(from)
                .arg("--to")
                .arg(to);
            command.assert().success();
        }
        assert_eq!(fs::read(second).unwrap(), fs::read(plan).unwrap(), "{name}");
    }
}

#[test]
fn an_area_that_is_shared_reads_back_from_a_workbook_with_its_shares() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |plan: &Path, to: &[&str]| {
        let mut command = lotwright();
        command
            .args(["export", "scenarios/lep-2017", "--plan"])
            .arg(plan)
            .arg("--to");
        command.args(to.iter().map(|name| at(name))).assert().success();
    };
    run(
        &root().join("scenarios/lep-2017/golden/plan.csv"),
        &["plan.csv", "plan.xlsx"],
    );
    let plan = fs::read_to_string(at("plan.csv")).unwrap();
    assert!(plan.starts_with("area_code,lot_id,share\n") && plan.contains(",0.5\n"));
    run(&at("plan.xlsx"), &["again.csv"]);
    assert_eq!(fs::read_to_string(at("again.csv")).unwrap(), plan);
}

#[test]
fn a_geopackage_reads_back_with_every_area_in_its_lot_by_attribute_and_by_outline() {
    let folder = six_areas();
    let bytes = fs::read(folder.path().join("plan.gpkg")).unwrap();
    let areas = boundaries("plan.gpkg", &bytes, Some("areas"));
    let expected: Vec<(String, String)> = cpa().into_iter().collect();
    assert_eq!(areas.places.len(), expected.len());
    let connection = Connection::open(folder.path().join("plan.gpkg")).unwrap();
    let mut query = connection
        .prepare("SELECT area_code, lot_id FROM areas ORDER BY area_code")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let told: Vec<(String, String)> = rows.map(Result::unwrap).collect();
    assert_eq!(told, expected);
    let drawn = lots_by_outline(&areas, "plan.gpkg", &bytes, Some("lots"));
    assert_eq!(drawn, expected);
    let people: f64 = connection
        .query_row("SELECT sum(volume) FROM lots", [], |row| row.get(0))
        .unwrap();
    assert_eq!(people, 349_825.0);
}

#[test]
fn a_shapefile_reads_back_with_every_area_in_the_outline_of_its_lot() {
    let folder = six_areas();
    let bytes = fs::read(folder.path().join("plan.zip")).unwrap();
    let areas = boundaries("plan.zip", &bytes, Some("areas"));
    assert_eq!(areas.places.len(), 305);
    let expected: Vec<(String, String)> = cpa().into_iter().collect();
    assert_eq!(lots_by_outline(&areas, "plan.zip", &bytes, Some("lots")), expected);
}

#[test]
fn a_geojson_reads_back_with_every_area_in_the_outline_of_its_lot() {
    let folder = six_areas();
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let areas = boundaries("areas.geojson", &read("areas.geojson"), None);
    let expected: Vec<(String, String)> = cpa().into_iter().collect();
    assert_eq!(
        lots_by_outline(&areas, "lots.geojson", &read("lots.geojson"), None),
        expected
    );
}

#[test]
fn the_borders_of_a_geopackage_are_those_of_the_boundaries() {
    let folder = six_areas();
    let bytes = fs::read(folder.path().join("plan.gpkg")).unwrap();
    let read = boundaries("plan.gpkg", &bytes, Some("areas"));
    let borders = |set: &BoundarySet| {
        let code = |place: usize| set.places[place].code.to_string();
        let borders = set.coverage.borders();
        let one = |border: &lotwright::domain::Border| ((code(border.from), code(border.to)), border.length.metres());
        borders.iter().map(one).collect::<BTreeMap<_, _>>()
    };
    let data = fs::read(root().join("boundaries/lad-2016.json")).unwrap();
    let (all, taking_part) = (borders(&boundaries("lad-2016.json", &data, None)), cpa());
    let here = |pair: &(String, String)| taking_part.contains_key(&pair.0) && taking_part.contains_key(&pair.1);
    let expected: BTreeMap<_, _> = all.into_iter().filter(|(pair, _)| here(pair)).collect();
    let found = borders(&read);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (pair, metres) in &expected {
        assert!(
            (found[pair] - metres).abs() < 1.0,
            "{pair:?}: {} and {metres}",
            found[pair]
        );
    }
}

#[test]
fn the_six_areas_of_2017_are_told_as_a_person_would() {
    let folder = six_areas();
    let mut reader = csv::Reader::from_path(folder.path().join("cpa-areas.csv")).unwrap();
    let rows: BTreeMap<String, String> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].to_string(), row[2].to_string()))
        .collect();
    assert_eq!(rows["Wales"], "Wales");
    assert_eq!(rows["North West"], "North West except Greater Manchester");
    assert_eq!(
        rows["Southern"],
        "South East (region) except Aylesbury Vale, East Sussex, Kent, Medway and Milton Keynes; South West"
    );
    assert_eq!(
        rows["North East"],
        "Derby, Derbyshire, Nottingham and Nottinghamshire; North East (region); Yorkshire and The Humber"
    );
    assert_eq!(
        rows["Central"],
        "Leicester and Leicestershire; Lincolnshire; Northamptonshire; South East Midlands except Cherwell; West Midlands (region)"
    );
    assert_eq!(
        rows["Home Counties"],
        "Greater Cambridge and Greater Peterborough; Hertfordshire; New Anglia; South East (LEP)"
    );
    let mut reader = csv::Reader::from_path(folder.path().join("cpa-authorities.csv")).unwrap();
    let told: BTreeMap<String, String> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| (row[2].to_string(), row[0].to_string()))
        .collect();
    assert_eq!(told, cpa());
}

#[test]
fn bounds_of_an_answer_that_holds_come_along_and_those_of_one_that_does_not_are_refused() {
    let folder = Folder::new();
    let out = folder.file("out");
    assert_eq!(folder.run("solve", &["--out", out.to_str().unwrap()]).0, 0);
    let plan = out.join("plan.csv");
    let run = |answer: &Path| {
        let to = folder.file("plan.gpkg");
        let options = [
            "--plan",
            plan.to_str().unwrap(),
            "--answer",
            answer.to_str().unwrap(),
            "--to",
            to.to_str().unwrap(),
        ];
        folder.run("export", &options)
    };
    let answer = out.join("plan.json");
    assert_eq!(run(&answer).0, 0);
    let connection = Connection::open(folder.file("plan.gpkg")).unwrap();
    let bound = "SELECT value = bound AND proved FROM metrics WHERE measure = 'lots' AND subject = 'plan'";
    assert!(connection.query_row(bound, [], |row| row.get::<_, bool>(0)).unwrap());
    let mut claimed = json(&fs::read_to_string(&answer).unwrap());
    claimed["goals"][0]["bound"] = 1.into();
    folder.write("false.json", &claimed.to_string());
    let (code, _, err) = run(&folder.file("false.json"));
    assert_eq!((code, err.contains("A104")), (3, true), "{err}");
}
