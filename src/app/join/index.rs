//! The Index finds places by code, and by the value of a grouping.

use std::collections::{BTreeMap, HashMap};

use super::Tables;
use super::abroad::Abroad;
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, Finding, Findings};
use crate::io::Fit;
use crate::io::input::did_you_mean;
use crate::report::publish::{Atlas, AtlasGroup};

/// Places by code and by group.
pub struct Index<'a> {
    tables: &'a Tables,
    by_code: HashMap<&'a str, usize>,
    groups: BTreeMap<&'a str, Group<'a>>,
    abroad: Abroad,
}

/// Where a code leads.
pub struct Led {
    /// How it fits.
    pub fit: Fit,
    /// The places, at least one.
    pub to: Vec<usize>,
}

/// One grouping: its values in name order with their places, and for every place its values in the order of the table.
#[derive(Default)]
struct Group<'a> {
    values: BTreeMap<&'a str, Vec<usize>>,
    of_place: HashMap<usize, Vec<&'a str>>,
    status: HashMap<&'a str, &'a str>,
}

impl<'a> Index<'a> {
    /// Indexes all places; a membership row of an unknown code is a finding.
    pub fn new(tables: &'a Tables, findings: &mut Findings) -> Self {
        let places = &tables.boundaries.places;
        let by_code = places
            .iter()
            .enumerate()
            .map(|(k, place)| (place.code.as_str(), k))
            .collect();
        let mut index = Self {
            tables,
            by_code,
            groups: BTreeMap::new(),
            abroad: Abroad::new(places.iter().map(|place| place.code.as_str())),
        };
        for (k, place) in places.iter().enumerate() {
            for (grouping, value) in &place.groups {
                index.add(grouping, value, None, k);
            }
        }
        for grouping in &tables.groupings {
            let mut abroad = Vec::new();
            for row in &grouping.rows {
                match index.led(&row.code) {
                    Some(led) => led
                        .to
                        .iter()
                        .for_each(|&place| index.add(&grouping.name, &row.value, row.status.as_deref(), place)),
                    None if index.abroad.of_code(row.code.as_str()).is_some() => abroad.push(row.line.to_string()),
                    None => {
                        let place = format!("{} line {}", grouping.file, row.line);
                        findings.push(index.unknown_code("M105", &place, row.code.as_str()));
                    }
                }
            }
            findings.0.extend(members_abroad(&grouping.file, &abroad));
        }
        for group in index.groups.values_mut() {
            for places in group.values.values_mut() {
                places.sort_unstable();
                places.dedup();
            }
        }
        index
    }

    fn add(&mut self, grouping: &'a str, value: &'a str, status: Option<&'a str>, place: usize) {
        let group = self.groups.entry(grouping).or_default();
        group.values.entry(value).or_default().push(place);
        let values = group.of_place.entry(place).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
        if let Some(status) = status {
            group.status.insert(value, status);
        }
    }

    /// Which countries the boundaries do not show.
    pub(super) fn abroad(&self) -> &Abroad {
        &self.abroad
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.tables.boundaries.places.len()
    }

    /// The place of a code.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// Where a code leads: to the place that has it, or to those that its area became or was made of. `None` where nothing leads there.
    pub fn led(&self, code: &AreaCode) -> Option<Led> {
        let route = self
            .tables
            .changes
            .route(code, &|code| self.place(code.as_str()).is_some())?;
        let to = route.to.iter().filter_map(|code| self.place(code.as_str()));
        Some(Led {
            fit: route.fit,
            to: to.collect(),
        })
    }

