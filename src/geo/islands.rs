//! Islands: areas that share no border with any other, which only a link can join to a lot.

use crate::domain::{Adjacency, Finding, Findings};

/// A finding for each area that shares no border with any other: a note where a link reaches it, a warning otherwise.
///
/// `names` has a name for each place of the graph, such as `Isle of Wight`; `codes` has its code.
pub fn report_islands(adjacency: &Adjacency, codes: &[String], names: &[String]) -> Findings {
    let finding = |place: usize| {
        let (code, name) = (&codes[place], &names[place]);
        let links: Vec<&str> = adjacency
            .links()
            .iter()
            .filter(|l| l.from == place || l.to == place)
            .map(|l| l.name.as_str())
            .collect();
        if links.is_empty() {
            let message = format!("{name} has no common border with any other area, and no link reaches it");
            let help = "name its bridge, tunnel or ferry in a table of links, allow that kind of link, or leave it out";
            return Finding::warning("G101", code, message, help);
        }
        let message = format!(
            "{name} has no common border with any other area; it is joined by {}",
            links.join(", ")
        );
        Finding::note("G101", code, message, "")
    };
    Findings(adjacency.islands().into_iter().map(finding).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Border, Length, Link, Severity};

    #[test]
    fn an_island_that_no_link_reaches_is_a_warning() {
        let border = Border {
            from: 0,
            to: 1,
            length: Length::from_metres(1.0),
        };
        let ferry = Link {
            from: 1,
            to: 2,
            kind: "ferry".into(),
            name: "boat".into(),
        };
        let graph = Adjacency::new(4, vec![border], vec![ferry]);
        let words = ["a", "b", "c", "d"].map(String::from);
        let told = report_islands(&graph, &words, &words).0;
        let found: Vec<(&str, Severity)> = told.iter().map(|f| (f.subject.as_str(), f.severity)).collect();
        assert_eq!(found, vec![("c", Severity::Note), ("d", Severity::Warning)]);
        assert!(told[0].message.contains("boat"));
    }
}
