//! Files that are made to burst: each of some kilobytes, and each refused with its code before it takes time or memory.

#[path = "common/figures.rs"]
mod figures;
#[path = "../src/io/made.rs"]
#[allow(dead_code, reason = "a part of it serves other tests")]
mod made;

use std::io::{Cursor, Write};

use lotwright::domain::Findings;
use lotwright::io::{BoundarySet, BoundarySource, tables};
use rusqlite::{Connection, MAIN_DB};

/// What is said of a boundary file.
fn told_of_map(bytes: &[u8], beside: &[(String, Vec<u8>)]) -> String {
    let source = BoundarySource {
        file: "map.shp",
        bytes,
        beside,
        ..BoundarySource::default()
    };
    said(BoundarySet::read(&source).map(|(_, findings)| findings))
}

/// What is said of a table.
fn told_of_table(bytes: &[u8]) -> String {
    said(tables::read("figures.dat", bytes).map(|(_, findings)| findings))
}

fn said(told: Result<Findings, Findings>) -> String {
    told.unwrap_or_else(|findings| findings).to_string()
}

/// Expects a code and some words, and a next step behind them.
fn refused(told: &str, code: &str, words: &str) {
    assert!(
        told.starts_with(&format!("error {code} ")) && told.contains(words) && told.contains("\n  help: "),
        "{code}, {words}: {told}"
    );
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let blanks = vec![b' '; 401_000_000];
    let bytes = zipped(&[("map.geojson", &blanks)]);
    assert!(bytes.len() < 1_000_000);
    refused(&told_of_map(&bytes, &[]), "G314", "unpacks to more than 400 MB");
}

#[test]
fn a_text_of_empty_objects_or_lists_is_refused() {
    for (repeated, what) in [("{},", "8000001 objects"), ("[],", "32000001 lists")] {
        let most = if repeated == "{}," { 8_000_000 } else { 32_000_000 };
        let text = format!("{{\"type\":\"FeatureCollection\",\"x\":[{}0]}}", repeated.repeat(most));
        refused(&told_of_map(text.as_bytes(), &[]), "G314", what);
    }
}

#[test]
fn lists_in_lists_in_lists_come_to_an_end() {
    let deep = "[".repeat(200_000);
    let geojson = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{deep}"
    );
    refused(&told_of_map(geojson.as_bytes(), &[]), "G301", "is not GeoJSON");
    let topojson = format!("{{\"type\":\"Topology\",\"objects\":{{}},\"arcs\":{deep}");
    refused(&told_of_map(topojson.as_bytes(), &[]), "G301", "is not TopoJSON");
    let cubes = format!("{{\"fields\":[],\"cubes\":{deep}");
    refused(&told_of_table(cubes.as_bytes()), "S209", "recursion limit");
}

#[test]
fn an_arc_that_is_run_through_again_and_again_is_refused() {
    let arc: Vec<String> = (0..5_000).map(|k| format!("[{k},{}]", k % 7)).collect();
    let text = format!(
        "{{\"type\":\"Topology\",\"arcs\":[[{}]],\"objects\":{{\"a\":{{\"type\":\"Polygon\",\"arcs\":[[{}0]]}}}}}}",
        arc.join(","),
        "0,".repeat(10_000)
    );
    refused(
        &told_of_map(text.as_bytes(), &[]),
        "G314",
        "more than 64 times on average",
    );
}

#[test]
fn areas_that_lie_on_one_another_without_end_are_refused() {
    let feature = |k: usize| {
        format!(
            "{{\"id\":\"E{k:08}\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[0,52],[1,52],[1,53],[0,52]]]}}}}"
        )
    };
    let features: Vec<String> = (0..1_000).map(feature).collect();
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    );
    refused(&told_of_map(text.as_bytes(), &[]), "G209", "areas lie on one another");
}

