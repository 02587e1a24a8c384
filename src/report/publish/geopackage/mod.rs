//! The file `plan.gpkg`: areas, lots and links as layers, metrics and provenance as tables, and styles that QGIS opens them with (OGC 12-128r17, version 1.3).
//!
//! `schema` makes the tables that a GeoPackage needs, `layers` and `tables` fill those of the plan, `blob` writes geometries, `style` says how QGIS draws them.

mod blob;
mod layers;
mod schema;
mod style;
mod tables;

use rusqlite::{Connection, MAIN_DB};

use super::Publication;
use crate::report::ReportError;
use crate::report::svg::picture::Picture;

/// The plan as a GeoPackage: layers `areas`, `lots` and `links`, tables `metrics` and `provenance`.
///
/// # Errors
/// [`ReportError::Mismatch`] where answer and map do not belong together, [`ReportError::Write`] where SQLite fails.
pub fn geopackage(from: &Publication<'_>) -> Result<Vec<u8>, ReportError> {
    let picture = Picture::new(from.answer, from.map)?;
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch("BEGIN")?;
    schema::create(&connection, from.plane)?;
    layers::areas(&connection, from)?;
    layers::lots(&connection, from, &picture)?;
    layers::links(&connection, from)?;
    tables::metrics(&connection, from)?;
    tables::provenance(&connection, from)?;
    style::add(&connection, &picture)?;
    connection.execute_batch("COMMIT")?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}

impl From<rusqlite::Error> for ReportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Write(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::publish::sample;

    fn open(bytes: &[u8]) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .deserialize_read_exact(MAIN_DB, bytes, bytes.len(), true)
            .unwrap();
        connection
    }

    fn made() -> Connection {
        sample::with(|from| open(&geopackage(from).unwrap()))
    }

    fn number(connection: &Connection, question: &str) -> i64 {
        connection.query_row(question, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_file_says_that_it_is_a_geopackage_and_is_whole() {
        let connection = made();
        assert_eq!(number(&connection, "PRAGMA application_id"), 0x4750_4B47);
        assert_eq!(number(&connection, "PRAGMA user_version"), 10_300);
        let whole: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(whole, "ok");
        let strangers = "SELECT count(*) FROM pragma_foreign_key_check";
        assert_eq!(number(&connection, strangers), 0);
    }

    #[test]
    fn every_layer_stands_in_the_register_with_its_system_and_an_index() {
        let connection = made();
        let register = "SELECT count(*) FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) \
            JOIN gpkg_extensions e USING (table_name) WHERE c.srs_id = 27700 AND g.srs_id = 27700 AND e.extension_name = 'gpkg_rtree_index'";
        assert_eq!(number(&connection, register), 3);
        let tables = "SELECT count(*) FROM gpkg_contents WHERE data_type = 'attributes'";
        assert_eq!(number(&connection, tables), 3);
        for (layer, features) in [("areas", 4), ("lots", 2), ("links", 1)] {
            let rows = number(&connection, &format!("SELECT count(*) FROM {layer}"));
            let indexed = number(&connection, &format!("SELECT count(*) FROM rtree_{layer}_geom"));
            assert_eq!((rows, indexed), (features, features), "{layer}");
        }
        let systems = "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 27700)";
        assert_eq!(number(&connection, systems), 4);
    }

    #[test]
    fn a_layer_keeps_its_index_when_it_is_edited() {
        let connection = made();
        let triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'areas'";
        assert_eq!(number(&connection, triggers), 6);
    }

    #[test]
    fn equal_publications_are_equal_bytes() {
        sample::with(|from| assert_eq!(geopackage(from).unwrap(), geopackage(from).unwrap()));
    }

    #[test]
    fn metrics_and_provenance_stand_in_tables() {
        let connection = made();
        let bound = "SELECT bound FROM metrics WHERE subject = 'plan' AND measure = 'lots'";
        assert_eq!(
            connection.query_row(bound, [], |row| row.get::<_, f64>(0)).unwrap(),
            2.0
        );
        let told = "SELECT value FROM provenance WHERE item = 'attribution'";
        let told: String = connection.query_row(told, [], |row| row.get(0)).unwrap();
        assert_eq!(told, "Contains public sector information.");
        let input = "SELECT value FROM provenance WHERE item = 'input' AND name = 'volumes.csv'";
        let input: String = connection.query_row(input, [], |row| row.get(0)).unwrap();
        assert_eq!(input, format!("SHA-256 {}", "ab".repeat(32)));
    }

    #[test]
    fn each_layer_has_one_style_that_qgis_takes_by_itself() {
        let connection = made();
        let styles =
            "SELECT count(*) FROM layer_styles WHERE useAsDefault AND f_table_name IN ('areas', 'lots', 'links')";
        assert_eq!(number(&connection, styles), 3);
        let lots = "SELECT styleQML FROM layer_styles WHERE f_table_name = 'lots'";
        let lots: String = connection.query_row(lots, [], |row| row.get(0)).unwrap();
        sample::with(|from| {
            let picture = Picture::new(from.answer, from.map).unwrap();
            for lot in 0..2 {
                assert!(lots.contains(&style::rgba(picture.fill(lot))), "{lots}");
            }
        });
        assert!(lots.contains("outline_color\" type=\"QString\" value=\"255,255,255,255\""));
    }
}
