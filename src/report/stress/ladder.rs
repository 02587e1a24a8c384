//! The ladder: lots by the fall in volume at which they fail, the first to fail on the lowest rung.

use maud::{Markup, html};

use super::words::{factor, failing};
use super::{Stress, StressLot};
use crate::report::finance::rate;
use crate::report::frontier::plot::{Axis, BLUE, GREY, ORANGE, SMALL};
use crate::report::svg::layer::{INK, tenth};
use crate::report::svg::picture::is_name;
use crate::report::svg::type_size;
use crate::report::words;

const GRID: &str = "#D9DCDE";
const ROW: f64 = 24.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 44.0;
const RIGHT: f64 = 26.0;
/// Rungs that are drawn; the table has all.
pub const MOST: usize = 60;

/// The lots that are drawn, the first to fail last; those that never fail come first.
pub fn rungs(stress: &Stress) -> Vec<&StressLot> {
    let mut lots: Vec<&StressLot> = stress.lots.iter().collect();
    let fails = |lot: &StressLot| lot.fails_at.unwrap_or(f64::INFINITY);
    lots.sort_by(|a, b| fails(a).total_cmp(&fails(b)));
    lots.truncate(MOST);
    lots.reverse();
    lots
}

/// A drawing of its own, so many pixels wide; readers of the screen get the sentence, and the table beside it has the figures.
pub fn drawing(stress: &Stress, class: &str, width: f64) -> Markup {
    let rungs = rungs(stress);
    let height = TOP + ROW * rungs.len() as f64 + BOTTOM;
    let field = Field::over(&rungs, width, height);
    html! {
        svg class=(class) viewBox={ "0 0 " (tenth(width)) " " (tenth(height)) } role="img" aria-label=(told(stress))
            font-family="Arial, Helvetica, sans-serif" {
            (key(&field))
            (axis(&field))
            @for (k, lot) in rungs.iter().enumerate() { (rung(&field, lot, TOP + ROW * (k as f64 + 0.5))) }
        }
    }
}

/// What the ladder shows, in a sentence.
pub fn told(stress: &Stress) -> String {
    let rungs = rungs(stress);
    let end = |lot: Option<&&StressLot>| {
        lot.map_or_else(String::new, |lot| {
            format!("lot {} ({})", lot.lot_id, failing(lot.fails_at, &lot.fails_by))
        })
    };
    let (drawn, all) = (rungs.len(), stress.lots.len());
    let which = if drawn < all {
        format!("the first {drawn} of {all} lots fail (the table has all)")
    } else {
        words::counted(drawn as f64, "lot fails", "lots fail")
    };
    format!(
        "Falls in volume at which {which}: from {} to {}.",
        end(rungs.last()),
        end(rungs.first())
    )
}

/// Where falls lie on the drawing.
struct Field {
    width: f64,
    height: f64,
    left: f64,
    across: Axis,
}

impl Field {
    fn over(rungs: &[&StressLot], width: f64, height: f64) -> Self {
        let falls = rungs
            .iter()
            .flat_map(|lot| [lot.floor_volume_fall, lot.break_even_volume_fall]);
        let most = falls.flatten().fold(0.1, f64::max);
        let names = rungs.iter().map(|lot| type_size::width(&name(lot), SMALL, false));
        Self {
            left: names.fold(0.0, f64::max).min(width * 0.42) + 14.0,
            across: Axis::over(0.0, most, (width / 110.0) as usize, false),
            width,
            height,
        }
    }

    fn x(&self, fall: f64) -> f64 {
        self.left + self.across.part(fall) * (self.width - self.left - RIGHT)
    }
}

/// What a rung is called: the label, and the name of the lot where the label is none.
fn name(lot: &StressLot) -> String {
    if lot.name.is_empty() || is_name(&lot.lot_id) {
        lot.lot_id.clone()
    } else {
        format!("{} {}", lot.lot_id, lot.name)
    }
}

