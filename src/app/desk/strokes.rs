//! What the hand does to a desk: strokes, locks, lots, whole plans, and keys of the scenario.

use std::path::Path;

use super::board::{Board, BoardLot, Change};
use super::history::{Entry, Kind};
use super::journal;
use super::words::{self, Moved};
use super::{Desk, DeskError, LockAsked, LotAsked, SetsAsked, StrokeAsked, Target, settings};
use crate::app::plans::Judged;
use crate::domain::{Finding, LotId, Plan};
use crate::io::input::Input;
use crate::io::plan;
use crate::report::colouring_with;

/// The longest label of a lot, in characters.
const LONGEST_LABEL: usize = 80;

impl Desk {
    /// Puts seats into a lot, or into none; those that are locked stay. A stroke that changes nothing is no entry.
    ///
    /// # Errors
    /// A seat or a lot that is not there.
    pub fn stroke(&mut self, asked: &StrokeAsked) -> Result<(), DeskError> {
        if asked.id.is_some() && asked.id == self.last_id {
            return Ok(());
        }
        self.known_seats(&asked.seats)?;
        let mut seats = asked.seats.clone();
        seats.sort_unstable();
        seats.dedup();
        let free: Vec<usize> = seats.iter().copied().filter(|&seat| !self.board.holds(seat)).collect();
        let stay = seats.len() - free.len();
        let mut changes = Vec::new();
        let to = match &asked.lot {
            None => None,
            Some(Target::Lot(label)) => Some(self.known_lot(label)?),
            Some(Target::New { new: false, .. }) => {
                return Err(DeskError::asked(
                    "lot",
                    "it is not said which lot",
                    "give its label, null, or new",
                ));
            }
            Some(Target::New { .. }) if free.is_empty() => None,
            Some(Target::New { name, .. }) => {
                let label = self.new_label(name.as_deref())?;
                self.history.forget_undone(&mut self.board);
                let lot = self.board.make(&self.case.problem, label, &free);
                changes.push(Change::Made(lot));
                Some(lot)
            }
        };
        let moved = moves(&self.board, &free, to);
        if !moved.is_empty() {
            let told = Moved {
                problem: &self.case.problem,
                board: &self.board,
                moves: &moved,
                stay,
            };
            let words = told.words();
            changes.extend(moved);
            self.enter_made(Kind::Stroke, words, changes)?;
        }
        self.last_id.clone_from(&asked.id);
        Ok(())
    }

    /// Enters changes; what was taken back is forgotten first, and lots that were made for the changes are taken off again where they cannot be written.
    pub(super) fn enter_made(&mut self, kind: Kind, words: String, changes: Vec<Change>) -> Result<(), DeskError> {
        self.enter_file(kind, words, changes, None)
    }

    /// The same for a plan from a file, with its checksum.
    fn enter_file(
        &mut self,
        kind: Kind,
        words: String,
        changes: Vec<Change>,
        file: Option<String>,
    ) -> Result<(), DeskError> {
        let made = changes.iter().filter_map(|change| match change {
            Change::Made(lot) => Some(*lot),
            _ => None,
        });
        let first = made.min();
        if first.is_none() {
            self.history.forget_undone(&mut self.board);
        }
        let entered = self.enter(Entry {
            kind,
            words: words.into(),
            at: journal::now(),
            file: file.map(Into::into),
            changes: changes.into(),
        });
        if let (Err(_), Some(first)) = (&entered, first) {
            self.board.lots.truncate(first);
        }
        entered
    }

    /// Locks seats or a lot, or sets them free.
    ///
    /// # Errors
    /// A seat or a lot that is not there.
    pub fn lock(&mut self, asked: &LockAsked) -> Result<(), DeskError> {
        self.known_seats(&asked.seats)?;
        let mut seats = asked.seats.clone();
        seats.sort_unstable();
        seats.dedup();
        seats.retain(|&seat| self.board.locked[seat] != asked.locked);
        let lot = asked.lot.as_deref().map(|label| self.known_lot(label)).transpose()?;
        let lot = lot.filter(|&lot| self.board.lots[lot].locked != asked.locked);
        let words = words::locked(&self.case.problem, &self.board, &seats, lot, asked.locked);
        let seats = seats.into_iter().map(|seat| Change::SeatLock(seat, asked.locked));
        let changes: Vec<Change> = seats.chain(lot.map(|lot| Change::LotLock(lot, asked.locked))).collect();
        match changes.is_empty() {
            true => Ok(()),
            false => self.enter_made(Kind::Lock, words, changes),
        }
    }

