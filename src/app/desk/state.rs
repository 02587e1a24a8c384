//! The State is what every change answers: lots, totals, goals and problems as the judge counts them, and what undo and redo would do.

use std::collections::BTreeSet;

use serde::Serialize;

use super::board::Board;
use super::folder::PLAN;
use super::problems::{ProblemSeen, problems};
use super::{Desk, journal};
use crate::app::answer::{counted_goals, lot_answers};
use crate::app::load::Case;
use crate::domain::words::{count, list};
use crate::domain::{Pence, Volume};
use crate::report::words::measured;
use crate::value::{deals, lots};
use crate::verify::{VerifiedPlan, judge};

/// Most entries of the history in one answer.
const MOST_ENTRIES: usize = 1000;

/// A desk after a change.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Counts changes.
    pub revision: u64,
    /// Entries of the history that are done.
    pub cursor: usize,
    /// Entries of the history.
    pub entries: usize,
    /// The name that the stroke gave itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// For every seat its lot, as an index into `lots`; absent where the asker knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot_of_seat: Option<Vec<Option<usize>>>,
    /// Every lot, those without a seat among them.
    pub lots: Vec<LotSeen>,
    /// What is in no lot.
    pub unassigned: Sums,
    /// Seats that are locked by themselves.
    pub locked_seats: Vec<usize>,
    /// Sums over all areas.
    pub totals: TotalsSeen,
    /// The least contract value of a lot, in pounds, a fall that it must survive heeded.
    pub floor_gbp: Option<f64>,
    /// The greatest contract value of a lot, in pounds.
    pub cap_gbp: Option<f64>,
    /// The fewest participants of a lot.
    pub participants_floor: Option<i64>,
    /// The most participants of a lot.
    pub participants_cap: Option<i64>,
    /// Whether lots must be in one piece.
    pub contiguous: bool,
    /// The number of lots and the goals, as the judge counts them.
    pub goals: Vec<GoalSeen>,
    /// Rules that are broken, with what would mend them.
    pub problems: Vec<ProblemSeen>,
    /// What undo and redo would do.
    pub history: Beside,
    /// The command that says the same of the plan.
    pub command: String,
}

/// A lot on the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LotSeen {
    /// Its label.
    pub lot_id: String,
    /// A name from its largest members; empty without a seat.
    pub name: String,
    /// Its colour, as an index into the palette.
    pub colour: usize,
    /// Whether its seats stay.
    pub locked: bool,
    /// Number of its areas.
    pub areas: usize,
    /// People.
    pub volume: f64,
    /// Participants of the programme.
    pub participants: f64,
    /// Contract value, in pounds.
    pub contract_value_gbp: f64,
    /// Contract value less the floor, in pounds.
    pub floor_margin_gbp: Option<f64>,
    /// Pieces in which it falls, links counted as joins.
    pub pieces: usize,
    /// Deals that it holds a part of and not the whole.
    pub cuts: Vec<String>,
    /// `ok`, `empty`, or the first rule that it breaks: `below_floor`, `after_fall`, `chance`, `above_cap`, `pieces`, `breaks_rule`; `cuts_deal` where it breaks none.
    pub status: &'static str,
    /// The same for people, all that is to be said.
    pub words: String,
}

/// Sums over some areas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sums {
    /// Number of areas.
    pub areas: usize,
    /// People.
    pub volume: f64,
    /// Contract value, in pounds.
    pub contract_value_gbp: f64,
}

/// Sums over all areas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TotalsSeen {
    /// People.
    pub volume: f64,
    /// People in lots.
    pub assigned_volume: f64,
    /// The envelope, in pounds.
    pub contract_value_gbp: f64,
    /// Participants of the programme.
    pub participants: f64,
    /// Number of areas.
    pub areas: usize,
    /// Number of lots with a seat.
    pub lots: usize,
    /// Part of the people in deals of status `co-design`.
    pub deal_share: f64,
    /// Number of deals that lie whole in a lot.
    pub deals_whole: usize,
    /// Number of deals.
    pub deals: usize,
}

/// A goal on the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoalSeen {
    /// `lots`, `deal_splits`, `travel`, `border` or `imbalance`.
    pub name: String,
    /// Its value.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// The value in words.
    pub words: String,
}

/// What stands beside the cursor of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// What an undo takes back.
    pub undo: Option<String>,
    /// What a redo does again.
    pub redo: Option<String>,
}

/// Some entries of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistoryAnswer {
    /// Entries that are done.
    pub cursor: usize,
    /// Entries in all.
    pub total: usize,
    /// Those asked for, the first first.
    pub entries: Vec<EntrySeen>,
}

