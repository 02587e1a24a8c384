//! A FundingModel says how a provider is paid and what delivery costs it, each figure with its unit, source and standing.

/// How a programme pays, and what a provider is taken to spend.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingModel {
    /// Short name, such as `whp-2017`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Where the model as a whole comes from.
    pub source: String,
    /// What is paid for; the shares add up to 1.
    pub payments: Vec<Payment>,
    /// Who delivers, and at what cost.
    pub provider: Provider,
    /// What counts as an outcome, where the model says it.
    pub outcome: Option<OutcomeRule>,
    /// Figures for sums beyond the lots, where the model gives them.
    pub wider: Option<Wider>,
    /// Every figure of the file with its unit, source and standing, in the order of the file's keys.
    pub parameters: Vec<Parameter>,
}

impl FundingModel {
    /// The payment of that word, where the model has one.
    pub fn payment(&self, word: &str) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.kind.word() == word)
    }
}

/// One figure of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its key, such as `provider.caseload`.
    pub key: String,
    /// What it is.
    pub value: ParameterValue,
    /// Such as `participants per adviser`.
    pub unit: String,
    /// Where it comes from, or why it was taken.
    pub source: String,
    /// Whether somebody has published it.
    pub standing: Standing,
}

/// A figure, or a curve of figures.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// One number.
    Number(f64),
    /// Points of a curve.
    Curve(Vec<(f64, f64)>),
}

/// Whether a figure is published or was assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody has published it; the source says who.
    Published,
    /// It was assumed; the source says why.
    Assumed,
}

impl Standing {
    /// The word in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Assumed => "assumed",
        }
    }

    /// The standing of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Published, Self::Assumed].into_iter().find(|s| s.word() == word)
    }
}

/// One kind of payment with its part of the contract value.
///
/// Prices follow from shares: price = contract value × share ÷ what is expected of the thing that is paid for. So at expected volume and performance the
/// income over the contract is the contract value. A model of cost plus alone makes no such promise: there the contract value is a cap.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// What is paid for.
    pub kind: PaymentKind,
    /// Part of the contract value, from 0 to 1.
    pub share: f64,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaymentKind {
    /// Equal monthly parts over the months of referral, in arrears.
    Fee {
        /// The most months over which it is paid.
        months: f64,
        /// Part of the fee that follows the number of starts; the rest is paid on the contracted number.
        follows_volume: f64,
    },
    /// Equal monthly parts over the months of referral, in advance.
    Grant,
    /// A price for every start.
    Attachment,
    /// A price for every outcome.
    Outcome {
        /// A higher price past a part of a cohort's expected outcomes.
        accelerator: Option<Accelerator>,
    },
    /// Monthly prices for every outcome that still holds.
    Sustainment {
        /// Months from the outcome to the first payment.
        after_months: f64,
        /// Number of monthly payments.
        count: f64,
        /// Part of the outcomes of one month that still hold a month later.
        retention: f64,
    },
    /// What delivery costs and a margin on it, in arrears, until the contract value is spent.
    CostPlus {
        /// Margin on costs, 0.08 for 8 %.
        margin: f64,
    },
}

impl PaymentKind {
    /// Words of all kinds, in the order in which accounts list them.
    pub const WORDS: [&'static str; 6] = ["fee", "grant", "attachment", "outcome", "sustainment", "cost_plus"];

    /// Its place in [`PaymentKind::WORDS`].
    pub fn index(self) -> usize {
        match self {
            Self::Fee { .. } => 0,
            Self::Grant => 1,
            Self::Attachment => 2,
            Self::Outcome { .. } => 3,
            Self::Sustainment { .. } => 4,
            Self::CostPlus { .. } => 5,
        }
    }

    /// The word in files and JSON.
    pub fn word(self) -> &'static str {
        Self::WORDS[self.index()]
    }
}

