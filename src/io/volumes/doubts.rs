//! Doubts about a column of figures: what its heading, its points or the size of its figures leave open.

use super::cells::{is_mark, plain, without_thousands};
use crate::domain::words::{decimal, list};
use crate::domain::{Finding, Volume};
use crate::io::tables::{Line, Table};

/// Several columns of one heading: it says of none of them what it holds.
pub(crate) fn same_headings(table: &Table, heading: &str) -> Option<Finding> {
    let places = (1..).zip(&table.columns).filter(|(_, column)| *column == heading);
    let places: Vec<String> = places.map(|(place, _)| place.to_string()).collect();
    let message = format!("`{heading}` is the heading of several columns: {}", list(&places, 6));
    let help = "give each column a heading of its own, such as that of the group that it counts, or delete all but one";
    (places.len() > 1 && !heading.is_empty())
        .then(|| Finding::error("V108", table.place(table.header_line), message, help))
}

/// Fewest figures of three decimals that are looked at.
const FEW: usize = 3;

/// Figures that all have three decimals, or are whole and below a thousand, as `92.817` beside `6`: thousands as most of Europe writes them.
pub(crate) fn points_for_thousands(table: &Table, column: usize) -> Option<Finding> {
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
    let thousands = |cell: &&&str| {
        cell.split_once('.')
            .is_some_and(|(head, tail)| digits(head, 3) && tail.len() == 3 && digits(tail, 3))
    };
    let cells: Vec<&str> = table.rows.iter().map(|row| row.cells[column].as_str()).collect();
    let figures: Vec<&str> = cells.into_iter().filter(|cell| !is_mark(cell, table.kind)).collect();
    let pointed: Vec<&&str> = figures.iter().filter(thousands).collect();
    let fits = figures
        .iter()
        .all(|cell| thousands(&cell) || digits(cell, 3) || cell.matches('.').count() > 1);
    let message = format!(
        "every figure of `{}` has three decimals or is below a thousand; {} may be {}",
        table.columns[column],
        pointed.first()?,
        pointed.first()?.replace('.', "")
    );
    let help = "if points stand for thousands, take them out of the file (`92817`); otherwise none is needed";
    (fits && pointed.len() >= FEW && 2 * pointed.len() > figures.len())
        .then(|| Finding::warning("V109", &table.file, message, help))
}

/// Part of all figures by which rounding to thousandths of a person may change them.
const MOST_LOST: f64 = 0.001;

/// Figures so small that counting in thousandths of a person would change them: shares of a whole.
pub(super) fn too_small(table: &Table, column: usize) -> Option<Finding> {
    let figures = table
        .rows
        .iter()
        .filter_map(|row| plain(&row.cells[column]).parse::<f64>().ok());
    let figures: Vec<f64> = figures.filter(|figure| figure.is_finite() && *figure > 0.0).collect();
    let lost = |figure: &f64| (figure - (figure * 1000.0).round() / 1000.0).abs();
    let (sum, lost): (f64, f64) = (figures.iter().sum(), figures.iter().map(lost).sum());
    let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let message = format!(
        "figures of `{}` are too small to be counted: volumes are whole thousandths of a person, and {least:.6} would be {}",
        table.columns[column],
        decimal(least)
    );
    let help = "give figures in a smaller unit, such as people in place of thousands, or shares times a million";
    (lost > MOST_LOST * sum).then(|| Finding::error("V110", &table.file, message, help))
}

/// The step of `rounded to the nearest 10` in the notes of a table.
pub fn rounded_to<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Option<Volume> {
    lines.into_iter().find_map(|line| {
        let lower = line.text.to_lowercase();
        let (_, after) = lower.split_once("rounded")?;
        let (_, after) = after.split_once("to ")?;
        let words = after.split(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | '(' | ')'));
        words.take(5).find_map(step)
    })
}

fn step(word: &str) -> Option<Volume> {
    let known = [("five", 5), ("ten", 10), ("hundred", 100), ("thousand", 1000)];
    let word = word.trim_matches(',');
    let named = known.iter().find(|(name, _)| *name == word).map(|(_, step)| *step);
    let step = named
        .or_else(|| without_thousands(word).parse().ok())
        .filter(|step| (2..=10_000).contains(step))?;
    Some(Volume::people(step))
}
