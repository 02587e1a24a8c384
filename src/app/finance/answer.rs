//! Puts the answer together: accounts of all lots, their sums, and the derived floor.

use std::collections::BTreeMap;

use super::{Funded, terms, told, wider};
use crate::app::Judged;
use crate::domain::words::{decimal, list, money};
use crate::domain::{Finding, Findings};
use crate::domain::{FundingModel, Parameter, ParameterValue, PaymentKind, Pence};
use crate::report::finance::{
    DerivedAnswer, Finance, FinanceLot, FinanceMonth, FinanceTotals, ModelAnswer, ParameterAnswer, ParameterFigure,
    PrimeAnswer, rate,
};
use crate::report::{Answer, LotAnswer, words};
use crate::value::money::sums::{beside_the_envelope, outcome_earnings, primes};
use crate::value::money::{
    Account, AccountMonth, Binding, BreakEven, COSTS, Course, Derived, NoSize, Order, Shock, account, break_even,
    derive_floor,
};

/// The schema of finances.
const SCHEMA: &str = "lotwright/finance/1";
/// Most primes that a lot is thought to be let to.
const MOST_PRIMES: usize = 3;

/// The answer about the money of an evaluated plan; `whole` is the programme as one order.
pub(super) fn finance(evaluated: Answer, judged: &Judged, funded: &Funded, course: &Course, whole: &Order) -> Finance {
    let model = &funded.model;
    let unit_cost = whole.contract_value_gbp / whole.participants;
    let floor = derive_floor(course, unit_cost, &terms(model), &Shock::default());
    let least = floor.as_ref().ok().map(|floor| floor.contract_value_gbp);
    let lots: Vec<FinanceLot> = evaluated
        .lots
        .iter()
        .map(|lot| lot_answer(lot, model, course, least))
        .collect();
    let derived = derived_answer(model, &lots, floor);
    let mut scenario = evaluated.scenario;
    scenario.inputs.push(funded.input.clone());
    let mut findings = evaluated.findings;
    findings.extend(told(&funded.findings));
    findings.extend(told(&floor_findings(&derived)));
    Finance {
        schema: SCHEMA.into(),
        scenario,
        plan: judged.input.file.clone(),
        status: evaluated.status,
        wider: wider::sums(model, course, whole, &lots),
        published: wider::published_figures(),
        model: model_answer(model, course, whole),
        totals: totals(&lots),
        lots,
        derived,
        violations: evaluated.violations,
        unassigned: evaluated.unassigned,
        findings,
        version: evaluated.version,
    }
}

fn model_answer(model: &FundingModel, course: &Course, whole: &Order) -> ModelAnswer {
    let earned =
        |rule: &crate::domain::OutcomeRule| outcome_earnings(rule.hours_a_week, rule.wage_gbp_an_hour, rule.held_days);
    ModelAnswer {
        name: model.name.clone(),
        title: model.title.clone(),
        source: model.source.clone(),
        referral_months: course.referral_months,
        unit_cost_gbp: pounds(whole.contract_value_gbp / whole.participants),
        outcome_price_gbp: course
            .outcome_price_gbp(whole.contract_value_gbp, whole.participants)
            .map(pounds),
        outcome_earnings_gbp: model.outcome.as_ref().map(earned),
        parameters: model.parameters.iter().map(parameter).collect(),
    }
}

/// A figure with its unit, standing and source.
pub(in crate::app) fn parameter(it: &Parameter) -> ParameterAnswer {
    ParameterAnswer {
        key: it.key.clone(),
        value: match &it.value {
            ParameterValue::Number(number) => ParameterFigure::Number(*number),
            ParameterValue::Curve(points) => ParameterFigure::Curve(points.clone()),
        },
        unit: it.unit.clone(),
        status: it.standing.word().into(),
        source: it.source.clone(),
    }
}

