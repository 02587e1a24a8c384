//! Boundary files made by code, for tests: the same two squares in every format.

use std::io::Cursor;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::wkb::Wkb;
use geozero::{ColumnValue, PropertyProcessor};
use rusqlite::{Connection, MAIN_DB};
use shapefile::dbase::{FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};

/// West, east and code of two squares that touch, 10 km wide, on the British National Grid.
pub(super) const SQUARES: [(f64, f64, &str, &str); 2] = [
    (400_000.0, 410_000.0, "E06000001", "Ynys Môn"),
    (410_000.0, 420_000.0, "E06000002", "Two"),
];

pub(super) const BRITISH: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936"]]]"#;

fn corners(west: f64, east: f64) -> [[f64; 2]; 5] {
    let (south, north) = (200_000.0, 210_000.0);
    [
        [west, south],
        [west, north],
        [east, north],
        [east, south],
        [west, south],
    ]
}

/// The parts of a shapefile; text of the table in Windows 1252 where no `.cpg` says otherwise.
pub(super) fn shapefile(stem: &str) -> Vec<(String, Vec<u8>)> {
    let (mut shp, mut shx, mut dbf) = (Vec::new(), Vec::new(), Vec::new());
    {
        let mut shapes = ShapeWriter::with_shx(Cursor::new(&mut shp), Cursor::new(&mut shx));
        let windows = shapefile::dbase::encoding::EncodingRs::from(encoding_rs::WINDOWS_1252);
        let table = TableWriterBuilder::with_encoding(windows)
            .add_character_field("LAD16CD".try_into().unwrap(), 12)
            .add_character_field("LAD16NM".try_into().unwrap(), 20);
        let mut rows = table.build_with_dest(Cursor::new(&mut dbf));
        for (west, east, code, name) in SQUARES {
            let ring = corners(west, east).map(|[x, y]| Point::new(x, y));
            shapes
                .write_shape(&Polygon::new(PolygonRing::Outer(ring.to_vec())))
                .unwrap();
            let mut row = Record::default();
            row.insert("LAD16CD".into(), FieldValue::Character(Some(code.into())));
            row.insert("LAD16NM".into(), FieldValue::Character(Some(name.into())));
            rows.write_record(&row).unwrap();
        }
    }
    let parts = [
        ("shp", shp),
        ("shx", shx),
        ("dbf", dbf),
        ("prj", BRITISH.as_bytes().to_vec()),
    ];
    parts.map(|(ending, bytes)| (format!("{stem}.{ending}"), bytes)).into()
}

/// A polygon in the well-known binary form.
pub(super) fn wkb(west: f64, east: f64) -> Vec<u8> {
    let mut bytes = vec![1];
    for number in [3_u32, 1, 5] {
        bytes.extend(number.to_le_bytes());
    }
    for number in corners(west, east).into_iter().flatten() {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

/// A GeoPackage with a layer for each name.
pub(super) fn geopackage(layers: &[&str]) -> Vec<u8> {
    let mut database = Connection::open_in_memory().unwrap();
    let schema = "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id, definition);
        INSERT INTO gpkg_spatial_ref_sys VALUES (27700, 'EPSG', 27700, '');
        CREATE TABLE gpkg_contents (table_name, data_type);
        CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);";
    database.execute_batch(schema).unwrap();
    for layer in layers {
        let table = format!(
            "CREATE TABLE {layer} (fid INTEGER PRIMARY KEY, geom BLOB, lad16cd TEXT, lad16nm TEXT, people REAL);
            INSERT INTO gpkg_contents VALUES ('{layer}', 'features');
            INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 27700);"
        );
        database.execute_batch(&table).unwrap();
        for (west, east, code, name) in SQUARES {
            let mut blob = b"GP\x00\x01\x34\x6c\x00\x00".to_vec();
            blob.extend(wkb(west, east));
            let insert = format!("INSERT INTO {layer} (geom, lad16cd, lad16nm, people) VALUES (?1, ?2, ?3, 1.5)");
            database.execute(&insert, (blob, code, name)).unwrap();
        }
    }
    database.serialize(MAIN_DB).unwrap().to_vec()
}

/// A FlatGeobuf with an index.
pub(super) fn flatgeobuf() -> Vec<u8> {
    let options = FgbWriterOptions {
        crs: FgbCrs {
            code: 27700,
            ..FgbCrs::default()
        },
        promote_to_multi: false,
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options("areas", GeometryType::Polygon, options).unwrap();
    writer.add_column("LAD16CD", ColumnType::String, |_, _| {});
    writer.add_column("LAD16NM", ColumnType::String, |_, _| {});
    writer.add_column("people", ColumnType::Double, |_, _| {});
    for (west, east, code, name) in SQUARES {
        let cells = [
            ColumnValue::String(code),
            ColumnValue::String(name),
            ColumnValue::Double(1.5),
        ];
        let added = writer.add_feature_geom(Wkb(wkb(west, east)), |feature| {
            for (k, cell) in cells.iter().enumerate() {
                feature.property(k, "", cell).unwrap();
            }
        });
        added.unwrap();
    }
    let mut bytes = Vec::new();
    writer.write(&mut bytes).unwrap();
    bytes
}
