//! One year of a layer that holds several, and those areas of it that are wanted.

use super::boundary::BoundarySource;
use super::layer::{Columns, Feature, Layer, Property};
use crate::domain::words::{count, list};
use crate::domain::{Finding, Findings};

/// Keeps the features of the year and of the codes that are wanted. A feature without `start` has always been, one without
/// `end` still is; both years count as within.
///
/// # Errors
/// `G312` where the layer holds areas of different years and none is chosen, or no year where one is (as a warning, where the year or an area cannot be dated); `G309` where nothing is left.
pub(super) fn select(source: &BoundarySource<'_>, columns: &Columns, layer: &mut Layer) -> Result<Findings, Finding> {
    let years = || {
        layer
            .features
            .iter()
            .flat_map(|f| [year(f, "start"), year(f, "end")])
            .flatten()
    };
    let mut told = Findings::default();
    match source.year {
        Some(wanted) if years().next().is_none() => return Err(no_years(source.file, wanted)),
        Some(wanted) => {
            told.0.extend(outside(source.file, layer, years(), wanted));
            told.0.extend(undated(source.file, columns, layer, wanted));
            layer.features.retain(|f| holds(f, wanted));
        }
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
    Ok(told)
}

/// A year outside of those that the layer tells of, by its dates or by a span such as 2014-2025 in its name: what was then is not known.
fn outside(file: &str, layer: &Layer, years: impl Iterator<Item = i64>, wanted: i64) -> Option<Finding> {
    let titles = [Some(file), layer.metadata.get("title").map(String::as_str)];
    let named = titles.into_iter().flatten().flat_map(span);
    let fold = |(low, high): (i64, i64), year: i64| (low.min(year), high.max(year));
    let (first, last) = years.chain(named).fold((i64::MAX, i64::MIN), fold);
    (wanted < first || wanted > last).then(|| {
        let message =
            format!("tells of the years {first} to {last}; what changed between them and {wanted} is not known");
        let help = format!(
            "choose a year from {first} to {last} in areas.year or --year, or hold the areas against a list of {wanted}"
        );
        Finding::warning("G312", file, message, help)
    })
}

/// Both years of a span such as `2014-2025` in a text.
fn span(text: &str) -> Vec<i64> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let year = |word: &&str| {
        word.parse()
            .ok()
            .filter(|year| word.len() == 4 && (1800..=2200).contains(year))
    };
    let pairs = words
        .windows(2)
        .filter_map(|pair| Some([year(&pair[0])?, year(&pair[1])?]));
    pairs.filter(|[from, to]| from < to).flatten().collect()
}

/// Areas without `start` in a layer of which many have one: before the first beginning nothing says whether they were yet.
fn undated(file: &str, columns: &Columns, layer: &Layer, wanted: i64) -> Option<Finding> {
    let starts: Vec<i64> = layer.features.iter().filter_map(|f| year(f, "start")).collect();
    let first = starts.iter().copied().min()?;
    // Where few areas have a beginning, as districts have, the others are older than the layer.
    if wanted >= first || 4 * starts.len() < layer.features.len() {
        return None;
    }
    let there = layer.features.iter().filter(|f| holds(f, wanted));
    let names: Vec<String> = there
        .map(|f| columns.code_of(f).unwrap_or_else(|| format!("feature {}", f.number)))
        .collect();
    let message = format!(
        "{} without `start` may have begun after {wanted}, as {} of {} did; nothing dates: {}",
        count(names.len(), "area", "areas"),
        starts.len(),
        layer.features.len(),
        list(&names, 12)
    );
    let help = "give each its `start`, or leave out those that were not yet with areas.only";
    (!names.is_empty()).then(|| Finding::warning("G312", file, message, help))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_of_a_span_in_a_name() {
        assert_eq!(span("uk-areas-2014-2025.topojson"), [2014, 2025]);
        assert!(span("lad-2016.json, 12-2016").is_empty());
    }
}
