//! The file `finance.html`: one page that opens offline, with the cash curve of each lot beside its table.

use maud::{Markup, html};

use super::table::{footing, headline};
use super::words::{break_even_words, low, month};
use super::{Finance, FinanceLot, ParameterFigure, PrimeAnswer, PublishedAnswer, curve, rate};
use crate::report::frontier::plot::Size;
use crate::report::html::{self, SheetRow, framed, numbers, sheet};
use crate::report::{Source, words};

const WIDE: Size = Size {
    width: 520.0,
    height: 250.0,
};
const NARROW: Size = Size {
    width: 380.0,
    height: 230.0,
};

/// The finance as one HTML page. Its content security policy allows its own style and nothing else.
pub fn page(finance: &Finance, sources: &[Source]) -> String {
    html::page(
        &format!("{}: money", finance.scenario.title),
        None,
        &content(finance, sources),
        &html! {},
    )
}

fn content(finance: &Finance, sources: &[Source]) -> Markup {
    html! {
        h1 { (finance.scenario.title) ": what the lots earn, cost and owe" }
        p class="lead" { (headline(finance)) "." }
        (html::breaches("The plan breaks rules, and is valued all the same", &finance.violations))
        @if !finance.lots.is_empty() {
            section class="lots-section" { h2 id="lots" { "Lots" } (lots(finance)) }
        }
        section { h2 id="floor" { "The derived floor" } p { (finance.derived.words) } (below(finance)) }
        @if !finance.lots.is_empty() {
            section { h2 id="primes" { "One prime, two or three" } (primes(finance)) }
            section {
                h2 id="cash" { "Cash" }
                p { "Cash at the end of each month, interest paid. Month 0 is the time before the first start. The dot is the trough; the tick on the line of zero is the month from which cash stays above it." }
                div class="charts" { @for (k, lot) in finance.lots.iter().enumerate() { (cash(k, lot)) } }
            }
        }
        @if !finance.wider.is_empty() {
            section { h2 id="wider" { "Wider sums" } ul { @for sum in &finance.wider { li { (sum.words) } } } }
        }
        @if !finance.published.is_empty() {
            section { h2 id="published" { "Published sums, worked out again" } (published(finance)) }
        }
        section { h2 id="model" { "The funding model" } p { (finance.model.source) ". " (footing(finance)) } (html::parameters("model-caption", "Every figure of the model", &finance.model.parameters, figure)) }
        (html::provenance(sources, &finance.scenario.inputs, &html! { "Scenario " (finance.scenario.name) ", plan " (finance.plan) ", model " (finance.model.name) ", lotwright " (finance.version) "." }))
    }
}

fn lots(finance: &Finance) -> Markup {
    let heads = numbers([
        "Value",
        "Income",
        "Cost",
        "Interest",
        "Profit",
        "Margin",
        "Lowest cash",
        "Above zero from",
        "Breaks at a fall of",
        "Advisers",
        "Outcomes",
    ]);
    sheet(
        "lots-caption",
        "Money of each lot over the contract; profit is before interest, the margin after it; the fall is that of volume at which the margin is gone",
        "Lot",
        &heads,
        &finance.lots.iter().map(lot_row).collect::<Vec<_>>(),
        Some(total_row(finance)),
    )
}

fn lot_name(lot: &FinanceLot) -> Markup {
    html! { b { (lot.lot_id) } " " (lot.name) }
}

fn lot_row(lot: &FinanceLot) -> SheetRow {
    let colour = if lot.break_even == "loses" { "tag red" } else { "" };
    SheetRow {
        name: lot_name(lot),
        cells: vec![
            html! { (words::money(lot.contract_value_gbp)) },
            html! { (words::money(lot.income_gbp)) },
            html! { (words::money(lot.cost_gbp)) },
            html! { (words::money(lot.finance_gbp)) },
            html! { (words::money(lot.profit_gbp)) },
            html! { (rate(lot.margin)) },
            html! { (low(lot)) },
            html! { (month(lot.break_even_month)) },
            html! { span class=(colour) { (break_even_words(lot)) } },
            html! { (words::number(lot.advisers)) },
            html! { (words::number(lot.outcomes)) },
        ],
    }
}

fn total_row(finance: &Finance) -> SheetRow {
    let totals = &finance.totals;
    let sums = [
        totals.contract_value_gbp,
        totals.income_gbp,
        totals.cost_gbp,
        totals.finance_gbp,
        totals.profit_gbp,
    ];
    let margin = if totals.income_gbp > 0.0 {
        totals.surplus_gbp / totals.income_gbp
    } else {
        0.0
    };
    let mut cells: Vec<Markup> = sums.iter().map(|sum| html! { (words::money(*sum)) }).collect();
    cells.extend([
        html! { (rate(margin)) },
        html! { (words::money(totals.cash_low_gbp)) },
        html! {},
        html! {},
        html! { (words::number(totals.advisers)) },
        html! { (words::number(totals.outcomes)) },
    ]);
    SheetRow {
        name: html! { "All lots" },
        cells,
    }
}

