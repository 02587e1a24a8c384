//! A Board is the plan under the hand: seats in lots, lots with their colours, and what is locked.

use std::collections::BTreeSet;

use crate::domain::{LotId, Plan, Problem};
use crate::report::free_colour;

/// A lot of the board. Its place in the list and its colour are its own for as long as it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardLot {
    /// Its label.
    pub label: LotId,
    /// Its colour, as an index into the palette.
    pub colour: usize,
    /// Whether the seats that it holds stay in it.
    pub locked: bool,
    /// Whether it is there: a lot that was taken off keeps its place for whoever undoes that.
    pub there: bool,
}

/// One thing that changed, with what it was before, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A lot was made; it stands last.
    Made(usize),
    /// A lot was taken off.
    Gone(usize),
    /// A seat went from one lot (or none) to another (or none).
    Seat {
        /// The seat.
        seat: usize,
        /// Its lot before.
        from: Option<usize>,
        /// Its lot after.
        to: Option<usize>,
    },
    /// A seat was locked, or set free.
    SeatLock(usize, bool),
    /// A lot was locked, or set free.
    LotLock(usize, bool),
    /// A lot took another label.
    Label {
        /// The lot.
        lot: usize,
        /// Its label before.
        from: LotId,
        /// Its label after.
        to: LotId,
    },
    /// Keys of the scenario were set, `key=value` each.
    Sets {
        /// Those before.
        from: Box<[String]>,
        /// Those after.
        to: Box<[String]>,
    },
}

/// The plan under the hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// Every lot that was made, those that were taken off among them.
    pub lots: Vec<BoardLot>,
    /// For every seat its lot, if it is in one.
    pub lot_of_seat: Vec<Option<usize>>,
    /// For every seat whether it is locked by itself.
    pub locked: Vec<bool>,
}

impl Board {
    /// A board with no lot.
    pub fn empty(seats: usize) -> Self {
        Self {
            lots: Vec::new(),
            lot_of_seat: vec![None; seats],
            locked: vec![false; seats],
        }
    }

    /// Lots that are there, by their places.
    pub fn lots_there(&self) -> Vec<usize> {
        (0..self.lots.len()).filter(|&lot| self.lots[lot].there).collect()
    }

    /// The lot of that label.
    pub fn lot(&self, label: &str) -> Option<usize> {
        let mut lots = self.lots.iter();
        lots.position(|lot| lot.there && lot.label.as_str() == label)
    }

    /// Whether a seat must stay where it is.
    pub fn holds(&self, seat: usize) -> bool {
        self.locked[seat] || self.lot_of_seat[seat].is_some_and(|lot| self.lots[lot].locked)
    }

    /// The plan, its lots in the order of their first seats; lots without a seat are not in it.
    pub fn plan(&self) -> Plan {
        let labels: Vec<LotId> = self.lots.iter().map(|lot| lot.label.clone()).collect();
        Plan::labelled(&labels, &self.lot_of_seat)
    }

    /// The least whole number that labels no lot.
    pub fn free_label(&self) -> LotId {
        let taken: BTreeSet<&str> = self.there().map(|lot| lot.label.as_str()).collect();
        let mut numbers = (1..).map(|number: usize| number.to_string());
        LotId::new(
            &numbers
                .find(|number| !taken.contains(number.as_str()))
                .unwrap_or_default(),
        )
    }

    /// Makes a lot with a colour of its own, apart from the lots around `seats`; gives its place. The history must hear of it by [`Change::Made`].
    pub fn make(&mut self, problem: &Problem, label: LotId, seats: &[usize]) -> usize {
        let colour = self.colour_for(problem, seats);
        self.lots.push(BoardLot {
            label,
            colour,
            locked: false,
            there: true,
        });
        self.lots.len() - 1
    }

    /// A colour that no lot around `seats` has, and of those the one that is used least.
    fn colour_for(&self, problem: &Problem, seats: &[usize]) -> usize {
        let mut around = BTreeSet::new();
        for &seat in seats {
            for &unit in problem.unit_adjacency().neighbours(problem.seats()[seat].unit) {
                let lots = problem.units()[unit].seats.iter();
                around.extend(lots.filter_map(|&other| self.lot_of_seat[other]));
            }
        }
        let around: Vec<usize> = around.into_iter().map(|lot| self.lots[lot].colour).collect();
        let used: Vec<usize> = self.there().map(|lot| lot.colour).collect();
        free_colour(&around, &used)
    }

    fn there(&self) -> impl Iterator<Item = &BoardLot> {
        self.lots.iter().filter(|lot| lot.there)
    }

    /// Does a change; what is set of the scenario is no business of the board.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Made(lot) => self.lots[*lot].there = true,
            Change::Gone(lot) => self.lots[*lot].there = false,
            Change::Seat { seat, to, .. } => self.lot_of_seat[*seat] = *to,
            Change::SeatLock(seat, locked) => self.locked[*seat] = *locked,
            Change::LotLock(lot, locked) => self.lots[*lot].locked = *locked,
            Change::Label { lot, to, .. } => self.lots[*lot].label = to.clone(),
            Change::Sets { .. } => {}
        }
    }

    /// Takes a change back.
    pub fn take_back(&mut self, change: &Change) {
        match change {
            Change::Made(lot) => self.lots[*lot].there = false,
            Change::Gone(lot) => self.lots[*lot].there = true,
            Change::Seat { seat, from, .. } => self.lot_of_seat[*seat] = *from,
            Change::SeatLock(seat, locked) => self.locked[*seat] = !*locked,
            Change::LotLock(lot, locked) => self.lots[*lot].locked = !*locked,
            Change::Label { lot, from, .. } => self.lots[*lot].label = from.clone(),
            Change::Sets { .. } => {}
        }
    }
}
