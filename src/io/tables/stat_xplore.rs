//! The JSON of Stat-Xplore: nested cubes of values, with a list of items for each of their sides.

use serde_json::Value;

use super::{Line, Row, Table};
use crate::domain::Finding;
use crate::io::delimited::is_code;
use crate::io::table_kind::TableKind;

/// A side of the cubes.
struct Field {
    items: Vec<Item>,
}

/// An item: its label, and the area code at the end of its uri, where it has one. `Total` has none.
struct Item {
    label: String,
    code: String,
}

/// Reads the table: one row an item of the side that holds areas, one column for each combination of all other items and each cube.
///
/// # Errors
/// `S209` with what is missing, or does not fit together.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Table, Finding> {
    let broken = |why: String| {
        let message = format!("is no table of Stat-Xplore that can be read: {why}");
        Finding::error(
            "S209",
            file,
            message,
            "save the answer of the interface again as it came, or the table as CSV",
        )
    };
    let text = super::encoding::decode(bytes).0;
    let json: Value = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
    let fields = fields(&json).ok_or_else(|| broken("it has no list `fields` with items".into()))?;
    let areas = areas_of(&fields).ok_or_else(|| broken("no field has items with area codes".into()))?;
    let cubes = cubes(&json, &fields).map_err(broken)?;
    let columns = columns(&json, &fields, areas, &cubes);
    let rows = rows(&fields, areas, &cubes);
    Ok(Table {
        file: file.into(),
        kind: TableKind::StatXploreJson,
        encoding: "UTF-8",
        sheet: None,
        above: Vec::new(),
        header_line: 1,
        columns,
        rows,
        below: annotations(&json),
    })
}

fn fields(json: &Value) -> Option<Vec<Field>> {
    let fields = json.get("fields")?.as_array()?;
    fields
        .iter()
        .map(field)
        .collect::<Option<Vec<_>>>()
        .filter(|fields| !fields.is_empty())
}

fn field(json: &Value) -> Option<Field> {
    let items = json.get("items")?.as_array()?;
    Some(Field {
        items: items.iter().map(item).collect(),
    })
}

fn item(json: &Value) -> Item {
    let first = |key: &str| json.get(key).and_then(|list| list.get(0));
    let uri = first("uris").and_then(Value::as_str).unwrap_or_default();
    let token = uri.rsplit(':').next().unwrap_or_default();
    Item {
        label: text(first("labels")),
        code: if is_code(token) { token.into() } else { String::new() },
    }
}

fn text(json: Option<&Value>) -> String {
    json.and_then(Value::as_str).unwrap_or_default().trim().to_string()
}

/// The field with the most area codes.
fn areas_of(fields: &[Field]) -> Option<usize> {
    let codes = |field: &Field| field.items.iter().filter(|item| !item.code.is_empty()).count();
    let best = (0..fields.len()).min_by_key(|&k| (std::cmp::Reverse(codes(&fields[k])), k))?;
    (codes(&fields[best]) > 0).then_some(best)
}

/// Every cube by its uri, with its values one after the other, the last field running fastest.
fn cubes(json: &Value, fields: &[Field]) -> Result<Vec<(String, Vec<String>)>, String> {
    let cubes = json
        .get("cubes")
        .and_then(Value::as_object)
        .ok_or("it has no `cubes`")?;
    let wanted = fields
        .iter()
        .try_fold(1_usize, |product, field| product.checked_mul(field.items.len()));
    let mut read = Vec::new();
    for (uri, cube) in cubes {
        let mut cells = Vec::new();
        flatten(cube.get("values").unwrap_or(&Value::Null), fields.len(), &mut cells);
        if wanted != Some(cells.len()) {
            let sides: Vec<String> = fields.iter().map(|field| field.items.len().to_string()).collect();
            return Err(format!(
                "its cube has {} values, and its items call for {}",
                cells.len(),
                sides.join(" × ")
            ));
        }
        annotate(&mut cells, cube.get("annotations"), json, fields.len());
        read.push((uri.clone(), cells));
    }
    if read.is_empty() {
        return Err("it has no `cubes`".into());
    }
    Ok(read)
}

