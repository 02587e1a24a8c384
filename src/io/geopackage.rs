//! A GeoPackage as a layer: one of its tables of features, read by SQLite from memory.

use std::collections::{BTreeMap, BTreeSet};

use geozero::GeomProcessor;
use geozero::error::{GeozeroError, Result as GeozeroResult};
use geozero::wkb::process_gpkg_geom;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::layer::{Feature, Layer, Property, RawPolygon, choose};
use super::sqlite::{Database, Reason};
use crate::domain::Finding;

/// Reads the table of features `wanted`, or the only one.
pub(super) fn read(file: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Layer, Finding> {
    let broken = |reason: Reason| {
        let message = format!("is no GeoPackage that can be read: {reason}");
        Finding::error("G301", file, message, "export or download the layer again")
    };
    let database = Database::open(bytes).map_err(broken)?;
    let layers = layers(&database).map_err(broken)?;
    let chosen = choose(file, "layer", layers.keys().map(String::as_str), wanted)?;
    let geometry = &layers[chosen];
    let rows = features(&database, chosen, geometry).map_err(broken)?;
    let mut features = Vec::with_capacity(rows.len());
    for (k, row) in rows.into_iter().enumerate() {
        features.push(row.feature(file, k + 1)?);
    }
    Ok(Layer {
        features,
        crs: geometry.system.clone(),
        metadata: BTreeMap::new(),
        ..Layer::default()
    })
}

/// A table of features: its columns, which of them has the geometry, and in which system.
struct FeatureTable {
    columns: Vec<String>,
    geometry: String,
    system: Option<String>,
}

/// Tables of features; views are left out, since they may compute without end.
fn layers(database: &Database) -> Result<BTreeMap<String, FeatureTable>, Reason> {
    let contents = texts(database, "gpkg_contents", ["table_name", "data_type"])?;
    let geometries = texts(
        database,
        "gpkg_geometry_columns",
        ["table_name", "column_name", "srs_id"],
    )?;
    let columns_of_systems = ["srs_id", "organization", "organization_coordsys_id", "definition"];
    let systems = texts(database, "gpkg_spatial_ref_sys", columns_of_systems)?;
    let systems: BTreeMap<&str, Option<String>> = systems.iter().map(|row| (row[0].as_str(), system(row))).collect();
    let features: BTreeSet<&str> = contents
        .iter()
        .filter(|row| row[1] == "features")
        .map(|row| row[0].as_str())
        .collect();
    let mut layers = BTreeMap::new();
    for [table, geometry, system] in geometries.iter().filter(|row| features.contains(row[0].as_str())) {
        if let Some(columns) = database.columns(table)? {
            let (geometry, system) = (geometry.clone(), systems.get(system.as_str()).cloned().flatten());
            layers.insert(
                table.clone(),
                FeatureTable {
                    columns,
                    geometry,
                    system,
                },
            );
        }
    }
    Ok(layers)
}

/// The cells of some columns of a table as text, blank where there is nothing.
fn texts<const N: usize>(database: &Database, table: &str, columns: [&str; N]) -> Result<Vec<[String; N]>, Reason> {
    let Some(known) = database.columns(table)? else {
        return Err(format!("it has no table {table}"));
    };
    if let Some(missing) = columns
        .iter()
        .find(|column| !known.iter().any(|name| name.eq_ignore_ascii_case(column)))
    {
        return Err(format!("its table {table} has no column {missing}"));
    }
    let cell = |row: &Row<'_>, k: usize| -> rusqlite::Result<String> {
        Ok(match row.get_ref(k)? {
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
        })
    };
    database.rows(table, &columns.map(str::to_string), |row| {
        let mut cells = [const { String::new() }; N];
        for (k, slot) in cells.iter_mut().enumerate() {
            *slot = cell(row, k)?;
        }
        Ok(cells)
    })
}

