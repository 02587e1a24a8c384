//! What may be asked of a desk, as it stands in JSON.

use serde::Deserialize;

/// Where a stroke leads.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Target {
    /// A lot, by its label.
    Lot(String),
    /// A new lot, with the label that is given, or the least number that is free.
    New {
        /// Must be true.
        new: bool,
        /// Its label.
        #[serde(default)]
        name: Option<String>,
    },
}

/// A stroke: seats that go to a lot, to a new one, or to none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrokeAsked {
    /// The revision that the asker has seen.
    #[serde(default)]
    pub revision: Option<u64>,
    /// The seats.
    pub seats: Vec<usize>,
    /// Where to; nothing for no lot.
    pub lot: Option<Target>,
    /// A name of this stroke: given twice in succession, it counts once.
    #[serde(default)]
    pub id: Option<String>,
    /// Whether the answer may leave out what the asker knows.
    #[serde(default)]
    pub delta: bool,
}

/// Where the cursor of the history is to go.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CursorAsked {
    /// Entries that are to be done.
    pub cursor: usize,
}

/// What is to be locked, or set free.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockAsked {
    /// Seats, each by itself.
    #[serde(default)]
    pub seats: Vec<usize>,
    /// A lot with all seats that it holds.
    #[serde(default)]
    pub lot: Option<String>,
    /// Whether they are to be locked.
    pub locked: bool,
}

/// What is to become of lots.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotAsked {
    /// The lot to be renamed.
    #[serde(default)]
    pub lot: Option<String>,
    /// Its new label, or that of a new lot.
    #[serde(default)]
    pub rename: Option<String>,
    /// Whether a lot is to be made.
    #[serde(default)]
    pub new: bool,
}

/// Keys of the scenario to be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetsAsked {
    /// `key=value`, the value as TOML.
    #[serde(default)]
    pub sets: Vec<String>,
    /// Keys that are to be as the scenario has them.
    #[serde(default)]
    pub resets: Vec<String>,
}

/// A baseline to be opened.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineAsked {
    /// Its key.
    pub baseline: String,
}
