//! What lots cost that are short of the floor or above the cap, while a search may still break these rules.
//!
//! Being short by much in one lot is dearer than in many, but less than in proportion: what is short gathers in a few lots, which then can be filled.

use super::instance::Instance;

/// Cost 1 is a shortage of this part of the weight of a mean block.
const PART: f64 = 0.087;
/// What a lot is short of costs its amount to this power.
const POWER: f64 = 0.7;
/// Costs of so many grains are kept in a table.
const TABLE: i64 = 1_024;

/// Costs of shortages on one map.
#[derive(Clone, Debug)]
pub struct Shortage {
    least: i64,
    cap: i64,
    unit: i64,
    scale: f64,
    table: Vec<f64>,
}

impl Shortage {
    /// Those of a map.
    pub fn new(instance: &Instance<'_>) -> Self {
        let mean = instance.grains.weight.iter().sum::<i64>() as f64 / instance.len().max(1) as f64;
        let scale = (mean * PART).max(1.0);
        Self {
            least: instance.grains.least,
            cap: instance.cap,
            unit: instance.grains.unit,
            scale,
            table: (0..TABLE).map(|short| (short as f64 / scale).powf(POWER)).collect(),
        }
    }

    /// What a lot of so many grains and so much volume costs; 0 where it is viable.
    pub fn cost(&self, weight: i64, volume: i64) -> f64 {
        let over = (volume - self.cap).max(0);
        // A part of a grain above the cap breaks it too.
        let short = (self.least - weight).max(0) + over / self.unit + i64::from(over % self.unit > 0);
        match self.table.get(short as usize) {
            Some(&known) => known,
            None => (short as f64 / self.scale).powf(POWER),
        }
    }
}
