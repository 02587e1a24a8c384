//! A Stress is what the lots of a plan withstand, in the shape of `lotwright/stress/1`.

use serde::{Deserialize, Serialize};

use crate::report::finance::ParameterAnswer;
use crate::report::{FindingAnswer, ScenarioAnswer, ViolationAnswer};

/// The answer of `stress`. Falls, chances, margins and factors are parts: 0.25 is a quarter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stress {
    /// `lotwright/stress/1`.
    pub schema: String,
    /// What was asked, and from which files, plan and model among them.
    pub scenario: ScenarioAnswer,
    /// The plan, as it was named.
    pub plan: String,
    /// `feasible`, or `infeasible` where the plan breaks a rule; it is put under stress all the same.
    pub status: String,
    /// Short name of the funding model.
    pub model: String,
    /// Title of the funding model.
    pub model_title: String,
    /// `restart` or `work-programme`; null where everything is expected to come in as planned.
    pub preset: Option<String>,
    /// What is expected, about which draws are made.
    pub expected: ShockAnswer,
    /// What the expectation is in a sentence.
    pub expected_words: String,
    /// The floor that a lot has to reach.
    pub floor: FloorAnswer,
    /// One entry a lot, in the order of the plan.
    pub lots: Vec<StressLot>,
    /// Lots in the order in which they fail as volume falls everywhere alike; those that never fail are left out.
    pub order: Vec<FailAnswer>,
    /// What random draws say of the plan.
    pub random: RandomAnswer,
    /// One at a time, the widest swing of surplus first.
    pub tornado: Vec<BarAnswer>,
    /// Together: volume against performance.
    pub grid: GridAnswer,
    /// Every figure of the stress with its unit, standing and source.
    pub parameters: Vec<ParameterAnswer>,
    /// Rules that the plan breaks.
    pub violations: Vec<ViolationAnswer>,
    /// Areas that take part and are in no lot.
    pub unassigned: Vec<String>,
    /// What was found on the way.
    pub findings: Vec<FindingAnswer>,
    /// Version of the program.
    pub version: String,
}

/// What goes otherwise than planned, each as a factor but for the delay.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShockAnswer {
    /// Starts ÷ contracted starts.
    pub volume: f64,
    /// Outcome rates ÷ expected ones.
    pub performance: f64,
    /// Costs ÷ expected ones.
    pub cost: f64,
    /// Months by which payments are later than agreed.
    pub delay_months: usize,
}

/// The floor that a lot has to reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FloorAnswer {
    /// `scenario`, `derived` from the funding model where the scenario has none, or `none`.
    pub kind: String,
    /// Least contract value; null without a floor.
    pub contract_value_gbp: Option<f64>,
    /// The same in a sentence.
    pub words: String,
}

/// What a lot withstands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StressLot {
    /// Its label.
    pub lot_id: String,
    /// A name from its largest members.
    pub name: String,
    /// Envelope × share.
    pub contract_value_gbp: f64,
    /// Participants × share.
    pub participants: f64,
    /// Standard deviation of the relative error of its volume.
    pub volume_sd: f64,
    /// The fall in volume at which it drops below the floor; null where it is below, or where there is no floor.
    pub floor_volume_fall: Option<f64>,
    /// `falls`, `below` or `none`: how the figure before is to be read.
    pub floor: String,
    /// The fall in volume at which its margin is gone; null where it never is, or where there is none.
    pub break_even_volume_fall: Option<f64>,
    /// `falls`, `never` or `loses`: how the figure before is to be read.
    pub break_even: String,
    /// The first of the two falls, 0 where it fails as contracted; null where it never fails.
    pub fails_at: Option<f64>,
    /// `floor`, `margin`, `both` or `nothing`: what fails first.
    pub fails_by: String,
    /// Margin where everything comes in as expected.
    pub margin: f64,
    /// Surplus where everything comes in as expected.
    pub surplus_gbp: f64,
    /// Whether it is viable where everything comes in as expected.
    pub viable: bool,
    /// Chance of reaching the floor.
    pub chance_floor: ChanceAnswer,
    /// The same by the normal curve, which does not know that no area falls by more than all; null without a floor.
    pub chance_floor_closed_form: Option<f64>,
    /// Chance of keeping a margin.
    pub chance_margin: ChanceAnswer,
    /// Chance of both.
    pub chance_viable: ChanceAnswer,
    /// What the lot comes to when one thing at a time goes otherwise than expected: volume, performance, cost, delay.
    pub sensitivities: Vec<SensitivityAnswer>,
}

