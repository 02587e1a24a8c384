//! The points as a table: `frontier.csv`, and the summary for the terminal.

use super::{Frontier, Point, goals, words};
use crate::report::csv_text::written;
use crate::report::text::{align_right, table, trimmed, wrapped};
use crate::report::{GoalAnswer, ReportError, headline, words as figures};

/// The points as comma-separated values in UTF-8 with a header; numbers are plain, what is not known is blank.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn csv(frontier: &Frontier) -> Result<String, ReportError> {
    let names = goals::names(frontier);
    let mut header = vec![frontier.key.clone()];
    header.extend(
        [
            "status",
            "stopped",
            "lots",
            "lots_bound",
            "lots_proved",
            "smallest_lot_gbp",
            "holds_to",
        ]
        .map(String::from),
    );
    for name in &names {
        header.extend([name.clone(), format!("{name}_bound"), format!("{name}_proved")]);
    }
    header.push("seconds".into());
    written(&header, frontier.points.iter().map(|point| row(point, &names)))
}

fn row(point: &Point, names: &[String]) -> Vec<String> {
    let plain = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let levels = std::iter::once("lots").chain(names.iter().map(String::as_str));
    let levels: Vec<Option<&GoalAnswer>> = levels
        .map(|name| point.goals.iter().find(|goal| goal.name == name))
        .collect();
    let cells = |goal: &Option<&GoalAnswer>| {
        let proved = goal
            .filter(|goal| goal.value.is_some())
            .map(|goal| goal.proved.to_string());
        [
            plain(goal.and_then(|goal| goal.value)),
            plain(goal.and_then(|goal| goal.bound)),
            proved.unwrap_or_default(),
        ]
    };
    let mut row = vec![point.value.to_string(), point.status.clone(), point.stopped.clone()];
    row.extend(levels.first().into_iter().flat_map(cells));
    row.extend([plain(point.smallest_lot_gbp), plain(point.holds_to)]);
    row.extend(levels.iter().skip(1).flat_map(cells));
    row.push(format!("{:.3}", point.seconds));
    row
}

/// The frontier in words and a table, at most 100 columns wide and without colour.
pub fn summary(frontier: &Frontier) -> String {
    let names = goals::names(frontier);
    let key = frontier.key.rsplit('.').next().unwrap_or(&frontier.key);
    let key = key.trim_end_matches("_gbp").replace('_', " ");
    let mut heads = vec![key, "lots".into(), "smallest lot".into()];
    heads.extend(names.iter().map(|name| name.replace('_', " ")));
    heads.extend(["stands".into(), "s".into()]);
    let mut rows = table(&heads);
    for point in &frontier.points {
        rows.add_row(shown(frontier, point, &names));
    }
    for baseline in &frontier.baselines {
        let mut cells = vec![baseline.label.clone(), figures::number(baseline.lots as f64)];
        cells.push(words::smallest(baseline.smallest_lot_gbp, baseline.smallest_lot_people));
        cells.extend(
            names
                .iter()
                .map(|name| value(baseline.goals.iter().find(|goal| goal.name == *name))),
        );
        cells.extend(["as given".into(), String::new()]);
        rows.add_row(cells);
    }
    (0..heads.len())
        .filter(|&column| column != heads.len() - 2)
        .for_each(|column| align_right(&mut rows, column));
    let title = wrapped(&words::title(frontier), "");
    let seconds = figures::seconds(frontier.seconds);
    let gaps = if frontier
        .points
        .iter()
        .flat_map(|point| point.goals.iter().skip(1))
        .any(|goal| !goal.proved && goal.gap.is_some())
    {
        "In brackets: how far a goal may be from its best. "
    } else {
        ""
    };
    format!(
        "{title}\n{}\n\n{}\n{gaps}Solved in {seconds}.\n",
        words::standing(frontier),
        trimmed(&rows)
    )
}

fn shown(frontier: &Frontier, point: &Point, names: &[String]) -> Vec<String> {
    let goal = |name: &String| value(point.goals.iter().find(|goal| goal.name == *name));
    let mut cells = vec![words::value_words(&frontier.key, point.value), lots(point)];
    cells.push(words::smallest(point.smallest_lot_gbp, point.smallest_lot_people));
    cells.extend(names.iter().map(goal));
    cells.push(words::status(point).into());
    cells.push(if point.status == "not_reached" {
        String::new()
    } else {
        format!("{:.1}", point.seconds)
    });
    cells
}

/// `14`, or `13 to 15` where the bound is open, or `15 at most` where no plan was found.
pub fn lots(point: &Point) -> String {
    let bound = point.most_lots().map(figures::number);
    match (point.lots, bound) {
        (Some(lots), Some(bound)) if !words::lots_proved(point) => format!("{lots} to {bound}"),
        (Some(lots), _) => figures::number(lots as f64),
        (None, _) if point.status == "infeasible" => "none".into(),
        (None, Some(bound)) => format!("{bound} at most"),
        (None, None) => String::new(),
    }
}

/// The value of a goal, and in brackets how far it may be from the best where that is open.
pub fn value(goal: Option<&GoalAnswer>) -> String {
    let Some((goal, value)) = goal.and_then(|goal| Some((goal, goal.value?))) else {
        return String::new();
    };
    let shown = figures::measured(value, &goal.unit)
        .replace(" person-km", "")
        .replace(" people", "")
        .replace(" person", "");
    match (goal.proved, goal.gap) {
        (false, Some(gap)) => format!("{shown} ({})", figures::percent(gap)),
        _ => shown,
    }
}

/// The unit of a goal beside its name: `travel to the hubs, person-km`.
pub fn heading(frontier: &Frontier, name: &str) -> String {
    let goal = frontier
        .points
        .iter()
        .flat_map(|point| &point.goals)
        .find(|goal| goal.name == name);
    match goal.map(|goal| goal.unit.as_str()) {
        Some("people") | None => headline::goal_name(name).to_string(),
        Some(unit) => format!("{}, {unit}", headline::goal_name(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_csv_has_a_row_a_point_and_leaves_the_unknown_blank() {
        let text = csv(&sample::frontier()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(
            rows,
            [
                "viability.floor_gbp,status,stopped,lots,lots_bound,lots_proved,smallest_lot_gbp,holds_to,travel,travel_bound,travel_proved,seconds",
                "10000000,optimal,proved,4,4,true,12000000,12000000,2000000,2000000,true,0.000",
                "20000000,feasible,proved,3,4,false,25000000,25000000,3000000,3000000,true,0.000",
                "30000000,infeasible,proved,,,,,,,,,0.000",
            ]
        );
    }

    #[test]
    fn the_summary_says_what_is_proved_and_what_is_open() {
        let mut frontier = sample::frontier();
        frontier.points.push(Point::not_reached(40e6));
        let text = summary(&frontier);
        for words in [
            "4 lots at £10.0m, 3 lots at £20.0m",
            "1 point was not reached",
            "3 to 4",
            "no plan possible",
            "not reached",
            "As let",
        ] {
            assert!(text.contains(words), "{words} is not in:\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
}
