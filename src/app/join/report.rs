//! The report of a join: what became of every row of every table.

use super::fit::Outcome;
use super::index::Index;
use super::volumes::VolumeJoin;
use super::{Here, Tables, members};
use crate::domain::{AreaCode, Figure, Scenario};
use crate::io::volumes::{Cell, RefusedRow};
use crate::io::{Fit, Grouping};
use crate::report::{JoinAnswer, JoinCounts, JoinRowAnswer};

/// The joins of the volumes and of every table of memberships that the scenario speaks of.
pub(super) fn joins(
    scenario: &Scenario,
    tables: &Tables,
    index: &Index<'_>,
    here: &Here,
    join: &VolumeJoin,
) -> Vec<JoinAnswer> {
    let mut joins = vec![of_volumes(scenario, tables, here, join)];
    let used = members::spoken_of(scenario, tables);
    joins.extend(used.map(|grouping| of_membership(tables, index, here, grouping)));
    joins
}

/// What is said of a row of an area that takes no part.
const OUTSIDE: &str = "takes no part";

fn of_volumes(scenario: &Scenario, tables: &Tables, here: &Here, join: &VolumeJoin) -> JoinAnswer {
    let volumes = &tables.volumes;
    let mut answer = JoinAnswer {
        file: volumes.file.clone(),
        role: "volumes".into(),
        kind: volumes.kind.word().into(),
        column: scenario.volumes.weight.clone(),
        vintage: vintage(tables, join.fitted.iter().map(|fitted| &fitted.code)),
        missing: join.missing.clone(),
        aside: volumes.aside.iter().map(|line| line.text.clone()).collect(),
        ..JoinAnswer::default()
    };
    answer.counts.missing = join.missing.len();
    for row in 0..volumes.rows.len() {
        let told = volume_row(tables, here, join, row);
        count(&mut answer.counts, &told, join, row);
        if told.outcome == "matched" && told.cell == "exact" && told.how.is_empty() {
            answer.matched.push(told.code);
        } else if told.how == OUTSIDE && told.cell == "exact" && join.fitted[row].outcome == Outcome::Matched {
            answer.outside.push(told.code);
        } else {
            answer.rows.push(told);
        }
    }
    for row in &volumes.refused {
        answer.counts.rows += 1;
        let told = refused_row(row);
        let place = match row.first {
            Some(_) => &mut answer.counts.duplicated,
            None => &mut answer.counts.extra,
        };
        *place += 1;
        answer.rows.push(told);
    }
    answer.rows.sort_by_key(|row| row.line);
    answer
}

/// A row that was refused before the join: a second one of an area, or one without a code.
fn refused_row(row: &RefusedRow) -> JoinRowAnswer {
    let (outcome, how) = match row.first {
        Some(first) => ("duplicated", format!("its area has a row already, on line {first}")),
        None => ("extra", "has no area code".into()),
    };
    JoinRowAnswer {
        line: row.line,
        code: row.code.to_string(),
        name: row.name.clone(),
        outcome: outcome.into(),
        how,
        ..JoinRowAnswer::default()
    }
}

fn volume_row(tables: &Tables, here: &Here, join: &VolumeJoin, k: usize) -> JoinRowAnswer {
    let (row, fitted, figure) = (&tables.volumes.rows[k], &join.fitted[k], join.row_figures[k]);
    let known = figure.filter(|_| row.cell != Cell::Unread);
    let people = |part: fn(Figure) -> crate::domain::Volume| known.map(|figure| part(figure).as_people());
    let outside = !fitted.to.is_empty() && fitted.to.iter().all(|&place| here.area(place).is_none());
    let (outcome, how) = outcome(join, k, outside);
    JoinRowAnswer {
        line: row.line,
        code: fitted.code.to_string(),
        name: row.name.clone(),
        outcome: outcome.into(),
        areas: fitted
            .to
            .iter()
            .map(|&place| tables.boundaries.places[place].code.to_string())
            .collect(),
        cell: cell(row.cell, figure).into(),
        low: people(|figure| figure.low),
        middle: people(|figure| figure.middle),
        high: people(|figure| figure.high),
        how,
    }
}

