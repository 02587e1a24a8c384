//! Elements of XML, written one inside another; text without the control characters that XML forbids.

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use crate::report::svg::without_controls;

/// A document under writing.
pub(super) type Xml = Writer<Vec<u8>>;
/// What writing to memory may fail with, which only its lack can bring about.
pub(super) type Written = std::io::Result<()>;

/// An element with its attributes, and what stands in it.
pub(super) fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    let clean = clean(attributes);
    let attributes = clean.iter().map(|(key, value)| (*key, value.as_str()));
    let element = xml.create_element(name).with_attributes(attributes);
    element.write_inner_content(inside).map(|_| ())
}

/// An element with nothing in it.
pub(super) fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Written {
    let clean = clean(attributes);
    let attributes = clean.iter().map(|(key, value)| (*key, value.as_str()));
    xml.create_element(name)
        .with_attributes(attributes)
        .write_empty()
        .map(|_| ())
}

fn clean<'a>(attributes: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    let clean = attributes.iter().map(|(key, value)| (*key, without_controls(value)));
    clean.collect()
}

/// An element with a text in it.
pub(super) fn text(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], words: &str) -> Written {
    element(xml, name, attributes, |xml| {
        xml.write_event(Event::Text(BytesText::new(&without_controls(words))))
    })
}
