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
    use crate::domain::drawn::Drawn;
    use crate::domain::{Goal, Unwatched};
    use crate::solve::backend::Highs;
    use crate::solve::{solve, solve_knowing};
    use crate::verify::judge;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn both_ends_come_first_and_every_point_once() {
        assert_eq!(order(6), [0, 5, 2, 1, 3, 4]);
        assert_eq!((order(0), order(1), order(2)), (vec![], vec![0], vec![0, 1]));
        let mut all = order(40);
        all.sort_unstable();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
    }

    /// A map of connected areas by a seed: every cell joins the one before it, the one above it, or none.
    fn random(random: &mut ChaCha8Rng) -> (String, Vec<i64>) {
        let (mut cells, mut letters) = ([['.'; 4]; 4], 'a'..='z');
        for (y, x) in (0..16).map(|k| (k / 4, k % 4)) {
            cells[y][x] = match random.random_range(0..4) {
                0 if x > 0 => cells[y][x - 1],
                1 if y > 0 => cells[y - 1][x],
                _ => letters.next().unwrap(),
            };
        }
        let rows: Vec<String> = cells.iter().map(|row| row.iter().collect()).collect();
        let people = (0..26).map(|_| random.random_range(1..6)).collect();
        (rows.join("\n"), people)
    }

    fn values(outcome: &Outcome) -> Vec<(Option<i64>, Option<i64>)> {
        outcome.goals.iter().map(|goal| (goal.value, goal.bound)).collect()
    }

    #[test]
    fn neighbours_change_no_value_and_no_proof() {
        for seed in 0..25 {
            let (map, people) = random(&mut ChaCha8Rng::seed_from_u64(seed));
            let limits = |k: i64| {
                let drawn = Drawn::new(&map).volumes(&people).goal(Goal::Border).goal(Goal::Travel);
                if seed % 2 == 0 {
                    drawn.floor(2 + 3 * k)
                } else {
                    drawn.floor(2).cap(5 + 3 * k)
                }
            };
            let problems: Vec<Problem> = (0..6).map(|k| limits(k).problem()).collect();
            let neighbours = Neighbours::new(&problems.iter().collect::<Vec<_>>());
            assert_eq!(
                neighbours.trend(),
                Some(if seed % 2 == 0 { "falling" } else { "rising" })
            );
            let mut solved: Vec<Option<Outcome>> = vec![None; problems.len()];
            for point in order(problems.len()) {
                let known = neighbours.known(point, &solved, |k| k.to_string());
                solved[point] = Some(solve_knowing(&problems[point], &known, &Unwatched, &Highs).unwrap());
            }
            for (problem, helped) in problems.iter().zip(neighbours.settled(&solved, |k| k.to_string())) {
                let (alone, helped) = (solve(problem, &Unwatched).unwrap(), helped.unwrap());
                assert_eq!(helped.infeasible, alone.infeasible, "{map}");
                if !alone.infeasible {
                    assert_eq!((values(&helped), helped.stop), (values(&alone), alone.stop), "{map}");
                }
                let broken = helped.plan.map(|plan| judge(problem, plan).violations().len());
                assert_eq!(broken.unwrap_or(0), 0, "{map}");
            }
        }
    }

    #[test]
    fn what_later_points_find_is_taken_by_those_before_them() {
        let problem = |floor| Drawn::new("abcdef").floor(floor).problem();
        let problems = [problem(1), problem(2), problem(3)];
        let neighbours = Neighbours::new(&problems.iter().collect::<Vec<_>>());
        let mut solved: Vec<Option<Outcome>> = problems.iter().map(|p| Some(solve(p, &Unwatched).unwrap())).collect();
        let good = solved.clone();
        let poor = solved[1].as_mut().unwrap();
        (poor.plan, poor.stop, poor.infeasible) = (None, crate::domain::Stop::Time, false);
        (poor.goals[0].value, poor.goals[0].bound) = (None, Some(9));
        let settled = neighbours.settled(&solved, |k| k.to_string());
        let poor = settled[1].as_ref().unwrap();
        assert_eq!(
            (poor.goals[0].value, poor.goals[0].bound),
            (Some(2), Some(6)),
            "a plan from above, a bound from below"
        );
        assert_eq!(
            (&poor.plan, &poor.goals[0].argument),
            (&good[2].as_ref().unwrap().plan, &"a lower floor".to_string())
        );
        solved[2] = None;
        assert!(
            neighbours.settled(&solved, |k| k.to_string())[2].is_none(),
            "a point not reached stays so"
        );
    }
}
