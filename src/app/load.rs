//! A Case is a scenario with everything that it names, read and joined.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files;
use super::join::{Joined, Split, Tables, join};
use super::viability::DerivedFloor;
use crate::domain::{Border, Figure, Finding, Findings, Problem, Scenario, VolumesSpec};
use crate::geo::Rigour;
use crate::io::input::{Input, did_you_mean};
use crate::io::settings::Setting;
use crate::io::{BoundarySet, BoundarySource, CodeChanges, DataFile, Dataset, Grouping, LinkTable};
use crate::io::{plan, scenario, sources, volumes};
use crate::report::{InputAnswer, JoinAnswer, Source};

/// A scenario with everything that it names, read and joined.
pub struct Case {
    /// The scenario as read.
    pub scenario: Scenario,
    /// The problem.
    pub problem: Problem,
    /// Files read, with their checksums.
    pub inputs: Vec<InputAnswer>,
    /// What became of every row of every table.
    pub joins: Vec<JoinAnswer>,
    /// Warnings and notes of reading and joining.
    pub findings: Findings,
    /// The floor that the funding model gives, where the scenario asks for it.
    pub(super) floor: Option<DerivedFloor>,
    /// For every area of the problem, its volume with the least and the most that it can be.
    pub(super) figures: Vec<Figure>,
    pub(super) boundaries: Arc<BoundarySet>,
    /// For every area of the problem, its place in the boundaries.
    pub(super) places: Vec<usize>,
    /// Land that takes no part: a name and its places.
    pub(super) left_out: Vec<(String, Vec<usize>)>,
    /// Links that would join islands that none reaches: island, nearest area, metres between them.
    pub(super) suggested: Vec<(usize, usize, f64)>,
    pub(super) changes: Arc<CodeChanges>,
    pub(super) sources: Vec<Source>,
}

/// Why a case could not be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// A `--set` that cannot be read.
    Usage(String),
    /// Files that are invalid or do not join.
    Input(Findings),
}

impl From<Findings> for LoadError {
    fn from(findings: Findings) -> Self {
        Self::Input(findings)
    }
}

impl From<Finding> for LoadError {
    fn from(finding: Finding) -> Self {
        Self::Input(finding.into())
    }
}

impl Case {
    /// Loads a scenario from a `scenario.toml`, the folder that holds it, or standard input (`-`); `sets` are `key=value`, the value as TOML, and go before
    /// the file.
    ///
    /// # Errors
    /// Every fault of every file at once, where the faults of one file do not hide another.
    pub fn load(path: &Path, sets: &[String]) -> Result<Self, LoadError> {
        let (input, folder) = scenario_input(path)?;
        let scenario = scenario::read(&input, &settings(sets)?)?;
        Shelf::read(&input, folder, &scenario)?.case(scenario)
    }

    /// Loads a scenario once for each of `variants`, a `key=value` that goes before `sets`, and has each adjusted. Files are read once, so neither may
    /// choose another file.
    ///
    /// # Errors
    /// As [`Case::load`], for the first variant that has a fault.
    pub(super) fn load_each(
        path: &Path,
        sets: &[String],
        variants: &[String],
        adjust: impl Fn(&mut Scenario),
    ) -> Result<Vec<Self>, LoadError> {
        let (input, folder) = scenario_input(path)?;
        let mut scenarios = Vec::new();
        for variant in variants {
            let sets: Vec<String> = sets.iter().chain([variant]).cloned().collect();
            let mut scenario = scenario::read(&input, &settings(&sets)?)?;
            adjust(&mut scenario);
            scenarios.push(scenario);
        }
        let Some(first) = scenarios.first() else {
            return Ok(Vec::new());
        };
        let shelf = Shelf::read(&input, folder, first)?;
        scenarios.into_iter().map(|scenario| shelf.case(scenario)).collect()
    }
}

/// The `key=value` of a command line, read.
pub(super) fn settings(sets: &[String]) -> Result<Vec<Setting>, LoadError> {
    let sets = sets.iter().map(|set| Setting::parse(set));
    sets.collect::<Result<_, _>>().map_err(LoadError::Usage)
}

