//! Building the districts of 2016 from the small areas (LSOA) of 2011 that nest in them.

use std::collections::{BTreeMap, HashMap};

use super::boundary::BoundarySource;
use super::layer::{Feature, Layer};
use super::sniff::Kind;
use super::table::Table;
use super::topojson::{DatasetArea, DatasetMetadata, write_dataset};
use super::{coordinates, geojson, sha256};
use crate::domain::{Finding, Findings, Point};
use crate::geo::{Coverage, Labels, Rigour, Shape, Target, Vertex};

/// What a data set is built from.
#[derive(Clone, Copy, Debug)]
pub struct LadBuild<'a> {
    /// Name of the data set, such as `lad-2016`.
    pub name: &'a str,
    /// GeoJSON of the small areas, with `LSOA11CD`, `LSOA11NM`, `BNG_E` and `BNG_N`.
    pub small_areas: BoundarySource<'a>,
    /// File name and content of `area_code,area_name`.
    pub areas: (&'a str, &'a [u8]),
    /// File name and content of `source_name,area_name,reason`: names that the small areas have otherwise.
    pub names: (&'a str, &'a [u8]),
    /// The greatest number of vertices; without it every vertex is kept.
    pub points: Option<usize>,
}

/// A data set that has been built.
#[derive(Clone, Debug)]
pub struct BuiltDataset {
    /// The TopoJSON text: equal bytes for equal input.
    pub text: String,
    /// Number of small areas read.
    pub small_areas: usize,
    /// Number of districts.
    pub areas: usize,
    /// Number of common borders.
    pub borders: usize,
    /// Vertices before simplifying.
    pub points_before: usize,
    /// Vertices after it.
    pub points: usize,
}

impl LadBuild<'_> {
    /// Merges the small areas into districts and simplifies them on shared arcs.
    ///
    /// # Errors
    /// Every fault of the inputs: those of boundary files, a small area of no known district (M401), a district without
    /// small area (M402).
    pub fn run(&self) -> Result<(BuiltDataset, Findings), Findings> {
        let text = std::str::from_utf8(self.small_areas.bytes).map_err(|e| {
            Finding::error(
                "G301",
                self.small_areas.file,
                format!("is not text in UTF-8: {e}"),
                "save it as GeoJSON",
            )
        })?;
        let layer = geojson::read(self.small_areas.file, text)?;
        let districts = Districts::read(self.areas, self.names)?;
        let (labels, mut findings) = districts.label(self.small_areas.file, &layer);
        let small = self.coverage(&layer, &mut findings)?;
        if findings.has_errors() {
            return Err(findings);
        }
        let merged = small.dissolve(&labels, districts.names.len());
        let coverage = match self.points {
            Some(points) => merged.simplify(Target::Points(points)),
            None => merged.clone(),
        };
        let areas = districts.areas(&layer, &labels);
        let metadata = self.metadata(&coverage, &merged);
        let built = BuiltDataset {
            text: write_dataset(self.name, &metadata, &areas, &coverage),
            small_areas: layer.features.len(),
            areas: areas.len(),
            borders: coverage.borders().len(),
            points_before: merged.points(),
            points: coverage.points(),
        };
        findings.gate(built)
    }

    fn coverage(&self, layer: &Layer, findings: &mut Findings) -> Result<Coverage, Findings> {
        let Some(mut plane) = coordinates::on_plane(&self.small_areas, Kind::GeoJson, layer, None, findings) else {
            return Err(std::mem::take(findings));
        };
        let shapes: Vec<Shape> = std::mem::take(&mut plane.shapes);
        let names: Vec<String> = layer
            .features
            .iter()
            .map(|f| f.text("LSOA11CD").unwrap_or_default())
            .collect();
        let locate = |v: Vertex| plane.locate(v);
        let labels = Labels {
            file: self.small_areas.file,
            names: &names,
            locate: &locate,
        };
        let (coverage, notes) = Coverage::build(&shapes, Rigour::Mending, &labels)?;
        findings.extend(notes);
        Ok(coverage)
    }

    fn metadata(&self, coverage: &Coverage, merged: &Coverage) -> DatasetMetadata {
        let mut steps = vec![
            "district of each small area: its name LSOA11NM without the last word, with the names of source-names.csv".into(),
            "WGS84 to British National Grid by OSTN15, each vertex to the nearest 0.1 m".into(),
            "small areas merged into districts by leaving out the lines between them".into(),
            "centre of a district: the mean of the points BNG_E, BNG_N of its small areas; each of them holds about 1,500 \
             people, so it is close to the centre of population"
                .into(),
        ];
        if coverage.points() < merged.points() {
            steps.push(format!(
                "simplified on shared lines by effective area (Visvalingam and Whyatt) from {} to {} vertices; junctions \
                 stay, no two lines meet anew",
                merged.points(),
                coverage.points()
            ));
        }
        DatasetMetadata {
            title: "Local authority districts, England and Wales, December 2016".into(),
            vintage: "2016-12".into(),
            crs: "EPSG:27700".into(),
            source: "Office for National Statistics: LSOA (Dec 2011) Boundaries Super Generalised Clipped (BSC) EW V3"
                .into(),
            source_sha256: sha256(self.small_areas.bytes),
            licence: "Open Government Licence v3.0".into(),
            attribution:
                "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains \
                          OS data © Crown copyright and database right 2016."
                    .into(),
            steps,
        }
    }
}

