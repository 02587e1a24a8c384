//! Repairs a plan, or finishes one: the judged plan, what moves, and how little could.

use std::collections::BTreeMap;
use std::time::Instant;

use super::explain::explain_in;
use super::load::Case;
use super::plans::Judged;
use super::solve::{Answered, AppError, confirm};
use crate::domain::{Certificate, Lock, LotCount, LotId, Outcome, Plan, Problem, Stop, Volume, Watcher};
use crate::report::{Answer, GoalAnswer, MoveAnswer, RepairAnswer};
use crate::solve::{repair, solve, within_lots_of};
use crate::verify::{VerifiedPlan, judge};

impl Case {
    /// The plan that obeys every rule and moves the least volume from the one given. Areas in no lot are placed at no cost.
    ///
    /// # Errors
    /// Only what is the program's own fault; a plan that cannot be repaired is an answer.
    pub fn repair(&self, given: &Judged, watcher: &dyn Watcher) -> Result<Answered, AppError> {
        let began = Instant::now();
        let repaired = repair(&self.problem, given.plan.plan(), watcher)?;
        let plan = repaired.plan.map(|plan| judge(&self.problem, plan));
        let moves = plan
            .as_ref()
            .map_or_else(Vec::new, |plan| moves(&self.problem, given.plan.plan(), plan.plan()));
        let moved = moved(&moves);
        if let Some(plan) = &plan {
            confirm_repair(plan, moved, repaired.moved)?;
        }
        let proved = plan.is_some() && repaired.stop == Stop::Proved;
        let mut answer = self.answer_of_given(given, plan.as_ref(), &repaired.findings);
        for goal in &mut answer.goals {
            goal.argument = "counted, not sought".into();
        }
        answer.status = match &plan {
            _ if repaired.infeasible => "infeasible",
            None => "no_plan",
            Some(_) if proved => "optimal",
            Some(_) => "feasible",
        }
        .into();
        answer.stopped = repaired.stop.word().into();
        answer.strategy = "repair".into();
        self.add_repair(&mut answer, plan.as_ref().map(|_| moved), repaired.bound, &moves);
        if repaired.infeasible {
            // Where the scenario has a plan with other lots, what is in conflict are its rules and the lots of the plan.
            let by_lots = repaired.findings.iter().any(|finding| finding.code == "R120");
            let narrowed = by_lots.then(|| within_lots_of(&self.problem, given.plan.plan()));
            let problem = narrowed.as_ref().unwrap_or(&self.problem);
            explain_in(problem, &mut answer, watcher, began.elapsed().as_secs_f64())?;
        }
        answer.seconds = began.elapsed().as_secs_f64();
        Ok(Answered { answer, plan })
    }

    /// Places the areas of a plan that are in no lot, all others fixed; the goals of the scenario decide where. Lots are those of the plan, and new ones only where the
    /// scenario asks for more.
    ///
    /// # Errors
    /// As [`Case::repair`].
    pub fn finish(&self, given: &Judged, watcher: &dyn Watcher) -> Result<Answered, AppError> {
        let began = Instant::now();
        let fixed = with_plan_fixed(&self.problem, given.plan.plan());
        let mut outcome = solve(&fixed, watcher)?;
        rest_on_the_plan(&mut outcome, fixed.rules().count == self.problem.rules().count);
        let plan = outcome.plan.clone().map(|plan| judge(&self.problem, plan));
        if let Some(plan) = &plan {
            confirm(&outcome, plan)?;
        }
        let moves = plan
            .as_ref()
            .map_or_else(Vec::new, |plan| moves(&self.problem, given.plan.plan(), plan.plan()));
        let mut answer = self.answer_of_search(&outcome, plan.as_ref(), 0.0);
        answer.scenario.inputs.push(given.input.clone());
        let noted = given.findings.0.iter().map(super::answer::finding_answer);
        answer.findings.extend(noted);
        self.add_repair(&mut answer, plan.as_ref().map(|_| moved(&moves)), Volume::ZERO, &moves);
        if outcome.infeasible {
            explain_in(&fixed, &mut answer, watcher, began.elapsed().as_secs_f64())?;
        }
        answer.seconds = began.elapsed().as_secs_f64();
        Ok(Answered { answer, plan })
    }

