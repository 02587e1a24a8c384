//! The files of `--out`: plan, tables, shapes, map and report, all from one answer and one verified plan.

use serde::Serialize;

use super::export::ExportOptions;
use super::load::Case;
use crate::report::Answer;
use crate::report::publish::FileKind;
use crate::verify::VerifiedPlan;

/// Named files, ready to be written.
pub type Files = Vec<(&'static str, Vec<u8>)>;

/// What `--out` holds.
const KINDS: [FileKind; 7] = [
    FileKind::Plan,
    FileKind::Json,
    FileKind::Lots,
    FileKind::LotsGeoJson,
    FileKind::AreasGeoJson,
    FileKind::Svg,
    FileKind::Html,
];
/// An answer as `--json` prints it, with the end of its last line.
///
/// # Errors
/// What the writer reports; answers of this program are written without fault.
pub fn json_text(answer: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(answer).map(|text| text + "\n")
}

impl Case {
    /// Makes every file of `--out`.
    ///
    /// # Errors
    /// What a writer reports, or a point of the map that has no place in WGS84: neither comes from the user's files.
    pub fn outputs(&self, answer: &Answer, plan: &VerifiedPlan) -> Result<Files, Box<dyn std::error::Error>> {
        let exports = self.exports(answer, plan, &ExportOptions::default());
        let file = |kind: FileKind| Ok((kind.file_name(), exports.file(kind)?));
        KINDS.into_iter().map(file).collect()
    }
}
