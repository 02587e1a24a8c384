//! The files of `--out`: plan, tables, shapes, map and report, all from one answer and one verified plan.

use std::cell::RefCell;

use serde::Serialize;

use super::load::Case;
use crate::io::plan;
use crate::report::{self, Answer, areas_geojson, lots_csv, lots_geojson};
use crate::verify::VerifiedPlan;

/// Named files, ready to be written.
pub type Files = Vec<(&'static str, Vec<u8>)>;

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
        let map = self.map(plan);
        let failed = RefCell::new(None);
        let to_wgs84 = |easting: f64, northing: f64| {
            self.boundaries
                .frame
                .to_degrees(easting, northing)
                .unwrap_or_else(|error| {
                    *failed.borrow_mut() = Some(error);
                    (0.0, 0.0)
                })
        };
        let files = vec![
            ("plan.csv", plan::write(&self.problem, plan.plan())?.into_bytes()),
            ("plan.json", serde_json::to_vec_pretty(answer)?),
            ("lots.csv", lots_csv(answer)?.into_bytes()),
            ("lots.geojson", lots_geojson(answer, &map, &to_wgs84)?.into_bytes()),
            ("areas.geojson", areas_geojson(answer, &map, &to_wgs84)?.into_bytes()),
            (
                "map.svg",
                report::svg::map(answer, &map, &report::svg::MapOptions::default())?.into_bytes(),
            ),
            ("report.html", report::html::report(answer, &map)?.into_bytes()),
        ];
        match failed.into_inner() {
            Some(error) => Err(Box::new(error)),
            None => Ok(files),
        }
    }
}