#[test]
fn counts_in_the_headers_of_a_shapefile_are_held_against_its_bytes() {
    let parts = made::shapefile("map");
    let with = |part: usize, at: usize, bytes: &[u8]| {
        let mut parts = parts.clone();
        parts[part].1[at..at + bytes.len()].copy_from_slice(bytes);
        told_of_map(&parts[0].1, &parts)
    };
    // Counts of rings and points are 36 and 40 bytes into a record, which begins 8 bytes behind its own header.
    for at in [144, 148] {
        refused(
            &with(0, at, &0x1000_0000_u32.to_le_bytes()),
            "G301",
            "counts more points than it holds",
        );
    }
    // Where the only ring begins: behind its end, as a number below zero reads.
    refused(
        &with(0, 152, &(-1_i32).to_le_bytes()),
        "G301",
        "counts more points than it holds",
    );
    refused(
        &with(0, 104, &0x3fff_ffff_u32.to_be_bytes()),
        "G301",
        "cut off at byte 100",
    );
    refused(
        &with(1, 24, &0x3fff_ffff_u32.to_be_bytes()),
        "G301",
        "shorter than their header says",
    );
    // Both entries of the index lead to the first record, and so does a third.
    let mut parts = parts.clone();
    let entry = parts[1].1[100..108].to_vec();
    parts[1].1.truncate(100);
    (0..3).for_each(|_| parts[1].1.extend(&entry));
    parts[1].1[24..28].copy_from_slice(&62_u32.to_be_bytes());
    refused(&told_of_map(&parts[0].1, &parts), "G301", "records share bytes");
}

/// A database of these sentences.
fn database(sentences: &str) -> Vec<u8> {
    let mut database = Connection::open_in_memory().unwrap();
    database.execute_batch(sentences).unwrap();
    database.serialize(MAIN_DB).unwrap().to_vec()
}

const LAYERS: &str = "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id, definition);
    CREATE TABLE gpkg_contents (table_name, data_type);
    CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);
    INSERT INTO gpkg_contents VALUES ('areas', 'features');
    INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', 27700);";

#[test]
fn views_of_a_geopackage_do_not_run() {
    let endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n) SELECT k AS";
    let contents = format!("CREATE VIEW gpkg_contents AS {endless} table_name, 'features' AS data_type FROM n;");
    refused(
        &told_of_map(&database(&contents), &[]),
        "G301",
        "has no table gpkg_contents",
    );
    let layer = format!("{LAYERS} CREATE VIEW areas AS {endless} geom FROM n;");
    refused(&told_of_map(&database(&layer), &[]), "G309", "holds no area");
    // A column that is computed is not asked for.
    let computed = format!(
        "{LAYERS} CREATE TABLE areas (area_code, geom, big AS (zeroblob(900000000))); INSERT INTO areas VALUES ('E06000001', NULL);"
    );
    refused(&told_of_map(&database(&computed), &[]), "G201", "has no geometry");
}

#[test]
fn a_name_of_a_column_that_is_no_text_is_passed_over() {
    let sentences =
        format!("{LAYERS} CREATE TABLE areas (area_code, geom, odd); INSERT INTO areas VALUES ('E06000001', NULL, 1);");
    let mut bytes = database(&sentences);
    let at = bytes.windows(5).position(|word| word == b", odd").unwrap();
    bytes[at + 2] = 0xff;
    refused(&told_of_map(&bytes, &[]), "G201", "E06000001");
}

