//! A Finance is what every lot of a plan earns, costs and owes, in the shape of `lotwright/finance/1`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::{FindingAnswer, ScenarioAnswer, ViolationAnswer};

/// The answer of `finance`. Money is in pounds, months are counted from the first month of referral, 1; month 0 is the time before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finance {
    /// `lotwright/finance/1`.
    pub schema: String,
    /// What was asked, and from which files, plan and model among them.
    pub scenario: ScenarioAnswer,
    /// The plan, as it was named.
    pub plan: String,
    /// `feasible`, or `infeasible` where the plan breaks a rule; it is valued all the same.
    pub status: String,
    /// How providers are paid, and what delivery is taken to cost.
    pub model: ModelAnswer,
    /// One entry a lot, in the order of the plan.
    pub lots: Vec<FinanceLot>,
    /// Sums over all lots.
    pub totals: FinanceTotals,
    /// The least lot that is worth having.
    pub derived: DerivedAnswer,
    /// Sums beyond the lots; empty where the model gives no figures for them.
    pub wider: Vec<SumAnswer>,
    /// Figures that were published, each beside the sum that gives it.
    pub published: Vec<PublishedAnswer>,
    /// Rules that the plan breaks.
    pub violations: Vec<ViolationAnswer>,
    /// Areas that take part and are in no lot.
    pub unassigned: Vec<String>,
    /// What was found on the way.
    pub findings: Vec<FindingAnswer>,
    /// Version of the program.
    pub version: String,
}

/// A funding model as it was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelAnswer {
    /// Its short name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// Months of referral.
    pub referral_months: usize,
    /// Envelope ÷ participants.
    pub unit_cost_gbp: f64,
    /// First price of one outcome of the group whose relative price is 1; null where outcomes are not paid.
    pub outcome_price_gbp: Option<f64>,
    /// Pounds that a person must have earned for an outcome; null where the model has no such rule.
    pub outcome_earnings_gbp: Option<f64>,
    /// Every figure with its unit, standing and source.
    pub parameters: Vec<ParameterAnswer>,
}

/// A figure of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterAnswer {
    /// Its key.
    pub key: String,
    /// A number, or the points of a curve.
    pub value: ParameterFigure,
    /// Its unit.
    pub unit: String,
    /// `published` or `assumed`.
    pub status: String,
    /// Where it comes from, or why it was taken.
    pub source: String,
}

/// A number, or the points of a curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterFigure {
    /// A number.
    Number(f64),
    /// Points of a curve.
    Curve(Vec<(f64, f64)>),
}

/// What a lot earns, costs and owes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinanceLot {
    /// Its label.
    pub lot_id: String,
    /// A name from its largest members.
    pub name: String,
    /// Its part of the total volume.
    pub share: f64,
    /// Envelope × share.
    pub contract_value_gbp: f64,
    /// Participants × share.
    pub participants: f64,
    /// Income over the contract.
    pub income_gbp: f64,
    /// Income by kind of payment; kinds that the model does not have are left out.
    pub income_by_kind: BTreeMap<String, f64>,
    /// Costs over the contract, interest aside.
    pub cost_gbp: f64,
    /// Costs by kind.
    pub cost_by_kind: BTreeMap<String, f64>,
    /// Interest on negative cash.
    pub finance_gbp: f64,
    /// Income − cost.
    pub profit_gbp: f64,
    /// Profit − interest: the cash at the end.
    pub surplus_gbp: f64,
    /// Surplus ÷ income.
    pub margin: f64,
    /// The lowest cash.
    pub cash_low_gbp: f64,
    /// The first month in which cash stands there.
    pub cash_low_month: usize,
    /// The first month from which cash stays at zero or above; null where it ends below.
    pub break_even_month: Option<usize>,
    /// Months from the first below zero to the month of break-even; null where there is none.
    pub payback_months: Option<usize>,
    /// The fall in volume at which surplus is gone, as a part; null where it never is, or where there is none.
    pub break_even_volume_fall: Option<f64>,
    /// `falls`, `never` or `loses`: how the figure before is to be read.
    pub break_even: String,
    /// Most advisers at a time, as full-time equivalents.
    pub advisers: f64,
    /// Outcomes over the contract.
    pub outcomes: f64,
    /// Whether its contract value reaches the derived floor; null where no size does.
    pub meets_derived_floor: Option<bool>,
    /// European Social Fund beside the envelope, shared out as it is; null where the model gives no figure.
    pub esf_gbp: Option<f64>,
    /// The lot let to one prime, and to two or three that share it.
    pub primes: Vec<PrimeAnswer>,
    /// Month by month.
    pub months: Vec<FinanceMonth>,
}

