//! Solves a scenario once for each value of a key, every point helped by its neighbours.
//!
//! `vary` reads the key and its values, `baseline` the designs to be seen beside them, `neighbours` knows what points say of each other, `outputs` makes the files.

mod baseline;
mod neighbours;
mod outputs;
mod vary;

use std::path::Path;
use std::time::Instant;

use super::load::{Case, LoadError, settings};
use super::plans::Judged;
use super::solve::{Answered, AppError};
use crate::domain::{Findings, Outcome, Scenario, Watcher};
use crate::report::ScenarioAnswer;
use crate::report::frontier::{Baseline, Frontier, Point, value_words};
use crate::solve::backend::Highs;
use crate::solve::solve_knowing;
use crate::verify::VerifiedPlan;
use baseline::{Named, named};
use neighbours::{Neighbours, order};
pub use outputs::FrontierFiles;
pub use vary::{MOST_POINTS, Vary};

/// The schema of frontiers.
const SCHEMA: &str = "lotwright/frontier/1";

/// A scenario loaded once for each value of a key.
pub struct Variants {
    vary: Vary,
    cases: Vec<Case>,
    baselines: Vec<(String, Judged)>,
}

/// A frontier with the plan of each point that has one.
pub struct FrontierFound {
    /// The frontier in numbers.
    pub frontier: Frontier,
    plans: Vec<Option<VerifiedPlan>>,
}

/// What a frontier found in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A plan for one point or more.
    Plans,
    /// The proof that no point has one.
    Impossible,
    /// No plan, and no proof that there is none.
    Nothing,
}

impl FrontierFound {
    /// What was found in all.
    pub fn found(&self) -> Found {
        if self.plans.iter().any(Option::is_some) {
            Found::Plans
        } else if self.frontier.points.iter().all(|point| point.status == "infeasible") {
            Found::Impossible
        } else {
            Found::Nothing
        }
    }
}

impl Variants {
    /// Loads a scenario for every value of the key; files are read once. `total_s` seconds, where given, are shared equally by the points, so that the
    /// answer does not depend on how fast each of them is solved.
    ///
    /// # Errors
    /// One of `sets` that gives the key too, since the points would go before it; otherwise as [`Case::load`].
    pub fn load(path: &Path, sets: &[String], vary: Vary, total_s: Option<f64>) -> Result<Self, LoadError> {
        refuse_twice(&vary.key, sets)?;
        let share = total_s.map(|total| total / vary.values.len() as f64);
        let limit = |scenario: &mut Scenario| {
            let own = scenario.search.time_limit_s;
            scenario.search.time_limit_s = share.map_or(own, |share| share.min(own));
        };
        let cases = Case::load_each(path, sets, &vary.settings(), limit)?;
        Ok(Self {
            vary,
            cases,
            baselines: Vec::new(),
        })
    }

    /// Warnings and notes of reading and joining.
    pub fn findings(&self) -> Findings {
        self.cases
            .first()
            .map_or_else(Findings::default, |case| case.findings.clone())
    }

    /// Reads designs to be seen beside the points, each `PLAN.csv` or `LABEL=PLAN.csv`; gives the findings of their join.
    ///
    /// # Errors
    /// Two designs of one label; as [`Case::read_plan`], the faults of all files at once.
    pub fn add_baselines(&mut self, texts: &[String]) -> Result<Findings, LoadError> {
        let mut found = Findings::default();
        let Some(case) = self.cases.first() else {
            return Ok(found);
        };
        let named = named(texts).map_err(|message| LoadError::Usage(format!("--baseline: {message}")))?;
        for Named { label, file, .. } in named {
            match case.read_plan(Path::new(&file)) {
                Ok(judged) => {
                    found.extend(judged.findings.clone());
                    self.baselines.push((label, judged));
                }
                Err(faults) => found.extend(faults),
            }
        }
        Ok(found.gate(()).map(|((), findings)| findings)?)
    }

