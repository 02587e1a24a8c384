//! The file `plan-shapefile.zip`: areas, lots and links as shapefiles, with a README that explains their short names.

use std::io::Cursor;

use ::geo::MultiPolygon;
use shapefile::dbase::encoding::EncodingRs;
use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::record::EsriShape;
use shapefile::{Point, Polygon, PolygonRing, Polyline, ShapeWriter};

use super::facts::{deals_words, lots_words, provenance};
use super::zipped::{Member, archive};
use super::{LinkLine, Publication};
use crate::report::{LotAnswer, MapArea, ReportError};

/// The longest text that a table of dBASE holds, in bytes.
const LONGEST: usize = 254;

/// A column of a table: its name of ten letters at most, what it means, and for numbers the decimals.
struct Field {
    name: &'static str,
    meaning: &'static str,
    decimals: Option<u8>,
}

const fn text(name: &'static str, meaning: &'static str) -> Field {
    Field {
        name,
        meaning,
        decimals: None,
    }
}

const fn number(name: &'static str, decimals: u8, meaning: &'static str) -> Field {
    Field {
        name,
        meaning,
        decimals: Some(decimals),
    }
}

const AREAS: [Field; 7] = [
    text("area_code", "code of the area (ONS)"),
    text("area_name", "name of the area"),
    number("volume", 3, "people"),
    text(
        "lot_id",
        "label of the lot that holds most of it; blank where it is in none",
    ),
    text("lot_name", "name of that lot"),
    number("lot_share", 6, "part of the area that is in that lot"),
    text("lots", "all its lots with their parts of it"),
];

const LOTS: [Field; 14] = [
    text("lot_id", "label of the lot"),
    text("lot_name", "a name from its largest members"),
    number(
        "areas",
        0,
        "number of areas, wholly or in part in it; their codes are in the layer areas",
    ),
    number("volume", 3, "people"),
    number("share", 6, "its part of all people"),
    number(
        "value_gbp",
        2,
        "contract value in pounds: envelope times share; blank where no money is let",
    ),
    number("particip", 3, "participants of the programme times share"),
    number("starts", 3, "participants a year"),
    number(
        "margin_gbp",
        2,
        "contract value less the floor, in pounds; blank without a floor",
    ),
    number("pieces", 0, "pieces in which it falls, links counted as joins"),
    text(
        "hub",
        "code of the area with the least volume-weighted distance to all others",
    ),
    number("km_to_hub", 3, "volume-weighted mean distance to the hub, in km"),
    text("deals", "deals with their share of the lot; cut off after 254 bytes"),
    text("broken", "rules that the lot breaks"),
];

const LINKS: [Field; 5] = [
    text("from_code", "code of the first area"),
    text("to_code", "code of the second area"),
    text("kind", "bridge, tunnel or ferry"),
    text("name", "what people call it"),
    text("lot_id", "label of the lot that holds both ends; blank where none does"),
];

/// A layer: its name, what it is, its columns, its shapes, and a row of cells a shape.
struct Layer<S> {
    name: &'static str,
    words: &'static str,
    fields: &'static [Field],
    shapes: Vec<S>,
    rows: Vec<Vec<Cell>>,
}

enum Cell {
    Text(String),
    Number(Option<f64>),
}

/// Areas, lots and links as shapefiles in one archive, each of `.shp`, `.shx`, `.dbf` (UTF-8), `.prj` and `.cpg`, with a README. Lots and links are left out where there are none.
///
/// # Errors
/// [`ReportError::Mismatch`] where answer and map do not belong together, [`ReportError::Write`] where a writer fails.
pub fn shapefile_zip(from: &Publication<'_>) -> Result<Vec<u8>, ReportError> {
    from.map.matches(from.answer)?;
    let (areas, lots, links) = (areas(from)?, lots(from)?, links(from));
    let mut told = String::new();
    let mut parts = Vec::new();
    parts.extend(files(&areas, from.plane.prj(), &mut told)?);
    // A shapefile without shapes says not even of which kind they would be.
    if !lots.shapes.is_empty() {
        parts.extend(files(&lots, from.plane.prj(), &mut told)?);
    }
    if !links.shapes.is_empty() {
        parts.extend(files(&links, from.plane.prj(), &mut told)?);
    }
    parts.insert(0, ("README.txt".into(), readme(from, &told).into_bytes()));
    let members: Vec<Member<'_>> = parts
        .iter()
        .map(|(name, content)| Member {
            name,
            content,
            packed: true,
        })
        .collect();
    archive(&members)
}

