//! G: geometry.

use crate::case::{Case, add, put};
use crate::common::{Folder, square, squares};
use crate::groups::merged;
use crate::made;

const AREAS: &str = "areas.geojson";
const SCENARIO: &str = "scenario.toml";
const CODES: [&str; 4] = ["E06000001", "E06000002", "E06000003", "E06000004"];
/// The rings of the first, second and fourth square.
const FIRST: &str = "[[-1.6,52.0],[-1.4,52.0],[-1.4,52.2],[-1.6,52.2],[-1.6,52.0]]";
const SECOND: &str = "[[-1.4,52.0],[-1.2,52.0],[-1.2,52.2],[-1.4,52.2],[-1.4,52.0]]";
const FOURTH: &str = "[[-1.0,52.0],[-0.8,52.0],[-0.8,52.2],[-1.0,52.2],[-1.0,52.0]]";

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [borders(), rings(), overlaps(), files(), systems(), layers()]
        .into_iter()
        .flatten()
        .collect()
}

/// The four squares as they should be.
fn whole(folder: &Folder) {
    folder.write(AREAS, &squares(&CODES));
}

fn replaced(folder: &Folder, changes: &[(&str, &str)]) {
    for (from, to) in changes {
        folder.change(AREAS, from, to);
    }
}

fn borders() -> Vec<Case> {
    vec![
        Case::of("G101", |f| f.change(AREAS, FOURTH, &FOURTH.replace("-1.0", "-0.9")))
            .marked("warning G101")
            .edit(|f| {
                f.write(
                    "links.csv",
                    "from_code,to_code,kind,name\nE06000003,E06000004,bridge,New Bridge\n",
                );
                add(f, "areas", "links_file = \"links.csv\"");
                add(f, "lots", "links = [\"bridge\"]");
            }),
        Case::of("G109", |f| {
            // A lens of open water between the first two squares.
            f.change(
                AREAS,
                SECOND,
                &SECOND.replace("[-1.4,52.2]", "[-1.4,52.2],[-1.39,52.1]"),
            );
        })
        .edit(whole),
        Case::of("G110", |f| add(f, "areas", "least_border_m = 30_000"))
            .edit(|f| f.change(SCENARIO, "30_000", "20_000")),
    ]
}

fn rings() -> Vec<Case> {
    vec![
        Case::of("G105", |f| {
            f.change(
                AREAS,
                "\"Polygon\",\"coordinates\":[[[-1.0",
                "\"MultiPolygon\",\"coordinates\":[[[[-1.0",
            );
            f.change(
                AREAS,
                "[-1.0,52.0]]]",
                "[-1.0,52.0]]],[[[-0.7,52.0],[-0.6999999,52.0],[-0.6999999,52.0000001],[-0.7,52.0]]]]",
            );
        })
        .edit(|f| {
            f.change(
                AREAS,
                "[-0.6999999,52.0],[-0.6999999,52.0000001]",
                "[-0.69,52.0],[-0.69,52.01]",
            )
        }),
        Case::of("G107", |f| {
            f.change(
                AREAS,
                FOURTH,
                &FOURTH.replace("[-0.8,52.2]", "[-0.8,52.2],[-0.85,52.2],[-0.84,52.19],[-0.84,52.21]"),
            );
        })
        .edit(whole),
        Case::of("G201", |f| f.change(AREAS, &format!("[{FOURTH}]"), "[]")).edit(whole),
        Case::of("G202", |f| {
            f.change(AREAS, FOURTH, "[[-1.0,52.0],[-0.8,52.0],[-1.0,52.0]]")
        })
        .edit(whole),
        Case::of("G203", |f| {
            f.change(AREAS, FOURTH, &FOURTH.replace(",[-1.0,52.0]]", "]"))
        })
        .edit(|f| f.change(AREAS, "[-1.0,52.2]]]", "[-1.0,52.2],[-1.0,52.0]]]")),
        Case::of("G204", |f| {
            replaced(f, &[("[-1.4,52.2],[-1.6,52.2]", "[-1.6,52.2],[-1.4,52.2]")])
        })
        .option(&["--set", "areas.mend=true"]),
        Case::of("G205", |f| {
            f.change(AREAS, FOURTH, "[[-1.0,52.0],[-0.8,52.0],[-1.0,52.0],[-1.0,52.0]]")
        })
        .edit(whole),
        Case::of("G207", |f| {
            f.change(
                AREAS,
                &format!("\"Polygon\",\"coordinates\":[{FOURTH}]"),
                "\"LineString\",\"coordinates\":[[-1.0,52.0],[-0.8,52.0]]",
            );
        })
        .edit(whole),
        Case::of("G208", |f| {
            f.change(
                AREAS,
                FIRST,
                &format!("{FIRST},[[-2.5,52.0],[-2.4,52.0],[-2.4,52.1],[-2.5,52.0]]"),
            )
        })
        .asked(&["inspect", "--set", "areas.mend=false"])
        .edit(|f| {
            f.change(
                AREAS,
                "\"Polygon\",\"coordinates\":[[[-1.6",
                "\"MultiPolygon\",\"coordinates\":[[[[-1.6",
            );
            f.change(
                AREAS,
                ",[[-2.5,52.0],[-2.4,52.0],[-2.4,52.1],[-2.5,52.0]]]",
                "],[[[-2.5,52.0],[-2.4,52.0],[-2.4,52.1],[-2.5,52.0]]]]",
            );
        }),
    ]
}

