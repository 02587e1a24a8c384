//! Reads the column of a volumes table that shares out the money.

use super::delimited::{Delimited, is_code_heading};
use super::input::{Input, did_you_mean};
use crate::domain::{AreaCode, Finding, Findings, Volume};

/// The chosen column of a volumes table.
#[derive(Clone, Debug)]
pub struct Volumes {
    /// Name of the file, for messages.
    pub file: String,
    /// One row an area, in file order.
    pub rows: Vec<VolumeRow>,
}

/// The volume of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeRow {
    /// Code of the area.
    pub code: AreaCode,
    /// Line in the file.
    pub line: usize,
    /// The volume; `None` where the cell is suppressed or blank.
    pub volume: Option<Volume>,
}

/// Marks of a suppressed cell in official statistics.
const SUPPRESSED: [&str; 8] = ["", "c", "[c]", "x", "[x]", "*", "..", ":"];

/// Greatest volume of one area that is read, so that sums stay far from overflow.
const MOST_PEOPLE: f64 = 1e9;

/// Reads the column `weight`. Faults of single rows come with the volumes (a bad cell counts as nothing), so that the join can tell its own as well.
///
/// # Errors
/// Every fault that hides the column: no such column (`V101`), no column of codes (`V102`). With the volumes come an area twice (`V103`), text where a number
/// belongs (`V104`), a negative number (`V105`), a blank code (`V106`).
pub fn read(input: &Input, weight: &str) -> Result<(Volumes, Findings), Findings> {
    let table = Delimited::read(input)?;
    let mut findings = Findings::default();
    let headings: Vec<&str> = table.rows[0].cells.iter().collect();
    let code_column = headings.iter().position(|heading| is_code_heading(heading));
    let weight_column = headings.iter().position(|heading| *heading == weight);
    if code_column.is_none() {
        let message = "the first line names no column of area codes";
        findings.push(Finding::error(
            "V102",
            table.place(&table.rows[0]),
            message,
            "name the column of codes `area_code`, or as ONS does, such as `LAD16CD`",
        ));
    }
    if weight_column.is_none() {
        let measures = headings
            .iter()
            .enumerate()
            .filter(|(k, _)| Some(*k) != code_column)
            .map(|(_, name)| *name);
        let help = did_you_mean(
            weight,
            measures.clone(),
            &format!("columns are: {}", measures.clone().collect::<Vec<_>>().join(", ")),
        );
        findings.push(Finding::error(
            "V101",
            &table.file,
            format!("there is no column `{weight}`"),
            help,
        ));
    }
    let (Some(code_column), Some(weight_column)) = (code_column, weight_column) else {
        return Err(findings);
    };
    let rows = rows(&table, code_column, weight_column, &mut findings);
    Ok((Volumes { file: table.file, rows }, findings))
}

fn rows(table: &Delimited, code_column: usize, weight_column: usize, findings: &mut Findings) -> Vec<VolumeRow> {
    let mut rows: Vec<VolumeRow> = Vec::new();
    let mut seen = std::collections::BTreeMap::new();
    for row in &table.rows[1..] {
        let code = AreaCode::new(row.cells.get(code_column).unwrap_or_default());
        let place = table.place(row);
        if code.as_str().is_empty() {
            let help = "give the code of the area, or delete the row";
            findings.push(Finding::error("V106", place, "has no area code", help));
            continue;
        }
        if let Some(first) = seen.insert(code.clone(), row.line) {
            let message = format!("{code} stands twice, first on line {first}");
            let help = "keep one row an area; add the rows up if they are parts of it";
            findings.push(Finding::error("V103", place, message, help));
            continue;
        }
        let volume = cell(row.cells.get(weight_column).unwrap_or_default()).unwrap_or_else(|(fault, message, help)| {
            findings.push(Finding::error(fault, place, format!("{code}: {message}"), help));
            Some(Volume::ZERO)
        });
        rows.push(VolumeRow {
            code,
            line: row.line,
            volume,
        });
    }
    rows
}

type Fault = (&'static str, String, &'static str);

fn cell(text: &str) -> Result<Option<Volume>, Fault> {
    if SUPPRESSED.contains(&text.to_ascii_lowercase().as_str()) {
        return Ok(None);
    }
    let plain = without_thousands(text);
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() && number < 0.0 => Err((
            "V105",
            format!("`{text}` is negative"),
            "a volume counts people; if a code for missing data is meant, leave the cell blank",
        )),
        Ok(number) if number <= MOST_PEOPLE => Ok(Some(Volume((number * 1000.0).round() as i64))),
        _ => Err((
            "V104",
            format!("`{text}` is no number of people"),
            "write digits only, or leave the cell blank where it is suppressed",
        )),
    }
}

/// `1,234,567` as `1234567`; any other use of commas is left, so that it is refused.
fn without_thousands(text: &str) -> String {
    let mut groups = text.split(',');
    let head = groups.next().unwrap_or_default();
    let head_fits = (1..=3).contains(&head.trim_start_matches('-').len());
    let rest: Vec<&str> = groups.collect();
    let fits = |group: &&str| group.split('.').next().is_some_and(|digits| digits.len() == 3);
    if head_fits && !rest.is_empty() && rest.iter().all(fits) {
        text.replace(',', "")
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volumes(text: &str) -> Result<(Volumes, Findings), Findings> {
        read(&Input::from_bytes("v.csv", text.as_bytes().to_vec()), "esa")
    }

    #[test]
    fn numbers_blanks_and_marks_are_read() {
        let (read, _) = volumes("area_code,esa\nA,\"1,200\"\nB,\nC,[c]\nD,2.5\n").unwrap();
        let found: Vec<_> = read.rows.iter().map(|row| row.volume).collect();
        assert_eq!(found, [Some(Volume::people(1200)), None, None, Some(Volume(2500))]);
    }

    #[test]
    fn every_bad_cell_is_told_at_once() {
        let (_, findings) = volumes("LAD16CD,esa\nA,-1\nB,many\nA,3\n,4\nC,\"1,2\"\nD,NaN\n").unwrap();
        let codes: Vec<_> = findings.0.iter().map(|f| (f.code, f.subject.as_str())).collect();
        assert_eq!(
            codes,
            [
                ("V105", "v.csv line 2"),
                ("V104", "v.csv line 3"),
                ("V103", "v.csv line 4"),
                ("V106", "v.csv line 5"),
                ("V104", "v.csv line 6"),
                ("V104", "v.csv line 7")
            ]
        );
    }

    #[test]
    fn an_unknown_measure_gets_the_nearest_name() {
        let findings = volumes("area_code,ESA_wrag\nA,1\n").unwrap_err();
        assert_eq!(findings.0[0].help, "did you mean `ESA_wrag`?");
    }
}
