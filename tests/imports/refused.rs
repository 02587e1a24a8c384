//! What makes no data set, or names none, is refused with the next step.

use std::fs;
use std::process::Command as Process;

use crate::common::{json, squares};
use crate::desk::{Desk, codes, names};

const CODES: [&str; 4] = ["E06000001", "E06000002", "E06000003", "E06000004"];

#[test]
fn a_name_that_is_taken_or_a_path_is_refused() {
    let desk = Desk::new();
    for name in ["../x", "a/b", ".", "", "-x"] {
        let (code, out, err) = desk.run(&["import", "areas.geojson", &format!("--as={name}")]);
        assert_eq!((code, out.as_str()), (2, ""), "{name}: {err}");
    }
    assert_eq!(desk.run(&["import", "areas.geojson"]).0, 2);
    assert_eq!(desk.run(&["import", "--as", "x"]).0, 2);
    desk.import(&["areas.geojson", "--as", "row"]);
    desk.refused(&["import", "areas.geojson", "--as", "row"], &["S401", "--force"]);
    desk.refused(
        &["import", "areas.geojson", "--as", "lad-2016", "--force"],
        &["S401", "inside the program"],
    );
    fs::create_dir(desk.folder.file("mine")).unwrap();
    desk.refused(
        &["import", "areas.geojson", "--as", "mine", "--into", ".", "--force"],
        &["S401", "something else"],
    );
}

#[test]
fn files_that_make_no_data_set_are_refused_and_nothing_is_written() {
    let desk = Desk::new();
    desk.folder
        .write("colours.csv", "colour,shape\nred,round\nblue,square\n");
    desk.folder.write("other.geojson", &squares(&CODES[..2]));
    desk.folder.write("page.html", "<html><body>Not found</body></html>");
    desk.folder.write("deal2.csv", "area_code,deal\nE06000001,Other\n");
    desk.refused(
        &["import", "colours.csv", "--as", "x"],
        &["S403", "colours.csv", "doctor"],
    );
    desk.refused(
        &["import", "areas.geojson", "other.geojson", "--as", "x"],
        &["S402", "other.geojson", "areas.shapes"],
    );
    desk.refused(&["import", "page.html", "--as", "x"], &["G302", "page.html"]);
    desk.refused(&["import", "deal.csv", "deal2.csv", "--as", "x"], &["S409", "deal.csv"]);
    desk.refused(
        &["import", "none.csv", "colours.csv", "--as", "x"],
        &["S001", "none.csv", "S403"],
    );
    assert!(names(desk.data()).is_empty());
}

#[test]
fn what_a_data_set_does_not_hold_is_told_with_what_it_holds() {
    let desk = Desk::new();
    desk.import(&["volumes.csv", "--as", "figures"]);
    let set = |key: &str| desk.run(&["inspect", ".", "--set", key]);
    for (key, said) in [
        ("areas.boundaries=\"figures\"", ["S408", "tables and no boundaries"]),
        (
            "volumes.file=\"figures/volume.csv\"",
            ["S408", "did you mean `volumes.csv`?"],
        ),
        (
            "areas.boundaries=\"figurs\"",
            ["S306", "did you mean `figures`? data sets are: figures, lad-2016"],
        ),
    ] {
        let (code, _, err) = set(key);
        assert_eq!(code, 3, "{err}");
        assert!(said.iter().all(|word| err.contains(word)), "{err}");
    }
    let (code, _, err) = desk.run(&["inspect", "figurs"]);
    assert!(code == 3 && err.contains("did you mean `figures`?"), "{err}");
    fs::write(desk.data().join("figures/dataset.toml"), "schema = 3\n").unwrap();
    let (code, _, err) = set("volumes.file=\"figures/volumes.csv\"");
    assert!(code == 3 && err.contains("S407") && err.contains("line 1"), "{err}");
}

#[test]
fn a_layer_is_chosen_by_key_or_option_and_the_refusal_names_it() {
    let desk = Desk::new();
    let object = "{\"type\":\"Polygon\",\"properties\":{\"code\":\"E06000001\"},\"arcs\":[[0]]}";
    let map = format!(
        "{{\"type\":\"Topology\",\"objects\":{{\"one\":{object},\"two\":{object}}},\
         \"arcs\":[[[-1.6,52.0],[-1.4,52.0],[-1.4,52.2],[-1.6,52.2],[-1.6,52.0]]]}}"
    );
    desk.folder.write("map.topojson", &map);
    desk.folder.write("volumes.csv", "area_code,people\nE06000001,100\n");
    desk.refused(
        &["import", "map.topojson", "--as", "x"],
        &["G308", "layer = \"one\" in [areas]", "--layer one", "map.topojson#one"],
    );
    assert_eq!(
        desk.import(&["map.topojson", "--layer", "two", "--as", "x"])["dataset"]["options"]["layer"],
        "two"
    );
    assert_eq!(desk.run(&["doctor", "map.topojson", "--layer", "one"]).0, 0);
    let sets = [
        "--set",
        "areas.boundaries=\"map.topojson\"",
        "--set",
        "areas.tables=[]",
        "--set",
        "areas.layer=\"two\"",
    ];
    let seen = desk.told(&[&["inspect", "."], &sets[..]].concat());
    assert_eq!(seen["areas"].as_array().unwrap().len(), 1);
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_left_as_it_was() {
    let desk = Desk::new();
    desk.folder.write("file", "x");
    let (code, _, err) = desk.run(&["import", "areas.geojson", "--as", "x", "--into", "file"]);
    assert!(code == 1 && err.contains("S003"), "{err}");
    desk.import(&["areas.geojson", "--as", "row"]);
    let before = fs::read(desk.data().join("row/boundaries.json")).unwrap();
    // A limit of the size of files stands for a disk that is full.
    let script = format!(
        "trap '' XFSZ; ulimit -f 0; exec '{}' import areas.geojson --as row --force",
        env!("CARGO_BIN_EXE_lotwright")
    );
    let output = Process::new("sh")
        .args(["-c", &script])
        .current_dir(desk.folder.path())
        .env("LOTWRIGHT_DATA", desk.data())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && err.contains("S003"), "{err}");
    assert_eq!(names(desk.data()), ["row"]);
    assert_eq!(fs::read(desk.data().join("row/boundaries.json")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let folder = desk.folder.file("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "x").is_ok() {
        eprintln!("skipped: this user may write into every folder");
        return;
    }
    let (code, _, err) = desk.run(&["import", "areas.geojson", "--as", "x", "--into", "locked"]);
    assert!(code == 1 && err.contains("S003") && err.contains("locked"), "{err}");
}

#[test]
fn a_join_that_fails_is_told_row_by_row() {
    let desk = Desk::new();
    desk.folder.change("volumes.csv", "E06000004,400", "E09999999,400");
    let (code, out, err) = desk.run(&["solve", "."]);
    assert_eq!((code, out.as_str()), (3, ""), "{err}");
    for word in [
        "V201",
        "joined volumes.csv: 4 rows: 3 matched, 1 extra; 1 missing",
        "line 5 E09999999: extra, of no known area",
        "without a row: E06000004",
    ] {
        assert!(err.contains(word), "`{word}` is not in:\n{err}");
    }
    let (code, out, _) = desk.run(&["solve", ".", "--json"]);
    let told = json(&out);
    assert_eq!((code, &told["schema"]), (3, &"lotwright/error/1".into()));
    assert_eq!(told["joins"][0]["missing"], serde_json::json!(["E06000004"]));
    assert_eq!(told["joins"][0]["matched"].as_array().unwrap().len(), 3);
    assert!(codes(&told).contains(&"V202"));
}
