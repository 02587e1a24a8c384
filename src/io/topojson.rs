//! TopoJSON as a layer, and the boundary data sets of this project as TopoJSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::geojson::Position;
use super::layer::{Feature, Layer, RawPolygon, choose, legacy_crs, not_crowded, properties, texts, too_much};
use crate::domain::{Finding, Point};
use crate::geo::{ArcRef, Coverage, Part, Vertex};

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<Position>>,
    objects: BTreeMap<String, Object>,
    transform: Option<Transform>,
    crs: Option<Value>,
    metadata: Option<Value>,
    /// Of canonical files: pairs of codes whose lines only lay on each other in the source.
    #[serde(default)]
    partial_borders: Vec<[String; 2]>,
}

/// Quantised coordinates: value × scale + translate, each vertex given as the step from the one before.
#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// A geometry, or a collection of them.
#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    geometries: Vec<Object>,
    arcs: Option<Value>,
    id: Option<Value>,
    #[serde(default)]
    properties: Option<Map<String, Value>>,
}

/// Reads the text of a TopoJSON file. `object` chooses one of its objects where there are several.
pub(super) fn read(file: &str, text: &str, object: Option<&str>) -> Result<Layer, Finding> {
    not_crowded(file, text)?;
    let topology: Topology = serde_json::from_str(text).map_err(|e| {
        let help = "export the layer again as TopoJSON or GeoJSON; mapshaper does so";
        Finding::error("G301", file, format!("is not TopoJSON that can be read: {e}"), help)
    })?;
    let chosen = &topology.objects[choose(file, "object", topology.objects.keys().map(String::as_str), object)?];
    let arcs = decoded(&topology);
    let single = std::slice::from_ref(chosen);
    let geometries = if chosen.kind.as_deref() == Some("GeometryCollection") {
        &chosen.geometries
    } else {
        single
    };
    let mut room = MOST_USES * arcs.iter().map(Vec::len).sum::<usize>() + 1_000_000;
    let features = geometries
        .iter()
        .enumerate()
        .map(|(k, g)| feature(file, k + 1, g, &arcs, &mut room));
    let metadata = texts(topology.metadata.as_ref());
    Ok(Layer {
        features: features.collect::<Result<_, _>>()?,
        crs: legacy_crs(topology.crs.as_ref()).or_else(|| metadata.get("crs").cloned()),
        metadata,
        partial_borders: topology.partial_borders,
        ..Layer::default()
    })
}

/// Arcs in the coordinates of the file's system.
fn decoded(topology: &Topology) -> Vec<Vec<[f64; 2]>> {
    let decode = |arc: &Vec<Position>| match &topology.transform {
        None => arc.iter().map(|p| p.0).collect(),
        Some(Transform { scale, translate }) => {
            let mut sum = [0.0, 0.0];
            arc.iter()
                .map(|Position(step)| {
                    sum = [sum[0] + step[0], sum[1] + step[1]];
                    [sum[0] * scale[0] + translate[0], sum[1] * scale[1] + translate[1]]
                })
                .collect()
        }
    };
    topology.arcs.iter().map(decode).collect()
}

/// How often an arc may be run through on average: once for each of its sides, in a few layers and years.
const MOST_USES: usize = 64;

fn feature(
    file: &str,
    number: usize,
    object: &Object,
    arcs: &[Vec<[f64; 2]>],
    room: &mut usize,
) -> Result<Feature, Finding> {
    let broken = |e: String| {
        let message = format!("its arcs cannot be followed: {e}");
        Finding::error(
            "G301",
            format!("{file} feature {number}"),
            message,
            "export the layer again",
        )
    };
    let mut feature = Feature {
        number,
        id: object.id.as_ref().and_then(Value::as_str).map(str::to_string),
        properties: object
            .properties
            .as_ref()
            .map(|p| properties(p.iter()))
            .unwrap_or_default(),
        ..Feature::default()
    };
    let arcs_member = object.arcs.clone().unwrap_or_default();
    let polygons: Vec<Vec<Vec<i64>>> = match object.kind.as_deref() {
        Some("Polygon") => vec![serde_json::from_value(arcs_member).map_err(|e| broken(e.to_string()))?],
        Some("MultiPolygon") => serde_json::from_value(arcs_member).map_err(|e| broken(e.to_string()))?,
        None => Vec::new(),
        Some(other) => {
            feature.other_geometry = Some(other.to_string());
            Vec::new()
        }
    };
    for rings in &polygons {
        let points = rings
            .iter()
            .flatten()
            .filter_map(|&signed| Some(arc(signed, arcs)?.len()));
        *room = room.checked_sub(points.sum()).ok_or_else(|| {
            let message = format!("runs through its arcs more than {MOST_USES} times on average");
            too_much(file, message)
        })?;
        let polygon: Result<RawPolygon, String> = rings.iter().map(|ring| line(ring, arcs)).collect();
        feature.polygons.push(polygon.map_err(broken)?);
    }
    Ok(feature)
}

