//! The file `frontier.html`: one page that opens offline, with the charts beside the table of points.

use maud::{Markup, html};

use super::plot::Size;
use super::{Frontier, Point, chart, goals, picture, table, words};
use crate::report::html::{self, framed};
use crate::report::svg::layer::tenth;
use crate::report::svg::picture::capital;
use crate::report::{Source, words as figures};

const WIDE: Size = Size {
    width: 1100.0,
    height: 460.0,
};
const NARROW: Size = Size {
    width: 380.0,
    height: 340.0,
};
const SMALL: Size = Size {
    width: 520.0,
    height: 270.0,
};
const SMALL_NARROW: Size = Size {
    width: 380.0,
    height: 250.0,
};

/// The frontier as one HTML page. Its content security policy allows its own style and nothing else.
pub fn page(frontier: &Frontier, sources: &[Source]) -> String {
    html::page(&words::title(frontier), None, &content(frontier, sources), &html! {})
}

fn content(frontier: &Frontier, sources: &[Source]) -> Markup {
    let names = goals::names(frontier);
    html! {
        h1 { (words::title(frontier)) }
        (opening(frontier))
        section {
            figure class="chart" {
                (drawing(frontier, "wide", WIDE, |size| main_chart(frontier, size, "w-")))
                (drawing(frontier, "narrow", NARROW, |size| main_chart(frontier, size, "n-")))
                figcaption { (words::between(frontier)) " The table below has every figure of the chart." }
            }
        }
        section { h2 id="points" { "Point by point" } (points(frontier, &names)) }
        @if !names.is_empty() {
            section {
                h2 id="costs" { "What it costs" }
                p { "Goals behind the number of lots, each given the number of lots and the goals before it. A filled dot is proved; a hollow one is what was found, and the bar from it ends "
                    "where nothing better is possible; without a bar no bound is known." }
                div class="charts" {
                    @for name in &names { (costs(frontier, name)) }
                }
            }
        }
        (baselines(frontier, &names))
        (method(frontier))
        (html::provenance(sources, &frontier.scenario.inputs, &html! { "Scenario " (frontier.scenario.name) ", key " code { (frontier.key) } ", lotwright " (frontier.version) "." }))
    }
}

fn opening(frontier: &Frontier) -> Markup {
    let colour = if frontier.proved() { "green" } else { "yellow" };
    let word = if frontier.proved() { "Proved" } else { "Partly proved" };
    let at =
        |point: Option<&Point>| point.map_or_else(String::new, |point| words::value_words(&frontier.key, point.value));
    html! {
        p class="lead" {
            (words::axis(frontier)) ": from " (at(frontier.points.first())) " to " (at(frontier.points.last())) ", in "
            (figures::counted(frontier.points.len() as f64, "point", "points")) "."
        }
        p class="status" { strong class={ "tag " (colour) } { (word) } " " (words::standing(frontier)) }
    }
}

/// The chart of a goal, drawn for wide and for narrow screens.
fn costs(frontier: &Frontier, name: &str) -> Markup {
    let draw = |size: Size| (goals::chart(frontier, name, size), size.height);
    html! {
        figure class="chart" { (drawing(frontier, "wide", SMALL, draw)) (drawing(frontier, "narrow", SMALL_NARROW, draw)) }
    }
}

/// The chart with its key below it, and their height.
fn main_chart(frontier: &Frontier, size: Size, id: &str) -> (Markup, f64) {
    let (key, end) = chart::key(frontier, size.height + 10.0, size.width, id);
    (html! { (chart::chart(frontier, size, id)) (key) }, end)
}

/// A drawing as wide as its place; what it shows stands in the table, so readers of the screen get its title and sentences only.
fn drawing(frontier: &Frontier, class: &str, size: Size, draw: impl Fn(Size) -> (Markup, f64)) -> Markup {
    let (markup, height) = draw(size);
    html! {
        svg class=(class) viewBox={ "0 0 " (tenth(size.width)) " " (tenth(height)) } role="img"
            aria-label=(picture::description(frontier)) font-family="Arial, Helvetica, sans-serif" { (markup) }
    }
}

fn points(frontier: &Frontier, names: &[String]) -> Markup {
    framed(
        "points-caption",
        "Lots found at each point, with what is proved of them; in brackets, how far a goal may be from its best",
        html! {
            thead { tr {
                th scope="col" class="n" { (words::axis(frontier)) }
                th scope="col" class="n" { "Lots" }
                th scope="col" class="n" { "At most" }
                th scope="col" { "Standing" }
                th scope="col" class="n" { "Smallest lot" }
                @for name in names { th scope="col" class="n" { (capital(&table::heading(frontier, name))) } }
                th scope="col" class="n" { "Seconds" }
            } }
            tbody { @for point in &frontier.points { (row(frontier, point, names)) } }
        },
    )
}

