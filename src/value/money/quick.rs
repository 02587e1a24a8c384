//! A Quick is the surplus of one lot as a function of volume and performance, made ready to be asked for many thousand times.

use super::course::{IncomeCourse, growth};
use super::ledger::staffing;
use super::{Course, Order, Shock};
use crate::domain::{Accelerator, PaymentKind};

/// Draws that are worked out side by side, so that the processor can do several at a time.
pub const LANES: usize = 8;

/// One figure for each draw of a set.
pub type Lanes = [f64; LANES];

/// A lot's cash, month by month, as sums of what is fixed, what follows volume, what follows staff and what follows outcomes. Costs and delays are those of
/// a shock given once; [`Quick::surplus`] agrees with [`Course::ledger`] to rounding.
#[derive(Clone, Debug)]
pub struct Quick {
    months: Vec<QuickMonth>,
    /// Income past the threshold of an accelerator, cohort by cohort.
    excess: Vec<Excess>,
    cost_plus: Option<CostPlus>,
    staff_flex: f64,
    interest: f64,
}

/// Cash of a month: fixed + volume · v + staff · g(v) + outcomes · v q.
#[derive(Clone, Copy, Debug, Default)]
struct QuickMonth {
    fixed: f64,
    volume: f64,
    staff: f64,
    outcomes: f64,
}

/// What a cohort brings past its threshold: in each month, the growth of max(0, q · reached − threshold) times an amount, times v.
#[derive(Clone, Debug)]
struct Excess {
    threshold: f64,
    /// Month of the cash, part of the expected outcomes reached, pounds for a whole cohort past it.
    steps: Vec<(usize, f64, f64)>,
}

/// What is paid for cost, until the contract value is spent.
#[derive(Clone, Debug)]
struct CostPlus {
    most: f64,
    kept: f64,
    late: usize,
    /// Pounds earned in each month: fixed, with volume, with staff.
    months: Vec<[f64; 3]>,
}

impl Quick {
    /// A lot under a shock, whose volume and performance are left open.
    pub fn new(course: &Course, order: &Order, shock: &Shock) -> Self {
        let it = &course.provider;
        let late = it.payment_delay_months.round().max(0.0) as usize + shock.delay_months;
        let mut quick = Self {
            months: vec![QuickMonth::default(); course.months() + late],
            excess: Vec::new(),
            cost_plus: None,
            staff_flex: it.staff_flex,
            interest: it.finance_rate_a_year / 12.0,
        };
        quick.spend(course, order, shock);
        for payment in 0..course.income.len() {
            quick.earn(course, payment, order, shock, late);
        }
        quick
    }

    fn spend(&mut self, course: &Course, order: &Order, shock: &Shock) {
        let it = &course.provider;
        let own = (1.0 - it.subcontracted_share) * shock.cost;
        for (m, month) in self.months.iter_mut().enumerate().take(course.months()) {
            let [advisers, others] = course.variable_costs(m, order, 1.0);
            month.staff -= own * advisers;
            month.volume -= own * others;
            month.fixed -= course.fixed_costs(m).iter().sum::<f64>() * shock.cost;
        }
    }

