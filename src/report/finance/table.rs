//! The tables of a finance: on a terminal, and as comma-separated values.

use super::words::{break_even_words, millions, rate};
use super::{Finance, FinanceLot};
use crate::report::csv_text::written;
use crate::report::text::{align_right, table, trimmed, wrapped};
use crate::report::{ReportError, words};

/// Characters that a label of a lot may take, so that a row fits one line.
const LABEL: usize = 12;

/// The answer in words and tables, at most 100 columns wide and without colour.
pub fn summary(finance: &Finance) -> String {
    let mut parts = vec![opening(finance)];
    if !finance.lots.is_empty() {
        parts.push(lots(finance));
    }
    parts.push(wrapped(&finance.derived.words, ""));
    parts.push(wider(finance));
    parts.push(violations(finance));
    parts.push(wrapped(&footing(finance), ""));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// What was valued, and what comes out over all lots.
pub(super) fn headline(finance: &Finance) -> String {
    let lots = words::counted(finance.lots.len() as f64, "lot", "lots");
    let margins = finance.lots.iter().map(|lot| lot.margin);
    let (low, high) = margins.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), m| {
        (low.min(m), high.max(m))
    });
    let losing = finance.lots.iter().filter(|lot| lot.break_even == "loses").count() as f64;
    let losing = match losing {
        0.0 => "every lot has a margin".to_string(),
        some => format!("{} money", words::counted(some, "lot loses", "lots lose")),
    };
    if finance.lots.is_empty() {
        return format!("No lots to value under {}", finance.model.title);
    }
    format!(
        "{lots} paid as by {}: margins from {} to {}, and {losing}",
        finance.model.title,
        rate(low),
        rate(high)
    )
}

fn opening(finance: &Finance) -> String {
    let totals = &finance.totals;
    let sums = format!(
        "Income {}, costs {}, interest {}. Providers bring {} at the lowest point of each lot, and {} advisers.",
        words::money(totals.income_gbp),
        words::money(totals.cost_gbp),
        words::money(totals.finance_gbp),
        words::money(-totals.cash_low_gbp),
        words::number(totals.advisers)
    );
    format!("{}\n{}", wrapped(&headline(finance), ""), wrapped(&sums, ""))
}

fn lots(finance: &Finance) -> String {
    let mut rows = table(&[
        "lot", "value", "income", "cost", "profit", "margin", "lowest", "month", "even", "breaks", "staff",
    ]);
    for lot in &finance.lots {
        rows.add_row(row(lot));
    }
    (1..11).for_each(|column| align_right(&mut rows, column));
    let key = "Profit is before interest, the margin after it. Lowest cash, and its month; even: month from which cash stays at zero or above; breaks: fall in volume at which the margin is gone; staff: most advisers at a time.";
    format!("{}\n{}", trimmed(&rows), wrapped(key, ""))
}

fn row(lot: &FinanceLot) -> [String; 11] {
    [
        words::shortened(&lot.lot_id, LABEL),
        millions(lot.contract_value_gbp, 1),
        millions(lot.income_gbp, 1),
        millions(lot.cost_gbp, 1),
        millions(lot.profit_gbp, 2),
        rate(lot.margin),
        millions(lot.cash_low_gbp, 2),
        lot.cash_low_month.to_string(),
        lot.break_even_month
            .map_or_else(|| "never".into(), |month| month.to_string()),
        break_even_words(lot),
        words::number(lot.advisers),
    ]
}

fn wider(finance: &Finance) -> String {
    let lines = finance
        .wider
        .iter()
        .map(|sum| wrapped(&format!("- {}", sum.words), "  "));
    lines.collect::<Vec<_>>().join("\n")
}

fn violations(finance: &Finance) -> String {
    if finance.violations.is_empty() {
        return String::new();
    }
    let breaches = words::counted(
        finance.violations.len() as f64,
        "breach of the rules",
        "breaches of the rules",
    );
    let lines: Vec<String> = finance
        .violations
        .iter()
        .map(|v| wrapped(&format!("- {}: {}", v.rule, v.message), "  "))
        .collect();
    format!("The plan is valued in spite of {breaches}:\n{}", lines.join("\n"))
}

