//! Every rule of a scenario as one function that lists where a plan breaks it.

use std::collections::BTreeSet;

use super::{LotFacts, Violation, robust};
use crate::domain::words::{count as counted, list, money, percent, thousands};
use crate::domain::{Group, LotCount, Pence, Plan, Problem, Volume};

/// All places where the plan breaks a rule, in the order of the rules.
pub fn broken(problem: &Problem, plan: &Plan, lots: &[LotFacts], unassigned: &[usize]) -> Vec<Violation> {
    let case = Case { problem, plan, lots };
    [
        case.assigned(unassigned),
        case.unit(),
        case.attached(),
        case.floor(),
        case.survive(),
        case.chance(),
        case.cap(),
        case.count(),
        case.contiguous(),
        case.keep_whole(),
        case.never_together(),
        case.locks(),
    ]
    .concat()
}

struct Case<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    lots: &'a [LotFacts],
}

impl Case<'_> {
    /// Every seat is in a lot.
    fn assigned(&self, unassigned: &[usize]) -> Vec<Violation> {
        if unassigned.is_empty() {
            return Vec::new();
        }
        let message = format!(
            "{} in no lot: {}; give each of them one",
            counted(unassigned.len(), "area is", "areas are"),
            list(&self.names(unassigned), 8)
        );
        vec![Violation {
            rule: "assigned",
            lot: None,
            message,
            areas: unassigned.to_vec(),
        }]
    }

    /// A unit is in one lot.
    fn unit(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        for unit in self.problem.units() {
            let lots = self.lots_of_unit(&unit.seats);
            if lots.len() > 1 {
                let message = format!(
                    "{} is cut: {} hold parts of it; a unit goes to one lot",
                    unit.name,
                    self.lot_names(&lots)
                );
                found.push(Violation {
                    rule: "unit",
                    lot: None,
                    message,
                    areas: self.areas_of(&unit.seats),
                });
            }
        }
        found
    }

    /// A double member shares its lot with one of its groups.
    fn attached(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        for unit in self.problem.units().iter().filter(|unit| !unit.homes.is_empty()) {
            for lot in self.lots_of_unit(&unit.seats) {
                if unit
                    .homes
                    .iter()
                    .any(|&home| self.lots_of_unit(&self.problem.units()[home].seats).contains(&lot))
                {
                    continue;
                }
                let homes: Vec<&str> = unit
                    .homes
                    .iter()
                    .map(|&home| self.problem.units()[home].name.as_str())
                    .collect();
                let message = format!(
                    "{} is in lot {}, which holds none of its groups: {}; it must go with one of them",
                    unit.name,
                    self.label(lot),
                    list(&homes, 4)
                );
                found.push(Violation {
                    rule: "attached",
                    lot: Some(lot),
                    message,
                    areas: self.areas_of(&unit.seats),
                });
            }
        }
        found
    }

    fn areas_of(&self, seats: &[usize]) -> Vec<usize> {
        seats.iter().map(|&seat| self.problem.seats()[seat].area).collect()
    }

    fn lots_of_unit(&self, seats: &[usize]) -> BTreeSet<usize> {
        seats.iter().filter_map(|&seat| self.plan.lot_of_seat(seat)).collect()
    }

    /// Contract value ≥ floor and participants ≥ floor, in whole numbers: envelope × volume ≥ floor × total.
    fn floor(&self) -> Vec<Violation> {
        let viability = self.problem.rules().viability;
        let heads = self.problem.counted_heads();
        self.each_lot("floor", |lot| {
            let money_short = viability
                .floor_gbp
                .filter(|floor| !self.money_reaches(lot.volume, *floor))
                .map(|floor| {
                    let value = self.problem.contract_value(lot.volume);
                    format!(
                        "is worth {}, {} below the floor of {}; give it more areas or merge it",
                        money(value),
                        money(floor - value),
                        money(floor)
                    )
                });
            let people_short = viability
                .floor_participants
                .filter(|floor| !self.people_reach(lot.volume, *floor))
                .map(|floor| {
                    format!(
                        "has {} {heads}, fewer than the floor of {}; give it more areas or merge it",
                        self.participants(lot.volume),
                        thousands(floor)
                    )
                });
            money_short.into_iter().chain(people_short).collect()
        })
    }

    /// After the fall each lot still reaches its floors: value × (1 − s) ≥ floor. What is below its floor to begin with is told there.
    fn survive(&self) -> Vec<Violation> {
        let viability = self.problem.rules().viability;
        let Some(fall) = viability.survive else {
            return Vec::new();
        };
        let heads = self.problem.counted_heads();
        self.each_lot("survive", |lot| {
            let left = |whole: i64| robust::after_fall(whole, lot.volume, fall);
            let reaches = |whole: i64, floor: i64| left(whole) >= robust::scaled(floor, self.problem.total());
            let after = percent(fall.fraction());
            let money_short = viability
                .floor_gbp
                .filter(|floor| self.money_reaches(lot.volume, *floor))
                .filter(|floor| !reaches(self.problem.funding().envelope.0, floor.0))
                .map(|floor| {
                    let value = money(self.problem.contract_value(lot.volume));
                    let left = money(robust::left_of(self.problem.contract_value(lot.volume), fall));
                    format!("is worth {value}, and {left} after a fall of {after}: below the floor of {}; give it more areas or merge it", money(floor))
                });
            let people_short = viability
                .floor_participants
                .filter(|floor| self.people_reach(lot.volume, *floor))
                .filter(|floor| !reaches(self.problem.funding().participants, *floor))
                .map(|floor| {
                    format!(
                        "has {} {heads}, and after a fall of {after} fewer than the floor of {}; give it more areas or merge it",
                        self.participants(lot.volume),
                        thousands(floor)
                    )
                });
            money_short.into_iter().chain(people_short).collect()
        })
    }

    /// Each lot reaches its floors with the chance that is asked. What is below its floor to begin with is told there.
    fn chance(&self) -> Vec<Violation> {
        let viability = self.problem.rules().viability;
        let Some(asked) = viability.assurance else {
            return Vec::new();
        };
        let floor = robust::floor(self.problem);
        let seats = self.plan.seats_by_lot();
        let found = seats.iter().enumerate().filter(|(index, seats)| {
            self.lots[*index].volume.0 >= floor && !robust::likely(self.problem, seats, floor, &asked)
        });
        found
            .map(|(index, seats)| Violation {
                rule: "chance",
                lot: Some(index),
                message: format!(
                    "lot {} reaches its floor with a chance of {}, less than the {} asked for; give it more areas or merge it",
                    self.label(index),
                    percent(robust::chance(self.problem, seats, floor, &asked)),
                    percent(asked.chance.fraction())
                ),
                areas: self.lots[index].areas.clone(),
            })
            .collect()
    }

    /// Contract value ≤ cap and participants ≤ cap, in whole numbers.
    fn cap(&self) -> Vec<Violation> {
        let viability = self.problem.rules().viability;
        let heads = self.problem.counted_heads();
        self.each_lot("cap", |lot| {
            let money_over = viability
                .cap_gbp
                .filter(|cap| self.money_passes(lot.volume, *cap))
                .map(|cap| {
                    let value = self.problem.contract_value(lot.volume);
                    format!(
                        "is worth {}, {} above the cap of {}; take areas from it or divide it",
                        money(value),
                        money(value - cap),
                        money(cap)
                    )
                });
            let people_over = viability
                .cap_participants
                .filter(|cap| self.people_pass(lot.volume, *cap))
                .map(|cap| {
                    format!(
                        "has {} {heads}, more than the cap of {}; take areas from it or divide it",
                        self.participants(lot.volume),
                        thousands(cap)
                    )
                });
            money_over.into_iter().chain(people_over).collect()
        })
    }

    /// The number of lots is within its limits.
    fn count(&self) -> Vec<Violation> {
        let (low, high) = self.problem.rules().count.limits();
        let lots = self.lots.len();
        if self.problem.rules().count == LotCount::Max {
            return Vec::new();
        }
        let message = match high {
            _ if lots < low => format!(
                "there are {}, fewer than the {low} asked for",
                counted(lots, "lot", "lots")
            ),
            Some(high) if lots > high => format!(
                "there are {}, more than the {high} asked for",
                counted(lots, "lot", "lots")
            ),
            _ => return Vec::new(),
        };
        vec![Violation {
            rule: "count",
            lot: None,
            message,
            areas: Vec::new(),
        }]
    }

    /// A lot is in one piece.
    fn contiguous(&self) -> Vec<Violation> {
        if !self.problem.rules().contiguous {
            return Vec::new();
        }
        self.each_lot("contiguous", |lot| {
            let apart: Vec<String> = lot
                .torn
                .iter()
                .skip(1)
                .map(|piece| list(&self.names(piece), 3))
                .collect();
            if apart.is_empty() {
                return Vec::new();
            }
            let help = "move the smaller pieces to lots that they touch, or allow a link";
            vec![format!(
                "is in {} pieces, {} apart from the rest; {help}",
                lot.torn.len(),
                apart.join(" and ")
            )]
        })
    }

    /// A group that is kept whole is in one lot.
    fn keep_whole(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        for group in &self.problem.rules().keep_whole {
            let lots = self.lots_of(group);
            if lots.len() > 1 {
                let message = format!(
                    "{} is cut: {} hold parts of it; it must be kept whole",
                    group.name,
                    self.lot_names(&lots)
                );
                found.push(Violation {
                    rule: "keep_whole",
                    lot: None,
                    message,
                    areas: group.areas.clone(),
                });
            }
        }
        found
    }

    /// No lot holds areas of both groups of a pair.
    fn never_together(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        for (one, other) in &self.problem.rules().never_together {
            let both = self.lots_of(one);
            for &lot in self.lots_of(other).intersection(&both) {
                let message = format!(
                    "lot {} holds areas of both {} and {}, which must never be together",
                    self.label(lot),
                    one.name,
                    other.name
                );
                let named = |area: &usize| one.areas.contains(area) || other.areas.contains(area);
                found.push(Violation {
                    rule: "never_together",
                    lot: Some(lot),
                    message,
                    areas: self.lots[lot].areas.iter().copied().filter(named).collect(),
                });
            }
        }
        found
    }

    /// A locked area is in the lot of its lock.
    fn locks(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        for lock in &self.problem.rules().locks {
            let name = &self.problem.areas()[lock.area].name;
            for &seat in self.problem.locked_seats(lock) {
                let lot = self.plan.lot_of_seat(seat);
                if lot.is_none_or(|lot| self.plan.lots()[lot] != lock.lot) {
                    let holder = lot.map_or("no lot".to_string(), |lot| format!("lot {}", self.label(lot)));
                    let message = format!("{name} is in {holder}; it is locked to lot {}", lock.lot);
                    found.push(Violation {
                        rule: "locks",
                        lot,
                        message,
                        areas: vec![lock.area],
                    });
                    break;
                }
            }
        }
        found
    }

    fn each_lot(&self, rule: &'static str, faults: impl Fn(&LotFacts) -> Vec<String>) -> Vec<Violation> {
        let mut found = Vec::new();
        for (index, lot) in self.lots.iter().enumerate() {
            for fault in faults(lot) {
                found.push(Violation {
                    rule,
                    lot: Some(index),
                    message: format!("lot {} {fault}", self.label(index)),
                    areas: if rule == "contiguous" {
                        apart(lot)
                    } else {
                        lot.areas.clone()
                    },
                });
            }
        }
        found
    }

    fn money_reaches(&self, volume: Volume, floor: Pence) -> bool {
        i128::from(self.problem.funding().envelope.0) * i128::from(volume.0)
            >= i128::from(floor.0) * i128::from(self.problem.total().0)
    }

    fn money_passes(&self, volume: Volume, cap: Pence) -> bool {
        i128::from(self.problem.funding().envelope.0) * i128::from(volume.0)
            > i128::from(cap.0) * i128::from(self.problem.total().0)
    }

    fn people_reach(&self, volume: Volume, floor: i64) -> bool {
        i128::from(self.problem.funding().participants) * i128::from(volume.0)
            >= i128::from(floor) * i128::from(self.problem.total().0)
    }

    fn people_pass(&self, volume: Volume, cap: i64) -> bool {
        i128::from(self.problem.funding().participants) * i128::from(volume.0)
            > i128::from(cap) * i128::from(self.problem.total().0)
    }

    fn participants(&self, volume: Volume) -> String {
        let total = self.problem.total().0.max(1) as f64;
        thousands((self.problem.funding().participants as f64 * volume.0 as f64 / total).round() as i64)
    }

    fn lots_of(&self, group: &Group) -> BTreeSet<usize> {
        let seats = group.areas.iter().flat_map(|&area| self.problem.seats_of_area(area));
        seats.filter_map(|&seat| self.plan.lot_of_seat(seat)).collect()
    }

    fn label(&self, lot: usize) -> &str {
        self.plan.lots()[lot].as_str()
    }

    fn lot_names(&self, lots: &BTreeSet<usize>) -> String {
        let labels: Vec<&str> = lots.iter().map(|&lot| self.label(lot)).collect();
        format!("lots {}", list(&labels, 6))
    }

    fn names(&self, areas: &[usize]) -> Vec<&str> {
        areas
            .iter()
            .map(|&area| self.problem.areas()[area].name.as_str())
            .collect()
    }
}

/// Areas of all pieces of a lot but the greatest, in order.
fn apart(lot: &LotFacts) -> Vec<usize> {
    let mut areas: Vec<usize> = lot.torn.iter().skip(1).flatten().copied().collect();
    areas.sort_unstable();
    areas
}
