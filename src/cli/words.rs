//! Answers as people read them on a terminal: comparison, check, inspection.

use std::fmt::Write;

use super::datasets;
use crate::app::text::{align_right, table, trimmed};
use crate::app::words::{count, list, money, people, percent};
use crate::app::{
    Answer, Check, Comparison, Finding, FindingAnswer, Inspection, JoinAnswer, JoinRowAnswer, Move, Pence, Told,
    Volume, goal_name, measured, shortened,
};

/// Moves shown on a terminal; the JSON and the files have all of them.
const MOVES_SHOWN: usize = 30;

/// Designs side by side, then every move.
pub fn comparison(comparison: &Comparison) -> String {
    let mut text = String::new();
    let heads: Vec<String> = std::iter::once(String::new())
        .chain(comparison.files.iter().cloned())
        .collect();
    let mut table = table(&heads);
    (1..heads.len()).for_each(|column| align_right(&mut table, column));
    for (label, figure) in figures() {
        let row = comparison.plans.iter().map(figure);
        table.add_row(std::iter::once(label.to_string()).chain(row));
    }
    for (k, goal) in comparison.plans[0].goals.iter().enumerate().skip(1) {
        let value = |plan: &Answer| {
            plan.goals[k]
                .value
                .map_or_else(String::new, |value| measured(value, &goal.unit))
        };
        let row = comparison.plans.iter().map(value);
        table.add_row(std::iter::once(goal_name(&goal.name).to_string()).chain(row));
    }
    let _ = writeln!(text, "{}", trimmed(&table));
    for plan in 1..comparison.plans.len() {
        let moves: Vec<&Move> = comparison.moves.iter().filter(|one| one.plan == plan).collect();
        let volume: f64 = moves.iter().map(|one| one.volume).sum();
        let value: f64 = moves.iter().map(|one| one.contract_value_gbp).sum();
        let money = comparison.plans[plan].lets_money();
        let value = match money {
            true => format!(", {}", shown_money(value)),
            false => String::new(),
        };
        let areas = count(moves.len(), "area moves", "areas move");
        let heading = format!(
            "{} against {}: {areas}, {} people{value}",
            comparison.files[plan],
            comparison.files[0],
            shown_people(volume),
        );
        let _ = writeln!(text, "\n{heading}");
        let _ = write!(text, "{}", move_table(&moves, money));
    }
    text
}

type Figure = fn(&Answer) -> String;

fn figures() -> [(&'static str, Figure); 7] {
    [
        ("lots", |a| a.lots.len().to_string()),
        ("smallest lot", |a| {
            let least = sizes(a).first().copied();
            least.map_or_else(String::new, |size| a.worth_words(size))
        }),
        ("median lot", |a| {
            median(&sizes(a)).map_or_else(String::new, |size| a.worth_words(size))
        }),
        ("largest lot", |a| {
            let most = sizes(a).last().copied();
            most.map_or_else(String::new, |size| a.worth_words(size))
        }),
        ("deals cut", |a| {
            format!("{} of {}", a.deals.iter().filter(|d| !d.whole).count(), a.deals.len())
        }),
        ("breaches", |a| a.violations.len().to_string()),
        ("areas in no lot", |a| a.unassigned.len().to_string()),
    ]
}

/// Sizes of the lots, the least first: contract values, or people where no money is let.
fn sizes(answer: &Answer) -> Vec<f64> {
    let mut sizes: Vec<f64> = answer.lots.iter().map(|lot| answer.size(lot)).collect();
    sizes.sort_by(f64::total_cmp);
    sizes
}

fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    (n > 0).then(|| f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]))
}

