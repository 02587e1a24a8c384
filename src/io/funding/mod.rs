//! Reads a funding model: every figure with its unit, its standing and its source, and every fault at once.

mod figures;
pub mod keys;
mod model;
mod stress;
#[cfg(test)]
mod tests;

use std::path::Path;

use include_dir::{Dir, include_dir};
use toml_edit::{Document, Item};

pub use self::stress::stress;

use self::figures::Reader;
use self::keys::known;
use super::input::{Input, did_you_mean};
use super::settings::{Setting, Settings, place_at};
use crate::domain::{Finding, Findings, FundingModel};

/// The schema that this program reads.
pub const SCHEMA: &str = "lotwright/funding/1";

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/funding");

/// Names of the funding models inside the program, in the order of the alphabet.
pub fn names() -> Vec<&'static str> {
    let stem = |file: &include_dir::File<'static>| file.path().to_str()?.strip_suffix(".toml");
    let mut names: Vec<&str> = EMBEDDED.files().filter_map(stem).collect();
    names.sort_unstable();
    names
}

/// The file of a model: that of a name inside the program, or a path, which holds a slash or ends in `.toml`, relative to `folder`.
///
/// # Errors
/// There is no model of that name (`F201`), or the file cannot be read (`S001`).
pub fn find(name: &str, folder: &Path) -> Result<Input, Finding> {
    if name.contains(['/', '\\']) || name.ends_with(".toml") {
        return Input::read(&folder.join(name), name);
    }
    let file = EMBEDDED.get_file(format!("{name}.toml"));
    file.map(|file| Input::from_bytes(format!("funding/{name}.toml"), file.contents().to_vec()))
        .ok_or_else(|| {
            let otherwise = format!(
                "models are {}; one of your own is a path, such as funding/mine.toml",
                names().join(", ")
            );
            let help = did_you_mean(name, names(), &otherwise);
            Finding::error("F201", name, "there is no funding model of this name", help)
        })
}

/// A figure of a model set beside its file, `provider.caseload=40`: it goes before the file.
///
/// # Errors
/// A sentence for the user where there is no `=` or the value is not TOML.
pub fn assumption(text: &str) -> Result<Setting, String> {
    match text.split_once('=') {
        Some((key, value)) => Setting::parse(&format!("{}.value={value}", key.trim().trim_end_matches(".value"))),
        None => Err(format!(
            "`{text}` has no `=`; write it as key=value, such as provider.caseload=40"
        )),
    }
}

/// Reads a model; `assumed` goes before the file.
///
/// # Errors
/// All faults found: syntax (`S100`), missing keys (`S101`), wrong types (`S102`), unknown keys (`S103`), values out of range (`S104`), shares that do not
/// add up (`F101`), figures without unit, standing or source (`F102`), other units (`F103`).
pub fn read(input: &Input, assumed: &[Setting]) -> Result<FundingModel, Findings> {
    let document = document(input)?;
    let groups = tables(document.get("groups"));
    let known = known(&groups);
    let mut settings = Settings::new(&input.name, &document, assumed);
    settings.refuse_unknown(&known.iter().map(String::as_str).collect::<Vec<_>>());
    let mut reader = Reader {
        assumed,
        settings,
        parameters: Vec::new(),
    };
    let model = reader.model(&groups);
    let findings = as_assumed(reader.settings.findings);
    findings.gate(model).map(|(model, _)| model)
}

/// Findings in the words of those who write `--assume provider.caseload=40`: the key alone, without the `value` that it has in a file.
fn as_assumed(findings: Findings) -> Findings {
    let spoken = |text: &str| text.replace(".value`", "`").replace("docs/formats.md", "docs/money.md");
    let told = findings
        .0
        .into_iter()
        .map(|finding| match finding.subject.strip_prefix("--set ") {
            Some(key) => Finding {
                subject: format!("--assume {}", key.trim_end_matches(".value")),
                message: spoken(&finding.message),
                help: spoken(&finding.help),
                ..finding
            },
            None => finding,
        });
    Findings(told.collect())
}

fn document(input: &Input) -> Result<Document<String>, Findings> {
    let text = input.text()?;
    Document::parse(text.to_string()).map_err(|error| {
        let place = place_at(&input.name, text, error.span().map_or(0, |span| span.start));
        let message = format!("is not valid TOML: {}", error.message().replace('\n', "; "));
        Findings::from(Finding::error(
            "S100",
            place,
            message,
            "mend the syntax there; docs/money.md shows a funding model",
        ))
    })
}

/// Names of the tables in a table, in the order of the file.
fn tables(item: Option<&Item>) -> Vec<String> {
    let table = item.and_then(Item::as_table_like);
    table.map_or_else(Vec::new, |table| {
        table.iter().map(|(name, _)| name.to_string()).collect()
    })
}