fn lot_answer(lot: &LotAnswer, model: &FundingModel, course: &Course, least: Option<i64>) -> FinanceLot {
    let order = Order {
        contract_value_gbp: lot.contract_value_gbp,
        participants: lot.participants,
    };
    let account = account(course, &order, &Shock::default());
    let falls = break_even(course, &order, &Shock::default());
    let esf = model
        .wider
        .map(|wider| pounds(beside_the_envelope(wider.esf_available_gbp, lot.share)));
    FinanceLot {
        lot_id: lot.lot_id.clone(),
        name: lot.name.clone(),
        share: lot.share,
        contract_value_gbp: lot.contract_value_gbp,
        participants: lot.participants,
        income_gbp: account.income.as_pounds(),
        income_by_kind: income_by_kind(model, &account),
        cost_gbp: account.cost.as_pounds(),
        cost_by_kind: by_kind(&COSTS, &account.cost_by_kind),
        finance_gbp: account.finance.as_pounds(),
        profit_gbp: account.profit.as_pounds(),
        surplus_gbp: account.surplus.as_pounds(),
        margin: digits(account.margin),
        cash_low_gbp: account.cash_low.0.as_pounds(),
        cash_low_month: account.cash_low.1,
        break_even_month: account.break_even_month,
        payback_months: account.payback_months,
        break_even_volume_fall: falls.fall().map(digits),
        break_even: break_even_word(falls).into(),
        advisers: digits(account.advisers_peak),
        outcomes: digits(account.outcomes),
        meets_derived_floor: least.map(|least| lot.contract_value_gbp >= least as f64),
        esf_gbp: esf,
        primes: prime_answers(course, &order),
        months: account.months.iter().map(month).collect(),
    }
}

/// The word for how a lot stands when fewer people start.
pub(in crate::app) fn break_even_word(falls: BreakEven) -> &'static str {
    match falls {
        BreakEven::Fall(_) => "falls",
        BreakEven::Never => "never",
        BreakEven::Loses => "loses",
    }
}

fn prime_answers(course: &Course, order: &Order) -> Vec<PrimeAnswer> {
    let shared = primes(course, order, MOST_PRIMES);
    let one = |it: &crate::value::money::sums::PrimeShare| PrimeAnswer {
        primes: it.primes,
        contract_value_gbp: pounds(it.contract_value_gbp),
        margin: digits(it.margin),
        cash_low_gbp: pounds(it.cash_low_gbp),
        extra_cost_gbp: pounds(it.extra_cost_gbp),
    };
    shared.iter().map(one).collect()
}

fn income_by_kind(model: &FundingModel, account: &Account) -> BTreeMap<String, f64> {
    let all = by_kind(&PaymentKind::WORDS, &account.income_by_kind);
    all.into_iter()
        .filter(|(word, _)| model.payment(word).is_some())
        .collect()
}

fn by_kind(words: &[&str], amounts: &[Pence]) -> BTreeMap<String, f64> {
    let pairs = words.iter().zip(amounts);
    pairs
        .map(|(word, amount)| (word.to_string(), amount.as_pounds()))
        .collect()
}

fn month(it: &AccountMonth) -> FinanceMonth {
    FinanceMonth {
        month: it.month,
        starts: digits(it.starts),
        on_programme: digits(it.on_programme),
        advisers: digits(it.advisers),
        outcomes: digits(it.outcomes),
        income_gbp: it.income.iter().sum::<Pence>().as_pounds(),
        cost_gbp: it.cost.iter().sum::<Pence>().as_pounds(),
        finance_gbp: it.finance.as_pounds(),
        cash_gbp: it.cash.as_pounds(),
    }
}

