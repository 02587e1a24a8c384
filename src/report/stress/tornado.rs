//! The tornado: what the surplus of a plan becomes when one thing at a time goes otherwise than expected.

use maud::{Markup, html};

use super::words::{end, subject};
use super::{BarAnswer, Stress};
use crate::report::frontier::plot::{Axis, BLUE, GREY, ORANGE, SMALL, Size};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::type_size;
use crate::report::words;

const GRID: &str = "#D9DCDE";
const ROW: f64 = 68.0;
const BAR: f64 = 30.0;
/// From the top of a row to its bar: the room of its words.
const LABEL: f64 = 26.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 44.0;
/// Where words begin.
const LEFT: f64 = 14.0;
/// On either side of the axis, for the figures beside the ends of bars.
const ROOM: f64 = 62.0;

/// A drawing of its own, so many pixels wide; readers of the screen get the sentence, and the table beside it has the figures.
pub fn drawing(stress: &Stress, class: &str, width: f64) -> Markup {
    let size = Size {
        width,
        height: TOP + ROW * stress.tornado.len() as f64 + BOTTOM,
    };
    html! {
        svg class=(class) viewBox={ "0 0 " (tenth(size.width)) " " (tenth(size.height)) } role="img" aria-label=(told(stress))
            font-family="Arial, Helvetica, sans-serif" { (bars(stress, size)) }
    }
}

/// What the tornado shows, in a sentence.
pub fn told(stress: &Stress) -> String {
    let bars: Vec<String> = stress
        .tornado
        .iter()
        .map(|bar| {
            format!(
                "{} {} at {} and {} at {}",
                subject(bar).to_lowercase(),
                words::money(bar.low.plan.surplus_gbp),
                end(bar, &bar.low),
                words::money(bar.high.plan.surplus_gbp),
                end(bar, &bar.high)
            )
        })
        .collect();
    format!(
        "Surplus of all lots, as expected {}, by what goes otherwise: {}.",
        words::money(stress.grid.expected.surplus_gbp),
        bars.join("; ")
    )
}

/// Where surplus lies on the drawing.
struct Field {
    size: Size,
    across: Axis,
}

