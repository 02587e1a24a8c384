//! The list of texts of an XLSX workbook, looked at before the reader sets room aside for as many as it counts.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::archive::{broken, too_large};
use crate::domain::Finding;

/// The most texts that a workbook may list.
const MOST_TEXTS: usize = 2_000_000;

/// Refuses a workbook that lists, or says that it lists, more texts than can be kept.
///
/// # Errors
/// `S205`.
pub(super) fn few(file: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Finding> {
    for k in 0..archive.len() {
        let entry = archive.by_index(k).map_err(|error| broken(file, error))?;
        let name = entry.name().map_err(|error| broken(file, error))?.to_lowercase();
        if name.ends_with("sharedstrings.xml") && listed(file, BufReader::new(entry))? > MOST_TEXTS {
            return Err(too_large(file));
        }
    }
    Ok(())
}

/// How many texts there are, or are said to be.
fn listed(file: &str, xml: impl BufRead) -> Result<usize, Finding> {
    let mut reader = Reader::from_reader(xml);
    let (mut listed, mut said, mut buffer) = (0, 0, Vec::new());
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|error| broken(file, error))?
        {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "sst" => said = said.max(count(file, &tag)?),
                "si" => listed += 1,
                _ => {}
            },
            Event::Eof => return Ok(said.max(listed)),
            _ => {}
        }
    }
}

/// The number of different texts that the list says it has.
fn count(file: &str, tag: &BytesStart<'_>) -> Result<usize, Finding> {
    let found = tag
        .try_get_attribute("uniqueCount")
        .map_err(|error| broken(file, error))?;
    // What is no number is more than any that can be kept.
    Ok(found.map_or(0, |said| said.value.trim().parse().unwrap_or(usize::MAX)))
}
