//! A Headline says in sentences what an answer found, how good it is and what it covers.

use std::collections::BTreeSet;

use super::{Answer, GoalAnswer, MoveAnswer, RepairAnswer, words};

/// What the answer found, without the scenario's title: `22 lots of at least £10.0m each`.
pub fn finding(answer: &Answer) -> String {
    let lots = words::counted(answer.lots.len() as f64, "lot", "lots");
    match (answer.lots.is_empty(), answer.violations.is_empty()) {
        (true, _) if answer.status == "infeasible" => "No design meets every rule".into(),
        (true, _) => "No design was found within the limit".into(),
        (false, true) => format!("{lots}{}{}", sizes(answer), after_fall(answer)),
        (false, false) => format!("{lots}, {}", faults(answer)),
    }
}

/// What the map shows, as one sentence: `22 lots of at least £10.0m each: Work and Health Programme`.
pub fn title(answer: &Answer) -> String {
    if answer.scenario.title.is_empty() {
        return finding(answer);
    }
    format!("{}: {}", finding(answer), answer.scenario.title)
}

/// The sizes that every lot meets, from those rules that speak of a lot's size.
fn sizes(answer: &Answer) -> String {
    let is_size = |rule: &&String| rule.starts_with("at least ") || rule.starts_with("at most ");
    let sizes: Vec<&String> = answer.scenario.rules.iter().filter(is_size).collect();
    match (sizes.is_empty(), answer.lots.len()) {
        (true, _) => String::new(),
        (false, 1) => format!(" of {}", words::list(&sizes)),
        (false, _) => format!(" of {} each", words::list(&sizes)),
    }
}

/// What a lot is still worth after the fall that it is to survive: ` (£20.1m after a fall of 25.0 %)`.
fn after_fall(answer: &Answer) -> String {
    let Some(asked) = &answer.viability else {
        return String::new();
    };
    let people = asked.floor_participants.map(|floor| floor as f64);
    let all = !answer.lets_money() && (answer.totals.participants - answer.totals.volume).abs() < 1.0;
    let heads = if all { "people" } else { "participants" };
    let people = people.map(|floor| format!("{} {heads}", words::number(floor)));
    let floors: Vec<String> = asked.floor_gbp.map(words::money).into_iter().chain(people).collect();
    asked
        .survive
        .filter(|fall| *fall > 0.0 && !floors.is_empty())
        .map_or_else(String::new, |fall| {
            format!(" ({} after a fall of {})", words::list(&floors), words::percent(fall))
        })
}

/// Which part of the lots breaks a rule.
fn faults(answer: &Answer) -> String {
    let at_fault: BTreeSet<&str> = answer.violations.iter().filter_map(|v| v.lot_id.as_deref()).collect();
    match at_fault.len() {
        0 => "in a design that breaks a rule".into(),
        1 => "one of which breaks a rule".into(),
        all if all == answer.lots.len() => "all of which break a rule".into(),
        some => format!("{} of which break a rule", words::number(some as f64)),
    }
}

/// How good the design is, in one sentence, and whether uncertain figures put a floor or cap of it in doubt.
pub fn quality(answer: &Answer) -> String {
    format!("{}{}", standing(answer), doubt(answer))
}

/// The lots that keep their floor or cap only in part of what uncertain figures allow, as the end of a sentence.
fn doubt(answer: &Answer) -> String {
    let partly = |holds: &Option<String>| holds.as_deref() == Some("partly");
    let intervals = answer.lots.iter().filter_map(|lot| lot.interval.as_ref());
    let doubtful = intervals
        .filter(|i| partly(&i.floor_holds) || partly(&i.cap_holds))
        .count();
    if doubtful == 0 {
        return String::new();
    }
    let lots = words::counted(
        doubtful as f64,
        "lot keeps its floor or cap",
        "lots keep their floor or cap",
    );
    format!("; {lots} only in part of what uncertain figures allow")
}

fn standing(answer: &Answer) -> String {
    let unproved: Vec<&GoalAnswer> = answer.goals.iter().filter(|g| !g.proved).collect();
    if !answer.violations.is_empty() {
        return words::counted(
            answer.violations.len() as f64,
            "breach of the rules",
            "breaches of the rules",
        );
    }
    if answer.lots.is_empty() {
        return format!("The search ended: {}", stopped(&answer.stopped));
    }
    if let Some(repair) = &answer.repair {
        return moved(repair);
    }
    if answer.stopped == "evaluated" {
        return "A design as given, checked against every rule".into();
    }
    let lots_proved = answer.goals.first().is_some_and(|g| g.proved);
    match (unproved.as_slice(), lots_proved) {
        ([], _) => "Proved best".into(),
        (open, true) => {
            let open: Vec<&str> = open.iter().map(|goal| goal_name(&goal.name)).collect();
            format!("The number of lots is proved best; not proved: {}", words::list(&open))
        }
        ([first, ..], false) => format!("Not proved best: {} {}", goal_name(&first.name), gap(first)),
    }
}

