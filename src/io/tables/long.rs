//! A long table has one row an observation; made wide, it has one row an area and one column a measure.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::archive::MOST_CELLS;
use super::{Row, Table};
use crate::domain::Finding;

/// Makes the table of the Nomis interface wide. Columns are named by what tells the observations apart (`MEASURES_NAME`, `DATE_NAME`, …), or `OBS_VALUE` where
/// there is one observation an area. A second observation of the same kind for an area becomes a second row, so that it is found as a double.
///
/// # Errors
/// `S210` where that would make more cells than can be kept: something besides the measures tells almost every row from the others.
pub(super) fn widen(table: Table) -> Result<Table, Finding> {
    let at = |name: &str| {
        table
            .columns
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    };
    let (Some(code), Some(value)) = (at("GEOGRAPHY_CODE"), at("OBS_VALUE")) else {
        return Ok(table);
    };
    let name = at("GEOGRAPHY_NAME");
    let status = at("OBS_STATUS");
    let telling = telling_apart(&table);
    let mut measures: Vec<String> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut rows: Vec<Row> = Vec::new();
    let mut last: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &table.rows {
        let measure = measure(row, &telling);
        let column = *places.entry(measure).or_insert_with_key(|measure| {
            measures.push(measure.clone());
            1 + measures.len()
        });
        let area = (
            row.cells[code].clone(),
            name.map(|k| row.cells[k].clone()).unwrap_or_default(),
        );
        let held = last
            .get(&area)
            .copied()
            .filter(|&k| rows[k].cells.get(column).is_none_or(String::is_empty));
        if rows.len().saturating_mul(measures.len()) > MOST_CELLS {
            return Err(too_wide(&table.file));
        }
        let place = held.unwrap_or_else(|| {
            rows.push(Row {
                line: row.line,
                cells: vec![area.0.clone(), area.1.clone()],
            });
            rows.len() - 1
        });
        last.insert(area, place);
        let cells = &mut rows[place].cells;
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = observed(&row.cells[value], status.map(|k| row.cells[k].as_str()));
    }
    let columns: Vec<String> = ["GEOGRAPHY_CODE".into(), "GEOGRAPHY_NAME".into()]
        .into_iter()
        .chain(measures)
        .collect();
    rows.iter_mut()
        .for_each(|row| row.cells.resize(columns.len(), String::new()));
    Ok(Table { columns, rows, ..table })
}

fn too_wide(file: &str) -> Finding {
    let message = format!("has so many measures that they make a table of more than {MOST_CELLS} cells");
    let help =
        "ask for fewer measures, dates and categories at a time, so that few columns tell the rows of an area apart";
    Finding::error("S210", file, message, help)
}

/// A value, or a mark where there is none: `c` where its status says that it is kept back, `-` where it is missing for any other reason (`M` missing, `Q` not
/// available, `L` and others). What a blank value means never depends on the letter, as both are not known.
fn observed(value: &str, status: Option<&str>) -> String {
    match (value, status.map(str::to_ascii_uppercase).as_deref()) {
        ("", Some("C" | "S" | "F")) => "c".into(),
        ("", _) => "-".into(),
        (value, _) => value.into(),
    }
}

/// Columns that tell observations of one area apart: those that vary, but for what describes area, observation and row.
fn telling_apart(table: &Table) -> Vec<usize> {
    let upper: Vec<String> = table.columns.iter().map(|column| column.to_uppercase()).collect();
    let describes = |name: &str| {
        ["GEOGRAPHY", "OBS_", "RECORD_", "URN"]
            .iter()
            .any(|start| name.starts_with(start))
            || ["_CODE", "_TYPE", "_TYPECODE", "_SORTORDER", "_CONCEPT"]
                .iter()
                .any(|end| name.ends_with(end))
    };
    let named = |name: &str| upper.iter().any(|other| *other == format!("{name}_NAME"));
    let varies = |k: usize| {
        table
            .rows
            .iter()
            .map(|row| &row.cells[k])
            .collect::<BTreeSet<_>>()
            .len()
            > 1
    };
    (0..upper.len())
        .filter(|&k| !describes(&upper[k]) && !named(&upper[k]) && varies(k))
        .collect()
}

fn measure(row: &Row, telling: &[usize]) -> String {
    let parts: Vec<&str> = telling.iter().map(|&k| row.cells[k].as_str()).collect();
    if parts.is_empty() {
        "OBS_VALUE".into()
    } else {
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const HEAD: &str = "\"DATE_NAME\",\"GEOGRAPHY_NAME\",\"GEOGRAPHY_CODE\",\"MEASURES\",\"MEASURES_NAME\",\"OBS_VALUE\",\"OBS_STATUS\"\n";

    #[test]
    fn values_and_percentages_become_columns_of_their_own() {
        let text = format!(
            "{HEAD}\"Aug 2016\",\"Darlington\",\"E06000005\",20100,\"value\",1230,\"A\"\n\
             \"Aug 2016\",\"Darlington\",\"E06000005\",20301,\"percent\",1.9,\"A\"\n\
             \"Aug 2016\",\"Hartlepool\",\"E06000001\",20100,\"value\",,\"c\"\n"
        );
        let (table, _) = read("n.csv", text.as_bytes()).unwrap();
        assert_eq!(table.columns, ["GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "value", "percent"]);
        assert_eq!(table.rows[0].cells, ["E06000005", "Darlington", "1230", "1.9"]);
        assert_eq!(table.rows[1].cells, ["E06000001", "Hartlepool", "c", ""]);
    }

    #[test]
    fn a_blank_value_is_missing_whatever_letter_its_status_has() {
        for status in ["Q", "M", "L", "A", "", "-", "9"] {
            let text = format!("{HEAD}\"Aug 2016\",\"Hartlepool\",\"E06000001\",20100,\"value\",,\"{status}\"\n");
            let (table, _) = read("n.csv", text.as_bytes()).unwrap();
            assert_eq!(table.rows[0].cells[2], "-", "{status}");
        }
    }

    #[test]
    fn a_second_observation_of_one_kind_is_a_second_row() {
        let row = "\"Aug 2016\",\"Darlington\",\"E06000005\",20100,\"value\",1230,\"A\"\n";
        let (table, _) = read("n.csv", format!("{HEAD}{row}{row}").as_bytes()).unwrap();
        assert_eq!((table.columns[2].as_str(), table.rows.len()), ("OBS_VALUE", 2));
    }
}
