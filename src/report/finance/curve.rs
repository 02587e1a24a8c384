//! The cash curve of a lot: cash at the end of every month, with its trough marked.

use maud::{Markup, html};

use super::words::{low, month};
use super::{FinanceLot, rate};
use crate::report::frontier::plot::{Axis, BLUE, GREY, ORANGE, SMALL, Size};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::type_size;
use crate::report::words;

const GRID: &str = "#D9DCDE";
const RIGHT: f64 = 14.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 44.0;

/// A drawing of its own, as wide as its place; readers of the screen get the sentence, and the table beside it has the figures.
pub fn drawing(lot: &FinanceLot, class: &str, size: Size) -> Markup {
    html! {
        svg class=(class) viewBox={ "0 0 " (tenth(size.width)) " " (tenth(size.height)) } role="img" aria-label=(told(lot))
            font-family="Arial, Helvetica, sans-serif" { (curve(lot, size)) }
    }
}

/// What the curve shows, in a sentence.
pub fn told(lot: &FinanceLot) -> String {
    let even = match lot.break_even_month {
        Some(0) => "it never falls below zero".to_string(),
        Some(at) => format!("from month {at} it stays above zero"),
        None => "it ends below zero".to_string(),
    };
    let end = lot.months.last().map_or(0.0, |month| month.cash_gbp);
    format!(
        "Cash of lot {}: lowest at {}; {even}; {} at the end, a margin of {}.",
        lot.lot_id,
        low(lot),
        words::money(end),
        rate(lot.margin)
    )
}

/// Where months and money lie on a drawing.
struct Field {
    size: Size,
    left: f64,
    across: Axis,
    up: Axis,
}

impl Field {
    fn over(lot: &FinanceLot, size: Size) -> Self {
        let cash = lot.months.iter().map(|month| month.cash_gbp);
        let (low, high) = cash.fold((0.0, 1.0), |(low, high): (f64, f64), cash| {
            (low.min(cash), high.max(cash))
        });
        let last = lot.months.last().map_or(1, |month| month.month.max(1));
        // Years are what people count in, so marks stand at whole ones.
        let years = (0..=last.div_ceil(12)).map(|year| (year * 12) as f64);
        let up = Axis::over(low, high, (size.height / 45.0) as usize, false);
        let widest = up
            .ticks
            .iter()
            .map(|&tick| type_size::width(&short(tick), SMALL, false));
        Self {
            left: widest.fold(0.0, f64::max) + 14.0,
            across: Axis { ticks: years.collect() },
            up,
            size,
        }
    }

    fn x(&self, month: f64) -> f64 {
        self.left + self.across.part(month) * (self.size.width - self.left - RIGHT)
    }

    fn y(&self, cash: f64) -> f64 {
        self.size.height - BOTTOM - self.up.part(cash) * (self.size.height - TOP - BOTTOM)
    }
}

fn curve(lot: &FinanceLot, size: Size) -> Markup {
    let field = Field::over(lot, size);
    html! {
        (axes(&field))
        path d=(line(&field, lot)) fill="none" stroke=(BLUE) stroke-width="2.2" stroke-linejoin="round" {}
        (trough(&field, lot))
    }
}

fn axes(field: &Field) -> Markup {
    let (left, right) = (tenth(field.left), tenth(field.size.width - RIGHT));
    let bottom = field.size.height - BOTTOM;
    html! {
        @for &tick in &field.up.ticks {
            @let y = field.y(tick);
            path d={ "M" (left) " " (tenth(y)) "H" (right) } stroke=(if tick == 0.0 { INK } else { GRID }) {}
            text x=(tenth(field.left - 7.0)) y=(tenth(y + 4.5)) font-size=(SMALL) text-anchor="end" fill=(INK) { (short(tick)) }
        }
        @for &tick in &field.across.ticks {
            path d={ "M" (tenth(field.x(tick))) " " (tenth(bottom)) "v5" } stroke=(INK) {}
            text x=(tenth(field.x(tick))) y=(tenth(bottom + 18.0)) font-size=(SMALL) text-anchor="middle" fill=(INK) { (words::number(tick)) }
        }
        text x=(tenth(f64::midpoint(field.left, field.size.width - RIGHT))) y=(tenth(field.size.height - 7.0)) font-size=(SMALL) text-anchor="middle" fill=(GREY) { "month" }
    }
}

fn line(field: &Field, lot: &FinanceLot) -> String {
    let points = lot.months.iter().map(|month| {
        let (x, y) = (field.x(month.month as f64), field.y(month.cash_gbp));
        format!("{} {}", tenth(x), tenth(y))
    });
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

/// The lowest point, with its figure beside it, and the month of break-even as a tick on the line of zero.
fn trough(field: &Field, lot: &FinanceLot) -> Markup {
    let (x, y) = (field.x(lot.cash_low_month as f64), field.y(lot.cash_low_gbp));
    let text = low(lot);
    let room = field.size.width - RIGHT - x > type_size::width(&text, SMALL, true) + 12.0;
    // Above the mark where the axis is too near for words below it.
    let below = y + 18.0 < field.size.height - BOTTOM - 2.0;
    let words_y = if below { y + 17.0 } else { y - 10.0 };
    html! {
        @if let Some(at) = lot.break_even_month.filter(|at| *at > 0) {
            path d={ "M" (tenth(field.x(at as f64))) " " (tenth(field.y(0.0) - 6.0)) "v12" } stroke=(INK) stroke-width="2" { title { "cash stays above zero from " (month(Some(at))) } }
        }
        circle cx=(tenth(x)) cy=(tenth(y)) r="4.5" fill=(ORANGE) stroke=(INK) stroke-width="1.2" {}
        text x=(tenth(if room { x + 8.0 } else { x - 8.0 })) y=(tenth(words_y)) font-size=(SMALL) font-weight="bold" text-anchor=(if room { "start" } else { "end" }) fill=(INK) { (text) }
    }
}

/// Money at an axis, without a needless `.0`.
fn short(pounds: f64) -> String {
    words::money(pounds).replace(".0m", "m").replace(".00bn", "bn")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const SIZE: Size = Size {
        width: 480.0,
        height: 240.0,
    };

    #[test]
    fn the_trough_is_marked_and_told() {
        let finance = sample::finance();
        let text = drawing(&finance.lots[0], "wide", SIZE).into_string();
        assert!(text.contains("−£900,000 in month 0</text>"), "{text}");
        assert!(text.contains("from month 2 it stays above zero"));
        assert_eq!(text.matches("<circle").count(), 1);
        let text = drawing(&finance.lots[1], "wide", SIZE).into_string();
        assert!(text.contains("it ends below zero"), "{text}");
    }

    #[test]
    fn lower_cash_is_drawn_lower_and_later_months_further_right() {
        let lot = &sample::finance().lots[1];
        let field = Field::over(lot, SIZE);
        assert!(field.y(-2e6) > field.y(0.0) && field.x(2.0) > field.x(1.0));
        assert!(field.y(lot.cash_low_gbp) <= SIZE.height - BOTTOM);
    }
}
