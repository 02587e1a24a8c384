//! The tables of a plan as sheets: lots, areas, deals, metrics, contract package areas, moves, broken rules, provenance.

use super::super::cpa::{Cpa, CpaAuthority, authorities, cpas};
use super::super::{Publication, facts};
use super::book::note;
use super::model::{
    CONFIDENTIAL, Cell, Column, Format, Line, MARKS, NOT_APPLICABLE, NOT_AVAILABLE, Sheet, Table, column, words,
};
use crate::report::svg::picture::capital;
use crate::report::{LotAnswer, MapArea, ReportError};

/// Every sheet with a table of the plan, in their order; those that would be empty are left out.
pub(super) fn sheets(from: &Publication<'_>) -> Vec<Sheet> {
    [
        sheet("Lots", "What each lot is worth and whom it serves", lots(from)),
        sheet("Areas", "Areas with their lots", areas(from)).map(|sheet| with_taken(sheet, from)),
        sheet("Deals", "Devolution deals and the lots that hold them", deals(from)),
        sheet("Metrics", "Goals with their bounds, and totals", metrics(from)),
        sheet(
            "CPA_areas",
            "Areas contained in each contract package area",
            cpa_areas(from),
        ),
        sheet(
            "CPA_authorities",
            "Authorities by contract package area",
            cpa_authorities(from),
        ),
        sheet("Moves", "Areas that change their lot", moves(from)),
        sheet(
            "Broken_rules",
            "Rules of the scenario that the plan breaks",
            broken(from),
        ),
        sheet(
            "Provenance",
            "Where the plan comes from: program, rules, inputs, sources and licences",
            provenance(from),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A table on a sheet of its own with what has to be said above it; nothing for a table without rows.
fn sheet(name: &'static str, title: &str, table: Table) -> Option<Sheet> {
    if table.rows.is_empty() {
        return None;
    }
    let mut lines = vec![Line::Text("This worksheet contains one table.".into())];
    if table.columns.iter().any(|column| column.heading.contains("[note")) {
        let words = "Some headings refer to notes, which are on the worksheet Notes.";
        lines.push(Line::Text(words.into()));
    }
    let used = table.marks();
    let meaning = MARKS.iter().filter(|mark| used.contains(&mark.0));
    let meaning: Vec<String> = meaning.map(|(mark, meaning)| format!("{mark} {meaning}")).collect();
    if !meaning.is_empty() {
        lines.push(Line::Text(format!("Shorthand: {}.", meaning.join("; "))));
    }
    lines.push(Line::Link("Back to the contents".into(), "Contents"));
    Some(Sheet {
        name,
        title: title.into(),
        lines,
        table: Some(table),
        width: 0.0,
    })
}

/// The sheet of areas, which says what was taken for figures that the source withholds.
fn with_taken(mut sheet: Sheet, from: &Publication<'_>) -> Sheet {
    let taken = from.answer.findings.iter().filter(|finding| finding.code == "V204");
    let lines = taken.map(|finding| Line::Text(format!("{}.", capital(&finding.message))));
    let before_link = sheet.lines.len().saturating_sub(1);
    sheet.lines.splice(before_link..before_link, lines);
    sheet
}

/// A heading that refers to a note.
fn noted(heading: &str, number: usize, width: f64, format: Format) -> Column {
    column(&format!("{heading} {}", note(number)), width, format)
}

fn lots(from: &Publication<'_>) -> Table {
    let money = from.answer.lets_money();
    let mut columns = vec![words("Lot", 16.0), words("Name", 36.0)];
    if money {
        columns.push(noted("Contract value", 2, 17.0, Format::Pounds));
        columns.push(noted("Margin over the floor", 4, 17.0, Format::Pounds));
    }
    columns.extend([
        noted("People", 1, 13.0, Format::Whole),
        column("Part of all people", 13.0, Format::Percent),
        noted("Participants", 3, 15.0, Format::Whole),
        noted("Starts a year", 3, 13.0, Format::Whole),
        column("Areas", 10.0, Format::Whole),
        column("Pieces", 10.0, Format::Whole),
        noted("Hub", 5, 22.0, Format::Text),
        noted("Mean km to the hub", 5, 15.0, Format::Tenths),
        words("Deals with their part of the lot", 36.0),
        words("Rules that it breaks", 22.0),
    ]);
    let rows = from.answer.lots.iter().map(|lot| lot_row(from, lot, money));
    Table::new("lots", columns, rows.collect())
}

fn lot_row(from: &Publication<'_>, lot: &LotAnswer, money: bool) -> Vec<Cell> {
    let broken = from.answer.violations.iter();
    let broken = broken.filter(|v| v.lot_id.as_deref() == Some(&lot.lot_id));
    let broken: Vec<&str> = broken.map(|v| v.rule.as_str()).collect();
    let hub = from.map.areas.iter().find(|area| area.code == lot.hub);
    let mut row = vec![Cell::text(&lot.lot_id), Cell::text(&lot.name)];
    if money {
        row.push(lot.contract_value_gbp.into());
        row.push(Cell::known(lot.floor_margin_gbp, NOT_APPLICABLE));
    }
    row.extend([
        lot.volume.into(),
        lot.share.into(),
        lot.participants.into(),
        lot.annual_starts.into(),
        lot.areas.len().into(),
        lot.pieces.into(),
        Cell::text(hub.map_or(&lot.hub, |area| &area.name)),
        lot.mean_km_to_hub.into(),
        Cell::text(facts::deals_words(lot)),
        Cell::text(broken.join("; ")),
    ]);
    row
}

/// A row an area and lot, as the assignment has it; where figures are not known exactly, with the fewest and the most people.
fn areas(from: &Publication<'_>) -> Table {
    let mut columns = vec![
        words("Area code", 14.0),
        words("Area", 34.0),
        words("Lot", 16.0),
        words("Name of the lot", 36.0),
        noted("Share", 7, 12.0, Format::Percent),
        noted("People", 1, 13.0, Format::Whole),
    ];
    if !from.intervals.is_empty() {
        columns.push(noted("Fewest people", 1, 13.0, Format::Whole));
        columns.push(noted("Most people", 1, 13.0, Format::Whole));
    }
    let mut rows = Vec::new();
    for (k, area) in from.map.areas.iter().enumerate() {
        let parts: Vec<(Option<usize>, f64)> = match area.lots.as_slice() {
            [] => vec![(None, 1.0)],
            lots => lots.iter().map(|&(lot, share)| (Some(lot), share)).collect(),
        };
        rows.extend(
            parts
                .into_iter()
                .map(|(lot, share)| area_row(from, k, area, lot, share)),
        );
    }
    Table::new("areas", columns, rows)
}

fn area_row(from: &Publication<'_>, k: usize, area: &MapArea, lot: Option<usize>, share: f64) -> Vec<Cell> {
    let lot = lot.map(|lot| &from.answer.lots[lot]);
    let mut row = vec![
        Cell::text(&area.code),
        Cell::text(&area.name),
        Cell::text(lot.map_or("", |lot| &lot.lot_id)),
        Cell::text(lot.map_or("", |lot| &lot.name)),
        Cell::known(lot.map(|_| share), NOT_APPLICABLE),
        people_of(from, area, share),
    ];
    if let Some(&(low, high)) = from.intervals.get(k) {
        row.extend([(low * share).into(), (high * share).into()]);
    }
    row
}

/// People of the part of an area that is in a lot; `[c]` where the source withholds the figure of the area.
fn people_of(from: &Publication<'_>, area: &MapArea, share: f64) -> Cell {
    match withheld(from).any(|code| code == area.code) {
        true => Cell::Text(CONFIDENTIAL.into()),
        false => (area.volume * share).into(),
    }
}

/// Codes of the areas whose whole figure the source withholds.
fn withheld<'a>(from: &Publication<'a>) -> impl Iterator<Item = &'a str> {
    let joins = from.answer.joins.iter().filter(|join| join.role == "volumes");
    let whole = |outcome: &str| matches!(outcome, "matched" | "recoded");
    let rows = joins.flat_map(|join| &join.rows);
    let rows = rows.filter(move |row| row.cell == "suppressed" && whole(&row.outcome));
    rows.flat_map(|row| &row.areas).map(String::as_str)
}

fn deals(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("Deal", 34.0),
        words("Standing", 16.0),
        words("Whole in one lot", 12.0),
        words("Lots, the greatest part first", 24.0),
        column("Part of all people", 13.0, Format::Percent),
        words("In words", 70.0),
    ];
    let row = |deal: &crate::report::DealAnswer| {
        vec![
            Cell::text(&deal.deal),
            Cell::text(&deal.status),
            Cell::text(if deal.whole { "yes" } else { "no" }),
            Cell::text(deal.lots.join(", ")),
            deal.share_of_total.into(),
            Cell::text(&deal.words),
        ]
    };
    Table::new("deals", columns, from.answer.deals.iter().map(row).collect())
}

