//! Says which areas share a region, whose labour market errs as one.

use std::collections::BTreeMap;

use super::index::Index;

/// The regions of the areas that take part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RiskRegions {
    /// Names of the regions.
    pub names: Vec<String>,
    /// For every area, its region; `None` where no grouping holds it.
    pub of_area: Vec<Option<usize>>,
}

impl RiskRegions {
    /// The regions of areas at these places of the boundaries, numbered in the order of their first area; the first of `groupings` that holds an area says its
    /// region.
    pub fn of_places(index: &Index<'_>, places: &[usize], groupings: &[String]) -> Self {
        let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut regions = Self::default();
        for &place in places {
            let held = groupings.iter().find_map(|grouping| {
                let value = index.values_of(grouping, place).first()?;
                Some((grouping.as_str(), *value))
            });
            let region = held.map(|held| {
                *numbers.entry(held).or_insert_with(|| {
                    regions.names.push(held.1.to_string());
                    regions.names.len() - 1
                })
            });
            regions.of_area.push(region);
        }
        regions
    }

    /// Areas that have no region.
    pub fn without(&self) -> usize {
        self.of_area.iter().filter(|region| region.is_none()).count()
    }
}
