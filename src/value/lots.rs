//! The value of every lot of a verified plan.

use crate::domain::words::{count, list};
use crate::domain::{Pence, Problem, Volume};
use crate::verify::VerifiedPlan;

/// What a lot is worth and whom it serves.
#[derive(Clone, Debug, PartialEq)]
pub struct LotValue {
    /// Volume ÷ total volume.
    pub share: f64,
    /// Envelope × share, rounded to the penny.
    pub contract_value: Pence,
    /// Participants of the programme × share.
    pub participants: f64,
    /// Participants ÷ years of referral.
    pub annual_starts: f64,
    /// Contract value less the least that the floor in pounds asks for, a fall in volume heeded, where there is one.
    pub floor_margin: Option<Pence>,
    /// Volume-weighted mean distance from its areas to its hub, in km.
    pub mean_km_to_hub: f64,
    /// Deals with an area in it: index of the deal, volume of the overlap.
    pub deals: Vec<(usize, Volume)>,
}

/// Values every lot: contract value = envelope × share, participants = programme participants × share, annual starts = participants ÷ years of
/// referral, where share = volume of the lot ÷ volume of all lots and areas that take part.
pub fn lots(problem: &Problem, plan: &VerifiedPlan) -> Vec<LotValue> {
    let seats_by_lot = plan.plan().seats_by_lot();
    plan.lots()
        .iter()
        .zip(&seats_by_lot)
        .map(|(facts, seats)| {
            let share = facts.volume.0 as f64 / problem.total().0.max(1) as f64;
            let contract_value = problem.contract_value(facts.volume);
            let participants = problem.funding().participants as f64 * share;
            LotValue {
                share,
                contract_value,
                participants,
                annual_starts: participants / problem.funding().referral_years,
                floor_margin: problem.least_value().map(|least| contract_value - least),
                mean_km_to_hub: facts.travel as f64 / facts.volume.0.max(1) as f64 / 1000.0,
                deals: overlaps(problem, seats),
            }
        })
        .collect()
}

fn overlaps(problem: &Problem, seats: &[usize]) -> Vec<(usize, Volume)> {
    let within = |areas: &[usize]| -> Volume {
        let inside = |seat: &&usize| areas.binary_search(&problem.seats()[**seat].area).is_ok();
        seats
            .iter()
            .filter(inside)
            .map(|&seat| problem.seats()[seat].volume)
            .sum()
    };
    let volumes = problem
        .deals()
        .iter()
        .enumerate()
        .map(|(deal, it)| (deal, within(&it.areas)));
    volumes.filter(|(_, volume)| *volume > Volume::ZERO).collect()
}

/// A name from the members of a lot: its units where units are groups (`Cumbria and Lancashire`), otherwise its two largest areas and the
/// number of the others (`Leeds, Bradford and 12 more`).
pub fn lot_name(problem: &Problem, plan: &VerifiedPlan, lot: usize) -> String {
    let mut members: Vec<(Volume, &str)> = Vec::new();
    let seats = &plan.plan().seats_by_lot()[lot];
    for &seat in seats {
        let seat = problem.seats()[seat];
        let name = problem.units()[seat.unit].name.as_str();
        match members.iter_mut().find(|member| member.1 == name) {
            Some(member) => member.0 += seat.volume,
            None => members.push((seat.volume, name)),
        }
    }
    members.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let names: Vec<&str> = members.iter().map(|member| member.1).collect();
    if names.is_empty() {
        count(0, "area", "areas")
    } else {
        list(&names, if names.len() == 3 { 3 } else { 2 })
    }
}
