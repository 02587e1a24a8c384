//! A workbook in the OpenDocument format (ISO/IEC 26300, version 1.3).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::super::zipped::{Member, archive};
use super::model::{Cell, Column, Format, LANGUAGE, Line, Sheet, Table, Workbook};
use crate::report::ReportError;
use crate::report::svg::without_controls;

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

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// Formats of numbers with the names of their styles.
const FORMATS: [(Format, &str); 6] = [
    (Format::Text, "words"),
    (Format::General, "number"),
    (Format::Whole, "whole"),
    (Format::Pounds, "pounds"),
    (Format::Tenths, "tenths"),
    (Format::Percent, "percent"),
];

/// Writes a workbook. The first part says what it is and is not packed, as the format asks.
pub(super) fn written(workbook: &Workbook) -> Result<Vec<u8>, ReportError> {
    let part = |name, make: &dyn Fn(&mut Xml) -> Written| document(name, make);
    let content = part("office:document-content", &|xml| content(xml, workbook))?;
    let styles = part("office:document-styles", &|xml| styles(xml))?;
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

/// The looks that have names: how cells are by themselves, headings of sheets, links.
fn styles(xml: &mut Xml) -> Written {
    element(xml, "office:styles", &[], |xml| {
        element(xml, "style:default-style", &[("style:family", "table-cell")], |xml| {
            letters(xml, "12pt", &[("fo:language", "en"), ("fo:country", "GB")])
        })?;
        named(xml, "Default", "", |xml| letters(xml, "12pt", &[]))?;
        named(xml, "Heading_20_1", "Default", |xml| {
            letters(xml, "16pt", &[("fo:font-weight", "bold")])
        })?;
        named(xml, "Heading_20_2", "Default", |xml| {
            letters(xml, "14pt", &[("fo:font-weight", "bold")])
        })
    })?;
    // Printed on A4 across, as many pages long as it takes and one wide, without a head or foot that would say what the sheet says.
    element(xml, "office:automatic-styles", &[], |xml| {
        element(xml, "style:page-layout", &[("style:name", "page")], |xml| {
            let attributes = [
                ("fo:page-width", "297mm"),
                ("fo:page-height", "210mm"),
                ("style:print-orientation", "landscape"),
                ("style:scale-to-X", "1"),
                ("style:scale-to-Y", "0"),
            ];
            empty(xml, "style:page-layout-properties", &attributes)
        })
    })?;
    element(xml, "office:master-styles", &[], |xml| {
        let attributes = [("style:name", "Default"), ("style:page-layout-name", "page")];
        element(xml, "style:master-page", &attributes, |xml| {
            empty(xml, "style:header", &[("style:display", "false")])?;
            empty(xml, "style:footer", &[("style:display", "false")])
        })
    })
}

fn named(xml: &mut Xml, name: &str, parent: &str, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    let mut attributes = vec![("style:name", name), ("style:family", "table-cell")];
    if !parent.is_empty() {
        attributes.push(("style:parent-style-name", parent));
    }
    element(xml, "style:style", &attributes, inside)
}

fn letters(xml: &mut Xml, size: &str, more: &[(&str, &str)]) -> Written {
    let mut attributes = vec![
        ("style:font-name", "Arial"),
        ("fo:font-family", "Arial"),
        ("fo:font-size", size),
    ];
    attributes.extend(more);
    empty(xml, "style:text-properties", &attributes)
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
        number_styles(xml)?;
        cell_styles(xml)
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

/// How numbers of each format are written.
fn number_styles(xml: &mut Xml) -> Written {
    let places = |decimals: &'static str, grouped: bool| {
        let mut attributes = vec![
            ("number:decimal-places", decimals),
            ("number:min-decimal-places", decimals),
            ("number:min-integer-digits", "1"),
        ];
        attributes.extend(grouped.then_some(("number:grouping", "true")));
        attributes
    };
    let style = |xml: &mut Xml, element_name: &str, name: &str, inside: &dyn Fn(&mut Xml) -> Written| {
        element(xml, element_name, &[("style:name", name)], inside)
    };
    style(xml, "number:number-style", "n-whole", &|xml| {
        empty(xml, "number:number", &places("0", true))
    })?;
    style(xml, "number:number-style", "n-tenths", &|xml| {
        empty(xml, "number:number", &places("1", true))
    })?;
    style(xml, "number:currency-style", "n-pounds", &|xml| {
        let country = [("number:language", "en"), ("number:country", "GB")];
        text(xml, "number:currency-symbol", &country, "£")?;
        empty(xml, "number:number", &places("0", true))
    })?;
    style(xml, "number:percentage-style", "n-percent", &|xml| {
        empty(xml, "number:number", &places("1", false))?;
        text(xml, "number:text", &[], "%")
    })
}

/// Words wrap, numbers and the marks in their place stand to the right, links are underlined.
fn cell_styles(xml: &mut Xml) -> Written {
    let wrapped = [("fo:wrap-option", "wrap"), ("style:vertical-align", "top")];
    let cell = |xml: &mut Xml, name: &str, parent: &str, data: &str, inside: &dyn Fn(&mut Xml) -> Written| {
        let mut attributes = vec![
            ("style:name", name),
            ("style:family", "table-cell"),
            ("style:parent-style-name", parent),
        ];
        if !data.is_empty() {
            attributes.push(("style:data-style-name", data));
        }
        element(xml, "style:style", &attributes, inside)
    };
    cell(xml, "words", "Default", "", &|xml| {
        empty(xml, "style:table-cell-properties", &wrapped)
    })?;
    cell(xml, "title-wrapped", "Heading_20_1", "", &|xml| {
        empty(xml, "style:table-cell-properties", &wrapped)
    })?;
    for (name, side) in [("head", "start"), ("head-of-numbers", "end")] {
        cell(xml, name, "Default", "", &|xml| {
            let line = [("fo:border-bottom", "0.5pt solid #0b0c0c")];
            let all: Vec<(&str, &str)> = wrapped.into_iter().chain(line).collect();
            empty(xml, "style:table-cell-properties", &all)?;
            empty(xml, "style:paragraph-properties", &[("fo:text-align", side)])?;
            letters(xml, "12pt", &[("fo:font-weight", "bold")])
        })?;
    }
    cell(xml, "link", "Default", "", &|xml| {
        empty(xml, "style:table-cell-properties", &[("style:vertical-align", "top")])?;
        let look = [
            ("fo:color", "#1d70b8"),
            ("style:text-underline-style", "solid"),
            ("style:text-underline-type", "single"),
        ];
        letters(xml, "12pt", &look)
    })?;
    for (format, name) in FORMATS.iter().filter(|(format, _)| *format != Format::Text) {
        let data = if *format == Format::General {
            String::new()
        } else {
            format!("n-{name}")
        };
        cell(xml, name, "Default", &data, &|xml| {
            empty(xml, "style:table-cell-properties", &[("style:vertical-align", "top")])?;
            empty(xml, "style:paragraph-properties", &[("fo:text-align", "end")])
        })?;
    }
    Ok(())
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
    let style = FORMATS
        .iter()
        .find(|(format, _)| *format == column.format)
        .map_or("words", |found| found.1);
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

fn text(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], words: &str) -> Written {
    element(xml, name, attributes, |xml| {
        xml.write_event(Event::Text(BytesText::new(&without_controls(words))))
    })
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Written {
    xml.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_empty()?;
    Ok(())
}

fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(inside)?;
    Ok(())
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
