//! Reads a `scenario.toml` into a Scenario, telling every fault with its line.

use toml_edit::{Document, Value};

use super::input::{Input, did_you_mean};
pub use super::keys::KEYS;
use super::settings::{Setting, Settings, place_at};
use super::viability;
use crate::domain::{
    AreasSpec, Finding, Findings, FundingSpec, Goal, LotCount, LotsSpec, Overlap, Pence, Scenario, Search,
    SmallAreasSpec, VolumesSpec,
};

/// The schema that this program reads.
pub const SCHEMA: &str = "lotwright/scenario/1";

/// Reads a scenario; `sets` go before the file.
///
/// # Errors
/// All faults found: syntax (`S100`), missing keys (`S101`), wrong types (`S102`), unknown keys (`S103`), values out of range (`S104`).
pub fn read(input: &Input, sets: &[Setting]) -> Result<Scenario, Findings> {
    let text = input.text()?;
    let document = Document::parse(text.to_string()).map_err(|error| {
        let place = place_at(&input.name, text, error.span().map_or(0, |span| span.start));
        let message = format!("is not valid TOML: {}", error.message().replace('\n', "; "));
        Findings::from(Finding::error(
            "S100",
            place,
            message,
            "mend the syntax there; docs/formats.md shows a whole scenario",
        ))
    })?;
    let mut settings = Settings::new(&input.name, &document, sets);
    let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    settings.refuse_unknown(&known);
    let scenario = scenario(&mut settings);
    settings.findings.gate(scenario).map(|(scenario, _)| scenario)
}

fn scenario(s: &mut Settings<'_>) -> Scenario {
    s.require("schema");
    if let Some(schema) = s.text("schema").filter(|schema| schema != SCHEMA) {
        s.refuse(
            "schema",
            format!("`{schema}` is not a schema of this program"),
            format!("write schema = \"{SCHEMA}\""),
        );
    }
    let name = required_text(s, "name");
    if name.chars().any(|c| !(c.is_alphanumeric() || c == '-' || c == '_')) {
        s.refuse(
            "name",
            format!("`{name}` is no short name"),
            "use letters, digits, hyphens and underscores only",
        );
    }
    let risk = viability::risk(s);
    Scenario {
        title: s.text("title").unwrap_or_else(|| name.clone()),
        name,
        areas: areas(s),
        volumes: volumes(s),
        funding: funding(s),
        funding_model: s.text("funding.model"),
        viability: viability::read(s, risk),
        risk,
        risk_regions: s
            .texts("risk.regions")
            .unwrap_or_else(|| ["region", "country"].map(String::from).to_vec()),
        lots: lots(s),
        goals: goals(s),
        search: search(s),
        places: KEYS
            .iter()
            .filter(|(key, _)| s.has(key))
            .map(|(key, _)| (key.to_string(), s.place_of(key)))
            .collect(),
    }
}

fn required_text(s: &mut Settings<'_>, key: &str) -> String {
    s.require(key);
    let text = s.text(key);
    if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
        s.refuse(key, format!("`{key}` is empty"), format!("give `{key}` a value"));
    }
    text.unwrap_or_default()
}

/// The most people of one cell that are read.
const MOST_PEOPLE: f64 = 1e9;

fn volumes(s: &mut Settings<'_>) -> VolumesSpec {
    let volumes = VolumesSpec {
        file: required_text(s, "volumes.file"),
        weight: required_text(s, "volumes.weight"),
        suppressed: s.number("volumes.suppressed"),
        suppressed_most: s.number("volumes.suppressed_most"),
        rounded_to: s.number("volumes.rounded_to"),
        adds_up: s.flag("volumes.adds_up").unwrap_or(false),
        split_by: s.text("volumes.split_by"),
        near_names: s.flag("volumes.near_names").unwrap_or(false),
    };
    let taken = volumes.suppressed.unwrap_or(0.0);
    if volumes.suppressed_most.is_some_and(|most| most < taken) {
        s.refuse(
            "volumes.suppressed_most",
            "the most that a suppressed cell can hold is less than what is taken for it",
            "raise suppressed_most or lower suppressed",
        );
    }
    for (key, people) in [
        ("volumes.suppressed", volumes.suppressed),
        ("volumes.suppressed_most", volumes.suppressed_most),
        ("volumes.rounded_to", volumes.rounded_to),
    ] {
        if people.is_some_and(|people| people > MOST_PEOPLE) {
            s.refuse(
                key,
                format!("`{key}` is more than a thousand million people"),
                "give a number of people of one area",
            );
        }
    }
    if volumes.split_by.as_deref().is_some_and(|by| !by.contains(':')) {
        s.refuse(
            "volumes.split_by",
            "names no file and column",
            "write it as FILE:COLUMN, such as \"volumes.csv:population_mid_2016\"",
        );
    }
    volumes
}