fn overlaps() -> Vec<Case> {
    vec![
        Case::of("G104", |f| {
            f.change(AREAS, SECOND, &SECOND.replace("-1.4", "-1.400005"))
        }),
        Case::of("G106", |f| {
            f.change(
                AREAS,
                SECOND,
                &SECOND.replace("[-1.4,52.2]", "[-1.4,52.2],[-1.399996,52.1]"),
            )
        }),
        Case::of("G108", |f| f.change(AREAS, SECOND, &SECOND.replace("-1.4", "-1.401"))),
        Case::of("G206", |f| f.change(AREAS, SECOND, &SECOND.replace("-1.4", "-1.5"))).edit(whole),
        Case::of("G209", |f| {
            // A line that goes from south to north and back 500 times, and another that does so from west to east.
            let upright = (0..1000).map(|k| {
                format!(
                    "[{:.5},{}]",
                    -1.6 + 0.0002 * f64::from(k),
                    ["52.0", "52.2"][(k / 2 + k) as usize % 2]
                )
            });
            let level = (0..1000).map(|k| {
                format!(
                    "[{},{:.5}]",
                    ["-1.6", "-1.4"][(k / 2 + k) as usize % 2],
                    52.0 + 0.0002 * f64::from(k)
                )
            });
            let line: Vec<String> = upright.chain(level).chain(["[-1.60000,52.0]".to_string()]).collect();
            f.change(AREAS, FIRST, &format!("[{}]", line.join(",")));
        })
        .edit(whole),
        Case::of("G210", |f| {
            f.write("lep.geojson", &wide());
            f.change(SCENARIO, "\"areas.geojson\"", "\"lep.geojson\"");
        })
        .edit(|f| {
            f.change(SCENARIO, "\"lep.geojson\"", "\"areas.geojson\"");
            add(f, "areas", "shapes = [[\"lep\", \"lep.geojson\"]]");
        }),
    ]
}

/// Squares of which the second reaches into both of its neighbours.
fn wide() -> String {
    squares(&CODES).replace(SECOND, &SECOND.replace("-1.4", "-1.5").replace("-1.2", "-1.1"))
}

fn files() -> Vec<Case> {
    vec![
        Case::of("G301", |f| f.write(AREAS, &square("E06000001", 0))).edit(whole),
        Case::of("G302", |f| f.write(AREAS, "area_code,name\nE06000001,Square 1\n")).edit(whole),
        Case::of("G303", |f| replaced(f, &[("area_code", "label")])).edit(|f| f.change(AREAS, "label", "area_code")),
        Case::of("G304", |f| replaced(f, &[("E06000004", "E06000001")])).edit(whole),
        Case::of("G309", |f| {
            f.write(AREAS, "{\"type\":\"FeatureCollection\",\"features\":[]}")
        })
        .edit(whole),
        Case::of("G314", |f| {
            let many = ",{}".repeat(8_000_000);
            f.write(AREAS, &squares(&CODES).replace("]}\n", &format!("{many}]}}\n")));
        })
        .edit(whole),
        Case::of("G311", |f| {
            put(f, "map.shp", &made::shapefile("map")[0].1);
            f.change(SCENARIO, "\"areas.geojson\"", "\"map.shp\"");
            f.change(SCENARIO, "tables = [\"deal.csv\"]\n", "");
            f.write("volumes.csv", "area_code,people\nE06000001,400\nE06000002,600\n");
        })
        .edit(|f| {
            made::shapefile("map")
                .iter()
                .for_each(|(name, bytes)| put(f, name, bytes))
        }),
    ]
}

