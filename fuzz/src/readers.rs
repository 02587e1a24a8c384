//! One function a reader: any bytes go in, and what comes back is whether they are of its kind at all.
//!
//! The fuzz targets call these, and so does `tests/readers.rs`, which needs no fuzzer. Workbooks and shapefiles are several files in one; their inputs are
//! written as [`Parts`], so that a change to one byte is not hidden behind a checksum.

use std::io::{Cursor, Write};

use lotwright::domain::VolumesSpec;
use lotwright::io::columns::{Role, roles};
use lotwright::io::input::Input;
use lotwright::io::table_kind::TableKind;
use lotwright::io::{self, BoundarySet, BoundarySource, Kind, tables, volumes};

/// A reader under test: whether the bytes were of its kind.
pub type Reader = fn(&[u8]) -> bool;

/// Every reader by the name of its target.
pub const READERS: [(&str, Reader); 12] = [
    ("geojson", geojson),
    ("topojson", topojson),
    ("shapefile", shapefile),
    ("archive", archive),
    ("geopackage", geopackage),
    ("flatgeobuf", flatgeobuf),
    ("delimited", delimited),
    ("xlsx", xlsx),
    ("ods", ods),
    ("stat_xplore", stat_xplore),
    ("plan", plan),
    ("scenario", scenario),
];

/// GeoJSON, down to common borders.
pub fn geojson(bytes: &[u8]) -> bool {
    boundaries(bytes, Kind::GeoJson, &[])
}

/// TopoJSON, down to common borders.
pub fn topojson(bytes: &[u8]) -> bool {
    boundaries(bytes, Kind::TopoJson, &[])
}

/// A shapefile of loose parts, the first of which are the shapes.
pub fn shapefile(bytes: &[u8]) -> bool {
    let mut parts = Parts::split(bytes).0.into_iter();
    let Some((_, shapes)) = parts.next() else {
        return false;
    };
    let beside: Vec<(String, Vec<u8>)> = parts.collect();
    boundaries(&shapes, Kind::Shapefile, &beside)
}

/// A zip archive, as bytes or as parts to be zipped.
pub fn archive(bytes: &[u8]) -> bool {
    boundaries(&zipped(bytes), Kind::ZippedBoundaries, &[])
}

/// A GeoPackage.
pub fn geopackage(bytes: &[u8]) -> bool {
    boundaries(bytes, Kind::GeoPackage, &[])
}

/// A FlatGeobuf.
pub fn flatgeobuf(bytes: &[u8]) -> bool {
    boundaries(bytes, Kind::FlatGeobuf, &[])
}

/// Text with separators: CSV, TSV, exports of Nomis and Stat-Xplore.
pub fn delimited(bytes: &[u8]) -> bool {
    use TableKind::{Csv, NomisApi, NomisQuery, StatXploreCsv, Tsv};
    table(bytes, &[Csv, Tsv, NomisQuery, NomisApi, StatXploreCsv])
}

/// A workbook of Office Open XML, as bytes or as parts to be zipped.
pub fn xlsx(bytes: &[u8]) -> bool {
    table(&zipped(bytes), &[TableKind::Xlsx])
}

/// A workbook of OpenDocument, as bytes or as parts to be zipped.
pub fn ods(bytes: &[u8]) -> bool {
    table(&zipped(bytes), &[TableKind::Ods])
}

/// The JSON of Stat-Xplore.
pub fn stat_xplore(bytes: &[u8]) -> bool {
    table(bytes, &[TableKind::StatXploreJson])
}

/// A plan, and the tables that are read in the same way: memberships, links, changes of codes, sources.
pub fn plan(bytes: &[u8]) -> bool {
    let input = Input::from_bytes("plan.csv", bytes.to_vec());
    let read = io::plan::read(&input).is_ok();
    let group = io::Grouping::read("deal.csv", bytes).is_ok();
    let links = io::LinkTable::read("links.csv", bytes).is_ok();
    let changes = io::CodeChanges::read("code-changes.csv", bytes).is_ok();
    let sources = io::sources::read(&input).is_ok();
    read || group || links || changes || sources
}

/// A scenario, and the other files in its language: funding models, descriptions of data sets.
pub fn scenario(bytes: &[u8]) -> bool {
    let input = Input::from_bytes("scenario.toml", bytes.to_vec());
    let _ = io::scenario::read(&input, &[]);
    let _ = io::funding::read(&input, &[]);
    let _ = io::manifest::Manifest::read("dataset.toml", bytes);
    true
}

fn boundaries(bytes: &[u8], wanted: Kind, beside: &[(String, Vec<u8>)]) -> bool {
    let of_kind = matches!(io::sniff("map.shp", bytes), Ok(kind) if kind == wanted);
    let source = BoundarySource {
        file: "map.shp",
        bytes,
        beside,
        ..BoundarySource::default()
    };
    let _ = BoundarySet::read(&source);
    of_kind
}

fn table(bytes: &[u8], wanted: &[TableKind]) -> bool {
    let of_kind = TableKind::of(bytes).is_some_and(|kind| wanted.contains(&kind));
    if let Ok((table, _)) = tables::read("figures.dat", bytes) {
        let width = table.columns.len();
        assert!(table.rows.iter().all(|row| row.cells.len() == width));
        let roles = roles(&table);
        let weight = roles.iter().position(|role| *role == Role::Counts);
        let asked = VolumesSpec {
            weight: weight.map(|k| table.columns[k].clone()).unwrap_or_default(),
            ..VolumesSpec::default()
        };
        let _ = volumes::read(&Input::from_bytes("figures.dat", bytes.to_vec()), None, &asked);
    }
    of_kind
}

/// An archive: the bytes themselves where they are one, or else their parts, stored.
fn zipped(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    Parts::split(bytes).zip().unwrap_or_default()
}

/// Files in one text: a line `==> name` before each.
pub struct Parts(pub Vec<(String, Vec<u8>)>);

const MARK: &[u8] = b"\n==> ";

impl Parts {
    /// Takes a text apart; what stands before the first mark is nobody's.
    pub fn split(bytes: &[u8]) -> Self {
        let starts: Vec<usize> = (0..bytes.len()).filter(|&k| bytes[k..].starts_with(MARK)).collect();
        let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
        let part = |(start, end): (usize, usize)| {
            let part = &bytes[start + MARK.len()..end];
            let line = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
            let content = part.get(line + 1..).unwrap_or_default();
            (String::from_utf8_lossy(&part[..line]).into_owned(), content.to_vec())
        };
        Self(starts.iter().copied().zip(ends).map(part).collect())
    }

    /// Puts files together.
    pub fn join(&self) -> Vec<u8> {
        let part = |(name, content): &(String, Vec<u8>)| [MARK, name.as_bytes(), b"\n", content].concat();
        self.0.iter().flat_map(part).collect()
    }

    /// The files as an archive, not compressed; `None` where a name cannot stand in one.
    fn zip(&self) -> Option<Vec<u8>> {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            archive.start_file(name.as_str(), stored).ok()?;
            archive.write_all(content).ok()?;
        }
        Some(archive.finish().ok()?.into_inner())
    }
}
