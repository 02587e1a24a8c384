//! The styles with which QGIS opens the layers: the colours of the map, white outlines, labels.

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};
use rusqlite::{Connection, params};

use super::schema::{DATE, attributes};
use crate::report::ReportError;
use crate::report::publish::xml::{Written, Xml, element, empty};
use crate::report::svg::picture::Picture;

const TABLE: &str = "
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
";

const WHITE: &str = "255,255,255,255";
const BLACK: &str = "11,12,12,255";
const GREY: &str = "177,180,182,255";

/// Adds a style for every layer, the one that QGIS takes by itself.
pub(super) fn add(connection: &Connection, picture: &Picture<'_>) -> Result<(), ReportError> {
    connection.execute_batch(TABLE)?;
    let styles = [
        (
            "areas",
            fills(picture, &AREA_LOOK)?,
            "Areas in the colours of their lots",
        ),
        ("lots", fills(picture, &LOT_LOOK)?, "Lots in the colours of the map"),
        ("links", links()?, "Links as broken lines"),
    ];
    for (layer, qml, words) in styles {
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault,
             description, owner, ui, update_time) VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '', NULL, ?4)",
            params![layer, qml, words, DATE],
        )?;
    }
    attributes(connection, "layer_styles", "Styles for QGIS")?;
    Ok(())
}

/// What differs between areas and lots.
struct Look {
    /// Millimetres of the white outline.
    outline: &'static str,
    /// What is written on a feature, and how large in points.
    label: Option<(&'static str, &'static str)>,
    /// Whether features in no lot get an entry of their own.
    rest: bool,
}

const AREA_LOOK: Look = Look {
    outline: "0.1",
    label: None,
    rest: true,
};

const LOT_LOOK: Look = Look {
    outline: "0.6",
    label: Some(("label", "9")),
    rest: false,
};

/// Polygons by the lot that they are in or are.
fn fills(picture: &Picture<'_>, look: &Look) -> Result<String, ReportError> {
    let lots = &picture.answer.lots;
    document("2", look.label, |xml| {
        let attributes = [
            ("type", "categorizedSymbol"),
            ("attr", "lot_id"),
            ("enableorderby", "0"),
        ];
        element(xml, "renderer-v2", &attributes, |xml| {
            element(xml, "categories", &[], |xml| {
                for (k, lot) in lots.iter().enumerate() {
                    category(xml, &lot.lot_id, &picture.lot_words(k), k)?;
                }
                if look.rest {
                    category(xml, "", "in no lot", lots.len())?;
                }
                Ok(())
            })?;
            element(xml, "symbols", &[], |xml| {
                for k in 0..lots.len() {
                    fill_symbol(xml, k, &rgba(picture.fill(k)), look.outline)?;
                }
                if look.rest {
                    fill_symbol(xml, lots.len(), GREY, look.outline)?;
                }
                Ok(())
            })
        })
    })
}

fn links() -> Result<String, ReportError> {
    document("1", None, |xml| {
        element(
            xml,
            "renderer-v2",
            &[("type", "singleSymbol"), ("enableorderby", "0")],
            |xml| {
                element(xml, "symbols", &[], |xml| {
                    symbol(
                        xml,
                        "line",
                        0,
                        "SimpleLine",
                        &[
                            ("line_color", BLACK),
                            ("line_style", "dash"),
                            ("line_width", "0.5"),
                            ("line_width_unit", "MM"),
                        ],
                    )
                })
            },
        )
    })
}

fn category(xml: &mut Xml, value: &str, label: &str, symbol: usize) -> Written {
    let symbol = symbol.to_string();
    let attributes = [
        ("value", value),
        ("type", "string"),
        ("label", label),
        ("symbol", &symbol),
        ("render", "true"),
    ];
    empty(xml, "category", &attributes)
}

fn fill_symbol(xml: &mut Xml, number: usize, colour: &str, outline: &str) -> Written {
    symbol(
        xml,
        "fill",
        number,
        "SimpleFill",
        &[
            ("color", colour),
            ("style", "solid"),
            ("outline_color", WHITE),
            ("outline_style", "solid"),
            ("outline_width", outline),
            ("outline_width_unit", "MM"),
            ("joinstyle", "round"),
        ],
    )
}

