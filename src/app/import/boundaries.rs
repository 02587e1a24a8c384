//! Boundaries of an import: read with care, written in the canonical form, and read back to see that every border is still there.

use std::collections::BTreeMap;

use super::ImportError;
use super::draft::{Draft, unfaithful};
use crate::domain::words::{count, thousands};
use crate::domain::{BorderKind, Finding, Findings};
use crate::geo::Rigour;
use crate::io::canonical::{self, same_borders};
use crate::io::input::Input;
use crate::io::manifest::{BoundariesEntry, ImportOptions, Manifest};
use crate::io::{BoundarySet, BoundarySource, DatasetName, Provenance, sha256};

/// Boundaries that were read.
pub(super) struct MadeBoundaries {
    pub(super) set: BoundarySet,
    pub(super) entry: BoundariesEntry,
}

/// Reads a file of boundaries into the draft.
pub(super) fn add(draft: &mut Draft<'_>, input: &Input, layer: Option<&str>, beside: &[(String, Vec<u8>)]) {
    if let Some(other) = &draft.boundaries {
        let message = format!(
            "holds boundaries, as {} does; a data set has one map",
            other.entry.input
        );
        let help =
            "import each under a name of its own; outlines of groups, such as LEPs, go into a scenario as areas.shapes";
        return draft.findings.push(Finding::error("S402", &input.name, message, help));
    }
    let options = &draft.request.options;
    let source = BoundarySource {
        file: &input.name,
        bytes: &input.bytes,
        crs: options.crs.as_deref(),
        layer: layer.or(options.layer.as_deref()),
        beside,
        year: options.year,
        only: &options.only,
    };
    let rigour = if options.mend { Rigour::Mending } else { Rigour::Careful };
    match BoundarySet::read_with(&source, rigour) {
        Ok((set, findings)) => {
            draft.note(&input.name, &input.sha256, set.kind.words());
            for (name, bytes) in beside {
                draft.note(name, &sha256(bytes), "another part of the shapefile");
            }
            let steps = steps(&set, source.layer, options, &findings);
            draft
                .steps
                .extend(steps.into_iter().map(|step| format!("{}: {step}", input.name)));
            draft.findings.extend(findings);
            let codes = set.places.iter().map(|place| &place.code);
            draft.boundaries = Some(MadeBoundaries {
                entry: entry(&set, draft.changes.vintage(codes, None).words()),
                set,
            });
        }
        Err(faults) => draft.findings.extend(faults),
    }
}

fn entry(set: &BoundarySet, codes_of: String) -> BoundariesEntry {
    BoundariesEntry {
        input: set.file.clone(),
        code_column: set.code_column.clone().unwrap_or_else(|| "the id of features".into()),
        name_column: set.name_column.clone().unwrap_or_default(),
        codes_of,
        plane: set.frame.name(),
        areas: set.places.len(),
        borders: set.coverage.borders().len(),
        ..BoundariesEntry::default()
    }
}

/// What was done to the file, in the order of doing.
fn steps(set: &BoundarySet, layer: Option<&str>, options: &ImportOptions, findings: &Findings) -> Vec<String> {
    let mut steps = vec![format!("read as {}", set.kind.words())];
    steps.extend(layer.map(|layer| format!("layer `{layer}` taken")));
    steps.extend(options.year.map(|year| format!("areas of the year {year} kept")));
    if !options.only.is_empty() {
        steps.push(format!("areas kept whose codes begin with {}", options.only.join(", ")));
    }
    let code = set
        .code_column
        .as_ref()
        .map_or("the id of features".into(), |key| format!("the property `{key}`"));
    let name = set
        .name_column
        .as_ref()
        .map_or("no property".into(), |key| format!("the property `{key}`"));
    let areas = count(set.places.len(), "area", "areas");
    steps.push(format!("{areas}: codes from {code}, names from {name}"));
    steps.push(format!(
        "coordinates read as {}, taken to {}, each vertex to the nearest 0.1 m",
        set.read_as,
        set.frame.name()
    ));
    steps.extend(mended(findings));
    let borders = set.coverage.borders();
    let partial = borders
        .iter()
        .filter(|border| border.kind == BorderKind::Partial)
        .count();
    steps.push(format!(
        "lines between neighbours kept once: {} common borders, {} exact and {} partial",
        thousands(borders.len() as i64),
        thousands((borders.len() - partial) as i64),
        thousands(partial as i64)
    ));
    steps
}

/// How many shapes were changed, by the code that tells of each.
fn mended(findings: &Findings) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    findings
        .0
        .iter()
        .for_each(|finding| *counts.entry(finding.code).or_default() += 1);
    let told = [
        ("G107", "shape repaired", "shapes repaired"),
        (
            "G108",
            "overlap left to the first of two areas",
            "overlaps left to the first of two areas",
        ),
        (
            "G104",
            "strip claimed twice left to the first of two areas",
            "strips claimed twice left to the first of two areas",
        ),
        ("G105", "small ring left out", "small rings left out"),
        (
            "G106",
            "finding of narrow gaps that were closed",
            "findings of narrow gaps that were closed",
        ),
    ];
    let words = told.iter().filter_map(|(code, one, many)| {
        let number = *counts.get(code)?;
        Some(format!(
            "{} ({code}), each with its measure among the findings",
            count(number, one, many)
        ))
    });
    words.collect()
}

impl MadeBoundaries {
    /// The canonical file, which was read back and has the same areas and borders.
    ///
    /// # Errors
    /// A file that has not, which is a fault of the program.
    pub(super) fn text(&self, name: &DatasetName, manifest: &Manifest) -> Result<String, ImportError> {
        let provenance = Provenance {
            title: manifest.title.clone(),
            source: manifest.source.clone(),
            licence: manifest.licence.clone(),
            attribution: manifest.attribution.clone(),
            vintage: manifest.vintage.clone(),
        };
        let text = canonical::boundaries(name.as_str(), &provenance, &self.set);
        let source = BoundarySource {
            file: "boundaries.json",
            bytes: text.as_bytes(),
            ..BoundarySource::default()
        };
        let (back, _) = BoundarySet::read_with(&source, Rigour::Careful)
            .map_err(|faults| unfaithful(format!("its boundaries cannot be read back: {faults}")))?;
        if same_borders(&self.set, &back) {
            Ok(text)
        } else {
            Err(unfaithful(format!(
                "its boundaries have {} common borders, those of the source {}",
                back.coverage.borders().len(),
                self.entry.borders
            )))
        }
    }
}
