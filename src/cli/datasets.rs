//! Data sets as people read them on a terminal: the list of them, one with its provenance, and one just imported.

use std::fmt::Write;

use super::words::finding_text;
use crate::app::text::{align_right, table, trimmed};
use crate::app::words::{count, list};
use crate::app::{DATA_VARIABLE, DatasetAnswer, DatasetsAnswer, ImportAnswer, PlacedDataset, TableEntry};

/// How many findings of an import are shown; the manifest has all of them.
const TOLD: usize = 12;

/// The list of data sets.
pub fn listed(answer: &DatasetsAnswer) -> String {
    let mut rows = table(&["data set", "where", "areas", "vintage", "source"]);
    align_right(&mut rows, 2);
    for placed in &answer.datasets {
        let one = &placed.dataset;
        let areas = one
            .areas
            .map_or_else(|| "tables only".into(), |areas| areas.to_string());
        rows.add_row([
            one.name.clone(),
            home(placed),
            areas,
            one.vintage.clone(),
            one.source.clone(),
        ]);
    }
    let mut text = trimmed(&rows);
    for one in answer.datasets.iter().flat_map(|placed| &placed.dataset.findings) {
        let _ = write!(text, "\n{}", finding_text(one));
    }
    let folder = answer.user_folder.as_deref().unwrap_or("none on this system");
    let _ = write!(
        text,
        "\nImports go to {folder} unless --into or {DATA_VARIABLE} says otherwise.\n`lotwright inspect NAME` shows one with its provenance."
    );
    text
}

fn home(placed: &PlacedDataset) -> String {
    match (&placed.folder, placed.dataset.home.as_str()) {
        (Some(folder), "project") => format!("project: {folder}"),
        (Some(folder), _) => format!("user: {folder}"),
        (None, _) => "inside the program".into(),
    }
}

/// One data set with its provenance.
pub fn shown(placed: &PlacedDataset) -> String {
    let one = &placed.dataset;
    let mut text = format!("{} ({})\n", one.title, one.name);
    line(&mut text, "where", &home(placed));
    provenance(&mut text, one);
    one.tables
        .iter()
        .for_each(|entry| line(&mut text, "table", &table_words(entry)));
    let state = if !one.imported {
        "not imported, so there are no checksums to hold it against"
    } else if one.findings.iter().any(|finding| finding.code == "S406") {
        "changed since the import, see below"
    } else {
        "every file is as it was imported"
    };
    line(&mut text, "files", state);
    told(&mut text, one);
    for finding in &one.findings {
        let _ = writeln!(text, "{}", finding_text(finding));
    }
    text
}

/// The data sets that a scenario names, below its inspection.
pub fn used(datasets: &[DatasetAnswer]) -> String {
    let mut text = String::new();
    for one in datasets {
        let _ = writeln!(text, "data set {}: {}", one.name, one.title);
        provenance(&mut text, one);
    }
    text
}

/// A data set that was just imported.
pub fn imported(answer: &ImportAnswer) -> String {
    let set = &answer.dataset;
    let mut text = format!("made the data set {} in {}\n", answer.name, answer.folder);
    if let Some(entry) = &set.boundaries {
        let areas = count(entry.areas, "area", "areas");
        let borders = count(entry.borders, "common border", "common borders");
        line(
            &mut text,
            "boundaries",
            &format!("{areas} and {borders}, from {}", entry.input),
        );
    }
    set.tables
        .iter()
        .for_each(|entry| line(&mut text, "table", &table_words(entry)));
    line(&mut text, "source", &set.source);
    line(&mut text, "licence", &set.licence);
    line(&mut text, "vintage", &set.vintage);
    set.steps.iter().for_each(|step| line(&mut text, "step", step));
    for finding in answer.findings.iter().take(TOLD) {
        let _ = writeln!(text, "{}", finding_text(finding));
    }
    if answer.findings.len() > TOLD {
        let _ = writeln!(
            text,
            "and {} more; dataset.toml and --json have all of them",
            answer.findings.len() - TOLD
        );
    }
    text += &to_use(&answer.keys);
    let _ = writeln!(text, "`lotwright inspect {}` shows it again.", answer.name);
    text
}

