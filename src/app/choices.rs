//! Which group each double member goes with, read off a verified plan.

use crate::domain::Problem;
use crate::report::ChoiceAnswer;
use crate::verify::VerifiedPlan;

/// The double members that share a lot with just one of their groups, in area order. Where a lot holds several of them there was nothing to choose.
pub fn choices(problem: &Problem, plan: &VerifiedPlan) -> Vec<ChoiceAnswer> {
    let units = problem.units();
    let lot_of = |unit: usize| plan.plan().lot_of_seat(units[unit].seats[0]);
    let mut found = Vec::new();
    for unit in (0..units.len()).filter(|&unit| !units[unit].homes.is_empty()) {
        let (with, others): (Vec<usize>, Vec<usize>) = units[unit]
            .homes
            .iter()
            .partition(|&&home| lot_of(home) == lot_of(unit));
        let (Some(lot), [group]) = (lot_of(unit), with.as_slice()) else {
            continue;
        };
        found.push(ChoiceAnswer {
            area: units[unit].id.clone(),
            name: units[unit].name.clone(),
            group: units[*group].name.clone(),
            others: others.iter().map(|&home| units[home].name.clone()).collect(),
            lot_id: plan.plan().lots()[lot].to_string(),
        });
    }
    found
}
