//! Figures with commas for decimals, `92.817,5`, as most of Europe writes them: only in texts whose cells no comma parts.

use super::Table;
use crate::domain::Finding;
use crate::domain::words::list;

/// How many columns the note names.
const NAMED: usize = 8;

/// Writes the figures of such columns with points, and tells which (`S211`). `1,234` alone may be a thousand and says nothing; `12,5` and `1234,567` can only have decimals.
pub(super) fn read_commas(table: &mut Table) -> Option<Finding> {
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&k| has_commas(table, k)).collect();
    for row in &mut table.rows {
        for &k in &columns {
            if let Some(figure) = Figure::of(&row.cells[k]) {
                row.cells[k] = figure.with_point();
            }
        }
    }
    let named: Vec<String> = columns.iter().map(|&k| format!("`{}`", table.columns[k])).collect();
    let message = format!("commas are read as those of decimals in {}", list(&named, NAMED));
    let help = "none is needed, if 1.234,5 is to be one thousand and a half; otherwise write figures without commas";
    (!columns.is_empty()).then(|| Finding::note("S211", &table.file, message, help))
}

/// A figure with points between thousands, or without, and perhaps a comma before decimals.
struct Figure<'a> {
    whole: &'a str,
    decimals: &'a str,
}

impl<'a> Figure<'a> {
    fn of(cell: &'a str) -> Option<Self> {
        let (whole, decimals) = cell.split_once(',').unwrap_or((cell, ""));
        let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
        let groups: Vec<&str> = whole.trim_start_matches('-').split('.').collect();
        let grouped =
            groups.len() == 1 || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
        let fits = grouped && !groups[0].is_empty() && groups.iter().all(|group| digits(group)) && digits(decimals);
        (fits && !cell.ends_with(',')).then_some(Self { whole, decimals })
    }

    fn with_point(&self) -> String {
        let whole = self.whole.replace('.', "");
        match self.decimals {
            "" => whole,
            decimals => format!("{whole}.{decimals}"),
        }
    }

    /// Whether the comma cannot stand between thousands.
    fn is_certain(&self) -> bool {
        let whole = self.whole.trim_start_matches('-');
        !self.decimals.is_empty() && (self.decimals.len() != 3 || whole.len() > 3 || whole == "0")
    }
}

/// Whether a column is of such figures: some that can be nothing else, and none that is written in another way.
fn has_commas(table: &Table, column: usize) -> bool {
    let cells = table.rows.iter().map(|row| row.cells[column].as_str());
    let written: Vec<&str> = cells.filter(|cell| cell.bytes().any(|c| c.is_ascii_digit())).collect();
    let figures: Vec<Figure<'_>> = written.iter().filter_map(|cell| Figure::of(cell)).collect();
    figures.len() == written.len() && figures.iter().any(Figure::is_certain)
}

#[cfg(test)]
mod tests {
    use crate::io::tables::read;

    fn cells(text: &str) -> (Vec<String>, bool) {
        let (table, findings) = read("t.csv", text.as_bytes()).unwrap();
        let cells = table.rows.iter().map(|row| row.cells[1].clone());
        (cells.collect(), findings.0.iter().any(|finding| finding.code == "S211"))
    }

    #[test]
    fn commas_of_decimals_are_read_and_told_where_nothing_else_can_be_meant() {
        let of = |figures: [&str; 3]| {
            cells(&format!(
                "code;n\nA;{}\nB;{}\nC;{}\n",
                figures[0], figures[1], figures[2]
            ))
        };
        let read = |cells: [&str; 3]| (cells.map(String::from).to_vec(), true);
        let left = |cells: [&str; 3]| (cells.map(String::from).to_vec(), false);
        assert_eq!(of(["92.817,5", "1.124.569", "c"]), read(["92817.5", "1124569", "c"]));
        assert_eq!(of(["12,5", "1,125", "-7"]), read(["12.5", "1.125", "-7"]));
        assert_eq!(of(["1,234", "2,345", "7"]), left(["1,234", "2,345", "7"]), "thousands");
        assert_eq!(
            of(["12,5", "1.5", "7"]),
            left(["12,5", "1.5", "7"]),
            "written in two ways"
        );
        assert!(!cells("code,n\nA,\"12,5\"\nB,7\n").1, "a comma parts the cells");
    }
}
