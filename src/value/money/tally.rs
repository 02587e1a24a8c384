//! A Tally is what a plan as a whole comes to under one shock.

use super::{Course, Exposure, Shock};

/// Sums over the lots of a plan, and how many stay viable.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Income in pounds.
    pub income_gbp: f64,
    /// Surplus in pounds.
    pub surplus_gbp: f64,
    /// Lots that reach the floor.
    pub at_floor: usize,
    /// Lots that keep a margin.
    pub with_margin: usize,
    /// Lots that do both.
    pub viable: usize,
}

impl Tally {
    /// Surplus ÷ income; 0 without income.
    pub fn margin(&self) -> f64 {
        if self.income_gbp > 0.0 {
            self.surplus_gbp / self.income_gbp
        } else {
            0.0
        }
    }
}

/// What the lots of a plan come to under a shock.
pub fn tally(course: &Course, plan: &Exposure, shock: &Shock) -> Tally {
    let mut tally = Tally::default();
    for lot in &plan.lots {
        let ledger = course.ledger(&lot.order, shock);
        let (floor, margin) = (lot.reaches_floor(shock.volume), ledger.surplus() >= 0.0);
        tally.income_gbp += ledger.income();
        tally.surplus_gbp += ledger.surplus();
        tally.at_floor += usize::from(floor);
        tally.with_margin += usize::from(margin);
        tally.viable += usize::from(floor && margin);
    }
    tally
}
