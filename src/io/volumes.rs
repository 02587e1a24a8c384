//! Reads the column of a volumes table that shares out the money.

use std::collections::BTreeMap;

use super::columns::{CodeHeading, Role, code_heading, is_total, roles};
use super::input::{Input, did_you_mean};
use super::manifest::TableEntry;
use super::table_kind::TableKind;
use super::tables::{self, Line, Table};
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding, Findings, Volume, VolumesSpec};

/// The chosen column of a volumes table.
#[derive(Clone, Debug)]
pub struct Volumes {
    /// Name of the file, for messages.
    pub file: String,
    /// What the file is.
    pub kind: TableKind,
    /// Heading of the column of codes, and what it says; `None` where areas go by their names.
    pub codes: Option<(String, CodeHeading)>,
    /// One row an area, in file order.
    pub rows: Vec<VolumeRow>,
    /// Rows that hold no figure of their own: of an area that has one already, or of none.
    pub refused: Vec<RefusedRow>,
    /// The step to which the notes of the file say that figures are rounded.
    pub rounded_to: Option<Volume>,
    /// Lines above and below the table.
    pub aside: Vec<Line>,
}

/// The volume of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeRow {
    /// Code of the area; empty where the table has names only.
    pub code: AreaCode,
    /// Its name, where the table has names.
    pub name: String,
    /// Line in the file.
    pub line: usize,
    /// The figure.
    pub cell: Cell,
    /// Whether it is the sum of other rows, or of a wider area.
    pub wider: bool,
}

/// A row that is refused, kept for the report of the join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// Line in the file.
    pub line: usize,
    /// Its code; empty where it has none.
    pub code: AreaCode,
    /// Its name, where the table has names.
    pub name: String,
    /// Line of the row that has its area already; `None` where the row has no code.
    pub first: Option<usize>,
}

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
}

/// Marks of a suppressed cell in official statistics. Those of the Government Statistical Service stand in brackets: `[c]` confidential, `[x]` not available, `[z]` not
/// applicable, `[w]` no data, `[u]` of low reliability.
const SUPPRESSED: [&str; 18] = [
    "", "c", "[c]", "x", "[x]", "z", "[z]", "[w]", "*", "..", ":", "-", "[u]", "!", "#", "n/a", "[n/a]", "supp",
];

/// Marks of a cell that rounds to nothing; `k` of the Department for Education among them.
const NEGLIGIBLE: [&str; 6] = ["~", "[low]", "k", "[k]", "negl", "nil or negligible"];

/// Marks behind a number that stays a number: break in a series, estimated, forecast, provisional, revised, of low reliability.
const QUALIFIED: [&str; 6] = ["[b]", "[e]", "[f]", "[p]", "[r]", "[u]"];

/// Greatest volume of one area that is read, so that sums stay far from overflow.
const MOST_PEOPLE: f64 = 1e9;

