//! The file `stress.html`: one page that opens offline, with tornado, ladder and grid, each with its table.

use maud::{Markup, html};

use super::table::footing;
use super::words::{end, factor, failing, floor_fall, headline, margin_fall, order, plain, subject, with_interval};
use super::{BarAnswer, GridAnswer, Stress, StressLot, TallyAnswer, ladder, tornado};
use crate::report::finance::{ParameterFigure, rate};
use crate::report::html::{self, SheetRow, framed, numbers, sheet};
use crate::report::{Source, words};

const WIDE: f64 = 1000.0;
const NARROW: f64 = 380.0;

/// The stress as one HTML page. Its content security policy allows its own style and nothing else.
pub fn page(stress: &Stress, sources: &[Source]) -> String {
    html::page(
        &format!("{}: stress", stress.scenario.title),
        None,
        &content(stress, sources),
        &html! {},
    )
}

fn content(stress: &Stress, sources: &[Source]) -> Markup {
    html! {
        h1 { (stress.scenario.title) ": what the lots withstand" }
        p class="lead" { (headline(stress)) "." }
        p { "Paid as by " (stress.model_title) ". " (stress.expected_words) " " (stress.floor.words) }
        (html::breaches("The plan breaks rules, and is put under stress all the same", &stress.violations))
        @if !stress.lots.is_empty() {
            section class="lots-section" { h2 id="lots" { "Lots" } p { (stress.random.words) } (lots(stress)) }
            section { h2 id="ladder" { "The order in which lots fail" } p { (order(stress)) } (rungs(stress)) }
            section { h2 id="tornado" { "One at a time" } (one_at_a_time(stress)) }
            section { h2 id="grid" { "Volume and outcomes together" } (grid(&stress.grid, stress.lots.len())) }
            section { h2 id="survivors" { "How many lots stay viable" } (survivors(stress)) }
        }
        section { h2 id="figures" { "The figures of stress" } p { (footing(stress)) } (html::parameters("figures-caption", "Every figure of the stress", &stress.parameters, figure)) }
        (html::provenance(sources, &stress.scenario.inputs, &html! { "Scenario " (stress.scenario.name) ", plan " (stress.plan) ", model " (stress.model) ", " (words::number(stress.random.draws as f64)) " draws, seed " (stress.random.seed) ", lotwright " (stress.version) "." }))
    }
}

fn lots(stress: &Stress) -> Markup {
    let heads = numbers([
        "Value",
        "Margin as expected",
        "Falls to floor",
        "Falls to loss",
        "Volume errs by",
        "Chance of floor",
        "Chance of margin",
        "Chance of both",
    ]);
    let whole = stress.lots.iter().map(|lot| lot.contract_value_gbp).sum();
    let mut sums = vec![html! {}; heads.len()];
    sums[0] = html! { (words::money(whole)) };
    sums[1] = html! { (rate(stress.grid.expected.margin)) };
    sums[7] = html! { (with_interval(&stress.random.all_viable)) };
    sheet(
        "lots-caption",
        "Falls in volume that each lot withstands, and its chances with their sampling error in brackets (Wilson, 95 %)",
        "Lot",
        &heads,
        &stress.lots.iter().map(lot_row).collect::<Vec<_>>(),
        Some(SheetRow {
            name: html! { "All lots" },
            cells: sums,
        }),
    )
}

fn lot_name(lot: &StressLot) -> Markup {
    html! { b { (lot.lot_id) } " " (lot.name) }
}

fn lot_row(lot: &StressLot) -> SheetRow {
    let colour = if lot.viable { "" } else { "tag red" };
    SheetRow {
        name: lot_name(lot),
        cells: vec![
            html! { (words::money(lot.contract_value_gbp)) },
            html! { span class=(colour) { (rate(lot.margin)) } },
            html! { (floor_fall(lot)) },
            html! { (margin_fall(lot)) },
            html! { (rate(lot.volume_sd)) },
            html! { (with_interval(&lot.chance_floor)) },
            html! { (with_interval(&lot.chance_margin)) },
            html! { (with_interval(&lot.chance_viable)) },
        ],
    }
}

