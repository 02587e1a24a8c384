//! The districts of 2016 and their tables, as they stand in the repository and inside the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use geo::Validation;
use lotwright::domain::{Adjacency, AreaCode, Findings, Link};
use lotwright::geo::{Coverage, Frame};
use lotwright::io::{BoundarySet, BoundarySource, ChangeKind, CodeChanges, Dataset, Grouping, NamedLink, sha256};

fn dataset() -> Dataset {
    Dataset::find("lad-2016", &[]).unwrap().unwrap()
}

fn districts() -> BoundarySet {
    let data = dataset();
    let file = data.boundaries.unwrap();
    let (file, bytes) = (file.name.as_str(), file.bytes.as_ref());
    let (set, findings) = BoundarySet::read(&BoundarySource {
        file,
        bytes,
        ..BoundarySource::default()
    })
    .unwrap();
    assert_eq!(findings, Findings::default());
    set
}

fn changes() -> CodeChanges {
    dataset().changes().unwrap()
}

fn table(file: &str) -> Grouping {
    let name = format!("boundaries/lad-2016/{file}");
    dataset()
        .groupings()
        .unwrap()
        .into_iter()
        .find(|g| g.file == name)
        .unwrap()
}

fn codes(set: &BoundarySet) -> BTreeSet<AreaCode> {
    set.places.iter().map(|p| p.code.clone()).collect()
}

#[test]
fn there_are_348_valid_shapes_without_overlap_and_878_common_borders() {
    let set = districts();
    assert_eq!(
        (set.places.len(), set.coverage.len(), set.coverage.borders().len()),
        (348, 348, 878)
    );
    for (area, place) in set.places.iter().enumerate() {
        assert!(set.coverage.multipolygon(area).is_valid(), "{place:?}");
    }
}

#[test]
fn three_areas_have_no_border_and_a_link_reaches_each() {
    let set = districts();
    let table = dataset().links().unwrap();
    let end = |code: &AreaCode| set.find(code).unwrap();
    let join = |row: &NamedLink| Link {
        from: end(&row.from),
        to: end(&row.to),
        kind: row.kind.clone(),
        name: row.name.clone(),
    };
    let links: Vec<Link> = table.rows.iter().map(join).collect();
    assert_eq!(links.len(), 24);
    let graph = Adjacency::new(set.places.len(), set.coverage.borders(), links);
    let islands: Vec<&str> = graph
        .islands()
        .into_iter()
        .map(|k| set.places[k].code.as_str())
        .collect();
    assert_eq!(islands, vec!["E06000046", "E06000053", "W06000001"]);
    assert_eq!(graph.components().len(), 1);
}

/// Land of the countries by the Standard Area Measurements of the ONS, in km²: 130,279 and 20,736. Generalised coasts may
/// differ by half a per cent.
#[test]
fn the_land_of_england_and_wales_is_as_large_as_it_should_be() {
    let set = districts();
    let country = table("country.csv");
    let mut land: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &country.rows {
        let area = set.find(&row.code).unwrap();
        *land.entry(row.value.as_str()).or_default() += set.coverage.area_m2(area) / 1e6;
    }
    for (name, km2) in [("England", 130_279.0), ("Wales", 20_736.0)] {
        assert!((land[name] / km2 - 1.0).abs() < 0.005, "{name}: {} km²", land[name]);
    }
}

#[test]
fn dissolved_regions_keep_the_land_and_touch_as_on_any_map() {
    let set = districts();
    let region = table("region.csv");
    let names = region.values();
    let label = |code: &AreaCode| {
        let row = region.rows.iter().find(|row| row.code == *code)?;
        names.iter().position(|name| *name == row.value)
    };
    let labels: Vec<Option<usize>> = set.places.iter().map(|p| label(&p.code)).collect();
    let regions = set.coverage.dissolve(&labels, names.len());
    let land = |c: &Coverage, some: &dyn Fn(usize) -> bool| {
        (0..c.len()).filter(|&a| some(a)).map(|a| c.area_m2(a)).sum::<f64>()
    };
    assert!((land(&regions, &|_| true) - land(&set.coverage, &|a| labels[a].is_some())).abs() < 1.0);
    let neighbours: BTreeSet<&str> = regions
        .borders()
        .iter()
        .filter(|b| names[b.from] == "North East" || names[b.to] == "North East")
        .map(|b| {
            if names[b.from] == "North East" {
                names[b.to]
            } else {
                names[b.from]
            }
        })
        .collect();
    assert_eq!(neighbours, BTreeSet::from(["North West", "Yorkshire and The Humber"]));
}

#[test]
fn simpler_districts_have_the_same_borders() {
    let set = districts();
    let pairs = |c: &Coverage| c.borders().iter().map(|b| (b.from, b.to)).collect::<Vec<_>>();
    let simpler = set.coverage.simplify(lotwright::geo::Target::Points(12_000));
    assert_eq!((simpler.points(), pairs(&simpler)), (12_000, pairs(&set.coverage)));
    assert!((0..simpler.len()).all(|area| simpler.multipolygon(area).is_valid()));
}