/// One thing that goes otherwise than expected, low and high, for one lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SensitivityAnswer {
    /// `volume`, `performance`, `cost` or `delay`.
    pub what: String,
    /// At the low figure.
    pub low: LotEndAnswer,
    /// At the high figure.
    pub high: LotEndAnswer,
}

/// What one lot comes to at an end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LotEndAnswer {
    /// The figure.
    pub value: f64,
    /// Surplus of the lot.
    pub surplus_gbp: f64,
    /// Its margin.
    pub margin: f64,
    /// Whether it reaches the floor and keeps a margin.
    pub viable: bool,
}

/// A part of the draws with its sampling error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChanceAnswer {
    /// Part of the draws.
    pub part: f64,
    /// Lower end of the 95 % interval (Wilson).
    pub low: f64,
    /// Upper end of the 95 % interval (Wilson).
    pub high: f64,
}

/// When a lot fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailAnswer {
    /// Its label.
    pub lot_id: String,
    /// The fall in volume.
    pub fall: f64,
    /// `floor`, `margin` or `both`.
    pub by: String,
}

/// What random draws say of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RandomAnswer {
    /// Draws made.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// Regions whose areas err as one; 0 where the areas have none.
    pub regions: usize,
    /// Areas in no region, whose errors are national and local alone.
    pub areas_without_region: usize,
    /// Correlation of the volumes of two areas of the same region.
    pub correlation_within_region: f64,
    /// Correlation of the volumes of two areas of different regions.
    pub correlation_between_regions: f64,
    /// Chance that every lot stays viable.
    pub all_viable: ChanceAnswer,
    /// Mean number of lots that stay viable.
    pub viable_lots: f64,
    /// Standard error of that mean.
    pub viable_lots_error: f64,
    /// In one draw of ten no more lots than these stay viable.
    pub viable_lots_p10: usize,
    /// In half of the draws no more lots than these stay viable.
    pub viable_lots_p50: usize,
    /// For every number of lots from none to all, the draws in which just so many stay viable.
    pub draws_by_viable_lots: Vec<u64>,
    /// What was drawn, in a sentence.
    pub words: String,
}

/// One thing that goes otherwise than expected, low and high.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarAnswer {
    /// `volume`, `performance`, `cost` or `delay`.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// The low figure.
    pub low: EndAnswer,
    /// The high figure.
    pub high: EndAnswer,
}

/// An end of a bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndAnswer {
    /// The figure.
    pub value: f64,
    /// `published` or `assumed`.
    pub status: String,
    /// Where it comes from, or why it was taken.
    pub source: String,
    /// What the plan comes to.
    pub plan: TallyAnswer,
}

/// What the plan as a whole comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TallyAnswer {
    /// Surplus of all lots.
    pub surplus_gbp: f64,
    /// Surplus ÷ income of all lots.
    pub margin: f64,
    /// Lots that reach the floor.
    pub lots_at_floor: usize,
    /// Lots that keep a margin.
    pub lots_with_margin: usize,
    /// Lots that do both.
    pub viable_lots: usize,
}

/// Volume against performance, costs and delays as expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GridAnswer {
    /// Volume ÷ contracted volume, falling: a column each.
    pub volumes: Vec<f64>,
    /// Outcome rates ÷ expected ones, falling: a row each.
    pub performances: Vec<f64>,
    /// By performance, then volume.
    pub cells: Vec<Vec<TallyAnswer>>,
    /// What the plan comes to where everything comes in as expected.
    pub expected: TallyAnswer,
}
