//! What is Known before a search begins: plans that may obey the rules, and bounds shown for a problem that allows as much.
//!
//! Raising a floor or lowering a cap only takes plans away. So a plan for a tight problem is one for every looser problem, and a bound that holds
//! for a loose problem holds for every tighter one: neighbours on a frontier help each other.

use super::instance::Instance;
use super::record::{Record, zero_bound};
use super::run::no_plan;
use crate::domain::{GoalOutcome, Measure, Millionths, Outcome, Plan, Problem, Stop};

/// The name of the strategy that takes a plan known beforehand.
pub const NAME: &str = "warm start";

/// Plans and bounds known beforehand.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Plans of the same units: those that break a rule are passed over.
    pub plans: Vec<Plan>,
    /// Bounds that hold.
    pub bounds: Vec<KnownBound>,
    /// Why there is no plan, where that is proved.
    pub impossible: Option<String>,
}

/// No plan whose first levels have the values `before` is better than `value` at the level that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBound {
    /// The number of lots and the values of goals before that level; empty for a bound on the number of lots.
    pub before: Vec<i64>,
    /// The bound, in whole numbers (see [`Measure::shown`]).
    pub value: i64,
    /// Name of the argument.
    pub argument: &'static str,
}

impl Known {
    /// Offers the plans to the record, then tells it the bounds.
    pub(super) fn tell(&self, record: &mut Record<'_>) {
        for plan in &self.plans {
            if let Some(lots) = lots_of_blocks(record.instance(), plan) {
                record.offer(&lots, NAME);
            }
        }
        self.tell_bounds(record);
        if let Some(why) = &self.impossible {
            record.rule_out(why.clone());
        }
    }

    /// Tells the record those bounds that speak of plans as good as its best.
    pub(super) fn tell_bounds(&self, record: &mut Record<'_>) {
        for bound in &self.bounds {
            if bound.before.is_empty() {
                record.bound_lots(bound.value, bound.argument);
            } else if starts_with(record, &bound.before) {
                record.bound_goal(bound.before.len() - 1, bound.value, bound.argument);
            }
        }
    }
}

fn starts_with(record: &Record<'_>, before: &[i64]) -> bool {
    record.best().is_some_and(|best| {
        let values = std::iter::once(best.score.lots as i64).chain(best.score.goals.iter().copied());
        before.len() <= best.score.goals.len() && values.take(before.len()).eq(before.iter().copied())
    })
}

/// The plan as lots of blocks; `None` where it is of other units, a seat is in no lot, or a lot boundary cuts a block.
fn lots_of_blocks(instance: &Instance<'_>, plan: &Plan) -> Option<Vec<Vec<u32>>> {
    let problem = instance.problem;
    let mut lot_of_unit: Vec<Option<usize>> = vec![None; problem.units().len()];
    let mut seats = 0;
    for (lot, held) in plan.seats_by_lot().iter().enumerate() {
        seats += held.len();
        for &seat in held {
            let unit = problem.seats().get(seat)?.unit;
            if *lot_of_unit[unit].get_or_insert(lot) != lot {
                return None;
            }
        }
    }
    let mut lots = vec![Vec::new(); plan.lots().len()];
    for (block, units) in instance.blocks.iter().enumerate() {
        let lot = lot_of_unit[*units.first()?]?;
        if units.iter().any(|&unit| lot_of_unit[unit] != Some(lot)) {
            return None;
        }
        lots[lot].push(block as u32);
    }
    (seats == problem.seats().len()).then_some(lots)
}

/// Why every plan for `tight` is one for `loose` as well, at the same value: `a lower floor`, `a lower chance`, `a higher cap`, `looser limits` or `the same limits`.
/// `None` where it need not be so, or where the two are searched in another way.
pub fn looser(loose: &Problem, tight: &Problem) -> Option<&'static str> {
    let cap = |problem: &Problem| problem.greatest_volume().map_or(i64::MAX, |cap| cap.0);
    let floors = (loose.least_volume().0, tight.least_volume().0);
    let caps = (cap(loose), cap(tight));
    if floors.0 > floors.1 || caps.0 < caps.1 || !chance_no_greater(loose, tight) || !same_but_for_limits(loose, tight)
    {
        return None;
    }
    let chances = [loose, tight].map(|problem| problem.rules().viability.assurance);
    Some(match (floors.0 < floors.1, caps.0 > caps.1) {
        (_, false) if chances[0] != chances[1] => "a lower chance",
        (true, false) => "a lower floor",
        (false, true) => "a higher cap",
        (true, true) => "looser limits",
        (false, false) => "the same limits",
    })
}

/// Whether the chance that `loose` asks, if any, is no greater than that of `tight`: no more volume for a floor, and no more reserve for any error.
fn chance_no_greater(loose: &Problem, tight: &Problem) -> bool {
    let asked = |problem: &Problem| problem.rules().viability.assurance;
    let floor = |problem: &Problem| problem.floor_volume(Millionths::default());
    let reserves = |problem: &Problem| asked(problem).map(|asked| asked.reserves());
    match (reserves(loose), reserves(tight)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(one), Some(other)) => {
            let pairs = one.iter().zip(&other);
            floor(loose) <= floor(tight) && pairs.into_iter().all(|(one, other)| one <= other)
        }
    }
}