#[test]
fn pages_that_lead_to_one_another_are_told() {
    const PAGE: usize = 512;
    let rows = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 200000)";
    let layer = format!(
        "PRAGMA page_size = {PAGE}; {LAYERS} CREATE TABLE areas (geom); INSERT INTO areas SELECT k FROM ({rows} SELECT k FROM n);"
    );
    let mut bytes = database(&layer);
    let kind = |bytes: &[u8], page: usize| bytes[(page - 1) * PAGE];
    let count = bytes.len() / PAGE;
    let inner: Vec<usize> = (2..=count).filter(|&page| kind(&bytes, page) == 5).collect();
    let leaf = (2..=count).rev().find(|&page| kind(&bytes, page) == 13).unwrap();
    assert!(inner.len() > 12);
    // Each inner page leads to the next one, all of its ways alike: a hundred ways to the power of the pages.
    for (k, &page) in inner.iter().take(12).enumerate() {
        let next = if k < 11 { inner[k + 1] } else { leaf };
        let next = u32::try_from(next).unwrap().to_be_bytes();
        let start = (page - 1) * PAGE;
        let cells = usize::from(u16::from_be_bytes([bytes[start + 3], bytes[start + 4]]));
        bytes[start + 8..start + 12].copy_from_slice(&next);
        for cell in 0..cells {
            let at = start + 12 + 2 * cell;
            let place = start + usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
            bytes[place..place + 4].copy_from_slice(&next);
        }
    }
    let told = told_of_map(&bytes, &[]);
    refused(&told, "G301", "is no GeoPackage");
}

/// A workbook with these parts in the place of its own.
fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(figures::xlsx())).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for k in 0..archive.len() {
        let mut file = archive.by_index(k).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut file, &mut content).unwrap();
        files.push((file.name().unwrap().into_owned(), content));
    }
    for (name, text) in parts {
        let file = files.iter_mut().find(|(other, _)| other == name).unwrap();
        file.1 = text.as_bytes().to_vec();
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    zipped(&files)
}

#[test]
fn a_list_of_texts_that_is_or_says_it_is_too_long_is_refused() {
    let list = "xl/sharedStrings.xml";
    for count in ["18446744073709551615", "4000000000", "many"] {
        let said = format!("<sst count=\"1\" uniqueCount=\"{count}\"><si><t>x</t></si></sst>");
        refused(&told_of_table(&workbook(&[(list, &said)])), "S205", "4000000 cells");
    }
    let long = format!("<sst>{}</sst>", "<si/>".repeat(2_000_001));
    refused(&told_of_table(&workbook(&[(list, &long)])), "S205", "4000000 cells");
}

#[test]
fn sheets_that_name_the_same_part_again_and_again_are_refused() {
    let sheet = "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId2\"/>".repeat(5_000);
    let book = format!(
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{sheet}</sheets></workbook>"
    );
    let blank = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        " ".repeat(50_000_000)
    );
    let bytes = workbook(&[("xl/workbook.xml", &book), ("xl/worksheets/sheet2.xml", &blank)]);
    assert!(bytes.len() < 100_000);
    refused(&told_of_table(&bytes), "S205", "again and again");
}

#[test]
fn a_sheet_that_repeats_itself_a_thousand_million_times_is_refused() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    for content in [
        format!(
            "<table:table><table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row></table:table>"
        ),
        "<table:table/>".repeat(2_000_000),
    ] {
        let bytes = zipped_ods(&content);
        refused(&told_of_table(&bytes), "S205", "4000000 cells");
    }
}

#[test]
fn entities_of_an_xml_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
    let cell = "<table:table-cell><text:p>area_code&c;</text:p></table:table-cell>";
    let content =
        format!("{bomb}<table:table table:name=\"S\"><table:table-row>{cell}{cell}</table:table-row></table:table>");
    let (table, _) = tables::read("figures.dat", &zipped_ods(&content)).unwrap();
    assert_eq!(table.columns[0], "area_code\u{fffd}");
}

/// A workbook of OpenDocument: its first part is stored, so that it can be told by its first bytes.
fn zipped_ods(content: &str) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("mimetype", stored).unwrap();
    archive
        .write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    archive
        .start_file("content.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_nomis_table_in_which_every_row_differs_does_not_become_a_square() {
    let row = |k: usize| format!("{k},Area {k},E{k:08},1\n");
    let rows: String = (0..3_000).map(row).collect();
    let text = format!("DATE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,OBS_VALUE\n{rows}");
    refused(&told_of_table(text.as_bytes()), "S210", "more than 4000000 cells");
}
