//! The chart of the number of lots: a staircase in which every step is proved or marked.

use maud::{Markup, html};

use super::plot::{BLUE, GREY, Plot, SMALL, Size, cross, diamond, hatching};
use super::steps::{Step, steps};
use super::words;
use super::{Baseline, Frontier, Point};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::type_size;
use crate::report::words as figures;

/// Points beyond which their numbers are left to the table.
const MANY: usize = 24;

/// The chart at its place's origin. `id` begins the names of its patterns, so that several charts can stand in one document.
pub fn chart(frontier: &Frontier, size: Size, id: &str) -> Markup {
    let found = frontier
        .points
        .iter()
        .filter_map(|point| point.lots.map(|lots| lots as f64));
    let most = frontier.points.iter().filter_map(Point::most_lots);
    let given = frontier.baselines.iter().map(|baseline| baseline.lots as f64);
    let highest = found.chain(most).chain(given).fold(1.0, f64::max);
    let plot = Plot::new(frontier, size, highest, true);
    let hatch = format!("{id}open");
    html! {
        defs { (hatching(&hatch)) }
        (plot.axes(frontier, "Number of lots", &words::axis(frontier)))
        (staircase(&plot, &steps(frontier), &hatch))
        @for baseline in &frontier.baselines { (given_design(&plot, frontier, baseline)) }
        @for point in &frontier.points { (mark(&plot, frontier, point)) }
        @if frontier.points.len() <= MANY { (numbers(&plot, frontier)) }
    }
}

fn staircase(plot: &Plot, steps: &[Step], hatch: &str) -> Markup {
    let found = |step: &Step| step.found.unwrap_or(0.0);
    let open: Vec<&Step> = steps.iter().filter(|step| !step.proved()).collect();
    html! {
        @for step in &open {
            @if let Some(most) = step.most.filter(|&most| most > found(step)) {
                @let (x, y) = (plot.x(step.from), plot.y(most));
                rect x=(tenth(x)) y=(tenth(y)) width=(tenth(plot.x(step.to) - x)) height=(tenth(plot.y(found(step)) - y)) fill={ "url(#" (hatch) ")" } {}
                path d={ "M" (tenth(x)) " " (tenth(y)) "H" (tenth(plot.x(step.to))) } stroke=(BLUE) stroke-width="1.5" stroke-dasharray="5 3" fill="none" {}
            }
        }
        @if !steps.is_empty() { path d=(line(plot, steps)) stroke=(BLUE) stroke-width="1.2" fill="none" {} }
        @for step in steps.iter().filter(|step| step.proved()) {
            path d={ "M" (tenth(plot.x(step.from))) " " (tenth(plot.y(found(step)))) "H" (tenth(plot.x(step.to))) } stroke=(BLUE) stroke-width="4" {}
        }
    }
}

/// The line of what was found, through every step.
fn line(plot: &Plot, steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        let (y, to) = (tenth(plot.y(step.found.unwrap_or(0.0))), tenth(plot.x(step.to)));
        let start = if path.is_empty() {
            format!("M{} {y}", tenth(plot.x(step.from)))
        } else {
            format!("V{y}")
        };
        path += &format!("{start}H{to}");
    }
    path
}

fn mark(plot: &Plot, frontier: &Frontier, point: &Point) -> Markup {
    let told = told(frontier, point);
    match point.lots {
        Some(lots) => plot.mark(point.value, Some(lots as f64), point.most_lots(), &told),
        None => html! {
            @if point.status == "no_plan" { (plot.mark(point.value, None, point.most_lots(), &told)) }
            (plot.no_value(point, &told))
        },
    }
}

/// A point as a sentence.
pub fn told(frontier: &Frontier, point: &Point) -> String {
    let at = words::value_words(&frontier.key, point.value);
    match (point.lots, point.most_lots()) {
        (Some(lots), Some(most)) if (lots as f64) < most => {
            format!("{at}: {lots} lots found, {} at most", figures::number(most))
        }
        (Some(lots), _) => format!(
            "{at}: {}, {}",
            figures::counted(lots as f64, "lot", "lots"),
            words::status(point)
        ),
        (None, _) => format!("{at}: {}", words::status(point)),
    }
}

/// The number of lots beside each mark.
fn numbers(plot: &Plot, frontier: &Frontier) -> Markup {
    html! {
        g font-size=(SMALL) font-weight="bold" fill=(INK) stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke" {
            @for (x, y, text) in number_places(plot, frontier) { text x=(tenth(x)) y=(tenth(y)) { (text) } }
        }
    }
}

/// Places and words of the numbers, with the bound where it is open; one that would stand on the one before is left off.
fn number_places(plot: &Plot, frontier: &Frontier) -> Vec<(f64, f64, String)> {
    let rising = frontier.trend.as_deref() == Some("rising");
    let mut places = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for point in &frontier.points {
        let Some(lots) = point.lots.map(|lots| lots as f64) else {
            continue;
        };
        let most = point.most_lots().filter(|&most| most > lots);
        let text = most.map_or_else(|| lots.to_string(), |most| format!("{lots}–{most}"));
        let width = type_size::width(&text, SMALL, true);
        let beside = plot.x(point.value) + if rising { -6.0 - width } else { 6.0 };
        // Beside its mark, the last number would hang over the edge.
        let x = beside.min(plot.width() - width - 1.0);
        if x > end + 2.0 {
            end = x + width;
            places.push((x, plot.y(most.unwrap_or(lots)) - 9.0, text));
        }
    }
    places
}

