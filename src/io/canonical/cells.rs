//! Cells of canonical tables: codes in capitals, plain numbers, and one mark for each kind of figure that is not known.

use crate::io::delimited::is_code;
use crate::io::table_kind::TableKind;
use crate::io::volumes::{Cell, cell};

/// The mark of a figure that is kept back.
const SUPPRESSED: &str = "c";

/// The mark of a figure that is nothing or next to nothing.
const NEGLIGIBLE: &str = "~";

/// A code in lower case is the same code.
pub(super) fn code(text: &str) -> String {
    let upper = text.to_ascii_uppercase();
    if is_code(&upper) { upper } else { text.to_string() }
}

/// A figure: blank stays blank, marks become one of two, thousands lose their commas. `<5` stays as it is, and so does what is no figure, for the reader to refuse.
pub(super) fn figure(text: &str, kind: TableKind) -> String {
    match cell(text, kind) {
        Ok(Cell::Suppressed) if text.is_empty() => String::new(),
        Ok(Cell::Suppressed) => SUPPRESSED.into(),
        Ok(Cell::Negligible) => NEGLIGIBLE.into(),
        Ok(Cell::Number(_)) => crate::io::volumes::plain(text),
        Ok(Cell::AtMost(_) | Cell::Unread) | Err(_) => text.into(),
    }
}

/// Header and rows as CSV.
pub(super) fn csv<'a>(header: &[String], rows: impl IntoIterator<Item = &'a Vec<String>>) -> String {
    let mut text = line(header);
    rows.into_iter().for_each(|row| text.push_str(&line(row)));
    text
}

/// The same with every row on the line that it has in its source, so that a reader's messages name that line.
pub(super) fn placed(header: &[String], rows: &[(usize, Vec<String>)], header_line: usize) -> String {
    let mut text = "\n".repeat(header_line.saturating_sub(1)) + &line(header);
    let mut next = header_line + 1;
    for (at, row) in rows {
        // A second column of groups begins again at the top.
        text.push_str(&"\n".repeat(at.saturating_sub(next)));
        text.push_str(&line(row));
        next = next.max(*at) + 1;
    }
    text
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\n"
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r', ';', '|', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_all_makers_become_one_of_two() {
        for (text, kind, wanted) in [
            ("", TableKind::Csv, ""),
            ("..", TableKind::Csv, "c"),
            ("..", TableKind::StatXploreJson, "~"),
            ("[low]", TableKind::Csv, "~"),
            ("1,234.5", TableKind::Csv, "1234.5"),
            ("-3", TableKind::Csv, "-3"),
            ("<5", TableKind::Csv, "<5"),
            ("[z]", TableKind::Csv, "c"),
            ("1,200 [e]", TableKind::Csv, "1200"),
            ("many", TableKind::Csv, "many"),
        ] {
            assert_eq!(figure(text, kind), wanted, "{text}");
        }
    }

    #[test]
    fn rows_stand_on_the_lines_of_their_source() {
        let row = |cell: &str| vec![cell.to_string()];
        let text = placed(&row("h"), &[(4, row("a")), (6, row("b,c"))], 2);
        assert_eq!(text, "\nh\n\na\n\n\"b,c\"\n");
    }
}
