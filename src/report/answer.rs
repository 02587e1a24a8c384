//! An Answer is a plan in numbers, in the shape of `lotwright/plan/1`.

use serde::{Deserialize, Serialize, Serializer};

use super::{CertificateAnswer, JoinAnswer, ViabilityAnswer, words};

/// The answer of `solve` and `evaluate`, and each entry of `compare`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// `lotwright/plan/1`.
    pub schema: String,
    /// What was asked, and from which files.
    pub scenario: ScenarioAnswer,
    /// `optimal`, `feasible`, `infeasible` or `no_plan`.
    pub status: String,
    /// Why the search stopped: `proved`, `gap`, `time`, `cancelled`; `evaluated` where there was no search.
    pub stopped: String,
    /// How the answer was found, such as `set partitioning`; `none` where there was no search.
    pub strategy: String,
    /// The number of lots first, then the scenario's goals in order.
    pub goals: Vec<GoalAnswer>,
    /// The lots, in the order of their first area.
    pub lots: Vec<LotAnswer>,
    /// Deals that take part, by name.
    pub deals: Vec<DealAnswer>,
    /// Sums over all areas that take part.
    pub totals: TotalsAnswer,
    /// What is asked of every lot beyond a plain floor or cap; absent where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viability: Option<ViabilityAnswer>,
    /// What a repair moves; absent where nothing was repaired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairAnswer>,
    /// Double members that the plan places with one of their groups; empty where no area has a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceAnswer>,
    /// Rules that the plan breaks.
    pub violations: Vec<ViolationAnswer>,
    /// Areas that take part and are in no lot.
    pub unassigned: Vec<String>,
    /// Rules that cannot hold together, where it is proved that no plan exists; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<ConflictAnswer>,
    /// Changes to the rules with which there would be a plan, each shown by a plan; absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxations: Vec<RelaxationAnswer>,
    /// What became of the rows of every table that was joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<JoinAnswer>,
    /// What was found on the way.
    pub findings: Vec<FindingAnswer>,
    /// Seconds it took.
    pub seconds: f64,
    /// Version of the program.
    pub version: String,
}

/// What was asked, and from which files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScenarioAnswer {
    /// Short name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The rules and goals in words; those that begin with `at least` or `at most` are asked of every lot.
    pub rules: Vec<String>,
    /// Files read, with their checksums.
    pub inputs: Vec<InputAnswer>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputAnswer {
    /// Its name, as the scenario gives it.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// One level of the priorities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalAnswer {
    /// `lots`, `deal_splits`, `travel`, `border` or `imbalance`.
    pub name: String,
    /// Unit of value and bound: `lots`, `people`, `person-km` or `km`.
    pub unit: String,
    /// Value of the plan; a whole number is written without a fraction.
    #[serde(serialize_with = "whole")]
    pub value: Option<f64>,
    /// No plan can be better than this, given the goals before it.
    #[serde(serialize_with = "whole")]
    pub bound: Option<f64>,
    /// |bound − value| ÷ max(|value|, 1) for lots ÷ value; null without a bound.
    pub gap: Option<f64>,
    /// Whether the bound meets the value.
    pub proved: bool,
    /// Name of the argument behind the bound.
    pub argument: String,
    /// The figures of the argument, where it has a short proof.
    pub certificate: Option<CertificateAnswer>,
}

/// A number of lots is 14 and not 14.0.
pub(super) fn whole<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => serializer.serialize_i64(*number as i64),
        _ => value.serialize(serializer),
    }
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LotAnswer {
    /// Its label.
    pub lot_id: String,
    /// A name from its largest members.
    pub name: String,
    /// Codes of its areas, in order.
    pub areas: Vec<String>,
    /// Units of which it is made, where units are groups of areas; empty otherwise.
    pub units: Vec<String>,
    /// People.
    pub volume: f64,
    /// Its part of the total volume.
    pub share: f64,
    /// Envelope × share, in pounds.
    pub contract_value_gbp: f64,
    /// Participants of the programme × share.
    pub participants: f64,
    /// Participants ÷ years of referral.
    pub annual_starts: f64,
    /// Contract value less the floor (the least value that leaves it, where lots must survive a fall), in pounds; null without a floor in pounds.
    pub floor_margin_gbp: Option<f64>,
    /// Pieces in which it falls, links counted as joins.
    pub pieces: usize,
    /// Code of the area with the least volume-weighted distance to all others of the lot.
    pub hub: String,
    /// Volume-weighted mean distance from its areas to the hub, in km.
    pub mean_km_to_hub: f64,
    /// Deals with an area in it.
    pub deals: Vec<LotDealAnswer>,
    /// What it can hold at least and at most; absent where all figures are known exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<LotIntervalAnswer>,
}