fn given_design(plot: &Plot, frontier: &Frontier, baseline: &Baseline) -> Markup {
    let lots = figures::counted(baseline.lots as f64, "lot", "lots");
    let y = plot.y(baseline.lots as f64);
    let Some(at) = baseline.holds_to else {
        return html! {
            (plot.level(baseline.lots as f64))
            (label(plot.end(), y - 7.0, true, &format!("{}: {lots}", baseline.label)))
        };
    };
    let end = if frontier.trend.as_deref() == Some("rising") {
        "largest"
    } else {
        "smallest"
    };
    let text = format!(
        "{}: {lots}, {end} {}",
        baseline.label,
        words::value_words(&frontier.key, at)
    );
    let (x, left) = (plot.x(at), plot.right_half(at));
    html! {
        g { title { (text) } (diamond(x, y)) }
        (label(if left { x - 12.0 } else { x + 12.0 }, y + 4.5, left, &text))
    }
}

fn label(x: f64, y: f64, leftwards: bool, text: &str) -> Markup {
    let anchor = if leftwards { "end" } else { "start" };
    html! {
        text x=(tenth(x)) y=(tenth(y)) font-size="14" text-anchor=(anchor) fill=(INK) stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke" { (text) }
    }
}

/// The key to the marks that occur, from `top` on, within `width`; with its end.
pub fn key(frontier: &Frontier, top: f64, width: f64, id: &str) -> (Markup, f64) {
    let mut rows: Vec<(Markup, String)> = Vec::new();
    let any = |test: &dyn Fn(&Point) -> bool| frontier.points.iter().any(test);
    let open = |point: &Point| point.lots.is_some() && !words::lots_proved(point);
    let hatch = format!("{id}open");
    if any(&|point| point.lots.is_some() && words::lots_proved(point)) {
        let sign =
            html! { path d="M2 10H32" stroke=(BLUE) stroke-width="4" {} circle cx="17" cy="10" r="5" fill=(BLUE) {} };
        rows.push((sign, "proved: no plan that meets the rules has more lots".into()));
    }
    if any(&open) || steps(frontier).iter().any(|step| !step.proved()) {
        let sign = html! {
            rect x="2" y="2" width="30" height="13" fill={ "url(#" (hatch) ")" } {}
            path d="M2 15H32" stroke=(BLUE) stroke-width="1.2" {}
            @if any(&open) { circle cx="17" cy="15" r="4.5" fill="#FFFFFF" stroke=(BLUE) stroke-width="2" {} }
        };
        let words = if any(&open) {
            "not proved: a plan was found on the lower line, and no plan lies above the dashed one"
        } else {
            "not known between the points: the number changes somewhere here"
        };
        rows.push((sign, words.into()));
    }
    if any(&|point| point.status == "infeasible") {
        let sign = html! { path d=(cross(17.0, 10.0)) stroke=(BLUE) stroke-width="2.4" fill="none" {} };
        rows.push((sign, "proved: no plan meets the rules".into()));
    }
    if any(&|point| point.lots.is_none() && point.status != "infeasible") {
        let sign =
            html! { text x="17" y="15" font-size="15" font-weight="bold" text-anchor="middle" fill=(BLUE) { "?" } };
        rows.push((sign, "no plan found within the limit, or not reached".into()));
    }
    if !frontier.baselines.is_empty() {
        rows.push((diamond(17.0, 10.0), given_words(frontier)));
    }
    laid_out(&rows, top, width)
}

fn given_words(frontier: &Frontier) -> String {
    let placed = frontier.baselines.iter().any(|baseline| baseline.holds_to.is_some());
    let what = match (placed, frontier.trend.as_deref()) {
        (true, Some("rising")) => ", at the size of its largest lot",
        (true, _) => ", at the size of its smallest lot",
        (false, _) => "",
    };
    let other = frontier.baselines.iter().any(|baseline| !baseline.breaks.is_empty());
    let rules = if other { "; it may break other rules" } else { "" };
    format!("a design as given{what}{rules}")
}

fn laid_out(rows: &[(Markup, String)], top: f64, width: f64) -> (Markup, f64) {
    let mut y = top;
    let mut placed = Vec::new();
    for (sign, words) in rows {
        let lines = type_size::wrap(words, 13.0, false, width - 42.0);
        let height = lines.len() as f64 * 16.0 + 6.0;
        placed.push((y, sign, lines));
        y += height;
    }
    let markup = html! {
        @for (y, sign, lines) in &placed {
            g transform={ "translate(0 " (tenth(*y)) ")" } {
                (sign)
                @for (k, line) in lines.iter().enumerate() {
                    text x="42" y=(tenth(14.5 + k as f64 * 16.0)) font-size="13" fill=(GREY) { (line) }
                }
            }
        }
    };
    (markup, y)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_number_stands_on_the_drawing_where_its_bound_is_open_too() {
        let mut frontier = sample::frontier();
        // The last point lies at the right end, with a bound that is open.
        frontier.points.truncate(2);
        frontier.baselines.clear();
        frontier.points[1].goals[0].bound = Some(123.0);
        let plot = Plot::new(
            &frontier,
            Size {
                width: 380.0,
                height: 230.0,
            },
            123.0,
            true,
        );
        let places = number_places(&plot, &frontier);
        assert!(places.iter().any(|(_, _, text)| text.ends_with("–123")), "{places:?}");
        for (x, _, text) in places {
            assert!(
                x >= 0.0 && x + type_size::width(&text, SMALL, true) <= 380.0,
                "{text} at {x}"
            );
        }
    }
}
