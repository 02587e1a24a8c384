//! Settings: the keys of the scenario that a page may change, each with its value and what it is for.

use serde::Serialize;
use serde_json::Value;

use super::Desk;
use super::sets::key_of;
use crate::app::load::Case;
use crate::domain::words;
use crate::domain::{Goal, LotCount, Millionths, Pence, Scenario};
use crate::io::funding;
use crate::io::scenario::KEYS;

/// A key of the scenario that may be changed.
#[derive(Clone, Debug, Serialize)]
pub struct SettingSeen {
    key: &'static str,
    label: &'static str,
    kind: &'static str,
    group: &'static str,
    value: Value,
    default: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    help: String,
    /// Whether it was set here or on the command line.
    set: bool,
}

/// How a key is shown and read.
struct Shown {
    key: &'static str,
    label: &'static str,
    kind: &'static str,
    group: &'static str,
    limits: (Option<f64>, Option<f64>),
    value: fn(&Scenario) -> Value,
}

const fn shown(
    group: &'static str,
    key: &'static str,
    label: &'static str,
    kind: &'static str,
    limits: (Option<f64>, Option<f64>),
    value: fn(&Scenario) -> Value,
) -> Shown {
    Shown {
        key,
        label,
        kind,
        group,
        limits,
        value,
    }
}

const POSITIVE: (Option<f64>, Option<f64>) = (Some(0.0), None);
const PART: (Option<f64>, Option<f64>) = (Some(0.0), Some(0.99));
const FREE: (Option<f64>, Option<f64>) = (None, None);

const SHOWN: &[Shown] = &[
    shown(
        "Viability",
        "viability.floor_gbp",
        "Floor, £",
        "money",
        POSITIVE,
        |s| pounds(s.viability.floor_gbp),
    ),
    shown(
        "Viability",
        "viability.floor",
        "Floor from the funding model",
        "choice",
        FREE,
        |s| s.viability.derived.then_some("derived").into(),
    ),
    shown(
        "Viability",
        "viability.floor_participants",
        "Floor, participants",
        "number",
        POSITIVE,
        |s| s.viability.floor_participants.into(),
    ),
    shown("Viability", "viability.cap_gbp", "Cap, £", "money", POSITIVE, |s| {
        pounds(s.viability.cap_gbp)
    }),
    shown(
        "Viability",
        "viability.cap_participants",
        "Cap, participants",
        "number",
        POSITIVE,
        |s| s.viability.cap_participants.into(),
    ),
    shown("Lots", "lots.count", "Number of lots", "choice", FREE, |s| {
        count(s.lots.count)
    }),
    shown("Lots", "lots.contiguous", "Each lot in one piece", "bool", FREE, |s| {
        s.lots.contiguous.into()
    }),
    shown("Lots", "lots.keep_whole", "Groups kept whole", "list", FREE, |s| {
        s.lots.keep_whole.clone().into()
    }),
    shown("Goals", "goal", "Goals, the first first", "list", FREE, |s| {
        s.goals.iter().map(|goal| goal.word()).collect::<Vec<_>>().into()
    }),
    shown(
        "Money",
        "funding.envelope_gbp",
        "Envelope, £",
        "money",
        POSITIVE,
        |s| s.funding.envelope.as_pounds().into(),
    ),
    shown(
        "Money",
        "funding.participants",
        "Participants",
        "number",
        POSITIVE,
        |s| s.funding.participants.map_or_else(|| "all".into(), Value::from),
    ),
    shown(
        "Money",
        "funding.referral_years",
        "Years of referral",
        "number",
        POSITIVE,
        |s| s.funding.referral_years.into(),
    ),
    shown("Money", "funding.model", "Funding model", "choice", FREE, |s| {
        s.funding_model.clone().into()
    }),
    shown(
        "Shock",
        "viability.survive",
        "Fall in volume that every lot survives",
        "percent",
        PART,
        |s| part(s.viability.survive),
    ),
    shown(
        "Shock",
        "viability.chance",
        "Chance that every lot reaches its floor",
        "percent",
        PART,
        |s| part(s.viability.assurance.map(|asked| asked.chance)),
    ),
    shown(
        "Search",
        "solve.time_limit_s",
        "Seconds to search",
        "number",
        POSITIVE,
        |s| s.search.time_limit_s.into(),
    ),
    shown("Search", "solve.seed", "Seed", "number", POSITIVE, |s| {
        s.search.seed.into()
    }),
];

fn pounds(amount: Option<Pence>) -> Value {
    amount.map(Pence::as_pounds).into()
}

fn part(part: Option<Millionths>) -> Value {
    part.map(Millionths::fraction).into()
}

fn count(count: LotCount) -> Value {
    match count {
        LotCount::Max => "max".into(),
        LotCount::Exactly(lots) => lots.into(),
        LotCount::Range(low, high) | LotCount::OfPlan(low, high) => format!("{low}..{high}").into(),
    }
}

