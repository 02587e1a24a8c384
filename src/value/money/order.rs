//! An Order is what a provider is asked for, and a Shock what goes otherwise than planned.

/// What a lot is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Contract value in pounds.
    pub contract_value_gbp: f64,
    /// Participants over all months of referral.
    pub participants: f64,
}

impl Order {
    /// An order of that value where a participant is worth so much.
    pub fn of_value(contract_value_gbp: f64, unit_cost_gbp: f64) -> Self {
        Self {
            contract_value_gbp,
            participants: if unit_cost_gbp > 0.0 {
                contract_value_gbp / unit_cost_gbp
            } else {
                0.0
            },
        }
    }
}

/// What goes otherwise than planned; nothing does by default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shock {
    /// Starts ÷ contracted starts.
    pub volume: f64,
    /// Outcome rates ÷ expected ones; no rate passes 1.
    pub performance: f64,
    /// Costs ÷ expected ones; those of subcontractors are theirs.
    pub cost: f64,
    /// Months by which every payment is later than agreed.
    pub delay_months: usize,
}

impl Default for Shock {
    fn default() -> Self {
        Self {
            volume: 1.0,
            performance: 1.0,
            cost: 1.0,
            delay_months: 0,
        }
    }
}

impl Shock {
    /// Only the volume differs.
    pub fn of_volume(volume: f64) -> Self {
        Self {
            volume,
            ..Self::default()
        }
    }
}
