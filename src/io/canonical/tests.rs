//! Maps of every format come back from their canonical form with the same areas, borders, names and groupings.

use super::{boundaries, same_borders};
use crate::domain::{BorderKind, Findings};
use crate::geo::Rigour;
use crate::io::{BoundarySet, BoundarySource, Provenance, archive, made};

fn read(source: &BoundarySource<'_>) -> BoundarySet {
    let (set, findings) = BoundarySet::read_with(source, Rigour::Careful).unwrap();
    assert!(!findings.has_errors());
    set
}

/// The map as it comes back, with what reading it back had to say.
fn back(set: &BoundarySet) -> (BoundarySet, Findings) {
    let provenance = Provenance {
        title: "A map".into(),
        source: "A maker".into(),
        licence: "A licence".into(),
        attribution: "Made by a maker".into(),
        vintage: "2016".into(),
    };
    let text = boundaries("map", &provenance, set);
    assert_eq!(text, boundaries("map", &provenance, set), "equal bytes for equal input");
    let source = BoundarySource {
        file: "boundaries.json",
        bytes: text.as_bytes(),
        ..BoundarySource::default()
    };
    let (back, findings) = BoundarySet::read_with(&source, Rigour::Careful).unwrap();
    assert_eq!(back.provenance, provenance);
    (back, findings)
}

fn polygons(shapes: &[(&str, &str)]) -> Vec<u8> {
    let features: Vec<String> = shapes
        .iter()
        .map(|(code, ring)| {
            format!(
                r#"{{"type":"Feature","properties":{{"LAD16CD":"{code}","country":"England"}},
                "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
}

#[test]
fn every_format_comes_back_with_its_borders() {
    let parts = made::shapefile("map");
    let named: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let shp = parts.iter().find(|(name, _)| name.ends_with(".shp")).unwrap();
    let files = [
        ("map.shp", shp.1.clone(), parts.clone()),
        ("map.zip", archive::zipped(&named), Vec::new()),
        ("map.gpkg", made::geopackage(&["areas"]), Vec::new()),
        ("map.fgb", made::flatgeobuf(), Vec::new()),
    ];
    for (file, bytes, beside) in &files {
        let set = read(&BoundarySource {
            file,
            bytes,
            beside,
            ..BoundarySource::default()
        });
        let (back, findings) = back(&set);
        assert_eq!(findings, Findings::default(), "{file}");
        assert!(
            same_borders(&set, &back) && back.coverage.borders().len() == 1,
            "{file}"
        );
        assert_eq!(set.places, back.places, "{file}");
    }
}

#[test]
fn a_border_that_was_partial_stays_partial_and_a_grouping_stays_a_grouping() {
    // The second square has a vertex in the middle of the line that both share.
    let bytes = polygons(&[
        ("E06000001", "[4e5,2e5],[4.1e5,2e5],[4.1e5,2.1e5],[4e5,2.1e5],[4e5,2e5]"),
        (
            "E06000002",
            "[4.1e5,2e5],[4.2e5,2e5],[4.2e5,2.1e5],[4.1e5,2.1e5],[4.1e5,2.05e5],[4.1e5,2e5]",
        ),
    ]);
    let set = read(&BoundarySource {
        file: "map.geojson",
        bytes: &bytes,
        ..BoundarySource::default()
    });
    assert_eq!(set.coverage.borders()[0].kind, BorderKind::Partial);
    let (back, _) = back(&set);
    assert!(same_borders(&set, &back));
    assert_eq!(back.places[1].groups, [("country".to_string(), "England".to_string())]);
}

#[test]
fn a_map_outside_great_britain_keeps_its_plane() {
    let bytes = polygons(&[
        (
            "N09000001",
            "[-6.2,54.6],[-6.0,54.6],[-6.0,54.7],[-6.2,54.7],[-6.2,54.6]",
        ),
        (
            "N09000002",
            "[-6.0,54.6],[-5.8,54.6],[-5.8,54.7],[-6.0,54.7],[-6.0,54.6]",
        ),
        ("F00000001", "[2.5,49.0],[2.6,49.0],[2.6,49.1],[2.5,49.1],[2.5,49.0]"),
    ]);
    let set = read(&BoundarySource {
        file: "map.geojson",
        bytes: &bytes,
        ..BoundarySource::default()
    });
    let (back, _) = back(&set);
    assert_eq!(set.frame.name(), back.frame.name());
    assert!(set.frame.name().contains("transverse Mercator"), "{}", set.frame.name());
    assert!(same_borders(&set, &back));
}
