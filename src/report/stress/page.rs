//! The file `stress.html`: one page that opens offline, with tornado, ladder and grid, each with its table.

use maud::{Markup, html};

use super::table::footing;
use super::words::{end, factor, failing, floor_fall, headline, margin_fall, order, subject, with_interval};
use super::{GridAnswer, Stress, StressLot, TallyAnswer, ladder, tornado};
use crate::report::finance::{ParameterFigure, rate};
use crate::report::html::{self, framed};
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
        section { h2 id="figures" { "The figures of stress" } p { (footing(stress)) } (parameters(stress)) }
        (html::provenance(sources, &stress.scenario.inputs, &html! { "Scenario " (stress.scenario.name) ", plan " (stress.plan) ", model " (stress.model) ", " (words::number(stress.random.draws as f64)) " draws, seed " (stress.random.seed) ", lotwright " (stress.version) "." }))
    }
}

fn lots(stress: &Stress) -> Markup {
    let heads = [
        "Value",
        "Margin as expected",
        "Falls to floor",
        "Falls to loss",
        "Volume errs by",
        "Chance of floor",
        "Chance of margin",
        "Chance of both",
    ];
    framed(
        "lots-caption",
        "Falls in volume that each lot withstands, and its chances with their sampling error in brackets (Wilson, 95 %)",
        html! {
            thead { tr {
                th scope="col" { "Lot" }
                @for head in heads { th scope="col" class="n" { (head) } }
            } }
            tbody { @for lot in &stress.lots { (lot_row(lot)) } }
            tfoot { tr {
                th scope="row" { "All lots" }
                td class="n" { (words::money(stress.lots.iter().map(|lot| lot.contract_value_gbp).sum())) }
                td class="n" { (rate(stress.grid.expected.margin)) }
                td {} td {} td {} td {} td {}
                td class="n" { (with_interval(&stress.random.all_viable)) }
            } }
        },
    )
}

fn lot_row(lot: &StressLot) -> Markup {
    let colour = if lot.viable { "" } else { "tag red" };
    html! {
        tr {
            th scope="row" { b { (lot.lot_id) } " " (lot.name) }
            td class="n" { (words::money(lot.contract_value_gbp)) }
            td class="n" { span class=(colour) { (rate(lot.margin)) } }
            td class="n" { (floor_fall(lot)) }
            td class="n" { (margin_fall(lot)) }
            td class="n" { (rate(lot.volume_sd)) }
            td class="n" { (with_interval(&lot.chance_floor)) }
            td class="n" { (with_interval(&lot.chance_margin)) }
            td class="n" { (with_interval(&lot.chance_viable)) }
        }
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
        (framed("ladder-caption", "Lots in the order in which they fail", html! {
            thead { tr { th scope="col" { "Lot" } th scope="col" class="n" { "Fails at a fall of" } th scope="col" class="n" { "To floor" } th scope="col" class="n" { "To loss" } } }
            tbody {
                @for lot in in_order(stress) {
                    tr {
                        th scope="row" { b { (lot.lot_id) } " " (lot.name) }
                        td class="n" { (failing(lot.fails_at, &lot.fails_by)) }
                        td class="n" { (floor_fall(lot)) }
                        td class="n" { (margin_fall(lot)) }
                    }
                }
            }
        }))
    }
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
        (framed("tornado-caption", "Surplus of all lots and number of viable ones, one shock at a time", html! {
            thead { tr {
                th scope="col" { "What" } th scope="col" class="n" { "At" } th scope="col" class="n" { "Surplus" } th scope="col" class="n" { "Margin" }
                th scope="col" class="n" { "At floor" } th scope="col" class="n" { "With margin" } th scope="col" class="n" { "Viable" } th scope="col" class="source" { "Standing and source" }
            } }
            tbody {
                tr { th scope="row" { "As expected" } td {} (tally(&stress.grid.expected)) td {} }
                @for bar in &stress.tornado {
                    @for (name, it) in [("low", &bar.low), ("high", &bar.high)] {
                        tr {
                            th scope="row" { (subject(bar)) ", " (name) }
                            td class="n" { (end(bar, it)) }
                            (tally(&it.plan))
                            td { strong class={ "tag" (if it.status == "published" { " green" } else { "" }) } { (it.status) } " " (it.source) }
                        }
                    }
                }
            }
        }))
    }
}

fn tally(it: &TallyAnswer) -> Markup {
    html! {
        td class="n" { (words::money(it.surplus_gbp)) }
        td class="n" { (rate(it.margin)) }
        td class="n" { (it.lots_at_floor) }
        td class="n" { (it.lots_with_margin) }
        td class="n" { (it.viable_lots) }
    }
}

/// The grid is its own table; the shade says the same as the number in it.
fn grid(grid: &GridAnswer, lots: usize) -> Markup {
    framed(
        "grid-caption",
        &format!(
            "Viable lots of {lots} by volume (across) and outcome rates (down), as parts of what was planned; below, the margin of all lots. The darker, the more"
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
                            td class={ "n heat-" (shade(cell.viable_lots, lots)) } { b { (cell.viable_lots) } br; (rate(cell.margin)) }
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

fn parameters(stress: &Stress) -> Markup {
    framed(
        "figures-caption",
        "Every figure of the stress",
        html! {
            thead { tr {
                th scope="col" { "Figure" } th scope="col" class="n" { "Value" } th scope="col" { "Unit" } th scope="col" { "Standing" } th scope="col" class="source" { "Source, or reason" }
            } }
            tbody {
                @for it in &stress.parameters {
                    tr {
                        th scope="row" { code { (it.key) } }
                        td class="n" { @if let ParameterFigure::Number(number) = &it.value { (words::decimal(*number).replace('-', "−")) } }
                        td { (it.unit) }
                        td { strong class={ "tag" (if it.status == "published" { " green" } else { "" }) } { (it.status) } }
                        td { (it.source) }
                    }
                }
            }
        },
    )
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
