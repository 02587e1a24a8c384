//! Exports: the files that a plan can be taken away in, by kind.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::app::load::Case;
use crate::app::plans::Judged;

/// A file to be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What is drawn, ready to be made into a file while the desk is worked on.
pub struct Export {
    case: Arc<Case>,
    given: Judged,
}

/// Kinds of file, with the name of the file of `--out` and its media type.
const KINDS: &[(&str, &str, &str)] = &[
    ("csv", "plan.csv", "text/csv; charset=utf-8"),
    ("json", "plan.json", "application/json"),
    ("lots-csv", "lots.csv", "text/csv; charset=utf-8"),
    ("geojson", "areas.geojson", "application/geo+json"),
    ("lots-geojson", "lots.geojson", "application/geo+json"),
    ("svg", "map.svg", "image/svg+xml"),
    ("html", "report.html", "text/html; charset=utf-8"),
];

impl Desk {
    /// What is drawn, ready to be made into a file.
    ///
    /// # Errors
    /// A plan that cannot be written, which is the program's own fault.
    pub fn export(&self) -> Result<Export, DeskError> {
        Ok(Export {
            case: Arc::clone(&self.case),
            given: self.given(&self.case)?,
        })
    }
}

impl Export {
    /// The file of a kind.
    ///
    /// # Errors
    /// A kind that is not there; what a writer reports.
    pub fn file(self, kind: &str) -> Result<Exported, DeskError> {
        let Some((_, file, media)) = KINDS.iter().find(|(known, _, _)| *known == kind) else {
            let kinds: Vec<&str> = KINDS.iter().map(|(kind, _, _)| *kind).collect();
            let help = format!("kinds are: {}", kinds.join(", "));
            return Err(DeskError::asked("kind", format!("`{kind}` is no kind of file"), help));
        };
        let name = format!("{}-{file}", self.case.problem.name());
        let answered = self.case.evaluate(self.given);
        let Some(plan) = &answered.plan else {
            return Err(DeskError::Own("a plan that was drawn is gone".into()));
        };
        let files = self.case.outputs(&answered.answer, plan).map_err(DeskError::own)?;
        let made = files.into_iter().find(|(name, _)| name == file);
        made.map(|(_, bytes)| Exported { name, media, bytes })
            .ok_or_else(|| DeskError::Own(format!("{file} is not among the files of a plan")))
    }
}