fn symbol(xml: &mut Xml, kind: &str, number: usize, class: &str, options: &[(&str, &str)]) -> Written {
    let number = number.to_string();
    element(
        xml,
        "symbol",
        &[
            ("type", kind),
            ("name", &number),
            ("alpha", "1"),
            ("clip_to_extent", "1"),
        ],
        |xml| {
            element(
                xml,
                "layer",
                &[("class", class), ("enabled", "1"), ("pass", "0"), ("locked", "0")],
                |xml| {
                    element(xml, "Option", &[("type", "Map")], |xml| {
                        for (name, value) in options {
                            empty(xml, "Option", &[("name", name), ("type", "QString"), ("value", value)])?;
                        }
                        Ok(())
                    })
                },
            )
        },
    )
}

/// The document around a renderer; `geometry` is 1 for lines and 2 for polygons.
fn document(
    geometry: &str,
    label: Option<(&str, &str)>,
    renderer: impl FnOnce(&mut Xml) -> Written,
) -> Result<String, ReportError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let told = |error: &dyn std::fmt::Display| ReportError::Write(error.to_string());
    let doctype = Event::DocType(BytesText::from_escaped(
        "qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'",
    ));
    xml.write_event(doctype).map_err(|e| told(&e))?;
    let labelled = if label.is_some() { "1" } else { "0" };
    let attributes = [
        ("version", "3.22"),
        ("styleCategories", "Symbology|Labeling"),
        ("labelsEnabled", labelled),
    ];
    element(&mut xml, "qgis", &attributes, |xml| {
        renderer(xml)?;
        if let Some((field, points)) = label {
            labels(xml, field, points)?;
        }
        element(xml, "layerGeometryType", &[], |xml| {
            xml.write_event(Event::Text(BytesText::new(geometry)))
        })
    })
    .map_err(|e| told(&e))?;
    String::from_utf8(xml.into_inner()).map_err(|e| told(&e))
}

/// Dark words with a white edge, which can be read on every colour of the palette.
fn labels(xml: &mut Xml, field: &str, points: &str) -> Written {
    let text = [
        ("fieldName", field),
        ("isExpression", "0"),
        ("fontFamily", "Arial"),
        ("namedStyle", "Bold"),
        ("fontWeight", "75"),
        ("fontSize", points),
        ("fontSizeUnit", "Point"),
        ("textColor", BLACK),
        ("textOpacity", "1"),
    ];
    let edge = [
        ("bufferDraw", "1"),
        ("bufferSize", "0.8"),
        ("bufferSizeUnits", "MM"),
        ("bufferColor", WHITE),
        ("bufferOpacity", "1"),
    ];
    let placement = [
        ("placement", "1"),
        ("centroidWhole", "1"),
        ("centroidInside", "1"),
        ("polygonPlacementFlags", "2"),
    ];
    element(xml, "labeling", &[("type", "simple")], |xml| {
        element(xml, "settings", &[("calloutType", "simple")], |xml| {
            element(xml, "text-style", &text, |xml| empty(xml, "text-buffer", &edge))?;
            empty(xml, "text-format", &[("multilineAlign", "1")])?;
            empty(xml, "placement", &placement)?;
            empty(
                xml,
                "rendering",
                &[("drawLabels", "1"), ("displayAll", "1"), ("obstacle", "0")],
            )
        })
    })
}

/// A colour as QGIS writes it, `18,67,109,255`, from `#12436D`.
pub(super) fn rgba(hex: &str) -> String {
    let part = |k: usize| {
        hex.get(k..k + 2)
            .and_then(|two| u8::from_str_radix(two, 16).ok())
            .unwrap_or_default()
    };
    format!("{},{},{},255", part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_of_the_palette_is_written_in_tens() {
        assert_eq!(rgba("#12436D"), "18,67,109,255");
    }
}
