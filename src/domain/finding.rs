//! A Finding is one thing that a reader, a check or a search has to say, with its code and the next step.

use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Work cannot go on.
    Error,
    /// Work goes on; the reader should know.
    Warning,
    /// A fact worth stating.
    Note,
}

impl Severity {
    /// The word used in JSON and messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing found: which code, about what, what it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A code of [`CODES`], such as `V201`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The place: a file with its line, an area code, a key, a lot.
    pub subject: String,
    /// The fact.
    pub message: String,
    /// The next step.
    pub help: String,
}

impl Finding {
    /// A finding that stops the work.
    pub fn error(
        code: &'static str,
        subject: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            subject: subject.into(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// A finding that the reader should know of.
    pub fn warning(
        code: &'static str,
        subject: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, subject, message, help)
        }
    }

    /// A finding that only states a fact.
    pub fn note(
        code: &'static str,
        subject: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(code, subject, message, help)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {}: {}",
            self.severity.word(),
            self.code,
            self.subject,
            self.message
        )?;
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

/// Everything that was found, in the order of finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether any of them stops the work.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|f| f.severity == Severity::Error)
    }

    /// The value where nothing stops the work, all findings otherwise.
    pub fn gate<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok((value, self))
        }
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (k, finding) in self.0.iter().enumerate() {
            if k > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

/// A code of the index, with the sentence that heads its entry in `docs/errors.md`.
#[derive(Clone, Copy, Debug)]
pub struct CodeEntry {
    /// Letter for the family (S scenario, V volumes, G geometry, M membership and links, P plan, R rules) and number.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub title: &'static str,
}

/// Every code that the program can report; `docs/errors.md` has an entry for each, and a test holds the two together.
pub const CODES: &[CodeEntry] = &[
    CodeEntry {
        code: "G101",
        title: "An area has no common border with any other.",
    },
    CodeEntry {
        code: "G103",
        title: "The data lie outside Great Britain and are measured on a local plane.",
    },
    CodeEntry {
        code: "G104",
        title: "Two areas claim a strip less than half a metre wide, which is left to the first.",
    },
    CodeEntry {
        code: "G105",
        title: "A small ring vanishes when points are taken to 0.1 m.",
    },
    CodeEntry {
        code: "G106",
        title: "Gaps less than half a metre wide between areas are closed.",
    },
    CodeEntry {
        code: "G107",
        title: "A shape breaks the rules of its format and is read as it must have been meant.",
    },
    CodeEntry {
        code: "G201",
        title: "An area has no geometry.",
    },
    CodeEntry {
        code: "G202",
        title: "A ring has fewer than four points.",
    },
    CodeEntry {
        code: "G203",
        title: "A ring is not closed.",
    },
    CodeEntry {
        code: "G204",
        title: "A ring touches or crosses itself, or another ring of its area.",
    },
    CodeEntry {
        code: "G205",
        title: "A ring encloses no area.",
    },
    CodeEntry {
        code: "G206",
        title: "Two areas overlap.",
    },
    CodeEntry {
        code: "G207",
        title: "A geometry is not a polygon.",
    },
    CodeEntry {
        code: "G208",
        title: "A hole lies outside the ring that it should be a hole of.",
    },
    CodeEntry {
        code: "G209",
        title: "Borders do not fit together.",
    },
    CodeEntry {
        code: "G301",
        title: "A boundary file cannot be read.",
    },
    CodeEntry {
        code: "G302",
        title: "A boundary file is of a format that is not read.",
    },
    CodeEntry {
        code: "G303",
        title: "An area has no code.",
    },
    CodeEntry {
        code: "G304",
        title: "Several areas have the same code.",
    },
    CodeEntry {
        code: "G305",
        title: "Coordinates are of another system than they should be.",
    },
    CodeEntry {
        code: "G306",
        title: "A coordinate reference system is not known.",
    },
    CodeEntry {
        code: "G307",
        title: "Coordinates have latitude before longitude.",
    },
    CodeEntry {
        code: "G308",
        title: "A TopoJSON file has several objects, or not the one that is named.",
    },
    CodeEntry {
        code: "G309",
        title: "A boundary file holds no area.",
    },
    CodeEntry {
        code: "G310",
        title: "Coordinates have no place on one flat map.",
    },
    CodeEntry {
        code: "M102",
        title: "A table lacks a column.",
    },
    CodeEntry {
        code: "M103",
        title: "A cell that must be filled is blank.",
    },
    CodeEntry {
        code: "M104",
        title: "An area stands in the same group twice.",
    },
    CodeEntry {
        code: "M105",
        title: "A membership table names an area that is in no boundary file.",
    },
    CodeEntry {
        code: "M201",
        title: "A link joins an area to itself.",
    },
    CodeEntry {
        code: "M202",
        title: "A link names an area that is in no boundary file.",
    },
    CodeEntry {
        code: "M301",
        title: "A change of codes has no kind or year that can be read.",
    },
    CodeEntry {
        code: "M401",
        title: "A small area is of no known district.",
    },
    CodeEntry {
        code: "M402",
        title: "A district has no small area.",
    },
    CodeEntry {
        code: "M503",
        title: "a deal takes part without some of its areas",
    },
    CodeEntry {
        code: "M504",
        title: "a group takes part without some of its members",
    },
    CodeEntry {
        code: "P101",
        title: "a plan has no column of lots",
    },
    CodeEntry {
        code: "P102",
        title: "a plan has no column of area codes",
    },
    CodeEntry {
        code: "P103",
        title: "a row of a plan has no code",
    },
    CodeEntry {
        code: "P104",
        title: "a share is no part of one",
    },
    CodeEntry {
        code: "P201",
        title: "a plan or lock names an area or unit that does not exist",
    },
    CodeEntry {
        code: "P202",
        title: "an area stands in several lots",
    },
    CodeEntry {
        code: "P203",
        title: "a lock is of an area that takes no part",
    },
    CodeEntry {
        code: "P204",
        title: "an area is locked to two lots",
    },
    CodeEntry {
        code: "P205",
        title: "the shares of an area do not add up to one",
    },
    CodeEntry {
        code: "P206",
        title: "rows of a plan are of areas that take no part",
    },
    CodeEntry {
        code: "R100",
        title: "No area takes part.",
    },
    CodeEntry {
        code: "R101",
        title: "The floor of a lot is above the whole volume.",
    },
    CodeEntry {
        code: "R102",
        title: "The floor of a lot is above its cap.",
    },
    CodeEntry {
        code: "R103",
        title: "A component of the map cannot reach the floor.",
    },
    CodeEntry {
        code: "R104",
        title: "Areas that must share a lot are locked to different lots.",
    },
    CodeEntry {
        code: "R105",
        title: "Areas that must share a lot may never share one.",
    },
    CodeEntry {
        code: "R106",
        title: "Areas that cannot be divided are above the cap.",
    },
    CodeEntry {
        code: "R107",
        title: "More lots are asked for than there can be.",
    },
    CodeEntry {
        code: "R108",
        title: "Fewer lots are asked for than the cap needs.",
    },
    CodeEntry {
        code: "R109",
        title: "An exhaustive search has shown that no plan exists.",
    },
    CodeEntry {
        code: "R110",
        title: "No plan was found within the limit, and none was ruled out.",
    },
    CodeEntry {
        code: "S001",
        title: "a file cannot be read",
    },
    CodeEntry {
        code: "S002",
        title: "a file is not UTF-8 text",
    },
    CodeEntry {
        code: "S003",
        title: "a file cannot be written",
    },
    CodeEntry {
        code: "S100",
        title: "the scenario is not valid TOML",
    },
    CodeEntry {
        code: "S101",
        title: "a key is missing",
    },
    CodeEntry {
        code: "S102",
        title: "a value has the wrong type",
    },
    CodeEntry {
        code: "S103",
        title: "there is no such key",
    },
    CodeEntry {
        code: "S104",
        title: "a value is out of range or makes no sense",
    },
    CodeEntry {
        code: "S201",
        title: "a row of a table has the wrong number of cells",
    },
    CodeEntry {
        code: "S202",
        title: "a table holds no row",
    },
    CodeEntry {
        code: "S203",
        title: "a table of sources has another header",
    },
    CodeEntry {
        code: "S301",
        title: "there is no such grouping",
    },
    CodeEntry {
        code: "S302",
        title: "no area or group is called so",
    },
    CodeEntry {
        code: "S303",
        title: "no area takes part",
    },
    CodeEntry {
        code: "S304",
        title: "no link is of that kind",
    },
    CodeEntry {
        code: "S305",
        title: "an area is in no group of the units",
    },
    CodeEntry {
        code: "S306",
        title: "there is no such data set or boundary file",
    },
    CodeEntry {
        code: "V101",
        title: "the volumes table has no such column",
    },
    CodeEntry {
        code: "V102",
        title: "the volumes table has no column of area codes",
    },
    CodeEntry {
        code: "V103",
        title: "an area stands twice in the volumes table",
    },
    CodeEntry {
        code: "V104",
        title: "a volume is no number",
    },
    CodeEntry {
        code: "V105",
        title: "a volume is negative",
    },
    CodeEntry {
        code: "V106",
        title: "a row of volumes has no area code",
    },
    CodeEntry {
        code: "V201",
        title: "a volume is of an area that no boundary has",
    },
    CodeEntry {
        code: "V202",
        title: "an area has no volume",
    },
    CodeEntry {
        code: "V203",
        title: "a volume is suppressed and the scenario gives nothing to take for it",
    },
    CodeEntry {
        code: "V204",
        title: "suppressed volumes were filled",
    },
    CodeEntry {
        code: "V205",
        title: "the volumes add up to nothing",
    },
];
