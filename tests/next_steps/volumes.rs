//! V: volumes.

use crate::case::{Case, add};
use crate::common::{Folder, squares};
use crate::figures;

const SCENARIO: &str = "scenario.toml";
const VOLUMES: &str = "volumes.csv";

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [columns(), cells(), joins(), names(), intervals()]
        .into_iter()
        .flatten()
        .collect()
}

fn columns() -> Vec<Case> {
    vec![
        Case::of("V101", |f| {
            f.change(SCENARIO, "weight = \"people\"", "weight = \"peple\"")
        })
        .option(&["--set", "volumes.weight=\"people\""]),
        Case::of("V102", |f| {
            f.write(VOLUMES, "which,people\n1,100\n2,200\n3,300\n4,400\n")
        })
        .edit(|f| f.write(VOLUMES, &figures::csv())),
        Case::of("V107", |f| {
            f.change(VOLUMES, "people", "Claimant rate");
            f.change(SCENARIO, "\"people\"", "\"Claimant rate\"");
        })
        .option(&["--set", "volumes.adds_up=true"]),
        Case::of("V109", |f| {
            f.write(
                VOLUMES,
                "area_code,people\nE06000001,100.000\nE06000002,200.250\nE06000003,300.125\nE06000004,400.000\n",
            )
        })
        .edit(|f| {
            f.write(
                VOLUMES,
                "area_code,people\nE06000001,100000\nE06000002,200250\nE06000003,300125\nE06000004,400000\n",
            )
        }),
        Case::of("V110", |f| {
            f.write(
                VOLUMES,
                "area_code,people\nE06000001,0.00012\nE06000002,0.00034\nE06000003,0.00051\nE06000004,0.00033\n",
            )
        })
        .edit(|f| {
            f.write(
                VOLUMES,
                "area_code,people\nE06000001,120\nE06000002,340\nE06000003,510\nE06000004,330\n",
            )
        }),
        Case::of("V108", |f| {
            let doubled = |line: &str| format!("{line},{}\n", line.rsplit(',').next().unwrap_or_default());
            f.write(VOLUMES, &figures::csv().lines().map(doubled).collect::<String>());
        })
        .edit(|f| f.change(VOLUMES, "people,people", "people,of them sick")),
    ]
}

/// Forty squares over 230 km with as many people in each.
fn crowded(folder: &Folder, people: u64) {
    let codes: Vec<String> = (1..=40).map(|number| format!("E0600{number:04}")).collect();
    let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
    folder.write("areas.geojson", &squares(&listed));
    let rows: String = codes.iter().map(|code| format!("{code},{people}\n")).collect();
    folder.write(VOLUMES, &format!("area_code,people\n{rows}"));
}

fn cells() -> Vec<Case> {
    vec![
        Case::of("V221", |f| crowded(f, 1_000_000_000)).edit(|f| crowded(f, 1_000_000)),
        Case::of("V103", |f| {
            f.change(VOLUMES, "E06000004,400\n", "E06000004,400\nE06000004,400\n")
        })
        .edit(|f| f.change(VOLUMES, "E06000004,400\nE06000004,400\n", "E06000004,400\n")),
        Case::of("V104", |f| f.change(VOLUMES, "400", "lots")).edit(|f| f.change(VOLUMES, "lots", "\"1,400\"")),
        Case::of("V105", |f| f.change(VOLUMES, "400", "-1")).edit(|f| {
            f.change(VOLUMES, "-1", "");
            add(f, "volumes", "suppressed = 25");
        }),
        Case::of("V106", |f| f.change(VOLUMES, "E06000004,400\n", ",400\n"))
            .edit(|f| f.change(VOLUMES, "\n,400", "\nE06000004,400")),
        Case::of("V203", |f| f.change(VOLUMES, "400", "c")).option(&["--set", "volumes.suppressed=25"]),
        Case::of("V204", |f| {
            f.change(VOLUMES, "400", "c");
            add(f, "volumes", "suppressed = 25");
        }),
        Case::of("V205", |f| {
            f.write(
                VOLUMES,
                "area_code,people,residents\nE06000001,0,1\nE06000002,0,2\nE06000003,0,3\nE06000004,0,4\n",
            );
        })
        .option(&["--set", "volumes.weight=\"residents\""]),
    ]
}

/// The scenario on areas of these codes, with volumes of others.
fn joined(folder: &Folder, codes: &[&str], rows: &str) {
    folder.write("areas.geojson", &squares(codes));
    folder.change(SCENARIO, "tables = [\"deal.csv\"]\n", "");
    folder.write(VOLUMES, &format!("area_code,people\n{rows}"));
}

