//! A scenario that lets no money is told by its people: no pound stands in any answer, page, map or file.

use std::fs;

use crate::common::Folder;

const PLAN: &str = "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n";

/// The four squares without money, each lot with a fifth of the people or more.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.change("scenario.toml", "envelope_gbp = 1_000_000", "envelope_gbp = 0");
    folder.change("scenario.toml", "participants = 500", "participants = \"all\"");
    folder.change("scenario.toml", "floor_gbp = 300_000", "floor_participants = 200");
    folder.write("plan.csv", PLAN);
    folder.write("other.csv", &PLAN.replace("E06000002,1", "E06000002,2"));
    folder
}

fn done(folder: &Folder, command: &str, options: &[&str]) -> String {
    let options: Vec<String> = options
        .iter()
        .map(|word| {
            word.strip_prefix('@')
                .map_or_else(|| word.to_string(), |file| folder.file(file).display().to_string())
        })
        .collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let (code, out, err) = folder.run(command, &options);
    assert_eq!(code, 0, "{command}: {out}{err}");
    out + &err
}

/// All files below a folder that are text.
fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(texts(&path)),
            false => found.extend(
                fs::read_to_string(&path)
                    .ok()
                    .map(|text| (path.display().to_string(), text)),
            ),
        }
    }
    found
}

#[test]
fn a_floor_in_participants_is_told_in_people_where_everybody_is_one() {
    let folder = folder();
    let told = done(&folder, "evaluate", &["--plan", "@plan.csv", "--json"]);
    assert_eq!(
        crate::common::json(&told)["scenario"]["rules"][0],
        "at least 200 people"
    );
    let small = [
        "--plan",
        "@plan.csv",
        "--set",
        "viability.floor_participants=350",
        "--json",
    ];
    let told = done(&folder, "evaluate", &small);
    let message = "lot 1 has 300 people, fewer than the floor of 350; give it more areas or merge it";
    assert_eq!(crate::common::json(&told)["violations"][0]["message"], message);
    // Where only some are participants, their number is another one.
    folder.change("scenario.toml", "participants = \"all\"", "participants = 500");
    let told = done(&folder, "evaluate", &["--plan", "@plan.csv", "--json"]);
    assert_eq!(
        crate::common::json(&told)["scenario"]["rules"][0],
        "at least 200 participants"
    );
}

#[test]
fn no_command_and_no_file_speaks_of_pounds() {
    let folder = folder();
    let told = [
        done(&folder, "inspect", &[]),
        done(&folder, "solve", &["--out", "@out/solve"]),
        done(&folder, "evaluate", &["--plan", "@plan.csv", "--out", "@out/evaluate"]),
        done(&folder, "repair", &["--plan", "@other.csv", "--out", "@out/repair"]),
        done(
            &folder,
            "compare",
            &["--plan", "@plan.csv", "--plan", "@other.csv", "--out", "@out/compare"],
        ),
        done(
            &folder,
            "frontier",
            &[
                "--vary",
                "viability.floor_participants=200,300",
                "--out",
                "@out/frontier",
            ],
        ),
        done(
            &folder,
            "export",
            &[
                "--plan",
                "@plan.csv",
                "--to",
                "@out/cpa.html",
                "--to",
                "@out/lots.csv",
                "--to",
                "@out/a3.svg",
                "--paper",
                "a3",
            ],
        ),
        done(
            &folder,
            "export",
            &[
                "--plan",
                "@other.csv",
                "--to",
                "@out/moved.svg",
                "--moved-from",
                "@plan.csv",
            ],
        ),
    ];
    for text in &told {
        assert!(!text.contains('£'), "{text}");
    }
    assert!(told[2].contains("300") && told[2].contains("people"), "{}", told[2]);
    let files = texts(&folder.file("out"));
    assert!(files.len() > 20, "{files:?}");
    for (file, text) in &files {
        let at = text
            .find('£')
            .map(|at| &text[at.saturating_sub(80)..(at + 40).min(text.len())]);
        assert_eq!(at, None, "{file}");
    }
    let map = folder.read("out/a3.svg");
    assert!(
        map.contains("People of each lot") && map.contains(">300<"),
        "the map tells people"
    );
    assert!(folder.read("out/lots.csv").contains("E06000001 E06000002,300,0.3,,300"));
}

#[test]
fn limits_and_maps_in_pounds_are_refused_with_what_to_take() {
    let folder = folder();
    for key in [
        "viability.floor_gbp=1e6",
        "viability.cap_gbp=1e6",
        "viability.floor=\"derived\"",
    ] {
        let (code, _, err) = folder.run("inspect", &["--set", key]);
        assert_eq!(code, 3, "{key}: {err}");
        assert!(
            err.contains("S104") && err.contains("no money is let") && err.contains("_participants"),
            "{err}"
        );
    }
    let plan = folder.file("plan.csv").display().to_string();
    let (code, _, err) = folder.run("export", &["--plan", &plan, "--to", "x.svg", "--show", "lot-value"]);
    assert_eq!(code, 2);
    assert!(err.contains("lot-people") && !err.contains("lot-margin"), "{err}");
    for command in ["finance", "stress"] {
        let (code, _, err) = folder.run(command, &["--plan", &plan]);
        assert_eq!(code, 3, "{err}");
        assert!(err.contains("F105"), "{err}");
    }
}
