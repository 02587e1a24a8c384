//! The file `frontier.svg`: the charts as a picture that stands by itself, with title, key, sources and licence.

use maud::{Markup, html};

use super::plot::{GREY, Size};
use super::{Frontier, chart, goals, words};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::{type_size, without_controls};
use crate::report::{Source, attribution};

const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 32.0;
const INNER: f64 = WIDTH - 2.0 * MARGIN;
const CHART: Size = Size {
    width: INNER,
    height: 440.0,
};
const SMALL: Size = Size {
    width: (INNER - 36.0) / 2.0,
    height: 260.0,
};

/// The frontier as a picture in SVG.
pub fn picture(frontier: &Frontier, sources: &[Source]) -> String {
    let title = type_size::wrap(&words::title(frontier), 24.0, true, INNER);
    let subtitle = type_size::wrap(&words::standing(frontier), 15.0, false, INNER);
    let top = MARGIN + title.len() as f64 * 30.0 + subtitle.len() as f64 * 21.0 + 22.0;
    let (key, key_end) = chart::key(frontier, top + CHART.height + 10.0, INNER, "f-");
    let names = goals::names(frontier);
    let small_end = key_end + names.len().div_ceil(2) as f64 * (SMALL.height + 24.0) + 20.0;
    let (sources, end) = footer(frontier, sources, small_end + 20.0);
    let size = format!("0 0 {WIDTH} {}", tenth(end));
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(size) width=(WIDTH) height=(tenth(end)) role="img" aria-labelledby="f-title f-words"
            font-family="Arial, Helvetica, sans-serif" {
            title id="f-title" { (words::title(frontier)) }
            desc id="f-words" { (description(frontier)) }
            rect width="100%" height="100%" fill="#FFFFFF" {}
            (lines(&title, 24.0, true, MARGIN + 22.0))
            (lines(&subtitle, 15.0, false, MARGIN + title.len() as f64 * 30.0 + 18.0))
            (at(MARGIN, top, &chart::chart(frontier, CHART, "f-")))
            (at(MARGIN, 0.0, &key))
            @for (k, name) in names.iter().enumerate() {
                @let x = MARGIN + (k % 2) as f64 * (SMALL.width + 36.0);
                (at(x, key_end + 20.0 + (k / 2) as f64 * (SMALL.height + 24.0), &goals::chart(frontier, name, SMALL)))
            }
            (sources)
        }
    };
    without_controls(&markup.into_string())
}

fn at(x: f64, y: f64, markup: &Markup) -> Markup {
    html! { g transform={ "translate(" (tenth(x)) " " (tenth(y)) ")" } { (markup) } }
}

fn lines(lines: &[String], size: f64, bold: bool, first: f64) -> Markup {
    html! {
        @for (k, line) in lines.iter().enumerate() {
            text x=(tenth(MARGIN)) y=(tenth(first + k as f64 * size * 1.25)) font-size=(tenth(size)) font-weight=[bold.then_some("bold")] fill=(if bold { INK } else { GREY }) { (line) }
        }
    }
}

/// Every point as a sentence.
pub fn description(frontier: &Frontier) -> String {
    let points = frontier.points.iter().map(|point| chart::told(frontier, point) + ".");
    let given = frontier
        .baselines
        .iter()
        .map(|given| format!("{}: {} lots, as given.", given.label, given.lots));
    points.chain(given).collect::<Vec<_>>().join(" ")
}

fn footer(frontier: &Frontier, sources: &[Source], top: f64) -> (Markup, f64) {
    let mut text: Vec<String> = sources
        .iter()
        .map(|s| format!("{}: {} ({}).", s.title, s.source, s.licence))
        .collect();
    text.push(attribution(sources));
    text.push(format!(
        "Drawn by lotwright {} from scenario {}, {} varied.",
        frontier.version, frontier.scenario.name, frontier.key
    ));
    let text = type_size::wrap(&text.join(" "), 12.0, false, INNER);
    let markup = html! {
        path d={ "M" (tenth(MARGIN)) " " (tenth(top - 18.0)) "H" (tenth(WIDTH - MARGIN)) } stroke="#B1B4B6" {}
        @for (k, line) in text.iter().enumerate() {
            text x=(tenth(MARGIN)) y=(tenth(top + k as f64 * 16.0)) font-size="12" fill=(GREY) { (line) }
        }
    };
    (markup, top + text.len() as f64 * 16.0 + MARGIN / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn drawn() -> String {
        picture(&sample::frontier(), &[])
    }

    #[test]
    fn the_chart_marks_what_is_proved_open_impossible_and_given() {
        let text = drawn();
        for words in [
            "proved: no plan that meets the rules has more lots",
            "no plan lies above the dashed one",
            "proved: no plan meets the rules",
            "As let: 2 lots, smallest £28.0m",
            ">3–4</text>",
            "£20.0m: 3 lots found, 4 at most",
            "£30.0m: no plan possible",
            "url(#f-open)",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }

    #[test]
    fn equal_inputs_give_equal_bytes_and_seconds_do_not_show() {
        let mut frontier = sample::frontier();
        frontier.seconds = 99.0;
        frontier.points[0].seconds = 98.0;
        assert_eq!(picture(&frontier, &[]), drawn());
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut frontier = sample::frontier();
        frontier.scenario.title = "</title><script>alert(1)</script>\u{0}".into();
        frontier.baselines[0].label = "<b>\"&".into();
        let text = picture(&frontier, &[]);
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains('\u{0}'));
    }

    #[test]
    fn a_key_that_orders_nothing_has_no_line_between_its_points() {
        let mut frontier = sample::frontier();
        frontier.trend = None;
        frontier.points.truncate(1);
        frontier.baselines[0].holds_to = None;
        let text = picture(&frontier, &[]);
        assert!(!text.contains("stroke-width=\"1.2\"") && text.contains("As let: 2 lots</text>"));
    }
}
