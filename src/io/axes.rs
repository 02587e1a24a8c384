//! Axes of single features: one that has latitude first among others that have not, and codes of Great Britain that lie abroad.

use super::boundary::BoundarySource;
use super::crs::System;
use super::delimited::is_code;
use super::layer::{Columns, Feature, Layer};
use crate::domain::words::{count, list};
use crate::domain::{Finding, Findings};

/// Degrees of longitude and latitude within which Great Britain lies, with its sea.
const BRITAIN: ([f64; 2], [f64; 2]) = ([-14.0, 49.0], [3.0, 62.0]);

/// Turns features round that have latitude first, where all others lie in Great Britain and these would too. A layer that is
/// of one kind throughout, or not in degrees, is left to the reading of the whole.
///
/// # Errors
/// `G305` where an area lies abroad that is in Great Britain by its code.
pub(super) fn righted(source: &BoundarySource<'_>, columns: &Columns, layer: &mut Layer) -> Result<Findings, Finding> {
    let mut findings = Findings::default();
    let placed = |layer: &Layer, wanted: fn(&Feature) -> bool| -> Vec<usize> {
        let features = layer.features.iter().enumerate();
        let found = features.filter(|(_, f)| f.coordinates().next().is_some() && wanted(f));
        found.map(|(k, _)| k).collect()
    };
    let all = placed(layer, |_| true).len();
    let home = placed(layer, |f| f.coordinates().all(is_home)).len();
    let turned = placed(layer, |f| f.coordinates().all(|[x, y]| is_home([y, x])));
    let degrees = placed(layer, |f| f.coordinates().all(are_degrees)).len();
    // Numbers that are no degrees are of another system, and a layer that is turned round as a whole is read as a whole.
    if home == all || turned.len() == all || degrees < all || is_declared_otherwise(source, layer) {
        return Ok(findings);
    }
    if home + turned.len() == all {
        let names: Vec<String> = turned.iter().map(|&k| named(&layer.features[k], columns)).collect();
        for &k in &turned {
            layer.features[k]
                .polygons
                .iter_mut()
                .flatten()
                .flatten()
                .for_each(|point| point.swap(0, 1));
        }
        findings.push(swapped(source.file, &names));
        return Ok(findings);
    }
    let abroad = layer
        .features
        .iter()
        .filter(|f| columns.code_of(f).is_some_and(|code| is_british(&code)));
    let abroad = abroad.filter(|f| !f.coordinates().any(is_home) && f.coordinates().next().is_some());
    let names: Vec<String> = abroad.map(|f| named(f, columns)).collect();
    if names.is_empty() {
        Ok(findings)
    } else {
        Err(misplaced(source.file, &names))
    }
}

/// Whether the user or the file names a system other than degrees.
fn is_declared_otherwise(source: &BoundarySource<'_>, layer: &Layer) -> bool {
    let name = source.crs.or(layer.crs.as_deref());
    name.is_some_and(|name| System::named(name) != Some(System::Degrees))
}

fn is_home([x, y]: [f64; 2]) -> bool {
    let (low, high) = BRITAIN;
    (low[0]..=high[0]).contains(&x) && (low[1]..=high[1]).contains(&y)
}

fn are_degrees([x, y]: [f64; 2]) -> bool {
    x.abs() <= 180.0 && y.abs() <= 90.0
}

fn is_british(code: &str) -> bool {
    is_code(code) && code.starts_with(['E', 'W', 'S'])
}

/// A feature by number and code, with its first point.
fn named(feature: &Feature, columns: &Columns) -> String {
    let code = columns
        .code_of(feature)
        .map_or_else(String::new, |code| format!(" ({code})"));
    let [x, y] = feature.coordinates().next().unwrap_or_default();
    format!("feature {}{code} at {x}, {y}", feature.number)
}

fn swapped(file: &str, names: &[String]) -> Finding {
    let message = format!(
        "{} latitude first, unlike the others, and {} read the other way round: {}",
        count(names.len(), "feature has", "features have"),
        if names.len() == 1 { "is" } else { "are" },
        list(names, 6)
    );
    Finding::warning(
        "G307",
        file,
        message,
        "nothing needs doing if the map is right; GeoJSON wants longitude first",
    )
}

fn misplaced(file: &str, names: &[String]) -> Finding {
    let message = format!(
        "{} abroad, though by code in Great Britain: {}",
        count(names.len(), "area lies", "areas lie"),
        list(names, 6)
    );
    Finding::error(
        "G305",
        file,
        message,
        "mend their coordinates: longitude first, in degrees",
    )
}

#[cfg(test)]
mod tests {
    use crate::domain::Findings;
    use crate::io::{BoundarySet, BoundarySource};

    /// Squares at these places, with codes of England.
    fn read(places: &[(f64, f64)]) -> Result<(BoundarySet, Findings), Findings> {
        let square = |(k, &(x, y)): (usize, &(f64, f64))| {
            let (east, north) = (x + 0.01, y + 0.01);
            format!(
                r#"{{"type":"Feature","properties":{{"LAD16CD":"E0600000{k}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{east},{y}],[{east},{north}],[{x},{north}],[{x},{y}]]]}}}}"#
            )
        };
        let features: Vec<String> = places.iter().enumerate().map(square).collect();
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        BoundarySet::read(&BoundarySource {
            file: "map",
            bytes: text.as_bytes(),
            ..BoundarySource::default()
        })
    }

    #[test]
    fn one_feature_with_latitude_first_is_turned_round_and_told() {
        let (set, findings) = read(&[(-1.6, 52.0), (52.0, -1.59), (-1.58, 52.0)]).unwrap();
        let told = findings.0.iter().find(|f| f.code == "G307").unwrap();
        assert!(told.message.contains("feature 2 (E06000001) at 52, -1.59"), "{told:?}");
        assert!(findings.0.iter().all(|f| f.code != "G103"), "{findings}");
        assert_eq!(set.coverage.borders().len(), 2);
    }

    #[test]
    fn a_code_of_great_britain_abroad_is_an_error() {
        let faults = read(&[(-1.6, 52.0), (8.0, 47.0)]).unwrap_err();
        assert_eq!(faults.0[0].code, "G305");
        assert!(
            faults.0[0].message.contains("1 area lies abroad") && faults.0[0].message.contains("feature 2"),
            "{faults}"
        );
        assert!(
            read(&[(-1.6, 52.0), (-1.59, 52.0)])
                .unwrap()
                .1
                .0
                .iter()
                .all(|f| f.code != "G307")
        );
    }
}
