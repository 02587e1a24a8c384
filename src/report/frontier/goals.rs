//! The small charts of the goals: what each point costs, with its bound.

use maud::{Markup, html};

use super::plot::{Plot, Size, diamond};
use super::words;
use super::{Frontier, Point};
use crate::report::svg::picture::capital;
use crate::report::{GoalAnswer, headline, words as figures};

/// The names of the goals behind the number of lots, in order.
pub fn names(frontier: &Frontier) -> Vec<String> {
    let reached = frontier.points.iter().find(|point| !point.goals.is_empty());
    reached.map_or_else(Vec::new, |point| {
        point.goals.iter().skip(1).map(|goal| goal.name.clone()).collect()
    })
}

fn goal<'a>(point: &'a Point, name: &str) -> Option<&'a GoalAnswer> {
    point.goals.iter().find(|goal| goal.name == name)
}

/// The chart of one goal at its place's origin.
pub fn chart(frontier: &Frontier, name: &str, size: Size) -> Markup {
    let given = || {
        frontier.baselines.iter().filter_map(|baseline| {
            let goal = baseline.goals.iter().find(|goal| goal.name == name)?;
            Some((baseline, baseline.holds_to?, goal.value?))
        })
    };
    let values = frontier.points.iter().filter_map(|point| goal(point, name)?.value);
    let highest = values.chain(given().map(|(_, _, value)| value)).fold(0.0, f64::max);
    let unit = unit_of(frontier, name);
    let (scale, words_of_unit) = if highest >= 2e6 {
        (1e6, format!("million {unit}"))
    } else {
        (1.0, unit.clone())
    };
    let title = match words_of_unit.as_str() {
        // These are people already by the name of the goal.
        "people" => capital(headline::goal_name(name)),
        unit => format!("{}, {unit}", capital(headline::goal_name(name))),
    };
    let plot = Plot::new(frontier, size, highest / scale, false);
    html! {
        (plot.axes(frontier, &title, &words::axis(frontier)))
        @for (baseline, at, value) in given() {
            g { title { (baseline.label) ": " (figures::measured(value, &unit)) } (diamond(plot.x(at), plot.y(value / scale))) }
        }
        @for point in &frontier.points {
            @if let Some(goal) = goal(point, name).filter(|goal| goal.value.is_some()) {
                (plot.mark(point.value, goal.value.map(|value| value / scale), goal.bound.map(|bound| bound / scale), &told(frontier, point, goal)))
            }
        }
    }
}

fn unit_of(frontier: &Frontier, name: &str) -> String {
    frontier
        .points
        .iter()
        .find_map(|point| Some(goal(point, name)?.unit.clone()))
        .unwrap_or_default()
}

fn told(frontier: &Frontier, point: &Point, goal: &GoalAnswer) -> String {
    let at = words::value_words(&frontier.key, point.value);
    let shown = |value: f64| figures::measured(value, &goal.unit);
    let value = goal.value.map_or_else(String::new, shown);
    match goal.bound {
        _ if goal.proved => format!("{at}: {value}, proved"),
        Some(bound) => format!("{at}: {value}, {} at least", shown(bound)),
        None => format!("{at}: {value}, no bound known"),
    }
}
