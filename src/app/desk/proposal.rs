//! A Proposal is what the optimiser found, held against what is drawn: a difference to be looked at, and adopted whole or in part.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::board::Board;
use super::history::Kind;
use super::state::{Judgement, LotSeen, lots_seen, seen_lots_of_seats};
use super::strokes::with_plan;
use super::{Desk, DeskError};
use crate::app::compare::{assign, common_volumes};
use crate::domain::{Finding, LotId, Plan, Problem, Volume};

/// What the optimiser found.
pub struct Proposal {
    id: u64,
    /// What it was asked.
    word: &'static str,
    /// The plan, its lots labelled as those of the board that they match.
    plan: Plan,
}

/// A proposal as a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposalAnswer {
    id: u64,
    moves: Vec<ProposedMove>,
    people_moved: f64,
    areas_moved: usize,
    areas_placed: usize,
    value_moved_gbp: f64,
    lot_of_seat: Vec<Option<usize>>,
    lots: Vec<LotSeen>,
    command: String,
}

/// An area that the proposal moves or places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposedMove {
    area: usize,
    code: String,
    name: String,
    seats: Vec<usize>,
    from: Option<String>,
    to: Option<String>,
    volume: f64,
    contract_value_gbp: f64,
}

/// What is to be adopted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptAsked {
    /// The proposal.
    pub proposal: u64,
    /// The seats of it; all without.
    #[serde(default)]
    pub seats: Option<Vec<usize>>,
}

impl Desk {
    /// A plan on the board, its lots labelled and coloured as those that they have most people in common with.
    pub(super) fn matched(&self, plan: &Plan) -> Board {
        matched(&self.case.problem, &self.board, plan)
    }

    /// Holds a plan that was found against what is drawn, and keeps it to be adopted.
    pub fn propose(&mut self, word: &'static str, plan: &Plan, command: String) -> ProposalAnswer {
        let board = self.matched(plan);
        let judged = Judgement::of(&self.case, &board);
        self.proposals += 1;
        self.proposal = Some(Proposal {
            id: self.proposals,
            word,
            plan: board.plan(),
        });
        let moves = moves(&self.case.problem, &self.board, &board);
        let of_lots = || moves.iter().filter(|one| one.from.is_some());
        ProposalAnswer {
            id: self.proposals,
            people_moved: of_lots().map(|one| one.volume).sum(),
            areas_moved: of_lots().count(),
            areas_placed: moves.len() - of_lots().count(),
            value_moved_gbp: of_lots().map(|one| one.contract_value_gbp).sum(),
            lot_of_seat: seen_lots_of_seats(&board),
            lots: lots_seen(&self.case, &board, &judged),
            moves,
            command,
        }
    }

    /// What the optimiser found last, on a board.
    pub(super) fn proposed(&self) -> Result<Board, DeskError> {
        let proposal = self.proposal.as_ref().ok_or_else(|| {
            let help = "ask the optimiser first";
            DeskError::Missing(Finding::error("W204", "proposal", "is not there", help))
        })?;
        Ok(self.matched(&proposal.plan))
    }

    /// Adopts the proposal, or some seats of it; locked seats stay. One entry of the history.
    ///
    /// # Errors
    /// A proposal that is not there any more, or a seat that is not there.
    pub fn adopt(&mut self, asked: &AdoptAsked) -> Result<(), DeskError> {
        let Some(proposal) = self.proposal.as_ref().filter(|proposal| proposal.id == asked.proposal) else {
            let help = "ask the optimiser again";
            let message = "is no proposal that waits to be adopted";
            return Err(DeskError::Missing(Finding::error(
                "W204",
                asked.proposal.to_string(),
                message,
                help,
            )));
        };
        let chosen: Option<BTreeSet<usize>> = asked.seats.as_ref().map(|seats| seats.iter().copied().collect());
        self.known_seats(asked.seats.as_deref().unwrap_or_default())?;
        let (word, plan) = (proposal.word, self.chosen(&proposal.plan, chosen.as_ref()));
        let base = self.history.board_without_undone(&self.board);
        let target = with_plan(&self.case.problem, &base, &plan);
        let emptied: Vec<usize> = base
            .lots_there()
            .into_iter()
            .filter(|lot| base.lot_of_seat.contains(&Some(*lot)) && !target.lot_of_seat.contains(&Some(*lot)))
            .collect();
        let part = if chosen.is_some() { "part of " } else { "" };
        let told = super::words::adopted(&self.case.problem, &base, &target);
        let words = format!("Adopted {part}{word}: {told}");
        self.enter_board(Kind::Adopt, &base, target, &emptied, None, words)
    }

