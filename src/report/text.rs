//! A summary of an answer for the terminal, at most 100 columns wide and without colour.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, LotAnswer, MoveAnswer, headline, sentence, words};
use crate::domain::words::list;

const WIDTH: u16 = 100;
/// Characters that a label of a lot may take, and that a name has beside short labels: a row fits one line then.
const LABEL: usize = 16;
const NAME: usize = 31;

/// The answer in words and tables: headline, lots, goals with their proof, deals that are cut, rules broken, number of findings.
///
/// Lines are at most 100 characters wide; nothing in it is a control code, so it may go to a file.
pub fn summary(answer: &Answer) -> String {
    let mut parts = vec![opening(answer)];
    if answer.lots.is_empty() {
        parts.extend([
            viability(answer),
            reasons(answer),
            relaxations(answer),
            headline::ending(answer),
        ]);
    } else {
        parts.extend([
            moves(answer),
            viability(answer),
            lots(answer),
            intervals(answer),
            goals(answer),
            deals(answer),
            choices(answer),
            violations(answer),
        ]);
    }
    parts.extend([joins(answer), findings(answer)]);
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// What is asked of every lot beyond a plain floor or cap.
fn viability(answer: &Answer) -> String {
    let words = answer.viability.iter().flat_map(|asked| &asked.words);
    words.map(|words| wrapped(words, "")).collect::<Vec<_>>().join("\n")
}

/// How the tables joined; nothing where every row of all of them matched.
fn joins(answer: &Answer) -> String {
    if answer.joins.iter().all(super::JoinAnswer::is_plain) {
        return String::new();
    }
    let lines = answer
        .joins
        .iter()
        .map(|join| wrapped(&format!("joined {}: {}", join.file, join.words()), "  "));
    lines.collect::<Vec<_>>().join("\n")
}

fn opening(answer: &Answer) -> String {
    let mut lines = vec![wrapped(&headline::title(answer), "")];
    if answer.lots.is_empty() {
        return lines.join("\n");
    }
    let assigned = answer.lots.iter().flat_map(|lot| &lot.areas);
    let areas = assigned.chain(&answer.unassigned).collect::<BTreeSet<_>>().len();
    lines.push(wrapped(
        &format!("{}. {}.", headline::quality(answer), headline::coverage(answer, areas)),
        "",
    ));
    if !answer.unassigned.is_empty() {
        let count = words::counted(answer.unassigned.len() as f64, "area is", "areas are");
        lines.push(wrapped(
            &format!("{count} in no lot: {}", list(&answer.unassigned, 12)),
            "",
        ));
    }
    lines.join("\n")
}

/// Why there is no plan.
fn reasons(answer: &Answer) -> String {
    let errors = answer.findings.iter().filter(|finding| finding.severity == "error");
    let lines: Vec<String> = errors
        .map(|finding| {
            let reason = wrapped(
                &format!("{} {}: {}", finding.code, finding.subject, finding.message),
                "  ",
            );
            format!("{reason}\n{}", wrapped(&format!("  help: {}", finding.help), "  "))
        })
        .collect();
    lines.join("\n")
}

/// What would have to give for a plan to exist.
fn relaxations(answer: &Answer) -> String {
    let line = |r: &super::RelaxationAnswer| wrapped(&format!("- {}: {}", r.key, r.message), "  ");
    let lines: Vec<String> = answer.relaxations.iter().map(line).collect();
    match lines.len() {
        0 => String::new(),
        1 => format!("This change would give a plan:\n{}", lines.join("\n")),
        _ => format!("Any one of these changes would give a plan:\n{}", lines.join("\n")),
    }
}

fn lots(answer: &Answer) -> String {
    let worth: &[&str] = if answer.lets_money() {
        &["value", "over floor"]
    } else {
        &["people"]
    };
    let columns = [&["lot", "name"], worth, &["participants", "a year", "areas", "km"]].concat();
    let mut table = table(&columns);
    let labels = answer.lots.iter().map(|lot| lot.lot_id.chars().count().min(LABEL));
    let room = NAME - labels.max().unwrap_or(0).saturating_sub(3);
    for lot in &answer.lots {
        table.add_row(lot_row(answer, lot, room));
    }
    for column in 2..columns.len() {
        align_right(&mut table, column);
    }
    trimmed(&table)
}

/// Lots whose floor or cap holds only in a part of what uncertain figures allow.
fn intervals(answer: &Answer) -> String {
    let found = answer.findings.iter().find(|finding| finding.code == "V217");
    found.map(|finding| wrapped(&finding.message, "")).unwrap_or_default()
}

/// A row of the table of lots, the name within `room` characters.
fn lot_row(answer: &Answer, lot: &LotAnswer, room: usize) -> Vec<String> {
    let pieces = if lot.pieces > 1 {
        format!(" in {}", lot.pieces)
    } else {
        String::new()
    };
    let mut row = vec![
        words::shortened(&printable(&lot.lot_id), LABEL),
        words::shortened(&printable(&lot.name), room),
    ];
    if answer.lets_money() {
        row.push(words::money(lot.contract_value_gbp));
        row.push(lot.floor_margin_gbp.map(words::money).unwrap_or_default());
    } else {
        row.push(words::number(lot.volume));
    }
    row.extend([
        words::number(lot.participants),
        words::number(lot.annual_starts),
        format!("{}{pieces}", lot.areas.len()),
        format!("{:.0}", lot.mean_km_to_hub),
    ]);
    row
}

fn goals(answer: &Answer) -> String {
    if answer.stopped == "evaluated" {
        return values(answer);
    }
    let mut table = table(&["goal", "value", "bound", "gap", "proved", "argument"]);
    for goal in &answer.goals {
        let shown = |value: Option<f64>| {
            value
                .map(|v| words::measured(v, &goal.unit))
                .unwrap_or_else(|| "none".into())
        };
        table.add_row([
            headline::goal_name(&goal.name).to_owned(),
            shown(goal.value),
            shown(goal.bound),
            goal.gap.map(words::percent).unwrap_or_else(|| "unknown".into()),
            if goal.proved { "yes".into() } else { "no".into() },
            goal.argument.clone(),
        ]);
    }
    for column in 1..4 {
        align_right(&mut table, column);
    }
    let why = headline::ending(answer);
    if answer.goals.is_empty() {
        why
    } else {
        format!("{}\n{why}{}", trimmed(&table), proofs(answer))
    }
}

/// The sum behind each bound that has a certificate.
fn proofs(answer: &Answer) -> String {
    let certificates = answer.goals.iter().filter_map(|goal| goal.certificate.as_ref());
    certificates
        .map(|certificate| format!("\n{}", wrapped(&sentence(certificate), "")))
        .collect()
}

/// The goals of a design that was given: there is no search and so no bound.
fn values(answer: &Answer) -> String {
    let mut table = table(&["goal", "value"]);
    for goal in &answer.goals {
        let value = goal
            .value
            .map(|value| words::measured(value, &goal.unit))
            .unwrap_or_default();
        table.add_row([headline::goal_name(&goal.name).to_owned(), value]);
    }
    align_right(&mut table, 1);
    format!("{}\n{}", trimmed(&table), headline::ending(answer))
}

fn deals(answer: &Answer) -> String {
    let cut: Vec<String> = answer
        .deals
        .iter()
        .filter(|d| !d.whole)
        .map(|d| wrapped(&format!("- {}", d.words), "  "))
        .collect();
    let whole: Vec<&str> = answer
        .deals
        .iter()
        .filter(|d| d.whole)
        .map(|d| d.deal.as_str())
        .collect();
    let mut lines = Vec::new();
    if !cut.is_empty() {
        let count = words::counted(cut.len() as f64, "deal is", "deals are");
        lines.push(format!("{count} cut by the lots:\n{}", cut.join("\n")));
    }
    if !whole.is_empty() {
        lines.push(wrapped(&format!("Whole in one lot: {}.", words::list(&whole)), ""));
    }
    lines.join("\n")
}

/// Moves shown on a terminal; the JSON and the report have all of them.
const MOVES: usize = 30;

/// What a repair moves, the greatest volumes first.
fn moves(answer: &Answer) -> String {
    let Some(repair) = answer.repair.as_ref().filter(|repair| !repair.moves.is_empty()) else {
        return String::new();
    };
    let mut sorted: Vec<&MoveAnswer> = repair.moves.iter().collect();
    sorted.sort_by(|a, b| b.volume.total_cmp(&a.volume).then_with(|| a.area.cmp(&b.area)));
    let mut table = table(&["area", "from", "to", "people"]);
    let lot = |lot: &Option<String>| lot.as_deref().map_or("no lot".into(), printable);
    for one in sorted.iter().take(MOVES) {
        table.add_row([
            printable(&one.name),
            lot(&one.from),
            lot(&one.to),
            words::number(one.volume),
        ]);
    }
    align_right(&mut table, 3);
    let more = sorted.len().saturating_sub(MOVES);
    let rest = if more > 0 {
        format!("\nand {more} more; --json and --out list all")
    } else {
        String::new()
    };
    format!("{}{rest}", trimmed(&table))
}

/// Double members by the group with which they go.
fn choices(answer: &Answer) -> String {
    let mut by_group: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for choice in &answer.choices {
        by_group.entry(&choice.group).or_default().push(&choice.name);
    }
    if by_group.is_empty() {
        return String::new();
    }
    let line = |(group, names): (&&str, &Vec<&str>)| {
        let go = if names.len() == 1 { "goes" } else { "go" };
        wrapped(&format!("- {} {go} with {group}", words::list(names)), "  ")
    };
    let lines: Vec<String> = by_group.iter().map(line).collect();
    let count = words::counted(
        answer.choices.len() as f64,
        "member of several groups has its place",
        "members of several groups have their place",
    );
    format!("{count}:\n{}", lines.join("\n"))
}

fn violations(answer: &Answer) -> String {
    if answer.violations.is_empty() {
        return String::new();
    }
    let line = |v: &super::ViolationAnswer| wrapped(&format!("- {}: {}", v.rule, v.message), "  ");
    let lines: Vec<String> = answer.violations.iter().map(line).collect();
    format!(
        "{}:\n{}",
        words::counted(lines.len() as f64, "breach of the rules", "breaches of the rules"),
        lines.join("\n")
    )
}

fn findings(answer: &Answer) -> String {
    let count = |severity: &str| answer.findings.iter().filter(|f| f.severity == severity).count() as f64;
    let parts: Vec<String> = [
        ("error", "error", "errors"),
        ("warning", "warning", "warnings"),
        ("note", "note", "notes"),
    ]
    .into_iter()
    .filter(|(severity, ..)| count(severity) > 0.0)
    .map(|(severity, one, many)| words::counted(count(severity), one, many))
    .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("Findings: {}.", words::list(&parts))
    }
}

