//! A Course is a funding model over time, for one pound of contract value and one contracted participant.

use crate::domain::{Accelerator, FundingModel, PaymentKind, Provider, StartsProfile};

/// Months of a contract year, which is also the time over which the starts of a cohort are counted.
const YEAR: usize = 12;

/// A funding model over time. It depends on the months of referral alone and not on the size of a lot, so one serves all lots.
///
/// Month 0 is the time before the first start; referrals run from month 1. People who start in a month are taken to start at its beginning.
#[derive(Clone, Debug)]
pub struct Course {
    /// Months of referral.
    pub referral_months: usize,
    /// For every month, the part of all starts that falls into it.
    pub starts: Vec<f64>,
    /// For every month, people on the programme per contracted participant.
    pub on_programme: Vec<f64>,
    /// For every month, outcomes per contracted participant at expected performance.
    pub outcomes: Vec<f64>,
    /// Growth of costs since the first contract year, for every month.
    pub cost_index: Vec<f64>,
    /// The last month in which anybody is on the programme.
    pub last_service_month: usize,
    /// Model of the provider.
    pub(super) provider: Provider,
    pub(super) income: Vec<IncomeCourse>,
}

/// A payment over time: pounds in every month for one pound of contract value, at contracted volume and expected performance.
#[derive(Clone, Debug)]
pub(super) struct IncomeCourse {
    pub(super) kind: PaymentKind,
    pub(super) share: f64,
    /// For every month; adds up to `share`. Empty for cost plus, which follows costs.
    pub(super) months: Vec<f64>,
    /// Outcomes of each cohort, where a price depends on how many a cohort has reached.
    pub(super) cohorts: Vec<Cohort>,
    /// Price in pounds for a whole cohort of one, before growth.
    pub(super) base: f64,
}

/// The starts of one contract year, and the part of their expected outcomes that falls into each month.
#[derive(Clone, Debug)]
pub(super) struct Cohort {
    pub(super) share: f64,
    pub(super) outcomes: Vec<f64>,
}

impl Course {
    /// The course of a model over so many months of referral (rounded, at least one); the model's own months go before them.
    pub fn new(model: &FundingModel, referral_months: f64) -> Self {
        let provider = model.provider.clone();
        let referral_months = whole(provider.referral_months.unwrap_or(referral_months)).max(1);
        let length = length(model, referral_months);
        let starts = starts(provider.starts, referral_months, length);
        let rate: f64 = provider.groups.iter().map(|g| g.share * g.outcome_rate).sum();
        let timing = increments(&provider.timing);
        let reached = convolved(&starts, &timing);
        let mut course = Self {
            referral_months,
            on_programme: convolved(&starts, &stay(provider.months_on_programme)),
            outcomes: reached.iter().map(|part| part * rate).collect(),
            cost_index: growth(provider.cost_growth_a_year, length),
            last_service_month: referral_months + ceiling(provider.months_on_programme).max(1) - 1,
            income: Vec::new(),
            starts,
            provider,
        };
        let prices = growth(course.provider.price_growth_a_year, length);
        course.income = model
            .payments
            .iter()
            .map(|payment| course.income_course(payment.kind, payment.share, &reached, &prices))
            .collect();
        course
    }

    /// Months in which anything is earned or spent, month 0 among them.
    pub fn months(&self) -> usize {
        self.starts.len()
    }

    /// Income from outcomes ÷ the expected, where all outcome rates are multiplied by `performance` and none passes 1.
    pub fn performance_ratio(&self, performance: f64) -> f64 {
        let sum = |rate: &dyn Fn(f64) -> f64| -> f64 {
            let groups = self.provider.groups.iter();
            groups.map(|g| g.share * g.relative_price * rate(g.outcome_rate)).sum()
        };
        let expected = sum(&|rate| rate);
        if expected > 0.0 {
            sum(&|rate| (rate * performance).min(1.0)) / expected
        } else {
            0.0
        }
    }

