//! The files `lots.geojson` and `areas.geojson`: RFC 7946, WGS84, with the words that licences ask for.

use ::geo::orient::{Direction, Orient};
use ::geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};
use ::geojson::feature::Id;
use ::geojson::{Feature, FeatureCollection, Geometry, JsonObject};
use serde_json::{Value, json};

use super::{Answer, MapArea, MapData, ReportError};

/// From metres on the British National Grid (easting, northing) to degrees of WGS84 (longitude, latitude).
pub type ToWgs84<'a> = dyn Fn(f64, f64) -> (f64, f64) + 'a;

/// The lots as a feature collection: geometry of the map, properties of the answer.
///
/// Coordinates have six decimals (0.1 m), outer rings run counter-clockwise, and common borders stay common, because a point is rounded
/// on its own. The foreign member `metadata` holds attribution, sources and provenance.
///
/// # Errors
/// [`ReportError::Mismatch`] where answer and map do not belong together.
pub fn lots_geojson(answer: &Answer, map: &MapData, to_wgs84: &ToWgs84) -> Result<String, ReportError> {
    map.matches(answer)?;
    let features = answer.lots.iter().zip(&map.lots).map(|(lot, drawn)| {
        let properties = object(serde_json::to_value(lot)?);
        Ok(feature(&lot.lot_id, &drawn.shape, properties, to_wgs84))
    });
    collection(answer, map, features.collect::<Result<_, ReportError>>()?)
}

/// The areas as a feature collection, each with its lots and their shares of it; otherwise as [`lots_geojson`].
///
/// # Errors
/// [`ReportError::Mismatch`] where answer and map do not belong together.
pub fn areas_geojson(answer: &Answer, map: &MapData, to_wgs84: &ToWgs84) -> Result<String, ReportError> {
    map.matches(answer)?;
    let features = map
        .areas
        .iter()
        .map(|area| feature(&area.code, &area.shape, area_properties(answer, area), to_wgs84));
    collection(answer, map, features.collect())
}

fn area_properties(answer: &Answer, area: &MapArea) -> JsonObject {
    let lots: Vec<Value> = area
        .lots
        .iter()
        .map(|&(lot, share)| json!({ "lot_id": answer.lots[lot].lot_id, "share": share }))
        .collect();
    let main = area.lots.first().map(|&(lot, _)| &answer.lots[lot]);
    object(json!({
        "area_code": area.code,
        "name": area.name,
        "volume": area.volume,
        "lot_id": main.map(|lot| &lot.lot_id),
        "lot_name": main.map(|lot| &lot.name),
        "lots": lots,
    }))
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        other => JsonObject::from_iter([("value".to_owned(), other)]),
    }
}

fn feature(id: &str, shape: &MultiPolygon<f64>, properties: JsonObject, to_wgs84: &ToWgs84) -> Feature {
    let shape = on_the_globe(shape, to_wgs84);
    Feature {
        bbox: shape.bounding_rect().map(corners),
        geometry: geometry(&shape),
        id: Some(Id::String(id.to_owned())),
        properties: Some(properties),
        foreign_members: None,
    }
}

/// A polygon where there is one piece, a multipolygon where there are more, null where nothing is left.
fn geometry(shape: &MultiPolygon<f64>) -> Option<Geometry> {
    match shape.0.as_slice() {
        [] => None,
        [one] => Some(Geometry::new_polygon(rings(one))),
        many => Some(Geometry::new_multi_polygon(many.iter().map(rings))),
    }
}

fn rings(polygon: &Polygon<f64>) -> Vec<Vec<(f64, f64)>> {
    let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    all.map(|ring| ring.coords().map(|c| (c.x, c.y)).collect()).collect()
}

/// The shape in rounded degrees, outer rings counter-clockwise; rings that fall together in rounding are left off.
fn on_the_globe(shape: &MultiPolygon<f64>, to_wgs84: &ToWgs84) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| {
        let mut points: Vec<Coord<f64>> = ring.coords().map(|c| rounded(to_wgs84(c.x, c.y))).collect();
        points.dedup();
        (points.len() >= 4).then(|| LineString::new(points))
    };
    let polygon = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().filter_map(ring).collect();
        ring(polygon.exterior()).map(|outer| Polygon::new(outer, holes).orient(Direction::Default))
    };
    MultiPolygon(shape.iter().filter_map(polygon).collect())
}

fn rounded((longitude, latitude): (f64, f64)) -> Coord<f64> {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Coord {
        x: round(longitude),
        y: round(latitude),
    }
}

fn corners(rect: Rect<f64>) -> Vec<f64> {
    vec![rect.min().x, rect.min().y, rect.max().x, rect.max().y]
}

fn collection(answer: &Answer, map: &MapData, features: Vec<Feature>) -> Result<String, ReportError> {
    let mut metadata = JsonObject::new();
    metadata.insert("metadata".into(), provenance(answer, map));
    let all = FeatureCollection {
        bbox: bounds(&features),
        features,
        foreign_members: Some(metadata),
    };
    Ok(serde_json::to_string(&all)?)
}

