//! An Account is a ledger in whole pence whose parts add up exactly, with what a provider asks of it.

use super::{Course, Ledger, Order, Shock};
use crate::domain::Pence;

/// Kinds of cost, in the order of every list of them: advisers, other costs of participants, subcontractors, fixed costs, set-up.
pub const COSTS: [&str; 5] = ["advisers", "participants", "subcontractors", "fixed", "set_up"];

/// One month of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountMonth {
    /// Its number: 0 is the time before the first start.
    pub month: usize,
    /// People who start.
    pub starts: f64,
    /// People on the programme.
    pub on_programme: f64,
    /// Advisers needed by prime and subcontractors, as full-time equivalents.
    pub advisers: f64,
    /// Outcomes reached.
    pub outcomes: f64,
    /// Income earned, by [`crate::domain::PaymentKind::WORDS`].
    pub income: [Pence; 6],
    /// Costs, by [`COSTS`].
    pub cost: [Pence; 5],
    /// Interest.
    pub finance: Pence,
    /// Cash at the end of the month.
    pub cash: Pence,
}

/// What a lot earns, costs and owes.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// From month 0 to the last in which money moves.
    pub months: Vec<AccountMonth>,
    /// Income over the contract, by kind.
    pub income_by_kind: [Pence; 6],
    /// Costs over the contract, by kind.
    pub cost_by_kind: [Pence; 5],
    /// Income over the contract.
    pub income: Pence,
    /// Costs over the contract, interest aside.
    pub cost: Pence,
    /// Interest over the contract.
    pub finance: Pence,
    /// Income − cost.
    pub profit: Pence,
    /// Profit − interest: the cash at the end.
    pub surplus: Pence,
    /// Surplus ÷ income; 0 without income.
    pub margin: f64,
    /// The lowest cash, and the first month in which it stands there.
    pub cash_low: (Pence, usize),
    /// The first month from which cash stays at zero or above; `None` where it ends below.
    pub break_even_month: Option<usize>,
    /// Months from the first below zero to the month of break-even: how long the provider's own money is out.
    pub payback_months: Option<usize>,
    /// Most advisers at a time.
    pub advisers_peak: f64,
    /// Outcomes over the contract.
    pub outcomes: f64,
}

/// The account of a lot under a shock.
pub fn account(course: &Course, order: &Order, shock: &Shock) -> Account {
    let books = Books::of(&course.ledger(order, shock));
    let mut cash = Pence::ZERO;
    let month = |m: usize| {
        cash += books.received[m] - books.paid[m] - books.finance[m];
        AccountMonth {
            income: books.income.each_ref().map(|kind| kind[m]),
            cost: books.cost.each_ref().map(|kind| kind[m]),
            finance: books.finance[m],
            cash,
            ..people(course, order, shock, m)
        }
    };
    closed((0..books.finance.len()).map(month).collect())
}

/// A ledger in pence: by kind and month, or by month.
struct Books {
    income: [Vec<Pence>; 6],
    cost: [Vec<Pence>; 5],
    finance: Vec<Pence>,
    received: Vec<Pence>,
    paid: Vec<Pence>,
}

impl Books {
    fn of(ledger: &Ledger) -> Self {
        let income = rounded(ledger, |month| month.income);
        let cost = rounded(ledger, |month| month.cost);
        Self {
            finance: spread(&series(ledger, |month| month.interest), pence(ledger.interest())),
            received: spread(&series(ledger, |month| month.received), income.iter().flatten().sum()),
            paid: spread(&series(ledger, |month| month.paid), cost.iter().flatten().sum()),
            income,
            cost,
        }
    }
}

