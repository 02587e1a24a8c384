//! How the tables joined: counts, and the rows behind them.

use maud::{Markup, html};

use super::tables::framed;
use crate::report::{Answer, JoinAnswer, JoinRowAnswer, words};

/// The section, where there is a table that was joined.
pub fn joins(answer: &Answer) -> Markup {
    html! {
        @if !answer.joins.is_empty() {
            section {
                h2 id="joins" { "How the tables joined" }
                @for (k, join) in answer.joins.iter().enumerate() { (one(k, join)) }
            }
        }
    }
}

fn one(k: usize, join: &JoinAnswer) -> Markup {
    html! {
        h3 { (join.file) ", column " (join.column) }
        p {
            (join.words()) "."
            @if !join.vintage.is_empty() { " Codes are of " (join.vintage) "." }
        }
        @if !join.rows.is_empty() {
            (framed(&format!("join-{k}"), &format!("Rows of {} that did not simply match", join.file), rows(&join.rows)))
        }
        (codes("Codes of rows that matched", &join.matched))
        (codes("Codes of rows of areas that take no part", &join.outside))
        (codes("Areas without a row", &join.missing))
        @if !join.aside.is_empty() {
            details { summary { "Lines of the file that are no rows" } ul { @for line in &join.aside { li { (line) } } } }
        }
    }
}

fn rows(rows: &[JoinRowAnswer]) -> Markup {
    html! {
        thead { tr {
            @for head in ["Line", "Code", "Name", "Came out", "Areas", "Figure", "People", "More"] { th scope="col" { (head) } }
        } }
        tbody {
            @for row in rows {
                tr {
                    th scope="row" { (row.line) }
                    td { (row.code) }
                    td { (row.name) }
                    td { (row.outcome) }
                    td { (row.areas.join(", ")) }
                    td { (row.cell) }
                    td { (people(row)) }
                    td { (row.how) }
                }
            }
        }
    }
}

/// `25`, or `25 (0 to 50)` where the figure is not known exactly.
fn people(row: &JoinRowAnswer) -> String {
    match (row.low, row.middle, row.high) {
        (Some(low), Some(middle), Some(high)) if low < high => {
            format!(
                "{} ({} to {})",
                words::number(middle),
                words::number(low),
                words::number(high)
            )
        }
        (_, Some(middle), _) => words::number(middle),
        _ => "none taken".into(),
    }
}

fn codes(title: &str, codes: &[String]) -> Markup {
    html! {
        @if !codes.is_empty() { details { summary { (title) " (" (codes.len()) ")" } p { (codes.join(", ")) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_row_that_did_not_simply_match_stands_in_the_table() {
        let (mut answer, _) = sample::two_lots();
        assert!(joins(&answer).into_string().is_empty());
        answer.joins.push(JoinAnswer {
            file: "v.csv".into(),
            matched: vec!["E06000001".into()],
            rows: vec![JoinRowAnswer {
                line: 7,
                code: "E07000150".into(),
                name: "<Corby>".into(),
                outcome: "merged".into(),
                low: Some(0.0),
                middle: Some(25.0),
                high: Some(50.0),
                ..JoinRowAnswer::default()
            }],
            ..JoinAnswer::default()
        });
        let page = joins(&answer).into_string();
        for text in [
            "E07000150",
            "&lt;Corby&gt;",
            "25 (0 to 50)",
            "Codes of rows that matched (1)",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }
}
