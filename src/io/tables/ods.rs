//! Sheets of an ODS workbook.

use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{self, MOST_CELLS, ROW, broken, cost, too_large};
use super::grid::Sheet;
use super::layout::MOST_COLUMNS;
use crate::domain::Finding;

/// Every sheet by name, in the order of the workbook.
///
/// # Errors
/// `S205` where it cannot be read or is too large.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Finding> {
    let mut archive = archive::open(file, bytes)?;
    let content = archive.by_name("content.xml").map_err(|error| broken(file, error))?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut book = Book::new(file);
    book.read(&mut reader)?;
    Ok(book.sheets)
}

/// The workbook under reading.
struct Book<'a> {
    file: &'a str,
    sheets: Vec<Sheet>,
    /// Row of the sheet, from 1, and how often the row at hand stands there.
    line: usize,
    repeated: usize,
    row: Vec<String>,
    /// Place of the next cell; cells that hold nothing only move it on.
    column: usize,
    cell: Option<Cell>,
    in_text: bool,
    left: usize,
}

/// A cell under reading.
struct Cell {
    repeated: usize,
    /// The number behind what is shown.
    value: Option<String>,
    text: String,
}

impl<'a> Book<'a> {
    fn new(file: &'a str) -> Self {
        Self {
            file,
            sheets: Vec::new(),
            line: 0,
            repeated: 1,
            row: Vec::new(),
            column: 0,
            cell: None,
            in_text: false,
            left: MOST_CELLS,
        }
    }

    fn read(&mut self, reader: &mut Reader<impl BufRead>) -> Result<(), Finding> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.start(&tag)?,
                Ok(Event::Empty(tag)) => {
                    self.start(&tag)?;
                    self.end(tag.name().as_ref())?;
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref())?,
                Ok(Event::Text(text)) => self.text(&text),
                Ok(Event::GeneralRef(name)) => self.entity(&name)?,
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(broken(self.file, error)),
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Finding> {
        match tag.name().as_ref() {
            "table:table" => {
                let name = attribute(self.file, tag, "table:name")?.unwrap_or_default();
                self.spend(ROW + cost(&name))?;
                self.sheets.push(Sheet {
                    name,
                    ..Sheet::default()
                });
                self.line = 0;
            }
            "table:table-row" => {
                self.repeated = count(self.file, tag, "table:number-rows-repeated")?;
                self.row.clear();
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(Cell {
                    repeated: count(self.file, tag, "table:number-columns-repeated")?,
                    value: match attribute(self.file, tag, "office:value")? {
                        None => attribute(self.file, tag, "office:date-value")?,
                        value => value,
                    },
                    text: String::new(),
                });
            }
            "text:p" => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push(' ');
                }
                self.in_text = true;
            }
            "text:s" | "text:tab" | "text:line-break" => self.text(" "),
            // A comment is no part of what the cell holds.
            "office:annotation" => self.in_text = false,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &str) -> Result<(), Finding> {
        match tag {
            "text:p" => self.in_text = false,
            "table:table-cell" | "table:covered-table-cell" => self.finish_cell()?,
            "table:table-row" => self.finish_row()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (Some(cell), true) = (&mut self.cell, self.in_text) {
            cell.text.push_str(text);
        }
    }

    /// `&amp;` and its like, which the reader gives apart from the text around them.
    fn entity(&mut self, name: &quick_xml::events::BytesRef<'_>) -> Result<(), Finding> {
        if let Some(character) = name.resolve_char_ref().map_err(|error| broken(self.file, error))? {
            self.text(&character.to_string());
            return Ok(());
        }
        self.text(quick_xml::escape::resolve_xml_entity(name).unwrap_or("\u{fffd}"));
        Ok(())
    }

    fn finish_cell(&mut self) -> Result<(), Finding> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = cell.value.unwrap_or(cell.text).trim().to_string();
        let next = self.column.saturating_add(cell.repeated).min(MOST_COLUMNS);
        if !text.is_empty() {
            self.spend((next - self.row.len().min(next)).saturating_mul(cost(&text)))?;
            self.row.resize(self.row.len().max(self.column), String::new());
            self.row.resize(self.row.len().max(next), text);
        }
        self.column = next;
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), Finding> {
        let row = std::mem::take(&mut self.row);
        if !row.is_empty() {
            let whole: usize = row.iter().map(|cell| cost(cell)).sum();
            self.spend(
                ROW.saturating_add(whole)
                    .saturating_mul(self.repeated)
                    .saturating_sub(whole),
            )?;
            for k in 1..=self.repeated {
                if let Some(Sheet { grid, .. }) = self.sheets.last_mut() {
                    grid.push(self.line.saturating_add(k), row.clone());
                }
            }
        }
        self.line = self.line.saturating_add(self.repeated);
        Ok(())
    }

    fn spend(&mut self, cells: usize) -> Result<(), Finding> {
        self.left = self.left.checked_sub(cells).ok_or_else(|| too_large(self.file))?;
        Ok(())
    }
}

fn attribute(file: &str, tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Finding> {
    let found = tag.try_get_attribute(name).map_err(|error| broken(file, error))?;
    let value = found.map(|found| found.value.into_owned());
    value
        .map(|raw| {
            quick_xml::escape::unescape(&raw)
                .map(|text| text.into_owned())
                .map_err(|error| broken(file, error))
        })
        .transpose()
}

/// How often something is repeated: once where nothing is said.
fn count(file: &str, tag: &BytesStart<'_>, name: &str) -> Result<usize, Finding> {
    let text = attribute(file, tag, name)?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(1).max(1))
}