/// What a repair moves, and how little could be moved.
fn moved(repair: &RepairAnswer) -> String {
    let (moving, placed): (Vec<&MoveAnswer>, Vec<&MoveAnswer>) =
        repair.moves.iter().partition(|one| one.from.is_some());
    let mut parts = Vec::new();
    if !moving.is_empty() {
        let areas = words::counted(moving.len() as f64, "area moves", "areas move");
        parts.push(format!(
            "{areas}, {}",
            words::people(repair.moved_volume.unwrap_or_default())
        ));
    }
    if !placed.is_empty() {
        parts.push(words::counted(
            placed.len() as f64,
            "area is placed",
            "areas are placed",
        ));
    }
    let what = if parts.is_empty() {
        "Nothing moves".to_owned()
    } else {
        parts.join("; ")
    };
    match (moving.is_empty(), repair.proved) {
        (true, _) => what,
        (false, true) => format!("{what}: proved least with these lots"),
        (false, false) => format!("{what}; at least {} must", words::people(repair.bound)),
    }
}

/// How far a goal may be from its best, as the end of a sentence.
fn gap(goal: &GoalAnswer) -> String {
    match (goal.bound, goal.gap) {
        (Some(bound), _) if goal.name == "lots" => format!("could be {} at most", words::number(bound)),
        (Some(0.0), _) => "has no known bound above zero".into(),
        (_, Some(gap)) => format!("lies within {} of the best possible", words::percent(gap)),
        _ => "has no known bound".into(),
    }
}

/// What the design covers: `305 areas, 349,800 people, £428.2m`, without the money where none is let.
pub fn coverage(answer: &Answer, areas: usize) -> String {
    let totals = &answer.totals;
    let areas = words::counted(areas as f64, "area", "areas");
    let covered = format!("{areas}, {}", words::people(totals.volume));
    match answer.lets_money() {
        true => format!("{covered}, {}", words::money(totals.contract_value_gbp)),
        false => covered,
    }
}

/// The goal as people call it.
pub fn goal_name(name: &str) -> &str {
    match name {
        "lots" => "the number of lots",
        "moved" => "people moved",
        "deal_splits" => "people cut off from their deal",
        "travel" => "travel to the hubs",
        "border" => "the length of lot borders",
        "imbalance" => "the imbalance of the lots",
        other => other,
    }
}

/// Proof of a goal in one sentence.
pub fn proof(goal: &GoalAnswer) -> String {
    let lots = goal.name == "lots";
    match (goal.value, goal.bound.map(|bound| words::measured(bound, &goal.unit))) {
        (None, _) => "There is no plan to judge.".into(),
        (Some(_), _) if goal.proved && lots => "No plan that meets the rules has more.".into(),
        (Some(_), _) if goal.proved => "No plan that meets the rules and the goals above has less.".into(),
        (Some(_), None) => "No bound is known, so nothing is claimed.".into(),
        (Some(_), Some(bound)) if lots => format!("Whether up to {bound} are possible is open."),
        (Some(_), Some(bound)) => format!("Whether less is possible, down to {bound}, is open."),
    }
}

/// Why the search stopped, in words.
fn stopped(word: &str) -> &str {
    match word {
        "proved" => "everything is proved",
        "gap" => "the steps planned for this time limit are done; a longer --time-limit searches further",
        "time" => "the time limit was reached",
        "cancelled" => "it was cancelled",
        other => other,
    }
}

