//! Ascent finds prices of the blocks at which the pockets of the centres bound travel from below as high as they can, by steps along subgradients.
//!
//! What the chosen pockets hold too often becomes cheaper to leave and dearer to take, and the other way round. Every bound on the way is exact: prices are whole numbers.

use super::centres::Centres;
use super::clock::Clock;
use super::pocket::{Pocket, Pockets, least};

/// Steps that are enough to come to the height on any map that was tried.
pub const STEPS: usize = 1_600;
/// Steps without a better bound after which the step is shortened, and by how much.
const PATIENCE: usize = 25;
const SHORTER: f64 = 0.75;
/// The step at which the ascent ends, as a part of the first.
const LEAST_STEP: f64 = 1e-3;
/// How much of the last direction is kept.
const MOMENTUM: f64 = 0.6;

/// Prices with the bound that they give.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Price of each block, in units of travel.
    pub of: Vec<i64>,
    /// No plan travels less.
    pub bound: i64,
}

/// The pockets of all centres at some prices, and the bound.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The bound.
    pub bound: i64,
    /// How often the chosen pockets hold each block.
    pub held: Vec<f64>,
}

/// Bounds travel at given prices by pockets.
pub fn evaluate(centres: &Centres, price: &[i64], pockets: &mut Pockets) -> Evaluation {
    let filled: Vec<Option<Pocket>> = centres
        .list
        .iter()
        .map(|centre| pockets.fill(centres, centre, price, &mut |_, _| ()))
        .collect();
    let values = filled
        .iter()
        .enumerate()
        .filter_map(|(place, pocket)| Some((place, pocket.as_ref()?.value)));
    let chosen = least(centres, values);
    let mut held = vec![0.0; price.len()];
    for &(_, place) in &chosen {
        pockets.fill(centres, &centres.list[place], price, &mut |block, part| {
            held[block as usize] += part
        });
    }
    Evaluation {
        bound: sum(price.iter().copied().chain(chosen.iter().map(|&(value, _)| value))),
        held,
    }
}

/// A sum of which parts may be greater than 64 bits hold; what is below them bounds nothing, and what is above them is no bound that is needed.
fn sum(values: impl Iterator<Item = i64>) -> i64 {
    let sum: i128 = values.map(i128::from).sum();
    sum.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// The best prices met on the way up from `start` in so many steps, where a plan is known whose travel is `known`.
pub fn ascend(centres: &Centres, start: &[i64], known: i64, steps: usize, clock: &Clock<'_>) -> Prices {
    let mut pockets = Pockets::default();
    let mut best = Prices {
        of: start.to_vec(),
        bound: i64::MIN,
    };
    let mut price: Vec<f64> = start.iter().map(|&price| price as f64).collect();
    let mut direction = vec![0.0; price.len()];
    let (mut step, mut waited) = (1.0, 0);
    for _ in 0..steps {
        let whole: Vec<i64> = price.iter().map(|price| price.round() as i64).collect();
        let found = evaluate(centres, &whole, &mut pockets);
        waited += 1;
        if found.bound > best.bound {
            // What is better by less than a millionth does not count as progress.
            waited = if found.bound.saturating_sub(best.bound) > best.bound.max(0) / 1_000_000 {
                0
            } else {
                waited
            };
            best = Prices {
                of: whole,
                bound: found.bound,
            };
        }
        if waited > PATIENCE {
            (waited, step) = (0, step * SHORTER);
            price = best.of.iter().map(|&price| price as f64).collect();
            direction.fill(0.0);
        }
        for (along, held) in direction.iter_mut().zip(&found.held) {
            *along = 1.0 - held + MOMENTUM * *along;
        }
        let square: f64 = direction.iter().map(|along| along * along).sum();
        if square < 1e-9 || step < LEAST_STEP || best.bound >= known || clock.over().is_some() {
            break;
        }
        let height = (known as f64 * 1.02 - found.bound as f64).max(known as f64 * 1e-4);
        price
            .iter_mut()
            .zip(&direction)
            .for_each(|(price, along)| *price += step * height / square * along);
    }
    best
}
