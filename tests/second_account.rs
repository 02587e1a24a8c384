//! A second account of a lot, made from the formulas of docs/money.md with plain sums, stands beside that of the program.

use std::path::Path;

use lotwright::domain::{FundingModel, PaymentKind};
use lotwright::io::funding;
use lotwright::value::money::{Course, Order, Shock, account};

/// Months that are looked at: more than any contract here lasts.
const MONTHS: usize = 160;

/// What the formulas need, worked out month by month.
struct Second {
    model: FundingModel,
    referral: usize,
    order: Order,
    shock: Shock,
    starts: Vec<f64>,
}

/// A month: income, cost, interest, and cash at its end, in pounds.
type Month = [f64; 4];

impl Second {
    fn new(name: &str, referral: usize, order: Order, shock: Shock) -> Self {
        let input = funding::find(name, Path::new(".")).unwrap();
        let model = funding::read(&input, &[]).unwrap_or_else(|findings| panic!("{findings}"));
        // s(m) = min( 1, m ÷ (ramp + 1), (R + 1 − m) ÷ (tail + 1) ), Σ s = 1.
        let profile = model.provider.starts;
        let raw = |m: usize| {
            let (rise, fall) = (m as f64, (referral + 1).saturating_sub(m) as f64);
            if m > referral {
                return 0.0;
            }
            (rise / (profile.ramp_months + 1.0))
                .min(fall / (profile.tail_months + 1.0))
                .min(1.0)
        };
        let all: f64 = (0..MONTHS).map(raw).sum();
        Self {
            starts: (0..MONTHS).map(|m| raw(m) / all).collect(),
            model,
            referral,
            order,
            shock,
        }
    }

    /// T(t), with straight pieces.
    fn reached(&self, t: f64) -> f64 {
        let curve = &self.model.provider.timing;
        if t < curve[0].0 {
            return 0.0;
        }
        curve.windows(2).find(|pair| t < pair[1].0).map_or(1.0, |pair| {
            pair[0].1 + (pair[1].1 - pair[0].1) * (t - pair[0].0) / (pair[1].0 - pair[0].0)
        })
    }

    /// o(m) of the starts that `counts` lets in.
    fn outcomes(&self, m: usize, counts: impl Fn(usize) -> bool) -> f64 {
        let part = |k: usize| self.reached(k as f64 + 1.0) - self.reached(k as f64);
        (0..=m)
            .filter(|k| counts(m - k))
            .map(|k| self.starts[m - k] * part(k))
            .sum()
    }

    /// q: income from outcomes ÷ the expected, none of the rates passing 1.
    fn ratio(&self, performance: f64) -> f64 {
        let sum = |p: f64| -> f64 {
            let groups = self.model.provider.groups.iter();
            groups
                .map(|g| g.share * g.relative_price * (g.outcome_rate * p).min(1.0))
                .sum()
        };
        sum(performance) / sum(1.0)
    }

    fn growth(rate: f64, m: usize) -> f64 {
        (1.0 + rate).powi((m.max(1) as i32 - 1) / 12)
    }

    /// Advisers, participants, and what is fixed, whoever bears it.
    fn costs(&self, m: usize) -> [f64; 3] {
        let it = &self.model.provider;
        let v = self.shock.volume;
        let stay = it.months_on_programme;
        let on = (0..=m)
            .map(|k| self.starts[m - k] * (stay - k as f64).clamp(0.0, 1.0))
            .sum::<f64>();
        let people = self.order.participants * on * Self::growth(it.cost_growth_a_year, m) * self.shock.cost;
        let staff = if v < 1.0 { 1.0 - it.staff_flex * (1.0 - v) } else { v };
        let last = self.referral + stay.ceil() as usize - 1;
        let fixed = if (1..=last).contains(&m) {
            it.fixed_gbp_a_month * Self::growth(it.cost_growth_a_year, m)
        } else {
            0.0
        };
        let set_up = if m == 0 { it.set_up_gbp } else { 0.0 };
        [
            people / it.caseload * it.adviser_cost_gbp_a_year / 12.0 * staff,
            people * it.cost_per_participant_gbp / stay * v,
            (fixed + set_up) * self.shock.cost,
        ]
    }

    /// w(m) of a payment, before growth of prices, and by what its income is multiplied under the shock.
    fn weights(&self, kind: PaymentKind) -> (Vec<f64>, f64) {
        let (v, q) = (self.shock.volume, self.ratio(self.shock.performance));
        let level = |most: usize| {
            (0..MONTHS)
                .map(|m| f64::from(u8::from((1..=most).contains(&m))))
                .collect()
        };
        let reached: Vec<f64> = (0..MONTHS).map(|m| self.outcomes(m, |_| true)).collect();
        match kind {
            PaymentKind::Fee { months, follows_volume } => (
                level(self.referral.min(months as usize)),
                1.0 + follows_volume * (v - 1.0),
            ),
            PaymentKind::Grant => (level(self.referral), 1.0),
            PaymentKind::Attachment => (self.starts.clone(), v),
            PaymentKind::Sustainment {
                after_months,
                count,
                retention,
            } => {
                let months = after_months as usize..(after_months + count) as usize;
                let at = |m: usize| {
                    let paid = months.clone().filter(|k| *k <= m);
                    paid.map(|k| reached[m - k] * retention.powi(k as i32)).sum()
                };
                ((0..MONTHS).map(at).collect(), v * q)
            }
            PaymentKind::Outcome { .. } => (reached, v * q),
            PaymentKind::CostPlus { .. } => (Vec::new(), 1.0),
        }
    }

