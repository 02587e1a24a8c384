//! A Record holds the best plan so far and what is proved about each level.

use super::deal_bound::least_splits;
use super::instance::Instance;
use super::pool::Pool;
use super::score::Score;
use crate::domain::{Certificate, Goal, GoalOutcome, Measure};

/// Lots of blocks that obey every rule, with their score.
#[derive(Clone, Debug)]
pub struct Best {
    /// Blocks of each lot.
    pub lots: Vec<Vec<u32>>,
    /// Its score.
    pub score: Score,
}

/// A value that no plan can beat, and the argument behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The value.
    pub value: i64,
    /// Name of the argument.
    pub argument: &'static str,
    /// The figures of the argument, where it has a short proof.
    pub certificate: Option<Certificate>,
}

impl Bound {
    /// A bound whose argument has no short proof.
    pub fn new(value: i64, argument: &'static str) -> Self {
        Self {
            value,
            argument,
            certificate: None,
        }
    }

    /// A bound with its proof; the value is what the certificate adds up to. `None` where it adds up to nothing.
    pub fn certified(certificate: Certificate, argument: &'static str) -> Option<Self> {
        Some(Self {
            value: certificate.value()?,
            argument,
            certificate: Some(certificate),
        })
    }
}

/// The best plan so far, the least upper bound on the number of lots, and bounds on goals given the levels before.
#[derive(Clone, Debug)]
pub struct Record<'i> {
    instance: &'i Instance<'i>,
    best: Option<Best>,
    lots: Bound,
    goals: Vec<Option<Bound>>,
    by: &'static str,
    impossible: Option<String>,
    unsound: Option<String>,
    pool: Pool,
}

impl<'i> Record<'i> {
    /// Nothing found yet, and at most `lots`.
    pub fn new(instance: &'i Instance<'i>, lots: Bound) -> Self {
        let goals = instance.problem.goals().iter();
        let goals = goals.map(|&goal| first_bound(instance, goal, None)).collect();
        Self {
            instance,
            best: None,
            lots,
            goals,
            by: "none",
            impossible: None,
            unsound: None,
            pool: Pool::default(),
        }
    }

    /// The instance it speaks of.
    pub fn instance(&self) -> &'i Instance<'i> {
        self.instance
    }

    /// The best plan so far.
    pub fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// Number of lots of the best plan.
    pub fn lots(&self) -> Option<usize> {
        self.best.as_ref().map(|best| best.score.lots)
    }

    /// At most so many lots are possible.
    pub fn most_lots(&self) -> &Bound {
        &self.lots
    }

    /// The bound on a goal, by its place among the goals.
    pub fn goal_bound(&self, level: usize) -> Option<&Bound> {
        self.goals[level].as_ref()
    }

