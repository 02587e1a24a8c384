//! Both workbooks, held point by point against the checklist of the Government Analysis Function for accessible spreadsheets.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, Ods, Reader, Xlsx};
use quick_xml::events::Event;

use super::book::{NOTES, note};
use crate::report::publish::{Publication, sample};
use crate::report::sample as small;

/// A workbook as another program reads it: for every sheet its name and its rows of cells.
type Sheets = Vec<(String, Vec<Vec<Data>>)>;

/// Both workbooks of a plan that has everything: a repair, a broken rule, an area in no lot, one in two, figures that are not exact.
fn both<T>(test: impl Fn(&Publication<'_>, &str, &[u8], Sheets) -> T) -> Vec<T> {
    sample::with(|from| {
        let (mut answer, mut map) = (from.answer.clone(), from.map.clone());
        answer.repair = Some(small::repair());
        answer.violations.push(small::violation("floor", "2"));
        answer.lots[1].floor_margin_gbp = None;
        answer.goals[0].bound = None;
        answer.lots[0].share = 0.000_01;
        map.areas[1].lots = vec![(0, 0.6), (1, 0.4)];
        map.areas[2].lots.clear();
        let intervals = [(250.0, 250.0), (240.0, 260.0), (250.0, 250.0), (250.0, 250.0)];
        let from = Publication {
            answer: &answer,
            map: &map,
            intervals: &intervals,
            ..*from
        };
        let (xlsx, ods) = (super::xlsx(&from).unwrap(), super::ods(&from).unwrap());
        let excel: Xlsx<_> = Xlsx::new(Cursor::new(xlsx.as_slice())).unwrap();
        let open: Ods<_> = Ods::new(Cursor::new(ods.as_slice())).unwrap();
        vec![
            test(&from, "xlsx", &xlsx, read(excel)),
            test(&from, "ods", &ods, read(open)),
        ]
    })
}

fn read<'b, R: Reader<Cursor<&'b [u8]>>>(mut book: R) -> Sheets
where
    R::Error: std::fmt::Debug,
{
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(sheet).collect()
}

/// The text of a part of the archive.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Parts of the archive whose names begin so.
fn parts(bytes: &[u8], beginning: &str) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(beginning)).collect();
    names.sort();
    names
}

/// Elements of an XML by their names, with their attributes.
fn elements(xml: &str, wanted: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == wanted => {
                let attribute = |one: quick_xml::events::attributes::Attribute<'_>| {
                    let key = one.key.as_ref().to_string();
                    (key, one.value.to_string())
                };
                found.push(element.attributes().map(|one| attribute(one.unwrap())).collect());
            }
            _ => {}
        }
    }
}

fn attribute<'a>(element: &'a [(String, String)], key: &str) -> &'a str {
    &element
        .iter()
        .find(|one| one.0 == key)
        .unwrap_or_else(|| panic!("no {key}: {element:?}"))
        .1
}

/// Where the table of a sheet begins: the first row in which the second cell holds something; `None` for the cover.
fn top(rows: &[Vec<Data>]) -> Option<usize> {
    rows.iter()
        .position(|row| row.get(1).is_some_and(|cell| *cell != Data::Empty))
}

fn text(cell: &Data) -> String {
    cell.to_string()
}

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

#[test]
fn point_9_shorthand_is_in_brackets_explained_on_the_notes_and_above_its_table() {
    both(|_, kind, _, sheets| {
        let notes = &sheets.iter().find(|sheet| sheet.0 == "Notes").unwrap().1;
        for mark in ["[c]", "[x]", "[z]", "[low]"] {
            assert!(notes.iter().any(|row| text(&row[0]) == mark), "{kind} {mark}");
        }
        let mut seen = BTreeSet::new();
        for (name, rows) in sheets.iter().filter(|sheet| sheet.0 != "Notes") {
            let Some(top) = top(rows) else { continue };
            let above: String = rows[..top].iter().map(|row| text(&row[0])).collect();
            let cells = rows[top + 1..].iter().flatten().map(text);
            for mark in cells.filter(|cell| cell.starts_with('[') && cell.ends_with(']')) {
                assert!(above.contains(&mark), "{kind} {name} {mark}");
                seen.insert(mark);
            }
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["[low]", "[x]", "[z]"]);
    });
}