/// An entry of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntrySeen {
    /// Its place.
    pub index: usize,
    /// Its kind.
    pub kind: &'static str,
    /// What was done.
    pub words: String,
    /// Seconds since then.
    pub seconds_ago: u64,
}

/// A board as the judge sees it.
pub struct Judgement {
    /// The plan, judged.
    pub plan: VerifiedPlan,
    /// For every lot of the board its index in the plan.
    pub in_plan: Vec<Option<usize>>,
}

impl Judgement {
    /// Has the plan of a board judged.
    pub fn of(case: &Case, board: &Board) -> Self {
        let plan = judge(&case.problem, board.plan());
        let mut in_plan = vec![None; board.lots.len()];
        for (seat, lot) in board.lot_of_seat.iter().enumerate() {
            if let Some(lot) = *lot {
                in_plan[lot] = plan.plan().lot_of_seat(seat);
            }
        }
        Self { plan, in_plan }
    }
}

impl Desk {
    /// The whole state.
    pub fn state(&self) -> State {
        self.state_with(None, true)
    }

    /// The state after a stroke; without the lot of every seat where the asker has seen all but that stroke.
    pub fn state_after(&self, asked: &super::StrokeAsked, before: u64) -> State {
        let knows = asked.delta && asked.revision == Some(before);
        self.state_with(asked.id.clone(), !knows)
    }

    /// Counts changes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn state_with(&self, id: Option<String>, seats: bool) -> State {
        let (case, board) = (&*self.case, &self.board);
        let judged = Judgement::of(case, board);
        let viability = &case.problem.rules().viability;
        State {
            revision: self.revision,
            cursor: self.history.cursor(),
            entries: self.history.entries().len(),
            id,
            lot_of_seat: seats.then(|| seen_lots_of_seats(board)),
            lots: lots_seen(case, board, &judged),
            unassigned: unassigned(case, board),
            locked_seats: (0..board.locked.len()).filter(|&seat| board.locked[seat]).collect(),
            totals: totals(case, board, &judged.plan),
            floor_gbp: case.problem.least_value().map(Pence::as_pounds),
            cap_gbp: viability.cap_gbp.map(Pence::as_pounds),
            participants_floor: viability.floor_participants,
            participants_cap: viability.cap_participants,
            contiguous: case.problem.rules().contiguous,
            goals: goals(&judged.plan),
            problems: problems(case, board, &judged, &self.scene, self.history.last()),
            history: Beside {
                undo: self.history.last().map(|entry| entry.words.to_string()),
                redo: self.history.next().map(|entry| entry.words.to_string()),
            },
            command: self.command(
                "evaluate",
                &format!(" --plan {}", shown(&self.folder.file(PLAN).display().to_string())),
            ),
        }
    }

    /// A command line for the scenario as it is set: `rest` comes behind the keys.
    pub(super) fn command(&self, command: &str, rest: &str) -> String {
        let sets: String = self
            .sets
            .all()
            .iter()
            .map(|set| format!(" --set {}", shown(set)))
            .collect();
        format!(
            "lotwright {command} {}{sets}{rest}",
            shown(&self.rejoin.path.display().to_string())
        )
    }

    /// Entries of the history from an index on; `None`: the last ones.
    pub fn history(&self, from: Option<usize>, count: usize) -> HistoryAnswer {
        let total = self.history.entries().len();
        let count = count.min(MOST_ENTRIES);
        let from = from.unwrap_or(total.saturating_sub(count)).min(total);
        let now = journal::now();
        let seen = |(index, entry): (usize, &super::history::Entry)| EntrySeen {
            index,
            kind: entry.kind.word(),
            words: entry.words.to_string(),
            seconds_ago: now.saturating_sub(entry.at),
        };
        HistoryAnswer {
            cursor: self.history.cursor(),
            total,
            entries: self
                .history
                .entries()
                .iter()
                .enumerate()
                .skip(from)
                .take(count)
                .map(seen)
                .collect(),
        }
    }
}