/// How long it took and why it ended, as a sentence.
pub fn ending(answer: &Answer) -> String {
    let seconds = words::seconds(answer.seconds);
    if answer.stopped == "evaluated" {
        return format!("Judged in {seconds}; the design was given, so there was no search.");
    }
    // "after under 0.01 s" would be no English.
    let when = if seconds.starts_with("under") {
        format!("in {seconds}")
    } else {
        format!("after {seconds}")
    };
    format!("Stopped {when}: {}.", stopped(&answer.stopped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_title_says_how_many_lots_of_what_size() {
        let (answer, _) = sample::two_lots();
        assert_eq!(title(&answer), "2 lots of at least £10.0m each: Two towns");
        assert_eq!(quality(&answer), "Proved best");
        let mut unsure = answer.clone();
        unsure.lots[0].interval = Some(sample::interval(40.0, 60.5));
        assert_eq!(
            quality(&unsure),
            "Proved best; 1 lot keeps its floor or cap only in part of what uncertain figures allow"
        );
        assert_eq!(coverage(&answer, 4), "4 areas, 1,000 people, £100.0m");
    }

    #[test]
    fn a_design_that_survives_a_fall_says_what_a_lot_is_worth_before_and_after_it() {
        let (mut answer, _) = sample::two_lots();
        answer.scenario.rules[0] = "at least £13.3m".into();
        answer.viability = Some(sample::survives(0.25));
        assert_eq!(
            finding(&answer),
            "2 lots of at least £13.3m each (£10.0m after a fall of 25.0 %)"
        );
        answer.viability = Some(sample::survives(0.0));
        assert_eq!(finding(&answer), "2 lots of at least £13.3m each");
    }

    #[test]
    fn a_broken_rule_takes_the_promise_out_of_the_title() {
        let (mut answer, _) = sample::two_lots();
        answer.violations.push(sample::violation("floor", "2"));
        assert_eq!(finding(&answer), "2 lots, one of which breaks a rule");
        answer.violations.push(sample::violation("floor", "1"));
        assert_eq!(finding(&answer), "2 lots, all of which break a rule");
    }

    #[test]
    fn a_gap_is_told_and_an_unknown_bound_too() {
        let (mut answer, _) = sample::two_lots();
        answer.goals[0].proved = false;
        answer.goals[0].bound = Some(3.0);
        assert_eq!(
            quality(&answer),
            "Not proved best: the number of lots could be 3 at most"
        );
        answer.goals[0].bound = None;
        answer.goals[0].gap = None;
        assert_eq!(
            quality(&answer),
            "Not proved best: the number of lots has no known bound"
        );
        let goal = &mut answer.goals[0];
        (goal.name, goal.bound, goal.gap) = ("travel".into(), Some(0.0), Some(1.0));
        assert_eq!(
            quality(&answer),
            "Not proved best: travel to the hubs has no known bound above zero"
        );
    }

    #[test]
    fn a_bound_is_told_as_what_is_still_open() {
        let (answer, _) = sample::two_lots();
        let mut goal = answer.goals[0].clone();
        assert_eq!(proof(&goal), "No plan that meets the rules has more.");
        (goal.proved, goal.bound) = (false, Some(3.0));
        assert_eq!(proof(&goal), "Whether up to 3 lots are possible is open.");
        (goal.name, goal.unit) = ("travel".into(), "person-km".into());
        assert_eq!(proof(&goal), "Whether less is possible, down to 3 person-km, is open.");
        goal.bound = None;
        assert_eq!(proof(&goal), "No bound is known, so nothing is claimed.");
    }

    #[test]
    fn a_given_design_was_judged_and_not_searched_for() {
        let (mut answer, _) = sample::two_lots();
        assert_eq!(ending(&answer), "Stopped after 0.50 s: everything is proved.");
        answer.stopped = "evaluated".into();
        assert_eq!(
            ending(&answer),
            "Judged in 0.50 s; the design was given, so there was no search."
        );
    }

    #[test]
    fn a_repair_says_what_moves_and_how_little_could() {
        let (mut answer, _) = sample::two_lots();
        answer.repair = Some(sample::repair());
        assert_eq!(
            quality(&answer),
            "1 area moves, 250 people; 1 area is placed: proved least with these lots"
        );
        if let Some(repair) = &mut answer.repair {
            (repair.proved, repair.bound) = (false, 100.0);
        }
        assert_eq!(
            quality(&answer),
            "1 area moves, 250 people; 1 area is placed; at least 100 people must"
        );
        if let Some(repair) = &mut answer.repair {
            repair.moves.clear();
        }
        assert_eq!(quality(&answer), "Nothing moves");
    }

    #[test]
    fn no_plan_is_said_apart_from_no_possible_plan() {
        let (mut answer, _) = sample::two_lots();
        answer.lots.clear();
        answer.status = "infeasible".into();
        assert_eq!(finding(&answer), "No design meets every rule");
        answer.status = "no_plan".into();
        assert_eq!(finding(&answer), "No design was found within the limit");
    }

    #[test]
    fn only_goals_without_proof_are_called_unproved() {
        let (mut answer, _) = sample::two_lots();
        let goal = |name: &str, proved: bool| GoalAnswer {
            name: name.into(),
            proved,
            ..answer.goals[0].clone()
        };
        let goals = vec![goal("lots", true), goal("deal_splits", true), goal("travel", false)];
        answer.violations.clear();
        answer.goals = goals;
        let words = "The number of lots is proved best; not proved: travel to the hubs";
        assert_eq!(quality(&answer), words);
    }
}
