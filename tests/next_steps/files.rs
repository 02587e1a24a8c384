//! S: scenario and files.

use crate::case::{Case, add, put};
use crate::common::{Folder, squares};
use crate::figures;
use crate::funding::with_regions;

const SCENARIO: &str = "scenario.toml";

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [scenario(), tables(), selectors(), maps()]
        .into_iter()
        .flatten()
        .collect()
}

fn maps() -> Vec<Case> {
    vec![
        Case::of("S501", |f| {
            f.change("areas.geojson", "Square 1", "東 1");
            f.write(
                "plan.csv",
                "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n",
            );
        })
        .asked(&["export", "--plan", "@plan.csv", "--to", "@map.pdf"])
        .instead(&["export", "--plan", "@plan.csv", "--to", "@map.svg"]),
    ]
}

fn scenario() -> Vec<Case> {
    vec![
        Case::of("S001", |f| f.change(SCENARIO, "\"volumes.csv\"", "\"volume.csv\""))
            .edit(|f| f.change(SCENARIO, "\"volume.csv\"", "\"volumes.csv\"")),
        Case::of("S002", |f| {
            put(f, "deal.csv", b"area_code,deal\nE06000001,Ynys M\xf4n\n")
        })
        .edit(|f| f.write("deal.csv", "area_code,deal\nE06000001,Ynys Môn\n")),
        Case::of("S003", |f| f.write("taken", "a file"))
            .asked(&["solve", "--quiet", "--out", "@taken"])
            .instead(&["solve", "--quiet", "--out", "@out"]),
        Case::of("S100", |f| f.change(SCENARIO, "[funding]", "[funding"))
            .edit(|f| f.change(SCENARIO, "[funding", "[funding]")),
        Case::of("S101", |f| f.change(SCENARIO, "referral_years = 5\n", ""))
            .option(&["--set", "funding.referral_years=5"]),
        Case::of("S102", |f| {
            f.change(SCENARIO, "participants = 500", "participants = \"many\"")
        })
        .edit(|f| f.change(SCENARIO, "\"many\"", "500")),
        Case::of("S103", |f| f.change(SCENARIO, "floor_gbp", "flor_gbp"))
            .edit(|f| f.change(SCENARIO, "flor_gbp", "floor_gbp")),
        Case::of("S104", |f| f.change(SCENARIO, "\"travel\"", "\"travle\""))
            .edit(|f| f.change(SCENARIO, "\"travle\"", "\"travel\"")),
    ]
}

fn tables() -> Vec<Case> {
    vec![
        Case::of("S201", |f| f.change("volumes.csv", "E06000004,400", "E06000004,1,400"))
            .edit(|f| f.change("volumes.csv", "E06000004,1,400", "E06000004,\"1,400\"")),
        Case::of("S202", |f| f.write("deal.csv", "\n"))
            .edit(|f| f.write("deal.csv", "area_code,deal\nE06000001,West\n")),
        Case::of("S203", |f| {
            own_data_set(f);
            put(f, "boundaries/mini/sources.csv", b"file,name\nlinks.csv,Links\n");
        })
        .edit(|f| {
            f.write(
                "boundaries/mini/sources.csv",
                "file,title,source,licence,attribution\nlinks.csv,Links,Own,OGL,\n",
            )
        }),
        Case::of("S204", |f| {
            put(
                f,
                "volumes.csv",
                &figures::csv()
                    .replace("Square 1", "Ynys M?n")
                    .bytes()
                    .map(|b| if b == b'?' { 0xf4 } else { b })
                    .collect::<Vec<_>>(),
            )
        })
        .edit(|f| f.write("volumes.csv", &figures::csv().replace("Square 1", "Ynys Môn"))),
        Case::of("S205", |f| put(f, "volumes.xlsx", &figures::xlsx()))
            .asked(&["inspect", "--set", "volumes.file=\"volumes.xlsx#ESA\""])
            .instead(&["inspect", "--set", "volumes.file=\"volumes.xlsx#Figures\""]),
        Case::of("S206", |f| put(f, "volumes.csv", b"%PDF-1.7\n\x00\x01"))
            .edit(|f| f.write("volumes.csv", &figures::csv())),
        Case::of("S207", |f| put(f, "volumes.xlsx", &two_sheets()))
            .asked(&["inspect", "--set", "volumes.file=\"volumes.xlsx\""])
            .instead(&["inspect", "--set", "volumes.file=\"volumes.xlsx#PIP\""]),
        Case::of("S208", |f| {
            f.write(
                "volumes.csv",
                &format!("{}\nNotes\n\n{}", figures::csv(), figures::csv()),
            )
        })
        .edit(|f| f.write("volumes.csv", &figures::csv())),
        Case::of("S209", |f| {
            f.write("volumes.csv", &figures::stat_xplore_json().replace("1000]", "1000,1]"))
        })
        .edit(|f| f.write("volumes.csv", &figures::stat_xplore_json())),
        Case::of("S211", |f| {
            f.write(
                "volumes.csv",
                &figures::csv().replace(',', ";").replace("100\n", "92.817,5\n"),
            )
        }),
        Case::of("S210", |f| f.write("volumes.csv", &wide())).edit(|f| f.write("volumes.csv", &figures::csv())),
    ]
}