fn totals(lots: &[FinanceLot]) -> FinanceTotals {
    let money = |of: fn(&FinanceLot) -> f64| pounds(lots.iter().map(of).sum());
    let people = |of: fn(&FinanceLot) -> f64| digits(lots.iter().map(of).sum());
    FinanceTotals {
        contract_value_gbp: money(|lot| lot.contract_value_gbp),
        participants: people(|lot| lot.participants),
        income_gbp: money(|lot| lot.income_gbp),
        cost_gbp: money(|lot| lot.cost_gbp),
        finance_gbp: money(|lot| lot.finance_gbp),
        profit_gbp: money(|lot| lot.profit_gbp),
        surplus_gbp: money(|lot| lot.surplus_gbp),
        cash_low_gbp: money(|lot| lot.cash_low_gbp),
        advisers: people(|lot| lot.advisers),
        outcomes: people(|lot| lot.outcomes),
    }
}

fn derived_answer(model: &FundingModel, lots: &[FinanceLot], floor: Result<Derived, NoSize>) -> DerivedAnswer {
    let below = lots.iter().filter(|lot| lot.meets_derived_floor != Some(true));
    let below: Vec<String> = below.map(|lot| lot.lot_id.clone()).collect();
    let because = match &floor {
        Ok(floor) => floor.because,
        Err(none) => none.because,
    };
    DerivedAnswer {
        contract_value_gbp: floor.as_ref().ok().map(|floor| floor.contract_value_gbp),
        participants: floor.as_ref().ok().map(|floor| digits(floor.participants)),
        target_margin: model.provider.target_margin,
        bearable_trough: model.provider.bearable_trough,
        because: binding_word(because).into(),
        words: match &floor {
            Ok(floor) => floor_words(model, floor, below.len(), lots.len()),
            Err(none) => no_size_words(none),
        },
        lots_below: below,
    }
}

pub(in crate::app) fn binding_word(because: Binding) -> &'static str {
    match because {
        Binding::Margin => "margin",
        Binding::Trough => "trough",
        Binding::Nothing => "nothing",
    }
}

fn floor_words(model: &FundingModel, floor: &Derived, below: usize, lots: usize) -> String {
    let asked = format!(
        "a margin of {} and a trough of no more than {} of its value",
        rate(model.provider.target_margin),
        rate(model.provider.bearable_trough)
    );
    let why = match floor.because {
        Binding::Margin => "below that, the margin is too small",
        Binding::Trough => "below that, cash falls too deep",
        Binding::Nothing => return format!("A lot of any size has {asked}."),
    };
    let count = match below {
        0 => "no lot is".to_string(),
        some => format!("{} of {lots} {}", some, if some == 1 { "lot is" } else { "lots are" }),
    };
    format!(
        "The derived floor is {}, {} participants: the least lot with {asked}; {why}. By it, {count} too small.",
        money(Pence::pounds(floor.contract_value_gbp)),
        words::number(floor.participants)
    )
}

pub(in crate::app) fn no_size_words(none: &NoSize) -> String {
    let (what, least) = match none.because {
        Binding::Trough => ("a cash trough of no more than", "deep"),
        Binding::Margin | Binding::Nothing => ("a margin of", "large"),
    };
    format!(
        "There is no derived floor: no size of lot has {what} {}; where fixed costs no longer count it is {}, which is not {least} enough.",
        rate(none.asked),
        rate(none.reached)
    )
}

fn floor_findings(derived: &DerivedAnswer) -> Findings {
    let help = "merge lots, raise the floor, or look at the figures of the model that are assumed";
    let below = derived.lots_below.len();
    match derived.contract_value_gbp {
        None => Finding::warning("F301", "funding.model", derived.words.clone(), help).into(),
        Some(floor) if below > 0 => {
            let message = format!(
                "{below} of the lots are worth less than the derived floor of £{}",
                decimal(floor as f64)
            );
            Finding::note("F302", list(&derived.lots_below, 6), message, help).into()
        }
        Some(_) => Findings::default(),
    }
}

/// An amount in whole pence.
pub(in crate::app) fn pounds(amount: f64) -> f64 {
    Pence((amount * 100.0).round() as i64).as_pounds()
}

/// A figure with six digits after the point: more would tell machines apart and not lots.
pub(in crate::app) fn digits(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
