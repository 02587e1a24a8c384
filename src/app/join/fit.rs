//! How each row of the volumes fits the areas of the boundaries: by its code, by a change of codes, or by its name.

use super::Tables;
use super::index::Index;
use crate::domain::words::list;
use crate::domain::{AreaCode, Finding, Findings};
use crate::io::delimited::is_code_of_before_2011;
use crate::io::names::{Likeness, Names};
use crate::io::volumes::VolumeRow;
use crate::io::{CodeChanges, Fit};

/// Where a row goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The code by which it was fitted: its own, or that of the area with its name.
    pub code: AreaCode,
    /// How.
    pub outcome: Outcome,
    /// The places that it goes to.
    pub to: Vec<usize>,
    /// How its name was found, where it has no code.
    pub named: Option<(Likeness, String)>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Its code is that of an area.
    Matched,
    /// Its code was replaced by that of an area.
    Recoded,
    /// It is summed into the larger area that it became a part of.
    Merged,
    /// It would have to be divided among several areas.
    Divided,
    /// It is a total, or of a wider area.
    Wider,
    /// Its name may be that of several areas, or is only near that of one.
    Ambiguous,
    /// No area is known by its code or name.
    Unknown,
    /// Its code is of the kind used until 2010.
    Old,
    /// It is of a country that the boundaries do not show.
    Abroad(&'static str),
}

/// Fits rows, one by one.
pub struct Fitter<'a> {
    index: &'a Index<'a>,
    changes: &'a CodeChanges,
    file: &'a str,
    near_names: bool,
    names: Option<(Names<AreaCode>, Names<AreaCode>)>,
}

impl<'a> Fitter<'a> {
    /// Makes ready; names are indexed only where the table has no codes.
    pub fn new(tables: &'a Tables, index: &'a Index<'a>, near_names: bool) -> Self {
        let by_name = tables.volumes.codes.is_none();
        let places = tables
            .boundaries
            .places
            .iter()
            .map(|place| (place.name.clone(), place.code.clone()));
        let changes = tables.changes.all().iter();
        let named = changes.flat_map(|c| {
            [
                (c.old_name.clone(), c.old_code.clone()),
                (c.new_name.clone(), c.new_code.clone()),
            ]
        });
        let named = named.filter(|(name, code)| !name.is_empty() && !code.as_str().is_empty());
        Self {
            index,
            changes: &tables.changes,
            file: &tables.volumes.file,
            near_names,
            names: by_name.then(|| (Names::new(places), Names::new(named))),
        }
    }

    /// Fits a row. Codes of no known area are errors (`V201`), as are names of none (`V201`) or of several (`V214`), and names that are only near one
    /// where the scenario does not accept them (`V211`).
    pub fn fit(&self, row: &VolumeRow, findings: &mut Findings) -> Fitted {
        let code = &row.code;
        if row.wider && self.index.place(code.as_str()).is_none() && !self.is_own_name(&row.name) {
            return Fitted::nowhere(code, Outcome::Wider);
        }
        if self.names.is_some() {
            return self.by_name(row, findings);
        }
        self.by_code(code).unwrap_or_else(|| {
            if is_code_of_before_2011(code.as_str()) {
                return Fitted::nowhere(code, Outcome::Old);
            }
            if let Some(country) = self.index.abroad().of_code(code.as_str()) {
                return Fitted::nowhere(code, Outcome::Abroad(country));
            }
            findings.push(self.index.unknown_code("V201", &self.place(row), code.as_str()));
            Fitted::nowhere(code, Outcome::Unknown)
        })
    }

    /// Whether areas go by names and one of the boundaries is called exactly so, as `East` may be in boundaries of one's own.
    fn is_own_name(&self, name: &str) -> bool {
        let names = self.names.as_ref();
        names.is_some_and(|(own, _)| own.find(name).first().is_some_and(|found| found.0 == Likeness::Exact))
    }

    fn place(&self, row: &VolumeRow) -> String {
        format!("{} line {}", self.file, row.line)
    }

    fn by_code(&self, code: &AreaCode) -> Option<Fitted> {
        let route = self
            .changes
            .route(code, &|code| self.index.place(code.as_str()).is_some())?;
        Some(Fitted {
            code: code.clone(),
            outcome: match route.fit {
                Fit::Same => Outcome::Matched,
                Fit::Recoded => Outcome::Recoded,
                Fit::Merged => Outcome::Merged,
                Fit::Divided => Outcome::Divided,
            },
            to: route
                .to
                .iter()
                .filter_map(|code| self.index.place(code.as_str()))
                .collect(),
            named: None,
        })
    }

    fn by_name(&self, row: &VolumeRow, findings: &mut Findings) -> Fitted {
        let nowhere = |outcome| Fitted::nowhere(&row.code, outcome);
        let found = self.found(&row.name);
        let certain = |one: &Fitted| !matches!(one.named, Some((Likeness::Near, _)));
        if let Some(country) = self
            .index
            .abroad()
            .of_name(&row.name)
            .filter(|_| !found.iter().any(certain))
        {
            return nowhere(Outcome::Abroad(country));
        }
        match found.as_slice() {
            [] if is_code_of_before_2011(&row.name) => Fitted::nowhere(&AreaCode::new(&row.name), Outcome::Old),
            [] => {
                let message = format!("no area is called `{}`", row.name);
                let help = "give the codes of the areas in a column `area_code`, or correct the name";
                findings.push(Finding::error("V201", self.place(row), message, help));
                nowhere(Outcome::Unknown)
            }
            [one] => match &one.named {
                Some((Likeness::Near, name)) if !self.near_names => {
                    let message = format!("`{}` is no area, but near {name} ({})", row.name, one.code);
                    let help = "if that is the one, set `volumes.near_names = true` or write its code; otherwise correct the name";
                    findings.push(Finding::error("V211", self.place(row), message, help));
                    nowhere(Outcome::Ambiguous)
                }
                _ => one.clone(),
            },
            several => {
                let codes: Vec<String> = several
                    .iter()
                    .map(|one| format!("{} ({})", one.title(), one.code))
                    .collect();
                let message = format!("`{}` may be {}", row.name, list(&codes, 6).replace(" and ", " or "));
                let help = "give the codes of the areas in a column `area_code`";
                findings.push(Finding::error("V214", self.place(row), message, help));
                nowhere(Outcome::Ambiguous)
            }
        }
    }

    /// Areas of that name: those of the boundaries before those of the changes, exact names before near ones; those that lead to the same places once.
    fn found(&self, name: &str) -> Vec<Fitted> {
        let Some((own, other)) = &self.names else {
            return Vec::new();
        };
        let mut found = own.find(name);
        let others = other.find(name);
        let best = |list: &[(Likeness, String, AreaCode)]| list.first().map(|one| one.0);
        if best(&found).is_none()
            || (best(&found) == Some(Likeness::Near) && best(&others).is_some_and(|best| best < Likeness::Near))
        {
            found = others;
        }
        let mut fitted: Vec<Fitted> = Vec::new();
        for (likeness, name, code) in found {
            let Some(one) = self.by_code(&code) else { continue };
            if !fitted.iter().any(|other| other.to == one.to) {
                fitted.push(Fitted {
                    named: Some((likeness, name)),
                    ..one
                });
            }
        }
        fitted
    }
}

impl Fitted {
    fn nowhere(code: &AreaCode, outcome: Outcome) -> Self {
        Self {
            code: code.clone(),
            outcome,
            to: Vec::new(),
            named: None,
        }
    }

    fn title(&self) -> &str {
        self.named.as_ref().map_or("", |(_, name)| name)
    }
}
