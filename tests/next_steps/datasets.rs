//! S4xx: data sets of the user's own.

use crate::case::{Case, say};
use crate::common::{Folder, squares};

const IMPORT: [&str; 5] = ["import", "@areas.geojson", "@volumes.csv", "--as", "row"];
const STATED: [&str; 6] = [
    "--source",
    "A maker",
    "--licence",
    "A licence",
    "--attribution",
    "Made by a maker",
];

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [imports(), kept()].into_iter().flatten().collect()
}

/// Imports the squares and their volumes as `row`.
fn imported(folder: &Folder) {
    let (code, said) = say(folder, &[&IMPORT[..], &STATED, &["--force"]].concat());
    assert_eq!(code, 0, "{said}");
}

fn imports() -> Vec<Case> {
    vec![
        Case::of("S401", imported).asked(&IMPORT).option(&["--force"]),
        Case::of("S402", |f| f.write("other.geojson", &squares(&["E06000001"])))
            .asked(&["import", "@areas.geojson", "@other.geojson", "--as", "row"])
            .instead(&["import", "@other.geojson", "--as", "other"]),
        Case::of("S403", |f| {
            f.write("colours.csv", "colour,shape\nred,round\nblue,square\n")
        })
        .asked(&["import", "@colours.csv", "--as", "row"])
        .edit(|f| f.write("colours.csv", "area_code,shape\nE06000001,round\nE06000002,square\n")),
        Case::of("S404", |_| ())
            .asked(&IMPORT)
            .option(&[&STATED[..], &["--force"]].concat()),
        Case::of("S409", |f| f.write("deal2.csv", "area_code,deal\nE06000001,Other\n"))
            .asked(&["import", "@deal.csv", "@deal2.csv", "--as", "row"])
            .instead(&["import", "@deal2.csv", "--as", "other"]),
    ]
}

fn kept() -> Vec<Case> {
    const NAMED: [&str; 3] = ["inspect", "--set", "areas.boundaries=\"row\""];
    vec![
        Case::of("S405", |f| {
            imported(f);
            let elsewhere = [
                "import",
                "@areas.geojson",
                "--as",
                "row",
                "--into",
                "@boundaries",
                "--title",
                "Another",
            ];
            let (code, said) = say(f, &elsewhere);
            assert_eq!(code, 0, "{said}");
        })
        .asked(&NAMED)
        .edit(|f| std::fs::remove_dir_all(f.file("data/row")).unwrap()),
        Case::of("S406", |f| {
            imported(f);
            f.change("data/row/volumes.csv", "E06000001,100", "E06000001,101");
        })
        .asked(&NAMED)
        .edit(imported),
        Case::of("S407", |f| {
            imported(f);
            f.write("data/row/dataset.toml", "schema = 3\n");
        })
        .asked(&NAMED)
        .edit(imported),
        Case::of("S408", imported)
            .asked(&["inspect", "--set", "volumes.file=\"row/volume.csv\""])
            .instead(&["inspect", "--set", "volumes.file=\"row/volumes.csv\""]),
    ]
}
