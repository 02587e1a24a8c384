//! GeoJSON (RFC 7946) as a layer: a collection of features with polygons, read in one pass.

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::layer::{Feature, Layer, RawPolygon, legacy_crs, not_crowded, properties, texts};
use crate::domain::Finding;

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "features")]
    features: Vec<Feature>,
    crs: Option<Value>,
    metadata: Option<Value>,
    #[serde(rename = "exceededTransferLimit")]
    cut_short: Option<Value>,
    properties: Option<Value>,
}

#[derive(Deserialize)]
struct RawFeature {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Tree,
}

/// Reads the text of a GeoJSON file.
pub(super) fn read(file: &str, text: &str) -> Result<Layer, Finding> {
    not_crowded(file, text)?;
    let collection: Collection = serde_json::from_str(text).map_err(|e| {
        let help = "export the layer again as GeoJSON; mapshaper or QGIS do so";
        Finding::error("G301", file, format!("is not GeoJSON that can be read: {e}"), help)
    })?;
    if collection.kind != "FeatureCollection" {
        let help = "put the areas into one FeatureCollection, each with a code among its properties";
        return Err(Finding::error("G301", file, "is no FeatureCollection", help));
    }
    // Servers of Esri say it in one of two places.
    let inner = collection
        .properties
        .as_ref()
        .and_then(|own| own.get("exceededTransferLimit"));
    let cut_short = [collection.cut_short.as_ref(), inner].contains(&Some(&Value::Bool(true)));
    Ok(Layer {
        cut_short,
        crs: legacy_crs(collection.crs.as_ref()),
        metadata: texts(collection.metadata.as_ref()),
        features: collection.features,
        ..Layer::default()
    })
}

/// Features are made ready one by one, so that no more than one stands in memory twice.
fn features<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Feature>, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Vec<Feature>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list of features")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut features = Vec::new();
            while let Some(raw) = list.next_element::<RawFeature>()? {
                let number = features.len() + 1;
                features.push(feature(number, raw).map_err(A::Error::custom)?);
            }
            Ok(features)
        }
    }
    deserializer.deserialize_seq(List)
}

fn feature(number: usize, raw: RawFeature) -> Result<Feature, String> {
    let mut feature = Feature {
        number,
        id: raw.id.and_then(|id| match id {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
            // A number is a row of the table that the file was made from, not an identity.
            _ => None,
        }),
        properties: raw.properties.as_ref().map(properties).unwrap_or_default(),
        ..Feature::default()
    };
    let broken = |kind: &str| format!("the coordinates of feature {number} are not those of a {kind}");
    match raw.geometry.map(|g| (g.kind, g.coordinates)) {
        None => {}
        Some((kind, tree)) if kind == "Polygon" => {
            feature.polygons = match tree {
                Tree::Empty => Vec::new(),
                Tree::Rings(rings) => vec![rings],
                _ => return Err(broken("Polygon")),
            };
        }
        Some((kind, tree)) if kind == "MultiPolygon" => {
            feature.polygons = match tree {
                Tree::Empty => Vec::new(),
                Tree::Polygons(polygons) => polygons,
                _ => return Err(broken("MultiPolygon")),
            };
        }
        Some((kind, _)) => feature.other_geometry = Some(kind),
    }
    Ok(feature)
}

/// Coordinates nested as deep as their geometry has them.
#[derive(Default)]
enum Tree {
    #[default]
    Empty,
    Point([f64; 2]),
    Line(Vec<[f64; 2]>),
    Rings(Vec<Vec<[f64; 2]>>),
    Polygons(Vec<RawPolygon>),
}

/// A coordinate; heights, where given, are dropped.
pub(super) struct Position(pub [f64; 2]);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PositionVisitor).map(Position)
    }
}

struct PositionVisitor;

impl<'de> Visitor<'de> for PositionVisitor {
    type Value = [f64; 2];

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a coordinate of two numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let x = list.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        finish(x, list)
    }
}

fn finish<'de, A: SeqAccess<'de>>(x: f64, mut list: A) -> Result<[f64; 2], A::Error> {
    let y = list
        .next_element()?
        .ok_or_else(|| A::Error::invalid_length(1, &"a coordinate of two numbers"))?;
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok([x, y])
}

/// The first element of a list tells what the others are; they are then read as such.
enum First {
    Number(f64),
    Tree(Tree),
}

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FirstVisitor)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match First::deserialize(deserializer)? {
            First::Tree(tree) => Ok(tree),
            First::Number(_) => Err(D::Error::custom("coordinates are a list")),
        }
    }
}

struct FirstVisitor;

impl<'de> Visitor<'de> for FirstVisitor {
    type Value = First;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<First, E> {
        Ok(First::Number(x))
    }

    fn visit_i64<E: Error>(self, x: i64) -> Result<First, E> {
        Ok(First::Number(x as f64))
    }

    fn visit_u64<E: Error>(self, x: u64) -> Result<First, E> {
        Ok(First::Number(x as f64))
    }

    fn visit_unit<E: Error>(self) -> Result<First, E> {
        Ok(First::Tree(Tree::Empty))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<First, A::Error> {
        let first = list.next_element::<First>()?;
        Ok(First::Tree(match first {
            None => Tree::Empty,
            Some(First::Number(x)) => Tree::Point(finish(x, list)?),
            Some(First::Tree(Tree::Point(p))) => {
                let mut line = vec![p];
                while let Some(Position(p)) = list.next_element()? {
                    line.push(p);
                }
                Tree::Line(line)
            }
            Some(First::Tree(Tree::Line(line))) => Tree::Rings(rest(vec![line], list, ring)?),
            Some(First::Tree(Tree::Rings(rings))) => Tree::Polygons(rest(vec![rings], list, polygon)?),
            Some(First::Tree(Tree::Empty)) => {
                return Err(A::Error::custom("a list of coordinates is empty"));
            }
            Some(First::Tree(Tree::Polygons(_))) => {
                return Err(A::Error::custom(
                    "coordinates are nested deeper than a MultiPolygon has them",
                ));
            }
        }))
    }
}

/// The elements after the first.
fn rest<'de, A: SeqAccess<'de>, W: Deserialize<'de>, T>(
    mut found: Vec<T>,
    mut list: A,
    of: impl Fn(W) -> T,
) -> Result<Vec<T>, A::Error> {
    while let Some(next) = list.next_element::<W>()? {
        found.push(of(next));
    }
    Ok(found)
}

fn ring(line: Vec<Position>) -> Vec<[f64; 2]> {
    line.into_iter().map(|p| p.0).collect()
}

fn polygon(rings: Vec<Vec<Position>>) -> RawPolygon {
    rings.into_iter().map(ring).collect()
}
