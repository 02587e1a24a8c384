//! A BoundarySet is a boundary file made ready: areas in code order, on a plane, with shared arcs.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::layer::{Columns, Feature, Layer, Property};
use super::{coordinates, geojson, topojson};
use crate::domain::{AreaCode, Finding, Findings, Point};
use crate::geo::{Coverage, Frame, Labels, Rigour, Shape, Vertex};

/// A boundary file to read.
#[derive(Clone, Copy, Debug)]
pub struct BoundarySource<'a> {
    /// What to call it in messages and provenance.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Coordinate reference system, where it is not the one that the file names or its format prescribes.
    pub crs: Option<&'a str>,
    /// Which object of a TopoJSON file with several.
    pub layer: Option<&'a str>,
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
    /// Where the file comes from.
    pub provenance: Provenance,
    /// What the file is called.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl BoundarySet {
    /// Reads GeoJSON or TopoJSON. The findings that come with a set are warnings and notes.
    ///
    /// # Errors
    /// Every fault of the file: what cannot be read at all (G30x), areas without code or with the same one, coordinates of
    /// another system, and all that [`Coverage::build`] finds.
    pub fn read(source: &BoundarySource<'_>) -> Result<(Self, Findings), Findings> {
        Self::read_with(source, Rigour::Strict)
    }

    /// As [`read`](Self::read), with a choice of what becomes of rings that touch themselves.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_with(source: &BoundarySource<'_>, rigour: Rigour) -> Result<(Self, Findings), Findings> {
        let layer = layer_of(source)?;
        let mut findings = Findings::default();
        let columns = layer.columns();
        let mut features = identified(source.file, &layer, &columns, &mut findings);
        // A geometry that is no polygon is told as such, not as an area without geometry.
        features.retain(|(_, f)| f.other_geometry.is_none());
        let plane = coordinates::on_plane(source, &layer, &mut findings);
        let Some(plane) = plane else { return Err(findings) };
        let shapes: Vec<Shape> = features.iter().map(|(_, f)| plane.shape(f)).collect();
        let names: Vec<String> = features
            .iter()
            .map(|(code, f)| format!("feature {} ({code})", f.number))
            .collect();
        let locate = |v: Vertex| plane.locate(v);
        let labels = Labels {
            file: source.file,
            names: &names,
            locate: &locate,
        };
        let coverage = match Coverage::build(&shapes, rigour, &labels) {
            Ok((coverage, notes)) => {
                findings.extend(notes);
                coverage
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
            frame: plane.frame,
            provenance: provenance(source.file, &layer.metadata),
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

/// Tells the format by the content and reads it.
fn layer_of(source: &BoundarySource<'_>) -> Result<Layer, Findings> {
    let other = match source.bytes {
        [b'P', b'K', 3, 4, ..] => Some("a zip archive, perhaps of a shapefile"),
        [0, 0, 0x27, 0x0a, ..] => Some("a shapefile"),
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => Some("a GeoPackage"),
        _ => None,
    };
    if let Some(kind) = other {
        let help = "convert it to GeoJSON in WGS84, for example: ogr2ogr -t_srs EPSG:4326 areas.geojson FILE";
        let message = format!("is {kind}, which this version does not read");
        return Err(Finding::error("G302", source.file, message, help).into());
    }
    let text = std::str::from_utf8(source.bytes).map_err(|e| {
        let help = "save it as GeoJSON or TopoJSON in UTF-8";
        Finding::error("G301", source.file, format!("is not text in UTF-8: {e}"), help)
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let layer = match kind_of(source.file, text)?.as_str() {
        "Topology" => topojson::read(source.file, text, source.layer)?,
        _ => geojson::read(source.file, text)?,
    };
    if layer.features.is_empty() {
        return Err(Finding::error(
            "G309",
            source.file,
            "holds no area",
            "check that the right file is named",
        )
        .into());
    }
    Ok(layer)
}

/// The `type` member of the outermost object.
fn kind_of(file: &str, text: &str) -> Result<String, Finding> {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    serde_json::from_str::<Kind>(text).map(|k| k.kind).map_err(|e| {
        let help = "boundaries are read from GeoJSON or TopoJSON";
        Finding::error("G301", file, format!("is no JSON with a type: {e}"), help)
    })
}

/// Features with their codes, in code order; a code that is missing or stands twice is a finding.
fn identified<'a>(
    file: &str,
    layer: &'a Layer,
    columns: &Columns,
    findings: &mut Findings,
) -> Vec<(AreaCode, &'a Feature)> {
    let code_of = |f: &Feature| columns.code.as_ref().map_or_else(|| f.id.clone(), |key| f.text(key));
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
    let mut features: Vec<(AreaCode, &Feature)> = layer
        .features
        .iter()
        .map(|f| {
            (
                AreaCode::new(&code_of(f).unwrap_or_else(|| format!("feature {}", f.number))),
                f,
            )
        })
        .collect();
    features.sort_by(|a, b| a.0.cmp(&b.0));
    for same in features.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let numbers: Vec<String> = same.iter().map(|(_, f)| f.number.to_string()).collect();
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

fn provenance(file: &str, metadata: &BTreeMap<String, String>) -> Provenance {
    let member = |key: &str| metadata.get(key).cloned().unwrap_or_default();
    Provenance {
        title: metadata.get("title").cloned().unwrap_or_else(|| file.to_string()),
        source: member("source"),
        licence: member("licence"),
        attribution: member("attribution"),
        vintage: member("vintage"),
    }
}
