//! Points 9 to 17: shorthand, notes, sheets, and the document as a whole.

use std::collections::BTreeSet;

use calamine::Data;

use super::super::book::{NOTES, note, workbook};
use super::super::{ods, xlsx};
use super::{attribute, both, elements, part, parts, text, top};
use crate::report::publish::sample;

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
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["[c]", "[low]", "[x]", "[z]"]);
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
        let again = if kind == "xlsx" { xlsx(from) } else { ods(from) };
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

#[test]
fn a_figure_that_its_source_withholds_is_confidential_with_the_fewest_and_the_most_beside_it() {
    both(|_, kind, _, sheets| {
        let rows = &sheets.iter().find(|sheet| sheet.0 == "Areas").unwrap().1;
        let row = rows.iter().find(|row| text(&row[0]) == "E04").unwrap();
        assert_eq!(
            row[5..].iter().map(text).collect::<Vec<_>>(),
            ["[c]", "0", "500"],
            "{kind}"
        );
        let part = rows.iter().find(|row| text(&row[0]) == "E02").unwrap();
        assert_eq!(text(&part[5]), "150", "{kind}: the part of the row's lot");
    });
}

#[test]
fn only_shorthand_and_notes_that_a_sheet_uses_are_explained_and_notes_are_numbered_through() {
    sample::with(|from| {
        let mut answer = from.answer.clone();
        // Without money there is neither contract value nor margin, and so no note on them.
        answer.totals.contract_value_gbp = 0.0;
        let book = workbook(&crate::report::publish::Publication {
            answer: &answer,
            ..*from
        });
        let table = |name: &str| {
            book.sheets
                .iter()
                .find(|sheet| sheet.name == name)
                .unwrap()
                .table
                .as_ref()
                .unwrap()
        };
        let explained: Vec<String> = table("Notes").rows.iter().map(|row| format!("{:?}", row[0])).collect();
        let expected = ["[z]", "[note 1]", "[note 2]", "[note 3]", "[note 4]", "[note 5]"];
        assert_eq!(explained, expected.map(|mark| format!("Text({mark:?})")));
        let heads: Vec<&str> = table("Lots")
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        assert!(
            heads.contains(&"Participants [note 2]") && !heads.iter().any(|head| head.contains("value")),
            "{heads:?}"
        );
    });
}
