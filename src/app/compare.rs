//! Compares plans: lots relabelled to match the first plan, every move listed.

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;
use serde::Serialize;

use super::load::Case;
use super::outputs::Files;
use super::plans::Judged;
use crate::domain::{LotId, Plan, Problem, Volume};
use crate::report::Answer;
use crate::verify::{VerifiedPlan, judge};

/// Designs side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// `lotwright/compare/1`.
    pub schema: String,
    /// Names of the plan files, in the order of `plans`.
    pub files: Vec<String>,
    /// The answers, lots relabelled to match the first.
    pub plans: Vec<Answer>,
    /// Which lot of which plan took which label.
    pub matches: Vec<Matched>,
    /// Every area that is in another lot than in the first plan.
    pub moves: Vec<Move>,
    /// Seconds it took.
    pub seconds: f64,
}

/// A lot of a later plan that was matched with one of the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matched {
    /// Index of the plan in `plans`.
    pub plan: usize,
    /// The label in the file.
    pub lot_id: String,
    /// The label here: that of the matched lot of the first plan, or its own where none is left.
    pub label: String,
    /// People in both lots.
    pub common_volume: f64,
    /// Whether there is a lot to match.
    pub matched: bool,
}

/// An area that is in another lot than in the first plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Move {
    /// Index of the plan in `plans`.
    pub plan: usize,
    /// The area.
    pub area_code: String,
    /// Its name.
    pub area_name: String,
    /// Lot in the first plan; null where it is in none.
    pub from: Option<String>,
    /// Lot in this plan, by its label here; null where it is in none.
    pub to: Option<String>,
    /// People who move.
    pub volume: f64,
    /// Contract value that goes with them, in pounds.
    pub contract_value_gbp: f64,
    /// Participants who go with them.
    pub participants: f64,
}

impl Case {
    /// Compares plans with the first of them.
    pub fn compare(&self, plans: Vec<Judged>) -> Comparison {
        let began = std::time::Instant::now();
        let mut comparison = Comparison {
            schema: "lotwright/compare/1".into(),
            files: plans.iter().map(|plan| plan.input.file.clone()).collect(),
            plans: Vec::new(),
            matches: Vec::new(),
            moves: Vec::new(),
            seconds: 0.0,
        };
        let first = plans.first().map(|first| first.plan.plan().clone());
        for (k, judged) in plans.into_iter().enumerate() {
            let Some(first) = first.as_ref().filter(|_| k > 0) else {
                comparison.plans.push(self.answer_of_plan(&judged, &judged.plan, 0.0));
                continue;
            };
            let (relabelled, matches) = relabel(&self.problem, first, judged.plan.plan(), k);
            comparison.matches.extend(matches);
            comparison.moves.extend(moves(&self.problem, first, &relabelled, k));
            comparison.plans.push(self.answer_relabelled(&judged, relabelled));
        }
        comparison.seconds = began.elapsed().as_secs_f64();
        comparison
    }

    /// The plans with lots relabelled to match the first.
    pub(super) fn matched(&self, plans: &[Judged]) -> Vec<VerifiedPlan> {
        let Some(first) = plans.first() else {
            return Vec::new();
        };
        let others = plans[1..]
            .iter()
            .map(|judged| self.relabelled(&first.plan, &judged.plan));
        std::iter::once(first.plan.clone()).chain(others).collect()
    }

    /// A plan with its lots relabelled to match those of `first`.
    pub(super) fn relabelled(&self, first: &VerifiedPlan, plan: &VerifiedPlan) -> VerifiedPlan {
        judge(&self.problem, relabel(&self.problem, first.plan(), plan.plan(), 1).0)
    }

    /// The answer of a relabelled plan. Locks are held against the labels of the file, so its violations are those of the plan as given.
    fn answer_relabelled(&self, judged: &Judged, relabelled: Plan) -> Answer {
        let given = self.answer_of_plan(judged, &judged.plan, 0.0);
        let mut answer = self.answer_of_plan(judged, &judge(&self.problem, relabelled), 0.0);
        (answer.status, answer.violations) = (given.status, given.violations);
        answer
    }
}

impl Comparison {
    /// The files of a comparison: all of it as JSON, and the moves as a table.
    ///
    /// # Errors
    /// What the writers report; writing to memory does not fail in practice.
    pub fn files_to_write(&self) -> Result<Files, Box<dyn std::error::Error>> {
        let mut moves = csv::Writer::from_writer(Vec::new());
        for one in &self.moves {
            moves.serialize(one)?;
        }
        let json = serde_json::to_vec_pretty(self)?;
        Ok(vec![("comparison.json", json), ("moves.csv", moves.into_inner()?)])
    }
}

