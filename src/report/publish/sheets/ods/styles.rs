//! How cells of an OpenDocument look.

use crate::report::publish::sheets::model::Format;
use crate::report::publish::xml::{Written, Xml, element, empty, text};

/// Formats of numbers with the names of their styles.
const FORMATS: [(Format, &str); 6] = [
    (Format::Text, "words"),
    (Format::General, "number"),
    (Format::Whole, "whole"),
    (Format::Pounds, "pounds"),
    (Format::Tenths, "tenths"),
    (Format::Percent, "percent"),
];

/// The room between a number and the words to its right; a margin of what stands to the right counts from there.
const GAP: &str = "3mm";

/// The style of cells of a format.
pub(super) fn name(format: Format) -> &'static str {
    let found = FORMATS.iter().find(|(other, _)| *other == format);
    found.map_or("words", |found| found.1)
}

/// The looks that have names: how cells are by themselves, headings of sheets, links.
pub(super) fn named(xml: &mut Xml) -> Written {
    element(xml, "office:styles", &[], |xml| {
        element(xml, "style:default-style", &[("style:family", "table-cell")], |xml| {
            letters(xml, "12pt", &[("fo:language", "en"), ("fo:country", "GB")])
        })?;
        parent(xml, "Default", "", |xml| letters(xml, "12pt", &[]))?;
        parent(xml, "Heading_20_1", "Default", |xml| {
            letters(xml, "16pt", &[("fo:font-weight", "bold")])
        })?;
        parent(xml, "Heading_20_2", "Default", |xml| {
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

fn parent(xml: &mut Xml, name: &str, parent: &str, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    let mut attributes = vec![("style:name", name), ("style:family", "table-cell")];
    if !parent.is_empty() {
        attributes.push(("style:parent-style-name", parent));
    }
    element(xml, "style:style", &attributes, inside)
}

fn letters(xml: &mut Xml, size: &str, more: &[(&str, &str)]) -> Written {
    let mut attributes = vec![("fo:font-family", "Arial"), ("fo:font-size", size)];
    attributes.extend(more);
    empty(xml, "style:text-properties", &attributes)
}

/// How numbers of each format are written.
pub(super) fn numbers(xml: &mut Xml) -> Written {
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
pub(super) fn cells(xml: &mut Xml) -> Written {
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
            let gap = if side == "end" { GAP } else { "0mm" };
            empty(
                xml,
                "style:paragraph-properties",
                &[("fo:text-align", side), ("fo:margin-left", gap)],
            )?;
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
            empty(
                xml,
                "style:paragraph-properties",
                &[("fo:text-align", "end"), ("fo:margin-left", GAP)],
            )
        })?;
    }
    Ok(())
}
