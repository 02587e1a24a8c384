//! What is told of a join of volumes that holds: codes changed, areas summed, names taken, cells that are not known exactly.

use std::collections::BTreeMap;

use super::Tables;
use super::abroad::COUNTRIES;
use super::fit::Outcome;
use super::index::Index;
use super::volumes::VolumeJoin;
use crate::domain::words::{count, decimal, list};
use crate::domain::{AreaCode, Finding, Findings, Scenario};
use crate::io::volumes::Cell;

/// How many rows a finding names; the join in the JSON has all of them.
const NAMED: usize = 12;

/// Tells it. `given` are the rows of each place that takes part.
pub(super) fn tell(
    scenario: &Scenario,
    tables: &Tables,
    index: &Index<'_>,
    join: &VolumeJoin,
    given: &[(usize, Vec<usize>)],
    findings: &mut Findings,
) {
    let telling = Telling {
        scenario,
        tables,
        index,
        join,
        given,
    };
    let all = [
        telling.filled(),
        telling.recoded(),
        telling.merged(),
        telling.estimated(),
        telling.named(),
        telling.wider(),
        telling.abroad(),
        telling.uncertain(),
        telling.vintage(),
    ];
    all.into_iter().flatten().for_each(|finding| findings.push(finding));
}

/// The name of a code: that of the row, of the boundaries, or of the changes.
pub(super) fn name_of(tables: &Tables, code: &AreaCode, given: &str) -> String {
    if !given.is_empty() {
        return given.into();
    }
    let place = tables
        .boundaries
        .places
        .iter()
        .find(|place| place.code == *code)
        .map(|place| place.name.clone());
    let changes = tables.changes.all();
    let old = || {
        changes
            .iter()
            .find(|change| change.old_code == *code)
            .map(|change| change.old_name.clone())
    };
    let new = || {
        changes
            .iter()
            .find(|change| change.new_code == *code)
            .map(|change| change.new_name.clone())
    };
    place.or_else(old).or_else(new).unwrap_or_else(|| "no name".into())
}

struct Telling<'a> {
    scenario: &'a Scenario,
    tables: &'a Tables,
    index: &'a Index<'a>,
    join: &'a VolumeJoin,
    given: &'a [(usize, Vec<usize>)],
}