/// Reads the column `volumes.weight` of a table of any kind, of the sheet that is named or the one with the most codes. Faults of single rows come with the
/// volumes (a bad cell counts as nothing), so that the join can tell its own as well.
///
/// # Errors
/// Every fault that hides the column: what [`tables::read`] finds, no such column (`V101`), several of that name (`V108`), no column of codes or names (`V102`), a measure that does not add up
/// (`V107`). With the volumes come figures that may have points for thousands (`V109`), an area twice (`V103`), text where a number belongs (`V104`), a negative number (`V105`), a blank code (`V106`).
pub fn read(input: &Input, sheet: Option<&str>, asked: &VolumesSpec) -> Result<(Volumes, Findings), Findings> {
    let name = sheet.map_or_else(|| input.name.clone(), |sheet| format!("{}#{sheet}", input.name));
    let (table, mut findings) = tables::read(&name, &input.bytes)?;
    let roles = roles(&table);
    let codes = roles.iter().position(|role| matches!(role, Role::Codes(_)));
    let names = roles.iter().position(|role| *role == Role::Names);
    let weight = table.columns.iter().position(|heading| *heading == asked.weight);
    if codes.or(names).is_none() {
        findings.push(no_codes(&table));
    }
    match weight {
        None => findings.push(no_column(&table, &roles, &asked.weight)),
        Some(weight) => {
            findings.0.extend(same_headings(&table, &asked.weight));
            findings.0.extend(points_for_thousands(&table, weight));
            findings.extend(refused(&table, &roles[weight], asked));
        }
    }
    let ((), mut findings) = findings.gate(())?;
    let Some(weight) = weight else { return Err(findings) };
    let places = Places { codes, names, weight };
    let (rows, refused) = rows(&table, &places, &mut findings);
    let volumes = Volumes {
        codes: codes.map(|k| (table.columns[k].clone(), heading(&roles[k]))),
        rows,
        refused,
        rounded_to: rounded_to(table.above.iter().chain(&table.below)),
        file: table.file,
        kind: table.kind,
        aside: table.above.into_iter().chain(table.below).collect(),
    };
    Ok((volumes, findings))
}

impl Volumes {
    /// Adds what the manifest of a data set keeps of the table that this one was made from: its heading of codes, its notes, its rounding.
    pub fn told_by(&mut self, entry: &TableEntry) {
        if let Some((_, heading)) = &mut self.codes {
            *heading = code_heading(&entry.code_column).unwrap_or_default();
        }
        let step = entry.rounded_to.map(|people| Volume((people * 1000.0).round() as i64));
        self.rounded_to = self.rounded_to.or(step);
        let note = |text: &String| Line {
            line: 0,
            text: text.clone(),
        };
        self.aside.extend(entry.notes.iter().map(note));
    }
}

/// Places of the columns that are read.
struct Places {
    codes: Option<usize>,
    names: Option<usize>,
    weight: usize,
}

fn heading(role: &Role) -> CodeHeading {
    match role {
        Role::Codes(heading) => heading.clone(),
        _ => CodeHeading::default(),
    }
}

/// Codes of the kind used until 2010 in place of those of nine characters.
pub fn of_before_2011(file: &str, codes: &[&str]) -> Finding {
    let message = format!(
        "{} of the kind used until 2010, such as {}; boundaries have codes of nine characters, such as E06000052, since 2011",
        count(codes.len(), "code is", "codes are"),
        codes.first().copied().unwrap_or_default()
    );
    let help = "put the codes of nine characters in their place (the Code History Database of the ONS lists both), or take the column out: \
                areas then go by a column `area_name`";
    Finding::error("V220", file, message, help)
}

fn no_codes(table: &Table) -> Finding {
    Finding::error(
        "V102",
        table.place(table.header_line),
        "the first line names no column of area codes",
        "name the column of codes `area_code`, or as ONS does, such as `LAD16CD`; or that of names `area_name`",
    )
}