/// What each of several primes in a lot has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrimeAnswer {
    /// Primes in the lot.
    pub primes: usize,
    /// Contract value of each.
    pub contract_value_gbp: f64,
    /// Margin of each.
    pub margin: f64,
    /// Lowest cash of each.
    pub cash_low_gbp: f64,
    /// What the lot costs beyond one prime.
    pub extra_cost_gbp: f64,
}

/// A month of a lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinanceMonth {
    /// Its number.
    pub month: usize,
    /// People who start.
    pub starts: f64,
    /// People on the programme.
    pub on_programme: f64,
    /// Advisers needed.
    pub advisers: f64,
    /// Outcomes reached.
    pub outcomes: f64,
    /// Income earned.
    pub income_gbp: f64,
    /// Costs, interest aside.
    pub cost_gbp: f64,
    /// Interest.
    pub finance_gbp: f64,
    /// Cash at the end of the month.
    pub cash_gbp: f64,
}

/// Sums over all lots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FinanceTotals {
    /// Contract values.
    pub contract_value_gbp: f64,
    /// Participants.
    pub participants: f64,
    /// Income.
    pub income_gbp: f64,
    /// Costs, interest aside.
    pub cost_gbp: f64,
    /// Interest.
    pub finance_gbp: f64,
    /// Income − cost.
    pub profit_gbp: f64,
    /// Profit − interest.
    pub surplus_gbp: f64,
    /// Lowest cash of every lot, added up: the money that providers must bring, though not all in one month.
    pub cash_low_gbp: f64,
    /// Most advisers at a time, added up.
    pub advisers: f64,
    /// Outcomes.
    pub outcomes: f64,
}

/// The least lot that is worth having under the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivedAnswer {
    /// Least contract value in whole pounds; null where no size will do.
    pub contract_value_gbp: Option<i64>,
    /// Participants of a lot of that value; null where no size will do.
    pub participants: Option<f64>,
    /// Margin that is asked for.
    pub target_margin: f64,
    /// Deepest trough that is allowed, as a part of the contract value.
    pub bearable_trough: f64,
    /// What a smaller lot lacks, or every lot where no size will do: `margin`, `trough` or `nothing`.
    pub because: String,
    /// The same in a sentence.
    pub words: String,
    /// Lots below it.
    pub lots_below: Vec<String>,
}

/// A sum beyond the lots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SumAnswer {
    /// `participants`, `invest_to_save`, `esf`, `primes` or `employment_gap`.
    pub name: String,
    /// Its chief figure.
    pub value: f64,
    /// The unit of that figure.
    pub unit: String,
    /// The sum in a sentence.
    pub words: String,
}

/// A published figure beside its sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedAnswer {
    /// `participants_at_4800`, `participants_at_1200`, `invest_to_save`, `into_work` or `employment_gap`.
    pub name: String,
    /// The figures that go into the sum, in words.
    pub figures: String,
    /// Unit of the figures below.
    pub unit: String,
    /// The figure as published.
    pub published: f64,
    /// `nearest`: the nearest multiple of `rounded_to`; `below`: what the sum is less than.
    pub given: String,
    /// The step of rounding; null where the sum is below the figure.
    pub rounded_to: Option<f64>,
    /// The sum from the figures as they stand.
    pub exact: f64,
    /// The least that the sum can be, where a figure that goes into it is rounded.
    pub low: f64,
    /// The most that it can be.
    pub high: f64,
    /// Whether what is published is the sum, rounded as it is and from figures that are rounded as they are.
    pub agrees: bool,
    /// Why the two differ, or that they do not, in a sentence without its stop.
    pub reason: String,
}