/// Whether two problems differ in floors, caps and money alone.
fn same_but_for_limits(one: &Problem, other: &Problem) -> bool {
    let (a, b) = (one.rules(), other.rules());
    a.count == b.count
        && a.contiguous == b.contiguous
        && a.keep_whole == b.keep_whole
        && a.never_together == b.never_together
        && a.locks == b.locks
        && one.search() == other.search()
        && one.goals() == other.goals()
        && one.deals() == other.deals()
        && one.units() == other.units()
        && one.seats() == other.seats()
        && one.areas() == other.areas()
        && one.adjacency().borders() == other.adjacency().borders()
        && one.adjacency().links() == other.adjacency().links()
}

/// The bounds of an outcome as they hold for every tighter problem.
pub fn bounds_of(outcome: &Outcome, argument: &'static str) -> Vec<KnownBound> {
    let mut before = Vec::new();
    let mut bounds = Vec::new();
    for goal in &outcome.goals {
        if let Some(value) = goal.bound {
            bounds.push(KnownBound {
                before: before.clone(),
                value,
                argument,
            });
        }
        match goal.value {
            Some(value) => before.push(value),
            // Without a plan, nothing is known of the levels that follow.
            None => break,
        }
    }
    bounds
}

/// Takes the plan of a tighter problem's outcome where it is better than the outcome's own; says whether it did. The plan must have been judged. Bounds
/// on levels that follow a change are void.
pub fn take_plan(outcome: &mut Outcome, tighter: &Outcome) -> bool {
    if tighter.plan.is_none() || !better(tighter, outcome) {
        return false;
    }
    let changed = outcome.goals.iter().zip(&tighter.goals);
    let changed = changed.take_while(|(old, new)| old.value == new.value).count();
    for (level, (old, new)) in outcome.goals.iter_mut().zip(&tighter.goals).enumerate() {
        *old = if level <= changed {
            GoalOutcome {
                value: new.value,
                ..old.clone()
            }
        } else {
            without_bound(new)
        };
    }
    outcome.plan.clone_from(&tighter.plan);
    outcome.strategy = NAME.into();
    outcome.findings.clear();
    settle(outcome);
    true
}

/// More lots, or as many and less at the first goal that differs.
fn better(new: &Outcome, old: &Outcome) -> bool {
    let pairs = new.goals.iter().zip(&old.goals);
    let first = pairs
        .map(|(a, b)| (a.measure, a.value, b.value))
        .find(|(_, a, b)| a != b);
    match first {
        Some((Measure::Lots, new, old)) => new > old,
        Some((Measure::Goal(_), Some(new), Some(old))) => new < old,
        _ => false,
    }
}

fn without_bound(goal: &GoalOutcome) -> GoalOutcome {
    let zero = match goal.measure {
        Measure::Lots => None,
        Measure::Goal(goal) => zero_bound(goal),
    };
    GoalOutcome {
        measure: goal.measure,
        value: goal.value,
        bound: zero.as_ref().map(|bound| bound.value),
        argument: zero.map_or("none", |bound| bound.argument).into(),
        certificate: None,
    }
}

/// Takes bounds known of a looser problem where they are better than the outcome's own.
pub fn take_bounds(outcome: &mut Outcome, bounds: &[KnownBound]) {
    let values: Vec<Option<i64>> = outcome.goals.iter().map(|goal| goal.value).collect();
    for bound in bounds {
        let level = bound.before.len();
        let speaks_of_it = values
            .iter()
            .take(level)
            .copied()
            .eq(bound.before.iter().map(|&value| Some(value)));
        let Some(goal) = outcome.goals.get_mut(level).filter(|_| speaks_of_it) else {
            continue;
        };
        let improves = goal.bound.is_none_or(|known| match goal.measure {
            Measure::Lots => bound.value < known,
            Measure::Goal(_) => bound.value > known,
        });
        if improves {
            *goal = GoalOutcome {
                measure: goal.measure,
                value: goal.value,
                bound: Some(bound.value),
                argument: bound.argument.into(),
                certificate: None,
            };
        }
    }
    settle(outcome);
}

/// An outcome whose every level is proved has stopped for that reason.
fn settle(outcome: &mut Outcome) {
    if outcome.plan.is_some() && outcome.goals.iter().all(GoalOutcome::proved) {
        outcome.stop = Stop::Proved;
    }
}

/// Rules a problem out for which no plan was found, because a looser one has none.
pub fn take_impossible(outcome: &mut Outcome, why: &str) {
    if outcome.plan.is_none() && !outcome.infeasible {
        outcome.infeasible = true;
        outcome.stop = Stop::Proved;
        outcome.findings = vec![no_plan(why)];
    }
}
