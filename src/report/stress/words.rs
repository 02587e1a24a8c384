//! Words for falls, chances and shocks.

use super::{BarAnswer, ChanceAnswer, EndAnswer, Stress, StressLot};
use crate::report::finance::rate;
use crate::report::words;

/// The fall at which a lot drops below its floor: `12.0 %`, `below` or `none`.
pub fn floor_fall(lot: &StressLot) -> String {
    lot.floor_volume_fall.map_or_else(|| lot.floor.clone(), rate)
}

/// The fall at which a lot's margin is gone: `22.4 %`, `never` or `loses`.
pub fn margin_fall(lot: &StressLot) -> String {
    lot.break_even_volume_fall.map_or_else(|| lot.break_even.clone(), rate)
}

/// When a lot fails, and by what: `12.0 %, floor`, `as contracted, margin` or `never`.
pub fn failing(fall: Option<f64>, by: &str) -> String {
    match fall {
        None => "never".into(),
        Some(0.0) => format!("as contracted, {}", reason(by)),
        Some(fall) => format!("{}, {}", rate(fall), reason(by)),
    }
}

fn reason(by: &str) -> &str {
    if by == "both" { "floor and margin" } else { by }
}

/// A chance: `93.4 %`.
pub fn chance(chance: &ChanceAnswer) -> String {
    rate(chance.part)
}

/// A chance with its interval: `93.4 % (92.9 to 93.9)`.
pub fn with_interval(chance: &ChanceAnswer) -> String {
    let of = |part: f64| plain(&rate(part));
    format!("{} ({} to {})", rate(chance.part), of(chance.low), of(chance.high))
}

/// A factor, whole where it is whole: `80 %`, `48.4 %`.
pub fn factor(part: f64) -> String {
    rate(part).replace(".0 %", " %")
}

/// A figure of per cents without its sign, for columns that name it: `12.0`; words stay.
pub fn plain(words: &str) -> String {
    words.replace(" %", "")
}

/// What a bar of the tornado is about: `Volume`, `Outcome rates`, `Costs`, `Payment delay`.
pub fn subject(bar: &BarAnswer) -> &'static str {
    match bar.what.as_str() {
        "volume" => "Volume",
        "performance" => "Outcome rates",
        "cost" => "Costs",
        _ => "Payment delay",
    }
}

/// An end of a bar: `75 %`, or `3 months` for a delay.
pub fn end(bar: &BarAnswer, end: &EndAnswer) -> String {
    if bar.what == "delay" {
        words::counted(end.value, "month", "months")
    } else {
        factor(end.value)
    }
}

/// What comes out, in a sentence without its stop.
pub fn headline(stress: &Stress) -> String {
    let lots = stress.lots.len() as f64;
    if stress.lots.is_empty() {
        return "No lots to put under stress".into();
    }
    format!(
        "The chance that {} viable is {}; {:.1} of {} {} to be expected",
        if lots == 1.0 {
            "the one lot stays"
        } else {
            "all lots stay"
        },
        with_interval(&stress.random.all_viable),
        stress.random.viable_lots,
        words::counted(lots, "lot", "lots"),
        if lots == 1.0 { "is" } else { "are" }
    )
}

/// The order in which lots fail, the first few of them.
pub fn order(stress: &Stress) -> String {
    let first = stress.order.iter().take(5);
    let said: Vec<String> = first
        .map(|fail| format!("{} ({})", fail.lot_id, failing(Some(fail.fall), &fail.by)))
        .collect();
    let never = stress.lots.len() - stress.order.len();
    let rest = stress.order.len() - said.len();
    let mut text = if said.is_empty() {
        return "No lot fails, however far volume falls.".into();
    } else {
        format!(
            "As volume falls everywhere alike, lots fail in this order: {}",
            said.join("; ")
        )
    };
    if rest > 0 {
        text += &format!("; and {} more", words::number(rest as f64));
    }
    if never > 0 {
        text += &format!("; {} never", words::counted(never as f64, "lot does", "lots do"));
    }
    text + "."
}
