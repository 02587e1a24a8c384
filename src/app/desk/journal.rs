//! The Journal is the history on disk: one line an entry, written and forced to the disk before anybody hears of it.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::board::{Board, Change};
use super::folder::{Folder, refuse_link};
use super::history::{Entry, Kind};
use super::named::SeatNames;
use super::{Desk, DeskError};
use crate::app::files::cannot_write;
use crate::app::load::Case;
use crate::domain::{Finding, Findings, LotId};
use crate::report::InputAnswer;

/// The file.
const FILE: &str = "journal.jsonl";
/// The schema of its first line.
const SCHEMA: &str = "lotwright/journal/1";

/// The first line: what the entries that follow were made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    schema: String,
    scenario: String,
    sets: Vec<String>,
    inputs: Vec<InputAnswer>,
}

/// The first line of the journal of a case. How long and with which seed a search runs is no part of it.
pub fn head(path: &Path, case: &Case, sets: &[String]) -> Head {
    let lasting = sets.iter().filter(|set| !set.starts_with("solve."));
    Head {
        schema: SCHEMA.into(),
        scenario: path.display().to_string(),
        sets: lasting.cloned().collect(),
        inputs: case.inputs.clone(),
    }
}

/// Any other line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The cursor went here.
    Cursor(usize),
    /// An entry.
    Entry(Written),
}

/// An entry as it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Its place in the history; entries from there on are gone.
    index: usize,
    kind: String,
    words: String,
    at: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    changes: Vec<WrittenChange>,
}

/// A change as it is written: lots by their labels at that time, seats by their names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenChange {
    Made {
        lot: String,
        colour: usize,
    },
    Gone {
        lot: String,
    },
    Seat {
        seat: String,
        from: Option<String>,
        to: Option<String>,
    },
    SeatLock {
        seat: String,
        locked: bool,
    },
    LotLock {
        lot: String,
        locked: bool,
    },
    Label {
        from: String,
        to: String,
    },
    Sets {
        from: Vec<String>,
        to: Vec<String>,
    },
}

/// The journal of a folder, open for writing at its end.
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Where each line after the first begins.
    starts: Vec<u64>,
    end: u64,
}

/// Now, in seconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl Journal {
    /// Opens the journal of a folder, or begins one. A last line that was not written whole is dropped and told (`W303`); a journal of other inputs is put
    /// aside under another name and told (`W302`).
    ///
    /// # Errors
    /// `S003`.
    pub fn open(folder: &Folder, head: &Head) -> Result<(Self, Vec<Line>, Findings), DeskError> {
        let path = folder.file(FILE);
        refuse_link(&path)?;
        let failed = |error| cannot_write(folder.path(), "the journal cannot be opened", error);
        let mut findings = Findings::default();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error).into()),
        };
        let mut read = read(&bytes);
        if read.is_blank() && read.head.as_ref() != Some(head) {
            // Nothing was done there, so nothing is lost.
            read = Parsed::default();
        } else if !bytes.is_empty() && read.head.as_ref() != Some(head) {
            let aside = aside(&path);
            fs::rename(&path, &aside).map_err(failed)?;
            findings.push(of_others(&path, &aside));
            read = Parsed::default();
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        let mut journal = Self {
            path,
            file,
            starts: read.starts,
            end: read.end,
        };
        if read.torn {
            findings.push(torn(&journal.path));
        }
        journal.file.set_len(journal.end).map_err(failed)?;
        if journal.end == 0 {
            journal.write(head)?;
            journal.starts.clear();
        }
        Ok((journal, read.lines, findings))
    }

    /// Writes an entry that comes after `index` others.
    ///
    /// # Errors
    /// `S003`.
    pub fn write_entry(
        &mut self,
        entry: &Entry,
        board: &Board,
        names: &SeatNames,
        index: usize,
    ) -> Result<(), DeskError> {
        let label = |lot: usize| board.lots[lot].label.to_string();
        let written = |change: &Change| match change {
            Change::Made(lot) => WrittenChange::Made {
                lot: label(*lot),
                colour: board.lots[*lot].colour,
            },
            Change::Gone(lot) => WrittenChange::Gone { lot: label(*lot) },
            Change::Seat { seat, from, to } => WrittenChange::Seat {
                seat: names.of(*seat).into(),
                from: from.map(label),
                to: to.map(label),
            },
            Change::SeatLock(seat, locked) => WrittenChange::SeatLock {
                seat: names.of(*seat).into(),
                locked: *locked,
            },
            Change::LotLock(lot, locked) => WrittenChange::LotLock {
                lot: label(*lot),
                locked: *locked,
            },
            Change::Label { from, to, .. } => WrittenChange::Label {
                from: from.to_string(),
                to: to.to_string(),
            },
            Change::Sets { from, to } => WrittenChange::Sets {
                from: from.to_vec(),
                to: to.to_vec(),
            },
        };
        self.write(&Line::Entry(Written {
            index,
            kind: entry.kind.word().into(),
            words: entry.words.to_string(),
            at: entry.at,
            file: entry.file.as_deref().map(String::from),
            changes: entry.changes.iter().map(written).collect(),
        }))
    }

    /// Writes where the cursor goes.
    ///
    /// # Errors
    /// `S003`.
    pub fn write_cursor(&mut self, cursor: usize) -> Result<(), DeskError> {
        self.write(&Line::Cursor(cursor))
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), DeskError> {
        let mut bytes = serde_json::to_vec(line).map_err(DeskError::own)?;
        bytes.push(b'\n');
        let written = self
            .file
            .seek(SeekFrom::Start(self.end))
            .and_then(|_| self.file.write_all(&bytes))
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // What was written by half is covered by the next line, or cut off when the journal is read.
            let finding = cannot_write(
                &self.path,
                "the journal cannot be written, so nothing was changed",
                error,
            );
            self.file.set_len(self.end).ok();
            return Err(finding.into());
        }
        self.starts.push(self.end);
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// Cuts the journal off before a line that cannot be done again, keeping a copy of the whole; gives what to say.
    ///
    /// # Errors
    /// `S003`.
    pub fn cut_off(&mut self, folder: &Folder, line: usize) -> Result<Finding, DeskError> {
        let failed = |error| cannot_write(folder.path(), "the journal cannot be mended", error);
        let aside = aside(&self.path);
        fs::copy(&self.path, &aside).map_err(failed)?;
        self.end = self.starts.get(line).copied().unwrap_or(self.end);
        self.starts.truncate(line);
        self.file.set_len(self.end).map_err(failed)?;
        let message = format!(
            "its line {} cannot be done again; it and what follows are left out",
            line + 2
        );
        let help = format!("the whole is kept as {}", aside.display());
        Ok(Finding::warning("W303", self.path.display().to_string(), message, help))
    }
}

