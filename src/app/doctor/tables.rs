//! What the doctor says of tables.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::finding_answer;
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding, Findings, Severity};
use crate::io::columns::{Role, is_mark, is_total, roles};
use crate::io::delimited::canonical_code;
use crate::io::input::Input;
use crate::io::tables::{self, Table};
use crate::io::{CodeChanges, Vintage, volumes};
use crate::report::{ColumnAnswer, FileAnswer};

/// How many rows a finding names.
const NAMED: usize = 12;

/// Reads a table and tells its columns, vintage and notes.
pub(super) fn examine(input: &Input, sheet: Option<&str>, changes: &CodeChanges) -> FileAnswer {
    let name = sheet.map_or_else(|| input.name.clone(), |sheet| format!("{}#{sheet}", input.name));
    let told = |findings: &Findings| findings.0.iter().map(finding_answer).collect();
    match tables::read(&name, &input.bytes) {
        Ok((table, findings)) => Patient::new(&table, changes).answer(findings),
        Err(faults) => FileAnswer {
            role: "table".into(),
            what: "a table that cannot be used as it is".into(),
            findings: told(&faults),
            ..FileAnswer::default()
        },
    }
}

/// What is wrong with a table, or worth knowing.
pub(in crate::app) fn findings_of_table(table: &Table, changes: &CodeChanges) -> Findings {
    Patient::new(table, changes).findings()
}

/// A table under examination.
struct Patient<'a> {
    table: &'a Table,
    changes: &'a CodeChanges,
    roles: Vec<Role>,
    codes: Option<usize>,
    names: Option<usize>,
    /// Codes of the first column of codes.
    list: Vec<AreaCode>,
    vintage: Vintage,
}

impl<'a> Patient<'a> {
    fn new(table: &'a Table, changes: &'a CodeChanges) -> Self {
        let roles = roles(table);
        let codes = roles.iter().position(|role| matches!(role, Role::Codes(_)));
        let heading = codes.and_then(|k| match &roles[k] {
            Role::Codes(heading) => heading.year,
            _ => None,
        });
        let cells = table
            .rows
            .iter()
            .filter_map(|row| codes.map(|k| AreaCode::new(&row.cells[k].to_ascii_uppercase())));
        let list: Vec<AreaCode> = cells.collect();
        Self {
            names: roles.iter().position(|role| *role == Role::Names),
            vintage: changes.vintage(&list, heading),
            list,
            table,
            changes,
            roles,
            codes,
        }
    }

    fn answer(&self, mut findings: Findings) -> FileAnswer {
        let table = self.table;
        findings.extend(self.findings());
        FileAnswer {
            role: "table".into(),
            kind: table.kind.word().into(),
            what: self.what(),
            rows: table.rows.len(),
            columns: (0..table.columns.len()).map(|k| self.column(k)).collect(),
            vintage: self.vintage.words(),
            facts: self.facts(),
            aside: table
                .above
                .iter()
                .chain(&table.below)
                .map(|line| line.text.clone())
                .collect(),
            findings: findings.0.iter().map(finding_answer).collect(),
            ..FileAnswer::default()
        }
    }

    fn findings(&self) -> Findings {
        let found = [
            self.headless(),
            self.mixed(),
            self.belied(),
            self.doubled(),
            self.superseded(),
            self.rates(),
        ];
        Findings(
            found
                .into_iter()
                .flatten()
                .chain(self.same_headings())
                .chain(self.bad_cells())
                .collect(),
        )
    }

    fn what(&self) -> String {
        let table = self.table;
        let sheet = table
            .sheet
            .as_ref()
            .map(|sheet| format!(", sheet `{sheet}`"))
            .unwrap_or_default();
        let encoding = if table.encoding.is_empty() {
            String::new()
        } else {
            format!(", {}", table.encoding)
        };
        format!(
            "{}{sheet}{encoding}, {} rows, header on line {}",
            table.kind.words(),
            table.rows.len(),
            table.header_line
        )
    }