#[test]
fn point_10_notes_are_words_in_brackets_in_headings_and_each_is_on_the_sheet_of_notes() {
    both(|_, kind, _, sheets| {
        let notes = &sheets.iter().find(|sheet| sheet.0 == "Notes").unwrap().1;
        let known: Vec<String> = notes
            .iter()
            .map(|row| text(&row[0]))
            .filter(|mark| mark.starts_with("[note"))
            .collect();
        let mut used = BTreeSet::new();
        for (name, rows) in sheets.iter().filter(|sheet| sheet.0 != "Notes") {
            let Some(top) = top(rows) else { continue };
            let marks = rows[top].iter().map(text);
            let marks: Vec<String> = marks
                .filter_map(|head| Some(head[head.find("[note")?..].to_string()))
                .collect();
            let above = rows[..top].iter().any(|row| text(&row[0]).contains("notes"));
            assert_eq!(above, !marks.is_empty(), "{kind} {name}");
            used.extend(marks);
        }
        assert_eq!(used.into_iter().collect::<Vec<_>>(), known);
        assert_eq!(known, (1..=NOTES.len()).map(note).collect::<Vec<_>>());
    });
}

#[test]
fn point_11_sheets_have_names_of_their_own_and_stand_in_order_cover_contents_notes() {
    both(|_, kind, _, sheets| {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.0.as_str()).collect();
        assert_eq!(names[..3], ["Cover", "Contents", "Notes"], "{kind}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(
            names
                .iter()
                .all(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        );
    });
}

#[test]
fn point_12_every_sheet_has_its_title_in_a1_and_says_below_how_many_tables_and_notes_it_has() {
    both(|_, kind, _, sheets| {
        let mut titles = BTreeSet::new();
        for (name, rows) in &sheets {
            assert!(titles.insert(text(&rows[0][0])), "{kind} {name}");
            if top(rows).is_some() {
                assert!(
                    text(&rows[1][0]).starts_with("This worksheet contains one table."),
                    "{kind} {name}"
                );
            }
        }
    });
}

#[test]
fn point_13_the_contents_list_every_sheet_after_it_and_lead_there_by_links_with_words() {
    both(|_, kind, bytes, sheets| {
        let contents = &sheets[1].1;
        let listed: Vec<String> = contents[top(contents).unwrap() + 1..]
            .iter()
            .map(|row| text(&row[0]))
            .collect();
        let names: Vec<String> = sheets[2..].iter().map(|sheet| sheet.0.clone()).collect();
        assert_eq!(listed, names, "{kind}");
        for (row, sheet) in contents[top(contents).unwrap() + 1..].iter().zip(&sheets[2..]) {
            assert_eq!(
                row[1], sheet.1[0][0],
                "the title of {} is that in the contents",
                sheet.0
            );
        }
        let links: Vec<String> = if kind == "xlsx" {
            let links = elements(&part(bytes, "xl/worksheets/sheet2.xml"), "hyperlink");
            links
                .iter()
                .map(|link| attribute(link, "location").to_string())
                .collect()
        } else {
            let links = elements(&part(bytes, "content.xml"), "text:a");
            links
                .iter()
                .map(|link| attribute(link, "xlink:href").to_string())
                .collect()
        };
        for name in &names {
            let target = if kind == "xlsx" {
                format!("'{name}'!A1")
            } else {
                format!("#{name}.A1")
            };
            let plain = target.replace('\'', "");
            assert!(
                links.iter().any(|link| *link == target || *link == plain),
                "{kind}: {links:?}"
            );
        }
    });
}