    /// Outcomes of each cohort, those past the threshold at the higher price, for a part `q` of the expected.
    fn accelerated(&self, threshold: f64, factor: f64, q: f64) -> Vec<f64> {
        let growth = self.model.provider.price_growth_a_year;
        let mut income = vec![0.0; MONTHS];
        for year in 0..self.referral.div_ceil(12) {
            let own = |m: usize| (12 * year + 1..=12 * year + 12).contains(&m);
            let size: f64 = (0..MONTHS).filter(|m| own(*m)).map(|m| self.starts[m]).sum();
            let mut so_far = 0.0;
            for (m, income) in income.iter_mut().enumerate() {
                let before = so_far;
                so_far += self.outcomes(m, own) / size * q;
                let paid = |x: f64| x.min(threshold) + factor * (x - threshold).max(0.0);
                *income += size * (paid(so_far) - paid(before)) * Self::growth(growth, m);
            }
        }
        income
    }

    /// Income in every month, and whether it is paid in advance.
    fn income(&self) -> Vec<(Vec<f64>, bool)> {
        let value = self.order.contract_value_gbp;
        let of = |kind: PaymentKind, share: f64| -> Vec<f64> {
            match kind {
                PaymentKind::CostPlus { margin } => {
                    let mut left = value * share;
                    let month = |m: usize| {
                        let paid = (self.costs(m).iter().sum::<f64>() * (1.0 + margin)).min(left);
                        left -= paid;
                        paid
                    };
                    (0..MONTHS).map(month).collect()
                }
                PaymentKind::Outcome { accelerator: Some(it) } => {
                    let whole: f64 = self.accelerated(it.threshold, it.factor, 1.0).iter().sum();
                    let q = self.ratio(self.shock.performance);
                    let months = self.accelerated(it.threshold, it.factor, q);
                    months
                        .iter()
                        .map(|x| value * share * x / whole * self.shock.volume)
                        .collect()
                }
                _ => {
                    let (weights, factor) = self.weights(kind);
                    let growth = self.model.provider.price_growth_a_year;
                    let prices: Vec<f64> = (0..MONTHS).map(|m| weights[m] * Self::growth(growth, m)).collect();
                    let whole: f64 = prices.iter().sum();
                    prices.iter().map(|w| value * share * w / whole * factor).collect()
                }
            }
        };
        let payments = self.model.payments.iter();
        payments
            .map(|it| (of(it.kind, it.share), matches!(it.kind, PaymentKind::Grant)))
            .collect()
    }

    fn months(&self) -> Vec<Month> {
        let it = &self.model.provider;
        let passed_on = it.subcontracted_share * (1.0 - it.management_fee);
        let (income, late) = (self.income(), self.shock.delay_months);
        let mut cash = 0.0;
        let month = |m: usize| {
            let earned: f64 = income.iter().map(|(months, _)| months[m]).sum();
            let received: f64 = income
                .iter()
                .filter_map(|(months, advance)| {
                    let agreed = if *advance { 0 } else { it.payment_delay_months as usize };
                    months.get(m.checked_sub(agreed + late)?)
                })
                .sum();
            let [advisers, others, fixed] = self.costs(m);
            let own = (advisers + others) * (1.0 - it.subcontracted_share) + fixed;
            let interest = f64::max(0.0, -cash) * it.finance_rate_a_year / 12.0;
            cash += received * (1.0 - passed_on) - own - interest;
            [earned, own + passed_on * earned, interest, cash]
        };
        (0..MONTHS).map(month).collect()
    }
}

fn shocks() -> [Shock; 4] {
    let shock = |volume, performance, cost, delay_months| Shock {
        volume,
        performance,
        cost,
        delay_months,
    };
    [
        Shock::default(),
        shock(0.75, 1.0, 1.0, 0),
        shock(1.2, 0.6, 1.1, 2),
        shock(0.4, 3.0, 0.9, 1),
    ]
}

#[test]
fn the_account_of_every_model_agrees_with_one_made_from_the_page() {
    let unit_cost = 428.2e6 / 186_000.0;
    for name in funding::names() {
        for (referral, value, shock) in shocks()
            .into_iter()
            .flat_map(|shock| [(60, 20_196_669.76, shock), (27, 3_123_456.78, shock)])
        {
            let order = Order::of_value(value, unit_cost);
            let second = Second::new(name, referral, order, shock);
            let first = account(&Course::new(&second.model, referral as f64), &order, &shock);
            let months = second.months();
            let sum = |kind: usize| {
                months[..first.months.len()]
                    .iter()
                    .map(|month| month[kind])
                    .sum::<f64>()
            };
            let surplus = months[first.months.len() - 1][3];
            for (what, pence, pounds, most) in [
                ("income", first.income.0, sum(0), 0.501),
                ("cost", first.cost.0, sum(1), 0.501),
                ("interest", first.finance.0, sum(2), 0.501),
                // Income, cost and interest are each rounded to the penny.
                ("surplus", first.surplus.0, surplus, 1.501),
            ] {
                let apart = (pence as f64 - pounds * 100.0).abs();
                assert!(apart < most, "{name} {shock:?}: {what} {pence} pence and £{pounds}");
            }
            for (month, second) in first.months.iter().zip(&months) {
                let apart = (month.cash.0 as f64 - second[3] * 100.0).abs();
                assert!(
                    apart < 4.0,
                    "{name} {shock:?} month {}: {} £{}",
                    month.month,
                    month.cash.0,
                    second[3]
                );
            }
            let low = months[..first.months.len()]
                .iter()
                .map(|month| month[3])
                .fold(0.0, f64::min);
            assert!(
                (first.cash_low.0.0 as f64 - low * 100.0).abs() < 4.0,
                "{name} {shock:?}"
            );
        }
    }
}
