//! A GeoPackage as a layer: one of its tables of features, read by SQLite from memory.

use std::collections::BTreeMap;

use geozero::GeomProcessor;
use geozero::error::{GeozeroError, Result as GeozeroResult};
use geozero::wkb::process_gpkg_geom;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, Row};

use super::layer::{Feature, Layer, Property, RawPolygon, choose};
use crate::domain::Finding;

/// Reads the table of features `wanted`, or the only one.
pub(super) fn read(file: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Layer, Finding> {
    let broken = |error: rusqlite::Error| {
        let message = format!("is no GeoPackage that can be read: {error}");
        Finding::error("G301", file, message, "export or download the layer again")
    };
    let database = open(bytes).map_err(broken)?;
    let layers = layers(&database).map_err(broken)?;
    let chosen = choose(file, "layer", layers.keys().map(String::as_str), wanted)?;
    let geometry = &layers[chosen];
    let rows = features(&database, chosen, &geometry.column).map_err(broken)?;
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

/// A database over a copy of the bytes. Nothing in it can run: it is read only, and its own schema is not trusted.
fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut copy = bytes.to_vec();
    // A database in write-ahead mode says so in two bytes; in memory it has no log beside it and is read as it stands.
    if let Some(mode) = copy.get_mut(18..20) {
        mode.fill(1);
    }
    let mut database = Connection::open_in_memory()?;
    database.deserialize_read_exact(MAIN_DB, copy.as_slice(), copy.len(), true)?;
    database.pragma_update(None, "trusted_schema", false)?;
    database.pragma_update(None, "cell_size_check", true)?;
    Ok(database)
}

/// Where a table of features has its geometry, and in which system.
struct GeometryColumn {
    column: String,
    system: Option<String>,
}

/// Tables of features; views are left out, since they may compute without end.
fn layers(database: &Connection) -> rusqlite::Result<BTreeMap<String, GeometryColumn>> {
    let mut query = database.prepare(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition \
         FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
         JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' \
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE c.data_type = 'features'",
    )?;
    let rows = query.query_map([], |row| {
        Ok((
            row.get(0)?,
            GeometryColumn {
                column: row.get(1)?,
                system: system(row)?,
            },
        ))
    })?;
    rows.collect()
}

/// The name of the system as `EPSG:27700`, or its definition where its makers gave it no code. `-1` and `0` stand for none.
fn system(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let (organization, code): (Option<String>, Option<i64>) = (row.get(2)?, row.get(3)?);
    let definition: Option<String> = row.get(4)?;
    Ok(match (organization, code) {
        (Some(organization), Some(code)) if code > 0 && !organization.eq_ignore_ascii_case("none") => {
            Some(format!("{organization}:{code}"))
        }
        (_, Some(code)) if code > 0 => definition,
        _ => None,
    })
}

struct RawRow {
    properties: BTreeMap<String, Property>,
    geometry: Option<Vec<u8>>,
}

fn features(database: &Connection, table: &str, geometry: &str) -> rusqlite::Result<Vec<RawRow>> {
    let mut query = database.prepare(&format!("SELECT * FROM \"{}\"", table.replace('"', "\"\"")))?;
    let columns: Vec<String> = query.column_names().map(str::to_string).collect();
    let rows = query.query_map([], |row| {
        let mut raw = RawRow {
            properties: BTreeMap::new(),
            geometry: None,
        };
        for (k, column) in columns.iter().enumerate() {
            match row.get_ref(k)? {
                ValueRef::Blob(blob) if column.eq_ignore_ascii_case(geometry) => raw.geometry = Some(blob.to_vec()),
                value => raw
                    .properties
                    .extend(property(value).map(|value| (column.clone(), value))),
            }
        }
        Ok(raw)
    })?;
    rows.collect()
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
