//! microlp as a backend: a solver that shares no line with HiGHS, set beside it in tests.
//!
//! It gives no dual values, so those of a relaxed program come from its dual program, solved as a program of its own. It knows limits of time
//! but none of nodes, and no start is handed over; a watcher is asked before each run and cannot stop it from inside. Its mixed-integer runs
//! give no bound before their end.

use super::scaled::Scaled;
use super::{Anew, Answer, Backend, BackendError, Effort, Growing, Status};
use crate::model::{Program, Sense};
use good_lp::solvers::microlp::microlp;
use good_lp::solvers::{SolutionStatus, WithTimeLimit};
use good_lp::{Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, variable};
use std::time::Instant;

/// The microlp solver.
#[derive(Clone, Copy, Debug, Default)]
pub struct Microlp;

/// What costs are scaled to: microlp compares everything with a tolerance of 10⁻¹⁰, so numbers must be small.
const MOST_COST: f64 = 1.0;
/// The greatest dual value that is sought, in scaled units. Limits keep rounding from passing for a way to infinity; any duals are safe.
const MOST_DUAL: f64 = 1_048_576.0;

impl Backend for Microlp {
    fn solve(&self, program: &Program, effort: &Effort<'_>, _: Option<&[f64]>) -> Result<Answer, BackendError> {
        let begun = Instant::now();
        if effort.watcher.cancelled() {
            return Ok(without_point(Status::Cancelled, program, effort));
        }
        let scaled = Scaled::new(program, MOST_COST);
        let (status, point) = primal(&scaled, effort)?;
        let (Status::Optimal, Some(values)) = (status, &point) else {
            let none = without_point(status, program, effort);
            return Ok(Answer { point, ..none });
        };
        if !effort.relaxed {
            let bound = cost(program, values);
            let duals = Vec::new();
            return Ok(Answer {
                status,
                point,
                bound,
                duals,
            });
        }
        let left = effort.seconds - begun.elapsed().as_secs_f64();
        let (status, duals) = match duals(&scaled, left)? {
            Some(duals) => (status, duals),
            None => (Status::Time, vec![0.0; program.rows().len()]),
        };
        Ok(Answer {
            status,
            point,
            bound: f64::NEG_INFINITY,
            duals,
        })
    }

    fn growing(&self) -> Box<dyn Growing + '_> {
        Box::new(Anew(self))
    }
}

/// No point is known; duals of zero are as good as any.
fn without_point(status: Status, program: &Program, effort: &Effort<'_>) -> Answer {
    let rows = if effort.relaxed { program.rows().len() } else { 0 };
    let bound = if status == Status::Infeasible && !effort.relaxed {
        f64::INFINITY
    } else {
        f64::NEG_INFINITY
    };
    Answer {
        status,
        point: None,
        bound,
        duals: vec![0.0; rows],
    }
}

fn primal(scaled: &Scaled<'_>, effort: &Effort<'_>) -> Result<(Status, Option<Vec<f64>>), BackendError> {
    let (model, columns) = scaled.build(microlp, effort.relaxed);
    Ok(match run(model, effort.seconds)? {
        Run::Ended(solution) => {
            let status = match solution.status() {
                SolutionStatus::Optimal => Status::Optimal,
                SolutionStatus::TimeLimit => Status::Time,
                SolutionStatus::GapLimit => Status::Limit,
            };
            (status, Some(values(&solution, &columns)))
        }
        Run::Infeasible => (Status::Infeasible, None),
        // It has no other limit than that of time.
        Run::Limit => (Status::Time, None),
    })
}

/// The best dual values of the relaxed program; `None` if the time is over before they are found.
///
/// Maximise Σ right × π − Σ upper × w, with Σ factor × π − w ≤ cost for every column, w ≥ 0, and each π of the sign that its row allows. Such
/// values always exist, since w may be as great as it needs to be.
fn duals(scaled: &Scaled<'_>, seconds: f64) -> Result<Option<Vec<f64>>, BackendError> {
    let program = scaled.program();
    let mut variables = ProblemVariables::new();
    let duals: Vec<Variable> = program
        .rows()
        .iter()
        .map(|row| {
            variables.add(match row.sense {
                Sense::AtMost => variable().min(-MOST_DUAL).max(0.0),
                Sense::AtLeast => variable().min(0.0).max(MOST_DUAL),
                Sense::Equal => variable().min(-MOST_DUAL).max(MOST_DUAL),
            })
        })
        .collect();
    let over: Vec<Variable> = (0..program.columns().len())
        .map(|_| variables.add(variable().min(0.0).max(MOST_DUAL)))
        .collect();
    let mut objective = Expression::default();
    let mut left: Vec<Expression> = over.iter().map(|&w| -1.0 * w).collect();
    for (index, (row, &dual)) in program.rows().iter().zip(&duals).enumerate() {
        objective.add_mul(scaled.right(index), dual);
        for term in &row.terms {
            left[term.column].add_mul(scaled.factor(index, term.factor), dual);
        }
    }
    for (column, &w) in program.columns().iter().zip(&over) {
        objective.add_mul(-column.upper as f64, w);
    }
    let mut model = variables.maximise(objective).using(microlp);
    for (column, left) in left.into_iter().enumerate() {
        model.add_constraint(left.leq(scaled.cost(column)));
    }
    Ok(match run(model, seconds)? {
        Run::Ended(solution) => Some(scaled.true_duals(&values(&solution, &duals))),
        Run::Limit => None,
        Run::Infeasible => return Err(failed("finding dual values", &"the dual program has no point")),
    })
}

enum Run<S> {
    Ended(S),
    Infeasible,
    Limit,
}

fn run<M>(model: M, seconds: f64) -> Result<Run<M::Solution>, BackendError>
where
    M: SolverModel<Error = ResolutionError> + WithTimeLimit,
{
    match model.with_time_limit(seconds.max(0.01)).solve() {
        Ok(solution) => Ok(Run::Ended(solution)),
        Err(ResolutionError::Infeasible) => Ok(Run::Infeasible),
        // good_lp tells a limit without a point by this variant alone.
        Err(ResolutionError::Other(_)) => Ok(Run::Limit),
        Err(error) => Err(failed("solving", &error)),
    }
}

fn values(solution: &impl Solution, variables: &[Variable]) -> Vec<f64> {
    variables.iter().map(|&variable| solution.value(variable)).collect()
}

fn cost(program: &Program, point: &[f64]) -> f64 {
    let columns = program.columns().iter().zip(point);
    columns.map(|(column, value)| column.cost as f64 * value).sum()
}

fn failed(what: &str, why: &dyn std::fmt::Debug) -> BackendError {
    BackendError {
        message: format!("{what}: {why:?}"),
    }
}