/// The scenario as a file, and the folder that its paths are relative to.
fn scenario_input(path: &Path) -> Result<(Input, PathBuf), LoadError> {
    let (file, folder) = scenario_file(path);
    Ok((Input::read(&file, &file.display().to_string())?, folder))
}

/// The scenario file and the folder that its paths are relative to.
pub(super) fn scenario_file(path: &Path) -> (PathBuf, PathBuf) {
    if path == Path::new("-") {
        return (path.to_path_buf(), PathBuf::from("."));
    }
    if path.is_dir() {
        return (path.join("scenario.toml"), path.to_path_buf());
    }
    let folder = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    (path.to_path_buf(), folder)
}

pub(super) fn seen(input: &Input) -> InputAnswer {
    InputAnswer {
        file: input.name.clone(),
        sha256: input.sha256.clone(),
    }
}

/// Everything that a scenario names, read and ready to be joined.
struct Shelf {
    /// The folder that paths of the scenario are relative to.
    folder: PathBuf,
    tables: Tables,
    sources: Vec<Source>,
    inputs: Vec<InputAnswer>,
    findings: Findings,
    faults: Findings,
}

impl Shelf {
    /// Reads every file. Tables with faults in some rows are kept: [`Shelf::case`] tells those faults with the faults of the join.
    fn read(input: &Input, folder: PathBuf, scenario: &Scenario) -> Result<Self, LoadError> {
        let mut reader = Reader {
            folder,
            inputs: vec![seen(input)],
            findings: Findings::default(),
            faults: Findings::default(),
        };
        match reader.tables(scenario) {
            Some((tables, sources)) => Ok(Self {
                folder: reader.folder,
                tables,
                sources,
                inputs: reader.inputs,
                findings: reader.findings,
                faults: reader.faults,
            }),
            None => Err(reader.faults.into()),
        }
    }

    /// Joins the tables with a scenario.
    fn case(&self, scenario: Scenario) -> Result<Case, LoadError> {
        let joined = join(&scenario, &self.tables);
        if self.faults.has_errors() {
            let mut faults = self.faults.clone();
            faults.extend(joined.err().unwrap_or_default());
            return Err(faults.into());
        }
        let Joined {
            problem,
            places,
            left_out,
            figures,
            joins,
            suggested,
            findings,
        } = joined?;
        let mut all = self.findings.clone();
        all.extend(findings);
        let floor = DerivedFloor::of(&scenario, &self.folder)?;
        let mut inputs = self.inputs.clone();
        if let Some(floor) = &floor {
            all.extend(floor.findings.clone());
            inputs.push(floor.input.clone());
        }
        Ok(Case {
            scenario,
            problem: match &floor {
                Some(floor) => floor.apply(problem),
                None => problem,
            },
            floor,
            inputs,
            joins,
            findings: all,
            figures,
            boundaries: Arc::clone(&self.tables.boundaries),
            places,
            left_out,
            suggested,
            changes: Arc::clone(&self.tables.changes),
            sources: self.sources.clone(),
        })
    }
}

/// The files of a scenario under reading; faults are kept, so that those of all files are told at once.
struct Reader {
    folder: PathBuf,
    inputs: Vec<InputAnswer>,
    findings: Findings,
    faults: Findings,
}

