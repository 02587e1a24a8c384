//! What every file says of itself: program, scenario, rules, status, figures, inputs, sources, and the words that licences ask for.

use super::Publication;
use crate::report::{Source, words};

/// One thing that a file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// What kind of thing it is, such as `input` or `source`.
    pub item: &'static str,
    /// Which of them, such as the name of a file.
    pub name: String,
    /// What is said of it.
    pub value: String,
}

/// A figure of the plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metric {
    /// `plan`, `lot` or `deal`.
    pub subject: &'static str,
    /// Which lot or deal; empty for the plan.
    pub name: String,
    /// What is measured.
    pub measure: String,
    /// The figure; `None` where there is none.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// No plan can be better than this; `None` where no bound is known.
    pub bound: Option<f64>,
    /// Whether the bound meets the value; `None` where there is no bound.
    pub proved: Option<bool>,
}

fn fact(item: &'static str, name: &str, value: impl Into<String>) -> Fact {
    Fact {
        item,
        name: name.into(),
        value: value.into(),
    }
}

/// Where the plan comes from, in the order in which files tell it.
pub(super) fn provenance(from: &Publication<'_>) -> Vec<Fact> {
    let (answer, scenario) = (from.answer, &from.answer.scenario);
    let mut facts = vec![
        fact("program", "lotwright", format!("version {}", answer.version)),
        fact("scenario", &scenario.name, &scenario.title),
        fact("status", &answer.status, status_words(from)),
    ];
    facts.extend(scenario.rules.iter().map(|rule| fact("rule", "", rule)));
    let broken = |v: &crate::report::ViolationAnswer| fact("broken rule", &v.rule, &v.message);
    facts.extend(answer.violations.iter().map(broken));
    let inputs = scenario.inputs.iter();
    facts.extend(inputs.map(|input| fact("input", &input.file, format!("SHA-256 {}", input.sha256))));
    facts.extend(
        from.map
            .sources
            .iter()
            .map(|one| fact("source", &one.title, source_words(one))),
    );
    facts.push(fact("attribution", "", from.map.attribution()));
    facts.push(fact(
        "dates",
        "",
        "files do not say when they were made, so that equal inputs give equal bytes; dates that a format asks for are 1 January 1980",
    ));
    facts
}

/// A source with its licence in one sentence.
pub(super) fn source_words(source: &Source) -> String {
    format!("{}. Licence: {}", source.source, source.licence)
}

/// How the plan stands, in a sentence.
pub(super) fn status_words(from: &Publication<'_>) -> String {
    let lots = words::counted(from.answer.lots.len() as f64, "lot", "lots");
    match from.answer.status.as_str() {
        "optimal" => format!("{lots}; every goal is proved"),
        "feasible" => format!("{lots}; every rule holds"),
        "infeasible" => {
            let rules = words::counted(from.answer.violations.len() as f64, "breach", "breaches");
            format!("{lots}; {rules} of rules")
        }
        other => format!("{lots}; {other}"),
    }
}

/// The figures of the plan: the goals with their bounds, totals, deals.
pub(super) fn metrics(from: &Publication<'_>) -> Vec<Metric> {
    let answer = from.answer;
    let mut metrics: Vec<Metric> = answer
        .goals
        .iter()
        .map(|goal| Metric {
            bound: goal.bound,
            proved: goal.bound.map(|_| goal.proved),
            ..metric(("plan", ""), &goal.name, goal.value, &goal.unit)
        })
        .collect();
    let totals = &answer.totals;
    let plan = |measure: &str, value: f64, unit: &str| metric(("plan", ""), measure, Some(value), unit);
    metrics.push(plan("volume", totals.volume, "people"));
    if answer.lets_money() {
        metrics.push(plan("contract_value", totals.contract_value_gbp, "pounds"));
    }
    metrics.push(plan("participants", totals.participants, "participants"));
    metrics.push(plan("deal_share", totals.deal_share, "part of the volume"));
    metrics.push(plan("unassigned", answer.unassigned.len() as f64, "areas"));
    metrics.push(plan("broken_rules", answer.violations.len() as f64, "breaches"));
    for deal in &answer.deals {
        let name = ("deal", deal.deal.as_str());
        metrics.push(metric(
            name,
            "share_of_total",
            Some(deal.share_of_total),
            "part of the volume",
        ));
        metrics.push(metric(name, "lots", Some(deal.lots.len() as f64), "lots"));
    }
    metrics
}

fn metric((subject, name): (&'static str, &str), measure: &str, value: Option<f64>, unit: &str) -> Metric {
    Metric {
        subject,
        name: name.into(),
        measure: measure.into(),
        value,
        unit: unit.into(),
        bound: None,
        proved: None,
    }
}

/// The lots of an area: `3`, or `3 (60.0 %); 4 (40.0 %)` where it is shared; empty where it is in none.
pub(super) fn lots_words(from: &Publication<'_>, area: &crate::report::MapArea) -> String {
    let label = |lot: usize| from.answer.lots[lot].lot_id.as_str();
    match area.lots.as_slice() {
        [(lot, share)] if *share >= 1.0 => label(*lot).to_string(),
        lots => {
            let parts = lots
                .iter()
                .map(|&(lot, share)| format!("{} ({})", label(lot), words::percent(share)));
            parts.collect::<Vec<_>>().join("; ")
        }
    }
}

/// The deals of a lot with their shares of it: `Tees Valley (31.0 %)`.
pub(super) fn deals_words(lot: &crate::report::LotAnswer) -> String {
    let one = |deal: &crate::report::LotDealAnswer| format!("{} ({})", deal.deal, words::percent(deal.share_of_lot));
    lot.deals.iter().map(one).collect::<Vec<_>>().join("; ")
}
