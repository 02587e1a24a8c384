//! What pages other than the report of a plan have in common: the rules that their plan breaks, and where their figures come from.

use maud::{Markup, html};

use super::tables::{carded, heading};
use crate::report::{InputAnswer, Source, ViolationAnswer, attribution};

/// The rules that a plan breaks, beneath what the page does all the same; nothing where it breaks none.
pub fn breaches(title: &str, violations: &[ViolationAnswer]) -> Markup {
    html! {
        @if !violations.is_empty() {
            div class="error-summary" role="region" aria-labelledby="breaches" {
                h2 id="breaches" { (title) }
                ul { @for violation in violations { li { b { (violation.rule) } ": " (violation.message) } } }
            }
        }
    }
}

/// Sources with their licences, files with their checksums, and in `made` what the page was made from.
pub fn provenance(sources: &[Source], inputs: &[InputAnswer], made: &Markup) -> Markup {
    html! {
        section {
            h2 id="sources" { "Sources, licences and inputs" }
            ul { @for source in sources { li { b { (source.title) } ": " (source.source) ". Licence: " (source.licence) "." } } }
            p { (attribution(sources)) }
            (carded(
                "inputs-caption",
                "Files read, with their SHA-256 checksums",
                &html! { (heading("File", false)) (heading("SHA-256", false)) },
                &html! {
                    @for input in inputs {
                        tr role="row" { th role="rowheader" scope="row" { (input.file) } td role="cell" { code { (input.sha256) } } }
                    }
                },
            ))
            p class="hint" { (made) }
        }
    }
}
