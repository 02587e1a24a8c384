//! Repair finds the plan that obeys the rules and moves the least volume from a given one.
//!
//! [`task`] says what moving costs; [`descent`] seeks a good plan near the one given; a program of labels ([`crate::model::repair`]) is solved again and
//! again, with rows added for lots that do not hang together, until its point is a plan or its bound meets the best one. [`reach`] leaves out labels
//! that no better plan can use.

mod descent;
mod merge;
mod reach;
mod task;

use super::SolveError;
use super::backend::{Backend, Highs, Status, Timed};
use super::bounds::most_lots;
use super::clock::Clock;
use super::instance::Instance;
use super::reasons::reasons;
use super::run::ended_by_clock;
use super::separator::{parts, separator};
use super::strategy::Setting;
use crate::domain::{Finding, LotCount, Plan, Problem, Stop, Volume, Watcher};
use crate::model::repair::{Ask, Repair};
use descent::Descent;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use task::{Task, usable_labels};

/// A repaired plan, and how good it is.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// Why it stopped.
    pub stop: Stop,
    /// The plan, if one was found; lots keep the labels of the plan given.
    pub plan: Option<Plan>,
    /// Volume that moves; seats that were in no lot do not count.
    pub moved: Option<Volume>,
    /// No plan with these lots moves less.
    pub bound: Volume,
    /// Whether it is proved that no plan with these lots exists.
    pub infeasible: bool,
    /// Why there is no plan.
    pub findings: Vec<Finding>,
}

/// Repairs `plan`: the plan that obeys every rule of `problem` with the least volume moved. Lots are those of the plan and of the locks, some of which may
/// end; new ones are made only where the scenario asks for more lots than there are.
///
/// # Errors
/// If the backend fails.
pub fn repair(problem: &Problem, plan: &Plan, watcher: &dyn Watcher) -> Result<Repaired, SolveError> {
    repair_with(problem, plan, watcher, &Highs)
}

/// `problem` with no more lots than a repair of `plan` may have: it has a plan just where `plan` can be repaired, and where it has none, it can be explained.
pub fn within_lots_of(problem: &Problem, plan: &Plan) -> Problem {
    let (low, high) = problem.rules().count.limits();
    let most = usable_labels(problem, plan).len();
    let mut parts = problem.clone().into_parts();
    if high.is_none_or(|high| most < high) {
        parts.rules.count = LotCount::OfPlan(low, most);
    }
    Problem::new(parts)
}

/// As [`repair`], with a backend of choice.
///
/// # Errors
/// If the backend fails.
pub fn repair_with(
    problem: &Problem,
    plan: &Plan,
    watcher: &dyn Watcher,
    backend: &dyn Backend,
) -> Result<Repaired, SolveError> {
    let clock = Clock::start(problem.search().time_limit_s, watcher);
    let instance = match Instance::new(problem) {
        Ok(instance) => instance,
        Err(findings) => return Ok(ruled_out(findings)),
    };
    let findings = reasons(&instance, &most_lots(&instance));
    if !findings.is_empty() {
        return Ok(ruled_out(findings));
    }
    let task = Task::new(&instance, plan);
    let timed = Timed::new(backend);
    let setting = Setting {
        instance: &instance,
        clock: &clock,
        backend: &timed,
    };
    let mut search = Search::new(&setting, &task);
    search.descend();
    search.prove()?;
    search.outcome(timed.ended_by_clock() || clock.has_ended())
}

fn ruled_out(findings: Vec<Finding>) -> Repaired {
    Repaired {
        stop: Stop::Proved,
        plan: None,
        moved: None,
        bound: Volume::ZERO,
        infeasible: true,
        findings,
    }
}

/// Steps of a descent for each block.
const STEPS: u64 = 600;
/// First heats of the descents from the plan given, in mean volumes of a block: the cooler, the nearer to that plan.
const HEATS: [f64; 4] = [0.02, 0.1, 0.5, 2.0];
/// The same from the plan given with its smallest lots merged.
const MERGED: f64 = 0.3;
/// The same from a point of the program, for a quarter of the steps.
const NEAR: f64 = 0.1;

/// The best labelling so far and the bound.
struct Search<'a> {
    setting: &'a Setting<'a>,
    task: &'a Task<'a>,
    best: Option<(i64, Vec<usize>)>,
    bound: i64,
    impossible: bool,
    random: ChaCha8Rng,
}