fn areas(s: &mut Settings<'_>) -> AreasSpec {
    let overlap = match s.text("areas.overlap").as_deref() {
        None | Some("split") => Overlap::Split,
        Some("primary") => Overlap::Primary,
        Some("twice") => Overlap::Twice,
        Some("choose") => Overlap::Choose,
        Some(other) => {
            let help = did_you_mean(
                other,
                ["split", "primary", "twice", "choose"],
                "use `split`, `primary`, `twice` or `choose`",
            );
            s.refuse(
                "areas.overlap",
                format!("`{other}` is no way to treat a member of two groups"),
                help,
            );
            Overlap::Split
        }
    };
    AreasSpec {
        boundaries: required_text(s, "areas.boundaries"),
        layer: s.text("areas.layer"),
        crs: s.text("areas.crs"),
        mend: s.flag("areas.mend"),
        year: s.whole("areas.year"),
        forward_to: forward_to(s),
        only: s.texts("areas.only").unwrap_or_default(),
        near_m: near(s),
        least_border_m: s.number("areas.least_border_m").unwrap_or(0.0),
        shapes: s.pairs("areas.shapes").unwrap_or_default(),
        shapes_by: shapes_by(s),
        tables: s.texts("areas.tables").unwrap_or_default(),
        links_file: s.text("areas.links_file"),
        unit: s
            .texts("areas.unit")
            .filter(|unit| !unit.is_empty())
            .unwrap_or_else(|| vec!["area".into()]),
        overlap,
        include: s.texts("areas.include").unwrap_or_default(),
        exclude: s.texts("areas.exclude").unwrap_or_default(),
    }
}

fn shapes_by(s: &mut Settings<'_>) -> Option<SmallAreasSpec> {
    let key = "areas.shapes_by";
    let given = s.texts(key)?;
    if !s.has("areas.shapes") {
        let help = "give the outlines in areas.shapes, or take shapes_by out";
        s.refuse(key, "there are no shapes whose shares it could tell", help);
    }
    let column = |text: &String| {
        text.rsplit_once(':')
            .map(|(file, column)| (file.to_string(), column.to_string()))
    };
    let spec = match given.as_slice() {
        [one] => column(one).map(|(file, column)| (file, None, column)),
        [file, table] => column(table).map(|(table, column)| (file.clone(), Some(table), column)),
        _ => None,
    };
    if spec.is_none() {
        let help =
            "write \"FILE:COLUMN\", or [\"FILE\", \"TABLE:COLUMN\"] where the people stand in a table of their own";
        s.refuse(key, "names no file and column", help);
    }
    spec.map(|(file, table, column)| SmallAreasSpec { file, table, column })
}

/// The years of which codes of this kind can be.
const YEARS: std::ops::RangeInclusive<i64> = 2011..=2100;

fn forward_to(s: &mut Settings<'_>) -> Option<i64> {
    let year = s.whole("areas.forward_to")?;
    if !YEARS.contains(&year) {
        let help = "give a year from 2011, when codes of this kind began, such as 2023";
        s.refuse(
            "areas.forward_to",
            format!("{year} is no year of a list of areas"),
            help,
        );
        return None;
    }
    Some(year)
}

/// Gaps that are wider have something in them, and are what links are for.
const WIDEST_GAP_M: f64 = 5000.0;

fn near(s: &mut Settings<'_>) -> f64 {
    let metres = s.number("areas.near_m").unwrap_or(0.0);
    if metres > WIDEST_GAP_M {
        let help = "give at most 5000 m; a table of links joins what lies further apart";
        s.refuse("areas.near_m", format!("a gap of {metres} m is no border"), help);
        return 0.0;
    }
    metres
}

fn funding(s: &mut Settings<'_>) -> FundingSpec {
    for key in ["funding.envelope_gbp", "funding.participants", "funding.referral_years"] {
        s.require(key);
    }
    let envelope = pence(s, "funding.envelope_gbp");
    let funding = FundingSpec {
        envelope: envelope.unwrap_or(Pence(1)),
        participants: participants(s),
        referral_years: s.number("funding.referral_years").unwrap_or(1.0),
    };
    for (key, zero) in [
        ("funding.participants", funding.participants == Some(0)),
        ("funding.referral_years", funding.referral_years == 0.0),
    ] {
        if zero {
            s.refuse(
                key,
                format!("`{key}` is zero"),
                "nothing can be shared out; give the programme's figure",
            );
        }
    }
    if envelope == Some(Pence(0)) {
        viability::refuse_pounds(s);
    }
    funding
}

