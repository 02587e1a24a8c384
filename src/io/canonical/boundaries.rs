//! Canonical boundaries are a TopoJSON in decimetres of the plane: every line between two areas once, so that borders stay what they were.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::domain::{Border, BorderKind};
use crate::geo::Frame;
use crate::io::boundary::{BoundarySet, Place, Provenance};
use crate::io::crs::local_name;
use crate::io::topojson::{delta, rings};

/// Properties with a meaning of their own in a canonical file; a grouping of that name would be taken for it.
const TAKEN: [&str; 2] = ["area_code", "area_name"];

/// The text of the file: equal bytes for equal input. `object` is the name of the layer.
pub fn boundaries(object: &str, provenance: &Provenance, set: &BoundarySet) -> String {
    let head = json!({
        "attribution": provenance.attribution, "crs": crs(&set.frame), "licence": provenance.licence,
        "source": provenance.source, "title": provenance.title, "vintage": provenance.vintage,
    });
    let geometries: Vec<String> = (0..set.places.len()).map(|area| geometry(set, area)).collect();
    let arcs: Vec<String> = set.coverage.arcs().iter().map(|arc| delta(&arc.points)).collect();
    let mut text = format!("{{\"type\":\"Topology\",\n\"metadata\":{head},\n");
    text.push_str("\"transform\":{\"scale\":[0.1,0.1],\"translate\":[0,0]},\n");
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        "\"partial_borders\":{},\n\"objects\":{{{}:{{\"type\":\"GeometryCollection\",\"geometries\":[\n{}\n]}}}},\n\"arcs\":[\n{}\n]}}\n",
        json!(partial(set)),
        json!(object),
        geometries.join(",\n"),
        arcs.join(",\n")
    );
    text
}

/// Whether two sets have the same areas and the same common borders: pairs, kinds, and lengths to the decimetre.
pub fn same_borders(one: &BoundarySet, other: &BoundarySet) -> bool {
    let alike = |a: &Border, b: &Border| {
        (a.from, a.to, a.kind) == (b.from, b.to, b.kind) && (a.length.metres() - b.length.metres()).abs() < 0.15
    };
    let (left, right) = (one.coverage.borders(), other.coverage.borders());
    let codes = |set: &BoundarySet| set.places.iter().map(|place| place.code.clone()).collect::<Vec<_>>();
    codes(one) == codes(other) && left.len() == right.len() && left.iter().zip(&right).all(|(a, b)| alike(a, b))
}

fn crs(frame: &Frame) -> String {
    match frame {
        Frame::BritishNationalGrid => "EPSG:27700".into(),
        Frame::Local(local) => local_name(local.lon, local.lat),
    }
}

/// Pairs of codes whose lines only lay on each other in the source. In a canonical file neighbours always share their line, so it has to be said.
fn partial(set: &BoundarySet) -> Vec<[&str; 2]> {
    let borders = set.coverage.borders();
    let partial = borders.iter().filter(|border| border.kind == BorderKind::Partial);
    let code = |place: usize| set.places[place].code.as_str();
    partial.map(|border| [code(border.from), code(border.to)]).collect()
}

fn geometry(set: &BoundarySet, area: usize) -> String {
    let (kind, arcs) = rings(set.coverage.parts(area));
    let properties = properties(&set.places[area], set.coverage.centroid(area));
    format!("{{\"type\":\"{kind}\",\"properties\":{properties},\"arcs\":{arcs}}}")
}

/// Code, name, groupings, and the centre where the source gave one.
fn properties(place: &Place, centroid: (f64, f64)) -> Value {
    let mut members = Map::new();
    for (key, value) in &place.groups {
        if !TAKEN.contains(&key.to_lowercase().as_str()) {
            members.insert(key.clone(), json!(value));
        }
    }
    members.insert("area_code".into(), json!(place.code.as_str()));
    members.insert("area_name".into(), json!(place.name));
    if (place.centre.easting, place.centre.northing) != centroid {
        members.insert("easting".into(), json!(place.centre.easting));
        members.insert("northing".into(), json!(place.centre.northing));
    }
    Value::Object(members)
}