    fn earn(&mut self, course: &Course, payment: usize, order: &Order, shock: &Shock, late: usize) {
        let income = &course.income[payment];
        let value = order.contract_value_gbp * (1.0 - course.passed_on());
        let delay = match income.kind {
            PaymentKind::Grant => shock.delay_months,
            _ => late,
        };
        for (m, part) in income.months.iter().enumerate() {
            let (month, pounds) = (&mut self.months[m + delay], value * part);
            match income.kind {
                PaymentKind::Fee { follows_volume, .. } => {
                    month.fixed += pounds * (1.0 - follows_volume);
                    month.volume += pounds * follows_volume;
                }
                PaymentKind::Grant => month.fixed += pounds,
                PaymentKind::Attachment => month.volume += pounds,
                // With an accelerator, outcomes are told cohort by cohort below.
                PaymentKind::Outcome { accelerator: Some(_) } | PaymentKind::CostPlus { .. } => {}
                PaymentKind::Outcome { .. } | PaymentKind::Sustainment { .. } => month.outcomes += pounds,
            }
        }
        match income.kind {
            PaymentKind::Outcome { accelerator: Some(it) } => self.accelerate(course, income, it, value, late),
            PaymentKind::CostPlus { margin } => {
                let month = |m: usize| {
                    let [advisers, others] = course.variable_costs(m, order, 1.0);
                    [course.fixed_costs(m).iter().sum(), others, advisers]
                        .map(|cost| cost * shock.cost * (1.0 + margin))
                };
                self.cost_plus = Some(CostPlus {
                    most: order.contract_value_gbp * income.share,
                    kept: 1.0 - course.passed_on(),
                    late,
                    months: (0..course.months()).map(month).collect(),
                });
            }
            _ => {}
        }
    }

    /// Outcomes at the base price, and what each cohort brings past its threshold. `value` is what is kept of the contract value.
    fn accelerate(&mut self, course: &Course, income: &IncomeCourse, it: Accelerator, value: f64, late: usize) {
        let prices = growth(course.provider.price_growth_a_year, course.months());
        for cohort in &income.cohorts {
            let (mut reached, mut steps) = (0.0, Vec::new());
            for (m, part) in cohort.outcomes.iter().enumerate().filter(|(_, part)| **part != 0.0) {
                reached += part;
                let pounds = value * income.base * cohort.share * prices[m];
                self.months[m + late].outcomes += pounds * part;
                steps.push((m + late, reached, pounds * (it.factor - 1.0)));
            }
            self.excess.push(Excess {
                threshold: it.threshold,
                steps,
            });
        }
    }

    /// The surplus of each draw: `volume` is starts ÷ contracted starts, `ratio` outcomes paid for ÷ expected ones ([`Course::performance_ratio`]).
    /// `room` is kept between calls to spare its making.
    pub fn surplus(&self, volume: &Lanes, ratio: &Lanes, room: &mut Vec<Lanes>) -> Lanes {
        room.clear();
        room.resize(self.months.len(), [0.0; LANES]);
        let staff = volume.map(|volume| staffing(volume, self.staff_flex));
        for excess in &self.excess {
            excess.add(volume, ratio, room);
        }
        if let Some(it) = &self.cost_plus {
            it.add(volume, &staff, room);
        }
        let mut balance = [0.0; LANES];
        for (month, more) in self.months.iter().zip(room.iter()) {
            for lane in 0..LANES {
                let outcomes = volume[lane] * ratio[lane];
                let flow = month.fixed
                    + month.volume * volume[lane]
                    + month.staff * staff[lane]
                    + month.outcomes * outcomes
                    + more[lane];
                let interest = f64::max(0.0, -balance[lane]) * self.interest;
                balance[lane] += flow - interest;
            }
        }
        balance
    }
}

impl Excess {
    fn add(&self, volume: &Lanes, ratio: &Lanes, room: &mut [Lanes]) {
        let mut before = [0.0; LANES];
        for &(month, reached, pounds) in &self.steps {
            let cash = &mut room[month];
            for lane in 0..LANES {
                let past = f64::max(0.0, ratio[lane] * reached - self.threshold);
                cash[lane] += pounds * (past - before[lane]) * volume[lane];
                before[lane] = past;
            }
        }
    }
}

impl CostPlus {
    fn add(&self, volume: &Lanes, staff: &Lanes, room: &mut [Lanes]) {
        let mut left = [self.most; LANES];
        for (m, [fixed, others, advisers]) in self.months.iter().enumerate() {
            let cash = &mut room[m + self.late];
            for lane in 0..LANES {
                let asked = fixed + others * volume[lane] + advisers * staff[lane];
                let paid = asked.min(left[lane]);
                left[lane] -= paid;
                cash[lane] += self.kept * paid;
            }
        }
    }
}
