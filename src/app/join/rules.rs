//! Turns the words of a scenario into rules over areas.

use super::Here;
use super::index::Index;
use crate::domain::{Finding, Findings, Group, Lock, Rules, Scenario};

/// The rules of a scenario; names that match nothing are findings.
pub fn of_scenario(
    scenario: &Scenario,
    index: &Index<'_>,
    here: &Here,
    locks: Vec<Lock>,
    findings: &mut Findings,
) -> Rules {
    let lots = &scenario.lots;
    let mut keep_whole = Vec::new();
    for name in &lots.keep_whole {
        keep_whole.extend(whole_groups(
            name,
            &scenario.place("lots.keep_whole"),
            index,
            here,
            findings,
        ));
    }
    let mut never_together = Vec::new();
    for (one, other) in &lots.never_together {
        let mut group = |name: &str| {
            let areas = here.areas(&index.select(name, &scenario.place("lots.never_together"), findings));
            Group {
                name: name.to_string(),
                areas,
            }
        };
        let pair = (group(one), group(other));
        if let Some(fault) = with_itself(&pair, &scenario.place("lots.never_together")) {
            findings.push(fault);
        }
        never_together.push(pair);
    }
    Rules {
        viability: scenario.viability,
        count: lots.count,
        contiguous: lots.contiguous,
        keep_whole,
        never_together,
        locks,
    }
}

/// A pair that names the same areas twice asks that they share no lot with themselves, which no plan can do.
fn with_itself((one, other): &(Group, Group), place: &str) -> Option<Finding> {
    let message = if one.name == other.name {
        format!("`{}` stands on both sides of a pair", one.name)
    } else {
        format!("`{}` and `{}` are the same areas", one.name, other.name)
    };
    let help = "name another group on one side, or take the pair out; to give every area of a group a lot of its own, name them in pairs";
    let same = one.name == other.name || !one.areas.is_empty() && one.areas == other.areas;
    same.then(|| Finding::error("S307", place, message, help))
}

/// The groups that a word of `keep_whole` names: every value of a grouping, or one value.
fn whole_groups(name: &str, place: &str, index: &Index<'_>, here: &Here, findings: &mut Findings) -> Vec<Group> {
    let groups: Vec<Group> = if name.contains(':') {
        vec![Group {
            name: name.to_string(),
            areas: here.areas(&index.select(name, place, findings)),
        }]
    } else if index.has_grouping(name) {
        let all = index.values(name);
        all.map(|(value, places)| Group {
            name: format!("{name}:{value}"),
            areas: here.areas(places),
        })
        .collect()
    } else {
        findings.push(index.unknown_grouping(place, name));
        Vec::new()
    };
    groups.into_iter().filter(|group| group.areas.len() > 1).collect()
}