impl<'a> Search<'a> {
    fn new(setting: &'a Setting<'a>, task: &'a Task<'a>) -> Self {
        let random = ChaCha8Rng::seed_from_u64(setting.instance.problem.search().seed);
        let nothing = task
            .cost
            .iter()
            .map(|costs| costs.iter().min().copied().unwrap_or(0))
            .sum();
        Self {
            setting,
            task,
            best: None,
            bound: nothing,
            impossible: false,
            random,
        }
    }

    fn proved(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.0 <= self.bound)
    }

    /// Seeks a plan from the labels that cost least.
    fn descend(&mut self) {
        let task = self.task;
        let cheapest = |block: usize| {
            let labels = (0..task.labels.len()).filter(|&label| task.allowed[block][label]);
            labels.min_by_key(|&label| task.cost[block][label]).unwrap_or(0)
        };
        let start: Vec<usize> = (0..task.cost.len()).map(cheapest).collect();
        for heat in HEATS {
            self.descend_from(start.clone(), STEPS, heat);
        }
        self.descend_from(merge::merged(task, start), STEPS, MERGED);
    }

    fn descend_from(&mut self, labels: Vec<usize>, steps: u64, heat: f64) {
        if self.proved() {
            return;
        }
        let mut descent = Descent::new(self.setting, self.task, labels);
        let blocks = self.task.cost.len();
        let heat = heat * self.task.instance.total as f64 / blocks.max(1) as f64;
        descent.run(steps * blocks as u64, heat, &mut self.random);
        if let Some((moved, labels)) = descent.best {
            self.offer(moved, labels);
        }
    }

    fn offer(&mut self, moved: i64, labels: Vec<usize>) {
        if self.best.as_ref().is_none_or(|best| moved < best.0) {
            self.setting.clock.watcher().plan(&self.task.plan(&labels));
            self.best = Some((moved, labels));
        }
    }

    /// Solves the program of labels, and again with rows against lots that its point gets wrong.
    fn prove(&mut self) -> Result<(), SolveError> {
        let mut program = self.program();
        while !self.proved() && self.setting.clock.over().is_none() {
            let start = self.best.as_ref().map(|best| program.point(&best.1));
            let effort = self.setting.effort(f64::INFINITY, false);
            let answer = self
                .setting
                .backend
                .solve(&program.program, &effort, start.as_deref())?;
            if answer.status == Status::Infeasible {
                self.impossible = self.best.is_none();
                return Ok(());
            }
            self.lift(answer.bound);
            let point = answer.point.as_deref().and_then(|point| program.labels(point));
            let Some(labels) = point.filter(|_| !self.proved()) else {
                return Ok(());
            };
            if self.task.obeys(&labels) {
                self.offer(self.task.moved(&labels), labels);
            } else {
                self.separate(&mut program, &labels);
                self.descend_from(labels, STEPS / 4, NEAR);
            }
            if answer.status != Status::Optimal {
                return Ok(());
            }
        }
        Ok(())
    }

    fn program(&self) -> Repair {
        let (task, instance) = (self.task, self.task.instance);
        let allowed = match &self.best {
            Some((moved, labels)) => reach::within(task, *moved, labels),
            None => task.allowed.clone(),
        };
        let needs: Vec<(u32, Vec<u32>)> = instance
            .attached
            .needs()
            .iter()
            .map(|need| (need.block, need.homes.clone()))
            .collect();
        let ask = Ask {
            volume: &instance.volume,
            cost: &task.cost,
            allowed: &allowed,
            floor: instance.floor,
            cap: (instance.cap < i64::MAX).then_some(instance.cap),
            lots: task.lots,
            apart: &task.apart,
            needs: &needs,
        };
        let mut program = Repair::new(
            &ask,
            |block| instance.name(block),
            |label| task.labels[label].to_string(),
        );
        if !instance.scattered() {
            // A block that is no lot by itself needs a neighbour in its lot: that spares most of the rows that would be added one by one.
            for block in (0..instance.len()).filter(|&block| instance.volume[block] < instance.floor) {
                for label in 0..task.labels.len() {
                    program.needs_one_of(block as u32, &instance.neighbours[block], label, "beside");
                }
            }
        }
        program
    }

    /// Adds rows that these labels break and no plan does.
    fn separate(&self, program: &mut Repair, labels: &[usize]) {
        let task = self.task;
        for lot in task.lots_of(labels).into_iter().filter(|lot| !lot.is_empty()) {
            let units: Vec<u32> = lot
                .iter()
                .flat_map(|&block| &task.instance.blocks[block as usize])
                .map(|&unit| unit as u32)
                .collect();
            let pieces = if task.instance.scattered() {
                Vec::new()
            } else {
                parts(&task.graph, &units)
            };
            if pieces.len() > 1 {
                self.cut_pieces(program, &pieces);
            } else if task.instance.lot_broken(&lot).is_some() {
                // What breaks a rule by less than the solver's tolerance is told to it as a lot that cannot be.
                (0..task.labels.len()).for_each(|label| program.forbid(&lot, label));
            }
        }
    }

    /// Every piece that is not the greatest hangs together with it only through what parts them.
    fn cut_pieces(&self, program: &mut Repair, pieces: &[Vec<u32>]) {
        let task = self.task;
        let volume = |piece: &Vec<u32>| {
            piece
                .iter()
                .map(|&unit| task.instance.problem.units()[unit as usize].volume)
                .sum::<Volume>()
        };
        let block = |unit: &u32| task.block_of[*unit as usize];
        let Some(main) = pieces.iter().max_by_key(|piece| volume(piece)) else {
            return;
        };
        for piece in pieces.iter().filter(|piece| *piece != main) {
            let (inside, outside) = (heaviest(task, piece), heaviest(task, main));
            for (part, other) in [(piece, outside), (main, inside)] {
                let mut between: Vec<u32> = separator(&task.graph, part, other).iter().map(block).collect();
                between.sort_unstable();
                between.dedup();
                let (one, other) = (block(&inside), block(&outside));
                for label in 0..task.labels.len() {
                    if one == other {
                        program.needs_one_of(one, &between, label, "contiguous");
                    } else {
                        program.cut(one, other, &between, label);
                    }
                }
            }
        }
    }

    /// Raises the bound to what the solver has proved. Its arithmetic is rough, so a margin is taken off; moved volume is a multiple of the greatest common
    /// divisor of what can move, so the rest is rounded up to one.
    fn lift(&mut self, rough: f64) {
        let total = self.setting.instance.total as f64;
        let safe = rough - 1e-3 - 1e-8 * total;
        if safe.is_finite() {
            let step = self
                .task
                .cost
                .iter()
                .flatten()
                .fold(0, |all, &cost| gcd(all, cost))
                .max(1);
            let bound = (safe / step as f64).ceil() as i64 * step;
            self.bound = self.bound.max(bound);
        }
    }

    /// What was found; `by_clock` says whether time has ended a step, so that another run may end elsewhere.
    fn outcome(self, by_clock: bool) -> Result<Repaired, SolveError> {
        if let Some((moved, _)) = self.best.as_ref().filter(|best| best.0 < self.bound) {
            let what = format!(
                "the bound of {} on what moves is refuted by a plan of {moved}",
                self.bound
            );
            return Err(SolveError::Unsound(what));
        }
        let proved = self.proved() || self.impossible;
        let stop = match self.setting.clock.over() {
            _ if proved => Stop::Proved,
            Some(stop) => stop,
            None if by_clock => Stop::Time,
            None => Stop::Gap,
        };
        Ok(Repaired {
            stop,
            moved: self.best.as_ref().map(|best| Volume(best.0)),
            bound: Volume(self.bound),
            infeasible: self.impossible,
            findings: self.findings(proved && by_clock),
            plan: self.best.map(|best| self.task.plan(&best.1)),
        })
    }

    fn findings(&self, by_clock: bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.impossible {
            let fact = "no plan with the lots of this one obeys every rule".to_string();
            let help = "Lower the floor, raise the cap, relax a lock, or design lots afresh with solve.";
            findings.push(Finding::error("R120", "plan", fact, help));
        } else if self.best.is_none() {
            let spent = self.setting.clock.spent();
            let fact = format!("no plan was found in {spent:.1} s, and none was ruled out");
            let help = "Give more time with --time-limit, or relax a rule.";
            findings.push(Finding::error("R110", "lots", fact, help));
        }
        findings.extend(by_clock.then(ended_by_clock));
        findings
    }
}

/// The unit of a piece with the greatest volume, the first of equals.
fn heaviest(task: &Task<'_>, piece: &[u32]) -> u32 {
    let volume = |unit: u32| task.instance.problem.units()[unit as usize].volume;
    piece
        .iter()
        .copied()
        .max_by_key(|&unit| (volume(unit), std::cmp::Reverse(unit)))
        .unwrap_or(0)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