    /// Outcomes ÷ the expected, as [`Course::performance_ratio`] but in people.
    pub fn outcome_ratio(&self, performance: f64) -> f64 {
        let sum = |performance: f64| -> f64 {
            let groups = self.provider.groups.iter();
            groups.map(|g| g.share * (g.outcome_rate * performance).min(1.0)).sum()
        };
        let expected = sum(1.0);
        if expected > 0.0 {
            sum(performance) / expected
        } else {
            0.0
        }
    }

    /// Price of one outcome in the first contract year, in pounds, of the group whose relative price is 1; `None` where outcomes are not paid.
    pub fn outcome_price_gbp(&self, contract_value_gbp: f64, participants: f64) -> Option<f64> {
        let paid = self
            .income
            .iter()
            .find(|income| matches!(income.kind, PaymentKind::Outcome { .. }))?;
        let groups = self.provider.groups.iter();
        let weighted: f64 = groups.map(|g| g.share * g.outcome_rate * g.relative_price).sum();
        let outcomes = participants * weighted;
        (outcomes > 0.0).then(|| contract_value_gbp * paid.base / outcomes)
    }

    fn income_course(&self, kind: PaymentKind, share: f64, reached: &[f64], prices: &[f64]) -> IncomeCourse {
        let weights = match kind {
            PaymentKind::Fee { months, .. } => self.level(whole(months)),
            PaymentKind::Grant => self.level(self.referral_months),
            PaymentKind::Attachment => self.starts.clone(),
            PaymentKind::Outcome { .. } => reached.to_vec(),
            PaymentKind::Sustainment {
                after_months,
                count,
                retention,
            } => convolved(reached, &sustained(after_months, count, retention)),
            PaymentKind::CostPlus { .. } => Vec::new(),
        };
        let cohorts = match kind {
            PaymentKind::Outcome { accelerator: Some(_) } => self.cohorts(),
            _ => Vec::new(),
        };
        let mut income = IncomeCourse {
            kind,
            share,
            months: weights.iter().zip(prices).map(|(w, p)| w * p).collect(),
            cohorts,
            base: 1.0,
        };
        if let PaymentKind::Outcome { accelerator: Some(it) } = kind {
            income.months = accelerated(&income.cohorts, it, 1.0, prices);
        }
        let total: f64 = income.months.iter().sum();
        income.base = if total > 0.0 { share / total } else { 0.0 };
        income.months.iter_mut().for_each(|month| *month *= income.base);
        income
    }

    /// One in each of the first `most` months of referral.
    fn level(&self, most: usize) -> Vec<f64> {
        let paid = 1..=self.referral_months.min(most.max(1));
        (0..self.months())
            .map(|m| if paid.contains(&m) { 1.0 } else { 0.0 })
            .collect()
    }

    fn cohorts(&self) -> Vec<Cohort> {
        let timing = increments(&self.provider.timing);
        let years = self.referral_months.div_ceil(YEAR);
        let of_year = |year: usize| {
            let within = 1 + year * YEAR..=(year + 1) * YEAR;
            let starts = self.starts.iter().enumerate();
            let own: Vec<f64> = starts
                .map(|(m, s)| if within.contains(&m) { *s } else { 0.0 })
                .collect();
            let share: f64 = own.iter().sum();
            let outcomes = convolved(&own, &timing);
            let part = |outcome: &f64| if share > 0.0 { outcome / share } else { 0.0 };
            Cohort {
                share,
                outcomes: outcomes.iter().map(part).collect(),
            }
        };
        (0..years).map(of_year).collect()
    }
}

/// Income from outcomes in every month for a base price of one, where `ratio` of the expected outcomes are reached: up to the threshold of each cohort at
/// the base price, past it at the higher one.
pub(super) fn accelerated(cohorts: &[Cohort], it: Accelerator, ratio: f64, prices: &[f64]) -> Vec<f64> {
    let mut income = vec![0.0; prices.len()];
    for cohort in cohorts {
        let mut reached = 0.0;
        for (month, part) in cohort.outcomes.iter().enumerate() {
            let before = reached;
            reached += part * ratio;
            let low = reached.min(it.threshold) - before.min(it.threshold);
            let high = reached.max(it.threshold) - before.max(it.threshold);
            income[month] += cohort.share * (low + it.factor * high) * prices[month];
        }
    }
    income
}