/// The line through arcs, each of which begins where the one before it ends.
fn line(ring: &[i64], arcs: &[Vec<[f64; 2]>]) -> Result<Vec<[f64; 2]>, String> {
    let mut line: Vec<[f64; 2]> = Vec::new();
    for &signed in ring {
        let arc = arc(signed, arcs).ok_or_else(|| format!("there is no arc {signed}"))?;
        line.pop();
        if signed < 0 {
            line.extend(arc.iter().rev());
        } else {
            line.extend(arc);
        }
    }
    Ok(line)
}

/// The arc of that number; a negative one is run backwards, `-1` being the first.
fn arc(signed: i64, arcs: &[Vec<[f64; 2]>]) -> Option<&Vec<[f64; 2]>> {
    let index = if signed < 0 { !signed } else { signed };
    arcs.get(usize::try_from(index).ok()?)
}

/// What the file says of itself. Spelled as in the `metadata` member.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct DatasetMetadata {
    /// What it is.
    pub title: String,
    /// Date of the code list, such as `2016-12`.
    pub vintage: String,
    /// Coordinate reference system, such as `EPSG:27700`.
    pub crs: String,
    /// Who made the data that it was built from, and when.
    pub source: String,
    /// SHA-256 of the file that it was built from.
    pub source_sha256: String,
    /// The licence.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
    /// What was done to the source, step by step.
    pub steps: Vec<String>,
}

/// An area of a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where its people live, as one point.
    pub centre: Point,
}

/// Writes a data set of this project: TopoJSON in decimetres of the plane, one arc and one area a line, equal bytes for
/// equal input.
pub fn write_dataset(object: &str, metadata: &DatasetMetadata, areas: &[DatasetArea], coverage: &Coverage) -> String {
    let mut text = String::from("{\"type\":\"Topology\",\n");
    let pretty = json!(metadata);
    let lines = pretty
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("  {}:{value}", json!(key)));
    let _ = write!(
        text,
        "\"metadata\":{{\n{}\n}},\n",
        lines.collect::<Vec<_>>().join(",\n")
    );
    text.push_str("\"transform\":{\"scale\":[0.1,0.1],\"translate\":[0,0]},\n");
    let geometries = areas
        .iter()
        .enumerate()
        .map(|(k, area)| geometry(area, coverage.parts(k)));
    let geometries: Vec<String> = geometries.collect();
    let _ = write!(
        text,
        "\"objects\":{{{}:{{\"type\":\"GeometryCollection\",\"geometries\":[\n{}\n]}}}},\n",
        json!(object),
        geometries.join(",\n")
    );
    let arcs: Vec<String> = coverage.arcs().iter().map(|arc| delta(&arc.points)).collect();
    let _ = write!(text, "\"arcs\":[\n{}\n]}}\n", arcs.join(",\n"));
    text
}

/// The type of the geometry of an area, and its arcs.
pub(super) fn rings(parts: &[Part]) -> (&'static str, Value) {
    let signed = |r: &ArcRef| if r.reversed { -1 - r.arc as i64 } else { r.arc as i64 };
    let arcs: Vec<Vec<Vec<i64>>> = parts
        .iter()
        .map(|part| part.iter().map(|ring| ring.iter().map(signed).collect()).collect())
        .collect();
    match arcs.as_slice() {
        [only] => ("Polygon", json!(only)),
        _ => ("MultiPolygon", json!(arcs)),
    }
}

fn geometry(area: &DatasetArea, parts: &[Part]) -> String {
    let (kind, arcs) = rings(parts);
    let whole = |metres: f64| metres.round() as i64;
    let properties = json!({
        "code": area.code, "name": area.name,
        "easting": whole(area.centre.easting), "northing": whole(area.centre.northing),
    });
    format!("{{\"type\":\"{kind}\",\"properties\":{properties},\"arcs\":{arcs}}}")
}

/// An arc as TopoJSON writes it: its first vertex, then steps.
pub(super) fn delta(points: &[Vertex]) -> String {
    let (mut x, mut y) = (0, 0);
    let steps: Vec<String> = points
        .iter()
        .map(|p| {
            let step = format!("[{},{}]", p.x - x, p.y - y);
            (x, y) = (p.x, p.y);
            step
        })
        .collect();
    format!("[{}]", steps.join(","))
}