    fn column(&self, k: usize) -> ColumnAnswer {
        let (role, why) = match &self.roles[k] {
            Role::Codes(heading) => {
                let year = heading.year.map(|year| format!("of {year}"));
                let said = [Some(heading.level.clone()).filter(|level| !level.is_empty()), year];
                ("codes", said.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            Role::Names => ("names", String::new()),
            Role::Counts => ("counts", String::new()),
            Role::NoCounts(why) => ("no_counts", why.clone()),
            Role::Text => ("text", String::new()),
            Role::Blank => ("blank", String::new()),
        };
        let marks = self.table.rows.iter().filter(|row| is_mark(&row.cells[k])).count();
        ColumnAnswer {
            name: self.table.columns[k].clone(),
            role: role.into(),
            why,
            marks: if role.ends_with("counts") { marks } else { 0 },
        }
    }

    /// Whether it leads from codes to codes, and so has those of several years by right.
    fn is_lookup(&self) -> bool {
        self.roles.iter().filter(|role| matches!(role, Role::Codes(_))).count() > 1
    }

    fn cell(&self, row: usize, column: Option<usize>) -> &str {
        column.map_or("", |k| self.table.rows[row].cells[k].as_str())
    }

    fn facts(&self) -> Vec<String> {
        let table = self.table;
        let step = volumes::rounded_to(table.above.iter().chain(&table.below));
        let rounded = step.map(|step| format!("the notes say that figures are rounded to {}", step.as_people()));
        let totals =
            (0..table.rows.len()).filter(|&row| is_total(self.cell(row, self.codes), self.cell(row, self.names)));
        let lines: Vec<String> = totals.map(|row| table.rows[row].line.to_string()).collect();
        let totals = (!lines.is_empty()).then(|| {
            let lines = format!(
                "{} {}",
                if lines.len() == 1 { "line" } else { "lines" },
                list(&lines, NAMED)
            );
            format!("totals, wider areas or no known place, counted nowhere: {lines}")
        });
        let lookup = self
            .is_lookup()
            .then(|| "it has several columns of codes: a lookup; the first is taken for that of the areas".to_string());
        rounded.into_iter().chain(totals).chain(lookup).collect()
    }

    fn headless(&self) -> Option<Finding> {
        let message = "no column holds area codes or names";
        let help =
            "name the column of codes `area_code`, or as ONS does, such as `LAD16CD`; or that of names `area_name`";
        let place = self.table.place(self.table.header_line);
        self.codes
            .or(self.names)
            .is_none()
            .then(|| Finding::error("V102", place, message, help))
    }

    fn mixed(&self) -> Option<Finding> {
        let (from, until) = (self.vintage.from.as_ref()?, self.vintage.until.as_ref()?);
        let message = format!(
            "codes of several years stand in one table: {} began in {}, {} ended after {}",
            from.1, from.0, until.1, until.0
        );
        let help = "check that no area stands in it under two codes, and that all figures are of one date";
        (self.vintage.is_mixed() && !self.is_lookup())
            .then(|| Finding::warning("V218", &self.table.file, message, help))
    }

    fn belied(&self) -> Option<Finding> {
        let year = self
            .vintage
            .heading
            .filter(|_| self.vintage.belies_heading() && !self.vintage.is_mixed())?;
        let message = format!("the heading says {year}, but the codes are of {}", self.vintage.words());
        let help = "trust the codes; correct the year in the heading of the column";
        Some(Finding::warning("V219", &self.table.file, message, help))
    }

    fn doubled(&self) -> Option<Finding> {
        let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in 0..self.table.rows.len() {
            let key = canonical_code(self.cell(row, self.codes.or(self.names)).to_string());
            if !is_total(&key, self.cell(row, self.names)) && !key.is_empty() {
                lines.entry(key).or_default().push(self.table.rows[row].line);
            }
        }
        let doubles = lines.iter().filter(|(_, lines)| lines.len() > 1);
        let words: Vec<String> = doubles
            .map(|(key, lines)| {
                format!(
                    "{key} (lines {})",
                    list(lines.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(), 6)
                )
            })
            .collect();
        let message = format!("areas stand in several rows: {}", list(&words, NAMED));
        let help = "keep one row an area for volumes: filter the table to one date and measure, or put measures side by side; a table of memberships may stay so";
        (!words.is_empty()).then(|| Finding::warning("V103", &self.table.file, message, help))
    }

    /// Codes that have been replaced, so that the user knows which boundaries they fit.
    fn superseded(&self) -> Option<Finding> {
        let codes: BTreeSet<&AreaCode> = self.list.iter().collect();
        let replaced = codes
            .into_iter()
            .filter(|code| !self.changes.successors(code).is_empty());
        let told: Vec<String> = replaced.filter_map(|code| self.changes.explain(code)).collect();
        let message = format!(
            "{} of its codes have been replaced since: {}",
            told.len(),
            list(&told, 3)
        );
        let help = "none is needed: they are recoded or summed forward when they are joined with later boundaries";
        (!told.is_empty() && !self.is_lookup()).then(|| Finding::note("V206", &self.table.file, message, help))
    }

    fn same_headings(&self) -> Vec<Finding> {
        let headings: BTreeSet<&String> = self.table.columns.iter().collect();
        let found = headings
            .into_iter()
            .filter_map(|heading| volumes::same_headings(self.table, heading));
        found
            .map(|finding| Finding {
                severity: Severity::Warning,
                ..finding
            })
            .collect()
    }

    /// Figures that may mean something else, and cells that would be refused if their column were the weight, as `inspect` and `solve` refuse them.
    fn bad_cells(&self) -> Vec<Finding> {
        let counts = (0..self.roles.len()).filter(|&k| self.roles[k] == Role::Counts);
        let mut findings = Vec::new();
        for k in counts {
            findings.extend(volumes::points_for_thousands(self.table, k));
            let mut faults: BTreeMap<&'static str, (Vec<String>, &'static str)> = BTreeMap::new();
            for row in (0..self.table.rows.len()).filter(|&row| !self.is_total(row)) {
                if let Err((code, _, help)) = volumes::cell(self.cell(row, Some(k)), self.table.kind) {
                    let words = format!("`{}` on line {}", self.cell(row, Some(k)), self.table.rows[row].line);
                    faults.entry(code).or_insert((Vec::new(), help)).0.push(words);
                }
            }
            findings.extend(faults.into_iter().map(|(code, (cells, help))| {
                let what = count(cells.len(), "cell", "cells");
                let message = format!(
                    "{what} of `{}` cannot be volumes: {}",
                    self.table.columns[k],
                    list(&cells, NAMED)
                );
                Finding::warning(code, &self.table.file, message, help)
            }));
        }
        findings
    }

    fn is_total(&self, row: usize) -> bool {
        is_total(self.cell(row, self.codes), self.cell(row, self.names))
    }

    fn rates(&self) -> Option<Finding> {
        let rates = self
            .roles
            .iter()
            .zip(&self.table.columns)
            .filter_map(|(role, name)| match role {
                Role::NoCounts(why) => Some(format!("`{name}`: {why}")),
                _ => None,
            });
        let rates: Vec<String> = rates.collect();
        let message = format!("measures that do not add up cannot be weights: {}", list(&rates, NAMED));
        let help =
            "choose a column of people as `volumes.weight`; if one does count people, set `volumes.adds_up = true`";
        (!rates.is_empty()).then(|| Finding::warning("V107", &self.table.file, message, help))
    }
}