    /// The plan with every seat of the proposal that is chosen and free where the proposal has it, and all others where they are.
    fn chosen(&self, proposed: &Plan, chosen: Option<&BTreeSet<usize>>) -> Plan {
        let mut labels: Vec<LotId> = Vec::new();
        let mut number = |label: &LotId| {
            labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            })
        };
        let board = &self.board;
        let lot_of_seat: Vec<Option<usize>> = (0..board.lot_of_seat.len())
            .map(|seat| {
                let takes = !board.holds(seat) && chosen.is_none_or(|chosen| chosen.contains(&seat));
                let label = match takes {
                    true => proposed.lot_of_seat(seat).map(|lot| &proposed.lots()[lot]),
                    false => board.lot_of_seat[seat].map(|lot| &board.lots[lot].label),
                };
                label.map(&mut number)
            })
            .collect();
        Plan::labelled(&labels, &lot_of_seat)
    }
}

/// A plan on a board, its lots labelled and coloured as those that they have most people in common with; lots that hold a locked seat are matched before all others.
pub(super) fn matched(problem: &Problem, board: &Board, plan: &Plan) -> Board {
    let drawn = board.plan();
    let mut common = common_volumes(problem, &drawn, plan);
    let before_all = problem.total() + Volume(1);
    for seat in (0..problem.seats().len()).filter(|&seat| board.holds(seat)) {
        if let (Some(from), Some(to)) = (drawn.lot_of_seat(seat), plan.lot_of_seat(seat)) {
            common[to][from] = common[to][from].max(before_all);
        }
    }
    let partner = assign(&common, drawn.lots().len(), plan.lots().len());
    let mut taken: BTreeSet<LotId> = board
        .lots_there()
        .into_iter()
        .map(|lot| board.lots[lot].label.clone())
        .collect();
    let mut free = (1..).map(|number: usize| LotId::new(&number.to_string()));
    let mut labels = Vec::with_capacity(plan.lots().len());
    for (lot, own) in plan.lots().iter().enumerate() {
        let label = match partner[lot] {
            Some(to) => drawn.lots()[to].clone(),
            None if is_name(own) && !taken.contains(own) => own.clone(),
            None => free.find(|label| !taken.contains(label)).unwrap_or_else(|| own.clone()),
        };
        taken.insert(label.clone());
        labels.push(label);
    }
    let lot_of_seat: Vec<Option<usize>> = (0..problem.seats().len()).map(|seat| plan.lot_of_seat(seat)).collect();
    with_plan(problem, board, &Plan::labelled(&labels, &lot_of_seat))
}

/// Whether a label is more than a number: numbers are given anew, so that they follow one another.
fn is_name(label: &LotId) -> bool {
    label.as_str().parse::<u64>().is_err()
}

/// Every area that goes from one lot to another, or is placed in one, in code order.
fn moves(problem: &Problem, before: &Board, after: &Board) -> Vec<ProposedMove> {
    let label = |board: &Board, seat: usize| board.lot_of_seat[seat].map(|lot| board.lots[lot].label.to_string());
    let mut moved: BTreeMap<(usize, Option<String>, Option<String>), Vec<usize>> = BTreeMap::new();
    for (seat, it) in problem.seats().iter().enumerate() {
        let (from, to) = (label(before, seat), label(after, seat));
        if from != to {
            moved.entry((it.area, from, to)).or_default().push(seat);
        }
    }
    let one = |((area, from, to), seats): ((usize, Option<String>, Option<String>), Vec<usize>)| {
        let volume = super::words::volume(problem, &seats);
        ProposedMove {
            area,
            code: problem.areas()[area].code.to_string(),
            name: problem.areas()[area].name.clone(),
            seats,
            from,
            to,
            volume: volume.as_people(),
            contract_value_gbp: problem.contract_value(volume).as_pounds(),
        }
    };
    moved.into_iter().map(one).collect()
}
