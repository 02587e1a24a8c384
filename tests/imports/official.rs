//! Files of the Office for National Statistics, where a variable names the folder that holds them.

use std::path::PathBuf;

use crate::desk::Desk;

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
