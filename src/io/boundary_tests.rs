//! Boundary files with every kind of fault, and without.

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

fn metres() -> Value {
    let ring = json!([[[4e5, 3e5], [4.1e5, 3e5], [4.1e5, 3.1e5], [4e5, 3e5]]]);
    collection(vec![feature(
        json!({ "code": "A" }),
        json!({ "type": "Polygon", "coordinates": ring }),
    )])
}

#[test]
fn eastings_in_geojson_are_an_error_that_says_how_to_declare_them() {
    let told = read(&metres()).unwrap_err();
    assert_eq!(codes(&told), vec!["G305"]);
    assert!(told.0[0].help.contains("crs = \"EPSG:27700\""), "{told}");
    let (set, findings) = read_as(&metres(), Some("EPSG:27700")).unwrap();
    assert_eq!((set.coverage.area_m2(0), findings), (5e7, Findings::default()));
    let mut named = metres();
    named["crs"] = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::27700" } });
    assert!(read(&named).is_ok());
}

#[test]
fn degrees_declared_as_metres_and_systems_not_known_are_errors() {
    let map = collection(vec![feature(json!({ "code": "A" }), square(-2.0, 52.0))]);
    assert_eq!(codes(&read_as(&map, Some("EPSG:27700")).unwrap_err()), vec!["G305"]);
    assert_eq!(codes(&read_as(&map, Some("EPSG:3857")).unwrap_err()), vec!["G306"]);
}

#[test]
fn latitude_before_longitude_is_told() {
    let told = read(&collection(vec![feature(json!({ "code": "A" }), square(52.0, -2.0))])).unwrap_err();
    assert_eq!(codes(&told), vec!["G307"]);
    let told = read(&collection(vec![feature(json!({ "code": "A" }), square(35.6, 139.7))])).unwrap_err();
    assert_eq!(codes(&told), vec!["G307"]);
}

#[test]
fn data_elsewhere_get_a_plane_of_their_own_with_a_note() {
    let map = collection(vec![feature(json!({ "code": "A" }), square(13.4, 52.5))]);
    let (set, findings) = read(&map).unwrap();
    assert_eq!(
        (codes(&findings), findings.0[0].severity),
        (vec!["G103"], Severity::Note)
    );
    // 678.9 m by 1112.7 m.
    assert!(
        (set.coverage.area_m2(0) / 755_500.0 - 1.0).abs() < 2e-3,
        "{}",
        set.coverage.area_m2(0)
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
    assert_eq!(told(b"PK\x03\x04rest"), "G302");
    assert_eq!(told(b"SQLite format 3\0"), "G302");
    assert_eq!(told(b"area_code,name\n"), "G301");
    assert_eq!(told(b"\xff\xfe{}"), "G301");
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
