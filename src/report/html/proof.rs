//! Proof and provenance: how good the design is, what it breaks, how one can know, and where everything comes from.

use maud::{Markup, html};

use super::tables::{carded, heading};
use crate::report::svg::picture::{Picture, capital};
use crate::report::{Answer, FindingAnswer, GoalAnswer, LotAnswer, headline, sentence, words};

/// The status of the whole answer and of each goal, as tags with a sentence.
pub fn status(answer: &Answer) -> Markup {
    let (colour, word) = match (answer.violations.is_empty(), answer.status.as_str()) {
        (false, _) => ("red", "Breaks rules"),
        (true, "optimal") => ("green", "Proved best"),
        (true, "feasible") if answer.stopped == "evaluated" => ("green", "Meets every rule"),
        (true, "feasible") => ("yellow", "Meets every rule"),
        (true, "infeasible") => ("red", "No design possible"),
        (true, _) => ("red", "No design found"),
    };
    html! {
        p class="status" {
            strong class={ "tag " (colour) } { (word) }
            " " (standing(answer)) " " (headline::ending(answer))
        }
    }
}

/// What the tag means, as a sentence.
fn standing(answer: &Answer) -> String {
    let proved = answer.goals.iter().all(|goal| goal.proved);
    match (answer.violations.is_empty(), proved, answer.goals.len()) {
        (true, true, 1) => "No design that meets the rules has more lots.".into(),
        (true, true, 2..) => {
            "No design that meets the rules has more lots, or does better on the further goals in their order.".into()
        }
        _ => format!("{}.", headline::quality(answer)),
    }
}

/// The rules that are broken, as an error summary; nothing where none is.
pub fn violations(answer: &Answer) -> Markup {
    if answer.violations.is_empty() {
        return html! {};
    }
    html! {
        section class="error-summary" aria-labelledby="broken" {
            h2 id="broken" { (words::counted(answer.violations.len() as f64, "breach of the rules", "breaches of the rules")) }
            ul {
                @for violation in &answer.violations {
                    @let row = answer.lots.iter().position(|lot| violation.lot_id.as_deref() == Some(&lot.lot_id));
                    li {
                        b { (violation.rule) } ": "
                        @if let Some(row) = row { a href={ "#lot-" (row) } { (violation.message) } } @else { (violation.message) }
                    }
                }
            }
        }
    }
}

/// The goals in order of priority: value and, after a search, bound, gap, and what stands behind the bound.
pub fn goals(answer: &Answer) -> Markup {
    let searched = answer.stopped != "evaluated";
    let caption = if searched {
        "Goals in order of priority. No design passes the bound, given the goals above it."
    } else {
        "Goals in order of priority. The design was given, so no bound was sought."
    };
    carded(
        "goals-caption",
        caption,
        &html! {
            (heading("Goal", false)) (heading("This design", true))
            @if searched { (heading("Bound", true)) (heading("Gap", true)) (heading("Proof", false)) }
        },
        &html! { @for goal in &answer.goals { (goal_row(goal, searched)) } },
    )
}

fn goal_row(goal: &GoalAnswer, searched: bool) -> Markup {
    let shown = |value: Option<f64>| value.map_or("unknown".to_owned(), |value| words::measured(value, &goal.unit));
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { (capital(headline::goal_name(&goal.name))) }
            td role="cell" class="n" data-h="This design" { (shown(goal.value)) }
            @if searched {
                td role="cell" class="n" data-h="Bound" { (shown(goal.bound)) }
                td role="cell" class="n" data-h="Gap" { (goal.gap.map_or("unknown".to_owned(), words::percent)) }
                td role="cell" {
                    strong class={ "tag" @if goal.proved { " green" } @else { " yellow" } } { @if goal.proved { "proved" } @else { "not proved" } }
                    " " (headline::proof(goal)) " "
                    @if !goal.argument.is_empty() && goal.bound.is_some() { span class="hint" { "Argument: " (goal.argument) "." } }
                    @if let Some(certificate) = &goal.certificate { " " span class="hint" { (sentence(certificate)) } }
                }
            }
        }
    }
}

/// What was found on the way; nothing where nothing was.
pub fn findings(answer: &Answer) -> Markup {
    if answer.findings.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 id="findings" { "Findings in the data" }
            (carded(
                "findings-caption",
                "What was found on the way, with the next step",
                &html! { @for head in ["Code", "Weight", "About", "What was found", "Next step"] { (heading(head, false)) } },
                &html! { @for finding in &answer.findings { (finding_row(finding)) } },
            ))
        }
    }
}

