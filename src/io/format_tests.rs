//! Every format of boundaries, and what is done with broken ones.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::boundary::{BoundarySet, BoundarySource};
use super::sniff::Kind;
use super::{archive, made};
use crate::domain::{Findings, Severity};

fn read_with<'a>(
    bytes: &'a [u8],
    more: impl FnOnce(&mut BoundarySource<'a>),
) -> Result<(BoundarySet, Findings), Findings> {
    let mut source = BoundarySource {
        file: "map.shp",
        bytes,
        ..BoundarySource::default()
    };
    more(&mut source);
    BoundarySet::read(&source)
}

fn read(bytes: &[u8]) -> Result<(BoundarySet, Findings), Findings> {
    read_with(bytes, |_| ())
}

fn codes(told: Result<(BoundarySet, Findings), Findings>) -> Vec<&'static str> {
    told.unwrap_err().0.iter().map(|f| f.code).collect()
}

/// Holds a map against the two squares.
fn expect_squares(read: Result<(BoundarySet, Findings), Findings>, kind: Kind) {
    let (set, findings) = read.unwrap();
    assert_eq!((findings, set.kind), (Findings::default(), kind));
    let places: Vec<(&str, &str)> = set.places.iter().map(|p| (p.code.as_str(), p.name.as_str())).collect();
    assert_eq!(places, made::SQUARES.map(|(_, _, code, name)| (code, name)).to_vec());
    assert_eq!(set.coverage.area_m2(0), 1e8);
    let borders = set.coverage.borders();
    assert_eq!(
        (borders.len(), borders[0].length.metres(), borders[0].kind.word()),
        (1, 1e4, "exact")
    );
}

#[test]
fn every_format_gives_the_same_map() {
    expect_squares(read(&made::geopackage(&["areas"])), Kind::GeoPackage);
    expect_squares(read(&made::flatgeobuf()), Kind::FlatGeobuf);
    let parts = made::shapefile("map");
    expect_squares(read_with(&parts[0].1, |s| s.beside = &parts), Kind::Shapefile);
    let files: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    expect_squares(read(&archive::zipped(&files)), Kind::Shapefile);
    let inner = made::geopackage(&["areas"]);
    expect_squares(
        read(&archive::zipped(&[("readme.txt", b"x"), ("in/map.gpkg", &inner)])),
        Kind::GeoPackage,
    );
}

#[test]
fn a_shapefile_needs_its_table_but_not_its_index_nor_its_system() {
    let parts = made::shapefile("map");
    assert_eq!(codes(read(&parts[0].1)), vec!["G311"]);
    let only_table = [parts[2].clone()];
    let (set, findings) = read_with(&parts[0].1, |s| s.beside = &only_table).unwrap();
    assert_eq!(set.places.len(), 2);
    let told: Vec<(&str, Severity)> = findings.0.iter().map(|f| (f.code, f.severity)).collect();
    assert_eq!(told, vec![("G305", Severity::Note)]);
    assert_eq!(codes(read(&parts[1].1)), vec!["G302"]);
    assert_eq!(codes(read(&parts[2].1)), vec!["G302"]);
}

#[test]
fn the_encoding_that_a_cpg_names_is_taken_or_refused() {
    let with = |label: &str| {
        let mut parts = made::shapefile("map");
        parts.push(("map.cpg".into(), label.as_bytes().to_vec()));
        parts
    };
    for (label, name) in [
        ("1252", "Ynys Môn"),
        ("ISO-8859-1", "Ynys Môn"),
        ("UTF-8", "Ynys M\u{fffd}n"),
    ] {
        let parts = with(label);
        let (set, _) = read_with(&parts[0].1, |s| s.beside = &parts).unwrap();
        assert_eq!(set.places[0].name, name);
    }
    let parts = with("KLINGON");
    assert_eq!(codes(read_with(&parts[0].1, |s| s.beside = &parts)), vec!["G301"]);
}

#[test]
fn one_of_several_layers_is_chosen_by_name() {
    let bytes = made::geopackage(&["areas", "regions"]);
    let told = read(&bytes).unwrap_err();
    assert!(
        told.0[0].code == "G308" && told.0[0].message.contains("areas, regions"),
        "{told}"
    );
    expect_squares(read_with(&bytes, |s| s.layer = Some("regions")), Kind::GeoPackage);
    assert_eq!(codes(read_with(&bytes, |s| s.layer = Some("x"))), vec!["G308"]);
    let (one, other) = (made::geopackage(&["areas"]), made::flatgeobuf());
    let zipped = archive::zipped(&[("one.gpkg", &one), ("other.fgb", &other)]);
    assert_eq!(codes(read(&zipped)), vec!["G308"]);
    expect_squares(read_with(&zipped, |s| s.layer = Some("other")), Kind::FlatGeobuf);
    assert_eq!(codes(read(&archive::zipped(&[("a.csv", b"x")]))), vec!["G302"]);
    assert_eq!(codes(read(&made::geopackage(&[]))), vec!["G309"]);
}

#[test]
fn shapes_and_rows_that_do_not_belong_together_are_told() {
    let (parts, mut beside) = (made::shapefile("map"), made::shapefile("map"));
    // A table that counts one row only.
    beside[2].1[4] = 1;
    let told = read_with(&parts[0].1, |s| s.beside = &beside).unwrap_err();
    assert!(
        told.0[0].code == "G301" && told.0[0].message.contains("2 shapes and a table of 1 rows"),
        "{told}"
    );
}

#[test]
fn no_broken_file_stops_the_program() {
    let parts = made::shapefile("map");
    let files: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let whole = [
        made::geopackage(&["areas"]),
        made::flatgeobuf(),
        archive::zipped(&files),
        parts[0].1.clone(),
        parts[2].1.clone(),
    ];
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for bytes in &whole {
        for _ in 0..400 {
            let mut broken = bytes.clone();
            for _ in 0..random.random_range(1..6) {
                let at = random.random_range(0..broken.len());
                broken[at] = random.random();
            }
            if random.random_range(0..4) == 0 {
                broken.truncate(random.random_range(0..broken.len()));
            }
            // What comes of it does not matter, as long as something does.
            let _ = read(&broken);
            let beside = [
                ("map.dbf".to_string(), broken.clone()),
                ("map.shx".to_string(), parts[1].1.clone()),
            ];
            let _ = read_with(&parts[0].1, |s| s.beside = &beside);
            let _ = read_with(&broken, |s| s.beside = &parts);
        }
    }
}
