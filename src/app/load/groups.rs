//! Groupings come from the tables of the data set, from the scenario's own tables, and from outlines of groups.

use super::reader::{Reader, file_and_layer, rigour};
use crate::domain::{AreasSpec, Finding, SmallAreasSpec};
use crate::geo::SmallArea;
use crate::io::{BoundarySet, BoundarySource, Dataset, Grouping, SmallAreasSource, read_small_areas};

impl Reader {
    /// Groupings by tables; one of the scenario's own stands in place of that of the data set.
    pub(super) fn groupings(&mut self, own: &[String], dataset: Option<&Dataset>) -> Vec<Grouping> {
        let given = dataset.into_iter().flat_map(Dataset::membership_tables);
        let mut groupings = Vec::new();
        for table in given {
            let input = self.take(table);
            groupings.extend(self.keep(Grouping::read(&input.name, &input.bytes)));
        }
        let of_dataset = groupings.len();
        for file in own {
            let Some(input) = self.read_beside(file) else { continue };
            groupings.extend(self.keep(Grouping::read(&input.name, &input.bytes)));
        }
        let own = groupings.split_off(of_dataset);
        for grouping in &own {
            if let Some(at) = groupings.iter().position(|given| given.name == grouping.name) {
                let given = groupings.remove(at);
                self.findings.push(instead(grouping, &given));
            }
        }
        groupings.extend(own);
        groupings
    }

    /// Groupings by the outlines of their groups.
    pub(super) fn groups_from_shapes(&mut self, spec: &AreasSpec, boundaries: &BoundarySet) -> Vec<Grouping> {
        let small = match &spec.shapes_by {
            Some(by) => match self.small_areas(by, boundaries) {
                Some(small) => Some(small),
                None => return Vec::new(),
            },
            None => None,
        };
        let mut groupings = Vec::new();
        for (name, path) in &spec.shapes {
            let (file, layer) = file_and_layer(path);
            let input = self.read_beside(file);
            let Some((input, beside)) = input.zip(self.parts_beside(file)) else {
                continue;
            };
            let source = BoundarySource {
                file: &input.name,
                bytes: &input.bytes,
                layer,
                beside: &beside,
                ..BoundarySource::default()
            };
            let read = Grouping::of_shapes(name, &source, boundaries, small.as_deref(), rigour(spec));
            if let Some((grouping, findings)) = self.keep(read) {
                self.findings.extend(findings);
                groupings.push(grouping);
            }
        }
        groupings
    }

    /// The small areas by whose people outlines share the areas.
    fn small_areas(&mut self, by: &SmallAreasSpec, boundaries: &BoundarySet) -> Option<Vec<SmallArea>> {
        let (file, layer) = file_and_layer(&by.file);
        let input = self.read_beside(file)?;
        let beside = self.parts_beside(file)?;
        let table = match &by.table {
            Some(table) => Some(self.read_beside(table)?),
            None => None,
        };
        let outlines = BoundarySource {
            file: &input.name,
            bytes: &input.bytes,
            layer,
            beside: &beside,
            ..BoundarySource::default()
        };
        let source = SmallAreasSource {
            outlines,
            table: table.as_ref(),
            column: &by.column,
        };
        let (small, findings) = self.keep(read_small_areas(&source, &boundaries.frame))?;
        self.findings.extend(findings);
        Some(small)
    }
}

/// Two tables of one grouping would make members of both; that of the scenario is the one that is meant.
fn instead(own: &Grouping, given: &Grouping) -> Finding {
    let message = format!("says what a `{}` is, in place of {}", own.name, given.file);
    let help = "give your grouping another name to have both";
    Finding::note("M108", &own.file, message, help)
}