fn outcome(join: &VolumeJoin, k: usize, outside: bool) -> (&'static str, String) {
    let fitted = &join.fitted[k];
    let by_name = fitted
        .named
        .as_ref()
        .map(|(likeness, name)| format!("by name ({}): {name}", likeness.word()))
        .unwrap_or_default();
    match fitted.outcome {
        _ if join.doubled[k] => ("duplicated", "its people stand in another row too".into()),
        Outcome::Wider => ("extra", "a total, a wider area, or people of no known place".into()),
        _ if outside => ("extra", OUTSIDE.into()),
        Outcome::Matched => ("matched", by_name),
        Outcome::Recoded => ("recoded", by_name),
        Outcome::Merged => ("merged", by_name),
        Outcome::Divided => ("estimated", by_name),
        Outcome::Ambiguous => ("ambiguous", String::new()),
        Outcome::Old => ("extra", "a code of the kind used until 2010".into()),
        Outcome::Unknown => ("extra", "of no known area".into()),
        Outcome::Abroad(country) => ("extra", format!("of {country}, which the boundaries do not show")),
    }
}

fn cell(cell: Cell, figure: Option<Figure>) -> &'static str {
    match cell {
        Cell::Unread => "unread",
        Cell::Suppressed | Cell::AtMost(_) => "suppressed",
        Cell::Negligible => "negligible",
        Cell::Number(_) if figure.is_some_and(|figure| !figure.is_exact()) => "rounded",
        Cell::Number(_) => "exact",
    }
}

fn count(counts: &mut JoinCounts, row: &JoinRowAnswer, join: &VolumeJoin, k: usize) {
    counts.rows += 1;
    let place = match row.outcome.as_str() {
        "matched" => &mut counts.matched,
        "recoded" => &mut counts.recoded,
        "merged" => &mut counts.merged,
        "estimated" => &mut counts.estimated,
        "duplicated" => &mut counts.duplicated,
        "ambiguous" => &mut counts.ambiguous,
        _ => &mut counts.extra,
    };
    *place += 1;
    if join.used[k] {
        counts.named += usize::from(join.fitted[k].named.is_some());
        counts.suppressed += usize::from(row.cell == "suppressed");
        counts.negligible += usize::from(row.cell == "negligible");
        counts.unread += usize::from(row.cell == "unread");
        counts.rounded += usize::from(row.cell == "rounded");
    }
}

fn vintage<'a>(tables: &Tables, codes: impl Iterator<Item = &'a AreaCode>) -> String {
    let heading = tables.volumes.codes.as_ref().and_then(|(_, heading)| heading.year);
    tables.changes.vintage(codes, heading).words()
}

/// Rows of unknown codes are errors, so those that are left are of areas that take part or do not.
fn of_membership(tables: &Tables, index: &Index<'_>, here: &Here, grouping: &Grouping) -> JoinAnswer {
    let mut answer = JoinAnswer {
        file: grouping.file.clone(),
        role: "membership".into(),
        kind: "csv".into(),
        column: grouping.name.clone(),
        vintage: tables
            .changes
            .vintage(grouping.rows.iter().map(|row| &row.code), None)
            .words(),
        ..JoinAnswer::default()
    };
    answer.counts.rows = grouping.rows.len();
    for row in &grouping.rows {
        let Some(led) = index.led(&row.code) else { continue };
        if !led.to.iter().any(|&place| here.area(place).is_some()) {
            answer.counts.extra += 1;
            answer.outside.push(row.code.to_string());
            continue;
        }
        let (place, outcome, how) = match led.fit {
            Fit::Same => {
                answer.counts.matched += 1;
                continue;
            }
            Fit::Recoded => (&mut answer.counts.recoded, "recoded", ""),
            Fit::Divided => (&mut answer.counts.recoded, "recoded", "each of its parts is a member"),
            Fit::Merged => (&mut answer.counts.merged, "merged", ""),
        };
        *place += 1;
        let codes = led
            .to
            .iter()
            .map(|&place| tables.boundaries.places[place].code.to_string());
        answer.rows.push(JoinRowAnswer {
            line: row.line,
            code: row.code.to_string(),
            name: row.value.clone(),
            outcome: outcome.into(),
            areas: codes.collect(),
            how: how.into(),
            ..JoinRowAnswer::default()
        });
    }
    answer
}