/// Squares by eastings and northings.
fn metric() -> String {
    let mut text = squares(&CODES);
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
}

fn systems() -> Vec<Case> {
    vec![
        Case::of("G103", |f| replaced(f, &[("52.0", "62.0"), ("52.2", "62.2")])).edit(whole),
        Case::of("G305", |f| f.write(AREAS, &metric())).option(&["--set", "areas.crs=\"EPSG:27700\""]),
        Case::of("G306", |f| {
            f.change(
                AREAS,
                "\"features\"",
                "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:29902\"}},\"features\"",
            );
        })
        .option(&["--set", "areas.crs=\"EPSG:4326\""]),
        Case::of("G307", |f| {
            let mut text = squares(&CODES);
            for west in ["-1.6", "-1.4", "-1.2", "-1.0", "-0.8"] {
                for south in ["52.0", "52.2"] {
                    text = text.replace(&format!("[{west},{south}]"), &format!("[{south},{west}]"));
                }
            }
            f.write(AREAS, &text);
        })
        .edit(whole),
        Case::of("G310", |f| outline_from(f, "10.0"))
            .asked(&["inspect", "--set", "areas.shapes=[[\"lep\",\"lep.geojson\"]]"])
            .edit(|f| outline_from(f, "-1.6")),
    ]
}

/// Outlines of one group, which begins at that longitude.
fn outline_from(folder: &Folder, west: &str) {
    let text = squares(&["West"]).replace("-1.4", &format!("{:.1}", west.parse::<f64>().unwrap() + 0.2));
    folder.write("lep.geojson", &text.replace("-1.6", west));
}

fn layers() -> Vec<Case> {
    vec![
        Case::of("G308", |f| {
            put(f, "map.gpkg", &made::geopackage(&["areas", "regions"]));
            f.change(SCENARIO, "tables = [\"deal.csv\"]\n", "");
            f.write("volumes.csv", "area_code,people\nE06000001,400\nE06000002,600\n");
        })
        .asked(&["inspect", "--set", "areas.boundaries=\"map.gpkg\""])
        .instead(&["inspect", "--set", "areas.boundaries=\"map.gpkg#areas\""]),
        Case::of("G111", merged),
        Case::of("G313", |f| {
            merged(f);
            f.change(SCENARIO, "forward_to = 2023", "forward_to = 2016");
            f.write(AREAS, &squares(&["E07000245"]));
            f.write("volumes.csv", "area_code,people\nE07000245,400\n");
        })
        .edit(|f| f.change(SCENARIO, "forward_to = 2016", "forward_to = 2023")),
        Case::of("G315", |f| {
            let mark = "{\"exceededTransferLimit\":true,\"type\":\"FeatureCollection\"";
            f.change(AREAS, "{\"type\":\"FeatureCollection\"", mark);
        })
        .edit(|f| f.change(AREAS, "\"exceededTransferLimit\":true,", "")),
        Case::of("G312", |f| {
            let dated = |k: usize, dates: &str| square(CODES[k], k).replace("\"name\"", &format!("{dates},\"name\""));
            let features = [
                dated(0, "\"end\":2018"),
                dated(1, "\"start\":2019"),
                dated(2, "\"start\":2009"),
            ];
            f.write(
                AREAS,
                &format!(
                    "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
                    features.join(",")
                ),
            );
            f.write("volumes.csv", "area_code,people\nE06000002,400\nE06000003,600\n");
        })
        .option(&["--set", "areas.year=2019"]),
    ]
}
