//! A shapefile as a layer: shapes, their table, and what the `.prj` and `.cpg` beside them say.

use std::collections::BTreeMap;
use std::io::Cursor;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, X_USER_DEFINED};
use shapefile::dbase::encoding::EncodingRs;
use shapefile::dbase::{self, FieldValue};
use shapefile::{PolygonRing, ReadableShape, Shape};

use super::layer::{Feature, Layer, Property, RawPolygon};
use crate::domain::Finding;

/// The files of a shapefile. Of the shapes alone, areas have no codes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    /// `.shp`: shapes.
    pub shapes: &'a [u8],
    /// `.shx`: where each of them begins.
    pub index: Option<&'a [u8]>,
    /// `.dbf`: the table.
    pub table: Option<&'a [u8]>,
    /// `.prj`: the coordinate reference system.
    pub system: Option<&'a [u8]>,
    /// `.cpg`: the encoding of the table.
    pub encoding: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// Parts by the endings of their names; endings are all that tells a `.prj` from a `.cpg`.
    pub(super) fn of(shapes: &'a [u8], stem: &str, beside: &'a [(String, Vec<u8>)]) -> Self {
        let part = |ending: &str| {
            let name = format!("{stem}.{ending}").to_lowercase();
            let found = beside.iter().find(|(other, _)| other.to_lowercase() == name);
            found.map(|(_, bytes)| bytes.as_slice())
        };
        Self {
            shapes,
            index: part("shx"),
            table: part("dbf"),
            system: part("prj"),
            encoding: part("cpg"),
        }
    }
}

/// Reads a shapefile.
pub(super) fn read(file: &str, parts: &Parts<'_>) -> Result<Layer, Finding> {
    let Some(table) = parts.table else {
        let message = "has no table (.dbf) beside it, so its areas have no codes";
        let help = "put the .dbf, .shx, .prj and .cpg of the shapefile beside it, or give them in one zip archive";
        return Err(Finding::error("G311", file, message, help));
    };
    let shapes = shapes(parts).map_err(|reason| broken(file, "shapes", &reason))?;
    let rows = rows(table, encoding(file, parts)?).map_err(|e| broken(file, "table", &e))?;
    if shapes.len() != rows.len() {
        let message = format!("has {} shapes and a table of {} rows", shapes.len(), rows.len());
        let help = "export the layer again: the parts of a shapefile belong together";
        return Err(Finding::error("G301", file, message, help));
    }
    let features = shapes.into_iter().zip(rows).enumerate();
    Ok(Layer {
        features: features.map(|(k, (shape, row))| feature(k + 1, shape, row)).collect(),
        crs: parts
            .system
            .map(|text| String::from_utf8_lossy(text).trim().to_string()),
        metadata: BTreeMap::new(),
        ..Layer::default()
    })
}

fn broken(file: &str, part: &str, error: &dyn std::fmt::Display) -> Finding {
    let help = "export or download the layer again";
    Finding::error("G301", file, format!("its {part} cannot be read: {error}"), help)
}

/// Shapes, each read from its own record alone.
fn shapes(parts: &Parts<'_>) -> Result<Vec<Shape>, String> {
    let shape = |(k, record): (usize, &[u8])| {
        let named = |reason: String| format!("record {}: {reason}", k + 1);
        if !counts_fit(record) {
            return Err(named("it counts more points than it holds".into()));
        }
        // The records are parts of a file that has no more than 2 GB.
        let size = i32::try_from(record.len()).unwrap_or(i32::MAX);
        Shape::read_from(&mut Cursor::new(record), size).map_err(|error| named(error.to_string()))
    };
    records(parts)?.into_iter().enumerate().map(shape).collect()
}

/// Bytes before the first record, in the shapes and in their index.
const HEADER: usize = 100;

