//! A Desk is a case on which a plan is drawn: seats go to lots, every change is an entry of a history that survives, and everything is judged anew.
//!
//! `board` is the plan under the hand, `history` what was done to it, `journal` the same on disk, `state` what a change answers, `scene` what does not change,
//! `tasks` what the optimiser is asked, `run` the commands that a page may ask for. Nothing here knows of a network.

mod ask;
mod baselines;
mod board;
mod error;
mod export;
mod folder;
mod history;
mod journal;
mod labels;
mod look;
mod named;
mod problems;
mod proposal;
mod run;
mod scene;
mod sets;
mod settings;
mod state;
mod strokes;
mod tasks;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::load::{Case, Rejoin};
use crate::domain::Findings;
use board::Board;
use folder::Folder;
use history::{Entry, History};
use journal::Journal;
use named::SeatNames;
use proposal::Proposal;
use sets::Sets;

pub use ask::{BaselineAsked, CursorAsked, LockAsked, LotAsked, SetsAsked, StrokeAsked, Target};
pub use baselines::{BaselineAnswer, BaselineSeen};
pub use error::DeskError;
pub use export::{Download, MapAsked};
pub use history::Kind as EntryKind;
pub use labels::{LabelSeen, Labelled};
pub use look::LookSeen;
pub use proposal::{AdoptAsked, ProposalAnswer, ProposedMove};
pub use run::{RunAnswer, RunAsked};
pub use scene::{Opening, Scene};
pub use settings::SettingSeen;
pub use state::{HistoryAnswer, LotSeen, State};
pub use tasks::{Better, Standing, Task, TaskAsked, TaskDone, TaskKind, Told};

/// A case on which a plan is drawn.
pub struct Desk {
    rejoin: Arc<Rejoin>,
    sets: Sets,
    case: Arc<Case>,
    names: SeatNames,
    board: Board,
    history: History,
    journal: Journal,
    folder: Folder,
    scene: Arc<Scene>,
    groups: Vec<scene::Groups>,
    baselines: Vec<baselines::Baseline>,
    proposal: Option<Proposal>,
    proposals: u64,
    revision: u64,
    last_id: Option<String>,
    /// What opening had to say.
    pub findings: Findings,
}

impl Desk {
    /// Opens the desk of a scenario in a working folder (`None`: `out/NAME-workbench`): what its journal holds is done again. `sets` are `key=value` as for
    /// [`Case::load`]; `plan` is opened where it has not been opened there before, so that the same command finds the desk as it was left.
    ///
    /// # Errors
    /// Faults of the scenario and its files, of the plan, and of the folder, which another desk may hold (`W301`).
    pub fn open(path: &Path, sets: &[String], folder: Option<&Path>, plan: Option<&Path>) -> Result<Self, DeskError> {
        let rejoin = Arc::new(Rejoin::read(path, sets)?);
        let case = Arc::new(rejoin.case(sets)?);
        // A plan that cannot be read is told before anything is made or written.
        let plan = plan
            .map(|path| Ok::<_, DeskError>((path, case.read_plan(path)?)))
            .transpose()?;
        let usual = || PathBuf::from("out").join(format!("{}-workbench", case.problem.name()));
        let folder = Folder::take(&folder.map_or_else(usual, Path::to_path_buf))?;
        let names = SeatNames::new(&case.problem);
        let (journal, lines, findings) = Journal::open(&folder, &journal::head(path, &case, sets))?;
        let groups = rejoin.memberships(&case);
        let scene = Arc::new(Scene::new(&case, &groups));
        let mut desk = Self {
            board: Board::empty(case.problem.seats().len()),
            sets: Sets::new(sets, Arc::clone(&case)),
            baselines: baselines::all(&rejoin, &case, &groups),
            history: History::default(),
            proposal: None,
            proposals: 0,
            revision: 0,
            last_id: None,
            rejoin,
            case,
            names,
            journal,
            folder,
            scene,
            groups,
            findings,
        };
        desk.replay(&lines)?;
        if let Some((path, judged)) = plan {
            desk.open_file(path, judged)?;
        }
        Ok(desk)
    }

    /// The case as it is set now.
    pub fn case(&self) -> &Arc<Case> {
        &self.case
    }

    /// Everything that does not change while the desk is open.
    pub fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// The working folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Does again what the journal holds.
    fn replay(&mut self, lines: &[journal::Line]) -> Result<(), DeskError> {
        let mut sets = None;
        for (number, line) in lines.iter().enumerate() {
            let done = match line {
                journal::Line::Cursor(cursor) => {
                    sets = self.history.go(*cursor, &mut self.board).or(sets);
                    true
                }
                journal::Line::Entry(entry) => match self.revive(entry) {
                    Some(entry) => {
                        let set = entry.changes.iter().rev().find_map(sets_after);
                        self.history.push(entry);
                        sets = set.or(sets);
                        true
                    }
                    None => false,
                },
            };
            if !done {
                self.findings.push(self.journal.cut_off(&self.folder, number)?);
                break;
            }
        }
        if let Some(sets) = sets {
            self.case = self.sets.use_sets(&self.rejoin, sets)?;
        }
        Ok(())
    }

    /// Writes an entry down, and then makes it part of the history. Nothing has changed where it cannot be written.
    fn enter(&mut self, entry: Entry) -> Result<(), DeskError> {
        self.journal
            .write_entry(&entry, &self.board, &self.names, self.history.cursor())?;
        for change in &entry.changes {
            self.board.apply(change);
        }
        self.history.push(entry);
        self.changed();
        Ok(())
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.folder.mark_stale();
    }

    /// Moves the cursor of the history by one entry back.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn undo(&mut self) -> Result<(), DeskError> {
        self.go(self.history.cursor().saturating_sub(1))
    }

    /// Moves the cursor of the history by one entry forward.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn redo(&mut self) -> Result<(), DeskError> {
        self.go(self.history.cursor() + 1)
    }

    /// Moves the cursor of the history to any place; beyond the last entry there is nothing to go to.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn go(&mut self, cursor: usize) -> Result<(), DeskError> {
        let cursor = cursor.min(self.history.entries().len());
        if cursor == self.history.cursor() {
            return Ok(());
        }
        self.journal.write_cursor(cursor)?;
        if let Some(sets) = self.history.go(cursor, &mut self.board) {
            self.case = self.sets.use_sets(&self.rejoin, sets)?;
        }
        self.changed();
        Ok(())
    }

    /// Writes plan and locks where they changed since they were written.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn save(&mut self) -> Result<(), DeskError> {
        if self.folder.is_stale() {
            self.folder
                .save(&self.plan_bytes()?, &self.locks_file().unwrap_or_default())?;
        }
        Ok(())
    }
}

fn sets_after(change: &board::Change) -> Option<Vec<String>> {
    match change {
        board::Change::Sets { to, .. } => Some(to.to_vec()),
        _ => None,
    }
}
