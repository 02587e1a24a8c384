//! Tables of every kind, read into one shape: [`Table`].
//!
//! [`read`] tells the kind by content, the encoding by its bytes, the separator by its lines and the header by its codes. What stands above the table and
//! below it is kept as lines, so that nothing is lost silently.
//!
//! ```
//! let (table, findings) = lotwright::io::tables::read("t.csv", b"Title\n\nLAD16CD;people\nE06000001;12\n")?;
//! assert_eq!((table.columns[1].as_str(), table.rows.len(), table.above.len()), ("people", 1, 1));
//! assert!(findings.0.is_empty());
//! # Ok::<(), lotwright::domain::Findings>(())
//! ```

mod archive;
mod decimals;
pub mod encoding;
mod grid;
mod layout;
mod long;
mod ods;
mod stat_xplore;
mod texts;
mod xlsx;

use super::table_kind::TableKind;
use crate::domain::words::list;
use crate::domain::{Finding, Findings};
use grid::{Grid, Sheet};
pub(super) use layout::one_line;

/// A table as a file holds it: every row has a cell for each column.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name of the file, for messages.
    pub file: String,
    /// What it is.
    pub kind: TableKind,
    /// Encoding of a text; empty for workbooks.
    pub encoding: &'static str,
    /// Sheet of a workbook that the table stands on.
    pub sheet: Option<String>,
    /// Lines above the table: title, filters.
    pub above: Vec<Line>,
    /// Line of the header.
    pub header_line: usize,
    /// Headings; blank where a column has none.
    pub columns: Vec<String>,
    /// Rows below the header.
    pub rows: Vec<Row>,
    /// Lines below the table: notes, sources.
    pub below: Vec<Line>,
}

/// A line of text that is no row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Line in the file, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// A row with its line in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line (row of a sheet, place in a list of items), from 1.
    pub line: usize,
    /// One cell a column, without surrounding white space.
    pub cells: Vec<String>,
}

impl Table {
    /// `file line N`, for messages about a row.
    pub fn place(&self, line: usize) -> String {
        format!("{} line {line}", self.file)
    }
}

/// Reads a table of any kind. `name` may name a sheet of a workbook behind a `#`.
///
/// # Errors
/// `S206` where the file is no table; `S205` for a workbook that cannot be read; `S201`, `S202` and `S208` for what is wrong with its rows; `S210` for a table that is too wide. Notes: `S204`
/// for a text that is no UTF-8, `S207` where a workbook has several tables.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Table, Findings), Findings> {
    let (file, sheet) = name
        .split_once('#')
        .map_or((name, None), |(file, sheet)| (file, Some(sheet)));
    let Some(kind) = TableKind::of(bytes) else {
        return Err(no_table(file, bytes).into());
    };
    match kind {
        TableKind::Xlsx => choose(file, kind, xlsx::sheets(file, bytes)?, sheet),
        TableKind::Ods => choose(file, kind, ods::sheets(file, bytes)?, sheet),
        TableKind::StatXploreJson => Ok((stat_xplore::read(file, bytes)?, Findings::default())),
        _ => of_text(file, kind, bytes),
    }
}

fn no_table(file: &str, bytes: &[u8]) -> Finding {
    if let Some((what, help)) = super::unread::known(bytes) {
        return Finding::error("S206", file, format!("is no table that can be read, but {what}"), help);
    }
    let packed = super::archive::names(file, bytes).unwrap_or_default();
    if let Some(inside) = packed.iter().find(|name| is_table_name(name)) {
        let message = format!("is a zip archive, with {inside} in it");
        return Finding::error("S206", file, message, format!("unpack it, and name {inside}"));
    }
    let message = "is no table: neither text with separators nor a workbook (XLSX, ODS) nor JSON of Stat-Xplore";
    Finding::error(
        "S206",
        file,
        message,
        "save the table as CSV, XLSX or ODS, and name that file",
    )
}

