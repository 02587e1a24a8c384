//! Says which region every area shares its error of volume with, where a chance is asked.

use super::index::Index;
use super::risk_regions::RiskRegions;
use crate::domain::robust::MOST_WEIGHED;
use crate::domain::words::list;
use crate::domain::{Area, Finding, Findings, Scenario, Volume};

/// Numbers the regions of the areas (`places` in the order of `areas`). Areas in none, and more volume than can be weighed, are findings.
pub fn add(scenario: &Scenario, index: &Index<'_>, places: &[usize], areas: &mut [Area], findings: &mut Findings) {
    let Some(asked) = scenario.viability.assurance else {
        return;
    };
    if let Some(fault) = too_much(scenario, areas) {
        findings.push(fault);
    }
    let groupings = &scenario.risk_regions;
    let place = scenario.place("risk.regions");
    // Nobody has to give regions whose errors are nothing.
    if asked.regional_sd.0 == 0 {
        return;
    }
    // Of the usual groupings a data set may lack one; those that are named must be there.
    let named = scenario.places.contains_key("risk.regions");
    for grouping in groupings
        .iter()
        .filter(|grouping| named && !index.has_grouping(grouping))
    {
        findings.push(index.unknown_grouping(&place, grouping));
    }
    let regions = RiskRegions::of_places(index, places, groupings);
    for (area, region) in areas.iter_mut().zip(regions.of_area) {
        area.region = region;
    }
    let without: Vec<&str> = areas
        .iter()
        .filter(|area| area.region.is_none())
        .map(|area| area.name.as_str())
        .collect();
    if !without.is_empty() {
        let message = format!("no group of {} holds {}", groupings.join(" or "), list(&without, 12));
        let help = "name a grouping in risk.regions that holds them, or leave risk.regional_sd out";
        findings.push(Finding::error("S308", place, message, help));
    }
}

fn too_much(scenario: &Scenario, areas: &[Area]) -> Option<Finding> {
    let all: i128 = areas.iter().map(|area| i128::from(area.volume.0)).sum();
    // A double member may count twice.
    let message = format!(
        "{} people are more than can be weighed exactly",
        Volume(i64::try_from(all).unwrap_or(i64::MAX)).as_people()
    );
    let help = "give volumes in thousands of people, or leave viability.chance out";
    (2 * all > i128::from(MOST_WEIGHED))
        .then(|| Finding::error("S104", scenario.place("viability.chance"), message, help))
}