/// Growth by a rate a year since the first contract year, for every month; month 0 counts as of the first.
pub(super) fn growth(rate: f64, months: usize) -> Vec<f64> {
    let year = |month: usize| month.saturating_sub(1) / YEAR;
    (0..months).map(|month| (1.0 + rate).powi(year(month) as i32)).collect()
}

fn whole(months: f64) -> usize {
    months.round().max(0.0) as usize
}

fn ceiling(months: f64) -> usize {
    months.ceil().max(0.0) as usize
}

/// The number of months in which something can be earned or spent.
fn length(model: &FundingModel, referral_months: usize) -> usize {
    let provider = &model.provider;
    let last_outcome = provider.timing.last().map_or(0, |(month, _)| ceiling(*month)).max(1);
    let sustained = model.payments.iter().map(|payment| match payment.kind {
        PaymentKind::Sustainment {
            after_months, count, ..
        } => whole(after_months) + whole(count).saturating_sub(1),
        _ => 0,
    });
    let after = (last_outcome + sustained.max().unwrap_or(0)).max(ceiling(provider.months_on_programme).max(1));
    // A person who starts in the last month of referral has `after` months, the month of the start among them.
    referral_months + after
}

/// The part of all starts in every month: a ramp, a level, a tail.
fn starts(profile: StartsProfile, referral_months: usize, length: usize) -> Vec<f64> {
    let rise = |month: usize| month as f64 / (profile.ramp_months + 1.0);
    let fall = |month: usize| (referral_months + 1 - month) as f64 / (profile.tail_months + 1.0);
    let mut starts: Vec<f64> = (0..length)
        .map(|month| match month {
            m if m == 0 || m > referral_months => 0.0,
            m => rise(m).min(fall(m)).min(1.0),
        })
        .collect();
    let total: f64 = starts.iter().sum();
    starts.iter_mut().for_each(|part| *part /= total);
    starts
}

/// The part of a month, month by month since the start, for which a participant is on the programme.
fn stay(months: f64) -> Vec<f64> {
    (0..ceiling(months)).map(|k| (months - k as f64).min(1.0)).collect()
}

/// The part of all outcomes in each month since the start, from a cumulative curve with straight pieces.
fn increments(timing: &[(f64, f64)]) -> Vec<f64> {
    let months = timing.last().map_or(0, |(month, _)| ceiling(*month)).max(1);
    (0..months)
        .map(|k| reached(timing, (k + 1) as f64) - reached(timing, k as f64))
        .collect()
}

/// The part of all outcomes reached by `month`; nothing before the first point of the curve and all after the last.
fn reached(timing: &[(f64, f64)], month: f64) -> f64 {
    let after = timing.iter().position(|(m, _)| *m > month);
    match after {
        None => 1.0,
        Some(0) => 0.0,
        Some(k) => {
            let ((m0, y0), (m1, y1)) = (timing[k - 1], timing[k]);
            y0 + (y1 - y0) * (month - m0) / (m1 - m0)
        }
    }
}

/// Monthly payments for one outcome, by months since it.
fn sustained(after_months: f64, count: f64, retention: f64) -> Vec<f64> {
    let (after, count) = (whole(after_months), whole(count));
    (0..after + count)
        .map(|k| if k < after { 0.0 } else { retention.powi(k as i32) })
        .collect()
}

/// What `each`, which begins in every month as often as `starts` says, adds up to in every month; what lies past the last month is cut off.
fn convolved(starts: &[f64], each: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; starts.len()];
    for (month, count) in starts.iter().enumerate().filter(|(_, count)| **count != 0.0) {
        for (sum, part) in sums[month..].iter_mut().zip(each) {
            *sum += count * part;
        }
    }
    sums
}
