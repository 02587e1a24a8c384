//! How the codes of imported tables fit the boundaries that are imported with them. Codes stay as they are; the join follows them.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::tables::MadeTable;
use crate::app::join::Abroad;
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding};
use crate::io::columns::is_wider;
use crate::io::manifest::TableRole;
use crate::io::{BoundarySet, CodeChanges};

/// How many codes are named.
const NAMED: usize = 6;

/// Adds a step for each table with codes, and a warning where some are of no area of the map.
pub(super) fn tell(draft: &mut Draft<'_>) {
    let Some(boundaries) = &draft.boundaries else { return };
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    for made in draft.tables.iter().filter(|made| !made.table.codes.is_empty()) {
        let fit = Fit::new(&made.table.codes, &boundaries.set, &draft.changes);
        steps.push(format!("{}: {}", made.file, fit.words()));
        findings.extend(fit.unknown(made));
    }
    draft.steps.extend(steps);
    draft.findings.0.extend(findings);
}

/// Codes of a table by how they fit.
struct Fit<'a> {
    there: usize,
    followed: Vec<&'a AreaCode>,
    unknown: Vec<&'a AreaCode>,
    abroad: Vec<&'a AreaCode>,
}

impl<'a> Fit<'a> {
    fn new(codes: &'a [AreaCode], set: &BoundarySet, changes: &CodeChanges) -> Self {
        let known = |code: &AreaCode| set.find(code).is_some();
        let mut fit = Self {
            there: 0,
            followed: Vec::new(),
            unknown: Vec::new(),
            abroad: Vec::new(),
        };
        let abroad = Abroad::new(set.places.iter().map(|place| place.code.as_str()));
        let codes: BTreeSet<&AreaCode> = codes.iter().filter(|code| !code.as_str().is_empty()).collect();
        for code in codes {
            if known(code) {
                fit.there += 1;
            } else if changes.route(code, &known).is_some() {
                fit.followed.push(code);
            } else if abroad.of_code(code.as_str()).is_some() && !is_wider(code.as_str()) {
                fit.abroad.push(code);
            } else if !is_wider(code.as_str()) {
                fit.unknown.push(code);
            }
        }
        fit
    }

    fn words(&self) -> String {
        let mut words = format!("{} of the boundaries", count(self.there, "code is", "codes are"));
        if !self.followed.is_empty() {
            words.push_str(&format!(
                "; {} followed there by the table of changes when joined, and kept as they are here: {}",
                count(self.followed.len(), "code is", "codes are"),
                list(&shown(&self.followed), NAMED)
            ));
        }
        if !self.abroad.is_empty() {
            words.push_str(&format!(
                "; {} of countries that they do not show",
                count(self.abroad.len(), "code is", "codes are")
            ));
        }
        words
    }

    fn unknown(&self, made: &MadeTable) -> Option<Finding> {
        let code = match made.table.role {
            TableRole::Volumes => "V201",
            _ => "M105",
        };
        let message = format!(
            "{} of no area of the boundaries: {}",
            count(self.unknown.len(), "code is", "codes are"),
            list(&shown(&self.unknown), NAMED)
        );
        let help =
            "import boundaries of the vintage of the table; such rows will not join, and a scenario says so for each";
        (!self.unknown.is_empty()).then(|| Finding::warning(code, &made.file, message, help))
    }
}

fn shown(codes: &[&AreaCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