/// The figures in a table with far more columns than any has.
fn wide() -> String {
    let line = |line: &str| format!("{line}{}\n", ",1".repeat(20_000));
    figures::csv().lines().map(line).collect()
}

fn selectors() -> Vec<Case> {
    vec![
        Case::of("S301", |f| add(f, "areas", "exclude = [\"dael:Middle\"]"))
            .edit(|f| f.change(SCENARIO, "dael:", "deal:")),
        Case::of("S302", |f| add(f, "areas", "exclude = [\"deal:Midle\"]"))
            .edit(|f| f.change(SCENARIO, "Midle", "Middle")),
        Case::of("S303", |f| {
            add(f, "areas", "include = [\"E06000001\"]\nexclude = [\"E06000001\"]")
        })
        .edit(|f| f.change(SCENARIO, "exclude = [\"E06000001\"]\n", "")),
        Case::of("S304", |f| add(f, "lots", "links = [\"brige\"]")).edit(|f| f.change(SCENARIO, "brige", "bridge")),
        Case::of("S305", |f| add(f, "areas", "unit = \"deal\""))
            .edit(|f| f.change(SCENARIO, "unit = \"deal\"", "unit = [\"deal\", \"area\"]")),
        Case::of("S306", |f| f.change(SCENARIO, "\"areas.geojson\"", "\"area.geojson\""))
            .edit(|f| f.change(SCENARIO, "\"area.geojson\"", "\"areas.geojson\"")),
        Case::of("S308", |_| ())
            .asked(&[
                "inspect",
                "--set",
                "viability.chance=0.9",
                "--set",
                "risk.regional_sd=0.1",
            ])
            .edit(with_regions),
        Case::of("S307", |f| {
            add(f, "lots", "never_together = [[\"deal:Middle\", \"deal:Middle\"]]")
        })
        .edit(|f| f.change(SCENARIO, "\"deal:Middle\"]]", "\"E06000001\"]]")),
    ]
}

/// A data set `mini` beside the scenario, which uses it.
pub fn own_data_set(folder: &Folder) {
    put(
        folder,
        "boundaries/mini.json",
        squares(&["E06000001", "E06000002", "E06000003", "E06000004"]).as_bytes(),
    );
    put(
        folder,
        "boundaries/mini/links.csv",
        b"from_code,to_code,kind,name\nE06000001,E06000003,ferry,Boat\n",
    );
    folder.change(SCENARIO, "\"areas.geojson\"", "\"mini\"");
}

fn two_sheets() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["ESA", "PIP"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "area_code").unwrap();
        sheet.write_string(0, 1, "people").unwrap();
        for (k, (code, _, people)) in figures::FIGURES.into_iter().enumerate() {
            sheet.write_string(1 + k as u32, 0, code).unwrap();
            sheet.write_number(1 + k as u32, 1, people).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
