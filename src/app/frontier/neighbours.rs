//! Neighbours are the points of a frontier that say something of each other: plans go to looser points, bounds to tighter ones.

use crate::domain::{Outcome, Plan, Problem};
use crate::solve::{Known, bounds_of, looser, take_bounds, take_impossible, take_plan};

/// For every two points, why each plan of the second is one of the first: `a lower floor`, or `None` where it need not be.
pub struct Neighbours(Vec<Vec<Option<&'static str>>>);

impl Neighbours {
    /// Compares every problem with every other.
    pub fn new(problems: &[&Problem]) -> Self {
        let row = |(k, loose): (usize, &&Problem)| {
            let others = problems.iter().enumerate();
            others
                .map(|(j, tight)| if j == k { None } else { looser(loose, tight) })
                .collect()
        };
        Self(problems.iter().enumerate().map(row).collect())
    }

    /// Why every plan of point `tight` is one of point `loose`.
    pub fn looser(&self, loose: usize, tight: usize) -> Option<&'static str> {
        self.0[loose][tight]
    }

    /// `falling` where each point is looser than the next, `rising` where each is tighter; `None` otherwise.
    pub fn trend(&self) -> Option<&'static str> {
        let next = |of: fn(&Self, usize) -> Option<&'static str>| (1..self.0.len()).all(|k| of(self, k).is_some());
        if next(|all, k| all.looser(k - 1, k)) {
            Some("falling")
        } else if next(|all, k| all.looser(k, k - 1)) {
            Some("rising")
        } else {
            None
        }
    }

    /// What the points solved so far say of `point`, the nearest first; `words` says how the value of a point reads.
    pub fn known(&self, point: usize, solved: &[Option<Outcome>], words: impl Fn(usize) -> String) -> Known {
        let mut known = Known::default();
        let mut others: Vec<(usize, &Outcome)> = solved
            .iter()
            .enumerate()
            .filter_map(|(k, outcome)| Some((k, outcome.as_ref()?)))
            .collect();
        others.sort_by_key(|&(k, _)| (k.abs_diff(point), k));
        for (other, outcome) in others {
            if self.looser(point, other).is_some() {
                known.plans.extend(outcome.plan.iter().map(Plan::clone));
            }
            if let Some(argument) = self.looser(other, point) {
                known.bounds.extend(bounds_of(outcome, argument));
                if outcome.infeasible && known.impossible.is_none() {
                    known.impossible = Some(impossible(argument, &words(other)));
                }
            }
        }
        known
    }

    /// The outcomes again, each with what those solved after it say of it.
    pub fn settled(&self, solved: &[Option<Outcome>], words: impl Fn(usize) -> String) -> Vec<Option<Outcome>> {
        let one = |(point, outcome): (usize, &Option<Outcome>)| {
            let mut outcome = outcome.clone()?;
            let others = || {
                solved
                    .iter()
                    .enumerate()
                    .filter_map(|(k, other)| Some((k, other.as_ref()?)))
            };
            for (_, other) in others().filter(|(k, _)| self.looser(point, *k).is_some()) {
                take_plan(&mut outcome, other);
            }
            for (k, other) in others() {
                let Some(argument) = self.looser(k, point) else {
                    continue;
                };
                take_bounds(&mut outcome, &bounds_of(other, argument));
                if other.infeasible {
                    take_impossible(&mut outcome, &impossible(argument, &words(k)));
                }
            }
            Some(outcome)
        };
        solved.iter().enumerate().map(one).collect()
    }
}

fn impossible(argument: &str, value: &str) -> String {
    format!("no plan exists at {value}, with {argument}, so there is none here")
}

/// The order of solving: both ends, then the middle of every gap, so that each point has a solved one on either side of it.
pub fn order(points: usize) -> Vec<usize> {
    let mut order: Vec<usize> = [0, points.saturating_sub(1)].into_iter().take(points).collect();
    order.dedup();
    let mut gaps = std::collections::VecDeque::from([(0, points.saturating_sub(1))]);
    while let Some((low, high)) = gaps.pop_front() {
        let middle = usize::midpoint(low, high);
        if low < middle {
            order.push(middle);
            gaps.extend([(low, middle), (middle, high)]);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_come_first_and_every_point_once() {
        assert_eq!(order(6), [0, 5, 2, 1, 3, 4]);
        assert_eq!((order(0), order(1), order(2)), (vec![], vec![0], vec![0, 1]));
        let mut all = order(40);
        all.sort_unstable();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
    }
}