/// How many figures are published.
pub(super) fn footing(finance: &Finance) -> String {
    let parameters = &finance.model.parameters;
    let assumed = parameters.iter().filter(|it| it.status == "assumed").count();
    format!(
        "Model {}: {} of its {} figures are assumed; --json and --out list each with its source.",
        finance.model.name,
        assumed,
        parameters.len()
    )
}

const LOT_COLUMNS: [&str; 21] = [
    "lot_id",
    "name",
    "contract_value_gbp",
    "participants",
    "income_gbp",
    "cost_gbp",
    "finance_gbp",
    "profit_gbp",
    "surplus_gbp",
    "margin",
    "cash_low_gbp",
    "cash_low_month",
    "break_even_month",
    "payback_months",
    "break_even_volume_fall",
    "break_even",
    "advisers",
    "outcomes",
    "meets_derived_floor",
    "esf_gbp",
    "margin_of_two_primes",
];

/// One row a lot, numbers plain, what is not known blank.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn lots_csv(finance: &Finance) -> Result<String, ReportError> {
    written(&LOT_COLUMNS, finance.lots.iter().map(lot_cells))
}

fn lot_cells(lot: &FinanceLot) -> Vec<String> {
    let two = lot.primes.iter().find(|prime| prime.primes == 2);
    vec![
        lot.lot_id.clone(),
        lot.name.clone(),
        lot.contract_value_gbp.to_string(),
        lot.participants.to_string(),
        lot.income_gbp.to_string(),
        lot.cost_gbp.to_string(),
        lot.finance_gbp.to_string(),
        lot.profit_gbp.to_string(),
        lot.surplus_gbp.to_string(),
        lot.margin.to_string(),
        lot.cash_low_gbp.to_string(),
        lot.cash_low_month.to_string(),
        optional(lot.break_even_month),
        optional(lot.payback_months),
        optional(lot.break_even_volume_fall),
        lot.break_even.clone(),
        lot.advisers.to_string(),
        lot.outcomes.to_string(),
        optional(lot.meets_derived_floor),
        optional(lot.esf_gbp),
        optional(two.map(|prime| prime.margin)),
    ]
}

fn optional(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

const MONTH_COLUMNS: [&str; 10] = [
    "lot_id",
    "month",
    "starts",
    "on_programme",
    "advisers",
    "outcomes",
    "income_gbp",
    "cost_gbp",
    "finance_gbp",
    "cash_gbp",
];

/// One row a lot and month.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn months_csv(finance: &Finance) -> Result<String, ReportError> {
    let rows = finance.lots.iter().flat_map(|lot| {
        lot.months.iter().map(|month| {
            let figures = [
                month.starts,
                month.on_programme,
                month.advisers,
                month.outcomes,
                month.income_gbp,
                month.cost_gbp,
                month.finance_gbp,
                month.cash_gbp,
            ];
            let labels = [lot.lot_id.clone(), month.month.to_string()];
            labels
                .into_iter()
                .chain(figures.map(|figure| figure.to_string()))
                .collect::<Vec<_>>()
        })
    });
    written(&MONTH_COLUMNS, rows)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_summary_tells_margin_trough_and_break_even_of_each_lot() {
        let text = summary(&sample::finance());
        for words in [
            "paid as by A model",
            "5.0 %",
            "−£0.90m",
            "loses",
            "−12.0 %",
            "never",
            "1 lot loses money",
        ] {
            assert!(text.contains(words), "{words} is not in:\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }

    #[test]
    fn the_tables_have_a_row_a_lot_and_a_row_a_month() {
        let finance = sample::finance();
        let (lots, months) = (lots_csv(&finance).unwrap(), months_csv(&finance).unwrap());
        assert_eq!(lots.lines().count(), 3);
        assert_eq!(months.lines().count(), 1 + 2 * 3);
        assert!(months.contains("\n2,1,"), "{months}");
    }
}