fn row(frontier: &Frontier, point: &Point, names: &[String]) -> Markup {
    let shown = |value: Option<f64>, words: fn(f64) -> String| value.map(words).unwrap_or_default();
    let reached = point.status != "not_reached";
    html! {
        tr {
            th scope="row" class="n" { (words::value_words(&frontier.key, point.value)) }
            td class="n" { (shown(point.lots.map(|lots| lots as f64), figures::number)) }
            td class="n" { (shown(point.most_lots(), figures::number)) }
            td class="standing" { (standing(point)) }
            td class="n" { (words::smallest(point.smallest_lot_gbp, point.smallest_lot_people)) }
            @for name in names { td class="n" { (table::value(point.goals.iter().find(|goal| goal.name == *name))) } }
            td class="n" { @if reached { (figures::seconds(point.seconds)) } }
        }
    }
}

/// The tag of a point, and where the bound on its number of lots comes from.
fn standing(point: &Point) -> Markup {
    let colour = match point.status.as_str() {
        "optimal" => " green",
        "feasible" if words::lots_proved(point) => " green",
        "feasible" => " yellow",
        "infeasible" => " red",
        _ => "",
    };
    let argument = point
        .goals
        .first()
        .filter(|goal| goal.bound.is_some() && !goal.argument.is_empty());
    html! {
        strong class={ "tag" (colour) } { (words::status(point)) }
        @if let Some(goal) = argument.filter(|_| point.lots.is_some()) { " " span class="hint" { "by " (goal.argument) } }
    }
}

fn baselines(frontier: &Frontier, names: &[String]) -> Markup {
    if frontier.baselines.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 id="given" { "Designs as given" }
            (framed("given-caption", "Designs that were given, judged on the rules of the first point", html! {
                thead { tr {
                    th scope="col" { "Design" }
                    th scope="col" class="n" { "Lots" }
                    th scope="col" class="n" { "Smallest lot" }
                    @for name in names { th scope="col" class="n" { (capital(&table::heading(frontier, name))) } }
                    th scope="col" { "Other rules that it breaks" }
                } }
                tbody {
                    @for given in &frontier.baselines {
                        tr {
                            th scope="row" { (given.label) }
                            td class="n" { (figures::number(given.lots as f64)) }
                            td class="n" { (words::smallest(given.smallest_lot_gbp, given.smallest_lot_people)) }
                            @for name in names { td class="n" { (table::value(given.goals.iter().find(|goal| goal.name == *name))) } }
                            td { @if given.breaks.is_empty() { "none" } @else { (given.breaks.join(", ")) } }
                        }
                    }
                }
            }))
        }
    }
}

fn method(frontier: &Frontier) -> Markup {
    let helped = frontier.trend.is_some();
    html! {
        section {
            h2 id="method" { "How do you know?" }
            p {
                "Each point is solved by itself, and each plan is judged a second time before it is shown, by a part of the program that shares no code with the search. A number "
                "of lots is called proved only where a bound, found apart from the plan, says that no plan has more."
            }
            @if helped {
                p {
                    "Points help each other: raising a floor or lowering a cap only takes plans away. So a plan of a tighter point is one for every looser point, and a bound of a looser point "
                    "holds for every tighter one; where that settles the matter, the argument is called a lower floor or a higher cap."
                }
            }
            @if !frontier.scenario.rules.is_empty() {
                h3 { "Rules at every point" }
                ul { @for rule in &frontier.scenario.rules { li { (rule) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_page_has_one_heading_a_caption_for_each_table_and_asks_for_nothing() {
        let page = page(&sample::frontier(), &[]);
        assert_eq!(page.matches("<h1>").count(), 1);
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<th ").count(), page.matches(" scope=").count());
        for load in [
            "src=",
            "http://",
            "https://",
            "@import",
            "<link",
            "<script",
            " style=\"",
            "href=\"http",
        ] {
            assert!(!page.contains(load), "{load}");
        }
    }

    #[test]
    fn every_pattern_has_a_name_of_its_own() {
        let page = page(&sample::frontier(), &[]);
        for id in ["id=\"w-open\"", "id=\"n-open\""] {
            assert_eq!(page.matches(id).count(), 1, "{id}");
        }
    }

    #[test]
    fn the_table_says_what_the_chart_shows() {
        let page = page(&sample::frontier(), &[]);
        for words in [
            "£20.0m",
            "not proved",
            "no plan possible",
            "by counting",
            "As let",
            "unit",
            "are proved at 2 of 3 points",
        ] {
            assert!(page.contains(words), "{words}");
        }
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut frontier = sample::frontier();
        frontier.scenario.title = "<script>alert(1)</script>".into();
        frontier.baselines[0].label = "\"><img src=x>".into();
        let page = page(&frontier, &[]);
        assert!(!page.contains("<script") && !page.contains("<img"));
    }
}
