//! The goals of a plan, counted from its seats.

use super::LotFacts;
use crate::domain::{Goal, Length, Plan, Problem, Volume};

/// The value of a goal in the whole numbers of [`crate::domain::Measure::shown`].
pub fn count(problem: &Problem, plan: &Plan, lots: &[LotFacts], goal: Goal) -> i64 {
    match goal {
        Goal::DealSplits => deal_splits(problem, plan).0,
        Goal::Travel => lots.iter().map(|lot| lot.travel).sum(),
        Goal::Border => border(problem, plan).0,
        Goal::Imbalance => {
            let k = lots.len() as i64;
            lots.iter()
                .map(|lot| (k * lot.volume.0 - problem.total().0).abs())
                .sum()
        }
    }
}

/// Volume of deal areas outside the lot that holds most of their deal; what no lot holds is outside.
fn deal_splits(problem: &Problem, plan: &Plan) -> Volume {
    let mut split = Volume::ZERO;
    for deal in problem.deals() {
        let mut held = vec![Volume::ZERO; plan.lots().len()];
        let mut whole = Volume::ZERO;
        for &seat in deal.areas.iter().flat_map(|&area| problem.seats_of_area(area)) {
            let volume = problem.seats()[seat].volume;
            whole += volume;
            if let Some(lot) = plan.lot_of_seat(seat) {
                held[lot] += volume;
            }
        }
        split += whole - held.into_iter().max().unwrap_or_default();
    }
    split
}

/// Length of the borders between seats in different lots, each weighted by the shares of both.
fn border(problem: &Problem, plan: &Plan) -> Length {
    let mut length = Length::ZERO;
    for border in problem.adjacency().borders() {
        for &a in problem.seats_of_area(border.from) {
            for &b in problem.seats_of_area(border.to) {
                if plan.lot_of_seat(a) != plan.lot_of_seat(b) {
                    let share = |seat: usize| problem.seats()[seat].share.fraction();
                    length += Length::from_metres(border.length.metres() * share(a) * share(b));
                }
            }
        }
    }
    length
}
