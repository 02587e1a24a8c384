//! Data sets of the user's own, from the command line: imported, named, listed, shown, and refused with the next step.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use common::{Folder, json, lotwright, squares};
use serde_json::Value;

const CODES: [&str; 4] = ["E06000001", "E06000002", "E06000003", "E06000004"];

/// A folder with the four squares, and another for the data sets of the user.
struct Desk {
    folder: Folder,
    data: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: Folder::new(),
            data: tempfile::tempdir().unwrap(),
        }
    }

    fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs the program in the folder: exit code, standard output, standard error.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = lotwright()
            .current_dir(self.folder.path())
            .env("LOTWRIGHT_DATA", self.data())
            .args(words)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    /// What a command that must succeed prints as JSON.
    fn told(&self, words: &[&str]) -> Value {
        let (code, out, err) = self.run(&[words, &["--json"]].concat());
        assert_eq!(code, 0, "{words:?}: {err}");
        json(&out)
    }

    /// Expects exit code 3 and each of `said` on standard error; nothing is left among the data sets.
    fn refused(&self, words: &[&str], said: &[&str]) {
        let before = names(self.data());
        let (code, _, err) = self.run(words);
        assert_eq!(code, 3, "{err}");
        for word in said {
            assert!(err.contains(word), "`{word}` is not in:\n{err}");
        }
        assert_eq!(names(self.data()), before);
    }

    fn import(&self, words: &[&str]) -> Value {
        self.told(&[&["import"], words].concat())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn codes(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}

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

/// Official files, where a variable names the folder that holds them.
fn official(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LOTWRIGHT_FIXTURES")?;
    Some(PathBuf::from(folder).join(file)).filter(|path| path.is_file())
}

#[test]
fn official_files_keep_every_border() {
    for (file, options, areas, borders) in [
        ("lad-2017-ultra-generalised.topojson", &[][..], 348, 895),
        (
            "uk-areas-2014-2025.topojson",
            &["--layer", "ltla", "--year", "2016", "--only", "E,W"][..],
            348,
            883,
        ),
        (
            "uk-areas-2014-2025.topojson",
            &["--layer", "ltla", "--year", "2025", "--only", "E,W"][..],
            318,
            803,
        ),
        ("msoa-2011-sgc.zip", &[][..], 7201, 20_263),
    ] {
        let Some(path) = official(file) else {
            eprintln!("skipped: LOTWRIGHT_FIXTURES names no folder that holds {file}");
            continue;
        };
        let desk = Desk::new();
        let made = desk.import(&[&[path.to_str().unwrap(), "--as", "official"], options].concat());
        let entry = &made["dataset"]["boundaries"];
        assert_eq!(
            (&entry["areas"], &entry["borders"]),
            (&areas.into(), &borders.into()),
            "{file}"
        );
        let (_, out, _) = desk.run(&["doctor", desk.data().join("official/boundaries.json").to_str().unwrap()]);
        assert!(out.contains(&format!("with {borders} common borders")), "{out}");
    }
}

#[test]
fn official_layers_of_groups_and_changes_are_refused_for_the_right_reason() {
    for (file, said) in [
        ("lep-2020-buc.geojson", &["G206", "G210", "shapes"][..]),
        ("lep-2015-dirty.geojson", &["G303", "G204"][..]),
        ("code-changes.csv", &["S403", "table of changes"][..]),
    ] {
        match official(file) {
            Some(path) => Desk::new().refused(&["import", path.to_str().unwrap(), "--as", "official"], said),
            None => eprintln!("skipped: LOTWRIGHT_FIXTURES names no folder that holds {file}"),
        }
    }
}
