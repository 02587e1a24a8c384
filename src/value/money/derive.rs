//! The least lot that is worth having: it reaches the target margin, and its cash trough can be borne.

use super::{Course, Order, Shock};

/// What a provider asks of a lot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Least margin: profit after interest ÷ income.
    pub margin: f64,
    /// Deepest negative cash balance, as a part of the contract value.
    pub trough: f64,
}

/// Which bound holds the floor up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The margin of a smaller lot is too small.
    Margin,
    /// The cash of a smaller lot falls too deep.
    Trough,
    /// Neither: a lot of any size will do.
    Nothing,
}

/// The least lot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Derived {
    /// Its contract value, in whole pounds.
    pub contract_value_gbp: i64,
    /// Its participants.
    pub participants: f64,
    /// Which bound a lot of one pound less would break.
    pub because: Binding,
    /// Its margin.
    pub margin: f64,
    /// Its deepest negative balance, as a part of the contract value.
    pub trough: f64,
}

/// No size will do: even the greatest lot that was tried breaks a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoSize {
    /// The bound.
    pub because: Binding,
    /// What the greatest lot reaches: a margin, or a trough as a part of the contract value.
    pub reached: f64,
    /// What is asked.
    pub asked: f64,
}

/// The greatest lot that is tried, in pounds: beyond it fixed costs no longer count.
const GREATEST: i64 = 1_000_000_000_000;

/// The least contract value at which a lot meets both terms under a shock, where a participant is worth `unit_cost_gbp`. What does not grow with a lot
/// weighs less on a larger one, so both margin and trough get better with size, and halving finds the least.
///
/// # Errors
/// Which bound no size meets, and what the greatest lot reaches.
pub fn derive_floor(course: &Course, unit_cost_gbp: f64, terms: &Terms, shock: &Shock) -> Result<Derived, NoSize> {
    let of = |value: i64| {
        let order = Order::of_value(value as f64, unit_cost_gbp);
        let ledger = course.ledger(&order, shock);
        let trough = (-ledger.lowest()).max(0.0) / value as f64;
        (ledger.margin(), trough)
    };
    let broken = |value: i64| breaks(of(value), terms);
    let (margin, trough) = of(GREATEST);
    match broken(GREATEST) {
        Some(Binding::Trough) => return Err(no_size(Binding::Trough, trough, terms.trough)),
        Some(because) => return Err(no_size(because, margin, terms.margin)),
        None => {}
    }
    let (mut too_small, mut enough) = (0, GREATEST);
    while enough - too_small > 1 {
        let value = i64::midpoint(too_small, enough);
        if broken(value).is_none() {
            enough = value
        } else {
            too_small = value
        }
    }
    let (margin, trough) = of(enough);
    Ok(Derived {
        contract_value_gbp: enough,
        participants: Order::of_value(enough as f64, unit_cost_gbp).participants,
        because: if too_small == 0 {
            Binding::Nothing
        } else {
            broken(too_small).unwrap_or(Binding::Nothing)
        },
        margin,
        trough,
    })
}

fn breaks((margin, trough): (f64, f64), terms: &Terms) -> Option<Binding> {
    if margin < terms.margin {
        Some(Binding::Margin)
    } else {
        (trough > terms.trough).then_some(Binding::Trough)
    }
}

fn no_size(because: Binding, reached: f64, asked: f64) -> NoSize {
    NoSize {
        because,
        reached,
        asked,
    }
}
