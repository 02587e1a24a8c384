//! Joins boundaries, memberships, links, volumes and locks with the scenario into a Problem, telling every row that does not fit.

mod abroad;
mod agreement;
mod choices;
mod fit;
mod index;
mod links;
mod locks;
mod members;
mod regions;
mod report;
mod risk_regions;
mod rules;
mod sums;
mod told;
mod units;
mod volumes;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::load::Unjoined;
use crate::domain::{
    Adjacency, Area, AreaCode, Border, Deal, Figure, Finding, Findings, Parts, Problem, Scenario, Volume,
};
use crate::geo::report_islands;
use crate::io::plan::PlanFile;
use crate::io::volumes::Volumes;
use crate::io::{BoundarySet, CodeChanges, Grouping, LinkTable};
use crate::report::JoinAnswer;
use crate::report::publish::Atlas;
pub(super) use abroad::Abroad;
use index::Index;
pub use risk_regions::RiskRegions;

/// Everything that was read for a scenario.
pub struct Tables {
    /// Boundaries with the places that they hold.
    pub boundaries: Arc<BoundarySet>,
    /// Borders of those places.
    pub borders: Vec<Border>,
    /// Membership tables, those of the data set and those of the scenario.
    pub groupings: Vec<Grouping>,
    /// Links of every kind.
    pub links: Vec<LinkTable>,
    /// The volumes.
    pub volumes: Volumes,
    /// Figures by which those of merged areas are divided, where the scenario names them.
    pub split: Option<Split>,
    /// Areas whose lot is fixed beforehand, as the scenario has them.
    pub locks: Option<PlanFile>,
    /// What codes of other years became.
    pub changes: Arc<CodeChanges>,
}

/// Figures by which those of merged areas are divided.
pub struct Split {
    /// `FILE:COLUMN`, for messages.
    pub name: String,
    /// Figures by code.
    pub weights: BTreeMap<AreaCode, Volume>,
}

/// A problem with what the join had to say, and which place of the boundaries each of its areas is.
#[derive(Debug)]
pub struct Joined {
    /// The problem.
    pub problem: Problem,
    /// For every area of the problem, the index of its place in the boundaries.
    pub places: Vec<usize>,
    /// Land that takes no part: a name (empty where it was just not included) and its places.
    pub left_out: Vec<(String, Vec<usize>)>,
    /// For every area of the problem, its volume with the least and the most that it can be.
    pub figures: Vec<Figure>,
    /// Which areas share a region.
    pub regions: RiskRegions,
    /// All places with the groups that they form.
    pub atlas: Atlas,
    /// What became of every row of every table.
    pub joins: Vec<JoinAnswer>,
    /// Links that would join islands that none reaches: island, nearest area, metres between them.
    pub suggested: Vec<(usize, usize, f64)>,
    /// Warnings and notes.
    pub findings: Findings,
}

/// Joins the tables; `locks` are areas whose lot is fixed beforehand.
///
/// # Errors
/// Every fault of every table at once, with what became of every row all the same.
pub fn join(scenario: &Scenario, tables: &Tables, locks: Option<&PlanFile>) -> Result<Joined, Unjoined> {
    let mut findings = Findings::default();
    let index = Index::new(tables, &mut findings);
    let places = taking_part(scenario, &index, &mut findings);
    let volumes = volumes::of_places(scenario, tables, &index, &places, &mut findings);
    let mut areas: Vec<Area> = places
        .iter()
        .zip(&volumes.figures)
        .map(|(&place, figure)| {
            let place = &tables.boundaries.places[place];
            Area {
                code: place.code.clone(),
                name: place.name.clone(),
                volume: figure.middle,
                centre: place.centre,
                region: None,
            }
        })
        .collect();
    regions::add(scenario, &index, &places, &mut areas, &mut findings);
    let here = Here::new(tables.boundaries.places.len(), &places);
    members::tell(scenario, tables, &index, &here, &mut findings);
    let (units, seats) = units::form(scenario, &index, &places, &areas, &mut findings);
    let rules = rules::of_scenario(
        scenario,
        &index,
        &here,
        locks::of_file(locks, &index, &here, (&units, &seats), &mut findings),
        &mut findings,
    );
    let adjacency = links::adjacency(scenario, tables, &index, &here, &mut findings);
    let suggested = suggested(&tables.boundaries, &here, &places, &adjacency);
    findings.extend(islands(&areas, &adjacency, &suggested));
    findings.extend(units::scattered(&units, &seats, &areas, &adjacency));
    if areas.iter().map(|area| area.volume).sum::<Volume>() == Volume::ZERO && !findings.has_errors() {
        let message = format!(
            "`{}` adds up to nothing over the areas that take part",
            scenario.volumes.weight
        );
        findings.push(Finding::error(
            "V205",
            &tables.volumes.file,
            message,
            "choose a weight with people in it, or include more areas",
        ));
    }
    if let Some(finding) = sums::too_great(&tables.volumes.file, &areas) {
        findings.push(finding);
    }
    let total = seats.iter().map(|seat| seat.volume).sum();
    let parts = Parts {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        areas,
        units,
        seats,
        adjacency,
        deals: deals(&index, &here, &mut findings),
        funding: scenario.funding.with(total),
        rules,
        goals: scenario.goals.clone(),
        search: scenario.search,
    };
    let joins = report::joins(scenario, tables, &index, &here, &volumes);
    let findings = match findings.gate(()) {
        Ok(((), findings)) => findings,
        Err(findings) => return Err(Unjoined { findings, joins }),
    };
    let left_out = left_out(scenario, &index, &here);
    let regions = RiskRegions::of_places(&index, &places, &scenario.risk_regions);
    Ok(Joined {
        problem: Problem::new(parts),
        atlas: index.atlas(&places),
        places,
        left_out,
        figures: volumes.figures,
        regions,
        joins,
        suggested,
        findings,
    })
}

