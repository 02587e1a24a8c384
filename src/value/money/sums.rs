//! The wider sums of the reports, each with its source.

/// People whom an amount of money serves: amount ÷ unit cost.
///
/// Learning and Work Institute, disability employment policy report 2016: £450m serve 95,000 people at the £4,800 of Work Choice and 370,000 at the
/// £1,200 of the Work Programme.
pub fn participants(amount_gbp: f64, unit_cost_gbp: f64) -> f64 {
    amount_gbp / unit_cost_gbp
}
