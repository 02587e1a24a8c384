//! GeoJSON (RFC 7946) as a layer: a collection of features with polygons.

use ::geojson::feature::Id;
use ::geojson::{GeoJson, GeometryValue, Position};

use super::layer::{Feature, Layer, RawPolygon, legacy_crs, properties, texts};
use crate::domain::Finding;

/// Reads the text of a GeoJSON file.
pub(super) fn read(file: &str, text: &str) -> Result<Layer, Finding> {
    let parsed: GeoJson = text.parse().map_err(|e| {
        let help = "export the layer again as GeoJSON; mapshaper or QGIS do so";
        Finding::error("G301", file, format!("is not GeoJSON that can be read: {e}"), help)
    })?;
    let GeoJson::FeatureCollection(collection) = parsed else {
        let help = "put the areas into one FeatureCollection, each with a code among its properties";
        return Err(Finding::error("G301", file, "is no FeatureCollection", help));
    };
    let members = collection.foreign_members.as_ref();
    Ok(Layer {
        crs: legacy_crs(members.and_then(|m| m.get("crs"))),
        metadata: texts(members.and_then(|m| m.get("metadata"))),
        features: collection
            .features
            .into_iter()
            .enumerate()
            .map(|(k, f)| feature(k + 1, f))
            .collect(),
    })
}

fn feature(number: usize, raw: ::geojson::Feature) -> Feature {
    let mut feature = Feature {
        number,
        id: raw.id.and_then(|id| match id {
            Id::String(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
            // A number is a row of the table that the file was made from, not an identity.
            _ => None,
        }),
        properties: raw
            .properties
            .as_ref()
            .map(|p| properties(p.iter()))
            .unwrap_or_default(),
        ..Feature::default()
    };
    match raw.geometry.map(|g| g.value) {
        None => {}
        Some(GeometryValue::Polygon { coordinates }) => feature.polygons = vec![polygon(coordinates)],
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            feature.polygons = coordinates.into_iter().map(polygon).collect();
        }
        Some(other) => feature.other_geometry = Some(other.type_name().to_string()),
    }
    feature
}

/// Heights, where given, are dropped.
fn polygon(rings: Vec<Vec<Position>>) -> RawPolygon {
    rings
        .into_iter()
        .map(|ring| ring.into_iter().map(|p| [p[0], p[1]]).collect())
        .collect()
}