impl Field {
    fn over(stress: &Stress, size: Size) -> Self {
        let ends = stress
            .tornado
            .iter()
            .flat_map(|bar| [bar.low.plan.surplus_gbp, bar.high.plan.surplus_gbp]);
        let centre = stress.grid.expected.surplus_gbp;
        let (low, high) = ends.fold((centre.min(0.0), centre.max(0.0)), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        Self {
            across: Axis::over(
                low,
                high.max(low + 1.0),
                ((size.width - 2.0 * ROOM) / 80.0) as usize,
                false,
            ),
            size,
        }
    }

    fn x(&self, pounds: f64) -> f64 {
        ROOM + self.across.part(pounds) * (self.size.width - ROOM * 2.0)
    }
}

fn bars(stress: &Stress, size: Size) -> Markup {
    let field = Field::over(stress, size);
    let centre = field.x(stress.grid.expected.surplus_gbp);
    let tops = (0..stress.tornado.len()).map(|k| TOP + ROW * k as f64);
    html! {
        (axis(&field))
        @for top in tops.clone() { (lines(&field, centre, top)) }
        @for (it, top) in stress.tornado.iter().zip(tops) { (bar(&field, it, centre, top)) }
    }
}

/// Where the lines behind a bar begin and end: they leave the words above it alone.
fn band(top: f64) -> (f64, f64) {
    (top + LABEL - 3.0, top + LABEL + BAR + 5.0)
}

/// The lines of the axis behind a bar, and the one of what is expected.
fn lines(field: &Field, centre: f64, top: f64) -> Markup {
    let (from, to) = band(top);
    html! {
        @for &tick in &field.across.ticks {
            path d={ "M" (tenth(field.x(tick))) " " (tenth(from)) "V" (tenth(to)) } stroke=(if tick == 0.0 { INK } else { GRID }) {}
        }
        path d={ "M" (tenth(centre)) " " (tenth(from)) "V" (tenth(to)) } stroke=(INK) stroke-width="2" stroke-dasharray="5 3" { title { "as expected" } }
    }
}

/// Figures below the last bar, as many as stand apart.
fn axis(field: &Field) -> Markup {
    let floor = field.size.height - BOTTOM;
    html! {
        path d={ "M" (tenth(field.x(field.across.ticks.first().copied().unwrap_or(0.0)))) " " (tenth(floor)) "H" (tenth(field.x(field.across.ticks.last().copied().unwrap_or(0.0)))) } stroke=(GRID) {}
        @for &tick in &field.across.ticks {
            @let x = field.x(tick);
            path d={ "M" (tenth(x)) " " (tenth(floor)) "v5" } stroke=(INK) {}
            text x=(tenth(x)) y=(tenth(floor + 20.0)) font-size=(SMALL) text-anchor="middle" fill=(INK) { (words::money(tick).replace(".0m", "m").replace(".00bn", "bn")) }
        }
        text x=(tenth(field.size.width / 2.0)) y=(tenth(field.size.height - 6.0)) font-size=(SMALL) text-anchor="middle" fill=(GREY) { "surplus of all lots; the broken line is as expected" }
    }
}

/// A bar with its name above it, and the figure of each end in its colour's place: low orange, high blue.
fn bar(field: &Field, it: &BarAnswer, centre: f64, top: f64) -> Markup {
    let [low, high] = [&it.low, &it.high].map(|end| field.x(end.plan.surplus_gbp));
    // Where both ends lie on one side, each has half of the height, or one would hide the other.
    let aside = (low < centre) == (high < centre);
    let (height, step) = if aside { (BAR / 2.0, BAR / 2.0) } else { (BAR, 0.0) };
    let ends = [(&it.low, ORANGE, top + LABEL), (&it.high, BLUE, top + LABEL + step)];
    html! {
        text x=(tenth(LEFT)) y=(tenth(top + 18.0)) font-size="14" fill=(INK) {
            tspan font-weight="bold" { (subject(it)) }
            tspan { ": " (end(it, &it.low)) " (orange) to " (end(it, &it.high)) " (blue)" }
        }
        @for (end, colour, y) in ends {
            @let x = field.x(end.plan.surplus_gbp);
            rect x=(tenth(x.min(centre))) y=(tenth(y)) width=(tenth((x - centre).abs())) height=(tenth(height)) fill=(colour) {}
            (figure(field, &words::money(end.plan.surplus_gbp), x, centre, y + height / 2.0 + 4.5))
        }
    }
}

/// A figure beside its end where there is room, else inside the bar.
fn figure(field: &Field, text: &str, x: f64, centre: f64, y: f64) -> Markup {
    let wide = type_size::width(text, SMALL, false) + 8.0;
    if (x - centre).abs() < 1.0 {
        return html! {};
    }
    let left = x < centre;
    let outside = if left {
        x - wide > 0.0
    } else {
        x + wide < field.size.width
    };
    let (place, anchor) = match (left, outside) {
        (true, true) => (x - 5.0, "end"),
        (true, false) => (x + 5.0, "start"),
        (false, true) => (x + 5.0, "start"),
        (false, false) => (x - 5.0, "end"),
    };
    html! {
        text x=(tenth(place)) y=(tenth(y)) font-size=(SMALL) text-anchor=(anchor) fill=(INK) stroke="#fff" stroke-width="3" paint-order="stroke" { (text) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn each_thing_has_two_bars_that_start_where_the_plan_is_expected() {
        let stress = sample::stress();
        let text = drawing(&stress, "wide", 800.0).into_string();
        assert_eq!(text.matches("<rect").count(), 2 * stress.tornado.len());
        assert!(text.contains("as expected £1.0m"), "{text}");
        assert!(
            text.contains("payment delay £1.0m at 0 months and −£100,000 at 3 months"),
            "{text}"
        );
    }

    #[test]
    fn no_line_crosses_the_words_above_a_bar() {
        let stress = sample::stress();
        let text = drawing(&stress, "narrow", 380.0).into_string();
        let spans = text.split("<path d=\"M").skip(1).filter_map(|path| {
            let (from, to) = path.split('"').next()?.split_once(' ')?.1.split_once('V')?;
            Some((from.parse::<f64>().ok()?, to.parse::<f64>().ok()?))
        });
        let spans: Vec<(f64, f64)> = spans.collect();
        // Words stand on a line 18 below the top of each row, and are 14 high.
        let words = (0..stress.tornado.len()).map(|k| TOP + ROW * k as f64 + 18.0);
        assert!(spans.len() > 4);
        for line in words {
            assert!(
                spans.iter().all(|(from, to)| *to < line - 11.0 || *from > line + 3.0),
                "{spans:?}"
            );
        }
    }

    #[test]
    fn more_surplus_is_further_right_and_all_stays_on_the_drawing() {
        let stress = sample::stress();
        let field = Field::over(
            &stress,
            Size {
                width: 380.0,
                height: 200.0,
            },
        );
        assert!(field.x(3e6) > field.x(0.0) && field.x(0.0) > field.x(-2e6));
        assert!(field.x(-2e6) >= 0.0 && field.x(3e6) <= 380.0);
    }
}
