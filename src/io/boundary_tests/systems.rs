//! Coordinates of every system are read for what they are, with a word where the file says otherwise.

use super::*;

fn metres() -> Value {
    let ring = json!([[[4e5, 3e5], [4.1e5, 3e5], [4.1e5, 3.1e5], [4e5, 3e5]]]);
    collection(vec![feature(
        json!({ "code": "A" }),
        json!({ "type": "Polygon", "coordinates": ring }),
    )])
}

#[test]
fn eastings_in_geojson_are_read_as_such_with_a_warning() {
    let (set, findings) = read(&metres()).unwrap();
    assert_eq!((set.coverage.area_m2(0), codes(&findings)), (5e7, vec!["G305"]));
    assert!(
        findings.0[0]
            .message
            .contains("eastings and northings of the British National Grid")
    );
    let (set, findings) = read_as(&metres(), Some("EPSG:27700")).unwrap();
    assert_eq!((set.coverage.area_m2(0), findings), (5e7, Findings::default()));
    let mut named = metres();
    named["crs"] = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::27700" } });
    assert_eq!(read(&named).unwrap().1, Findings::default());
}

#[test]
fn a_file_that_declares_another_system_than_its_numbers_is_read_by_them_but_a_user_is_asked() {
    let mut map = collection(vec![feature(json!({ "code": "A" }), square(-2.0, 52.0))]);
    map["crs"] = json!({ "type": "name", "properties": { "name": "EPSG:27700" } });
    let (set, findings) = read(&map).unwrap();
    assert_eq!(codes(&findings), vec!["G305"]);
    let (plain, _) = read(&collection(vec![feature(json!({ "code": "A" }), square(-2.0, 52.0))])).unwrap();
    assert_eq!(set.coverage, plain.coverage);
    for crs in ["EPSG:27700", "EPSG:3857"] {
        assert_eq!(codes(&read_as(&map, Some(crs)).unwrap_err()), vec!["G305"]);
    }
    assert_eq!(codes(&read_as(&map, Some("EPSG:29902")).unwrap_err()), vec!["G306"]);
}

#[test]
fn numbers_of_no_system_that_is_known_are_an_error() {
    let ring = json!([[[4e6, 9e6], [4.1e6, 9e6], [4.1e6, 9.1e6], [4e6, 9e6]]]);
    let map = collection(vec![feature(
        json!({ "code": "A" }),
        json!({ "type": "Polygon", "coordinates": ring }),
    )]);
    let told = read(&map).unwrap_err();
    assert_eq!(codes(&told), vec!["G305"]);
    assert!(told.0[0].message.contains("no system that is known"), "{told}");
}

#[test]
fn web_mercator_comes_to_the_same_place_as_degrees() {
    let radius = 6_378_137.0_f64;
    let mercator = |lon: f64, lat: f64| {
        let y = (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
        json!([radius * lon.to_radians(), radius * y])
    };
    let ring = [(-2.0, 52.0), (-1.99, 52.0), (-1.99, 52.01), (-2.0, 52.01), (-2.0, 52.0)];
    let ring: Vec<Value> = ring.into_iter().map(|(lon, lat)| mercator(lon, lat)).collect();
    let mut map = collection(vec![feature(
        json!({ "code": "A" }),
        json!({ "type": "Polygon", "coordinates": [ring] }),
    )]);
    let (set, findings) = read(&map).unwrap();
    assert_eq!(codes(&findings), vec!["G305"]);
    let (degrees, _) = read(&collection(vec![feature(json!({ "code": "A" }), square(-2.0, 52.0))])).unwrap();
    assert_eq!(set.coverage, degrees.coverage);
    map["crs"] = json!({ "type": "name", "properties": { "name": "EPSG:3857" } });
    assert_eq!(read(&map).unwrap().1, Findings::default());
}

#[test]
fn swapped_axes_are_read_the_other_way_round_with_a_warning() {
    let turned = |value: Value| {
        let ring = value["coordinates"][0].as_array().unwrap().iter();
        let ring: Vec<Value> = ring.map(|p| json!([p[1], p[0]])).collect();
        json!({ "type": "Polygon", "coordinates": [ring] })
    };
    let straight = read(&collection(vec![feature(json!({ "code": "A" }), square(-2.0, 52.0))]));
    let straight = straight.unwrap().0;
    for (geometry, same) in [(turned(square(-2.0, 52.0)), true), (turned(square(139.7, 35.6)), false)] {
        let (set, findings) = read(&collection(vec![feature(json!({ "code": "A" }), geometry)])).unwrap();
        assert_eq!(codes(&findings)[0], "G307");
        assert_eq!(set.coverage == straight.coverage, same);
    }
    let ring = json!([[[9e5, 3e5], [9.1e5, 3e5], [9.1e5, 3.1e5], [9e5, 3e5]]]);
    let north_first = collection(vec![feature(
        json!({ "code": "A" }),
        json!({ "type": "Polygon", "coordinates": ring }),
    )]);
    let told = read_as(&north_first, Some("EPSG:27700")).unwrap().1;
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