fn rungs(stress: &Stress) -> Markup {
    let drawn = ladder::rungs(stress).len();
    html! {
        figure class="chart" {
            (ladder::drawing(stress, "wide", WIDE))
            (ladder::drawing(stress, "narrow", NARROW))
            figcaption {
                "Each line ends where a lot fails as volume falls everywhere alike, all else as expected; the square is the fall to its floor, the dot the fall at which its margin is gone."
                @if drawn < stress.lots.len() { " The " (drawn) " lots that fail first are drawn; the table has all." }
            }
        }
        (ladder_table(stress))
    }
}

fn ladder_table(stress: &Stress) -> Markup {
    let row = |lot: &StressLot| SheetRow {
        name: lot_name(lot),
        cells: [failing(lot.fails_at, &lot.fails_by), floor_fall(lot), margin_fall(lot)]
            .map(|text| html! { (text) })
            .into(),
    };
    let rows: Vec<SheetRow> = in_order(stress).into_iter().map(row).collect();
    sheet(
        "ladder-caption",
        "Lots in the order in which they fail",
        "Lot",
        &numbers(["Fails at a fall of", "To floor", "To loss"]),
        &rows,
        None,
    )
}

/// Lots by when they fail; those that never do come last.
fn in_order(stress: &Stress) -> Vec<&StressLot> {
    let mut lots: Vec<&StressLot> = stress.lots.iter().collect();
    let fails = |lot: &StressLot| lot.fails_at.unwrap_or(f64::INFINITY);
    lots.sort_by(|a, b| fails(a).total_cmp(&fails(b)));
    lots
}

fn one_at_a_time(stress: &Stress) -> Markup {
    html! {
        figure class="chart" {
            (tornado::drawing(stress, "wide", WIDE))
            (tornado::drawing(stress, "narrow", NARROW))
            figcaption { "What the surplus of all lots becomes when one thing goes otherwise than expected and all else stays." }
        }
        (tornado_table(stress))
        h3 id="lot-by-lot" { "Lot by lot" }
        (lot_by_lot(stress))
    }
}

fn tornado_table(stress: &Stress) -> Markup {
    let mut heads = numbers(["At", "Surplus", "Margin", "At floor", "With margin", "Viable"]);
    heads.push(("Standing and source".into(), false));
    let mut rows = vec![SheetRow {
        name: html! { "As expected" },
        cells: std::iter::once(html! {}).chain(tally(&stress.grid.expected)).collect(),
    }];
    for bar in &stress.tornado {
        for (name, it) in [("low", &bar.low), ("high", &bar.high)] {
            let mut cells = vec![html! { (end(bar, it)) }];
            cells.extend(tally(&it.plan));
            cells.push(html! { (html::standing(&it.status)) " " (it.source) });
            rows.push(SheetRow {
                name: html! { (subject(bar)) ", " (name) },
                cells,
            });
        }
    }
    let caption = "Surplus of all lots and number of viable ones, one shock at a time";
    sheet("tornado-caption", caption, "What", &heads, &rows, None)
}

fn tally(it: &TallyAnswer) -> [Markup; 5] {
    [
        words::money(it.surplus_gbp),
        rate(it.margin),
        it.lots_at_floor.to_string(),
        it.lots_with_margin.to_string(),
        it.viable_lots.to_string(),
    ]
    .map(|text| html! { (text) })
}

/// The surplus of every lot at each end of the tornado.
fn lot_by_lot(stress: &Stress) -> Markup {
    let ends = stress
        .tornado
        .iter()
        .flat_map(|bar| [&bar.low, &bar.high].map(|it| format!("{} {}", subject(bar), end(bar, it))));
    let heads = numbers(std::iter::once("As expected".to_string()).chain(ends));
    let cell =
        |gbp: f64, viable: bool| html! { span class=(if viable { "" } else { "tag red" }) { (words::money(gbp)) } };
    let row = |lot: &StressLot| {
        let of = |bar: &BarAnswer| lot.sensitivities.iter().find(|it| it.what == bar.what);
        let ends = stress.tornado.iter().filter_map(of).flat_map(|it| [it.low, it.high]);
        SheetRow {
            name: lot_name(lot),
            cells: std::iter::once(cell(lot.surplus_gbp, lot.viable))
                .chain(ends.map(|it| cell(it.surplus_gbp, it.viable)))
                .collect(),
        }
    };
    let rows: Vec<SheetRow> = stress.lots.iter().map(row).collect();
    let caption = "Surplus of each lot, one shock at a time; red where it misses its floor or has no margin";
    sheet("by-lot-caption", caption, "Lot", &heads, &rows, None)
}

