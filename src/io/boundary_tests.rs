//! Boundary files with every kind of fault, and without.

mod systems;

use serde_json::{Value, json};

use super::*;
use crate::domain::{Findings, Severity};
use crate::geo::Frame;
use crate::geo::Rigour;

fn read_as(value: &Value, crs: Option<&str>) -> Result<(BoundarySet, Findings), Findings> {
    let text = value.to_string();
    BoundarySet::read(&BoundarySource {
        file: "map.geojson",
        bytes: text.as_bytes(),
        crs,
        ..BoundarySource::default()
    })
}

fn read(value: &Value) -> Result<(BoundarySet, Findings), Findings> {
    read_as(value, None)
}

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.0.iter().map(|f| f.code).collect()
}

/// A square of a hundredth of a degree with its south-west corner at a place.
fn square(lon: f64, lat: f64) -> Value {
    let (east, north) = (lon + 0.01, lat + 0.01);
    json!({ "type": "Polygon", "coordinates": [[[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]] })
}

fn feature(properties: Value, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn collection(features: Vec<Value>) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

#[test]
fn areas_come_in_code_order_with_names_groups_and_borders() {
    let map = collection(vec![
        feature(
            json!({ "LAD16CD": "E2", "LAD16NM": "Two", "country": "England", "n": 5 }),
            square(-1.99, 52.0),
        ),
        feature(
            json!({ "LAD16CD": "E1", "LAD16NM": "One", "country": "England" }),
            square(-2.0, 52.0),
        ),
    ]);
    let (set, findings) = read(&map).unwrap();
    assert_eq!(findings, Findings::default());
    let names: Vec<&str> = set.places.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, vec!["One", "Two"]);
    assert_eq!(
        set.places[0].groups,
        vec![("country".to_string(), "England".to_string())]
    );
    let border = &set.coverage.borders()[0];
    // A hundredth of a degree of latitude at 52°.
    assert!(
        (border.length.metres() - 1112.6).abs() < 1.0,
        "{}",
        border.length.metres()
    );
    assert!(matches!(set.frame, Frame::BritishNationalGrid));
    assert_eq!(set.find(&set.places[1].code), Some(1));
}

#[test]
fn missing_and_double_codes_are_told_with_other_faults_of_the_file() {
    let map = collection(vec![
        feature(json!({ "code": "A" }), square(-2.0, 52.0)),
        feature(json!({ "code": " " }), square(-2.1, 52.0)),
        feature(json!({ "code": "A" }), square(-2.2, 52.0)),
        feature(json!({ "code": "B" }), Value::Null),
        feature(
            json!({ "code": "C" }),
            json!({ "type": "Point", "coordinates": [-2.0, 52.5] }),
        ),
    ]);
    let told = read(&map).unwrap_err();
    assert_eq!(codes(&told), vec!["G303", "G304", "G207", "G201"], "{told}");
    assert_eq!(told.0[0].subject, "map.geojson feature 2");
    assert!(told.0[1].message.contains("features 1, 3"));
    assert_eq!(told.0[3].subject, "map.geojson feature 4 (B)");
}

#[test]
fn a_file_without_codes_says_which_properties_it_has() {
    let told = read(&collection(vec![feature(json!({ "title": "x" }), square(-2.0, 52.0))])).unwrap_err();
    assert_eq!(codes(&told), vec!["G303"]);
    assert!(told.0[0].message.contains("title"));
}

#[test]
fn the_id_of_a_feature_serves_as_its_code() {
    let mut one = feature(json!({ "name": "One" }), square(-2.0, 52.0));
    one["id"] = json!("E1");
    let (set, _) = read(&collection(vec![one])).unwrap();
    assert_eq!(
        (set.places[0].code.as_str(), set.places[0].name.as_str()),
        ("E1", "One")
    );
}

#[test]
fn files_that_are_no_boundaries_are_told_apart() {
    let told = |bytes: &[u8]| {
        let source = BoundarySource {
            file: "f",
            bytes,
            ..BoundarySource::default()
        };
        BoundarySet::read(&source).unwrap_err().0[0].code
    };
    assert_eq!(told(b"PK\x03\x04rest"), "G301");
    assert_eq!(told(b"SQLite format 3\0"), "G301");
    assert_eq!(told(b"fgb\x03fgb\0rest"), "G301");
    assert_eq!(told(b"area_code,name\n"), "G302");
    assert_eq!(told(b"\xff\xfe{}"), "G302");
    assert_eq!(told(b"{\"type\":\"Dataset\"}"), "G302");
    assert_eq!(told(b"{\"type\":\"FeatureCollection\",\"features\":[]}"), "G309");
    assert_eq!(
        told(b"{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}"),
        "G301"
    );
}

fn topology(objects: Value) -> Value {
    json!({
        "type": "Topology",
        "transform": { "scale": [0.001, 0.001], "translate": [-2.0, 52.0] },
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
        "objects": objects,
    })
}

#[test]
fn topojson_is_read_along_its_arcs_in_both_directions() {
    let map = topology(json!({ "lads": { "type": "GeometryCollection", "geometries": [
        { "type": "Polygon", "properties": { "AREACD": "W", "AREANM": "West" }, "arcs": [[0, 1]] },
        { "type": "MultiPolygon", "properties": { "AREACD": "E", "AREANM": "East" }, "arcs": [[[2, -1]]] },
    ] } }));
    let (set, findings) = read(&map).unwrap();
    assert_eq!(findings, Findings::default());
    let names: Vec<&str> = set.places.iter().map(|p| p.name.as_str()).collect();
    assert_eq!((names, set.coverage.borders().len()), (vec!["East", "West"], 1));
}

#[test]
fn one_of_several_objects_is_chosen_by_name_and_a_broken_arc_is_told() {
    let area = |arcs: Value| json!({ "type": "Polygon", "properties": { "code": "W" }, "arcs": arcs });
    let two = topology(json!({ "a": area(json!([[0, 1]])), "b": area(json!([[0, 9]])) })).to_string();
    let read = |layer| {
        BoundarySet::read(&BoundarySource {
            file: "t",
            bytes: two.as_bytes(),
            layer,
            ..BoundarySource::default()
        })
    };
    assert_eq!(codes(&read(None).unwrap_err()), vec!["G308"]);
    assert_eq!(codes(&read(Some("c")).unwrap_err()), vec!["G308"]);
    assert_eq!(read(Some("a")).unwrap().0.places.len(), 1);
    let told = read(Some("b")).unwrap_err();
    assert!(
        told.0[0].code == "G301" && told.0[0].message.contains("no arc 9"),
        "{told}"
    );
}

#[test]
fn a_ring_that_touches_itself_is_read_as_simple_rings_where_mending_is_asked_for() {
    // Two squares of one ring that meet at (1.01, 52.01).
    let ring = [
        [1.0, 52.0],
        [1.01, 52.0],
        [1.01, 52.01],
        [1.02, 52.01],
        [1.02, 52.02],
        [1.01, 52.02],
        [1.01, 52.01],
        [1.0, 52.01],
        [1.0, 52.0],
    ];
    let text = json!({ "type": "FeatureCollection", "features": [
        { "type": "Feature", "properties": { "code": "W" }, "geometry": { "type": "Polygon", "coordinates": [ring] } },
    ] })
    .to_string();
    let source = BoundarySource {
        file: "t",
        bytes: text.as_bytes(),
        ..BoundarySource::default()
    };
    assert_eq!(codes(&BoundarySet::read(&source).unwrap_err()), vec!["G204"]);
    let (set, findings) = BoundarySet::read_with(&source, Rigour::Mending).unwrap();
    assert_eq!((set.places.len(), codes(&findings)), (1, vec!["G107"]));
}

#[test]
fn borders_are_exact_where_the_numbers_are_the_same_and_partial_where_lines_only_lie_on_each_other() {
    let rectangle = |west: f64, south: f64, east: f64, north: f64| {
        let ring = json!([
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south]
        ]);
        json!({ "type": "Polygon", "coordinates": [ring] })
    };
    let map = collection(vec![
        feature(json!({ "code": "A" }), rectangle(4e5, 3e5, 4.1e5, 3.1e5)),
        feature(json!({ "code": "B" }), rectangle(4.1e5, 3e5, 4.2e5, 3.1e5)),
        feature(json!({ "code": "C" }), rectangle(4.05e5, 3.1e5, 4.2e5, 3.2e5)),
    ]);
    let (set, _) = read_as(&map, Some("EPSG:27700")).unwrap();
    let borders = set.coverage.borders();
    let kinds: Vec<(usize, usize, &str)> = borders.iter().map(|b| (b.from, b.to, b.kind.word())).collect();
    assert_eq!(kinds, vec![(0, 1, "exact"), (0, 2, "partial"), (1, 2, "partial")]);
}

