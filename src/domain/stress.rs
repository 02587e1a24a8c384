//! A StressModel says how far volumes, outcomes, costs and payments may go otherwise than planned.

use super::{Parameter, Risk};

/// How far things may go otherwise than planned, each figure with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct StressModel {
    /// Standard deviations of relative errors of volume.
    pub risk: Risk,
    /// Standard deviation of the relative error of all outcome rates together.
    pub performance_sd: f64,
    /// Standard deviation of the relative error of the outcome rates of a lot beyond that.
    pub provider_sd: f64,
    /// Correlation of the national error of volume and the common error of outcome rates, from −1 to 1.
    pub correlation: f64,
    /// Low and high volume ÷ contracted volume.
    pub volume: (f64, f64),
    /// Low and high outcome rates ÷ expected ones.
    pub performance: (f64, f64),
    /// Low and high costs ÷ expected ones.
    pub cost: (f64, f64),
    /// Fewest and most months by which payments are later than agreed.
    pub delay_months: (f64, f64),
    /// Volume ÷ contracted volume of the preset `restart`.
    pub restart_volume: f64,
    /// Outcome rates ÷ expected ones of the preset `work-programme`.
    pub work_programme_performance: f64,
    /// Every figure with its unit, source and standing.
    pub parameters: Vec<Parameter>,
}
