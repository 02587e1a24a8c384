//! A Plot is a pair of axes on a drawing, with marks for what is proved, open, impossible or given.

use maud::{Markup, html};

use super::words;
use super::{Frontier, Point};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::type_size;

/// Lines and marks of what was found.
pub const BLUE: &str = "#12436D";
/// Marks of designs as given.
pub const ORANGE: &str = "#F46A25";
/// Words that explain.
pub const GREY: &str = "#505A5F";
const GRID: &str = "#D9DCDE";
/// Size of the figures at the axes, in pixels.
pub const SMALL: f64 = 13.0;

/// Where a plot stands on its drawing: width and height in pixels, axes included.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// An axis from a round number to a round number.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its marks, rising, at least two.
    pub ticks: Vec<f64>,
}

impl Axis {
    /// An axis over `low..=high` with about `about` marks, 1, 2 or 5 times a power of ten apart; `whole` allows no fraction.
    pub fn over(low: f64, high: f64, about: usize, whole: bool) -> Self {
        let rough = (high - low).max(f64::MIN_POSITIVE) / about.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
        let step = steps
            .into_iter()
            .find(|&step| step >= rough * 0.999)
            .unwrap_or(steps[3]);
        let step = if whole { step.max(1.0) } else { step };
        let (first, last) = (
            (low / step).floor(),
            (high / step).ceil().max((low / step).floor() + 1.0),
        );
        let count = (last - first).clamp(1.0, 100.0) as usize;
        Self {
            ticks: (0..=count).map(|k| (first + k as f64) * step).collect(),
        }
    }

    fn low(&self) -> f64 {
        self.ticks.first().copied().unwrap_or(0.0)
    }

    fn high(&self) -> f64 {
        self.ticks.last().copied().unwrap_or(1.0)
    }

    /// The part of the axis below a value, from 0 to 1.
    pub fn part(&self, value: f64) -> f64 {
        ((value - self.low()) / (self.high() - self.low())).clamp(0.0, 1.0)
    }
}

/// Two axes with their room on the drawing.
pub struct Plot {
    size: Size,
    left: f64,
    across: Axis,
    up: Axis,
}

const RIGHT: f64 = 18.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 48.0;

impl Plot {
    /// A plot of the values of a frontier against `highest`; whole numbers where `whole`.
    pub fn new(frontier: &Frontier, size: Size, highest: f64, whole: bool) -> Self {
        let values = frontier.points.iter().map(|point| point.value);
        let given = frontier.baselines.iter().filter_map(|baseline| baseline.holds_to);
        let (low, high) = values
            .chain(given)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let up = Axis::over(0.0, highest.max(1.0), (size.height / 55.0) as usize, whole);
        let widest = up
            .ticks
            .iter()
            .map(|&tick| type_size::width(&figure(tick), SMALL, false));
        let left = widest.fold(0.0, f64::max) + 18.0;
        Self {
            across: Axis::over(low, high, (size.width / 90.0) as usize, false),
            size,
            left,
            up,
        }
    }

    /// Place of a value on the drawing, in pixels from the left.
    pub fn x(&self, value: f64) -> f64 {
        self.left + self.across.part(value) * (self.size.width - self.left - RIGHT)
    }

    /// Place of a height on the drawing, in pixels from the top.
    pub fn y(&self, value: f64) -> f64 {
        self.size.height - BOTTOM - self.up.part(value) * (self.size.height - TOP - BOTTOM)
    }

    /// Whether a place is in the right half.
    pub fn right_half(&self, value: f64) -> bool {
        self.across.part(value) > 0.5
    }

    /// Grid, figures and titles of both axes.
    pub fn axes(&self, frontier: &Frontier, up: &str, across: &str) -> Markup {
        let (left, right) = (self.left, self.size.width - RIGHT);
        let floor = self.size.height - BOTTOM;
        html! {
            text x="0" y="14" font-size="14" font-weight="bold" fill=(INK) { (up) }
            @for &tick in &self.up.ticks {
                @let y = tenth(self.y(tick));
                path d={ "M" (tenth(left)) " " (y) "H" (tenth(right)) } stroke=(if tick == 0.0 { INK } else { GRID }) {}
                text x=(tenth(left - 8.0)) y=(tenth(self.y(tick) + 4.5)) font-size=(SMALL) text-anchor="end" fill=(INK) { (figure(tick)) }
            }
            @for (x, words) in self.labels(frontier) {
                path d={ "M" (tenth(x)) " " (tenth(floor)) "v5" } stroke=(INK) {}
                text x=(tenth(x)) y=(tenth(floor + 19.0)) font-size=(SMALL) text-anchor="middle" fill=(INK) { (words) }
            }
            text x=(tenth(f64::midpoint(left, right))) y=(tenth(self.size.height - 8.0)) font-size="14" text-anchor="middle" fill=(INK) { (across) }
        }
    }