fn in_years(years: &[(&str, Value)]) -> Value {
    let features = years.iter().enumerate().map(|(k, (code, dates))| {
        let mut properties = dates.clone();
        properties["code"] = json!(code);
        feature(properties, square(-2.0 + 0.01 * (k / 2) as f64, 52.0))
    });
    collection(features.collect())
}

#[test]
fn one_year_is_taken_of_a_layer_that_holds_several() {
    let map = in_years(&[
        ("E1", json!({ "end": 2018 })),
        ("E2", json!({ "start": "2019-04-01" })),
        ("W1", json!({})),
    ]);
    let text = map.to_string();
    let read = |year, only: &[String]| {
        BoundarySet::read(&BoundarySource {
            file: "t",
            bytes: text.as_bytes(),
            year,
            only,
            ..BoundarySource::default()
        })
    };
    let names = |year, only: &[String]| -> Vec<String> {
        let (set, _) = read(year, only).unwrap();
        set.places.into_iter().map(|p| p.code.to_string()).collect()
    };
    assert_eq!(codes(&read(None, &[]).unwrap_err()), vec!["G312"]);
    for (year, known) in [(2018, true), (2019, true), (2005, false), (2030, false)] {
        let (_, findings) = read(Some(year), &[]).unwrap();
        let told = findings
            .0
            .iter()
            .any(|f| f.code == "G312" && f.message.contains("years 2018 to 2019"));
        assert_eq!(told, !known, "{year}: {findings}");
    }
    let (_, findings) = read(Some(2018), &[]).unwrap();
    assert!(
        findings
            .0
            .iter()
            .any(|f| f.message.contains("nothing dates: E1 and W1")),
        "{findings}"
    );
    assert_eq!(names(Some(2018), &[]), vec!["E1", "W1"]);
    assert_eq!(names(Some(2019), &[]), vec!["E2", "W1"]);
    assert_eq!(names(Some(2019), &["W".to_string()]), vec!["W1"]);
    assert_eq!(codes(&read(Some(2019), &["S".to_string()]).unwrap_err()), vec!["G309"]);
    let without = in_years(&[("E1", json!({}))]).to_string();
    let told = BoundarySet::read(&BoundarySource {
        file: "t",
        bytes: without.as_bytes(),
        year: Some(2016),
        ..BoundarySource::default()
    });
    assert_eq!(codes(&told.unwrap_err()), vec!["G312"]);
}

