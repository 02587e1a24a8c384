//! Names of seats in files: the code of the area, with its unit behind it where the area has several seats.

use std::collections::HashMap;

use crate::domain::Problem;

/// What seats are called in the journal, and which seat is called so.
pub struct SeatNames {
    names: Vec<String>,
    seats: HashMap<String, usize>,
}

impl SeatNames {
    /// `E07000163`, or `E07000163@Leeds City Region` for one of several seats.
    pub fn new(problem: &Problem) -> Self {
        let name = |seat: &crate::domain::Seat| {
            let code = &problem.areas()[seat.area].code;
            match problem.seats_of_area(seat.area) {
                [_] => code.to_string(),
                _ => format!("{code}@{}", problem.units()[seat.unit].id),
            }
        };
        let names: Vec<String> = problem.seats().iter().map(name).collect();
        let seats = names.iter().cloned().zip(0..).collect();
        Self { names, seats }
    }

    /// What a seat is called.
    pub fn of(&self, seat: usize) -> &str {
        &self.names[seat]
    }

    /// The seat of that name.
    pub fn seat(&self, name: &str) -> Option<usize> {
        self.seats.get(name).copied()
    }
}
