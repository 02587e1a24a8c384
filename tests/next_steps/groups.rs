//! M: membership, links and data sets.

use crate::case::{Case, add, put};
use crate::common::{Folder, root, squares};
use crate::files::own_data_set;

const SCENARIO: &str = "scenario.toml";
const DEAL: &str = "deal.csv";

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [
        memberships(),
        links(),
        data_sets(),
        units(),
        shapes(),
        carried(),
        small_areas(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn memberships() -> Vec<Case> {
    vec![
        Case::of("M102", |f| f.change(DEAL, "status", "lep")).edit(|f| f.change(DEAL, "lep", "status")),
        Case::of("M103", |f| f.change(DEAL, "E06000003,Middle", "E06000003,"))
            .edit(|f| f.change(DEAL, "E06000003,", "E06000003,Middle")),
        Case::of("M104", |f| {
            f.change(
                DEAL,
                "E06000003,Middle,co-design\n",
                "E06000003,Middle,co-design\nE06000003,Middle,co-design\n",
            )
        })
        .edit(|f| {
            f.change(
                DEAL,
                "E06000003,Middle,co-design\nE06000003,Middle,co-design\n",
                "E06000003,Middle,co-design\n",
            )
        }),
        Case::of("M105", |f| f.change(DEAL, "E06000003", "E07000150"))
            .edit(|f| f.change(DEAL, "E07000150", "E06000003")),
        Case::of("M109", |f| {
            f.write(
                DEAL,
                "area_code,deal,status\nE06000002,Middle,co-design\nE06000003,Middle,co-design\nS12000033,North,none\n",
            )
        }),
        Case::of("M503", |f| add(f, "areas", "exclude = [\"E06000003\"]"))
            .edit(|f| f.change(SCENARIO, "exclude = [\"E06000003\"]\n", "")),
    ]
}

fn links() -> Vec<Case> {
    fn with_link(folder: &Folder, row: &str) {
        folder.write("links.csv", &format!("from_code,to_code,kind,name\n{row}\n"));
        add(folder, "areas", "links_file = \"links.csv\"");
    }
    vec![
        Case::of("M201", |f| with_link(f, "E06000001,E06000001,bridge,Menai Bridge"))
            .edit(|f| f.change("links.csv", "E06000001,bridge", "E06000003,bridge")),
        Case::of("M202", |f| with_link(f, "E06000001,E06000091,bridge,Menai Bridge"))
            .edit(|f| f.change("links.csv", "E06000091", "E06000003")),
    ]
}

fn data_sets() -> Vec<Case> {
    /// Small areas of two districts, of which the source has another name for the second.
    fn small_areas(folder: &Folder) {
        let small = |k: usize, name: &str| {
            let (west, east) = (400_000 + 1000 * k, 401_000 + 1000 * k);
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"LSOA11CD\":\"E0100000{k}\",\"LSOA11NM\":\"{name} 001A\",\"BNG_E\":{west},\"BNG_N\":250000}},\
                 \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},250000],[{east},250000],[{east},251000],[{west},251000],[{west},250000]]]}}}}"
            )
        };
        let features = [small(0, "North"), small(1, "Wast")].join(",");
        let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:27700\"}}";
        put(
            folder,
            "small.geojson",
            format!("{{\"type\":\"FeatureCollection\",{crs},\"features\":[{features}]}}").as_bytes(),
        );
        put(
            folder,
            "mini/areas.csv",
            b"area_code,area_name\nE06000001,North\nE06000002,West\n",
        );
        put(folder, "mini/source-names.csv", b"source_name,area_name\nNorth,North\n");
    }
    let build = ["boundaries", "build", "--from", "@small.geojson", "--out", "@mini.json"];
    let named: crate::case::Deed = |f| f.write("mini/source-names.csv", "source_name,area_name\nWast,West\n");
    vec![
        Case::of("M301", |f| {
            own_data_set(f);
            put(
                f,
                "boundaries/code-changes.csv",
                b"old_code,old_name,new_code,new_name,kind,year\nA,a,B,b,changed,2019\n",
            );
        })
        .edit(|f| f.change("boundaries/code-changes.csv", "changed", "recoded")),
        Case::of("M401", small_areas).asked(&build).edit(named),
        Case::of("M402", small_areas).asked(&build).edit(named),
    ]
}

fn units() -> Vec<Case> {
    fn with_groups(folder: &Folder, rows: &str, keys: &str) {
        folder.write("lep.csv", &format!("area_code,lep\n{rows}"));
        folder.change(
            SCENARIO,
            "[\"deal.csv\"]",
            &format!("[\"lep.csv\"]\nunit = [\"lep\", \"area\"]\n{keys}"),
        );
    }
    const ENDS: &str = "E06000001,Ends\nE06000002,Middle\nE06000003,Middle\nE06000004,Ends\n";
    const DOUBLE: &str =
        "E06000001,West\nE06000002,West\nE06000002,Between\nE06000003,Between\nE06000003,East\nE06000004,East\n";
    vec![
        Case::of("M504", |f| with_groups(f, ENDS, "exclude = [\"E06000002\"]"))
            .edit(|f| f.change(SCENARIO, "exclude = [\"E06000002\"]\n", "")),
        Case::of("M505", |f| with_groups(f, ENDS, "")).option(&["--set", "areas.unit=\"area\""]),
        Case::of("M506", |f| with_groups(f, DOUBLE, "overlap = \"choose\""))
            .option(&["--set", "areas.overlap=\"split\""]),
        Case::of("M507", |f| {
            with_groups(f, "E06000001,West\nE06000001,East\n", "overlap = \"choose\"")
        })
        .option(&["--set", "areas.overlap=\"split\""]),
    ]
}

fn shapes() -> Vec<Case> {
    fn with_shapes(folder: &Folder, west: &str, east: &str) {
        let ring = format!("[[{west},51.9],[{east},51.9],[{east},52.3],[{west},52.3],[{west},51.9]]");
        let feature = format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"West\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{ring}]}}}}"
        );
        folder.write(
            "lep.geojson",
            &format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}"),
        );
    }
    let asked = ["inspect", "--set", "areas.shapes=[[\"lep\",\"lep.geojson\"]]"];
    vec![
        Case::of("M601", |f| with_shapes(f, "-3.0", "-2.5"))
            .asked(&asked)
            .edit(|f| with_shapes(f, "-1.7", "-1.4")),
        Case::of("M602", |f| {
            with_shapes(f, "-1.7", "-1.28");
            f.write("lep.csv", "area_code,lep\nE06000001,West\nE06000002,West\n");
        })
        .asked(&asked)
        .instead(&["inspect", "--set", "areas.tables=[\"deal.csv\",\"lep.csv\"]"]),
        Case::of("M603", |f| with_shapes(f, "-1.7", "-1.21")).asked(&asked),
    ]
}

