//! A workbook in the OpenDocument format (ISO/IEC 26300, version 1.3); `styles` says how it looks.

mod styles;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::model::{Cell, Column, Format, LANGUAGE, Line, Sheet, Table, Workbook};
use crate::report::ReportError;
use crate::report::publish::xml::{Written, Xml, element, empty, text};
use crate::report::publish::zipped::{Member, archive};

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Names that elements of every part are told apart by.
const SPACES: [(&str, &str); 10] = [
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    (
        "xmlns:fo",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    ),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
];

/// Writes a workbook. The first part says what it is and is not packed, as the format asks.
pub(super) fn written(workbook: &Workbook) -> Result<Vec<u8>, ReportError> {
    let part = |name, make: &dyn Fn(&mut Xml) -> Written| document(name, make);
    let content = part("office:document-content", &|xml| content(xml, workbook))?;
    let styles = part("office:document-styles", &styles::named)?;
    let meta = part("office:document-meta", &|xml| meta(xml, workbook))?;
    let manifest = manifest()?;
    let packed = |name, content| Member {
        name,
        content,
        packed: true,
    };
    archive(&[
        Member {
            name: "mimetype",
            content: MEDIA_TYPE.as_bytes(),
            packed: false,
        },
        packed("content.xml", &content),
        packed("styles.xml", &styles),
        packed("meta.xml", &meta),
        packed("META-INF/manifest.xml", &manifest),
    ])
}

fn document(root: &str, inside: impl FnOnce(&mut Xml) -> Written) -> Result<Vec<u8>, ReportError> {
    let version = [("office:version", "1.3")];
    let attributes: Vec<(&str, &str)> = SPACES.into_iter().chain(version).collect();
    made(root, &attributes, inside)
}

fn manifest() -> Result<Vec<u8>, ReportError> {
    let space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    let attributes = [("xmlns:manifest", space), ("manifest:version", "1.3")];
    made("manifest:manifest", &attributes, |xml| {
        for (path, kind) in [
            ("/", MEDIA_TYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        ] {
            let attributes = [("manifest:full-path", path), ("manifest:media-type", kind)];
            empty(xml, "manifest:file-entry", &attributes)?;
        }
        Ok(())
    })
}

fn made(
    root: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> Written,
) -> Result<Vec<u8>, ReportError> {
    let mut xml = Writer::new(Vec::new());
    let told = |error: std::io::Error| ReportError::Write(error.to_string());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .map_err(told)?;
    element(&mut xml, root, attributes, inside).map_err(told)?;
    Ok(xml.into_inner())
}

fn meta(xml: &mut Xml, workbook: &Workbook) -> Written {
    element(xml, "office:meta", &[], |xml| {
        text(xml, "dc:title", &[], &workbook.title)?;
        text(xml, "dc:subject", &[], &workbook.subject)?;
        text(xml, "dc:creator", &[], &workbook.author)?;
        text(xml, "meta:generator", &[], &workbook.author)?;
        text(xml, "dc:language", &[], LANGUAGE)?;
        text(xml, "meta:creation-date", &[], "1980-01-01T00:00:00")
    })
}

fn content(xml: &mut Xml, workbook: &Workbook) -> Written {
    element(xml, "office:automatic-styles", &[], |xml| {
        for sheet in &workbook.sheets {
            for (k, width) in widths(sheet).iter().enumerate() {
                let name = format!("{}-{k}", sheet.name);
                element(
                    xml,
                    "style:style",
                    &[("style:name", &name), ("style:family", "table-column")],
                    |xml| {
                        // A letter of Arial in 12 points is a little over two millimetres wide.
                        let width = format!("{:.1}mm", width * 2.4);
                        empty(xml, "style:table-column-properties", &[("style:column-width", &width)])
                    },
                )?;
            }
        }
        let table = [
            ("style:name", "sheet"),
            ("style:family", "table"),
            ("style:master-page-name", "Default"),
        ];
        element(xml, "style:style", &table, |xml| {
            empty(xml, "style:table-properties", &[("table:display", "true")])
        })?;
        element(
            xml,
            "style:style",
            &[("style:name", "row"), ("style:family", "table-row")],
            |xml| {
                empty(
                    xml,
                    "style:table-row-properties",
                    &[("style:use-optimal-row-height", "true")],
                )
            },
        )?;
        styles::numbers(xml)?;
        styles::cells(xml)
    })?;
    element(xml, "office:body", &[], |xml| {
        element(xml, "office:spreadsheet", &[], |xml| {
            for sheet in &workbook.sheets {
                self::sheet(xml, sheet)?;
            }
            element(xml, "table:database-ranges", &[], |xml| {
                for sheet in &workbook.sheets {
                    if let Some(table) = &sheet.table {
                        marked(xml, sheet, table)?;
                    }
                }
                Ok(())
            })
        })
    })
}

/// Widths of the columns of a sheet in letters.
fn widths(sheet: &Sheet) -> Vec<f64> {
    match &sheet.table {
        Some(table) => table.columns.iter().map(|column| column.width).collect(),
        None => vec![sheet.width],
    }
}

fn sheet(xml: &mut Xml, sheet: &Sheet) -> Written {
    let wide = sheet.table.is_none();
    let attributes = [("table:name", sheet.name), ("table:style-name", "sheet")];
    element(xml, "table:table", &attributes, |xml| {
        for k in 0..widths(sheet).len() {
            let name = format!("{}-{k}", sheet.name);
            empty(xml, "table:table-column", &[("table:style-name", &name)])?;
        }
        let title = if wide { "title-wrapped" } else { "Heading_20_1" };
        row(xml, |xml| words(xml, title, &sheet.title))?;
        for line in &sheet.lines {
            row(xml, |xml| match line {
                Line::Text(text) => words(xml, if wide { "words" } else { "Default" }, text),
                Line::Heading(text) => words(xml, "Heading_20_2", text),
                Line::Link(text, to) => link(xml, text, to),
            })?;
        }
        sheet.table.as_ref().map_or(Ok(()), |table| rows(xml, table))
    })
}

fn rows(xml: &mut Xml, table: &Table) -> Written {
    element(xml, "table:table-header-rows", &[], |xml| {
        row(xml, |xml| {
            table
                .columns
                .iter()
                .try_for_each(|column| words(xml, head(column), &column.heading))
        })
    })?;
    for cells in &table.rows {
        row(xml, |xml| {
            let mut all = cells.iter().zip(&table.columns);
            all.try_for_each(|(cell, column)| self::cell(xml, cell, column))
        })?;
    }
    Ok(())
}

/// The style of a heading, which stands over what it heads.
fn head(column: &Column) -> &'static str {
    if column.format.is_number() {
        "head-of-numbers"
    } else {
        "head"
    }
}