    /// Puts what moves into an answer: as its first goal, and in a member of its own. `bound` holds for volumes that were in a lot.
    fn add_repair(&self, answer: &mut Answer, moved: Option<Volume>, bound: Volume, moves: &[MoveAnswer]) {
        let proved = moved == Some(bound);
        let goal = GoalAnswer {
            name: "moved".into(),
            unit: "people".into(),
            value: moved.map(Volume::as_people),
            bound: Some(bound.as_people()),
            gap: moved.map(|moved| (moved.0 - bound.0) as f64 / moved.0.max(1) as f64),
            proved,
            argument: if bound == Volume::ZERO { "zero" } else { "labels" }.into(),
            certificate: None,
        };
        if !proved && answer.status == "optimal" {
            answer.status = "feasible".into();
            answer.stopped = Stop::Gap.word().into();
        }
        answer.goals.insert(0, goal);
        answer.repair = Some(RepairAnswer {
            moved_volume: moved.map(Volume::as_people),
            bound: bound.as_people(),
            proved,
            moves: moves.to_vec(),
        });
    }
}

/// The problem with every seat that the plan puts into a lot held there, and with as many lots as the plan has, or more where the scenario asks for more.
fn with_plan_fixed(problem: &Problem, plan: &Plan) -> Problem {
    let mut fixed: Vec<Lock> = problem.rules().locks.clone();
    for (seat, it) in problem.seats().iter().enumerate() {
        fixed.extend(plan.lot_of_seat(seat).map(|lot| Lock {
            area: it.area,
            lot: plan.lots()[lot].clone(),
            seat: Some(seat),
        }));
    }
    let mut labels: Vec<&LotId> = fixed.iter().map(|lock| &lock.lot).collect();
    labels.sort_unstable();
    labels.dedup();
    let (low, high) = problem.rules().count.limits();
    let lots = labels.len();
    let mut parts = problem.clone().into_parts();
    if high.is_none_or(|high| lots.max(low) < high) {
        parts.rules.count = if lots < low {
            LotCount::Exactly(low)
        } else {
            LotCount::OfPlan(lots, lots)
        };
    }
    parts.rules.locks = fixed;
    Problem::new(parts)
}

/// Bounds of a finish hold for plans that leave the given one as it is. A certificate is held against the scenario, which does not know that plan, so none
/// goes with them but what the scenario itself asks for, where `as_asked` says that the number of lots is the scenario's own.
fn rest_on_the_plan(outcome: &mut Outcome, as_asked: bool) {
    for goal in &mut outcome.goals {
        let asked_for = matches!(goal.certificate, Some(Certificate::AskedFor { .. })) && as_asked;
        if goal.certificate.is_some() && !asked_for {
            // Where the plan has fewer lots than the scenario asks for, it is finished with the fewest.
            if matches!(goal.certificate.take(), Some(Certificate::AskedFor { .. })) {
                goal.argument = "the fewest that are asked for".into();
            }
            goal.argument += ", the plan held";
        }
    }
}

/// The judge must find no violation, and count the volume that the search claims.
fn confirm_repair(plan: &VerifiedPlan, counted: Volume, claimed: Option<Volume>) -> Result<(), AppError> {
    if let Some(violation) = plan.violations().first() {
        return Err(AppError::Disagreement(violation.message.clone()));
    }
    if claimed != Some(counted) {
        let message = format!("{counted:?} move by count and {claimed:?} by the search");
        return Err(AppError::Disagreement(message));
    }
    Ok(())
}

fn moved(moves: &[MoveAnswer]) -> Volume {
    let from_a_lot = moves.iter().filter(|one| one.from.is_some());
    Volume(from_a_lot.map(|one| (one.volume * 1000.0).round() as i64).sum())
}

/// Every area that changes its lot or is placed in one, in code order.
fn moves(problem: &Problem, given: &Plan, plan: &Plan) -> Vec<MoveAnswer> {
    let label = |plan: &Plan, seat: usize| plan.lot_of_seat(seat).map(|lot| plan.lots()[lot].to_string());
    let mut moved: BTreeMap<(usize, Option<String>, Option<String>), Volume> = BTreeMap::new();
    for (seat, it) in problem.seats().iter().enumerate() {
        let (from, to) = (label(given, seat), label(plan, seat));
        if from != to {
            *moved.entry((it.area, from, to)).or_default() += it.volume;
        }
    }
    let one = |((area, from, to), volume): ((usize, Option<String>, Option<String>), Volume)| MoveAnswer {
        area: problem.areas()[area].code.to_string(),
        name: problem.areas()[area].name.clone(),
        from,
        to,
        volume: volume.as_people(),
    };
    moved.into_iter().map(one).collect()
}