/// The content of each record, in the order of the index, or else as they stand.
fn records<'a>(parts: &Parts<'a>) -> Result<Vec<&'a [u8]>, String> {
    let mut records = Vec::new();
    let mut room = told_length(parts.shapes)?;
    let mut add = |at: usize| {
        let record = record(parts.shapes, at).ok_or_else(|| format!("they are cut off at byte {at}"))?;
        // An index may lead to the same bytes again and again.
        room = room.checked_sub(8 + record.len()).ok_or("records share bytes")?;
        records.push(record);
        Ok::<usize, String>(at + 8 + record.len())
    };
    if let Some(index) = parts.index {
        let entries = index.get(HEADER..told_length(index)?).unwrap_or_default();
        for entry in entries.chunks_exact(8) {
            add(2 * big_endian(entry, 0).ok_or("the index is cut off")?)?;
        }
    } else {
        let (mut at, end) = (HEADER, told_length(parts.shapes)?);
        while at < end {
            at = add(at)?;
        }
    }
    Ok(records)
}

/// The length in bytes that a header tells, which the file must have.
fn told_length(bytes: &[u8]) -> Result<usize, String> {
    let told = big_endian(bytes, 24).map(|words| 2 * words);
    told.filter(|&told| told <= bytes.len())
        .ok_or_else(|| "they are shorter than their header says".into())
}

fn record(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let start = at.checked_add(8)?;
    bytes.get(start..start.checked_add(2 * big_endian(bytes, at + 4)?)?)
}

/// A count of four bytes, the greatest first; none where it is below zero.
fn big_endian(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(i32::from_be_bytes(*four)).ok()
}

/// Whether the points and parts that a record counts can stand in it, and its parts begin one after the other; room is set aside for as many points as it says.
fn counts_fit(record: &[u8]) -> bool {
    let count = |at: usize| {
        let four = record.get(at..).and_then(|rest| rest.first_chunk::<4>());
        four.map_or(0, |four| u64::from(u32::from_le_bytes(*four)))
    };
    let (parts, points) = match count(0) {
        3 | 5 | 13 | 15 | 23 | 25 | 31 => (count(36), count(40)),
        8 | 18 | 28 => (0, count(36)),
        _ => (0, 0),
    };
    let starts = record
        .get(44..)
        .unwrap_or_default()
        .chunks_exact(4)
        .take(parts as usize);
    let starts = starts.map(|four| u64::from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])));
    4 * parts + 16 * points <= record.len() as u64 && starts.chain([points]).is_sorted()
}

