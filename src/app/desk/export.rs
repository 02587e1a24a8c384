//! Downloads: the files that a plan can be taken away in, by kind.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::app::ExportOptions;
use crate::app::load::Case;
use crate::app::plans::Judged;
use crate::report::publish::FileKind;
use crate::report::svg::Paper;

/// A file to be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
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
    /// The file of a kind, with the bytes that the command `export` writes; `paper` is what a map is laid out for.
    ///
    /// # Errors
    /// A kind or a paper that is not there; what a writer reports.
    pub fn file(self, kind: &str, paper: Option<&str>) -> Result<Download, DeskError> {
        let kind = FileKind::named(kind).ok_or_else(|| no_kind(kind))?;
        let mut options = ExportOptions::default();
        if let Some(word) = paper {
            options.map.paper = Paper::of_word(word).ok_or_else(|| no_paper(word))?;
        }
        let answered = self.case.evaluate_to_export(self.given, None).map_err(DeskError::own)?;
        let Some(plan) = &answered.plan else {
            return Err(DeskError::Own("a plan that was drawn is gone".into()));
        };
        let made = self.case.export(&answered.answer, plan, kind, &options);
        Ok(Download {
            name: format!("{}-{}", self.case.problem.name(), kind.file_name()),
            media: kind.media_type(),
            bytes: made.map_err(DeskError::own)?,
        })
    }
}

fn no_kind(kind: &str) -> DeskError {
    let kinds: Vec<&str> = FileKind::all().map(FileKind::name).collect();
    let help = format!("kinds are: {}", kinds.join(", "));
    DeskError::asked("kind", format!("`{kind}` is no kind of file"), help)
}

fn no_paper(word: &str) -> DeskError {
    let help = format!("papers are: {}", Paper::ALL.map(Paper::word).join(", "));
    DeskError::asked("size", format!("`{word}` is no paper"), help)
}