/// For each of `places` (of the boundaries) its groups: grouping to the values that hold it, in the order of the table.
pub fn memberships(tables: &Tables, places: &[usize]) -> Vec<BTreeMap<String, Vec<String>>> {
    // Faults of the tables have been told when they were joined.
    let index = Index::new(tables, &mut Findings::default());
    let of_place = |&place: &usize| {
        let groupings = index.groupings().map(|name| (name, index.values_of(name, place)));
        let held = groupings.filter(|(_, values)| !values.is_empty());
        let owned = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        held.map(|(name, values)| (name.to_string(), owned(values))).collect()
    };
    places.iter().map(of_place).collect()
}

/// Where each place of the boundaries stands among the areas that take part.
pub(super) struct Here(Vec<Option<usize>>);

impl Here {
    fn new(len: usize, places: &[usize]) -> Self {
        let mut area = vec![None; len];
        for (k, &place) in places.iter().enumerate() {
            area[place] = Some(k);
        }
        Self(area)
    }

    fn area(&self, place: usize) -> Option<usize> {
        self.0[place]
    }

    fn areas(&self, places: &[usize]) -> Vec<usize> {
        places.iter().filter_map(|&place| self.area(place)).collect()
    }
}

fn taking_part(scenario: &Scenario, index: &Index<'_>, findings: &mut Findings) -> Vec<usize> {
    let spec = &scenario.areas;
    let all = 0..index.len();
    let mut takes_part = vec![spec.include.is_empty(); all.len()];
    for (key, selectors, value) in [
        ("areas.include", &spec.include, true),
        ("areas.exclude", &spec.exclude, false),
    ] {
        for selector in selectors {
            for place in index.select(selector, &scenario.place(key), findings) {
                takes_part[place] = value;
            }
        }
    }
    let places: Vec<usize> = all.filter(|&place| takes_part[place]).collect();
    if places.is_empty() && !findings.has_errors() {
        let help = "widen `areas.include` or shorten `areas.exclude`";
        findings.push(Finding::error(
            "S303",
            scenario.place("areas.include"),
            "no area takes part",
            help,
        ));
    }
    places
}

/// Places that take no part, by the last selector of `areas.exclude` that holds them.
fn left_out(scenario: &Scenario, index: &Index<'_>, here: &Here) -> Vec<(String, Vec<usize>)> {
    let mut left = vec![(
        String::new(),
        (0..index.len())
            .filter(|&place| here.area(place).is_none())
            .collect::<Vec<_>>(),
    )];
    for selector in &scenario.areas.exclude {
        // Faults of the selector have been told already, when it was used to choose the areas.
        let places = index.select(selector, "areas.exclude", &mut Findings::default());
        let (mut named, mut rest) = (Vec::new(), Vec::new());
        for (_, list) in &mut left {
            let (inside, outside): (Vec<usize>, Vec<usize>) = list.drain(..).partition(|place| places.contains(place));
            named.extend(inside);
            rest.push(outside);
        }
        for ((_, list), outside) in left.iter_mut().zip(rest) {
            *list = outside;
        }
        left.push((index.title(selector), named));
    }
    left.retain(|(_, places)| !places.is_empty());
    left
}

/// Islands are told only where there is more than one area to be apart from.
fn islands(areas: &[Area], adjacency: &Adjacency, suggested: &[(usize, usize, f64)]) -> Findings {
    if areas.len() < 2 {
        return Findings::default();
    }
    let codes: Vec<String> = areas.iter().map(|area| area.code.to_string()).collect();
    let names: Vec<String> = areas.iter().map(|area| area.name.clone()).collect();
    report_islands(adjacency, &codes, &names, suggested)
}

/// How many of the nearest areas are named for an island.
const SUGGESTED: usize = 3;

/// What lies nearest to the islands that no link reaches.
fn suggested(
    boundaries: &BoundarySet,
    here: &Here,
    places: &[usize],
    adjacency: &Adjacency,
) -> Vec<(usize, usize, f64)> {
    let islands: Vec<usize> = (adjacency.islands().into_iter())
        .filter(|&area| adjacency.neighbours(area).is_empty())
        .collect();
    let of_islands: Vec<usize> = islands.iter().map(|&area| places[area]).collect();
    let counts = |place: usize| here.area(place).is_some();
    let nearest = boundaries.coverage.nearest(&of_islands, SUGGESTED, counts);
    let found = islands.iter().zip(nearest).flat_map(|(&island, near)| {
        let other = move |(place, metres)| Some((island, here.area(place)?, metres));
        near.into_iter().filter_map(other)
    });
    found.collect()
}

/// The grouping whose values are devolution deals.
const DEAL: &str = "deal";

fn deals(index: &Index<'_>, here: &Here, findings: &mut Findings) -> Vec<Deal> {
    let mut deals = Vec::new();
    for (name, places) in index.values(DEAL) {
        let areas = here.areas(places);
        if areas.is_empty() {
            continue;
        }
        if areas.len() < places.len() {
            let message = format!(
                "{} of its {} areas take part; shares of the deal are of those",
                areas.len(),
                places.len()
            );
            findings.push(Finding::note(
                "M503",
                format!("deal:{name}"),
                message,
                "include the others to judge the whole deal",
            ));
        }
        deals.push(Deal {
            name: name.to_string(),
            status: index.status(DEAL, name).to_string(),
            areas,
        });
    }
    deals
}
