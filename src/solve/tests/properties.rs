//! Properties of searches: equal seeds, stopping, and scores that do not depend on who asks.

use super::maps::{all_goals, drawn, labels};
use crate::domain::{Goal, Parts, Pence, Plan, Problem, Progress, Stop, Unwatched, Watcher};
use crate::model::Program;
use crate::solve::backend::{Anew, Answer, Backend, BackendError, Effort, Growing, Highs, Status};
use crate::solve::run::solve_by;
use crate::solve::{Columns, Known, SolveError, TreeSearch, score, solve, solve_with};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const MAP: [&str; 8] = [
    "aabbccdd", "aebbfcgd", "eehhffgg", "iihjjfkk", "lljjmmkn", "llompnnn", "oooppqqr", "sttuuqrr",
];

fn parts(seed: u64) -> Parts {
    let mut parts = drawn(&MAP);
    parts.rules.viability.floor_gbp = Some(Pence::pounds(7));
    parts.goals = all_goals();
    parts.search.seed = seed;
    parts
}

#[test]
fn equal_seeds_give_equal_outcomes() -> Result<(), SolveError> {
    for seed in [1, 2, 99] {
        let problem = Problem::new(parts(seed));
        let (first, second) = (solve(&problem, &Unwatched)?, solve(&problem, &Unwatched)?);
        assert_eq!(
            (&first.plan, &first.goals, first.stop),
            (&second.plan, &second.goals, second.stop)
        );
    }
    Ok(())
}

#[test]
fn a_proved_value_does_not_depend_on_the_seed() -> Result<(), SolveError> {
    let one = solve(&Problem::new(parts(1)), &Unwatched)?;
    let other = solve(&Problem::new(parts(5)), &Unwatched)?;
    assert_eq!((one.stop, other.stop), (Stop::Proved, Stop::Proved));
    let values = |goals: &[crate::domain::GoalOutcome]| goals.iter().map(|goal| goal.value).collect::<Vec<_>>();
    assert_eq!(values(&one.goals), values(&other.goals));
    Ok(())
}

#[test]
fn the_score_of_the_plan_is_what_the_outcome_claims() -> Result<(), SolveError> {
    let problem = Problem::new(parts(3));
    let outcome = solve(&problem, &Unwatched)?;
    let plan = outcome
        .plan
        .as_ref()
        .map(|plan| labels(&problem, plan))
        .unwrap_or_default();
    let lot_of_unit: Vec<usize> = plan.bytes().map(usize::from).collect();
    let score = score(&problem, &lot_of_unit);
    let claimed: Vec<i64> = outcome.goals.iter().filter_map(|goal| goal.value).collect();
    assert_eq!(claimed[0], score.lots as i64);
    assert_eq!(claimed[1..], score.goals);
    Ok(())
}

/// Stops the search at its second word.
#[derive(Default)]
struct Impatient(AtomicUsize);

impl Watcher for Impatient {
    fn progress(&self, _: &Progress) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 1
    }
}

#[test]
fn a_cancelled_search_gives_its_best_plan_and_says_so() -> Result<(), SolveError> {
    // Forty small areas and a fixed small number of lots: more candidates than can be listed at once.
    let rows: Vec<String> = (0..12_u32)
        .map(|y| (0..12).filter_map(|x| char::from_u32(0x4E00 + y * 12 + x)).collect())
        .collect();
    let mut parts = drawn(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    parts.rules.viability.floor_gbp = Some(Pence::pounds(5));
    parts.goals = all_goals();
    let outcome = solve(&Problem::new(parts), &Impatient::default())?;
    assert_eq!(outcome.stop, Stop::Cancelled);
    assert!(outcome.plan.is_some());
    Ok(())
}

/// Keeps every plan that is told.
#[derive(Default)]
struct Listener(Mutex<Vec<Plan>>);

impl Watcher for Listener {
    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        false
    }

    fn plan(&self, plan: &Plan) {
        if let Ok(mut plans) = self.0.lock() {
            plans.push(plan.clone());
        }
    }
}

