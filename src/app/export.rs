//! One door to every kind of file that a plan can be left in: the command line and the workbench give the same bytes.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::load::Case;
use crate::domain::words::list;
use crate::domain::{Figure, Finding, Point};
use crate::geo::Frame;
use crate::io::{plan, sha256};
use crate::report::publish::{self, FileKind, LinkLine, Plane, Publication};
use crate::report::{self, Answer, MapData, areas_geojson, lots_csv, lots_geojson};
use crate::verify::VerifiedPlan;

/// What a file may be asked to be.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// How the map is drawn.
    pub map: report::svg::MapOptions,
    /// Dots to an inch of a map in pixels.
    pub dpi: f64,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            map: report::svg::MapOptions::default(),
            dpi: report::svg::DPI,
        }
    }
}

/// A file that was written, as `export --json` tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Its name as it was given.
    pub file: String,
    /// Its kind.
    pub kind: String,
    /// Its size.
    pub bytes: usize,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Exported {
    /// What is told of a file.
    pub fn new(file: &Path, kind: FileKind, bytes: &[u8]) -> Self {
        Self {
            file: file.display().to_string(),
            kind: kind.name().into(),
            bytes: bytes.len(),
            sha256: sha256(bytes),
        }
    }
}

/// The kind of a file: `named` where it is given, or else what its name tells.
///
/// # Errors
/// A sentence with all kinds, where neither tells it.
pub fn kind_of_file(file: &Path, named: Option<&str>) -> Result<FileKind, String> {
    let found = match named {
        Some(name) => FileKind::named(name),
        None => FileKind::of_file(&file.to_string_lossy()),
    };
    found.ok_or_else(|| {
        let kinds =
            FileKind::all().map(|kind| format!("  {:<16}{:<20}{}", kind.name(), kind.file_name(), kind.words()));
        let kinds: Vec<String> = kinds.collect();
        format!(
            "the name {} tells no kind of file; end it as one of these, or name the kind with --kind:\n{}",
            file.display(),
            kinds.join("\n")
        )
    })
}

/// What two plans are called beside one another: the names of their files in quotes, with their folders where these are the same.
pub fn names_of_plans(before: &Path, now: &Path) -> [String; 2] {
    match [before, now].map(name_of_plan) {
        [was, is] if was == is => [before, now].map(|file| quoted(&file.display().to_string())),
        names => names,
    }
}

/// What a plan is called: the name of its file in quotes, such as ‘cpa.csv’.
pub(super) fn name_of_plan(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    quoted(&name.to_string_lossy())
}

fn quoted(name: &str) -> String {
    format!("‘{name}’")
}

/// Why a file could not be made: what a writer reports, or a point of the map that has no place in WGS84. Neither comes from the user's files.
pub type ExportError = Box<dyn std::error::Error>;

impl Case {
    /// A plan as a file of a kind. `answer` is what was said of `plan`; nothing else is asked, so a bound that it carries stands in the file.
    ///
    /// # Errors
    /// What a writer reports; see [`ExportError`].
    pub fn export(
        &self,
        answer: &Answer,
        plan: &VerifiedPlan,
        kind: FileKind,
        options: &ExportOptions,
    ) -> Result<Vec<u8>, ExportError> {
        self.exports(answer, plan, options).file(kind)
    }

    /// The file of the scenario that stands at a place, if one does: it would be lost if a file were written there.
    pub fn input_at(&self, place: &Path) -> Option<&str> {
        let there = sha256(&std::fs::read(place).ok()?);
        let input = self.inputs.iter().find(|input| input.sha256 == there);
        input.map(|input| input.file.as_str())
    }

    /// A plan ready to be written as files of several kinds, its map made once.
    pub fn exports<'c>(&'c self, answer: &'c Answer, plan: &'c VerifiedPlan, options: &ExportOptions) -> Exports<'c> {
        Exports {
            case: self,
            answer,
            plan,
            options: options.clone(),
            map: self.map(plan),
            links: self.link_lines(),
            intervals: self.intervals(),
        }
    }

    /// What areas can hold at least and at most; nothing where all figures are exact.
    fn intervals(&self) -> Vec<(f64, f64)> {
        if self.figures.iter().all(Figure::is_exact) {
            return Vec::new();
        }
        let ends = |figure: &Figure| (figure.low.as_people(), figure.high.as_people());
        self.figures.iter().map(ends).collect()
    }

    fn link_lines(&self) -> Vec<LinkLine> {
        let at = |area: usize| {
            let Point { easting, northing } = self.problem.areas()[area].centre;
            (easting, northing)
        };
        let links = self.problem.adjacency().links().iter();
        links
            .map(|link| LinkLine {
                from: link.from,
                to: link.to,
                kind: link.kind.clone(),
                name: link.name.clone(),
                line: [at(link.from), at(link.to)],
            })
            .collect()
    }
}

/// How many characters a finding names.
const NAMED: usize = 12;

/// Tells the characters that the letters of a picture lack, with what it shows for each.
pub(super) fn lacking_letters(drawing: &report::svg::Drawing, file: &str) -> Option<Finding> {
    let lacking = drawing.lacking();
    let told: Vec<String> = lacking
        .iter()
        .map(|(c, shown)| format!("{c} (U+{:04X}) as {shown}", u32::from(*c)))
        .collect();
    let message = format!("the letters of maps lack {}", list(&told, NAMED));
    let help = "take the SVG, whose viewer has letters of its own, or spell the names with Latin or Greek letters";
    (!lacking.is_empty()).then(|| Finding::warning("S501", file, message, help))
}

