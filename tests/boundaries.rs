//! Boundaries of the user's own, from the command line: formats, years, borders across gaps, islands, groups from shapes.

mod common;

use std::io::{Cursor, Write};

use common::{Folder, json, square, squares};
use serde_json::Value;
use shapefile::dbase::{FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};

const CODES: [&str; 4] = ["E06000001", "E06000002", "E06000003", "E06000004"];

/// What `inspect` shows, which must succeed.
fn inspected(folder: &Folder, options: &[&str]) -> Value {
    let (code, out, err) = folder.run("inspect", &[&["--json"], options].concat());
    assert_eq!(code, 0, "{err}");
    json(&out)
}

fn codes_of_findings(seen: &Value) -> Vec<&str> {
    let findings = seen["findings"].as_array().unwrap();
    findings.iter().map(|f| f["code"].as_str().unwrap()).collect()
}

/// The borders in words: `E06000001 E06000002 exact`.
fn borders(seen: &Value) -> Vec<String> {
    let borders = seen["borders"].as_array().unwrap();
    let word = |b: &Value, key: &str| b[key].as_str().unwrap().to_string();
    let words = |b| [word(b, "from"), word(b, "to"), word(b, "kind")].join(" ");
    borders.iter().map(words).collect()
}

/// The four squares as the parts of a shapefile.
fn shapefile_parts() -> [(&'static str, Vec<u8>); 3] {
    let (mut shp, mut shx, mut dbf) = (Vec::new(), Vec::new(), Vec::new());
    {
        let mut shapes = ShapeWriter::with_shx(Cursor::new(&mut shp), Cursor::new(&mut shx));
        let table = TableWriterBuilder::new().add_character_field("lad16cd".try_into().unwrap(), 9);
        let mut rows = table.build_with_dest(Cursor::new(&mut dbf));
        for (k, code) in CODES.iter().enumerate() {
            // Tenths, so that neighbours have the very same numbers.
            let (west, east) = ((2 * k) as f64 / 10.0 - 1.6, (2 * (k + 1)) as f64 / 10.0 - 1.6);
            let ring = [(west, 52.0), (west, 52.2), (east, 52.2), (east, 52.0), (west, 52.0)];
            let ring = ring.map(|(x, y)| Point::new(x, y)).to_vec();
            shapes.write_shape(&Polygon::new(PolygonRing::Outer(ring))).unwrap();
            let mut row = Record::default();
            row.insert("lad16cd".into(), FieldValue::Character(Some((*code).into())));
            rows.write_record(&row).unwrap();
        }
    }
    [("map.shp", shp), ("map.shx", shx), ("map.DBF", dbf)]
}

#[test]
fn a_loose_shapefile_is_read_with_the_parts_beside_it() {
    let folder = Folder::new();
    for (name, bytes) in shapefile_parts() {
        std::fs::write(folder.file(name), bytes).unwrap();
    }
    let seen = inspected(&folder, &["--set", "areas.boundaries=\"map.shp\""]);
    assert_eq!(seen["areas"].as_array().unwrap().len(), 4);
    let inputs: Vec<&str> = seen["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["file"].as_str().unwrap())
        .collect();
    assert!(
        ["map.shp", "map.shx", "map.DBF"]
            .iter()
            .all(|name| inputs.contains(name)),
        "{inputs:?}"
    );
    assert_eq!(
        codes_of_findings(&seen)[0],
        "G305",
        "a system that nothing names is told"
    );
    std::fs::remove_file(folder.file("map.DBF")).unwrap();
    let (code, _, err) = folder.run("inspect", &["--set", "areas.boundaries=\"map.shp\""]);
    assert!(code == 3 && err.contains("G311"), "{err}");
}

#[test]
fn a_zipped_shapefile_is_read_whatever_it_is_called() {
    let folder = Folder::new();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in shapefile_parts() {
        archive
            .start_file(
                name.replace("map", "in/a map"),
                zip::write::SimpleFileOptions::default(),
            )
            .unwrap();
        archive.write_all(&bytes).unwrap();
    }
    std::fs::write(folder.file("areas.geojson"), archive.finish().unwrap().into_inner()).unwrap();
    let seen = inspected(&folder, &[]);
    let expected = [
        "E06000001 E06000002 exact",
        "E06000002 E06000003 exact",
        "E06000003 E06000004 exact",
    ];
    assert_eq!(borders(&seen), expected);
}

#[test]
fn the_year_and_the_country_of_a_layer_are_chosen() {
    let folder = Folder::new();
    let dated = |code: &str, k: usize, dates: &str| square(code, k).replace("\"name\"", &format!("{dates},\"name\""));
    let features = [
        dated("E06000001", 0, "\"end\":2018"),
        dated("E06000002", 0, "\"start\":2019"),
        dated("E06000003", 1, "\"start\":2009"),
        dated("S12000001", 2, "\"start\":2009"),
    ];
    let map = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    );
    folder.write("areas.geojson", &map);
    folder.write("volumes.csv", "area_code,people\nE06000002,200\nE06000003,300\n");
    folder.write("deal.csv", "area_code,deal,status\nE06000003,Middle,co-design\n");
    let (code, _, err) = folder.run("inspect", &[]);
    assert!(
        code == 3 && err.contains("G312") && err.contains("year = 2019"),
        "{err}"
    );
    let seen = inspected(&folder, &["--set", "areas.year=2019", "--set", "areas.only=[\"E\"]"]);
    assert_eq!(borders(&seen), ["E06000002 E06000003 exact"]);
}

#[test]
fn gaps_are_spanned_and_short_borders_dropped_where_asked_for() {
    let folder = Folder::new();
    // The third square begins some 70 m east of where the second ends.
    let apart = squares(&CODES)
        .replacen("[-1.2,52.0],[-1.0", "[-1.199,52.0],[-1.0", 1)
        .replacen("[-1.2,52.2],[-1.2,52.0]]]", "[-1.199,52.2],[-1.199,52.0]]]", 1);
    folder.write("areas.geojson", &apart);
    assert_eq!(borders(&inspected(&folder, &[])).len(), 2);
    let near = inspected(&folder, &["--set", "areas.near_m=100"]);
    assert_eq!(borders(&near)[1], "E06000002 E06000003 near");
    let metres = near["borders"][1]["metres"].as_f64().unwrap();
    assert!((22_000.0..22_500.0).contains(&metres), "{metres}");
    let (code, _, err) = folder.run("inspect", &["--set", "areas.near_m=6000"]);
    assert!(
        code == 3 && err.contains("S104") && err.contains("table of links"),
        "{err}"
    );
    let none = inspected(&folder, &["--set", "areas.least_border_m=30000"]);
    assert!(borders(&none).is_empty());
    assert!(codes_of_findings(&none).contains(&"G110"));
}

#[test]
fn an_island_is_named_with_the_links_that_would_join_it() {
    let folder = Folder::new();
    let island = squares(&CODES).replacen(
        "[[[-1.0,52.0],[-0.8,52.0],[-0.8,52.2],[-1.0,52.2],[-1.0,52.0]]]",
        "[[[-0.95,52.0],[-0.8,52.0],[-0.8,52.2],[-0.95,52.2],[-0.95,52.0]]]",
        1,
    );
    folder.write("areas.geojson", &island);
    let seen = inspected(&folder, &[]);
    assert_eq!(seen["islands"][0], "E06000004");
    let link = &seen["suggested_links"][0];
    assert_eq!(
        (link["from"].as_str(), link["to"].as_str()),
        (Some("E06000004"), Some("E06000003"))
    );
    let metres = link["metres"].as_f64().unwrap();
    assert!((3_400.0..3_450.0).contains(&metres), "{metres}");
}

#[test]
fn outlines_of_groups_make_units() {
    let folder = Folder::new();
    let half = |name: &str, west: f64, east: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
             [[[{west},51.9],[{east},51.9],[{east},52.3],[{west},52.3],[{west},51.9]]]}}}}"
        )
    };
    let features = [half("West", -1.7, -1.19), half("East", -1.21, -0.7)].join(",");
    folder.write(
        "lep.json",
        &format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}"),
    );
    let shapes = [
        "--set",
        "areas.shapes=[[\"lep\",\"lep.json\"]]",
        "--set",
        "areas.unit=\"lep\"",
    ];
    let seen = inspected(&folder, &shapes);
    let units: Vec<(&str, Vec<&str>)> = seen["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| {
            (
                u["id"].as_str().unwrap(),
                u["areas"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|a| a.as_str().unwrap())
                    .collect(),
            )
        })
        .collect();
    assert_eq!(
        units,
        vec![("West", vec![CODES[0], CODES[1]]), ("East", vec![CODES[2], CODES[3]])]
    );
}

#[test]
fn a_layer_of_groups_given_as_areas_is_refused_with_the_way_out() {
    let folder = Folder::new();
    let wide = squares(&CODES)
        .replace(
            "-1.2,52.0],[-1.0,52.0],[-1.0,52.2],[-1.2",
            "-1.3,52.0],[-0.9,52.0],[-0.9,52.2],[-1.3",
        )
        .replace("[-1.2,52.0]]]", "[-1.3,52.0]]]");
    folder.write("areas.geojson", &wide);
    let (code, _, err) = folder.run("inspect", &[]);
    assert!(
        code == 3 && err.contains("G206") && err.contains("G210") && err.contains("shapes = [["),
        "{err}"
    );
}
