//! Small areas with people in them, by which shares of groups are told: outlines with a column of people, outlines beside a table, or points.

use std::collections::BTreeMap;

use super::boundaries;
use super::boundary::BoundarySource;
use super::coordinates;
use super::input::Input;
use super::layer::{Columns, Feature, Layer, Property};
use super::sniff::{Kind, sniff};
use super::table::Table;
use super::volumes::{self, Cell};
use crate::domain::words::list;
use crate::domain::{AreaCode, Finding, Findings, VolumesSpec};
use crate::geo::{Frame, Shape, SmallArea};

/// The files of small areas.
#[derive(Clone, Copy, Debug)]
pub struct SmallAreasSource<'a> {
    /// Outlines of any kind of boundary file, or a table of points: `easting,northing` or `longitude,latitude`.
    pub outlines: BoundarySource<'a>,
    /// A table of people by code, where the outlines have none.
    pub table: Option<&'a Input>,
    /// The column of people.
    pub column: &'a str,
}

/// Reads small areas onto a plane.
///
/// # Errors
/// What the readers of boundaries and of volumes find; `M604` where people or coordinates are missing or no numbers.
pub fn read(source: &SmallAreasSource<'_>, frame: &Frame) -> Result<(Vec<SmallArea>, Findings), Findings> {
    let outlines = &source.outlines;
    if source.table.is_none() && sniff(outlines.file, outlines.bytes)? == Kind::Table {
        return points(source, frame).map(|points| (points, Findings::default()));
    }
    let mut findings = Findings::default();
    let read = boundaries::of_source(outlines)?;
    let people = match source.table {
        Some(table) => of_table(source, table, &read.layer, &read.columns, &mut findings),
        None => of_property(source, &read.layer, &mut findings),
    };
    let plane = coordinates::on_plane(outlines, read.kind, &read.layer, Some(frame), &mut findings);
    let ((), findings) = findings.gate(())?;
    let shapes: Vec<Shape> = plane.map(|plane| plane.shapes).unwrap_or_default();
    let areas = shapes.iter().zip(&people);
    let areas = areas.filter_map(|(shape, people)| SmallArea::of_shape(shape, *people));
    Ok((areas.collect(), findings))
}

/// The people of each feature, by one of its properties.
fn of_property(source: &SmallAreasSource<'_>, layer: &Layer, findings: &mut Findings) -> Vec<f64> {
    let file = source.outlines.file;
    if !layer.features.iter().any(|f| f.properties.contains_key(source.column)) {
        let keys: Vec<&str> = layer.features[0].properties.keys().map(String::as_str).collect();
        let message = format!("has no column {}; it has {}", source.column, list(&keys, 12));
        let help =
            "name one of its columns, or give the people in a table: [\"FILE\", \"TABLE:COLUMN\"] in areas.shapes_by";
        findings.push(Finding::error("M604", file, message, help));
        return Vec::new();
    }
    let of_feature = |f: &Feature| {
        let people = match f.properties.get(source.column) {
            Some(Property::Number(number)) => Some(*number),
            Some(Property::Text(text)) => text.parse().ok(),
            None => None,
        };
        people
            .filter(fits)
            .ok_or_else(|| format!("{file} feature {}", f.number))
    };
    gathered(source.column, layer.features.iter().map(of_feature), findings)
}

/// The people of each feature, by its code in a table.
fn of_table(
    source: &SmallAreasSource<'_>,
    table: &Input,
    layer: &Layer,
    columns: &Columns,
    findings: &mut Findings,
) -> Vec<f64> {
    let asked = VolumesSpec {
        weight: source.column.to_string(),
        ..VolumesSpec::default()
    };
    let rows = match volumes::read(table, None, &asked) {
        Ok((read, faults)) => {
            findings.extend(faults);
            read.rows
        }
        Err(faults) => {
            findings.extend(faults);
            return Vec::new();
        }
    };
    let by_code: BTreeMap<AreaCode, f64> = rows
        .into_iter()
        .filter_map(|row| match row.cell {
            Cell::Number(volume) => Some((row.code, volume.as_people())),
            Cell::Negligible => Some((row.code, 0.0)),
            Cell::AtMost(most) => Some((row.code, most.as_people() / 2.0)),
            Cell::Suppressed | Cell::Unread => None,
        })
        .collect();
    let of_feature = |f: &Feature| {
        let code = columns.code_of(f).unwrap_or_default();
        let people = by_code.get(&AreaCode::new(&code)).copied();
        people.ok_or_else(|| format!("{} {code}", table.name))
    };
    gathered(source.column, layer.features.iter().map(of_feature), findings)
}

/// Small areas that are only points, from a table.
fn points(source: &SmallAreasSource<'_>, frame: &Frame) -> Result<Vec<SmallArea>, Findings> {
    let table = Table::read(source.outlines.file, source.outlines.bytes, &[source.column])?;
    let column = |name: &str| table.headers.iter().position(|h| h.eq_ignore_ascii_case(name));
    let pair = |a: &str, b: &str| column(a).zip(column(b));
    let metres = pair("easting", "northing").filter(|_| matches!(frame, Frame::BritishNationalGrid));
    let degrees = pair("longitude", "latitude");
    let (Some((x, y)), Some(people)) = (metres.or(degrees), table.column(source.column)) else {
        let message = format!(
            "has no place for its rows; its columns are {}",
            list(&table.headers, 12)
        );
        let help = "give points in columns easting and northing (British National Grid) or longitude and latitude, or name a file of outlines";
        return Err(Finding::error("M604", source.outlines.file, message, help).into());
    };
    let mut findings = Findings::default();
    let points = table.rows.iter().map(|row| {
        let number = |column: usize| row.cells[column].parse::<f64>().ok().filter(|x| x.is_finite());
        let place = number(x).zip(number(y)).and_then(|(x, y)| match metres {
            Some(_) => Some((x, y)),
            None => frame.to_plane(x, y).ok(),
        });
        let point = place.zip(number(people).filter(fits));
        point
            .map(|((easting, northing), people)| SmallArea::at(easting, northing, people))
            .ok_or_else(|| table.subject(row))
    });
    let points = gathered(source.column, points, &mut findings);
    findings.gate(points).map(|(points, _)| points)
}

fn fits(people: &f64) -> bool {
    people.is_finite() && *people >= 0.0
}

/// What could be read; the places of the rest in one finding.
fn gathered<T>(column: &str, all: impl Iterator<Item = Result<T, String>>, findings: &mut Findings) -> Vec<T> {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(one) => read.push(one),
            Err(place) => faults.push(place),
        }
    }
    if let Some(first) = faults.first() {
        let more = match faults.len() {
            1 => String::new(),
            many => format!(", nor have {} others", many - 1),
        };
        let message = format!("has no place or no number of people in {column}{more}");
        let help = "fill in a number, zero or more, for each small area, or take it out";
        findings.push(Finding::error("M604", first, message, help));
    }
    read
}
