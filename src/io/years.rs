//! One year of a layer that holds several, and those areas of it that are wanted.

use super::boundary::BoundarySource;
use super::layer::{Columns, Feature, Layer, Property};
use crate::domain::Finding;

/// Keeps the features of the year and of the codes that are wanted. A feature without `start` has always been, one without
/// `end` still is; both years count as within.
///
/// # Errors
/// `G312` where the layer holds areas of different years and none is chosen, or no year where one is; `G309` where nothing is left.
pub(super) fn select(source: &BoundarySource<'_>, columns: &Columns, layer: &mut Layer) -> Result<(), Finding> {
    let years = || {
        layer
            .features
            .iter()
            .flat_map(|f| [year(f, "start"), year(f, "end")])
            .flatten()
    };
    match source.year {
        Some(wanted) if years().next().is_none() => return Err(no_years(source.file, wanted)),
        Some(wanted) => layer.features.retain(|f| holds(f, wanted)),
        None => several(source.file, layer)?,
    }
    if !source.only.is_empty() {
        let wanted = |code: String| source.only.iter().any(|start| code.starts_with(start.as_str()));
        layer.features.retain(|f| columns.code_of(f).is_some_and(wanted));
    }
    if layer.features.is_empty() {
        let help = "check the year and the beginnings of codes: areas.year and areas.only";
        return Err(Finding::error(
            "G309",
            source.file,
            "holds no area of that year and those codes",
            help,
        ));
    }
    Ok(())
}

/// A year in a property that may be written as a number, a text or the beginning of a date.
fn year(feature: &Feature, key: &str) -> Option<i64> {
    let year = match feature.properties.get(key)? {
        Property::Number(number) => *number as i64,
        Property::Text(text) => text.get(..4)?.parse().ok()?,
    };
    (1800..=2200).contains(&year).then_some(year)
}

fn holds(feature: &Feature, wanted: i64) -> bool {
    year(feature, "start").is_none_or(|start| start <= wanted) && year(feature, "end").is_none_or(|end| wanted <= end)
}

/// Areas that never stood side by side: one ended before another began.
fn several(file: &str, layer: &Layer) -> Result<(), Finding> {
    let first_end = layer.features.iter().filter_map(|f| year(f, "end")).min();
    let last_start = layer.features.iter().filter_map(|f| year(f, "start")).max();
    let Some((end, start)) = first_end.zip(last_start).filter(|(end, start)| end < start) else {
        return Ok(());
    };
    let message = format!("holds areas of different years: some ended in {end}, others began in {start}");
    let help = format!("choose the year, such as year = {start} in [areas]");
    Err(Finding::error("G312", file, message, help))
}

fn no_years(file: &str, wanted: i64) -> Finding {
    let message = format!("says of no area when it began or ended, so those of {wanted} cannot be told");
    let help = "take `year` out of [areas], or give the areas `start` and `end`";
    Finding::error("G312", file, message, help)
}