/// Gives each lot of `plan` the label of the lot of `first` with which it shares volume, so that the volume in equal labels is greatest (an assignment
/// solved exactly). Lots that share nothing keep their label, marked where the first plan uses it.
fn relabel(problem: &Problem, first: &Plan, plan: &Plan, k: usize) -> (Plan, Vec<Matched>) {
    let common = common_volumes(problem, first, plan);
    let partner = assign(&common, first.lots().len(), plan.lots().len());
    let taken: BTreeSet<&LotId> = first.lots().iter().collect();
    let mut labels = Vec::with_capacity(plan.lots().len());
    let mut matches = Vec::new();
    for (lot, own) in plan.lots().iter().enumerate() {
        let label = match partner[lot] {
            Some(to) => first.lots()[to].clone(),
            None => free_label(own, &taken, &labels),
        };
        matches.push(Matched {
            plan: k,
            lot_id: own.to_string(),
            label: label.to_string(),
            common_volume: partner[lot].map_or(0.0, |to| common[lot][to].as_people()),
            matched: partner[lot].is_some(),
        });
        labels.push(label);
    }
    let lot_of_seat: Vec<Option<usize>> = (0..problem.seats().len()).map(|seat| plan.lot_of_seat(seat)).collect();
    (Plan::labelled(&labels, &lot_of_seat), matches)
}

fn free_label(own: &LotId, taken: &BTreeSet<&LotId>, used: &[LotId]) -> LotId {
    let is_free = |label: &LotId| !taken.contains(label) && !used.contains(label);
    let candidates = std::iter::once(own.clone()).chain((2..).map(|n| LotId::new(&format!("{own} ({n})"))));
    candidates.into_iter().find(is_free).unwrap_or_else(|| own.clone())
}

pub(super) fn common_volumes(problem: &Problem, first: &Plan, plan: &Plan) -> Vec<Vec<Volume>> {
    let mut common = vec![vec![Volume::ZERO; first.lots().len()]; plan.lots().len()];
    for (seat, it) in problem.seats().iter().enumerate() {
        if let (Some(from), Some(to)) = (first.lot_of_seat(seat), plan.lot_of_seat(seat)) {
            common[to][from] += it.volume;
        }
    }
    common
}

/// For every lot of the later plan, its partner in the first, where they share volume.
pub(super) fn assign(common: &[Vec<Volume>], firsts: usize, lots: usize) -> Vec<Option<usize>> {
    let size = firsts.max(lots);
    if size == 0 {
        return Vec::new();
    }
    let weight =
        |(row, column): (usize, usize)| common.get(row).and_then(|r| r.get(column)).map_or(0, |volume| volume.0);
    let (_, columns) = kuhn_munkres(&Matrix::from_fn(size, size, weight));
    (0..lots)
        .map(|lot| Some(columns[lot]).filter(|&to| weight((lot, to)) > 0))
        .collect()
}

fn moves(problem: &Problem, first: &Plan, plan: &Plan, k: usize) -> Vec<Move> {
    let label = |plan: &Plan, seat: usize| plan.lot_of_seat(seat).map(|lot| plan.lots()[lot].clone());
    let mut moved: BTreeMap<(usize, Option<LotId>, Option<LotId>), Volume> = BTreeMap::new();
    for (seat, it) in problem.seats().iter().enumerate() {
        let (from, to) = (label(first, seat), label(plan, seat));
        if from != to {
            *moved.entry((it.area, from, to)).or_default() += it.volume;
        }
    }
    let share = |volume: Volume| volume.0 as f64 / problem.total().0.max(1) as f64;
    let one = |((area, from, to), volume): ((usize, Option<LotId>, Option<LotId>), Volume)| Move {
        plan: k,
        area_code: problem.areas()[area].code.to_string(),
        area_name: problem.areas()[area].name.clone(),
        from: from.map(|lot| lot.to_string()),
        to: to.map(|lot| lot.to_string()),
        volume: volume.as_people(),
        contract_value_gbp: problem.contract_value(volume).as_pounds(),
        participants: problem.funding().participants as f64 * share(volume),
    };
    moved.into_iter().map(one).collect()
}
