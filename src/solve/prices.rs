//! Prices bound the number of lots: if every minimal viable set costs D or more, there are at most ⌊Σ prices ÷ D⌋ lots.
//!
//! And with k lots, no lot costs more than Σ prices − (k − 1) × D: that keeps the candidates few when k is near its bound. Prices come from a
//! linear program, are rounded to whole numbers, and D is then computed exactly, so both statements hold without a tolerance.

use super::SolveError;
use super::enumerate::{Price, Sets};
use super::instance::Instance;
use super::record::{Bound, Record};
use super::strategy::Setting;
use crate::domain::{Certificate, Volume};
use crate::model::packing::{packing, pricing};

/// Whole numbers to one unit of price.
const FINE: f64 = 1e6;
/// The most minimal sets for which the packing is solved in whole numbers.
const MOST_PACKED: usize = 60_000;

/// Prices on blocks, their sum, and the least price of a minimal viable set.
#[derive(Clone, Debug)]
pub struct Prices {
    of: Vec<i64>,
    sum: i64,
    least: i64,
}

impl Prices {
    fn new(of: Vec<i64>, sets: &Sets) -> Self {
        let cost = |set: &[u32]| set.iter().map(|&block| of[block as usize]).sum();
        Self {
            sum: of.iter().sum(),
            least: sets.iter().map(cost).min().unwrap_or(0),
            of,
        }
    }

    /// The prices as a proof that anybody can check.
    pub fn certificate(&self, instance: &Instance<'_>) -> Certificate {
        let priced = (0..self.of.len()).filter(|&block| self.of[block] > 0);
        Certificate::Prices {
            least_volume: Volume(instance.floor),
            prices: priced.map(|block| (instance.name(block), self.of[block])).collect(),
            sum: self.sum,
            least: self.least,
        }
    }

    /// The most that one of `lots` lots can cost.
    pub fn price(&self, lots: usize) -> Price {
        Price {
            of: self.of.clone(),
            cap: self.sum - (lots as i64 - 1) * self.least,
        }
    }
}

/// Sets with which the program for prices begins, and sets that do not cost enough that are added at a time.
const FIRST_SETS: usize = 2_000;
const ADDED_SETS: usize = 2_000;
/// Rounds of adding.
const ROUNDS: usize = 60;

/// Price vectors from the minimal viable sets: a corner of the best face, and an inner point of it. The program holds few of the sets; those that its prices undercut are added
/// until there are none, and what the prices prove is then computed over all.
///
/// # Errors
/// If the backend fails.
pub fn find_prices(setting: &Setting<'_>, sets: &Sets) -> Result<Vec<Prices>, SolveError> {
    let stride = sets.len().div_ceil(FIRST_SETS).max(1);
    let mut inside: Vec<bool> = (0..sets.len()).map(|set| set % stride == 0).collect();
    let mut corner = None;
    for _ in 0..ROUNDS {
        let Some(of) = solve_prices(setting, sets, &inside, false)? else {
            break;
        };
        let below = undercut(&of, sets, &inside);
        corner = Some(of);
        if below.is_empty() || setting.clock.over().is_some() {
            break;
        }
        below.into_iter().for_each(|set| inside[set] = true);
    }
    let interior = solve_prices(setting, sets, &inside, true)?;
    Ok(corner
        .into_iter()
        .chain(interior)
        .map(|of| Prices::new(of, sets))
        .collect())
}

/// Prices from the sets that are inside; `None` where the solver finds none.
fn solve_prices(
    setting: &Setting<'_>,
    sets: &Sets,
    inside: &[bool],
    interior: bool,
) -> Result<Option<Vec<i64>>, SolveError> {
    let lists: Vec<Vec<u32>> = sets
        .iter()
        .zip(inside)
        .filter(|(_, inside)| **inside)
        .map(|(set, _)| set.to_vec())
        .collect();
    let program = pricing(setting.instance.len(), &lists, |block| setting.instance.name(block));
    let mut effort = setting.effort(20.0, true);
    effort.interior = interior;
    let answer = setting.backend.solve(&program, &effort, None)?;
    let whole = |point: Vec<f64>| {
        point
            .iter()
            .map(|price| (price.max(0.0) * FINE).ceil() as i64)
            .collect()
    };
    Ok(answer.point.map(whole))
}