#[test]
fn groups_come_from_their_outlines_with_what_is_cut_told() {
    let area = |k: u8| {
        feature(
            json!({ "code": format!("E{k}") }),
            square(-2.0 + 0.01 * f64::from(k), 52.0),
        )
    };
    let (set, _) = read(&collection((0..4).map(area).collect())).unwrap();
    let group = |name: &str, west: f64, east: f64| {
        let ring = json!([[[west, 51.9], [east, 51.9], [east, 52.1], [west, 52.1], [west, 51.9]]]);
        feature(
            json!({ "name": name }),
            json!({ "type": "Polygon", "coordinates": ring }),
        )
    };
    let grouping = |groups: Vec<Value>| {
        let text = collection(groups).to_string();
        let source = BoundarySource {
            file: "g",
            bytes: text.as_bytes(),
            ..BoundarySource::default()
        };
        crate::io::Grouping::of_shapes("lep", &source, &set, None, Rigour::Careful)
    };
    let (found, findings) = grouping(vec![group("West", -2.1, -1.9803), group("East", -1.9905, -1.966)]).unwrap();
    let rows: Vec<(&str, &str)> = found.rows.iter().map(|m| (m.code.as_str(), m.value.as_str())).collect();
    let expected = [("E0", "West"), ("E1", "East"), ("E1", "West"), ("E2", "East")];
    assert_eq!(rows, expected);
    assert_eq!(codes(&findings), vec!["M602", "M603"], "{findings}");
    assert!(
        findings.0[0]
            .message
            .contains("E3 E3 lies 40.0 % in East; it goes with none"),
        "{findings}"
    );
    assert_eq!(
        codes(&grouping(vec![group("Far", -5.0, -4.9)]).unwrap_err()),
        vec!["M601"]
    );
}

#[test]
fn a_crooked_outline_of_a_group_is_refused_or_mended_with_a_word_as_an_area_is() {
    let area = |k: u8| {
        feature(
            json!({ "code": format!("E{k}") }),
            square(-2.0 + 0.01 * f64::from(k), 52.0),
        )
    };
    let (set, _) = read(&collection((0..4).map(area).collect())).unwrap();
    let bowtie = json!([[[-2.1, 51.9], [-1.9, 52.1], [-1.9, 51.9], [-2.1, 52.1], [-2.1, 51.9]]]);
    let outline = feature(
        json!({ "name": "Bow" }),
        json!({ "type": "Polygon", "coordinates": bowtie }),
    );
    let text = collection(vec![outline]).to_string();
    let source = BoundarySource {
        file: "g",
        bytes: text.as_bytes(),
        ..BoundarySource::default()
    };
    let with = |rigour| crate::io::Grouping::of_shapes("lep", &source, &set, None, rigour);
    for rigour in [Rigour::Strict, Rigour::Careful] {
        let faults = with(rigour).unwrap_err();
        assert_eq!(codes(&faults), vec!["G204"], "{faults}");
        assert!(faults.0[0].subject.contains("feature 1 (Bow)"), "{faults}");
    }
    let told = match with(Rigour::Mending) {
        Ok((_, findings)) | Err(findings) => findings,
    };
    assert!(
        codes(&told).contains(&"G107") && !codes(&told).contains(&"G204"),
        "{told}"
    );
}