/// The grid is its own table; the shade says the same as the number in it.
fn grid(grid: &GridAnswer, lots: usize) -> Markup {
    framed(
        "grid-caption",
        &format!(
            "Viable lots of {lots} by volume (across) and outcome rates (down), as parts of what was planned; below, the margin of all lots in %. The darker, the more"
        ),
        html! {
            thead { tr {
                th scope="col" { "Outcome rates" }
                @for volume in &grid.volumes { th scope="col" class="n" { (factor(*volume)) } }
            } }
            tbody {
                @for (performance, cells) in grid.performances.iter().zip(&grid.cells) {
                    tr {
                        th scope="row" { (factor(*performance)) }
                        @for cell in cells {
                            td class={ "n heat-" (shade(cell.viable_lots, lots)) } { b { (cell.viable_lots) } br; (plain(&rate(cell.margin))) span class="unit" { " %" } }
                        }
                    }
                }
            }
        },
    )
}

/// One of six shades, none and all kept for themselves.
fn shade(count: usize, all: usize) -> usize {
    match count {
        0 => 0,
        count if count == all => 5,
        count => 1 + 4 * count / (all + 1),
    }
}

fn survivors(stress: &Stress) -> Markup {
    let random = &stress.random;
    let counted = random
        .draws_by_viable_lots
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, draws)| **draws > 0);
    html! {
        p {
            (format!("{:.2} lots are to be expected (standard error {:.2}); ", random.viable_lots, random.viable_lots_error))
            "in half of the draws no more than " (random.viable_lots_p50) " stay viable, in one of ten no more than " (random.viable_lots_p10) "."
        }
        (framed("survivors-caption", "Draws by the number of lots that stay viable", html! {
            thead { tr { th scope="col" class="n" { "Viable lots" } th scope="col" class="n" { "Draws" } th scope="col" class="n" { "Part of all" } } }
            tbody {
                @for (lots, draws) in counted {
                    tr { th scope="row" class="n" { (lots) } td class="n" { (words::number(*draws as f64)) } td class="n" { (rate(*draws as f64 / random.draws.max(1) as f64)) } }
                }
            }
        }))
    }
}

fn figure(value: &ParameterFigure) -> String {
    match value {
        ParameterFigure::Number(number) => words::decimal(*number).replace('-', "−"),
        ParameterFigure::Curve(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_picture_has_its_table_and_the_page_asks_for_nothing() {
        let page = page(&sample::stress(), &[]);
        assert_eq!(page.matches("<h1>").count(), 1);
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<th ").count(), page.matches(" scope=").count());
        assert_eq!(page.matches("class=\"chart\"").count(), 2);
        assert_eq!(page.matches("role=\"img\" aria-label=").count(), 4);
        for caption in ["ladder-caption", "tornado-caption", "grid-caption"] {
            assert!(page.contains(&format!("id=\"{caption}\"")), "{caption}");
        }
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
    fn every_lot_has_its_surplus_at_both_ends_of_every_bar() {
        let page = page(&sample::stress(), &[]);
        let table = page
            .split("id=\"by-lot-caption\"")
            .nth(1)
            .and_then(|rest| rest.split("</table>").next());
        let table = table.unwrap();
        // Two lots, and for each the expected and two ends of two bars.
        assert_eq!(table.matches("<td").count(), 2 * (1 + 2 * 2));
        assert_eq!(table.matches(">−£400,000<").count(), 4);
        assert!(table.contains("Payment delay 3 months"), "{table}");
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut stress = sample::stress();
        stress.scenario.title = "<script>alert(1)</script>".into();
        stress.lots[0].lot_id = "\"><img src=x>".into();
        stress.parameters[0].source = "<b>".into();
        let page = page(&stress, &[]);
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b><"));
    }

    #[test]
    fn none_and_all_have_shades_of_their_own() {
        assert_eq!((shade(0, 38), shade(38, 38)), (0, 5));
        assert!((1..38).all(|count| (1..5).contains(&shade(count, 38))));
        assert!(shade(30, 38) > shade(10, 38));
    }
}
