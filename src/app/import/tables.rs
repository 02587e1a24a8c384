//! Tables of an import: each in its canonical form, named after what it holds, and read back.

use super::ImportError;
use super::draft::{Draft, unfaithful};
use crate::app::doctor::findings_of_table;
use crate::domain::words::{count, list};
use crate::domain::{Finding, Findings};
use crate::io::canonical::{self, CanonicalTable};
use crate::io::columns::{Role, roles};
use crate::io::input::Input;
use crate::io::manifest::{TableEntry, TableRole};
use crate::io::tables::{self, Table};
use crate::io::{Grouping, LinkTable, sha256};

/// A table that was read.
pub(super) struct MadeTable {
    /// File in the folder of the data set.
    pub(super) file: String,
    pub(super) table: CanonicalTable,
    pub(super) entry: TableEntry,
    /// The file that it comes from, with its sheet.
    pub(super) input: String,
}

/// Reads a table into the draft: one of volumes or links, or one of memberships for each grouping in it.
pub(super) fn add(draft: &mut Draft<'_>, input: &Input, sheet: Option<&str>) {
    let name = sheet.map_or_else(|| input.name.clone(), |sheet| format!("{}#{sheet}", input.name));
    let read = tables::read(&name, &input.bytes).and_then(|(table, findings)| {
        let canonical = canonical::table(&table)?;
        Ok((table, canonical, findings))
    });
    match read {
        Ok((table, canonical, findings)) => {
            draft.findings.extend(findings);
            draft.findings.extend(told(draft, &table, &canonical));
            let what = table
                .sheet
                .as_ref()
                .map_or(input.name.clone(), |sheet| format!("{}#{sheet}", input.name));
            for one in canonical {
                draft.steps.push(format!("{what}: {}", step(&table, &one)));
                draft.tables.push(made(draft, one, &what));
            }
        }
        Err(faults) => draft.findings.extend(faults),
    }
}

/// What the doctor says of the table. A table of memberships and a lookup may have an area in several rows.
fn told(draft: &Draft<'_>, table: &Table, canonical: &[CanonicalTable]) -> Findings {
    let mut findings = findings_of_table(table, &draft.changes);
    let volumes = canonical.iter().any(|one| one.role == TableRole::Volumes);
    findings
        .0
        .retain(|finding| volumes || !["V102", "V103"].contains(&finding.code));
    findings
}

fn made(draft: &Draft<'_>, table: CanonicalTable, input: &str) -> MadeTable {
    let heading = crate::io::columns::code_heading(&table.code_column).and_then(|heading| heading.year);
    MadeTable {
        file: String::new(),
        input: input.into(),
        entry: TableEntry {
            role: table.role,
            input: input.into(),
            rows: table.rows,
            code_column: table.code_column.clone(),
            name_column: table.name_column.clone(),
            columns: table.columns.clone(),
            codes_of: draft.changes.vintage(&table.codes, heading).words(),
            rounded_to: table.rounded_to.map(|step| step.as_people()),
            notes: table.notes.clone(),
            ..TableEntry::default()
        },
        table,
    }
}

/// What was done to a table, in a sentence.
fn step(source: &Table, table: &CanonicalTable) -> String {
    let rows = count(table.rows, "row", "rows");
    let mut parts = vec![match table.role {
        TableRole::Volumes => format!("{rows} of volumes, {}", list(&table.columns, 12)),
        TableRole::Membership => format!("{rows} of memberships in `{}`", table.name),
        TableRole::Links => format!("{rows} of links"),
    }];
    match (table.code_column.as_str(), table.name_column.as_str()) {
        ("", "") => {}
        ("", names) => parts.push(format!("no column of codes, names in `{names}`")),
        (codes, _) => parts.push(format!("codes in `{codes}`")),
    }
    if table.capitals > 0 {
        parts.push(format!(
            "{} written in capitals",
            count(table.capitals, "code", "codes")
        ));
    }
    if let Some(step) = table.rounded_to {
        parts.push(format!("figures rounded to {} by its notes", step.as_people()));
    }
    if !table.left_out.is_empty() {
        parts.push(format!("columns left out: {}", list(&table.left_out, 12)));
    }
    let aside = source.above.len() + source.below.len();
    if aside > 0 {
        let lines = count(aside, "line of title or notes", "lines of title or notes");
        parts.push(format!("{lines} kept in dataset.toml"));
    }
    parts.join("; ")
}

/// Names the files: after what they hold where one alone holds it, after their source otherwise.
pub(super) fn name_files(draft: &mut Draft<'_>) {
    let wanted: Vec<String> = draft.tables.iter().map(|made| slug(&made.table.name)).collect();
    for k in 0..wanted.len() {
        let alone = wanted.iter().filter(|other| **other == wanted[k]).count() == 1;
        let keeps = alone || draft.tables[k].table.role == TableRole::Membership;
        let stem = if keeps {
            wanted[k].clone()
        } else {
            slug(stem(&draft.tables[k].input))
        };
        draft.tables[k].file = format!("{stem}.csv");
    }
    draft.tables.sort_by(|a, b| a.file.cmp(&b.file));
    for made in &mut draft.tables {
        made.entry.file = made.file.clone();
        made.entry.sha256 = sha256(made.table.text.as_bytes());
    }
    for same in draft
        .tables
        .chunk_by(|a, b| a.file == b.file)
        .filter(|same| same.len() > 1)
    {
        let inputs: Vec<&str> = same.iter().map(|made| made.input.as_str()).collect();
        let message = format!("would be made from each of {}", list(&inputs, 6));
        let help = "import them under two names, or give one of the files another name";
        draft
            .findings
            .push(Finding::error("S409", &same[0].file, message, help));
    }
}

/// A file name without ending, the sheet of a workbook with it.
fn stem(input: &str) -> &str {
    match input.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('#') => stem,
        _ => input,
    }
}

/// Small letters, digits and hyphens.
fn slug(text: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let word: String = text.to_lowercase().chars().map(plain).collect();
    match word.trim_matches('-') {
        "" => "table".into(),
        // The table of sources of a data set inside the program is called so.
        "sources" => "sources-table".into(),
        word => word.into(),
    }
}

impl MadeTable {
    /// Reads the canonical file back: as many rows, and columns that hold the same.
    ///
    /// # Errors
    /// A file that has not, which is a fault of the program.
    pub(super) fn read_back(&self) -> Result<(), ImportError> {
        let bytes = self.table.text.as_bytes();
        let wrong = |faults: Findings| unfaithful(format!("{} cannot be read back: {faults}", self.file));
        let rows = match self.table.role {
            TableRole::Membership => Grouping::read(&self.file, bytes).map_err(wrong)?.rows.len(),
            TableRole::Links => LinkTable::read(&self.file, bytes).map_err(wrong)?.rows.len(),
            TableRole::Volumes => {
                let (table, _) = tables::read(&self.file, bytes).map_err(wrong)?;
                let found = roles(&table);
                let first = found.len().saturating_sub(self.table.columns.len());
                let adds_up: Vec<bool> = found[first..].iter().map(|role| *role == Role::Counts).collect();
                if adds_up != self.table.adds_up || table.columns[first..] != self.table.columns[..] {
                    return Err(unfaithful(format!(
                        "the columns of {} would be read otherwise",
                        self.file
                    )));
                }
                table.rows.len()
            }
        };
        if rows == self.table.rows {
            Ok(())
        } else {
            Err(unfaithful(format!(
                "{} has {rows} rows, and had {}",
                self.file, self.table.rows
            )))
        }
    }
}