fn areas(from: &Publication<'_>) -> Result<Layer<Polygon>, ReportError> {
    let row = |area: &MapArea| {
        let main = area.lots.first().map(|&(lot, share)| (&from.answer.lots[lot], share));
        vec![
            Cell::Text(area.code.clone()),
            Cell::Text(area.name.clone()),
            Cell::Number(Some(area.volume)),
            Cell::Text(main.map_or_else(String::new, |(lot, _)| lot.lot_id.clone())),
            Cell::Text(main.map_or_else(String::new, |(lot, _)| lot.name.clone())),
            Cell::Number(main.map(|(_, share)| share)),
            Cell::Text(lots_words(from, area)),
        ]
    };
    let shapes = from.map.areas.iter().map(|area| polygon(from, &area.code, &area.shape));
    Ok(Layer {
        name: "areas",
        words: "areas that take part",
        fields: &AREAS,
        shapes: shapes.collect::<Result<_, _>>()?,
        rows: from.map.areas.iter().map(row).collect(),
    })
}

fn lots(from: &Publication<'_>) -> Result<Layer<Polygon>, ReportError> {
    let row = |lot: &LotAnswer| {
        let broken = from.answer.violations.iter();
        let broken = broken.filter(|v| v.lot_id.as_deref() == Some(&lot.lot_id));
        let broken: Vec<&str> = broken.map(|v| v.rule.as_str()).collect();
        vec![
            Cell::Text(lot.lot_id.clone()),
            Cell::Text(lot.name.clone()),
            Cell::Number(Some(lot.areas.len() as f64)),
            Cell::Number(Some(lot.volume)),
            Cell::Number(Some(lot.share)),
            Cell::Number(from.answer.lets_money().then_some(lot.contract_value_gbp)),
            Cell::Number(Some(lot.participants)),
            Cell::Number(Some(lot.annual_starts)),
            Cell::Number(lot.floor_margin_gbp),
            Cell::Number(Some(lot.pieces as f64)),
            Cell::Text(lot.hub.clone()),
            Cell::Number(Some(lot.mean_km_to_hub)),
            Cell::Text(deals_words(lot)),
            Cell::Text(broken.join("; ")),
        ]
    };
    let drawn = from.answer.lots.iter().zip(&from.map.lots);
    let shapes = drawn.map(|(lot, drawn)| polygon(from, &lot.lot_id, &drawn.shape));
    Ok(Layer {
        name: "lots",
        words: "lots",
        fields: &LOTS,
        shapes: shapes.collect::<Result<_, _>>()?,
        rows: from.answer.lots.iter().map(row).collect(),
    })
}

fn links(from: &Publication<'_>) -> Layer<Polyline> {
    let areas = &from.map.areas;
    let row = |link: &LinkLine| {
        let lot = |area: usize| areas[area].lots.first().map(|lot| lot.0);
        let within = lot(link.from).filter(|&one| lot(link.to) == Some(one));
        vec![
            Cell::Text(areas[link.from].code.clone()),
            Cell::Text(areas[link.to].code.clone()),
            Cell::Text(link.kind.clone()),
            Cell::Text(link.name.clone()),
            Cell::Text(within.map_or_else(String::new, |lot| from.answer.lots[lot].lot_id.clone())),
        ]
    };
    let line = |link: &LinkLine| {
        let end = |(x, y)| {
            let at = from.plane.point(::geo::Coord { x, y });
            Point::new(at.x, at.y)
        };
        Polyline::new(link.line.map(end).to_vec())
    };
    Layer {
        name: "links",
        words: "bridges, tunnels and ferries that count as joins, from where people of the one area live to where those of the other do",
        fields: &LINKS,
        shapes: from.links.iter().map(line).collect(),
        rows: from.links.iter().map(row).collect(),
    }
}

/// A shape as a polygon of a shapefile: the writer turns outer rings clockwise and holes the other way.
fn polygon(from: &Publication<'_>, of: &str, shape: &MultiPolygon<f64>) -> Result<Polygon, ReportError> {
    let points = |ring: &::geo::LineString<f64>| ring.coords().map(|c| Point::new(c.x, c.y)).collect::<Vec<_>>();
    let mut rings = Vec::new();
    for polygon in &from.plane.shape(shape) {
        rings.push(PolygonRing::Outer(points(polygon.exterior())));
        rings.extend(polygon.interiors().iter().map(|hole| PolygonRing::Inner(points(hole))));
    }
    if rings.is_empty() {
        return Err(ReportError::Write(format!(
            "{of} has no shape, and a shapefile has no room for it"
        )));
    }
    Ok(Polygon::with_rings(rings))
}

/// The files of a layer; adds to `told` what the README says of it.
fn files<S: EsriShape>(layer: &Layer<S>, prj: &str, told: &mut String) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let (mut shp, mut shx) = (Vec::new(), Vec::new());
    {
        let mut writer = ShapeWriter::with_shx(Cursor::new(&mut shp), Cursor::new(&mut shx));
        for shape in &layer.shapes {
            writer
                .write_shape(shape)
                .map_err(|e| ReportError::Write(e.to_string()))?;
        }
        writer.finalize().map_err(|e| ReportError::Write(e.to_string()))?;
    }
    told.push_str(&format!("\n{}.shp: {}\n", layer.name, layer.words));
    for field in layer.fields {
        told.push_str(&format!("  {:<11}{}\n", field.name, field.meaning));
    }
    let parts = [
        ("shp", shp),
        ("shx", shx),
        ("dbf", table(layer.fields, &layer.rows)?),
        ("prj", prj.as_bytes().to_vec()),
        ("cpg", b"UTF-8".to_vec()),
    ];
    Ok(parts
        .map(|(ending, bytes)| (format!("{}.{ending}", layer.name), bytes))
        .into())
}