impl Telling<'_> {
    fn note(&self, code: &'static str, message: String, help: &str) -> Finding {
        Finding::note(code, &self.tables.volumes.file, message, help)
    }

    fn warning(&self, code: &'static str, message: String, help: &str) -> Finding {
        Finding::warning(code, &self.tables.volumes.file, message, help)
    }

    /// Names of the places that have a row of such a cell.
    fn places_with(&self, wanted: fn(Cell) -> bool) -> Vec<&str> {
        let has = |rows: &[usize]| rows.iter().any(|&row| wanted(self.tables.volumes.rows[row].cell));
        self.given
            .iter()
            .filter(|(_, rows)| has(rows))
            .map(|(place, _)| self.index.name(*place))
            .collect()
    }

    /// Rows that are used and came out so.
    fn rows(&self, outcome: Outcome) -> Vec<usize> {
        (0..self.join.fitted.len())
            .filter(|&row| self.join.used[row] && self.join.fitted[row].outcome == outcome)
            .collect()
    }

    fn filled(&self) -> Option<Finding> {
        let people = self.scenario.volumes.suppressed?;
        let filled = self.places_with(|cell| cell == Cell::Suppressed);
        let message = format!(
            "{people} people were taken for each suppressed or blank cell: {}",
            list(&filled, NAMED)
        );
        if filled.is_empty() {
            return None;
        }
        Some(match self.unknown_to_a_large_part() {
            None => self.note("V204", message, "`volumes.suppressed` sets that number"),
            Some(part) => self.warning(
                "V204",
                format!("{message}. That is {part}, so that the plan rests on that number more than on figures"),
                "get figures for these areas, or exclude them, or take another measure; a number that is taken can be wrong for all of them at once",
            ),
        })
    }

    /// Where a fill is no longer a detail: every area of a country, or more than a fifth of all areas.
    fn unknown_to_a_large_part(&self) -> Option<String> {
        let is_filled = |rows: &[usize]| {
            rows.iter()
                .any(|&row| self.tables.volumes.rows[row].cell == Cell::Suppressed)
        };
        let mut by_country: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (place, rows) in self.given {
            let code = self.tables.boundaries.places[*place].code.as_str();
            let (filled, all) = by_country.entry(code.get(..1).unwrap_or_default()).or_default();
            *filled += usize::from(is_filled(rows));
            *all += 1;
        }
        let filled: usize = by_country.values().map(|(filled, _)| filled).sum();
        let all: usize = by_country.values().map(|(_, all)| all).sum();
        let whole = COUNTRIES.iter().filter_map(|(letter, name)| {
            let (filled, all) = by_country.get(letter)?;
            (filled == all && *all > 1).then(|| format!("every one of the {all} areas of {name}"))
        });
        let whole: Vec<String> = whole.collect();
        if filled == all {
            Some("every area there is".into())
        } else if !whole.is_empty() {
            Some(list(&whole, 4))
        } else {
            (filled * 5 > all).then(|| format!("{filled} of {all} areas"))
        }
    }

    fn recoded(&self) -> Option<Finding> {
        let rows = self.rows(Outcome::Recoded);
        let words = |&row: &usize| {
            let fitted = &self.join.fitted[row];
            let to = &self.tables.boundaries.places[fitted.to[0]];
            format!("{} as {} ({})", fitted.code, to.code, to.name)
        };
        let changed: Vec<String> = rows.iter().map(words).collect();
        let what = count(
            rows.len(),
            "row has a code of another year and is",
            "rows have codes of another year and are",
        );
        (!rows.is_empty()).then(|| {
            self.note(
                "V206",
                format!("{what} read as that of the boundaries: {}", list(&changed, NAMED)),
                "none is needed",
            )
        })
    }

    fn merged(&self) -> Option<Finding> {
        let is_part = |row: &&usize| self.join.fitted[**row].outcome == Outcome::Merged && !self.join.doubled[**row];
        let name = |&row: &usize| {
            name_of(
                self.tables,
                &self.join.fitted[row].code,
                &self.tables.volumes.rows[row].name,
            )
        };
        let summed = self.given.iter().filter_map(|(place, rows)| {
            let parts: Vec<String> = rows.iter().filter(is_part).map(name).collect();
            (!parts.is_empty()).then(|| format!("{} from {}", self.index.name(*place), list(&parts, NAMED)))
        });
        let words: Vec<String> = summed.collect();
        let what = count(words.len(), "area is summed", "areas are summed");
        let message = format!("{what} from those that merged into it: {}", words.join("; "));
        (!words.is_empty()).then(|| self.note("V207", message, "none is needed: the totals stay the same"))
    }

    fn estimated(&self) -> Option<Finding> {
        let rows = self.rows(Outcome::Divided);
        let split = self.tables.split.as_ref()?;
        let names: Vec<String> = rows
            .iter()
            .map(|&row| {
                name_of(
                    self.tables,
                    &self.join.fitted[row].code,
                    &self.tables.volumes.rows[row].name,
                )
            })
            .collect();
        let what = count(rows.len(), "figure is", "figures are");
        let message = format!(
            "{what} divided in proportion to {}, so that the parts are estimates: {}",
            split.name,
            list(&names, NAMED)
        );
        (!rows.is_empty()).then(|| {
            self.warning(
                "V209",
                message,
                "use figures of the vintage of the boundaries where there are any",
            )
        })
    }

    fn named(&self) -> Option<Finding> {
        let mut words = Vec::new();
        for (row, fitted) in self.join.fitted.iter().enumerate() {
            if let Some((likeness, name)) = fitted.named.as_ref().filter(|_| self.join.used[row]) {
                let own = &self.tables.volumes.rows[row].name;
                words.push((
                    *likeness,
                    format!("{own} is {name} ({}, {})", fitted.code, likeness.word()),
                ));
            }
        }
        // The least certain come first, so that they are named.
        words.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        let shown: Vec<&String> = words.iter().map(|(_, text)| text).collect();
        let message = format!(
            "{} by name, as there is no column of codes: {}",
            count(shown.len(), "row is joined", "rows are joined"),
            list(&shown, NAMED)
        );
        let help = "look through them (`lotwright inspect SCENARIO --json` lists all in `joins`), and add a column of codes to be certain";
        (!shown.is_empty()).then(|| self.warning("V210", message, help))
    }

    fn wider(&self) -> Option<Finding> {
        let rows: Vec<usize> = (0..self.join.fitted.len())
            .filter(|&row| self.join.fitted[row].outcome == Outcome::Wider)
            .collect();
        let words: Vec<String> = rows
            .iter()
            .map(|&row| {
                let row = &self.tables.volumes.rows[row];
                let label = if row.name.is_empty() {
                    row.code.as_str()
                } else {
                    &row.name
                };
                format!("{label} (line {})", row.line)
            })
            .collect();
        let message = format!(
            "{} of totals, wider areas or no known place, and counted nowhere: {}",
            count(rows.len(), "row is", "rows are"),
            list(&words, NAMED)
        );
        (!rows.is_empty()).then(|| {
            self.note(
                "V215",
                message,
                "none is needed: the people of totals and wider areas stand in the rows of the areas",
            )
        })
    }

    fn abroad(&self) -> Option<Finding> {
        let mut by_country: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (fitted, row) in self.join.fitted.iter().zip(&self.tables.volumes.rows) {
            if let Outcome::Abroad(country) = fitted.outcome {
                by_country.entry(country).or_default().push(row.line);
            }
        }
        let words: Vec<String> = by_country
            .iter()
            .map(|(country, lines)| {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                format!(
                    "{country} ({} {})",
                    if lines.len() == 1 { "line" } else { "lines" },
                    list(&lines, NAMED)
                )
            })
            .collect();
        let rows: usize = by_country.values().map(Vec::len).sum();
        let what = count(rows, "row is of a country", "rows are of countries");
        let message = format!(
            "{what} that the boundaries do not show, and counted nowhere: {}",
            list(&words, 4)
        );
        (rows > 0).then(|| self.note("V222", message, "none is needed, if the map is to end there"))
    }

    fn uncertain(&self) -> Option<Finding> {
        let step = self
            .scenario
            .volumes
            .rounded_to
            .map(|people| (people, "`volumes.rounded_to`"));
        let noted = self
            .tables
            .volumes
            .rounded_to
            .map(|step| (step.as_people(), "the notes of the table"));
        let rounded = step.or(noted).filter(|(people, _)| *people > 0.0).map(|(people, by)| {
            format!(
                "figures are rounded to {} by {by}, so that each may be {} more or less",
                decimal(people),
                decimal(people / 2.0)
            )
        });
        let negligible = self.places_with(|cell| cell == Cell::Negligible);
        let next_to_nothing =
            (!negligible.is_empty()).then(|| format!("nothing or next to nothing in {}", list(&negligible, NAMED)));
        let limited = self.places_with(|cell| matches!(cell, Cell::AtMost(_)));
        let limited = (!limited.is_empty()).then(|| format!("kept back below a limit in {}", list(&limited, NAMED)));
        let said: Vec<String> = rounded.into_iter().chain(next_to_nothing).chain(limited).collect();
        let help =
            "lots show the least and the most that they can hold; set `volumes.rounded_to` if the step is another";
        (!said.is_empty()).then(|| self.note("V216", said.join("; "), help))
    }

    fn vintage(&self) -> Option<Finding> {
        let heading = self.tables.volumes.codes.as_ref().and_then(|(_, heading)| heading.year);
        let codes = self.join.fitted.iter().map(|fitted| &fitted.code);
        let vintage = self.tables.changes.vintage(codes, heading);
        let (from, until) = (vintage.from.as_ref()?, vintage.until.as_ref()?);
        let message = format!(
            "codes of several years stand in one table: {} began in {}, {} ended after {}",
            from.1, from.0, until.1, until.0
        );
        let help = "check that no area stands in it under two codes, and that all figures are of one date";
        vintage.is_mixed().then(|| self.warning("V218", message, help))
    }
}