    /// Name of the strategy that gave the best plan.
    pub fn strategy(&self) -> &'static str {
        self.by
    }

    /// Why there is no plan, once that is proved.
    pub fn impossible(&self) -> Option<&str> {
        self.impossible.as_deref()
    }

    /// Takes lots if they obey every rule and are better than the best; says whether they were taken.
    pub fn offer(&mut self, lots: &[Vec<u32>], by: &'static str) -> bool {
        self.pool.add(self.instance, lots);
        let score = self.instance.score(lots);
        let better = self.best.as_ref().is_none_or(|best| score.order(&best.score).is_lt());
        if !better || self.instance.broken(lots).is_some() {
            return false;
        }
        let (changed, count) = (
            self.best.as_ref().map_or(0, |best| first_change(&best.score, &score)),
            score.lots,
        );
        self.forget_from(changed, count);
        self.best = Some(Best {
            lots: lots.to_vec(),
            score,
        });
        self.by = by;
        self.hold_bounds();
        true
    }

    /// The viable lots of all plans that were offered, or shown to it.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Remembers viable lots that belong to no plan yet.
    pub fn remember(&mut self, lots: &[Vec<u32>]) -> usize {
        self.pool.add(self.instance, lots)
    }

    /// The strategy `by` has proved what the best plan claims.
    pub fn settle(&mut self, by: &'static str) {
        self.by = by;
    }

    /// No plan has more than `value` lots.
    pub fn bound_lots(&mut self, value: i64, argument: &'static str) {
        self.take_bound(Bound::new(value, argument));
    }

    /// As [`Record::bound_lots`], with a certificate where there is one.
    pub fn take_bound(&mut self, bound: Bound) {
        if bound.value < self.lots.value {
            self.lots = bound;
            self.hold_bounds();
        }
    }

    /// No plan that keeps the levels before `level` as the best plan does is below `value` there: so `value` is not above that of the best plan.
    pub fn bound_goal(&mut self, level: usize, value: i64, argument: &'static str) {
        if self.goals[level].as_ref().is_none_or(|known| value > known.value) {
            self.goals[level] = Some(Bound::new(value, argument));
            self.hold_bounds();
        }
    }

    /// The first bound that the best plan has refuted: a fault of the program, after which nothing that the record says of bounds can be believed.
    pub fn unsound(&self) -> Option<&str> {
        self.unsound.as_deref()
    }

    /// The best plan obeys every rule, so it can refute a bound, and no bound can refute it.
    fn hold_bounds(&mut self) {
        let Some(best) = self.best.as_ref().filter(|_| self.unsound.is_none()) else {
            return;
        };
        let refuted = |measure: &str, bound: &Bound, value: i64| {
            format!(
                "the bound of {} on {measure} by {} is refuted by a plan of {value}",
                bound.value, bound.argument
            )
        };
        let lots = best.score.lots as i64;
        let goals = self
            .instance
            .problem
            .goals()
            .iter()
            .zip(&self.goals)
            .zip(&best.score.goals);
        let above = goals
            .filter_map(|((goal, bound), &value)| Some((goal, bound.as_ref()?, value)))
            .find(|(_, bound, value)| bound.value > *value);
        self.unsound = if lots > self.lots.value {
            Some(refuted(Measure::Lots.word(), &self.lots, lots))
        } else {
            above.map(|(goal, bound, value)| refuted(goal.word(), bound, value))
        };
    }

    /// There is no plan, and `why` says why.
    pub fn rule_out(&mut self, why: String) {
        self.impossible = Some(why);
    }

    /// Whether the number of lots is proved: by its bound, or because no more are asked for.
    pub fn lots_proved(&self) -> bool {
        self.lots().is_some_and(|lots| lots as i64 >= self.lots.value)
    }

    /// Whether every level is proved.
    pub fn proved(&self) -> bool {
        self.lots_proved() && (0..self.goals.len()).all(|level| self.goal_proved(level))
    }

    /// Whether the bound on a goal meets its value.
    pub fn goal_proved(&self, level: usize) -> bool {
        let value = self.best.as_ref().map(|best| best.score.goals[level]);
        matches!((value, &self.goals[level]), (Some(value), Some(bound)) if value <= bound.value)
    }

    /// Value and bound of a level.
    pub fn standing(&self, measure: Measure) -> (Option<i64>, Option<i64>) {
        let level = |goal| self.instance.problem.goals().iter().position(|&g| g == goal);
        match measure {
            Measure::Lots => (self.lots().map(|lots| lots as i64), Some(self.lots.value)),
            Measure::Goal(goal) => level(goal).map_or((None, None), |at| {
                (
                    self.best.as_ref().map(|best| best.score.goals[at]),
                    self.goals[at].as_ref().map(|b| b.value),
                )
            }),
        }
    }

    /// Every level as an outcome.
    pub fn outcomes(&self) -> Vec<GoalOutcome> {
        let lots = GoalOutcome {
            measure: Measure::Lots,
            value: self.lots().map(|lots| lots as i64),
            bound: Some(self.lots.value),
            argument: self.lots.argument.to_owned(),
            certificate: self.lots.certificate.clone(),
        };
        let goals = self
            .instance
            .problem
            .goals()
            .iter()
            .enumerate()
            .map(|(level, &goal)| GoalOutcome {
                measure: Measure::Goal(goal),
                value: self.best.as_ref().map(|best| best.score.goals[level]),
                bound: self.goals[level].as_ref().map(|bound| bound.value),
                argument: self.goals[level]
                    .as_ref()
                    .map_or_else(|| "none".into(), |bound| bound.argument.to_owned()),
                certificate: self.goals[level].as_ref().and_then(|bound| bound.certificate.clone()),
            });
        std::iter::once(lots).chain(goals).collect()
    }

    /// Bounds on goals speak of the levels before: when level `changed` (0 for lots) changes, those behind it are void, but for what arithmetic says of plans of so many lots.
    fn forget_from(&mut self, changed: usize, lots: usize) {
        for (bound, &goal) in self.goals.iter_mut().zip(self.instance.problem.goals()).skip(changed) {
            *bound = first_bound(self.instance, goal, Some(lots));
        }
    }
}

/// What arithmetic says of a goal before any search, where the number of lots is known.
fn first_bound(instance: &Instance<'_>, goal: Goal, lots: Option<usize>) -> Option<Bound> {
    let splits = lots.filter(|_| goal == Goal::DealSplits);
    splits
        .and_then(|lots| least_splits(instance, lots))
        .or_else(|| zero_bound(goal))
}

/// Every goal is a sum of what cannot be below zero: volumes, lengths, distances.
pub(super) fn zero_bound(goal: Goal) -> Option<Bound> {
    match goal {
        Goal::DealSplits | Goal::Travel | Goal::Border | Goal::Imbalance => Some(Bound::new(0, "zero")),
    }
}

/// The first level at which two scores differ: 0 for the number of lots, 1 for the first goal, and so on.
fn first_change(old: &Score, new: &Score) -> usize {
    if old.lots != new.lots {
        return 0;
    }
    old.goals
        .iter()
        .zip(&new.goals)
        .position(|(a, b)| a != b)
        .map_or(old.goals.len(), |level| level + 1)
}