/// A higher price for outcomes past a part of those expected of a cohort, which is the starts of a contract year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accelerator {
    /// Part of the outcomes expected of those who have started; at 1 or above only more than was expected is paid higher.
    pub threshold: f64,
    /// Price past it ÷ price up to it.
    pub factor: f64,
}

/// What counts as an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeRule {
    /// Hours a week.
    pub hours_a_week: f64,
    /// Pounds an hour.
    pub wage_gbp_an_hour: f64,
    /// Days for which that much must have been earned.
    pub held_days: f64,
    /// Days since starting within which it must be reached.
    pub within_days: f64,
}

/// Figures for sums beyond the lots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wider {
    /// What a participant costs in a specialist programme, in pounds.
    pub specialist_unit_cost_gbp: f64,
    /// What a participant costs in a mass programme, in pounds.
    pub mass_unit_cost_gbp: f64,
    /// Benefits saved in a year by a person in work, in pounds.
    pub benefit_saving_gbp: f64,
    /// Part of outcomes that would not have come about without the programme.
    pub additionality: f64,
    /// European Social Fund still open for matching, in pounds.
    pub esf_available_gbp: f64,
    /// Part of starts that are disabled people.
    pub disabled_share: f64,
    /// Disabled people who would have to find work to halve the disability employment gap.
    pub gap_people: f64,
}

/// Who delivers, when people start and reach outcomes, and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// Months of referral; without it, those of the scenario.
    pub referral_months: Option<f64>,
    /// How starts are spread over the months of referral.
    pub starts: StartsProfile,
    /// Months that a participant is with an adviser.
    pub months_on_programme: f64,
    /// Groups of participants; their shares add up to 1.
    pub groups: Vec<ParticipantGroup>,
    /// When outcomes are reached: months since the start, cumulative share of all outcomes; rising, ends at 1, straight between its points, 0 before.
    pub timing: Vec<(f64, f64)>,
    /// Participants per adviser.
    pub caseload: f64,
    /// What an adviser costs in a year with all on-costs, in pounds.
    pub adviser_cost_gbp_a_year: f64,
    /// Part of the advisers' cost that follows when fewer start than was contracted; the rest is committed. More starts always need more advisers.
    pub staff_flex: f64,
    /// Other cost of a participant, in pounds, spread over the months on programme.
    pub cost_per_participant_gbp: f64,
    /// Fixed cost of a lot in a month, in pounds.
    pub fixed_gbp_a_month: f64,
    /// Cost before the first start, in pounds, in month 0.
    pub set_up_gbp: f64,
    /// Part of delivery that subcontractors do, at their own cost.
    pub subcontracted_share: f64,
    /// Part of the subcontractors' income that the prime keeps.
    pub management_fee: f64,
    /// Growth of costs in a year; 0.02 for 2 %.
    pub cost_growth_a_year: f64,
    /// Growth of prices in a year; the first price is set so that expected income stays the contract value.
    pub price_growth_a_year: f64,
    /// Months from earning a payment to receiving it.
    pub payment_delay_months: f64,
    /// Interest in a year on a negative cash balance.
    pub finance_rate_a_year: f64,
    /// Least margin for which a provider would bid: profit after finance ÷ income.
    pub target_margin: f64,
    /// Deepest negative cash balance that a provider can carry, as a part of the contract value.
    pub bearable_trough: f64,
}

/// How starts are spread over the months of referral: they rise evenly to their full number, stay there, and fall evenly at the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartsProfile {
    /// Months before the full number is reached.
    pub ramp_months: f64,
    /// Months at the end in which the number falls.
    pub tail_months: f64,
}

/// A group of participants.
#[derive(Clone, Debug, PartialEq)]
pub struct ParticipantGroup {
    /// What it is called.
    pub name: String,
    /// Part of all starts.
    pub share: f64,
    /// Part of its starts that reach an outcome.
    pub outcome_rate: f64,
    /// Its price for an outcome ÷ that of the group whose figure is 1.
    pub relative_price: f64,
}