/// A zero that the interface marks as nil or negligible becomes `..`, as in the tables that people save; its mark stands in a list shaped like the values. Marks of
/// other meanings (a figure that is provisional, say) leave it as it is, and are told in the notes below the table.
fn annotate(cells: &mut [String], annotations: Option<&Value>, json: &Value, depth: usize) {
    let mut marks = Vec::new();
    marks_of(annotations.unwrap_or(&Value::Null), depth, &mut marks);
    if marks.len() != cells.len() {
        return;
    }
    let map = json.get("annotationMap");
    for (cell, mark) in cells.iter_mut().zip(&marks) {
        if cell.parse() == Ok(0.0) && keys(mark).any(|key| is_negligible(key, map)) {
            *cell = "..".into();
        }
    }
}

/// Marks as cells: a cell has a text, a list of texts, or nothing.
fn marks_of(json: &Value, depth: usize, marks: &mut Vec<String>) {
    match json {
        Value::Array(list) if depth > 0 => list.iter().for_each(|inner| marks_of(inner, depth - 1, marks)),
        Value::Array(list) => marks.push(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")),
        other => marks.push(other.as_str().unwrap_or_default().trim().to_string()),
    }
}

/// One cell may bear several marks.
fn keys(mark: &str) -> impl Iterator<Item = &str> {
    mark.split([',', ' ', ';']).filter(|key| !key.is_empty())
}

/// Whether a mark stands for nothing or next to nothing, by what the map of marks says of it, or as `..` does where the map says nothing.
fn is_negligible(key: &str, map: Option<&Value>) -> bool {
    match map.and_then(|map| map.get(key)).and_then(Value::as_str) {
        Some(meaning) => {
            let meaning = meaning.to_lowercase();
            meaning.contains("negligible") || meaning.split_whitespace().any(|word| word == "nil")
        }
        None => key == "..",
    }
}

/// Values of nested lists as cells; what is no number is `..`, nil or negligible.
fn flatten(json: &Value, depth: usize, cells: &mut Vec<String>) {
    match json {
        Value::Array(list) if depth > 0 => list.iter().for_each(|inner| flatten(inner, depth - 1, cells)),
        Value::Number(number) => cells.push(number.to_string()),
        Value::String(text) => cells.push(text.trim().to_string()),
        _ => cells.push("..".into()),
    }
}

/// Places of the items of every field but that of the areas, in the order in which values run.
fn combinations(fields: &[Field], areas: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for (k, field) in fields.iter().enumerate() {
        let places = if k == areas { 1 } else { field.items.len() };
        all = all
            .into_iter()
            .flat_map(|head| (0..places).map(move |place| [head.clone(), vec![place]].concat()))
            .collect();
    }
    all
}

fn columns(json: &Value, fields: &[Field], areas: usize, cubes: &[(String, Vec<String>)]) -> Vec<String> {
    let mut columns = vec!["area_code".to_string(), "area_name".to_string()];
    for (uri, _) in cubes {
        let measure = measure(json, uri);
        for combination in combinations(fields, areas) {
            let mut parts: Vec<&str> = Vec::new();
            for (k, field) in fields
                .iter()
                .enumerate()
                .filter(|(k, field)| *k != areas && field.items.len() > 1)
            {
                parts.push(&field.items[combination[k]].label);
            }
            if cubes.len() > 1 || parts.is_empty() {
                parts.insert(0, &measure);
            }
            columns.push(parts.join(", "));
        }
    }
    columns
}

fn measure(json: &Value, uri: &str) -> String {
    let measures = json.get("measures").and_then(Value::as_array);
    let named = measures
        .into_iter()
        .flatten()
        .find(|one| one.get("uri").and_then(Value::as_str) == Some(uri));
    named
        .map(|one| text(one.get("label")))
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| uri.to_string())
}

fn rows(fields: &[Field], areas: usize, cubes: &[(String, Vec<String>)]) -> Vec<Row> {
    let combinations = combinations(fields, areas);
    let strides: Vec<usize> = (0..fields.len())
        .map(|k| fields[k + 1..].iter().map(|field| field.items.len()).product())
        .collect();
    let cell = |cells: &[String], area: usize, combination: &[usize]| {
        let side = |k: usize| if k == areas { area } else { combination[k] };
        cells[(0..fields.len()).map(|k| side(k) * strides[k]).sum::<usize>()].clone()
    };
    let row = |(area, item): (usize, &Item)| {
        let values = cubes
            .iter()
            .flat_map(|(_, cells)| combinations.iter().map(|one| cell(cells, area, one)));
        Row {
            line: area + 1,
            cells: [item.code.clone(), item.label.clone()]
                .into_iter()
                .chain(values)
                .collect(),
        }
    };
    fields[areas].items.iter().enumerate().map(row).collect()
}

