//! A workbook for Excel.

use std::io::{Cursor, Read};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as Look, FormatAlign, Table as Marked, TableColumn, TableStyle, Url,
    Workbook as Book, Worksheet, XlsxError,
};
use zip::ZipArchive;

use super::super::zipped::{Member, archive};
use super::model::{Cell, Format, LANGUAGE, Line, Sheet, Table, Workbook, lines_of};
use crate::report::ReportError;

/// The typeface of the guidance, and the sizes of words and titles in points.
const FONT: &str = "Arial";
const SIZE: f64 = 12.0;
const TITLE: f64 = 16.0;
const HEADING: f64 = 14.0;
/// A link is blue and underlined, so that it is not told by colour alone.
const BLUE: Color = Color::RGB(0x00_1D_70_B8);
/// Points that a line of twelve points takes, with the room above and below it.
const LINE: f64 = 15.75;
/// A4 among the papers of Excel.
const A4: u8 = 9;
/// The part with the properties of the document.
const PROPERTIES: &str = "docProps/core.xml";

/// Writes a workbook.
pub(super) fn written(workbook: &Workbook) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::new();
    let properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_subject(&workbook.subject)
        .set_author(&workbook.author)
        .set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?);
    book.set_properties(&properties);
    for sheet in &workbook.sheets {
        fill(book.add_worksheet(), sheet)?;
    }
    with_language(&book.save_to_buffer()?)
}

fn look() -> Look {
    Look::new()
        .set_font_name(FONT)
        .set_font_size(SIZE)
        .set_align(FormatAlign::Top)
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    page.set_row_height(0, 1.5 * TITLE)?;
    let title = look().set_font_size(TITLE).set_bold();
    let wide = sheet.table.is_none();
    page.write_string_with_format(0, 0, &sheet.title, &if wide { title.set_text_wrap() } else { title })?;
    if wide {
        page.set_column_width(0, sheet.width)?;
    }
    for (row, line) in (1..).zip(&sheet.lines) {
        if let (Line::Text(words), true) = (line, wide) {
            page.set_row_height(row, LINE * lines_of(words, sheet.width) as f64)?;
        }
        match line {
            Line::Text(words) if wide => page.write_string_with_format(row, 0, words, &look().set_text_wrap())?,
            Line::Text(words) => page.write_string_with_format(row, 0, words, &look())?,
            Line::Heading(words) => {
                page.write_string_with_format(row, 0, words, &look().set_font_size(HEADING).set_bold())?
            }
            Line::Link(words, to) => page.write_url_with_format(row, 0, link(words, to), &link_look())?,
        };
    }
    match &sheet.table {
        Some(table) => fill_table(page, 1 + sheet.lines.len() as u32, table),
        None => Ok(()),
    }
}

fn link(words: &str, to: &str) -> Url {
    Url::new(format!("internal:'{to}'!A1")).set_text(words)
}

fn link_look() -> Look {
    look()
        .set_font_color(BLUE)
        .set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

fn fill_table(page: &mut Worksheet, top: u32, table: &Table) -> Result<(), XlsxError> {
    let head = |format: Format| {
        let head = look().set_bold().set_text_wrap();
        if format.is_number() {
            head.set_align(FormatAlign::Right).set_indent(1)
        } else {
            head
        }
    };
    let looks: Vec<Look> = table.columns.iter().map(|column| cell_look(column.format)).collect();
    let marked: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| {
            TableColumn::new()
                .set_header(&column.heading)
                .set_header_format(head(column.format))
        })
        .collect();
    let bottom = top + table.rows.len() as u32;
    let right = table.columns.len().saturating_sub(1) as u16;
    let marked = Marked::new()
        .set_name(table.name)
        .set_columns(&marked)
        .set_autofilter(false)
        .set_banded_rows(false)
        .set_style(TableStyle::Light1);
    page.add_table(top, 0, bottom, right, &marked)?;
    let heads = table
        .columns
        .iter()
        .map(|column| lines_of(&column.heading, 0.9 * column.width));
    page.set_row_height(top, LINE * heads.max().unwrap_or(1) as f64)?;
    for (row, cells) in (top + 1..).zip(&table.rows) {
        let lines = cells.iter().zip(&table.columns).map(|(cell, column)| match cell {
            Cell::Text(words) | Cell::Link(words, _) => lines_of(words, column.width),
            Cell::Number(_) => 1,
        });
        page.set_row_height(row, LINE * lines.max().unwrap_or(1) as f64)?;
        for (column, (cell, look)) in (0..).zip(cells.iter().zip(&looks)) {
            match cell {
                Cell::Number(number) => page.write_number_with_format(row, column, *number, look)?,
                Cell::Text(words) => page.write_string_with_format(row, column, words, look)?,
                Cell::Link(words, to) => page.write_url_with_format(row, column, link(words, to), &link_look())?,
            };
        }
    }
    for (k, column) in (0..).zip(&table.columns) {
        page.set_column_width(k, column.width)?;
    }
    Ok(())
}

/// Numbers stand to the right, and so do marks in their place; words wrap.
fn cell_look(format: Format) -> Look {
    let number = || look().set_align(FormatAlign::Right).set_indent(1);
    match format {
        Format::Text => look().set_text_wrap(),
        Format::General => number(),
        other => number().set_num_format(other.code()),
    }
}

/// The writer has no word for the language of a document, so it is added to its properties.
fn with_language(bytes: &[u8]) -> Result<Vec<u8>, ReportError> {
    let told = |error: &dyn std::fmt::Display| ReportError::Write(error.to_string());
    let mut zipped = ZipArchive::new(Cursor::new(bytes)).map_err(|e| told(&e))?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..zipped.len() {
        let mut part = zipped.by_index(index).map_err(|e| told(&e))?;
        let name = part.name().map_err(|e| told(&e))?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).map_err(|e| told(&e))?;
        if name == PROPERTIES {
            let text = String::from_utf8(content).map_err(|e| told(&e))?;
            let language = format!("<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>");
            content = text.replace("</cp:coreProperties>", &language).into_bytes();
        }
        parts.push((name, content));
    }
    let members: Vec<Member<'_>> = parts
        .iter()
        .map(|(name, content)| Member {
            name,
            content,
            packed: true,
        })
        .collect();
    archive(&members)
}