/// The number of participants; `None` for `"all"`.
fn participants(s: &mut Settings<'_>) -> Option<i64> {
    let key = "funding.participants";
    match s.value(key) {
        Some(Value::String(text)) if text.value() == "all" => None,
        _ => Some(s.whole(key).unwrap_or(1)),
    }
}

/// The greatest amount that is read: a hundred thousand million pounds, far from where whole pence would overflow.
const MOST_GBP: f64 = 1e11;

pub(super) fn pence(s: &mut Settings<'_>, key: &str) -> Option<Pence> {
    let pounds = s.number(key)?;
    if pounds > MOST_GBP {
        s.refuse(key, format!("`{key}` is more than £100bn"), "give the amount in pounds");
        return None;
    }
    Some(Pence((pounds * 100.0).round() as i64))
}

fn lots(s: &mut Settings<'_>) -> LotsSpec {
    LotsSpec {
        count: count(s),
        contiguous: s.flag("lots.contiguous").unwrap_or(true),
        links: s
            .texts("lots.links")
            .unwrap_or_else(|| ["bridge", "tunnel", "ferry"].map(String::from).to_vec()),
        keep_whole: s.texts("lots.keep_whole").unwrap_or_default(),
        never_together: s.pairs("lots.never_together").unwrap_or_default(),
        locks: s.text("lots.locks"),
    }
}

fn count(s: &mut Settings<'_>) -> LotCount {
    let read = match s.value("lots.count") {
        None => Some(LotCount::Max),
        Some(Value::Integer(number)) => usize::try_from(*number.value()).ok().map(LotCount::Exactly),
        Some(Value::String(text)) => count_of_text(text.value()),
        Some(_) => None,
    };
    let valid =
        read.filter(|count| count.limits().0 >= 1 && count.limits().1.is_none_or(|high| high >= count.limits().0));
    let given = s
        .value("lots.count")
        .map_or_else(String::new, |value| value.to_string().trim().to_string());
    valid.unwrap_or_else(|| {
        s.refuse(
            "lots.count",
            format!("`lots.count = {given}` is no number of lots"),
            "write \"max\", a number such as 12, or a range such as \"6..12\"",
        );
        LotCount::Max
    })
}

fn count_of_text(text: &str) -> Option<LotCount> {
    let text = text.trim();
    if text == "max" {
        return Some(LotCount::Max);
    }
    match text.split_once("..") {
        Some((low, high)) => Some(LotCount::Range(
            low.trim().parse().ok()?,
            high.trim_start_matches('=').trim().parse().ok()?,
        )),
        None => text.parse().ok().map(LotCount::Exactly),
    }
}

fn goals(s: &mut Settings<'_>) -> Vec<Goal> {
    let words = Goal::ALL.map(Goal::word);
    let mut goals = Vec::new();
    for (word, place) in s.column("goal", "minimise") {
        match Goal::from_word(&word) {
            Some(goal) if goals.contains(&goal) => {
                let help = "give every goal once; its place in the list is its priority";
                s.findings.push(Finding::error(
                    "S104",
                    place,
                    format!("the goal `{word}` stands twice"),
                    help,
                ));
            }
            Some(goal) => goals.push(goal),
            None => {
                let help = did_you_mean(&word, words, &format!("goals are {}", words.join(", ")));
                s.findings
                    .push(Finding::error("S104", place, format!("`{word}` is no goal"), help));
            }
        }
    }
    goals
}

fn search(s: &mut Settings<'_>) -> Search {
    let usual = Search::default();
    let search = Search {
        time_limit_s: s.number("solve.time_limit_s").unwrap_or(usual.time_limit_s),
        seed: s.whole("solve.seed").map_or(usual.seed, |seed| seed as u64),
        threads: s
            .whole("solve.threads")
            .map_or(usual.threads, |threads| threads as usize),
    };
    if search.time_limit_s == 0.0 {
        s.refuse(
            "solve.time_limit_s",
            "no time at all is left to search",
            "give a time limit above zero, in seconds",
        );
    }
    if search.time_limit_s > Search::MOST_SECONDS {
        s.refuse(
            "solve.time_limit_s",
            format!("{} seconds are more than a year", search.time_limit_s),
            format!(
                "give a time limit of {} seconds at most, such as 60",
                Search::MOST_SECONDS
            ),
        );
    }
    if !(1..=Search::MOST_THREADS).contains(&search.threads) {
        s.refuse(
            "solve.threads",
            format!("{} threads cannot be used", search.threads),
            "give a number from 1 to 256",
        );
    }
    search
}
