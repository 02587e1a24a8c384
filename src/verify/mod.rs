//! The independent judge of a plan, with its own search and its own sums.
//!
//! [`judge`] takes nothing from the solver: it counts every lot again from the seats of the areas, finds its pieces again on the graph of areas, and
//! holds the plan against every rule of the scenario. Only it can make a [`VerifiedPlan`], and nothing else is ever printed or written. [`weigh`] does the
//! same for the proof of a bound.

mod blocks;
mod certificate;
#[cfg(test)]
mod certificate_tests;
mod cheapest;
mod goals;
mod hub;
mod pieces;
mod robust;
mod rules;
#[cfg(test)]
mod tests;

pub use certificate::{PRICE_STEPS, Ruling, Standing, weigh};

use crate::domain::{Goal, Plan, Problem, Volume};

/// A rule that a plan breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Name of the rule: `assigned`, `unit`, `attached`, `floor`, `survive`, `chance`, `cap`, `count`, `contiguous`, `keep_whole`, `never_together` or `locks`.
    pub rule: &'static str,
    /// The lot at fault, as an index into the lots of the plan, where it is one.
    pub lot: Option<usize>,
    /// What is wrong, by how much, and what would mend it.
    pub message: String,
    /// The areas that it is about, in order: those in no lot, the pieces apart from the rest of a lot, a lot as a whole, a group that is cut.
    pub areas: Vec<usize>,
}

/// What the judge counted of one lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotFacts {
    /// Its areas, in order.
    pub areas: Vec<usize>,
    /// Volume of its seats.
    pub volume: Volume,
    /// Its pieces on the ground, each a list of areas, the one with the greatest volume first: borders and links join, nothing else.
    pub pieces: Vec<Vec<usize>>,
    /// The same with the members of each unit that it holds whole taken as joined, since no plan can part them: more than one breaks the rule.
    pub torn: Vec<Vec<usize>>,
    /// The area of the lot with the least volume-weighted distance to the others, the first of equals.
    pub hub: usize,
    /// That distance: Σ thousandths of a person × metres.
    pub travel: i64,
}

/// A plan with what the judge found. Its fields are private and [`judge`] is its one maker.
#[derive(Clone, Debug)]
pub struct VerifiedPlan {
    plan: Plan,
    lots: Vec<LotFacts>,
    unassigned: Vec<usize>,
    violations: Vec<Violation>,
    goals: Vec<(Goal, i64)>,
}

impl VerifiedPlan {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What was counted of every lot, in the order of the plan's lots.
    pub fn lots(&self) -> &[LotFacts] {
        &self.lots
    }

    /// Areas with a seat in no lot.
    pub fn unassigned(&self) -> &[usize] {
        &self.unassigned
    }

    /// Rules that the plan breaks; empty where it obeys them all.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The goals of the scenario in order, counted again, in the whole numbers of [`crate::domain::Measure::shown`].
    pub fn goals(&self) -> &[(Goal, i64)] {
        &self.goals
    }
}

/// Counts a plan and holds it against every rule of the scenario.
///
/// ```
/// # use lotwright::domain::*;
/// # let problem = lotwright::domain::Problem::new(Parts {
/// #   name: "one".into(), title: "One".into(),
/// #   areas: vec![Area { code: AreaCode::new("A"), name: "A".into(), volume: Volume::people(5), centre: Point::default(), region: None }],
/// #   units: vec![Unit { id: "A".into(), name: "A".into(), seats: vec![0], volume: Volume::people(5), homes: vec![] }],
/// #   seats: vec![Seat { area: 0, unit: 0, share: Share::WHOLE, volume: Volume::people(5) }],
/// #   adjacency: Adjacency::new(1, vec![], vec![]), deals: vec![],
/// #   funding: Funding { envelope: Pence::pounds(1000), participants: 10, referral_years: 5.0 },
/// #   rules: Rules { viability: Viability::default(), count: LotCount::Max, contiguous: true, keep_whole: vec![], never_together: vec![], locks: vec![] },
/// #   goals: vec![], search: Search::default() });
/// let plan = Plan::from_units(&problem, &[0]);
/// let verified = lotwright::verify::judge(&problem, plan);
/// assert!(verified.violations().is_empty());
/// assert_eq!(verified.lots()[0].volume, Volume::people(5));
/// ```
pub fn judge(problem: &Problem, plan: Plan) -> VerifiedPlan {
    let lots: Vec<LotFacts> = plan.seats_by_lot().iter().map(|seats| facts(problem, seats)).collect();
    let unassigned = unassigned(problem, &plan);
    let violations = rules::broken(problem, &plan, &lots, &unassigned);
    let goals = problem
        .goals()
        .iter()
        .map(|&goal| (goal, goals::count(problem, &plan, &lots, goal)))
        .collect();
    VerifiedPlan {
        plan,
        lots,
        unassigned,
        violations,
        goals,
    }
}

fn facts(problem: &Problem, seats: &[usize]) -> LotFacts {
    let mut areas: Vec<usize> = seats.iter().map(|&seat| problem.seats()[seat].area).collect();
    areas.dedup();
    let volume = seats.iter().map(|&seat| problem.seats()[seat].volume).sum();
    let (hub, travel) = hub::of_lot(problem, seats, &areas);
    LotFacts {
        pieces: pieces::of_lot(problem, &[], &areas),
        torn: pieces::of_lot(problem, seats, &areas),
        areas,
        volume,
        hub,
        travel,
    }
}

fn unassigned(problem: &Problem, plan: &Plan) -> Vec<usize> {
    let open = |area: &usize| {
        problem
            .seats_of_area(*area)
            .iter()
            .any(|&seat| plan.lot_of_seat(seat).is_none())
    };
    (0..problem.areas().len()).filter(open).collect()
}
