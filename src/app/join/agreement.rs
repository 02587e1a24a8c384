//! Whether the codes and the names of rows agree; they do not where columns were sorted or shifted apart.

use super::Tables;
use super::fit::{Fitted, Outcome};
use crate::domain::Finding;
use crate::domain::words::{count, list};
use crate::io::columns::name_level;
use crate::io::names::Names;

/// How many rows the finding names.
const NAMED: usize = 6;

/// Rows of which the code is that of one area and the name that of another (`V223`). Names of groups, which stand in columns of another level, are held against nothing.
pub(super) fn disagreement(tables: &Tables, fitted: &[Fitted]) -> Option<Finding> {
    let volumes = &tables.volumes;
    let (_, codes) = volumes.codes.as_ref()?;
    let level = name_level(volumes.names.as_deref()?);
    if level.is_some_and(|level| !codes.level.is_empty() && level != codes.level) {
        return None;
    }
    let places = &tables.boundaries.places;
    let names = Names::new((0..places.len()).map(|place| (places[place].name.clone(), place)));
    let astray = |(row, fitted): (usize, &Fitted)| {
        let (row, own) = (&volumes.rows[row], *fitted.to.first()?);
        let found = names.known(&row.name);
        let other = found.first().filter(|_| !found.contains(&own))?;
        (fitted.outcome == Outcome::Matched).then(|| {
            format!(
                "{} on line {} is {}, and the row says {} ({})",
                fitted.code, row.line, places[own].name, row.name, places[*other].code
            )
        })
    };
    let words: Vec<String> = fitted.iter().enumerate().filter_map(astray).collect();
    let message = format!(
        "{} another name than the area of the code: {}",
        count(words.len(), "row has", "rows have"),
        list(&words, NAMED)
    );
    let help = "codes count; check that no column was sorted or shifted without the others, and correct the names or the codes";
    (!words.is_empty()).then(|| Finding::warning("V223", &volumes.file, message, help))
}