    /// Name of a place.
    pub fn name(&self, place: usize) -> &'a str {
        &self.tables.boundaries.places[place].name
    }

    /// All places and all groups of them, by grouping and name; `places` are those that take part.
    pub fn atlas(&self, places: &[usize]) -> Atlas {
        let group = |grouping: &str, (name, places): (&&str, &Vec<usize>)| AtlasGroup {
            grouping: grouping.to_string(),
            name: name.to_string(),
            places: places.clone(),
        };
        let groups = self.groups.iter();
        Atlas {
            names: (0..self.len()).map(|place| self.name(place).to_string()).collect(),
            codes: self
                .tables
                .boundaries
                .places
                .iter()
                .map(|place| place.code.to_string())
                .collect(),
            places: places.to_vec(),
            groups: groups
                .flat_map(|(grouping, found)| found.values.iter().map(move |one| group(grouping, one)))
                .collect(),
        }
    }

    /// Names of the groupings.
    pub fn groupings(&self) -> impl Iterator<Item = &'a str> {
        self.groups.keys().copied()
    }

    /// Whether there is such a grouping.
    pub fn has_grouping(&self, grouping: &str) -> bool {
        self.groups.contains_key(grouping)
    }

    /// Values of a grouping with their places, in name order.
    pub fn values(&self, grouping: &str) -> impl Iterator<Item = (&'a str, &[usize])> {
        self.groups
            .get(grouping)
            .into_iter()
            .flat_map(|group| group.values.iter().map(|(name, places)| (*name, places.as_slice())))
    }

    /// Values that hold a place, in the order of the table.
    pub fn values_of(&self, grouping: &str, place: usize) -> &[&'a str] {
        self.groups
            .get(grouping)
            .and_then(|group| group.of_place.get(&place))
            .map_or(&[], Vec::as_slice)
    }

    /// The standing of a value; `unstated` where the table gives none.
    pub fn status(&self, grouping: &str, value: &str) -> &'a str {
        self.groups
            .get(grouping)
            .and_then(|group| group.status.get(value))
            .copied()
            .unwrap_or("unstated")
    }

    /// Notes that a grouping is unknown, with the nearest name.
    pub fn unknown_grouping(&self, key: &str, grouping: &str) -> Finding {
        let names: Vec<&str> = self.groups.keys().copied().collect();
        let otherwise = if names.is_empty() {
            "no table of memberships is read; name yours in areas.tables".to_string()
        } else {
            format!("groupings are: {}", names.join(", "))
        };
        let help = did_you_mean(grouping, names.iter().copied(), &otherwise);
        Finding::error("S301", key, format!("there is no grouping `{grouping}`"), help)
    }

    /// Places of `grouping:value` or of an area code; what matches nothing is a finding with the nearest name.
    pub fn select(&self, selector: &str, key: &str, findings: &mut Findings) -> Vec<usize> {
        let Some((grouping, value)) = selector.split_once(':') else {
            return match self.place(selector) {
                Some(place) => vec![place],
                None => {
                    findings.push(self.unknown_code("S302", key, selector));
                    Vec::new()
                }
            };
        };
        let (grouping, value) = (grouping.trim(), value.trim());
        let Some(group) = self.groups.get(grouping) else {
            findings.push(self.unknown_grouping(key, grouping));
            return Vec::new();
        };
        group.values.get(value).cloned().unwrap_or_else(|| {
            let names = group.values.keys().copied();
            let help = did_you_mean(
                value,
                names.clone(),
                &format!("values are: {}", names.collect::<Vec<_>>().join(", ")),
            );
            findings.push(Finding::error(
                "S302",
                key,
                format!("no {grouping} is called `{value}`"),
                help,
            ));
            Vec::new()
        })
    }

    /// What people call a selector: the value with its standing, such as `London, devolved`, or the name of the area.
    pub fn title(&self, selector: &str) -> String {
        match selector.split_once(':') {
            None => self
                .place(selector)
                .map_or_else(|| selector.to_string(), |place| self.name(place).to_string()),
            Some((grouping, value)) => match self.status(grouping.trim(), value.trim()) {
                "unstated" => value.trim().to_string(),
                status => format!("{}, {status}", value.trim()),
            },
        }
    }

    /// A finding about a code that no boundary has: what it was or became, or which code is near.
    pub fn unknown_code(&self, fault: &'static str, subject: &str, code: &str) -> Finding {
        let vintage = &self.tables.boundaries.provenance.vintage;
        let message = format!("{code} is in no boundary of {}", self.tables.boundaries.file);
        let help = match self.tables.changes.explain(&AreaCode::new(code)) {
            Some(story) if vintage.is_empty() => format!("{story}; use figures of the same vintage as the boundaries"),
            Some(story) => format!("{story}; the boundaries are of {vintage}: use figures of that vintage"),
            None => {
                let near = self
                    .tables
                    .boundaries
                    .places
                    .iter()
                    .find(|place| place.name.eq_ignore_ascii_case(code));
                near.map_or_else(
                    || "check the code, or leave it out".to_string(),
                    |place| format!("use the code of {}, {}", place.name, place.code),
                )
            }
        };
        Finding::error(fault, subject, message, help)
    }
}

/// Rows of memberships of countries that the boundaries do not show.
fn members_abroad(file: &str, lines: &[String]) -> Option<Finding> {
    let message = format!(
        "{} that the boundaries do not show, and left out: {} {}",
        count(lines.len(), "row is of a country", "rows are of countries"),
        if lines.len() == 1 { "line" } else { "lines" },
        list(lines, 8)
    );
    (!lines.is_empty()).then(|| Finding::note("M109", file, message, "none is needed, if the map is to end there"))
}