/// A table of dBASE in UTF-8.
fn table(fields: &[Field], rows: &[Vec<Cell>]) -> Result<Vec<u8>, ReportError> {
    let told = |error: &dyn std::fmt::Display| ReportError::Write(error.to_string());
    let mut builder = TableWriterBuilder::with_encoding(EncodingRs::from(encoding_rs::UTF_8));
    for (k, field) in fields.iter().enumerate() {
        let name = FieldName::try_from(field.name).map_err(|e| told(&e))?;
        builder = match field.decimals {
            Some(decimals) => builder.add_numeric_field(name, 18, decimals),
            None => builder.add_character_field(name, width(rows, k)),
        };
    }
    let mut bytes = Vec::new();
    {
        let mut writer = builder.build_with_dest(Cursor::new(&mut bytes));
        for row in rows {
            let mut record = Record::default();
            for (field, cell) in fields.iter().zip(row) {
                record.insert(field.name.into(), value(cell));
            }
            writer.write_record(&record).map_err(|e| told(&e))?;
        }
        writer.finalize().map_err(|e| told(&e))?;
    }
    // The header holds the day on which it was written; a file that is the same whenever it is made tells the first of 1980.
    if let Some(date) = bytes.get_mut(1..4) {
        date.copy_from_slice(&[80, 1, 1]);
    }
    Ok(bytes)
}

/// Bytes of the longest text of a column, one at least.
fn width(rows: &[Vec<Cell>], column: usize) -> u8 {
    let lengths = rows.iter().map(|row| match row.get(column) {
        Some(Cell::Text(text)) => text.len(),
        _ => 0,
    });
    u8::try_from(lengths.max().unwrap_or(0).clamp(1, LONGEST)).unwrap_or(u8::MAX)
}

fn value(cell: &Cell) -> FieldValue {
    match cell {
        Cell::Number(number) => FieldValue::Numeric(*number),
        Cell::Text(text) if text.is_empty() => FieldValue::Character(None),
        Cell::Text(text) => {
            let end = text.floor_char_boundary(LONGEST);
            FieldValue::Character(Some(text[..end].to_string()))
        }
    }
}

fn readme(from: &Publication<'_>, layers: &str) -> String {
    let mut text = format!(
        "{}\n\nShapefiles of a plan of contract lots. Coordinates: {}. Tables are in UTF-8. Names of columns have ten letters at most;\nthis is what they mean.\n{layers}\nProvenance\n",
        from.answer.scenario.title,
        from.plane.name()
    );
    for fact in provenance(from) {
        let name = if fact.name.is_empty() {
            String::new()
        } else {
            format!(" {}", fact.name)
        };
        text.push_str(&format!("  {}{name}: {}\n", fact.item, fact.value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::publish::sample;
    use std::io::Read;

    fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let count = archive.len();
        let one = |index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn every_layer_has_its_five_parts_and_a_readme_stands_first() {
        let files = sample::with(|from| unpacked(&shapefile_zip(from).unwrap()));
        assert_eq!((files.len(), files[0].0.as_str()), (16, "README.txt"));
        let readme = String::from_utf8(files[0].1.clone()).unwrap();
        for field in AREAS.iter().chain(&LOTS).chain(&LINKS) {
            assert!(
                field.name.len() <= 10 && readme.contains(field.meaning),
                "{}",
                field.name
            );
        }
        assert!(readme.contains("Contains public sector information.") && readme.contains(&"ab".repeat(32)));
        let part = |name: &str| &files.iter().find(|file| file.0 == name).unwrap().1;
        assert_eq!(part("lots.cpg"), b"UTF-8");
        assert!(part("areas.prj").starts_with(b"PROJCS[\"British_National_Grid\""));
    }

    #[test]
    fn equal_publications_are_equal_bytes_and_tell_no_day() {
        sample::with(|from| {
            let bytes = shapefile_zip(from).unwrap();
            assert_eq!(bytes, shapefile_zip(from).unwrap());
            let tables = unpacked(&bytes).into_iter().filter(|file| file.0.ends_with(".dbf"));
            assert!(tables.map(|file| file.1[1..4].to_vec()).all(|date| date == [80, 1, 1]));
        });
    }

    #[test]
    fn a_text_is_cut_between_letters_where_the_table_has_no_room() {
        let long = Cell::Text("é".repeat(200));
        let FieldValue::Character(Some(cut)) = value(&long) else {
            panic!("no text")
        };
        assert_eq!(cut, "é".repeat(127));
        assert_eq!(width(&[vec![long]], 0), 254);
    }
}