#[test]
fn plans_that_are_told_get_better_and_end_with_the_best() -> Result<(), SolveError> {
    let problem = Problem::new(parts(7));
    let listener = Listener::default();
    let outcome = solve(&problem, &listener)?;
    let told = listener.0.into_inner().unwrap_or_default();
    assert_eq!(told.last(), outcome.plan.as_ref());
    let score_of = |plan: &Plan| {
        let lot_of_unit: Vec<usize> = labels(&problem, plan).bytes().map(usize::from).collect();
        score(&problem, &lot_of_unit)
    };
    let scores: Vec<_> = told.iter().map(score_of).collect();
    assert!(
        scores.windows(2).all(|pair| pair[1].order(&pair[0]).is_lt()),
        "{scores:?}"
    );
    let unheard = solve(&problem, &Unwatched)?;
    assert_eq!((unheard.plan, unheard.goals), (outcome.plan, outcome.goals));
    Ok(())
}

#[test]
fn no_time_is_an_answer_too() -> Result<(), SolveError> {
    let mut parts = parts(1);
    parts.search.time_limit_s = 0.0;
    let outcome = solve(&Problem::new(parts), &Unwatched)?;
    assert_eq!(outcome.stop, Stop::Time);
    assert!(outcome.plan.is_some() || outcome.findings.iter().any(|finding| finding.code == "R110"));
    Ok(())
}

#[test]
fn no_goal_is_without_a_bound_when_time_ends_and_none_is_bounded_below_zero() -> Result<(), SolveError> {
    for limit in [0.0, 0.001, 0.01] {
        let mut parts = parts(2);
        parts.goals = vec![Goal::Border, Goal::Travel, Goal::Imbalance, Goal::DealSplits];
        parts.search.time_limit_s = limit;
        let outcome = solve(&Problem::new(parts), &Unwatched)?;
        assert!(
            outcome.goals[1..]
                .iter()
                .all(|goal| goal.bound.is_some_and(|bound| bound >= 0)),
            "{:?}",
            outcome.goals
        );
    }
    Ok(())
}

#[test]
fn a_plan_is_named_after_what_found_it() -> Result<(), SolveError> {
    let named = |goals: bool| -> Result<String, SolveError> {
        let mut parts = parts(3);
        if !goals {
            parts.goals.clear();
        }
        let only = |instance: &crate::solve::Instance<'_>, _| -> Vec<Box<dyn crate::solve::Strategy>> {
            vec![Box::new(TreeSearch::quick(instance.len()))]
        };
        let outcome = solve_by(&Problem::new(parts), &Known::default(), &Unwatched, &Highs, only)?;
        Ok(outcome.strategy)
    };
    assert_eq!(named(false)?, "filling");
    assert_eq!(named(true)?, "annealing");
    Ok(())
}

/// HiGHS with a clock that ends every program: those in whole numbers without a point, relaxed ones at the last moment.
struct Hurried;

impl Backend for Hurried {
    fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError> {
        let answer = Highs.solve(program, effort, start)?;
        Ok(if effort.relaxed {
            Answer {
                status: Status::Time,
                ..answer
            }
        } else {
            Answer {
                status: Status::Time,
                point: None,
                bound: f64::NEG_INFINITY,
                duals: Vec::new(),
            }
        })
    }

    fn growing(&self) -> Box<dyn Growing + '_> {
        Box::new(Anew(self))
    }
}

#[test]
fn a_step_that_the_clock_has_ended_is_told() -> Result<(), SolveError> {
    let mut parts = parts(1);
    parts.goals = vec![Goal::Travel];
    let problem = Problem::new(parts);
    let calm = solve(&problem, &Unwatched)?;
    assert!(calm.findings.iter().all(|finding| finding.code != "R112"));
    let hurried = solve_by(&problem, &Known::default(), &Unwatched, &Hurried, |instance, _| {
        vec![
            Box::new(TreeSearch::quick(instance.len())),
            Box::new(Columns {
                rounds: 2,
                steps: 2,
                tries: 20_000,
                recuts: 0,
            }),
        ]
    })?;
    assert_eq!((hurried.stop, hurried.findings.len()), (Stop::Time, 0));
    let proved = solve_with(&problem, &Unwatched, &Hurried)?;
    let noted = proved.findings.iter().any(|finding| finding.code == "R112");
    assert_eq!((proved.stop, noted), (Stop::Proved, true));
    Ok(())
}
