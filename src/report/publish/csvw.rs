//! The metadata of tables of comma-separated values, which have no room for them: CSV on the Web (W3C), beside the table as `NAME.csv-metadata.json`.

use serde_json::{Value, json};

use super::facts::provenance;
use super::{FileKind, Publication};
use crate::report::ReportError;

/// Name, type and meaning of a column.
type Column = (&'static str, &'static str, &'static str);

const PLAN: [Column; 3] = [
    ("area_code", "string", "Code of the area (ONS)"),
    ("lot_id", "string", "Label of its lot; blank where it is in none"),
    (
        "share",
        "number",
        "Part of the area that is in the lot; absent where no area is shared",
    ),
];

const LOTS: [Column; 16] = [
    ("lot_id", "string", "Label of the lot"),
    ("name", "string", "A name from its largest members"),
    ("areas", "string", "Codes of its areas, with a blank between"),
    ("volume", "number", "People"),
    ("share", "number", "Its part of all people"),
    (
        "contract_value_gbp",
        "number",
        "Envelope × share, in pounds; blank where no money is let",
    ),
    ("participants", "number", "Participants of the programme × share"),
    ("annual_starts", "number", "Participants ÷ years of referral"),
    (
        "floor_margin_gbp",
        "number",
        "Contract value less the floor, in pounds; blank without a floor",
    ),
    ("pieces", "integer", "Pieces in which it falls, links counted as joins"),
    (
        "hub",
        "string",
        "Code of the area with the least volume-weighted distance to all others",
    ),
    (
        "mean_km_to_hub",
        "number",
        "Volume-weighted mean distance to the hub, in km",
    ),
    ("deals", "string", "Deals with their share of the lot"),
    ("violations", "string", "Rules that the lot breaks"),
    (
        "volume_low",
        "number",
        "Fewest people; blank where all figures are known exactly",
    ),
    (
        "volume_high",
        "number",
        "Most people; blank where all figures are known exactly",
    ),
];

const CPA_AREAS: [Column; 5] = [
    ("lot_id", "string", "Label of the contract package area"),
    ("name", "string", "A name from its largest members"),
    ("areas_in_words", "string", "What it holds, in the fewest names"),
    ("authorities", "integer", "Authorities in it, wholly or in part"),
    ("people", "number", "People"),
];

const CPA_AUTHORITIES: [Column; 5] = [
    (
        "lot_id",
        "string",
        "Label of the contract package area; blank for authorities in none",
    ),
    ("name", "string", "Its name"),
    ("area_code", "string", "Code of the authority (ONS)"),
    ("area_name", "string", "Name of the authority"),
    ("share", "number", "Part of the authority that is in it"),
];

/// The metadata of the table `kind` in a file called `file`, or of all four tables by their usual names where `table` is `None`.
///
/// # Errors
/// [`ReportError::Write`] if `table` names a kind that is no table of comma-separated values.
pub fn metadata(from: &Publication<'_>, table: Option<(FileKind, &str)>) -> Result<Vec<u8>, ReportError> {
    let mut tables = Vec::new();
    match table {
        Some((kind, file)) => tables.push(described(from, kind, file)?),
        None => {
            for kind in FileKind::all().filter(|kind| kind.is_csv()) {
                tables.push(described(from, kind, kind.file_name())?);
            }
        }
    }
    let licences: Vec<&str> = from.map.sources.iter().map(|source| source.licence.as_str()).collect();
    let told: Vec<Value> = provenance(from)
        .iter()
        .map(|fact| json!({ "item": fact.item, "name": fact.name, "value": fact.value }))
        .collect();
    let all = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": from.answer.scenario.title,
        "dc:creator": format!("lotwright {}", from.answer.version),
        "dc:rights": from.map.attribution(),
        "dc:license": licences,
        "dc:provenance": told,
        "tables": tables,
    });
    Ok(serde_json::to_vec_pretty(&all)?)
}

fn described(from: &Publication<'_>, kind: FileKind, file: &str) -> Result<Value, ReportError> {
    // The table of a plan has its third column only where an area is shared.
    let shared = from
        .map
        .areas
        .iter()
        .any(|area| area.lots.first().is_some_and(|lot| lot.1 < 1.0));
    let columns: &[Column] = match kind {
        FileKind::Plan if shared => &PLAN,
        FileKind::Plan => &PLAN[..2],
        FileKind::Lots => &LOTS,
        FileKind::CpaAreas => &CPA_AREAS,
        FileKind::CpaAuthorities => &CPA_AUTHORITIES,
        other => return Err(ReportError::Write(format!("{} is no table", other.name()))),
    };
    let column = |&(name, datatype, meaning): &Column| json!({ "name": name, "titles": name, "datatype": datatype, "dc:description": meaning });
    let columns: Vec<Value> = columns.iter().map(column).collect();
    Ok(json!({ "url": file, "dc:title": kind.words(), "tableSchema": { "columns": columns } }))
}
