//! A Delimited file is a CSV file as read: headings, rows, and the line of every row.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::columns::code_heading;
use super::input::Input;
use crate::domain::{Finding, Findings};

/// Headings and rows of a delimited file; every row has as many cells as the first.
#[derive(Clone, Debug)]
pub struct Delimited {
    /// Name of the file, for messages.
    pub file: String,
    /// Rows in order, the headings among them where the file has any.
    pub rows: Vec<Row>,
}

/// A row with its line in the file, counted from 1.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line at which it starts.
    pub line: usize,
    /// Its cells, without surrounding white space.
    pub cells: StringRecord,
}

impl Delimited {
    /// Reads comma, tab, bar or semicolon separated text; the separator is that which the first line holds most of. Blank lines are passed over.
    ///
    /// # Errors
    /// `S002` where it is not text; `S201` for every row with another number of cells than the first; `S202` where there is no row.
    pub fn read(input: &Input) -> Result<Self, Findings> {
        let text = input.text()?;
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
        let separator = [b';', b'|', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',');
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut table = Self {
            file: input.name.clone(),
            rows: Vec::new(),
        };
        let mut findings = Findings::default();
        for record in reader.records() {
            match record {
                Ok(cells) => table.accept(text, cells, &mut findings),
                Err(error) => findings.push(Finding::error(
                    "S201",
                    &input.name,
                    error.to_string(),
                    "mend the row and try again",
                )),
            }
        }
        if table.rows.is_empty() && !findings.has_errors() {
            findings.push(Finding::error(
                "S202",
                &input.name,
                "holds no row",
                "check that this is the file you meant",
            ));
        }
        findings.gate(table).map(|(table, _)| table)
    }

    fn accept(&mut self, text: &str, cells: StringRecord, findings: &mut Findings) {
        let line = cells.position().map_or(0, |place| line_of(text, place));
        let width = self.rows.first().map_or(cells.len(), |row| row.cells.len());
        if cells.iter().all(str::is_empty) {
            return;
        }
        if cells.len() != width {
            let place = format!("{} line {line}", self.file);
            let message = format!(
                "has another number of cells ({}) than the first row ({width})",
                cells.len()
            );
            findings.push(Finding::error(
                "S201",
                place,
                message,
                "quote cells that hold the separator, and fill missing cells with nothing",
            ));
        }
        self.rows.push(Row { line, cells });
    }

    /// `file line N`, for messages about a row.
    pub fn place(&self, row: &Row) -> String {
        format!("{} line {}", self.file, row.line)
    }
}

/// The line of a record; the reader gives the place before the blank lines that it passed over.
pub(super) fn line_of(text: &str, place: &csv::Position) -> usize {
    let from = text.as_bytes().get(place.byte() as usize..).unwrap_or_default();
    let blank = from.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    place.line() as usize + blank.filter(|&&byte| byte == b'\n').count()
}

/// Whether a heading is that of a column of area codes: `area_code`, or an ONS code column such as `LAD16CD`, `lad17cd`, `areacd`.
pub fn is_code_heading(heading: &str) -> bool {
    code_heading(heading).is_some()
}

/// Whether a text looks like an area code of the Office for National Statistics: a letter and eight digits.
pub fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

/// A code of the Office for National Statistics in lower case is the same code; other text stays as it is.
pub fn canonical_code(text: String) -> String {
    let upper = text.to_ascii_uppercase();
    if is_code(&upper) { upper } else { text }
}

/// Whether a text looks like an area code of the kind used until 2010: two digits for the county and two letters for the district, such as `15UB`, perhaps with two
/// letters of a ward and four digits of an output area behind them.
pub fn is_code_of_before_2011(text: &str) -> bool {
    let bytes = text.as_bytes();
    let kinds = [
        u8::is_ascii_digit,
        u8::is_ascii_uppercase,
        u8::is_ascii_uppercase,
        u8::is_ascii_digit,
        u8::is_ascii_digit,
    ];
    let fits = |(k, pair): (usize, &[u8])| pair.iter().all(kinds[k]);
    matches!(bytes.len(), 4 | 6 | 10) && bytes.chunks(2).enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Delimited, Findings> {
        Delimited::read(&Input::from_bytes("t.csv", text.as_bytes().to_vec()))
    }

    #[test]
    fn the_separator_is_told_from_the_first_line() {
        for text in ["a,b\n1,2\n", "a\tb\n1\t2\n", "a|b\n1|2\n", "a;b\n1;2\n"] {
            let read = table(text).unwrap();
            assert_eq!(read.rows[1].cells.iter().collect::<Vec<_>>(), ["1", "2"]);
        }
    }

    #[test]
    fn a_row_of_another_width_names_its_line() {
        let findings = table("a,b\n1,2\n\n3\n").unwrap_err();
        assert_eq!(findings.0[0].subject, "t.csv line 4");
    }

    #[test]
    fn ons_headings_are_known_in_any_case() {
        for heading in [
            "LAD16CD",
            "lad17cd",
            "areacd",
            "area_code",
            "LSOA11CD",
            "CTYUA21CD",
            "LEP17CD1",
        ] {
            assert!(is_code_heading(heading), "{heading}");
        }
        for heading in ["lot", "E06000001", "lad16nm", "cd"] {
            assert!(!is_code_heading(heading), "{heading}");
        }
    }

    #[test]
    fn codes_of_before_2011_are_told_from_others() {
        for code in ["00AA", "15UB", "12UBGA", "12UBGA0001"] {
            assert!(is_code_of_before_2011(code), "{code}");
        }
        for code in ["E06000052", "1500", "UB15", "15ub", "15", ""] {
            assert!(!is_code_of_before_2011(code), "{code}");
        }
    }
}
