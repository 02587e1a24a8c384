//! What is told of memberships that stand with codes of another year than the boundaries.

use std::collections::BTreeMap;

use super::index::Index;
use super::{DEAL, Here, Tables, told};
use crate::app::load::uses_grouping;
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding, Findings, Scenario};
use crate::io::{Fit, Grouping};

/// How many areas a finding names.
const NAMED: usize = 8;

/// The groupings that a scenario speaks of; deals always count.
pub(super) fn spoken_of<'t>(scenario: &'t Scenario, tables: &'t Tables) -> impl Iterator<Item = &'t Grouping> {
    tables
        .groupings
        .iter()
        .filter(|grouping| grouping.name == DEAL || uses_grouping(scenario, &grouping.name))
}

/// Tells, of each grouping that the scenario speaks of, which rows were carried to areas of the boundaries (`M106`), and which areas are members though
/// a part of them was none (`M107`).
pub(super) fn tell(scenario: &Scenario, tables: &Tables, index: &Index<'_>, here: &Here, findings: &mut Findings) {
    for grouping in spoken_of(scenario, tables) {
        let carried = Carried::of(grouping, index, here);
        findings.0.extend(carried.told(grouping));
        findings.0.extend(carried.in_part(grouping, tables, index));
    }
}

/// Rows of a grouping that are of areas of another year.
#[derive(Default)]
struct Carried<'g> {
    recoded: usize,
    divided: usize,
    /// Codes that merged, by the place and the group that they lead to.
    merged: BTreeMap<(usize, &'g str), Vec<&'g AreaCode>>,
}

impl<'g> Carried<'g> {
    fn of(grouping: &'g Grouping, index: &Index<'_>, here: &Here) -> Self {
        let mut carried = Self::default();
        for row in &grouping.rows {
            let Some(led) = index.led(&row.code) else { continue };
            if !led.to.iter().any(|&place| here.area(place).is_some()) {
                continue;
            }
            match led.fit {
                Fit::Same => {}
                Fit::Recoded => carried.recoded += 1,
                Fit::Divided => carried.divided += 1,
                Fit::Merged => carried
                    .merged
                    .entry((led.to[0], row.value.as_str()))
                    .or_default()
                    .push(&row.code),
            }
        }
        carried
    }

    fn told(&self, grouping: &Grouping) -> Option<Finding> {
        let merged: usize = self.merged.values().map(Vec::len).sum();
        let parts = [
            (self.recoded, "recoded"),
            (merged, "of areas that merged since"),
            (
                self.divided,
                "of areas that were several before, each of which is a member",
            ),
        ];
        let words: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, words)| format!("{number} {words}"))
            .collect();
        let rows = self.recoded + merged + self.divided;
        let message = format!(
            "{} of another year and read as that of the boundaries: {}",
            count(rows, "row has a code", "rows have codes"),
            words.join(", ")
        );
        (rows > 0).then(|| Finding::note("M106", &grouping.file, message, "none is needed"))
    }

    fn in_part(&self, grouping: &Grouping, tables: &Tables, index: &Index<'_>) -> Option<Finding> {
        let mut words = Vec::new();
        for ((place, value), codes) in &self.merged {
            let code = &tables.boundaries.places[*place].code;
            let missing = tables.changes.missing_parts(code, &|part| codes.contains(&part));
            let names: Vec<String> = missing.iter().map(|code| told::name_of(tables, code, "")).collect();
            if !names.is_empty() {
                let name = index.name(*place);
                words.push(format!("{name} in {value} without {}", list(&names, NAMED)));
            }
        }
        let message = format!(
            "{}: {}",
            count(
                words.len(),
                "membership holds only a part of an area that merged since, and counts as one of the whole",
                "memberships hold only parts of areas that merged since, and count as those of the whole"
            ),
            list(&words, NAMED)
        );
        let help = "if that is not meant, give a table of members by the codes of the boundaries in areas.tables";
        (!words.is_empty()).then(|| Finding::warning("M107", &grouping.file, message, help))
    }
}