fn finding_row(finding: &FindingAnswer) -> Markup {
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { (finding.code) }
            td role="cell" { strong class={ "tag" (weight_colour(&finding.severity)) } { (finding.severity) } }
            td role="cell" data-h="About" { (finding.subject) }
            td role="cell" data-h="What was found" { (finding.message) }
            td role="cell" data-h="Next step" { @if finding.help.is_empty() { "none" } @else { (finding.help) } }
        }
    }
}

fn weight_colour(severity: &str) -> &'static str {
    match severity {
        "error" => " red",
        "warning" => " yellow",
        _ => "",
    }
}

/// How one can know: what checked the plan, and the formulae with the numbers of one lot.
pub fn method(answer: &Answer) -> Markup {
    html! {
        section {
            h2 id="method" { "How do you know?" }
            p {
                "Every plan is judged a second time before it is shown, by a part of the program that shares no code with the search: it adds up every "
                "lot by itself, walks through each lot to see that it hangs together, and holds it against every rule. "
                @if answer.violations.is_empty() { "It found no fault with this design." } @else { "It found the faults listed above." }
            }
            p {
                "A goal is called proved only where a bound, found apart from the plan, says that no plan can do better. Where the two do not meet, the gap is shown."
                @if answer.stopped != "evaluated" && !answer.strategy.is_empty() { " The design was found by " (answer.strategy) "." }
            }
            @if let Some(lot) = answer.lots.first() { (formulae(answer, lot)) }
            @if !answer.scenario.rules.is_empty() {
                h3 { "Rules that every lot must meet" }
                ul { @for rule in &answer.scenario.rules { li { (rule) } } }
            }
        }
    }
}

fn formulae(answer: &Answer, lot: &LotAnswer) -> Markup {
    let totals = &answer.totals;
    let years = if lot.annual_starts > 0.0 {
        lot.participants / lot.annual_starts
    } else {
        0.0
    };
    html! {
        h3 { "How the figures follow, with lot " (lot.lot_id) " as the example" }
        dl {
            dt { "Share" }
            dd { "people of the lot ÷ people of all areas that take part = " (words::number(lot.volume)) " ÷ " (words::number(totals.volume)) " = " (words::percent(lot.share)) }
            @if answer.lets_money() {
                dt { "Contract value" }
                dd { "envelope × share = " (words::money(totals.contract_value_gbp)) " × " (words::percent(lot.share)) " = " (words::money(lot.contract_value_gbp)) }
            }
            dt { "Participants" }
            dd { "participants of the programme × share = " (words::number(totals.participants)) " × " (words::percent(lot.share)) " = " (words::number(lot.participants)) }
            dt { "Starts a year" }
            dd { "participants ÷ years of referral = " (words::number(lot.participants)) " ÷ " (words::plain(years)) " = " (words::number(lot.annual_starts)) }
            @if answer.lets_money() {
                dt { "Margin over floor" }
                dd { "contract value less the least contract value that the rules allow" }
            }
            dt { "Hub and mean km" }
            dd { "the hub is the area with the least distance to all people of its lot, weighted by people; the mean is over those people" }
        }
    }
}

/// Inputs with their checksums, sources with their licences, and the version.
pub fn provenance(picture: &Picture) -> Markup {
    let answer = picture.answer;
    html! {
        section {
            h2 id="sources" { "Sources, licences and inputs" }
            ul {
                @for source in &picture.map.sources {
                    li { b { (source.title) } ": " (source.source) ". Licence: " (source.licence) "." }
                }
            }
            p { (picture.map.attribution()) }
            @if !answer.scenario.inputs.is_empty() {
                (carded(
                    "inputs-caption",
                    "Files read, with their SHA-256 checksums",
                    &html! { (heading("File", false)) (heading("SHA-256", false)) },
                    &html! {
                        @for input in &answer.scenario.inputs {
                            tr role="row" { th role="rowheader" scope="row" { (input.file) } td role="cell" { code { (input.sha256) } } }
                        }
                    },
                ))
            }
            p class="hint" { "Scenario " (answer.scenario.name) ", lotwright " (answer.version) "." }
        }
    }
}