/// West and East Suffolk in four parts of 2018, merged forward to 2023.
pub fn merged(folder: &Folder) {
    parts(folder);
    add(folder, "areas", "forward_to = 2023");
}

const PARTS: [&str; 4] = ["E07000201", "E07000204", "E07000205", "E07000206"];

fn parts(folder: &Folder) {
    folder.change(SCENARIO, "tables = [\"deal.csv\"]\n", "");
    folder.write("areas.geojson", &squares(&PARTS));
    let rows: String = PARTS.iter().map(|code| format!("{code},400\n")).collect();
    folder.write("volumes.csv", &format!("area_code,people\n{rows}"));
}

fn carried() -> Vec<Case> {
    fn with_deal(folder: &Folder, rows: &str) {
        merged(folder);
        add(folder, "areas", "tables = [\"deal.csv\"]");
        folder.write(DEAL, &format!("area_code,deal\n{rows}"));
    }
    fn with_link(folder: &Folder, from: &str) {
        folder.write(
            "links.csv",
            &format!("from_code,to_code,kind,name\n{from},E07000206,ferry,Long boat\n"),
        );
        add(folder, "areas", "links_file = \"links.csv\"");
    }
    vec![
        Case::of("M106", |f| with_deal(f, "E07000201,Fens\nE07000204,Fens\n")),
        Case::of("M107", |f| with_deal(f, "E07000206,Coast\n"))
            .edit(|f| f.write(DEAL, "area_code,deal\nE07000244,Coast\n")),
        Case::of("M108", |f| {
            own_data_set(f);
            put(f, "boundaries/mini/deal.csv", b"area_code,deal\nE06000001,West\n");
        }),
        Case::of("M203", |f| {
            parts(f);
            with_link(f, "E07000245");
        })
        .edit(|f| f.change("links.csv", "E07000245", "E07000201")),
        Case::of("M204", |f| {
            merged(f);
            with_link(f, "E07000201");
        }),
    ]
}

fn small_areas() -> Vec<Case> {
    const POINTS: &str = "longitude,latitude,people\n-1.5,52.1,200\n-1.3,52.1,200\n-1.1,52.1,200\n-0.9,52.1,200\n";
    fn with_points(folder: &Folder, points: &str) {
        let outline = squares(&["E12000001"]).replace("-1.4", "-0.8");
        folder.write("lep.geojson", &outline);
        folder.write("points.csv", points);
    }
    let asked = [
        "inspect",
        "--set",
        "areas.shapes=[[\"lep\",\"lep.geojson\"]]",
        "--set",
        "areas.shapes_by=\"points.csv:people\"",
    ];
    vec![
        Case::of("M604", |f| {
            with_points(f, &POINTS.replace("52.1,200\n-1.3", "52.1,many\n-1.3"))
        })
        .asked(&asked)
        .edit(|f| with_points(f, POINTS)),
        Case::of("M605", |f| with_points(f, &POINTS.replace("-0.9,52.1,200\n", "")))
            .asked(&asked)
            .edit(|f| with_points(f, POINTS)),
        Case::of("M606", |f| with_points(f, POINTS)).asked(&asked),
    ]
}

#[test]
fn the_data_set_of_the_program_has_the_tables_that_the_steps_name() {
    for table in ["areas.csv", "source-names.csv"] {
        assert!(root().join("boundaries/lad-2016").join(table).is_file());
    }
}