fn move_table(moves: &[&Move], money: bool) -> String {
    let columns = ["area", "from", "to", "people", "value"];
    let columns = &columns[..if money { 5 } else { 4 }];
    let mut table = table(columns);
    for one in moves.iter().take(MOVES_SHOWN) {
        let lot = |lot: &Option<String>| lot.clone().unwrap_or_else(|| "no lot".into());
        let row = [
            one.area_name.clone(),
            lot(&one.from),
            lot(&one.to),
            shown_people(one.volume),
            shown_money(one.contract_value_gbp),
        ];
        table.add_row(row.into_iter().take(columns.len()));
    }
    (3..columns.len()).for_each(|column| align_right(&mut table, column));
    let more = moves.len().saturating_sub(MOVES_SHOWN);
    let rest = if more > 0 {
        format!("and {more} more; --json and --out list all\n")
    } else {
        String::new()
    };
    if moves.is_empty() {
        String::new()
    } else {
        format!("{}\n{rest}", trimmed(&table))
    }
}

/// What the judge says of a plan, and of the proofs of the bounds where an answer was given.
pub fn check(check: &Check) -> String {
    let mut text = rules(check).trim_end().to_string();
    for one in &check.certificates {
        let verdict = match (&one.kind, one.holds) {
            (None, Some(false)) => "the bound is false".to_string(),
            (None, _) => "no certificate".to_string(),
            (Some(kind), Some(true)) => format!("the certificate by {} holds", kind.replace('_', " ")),
            (Some(kind), Some(false)) => format!("the certificate by {} does not hold", kind.replace('_', " ")),
            (Some(kind), None) => format!(
                "the certificate by {} is not verified within the budget",
                kind.replace('_', " ")
            ),
        };
        let _ = write!(text, "\n  {}: {verdict}: {}", goal_name(&one.goal), one.message);
    }
    for claim in check.false_claims() {
        let _ = write!(text, "\n  {} {}: {}", claim.code, claim.subject, claim.message);
    }
    text
}

fn rules(check: &Check) -> String {
    if check.violations.is_empty() {
        return format!(
            "{} obeys every rule of {}: {}",
            check.plan,
            check.scenario.name,
            count(check.lots, "lot", "lots")
        );
    }
    let mut text = format!(
        "{} has {} of {}:\n",
        check.plan,
        count(check.violations.len(), "breach of the rules", "breaches of the rules"),
        check.scenario.name
    );
    for violation in &check.violations {
        let _ = writeln!(text, "  {}: {}", violation.rule, violation.message);
    }
    text
}

/// The data as read.
pub fn inspection(seen: &Inspection) -> String {
    let mut text = format!("{} ({})\n", seen.title, seen.name);
    let mut line = |label: &str, value: String| {
        let _ = writeln!(text, "  {label:<14} {value}");
    };
    line(
        "areas",
        format!(
            "{} with {} people",
            count(seen.areas.len(), "area", "areas"),
            shown_people(seen.totals.volume)
        ),
    );
    line("units", count(seen.units.len(), "unit", "units"));
    let double = seen.units.iter().filter(|unit| !unit.homes.is_empty()).count();
    if double > 0 {
        line(
            "choices",
            count(
                double,
                "area goes with one of its groups",
                "areas go with one of their groups",
            ),
        );
    }
    line(
        "borders",
        format!(
            "{}, {:.0} km",
            count(seen.borders.len(), "common border", "common borders"),
            seen.borders.iter().map(|b| b.metres).sum::<f64>() / 1000.0
        ),
    );
    for words in seen.viability.iter().flat_map(|asked| &asked.words) {
        line("viability", words.clone());
    }
    line("links", count(seen.links.len(), "link", "links"));
    line(
        "islands",
        if seen.islands.is_empty() {
            "none".into()
        } else {
            list(&names(seen, &seen.islands), 8)
        },
    );
    line("components", components(seen));
    let participants = format!("{} participants", shown_people(seen.totals.participants));
    match seen.totals.contract_value_gbp > 0.0 {
        true => line(
            "envelope",
            format!("{} for {participants}", shown_money(seen.totals.contract_value_gbp)),
        ),
        false => line("envelope", format!("no money is let; {participants}")),
    }
    line(
        "deals",
        format!(
            "{} of the volume lies in co-design deals",
            percent(seen.totals.deal_share)
        ),
    );
    for join in &seen.joins {
        line("joined", format!("{}  {}", join.file, join.words()));
    }
    for input in &seen.inputs {
        line("read", format!("{}  sha256 {}", input.file, &input.sha256[..16]));
    }
    for unit in seen.units.iter().filter(|unit| !unit.homes.is_empty()) {
        let _ = writeln!(text, "choice {}: {}", unit.name, names(seen, &unit.homes).join(" or "));
    }
    text.push_str(&datasets::used(&seen.datasets));
    let told = |finding: &FindingAnswer| {
        let words = finding_text(finding);
        (finding.code.clone(), finding.subject.clone(), words)
    };
    let told: Vec<Told> = seen.findings.iter().map(told).collect();
    shortened(&told).iter().for_each(|words| {
        let _ = writeln!(text, "{words}");
    });
    text
}