/// What a lot can hold at least and at most, where figures are suppressed, rounded or negligible. Value and participants are least where the lot holds
/// least and all others hold most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LotIntervalAnswer {
    /// The fewest people.
    pub volume_low: f64,
    /// The most people.
    pub volume_high: f64,
    /// The least contract value, in pounds.
    pub contract_value_low_gbp: f64,
    /// The greatest contract value, in pounds.
    pub contract_value_high_gbp: f64,
    /// The fewest participants.
    pub participants_low: f64,
    /// The most participants.
    pub participants_high: f64,
    /// Whether the floors hold: `always`, `partly` or `never`; null without a floor.
    pub floor_holds: Option<String>,
    /// Whether the caps hold; null without a cap.
    pub cap_holds: Option<String>,
}

/// The overlap of a lot with a deal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LotDealAnswer {
    /// Name of the deal.
    pub deal: String,
    /// Part of the lot's volume that lies in the deal.
    pub share_of_lot: f64,
    /// Part of the deal's volume that lies in the lot.
    pub share_of_deal: f64,
}

/// What the plan does to a deal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealAnswer {
    /// Name of the deal.
    pub deal: String,
    /// `co-design`, `devolved`, `withdrawn`, …
    pub status: String,
    /// Lots that hold a part of it, the greatest part first.
    pub lots: Vec<String>,
    /// Whether one lot holds all of it.
    pub whole: bool,
    /// Its part of the total volume.
    pub share_of_total: f64,
    /// The overlap in words, such as `West of England is cut: lot 4 holds 62 %, lot 7 holds 38 %`.
    pub words: String,
}

/// Sums over all areas that take part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TotalsAnswer {
    /// People.
    pub volume: f64,
    /// The envelope, in pounds.
    pub contract_value_gbp: f64,
    /// Participants of the programme.
    pub participants: f64,
    /// Part of the volume in deals whose status is `co-design`.
    pub deal_share: f64,
    /// The fewest people that it can be; absent where all figures are known exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_low: Option<f64>,
    /// The most people that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_high: Option<f64>,
}

/// What a repair moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepairAnswer {
    /// People who were in a lot and are in another; null without a plan.
    pub moved_volume: Option<f64>,
    /// No plan with these lots moves fewer.
    pub bound: f64,
    /// Whether the bound meets the value.
    pub proved: bool,
    /// Areas that change their lot or are placed in one, in code order.
    pub moves: Vec<MoveAnswer>,
}

/// An area that changes its lot, or is placed in one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveAnswer {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// The lot it was in; null where it was in none.
    pub from: Option<String>,
    /// The lot it is in.
    pub to: Option<String>,
    /// People.
    pub volume: f64,
}

/// A member of several groups, and the group with which it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceAnswer {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// The group in whose lot it is.
    pub group: String,
    /// The groups with which it might have gone.
    pub others: Vec<String>,
    /// The lot.
    pub lot_id: String,
}

/// A rule that the plan breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViolationAnswer {
    /// Name of the rule, such as `floor` or `contiguous`.
    pub rule: String,
    /// The lot at fault, where it is one.
    pub lot_id: Option<String>,
    /// What is wrong, by how much, and what would mend it.
    pub message: String,
}

/// A smallest set of rules that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictAnswer {
    /// The rules.
    pub rules: Vec<RuleAnswer>,
    /// Whether it is proved that no fewer rules are in conflict.
    pub smallest: bool,
    /// The rules and why they cannot hold together, with names and figures.
    pub message: String,
}

/// A rule of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleAnswer {
    /// The key that asks for it, such as `viability.floor_gbp`.
    pub key: String,
    /// What it asks, in words.
    pub words: String,
}

/// A change to the rules with which there is a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelaxationAnswer {
    /// The key that is changed; several, with commas, where several rules are dropped together.
    pub key: String,
    /// Its new value, in pounds, participants or lots; null where a rule is dropped.
    pub value: Option<i64>,
    /// Number of lots of the plan that shows it; other plans may have more.
    pub lots: usize,
    /// Whether it is proved that no lesser change of that key will do.
    pub least: bool,
    /// The change and what lies beyond it.
    pub message: String,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingAnswer {
    /// Code of the error index.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The place.
    pub subject: String,
    /// The fact.
    pub message: String,
    /// The next step.
    pub help: String,
}

impl Answer {
    /// Whether money is let; where it is not, lots are told by their people.
    pub fn lets_money(&self) -> bool {
        self.totals.contract_value_gbp > 0.0
    }

    /// What a lot is worth in words: its contract value, or its people where no money is let.
    pub fn worth(&self, lot: &LotAnswer) -> String {
        self.worth_words(self.size(lot))
    }

    /// The same as short as it can be, where it is said beside that people are meant: `£30.5m`, `512,345`.
    pub fn worth_figure(&self, lot: &LotAnswer) -> String {
        match self.lets_money() {
            true => words::money(lot.contract_value_gbp),
            false => words::number(lot.volume),
        }
    }

    /// Contract value of a lot in pounds, or its people where no money is let.
    pub fn size(&self, lot: &LotAnswer) -> f64 {
        if self.lets_money() {
            lot.contract_value_gbp
        } else {
            lot.volume
        }
    }

    /// A size of lots in words: `£30.5m`, `512,345 people`.
    pub fn worth_words(&self, size: f64) -> String {
        if self.lets_money() {
            words::money(size)
        } else {
            words::people(size)
        }
    }
}