/// The range of a table, which programs know it by.
fn marked(xml: &mut Xml, sheet: &Sheet, table: &Table) -> Written {
    let top = 2 + sheet.lines.len();
    let last = letter(table.columns.len().saturating_sub(1));
    let range = format!("{0}.A{top}:{0}.{last}{1}", sheet.name, top + table.rows.len());
    let attributes = [
        ("table:name", table.name),
        ("table:target-range-address", &range),
        ("table:contains-header", "true"),
        ("table:display-filter-buttons", "false"),
    ];
    empty(xml, "table:database-range", &attributes)
}

/// The letter of a column, from A.
fn letter(column: usize) -> String {
    let own = char::from(b'A' + (column % 26) as u8).to_string();
    match column / 26 {
        0 => own,
        more => letter(more - 1) + &own,
    }
}

fn row(xml: &mut Xml, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    element(xml, "table:table-row", &[("table:style-name", "row")], inside)
}

fn cell(xml: &mut Xml, cell: &Cell, column: &Column) -> Written {
    let style = styles::name(column.format);
    match cell {
        Cell::Text(text) => words(xml, style, text),
        Cell::Link(text, to) => link(xml, text, to),
        Cell::Number(number) => {
            let value = number.to_string();
            let kind = match column.format {
                Format::Percent => ("office:value-type", "percentage"),
                Format::Pounds => ("office:value-type", "currency"),
                _ => ("office:value-type", "float"),
            };
            let mut attributes = vec![("table:style-name", style), kind, ("office:value", value.as_str())];
            if column.format == Format::Pounds {
                attributes.push(("office:currency", "GBP"));
            }
            element(xml, "table:table-cell", &attributes, |xml| {
                text(xml, "text:p", &[], &shown(*number, column.format))
            })
        }
    }
}

/// A number as its style shows it, for programs that do not reckon that themselves.
fn shown(number: f64, format: Format) -> String {
    let grouped = |text: String| {
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let digits = whole.trim_start_matches('-');
        let groups: Vec<&str> = (0..digits.len())
            .rev()
            .step_by(3)
            .map(|end| digits.get((end + 1).saturating_sub(3)..=end).unwrap_or_default())
            .collect();
        let sign = if whole.starts_with('-') { "-" } else { "" };
        let groups: Vec<&str> = groups.into_iter().rev().collect();
        format!("{sign}{}{rest}", groups.join(","))
    };
    match format {
        Format::Text | Format::General => number.to_string(),
        Format::Whole => grouped(format!("{number:.0}")),
        Format::Pounds => format!("£{}", grouped(format!("{number:.0}"))).replace("£-", "-£"),
        Format::Tenths => grouped(format!("{number:.1}")),
        Format::Percent => format!("{:.1}%", number * 100.0),
    }
}

fn words(xml: &mut Xml, style: &str, words: &str) -> Written {
    let attributes = [("table:style-name", style), ("office:value-type", "string")];
    element(xml, "table:table-cell", &attributes, |xml| {
        text(xml, "text:p", &[], words)
    })
}

fn link(xml: &mut Xml, words: &str, to: &str) -> Written {
    let attributes = [("table:style-name", "link"), ("office:value-type", "string")];
    element(xml, "table:table-cell", &attributes, |xml| {
        element(xml, "text:p", &[], |xml| {
            let to = format!("#{to}.A1");
            text(xml, "text:a", &[("xlink:href", &to), ("xlink:type", "simple")], words)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        let cases = [
            (1_234_567.4, Format::Whole, "1,234,567"),
            (-1_234.5, Format::Tenths, "-1,234.5"),
            (20_196_669.76, Format::Pounds, "£20,196,670"),
            (-12.0, Format::Pounds, "-£12"),
            (0.0716, Format::Percent, "7.2%"),
            (123.0, Format::Whole, "123"),
            (100_000.0, Format::Whole, "100,000"),
        ];
        for (number, format, text) in cases {
            assert_eq!(shown(number, format), text);
        }
        assert_eq!([letter(0), letter(25), letter(26), letter(701)], ["A", "Z", "AA", "ZZ"]);
    }
}
