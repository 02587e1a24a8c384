//! Islands: areas that share no border with any other, which only a link can join to a lot.

use crate::domain::{Adjacency, Finding, Findings};

/// A finding for each area that shares no border with any other: a note where a link reaches it, a warning otherwise.
///
/// `names` has a name for each place of the graph, such as `Isle of Wight`; `codes` has its code. `nearest` has what lies nearest
/// to islands without a link: island, other place, metres between them.
pub fn report_islands(
    adjacency: &Adjacency,
    codes: &[String],
    names: &[String],
    nearest: &[(usize, usize, f64)],
) -> Findings {
    let finding = |place: usize| {
        let (code, name) = (&codes[place], &names[place]);
        let links: Vec<&str> = adjacency
            .links()
            .iter()
            .filter(|l| l.from == place || l.to == place)
            .map(|l| l.name.as_str())
            .collect();
        if links.is_empty() {
            let near = nearest.iter().filter(|(island, _, _)| *island == place);
            let near: Vec<String> = near
                .map(|&(_, other, metres)| format!("{}, {}", names[other], away(metres)))
                .collect();
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("; nearest are {}", near.join("; "))
            };
            let message = format!("{name} has no common border with any other area, and no link reaches it{near}");
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

/// A distance in words: `203 m away`, `5.7 km away`.
pub fn away(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{metres:.0} m away")
    } else {
        format!("{:.1} km away", metres / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Border, BorderKind, Length, Link, Severity};

    #[test]
    fn an_island_that_no_link_reaches_is_a_warning() {
        let border = Border {
            from: 0,
            to: 1,
            length: Length::from_metres(1.0),
            kind: BorderKind::Exact,
        };
        let ferry = Link {
            from: 1,
            to: 2,
            kind: "ferry".into(),
            name: "boat".into(),
        };
        let graph = Adjacency::new(4, vec![border], vec![ferry]);
        let words = ["a", "b", "c", "d"].map(String::from);
        let told = report_islands(&graph, &words, &words, &[(3, 1, 40.0), (3, 0, 2345.0)]).0;
        let found: Vec<(&str, Severity)> = told.iter().map(|f| (f.subject.as_str(), f.severity)).collect();
        assert_eq!(found, vec![("c", Severity::Note), ("d", Severity::Warning)]);
        assert!(told[0].message.contains("boat"));
        assert!(told[1].message.ends_with("nearest are b, 40 m away; a, 2.3 km away"));
    }
}