fn metrics(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("Of what", 12.0),
        words("Name", 34.0),
        words("Measure", 24.0),
        column("Value", 20.0, Format::General),
        words("Unit", 22.0),
        noted("Bound", 6, 20.0, Format::General),
        noted("Proved", 6, 14.0, Format::Text),
    ];
    let row = |metric: facts::Metric| {
        let proved = metric.proved.map(|proved| if proved { "yes" } else { "no" });
        let is_goal = metric.subject == "plan" && from.answer.goals.iter().any(|goal| goal.name == metric.measure);
        // Nobody seeks a bound of a figure that is no goal.
        let unknown = if is_goal { NOT_AVAILABLE } else { NOT_APPLICABLE };
        vec![
            Cell::text(metric.subject),
            Cell::text(metric.name),
            Cell::text(metric.measure),
            Cell::known(metric.value, NOT_AVAILABLE),
            Cell::text(metric.unit),
            Cell::known(metric.bound, unknown),
            Cell::text(proved.unwrap_or(unknown)),
        ]
    };
    Table::new("metrics", columns, facts::metrics(from).into_iter().map(row).collect())
}

fn cpa_areas(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("Contract package area", 18.0),
        words("Name", 36.0),
        words("Areas contained", 90.0),
        column("Authorities", 13.0, Format::Whole),
        noted("People", 1, 13.0, Format::Whole),
    ];
    let row = |cpa: Cpa| {
        vec![
            Cell::text(cpa.lot_id),
            Cell::text(cpa.name),
            Cell::text(cpa.words),
            cpa.authorities.into(),
            cpa.people.into(),
        ]
    };
    Table::new("cpa_areas", columns, cpas(from).into_iter().map(row).collect())
}