fn key(field: &Field) -> Markup {
    let right = field.left + 92.0;
    html! {
        (square(field.left + 6.0, 11.0))
        text x=(tenth(field.left + 17.0)) y="15.5" font-size=(SMALL) fill=(INK) { "to floor" }
        (dot(right, 11.0))
        text x=(tenth(right + 11.0)) y="15.5" font-size=(SMALL) fill=(INK) { "to loss" }
    }
}

fn axis(field: &Field) -> Markup {
    let floor = field.height - BOTTOM;
    html! {
        @for &tick in &field.across.ticks {
            @let x = tenth(field.x(tick));
            path d={ "M" (x) " " (tenth(TOP)) "V" (tenth(floor + 5.0)) } stroke=(if tick == 0.0 { INK } else { GRID }) {}
            text x=(x) y=(tenth(floor + 20.0)) font-size=(SMALL) text-anchor="middle" fill=(INK) { (factor(tick)) }
        }
        text x=(tenth(f64::midpoint(field.left, field.width - RIGHT))) y=(tenth(field.height - 6.0)) font-size=(SMALL) text-anchor="middle" fill=(GREY) { "fall in volume" }
    }
}

/// A line from nothing to the fall at which the lot fails, and a mark for each of the two falls.
fn rung(field: &Field, lot: &StressLot, y: f64) -> Markup {
    let text = type_size::fitted(&name(lot), SMALL, field.left - 12.0);
    let end = lot
        .fails_at
        .unwrap_or(field.across.ticks.last().copied().unwrap_or(1.0));
    let floor = lot.floor_volume_fall.or((lot.floor == "below").then_some(0.0));
    let margin = lot
        .break_even_volume_fall
        .or((lot.break_even == "loses").then_some(0.0));
    html! {
        g {
            title { "Lot " (lot.lot_id) ": fails at " (failing(lot.fails_at, &lot.fails_by)) @if let Some(fall) = floor { "; to floor " (rate(fall)) } @if let Some(fall) = margin { "; to loss " (rate(fall)) } }
            text x=(tenth(field.left - 8.0)) y=(tenth(y + 4.5)) font-size=(SMALL) text-anchor="end" fill=(INK) { (text) }
            path d={ "M" (tenth(field.x(0.0))) " " (tenth(y)) "H" (tenth(field.x(end))) } stroke=(GREY) stroke-width="2" {}
            @if let Some(fall) = floor { (square(field.x(fall), y)) }
            @if let Some(fall) = margin { (dot(field.x(fall), y)) }
        }
    }
}

fn square(x: f64, y: f64) -> Markup {
    html! { rect x=(tenth(x - 5.5)) y=(tenth(y - 5.5)) width="11" height="11" fill=(BLUE) stroke="#fff" {} }
}

fn dot(x: f64, y: f64) -> Markup {
    html! { circle cx=(tenth(x)) cy=(tenth(y)) r="4.5" fill=(ORANGE) stroke=(INK) {} }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_first_to_fail_stands_on_the_lowest_rung() {
        let stress = sample::stress();
        let order: Vec<&str> = rungs(&stress).iter().map(|lot| lot.lot_id.as_str()).collect();
        assert_eq!(order, ["1", "2"]);
        let text = drawing(&stress, "wide", 800.0).into_string();
        assert_eq!(text.matches("<circle").count(), 3);
        assert!(
            text.contains("from lot 2 (as contracted, margin) to lot 1 (12.0 %, floor)"),
            "{text}"
        );
    }

    #[test]
    fn of_many_lots_those_that_fail_first_are_drawn() {
        let mut stress = sample::stress();
        let one = stress.lots[0].clone();
        stress.lots = (0..100)
            .map(|k| StressLot {
                lot_id: k.to_string(),
                fails_at: (k != 7).then_some(0.9 - f64::from(k) / 200.0),
                ..one.clone()
            })
            .collect();
        let rungs = rungs(&stress);
        assert_eq!((rungs.len(), rungs[MOST - 1].lot_id.as_str()), (MOST, "99"));
        assert!(rungs.iter().all(|lot| lot.fails_at.is_some()));
        let words = told(&stress);
        assert!(
            words
                .starts_with("Falls in volume at which the first 60 of 100 lots fail (the table has all): from lot 99"),
            "{words}"
        );
    }
}