/// The name of the system as `EPSG:27700`, or its definition where its makers gave it no code. `-1` and `0` stand for none.
fn system([_, organization, code, definition]: &[String; 4]) -> Option<String> {
    match code.parse::<i64>() {
        Ok(number) if number > 0 && !organization.is_empty() && !organization.eq_ignore_ascii_case("none") => {
            Some(format!("{organization}:{number}"))
        }
        Ok(number) if number > 0 && !definition.is_empty() => Some(definition.clone()),
        _ => None,
    }
}

struct RawRow {
    properties: BTreeMap<String, Property>,
    geometry: Option<Vec<u8>>,
}

fn features(database: &Database, table: &str, layer: &FeatureTable) -> Result<Vec<RawRow>, Reason> {
    database.rows(table, &layer.columns, |row| {
        let mut raw = RawRow {
            properties: BTreeMap::new(),
            geometry: None,
        };
        for (k, column) in layer.columns.iter().enumerate() {
            match row.get_ref(k)? {
                ValueRef::Blob(blob) if column.eq_ignore_ascii_case(&layer.geometry) => {
                    raw.geometry = Some(blob.to_vec())
                }
                value => raw
                    .properties
                    .extend(property(value).map(|value| (column.clone(), value))),
            }
        }
        Ok(raw)
    })
}

fn property(value: ValueRef<'_>) -> Option<Property> {
    match value {
        ValueRef::Integer(number) => Some(Property::Number(number as f64)),
        ValueRef::Real(number) => Some(Property::Number(number)),
        ValueRef::Text(text) => Property::text(&String::from_utf8_lossy(text)),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

impl RawRow {
    fn feature(self, file: &str, number: usize) -> Result<Feature, Finding> {
        let mut rings = Rings::default();
        if let Some(blob) = &self.geometry {
            let read = process_gpkg_geom(&mut blob.as_slice(), &mut rings);
            if let Err(error) = read.or_else(|e| if rings.other.is_some() { Ok(()) } else { Err(e) }) {
                let subject = format!("{file} feature {number}");
                let message = format!("its geometry cannot be read: {error}");
                return Err(Finding::error("G301", subject, message, "export the layer again"));
            }
        }
        Ok(Feature {
            number,
            id: None,
            properties: self.properties,
            polygons: rings.polygons,
            other_geometry: rings.other.map(str::to_string),
        })
    }
}

/// Gathers the rings of polygons. Any other geometry ends the reading at once, so that none can nest without end.
#[derive(Default)]
struct Rings {
    polygons: Vec<RawPolygon>,
    other: Option<&'static str>,
}

impl Rings {
    fn refuse(&mut self, kind: &'static str) -> GeozeroResult<()> {
        self.other = Some(kind);
        Err(GeozeroError::GeometryFormat)
    }
}

impl GeomProcessor for Rings {
    fn xy(&mut self, x: f64, y: f64, _: usize) -> GeozeroResult<()> {
        let ring = self.polygons.last_mut().and_then(|polygon| polygon.last_mut());
        ring.ok_or(GeozeroError::GeometryFormat)?.push([x, y]);
        Ok(())
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.polygons.push(Vec::new());
        Ok(())
    }

    fn linestring_begin(&mut self, tagged: bool, _: usize, _: usize) -> GeozeroResult<()> {
        if tagged {
            return self.refuse("LineString");
        }
        let polygon = self.polygons.last_mut().ok_or(GeozeroError::GeometryFormat)?;
        polygon.push(Vec::new());
        Ok(())
    }

    fn point_begin(&mut self, _: usize) -> GeozeroResult<()> {
        self.refuse("Point")
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("MultiPoint")
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("MultiLineString")
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("GeometryCollection")
    }

    fn circularstring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("CircularString")
    }

    fn compoundcurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("CompoundCurve")
    }

    fn curvepolygon_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("CurvePolygon")
    }

    fn multicurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("MultiCurve")
    }

    fn multisurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("MultiSurface")
    }

    fn triangle_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("Triangle")
    }

    fn polyhedralsurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("PolyhedralSurface")
    }

    fn tin_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("TIN")
    }
}
