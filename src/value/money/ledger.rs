//! A Ledger is a lot's course in pounds under a shock: income and cost when they arise, cash when it moves.

use super::course::{accelerated, growth};
use super::{Course, Order, Shock};
use crate::domain::PaymentKind;

/// What is earned, spent, received and paid in a month, in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LedgerMonth {
    /// Income earned, by [`PaymentKind::WORDS`].
    pub income: [f64; 6],
    /// Costs, by [`super::COSTS`].
    pub cost: [f64; 5],
    /// Money that comes in.
    pub received: f64,
    /// Money that goes out, interest aside.
    pub paid: f64,
    /// Interest on the balance of the month before, where that was negative.
    pub interest: f64,
    /// Cash at the end of the month.
    pub balance: f64,
}

/// A lot's course in pounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// From month 0 to the last in which money moves.
    pub months: Vec<LedgerMonth>,
}

impl Ledger {
    /// Income over the contract.
    pub fn income(&self) -> f64 {
        self.months.iter().flat_map(|month| &month.income).sum()
    }

    /// Costs over the contract, interest aside.
    pub fn cost(&self) -> f64 {
        self.months.iter().flat_map(|month| &month.cost).sum()
    }

    /// Interest over the contract.
    pub fn interest(&self) -> f64 {
        self.months.iter().map(|month| month.interest).sum()
    }

    /// What is left at the end: income − cost − interest.
    pub fn surplus(&self) -> f64 {
        self.months.last().map_or(0.0, |month| month.balance)
    }

    /// Surplus ÷ income; 0 without income.
    pub fn margin(&self) -> f64 {
        let income = self.income();
        if income > 0.0 { self.surplus() / income } else { 0.0 }
    }

    /// The lowest balance.
    pub fn lowest(&self) -> f64 {
        self.months
            .iter()
            .map(|month| month.balance)
            .fold(f64::INFINITY, f64::min)
    }
}

/// Part of the contracted advisers that are paid for when the volume differs: all that more starts need, but not all are saved when fewer start.
pub(super) fn staffing(volume: f64, flex: f64) -> f64 {
    if volume >= 1.0 {
        volume
    } else {
        1.0 - flex * (1.0 - volume)
    }
}

impl Course {
    /// The ledger of a lot under a shock.
    pub fn ledger(&self, order: &Order, shock: &Shock) -> Ledger {
        let delay = self.provider.payment_delay_months.round().max(0.0) as usize;
        let late = delay + shock.delay_months;
        let mut months = vec![LedgerMonth::default(); self.months() + late];
        self.spend(&mut months, order, shock);
        for k in 0..self.income.len() {
            self.earn(&mut months, k, order, shock);
        }
        self.pay_subcontractors(&mut months);
        self.settle(&mut months, late, shock.delay_months);
        Ledger { months }
    }

    /// The prime's own costs: its part of advisers and of other costs of participants, and all that is fixed.
    fn spend(&self, months: &mut [LedgerMonth], order: &Order, shock: &Shock) {
        let it = &self.provider;
        let own = (1.0 - it.subcontracted_share) * shock.cost;
        for (m, month) in months.iter_mut().enumerate().take(self.months()) {
            let [advisers, others] = self.variable_costs(m, order, shock.volume);
            month.cost[0] = own * advisers;
            month.cost[1] = own * others;
            let [fixed, set_up] = self.fixed_costs(m);
            month.cost[3] = fixed * shock.cost;
            month.cost[4] = set_up * shock.cost;
        }
    }

    /// Fixed costs of a month, and the set-up in month 0.
    pub(super) fn fixed_costs(&self, month: usize) -> [f64; 2] {
        let it = &self.provider;
        let fixed = if (1..=self.last_service_month).contains(&month) {
            it.fixed_gbp_a_month * self.cost_index[month]
        } else {
            0.0
        };
        [fixed, if month == 0 { it.set_up_gbp } else { 0.0 }]
    }