impl Desk {
    /// The keys that may be changed, with their values; where no money is let, none that is held against pounds.
    pub fn settings(&self) -> Vec<SettingSeen> {
        let (now, base) = (&self.case.scenario, &self.sets.base_case().scenario);
        let all = self.sets.all();
        let seen = |shown: &Shown| SettingSeen {
            key: shown.key,
            label: shown.label,
            kind: shown.kind,
            group: shown.group,
            value: (shown.value)(now),
            default: (shown.value)(base),
            min: shown.limits.0,
            max: shown.limits.1,
            choices: self.choices(shown.key),
            help: help(shown.key),
            set: all.iter().any(|set| key_of(set) == shown.key),
        };
        let pounds = [
            "viability.floor_gbp",
            "viability.floor",
            "viability.cap_gbp",
            "funding.model",
        ];
        let fits = |shown: &&Shown| now.funding.envelope.0 > 0 || !pounds.contains(&shown.key);
        SHOWN.iter().filter(fits).map(seen).collect()
    }

    fn choices(&self, key: &str) -> Vec<String> {
        match key {
            "viability.floor" => vec!["derived".into()],
            "lots.count" => ["max", "12", "6..12"].map(String::from).to_vec(),
            "lots.keep_whole" => self.groupings_and_deals(),
            "goal" => Goal::ALL.map(|goal| goal.word().to_string()).to_vec(),
            "funding.model" => funding::names().into_iter().map(|name| name.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// `deal`, `county` and so on, and each deal by itself.
    fn groupings_and_deals(&self) -> Vec<String> {
        let mut choices: Vec<String> = self.groups.iter().flat_map(|groups| groups.keys().cloned()).collect();
        choices.extend(
            self.case
                .problem
                .deals()
                .iter()
                .map(|deal| format!("deal:{}", deal.name)),
        );
        choices.sort();
        choices.dedup();
        choices
    }
}

/// What was set, in the words of the list of settings: `Floor: £20.0m, was £15.0m; Number of lots: 12, was max`. Each side is the case with the keys that are set on
/// the desk; a key that is left to the scenario is set `again`.
pub fn told(before: (&Case, &[String]), after: (&Case, &[String])) -> String {
    let new = after
        .1
        .iter()
        .filter(|set| !before.1.contains(set))
        .map(|set| (set, ""));
    let kept = |key: &str| after.1.iter().any(|set| key_of(set) == key);
    let left = before
        .1
        .iter()
        .filter(|set| !kept(key_of(set)))
        .map(|set| (set, " again"));
    let words = new.chain(left).map(|(set, again)| {
        let key = key_of(set);
        let Some(shown) = SHOWN.iter().find(|shown| shown.key == key) else {
            // No list shows this key; it is told as it was typed.
            return if again.is_empty() {
                format!("Set {set}")
            } else {
                format!("Left {key} to the scenario")
            };
        };
        let (was, is) = (shown.said(&before.0.scenario), shown.said(&after.0.scenario));
        match was == is {
            true => format!("{}: {is}{again}, as it was", shown.name()),
            false => format!("{}: {is}{again}, was {was}", shown.name()),
        }
    });
    words.collect::<Vec<_>>().join("; ")
}

impl Shown {
    /// The label without its unit, which the value has.
    fn name(&self) -> &'static str {
        let label = self.label.split(", the first").next().unwrap_or(self.label);
        label
            .strip_suffix(", £")
            .or(label.strip_suffix(", participants"))
            .unwrap_or(label)
    }

    /// The value as people read it, with its unit.
    fn said(&self, scenario: &Scenario) -> String {
        let unit = if self.label.ends_with(", participants") {
            " participants"
        } else {
            ""
        };
        match ((self.value)(scenario), self.kind) {
            (Value::Null, _) => "none".into(),
            (Value::Bool(yes), _) => if yes { "yes" } else { "no" }.into(),
            (Value::Array(items), _) if items.is_empty() => "none".into(),
            (Value::Array(items), _) => items.iter().map(text).collect::<Vec<_>>().join(", "),
            (Value::Number(number), kind) => format!("{}{unit}", figure(number.as_f64().unwrap_or_default(), kind)),
            (value, _) => text(&value),
        }
    }
}

fn figure(number: f64, kind: &str) -> String {
    match kind {
        "money" => words::money(Pence((number * 100.0).round() as i64)),
        "percent" => words::percent(number),
        _ => words::decimal(number),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}

/// What a key is for, from the list of keys.
fn help(key: &str) -> String {
    let words = KEYS
        .iter()
        .find(|(known, _)| *known == key)
        .map_or("", |(_, words)| *words);
    words.split_once(": ").map_or(words, |(_, meaning)| meaning).to_string()
}
