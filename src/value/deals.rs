//! What a plan does to every devolution deal.

use crate::domain::words::percent;
use crate::domain::{Problem, Volume};
use crate::verify::VerifiedPlan;

/// How a deal fares in a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct DealValue {
    /// Volume of the deal's areas that take part.
    pub volume: Volume,
    /// Lots that hold a part of it, by index, the greatest part first.
    pub lots: Vec<(usize, Volume)>,
    /// Whether one lot holds all of it.
    pub whole: bool,
    /// The same in words.
    pub words: String,
}

/// How every deal of the problem fares, in the order of its deals.
pub fn deals(problem: &Problem, plan: &VerifiedPlan) -> Vec<DealValue> {
    problem
        .deals()
        .iter()
        .map(|deal| {
            let mut volume = Volume::ZERO;
            let mut lots: Vec<(usize, Volume)> = plan
                .plan()
                .lots()
                .iter()
                .enumerate()
                .map(|(lot, _)| (lot, Volume::ZERO))
                .collect();
            let mut seats_held = vec![0; lots.len()];
            let seats: Vec<usize> = deal
                .areas
                .iter()
                .flat_map(|&area| problem.seats_of_area(area))
                .copied()
                .collect();
            for &seat in &seats {
                volume += problem.seats()[seat].volume;
                if let Some(lot) = plan.plan().lot_of_seat(seat) {
                    lots[lot].1 += problem.seats()[seat].volume;
                    seats_held[lot] += 1;
                }
            }
            // An area without volume still belongs to the deal: whole means every seat, not only every person.
            let whole = seats_held.contains(&seats.len());
            lots.retain(|(lot, _)| seats_held[*lot] > 0);
            lots.sort_by_key(|(lot, held)| (std::cmp::Reverse(*held), *lot));
            let words = in_words(&deal.name, &labels(plan, &lots), volume, whole);
            DealValue {
                volume,
                lots,
                whole,
                words,
            }
        })
        .collect()
}

fn labels(plan: &VerifiedPlan, lots: &[(usize, Volume)]) -> Vec<(String, Volume)> {
    lots.iter()
        .map(|(lot, volume)| (plan.plan().lots()[*lot].to_string(), *volume))
        .collect()
}

/// `Tees Valley lies whole in lot 3`, or which lots hold which part of it.
fn in_words(name: &str, parts: &[(String, Volume)], volume: Volume, whole: bool) -> String {
    let part = |held: Volume| percent(held.0 as f64 / volume.0.max(1) as f64);
    match parts {
        [] => format!("{name} is in no lot"),
        [(lot, _), ..] if whole => format!("{name} lies whole in lot {lot}"),
        _ => {
            let held: Volume = parts.iter().map(|(_, held)| *held).sum();
            let mut words: Vec<String> = parts
                .iter()
                .map(|(lot, held)| format!("lot {lot} holds {}", part(*held)))
                .collect();
            if held < volume {
                words.push(format!("{} is in no lot", part(volume - held)));
            }
            format!("{name} is cut: {}", words.join(", "))
        }
    }
}
