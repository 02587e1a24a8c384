//! A History is every entry that was made, and a cursor among them: undo and redo only move the cursor.

use super::board::{Board, Change};

/// One thing that was done: what one undo takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What kind of thing: `stroke`, `plan`, `adopt`, `lock`, `lot` or `settings`.
    pub kind: Kind,
    /// The same in words.
    pub words: Box<str>,
    /// When, in seconds since 1970.
    pub at: u64,
    /// Checksum of the file that was opened; none for all else.
    pub file: Option<Box<str>>,
    /// What changed, in order.
    pub changes: Box<[Change]>,
}

/// What kind of thing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Seats went to a lot, or to none.
    Stroke,
    /// A whole plan was opened.
    Plan,
    /// What the optimiser proposed was adopted, or a part of it.
    Adopt,
    /// Seats or a lot were locked, or set free.
    Lock,
    /// A lot was made or renamed.
    Lot,
    /// Keys of the scenario were set.
    Settings,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Stroke,
        Self::Plan,
        Self::Adopt,
        Self::Lock,
        Self::Lot,
        Self::Settings,
    ];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stroke => "stroke",
            Self::Plan => "plan",
            Self::Adopt => "adopt",
            Self::Lock => "lock",
            Self::Lot => "lot",
            Self::Settings => "settings",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Every entry with a cursor: entries before it are done, those from it on were taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
    cursor: usize,
}

/// The lot that a change makes.
fn made_lot(change: &Change) -> Option<usize> {
    match change {
        Change::Made(lot) => Some(*lot),
        _ => None,
    }
}

impl History {
    /// All entries, those that were taken back among them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many entries are done.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The entry that an undo takes back.
    pub fn last(&self) -> Option<&Entry> {
        self.cursor.checked_sub(1).map(|last| &self.entries[last])
    }

    /// The entry that a redo does again.
    pub fn next(&self) -> Option<&Entry> {
        self.entries.get(self.cursor)
    }

    /// The board without the lots that only entries made that were taken back: what it is once those are forgotten.
    pub fn board_without_undone(&self, board: &Board) -> Board {
        let mut board = board.clone();
        let made = self.entries[self.cursor..].iter().flat_map(|entry| &entry.changes);
        if let Some(first) = made.filter_map(made_lot).min() {
            board.lots.truncate(first);
        }
        board
    }

    /// Drops what was taken back, and the lots that were made there: nothing leads to them any more.
    pub fn forget_undone(&mut self, board: &mut Board) {
        let undone = self.entries.drain(self.cursor..);
        let first = undone
            .flat_map(|entry| entry.changes)
            .filter_map(|change| made_lot(&change))
            .min();
        if let Some(first) = first {
            board.lots.truncate(first);
        }
    }

    /// Adds an entry that was done. What was taken back must have been forgotten before.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.cursor = self.entries.len();
    }

    /// Moves the cursor, taking entries back or doing them again on the way; gives the keys that are set then, where an entry changed them.
    pub fn go(&mut self, cursor: usize, board: &mut Board) -> Option<Vec<String>> {
        let mut sets = None;
        while self.cursor > cursor {
            self.cursor -= 1;
            for change in self.entries[self.cursor].changes.iter().rev() {
                board.take_back(change);
                if let Change::Sets { from, .. } = change {
                    sets = Some(from.to_vec());
                }
            }
        }
        while self.cursor < cursor.min(self.entries.len()) {
            for change in &self.entries[self.cursor].changes {
                board.apply(change);
                if let Change::Sets { to, .. } = change {
                    sets = Some(to.to_vec());
                }
            }
            self.cursor += 1;
        }
        sets
    }
}
