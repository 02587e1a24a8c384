//! A Reader reads the files of a scenario; faults are kept, so that those of all files are told at once.

use std::path::PathBuf;
use std::sync::Arc;

use super::named::{Used, seen};
use crate::app::files;
use crate::app::join::{Split, Tables};
use crate::domain::{AreasSpec, Border, Finding, Findings, Scenario, Severity, VolumesSpec};
use crate::geo::Rigour;
use crate::io::homes::Homes;
use crate::io::input::Input;
use crate::io::{BoundarySet, BoundarySource, CodeChanges, Dataset, LinkTable};
use crate::io::{plan, volumes};
use crate::report::{InputAnswer, Source};

/// The files of a scenario under reading; faults are kept, so that those of all files are told at once.
pub(super) struct Reader {
    pub(super) folder: PathBuf,
    /// Where data sets are looked for.
    pub(super) homes: Homes,
    /// Data sets that were read, each once.
    pub(super) used: Vec<Arc<Used>>,
    pub(super) inputs: Vec<InputAnswer>,
    pub(super) findings: Findings,
    pub(super) faults: Findings,
}

impl Reader {
    /// A reader of what stands in `folder`, the folder of the scenario.
    pub(super) fn new(scenario: &Input, folder: PathBuf) -> Self {
        Self {
            homes: Homes::of_scenario(&folder),
            folder,
            used: Vec::new(),
            inputs: vec![seen(scenario)],
            findings: Findings::default(),
            faults: Findings::default(),
        }
    }

    pub(super) fn tables(&mut self, scenario: &Scenario) -> Option<(Tables, Vec<Source>)> {
        let spec = &scenario.areas;
        let used = self.dataset(&spec.boundaries, &scenario.place("areas.boundaries"))?;
        let dataset = used.as_ref().map(|used| &used.dataset);
        let changes = self.changes(dataset);
        let boundaries = self.boundaries(scenario, dataset);
        let boundaries = self.forward(scenario, boundaries, changes.as_ref());
        let (file, sheet) = self.file_and_sheet(&scenario.volumes.file);
        let volumes = self.volumes_file(file, dataset);
        let volumes = volumes.and_then(|input| self.volumes(&input, sheet, &scenario.volumes));
        let volumes = volumes.map(|(volumes, told)| {
            self.sort(told);
            volumes
        });
        let split = scenario
            .volumes
            .split_by
            .as_ref()
            .map(|by| self.split(by, scenario, dataset));
        let mut groupings = self.groupings(&spec.tables, dataset);
        if let Some(boundaries) = &boundaries {
            groupings.extend(self.groups_from_shapes(spec, boundaries));
        }
        let links = self.links(spec.links_file.as_deref(), dataset);
        let locks = scenario
            .lots
            .locks
            .as_ref()
            .map(|file| self.read_beside(file).and_then(|input| self.keep(plan::read(&input))));
        let (boundaries, volumes, changes) = (boundaries?, volumes?, changes?);
        let split = match split {
            Some(split) => Some(split?),
            None => None,
        };
        let sources = self.sources(scenario, &boundaries, &groupings, used.as_ref());
        let borders = self.borders(scenario, &boundaries);
        let tables = Tables {
            boundaries: Arc::new(boundaries),
            borders,
            groupings,
            links,
            volumes,
            split,
            locks: locks.flatten(),
            changes: Arc::new(changes),
        };
        Some((tables, sources))
    }

    fn boundaries(&mut self, scenario: &Scenario, dataset: Option<&Dataset>) -> Option<BoundarySet> {
        let (file, layer) = file_and_layer(&scenario.areas.boundaries);
        let layer = layer.or(scenario.areas.layer.as_deref());
        let input = match dataset {
            Some(dataset) => self.take(dataset.boundaries.as_ref()?),
            None => self.read_beside(file)?,
        };
        let beside = if dataset.is_none() {
            self.parts_beside(file)?
        } else {
            Vec::new()
        };
        let source = BoundarySource {
            file: &input.name,
            bytes: &input.bytes,
            crs: scenario.areas.crs.as_deref(),
            layer,
            beside: &beside,
            year: scenario.areas.year,
            only: &scenario.areas.only,
        };
        let read = BoundarySet::read_with(&source, rigour(&scenario.areas));
        let (boundaries, findings) = self.keep(read)?;
        self.findings.extend(findings);
        Some(boundaries)
    }

    /// The areas as they were in the year that the scenario names.
    fn forward(
        &mut self,
        scenario: &Scenario,
        boundaries: Option<BoundarySet>,
        changes: Option<&CodeChanges>,
    ) -> Option<BoundarySet> {
        let Some(year) = scenario.areas.forward_to else {
            return boundaries;
        };
        let year = u16::try_from(year).unwrap_or(u16::MAX);
        let (boundaries, findings) = self.keep(boundaries?.forward_to(year, changes?))?;
        self.findings.extend(findings);
        Some(boundaries)
    }