    /// Places and words of the marks across, as many as stand apart.
    fn labels(&self, frontier: &Frontier) -> Vec<(f64, String)> {
        let mut labels: Vec<(f64, String)> = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for &tick in &self.across.ticks {
            let words = value(&frontier.key, tick);
            let half = type_size::width(&words, SMALL, false) / 2.0;
            let x = self.x(tick);
            if x - half > end + 8.0 && x + half <= self.size.width {
                end = x + half;
                labels.push((x, words));
            }
        }
        labels
    }

    /// The mark of a point whose value is `found`, with what may be possible instead, `bound`; a proved value is a filled dot.
    pub fn mark(&self, at: f64, found: Option<f64>, bound: Option<f64>, title: &str) -> Markup {
        let (x, proved) = (self.x(at), found.is_some() && found == bound);
        let from = self.y(found.unwrap_or(0.0));
        html! {
            g {
                title { (title) }
                @if let Some(bound) = bound.filter(|_| !proved) {
                    path d={ "M" (tenth(x)) " " (tenth(from)) "V" (tenth(self.y(bound))) "m-6 0h12" } stroke=(BLUE) stroke-width="2" stroke-dasharray="4 2.5" fill="none" {}
                }
                @if let Some(found) = found {
                    circle cx=(tenth(x)) cy=(tenth(self.y(found))) r="5" fill=(if proved { BLUE } else { "#FFFFFF" }) stroke=(BLUE) stroke-width="2" {}
                }
            }
        }
    }

    /// The mark of a point that has no value: impossible, not found, or not reached.
    pub fn no_value(&self, point: &Point, title: &str) -> Markup {
        let (x, y) = (self.x(point.value), self.y(0.0));
        html! {
            g {
                title { (title) }
                @if point.status == "infeasible" {
                    path d=(cross(x, y)) stroke=(BLUE) stroke-width="2.4" fill="none" {}
                } @else {
                    rect x=(tenth(x - 6.0)) y=(tenth(y - 8.0)) width="12" height="16" fill="#FFFFFF" {}
                    text x=(tenth(x)) y=(tenth(y + 5.0)) font-size="15" font-weight="bold" text-anchor="middle" fill=(BLUE) { "?" }
                }
            }
        }
    }

    /// Lines across for a design that has no place of its own on the axis; words stand above its right end.
    pub fn level(&self, height: f64) -> Markup {
        let y = tenth(self.y(height));
        html! {
            path d={ "M" (tenth(self.left)) " " (y) "H" (tenth(self.size.width - RIGHT)) } stroke=(ORANGE) stroke-width="2" stroke-dasharray="8 4" {}
        }
    }

    /// Width of the drawing, in pixels.
    pub fn width(&self) -> f64 {
        self.size.width
    }

    /// Right end of the axis, in pixels.
    pub fn end(&self) -> f64 {
        self.size.width - RIGHT
    }
}

/// A cross at a place.
pub fn cross(x: f64, y: f64) -> String {
    format!("M{} {}l10 10m0 -10l-10 10", tenth(x - 5.0), tenth(y - 5.0))
}

/// The mark of a design as given.
pub fn diamond(x: f64, y: f64) -> Markup {
    html! {
        path d={ "M" (tenth(x)) " " (tenth(y - 7.0)) "l7 7l-7 7l-7 -7z" } fill=(ORANGE) stroke=(INK) stroke-width="1.5" {}
    }
}

/// Hatching for what is open. `id` must be the only one of its name in the document.
pub fn hatching(id: &str) -> Markup {
    html! {
        pattern id=(id) patternUnits="userSpaceOnUse" width="7" height="7" patternTransform="rotate(45)" {
            rect width="7" height="7" fill="#EEF3F8" {}
            rect width="1.6" height="7" fill="#7F9DBB" {}
        }
    }
}

/// A figure at an axis: `20`, `1,500`, `2.5`.
fn figure(value: f64) -> String {
    crate::report::words::decimal(value)
}

/// A value of the key at the axis, money without a needless `.0`.
fn value(key: &str, at: f64) -> String {
    let words = words::value_words(key, (at * 1e6).round() / 1e6);
    let short = words.replace(".0m", "m").replace(".00bn", "bn");
    short.trim_end_matches(" participants").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn axes_run_from_round_to_round_numbers() {
        assert_eq!(Axis::over(5e6, 45.5e6, 9, false).ticks[..2], [5e6, 10e6]);
        assert_eq!(Axis::over(0.0, 35.0, 6, true).ticks, [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(Axis::over(0.0, 1.0, 6, true).ticks, [0.0, 1.0]);
        assert_eq!(Axis::over(3.0, 3.0, 6, true).ticks, [3.0, 4.0]);
    }

    #[test]
    fn higher_is_further_up_and_more_further_right() {
        let size = Size {
            width: 600.0,
            height: 300.0,
        };
        let plot = Plot::new(&sample::frontier(), size, 4.0, true);
        assert!(plot.x(10e6) < plot.x(30e6) && plot.y(4.0) < plot.y(0.0));
        assert!(plot.right_half(28e6) && !plot.right_half(12e6));
    }
}
