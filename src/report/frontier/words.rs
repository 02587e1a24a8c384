//! Words for a frontier: its values, its headline, and how each point stands.

use super::{Frontier, Point};
use crate::report::svg::picture::capital;
use crate::report::words;

/// A value of a key as people say it: `£10.0m`, `5,000 participants`, `12`.
pub fn value_words(key: &str, value: f64) -> String {
    if key.ends_with("_gbp") {
        words::money(value)
    } else if key.ends_with("participants") {
        words::counted(value, "participant", "participants")
    } else if matches!(key, "viability.survive" | "viability.chance") {
        // To the millionth, as they are read.
        let percent = (value * 1e6).round() / 1e4;
        format!("{percent} %")
    } else if value.fract() == 0.0 {
        words::number(value)
    } else {
        value.to_string()
    }
}

/// The size of the smallest lot: its contract value, or its people where no money is let; empty where there is no plan.
pub fn smallest(gbp: Option<f64>, people: Option<f64>) -> String {
    gbp.map(words::money).or(people.map(words::people)).unwrap_or_default()
}

/// What the horizontal axis shows: `Least contract value of a lot`.
pub fn axis(frontier: &Frontier) -> String {
    capital(
        frontier
            .meaning
            .strip_suffix(", in pounds")
            .or_else(|| frontier.meaning.strip_suffix(", as a part of its volume"))
            .or_else(|| frontier.meaning.strip_suffix(", from 0.5 to less than 1"))
            .unwrap_or(&frontier.meaning),
    )
}

/// The ends of the frontier, as one line: `35 lots at £5.0m, 10 lots at £40.0m`.
pub fn ends(frontier: &Frontier) -> String {
    let told = |point: &Point| {
        let lots = match (point.lots, point.status.as_str()) {
            (Some(lots), _) => words::counted(lots as f64, "lot", "lots"),
            (None, "infeasible") => "no plan possible".into(),
            (None, _) => "no plan".into(),
        };
        format!("{lots} at {}", value_words(&frontier.key, point.value))
    };
    let with_plan = || frontier.points.iter().filter(|point| point.lots.is_some());
    match (with_plan().next(), with_plan().next_back()) {
        (Some(first), Some(last)) if first.value < last.value => format!("{}, {}", told(first), told(last)),
        (Some(only), _) => told(only),
        _ if frontier.points.iter().all(|point| point.status == "infeasible") => "No design meets every rule".into(),
        _ => "No design was found within the limit".into(),
    }
}

/// The title: `35 lots at £5.0m, 10 lots at £40.0m: Work and Health Programme`.
pub fn title(frontier: &Frontier) -> String {
    if frontier.scenario.title.is_empty() {
        ends(frontier)
    } else {
        format!("{}: {}", ends(frontier), frontier.scenario.title)
    }
}

/// How much is proved, as sentences.
pub fn standing(frontier: &Frontier) -> String {
    let all = frontier.points.len();
    let most = frontier.points.iter().filter(|point| lots_proved(point)).count();
    let best = frontier.points.iter().filter(|point| point.settled()).count();
    let unreached = frontier
        .points
        .iter()
        .filter(|point| point.status == "not_reached")
        .count();
    let part = |some: usize| match some {
        0 => "at no point".to_string(),
        _ if some == all => format!("at all {all} points"),
        _ => format!("at {some} of {all} points"),
    };
    let mut text = if best == most {
        format!("The number of lots and every further goal are proved {}.", part(best))
    } else {
        let goals = part(best);
        format!(
            "The number of lots is proved {}, and every further goal {goals}.",
            part(most)
        )
    };
    if unreached > 0 {
        text += &format!(
            " {} not reached.",
            words::counted(unreached as f64, "point was", "points were")
        );
    }
    text
}

/// Whether the number of lots of a point is proved, or that it can have none.
pub fn lots_proved(point: &Point) -> bool {
    point.status == "infeasible" || point.goals.first().is_some_and(|goal| goal.proved)
}

/// How a point stands, in a word or two.
pub fn status(point: &Point) -> &'static str {
    match point.status.as_str() {
        "optimal" => "proved best",
        "feasible" if lots_proved(point) => "lots proved",
        "feasible" => "not proved",
        "infeasible" => "no plan possible",
        "not_reached" => "not reached",
        _ => "no plan found",
    }
}

/// What is known between the points, as a sentence; nothing where they say nothing of each other.
pub fn between(frontier: &Frontier) -> &'static str {
    let placed = frontier.points.iter().any(|point| point.holds_to.is_some());
    match frontier.trend.as_deref() {
        Some("falling") if frontier.key == "viability.survive" && placed => {
            "Between the points, a plan holds up to the fall that its smallest lot survives, and what cannot be done at one value cannot be done at a higher one; what \
             this leaves open is hatched."
        }
        Some("falling") if !placed => {
            "Between the points, what cannot be done at one value cannot be done at a higher one, and how far a plan holds is not reckoned; what this leaves open is \
             hatched."
        }
        Some("falling") => {
            "Between the points, a plan holds up to the size of its smallest lot, and what cannot be done at one value cannot be done at a higher one; what this \
             leaves open is hatched."
        }
        Some("rising") => {
            "Between the points, a plan holds down to the size of its largest lot, and what cannot be done at one value cannot be done at a lower one; what this \
             leaves open is hatched."
        }
        _ => "The points say nothing of each other, so nothing is drawn between them.",
    }
}