/// What the annotations say, as notes below the table.
fn annotations(json: &Value) -> Vec<Line> {
    let map = json.get("annotationMap").and_then(Value::as_object);
    let said = |(key, value): (&String, &Value)| value.as_str().map(|text| format!("{key}: {text}"));
    map.into_iter()
        .flatten()
        .filter_map(said)
        .map(|text| Line { line: 0, text })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"{
        "measures": [{ "uri": "str:count:ESA:V", "label": "ESA Caseload" }],
        "fields": [
            { "label": "Phase", "items": [{ "labels": ["WRAG"], "uris": ["str:value:ESA:PHASE:1"] }, { "type": "Total", "labels": ["Total"] }] },
            { "label": "Local authority", "items": [
                { "labels": ["Hartlepool"], "uris": ["str:value:ESA:V_F:LA_CODE:V_C_LA:E06000001"] },
                { "labels": ["Isles of Scilly"], "uris": ["str:value:ESA:V_F:LA_CODE:V_C_LA:E06000053"] },
                { "type": "Total", "labels": ["Total"] }] }
        ],
        "cubes": { "str:count:ESA:V": { "values": [[1200.0, null, 1200], [3000, "..", 3000]], "precision": 0 } },
        "annotationMap": { "X": "Statistical disclosure control has been applied." }
    }"#;

    #[test]
    fn codes_come_from_uris_and_sides_may_stand_in_any_order() {
        let table = read("s.json", TABLE.as_bytes()).unwrap();
        assert_eq!(table.columns, ["area_code", "area_name", "WRAG", "Total"]);
        assert_eq!(table.rows[0].cells, ["E06000001", "Hartlepool", "1200.0", "3000"]);
        assert_eq!(table.rows[1].cells[2..], ["..", ".."]);
        assert_eq!(table.rows[2].cells[..2], ["", "Total"]);
        assert!(table.below[0].text.contains("disclosure"));
    }

    #[test]
    fn a_zero_marked_as_negligible_is_no_exact_zero() {
        let marked = |marks: &str, meaning: &str| {
            let text = TABLE.replace(
                "[[1200.0, null, 1200], [3000, \"..\", 3000]]",
                "[[0, 0, 1200], [3000, 0.0, 3000]]",
            );
            let text = text.replace("\"precision\": 0", &format!("\"annotations\": {marks}"));
            let text = text.replace("\"X\": \"", &format!("\"..\": \"{meaning}\", \"X\": \""));
            let table = read("s.json", text.as_bytes()).unwrap();
            table
                .rows
                .iter()
                .map(|row| row.cells[2..].join(" "))
                .collect::<Vec<_>>()
        };
        let marks = "[[\"..\", \"X\", \"..\"], [\"\", \"..,X\", \"\"]]";
        assert_eq!(marked(marks, "nil or negligible"), [".. 3000", "0 ..", "1200 3000"]);
        assert_eq!(marked(marks, "provisional"), ["0 3000", "0 0.0", "1200 3000"]);
        let lists = "[[[\"..\"], [\"X\"], []], [null, [\"X\", \"..\"], null]]";
        assert_eq!(marked(lists, "nil or negligible"), [".. 3000", "0 ..", "1200 3000"]);
        assert_eq!(
            marked("[]", "nil"),
            ["0 3000", "0 0.0", "1200 3000"],
            "no marks of these values"
        );
    }

    #[test]
    fn a_cube_that_does_not_fit_its_items_is_refused() {
        for (from, to) in [
            ("null, ", ""),
            ("\"cubes\"", "\"cub\""),
            ("E06000001", "1"),
            ("\"uris\"", "\"x\""),
        ] {
            let text = TABLE.replace(from, to);
            if from == "E06000001" {
                assert!(
                    read("s.json", text.as_bytes()).is_ok(),
                    "one code is enough to know the side"
                );
            } else {
                assert_eq!(read("s.json", text.as_bytes()).unwrap_err().code, "S209", "{from}");
            }
        }
    }
}
