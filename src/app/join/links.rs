//! Which areas touch: common borders, and links between areas by their codes, those of other years too.

use super::index::Index;
use super::{Here, Tables};
use crate::domain::words::{count, list};
use crate::domain::{Adjacency, Border, Finding, Findings, Link, Scenario};
use crate::io::{Fit, LinkTable, NamedLink};

/// How many links a finding names.
const NAMED: usize = 8;

/// The borders and links between areas that take part.
pub(super) fn adjacency(
    scenario: &Scenario,
    tables: &Tables,
    index: &Index<'_>,
    here: &Here,
    findings: &mut Findings,
) -> Adjacency {
    let mut borders = Vec::new();
    for border in &tables.borders {
        if let (Some(from), Some(to)) = (here.area(border.from), here.area(border.to)) {
            borders.push(Border {
                from,
                to,
                length: border.length,
                kind: border.kind,
            });
        }
    }
    let mut links = Vec::new();
    for table in &tables.links {
        for (row, [from, to]) in joined(table, index, findings) {
            if let (Some(from), Some(to)) = (here.area(from), here.area(to))
                && scenario.lots.links.contains(&row.kind)
            {
                links.push(Link {
                    from,
                    to,
                    kind: row.kind.clone(),
                    name: row.name.clone(),
                });
            }
        }
    }
    unknown_kinds(scenario, tables, findings);
    Adjacency::new(here.0.iter().flatten().count(), borders, links)
}

/// Links with the places at their ends. A link whose ends have merged joins nothing any more.
fn joined<'t>(table: &'t LinkTable, index: &Index<'_>, findings: &mut Findings) -> Vec<(&'t NamedLink, [usize; 2])> {
    let (mut joined, mut carried, mut within) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table.rows {
        let subject = format!("{} line {}", table.file, row.line);
        let ends = [&row.from, &row.to].map(|code| match index.led(code) {
            None => {
                findings.push(index.unknown_code("M202", &subject, code.as_str()));
                None
            }
            Some(led) if led.fit == Fit::Divided => {
                findings.push(several(&subject, row, code.as_str(), &led.to, index));
                None
            }
            Some(led) => Some((led.to[0], led.fit)),
        });
        let [Some((from, from_fit)), Some((to, to_fit))] = ends else {
            continue;
        };
        if from == to {
            within.push(row.name.as_str());
            continue;
        }
        if from_fit != Fit::Same || to_fit != Fit::Same {
            carried.push(format!("{} ({} and {})", row.name, index.name(from), index.name(to)));
        }
        joined.push((row, [from, to]));
    }
    findings.0.extend(told(&table.file, &carried, &within));
    joined
}

fn several(subject: &str, row: &NamedLink, code: &str, places: &[usize], index: &Index<'_>) -> Finding {
    let names: Vec<&str> = places.iter().map(|&place| index.name(place)).collect();
    let message = format!(
        "{} ends in {code}, which is {} in the boundaries",
        row.name,
        list(&names, NAMED)
    );
    let help = "put the code of the one that the link ends in";
    Finding::error("M203", subject, message, help)
}

fn told(file: &str, carried: &[String], within: &[&str]) -> Option<Finding> {
    let mut words = Vec::new();
    if !carried.is_empty() {
        let what = count(carried.len(), "link has", "links have");
        words.push(format!(
            "{what} a code of another year and joins the areas of the boundaries: {}",
            list(carried, NAMED)
        ));
    }
    if !within.is_empty() {
        let what = count(within.len(), "link lies", "links lie");
        words.push(format!(
            "{what} within an area that has merged: {}",
            list(within, NAMED)
        ));
    }
    (!words.is_empty()).then(|| Finding::note("M204", file, words.join("; "), "none is needed"))
}

fn unknown_kinds(scenario: &Scenario, tables: &Tables, findings: &mut Findings) {
    let usual = ["bridge", "tunnel", "ferry"];
    let given: Vec<&str> = tables
        .links
        .iter()
        .flat_map(|table| &table.rows)
        .map(|row| row.kind.as_str())
        .collect();
    for kind in &scenario.lots.links {
        if !usual.contains(&kind.as_str()) && !given.contains(&kind.as_str()) {
            let kinds = usual.into_iter().chain(given.iter().copied());
            let help = crate::io::input::did_you_mean(kind, kinds, "kinds are bridge, tunnel and ferry");
            findings.push(Finding::error(
                "S304",
                scenario.place("lots.links"),
                format!("no link is of the kind `{kind}`"),
                help,
            ));
        }
    }
}