fn bounds(features: &[Feature]) -> Option<Vec<f64>> {
    let boxes = features.iter().filter_map(|f| f.bbox.as_deref());
    boxes.fold(None, |whole: Option<Vec<f64>>, next| {
        let mut whole = whole.unwrap_or_else(|| next.to_vec());
        for (k, side) in whole.iter_mut().enumerate() {
            *side = if k < 2 { side.min(next[k]) } else { side.max(next[k]) };
        }
        Some(whole)
    })
}

fn provenance(answer: &Answer, map: &MapData) -> Value {
    let sources: Vec<Value> = map
        .sources
        .iter()
        .map(|s| json!({ "title": s.title, "source": s.source, "licence": s.licence, "attribution": s.attribution }))
        .collect();
    json!({
        "attribution": map.attribution(),
        "sources": sources,
        "provenance": {
            "program": "lotwright",
            "version": answer.version,
            "scenario": { "name": answer.scenario.name, "title": answer.scenario.title, "rules": answer.scenario.rules },
            "inputs": answer.scenario.inputs,
            "status": answer.status,
            "goals": answer.goals,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use ::geo::{Area, Winding};
    use ::geojson::GeometryValue;

    /// A plane near enough to degrees for a test, with digits to round away.
    fn degrees(x: f64, y: f64) -> (f64, f64) {
        (x / 70_123.456_7 - 7.0, y / 111_234.567_8 + 49.0)
    }

    fn read(text: &str) -> FeatureCollection {
        text.parse().unwrap()
    }

    #[test]
    fn lots_read_back_with_properties_and_provenance() {
        let (answer, map) = sample::two_lots();
        let read = read(&lots_geojson(&answer, &map, &degrees).unwrap());
        assert_eq!(read.features.len(), 2);
        let first = &read.features[0];
        assert_eq!(first.property("lot_id").unwrap(), "1");
        assert_eq!(first.property("contract_value_gbp").unwrap(), 5e7);
        assert_eq!(first.property("deals").unwrap()[0]["deal"], "Midshire");
        let metadata = &read.foreign_members.unwrap()["metadata"];
        assert_eq!(metadata["attribution"], "Contains public sector information.");
        assert_eq!(metadata["provenance"]["inputs"][0]["sha256"], "ab".repeat(32));
        assert_eq!(metadata["provenance"]["version"], "0.1.0");
    }

    #[test]
    fn outer_rings_run_counter_clockwise_even_if_they_came_clockwise() {
        let (answer, mut map) = sample::two_lots();
        map.areas[0].shape.0[0].exterior_mut(|ring| ring.make_cw_winding());
        let read = read(&areas_geojson(&answer, &map, &degrees).unwrap());
        for feature in read.features {
            let polygon: Polygon<f64> = feature.geometry.unwrap().try_into().unwrap();
            assert!(polygon.exterior().is_ccw());
            assert!(polygon.unsigned_area() > 0.0);
        }
    }

    #[test]
    fn neighbours_keep_the_same_rounded_border() {
        let (answer, map) = sample::two_lots();
        let read = read(&areas_geojson(&answer, &map, &degrees).unwrap());
        let points = |k: usize| match &read.features[k].geometry.as_ref().unwrap().value {
            GeometryValue::Polygon { coordinates } => coordinates[0].clone(),
            other => panic!("{other:?}"),
        };
        let (west, east) = (points(0), points(1));
        let common: Vec<_> = west[..4].iter().filter(|p| east.contains(p)).collect();
        assert_eq!(common.len(), 2);
        let six_decimals = |degrees: f64| (degrees * 1e6 - (degrees * 1e6).round()).abs() < 1e-6;
        assert!(west.iter().all(|p| six_decimals(p[0]) && six_decimals(p[1])));
    }

    #[test]
    fn an_area_names_its_lots_and_an_unassigned_one_has_none() {
        let (answer, mut map) = sample::two_lots();
        map.areas[1].lots = vec![(1, 0.6), (0, 0.4)];
        map.areas[3].lots.clear();
        let read = read(&areas_geojson(&answer, &map, &degrees).unwrap());
        assert_eq!(
            read.features[1].property("lots").unwrap()[1],
            json!({ "lot_id": "1", "share": 0.4 })
        );
        assert_eq!(read.features[1].property("lot_id").unwrap(), "2");
        assert_eq!(read.features[3].property("lot_id").unwrap(), &Value::Null);
    }

    #[test]
    fn a_map_of_another_answer_is_refused() {
        let (mut answer, map) = sample::two_lots();
        answer.lots.pop();
        assert!(matches!(
            lots_geojson(&answer, &map, &degrees),
            Err(ReportError::Mismatch(_))
        ));
    }
}
