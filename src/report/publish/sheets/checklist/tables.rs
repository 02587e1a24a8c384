//! Points 1 to 8: tables, their headings, cells and columns.

use std::collections::BTreeSet;

use calamine::Data;

use super::{attribute, both, elements, part, parts, text, top};

#[test]
fn point_1_and_2_every_table_is_marked_up_and_named() {
    both(|_, kind, bytes, sheets| {
        let tables = sheets.iter().filter(|(_, rows)| top(rows).is_some()).count();
        let names: BTreeSet<String> = if kind == "xlsx" {
            let marked = parts(bytes, "xl/tables/");
            let name = |file: &String| attribute(&elements(&part(bytes, file), "table")[0], "displayName").to_string();
            marked.iter().map(name).collect()
        } else {
            let marked = elements(&part(bytes, "content.xml"), "table:database-range");
            assert!(
                marked
                    .iter()
                    .all(|one| attribute(one, "table:contains-header") == "true")
            );
            marked
                .iter()
                .map(|one| attribute(one, "table:name").to_string())
                .collect()
        };
        assert_eq!((tables, names.len()), (11, 11), "{kind}: {names:?}");
        assert!(names.contains("lots") && names.contains("notes") && names.contains("contents"));
    });
}

#[test]
fn point_1_the_marked_range_is_the_table() {
    both(|_, kind, bytes, sheets| {
        for (k, (name, rows)) in sheets.iter().enumerate() {
            let Some(top) = top(rows) else { continue };
            let width = rows[top].iter().filter(|cell| **cell != Data::Empty).count();
            let corner = char::from(b'A' + u8::try_from(width).unwrap() - 1);
            let range = format!("A{}:{corner}{}", top + 1, rows.len());
            let marked = if kind == "xlsx" {
                // The cover has no table, so the first table is that of the second sheet.
                let table = part(bytes, &format!("xl/tables/table{k}.xml"));
                attribute(&elements(&table, "table")[0], "ref").to_string()
            } else {
                let ranges = elements(&part(bytes, "content.xml"), "table:database-range");
                let range = attribute(&ranges[k - 1], "table:target-range-address").to_string();
                range.replace(&format!("{name}."), "")
            };
            assert_eq!(marked, range, "{kind} {name}");
        }
    });
}

#[test]
fn point_3_no_cell_is_merged_or_split() {
    both(|_, kind, bytes, _| {
        if kind == "xlsx" {
            let sheets = parts(bytes, "xl/worksheets/sheet");
            assert!(sheets.iter().all(|sheet| !part(bytes, sheet).contains("mergeCell")));
        } else {
            let content = part(bytes, "content.xml");
            assert!(
                !content.contains("spanned")
                    && !content.contains("covered-table-cell")
                    && !content.contains("repeated")
            );
        }
    });
}

#[test]
fn point_4_and_8_no_row_column_or_cell_of_a_table_is_blank() {
    both(|_, kind, _, sheets| {
        for (name, rows) in &sheets {
            let top = top(rows).unwrap_or(rows.len());
            assert!(
                rows[..top].iter().all(|row| !text(&row[0]).trim().is_empty()),
                "{kind} {name}"
            );
            let blank = |cell: &Data| *cell == Data::Empty || text(cell).trim().is_empty();
            assert!(!rows[top..].iter().flatten().any(blank), "{kind} {name}");
        }
    });
}

#[test]
fn point_5_every_table_has_one_row_of_headings_all_of_words_and_all_different() {
    both(|_, kind, bytes, sheets| {
        for (name, rows) in &sheets {
            let Some(top) = top(rows) else { continue };
            let heads: BTreeSet<String> = rows[top].iter().map(text).collect();
            assert_eq!(heads.len(), rows[top].len(), "{kind} {name}");
            assert!(rows[top].iter().all(|cell| matches!(cell, Data::String(_))));
        }
        if kind == "ods" {
            assert_eq!(
                elements(&part(bytes, "content.xml"), "table:table-header-rows").len(),
                11
            );
        }
    });
}

#[test]
fn point_6_words_wrap_and_columns_are_wide_enough_for_every_word() {
    both(|_, kind, bytes, sheets| {
        if kind != "xlsx" {
            let styles = part(bytes, "content.xml");
            return assert!(styles.contains("fo:wrap-option=\"wrap\""));
        }
        assert!(part(bytes, "xl/styles.xml").contains("wrapText=\"1\""));
        for (k, (name, rows)) in sheets.iter().enumerate() {
            let Some(top) = top(rows) else { continue };
            let columns = elements(&part(bytes, &format!("xl/worksheets/sheet{}.xml", k + 1)), "col");
            let mut widths = Vec::new();
            for column in &columns {
                let number = |key| attribute(column, key).parse::<f64>().unwrap();
                for _ in number("min") as usize..=number("max") as usize {
                    widths.push(number("width"));
                }
            }
            for row in &rows[top..] {
                for (cell, width) in row.iter().zip(&widths) {
                    // Checksums have no place to break, and stand in columns of a hundred.
                    let longest = text(cell)
                        .split([' ', '-'])
                        .map(|word| word.chars().count())
                        .max()
                        .unwrap_or(0);
                    assert!(longest as f64 <= *width, "{name}: {cell} in {width}");
                }
            }
        }
    });
}

#[test]
fn point_7_there_are_no_filters_and_no_frozen_panes() {
    both(|_, kind, bytes, _| {
        if kind == "xlsx" {
            assert!(
                parts(bytes, "xl/tables/")
                    .iter()
                    .all(|table| !part(bytes, table).contains("autoFilter"))
            );
            assert!(
                parts(bytes, "xl/worksheets/sheet")
                    .iter()
                    .all(|sheet| !part(bytes, sheet).contains("<pane"))
            );
        } else {
            assert!(!part(bytes, "content.xml").contains("display-filter-buttons=\"true\""));
            assert!(parts(bytes, "settings.xml").is_empty());
        }
    });
}