/// The districts to build, in code order.
struct Districts {
    codes: Vec<String>,
    names: Vec<String>,
    /// District by its name in the small areas.
    by_source_name: HashMap<String, usize>,
    file: String,
}

impl Districts {
    fn read(areas: (&str, &[u8]), names: (&str, &[u8])) -> Result<Self, Findings> {
        let table = Table::read(areas.0, areas.1, &["area_code", "area_name"])?;
        let aliases = Table::read(names.0, names.1, &["source_name", "area_name"])?;
        let mut rows = pairs(&table, "area_code", "area_name");
        rows.sort();
        let by_name: BTreeMap<&String, usize> = rows.iter().enumerate().map(|(k, (_, name))| (name, k)).collect();
        let mut by_source_name: HashMap<String, usize> =
            by_name.iter().map(|(name, &k)| ((*name).clone(), k)).collect();
        for (source, name) in pairs(&aliases, "source_name", "area_name") {
            by_source_name.extend(by_name.get(&name).map(|&k| (source, k)));
        }
        let (codes, names) = rows.into_iter().unzip();
        Ok(Self {
            codes,
            names,
            by_source_name,
            file: areas.0.to_string(),
        })
    }

    /// The district of each small area.
    fn label(&self, file: &str, layer: &Layer) -> (Vec<Option<usize>>, Findings) {
        let mut findings = Findings::default();
        let labels: Vec<Option<usize>> = layer
            .features
            .iter()
            .map(|f| self.by_source_name.get(&source_name(f)).copied())
            .collect();
        for (feature, _) in layer.features.iter().zip(&labels).filter(|(_, label)| label.is_none()) {
            let subject = format!("{file} feature {}", feature.number);
            let message = format!("its district {:?} is not in {}", source_name(feature), self.file);
            let help = "add the name to the table of source names";
            findings.push(Finding::error("M401", subject, message, help));
        }
        for (k, name) in self
            .names
            .iter()
            .enumerate()
            .filter(|&(k, _)| !labels.contains(&Some(k)))
        {
            let message = format!("{name} has no small area in {file}");
            let help = "check its name, and add it to the table of source names if the source has another";
            findings.push(Finding::error(
                "M402",
                format!("{} {}", self.file, self.codes[k]),
                message,
                help,
            ));
        }
        (labels, findings)
    }

    fn areas(&self, layer: &Layer, labels: &[Option<usize>]) -> Vec<DatasetArea> {
        let mut sums = vec![(0.0, 0.0, 0.0); self.codes.len()];
        for (feature, label) in layer.features.iter().zip(labels) {
            if let (Some(k), Some(e), Some(n)) = (*label, feature.number("BNG_E"), feature.number("BNG_N")) {
                sums[k] = (sums[k].0 + e, sums[k].1 + n, sums[k].2 + 1.0);
            }
        }
        let area = |(k, (e, n, count)): (usize, (f64, f64, f64))| DatasetArea {
            code: self.codes[k].clone(),
            name: self.names[k].clone(),
            centre: Point {
                easting: e / count,
                northing: n / count,
            },
        };
        sums.into_iter().enumerate().map(area).collect()
    }
}