fn below(finance: &Finance) -> Markup {
    let lots = &finance.derived.lots_below;
    html! {
        @if !lots.is_empty() && finance.derived.contract_value_gbp.is_some() {
            p { (words::counted(lots.len() as f64, "lot is", "lots are")) " below it: " (words::list(lots)) "." }
        }
    }
}

fn primes(finance: &Finance) -> Markup {
    let counts = finance.lots.first().map_or(&[][..], |lot| &lot.primes);
    let heads = counts
        .iter()
        .map(|count| words::counted(count.primes as f64, "prime", "primes"));
    let cell = |prime: &PrimeAnswer| html! { (rate(prime.margin)) @if prime.primes > 1 { " (" (words::money(prime.extra_cost_gbp)) ")" } };
    let row = |lot: &FinanceLot| SheetRow {
        name: lot_name(lot),
        cells: lot.primes.iter().map(cell).collect(),
    };
    sheet(
        "primes-caption",
        "Margin of each prime where a lot is let to one, or shared equally, each with fixed costs and a set-up of its own; in brackets, what the lot costs beyond one prime",
        "Lot",
        &numbers(heads),
        &finance.lots.iter().map(row).collect::<Vec<_>>(),
        None,
    )
}

/// Published figures beside the sums that give them.
fn published(finance: &Finance) -> Markup {
    let shown = |it: &PublishedAnswer, value: f64| match it.unit.as_str() {
        "people" => words::number(value),
        "pounds a participant" => words::money(value),
        _ => words::percent(value),
    };
    let row = |it: &PublishedAnswer| {
        let below = if it.given == "below" { "less than " } else { "" };
        SheetRow {
            name: html! { (it.figures) },
            cells: vec![
                html! { (shown(it, it.exact)) },
                html! { (below) (shown(it, it.published)) },
                html! { (it.reason) },
            ],
        }
    };
    let heads = [
        ("Sum", true),
        ("Published", true),
        ("Why the two differ, or do not", false),
    ];
    sheet(
        "published-caption",
        "Published figures beside the sums that give them: Learning and Work Institute, disability employment policy report, 2016, whose numbers of people are rounded to 5,000",
        "Figures",
        &heads.map(|(head, number)| (head.to_string(), number)),
        &finance.published.iter().map(row).collect::<Vec<_>>(),
        None,
    )
}

/// The curve of a lot, and its figures at the end of each contract year and at the trough.
fn cash(k: usize, lot: &FinanceLot) -> Markup {
    let id = format!("cash-{k}");
    let shown = lot
        .months
        .iter()
        .filter(|it| it.month.is_multiple_of(12) || it.month == lot.cash_low_month || it.month + 1 == lot.months.len());
    html! {
        figure class="chart" {
            figcaption { b { "Lot " (lot.lot_id) } ", " (lot.name) }
            (curve::drawing(lot, "wide", WIDE))
            (curve::drawing(lot, "narrow", NARROW))
            (framed(&id, &format!("Cash of lot {} at the end of each contract year, at its lowest and at the end", lot.lot_id), html! {
                thead { tr {
                    th scope="col" class="n" { "Month" }
                    th scope="col" class="n" { "Income of the month" }
                    th scope="col" class="n" { "Cost of the month" }
                    th scope="col" class="n" { "Cash" }
                } }
                tbody {
                    @for it in shown {
                        tr {
                            th scope="row" class="n" { (it.month) @if it.month == lot.cash_low_month { " (lowest)" } }
                            td class="n" { (words::money(it.income_gbp.round())) }
                            td class="n" { (words::money(it.cost_gbp.round())) }
                            td class="n" { (words::money(it.cash_gbp.round())) }
                        }
                    }
                }
            }))
        }
    }
}

fn figure(value: &ParameterFigure) -> String {
    match value {
        ParameterFigure::Number(number) => words::decimal(*number),
        ParameterFigure::Curve(points) => {
            let point = |(month, part): &(f64, f64)| format!("{}: {}", words::decimal(*month), rate(*part));
            points.iter().map(point).collect::<Vec<_>>().join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_picture_has_its_table_and_the_page_asks_for_nothing() {
        let page = page(&sample::finance(), &[]);
        assert_eq!(page.matches("<h1>").count(), 1);
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<th ").count(), page.matches(" scope=").count());
        assert_eq!(page.matches("class=\"chart\"").count(), 2);
        assert_eq!(page.matches("id=\"cash-").count(), 2);
        let row = "83,333</td><td role=\"cell\" class=\"n\" data-h=\"Published\">85,000</td>";
        assert!(page.contains(row), "{page}");
        for load in [
            "src=",
            "http://",
            "https://",
            "@import",
            "<link",
            "<script",
            " style=\"",
        ] {
            assert!(!page.contains(load), "{load}");
        }
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut finance = sample::finance();
        finance.scenario.title = "<script>alert(1)</script>".into();
        finance.lots[0].lot_id = "\"><img src=x>".into();
        finance.model.parameters[0].source = "<b>".into();
        let page = page(&finance, &[]);
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b><"));
    }
}
