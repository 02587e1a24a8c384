//! CodeChanges know which area codes gave way to which others, so that a code of another vintage can be explained.

use super::delimited::{Row, is_code_of_before_2011};
use super::table::Table;
use crate::domain::{AreaCode, Finding, Findings};

/// What happened to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It went into a larger one.
    Merged,
    /// Its code was replaced, with little or no change on the ground.
    Recoded,
    /// It was divided among several.
    Split,
    /// It became a member of a new authority, and stayed what it was.
    Joined,
    /// It ended, and its people were in other areas of the list already.
    Ended,
}

impl ChangeKind {
    /// Whether the new area takes the place of the old one, and with it its people.
    fn succeeds(self) -> bool {
        matches!(self, Self::Merged | Self::Recoded | Self::Split)
    }
}

/// One area giving way to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChange {
    /// Code before.
    pub old_code: AreaCode,
    /// Name before.
    pub old_name: String,
    /// Code after; empty where the area ended.
    pub new_code: AreaCode,
    /// Name after.
    pub new_name: String,
    /// What happened.
    pub kind: ChangeKind,
    /// Year in which the change came into force.
    pub year: u16,
}

/// A table of changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeChanges(Vec<CodeChange>);

const COLUMNS: [&str; 6] = ["old_code", "old_name", "new_code", "new_name", "kind", "year"];

impl CodeChanges {
    /// Reads `old_code,old_name,new_code,new_name,kind,year`; kind is `merged`, `recoded`, `split`, `joined` or `ended`, and the last has no new code.
    ///
    /// # Errors
    /// What the reader of delimited files finds, missing columns (M102), blank cells (M103), a kind or year that is none (M301).
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Findings> {
        let table = Table::read(file, bytes, &COLUMNS)?;
        let mut findings = table.blanks(&["old_code", "old_name", "kind", "year"]);
        let mut changes = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            match change(&table, row) {
                Some(change) => changes.push(change),
                None => findings.push(Finding::error(
                    "M301",
                    table.subject(row),
                    "has no kind or year that can be read",
                    "kind is merged, recoded, split, joined or ended; year is a number such as 2019; only ended has no new code",
                )),
            }
        }
        findings.gate(Self(changes)).map(|(changes, _)| changes)
    }

    /// The table inside the program.
    ///
    /// # Errors
    /// Its faults, of which there are none.
    pub fn embedded() -> Result<Self, Findings> {
        let file = super::Dataset::embedded_code_changes();
        file.map_or_else(|| Ok(Self::default()), |file| Self::read(&file.name, &file.bytes))
    }

    /// The changes in the order of the file.
    pub fn all(&self) -> &[CodeChange] {
        &self.0
    }

    /// What is known of a code, in a sentence: what it became, and of what it was made.
    pub fn explain(&self, code: &AreaCode) -> Option<String> {
        if is_code_of_before_2011(code.as_str()) {
            return Some(format!(
                "{code} is a code of the kind used until 2010; codes of nine characters, such as E06000052, have taken its place"
            ));
        }
        let of = |c: &&CodeChange| c.old_code == *code;
        let mut after: Vec<&CodeChange> = self.0.iter().filter(of).filter(|c| c.kind.succeeds()).collect();
        if after.is_empty() {
            after = self.0.iter().filter(of).collect();
        }
        let before = self.predecessors(code);
        let became = after.first().map(|first| {
            let verb = match first.kind {
                ChangeKind::Merged => "became part of",
                ChangeKind::Recoded => "was recoded as",
                ChangeKind::Split => "was split among",
                ChangeKind::Joined => "became a member of",
                ChangeKind::Ended => return format!("{code} is {}, which ended in {}", first.old_name, first.year),
            };
            let to: Vec<String> = after
                .iter()
                .map(|c| format!("{} ({})", c.new_name, c.new_code))
                .collect();
            format!(
                "{code} is {} as it was before {}: it {verb} {}",
                first.old_name,
                first.year,
                to.join(", ")
            )
        });
        let was = before.first().map(|first| {
            let from: Vec<String> = before
                .iter()
                .map(|c| format!("{} ({})", c.old_name, c.old_code))
                .collect();
            format!(
                "{code} is {}, a code since {}: before, it was {}",
                first.new_name,
                first.year,
                from.join(", ")
            )
        });
        match (was, became) {
            (Some(was), Some(became)) => Some(format!("{was}; {became}")),
            (was, became) => was.or(became),
        }
    }

    /// Changes by which an area took the place of others.
    pub fn predecessors(&self, code: &AreaCode) -> Vec<&CodeChange> {
        self.0
            .iter()
            .filter(|c| c.kind.succeeds() && c.new_code == *code)
            .collect()
    }

    /// Changes by which others took the place of an area.
    pub fn successors(&self, code: &AreaCode) -> Vec<&CodeChange> {
        self.0
            .iter()
            .filter(|c| c.kind.succeeds() && c.old_code == *code)
            .collect()
    }

    /// The next step for a code that is not known.
    pub fn hint(&self, code: &AreaCode) -> String {
        match self.explain(code) {
            Some(sentence) => format!("{sentence}; use data of the same vintage as the boundaries"),
            None => "check the code; is it of another vintage or country than the boundaries?".to_string(),
        }
    }
}

fn change(table: &Table, row: &Row) -> Option<CodeChange> {
    let cell = |name: &str| table.column(name).map(|k| &row.cells[k]);
    let kind = match cell("kind")? {
        "merged" => ChangeKind::Merged,
        "recoded" => ChangeKind::Recoded,
        "split" => ChangeKind::Split,
        "joined" => ChangeKind::Joined,
        "ended" => ChangeKind::Ended,
        _ => return None,
    };
    if (kind == ChangeKind::Ended) != cell("new_code")?.is_empty() {
        return None;
    }
    Some(CodeChange {
        old_code: AreaCode::new(cell("old_code")?),
        old_name: cell("old_name")?.to_string(),
        new_code: AreaCode::new(cell("new_code")?),
        new_name: cell("new_name")?.to_string(),
        kind,
        year: cell("year")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "old_code,old_name,new_code,new_name,kind,year\n";

    #[test]
    fn a_code_says_what_it_was_and_what_it_became() {
        let text =
            format!("{HEAD}A,Forest,C,West,merged,2019\nB,Bury,C,West,merged,2019\nC,West,D,West,recoded,2023\n");
        let changes = CodeChanges::read("c.csv", text.as_bytes()).unwrap();
        let told = |code: &str| changes.explain(&AreaCode::new(code));
        assert_eq!(
            told("A").unwrap(),
            "A is Forest as it was before 2019: it became part of West (C)"
        );
        let both = told("C").unwrap();
        assert!(
            both.contains("Forest (A), Bury (B)") && both.contains("was recoded as West (D)"),
            "{both}"
        );
        assert_eq!(told("Z"), None);
    }

    #[test]
    fn a_kind_that_is_none_is_told_with_its_line() {
        let faults = CodeChanges::read("c.csv", format!("{HEAD}A,a,B,b,moved,2019\n").as_bytes()).unwrap_err();
        assert_eq!(
            (faults.0[0].code, faults.0[0].subject.as_str()),
            ("M301", "c.csv line 2")
        );
    }
}