fn no_column(table: &Table, roles: &[Role], weight: &str) -> Finding {
    let of = |wanted: fn(&Role) -> bool| {
        let kept = table
            .columns
            .iter()
            .zip(roles)
            .filter(move |(name, role)| wanted(role) && !name.is_empty());
        kept.map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    let measures = of(|role| !matches!(role, Role::Codes(_)));
    let counts = of(|role| *role == Role::Counts);
    let listed = if counts.is_empty() { &measures } else { &counts };
    let help = did_you_mean(
        weight,
        measures.iter().copied(),
        &format!("columns are: {}", listed.join(", ")),
    );
    Finding::error("V101", &table.file, format!("there is no column `{weight}`"), help)
}

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

fn refused(table: &Table, role: &Role, asked: &VolumesSpec) -> Findings {
    match role {
        Role::NoCounts(why) if !asked.adds_up => {
            let message = format!(
                "`{}` does not add up: {why}; a lot would get the sum of rates",
                asked.weight
            );
            let help = "choose a column of people; if it does count people, set `volumes.adds_up = true`";
            Finding::error("V107", &table.file, message, help).into()
        }
        _ => Findings::default(),
    }
}

fn rows(table: &Table, places: &Places, findings: &mut Findings) -> (Vec<VolumeRow>, Vec<RefusedRow>) {
    let mut rows: Vec<VolumeRow> = Vec::new();
    let mut refused = Vec::new();
    let mut seen = BTreeMap::new();
    for row in &table.rows {
        let cell_of = |place: Option<usize>| place.map_or("", |k| row.cells[k].as_str());
        let code = AreaCode::new(&canonical(cell_of(places.codes)));
        let (name, place) = (cell_of(places.names), table.place(row.line));
        let wider = is_total(code.as_str(), name);
        let refuse = |first: Option<usize>| RefusedRow {
            line: row.line,
            code: code.clone(),
            name: name.to_string(),
            first,
        };
        if places.codes.is_some() && code.as_str().is_empty() && !wider {
            let help = "give the code of the area, or delete the row";
            findings.push(Finding::error("V106", place, "has no area code", help));
            refused.push(refuse(None));
            continue;
        }
        let key = if places.codes.is_some() { code.as_str() } else { name };
        if let Some(first) = seen.insert(key.to_string(), row.line).filter(|_| !wider) {
            let message = format!("{key} stands twice, first on line {first}");
            let help = "keep one row an area; add the rows up if they are parts of it";
            findings.push(Finding::error("V103", place, message, help));
            refused.push(refuse(Some(first)));
            continue;
        }
        let cell = cell(&row.cells[places.weight], table.kind).unwrap_or_else(|(fault, message, help)| {
            if !wider {
                findings.push(Finding::error(fault, place, format!("{key}: {message}"), help));
            }
            Cell::Number(Volume::ZERO)
        });
        rows.push(VolumeRow {
            name: name.to_string(),
            code,
            line: row.line,
            cell,
            wider,
        });
    }
    (rows, refused)
}

/// A code in lower case is the same code.
fn canonical(text: &str) -> String {
    let upper = text.to_ascii_uppercase();
    if super::delimited::is_code(&upper) {
        upper
    } else {
        text.to_string()
    }
}

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
    if let Some(most) = at_most(text) {
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
pub(super) fn is_mark(text: &str, kind: TableKind) -> bool {
    matches!(
        cell(text, kind),
        Ok(Cell::Suppressed | Cell::Negligible | Cell::AtMost(_))
    )
}

/// The most that a cell such as `<5` can be, as people are whole.
fn at_most(text: &str) -> Option<Volume> {
    let below: i64 = text.strip_prefix('<')?.trim().parse().ok()?;
    (1..=10_000).contains(&below).then(|| Volume::people(below - 1))
}

/// A number as it stands in a cell, without thousands commas and without a mark behind it.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let qualifier = QUALIFIED.iter().find(|mark| lower.ends_with(*mark));
    let number = qualifier.map_or(text, |mark| text[..text.len() - mark.len()].trim_end());
    without_thousands(number)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn volumes(text: &str) -> Result<(Volumes, Findings), Findings> {
        of("esa", text)
    }

    fn of(weight: &str, text: &str) -> Result<(Volumes, Findings), Findings> {
        let asked = VolumesSpec {
            weight: weight.into(),
            ..VolumesSpec::default()
        };
        read(&Input::from_bytes("v.csv", text.as_bytes().to_vec()), None, &asked)
    }

    #[test]
    fn numbers_blanks_and_marks_are_read() {
        let (read, _) = volumes("area_code,esa\nA,\"1,200\"\nB,\nC,[c]\nD,2.5\nE,-\nF,~\n").unwrap();
        let found: Vec<_> = read.rows.iter().map(|row| row.cell).collect();
        let number = |milli| Cell::Number(Volume(milli));
        let wanted = [
            number(1_200_000),
            Cell::Suppressed,
            Cell::Suppressed,
            number(2500),
            Cell::Suppressed,
            Cell::Negligible,
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn marks_of_the_statistical_service_are_read_by_their_meaning() {
        let text = "area_code,esa\nA,<5\nB,[z]\nC,[k]\nD,\"1,200 [e]\"\nE,7[p]\nF,[e]\nG,< 10\n";
        let (read, findings) = volumes(text).unwrap();
        let found: Vec<_> = read.rows.iter().map(|row| row.cell).collect();
        let people = |people| Cell::Number(Volume::people(people));
        let wanted = [
            Cell::AtMost(Volume::people(4)),
            Cell::Suppressed,
            Cell::Negligible,
            people(1200),
            people(7),
            people(0),
            Cell::AtMost(Volume::people(9)),
        ];
        assert_eq!(found, wanted);
        assert_eq!((findings.0.len(), findings.0[0].subject.as_str()), (1, "v.csv line 7"));
    }

    #[test]
    fn every_bad_cell_is_told_at_once() {
        let (_, findings) = volumes("LAD16CD,esa\nA,-1\nB,many\nA,3\n,4\nC,\"1,2\"\nD,NaN\nE,1\nF,2\nG,3\n").unwrap();
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

    #[test]
    fn a_heading_of_two_columns_is_refused_with_the_places_of_both() {
        let findings = of("Male", "area_code,Male,Name,Male\nE06000001,3,A,1\n").unwrap_err();
        assert_eq!((findings.0[0].code, findings.0.len()), ("V108", 1));
        assert!(findings.0[0].message.ends_with("2 and 4"), "{findings}");
    }

    #[test]
    fn points_for_thousands_are_told() {
        let told = |cells: [&str; 4]| {
            let rows: String = (1..)
                .zip(cells)
                .map(|(k, cell)| format!("E0600000{k};{cell}\n"))
                .collect();
            let findings = volumes(&format!("area_code;esa\n{rows}")).unwrap().1;
            findings.0.iter().any(|finding| finding.code == "V109")
        };
        assert!(told(["92.817", "140.398", "6", "1.250"]) && told(["92.817", "140.398", "135.404", "c"]));
        assert!(!told(["92.817", "140.39", "6", "1.250"]) && !told(["92.817", "1", "6", "12"]));
        assert!(!told(["92817", "140398", "6", "1250"]) && !told(["92.817", "140.398", "6.125", "1250"]));
    }

    #[test]
    fn a_rate_is_refused_as_weight_unless_the_user_knows_better() {
        let text = "area_code,Claimant rate\nE06000001,3\n";
        assert_eq!(of("Claimant rate", text).unwrap_err().0[0].code, "V107");
        let asked = VolumesSpec {
            weight: "Claimant rate".into(),
            adds_up: true,
            ..VolumesSpec::default()
        };
        assert!(read(&Input::from_bytes("v.csv", text.into()), None, &asked).is_ok());
    }

    #[test]
    fn totals_are_marked_and_never_an_area_of_their_own() {
        let (read, findings) =
            volumes("area_code,name,esa\nE06000001,Hartlepool,5\nE92000001,England,5\n,Column Total,5\n").unwrap();
        assert!(findings.0.is_empty(), "{findings}");
        assert_eq!(
            read.rows.iter().map(|row| row.wider).collect::<Vec<_>>(),
            [false, true, true]
        );
    }

    #[test]
    fn the_notes_say_to_what_figures_are_rounded() {
        for (note, step) in [
            ("Figures are rounded to the nearest 10.", Some(10)),
            ("Numbers have been rounded to five", Some(5)),
            ("Rounded to the nearest 1,000 people", Some(1000)),
            ("All figures rounded to nearest hundred", Some(100)),
            ("A well-rounded set of notes", None),
        ] {
            let line = Line {
                line: 1,
                text: note.into(),
            };
            assert_eq!(rounded_to([&line]), step.map(Volume::people), "{note}");
        }
    }
}
