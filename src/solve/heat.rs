//! Heat: which changes for the worse a search takes for a while, and copies of a search at several heats.

use rand::{Rng, RngExt};

/// The rule of Metropolis: what costs no more is taken, what costs `more` the seldomer the colder it is.
pub fn accepted(more: f64, heat: f64, random: &mut impl Rng) -> bool {
    more <= 0.0 || random.random::<f64>() < (-more / heat).exp()
}

/// Heats of so many copies, from `hot` to `cold`, each by the same factor below the one before.
pub fn ladder(copies: u32, hot: f64, cold: f64) -> Vec<f64> {
    let steps = f64::from(copies.max(2) - 1);
    (0..copies)
        .map(|copy| hot * (cold / hot).powf(f64::from(copy) / steps))
        .collect()
}

/// Neighbours in heat change places by the rule of Metropolis, always where the hotter costs less: a cold copy that is stuck warms up again.
pub fn change_places<C>(copies: &mut [C], heats: &[f64], cost: impl Fn(&C) -> f64, random: &mut impl Rng) {
    for at in 1..copies.len() {
        let gain = (cost(&copies[at - 1]) - cost(&copies[at])) * (1.0 / heats[at - 1] - 1.0 / heats[at]);
        if accepted(-gain, 1.0, random) {
            copies.swap(at - 1, at);
        }
    }
}
