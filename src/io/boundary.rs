//! A BoundarySet is a boundary file made ready: areas in code order, on a plane, with shared arcs.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::boundaries;
use super::coordinates;
use super::layer::{Columns, Feature, Layer, Property, RawPolygon, pairs_with_an_edge_in_common};
use super::sniff::Kind;
use crate::domain::{AreaCode, Finding, Findings, Point};
use crate::geo::{Coverage, Frame, Labels, Rigour, Shape, Vertex};

/// A boundary file to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct BoundarySource<'a> {
    /// What to call it in messages and provenance.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Coordinate reference system, where it is not the one that the file names or its format prescribes.
    pub crs: Option<&'a str>,
    /// Which layer of a file with several: an object of a TopoJSON, a table of a GeoPackage, a file of an archive.
    pub layer: Option<&'a str>,
    /// The other parts of a loose shapefile, by name: `.dbf`, `.shx`, `.prj`, `.cpg`.
    pub beside: &'a [(String, Vec<u8>)],
    /// The year to take of a layer that holds several, by its properties `start` and `end`.
    pub year: Option<i64>,
    /// Beginnings of codes; areas of other codes are not read. Empty for all.
    pub only: &'a [String],
}

impl BoundarySource<'_> {
    /// Reads the file and no further: how many areas it has, and how many points their rings have in all.
    ///
    /// # Errors
    /// What cannot be read at all (G30x).
    pub fn measure(&self) -> Result<(usize, usize), Findings> {
        let layer = boundaries::of_source(self)?.layer;
        let points = layer.features.iter().map(|feature| feature.coordinates().count());
        Ok((layer.features.len(), points.sum()))
    }
}

/// An area as a boundary file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its code.
    pub code: AreaCode,
    /// Its name; its code where the file gives none.
    pub name: String,
    /// Its `easting` and `northing` where the file gives them and the plane is the British National Grid; its centroid otherwise.
    pub centre: Point,
    /// Other properties that are text: grouping and value, such as `country` and `Wales`.
    pub groups: Vec<(String, String)>,
}

/// Where data come from, in the words of their file. What a file does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What it is.
    pub title: String,
    /// Who made it and when.
    pub source: String,
    /// The licence.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
    /// Date of the code list, such as `2016-12`.
    pub vintage: String,
}

/// Areas with their shapes: `places[k]` is area `k` of the coverage.
#[derive(Clone, Debug)]
pub struct BoundarySet {
    /// Areas in code order.
    pub places: Vec<Place>,
    /// Their shapes.
    pub coverage: Coverage,
    /// The plane of the shapes and centres.
    pub frame: Frame,
    /// The system that the coordinates of the file were read as, in words.
    pub read_as: String,
    /// Where the file comes from.
    pub provenance: Provenance,
    /// The format, by the content of the file.
    pub kind: Kind,
    /// Property with the codes; `None` where the ids of features serve.
    pub code_column: Option<String>,
    /// Property with the names.
    pub name_column: Option<String>,
    /// What the file is called.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl BoundarySet {
    /// Reads a boundary file of any [`Kind`]. The findings that come with a set are warnings and notes.
    ///
    /// # Errors
    /// Every fault of the file: what cannot be read at all (G30x), several years of which none is chosen (G312), areas without code or
    /// with the same one, coordinates of a system that cannot be told, and all that [`Coverage::build`] finds.
    pub fn read(source: &BoundarySource<'_>) -> Result<(Self, Findings), Findings> {
        Self::read_with(source, Rigour::Strict)
    }

    /// As [`read`](Self::read), with a choice of what becomes of rings that touch themselves.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_with(source: &BoundarySource<'_>, rigour: Rigour) -> Result<(Self, Findings), Findings> {
        let boundaries::Read {
            kind,
            layer,
            columns,
            told: mut findings,
        } = boundaries::of_source(source)?;

