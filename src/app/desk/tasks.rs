//! Tasks: what the optimiser is asked from the desk. A task holds all that it needs, so that it runs while the desk is worked on.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::board::Board;
use super::folder::{LOCKS, PLAN};
use super::proposal::matched;
use super::state::{Judgement, LotSeen, lots_seen, seen_lots_of_seats, shown};
use super::{Desk, DeskError};
use crate::app::json_text;
use crate::app::load::Case;
use crate::app::plans::Judged;
use crate::domain::{Phase, Plan, Problem, Progress, Search, Volume, Watcher};
use crate::io::input::Input;
use crate::io::plan;
use crate::report::{Answer, InputAnswer};

/// The least seconds between two plans that are told.
const TELL_EVERY: f64 = 0.5;

/// What the optimiser can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Design lots, from those that are drawn where they obey every rule; locks stay.
    Solve,
    /// Place what is in no lot; all others stay.
    Finish,
    /// Obey every rule and move the fewest people.
    Repair,
}

impl TaskKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Solve => "solve",
            Self::Finish => "finish",
            Self::Repair => "repair",
        }
    }
}

/// How the optimiser is asked.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskAsked {
    /// What.
    pub kind: TaskKind,
    /// Seconds after which the best plan so far is taken; that of the scenario where it is not given.
    #[serde(default)]
    pub time_limit_s: Option<f64>,
    /// Seed of every random choice.
    #[serde(default)]
    pub seed: Option<u64>,
}

/// A task with everything that it needs.
pub struct Task {
    kind: TaskKind,
    case: Case,
    given: Judged,
    board: Board,
    /// The command that does the same.
    pub command: String,
}

/// What came of a task.
pub struct TaskDone {
    /// What was asked.
    pub kind: TaskKind,
    /// The answer, as the command prints it with `--json`.
    pub answer: String,
    /// `optimal`, `feasible`, `infeasible` or `no_plan`.
    pub status: String,
    /// The plan, judged; none where none was found.
    pub plan: Option<Plan>,
    /// The command that does the same.
    pub command: String,
}

/// A plan that is better than those before it, on the board from which the task began.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Better {
    /// For every seat its lot, as an index into `lots`.
    pub lot_of_seat: Vec<Option<usize>>,
    /// The lots.
    pub lots: Vec<LotSeen>,
}

/// How a search stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// What it is doing.
    pub phase: &'static str,
    /// The level at hand.
    pub measure: &'static str,
    /// Unit of best and bound.
    pub unit: &'static str,
    /// Best value so far.
    pub best: Option<f64>,
    /// No plan can be better than this.
    pub bound: Option<f64>,
    /// |bound − best| ÷ |best|.
    pub gap: Option<f64>,
    /// Number of lots of the best plan.
    pub lots: Option<usize>,
    /// Seconds since it began.
    pub seconds: f64,
}

/// What a running task tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// How it stands.
    Standing(Standing),
    /// A better plan.
    Better(Better),
}

/// Hears a task, passes on what it tells, and may stop it.
pub struct TaskWatcher<'a> {
    task: &'a Task,
    tell: &'a (dyn Fn(Told) + Sync),
    stop: &'a AtomicBool,
    plans: Mutex<Plans>,
    begun: Instant,
}

struct Plans {
    told: Option<Instant>,
    waiting: Option<Plan>,
}

impl Desk {
    /// Makes a task of what is drawn, its locks and its settings; plan and locks are written, so that the command can be given too.
    ///
    /// # Errors
    /// Limits that make no sense, faults of the join with these locks, or files that cannot be written.
    pub fn task(&mut self, asked: &TaskAsked) -> Result<Task, DeskError> {
        self.save()?;
        let (mut rest, mut sets) = (String::new(), self.sets.all());
        let name = locks_name(&self.folder.file(LOCKS));
        let locks = self.locks_file().map(|bytes| Input::from_bytes(name.as_str(), bytes));
        if locks.is_some() {
            let set = format!("lots.locks={}", toml_text(&name));
            rest.push_str(&format!(" --set {}", shown(&set)));
            sets.push(set);
        }
        limits(asked, &mut sets, &mut rest)?;
        let case = match &locks {
            Some(locks) => self.rejoin.case_with_locks(&sets, locks)?,
            None => self.rejoin.case(&sets)?,
        };
        self.task_of(asked.kind, case, &rest)
    }

