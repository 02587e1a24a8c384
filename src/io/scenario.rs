//! Reads a `scenario.toml` into a Scenario, telling every fault with its line.

use toml_edit::{Document, Value};

use super::input::{Input, did_you_mean};
use super::settings::{Setting, Settings, place_at};
use super::viability;
use crate::domain::{
    AreasSpec, Finding, Findings, Funding, Goal, LotCount, LotsSpec, Overlap, Pence, Scenario, Search, VolumesSpec,
};

/// The schema that this program reads.
pub const SCHEMA: &str = "lotwright/scenario/1";

/// Every key of a scenario, with its type and meaning; `docs/formats.md` lists them, and a test holds the two together.
pub const KEYS: &[(&str, &str)] = &[
    ("schema", "text: `lotwright/scenario/1`"),
    ("name", "text: short name, letters, digits and hyphens"),
    ("title", "text: title for people"),
    (
        "areas.boundaries",
        "text: a data set, or the path of a file of boundaries, `FILE#layer` where it holds several layers",
    ),
    (
        "areas.crs",
        "text: the system of a boundary file that does not say it: `EPSG:27700`, `EPSG:4326` or `EPSG:3857`",
    ),
    (
        "areas.mend",
        "true or false: whether rings that touch or cross themselves are repaired, or refused",
    ),
    (
        "areas.year",
        "whole number: the year to take of a boundary file whose areas have `start` and `end`",
    ),
    (
        "areas.only",
        "list: beginnings of codes, such as `[\"E\", \"W\"]`; other areas are not read",
    ),
    (
        "areas.near_m",
        "number: widest gap in metres across which areas count as neighbours",
    ),
    (
        "areas.least_border_m",
        "number: metres that a common border must have to count",
    ),
    (
        "areas.shapes",
        "list of pairs: a grouping and a boundary file with the outlines of its groups",
    ),
    ("areas.tables", "list of paths: membership tables of your own"),
    ("areas.links_file", "path: a table of links of your own"),
    (
        "areas.unit",
        "text or list: `area`, or groupings, the first that holds an area makes its unit",
    ),
    ("areas.overlap", "text: `split`, `primary`, `twice` or `choose`"),
    (
        "areas.include",
        "list: `grouping:value` or area codes; without it, all areas",
    ),
    ("areas.exclude", "list: `grouping:value` or area codes"),
    (
        "volumes.file",
        "path: a table of volumes of any kind; `FILE#SHEET` names a sheet of a workbook",
    ),
    ("volumes.weight", "text: the column that shares out the money"),
    ("volumes.suppressed", "number: people to take for a suppressed cell"),
    (
        "volumes.suppressed_most",
        "number: the most people that a suppressed cell can hold",
    ),
    ("volumes.rounded_to", "number: people to which figures are rounded"),
    (
        "volumes.adds_up",
        "true or false: whether a measure that looks like a rate counts people all the same",
    ),
    (
        "volumes.split_by",
        "text: `FILE:COLUMN`, figures by which those of merged areas are divided",
    ),
    (
        "volumes.near_names",
        "true or false: whether names that are only near those of the boundaries are taken for them",
    ),
    (
        "funding.envelope_gbp",
        "number: the money of the whole programme, in pounds",
    ),
    ("funding.participants", "whole number: participants over all years"),
    ("funding.referral_years", "number: years of referral"),
    (
        "funding.model",
        "text: a funding model, such as `whp-2017`, or the path of one of your own",
    ),
    (
        "viability.floor",
        "text: `derived`, the least contract value that the funding model finds worth having",
    ),
    (
        "viability.floor_gbp",
        "number: least contract value of a lot, in pounds",
    ),
    (
        "viability.floor_participants",
        "whole number: fewest participants of a lot",
    ),
    (
        "viability.cap_gbp",
        "number: greatest contract value of a lot, in pounds",
    ),
    ("viability.cap_participants", "whole number: most participants of a lot"),
    (
        "viability.survive",
        "number: fall in volume that every lot survives, as a part of its volume",
    ),
    (
        "viability.chance",
        "number: chance with which every lot reaches its floor, from 0.5 to less than 1",
    ),
    (
        "risk.national_sd",
        "number: standard deviation of the error of volume that all areas share, as a part of the volume",
    ),
    (
        "risk.regional_sd",
        "number: standard deviation of the error that the areas of a region share beyond that",
    ),
    (
        "risk.local_sd",
        "number: standard deviation of the error that an area has to itself",
    ),
    (
        "risk.regions",
        "text or list: groupings, the first that holds an area says its region; `[\"region\", \"country\"]` if not given",
    ),
    (
        "lots.count",
        "`\"max\"`, a whole number, or a range such as `\"6..12\"`",
    ),
    (
        "lots.contiguous",
        "true or false: whether every lot must be in one piece",
    ),
    ("lots.links", "list: kinds of link that count as contiguous"),
    (
        "lots.keep_whole",
        "list: groupings, or `grouping:value`, that no lot boundary may cut",
    ),
    ("lots.never_together", "list of pairs: of which no lot may hold both"),
    (
        "lots.locks",
        "path: a table `area_code,lot_id` of areas whose lot is fixed",
    ),
    (
        "goal",
        "list of tables with `minimise`: `deal_splits`, `travel`, `border` or `imbalance`",
    ),
    (
        "solve.time_limit_s",
        "number: seconds after which the best plan so far is returned",
    ),
    ("solve.seed", "whole number: seed of every random choice"),
    ("solve.threads", "whole number: threads to use"),
];

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
    Scenario {
        title: s.text("title").unwrap_or_else(|| name.clone()),
        name,
        areas: areas(s),
        volumes: volumes(s),
        funding: funding(s),
        funding_model: s.text("funding.model"),
        viability: viability::read(s),
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
        crs: s.text("areas.crs"),
        mend: s.flag("areas.mend"),
        year: s.whole("areas.year"),
        only: s.texts("areas.only").unwrap_or_default(),
        near_m: near(s),
        least_border_m: s.number("areas.least_border_m").unwrap_or(0.0),
        shapes: s.pairs("areas.shapes").unwrap_or_default(),
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

fn funding(s: &mut Settings<'_>) -> Funding {
    for key in ["funding.envelope_gbp", "funding.participants", "funding.referral_years"] {
        s.require(key);
    }
    let envelope = pence(s, "funding.envelope_gbp");
    let funding = Funding {
        envelope: envelope.unwrap_or(Pence(1)),
        participants: s.whole("funding.participants").unwrap_or(1),
        referral_years: s.number("funding.referral_years").unwrap_or(1.0),
    };
    for (key, zero) in [
        ("funding.envelope_gbp", funding.envelope.0 == 0),
        ("funding.participants", funding.participants == 0),
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
    funding
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