        let mut features = identified(source.file, &layer, &columns, &mut findings);
        // A geometry that is no polygon is told as such, not as an area without geometry.
        features.retain(|(_, k)| layer.features[*k].other_geometry.is_none());
        let plane = coordinates::on_plane(source, kind, &layer, None, &mut findings);
        let Some(mut plane) = plane else { return Err(findings) };
        let shapes: Vec<Shape> = features
            .iter()
            .map(|(_, k)| std::mem::take(&mut plane.shapes[*k]))
            .collect();
        let features: Vec<(AreaCode, &Feature)> = features
            .into_iter()
            .map(|(code, k)| (code, &layer.features[k]))
            .collect();
        let names: Vec<String> = features.iter().map(|(_, f)| columns.label_of(f)).collect();
        let locate = |v: Vertex| plane.locate(v);
        let labels = Labels {
            file: source.file,
            names: &names,
            locate: &locate,
        };
        let coverage = match Coverage::build(&shapes, rigour, &labels) {
            Ok((coverage, notes)) => {
                findings.extend(notes);
                let outlines: Vec<&[RawPolygon]> = features.iter().map(|(_, f)| f.polygons.as_slice()).collect();
                let mut exact = pairs_with_an_edge_in_common(&outlines);
                let code = |k: usize| features[k].0.as_str();
                let partial: BTreeSet<[&str; 2]> = layer
                    .partial_borders
                    .iter()
                    .map(|[one, other]| [one.as_str(), other.as_str()])
                    .collect();
                exact.retain(|&(one, other)| !partial.contains(&[code(one), code(other)]));
                coverage.told_exact(&exact)
            }
            Err(faults) => {
                findings.extend(faults);
                return Err(findings);
            }
        };
        let places = features
            .iter()
            .enumerate()
            .map(|(k, (code, f))| place(code, f, &columns, &plane.frame, &coverage, k))
            .collect();
        findings.gate(Self {
            places,
            coverage,
            frame: plane.frame.clone(),
            read_as: plane.read_as(),
            provenance: provenance(source, &layer.metadata),
            kind,
            code_column: columns.code.clone(),
            name_column: columns.name.clone(),
            file: source.file.to_string(),
            sha256: sha256(source.bytes),
        })
    }

    /// The area with that code.
    pub fn find(&self, code: &AreaCode) -> Option<usize> {
        self.places.binary_search_by(|p| p.code.cmp(code)).ok()
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Features with their codes, in code order; a code that is missing or stands twice is a finding.
fn identified(file: &str, layer: &Layer, columns: &Columns, findings: &mut Findings) -> Vec<(AreaCode, usize)> {
    let code_of = |f: &Feature| columns.code_of(f);
    if layer.features.iter().all(|f| code_of(f).is_none()) {
        findings.push(no_code_column(file, layer));
    } else {
        for feature in layer.features.iter().filter(|f| code_of(f).is_none()) {
            let subject = format!("{file} feature {}", feature.number);
            let column = columns.code.as_deref().unwrap_or("id");
            findings.push(Finding::error(
                "G303",
                subject,
                format!("has no code in {column}"),
                "give every area its code",
            ));
        }
    }
    let code = |f: &Feature| AreaCode::new(&code_of(f).unwrap_or_else(|| format!("feature {}", f.number)));
    let numbered = layer.features.iter().enumerate();
    let mut features: Vec<(AreaCode, usize)> = numbered.map(|(k, f)| (code(f), k)).collect();
    features.sort();
    for same in features.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let numbers: Vec<String> = same
            .iter()
            .map(|(_, k)| layer.features[*k].number.to_string())
            .collect();
        let message = format!("the code {} stands at features {}", same[0].0, numbers.join(", "));
        let help = "give each area its own code, or join the parts into one MultiPolygon";
        findings.push(Finding::error("G304", format!("{file} {}", same[0].0), message, help));
    }
    features
}

fn no_code_column(file: &str, layer: &Layer) -> Finding {
    let keys: Vec<&str> = layer.features[0].properties.keys().map(String::as_str).collect();
    let message = format!("no feature has a code; the properties are: {}", keys.join(", "));
    Finding::error(
        "G303",
        file,
        message,
        "name the column of codes area_code, or as the ONS does, such as LAD16CD",
    )
}

fn place(
    code: &AreaCode,
    feature: &Feature,
    columns: &Columns,
    frame: &Frame,
    coverage: &Coverage,
    area: usize,
) -> Place {
    // Eastings and northings are of the British National Grid; on another plane they mean nothing.
    let british = matches!(frame, Frame::BritishNationalGrid);
    let given = feature
        .number("easting")
        .zip(feature.number("northing"))
        .filter(|_| british);
    let (easting, northing) = given.unwrap_or_else(|| coverage.centroid(area));
    let name = columns
        .name
        .as_ref()
        .and_then(|key| feature.text(key))
        .unwrap_or_else(|| code.to_string());
    let taken = [columns.code.as_ref(), columns.name.as_ref()];
    let groups = feature.properties.iter().filter_map(|(key, value)| match value {
        Property::Text(text) if !taken.contains(&Some(key)) => Some((key.clone(), text.clone())),
        _ => None,
    });
    Place {
        code: code.clone(),
        name,
        centre: Point { easting, northing },
        groups: groups.collect(),
    }
}

fn provenance(source: &BoundarySource<'_>, metadata: &BTreeMap<String, String>) -> Provenance {
    let member = |key: &str| metadata.get(key).cloned().unwrap_or_default();
    Provenance {
        title: metadata
            .get("title")
            .cloned()
            .unwrap_or_else(|| source.file.to_string()),
        source: member("source"),
        licence: member("licence"),
        attribution: member("attribution"),
        vintage: source.year.map_or_else(|| member("vintage"), |year| year.to_string()),
    }
}