fn cpa_authorities(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("Contract package area", 18.0),
        words("Name", 36.0),
        words("Authority", 34.0),
        words("Area code", 14.0),
        column("Part of the authority", 15.0, Format::Percent),
    ];
    let row = |one: CpaAuthority| {
        vec![
            Cell::text(one.lot_id.unwrap_or_default()),
            Cell::text(one.lot_name.unwrap_or_default()),
            Cell::text(one.name),
            Cell::text(one.code),
            one.share.into(),
        ]
    };
    Table::new(
        "cpa_authorities",
        columns,
        authorities(from).into_iter().map(row).collect(),
    )
}

fn moves(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("Area code", 14.0),
        words("Area", 34.0),
        words("From lot", 14.0),
        words("To lot", 14.0),
        noted("People", 1, 13.0, Format::Whole),
    ];
    let moves = from.answer.repair.iter().flat_map(|repair| &repair.moves);
    let row = |one: &crate::report::MoveAnswer| {
        vec![
            Cell::text(&one.area),
            Cell::text(&one.name),
            Cell::text(one.from.as_deref().unwrap_or("no lot")),
            Cell::text(one.to.as_deref().unwrap_or("no lot")),
            one.volume.into(),
        ]
    };
    Table::new("moves", columns, moves.map(row).collect())
}

fn broken(from: &Publication<'_>) -> Table {
    let columns = vec![words("Rule", 20.0), words("Lot", 16.0), words("What is wrong", 100.0)];
    let row = |one: &crate::report::ViolationAnswer| {
        vec![
            Cell::text(&one.rule),
            Cell::text(one.lot_id.as_deref().unwrap_or_default()),
            Cell::text(&one.message),
        ]
    };
    Table::new(
        "broken_rules",
        columns,
        from.answer.violations.iter().map(row).collect(),
    )
}

fn provenance(from: &Publication<'_>) -> Table {
    let columns = vec![
        words("What", 18.0),
        words("Name", 48.0),
        words("What is said of it", 100.0),
    ];
    let mut rows: Vec<Vec<Cell>> = facts::provenance(from)
        .into_iter()
        .map(|fact| vec![Cell::text(fact.item), Cell::text(fact.name), Cell::text(fact.value)])
        .collect();
    let licences = from.map.sources.iter();
    rows.extend(licences.map(|source| {
        vec![
            Cell::text("licence"),
            Cell::text(&source.title),
            Cell::text(&source.licence),
        ]
    }));
    Table::new("provenance", columns, rows)
}

impl From<rust_xlsxwriter::XlsxError> for ReportError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Write(error.to_string())
    }
}
