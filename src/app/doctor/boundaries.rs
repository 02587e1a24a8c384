//! What the doctor says of boundaries.

use super::super::answer::finding_answer;
use crate::domain::Findings;
use crate::geo::Rigour;
use crate::io::input::Input;
use crate::io::{BoundarySet, BoundarySource, CodeChanges};
use crate::report::FileAnswer;

/// Reads boundaries strictly and tells what they hold.
pub(super) fn examine(input: &Input, layer: Option<&str>, changes: &CodeChanges) -> FileAnswer {
    let source = BoundarySource {
        file: &input.name,
        bytes: &input.bytes,
        crs: None,
        layer,
    };
    let told = |findings: &Findings| findings.0.iter().map(finding_answer).collect();
    match BoundarySet::read_with(&source, Rigour::Strict) {
        Ok((set, findings)) => FileAnswer {
            role: "boundaries".into(),
            kind: "boundaries".into(),
            what: format!(
                "boundaries of {} areas with {} common borders",
                set.places.len(),
                set.coverage.borders().len()
            ),
            rows: set.places.len(),
            vintage: changes
                .vintage(set.places.iter().map(|place| &place.code), None)
                .words(),
            findings: told(&findings),
            ..FileAnswer::default()
        },
        Err(faults) => FileAnswer {
            role: "unknown".into(),
            what: "no table, and no boundaries that can be used as they are".into(),
            findings: told(&faults),
            ..FileAnswer::default()
        },
    }
}