    /// Makes a lot, or gives one another label.
    ///
    /// # Errors
    /// A lot that is not there; a label that is another lot's, empty or too long.
    pub fn change_lot(&mut self, asked: &LotAsked) -> Result<(), DeskError> {
        if asked.new {
            let label = self.new_label(asked.rename.as_deref())?;
            self.history.forget_undone(&mut self.board);
            let words = format!("Made lot {label}");
            let lot = self.board.make(&self.case.problem, label, &[]);
            return self.enter_made(Kind::Lot, words, vec![Change::Made(lot)]);
        }
        let (Some(label), Some(name)) = (&asked.lot, &asked.rename) else {
            let help = "give lot and rename, or new";
            return Err(DeskError::asked(
                "lot",
                "it is not said what to do with which lot",
                help,
            ));
        };
        let lot = self.known_lot(label)?;
        let from = self.board.lots[lot].label.clone();
        if from.as_str() == name.trim() {
            return Ok(());
        }
        let to = self.new_label(Some(name))?;
        let words = format!("Renamed lot {from} to {to}");
        self.enter_made(Kind::Lot, words, vec![Change::Label { lot, from, to }])
    }

    /// Sets keys of the scenario, or leaves them to the scenario again. The plan stays as it is and is judged by the new rules.
    ///
    /// # Errors
    /// A key that cannot be set here (`W202`), and every fault of the scenario with these keys; all stays as it was.
    pub fn set(&mut self, asked: &SetsAsked) -> Result<(), DeskError> {
        let (from, to) = (self.sets.of_page().to_vec(), self.sets.with(asked)?);
        if from == to {
            return Ok(());
        }
        let case = self.sets.case_of(&self.rejoin, &to)?;
        let words = settings::told((&self.case, &from), (&case, &to));
        let change = Change::Sets {
            from: from.into(),
            to: to.clone().into(),
        };
        self.enter_made(Kind::Settings, words, vec![change])?;
        self.case = case;
        self.sets.now(to);
        Ok(())
    }

    /// Opens a plan from a file on the command line, where it has not been opened before.
    pub(super) fn open_file(&mut self, path: &Path, judged: Judged) -> Result<(), DeskError> {
        self.findings.extend(judged.findings);
        let file = judged.input.sha256;
        let opened = |entry: &Entry| entry.file.as_deref() == Some(file.as_str());
        if self.history.entries().iter().any(opened) {
            let message = "was opened here before, and the desk is as it was left";
            let help = "go back in the history to see it again, or open it on the page";
            self.findings
                .push(Finding::note("W307", path.display().to_string(), message, help));
            return Ok(());
        }
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        self.open_plan(judged.plan.plan(), format!("Opened {name}"), Some(file))
    }

    /// Opens a plan that was sent as a file.
    ///
    /// # Errors
    /// Every fault of the file and its join.
    pub fn open_bytes(&mut self, bytes: Vec<u8>) -> Result<(), DeskError> {
        let input = Input::from_bytes("plan.csv", bytes);
        let (plan, _) = self.case.judge_plan(&plan::read(&input)?)?;
        self.open_plan(plan.plan(), "Opened a plan".into(), None)
    }

    /// Opens a baseline in place of what is drawn.
    ///
    /// # Errors
    /// A baseline that is not there.
    pub fn open_baseline(&mut self, key: &str) -> Result<(), DeskError> {
        let baseline = self.baseline(key)?;
        let (plan, words) = (baseline.plan.clone(), format!("Opened {}", baseline.name));
        self.open_plan(&plan, words, None)
    }

    /// Opens a plan: lots of a label that is there keep their place and colour, others are made, and those without a seat go. Locks stay with the seats that they hold.
    fn open_plan(&mut self, plan: &Plan, words: String, file: Option<String>) -> Result<(), DeskError> {
        let base = self.history.board_without_undone(&self.board);
        let mut target = with_plan(&self.case.problem, &base, plan);
        for seat in (0..base.lot_of_seat.len()).filter(|&seat| base.holds(seat)) {
            target.lot_of_seat[seat] = base.lot_of_seat[seat];
        }
        let there = target.lots_there().into_iter();
        let unused: Vec<usize> = there.filter(|lot| !target.lot_of_seat.contains(&Some(*lot))).collect();
        self.enter_board(Kind::Plan, &base, target, &unused, file, words)
    }