/// A word of a command line, in quotes where a shell would take it apart.
pub(super) fn shown(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// For every seat its lot, counted among the lots that are there.
pub(super) fn seen_lots_of_seats(board: &Board) -> Vec<Option<usize>> {
    let mut place = vec![None; board.lots.len()];
    for (index, lot) in board.lots_there().into_iter().enumerate() {
        place[lot] = Some(index);
    }
    board
        .lot_of_seat
        .iter()
        .map(|lot| lot.and_then(|lot| place[lot]))
        .collect()
}

/// The lots that are there.
pub(super) fn lots_seen(case: &Case, board: &Board, judged: &Judgement) -> Vec<LotSeen> {
    let problem = &case.problem;
    let deals = deals(problem, &judged.plan);
    let answers = lot_answers(problem, &judged.plan, &lots(problem, &judged.plan), &deals);
    let seen = |lot: usize| {
        let it = &board.lots[lot];
        let empty = LotSeen {
            lot_id: it.label.to_string(),
            name: String::new(),
            colour: it.colour,
            locked: it.locked,
            areas: 0,
            volume: 0.0,
            participants: 0.0,
            contract_value_gbp: 0.0,
            floor_margin_gbp: None,
            pieces: 0,
            cuts: Vec::new(),
            status: "empty",
            words: "Empty".into(),
        };
        let Some(index) = judged.in_plan[lot] else { return empty };
        let answer = &answers[index];
        let cut = deals
            .iter()
            .zip(problem.deals())
            .filter(|(deal, _)| !deal.whole && deal.lots.iter().any(|(holder, _)| *holder == index));
        let cuts: Vec<String> = cut.map(|(_, deal)| deal.name.clone()).collect();
        let (status, words) = standing(&judged.plan, index, &cuts);
        LotSeen {
            name: answer.name.clone(),
            areas: answer.areas.len(),
            volume: answer.volume,
            participants: answer.participants,
            contract_value_gbp: answer.contract_value_gbp,
            floor_margin_gbp: answer.floor_margin_gbp,
            pieces: answer.pieces,
            cuts,
            status,
            words,
            ..empty
        }
    };
    board.lots_there().into_iter().map(seen).collect()
}

/// How a lot stands: one word for programs, and all that is to be said for people.
fn standing(plan: &VerifiedPlan, lot: usize, cuts: &[String]) -> (&'static str, String) {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let pieces = plan.lots()[lot].torn.len();
    let broken: BTreeSet<&str> = plan
        .violations()
        .iter()
        .filter(|v| v.lot == Some(lot))
        .map(|v| v.rule)
        .collect();
    for (rule, status, words) in [
        ("floor", "below_floor", "Below floor".to_string()),
        ("survive", "after_fall", "Below floor after a fall".into()),
        ("chance", "chance", "Chance too small".into()),
        ("cap", "above_cap", "Above cap".into()),
        ("contiguous", "pieces", count(pieces, "piece", "pieces")),
        ("attached", "breaks_rule", "Apart from its group".into()),
        ("never_together", "breaks_rule", "Holds what must be apart".into()),
        ("locks", "breaks_rule", "Breaks a lock".into()),
    ] {
        if broken.contains(rule) {
            told.push((status, words));
        }
    }
    if !cuts.is_empty() {
        told.push(("cuts_deal", format!("Cuts {}", list(cuts, 2))));
    }
    let words: Vec<&str> = told.iter().map(|(_, words)| words.as_str()).collect();
    match told.first() {
        None => ("ok", "OK".into()),
        Some((status, _)) => (status, words.join(", ")),
    }
}

fn unassigned(case: &Case, board: &Board) -> Sums {
    let open = |seat: &usize| board.lot_of_seat[*seat].is_none();
    let seats: Vec<usize> = (0..board.lot_of_seat.len()).filter(open).collect();
    let areas: BTreeSet<usize> = seats.iter().map(|&seat| case.problem.seats()[seat].area).collect();
    let volume = super::words::volume(&case.problem, &seats);
    Sums {
        areas: areas.len(),
        volume: volume.as_people(),
        contract_value_gbp: case.problem.contract_value(volume).as_pounds(),
    }
}

fn totals(case: &Case, board: &Board, plan: &VerifiedPlan) -> TotalsSeen {
    let all = case.totals();
    let placed = board.lot_of_seat.iter().zip(case.problem.seats());
    let assigned: Volume = placed
        .filter(|(lot, _)| lot.is_some())
        .map(|(_, seat)| seat.volume)
        .sum();
    let deals = deals(&case.problem, plan);
    TotalsSeen {
        volume: all.volume,
        assigned_volume: assigned.as_people(),
        contract_value_gbp: all.contract_value_gbp,
        participants: all.participants,
        areas: case.problem.areas().len(),
        lots: plan.lots().len(),
        deal_share: all.deal_share,
        deals_whole: deals.iter().filter(|deal| deal.whole).count(),
        deals: deals.len(),
    }
}

fn goals(plan: &VerifiedPlan) -> Vec<GoalSeen> {
    let seen = |goal: crate::report::GoalAnswer| GoalSeen {
        words: goal.value.map_or_else(String::new, |value| measured(value, &goal.unit)),
        name: goal.name,
        value: goal.value,
        unit: goal.unit,
    };
    counted_goals(plan).into_iter().map(seen).collect()
}
