//! `lotwright boundaries build`.

use std::path::Path;

use super::exit::{DONE, Failure, tell};
use crate::app::build_districts;

/// Builds the districts and says what came out.
pub fn build(from: &Path, out: &Path, points: usize) -> Result<u8, Failure> {
    let (built, findings) = build_districts(from, out, points)?;
    for finding in &findings.0 {
        tell(finding);
    }
    println!(
        "{}: {} districts from {} small areas, {} common borders, {} of {} points, {} KB",
        out.display(),
        built.areas,
        built.small_areas,
        built.borders,
        built.points,
        built.points_before,
        built.text.len().div_ceil(1000)
    );
    Ok(DONE)
}