    fn task_of(&self, kind: TaskKind, case: Case, rest: &str) -> Result<Task, DeskError> {
        let given = self.given(&case)?;
        let plan = shown(&self.folder.file(PLAN).display().to_string());
        let (command, rest) = match kind {
            TaskKind::Solve if obeys_every_rule(&given) => ("solve", format!(" --from {plan}{rest}")),
            TaskKind::Solve => ("solve", rest.to_string()),
            TaskKind::Finish => ("repair", format!(" --plan {plan} --finish{rest}")),
            TaskKind::Repair => ("repair", format!(" --plan {plan}{rest}")),
        };
        Ok(Task {
            kind,
            given,
            case,
            board: self.board.clone(),
            command: self.command(command, &rest),
        })
    }

    /// What is drawn, read as the command reads it from the plan file.
    pub(super) fn given(&self, case: &Case) -> Result<Judged, DeskError> {
        let input = Input::from_bytes(self.folder.file(PLAN).display().to_string(), self.plan_bytes()?);
        let (plan, findings) = case.judge_plan(&plan::read(&input)?)?;
        Ok(Judged {
            input: InputAnswer {
                file: input.name,
                sha256: input.sha256,
            },
            plan,
            findings,
        })
    }

    /// The plan as a file.
    pub(super) fn plan_bytes(&self) -> Result<Vec<u8>, DeskError> {
        let text = plan::write(&self.case.problem, &self.board.plan()).map_err(DeskError::own)?;
        Ok(text.into_bytes())
    }

    /// The locks of the desk and of the scenario as a file; `None` where the desk has none of its own. An area of which only parts are locked, or parts in several lots, stands
    /// once for each with its unit in a third column `part_of`.
    pub(super) fn locks_file(&self) -> Option<Vec<u8>> {
        let (problem, board) = (&self.case.problem, &self.board);
        let mut rows: Vec<LockRow> = (0..problem.areas().len())
            .flat_map(|area| lock_rows(problem, board, area))
            .collect();
        if rows.is_empty() {
            return None;
        }
        for lock in &self.sets.base_case().problem.rules().locks {
            let part = lock
                .seat
                .map(|seat| problem.units()[problem.seats()[seat].unit].id.clone());
            let row = (
                problem.areas()[lock.area].code.to_string(),
                lock.lot.to_string(),
                part.unwrap_or_default(),
            );
            let said = |other: &LockRow| other.0 == row.0 && (other.2.is_empty() || other.2 == row.2);
            if !rows.iter().any(said) {
                rows.push(row);
            }
        }
        rows.sort();
        let width = if rows.iter().any(|row| !row.2.is_empty()) { 3 } else { 2 };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&["area_code", "lot_id", "part_of"][..width]).ok()?;
        for (code, lot, part) in rows {
            writer.write_record(&[code, lot, part][..width]).ok()?;
        }
        writer.into_inner().ok()
    }
}

/// A row of the table of locks: area, lot, and the unit whose part of the area is meant; blank for the whole.
type LockRow = (String, String, String);

/// The rows of an area: one where all of it is held in one lot, else one for each seat that is held.
fn lock_rows(problem: &Problem, board: &Board, area: usize) -> Vec<LockRow> {
    let code = || problem.areas()[area].code.to_string();
    let label = |lot: usize| board.lots[lot].label.to_string();
    if let Some(lot) = wholly_held(problem, board, area) {
        return vec![(code(), label(lot), String::new())];
    }
    let seats = problem.seats_of_area(area).iter().filter(|&&seat| board.holds(seat));
    let row = |&seat: &usize| {
        let lot = board.lot_of_seat[seat]?;
        Some((
            code(),
            label(lot),
            problem.units()[problem.seats()[seat].unit].id.clone(),
        ))
    };
    seats.filter_map(row).collect()
}

/// Adds the limits of a search to the keys, and to the command as it is typed.
fn limits(asked: &TaskAsked, sets: &mut Vec<String>, rest: &mut String) -> Result<(), DeskError> {
    if let Some(seconds) = asked.time_limit_s {
        if !(seconds > 0.0 && seconds <= Search::MOST_SECONDS) {
            let help = "give seconds, more than 0, such as 60";
            return Err(DeskError::asked("time_limit_s", format!("{seconds} is no time"), help));
        }
        sets.push(format!("solve.time_limit_s={seconds}"));
        rest.push_str(&format!(" --time-limit {seconds}"));
    }
    if let Some(seed) = asked.seed {
        sets.push(format!("solve.seed={seed}"));
        rest.push_str(&format!(" --seed {seed}"));
    }
    Ok(())
}

/// Whether a search can begin from a plan: one that is complete and breaks no rule.
fn obeys_every_rule(given: &Judged) -> bool {
    given.plan.violations().is_empty()
}

