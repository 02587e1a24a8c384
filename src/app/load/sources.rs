//! Where boundaries and figures come from, for maps and reports.

use std::sync::Arc;

use super::named::Used;
use super::reader::Reader;
use crate::domain::Scenario;
use crate::io::input::Input;
use crate::io::{BoundarySet, Dataset, Grouping, sources};
use crate::report::Source;

impl Reader {
    /// Where boundaries and figures come from, for maps and reports. Tables of the scenario's own are named by their file alone.
    pub(super) fn sources(
        &mut self,
        scenario: &Scenario,
        boundaries: &BoundarySet,
        groupings: &[Grouping],
        areas: Option<&Arc<Used>>,
    ) -> Vec<Source> {
        let from = &boundaries.provenance;
        let mut sources = vec![Source {
            title: from.title.clone(),
            source: from.source.clone(),
            licence: from.licence.clone(),
            attribution: from.attribution.clone(),
            figures: false,
        }];
        for used in self.used.clone() {
            let own = areas.is_some_and(|areas| Arc::ptr_eq(areas, &used));
            let told = self.told_by_table(scenario, &used.dataset, groupings, own);
            for source in told.into_iter().chain(told_by_manifest(&used.dataset)) {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        sources
    }

    /// What `sources.csv` says of the tables that the scenario uses; `own` is the data set of its areas, the tables of which need no name before them.
    fn told_by_table(
        &mut self,
        scenario: &Scenario,
        dataset: &Dataset,
        groupings: &[Grouping],
        own: bool,
    ) -> Vec<Source> {
        let table = dataset.table("sources.csv");
        let rows = table.and_then(|table| {
            self.keep(sources::read(&Input::from_bytes(
                table.name.clone(),
                table.bytes.to_vec(),
            )))
        });
        let file = &scenario.volumes.file;
        let beside = self.folder.join(file).exists();
        let of_dataset = file.strip_prefix(&format!("{}/", dataset.name)).or(own.then_some(file));
        let column = of_dataset
            .filter(|_| !beside)
            .map(|file| format!("{file}:{}", scenario.volumes.weight));
        // A table of the scenario may stand in place of that of the data set.
        let kept = |file: &str| {
            let table = dataset.table(file);
            table.is_some_and(|table| groupings.iter().any(|grouping| grouping.file == table.name))
        };
        let named = |file: &str| match file.strip_suffix(".csv") {
            Some("links") => own,
            Some("deal") => own && kept(file),
            Some(grouping) => own && uses_grouping(scenario, grouping) && kept(file),
            None => column.as_deref() == Some(file),
        };
        let rows = rows.into_iter().flatten().filter(|row| named(&row.file));
        rows.map(|row| Source {
            figures: column.as_deref() == Some(row.file.as_str()),
            title: row.title,
            source: row.source,
            licence: row.licence,
            attribution: row.attribution,
        })
        .collect()
    }
}

/// What an imported data set says of itself.
fn told_by_manifest(dataset: &Dataset) -> Option<Source> {
    dataset.manifest.as_ref().map(|manifest| Source {
        title: manifest.title.clone(),
        source: manifest.source.clone(),
        licence: manifest.licence.clone(),
        attribution: manifest.attribution.clone(),
        figures: false,
    })
}

/// Whether a scenario speaks of a grouping: in its units, or in a rule that selects by it.
pub(in crate::app) fn uses_grouping(scenario: &Scenario, grouping: &str) -> bool {
    let lots = &scenario.lots;
    let pairs = lots.never_together.iter().flat_map(|(one, other)| [one, other]);
    let areas = &scenario.areas;
    let lists = [&areas.unit, &areas.include, &areas.exclude, &lots.keep_whole];
    let mut words = lists.into_iter().flatten().chain(pairs);
    words.any(|word| word.split(':').next() == Some(grouping))
}
