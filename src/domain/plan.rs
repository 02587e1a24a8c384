//! A Plan puts every seat in one lot, or in none.

use super::{LotId, Problem};

/// Which lot holds each seat of a [`Problem`] (a seat is an area in one of its units). A plan by itself claims nothing:
/// only the judge says whether it obeys the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    lots: Vec<LotId>,
    lot_of_seat: Vec<Option<usize>>,
}

impl Plan {
    /// A plan from a label for every lot and, for every seat, the index of its lot.
    ///
    /// Labels are kept; lots without a seat are dropped; lots stand in the order of their first seat.
    ///
    /// # Panics
    /// If a seat names a lot that has no label.
    pub fn labelled(lots: &[LotId], lot_of_seat: &[Option<usize>]) -> Self {
        let mut place = vec![None; lots.len()];
        let mut kept = Vec::new();
        for &lot in lot_of_seat.iter().flatten() {
            place[lot].get_or_insert_with(|| {
                kept.push(lots[lot].clone());
                kept.len() - 1
            });
        }
        let lot_of_seat = lot_of_seat.iter().map(|lot| lot.and_then(|lot| place[lot])).collect();
        Self {
            lots: kept,
            lot_of_seat,
        }
    }

    /// The canonical plan of a partition of the units: `lot_of_unit[u]` is any number that names the lot of unit `u`.
    ///
    /// A lot that holds a locked area takes the lot of that lock as its label; the others are numbered from 1 by their first area in
    /// code order, passing over numbers that a lock has taken. Equal partitions give equal plans.
    pub fn from_units(problem: &Problem, lot_of_unit: &[usize]) -> Self {
        let lots = lot_of_unit.iter().max().map_or(0, |&most| most + 1);
        let lot_of_seat: Vec<usize> = problem.seats().iter().map(|seat| lot_of_unit[seat.unit]).collect();
        let mut labels: Vec<Option<LotId>> = vec![None; lots];
        for lock in &problem.rules().locks {
            for &seat in problem.locked_seats(lock) {
                labels[lot_of_seat[seat]].get_or_insert_with(|| lock.lot.clone());
            }
        }
        let taken: Vec<LotId> = problem.rules().locks.iter().map(|lock| lock.lot.clone()).collect();
        let mut free = (1..)
            .map(|k: usize| LotId::new(&k.to_string()))
            .filter(|label| !taken.contains(label));
        let mut ids = Vec::with_capacity(lots);
        for &lot in &lot_of_seat {
            if labels[lot].is_none() {
                labels[lot] = free.next();
            }
        }
        for label in labels {
            ids.push(label.unwrap_or_else(|| LotId::new("")));
        }
        Self::labelled(&ids, &lot_of_seat.into_iter().map(Some).collect::<Vec<_>>())
    }

    /// Labels of the lots, in the order of their first area.
    pub fn lots(&self) -> &[LotId] {
        &self.lots
    }

    /// Index of the lot that holds `seat`, if any does.
    pub fn lot_of_seat(&self, seat: usize) -> Option<usize> {
        self.lot_of_seat[seat]
    }

    /// The seats of every lot, each list in seat order.
    pub fn seats_by_lot(&self) -> Vec<Vec<usize>> {
        let mut seats = vec![Vec::new(); self.lots.len()];
        for (seat, lot) in self.lot_of_seat.iter().enumerate() {
            if let Some(lot) = *lot {
                seats[lot].push(seat);
            }
        }
        seats
    }
}
