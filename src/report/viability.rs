//! What is asked of every lot beyond a plain floor or cap.

use serde::{Deserialize, Serialize};

/// A derived floor, a fall in volume that every lot survives, a chance with which it reaches its floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViabilityAnswer {
    /// The floor in pounds, derived or given.
    pub floor_gbp: Option<f64>,
    /// The floor in participants.
    pub floor_participants: Option<i64>,
    /// Why a derived floor is no lower: `margin`, `trough`, `fall` or `nothing`; null where it is given.
    pub because: Option<String>,
    /// Name of the funding model of a derived floor; null where it is given.
    pub model: Option<String>,
    /// The derived floor; null where it is given.
    pub derived: Option<DerivedFloorAnswer>,
    /// The fall in volume that every lot survives, as a part of its volume; null where none is asked.
    pub survive: Option<f64>,
    /// The least contract value with which a lot has the floor in pounds left after the fall.
    pub least_lot_gbp: Option<f64>,
    /// The chance with which every lot reaches its floor; null where none is asked.
    pub chance: Option<ChanceAnswer>,
    /// All of it as sentences.
    pub words: Vec<String>,
}

/// A floor that follows from a funding model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivedFloorAnswer {
    /// Name of the model.
    pub model: String,
    /// `margin`, `trough`, `fall` or `nothing`.
    pub because: String,
    /// The least contract value that is worth having as contracted, in pounds.
    pub contracted_gbp: i64,
    /// The least contract value that the fall leaves without a loss, in pounds; null where no fall is asked.
    pub after_fall_gbp: Option<i64>,
    /// All of it in one sentence.
    pub words: String,
}

/// A chance and the errors of volume that it is reckoned with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChanceAnswer {
    /// The chance.
    pub chance: f64,
    /// The standard normal figure that is not passed with it, rounded up.
    pub z: f64,
    /// Standard deviation of the nation's error, as a part of the volume.
    pub national_sd: f64,
    /// Of a region's error.
    pub regional_sd: f64,
    /// Of an area's own error.
    pub local_sd: f64,
}
