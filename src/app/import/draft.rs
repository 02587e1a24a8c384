//! A Draft is a data set in the making: files read one by one, their faults kept, and nothing written.

use std::path::Path;

use super::boundaries::MadeBoundaries;
use super::tables::MadeTable;
use super::{ImportError, ImportRequest, Stated, boundaries, fitting, tables};
use crate::app::files::{parts_beside, split_part};
use crate::domain::{Finding, Findings};
use crate::io::homes::MANIFEST;
use crate::io::input::Input;
use crate::io::manifest::{BoundariesEntry, InputEntry, Manifest, NOT_STATED, SCHEMA};
use crate::io::table_kind::TableKind;
use crate::io::{CodeChanges, Provenance, sha256};

/// The file of the boundaries.
const BOUNDARIES: &str = "boundaries.json";

/// The data set as far as it has been read.
pub(super) struct Draft<'a> {
    pub(super) request: &'a ImportRequest,
    pub(super) changes: CodeChanges,
    pub(super) inputs: Vec<InputEntry>,
    pub(super) boundaries: Option<MadeBoundaries>,
    pub(super) tables: Vec<MadeTable>,
    pub(super) steps: Vec<String>,
    pub(super) findings: Findings,
}

/// Files of a data set with their bytes.
pub(super) type Files = Vec<(String, Vec<u8>)>;

impl<'a> Draft<'a> {
    pub(super) fn new(request: &'a ImportRequest, changes: CodeChanges) -> Self {
        Self {
            request,
            changes,
            inputs: Vec::new(),
            boundaries: None,
            tables: Vec::new(),
            steps: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// Reads a file for what it is; its faults are kept.
    pub(super) fn read(&mut self, name: &str) {
        let (path, part) = split_part(name);
        let input = match Input::read(Path::new(path), path) {
            Ok(input) => input,
            Err(fault) => return self.findings.push(fault),
        };
        // Files go by their own name, so that the same files make the same data set wherever they lie.
        let input = Input {
            name: file_name(&input.name),
            ..input
        };
        match TableKind::of(&input.bytes) {
            Some(kind) => {
                self.note(&input.name, &input.sha256, kind.words());
                tables::add(self, &input, part);
            }
            None => {
                let beside = parts_beside(path);
                let beside: Vec<(String, Vec<u8>)> = beside
                    .into_iter()
                    .map(|(name, bytes)| (file_name(&name), bytes))
                    .collect();
                boundaries::add(self, &input, part, &beside);
            }
        }
    }

    /// Notes a file that the data set is made from, once.
    pub(super) fn note(&mut self, file: &str, sha256: &str, what: &str) {
        let entry = InputEntry {
            file: file.into(),
            sha256: sha256.into(),
            what: what.into(),
        };
        if !self.inputs.contains(&entry) {
            self.inputs.push(entry);
        }
    }

    /// The manifest with all files, itself among them; everything has been read back and holds what was read.
    ///
    /// # Errors
    /// All faults of all files; what could not be read back, which is a fault of the program.
    pub(super) fn finish(mut self) -> Result<(Manifest, Files, Findings), ImportError> {
        tables::name_files(&mut self);
        fitting::tell(&mut self);
        let from = self.boundaries.as_ref().map(|made| made.set.provenance.clone());
        let mut manifest = self.described(from.unwrap_or_default());
        if self.findings.has_errors() {
            self.findings.0.sort_by_key(|finding| finding.severity);
            return Err(self.findings.into());
        }
        // What is said of the data set as a whole comes first, and warnings before notes.
        let own = unstated(&manifest).into_iter().chain(self.contradicted(&manifest));
        self.findings.0 = own.chain(std::mem::take(&mut self.findings.0)).collect();
        self.findings.0.sort_by_key(|finding| finding.severity);
        let mut files = Files::new();
        if let Some(made) = &self.boundaries {
            let text = made.text(&self.request.name, &manifest)?;
            manifest.boundaries = Some(BoundariesEntry {
                file: BOUNDARIES.into(),
                sha256: sha256(text.as_bytes()),
                ..made.entry.clone()
            });
            files.push((BOUNDARIES.into(), text.into_bytes()));
        }
        for made in self.tables {
            made.read_back()?;
            manifest.tables.push(made.entry);
            files.push((made.file, made.table.text.into_bytes()));
        }
        manifest.steps = self.steps;
        manifest.tell(&self.findings.0);
        let text = manifest.text().map_err(unfaithful)?;
        files.push((MANIFEST.into(), text.into_bytes()));
        Ok((manifest, files, self.findings))
    }

    /// What the user says of the data goes before what the boundaries say of themselves; nothing is guessed.
    fn described(&self, from: Provenance) -> Manifest {
        let Stated {
            title,
            source,
            licence,
            attribution,
            vintage,
            date,
        } = self.request.stated.clone();
        let or_said =
            |given: Option<String>, said: String| given.filter(|text| !text.trim().is_empty()).unwrap_or(said);
        let stated = |text: String| if text.is_empty() { NOT_STATED.into() } else { text };
        let named = self
            .boundaries
            .as_ref()
            .is_some_and(|made| made.entry.input != from.title);
        Manifest {
            schema: SCHEMA.into(),
            name: self.request.name.to_string(),
            title: or_said(
                title,
                if named {
                    from.title
                } else {
                    self.request.name.to_string()
                },
            ),
            source: stated(or_said(source, from.source)),
            licence: stated(or_said(licence, from.licence)),
            attribution: or_said(attribution, from.attribution),
            vintage: stated(or_said(vintage, from.vintage)),
            date,
            version: env!("CARGO_PKG_VERSION").into(),
            options: self.request.options.clone(),
            inputs: self.inputs.clone(),
            ..Manifest::default()
        }
    }

    /// A vintage that the codes of the boundaries belie.
    fn contradicted(&self, manifest: &Manifest) -> Option<Finding> {
        let made = self.boundaries.as_ref()?;
        let year = manifest.vintage.get(..4)?.parse().ok()?;
        let vintage = self
            .changes
            .vintage(made.set.places.iter().map(|place| &place.code), Some(year));
        let message = format!(
            "the vintage is said to be {year}, but the codes are of {}",
            vintage.words()
        );
        let help = "trust the codes; give the vintage that fits with --vintage, or the year of the layer with --year";
        (vintage.belies_heading() && !vintage.is_mixed())
            .then(|| Finding::warning("V219", &made.entry.input, message, help))
    }
}

/// What nobody has said of the data.
fn unstated(manifest: &Manifest) -> Option<Finding> {
    let lacking: Vec<&str> = [("source", &manifest.source), ("licence", &manifest.licence)]
        .into_iter()
        .filter(|(_, text)| *text == NOT_STATED)
        .map(|(key, _)| key)
        .collect();
    let message = format!(
        "its {} not stated, and nothing is guessed",
        match lacking.as_slice() {
            [one] => format!("{one} is"),
            _ => "source and licence are".to_string(),
        }
    );
    let help = "give them with --source and --licence, and the words that the licence asks for with --attribution: maps and reports print them";
    (!lacking.is_empty()).then(|| Finding::warning("S404", &manifest.name, message, help))
}

/// A data set that would not be what was read.
pub(super) fn unfaithful(what: impl Into<String>) -> ImportError {
    ImportError::App(crate::app::solve::AppError::Unfaithful(what.into()))
}

fn file_name(path: &str) -> String {
    let last = Path::new(path).file_name().and_then(|name| name.to_str());
    last.unwrap_or(path).to_string()
}
