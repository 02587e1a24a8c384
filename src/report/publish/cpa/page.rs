//! Both tables of contract package areas on one page.

use maud::{Markup, html};

use super::super::Publication;
use super::tables::{authorities, cpas};
use crate::report::html::{self, framed};
use crate::report::svg::picture::is_name;
use crate::report::words;

/// Both tables as one HTML page that opens offline. Its content security policy allows its own style and nothing else.
pub fn cpa_page(from: &Publication<'_>) -> String {
    let title = format!("Contract package areas: {}", from.answer.scenario.title);
    html::page(&title, None, &content(from, &title), &html! {})
}

fn content(from: &Publication<'_>, title: &str) -> Markup {
    let scenario = &from.answer.scenario;
    html! {
        h1 { (title) }
        p class="lead" {
            (words::counted(from.answer.lots.len() as f64, "contract package area", "contract package areas")) " of "
            (words::counted(from.map.areas.len() as f64, "authority", "authorities")) "."
        }
        (html::breaches("This plan breaks rules of its scenario", &from.answer.violations))
        (sections(from))
        (html::provenance(&from.map.sources, &scenario.inputs, &html! { "Scenario " (scenario.name) ", lotwright " (from.answer.version) "." }))
    }
}

/// Both tables, each under its heading.
pub(crate) fn sections(from: &Publication<'_>) -> Markup {
    html! {
        section {
            h2 id="cpa-areas" { "Areas contained in each contract package area" }
            p { "Each contract package area in the fewest names: groups are named where all of their authorities are in it, or all but those excepted." }
            (areas(from))
        }
        section { h2 id="cpa-authorities" { "Authorities by contract package area" } (authority_rows(from)) }
    }
}

fn areas(from: &Publication<'_>) -> Markup {
    framed(
        "cpa-areas-caption",
        "Areas contained in each contract package area",
        html! {
            thead { tr {
                th scope="col" { "Contract package area" }
                th scope="col" { "Areas contained" }
                th scope="col" class="n" { "Authorities" }
                th scope="col" class="n" { "People" }
            } }
            tbody { @for cpa in cpas(from) {
                tr {
                    th scope="row" { (label(&cpa.lot_id, &cpa.name)) }
                    td { (cpa.words) }
                    td class="n" { (cpa.authorities) }
                    td class="n" { (words::number(cpa.people)) }
                }
            } }
        },
    )
}

fn authority_rows(from: &Publication<'_>) -> Markup {
    framed(
        "cpa-authorities-caption",
        "Authorities of each contract package area",
        html! {
            thead { tr {
                th scope="col" { "Authority" }
                th scope="col" { "Code" }
                th scope="col" { "Contract package area" }
                th scope="col" class="n" { "Part of the authority" }
            } }
            tbody { @for one in authorities(from) {
                tr {
                    th scope="row" { (one.name) }
                    td { (one.code) }
                    td { @match (&one.lot_id, &one.lot_name) {
                        (Some(id), Some(name)) => (label(id, name)),
                        _ => "none",
                    } }
                    td class="n" { (words::percent(one.share)) }
                }
            } }
        },
    )
}

/// A lot by its label, and by its name where the label is none.
fn label(id: &str, name: &str) -> String {
    if is_name(id) || name.is_empty() || name == id {
        id.to_string()
    } else {
        format!("{id}: {name}")
    }
}
