//! The keys of a funding model, each with its unit and the range in which it makes sense.

use std::borrow::Cow;

/// A key that holds a figure.
#[derive(Clone, Debug)]
pub struct Key {
    /// The dotted key.
    pub key: Cow<'static, str>,
    /// The unit in which the figure must be given.
    pub unit: &'static str,
    /// The least that makes sense.
    pub least: f64,
    /// The most that makes sense; infinite where there is none.
    pub most: f64,
}

const fn key(key: &'static str, unit: &'static str, least: f64, most: f64) -> Key {
    Key {
        key: Cow::Borrowed(key),
        unit,
        least,
        most,
    }
}

const ANY: f64 = f64::INFINITY;
const MONTHS: &str = "months";
const A_YEAR: &str = "part a year";
const OF_VALUE: &str = "part of the contract value";

/// Keys of texts.
pub(super) const TEXTS: [&str; 4] = ["schema", "name", "title", "source"];

/// The fee: its share, the months over which it is paid, what of it follows volume.
pub(super) const FEE: [Key; 3] = [
    key("payments.fee.share", OF_VALUE, 0.0, 1.0),
    key("payments.fee.months", MONTHS, 1.0, 600.0),
    key("payments.fee.follows_volume", "part of the fee", 0.0, 1.0),
];

/// The grant: its share.
pub(super) const GRANT: [Key; 1] = [key("payments.grant.share", OF_VALUE, 0.0, 1.0)];

/// What is paid for starts: its share.
pub(super) const ATTACHMENT: [Key; 1] = [key("payments.attachment.share", OF_VALUE, 0.0, 1.0)];

/// What is paid for outcomes: its share.
pub(super) const OUTCOMES: [Key; 1] = [key("payments.outcome.share", OF_VALUE, 0.0, 1.0)];

/// The accelerator: both figures or none.
pub(super) const ACCELERATOR: [Key; 2] = [
    key(
        "payments.outcome.accelerator_threshold",
        "part of a cohort's expected outcomes",
        0.0,
        10.0,
    ),
    key(
        "payments.outcome.accelerator_factor",
        "price past the threshold ÷ price up to it",
        0.0,
        100.0,
    ),
];

/// What is paid for outcomes that last: its share, when it begins, how often it is paid, how many last.
pub(super) const SUSTAINMENT: [Key; 4] = [
    key("payments.sustainment.share", OF_VALUE, 0.0, 1.0),
    key("payments.sustainment.after_months", MONTHS, 0.0, 120.0),
    key("payments.sustainment.count", "payments", 1.0, 120.0),
    key(
        "payments.sustainment.retention",
        "part of outcomes, a month",
        0.001,
        1.0,
    ),
];

/// Cost plus: its share, which is all, and the margin.
pub(super) const COST_PLUS: [Key; 2] = [
    key("payments.cost_plus.share", OF_VALUE, 0.0, 1.0),
    key("payments.cost_plus.margin", "part of costs", 0.0, 10.0),
];

/// Months of referral, which go before those of the scenario.
pub(super) const REFERRAL_MONTHS: Key = key("provider.referral_months", MONTHS, 1.0, 600.0);

/// The rule of outcomes, in the order of [`crate::domain::OutcomeRule`].
pub(super) const OUTCOME: [Key; 4] = [
    key("outcome.hours_a_week", "hours a week", 0.0, 168.0),
    key("outcome.wage_gbp_an_hour", "pounds an hour", 0.0, ANY),
    key("outcome.held_days", "days", 0.0, 3650.0),
    key("outcome.within_days", "days", 1.0, 3650.0),
];

/// Figures for sums beyond the lots, in the order of [`crate::domain::Wider`].
pub(super) const WIDER: [Key; 7] = [
    key("wider.specialist_unit_cost_gbp", "pounds a participant", 1.0, ANY),
    key("wider.mass_unit_cost_gbp", "pounds a participant", 1.0, ANY),
    key("wider.benefit_saving_gbp", "pounds a year", 0.0, ANY),
    key("wider.additionality", "part of outcomes", 0.0, 1.0),
    key("wider.esf_available_gbp", "pounds", 0.0, ANY),
    key("wider.disabled_share", "part of starts", 0.0, 1.0),
    key("wider.gap_people", "people", 1.0, ANY),
];