    /// Cost of all advisers and other costs of all participants in a month, whoever bears them.
    pub(super) fn variable_costs(&self, month: usize, order: &Order, volume: f64) -> [f64; 2] {
        let it = &self.provider;
        let people = order.participants * self.on_programme[month] * self.cost_index[month];
        let advisers = people / it.caseload * it.adviser_cost_gbp_a_year / 12.0;
        let others = people * it.cost_per_participant_gbp / it.months_on_programme;
        [advisers * staffing(volume, it.staff_flex), others * volume]
    }

    fn earn(&self, months: &mut [LedgerMonth], payment: usize, order: &Order, shock: &Shock) {
        let income = &self.income[payment];
        let ratio = self.performance_ratio(shock.performance);
        let place = income.kind.index();
        let factor = match income.kind {
            PaymentKind::Fee { follows_volume, .. } => 1.0 + follows_volume * (shock.volume - 1.0),
            PaymentKind::Grant => 1.0,
            PaymentKind::Attachment => shock.volume,
            PaymentKind::Outcome { accelerator: Some(it) } if ratio != 1.0 => {
                let prices = growth(self.provider.price_growth_a_year, self.months());
                let earned = accelerated(&income.cohorts, it, ratio, &prices);
                for (month, part) in months.iter_mut().zip(earned) {
                    month.income[place] = order.contract_value_gbp * income.base * part * shock.volume;
                }
                return;
            }
            PaymentKind::Outcome { .. } | PaymentKind::Sustainment { .. } => shock.volume * ratio,
            PaymentKind::CostPlus { margin } => return self.reimburse(months, margin, income.share, order, shock),
        };
        for (month, part) in months.iter_mut().zip(&income.months) {
            month.income[place] = order.contract_value_gbp * part * factor;
        }
    }

    /// Cost plus: what everybody spends in a month, and a margin on it, until the contract value is spent.
    fn reimburse(&self, months: &mut [LedgerMonth], margin: f64, share: f64, order: &Order, shock: &Shock) {
        let mut left = order.contract_value_gbp * share;
        for (m, month) in months.iter_mut().enumerate().take(self.months()) {
            let variable: f64 = self.variable_costs(m, order, shock.volume).iter().sum();
            let cost = variable * shock.cost + month.cost[3] + month.cost[4];
            month.income[5] = (cost * (1.0 + margin)).min(left);
            left -= month.income[5];
        }
    }

    /// Part of the income that goes on to subcontractors.
    pub(super) fn passed_on(&self) -> f64 {
        self.provider.subcontracted_share * (1.0 - self.provider.management_fee)
    }

    fn pay_subcontractors(&self, months: &mut [LedgerMonth]) {
        for month in months {
            month.cost[2] = self.passed_on() * month.income.iter().sum::<f64>();
        }
    }

    /// Moves the cash: a grant comes in advance, all else `late` months after it was earned, and subcontractors are paid when the prime is.
    fn settle(&self, months: &mut [LedgerMonth], late: usize, late_grant: usize) {
        let earned: Vec<[f64; 6]> = months.iter().map(|month| month.income).collect();
        let at = |month: usize, delay: usize, kind: usize| month.checked_sub(delay).map_or(0.0, |m| earned[m][kind]);
        let mut balance = 0.0;
        for (m, month) in months.iter_mut().enumerate() {
            let delay = |kind: usize| {
                if kind == PaymentKind::Grant.index() {
                    late_grant
                } else {
                    late
                }
            };
            month.received = (0..6).map(|kind| at(m, delay(kind), kind)).sum();
            let [advisers, others, _, fixed, set_up] = month.cost;
            month.paid = advisers + others + fixed + set_up + self.passed_on() * month.received;
            month.interest = f64::max(0.0, -balance) * self.provider.finance_rate_a_year / 12.0;
            balance += month.received - month.paid - month.interest;
            month.balance = balance;
        }
    }
}