const DISTRICTS: [&str; 4] = ["E07000150", "E07000152", "E07000153", "E07000156"];
const BEFORE: &str = "E07000150,10\nE07000152,20\nE07000153,30\nE07000156,40\n";

fn joins() -> Vec<Case> {
    vec![
        Case::of("V222", |f| {
            f.write(VOLUMES, &format!("{}S12000033,Aberdeen City,500\n", figures::csv()))
        }),
        Case::of("V223", |f| {
            f.write(
                VOLUMES,
                &figures::csv().replace("E06000001,Square 1", "E06000001,Square 2"),
            )
        })
        .edit(|f| f.write(VOLUMES, &figures::csv())),
        Case::of("V201", |f| {
            f.change(VOLUMES, "E06000004,400\n", "E06000004,400\nE06000061,50\n")
        })
        .edit(|f| f.change(VOLUMES, "E06000061,50\n", "")),
        Case::of("V202", |f| f.change(VOLUMES, "E06000004,400\n", ""))
            .option(&["--set", "areas.exclude=[\"E06000004\"]"]),
        Case::of("V206", |f| joined(f, &["E08000038"], "E08000016,7\n")),
        Case::of("V207", |f| joined(f, &["E06000061"], BEFORE)),
        Case::of("V208", |f| {
            joined(f, &DISTRICTS, "E06000061,100\n");
            f.write("people.csv", &format!("area_code,residents\n{BEFORE}"));
        })
        .option(&["--set", "volumes.split_by=\"people.csv:residents\""]),
        Case::of("V209", |f| {
            joined(f, &DISTRICTS, "E06000061,100\n");
            f.write("people.csv", &format!("area_code,residents\n{BEFORE}"));
            add(f, "volumes", "split_by = \"people.csv:residents\"");
        })
        .edit(|f| f.write(VOLUMES, &format!("area_code,people\n{BEFORE}"))),
        Case::of("V212", |f| {
            joined(f, &["E06000061"], &format!("{BEFORE}E06000061,100\n"))
        })
        .edit(|f| f.change(VOLUMES, BEFORE, "")),
        Case::of("V213", |f| joined(f, &["E06000061"], "E07000150,10\nE07000152,20\n"))
            .edit(|f| f.write(VOLUMES, &format!("area_code,people\n{BEFORE}"))),
        Case::of("V215", |f| {
            f.change(VOLUMES, "E06000004,400\n", "E06000004,400\nE92000001,1000\n")
        }),
        Case::of("V218", |f| {
            joined(f, &["E06000061", "E07000100"], "E06000061,5\nE07000100,5\n")
        })
        .edit(|f| f.change(VOLUMES, "E07000100", "E07000240")),
        Case::of("V220", |f| joined(f, &["E06000052", "E06000053"], "15UB,5\n00HF,5\n"))
            .edit(|f| f.write(VOLUMES, "area_name,people\nSquare 1,500\nSquare 2,500\n")),
        Case::of("V219", |f| f.write("belied.csv", "LAD17CD,people\nE06000063,1\n"))
            .asked(&["doctor", "@belied.csv"])
            .edit(|f| f.change("belied.csv", "LAD17CD", "LAD23CD")),
    ]
}

const NAMED: &str = "Area name,people\nSquare 1,100\nSquare 2,200\nSquare 3,300\nSquare 4,400\n";

fn names() -> Vec<Case> {
    vec![
        Case::of("V210", |f| f.write(VOLUMES, NAMED)).edit(|f| f.write(VOLUMES, &figures::csv())),
        Case::of("V211", |f| {
            f.change("areas.geojson", "Square 1", "Hartlepool");
            f.write(VOLUMES, &NAMED.replace("Square 1", "Hartlepol"));
        })
        .option(&["--set", "volumes.near_names=true"]),
        Case::of("V214", |f| {
            f.change("areas.geojson", "Square 2", "square 1");
            f.write(VOLUMES, &NAMED.replace("Square 1", "SQUARE 1"));
        })
        .edit(|f| f.write(VOLUMES, &figures::csv())),
    ]
}

fn intervals() -> Vec<Case> {
    vec![
        Case::of("V216", |f| {
            f.write(
                VOLUMES,
                &(figures::csv() + "\nFigures are rounded to the nearest 10.\n"),
            )
        }),
        Case::of("V217", |f| {
            f.change(VOLUMES, "E06000001,100", "E06000001,c");
            f.write(
                "locks.csv",
                "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,2\n",
            );
            add(f, "volumes", "suppressed = 100");
            f.change(SCENARIO, "count = \"max\"", "count = 2\nlocks = \"locks.csv\"");
        })
        .asked(&["solve", "--quiet", "--json"])
        .option(&["--set", "viability.floor_gbp=200000"]),
    ]
}