/// The figures of the provider, in the order of [`crate::domain::Provider`].
pub(super) const PROVIDER: [Key; 17] = [
    key("provider.ramp_months", MONTHS, 0.0, 120.0),
    key("provider.tail_months", MONTHS, 0.0, 120.0),
    key("provider.months_on_programme", MONTHS, 1.0, 120.0),
    key("provider.caseload", "participants per adviser", 1.0, 10_000.0),
    key("provider.adviser_cost_gbp_a_year", "pounds a year", 0.0, ANY),
    key("provider.staff_flex", "part of the cost of advisers", 0.0, 1.0),
    key("provider.cost_per_participant_gbp", "pounds", 0.0, ANY),
    key("provider.fixed_gbp_a_month", "pounds a month", 0.0, ANY),
    key("provider.set_up_gbp", "pounds", 0.0, ANY),
    key("provider.subcontracted_share", "part of delivery", 0.0, 1.0),
    key(
        "provider.management_fee",
        "part of the subcontractors' income",
        0.0,
        1.0,
    ),
    key("provider.cost_growth_a_year", A_YEAR, 0.0, 1.0),
    key("provider.price_growth_a_year", A_YEAR, 0.0, 1.0),
    key("provider.payment_delay_months", MONTHS, 0.0, 60.0),
    key("provider.finance_rate_a_year", A_YEAR, 0.0, 10.0),
    key("provider.target_margin", "part of income", 0.0, 1.0),
    key("provider.bearable_trough", OF_VALUE, 0.0, 10.0),
];

/// When outcomes are reached.
pub(super) const TIMING: Key = key(
    "provider.timing",
    "months since the start, part of all outcomes reached",
    0.0,
    ANY,
);

const OF_VOLUME: &str = "part of the volume";
const OF_RATES: &str = "part of the outcome rates";
const VOLUME: &str = "volume ÷ contracted volume";
const RATES: &str = "outcome rates ÷ expected ones";
const COSTS: &str = "costs ÷ expected ones";
const LATER: &str = "months beyond those agreed";

/// How far things may go otherwise than planned, in the order of [`crate::domain::StressModel`].
pub(super) const STRESS: [Key; 16] = [
    key("stress.national_sd", OF_VOLUME, 0.0, 2.0),
    key("stress.regional_sd", OF_VOLUME, 0.0, 2.0),
    key("stress.local_sd", OF_VOLUME, 0.0, 2.0),
    key("stress.performance_sd", OF_RATES, 0.0, 2.0),
    key("stress.provider_sd", OF_RATES, 0.0, 2.0),
    key(
        "stress.correlation",
        "correlation of national volume and outcomes",
        -1.0,
        1.0,
    ),
    key("stress.volume_low", VOLUME, 0.0, 10.0),
    key("stress.volume_high", VOLUME, 0.0, 10.0),
    key("stress.performance_low", RATES, 0.0, 10.0),
    key("stress.performance_high", RATES, 0.0, 10.0),
    key("stress.cost_low", COSTS, 0.0, 10.0),
    key("stress.cost_high", COSTS, 0.0, 10.0),
    key("stress.delay_low", LATER, 0.0, 60.0),
    key("stress.delay_high", LATER, 0.0, 60.0),
    key("stress.restart_volume", VOLUME, 0.0, 10.0),
    key("stress.work_programme_performance", RATES, 0.0, 10.0),
];

/// The members of every figure.
pub(super) const MEMBERS: [&str; 4] = ["value", "unit", "status", "source"];

/// The figures of a group of participants: share, outcome rate, relative price.
pub(super) fn group(id: &str) -> [Key; 3] {
    let of = |member: &str, unit, most| Key {
        key: format!("groups.{id}.{member}").into(),
        unit,
        least: 0.0,
        most,
    };
    [
        of("share", "part of starts", 1.0),
        of("outcome_rate", "part of starts", 1.0),
        of("relative_price", "price of the group ÷ price of the group at 1", 1000.0),
    ]
}

/// Every key that holds a figure or a curve, groups aside, in the order in which they are asked for.
pub fn figures() -> impl Iterator<Item = Key> {
    let paid = FEE.into_iter().chain(GRANT).chain(ATTACHMENT).chain(OUTCOMES);
    let paid = paid.chain(ACCELERATOR).chain(SUSTAINMENT).chain(COST_PLUS);
    paid.chain(OUTCOME)
        .chain([REFERRAL_MONTHS])
        .chain(PROVIDER)
        .chain([TIMING])
        .chain(WIDER)
        .chain(STRESS)
}

/// Every key that a file with these groups may have, down to the members of each figure.
pub(super) fn known(groups: &[String]) -> Vec<String> {
    let of_groups = groups.iter().flat_map(|id| group(id));
    let members = figures().chain(of_groups).flat_map(|key| {
        let of = move |member: &str| format!("{}.{member}", key.key);
        MEMBERS.map(of)
    });
    let names = groups.iter().map(|id| format!("groups.{id}.name"));
    TEXTS
        .map(String::from)
        .into_iter()
        .chain(names)
        .chain(members)
        .collect()
}