/// The sets outside that cost less than one unit, the cheapest first, as many as are added at a time.
fn undercut(of: &[i64], sets: &Sets, inside: &[bool]) -> Vec<usize> {
    let cost = |set: usize| -> i64 { sets.get(set).iter().map(|&block| of[block as usize]).sum() };
    let outside = (0..sets.len()).filter(|&set| !inside[set]);
    let mut below: Vec<(i64, usize)> = outside
        .map(|set| (cost(set), set))
        .filter(|&(cost, _)| cost < FINE as i64)
        .collect();
    below.sort_unstable();
    below.truncate(ADDED_SETS);
    below.into_iter().map(|(_, set)| set).collect()
}

/// Bounds the number of lots by the prices, and by the packing in whole numbers where that may help.
///
/// # Errors
/// If the backend fails.
pub fn bound_by_packing(
    setting: &Setting<'_>,
    record: &mut Record<'_>,
    sets: &Sets,
    prices: &[Prices],
) -> Result<(), SolveError> {
    if sets.is_empty() {
        record.rule_out("no connected set of areas meets the floor and the cap together".into());
        return Ok(());
    }
    for bound in prices
        .iter()
        .filter_map(|prices| Bound::certified(prices.certificate(setting.instance), "packing prices"))
    {
        record.take_bound(bound);
    }
    if record.lots_proved() || sets.len() > MOST_PACKED {
        return Ok(());
    }
    let lists: Vec<Vec<u32>> = sets.iter().map(<[u32]>::to_vec).collect();
    let program = packing(setting.instance.len(), &lists, |block| setting.instance.name(block));
    let mut effort = setting.effort(20.0, false);
    // Merging the cliques of tens of thousands of sets takes many times the limit, and nothing can stop it; without it the solver is sooner done.
    effort.presolve = false;
    let answer = setting.backend.solve(&program, &effort, None)?;
    if answer.bound.is_finite() {
        // The bound counts sets; a thousandth is far above the solver's tolerance and far below one set.
        record.bound_lots((-answer.bound + 1e-3).floor() as i64, "packing");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::model::Program;
    use crate::solve::backend::{Anew, Answer, Backend, BackendError, Effort, Growing, Highs};
    use crate::solve::clock::Clock;
    use crate::solve::enumerate::{Budget, minimal_sets};
    use std::sync::Mutex;

    /// HiGHS, and whether each program was simplified before.
    #[derive(Default)]
    struct Noted(Mutex<Vec<bool>>);

    impl Backend for Noted {
        fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError> {
            if let Ok(mut noted) = self.0.lock() {
                noted.push(effort.presolve);
            }
            Highs.solve(program, effort, start)
        }

        fn growing(&self) -> Box<dyn Growing + '_> {
            Box::new(Anew(self))
        }
    }

    #[test]
    fn the_packing_is_bounded_without_the_step_that_no_limit_stops() -> Result<(), SolveError> {
        let problem = Drawn::new("abc\ndef").volumes(&[1, 1, 1, 1, 1, 1]).floor(2).problem();
        let Ok(instance) = Instance::new(&problem) else {
            panic!("the rules are sound")
        };
        let (clock, backend) = (Clock::start(60.0, &Unwatched), Noted::default());
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &backend,
        };
        let budget = Budget {
            steps: 10_000,
            sets: 10_000,
        };
        let sets = minimal_sets(&instance, budget, &clock).unwrap_or_default();
        let mut record = Record::new(&instance, Bound::new(6, "one for each"));
        bound_by_packing(&setting, &mut record, &sets, &[])?;
        assert_eq!((record.most_lots().value, record.most_lots().argument), (3, "packing"));
        assert_eq!(backend.0.into_inner().unwrap_or_default(), [false]);
        Ok(())
    }
}