/// A plan with its map, ready to be written as files.
pub struct Exports<'c> {
    case: &'c Case,
    answer: &'c Answer,
    plan: &'c VerifiedPlan,
    options: ExportOptions,
    map: MapData,
    links: Vec<LinkLine>,
    intervals: Vec<(f64, f64)>,
}

impl Exports<'_> {
    /// The file of a kind.
    ///
    /// # Errors
    /// What a writer reports; see [`ExportError`].
    pub fn file(&self, kind: FileKind) -> Result<Vec<u8>, ExportError> {
        self.made(|from, to_wgs84| {
            Ok(match kind {
                FileKind::Plan => plan::write(&self.case.problem, self.plan.plan())?.into_bytes(),
                FileKind::Lots => lots_csv(self.answer)?.into_bytes(),
                FileKind::CpaAreas => publish::cpa_areas_csv(from)?.into_bytes(),
                FileKind::CpaAuthorities => publish::cpa_authorities_csv(from)?.into_bytes(),
                FileKind::CpaPage => publish::cpa_page(from).into_bytes(),
                FileKind::Xlsx => publish::xlsx(from)?,
                FileKind::Ods => publish::ods(from)?,
                FileKind::CsvMetadata => publish::csv_metadata(from, None)?,
                FileKind::Json => serde_json::to_vec_pretty(self.answer)?,
                FileKind::AreasGeoJson => areas_geojson(self.answer, &self.map, to_wgs84)?.into_bytes(),
                FileKind::LotsGeoJson => lots_geojson(self.answer, &self.map, to_wgs84)?.into_bytes(),
                FileKind::GeoPackage => publish::geopackage(from)?,
                FileKind::Shapefile => publish::shapefile_zip(from)?,
                FileKind::Svg => self.drawing()?.svg().into_bytes(),
                FileKind::Png => self.drawing()?.png(self.options.dpi)?,
                FileKind::Pdf => self.drawing()?.pdf()?,
                FileKind::Html => report::html::report(self.answer, &self.map, Some(from))?.into_bytes(),
            })
        })
    }

    /// What there is to tell of a file: letters that a picture cannot show (`S501`).
    ///
    /// # Errors
    /// What drawing the map reports.
    pub fn told(&self, kind: FileKind) -> Result<Option<Finding>, report::ReportError> {
        match kind {
            FileKind::Png | FileKind::Pdf => Ok(lacking_letters(&self.drawing()?, kind.file_name())),
            _ => Ok(None),
        }
    }

    /// The map as it is asked for.
    fn drawing(&self) -> Result<report::svg::Drawing, report::ReportError> {
        report::svg::map(self.answer, &self.map, &self.options.map)
    }

    /// The file of a kind with its place, and beside a table of comma-separated values its metadata, as `FILE-metadata.json`.
    ///
    /// # Errors
    /// What a writer reports; see [`ExportError`].
    pub fn files(&self, kind: FileKind, at: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, ExportError> {
        let mut files = vec![(at.to_path_buf(), self.file(kind)?)];
        if kind.is_csv() {
            let name = at.file_name().unwrap_or_default().to_string_lossy();
            let beside = at.with_file_name(format!("{name}-metadata.json"));
            files.push((beside, self.metadata_of(kind, &name)?));
        }
        Ok(files)
    }

    /// What a table of comma-separated values called `file` cannot say of itself.
    ///
    /// # Errors
    /// If `kind` is no such table.
    fn metadata_of(&self, kind: FileKind, file: &str) -> Result<Vec<u8>, ExportError> {
        self.made(|from, _| Ok(publish::csv_metadata(from, Some((kind, file)))?))
    }

    /// Hands over everything that files are made from; a point that has no place in WGS84 fails the whole.
    fn made(
        &self,
        make: impl FnOnce(&Publication<'_>, &report::ToWgs84<'_>) -> Result<Vec<u8>, ExportError>,
    ) -> Result<Vec<u8>, ExportError> {
        let failed = RefCell::new(None);
        let frame = &self.case.boundaries.frame;
        let to_wgs84 = |easting: f64, northing: f64| {
            frame.to_degrees(easting, northing).unwrap_or_else(|error| {
                *failed.borrow_mut() = Some(error);
                (0.0, 0.0)
            })
        };
        let made = make(
            &Publication {
                answer: self.answer,
                map: &self.map,
                links: &self.links,
                atlas: &self.case.atlas,
                intervals: &self.intervals,
                plane: match frame {
                    Frame::BritishNationalGrid => Plane::BritishNationalGrid,
                    Frame::Local(_) => Plane::Degrees(&to_wgs84),
                },
            },
            &to_wgs84,
        )?;
        match failed.into_inner() {
            Some(error) => Err(Box::new(error)),
            None => Ok(made),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_called_by_their_files_in_quotes_and_with_folders_where_the_names_are_the_same() {
        let names = |before: &str, now: &str| names_of_plans(Path::new(before), Path::new(now));
        assert_eq!(names("plans/cpa.csv", "out/plan.csv"), ["‘cpa.csv’", "‘plan.csv’"]);
        assert_eq!(names("a/plan.csv", "b/plan.csv"), ["‘a/plan.csv’", "‘b/plan.csv’"]);
    }
}