/// Inside an archive the ending of a name is all that there is without unpacking it.
fn is_table_name(member: &str) -> bool {
    let name = member.to_lowercase();
    [".csv", ".tsv", ".txt", ".xlsx", ".ods"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn of_text(file: &str, kind: TableKind, bytes: &[u8]) -> Result<(Table, Findings), Findings> {
    let (text, encoding) = encoding::decode(bytes);
    if !encoding::is_text(&text) {
        return Err(no_table(file, bytes).into());
    }
    let mut findings = Findings::default();
    if encoding != "UTF-8" {
        let message = format!("is not UTF-8; it is read as {encoding}");
        let help = "look at names with accents and at pound signs; save the file as UTF-8 if they are wrong";
        findings.push(Finding::note("S204", file, message, help));
    }
    let grid = grid::of_text(file, &text)?;
    let comma_is_free = grid.separator != b',';
    let mut table = table(file, kind, None, grid)?;
    if comma_is_free {
        findings.0.extend(decimals::read_commas(&mut table));
    }
    let table = if kind == TableKind::NomisApi {
        long::widen(table)?
    } else {
        table
    };
    Ok((Table { encoding, ..table }, findings))
}

fn table(file: &str, kind: TableKind, sheet: Option<String>, grid: Grid) -> Result<Table, Findings> {
    let layout = layout::lay_out(file, grid)?;
    Ok(Table {
        file: file.into(),
        kind,
        encoding: "",
        sheet,
        above: layout.above,
        header_line: layout.header_line,
        columns: layout.columns,
        rows: layout.rows,
        below: layout.below,
    })
}

/// How many other sheets are named.
const MOST_SHEETS_NAMED: usize = 8;

/// The sheet of that name, or else the one with the most codes, hidden ones last; the others are told where they hold tables too.
fn choose(
    file: &str,
    kind: TableKind,
    sheets: Vec<Sheet>,
    wanted: Option<&str>,
) -> Result<(Table, Findings), Findings> {
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let codes = |grid: &Grid| {
        let cells = grid.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| super::delimited::is_code(cell)).count()
    };
    let counts: Vec<usize> = sheets.iter().map(|sheet| codes(&sheet.grid)).collect();
    let chosen = match wanted {
        Some(wanted) => names.iter().position(|name| name == wanted),
        // The first of those with the most codes.
        None => (0..sheets.len()).min_by_key(|&k| {
            let Sheet { hidden, grid, .. } = &sheets[k];
            let worth = (counts[k], usize::from(!grid.rows.is_empty()));
            // A hidden sheet is what its makers did not mean to be read, whatever it holds.
            (worth.0 == 0, *hidden, std::cmp::Reverse(worth), k)
        }),
    };
    let Some(chosen) = chosen else {
        let message = wanted.map_or_else(
            || "has no sheet".to_string(),
            |wanted| format!("has no sheet `{wanted}`"),
        );
        let help = format!("name one of its sheets behind a `#`: {}", names.join(", "));
        return Err(Finding::error("S205", file, message, help).into());
    };
    let mut findings = Findings::default();
    let others: Vec<usize> = (0..names.len()).filter(|&k| k != chosen && counts[k] > 0).collect();
    let words = others.iter().map(|&k| {
        let hidden = if sheets[k].hidden { " (hidden)" } else { "" };
        format!("{}{hidden}", names[k])
    });
    let words: Vec<String> = words.collect();
    if wanted.is_none() && !others.is_empty() {
        let message = format!(
            "the sheet `{}` is read; {} {} area codes too",
            names[chosen],
            list(&words, MOST_SHEETS_NAMED),
            if words.len() == 1 { "holds" } else { "hold" }
        );
        let help = format!("to read another, name it behind a `#`: {file}#{}", names[others[0]]);
        findings.push(Finding::note("S207", file, message, help));
    }
    let Sheet { name, grid, .. } = sheets.into_iter().nth(chosen).unwrap_or_default();
    Ok((table(file, kind, Some(name), grid)?, findings))
}