#[test]
fn a_centre_lies_among_the_people_of_its_area() {
    let set = districts();
    // Most people of Northumberland live in its south-eastern corner, far from its middle.
    let northumberland = set.find(&AreaCode::new("E06000057")).unwrap();
    let centre = set.places[northumberland].centre;
    let (easting, northing) = set.coverage.centroid(northumberland);
    assert!(
        centre.easting - easting > 10_000.0 && northing - centre.northing > 5_000.0,
        "{centre:?} {easting} {northing}"
    );
}

#[test]
fn every_vertex_has_a_longitude_and_latitude_in_england_or_wales() {
    let set = districts();
    assert!(matches!(set.frame, Frame::BritishNationalGrid));
    for arc in set.coverage.arcs() {
        for vertex in &arc.points {
            let (easting, northing) = vertex.metres();
            let (lon, lat) = set.frame.to_degrees(easting, northing).unwrap();
            assert!(
                (-6.42..1.77).contains(&lon) && (49.86..55.82).contains(&lat),
                "{lon} {lat}"
            );
        }
    }
}

#[test]
fn every_table_names_only_areas_of_the_map_and_the_whole_ones_name_all() {
    let set = districts();
    let known = codes(&set);
    for (file, rows, groups) in [
        ("country.csv", 348, 2),
        ("region.csv", 326, 9),
        ("county.csv", 270, 35),
        ("lep.csv", 364, 39),
        ("deal.csv", 91, 10),
        ("cpa-2017.csv", 348, 11),
        ("cpa-2021.csv", 348, 12),
    ] {
        let grouping = table(file);
        assert!(grouping.rows.iter().all(|row| known.contains(&row.code)), "{file}");
        assert_eq!((grouping.rows.len(), grouping.values().len()), (rows, groups), "{file}");
        let named: BTreeSet<AreaCode> = grouping.rows.iter().map(|m| m.code.clone()).collect();
        assert!(rows < 348 || file == "lep.csv" || named == known, "{file}");
    }
}

#[test]
fn every_english_area_is_in_a_lep_and_38_are_in_two() {
    let mut leps: BTreeMap<AreaCode, usize> = BTreeMap::new();
    for member in table("lep.csv").rows {
        *leps.entry(member.code).or_default() += 1;
    }
    assert_eq!((leps.len(), leps.values().filter(|&&n| n == 2).count()), (326, 38));
}

#[test]
fn the_copy_inside_the_program_is_the_copy_on_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(Dataset::find("lad-2016", &[root]).unwrap().unwrap(), dataset());
    assert_eq!(Dataset::embedded_names(), vec!["lad-2016"]);
    assert!(dataset().boundaries.unwrap().bytes.len() <= 600_000);
}

#[test]
fn the_readme_gives_the_checksum_of_every_file() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("boundaries/README.md")).unwrap();
    let data = dataset();
    for file in data.tables.iter().chain(&data.boundaries).chain(&data.code_changes) {
        assert!(
            readme.contains(&sha256(&file.bytes)),
            "{}: {}",
            file.name,
            sha256(&file.bytes)
        );
    }
}

#[test]
fn codes_that_gave_way_are_explained() {
    let known = codes(&districts());
    let changes = changes();
    let succeeds = |kind| matches!(kind, ChangeKind::Merged | ChangeKind::Recoded);
    // Councils of Scotland, counties and combined authorities are no districts of this data set.
    let is_district = |code: &AreaCode| {
        ["E06", "E07", "E08", "E09"]
            .iter()
            .any(|start| code.as_str().starts_with(start))
    };
    let districts = changes
        .all()
        .iter()
        .filter(|change| succeeds(change.kind) && is_district(&change.old_code));
    for change in districts {
        let of_this_vintage = if change.year > 2016 {
            change.old_code.clone()
        } else {
            // Northumberland of 2009 was recoded in 2013.
            changes.in_year(&change.new_code, 2016).swap_remove(0)
        };
        let made_since = change.year > 2016
            && changes
                .all()
                .iter()
                .any(|c| c.new_code == change.old_code && c.year > 2016);
        assert!(known.contains(&of_this_vintage) || made_since, "{change:?}");
        assert_ne!(change.kind, ChangeKind::Split, "{change:?}");
    }
    let told = changes.explain(&AreaCode::new("E06000060")).unwrap();
    assert!(
        told.contains("Aylesbury Vale (E07000004)") && told.contains("2020"),
        "{told}"
    );
    let told = changes.explain(&AreaCode::new("E06000048")).unwrap();
    assert!(
        told.contains("E06000048 is Northumberland, a code since 2009: before, it was Alnwick (E07000157)"),
        "{told}"
    );
    assert!(
        told.ends_with(
            "E06000048 is Northumberland as it was before 2013: it was recoded as Northumberland (E06000057)"
        ),
        "{told}"
    );
}