impl Reader {
    fn tables(&mut self, scenario: &Scenario) -> Option<(Tables, Vec<Source>)> {
        let spec = &scenario.areas;
        let dataset = self.dataset(&spec.boundaries, &scenario.place("areas.boundaries"))?;
        let boundaries = self.boundaries(scenario, dataset.as_ref());
        let (file, sheet) = self.file_and_sheet(&scenario.volumes.file);
        let volumes = self.volumes_file(file, dataset.as_ref());
        let volumes = volumes.and_then(|input| self.keep(volumes::read(&input, sheet, &scenario.volumes)));
        let volumes = volumes.map(|(volumes, faults)| {
            self.faults.extend(faults);
            volumes
        });
        let split = scenario
            .volumes
            .split_by
            .as_ref()
            .map(|by| self.split(by, scenario, dataset.as_ref()));
        let mut groupings = self.groupings(&spec.tables, dataset.as_ref());
        if let Some(boundaries) = &boundaries {
            groupings.extend(self.groups_from_shapes(&spec.shapes, boundaries));
        }
        let links = self.links(spec.links_file.as_deref(), dataset.as_ref());
        let locks = scenario
            .lots
            .locks
            .as_ref()
            .map(|file| self.read_beside(file).and_then(|input| self.keep(plan::read(&input))));
        let changes = self.changes(dataset.as_ref());
        let (boundaries, volumes, changes) = (boundaries?, volumes?, changes?);
        let split = match split {
            Some(split) => Some(split?),
            None => None,
        };
        let sources = self.sources(scenario, &boundaries, dataset.as_ref());
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

    /// The data set of that name, or `None` where the word is the path of a file.
    fn dataset(&mut self, name: &str, place: &str) -> Option<Option<Dataset>> {
        if self.folder.join(file_and_layer(name).0).is_file() {
            return Some(None);
        }
        let absolute = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let here = std::path::absolute(".").unwrap_or_else(|_| PathBuf::from("."));
        let folders: Vec<&Path> = absolute.ancestors().chain([here.as_path()]).collect();
        match Dataset::find(name, &folders) {
            Ok(Some(dataset)) => Some(Some(dataset)),
            Ok(None) => {
                let names = Dataset::embedded_names();
                let otherwise = format!(
                    "data sets are: {}; a path is relative to the folder of the scenario",
                    names.join(", ")
                );
                let help = did_you_mean(name, names.iter().map(String::as_str), &otherwise);
                self.faults.push(Finding::error(
                    "S306",
                    place,
                    format!("`{name}` is no data set and no file"),
                    help,
                ));
                None
            }
            Err(findings) => {
                self.faults.extend(findings);
                None
            }
        }
    }

    fn boundaries(&mut self, scenario: &Scenario, dataset: Option<&Dataset>) -> Option<BoundarySet> {
        let (file, layer) = file_and_layer(&scenario.areas.boundaries);
        let input = match dataset {
            Some(dataset) => self.take(&dataset.boundaries),
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
        let rigour = match scenario.areas.mend {
            None => Rigour::Careful,
            Some(true) => Rigour::Mending,
            Some(false) => Rigour::Strict,
        };
        let (boundaries, findings) = self.keep(BoundarySet::read_with(&source, rigour))?;
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
    fn parts_beside(&mut self, file: &str) -> Option<Vec<(String, Vec<u8>)>> {
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
        let (volumes, faults) = self.keep(volumes::read(&input, sheet, &asked))?;
        self.faults.extend(faults);
        let weight = |row: volumes::VolumeRow| match row.cell {
            volumes::Cell::Number(volume) => Some((row.code, volume)),
            _ => None,
        };
        Some(Split {
            name: by.to_string(),
            weights: volumes.rows.into_iter().filter_map(weight).collect(),
        })
    }

    fn groupings(&mut self, own: &[String], dataset: Option<&Dataset>) -> Vec<Grouping> {
        let given = dataset.map_or(&[][..], |dataset| &dataset.tables);
        let mut groupings = Vec::new();
        for table in given.iter().filter(|table| is_grouping(table)) {
            let input = self.take(table);
            groupings.extend(self.keep(Grouping::read(&input.name, &input.bytes)));
        }
        for file in own {
            let Some(input) = self.read_beside(file) else { continue };
            groupings.extend(self.keep(Grouping::read(&input.name, &input.bytes)));
        }
        groupings
    }

    /// Groupings by the outlines of their groups.
    fn groups_from_shapes(&mut self, shapes: &[(String, String)], boundaries: &BoundarySet) -> Vec<Grouping> {
        let mut groupings = Vec::new();
        for (name, path) in shapes {
            let (file, layer) = file_and_layer(path);
            let input = self.read_beside(file);
            let Some((input, beside)) = input.zip(self.parts_beside(file)) else {
                continue;
            };
            let source = BoundarySource {
                file: &input.name,
                bytes: &input.bytes,
                layer,
                beside: &beside,
                ..BoundarySource::default()
            };
            if let Some((grouping, findings)) = self.keep(Grouping::of_shapes(name, &source, boundaries)) {
                self.findings.extend(findings);
                groupings.push(grouping);
            }
        }
        groupings
    }

    fn links(&mut self, own: Option<&str>, dataset: Option<&Dataset>) -> Vec<LinkTable> {
        let given = dataset
            .and_then(|dataset| dataset.table("links.csv"))
            .map(|table| self.take(table));
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

    /// Where boundaries and figures come from, for maps and reports. Tables of the scenario's own are named by their file alone.
    fn sources(&mut self, scenario: &Scenario, boundaries: &BoundarySet, dataset: Option<&Dataset>) -> Vec<Source> {
        let from = &boundaries.provenance;
        let mut sources = vec![Source {
            title: from.title.clone(),
            source: from.source.clone(),
            licence: from.licence.clone(),
            attribution: from.attribution.clone(),
        }];
        let table = dataset.and_then(|dataset| dataset.table("sources.csv"));
        let rows = table.and_then(|table| {
            self.keep(sources::read(&Input::from_bytes(
                table.name.clone(),
                table.bytes.to_vec(),
            )))
        });
        let own_volumes = self.folder.join(&scenario.volumes.file).exists();
        let column = format!("{}:{}", scenario.volumes.file, scenario.volumes.weight);
        let named = |file: &str| match file.strip_suffix(".csv") {
            Some("links" | "deal") => true,
            Some(grouping) => uses_grouping(scenario, grouping),
            None => !own_volumes && file == column,
        };
        sources.extend(
            rows.into_iter()
                .flatten()
                .filter(|row| named(&row.file))
                .map(|row| Source {
                    title: row.title,
                    source: row.source,
                    licence: row.licence,
                    attribution: row.attribution,
                }),
        );
        sources
    }

    fn read_beside(&mut self, file: &str) -> Option<Input> {
        let path = if file == "-" {
            PathBuf::from(file)
        } else {
            self.folder.join(file)
        };
        let input = self.keep(Input::read(&path, file).map_err(Findings::from))?;
        self.inputs.push(seen(&input));
        Some(input)
    }

    fn take(&mut self, file: &DataFile) -> Input {
        let input = Input::from_bytes(file.name.clone(), file.bytes.to_vec());
        self.inputs.push(seen(&input));
        input
    }

    fn keep<T>(&mut self, read: Result<T, Findings>) -> Option<T> {
        read.map_err(|findings| self.faults.extend(findings)).ok()
    }
}

/// Whether a scenario speaks of a grouping: in its units, or in a rule that selects by it.
pub(super) fn uses_grouping(scenario: &Scenario, grouping: &str) -> bool {
    let lots = &scenario.lots;
    let pairs = lots.never_together.iter().flat_map(|(one, other)| [one, other]);
    let areas = &scenario.areas;
    let lists = [&areas.unit, &areas.include, &areas.exclude, &lots.keep_whole];
    let mut words = lists.into_iter().flatten().chain(pairs);
    words.any(|word| word.split(':').next() == Some(grouping))
}

/// `FILE#layer` names one layer of a file that holds several.
fn file_and_layer(name: &str) -> (&str, Option<&str>) {
    name.split_once('#')
        .map_or((name, None), |(file, layer)| (file, Some(layer)))
}

/// Tables of a data set that hold a grouping; the others have readers of their own.
fn is_grouping(table: &DataFile) -> bool {
    let other = [
        "areas.csv",
        "links.csv",
        "volumes.csv",
        "sources.csv",
        "source-names.csv",
    ];
    !other.iter().any(|name| table.name.ends_with(&format!("/{name}")))
}
