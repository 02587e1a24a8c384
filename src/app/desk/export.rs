//! Downloads: the files that a plan can be taken away in, by kind.

use std::path::PathBuf;
use std::sync::Arc;

use super::folder::PLAN;
use super::{Desk, DeskError, EntryKind};
use crate::app::load::Case;
use crate::app::plans::Judged;
use crate::app::{ExportOptions, names_of_plans};
use crate::io::plan;
use crate::report::publish::FileKind;
use crate::report::svg::{Look, Paper};

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

/// How a map that is taken away is to be drawn; nothing is what `export` does without the option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapAsked {
    /// What it is laid out for.
    pub paper: Option<String>,
    /// What its colours show: the lots or a measure.
    pub show: Option<String>,
    /// The plan that areas move from: a baseline by its key, or `@opened` for the plan that was opened last.
    pub moved_from: Option<String>,
    /// Whether devolution deals are left off.
    pub no_deals: bool,
}

/// The key of the plan that was opened last, before it was worked on; no file of a baseline gives such a key.
pub const OPENED: &str = "@opened";
/// Its file.
const OPENED_FILE: &str = "opened.csv";

/// What is drawn, ready to be made into a file while the desk is worked on.
pub struct Export {
    case: Arc<Case>,
    given: Judged,
    before: Option<PathBuf>,
    now: PathBuf,
    asked: MapAsked,
}

impl Desk {
    /// What is drawn, ready to be made into a file.
    ///
    /// # Errors
    /// A plan before that is not there; a plan that cannot be written, which is the program's own fault.
    pub fn export(&self, asked: MapAsked) -> Result<Export, DeskError> {
        let before = asked.moved_from.as_deref().map(|key| self.file_before(key));
        Ok(Export {
            case: Arc::clone(&self.case),
            given: self.given(&self.case)?,
            before: before.transpose()?,
            now: self.folder.file(PLAN),
            asked,
        })
    }

    /// The file of a plan before, as a command would name it.
    pub(super) fn file_before(&self, key: &str) -> Result<PathBuf, DeskError> {
        if key != OPENED {
            return self.baseline_file(key);
        }
        let mut entries = self.history.entries()[..self.history.cursor()].iter();
        let opened = entries.rposition(|entry| entry.kind == EntryKind::Plan);
        let Some(opened) = opened else {
            let help = "open a plan, or give a baseline";
            return Err(DeskError::asked("moved_from", "no plan was opened", help));
        };
        let (mut history, mut board) = (self.history.clone(), self.board.clone());
        history.go(opened + 1, &mut board);
        let text = plan::write(&self.case.problem, &board.plan()).map_err(DeskError::own)?;
        self.folder.write(&[(OPENED_FILE, text.into_bytes())])?;
        Ok(self.folder.file(OPENED_FILE))
    }
}

impl Export {
    /// The file of a kind, with the bytes that the command `export` writes.
    ///
    /// # Errors
    /// A kind, a paper or a measure that is not there, or a measure beside a plan before; what a writer reports.
    pub fn file(self, kind: &str) -> Result<Download, DeskError> {
        let kind = FileKind::named(kind).ok_or_else(|| no_kind(kind))?;
        let options = self.options()?;
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

impl Export {
    fn options(&self) -> Result<ExportOptions, DeskError> {
        let mut options = ExportOptions::default();
        if let Some(word) = &self.asked.paper {
            options.map.paper = Paper::of_word(word).ok_or_else(|| no_paper(word))?;
        }
        options.map.deals = !self.asked.no_deals;
        options.map.look = match (&self.asked.show, &self.before) {
            (Some(_), Some(_)) => {
                let help = "give show or moved_from, not both";
                return Err(DeskError::asked("show", "a map shows one thing", help));
            }
            (Some(word), None) => self.case.look(word, &self.given).map_err(no_look)?,
            (None, Some(before)) => {
                let names = names_of_plans(before, &self.now);
                let before = self.case.read_plan(before)?;
                self.case.look_of_moves(&before, &self.given, [&names[0], &names[1]])
            }
            (None, None) => Look::Lots,
        };
        Ok(options)
    }
}

/// A measure that is not there.
pub(super) fn no_look(words: String) -> DeskError {
    DeskError::asked("show", "is nothing that a map can show", words)
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