fn pairs(table: &Table, first: &str, second: &str) -> Vec<(String, String)> {
    let (Some(a), Some(b)) = (table.column(first), table.column(second)) else {
        return Vec::new();
    };
    table
        .rows
        .iter()
        .map(|row| (row.cells[a].to_string(), row.cells[b].to_string()))
        .collect()
}

/// `City of London 001A` is in the City of London.
fn source_name(feature: &Feature) -> String {
    let name = feature.text("LSOA11NM").unwrap_or_default();
    name.rsplit_once(' ')
        .map(|(district, _)| district.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::BoundarySet;
    use serde_json::json;

    const AREAS: &[u8] = b"area_code,area_name\nE2,North Place\nE1,\"South Place, City of\"\n";
    const NAMES: &[u8] = b"source_name,area_name,reason\nSouth Place,\"South Place, City of\",short form\n";

    /// Small areas in a row of squares of a hundredth of a degree.
    fn small_areas(names: &[&str]) -> String {
        let feature = |(k, name): (usize, &&str)| {
            let (west, east) = (-2.0 + 0.01 * k as f64, -2.0 + 0.01 * (k + 1) as f64);
            let ring = json!([[west, 52.0], [east, 52.0], [east, 52.01], [west, 52.01], [west, 52.0]]);
            json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] }, "properties": {
                "LSOA11CD": format!("E0100000{k}"), "LSOA11NM": name, "BNG_E": 400_000 + 1000 * k, "BNG_N": 250_000 } })
        };
        json!({ "type": "FeatureCollection", "features": names.iter().enumerate().map(feature).collect::<Vec<_>>() })
            .to_string()
    }

    fn build(text: &str) -> Result<(BuiltDataset, Findings), Findings> {
        let small_areas = BoundarySource {
            file: "small.geojson",
            bytes: text.as_bytes(),
            ..BoundarySource::default()
        };
        LadBuild {
            name: "test",
            small_areas,
            areas: ("areas.csv", AREAS),
            names: ("names.csv", NAMES),
            points: None,
        }
        .run()
    }

    #[test]
    fn small_areas_merge_into_districts_in_code_order_with_the_mean_of_their_points() {
        let text = small_areas(&["South Place 001A", "South Place 001B", "North Place 001A"]);
        let (built, _) = build(&text).unwrap();
        assert_eq!((built.small_areas, built.areas, built.borders), (3, 2, 1));
        let source = BoundarySource {
            file: "test.json",
            bytes: built.text.as_bytes(),
            ..BoundarySource::default()
        };
        let (set, findings) = BoundarySet::read(&source).unwrap();
        assert_eq!(findings, Findings::default());
        let first = &set.places[0];
        assert_eq!(
            (first.code.as_str(), first.name.as_str()),
            ("E1", "South Place, City of")
        );
        assert_eq!((first.centre.easting, first.centre.northing), (400_500.0, 250_000.0));
        assert!((set.coverage.area_m2(0) / set.coverage.area_m2(1) - 2.0).abs() < 1e-3);
        assert_eq!(set.provenance.vintage, "2016-12");
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let text = small_areas(&["North Place 001A", "South Place 001A", "North Place 001B"]);
        assert_eq!(build(&text).unwrap().0.text, build(&text).unwrap().0.text);
    }

    #[test]
    fn a_district_that_is_not_known_and_one_without_land_are_told_together() {
        let told = build(&small_areas(&["Elsewhere 001A", "South Place 001A"])).unwrap_err();
        let found: Vec<(&str, &str)> = told.0.iter().map(|f| (f.code, f.subject.as_str())).collect();
        assert_eq!(
            found,
            vec![("M401", "small.geojson feature 1"), ("M402", "areas.csv E2")]
        );
    }
}