/// The encoding that the `.cpg` names: a label such as `UTF-8`, or the number of a Windows code page.
fn encoding(file: &str, parts: &Parts<'_>) -> Result<Option<&'static Encoding>, Finding> {
    let Some(bytes) = parts.encoding else { return Ok(None) };
    let label = String::from_utf8_lossy(bytes).trim().to_lowercase();
    let label = label.trim_start_matches("ansi ").trim_start_matches("cp");
    let page = if label.len() == 4 && label.starts_with("125") {
        format!("windows-{label}")
    } else {
        label
            .replace("65001", "utf-8")
            .replace("88591", "8859-1")
            .replace("iso 8859", "iso-8859")
    };
    let known = Encoding::for_label_no_replacement(page.as_bytes());
    match known.filter(|encoding| encoding.is_ascii_compatible() && *encoding != X_USER_DEFINED) {
        Some(encoding) => Ok(Some(encoding)),
        None => {
            let message = format!("its .cpg names the encoding `{label}`, which is not known here");
            Err(Finding::error(
                "G301",
                file,
                message,
                "save the table in UTF-8, or take the .cpg away",
            ))
        }
    }
}

/// Rows in the encoding that is named, or else in UTF-8 where the whole table is that, and in Windows 1252 where it is not.
fn rows(table: &[u8], encoding: Option<&'static Encoding>) -> Result<Vec<dbase::Record>, dbase::Error> {
    let guess = || {
        if std::str::from_utf8(cells(table)).is_ok() {
            UTF_8
        } else {
            WINDOWS_1252
        }
    };
    let encoding = EncodingRs::from(encoding.unwrap_or_else(guess));
    let builder = dbase::ReaderBuilder::new().with_encoding(encoding);
    builder.build(Cursor::new(table))?.read()
}

/// The rows of a table as bytes; its header says where they begin.
fn cells(table: &[u8]) -> &[u8] {
    let start = table
        .get(8..10)
        .map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    table.get(start..).unwrap_or_default()
}

fn feature(number: usize, shape: Shape, row: dbase::Record) -> Feature {
    let mut feature = Feature {
        number,
        properties: row
            .into_iter()
            .filter_map(|(key, value)| Some((key, property(value)?)))
            .collect(),
        ..Feature::default()
    };
    match rings(shape) {
        Ok(rings) => feature.polygons = polygons(rings),
        Err(kind) => feature.other_geometry = Some(kind),
    }
    feature
}

fn property(value: FieldValue) -> Option<Property> {
    match value {
        FieldValue::Character(text) => text.and_then(|text| Property::text(&text)),
        FieldValue::Memo(text) => Property::text(&text),
        FieldValue::Numeric(number) => number.map(Property::Number),
        FieldValue::Float(number) => number.map(|n| Property::Number(f64::from(n))),
        FieldValue::Integer(number) => Some(Property::Number(f64::from(number))),
        FieldValue::Double(number) | FieldValue::Currency(number) => Some(Property::Number(number)),
        FieldValue::Logical(_) | FieldValue::Date(_) | FieldValue::DateTime(_) => None,
    }
}

/// The rings of a polygon, or the type of a shape that is none. A null shape has no rings.
fn rings(shape: Shape) -> Result<Vec<Vec<[f64; 2]>>, String> {
    match shape {
        Shape::NullShape => Ok(Vec::new()),
        Shape::Polygon(p) => Ok(lines(p.rings(), |p| [p.x, p.y])),
        Shape::PolygonM(p) => Ok(lines(p.rings(), |p| [p.x, p.y])),
        Shape::PolygonZ(p) => Ok(lines(p.rings(), |p| [p.x, p.y])),
        other => Err(other.shapetype().to_string()),
    }
}

fn lines<P>(rings: &[PolygonRing<P>], coordinate: impl Fn(&P) -> [f64; 2]) -> Vec<Vec<[f64; 2]>> {
    rings
        .iter()
        .map(|ring| ring.points().iter().map(&coordinate).collect())
        .collect()
}

/// Polygons from the rings of one shape: those that run clockwise are land, the others are holes in the smallest land around
/// them. Where none runs clockwise, the file has them the other way round and all are land.
fn polygons(rings: Vec<Vec<[f64; 2]>>) -> Vec<RawPolygon> {
    let turns: Vec<f64> = rings.iter().map(|ring| twice_area(ring)).collect();
    if turns.iter().all(|&turn| turn >= 0.0) {
        return rings.into_iter().map(|ring| vec![ring]).collect();
    }
    let (mut land, mut holes) = (Vec::new(), Vec::new());
    for (ring, turn) in rings.into_iter().zip(turns) {
        if turn <= 0.0 {
            land.push((-turn, vec![ring]))
        } else {
            holes.push(ring)
        }
    }
    for hole in holes {
        let around = land
            .iter()
            .enumerate()
            .filter(|(_, (_, polygon))| holds(&polygon[0], hole[0]));
        let smallest = around.min_by(|a, b| a.1.0.total_cmp(&b.1.0)).map(|(k, _)| k);
        match smallest {
            Some(k) => land[k].1.push(hole),
            None => land.push((0.0, vec![hole])),
        }
    }
    land.into_iter().map(|(_, polygon)| polygon).collect()
}

/// Twice the area, above zero where the ring runs counter-clockwise.
fn twice_area(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x, y]) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|w| (w[0][0] - x) * (w[1][1] - y) - (w[1][0] - x) * (w[0][1] - y))
        .sum()
}

fn holds(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crossed = ring.windows(2).filter(|w| {
        let ([ax, ay], [bx, by]) = (w[0], w[1]);
        (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    });
    crossed.count() % 2 == 1
}