/// An empty table in the manner of the summary: 100 columns, a line below the header, no other lines between rows.
pub fn table<S: AsRef<str>>(header: &[S]) -> Table {
    let mut table = Table::new();
    let style = UTF8_HORIZONTAL_ONLY
        .row_separator(LineStyle::none())
        .header_separator(LineStyle::none().fill('─').junction('─'));
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .force_no_tty();
    table.set_header(header.iter().map(AsRef::as_ref));
    table
}

/// Sets a column of figures to the right.
pub fn align_right(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// The table without blanks at the ends of lines.
pub fn trimmed(table: &Table) -> String {
    table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Breaks a paragraph at blanks into lines of at most 100 characters, later ones with an indent.
pub fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in printable(text).split_whitespace() {
        let line = lines.len() - 1;
        let long = lines[line].chars().count() + 1 + word.chars().count() > usize::from(WIDTH);
        if long && !lines[line].trim().is_empty() {
            lines.push(format!("{indent}{word}"));
        } else {
            let gap = if lines[line].is_empty() { "" } else { " " };
            lines[line] = format!("{}{gap}{word}", lines[line]);
        }
    }
    lines.join("\n")
}

/// Text with every control character made a blank, so that a name cannot steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FindingAnswer, sample};

    #[test]
    fn the_summary_says_lots_proof_deals_and_findings() {
        let (mut answer, _) = sample::two_lots();
        let help = String::new();
        let finding = FindingAnswer {
            code: "G101".into(),
            severity: "warning".into(),
            subject: "E01".into(),
            message: "An island.".into(),
            help,
        };
        answer.findings.push(finding);
        insta::assert_snapshot!(summary(&answer));
    }

    #[test]
    fn double_members_are_told_by_the_group_they_go_with() {
        let (mut answer, _) = sample::two_lots();
        assert!(!summary(&answer).contains("goes with"));
        answer.choices = vec![
            sample::choice("Lichfield", "North"),
            sample::choice("Tamworth", "North"),
            sample::choice("Lewes", "South"),
        ];
        let text = summary(&answer);
        assert!(text.contains("3 members of several groups have their place:"), "{text}");
        assert!(
            text.contains("- Lichfield and Tamworth go with North\n- Lewes goes with South"),
            "{text}"
        );
    }

    #[test]
    fn a_repair_lists_its_moves() {
        let (mut answer, _) = sample::two_lots();
        answer.repair = Some(sample::repair());
        let text = summary(&answer);
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert!(rows.contains(&vec!["Midby", "1", "2", "250"]), "{text}");
        assert!(rows.contains(&vec!["Midton", "no", "lot", "2", "250"]), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_a_hundred_columns_and_no_name_steers_the_terminal() {
        let (mut answer, _) = sample::two_lots();
        answer.scenario.title = "a very long title ".repeat(20);
        answer.lots[0].name = "\u{1b}[31mred name ".repeat(10);
        answer.deals[0].words = "Midshire is cut among many lots ".repeat(9);
        answer.violations.push(sample::violation("floor", "2"));
        answer.unassigned = vec!["E09".into(); 60];
        let text = summary(&answer);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert!(text.contains("1 breach of the rules:\n- floor: Lot 2 breaks the floor."));
    }
}