#[derive(Default)]
struct Parsed {
    head: Option<Head>,
    lines: Vec<Line>,
    starts: Vec<u64>,
    end: u64,
    torn: bool,
}

impl Parsed {
    /// Whether it says what entries would have been made on, and holds none.
    fn is_blank(&self) -> bool {
        self.head.is_some() && self.lines.is_empty() && !self.torn
    }
}

/// Reads as many whole lines as there are, from the first on.
fn read(bytes: &[u8]) -> Parsed {
    let mut parsed = Parsed::default();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let whole = line.ends_with(b"\n");
        if parsed.head.is_none() {
            parsed.head = serde_json::from_slice(line).ok().filter(|_| whole);
            if parsed.head.is_none() {
                break;
            }
        } else {
            match serde_json::from_slice(line) {
                Ok(line) if whole => parsed.lines.push(line),
                _ => break,
            }
            parsed.starts.push(parsed.end);
        }
        parsed.end += line.len() as u64;
    }
    parsed.torn = parsed.head.is_some() && parsed.end < bytes.len() as u64;
    parsed
}

fn torn(path: &Path) -> Finding {
    let message = "its end was not written whole; what was done last is left out";
    let help = "look at the plan, and do the last stroke again";
    Finding::warning("W303", path.display().to_string(), message, help)
}

fn of_others(path: &Path, aside: &Path) -> Finding {
    let message = "was made on another scenario, or on other files; a new one is begun";
    let help = format!("the old one is kept as {}", aside.display());
    Finding::warning("W302", path.display().to_string(), message, help)
}

/// A name that is free, with the time in it.
fn aside(path: &Path) -> PathBuf {
    let stem = path.with_extension("");
    let names = (0..).map(|k: usize| {
        let more = if k == 0 { String::new() } else { format!("-{k}") };
        PathBuf::from(format!("{}-{}{more}.jsonl", stem.display(), now()))
    });
    names.into_iter().find(|name| !name.exists()).unwrap_or(stem)
}

impl Desk {
    /// Does a written entry; `None` where it names what is not there, and then the board is as it was.
    pub(super) fn revive(&mut self, written: &Written) -> Option<Entry> {
        if written.index > self.history.entries().len() {
            return None;
        }
        self.history.go(written.index, &mut self.board);
        self.history.forget_undone(&mut self.board);
        let before = self.board.clone();
        let changes: Option<Vec<Change>> = written
            .changes
            .iter()
            .map(|change| self.revive_change(change))
            .collect();
        let kind = Kind::from_word(&written.kind);
        let (Some(changes), Some(kind)) = (changes, kind) else {
            self.board = before;
            return None;
        };
        Some(Entry {
            kind,
            words: written.words.as_str().into(),
            at: written.at,
            file: written.file.as_deref().map(Into::into),
            changes: changes.into(),
        })
    }

    fn revive_change(&mut self, written: &WrittenChange) -> Option<Change> {
        let lot = |label: &String| self.board.lot(label);
        let lot_or_none = |label: &Option<String>| label.as_ref().map_or(Some(None), |label| lot(label).map(Some));
        let change = match written {
            WrittenChange::Made { lot, colour } => {
                self.board.lots.push(super::board::BoardLot {
                    label: LotId::new(lot),
                    colour: *colour,
                    locked: false,
                    there: true,
                });
                Change::Made(self.board.lots.len() - 1)
            }
            WrittenChange::Gone { lot: label } => Change::Gone(lot(label)?),
            WrittenChange::Seat { seat, from, to } => Change::Seat {
                seat: self.names.seat(seat)?,
                from: lot_or_none(from)?,
                to: lot_or_none(to)?,
            },
            WrittenChange::SeatLock { seat, locked } => Change::SeatLock(self.names.seat(seat)?, *locked),
            WrittenChange::LotLock { lot: label, locked } => Change::LotLock(lot(label)?, *locked),
            WrittenChange::Label { from, to } => Change::Label {
                lot: lot(from)?,
                from: LotId::new(from),
                to: LotId::new(to),
            },
            WrittenChange::Sets { from, to } => Change::Sets {
                from: from.clone().into(),
                to: to.clone().into(),
            },
        };
        self.board.apply(&change);
        Some(change)
    }
}