/// Keys of a scenario as they can be pasted, each below the heading of its section; of several tables for one key the first, the others as comments.
fn to_use(keys: &[String]) -> String {
    let mut text =
        String::from("To use it, write in a scenario, each key below the heading that the scenario has already:\n");
    let mut given: Vec<&str> = Vec::new();
    for (section, setting) in keys.iter().filter_map(|key| key.split_once('.')) {
        let heading = format!("  [{section}]\n");
        if !text.contains(&heading) {
            text += &heading;
        }
        let name = setting.split(" = ").next().unwrap_or_default();
        let or = if given.contains(&name) { "# or " } else { "" };
        given.push(name);
        let _ = writeln!(text, "  {or}{setting}");
    }
    text
}

fn line(text: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {label:<12} {value}");
    }
}

fn provenance(text: &mut String, one: &DatasetAnswer) {
    line(text, "source", &one.source);
    line(text, "licence", &one.licence);
    line(text, "attribution", &one.attribution);
    line(text, "vintage", &one.vintage);
    line(text, "imported on", one.date.as_deref().unwrap_or_default());
    let borders = one
        .borders
        .map(|number| count(number, "common border", "common borders"));
    let areas = one.areas.map(|number| count(number, "area", "areas"));
    line(
        text,
        "boundaries",
        &areas.into_iter().chain(borders).collect::<Vec<_>>().join(", "),
    );
    for input in &one.inputs {
        line(
            text,
            "made from",
            &format!("{}, {}, sha256 {}", input.file, input.what, input.sha256),
        );
    }
}

/// Steps, choices and findings of the import.
fn told(text: &mut String, one: &DatasetAnswer) {
    let options = &one.options;
    let chosen = [
        options.layer.as_ref().map(|layer| format!("--layer {layer}")),
        options.year.map(|year| format!("--year {year}")),
        (!options.only.is_empty()).then(|| format!("--only {}", options.only.join(","))),
        options.crs.as_ref().map(|crs| format!("--crs {crs}")),
        options.mend.then(|| "--mend".to_string()),
    ];
    line(
        text,
        "options",
        &chosen.into_iter().flatten().collect::<Vec<_>>().join(" "),
    );
    one.steps.iter().for_each(|step| line(text, "step", step));
    for finding in one.told.iter().take(TOLD) {
        line(
            text,
            "found",
            &format!(
                "{} {} {}: {}",
                finding.severity, finding.code, finding.subject, finding.message
            ),
        );
    }
    if one.told.len() > TOLD {
        line(
            text,
            "found",
            &format!(
                "and {} more; dataset.toml and --json have all of them",
                one.told.len() - TOLD
            ),
        );
    }
}

fn table_words(entry: &TableEntry) -> String {
    let mut words = format!("{}, {}", entry.file, entry.role.word());
    if entry.rows > 0 {
        let _ = write!(words, ", {}", count(entry.rows, "row", "rows"));
    }
    if !entry.columns.is_empty() {
        let _ = write!(words, ": {}", list(&entry.columns, 6));
    }
    if !entry.codes_of.is_empty() {
        let _ = write!(words, "; codes of {}", entry.codes_of);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_to_use_stand_once_below_their_headings_so_that_they_can_be_pasted() {
        let keys = [
            "areas.tables = [\"x/lep.csv\", \"x/region.csv\"]",
            "volumes.file = \"x/a.csv\"",
            "volumes.file = \"x/b.csv\"",
        ];
        let text = to_use(&keys.map(String::from));
        let (_, pasted) = text.split_once('\n').unwrap();
        let read: toml::Table = pasted.parse().unwrap();
        assert_eq!(read["areas"]["tables"][1].as_str(), Some("x/region.csv"));
        assert_eq!(read["volumes"]["file"].as_str(), Some("x/a.csv"));
        assert!(
            text.contains("below the heading") && pasted.contains("# or file = \"x/b.csv\""),
            "{text}"
        );
    }
}
