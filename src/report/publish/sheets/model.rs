//! A Workbook before it is written: sheets with a title, lines and at most one table. It has no merged, blank or hidden cell, since it has no way to say so.

use crate::report::words::shortened;

/// A workbook.
pub(super) struct Workbook {
    /// Title of the document.
    pub title: String,
    /// What it is about, in a sentence.
    pub subject: String,
    /// The program with its version.
    pub author: String,
    /// Sheets in their order.
    pub sheets: Vec<Sheet>,
}

/// The language of every workbook.
pub(super) const LANGUAGE: &str = "en-GB";

/// A sheet: its title stands in A1, lines below it, and the table below those.
pub(super) struct Sheet {
    /// Name on its tab: letters, digits and underscores.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What stands above the table, a row each.
    pub lines: Vec<Line>,
    /// The table, if it has one.
    pub table: Option<Table>,
    /// Width of the first column where there is no table, in letters.
    pub width: f64,
}

/// A row above the table.
pub(super) enum Line {
    /// A sentence.
    Text(String),
    /// A heading of what follows.
    Heading(String),
    /// A link to another sheet: its words, and the name of the sheet.
    Link(String, &'static str),
}

/// A table with a heading for every column and a cell for every row of it.
pub(super) struct Table {
    /// Name of the table in the workbook.
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
pub(super) struct Column {
    /// Its heading, unlike any other of the table.
    pub heading: String,
    /// Its width in letters.
    pub width: f64,
    /// How its numbers are shown.
    pub format: Format,
}

/// How numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// There are none.
    Text,
    /// Whole, thousands apart.
    Whole,
    /// Pounds without pence.
    Pounds,
    /// One decimal.
    Tenths,
    /// Per cent with one decimal.
    Percent,
    /// As they are, with up to six decimals.
    General,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Words, or a mark such as `[z]`.
    Text(String),
    /// A number.
    Number(f64),
    /// A link to another sheet: its words, and the name of the sheet.
    Link(String, &'static str),
}

/// Shorthand as the Analysis Function has it.
pub(super) const NOT_AVAILABLE: &str = "[x]";
pub(super) const NOT_APPLICABLE: &str = "[z]";
pub(super) const LOW: &str = "[low]";
pub(super) const CONFIDENTIAL: &str = "[c]";

/// The most letters that a cell of Excel holds.
const LONGEST: usize = 32_767;

impl Cell {
    /// Words, cut where a cell has no room for more; `[z]` where there are none.
    pub fn text(words: impl Into<String>) -> Self {
        let words = shortened(&words.into(), LONGEST);
        Self::Text(if words.trim().is_empty() {
            NOT_APPLICABLE.into()
        } else {
            words
        })
    }

    /// A number that may not be known or not apply, for which `mark` stands then.
    pub fn known(number: Option<f64>, mark: &str) -> Self {
        match number {
            Some(number) if number.is_finite() => Self::Number(number),
            _ => Self::Text(mark.into()),
        }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::known(Some(number), NOT_AVAILABLE)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl Format {
    /// How Excel and OpenDocument write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text | Self::General => "General",
            Self::Whole => "#,##0",
            Self::Pounds => "£#,##0",
            Self::Tenths => "#,##0.0",
            Self::Percent => "0.0%",
        }
    }

    /// Whether there are numbers, which stand to the right.
    pub fn is_number(self) -> bool {
        self != Self::Text
    }

    /// The least number that is not shown as nought.
    fn least(self) -> f64 {
        match self {
            Self::Text | Self::General => 0.0,
            Self::Whole | Self::Pounds => 0.5,
            Self::Tenths => 0.05,
            Self::Percent => 0.000_5,
        }
    }
}

impl Table {
    /// A table; numbers that would be shown as nought, and are not, become `[low]`, and those that are shown as they are keep six decimals.
    pub fn new(name: &'static str, columns: Vec<Column>, mut rows: Vec<Vec<Cell>>) -> Self {
        for row in &mut rows {
            for (cell, column) in row.iter_mut().zip(&columns) {
                let Cell::Number(number) = *cell else { continue };
                if number != 0.0 && number.abs() < column.format.least() {
                    *cell = Cell::Text(LOW.into());
                } else if column.format == Format::General {
                    *cell = Cell::Number((number * 1e6).round() / 1e6);
                }
            }
        }
        Self { name, columns, rows }
    }

    /// Marks that stand in its cells, in the order in which they are explained.
    pub fn marks(&self) -> Vec<&'static str> {
        let stands = |mark: &&str| {
            self.rows
                .iter()
                .flatten()
                .any(|cell| *cell == Cell::Text(mark.to_string()))
        };
        MARKS.iter().map(|mark| mark.0).filter(stands).collect()
    }
}

/// Lines that a text takes in a column of so many letters, broken between words. Letters of Arial in twelve points are as wide, on the whole, as
/// the digits of Calibri in eleven that widths of columns are counted in.
pub(super) fn lines_of(text: &str, width: f64) -> usize {
    let room = (width.floor() as usize).max(1);
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            (lines, used) = (lines + 1, 0);
        }
        used += length + usize::from(used > 0);
        // A word that is longer than a line is broken.
        lines += (used - 1) / room;
        used -= (used - 1) / room * room;
    }
    lines
}

/// Shorthand and what it means.
pub(super) const MARKS: [(&str, &str); 4] = [
    (CONFIDENTIAL, "confidential: a figure that its source does not give"),
    (LOW, "low: a figure that is not nought and would be shown as nought"),
    (NOT_AVAILABLE, "not available: nobody has reckoned the figure"),
    (NOT_APPLICABLE, "not applicable: there is nothing to say"),
];

/// A column of words.
pub(super) fn words(heading: &str, width: f64) -> Column {
    column(heading, width, Format::Text)
}

/// A column.
pub(super) fn column(heading: &str, width: f64, format: Format) -> Column {
    Column {
        heading: heading.into(),
        width,
        format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_no_more_than_excel_can_and_never_nothing() {
        let Cell::Text(cut) = Cell::text("é".repeat(40_000)) else {
            panic!("no text")
        };
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (LONGEST, true));
        assert_eq!(Cell::text(" "), Cell::Text(NOT_APPLICABLE.into()));
    }

    #[test]
    fn a_text_breaks_between_words_and_a_long_word_within() {
        assert_eq!(lines_of("one two three", 100.0), 1);
        assert_eq!(lines_of("one two three", 7.0), 2);
        assert_eq!(lines_of("abcdefghijklmnopqrstuvwxyz", 10.0), 3);
        assert_eq!(lines_of("", 10.0), 1);
    }
}