    /// `FILE#sheet` names a sheet of a workbook; a file whose own name holds a `#` goes before.
    fn file_and_sheet<'n>(&self, name: &'n str) -> (&'n str, Option<&'n str>) {
        if self.folder.join(name).exists() {
            return (name, None);
        }
        file_and_layer(name)
    }

    /// Common borders, those across narrow gaps among them, without those that are too short.
    fn borders(&mut self, scenario: &Scenario, boundaries: &BoundarySet) -> Vec<Border> {
        let (reach, least) = (scenario.areas.near_m, scenario.areas.least_border_m);
        let mut borders = boundaries.coverage.borders();
        borders.extend(boundaries.coverage.near_borders(reach));
        borders.sort_by_key(|border| (border.from, border.to));
        let found = borders.len();
        borders.retain(|border| border.length.metres() >= least);
        if borders.len() < found {
            let message = format!(
                "{} of {found} common borders are shorter than {least} m and do not count",
                found - borders.len()
            );
            let help = "lower areas.least_border_m if one of them should";
            self.findings
                .push(Finding::note("G110", &boundaries.file, message, help));
        }
        borders
    }

    /// The other parts of a loose shapefile; each is an input like any other.
    pub(super) fn parts_beside(&mut self, file: &str) -> Option<Vec<(String, Vec<u8>)>> {
        let names = files::shapefile_parts(&self.folder, file);
        let read = |name: String| self.read_beside(&name).map(|input| (name, input.bytes));
        names.into_iter().map(read).collect()
    }

    /// A volumes file beside the scenario, or else that of the data set.
    fn volumes_file(&mut self, file: &str, dataset: Option<&Dataset>) -> Option<Input> {
        let table = dataset.and_then(|dataset| dataset.table(file));
        match table.filter(|_| !self.folder.join(file).exists()) {
            Some(table) => Some(self.take(table)),
            None => self.read_beside(file),
        }
    }

    /// The figures of `FILE:COLUMN`, found as a volumes file is.
    fn split(&mut self, by: &str, scenario: &Scenario, dataset: Option<&Dataset>) -> Option<Split> {
        let (file, column) = by.split_once(':')?;
        let (file, sheet) = self.file_and_sheet(file);
        // The table of volumes cannot say how to divide itself, so its name stands for that of the data set.
        let given = dataset.and_then(|dataset| dataset.table(file));
        let input = match given.filter(|_| file == self.file_and_sheet(&scenario.volumes.file).0) {
            Some(table) => self.take(table),
            None => self.volumes_file(file, dataset)?,
        };
        // It may be the table of volumes itself, which is told once.
        let last = self.inputs.pop();
        self.inputs.extend(last.filter(|last| !self.inputs.contains(last)));
        let asked = VolumesSpec {
            weight: column.to_string(),
            ..scenario.volumes.clone()
        };
        let (volumes, told) = self.volumes(&input, sheet, &asked)?;
        self.sort(told);
        let weight = |row: volumes::VolumeRow| match row.cell {
            volumes::Cell::Number(volume) => Some((row.code, volume)),
            _ => None,
        };
        Some(Split {
            name: by.to_string(),
            weights: volumes.rows.into_iter().filter_map(weight).collect(),
        })
    }

    fn links(&mut self, own: Option<&str>, dataset: Option<&Dataset>) -> Vec<LinkTable> {
        let given = dataset.into_iter().flat_map(Dataset::link_tables);
        let given: Vec<Input> = given.map(|table| self.take(table)).collect();
        let own = own.and_then(|file| self.read_beside(file));
        let inputs: Vec<Input> = given.into_iter().chain(own).collect();
        inputs
            .iter()
            .filter_map(|input| self.keep(LinkTable::read(&input.name, &input.bytes)))
            .collect()
    }

    fn changes(&mut self, dataset: Option<&Dataset>) -> Option<CodeChanges> {
        let file = match dataset {
            Some(dataset) => dataset.code_changes.clone(),
            None => Dataset::embedded_code_changes(),
        };
        let Some(file) = file else {
            return Some(CodeChanges::default());
        };
        self.keep(CodeChanges::read(&file.name, &file.bytes))
    }

    /// The volumes; what the manifest of a data set keeps of the table that it was made from counts as if it stood in the table.
    fn volumes(
        &mut self,
        input: &Input,
        sheet: Option<&str>,
        asked: &VolumesSpec,
    ) -> Option<(volumes::Volumes, Findings)> {
        let (mut volumes, faults) = self.keep(volumes::read(input, sheet, asked))?;
        if let Some(entry) = self.entry(&input.name) {
            volumes.told_by(&entry);
        }
        Some((volumes, faults))
    }

    /// Findings that come with what was read: errors wait for those of the join, all others are told with the case.
    fn sort(&mut self, told: Findings) {
        let (faults, others) = told
            .0
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        self.faults.extend(Findings(faults));
        self.findings.extend(Findings(others));
    }

    pub(super) fn keep<T>(&mut self, read: Result<T, Findings>) -> Option<T> {
        read.map_err(|findings| self.faults.extend(findings)).ok()
    }
}

/// What becomes of crooked shapes, of areas as of groups.
pub(super) fn rigour(areas: &AreasSpec) -> Rigour {
    match areas.mend {
        None => Rigour::Careful,
        Some(true) => Rigour::Mending,
        Some(false) => Rigour::Strict,
    }
}

/// `FILE#layer` names one layer of a file that holds several.
pub(super) fn file_and_layer(name: &str) -> (&str, Option<&str>) {
    name.split_once('#')
        .map_or((name, None), |(file, layer)| (file, Some(layer)))
}