    /// Enters the way from a board to another one that was made of it, with some lots taken off. Where no seat moves, there is no entry.
    pub(super) fn enter_board(
        &mut self,
        kind: Kind,
        base: &Board,
        target: Board,
        gone: &[usize],
        file: Option<String>,
        words: String,
    ) -> Result<(), DeskError> {
        let pairs = base.lot_of_seat.iter().zip(&target.lot_of_seat).enumerate();
        let moved: Vec<Change> = pairs
            .filter(|(_, (from, to))| from != to)
            .map(|(seat, (&from, &to))| Change::Seat { seat, from, to })
            .collect();
        if moved.is_empty() {
            return Ok(());
        }
        let made = base.lots.len()..target.lots.len();
        let mut changes: Vec<Change> = made.clone().map(Change::Made).collect();
        changes.extend(moved);
        changes.extend(gone.iter().map(|&lot| Change::Gone(lot)));
        self.history.forget_undone(&mut self.board);
        self.board.lots.extend(target.lots.into_iter().skip(made.start));
        self.enter_file(kind, words, changes, file)
    }

    fn new_label(&self, name: Option<&str>) -> Result<LotId, DeskError> {
        let Some(name) = name else {
            return Ok(self.board.free_label());
        };
        let label = LotId::new(name);
        let length = label.as_str().chars().count();
        if length == 0 || length > LONGEST_LABEL || label.as_str().chars().any(char::is_control) {
            let help = format!("give one line of 1 to {LONGEST_LABEL} characters");
            return Err(DeskError::asked("lot", format!("`{label}` is no label of a lot"), help));
        }
        // A plan file takes these for no lot at all.
        if self.board.lot(label.as_str()).is_some() || matches!(label.as_str(), "0" | "-1") {
            let help = "give another label";
            return Err(DeskError::asked("lot", format!("`{label}` is taken"), help));
        }
        Ok(label)
    }

    pub(super) fn known_lot(&self, label: &str) -> Result<usize, DeskError> {
        self.board.lot(label).ok_or_else(|| {
            let help = "load the page again; the lots may have changed in another window";
            DeskError::asked("lot", format!("there is no lot `{label}`"), help)
        })
    }

    pub(super) fn known_seats(&self, seats: &[usize]) -> Result<(), DeskError> {
        let count = self.board.lot_of_seat.len();
        match seats.iter().find(|&&seat| seat >= count) {
            Some(seat) => Err(DeskError::asked(
                "seats",
                format!("there is no seat {seat}"),
                format!("seats go from 0 to {}", count.saturating_sub(1)),
            )),
            None => Ok(()),
        }
    }
}

/// What it takes to bring seats to a lot.
fn moves(board: &Board, seats: &[usize], to: Option<usize>) -> Vec<Change> {
    let here = seats.iter().map(|&seat| (seat, board.lot_of_seat[seat]));
    here.filter(|(_, from)| *from != to)
        .map(|(seat, from)| Change::Seat { seat, from, to })
        .collect()
}

/// A board with a plan in place of what is drawn: lots of equal labels are the same, others stand behind those of the board in colours of their own.
pub(super) fn with_plan(problem: &crate::domain::Problem, board: &Board, plan: &Plan) -> Board {
    let mut after = board.clone();
    let mut fixed: Vec<Option<usize>> = Vec::new();
    let places: Vec<usize> = plan
        .lots()
        .iter()
        .map(|label| {
            let known = board.lot(label.as_str());
            fixed.push(known.map(|lot| board.lots[lot].colour));
            known.unwrap_or_else(|| {
                after.lots.push(BoardLot {
                    label: label.clone(),
                    colour: 0,
                    locked: false,
                    there: true,
                });
                after.lots.len() - 1
            })
        })
        .collect();
    let lot_of_unit = |unit: usize| plan.lot_of_seat(problem.units()[unit].seats[0]);
    let borders = problem.unit_adjacency().borders().iter();
    let pairs: Vec<(usize, usize)> = borders
        .filter_map(|border| Some((lot_of_unit(border.from)?, lot_of_unit(border.to)?)))
        .filter(|(one, other)| one != other)
        .collect();
    let colours = colouring_with(&fixed, &pairs);
    for ((&place, colour), fixed) in places.iter().zip(colours).zip(&fixed) {
        if fixed.is_none() {
            after.lots[place].colour = colour;
        }
    }
    for seat in 0..after.lot_of_seat.len() {
        after.lot_of_seat[seat] = plan.lot_of_seat(seat).map(|lot| places[lot]);
    }
    after
}
