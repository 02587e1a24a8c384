//! What a cell of figures holds: a number as tables write it, or a mark in its place.

use crate::domain::Volume;
use crate::io::table_kind::TableKind;

/// A figure as a table has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number of people.
    Number(Volume),
    /// Kept back, or missing.
    Suppressed,
    /// Kept back, and at most so many: `<5` is at most 4.
    AtMost(Volume),
    /// Nothing, or next to nothing.
    Negligible,
    /// No figure at all, such as a word; told as an error, and counted as nothing.
    Unread,
}

/// Marks of a suppressed cell in official statistics. Those of the Government Statistical Service stand in brackets: `[c]` confidential, `[x]` not available, `[z]` not
/// applicable, `[w]` no data, `[u]` of low reliability.
const SUPPRESSED: [&str; 24] = [
    "",
    "c",
    "[c]",
    "x",
    "[x]",
    "z",
    "[z]",
    "[w]",
    "*",
    "..",
    ":",
    "-",
    "[u]",
    "!",
    "#",
    "n/a",
    "[n/a]",
    "supp",
    "–",
    "—",
    "...",
    "…",
    "null",
    "suppressed",
];

/// Marks of a cell that rounds to nothing; `k` of the Department for Education among them.
const NEGLIGIBLE: [&str; 6] = ["~", "[low]", "k", "[k]", "negl", "nil or negligible"];

/// Marks behind a number that stays a number: break in a series, estimated, forecast, provisional, revised, of low reliability.
const QUALIFIED: [&str; 6] = ["[b]", "[e]", "[f]", "[p]", "[r]", "[u]"];

/// Greatest volume of one area that is read, so that sums stay far from overflow.
const MOST_PEOPLE: f64 = 1e9;

/// Code, message and help of what is wrong with a cell.
pub(crate) type Fault = (&'static str, String, &'static str);

/// The figure of a cell, or what is wrong with it: code, message, help.
pub(crate) fn cell(text: &str, kind: TableKind) -> Result<Cell, Fault> {
    let lower = text.to_ascii_lowercase();
    if NEGLIGIBLE.contains(&lower.as_str()) || (lower == ".." && kind.dots_are_negligible()) {
        return Ok(Cell::Negligible);
    }
    if SUPPRESSED.contains(&lower.as_str()) {
        return Ok(Cell::Suppressed);
    }
    if let Some(most) = at_most(&lower) {
        return Ok(Cell::AtMost(most));
    }
    match plain(text).parse::<f64>() {
        Ok(number) if number.is_finite() && number < 0.0 => Err((
            "V105",
            format!("`{text}` is negative"),
            "a volume counts people; if a code for missing data is meant, leave the cell blank",
        )),
        Ok(number) if number <= MOST_PEOPLE => Ok(Cell::Number(Volume((number * 1000.0).round() as i64))),
        _ => Err((
            "V104",
            format!("`{text}` is no number of people"),
            "write digits only, or leave the cell blank where it is suppressed",
        )),
    }
}

/// Whether a cell bears a mark in place of a number.
pub(in crate::io) fn is_mark(text: &str, kind: TableKind) -> bool {
    matches!(
        cell(text, kind),
        Ok(Cell::Suppressed | Cell::Negligible | Cell::AtMost(_))
    )
}

/// The most that a cell such as `<5` or `fewer than 5` can be, as people are whole.
fn at_most(lower: &str) -> Option<Volume> {
    let after = |starts: &[&str]| starts.iter().find_map(|start| lower.strip_prefix(start));
    let (number, beyond) = match after(&["<=", "≤", "up to "]) {
        Some(number) => (number, 0),
        None => (after(&["<", "less than ", "fewer than ", "under "])?, 1),
    };
    let number: i64 = number.trim().parse().ok()?;
    (1..=10_000).contains(&number).then(|| Volume::people(number - beyond))
}

/// A number as it stands in a cell, without thousands commas or spaces and without a mark behind it.
pub(crate) fn plain(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let qualifier = QUALIFIED.iter().find(|mark| lower.ends_with(*mark));
    let number = qualifier.map_or(text, |mark| text[..text.len() - mark.len()].trim_end());
    without_thousands(number)
}

/// What stands between thousands: a comma, or a space, which may be one that is not broken or is narrow.
const BETWEEN_THOUSANDS: [char; 5] = [',', ' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// `1,234,567` and `1 234 567` as `1234567`; any other use of commas is left, so that it is refused.
pub(super) fn without_thousands(text: &str) -> String {
    let Some(sign) = text.chars().find(|c| BETWEEN_THOUSANDS.contains(c)) else {
        return text.to_string();
    };
    let mut groups = text.split(sign);
    let all_digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let head = groups.next().unwrap_or_default().trim_start_matches('-');
    let fits = |group: &str| {
        let digits = group.split('.').next().unwrap_or_default();
        digits.len() == 3 && all_digits(digits)
    };
    if (1..=3).contains(&head.len()) && all_digits(head) && groups.all(fits) {
        text.replace(sign, "")
    } else {
        text.to_string()
    }
}