/// Findings in words, with those of the same code about the same file cut short: one wrong column would tell hundreds of lines.
pub fn findings(all: &[&Finding]) -> Vec<String> {
    let told: Vec<Told> = all
        .iter()
        .map(|finding| (finding.code.to_string(), finding.subject.clone(), finding.to_string()))
        .collect();
    shortened(&told)
}

/// How many rows of a table that does not join are shown; `--json` has all of them.
const ROWS_SHOWN: usize = 12;

/// What became of the rows of tables that do not join with the areas.
pub fn unjoined(joins: &[JoinAnswer]) -> String {
    let mut text = String::new();
    for join in joins {
        let _ = write!(text, "\njoined {}: {}", join.file, join.words());
        let astray = |row: &&JoinRowAnswer| ["extra", "duplicated", "ambiguous"].contains(&row.outcome.as_str());
        let rows: Vec<&JoinRowAnswer> = join.rows.iter().filter(astray).collect();
        for row in rows.iter().take(ROWS_SHOWN) {
            let key = if row.code.is_empty() { &row.name } else { &row.code };
            let how = if row.how.is_empty() {
                String::new()
            } else {
                format!(", {}", row.how)
            };
            let _ = write!(text, "\n  line {} {key}: {}{how}", row.line, row.outcome);
        }
        if rows.len() > ROWS_SHOWN {
            let _ = write!(text, "\n  and {} more; --json has every row", rows.len() - ROWS_SHOWN);
        }
        if !join.missing.is_empty() {
            let _ = write!(text, "\n  without a row: {}", list(&join.missing, ROWS_SHOWN));
        }
    }
    text
}

fn components(seen: &Inspection) -> String {
    match seen.components.as_slice() {
        [_] => "one: every unit can be reached from every other".into(),
        parts => {
            let words: Vec<String> = parts.iter().map(|part| list(&names(seen, part), 2)).collect();
            format!("{}: {}", parts.len(), words.join("; "))
        }
    }
}

fn names<'a>(seen: &'a Inspection, ids: &[String]) -> Vec<&'a str> {
    let name = |id: &String| {
        seen.units
            .iter()
            .find(|unit| unit.id == *id)
            .map(|unit| unit.name.as_str())
    };
    ids.iter().filter_map(name).collect()
}

/// A finding with its next step.
pub fn finding_text(finding: &FindingAnswer) -> String {
    let help = if finding.help.is_empty() {
        String::new()
    } else {
        format!("\n  help: {}", finding.help)
    };
    format!(
        "{} {} {}: {}{help}",
        finding.severity, finding.code, finding.subject, finding.message
    )
}

fn shown_money(pounds: f64) -> String {
    money(Pence((pounds * 100.0).round() as i64))
}

fn shown_people(number: f64) -> String {
    people(Volume((number * 1000.0).round() as i64))
}
