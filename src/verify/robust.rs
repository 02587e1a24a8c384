//! What is left of a lot after a fall in volume, and the chance that it reaches its floor: the judge's own sums.

use std::collections::BTreeMap;

use crate::domain::risk::chance_of;
use crate::domain::{Assurance, Millionths, Pence, Problem, Risk, Volume};

const ONE: i128 = Millionths::ONE.0 as i128;

/// whole × volume × (1 − fall), in millionths.
pub fn after_fall(whole: i64, volume: Volume, fall: Millionths) -> i128 {
    i128::from(whole) * i128::from(volume.0) * (ONE - i128::from(fall.0))
}

/// floor × total, in millionths.
pub fn scaled(floor: i64, total: Volume) -> i128 {
    i128::from(floor) * i128::from(total.0) * ONE
}

/// An amount after the fall, rounded down to the penny.
pub fn left_of(amount: Pence, fall: Millionths) -> Pence {
    let left = (i128::from(amount.0) * (ONE - i128::from(fall.0))).div_euclid(ONE);
    Pence(i64::try_from(left).unwrap_or(i64::MAX))
}

/// The fewest thousandths of a person with which a lot reaches both floors.
pub fn floor(problem: &Problem) -> i64 {
    let (viability, funding) = (problem.rules().viability, problem.funding());
    let pairs = [
        (viability.floor_gbp.map_or(0, |floor| floor.0), funding.envelope.0),
        (viability.floor_participants.unwrap_or(0), funding.participants),
    ];
    let fewest = |(floor, whole): (i64, i64)| {
        let product = i128::from(floor) * i128::from(problem.total().0);
        let full = product / i128::from(whole.max(1));
        full + i128::from(full * i128::from(whole.max(1)) < product)
    };
    let most = pairs.map(fewest).into_iter().max().unwrap_or(0);
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// Volume of some seats by region and by area, in thousandths of a person.
fn shares(problem: &Problem, seats: &[usize]) -> (BTreeMap<usize, i128>, BTreeMap<usize, i128>) {
    let (mut regions, mut areas) = (BTreeMap::new(), BTreeMap::new());
    for &seat in seats {
        let seat = problem.seats()[seat];
        let volume = i128::from(seat.volume.0);
        *areas.entry(seat.area).or_default() += volume;
        if let Some(region) = problem.areas()[seat.area].region {
            *regions.entry(region).or_default() += volume;
        }
    }
    (regions, areas)
}

/// Whether a lot of these seats reaches `floor` with the chance: what it has to spare is no less than z standard deviations of its volume, both squared, each
/// z × deviation rounded up to a millionth.
pub fn likely(problem: &Problem, seats: &[usize], floor: i64, asked: &Assurance) -> bool {
    let (regions, areas) = shares(problem, seats);
    let volume: i128 = areas.values().sum();
    let spare = volume - i128::from(floor);
    let reserve = |sd: Millionths, squares: i128| {
        let product = i128::from(asked.z.0) * i128::from(sd.0);
        let up = product / ONE + i128::from(product % ONE > 0);
        up * up * squares
    };
    let squares = |of: &BTreeMap<usize, i128>| of.values().map(|volume| volume * volume).sum();
    let needed = reserve(asked.national_sd, volume * volume)
        + reserve(asked.regional_sd, squares(&regions))
        + reserve(asked.local_sd, squares(&areas));
    floor <= 0 || spare >= 0 && spare * spare * ONE * ONE >= needed
}

/// The chance that a lot of these seats reaches `floor`: Φ( (V − F) ÷ (V × standard deviation) ). For display; [`likely`] decides.
pub fn chance(problem: &Problem, seats: &[usize], floor: i64, asked: &Assurance) -> f64 {
    let risk = Risk {
        national_sd: asked.national_sd.fraction(),
        regional_sd: asked.regional_sd.fraction(),
        local_sd: asked.local_sd.fraction(),
    };
    let (_, areas) = shares(problem, seats);
    let volume: i128 = areas.values().sum();
    let parts = areas
        .iter()
        .map(|(&area, &volume)| (problem.areas()[area].region, volume as f64));
    chance_of(floor as f64 / (volume as f64).max(1.0), risk.of_lot(parts))
}