/// Sums and milestones of the months of a lot.
fn closed(months: Vec<AccountMonth>) -> Account {
    let income_by_kind: [Pence; 6] = std::array::from_fn(|kind| months.iter().map(|it| it.income[kind]).sum());
    let cost_by_kind: [Pence; 5] = std::array::from_fn(|kind| months.iter().map(|it| it.cost[kind]).sum());
    let (income, cost): (Pence, Pence) = (income_by_kind.iter().sum(), cost_by_kind.iter().sum());
    let finance: Pence = months.iter().map(|it| it.finance).sum();
    let surplus = income - cost - finance;
    Account {
        margin: if income > Pence::ZERO {
            surplus.0 as f64 / income.0 as f64
        } else {
            0.0
        },
        cash_low: lowest(&months),
        break_even_month: break_even_month(&months),
        payback_months: payback(&months),
        advisers_peak: months.iter().map(|month| month.advisers).fold(0.0, f64::max),
        outcomes: months.iter().map(|month| month.outcomes).sum(),
        profit: income - cost,
        income_by_kind,
        cost_by_kind,
        income,
        cost,
        finance,
        surplus,
        months,
    }
}

/// Who starts, who is on the programme and who advises in a month; money is left at nothing.
fn people(course: &Course, order: &Order, shock: &Shock, month: usize) -> AccountMonth {
    let at = |series: &[f64]| order.participants * series.get(month).copied().unwrap_or(0.0);
    let on_programme = at(&course.on_programme);
    let staffing = super::ledger::staffing(shock.volume, course.provider.staff_flex);
    AccountMonth {
        month,
        starts: at(&course.starts) * shock.volume,
        on_programme: on_programme * shock.volume,
        advisers: on_programme / course.provider.caseload * staffing,
        outcomes: at(&course.outcomes) * shock.volume * course.outcome_ratio(shock.performance),
        income: [Pence::ZERO; 6],
        cost: [Pence::ZERO; 5],
        finance: Pence::ZERO,
        cash: Pence::ZERO,
    }
}

fn series(ledger: &Ledger, of: impl Fn(&super::LedgerMonth) -> f64) -> Vec<f64> {
    ledger.months.iter().map(of).collect()
}

/// The months of every kind in pence: the kinds add up to the rounded whole, and the months of each to that kind.
fn rounded<const N: usize>(ledger: &Ledger, of: impl Fn(&super::LedgerMonth) -> [f64; N]) -> [Vec<Pence>; N] {
    let by_kind: [Vec<f64>; N] = std::array::from_fn(|kind| series(ledger, |month| of(month)[kind]));
    let sums = by_kind.each_ref().map(|months| months.iter().sum::<f64>());
    let totals = spread(&sums, pence(sums.iter().sum()));
    std::array::from_fn(|kind| spread(&by_kind[kind], totals[kind]))
}

fn pence(pounds: f64) -> Pence {
    Pence((pounds * 100.0).round() as i64)
}

/// Parts in pence that add up to `total` exactly: each is the growth of the rounded running sum, taken to end at `total`.
fn spread(parts: &[f64], total: Pence) -> Vec<Pence> {
    let sum: f64 = parts.iter().sum();
    let scale = if sum == 0.0 { 0.0 } else { total.0 as f64 / sum };
    let (mut running, mut told) = (0.0, 0);
    let last = parts.iter().rposition(|part| *part != 0.0);
    let part = |(k, part): (usize, &f64)| {
        running += part;
        // The last part takes what is left, whatever the sum lost on its way.
        let next = if Some(k) == last {
            total.0
        } else {
            (running * scale).round() as i64
        };
        let here = if last.is_some_and(|last| k > last) {
            0
        } else {
            next - told
        };
        told += here;
        Pence(here)
    };
    parts.iter().enumerate().map(part).collect()
}

fn lowest(months: &[AccountMonth]) -> (Pence, usize) {
    let low = months.iter().min_by_key(|month| (month.cash, month.month));
    low.map_or((Pence::ZERO, 0), |month| (month.cash, month.month))
}

fn break_even_month(months: &[AccountMonth]) -> Option<usize> {
    match months.iter().rposition(|month| month.cash < Pence::ZERO) {
        None => Some(0),
        Some(last) => (last + 1 < months.len()).then_some(last + 1),
    }
}

fn payback(months: &[AccountMonth]) -> Option<usize> {
    match months.iter().position(|month| month.cash < Pence::ZERO) {
        None => Some(0),
        Some(first) => break_even_month(months).map(|month| month - first),
    }
}
