//! The tables that every GeoPackage has, and how a layer or a table of the plan is entered in them.

use rusqlite::{Connection, params};

use ::geo::Rect;

use super::super::plane::{DEGREES, Plane};
use super::blob::Blob;

/// `GPKG`, and version 1.3.
const MARKS: &str = "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;";

/// The date where the format asks for one: a file does not say when it was made.
pub(super) const DATE: &str = "1980-01-01T00:00:00.000Z";

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
";

const INDEX_TEXT: &str = "http://www.geopackage.org/spec120/#extension_rtree";

/// Makes the tables, with the systems that every GeoPackage lists and that of the plan.
pub(super) fn create(connection: &Connection, plane: Plane<'_>) -> rusqlite::Result<()> {
    connection.execute_batch(MARKS)?;
    connection.execute_batch(TABLES)?;
    let mut systems = vec![
        ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
        ("Undefined geographic", 0, "NONE", 0, "undefined"),
        ("WGS 84", 4326, "EPSG", 4326, DEGREES),
    ];
    if plane.code() != 4326 {
        systems.push((
            "OSGB36 / British National Grid",
            plane.code(),
            "EPSG",
            plane.code(),
            plane.definition(),
        ));
    }
    let mut insert = connection.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?1)")?;
    for (name, id, organization, number, definition) in systems {
        insert.execute(params![name, id, organization, number, definition])?;
    }
    Ok(())
}

/// A layer of the plan: its name, what it is, the type of its geometries, and its columns with their types.
pub(super) struct LayerSpec {
    pub name: &'static str,
    pub description: &'static str,
    pub geometry: &'static str,
    pub columns: &'static [(&'static str, &'static str)],
}

/// Makes a layer of rows, each a geometry with its cells, and enters it with its spatial index.
pub(super) fn layer(
    connection: &Connection,
    plane: Plane<'_>,
    spec: &LayerSpec,
    rows: &[(Blob, Vec<rusqlite::types::Value>)],
) -> rusqlite::Result<()> {
    let LayerSpec { name, columns, .. } = spec;
    let defined: Vec<String> = columns
        .iter()
        .map(|(column, kind)| format!("{column} {kind}"))
        .collect();
    connection.execute_batch(&format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {}, {});
         CREATE VIRTUAL TABLE rtree_{name}_geom USING rtree(id, minx, maxx, miny, maxy);",
        spec.geometry,
        defined.join(", ")
    ))?;
    let marks: Vec<String> = (1..=columns.len() + 2).map(|k| format!("?{k}")).collect();
    let mut insert = connection.prepare(&format!("INSERT INTO {name} VALUES ({})", marks.join(", ")))?;
    let mut index = connection.prepare(&format!("INSERT INTO rtree_{name}_geom VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    for (k, (blob, cells)) in rows.iter().enumerate() {
        let fid = k as i64 + 1;
        let first: [rusqlite::types::Value; 2] = [fid.into(), blob.bytes.clone().into()];
        insert.execute(rusqlite::params_from_iter(first.iter().chain(cells)))?;
        if let Some(bounds) = blob.bounds {
            let (low, high) = (bounds.min(), bounds.max());
            index.execute(params![fid, low.x, high.x, low.y, high.y])?;
        }
    }
    enter(connection, plane, spec, rows.iter().filter_map(|(blob, _)| blob.bounds))
}

fn enter(
    connection: &Connection,
    plane: Plane<'_>,
    spec: &LayerSpec,
    bounds: impl Iterator<Item = Rect<f64>>,
) -> rusqlite::Result<()> {
    let whole = bounds.reduce(|a, b| {
        let low = (a.min().x.min(b.min().x), a.min().y.min(b.min().y));
        Rect::new(low, (a.max().x.max(b.max().x), a.max().y.max(b.max().y)))
    });
    let (low, high) = (whole.map(|b| b.min()), whole.map(|b| b.max()));
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            spec.name,
            spec.description,
            DATE,
            low.map(|p| p.x),
            low.map(|p| p.y),
            high.map(|p| p.x),
            high.map(|p| p.y),
            plane.code()
        ],
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![spec.name, spec.geometry, plane.code()],
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', ?2, 'write-only')",
        params![spec.name, INDEX_TEXT],
    )?;
    // They come last, since they need functions that only a program that knows geometries has.
    connection.execute_batch(&triggers(spec.name))
}

/// The triggers by which programs that edit a layer keep its index true, as the extension asks for them.
fn triggers(layer: &str) -> String {
    let index = format!("rtree_{layer}_geom");
    let there = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))";
    let gone = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))";
    let put = format!(
        "INSERT OR REPLACE INTO {index} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));"
    );
    let take = format!("DELETE FROM {index} WHERE id = OLD.fid;");
    let both = format!("DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);");
    let rules = [
        ("insert", format!("AFTER INSERT ON {layer} WHEN {there}"), put.clone()),
        (
            "update1",
            format!("AFTER UPDATE OF geom ON {layer} WHEN OLD.fid = NEW.fid AND {there}"),
            put.clone(),
        ),
        (
            "update2",
            format!("AFTER UPDATE OF geom ON {layer} WHEN OLD.fid = NEW.fid AND {gone}"),
            take.clone(),
        ),
        (
            "update3",
            format!("AFTER UPDATE ON {layer} WHEN OLD.fid != NEW.fid AND {there}"),
            format!("{take} {put}"),
        ),
        (
            "update4",
            format!("AFTER UPDATE ON {layer} WHEN OLD.fid != NEW.fid AND {gone}"),
            both,
        ),
        ("delete", format!("AFTER DELETE ON {layer} WHEN OLD.geom NOTNULL"), take),
    ];
    let sentences = rules
        .iter()
        .map(|(name, when, what)| format!("CREATE TRIGGER {index}_{name} {when} BEGIN {what} END;"));
    sentences.collect::<Vec<_>>().join("\n")
}

/// Enters a table without geometries.
pub(super) fn attributes(connection: &Connection, table: &str, description: &str) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?1, 'attributes', ?1, ?2, ?3)",
        params![table, description, DATE],
    )?;
    Ok(())
}