#[test]
fn point_14_the_document_has_a_title_a_maker_and_a_language_and_tells_no_day() {
    both(|from, kind, bytes, _| {
        let meta = part(
            bytes,
            if kind == "xlsx" {
                "docProps/core.xml"
            } else {
                "meta.xml"
            },
        );
        assert!(
            meta.contains(&format!("<dc:title>{}</dc:title>", from.answer.scenario.title)),
            "{meta}"
        );
        assert!(
            meta.contains("<dc:language>en-GB</dc:language>")
                && meta.contains("<dc:creator>lotwright 0.1.0</dc:creator>")
        );
        assert!(meta.contains("1980-01-01T00:00:00"));
    });
}

#[test]
fn point_15_words_are_in_a_plain_typeface_of_twelve_points_and_titles_are_larger() {
    both(|_, kind, bytes, _| {
        let sizes: Vec<String> = if kind == "xlsx" {
            let styles = part(bytes, "xl/styles.xml");
            let fonts = elements(&styles, "sz")
                .into_iter()
                .map(|one| attribute(&one, "val").to_string());
            fonts.collect()
        } else {
            let both = part(bytes, "styles.xml")
                + &part(bytes, "content.xml").replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "");
            both.split("fo:font-size=\"")
                .skip(1)
                .map(|rest| rest.split("pt").next().unwrap().to_string())
                .collect()
        };
        assert!(
            sizes.contains(&"16".to_string()) && sizes.contains(&"12".to_string()),
            "{kind}: {sizes:?}"
        );
        let least = sizes
            .iter()
            .map(|size| size.parse::<f64>().unwrap())
            .fold(f64::INFINITY, f64::min);
        // Excel keeps a font of eleven points as that of cells that nobody has written in.
        assert!(least >= if kind == "xlsx" { 11.0 } else { 12.0 });
    });
}

#[test]
fn point_16_nothing_is_told_by_colour_alone_hidden_or_drawn() {
    both(|_, kind, bytes, _| {
        if kind == "xlsx" {
            let styles = part(bytes, "xl/styles.xml");
            assert_eq!(
                elements(&styles, "fill").len(),
                2,
                "only the two fills that every workbook has"
            );
            assert!(parts(bytes, "xl/drawings").is_empty() && parts(bytes, "xl/media").is_empty());
            let sheets = parts(bytes, "xl/worksheets/sheet");
            assert!(sheets.iter().all(|sheet| !part(bytes, sheet).contains("hidden=\"1\"")));
        } else {
            let content = part(bytes, "content.xml");
            assert!(
                !content.contains("background-color") && !content.contains("visibility") && !content.contains("draw:")
            );
        }
    });
}

#[test]
fn point_17_source_and_licence_stand_on_the_cover() {
    both(|_, kind, _, sheets| {
        let cover: Vec<String> = sheets[0].1.iter().map(|row| text(&row[0])).collect();
        assert!(
            cover.contains(&"Contains public sector information.".to_string()),
            "{kind}: {cover:?}"
        );
    });
}

#[test]
fn both_workbooks_hold_the_same_and_are_the_same_bytes_each_time() {
    let read = both(|from, kind, bytes, sheets| {
        let again = if kind == "xlsx" {
            super::xlsx(from)
        } else {
            super::ods(from)
        };
        assert!(again.unwrap() == bytes, "{kind}");
        let plain = |cell: &Data| match cell {
            Data::Float(number) => number.to_string(),
            Data::Int(number) => number.to_string(),
            other => other.to_string(),
        };
        let rows = |rows: Vec<Vec<Data>>| {
            let row = |row: &Vec<Data>| {
                row.iter()
                    .map(plain)
                    .filter(|cell| !cell.is_empty())
                    .collect::<Vec<String>>()
            };
            rows.iter().map(row).collect::<Vec<_>>()
        };
        sheets
            .into_iter()
            .map(|(name, cells)| (name, rows(cells)))
            .collect::<Vec<_>>()
    });
    assert_eq!(read[0], read[1]);
}