/// The lot in which all seats of an area are held.
fn wholly_held(problem: &Problem, board: &Board, area: usize) -> Option<usize> {
    let seats = problem.seats_of_area(area);
    let lot = board.lot_of_seat[*seats.first()?]?;
    let held = |&seat: &usize| board.holds(seat) && board.lot_of_seat[seat] == Some(lot);
    seats.iter().all(held).then_some(lot)
}

/// The file of locks as the scenario is to name it: from the root, since names in a scenario are relative to its folder.
fn locks_name(path: &std::path::Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    full.display().to_string()
}

fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Task {
    /// Runs it, telling how it stands; `stop` ends it with the best plan so far.
    ///
    /// # Errors
    /// Only what is the program's own fault.
    pub fn run(&self, tell: &(dyn Fn(Told) + Sync), stop: &AtomicBool) -> Result<TaskDone, DeskError> {
        let watcher = TaskWatcher {
            task: self,
            tell,
            stop,
            plans: Mutex::new(Plans {
                told: None,
                waiting: None,
            }),
            begun: Instant::now(),
        };
        let answered = match self.kind {
            TaskKind::Solve if obeys_every_rule(&self.given) => self.case.solve_from(&self.given, &watcher),
            TaskKind::Solve => self.case.solve(&watcher),
            TaskKind::Finish => self.case.finish(&self.given, &watcher),
            TaskKind::Repair => self.case.repair(&self.given, &watcher),
        }?;
        Ok(TaskDone {
            kind: self.kind,
            status: answered.answer.status.clone(),
            answer: self.text(&answered.answer)?,
            plan: answered.plan.map(|plan| plan.plan().clone()),
            command: self.command.clone(),
        })
    }

    /// How a repair stands that has come to a plan: people who were in a lot and are in another.
    fn moved(&self, plan: &Plan, seconds: f64) -> Standing {
        let given = self.given.plan.plan();
        let label = |plan: &Plan, seat: usize| plan.lot_of_seat(seat).map(|lot| plan.lots()[lot].clone());
        let seats = self.case.problem.seats().iter().enumerate();
        let moved =
            seats.filter(|(seat, _)| given.lot_of_seat(*seat).is_some() && label(given, *seat) != label(plan, *seat));
        let moved: Volume = moved.map(|(_, seat)| seat.volume).sum();
        Standing {
            phase: "search",
            measure: "moved",
            unit: "people",
            best: Some(moved.as_people()),
            bound: None,
            gap: None,
            lots: Some(plan.lots().len()),
            seconds,
        }
    }

    fn text(&self, answer: &Answer) -> Result<String, DeskError> {
        json_text(answer).map_err(DeskError::own)
    }
}

impl TaskWatcher<'_> {
    /// Tells the plan that waits, if one does and the last was told long enough ago.
    fn tell_waiting(&self, plans: &mut Plans) {
        let due = plans.told.is_none_or(|told| told.elapsed().as_secs_f64() >= TELL_EVERY);
        let Some(plan) = plans.waiting.take_if(|_| due) else {
            return;
        };
        plans.told = Some(Instant::now());
        let board = matched(&self.task.case.problem, &self.task.board, &plan);
        let judged = Judgement::of(&self.task.case, &board);
        (self.tell)(Told::Better(Better {
            lot_of_seat: seen_lots_of_seats(&board),
            lots: lots_seen(&self.task.case, &board, &judged),
        }));
    }
}

impl Watcher for TaskWatcher<'_> {
    fn progress(&self, progress: &Progress) {
        (self.tell)(Told::Standing(standing(progress)));
        if let Ok(mut plans) = self.plans.lock() {
            self.tell_waiting(&mut plans);
        }
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn plan(&self, plan: &Plan) {
        if self.task.kind == TaskKind::Repair {
            (self.tell)(Told::Standing(
                self.task.moved(plan, self.begun.elapsed().as_secs_f64()),
            ));
        }
        if let Ok(mut plans) = self.plans.lock() {
            plans.waiting = Some(plan.clone());
            self.tell_waiting(&mut plans);
        }
    }
}

fn standing(progress: &Progress) -> Standing {
    let lots = progress.lots.unwrap_or(1);
    let value = |value: i64| progress.measure.shown(value, lots);
    let (best, bound) = (progress.best.map(value), progress.bound.map(value));
    Standing {
        phase: match progress.phase {
            Phase::Bounds => "bounds",
            Phase::Search => "search",
            Phase::Enumerate => "enumerate",
            Phase::Prove(_) => "prove",
        },
        measure: progress.measure.word(),
        unit: progress.measure.unit(),
        best,
        bound,
        gap: best
            .zip(bound)
            .map(|(best, bound)| crate::app::answer::gap(best, bound))
            .filter(|gap| gap.is_finite()),
        lots: progress.lots,
        seconds: progress.seconds,
    }
}