    /// Solves every point and has every plan judged. Points lie between neighbours that were solved before them, and take plans of the tighter ones and
    /// bounds of the looser ones; a last pass does so for all. `tell` hears of each point before it is solved. Once the watcher stops a
    /// search, the points that follow are not reached.
    ///
    /// # Errors
    /// Only what is the program's own fault.
    pub fn solve(&self, watcher: &dyn Watcher, tell: &dyn Fn(&str)) -> Result<FrontierFound, AppError> {
        let began = Instant::now();
        let problems: Vec<_> = self.cases.iter().map(|case| &case.problem).collect();
        let neighbours = Neighbours::new(&problems);
        let words = |point: usize| value_words(&self.vary.key, self.vary.values[point]);
        let mut solved: Vec<Option<Outcome>> = vec![None; problems.len()];
        let mut seconds = vec![0.0; problems.len()];
        for (done, point) in order(problems.len()).into_iter().enumerate() {
            if watcher.cancelled() {
                break;
            }
            tell(&format!("{}, {} of {}", words(point), done + 1, problems.len()));
            let mut known = neighbours.known(point, &solved, words);
            known
                .plans
                .extend(self.baselines.iter().map(|(_, judged)| judged.plan.plan().clone()));
            let begun = Instant::now();
            solved[point] = Some(solve_knowing(problems[point], &known, watcher, &Highs)?);
            seconds[point] = begun.elapsed().as_secs_f64();
        }
        let solved = neighbours.settled(&solved, words);
        let mut found = self.gather(&solved, &seconds)?;
        found.frontier.trend = neighbours.trend().map(String::from);
        found.frontier.seconds = began.elapsed().as_secs_f64();
        Ok(found)
    }

    /// Has every plan judged and makes the answers.
    fn gather(&self, solved: &[Option<Outcome>], seconds: &[f64]) -> Result<FrontierFound, AppError> {
        let (mut points, mut plans) = (Vec::new(), Vec::new());
        for (k, outcome) in solved.iter().enumerate() {
            let answered = outcome
                .as_ref()
                .map(|outcome| self.cases[k].judged(outcome, || seconds[k]))
                .transpose()?;
            points.push(self.point(k, answered.as_ref()));
            plans.push(answered.and_then(|answered| answered.plan));
        }
        Ok(FrontierFound {
            frontier: self.frontier(points),
            plans,
        })
    }

    fn frontier(&self, points: Vec<Point>) -> Frontier {
        let mut scenario = self.question();
        let read = self.baselines.iter().map(|(_, judged)| judged.input.clone());
        scenario.inputs.extend(read);
        Frontier {
            schema: SCHEMA.into(),
            scenario,
            key: self.vary.key.clone(),
            meaning: self.vary.meaning().into(),
            trend: None,
            points,
            baselines: self
                .baselines
                .iter()
                .map(|(label, judged)| self.baseline(label, judged))
                .collect(),
            seconds: 0.0,
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }

    /// What is asked of every point: the rules that differ between points are left out.
    fn question(&self) -> ScenarioAnswer {
        let mut questions = self.cases.iter().map(Case::question);
        let mut common = questions.next().unwrap_or_default();
        questions.for_each(|other| common.rules.retain(|rule| other.rules.contains(rule)));
        common
    }

    fn point(&self, k: usize, answered: Option<&Answered>) -> Point {
        let value = self.vary.values[k];
        let mut point = Point::not_reached(value);
        if let Some(Answered { answer, plan }) = answered {
            point.status.clone_from(&answer.status);
            point.stopped.clone_from(&answer.stopped);
            point.goals.clone_from(&answer.goals);
            point.seconds = answer.seconds;
            point.answer = Some(answer.clone());
            if let Some(plan) = plan {
                point.lots = Some(plan.lots().len());
                point.smallest_lot_gbp = answer.smallest_lot();
                point.smallest_lot_people = answer.smallest_lot_people();
                point.holds_to = answer.holds_to(&self.vary.key);
                point.plan = Some(format!("plans/plan-{value}.csv"));
            }
        }
        point
    }

    fn baseline(&self, label: &str, judged: &Judged) -> Baseline {
        let answer = self.cases[0].answer_of_plan(judged, &judged.plan, 0.0);
        let mut breaks: Vec<String> = answer.violations.iter().map(|broken| broken.rule.clone()).collect();
        breaks.sort_unstable();
        breaks.dedup();
        breaks.retain(|rule| rule != "floor" && rule != "cap");
        Baseline {
            label: label.into(),
            file: judged.input.file.clone(),
            lots: answer.lots.len(),
            smallest_lot_gbp: answer.smallest_lot(),
            smallest_lot_people: answer.smallest_lot_people(),
            holds_to: answer.holds_to(&self.vary.key),
            goals: answer.goals,
            breaks,
        }
    }
}

/// A key that is varied can have no other value set: the command line would say two things of it.
fn refuse_twice(key: &str, sets: &[String]) -> Result<(), LoadError> {
    let settings = settings(sets)?;
    match settings.iter().zip(sets).find(|(setting, _)| setting.gives(key)) {
        Some((_, set)) => Err(LoadError::Usage(format!(
            "`{key}` is set ({set}) and varied; each point takes its value from --vary, so leave the other out"
        ))),
        None => Ok(()),
    }
}
