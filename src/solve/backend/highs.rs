//! HiGHS as a backend: the program is built with good_lp, taken over, and run with the options that a proof needs.

use super::interrupt::Interrupt;
use super::{Answer, Backend, BackendError, Effort, Status};
use crate::model::{Program, Row, Sense};
use ::highs::{HighsModelStatus, HighsSolutionStatus, Model, SolvedModel};
use good_lp::solvers::highs::{HighsProblem, highs};
use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};

/// The HiGHS solver.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;

impl Backend for Highs {
    fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError> {
        let scale = Scale::of(program);
        let mut model = build(program, &scale, effort.relaxed)
            .try_into_inner()
            .map_err(|e| failed("building", &e))?;
        set_options(&mut model, effort)?;
        if let Some(start) = start {
            model
                .try_set_solution(Some(start), None, None, None)
                .map_err(|e| failed("starting", &e))?;
        }
        let interrupt = Interrupt::new(effort.watcher);
        interrupt.attach(&mut model)?;
        let solved = model.try_solve().map_err(|e| failed("solving", &e))?;
        let answer = read(&solved, &scale, effort);
        drop(solved);
        drop(interrupt);
        answer
    }
}

/// Factors that bring costs and rows to moderate size: HiGHS's tolerances are absolute.
struct Scale {
    cost: f64,
    rows: Vec<f64>,
}

impl Scale {
    fn of(program: &Program) -> Self {
        let most = program
            .columns()
            .iter()
            .map(|column| column.cost.unsigned_abs())
            .max()
            .unwrap_or(0);
        Self {
            cost: power_of_two(most, 4096.0),
            rows: program.rows().iter().map(row_scale).collect(),
        }
    }
}

fn row_scale(row: &Row) -> f64 {
    let most = row
        .terms
        .iter()
        .map(|term| term.factor.unsigned_abs())
        .max()
        .unwrap_or(0);
    power_of_two(most, 1.0)
}

/// The power of two, at least one, by which `most` must be divided to come down to `wanted`: dividing by it loses no digit.
fn power_of_two(most: u64, wanted: f64) -> f64 {
    (most as f64 / wanted).max(1.0).log2().floor().exp2()
}

fn build(program: &Program, scale: &Scale, relaxed: bool) -> HighsProblem {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = program
        .columns()
        .iter()
        .map(|column| {
            let wanted = variable().min(0.0).max(column.upper as f64);
            variables.add(if column.integer && !relaxed {
                wanted.integer()
            } else {
                wanted
            })
        })
        .collect();
    let mut objective = Expression::with_capacity(columns.len());
    for (column, &variable) in program.columns().iter().zip(&columns) {
        objective.add_mul(column.cost as f64 / scale.cost, variable);
    }
    let mut problem = variables.minimise(objective).using(highs);
    for (row, &by) in program.rows().iter().zip(&scale.rows) {
        let mut left = Expression::with_capacity(row.terms.len());
        for term in &row.terms {
            left.add_mul(term.factor as f64 / by, columns[term.column]);
        }
        let right = row.right as f64 / by;
        problem.add_constraint(match row.sense {
            Sense::AtMost => left.leq(right),
            Sense::AtLeast => left.geq(right),
            Sense::Equal => left.eq(right),
        });
    }
    problem
}

/// HiGHS drops its options when the model is taken over, so all of them are set here.
fn set_options(model: &mut Model, effort: &Effort<'_>) -> Result<(), BackendError> {
    let threads = i32::try_from(effort.threads.max(1)).unwrap_or(1);
    let seed = i32::try_from(effort.seed % 2_147_483_647).unwrap_or(0);
    let set = |result: Result<(), ::highs::TrySetOptionError>, name: &str| {
        result.map_err(|e| failed(&format!("setting {name}"), &e))
    };
    set(model.try_set_option("output_flag", false), "output_flag")?;
    set(
        model.try_set_option("time_limit", effort.seconds.max(0.01)),
        "time_limit",
    )?;
    set(model.try_set_option("threads", threads), "threads")?;
    set(model.try_set_option("random_seed", seed), "random_seed")?;
    set(model.try_set_option("mip_rel_gap", 0.0), "mip_rel_gap")?;
    set(model.try_set_option("mip_abs_gap", 0.0), "mip_abs_gap")?;
    set(
        model.try_set_option("primal_feasibility_tolerance", 1e-9),
        "primal_feasibility_tolerance",
    )?;
    set(
        model.try_set_option("dual_feasibility_tolerance", 1e-9),
        "dual_feasibility_tolerance",
    )?;
    if let Some(nodes) = effort.nodes {
        set(model.try_set_option("mip_max_nodes", nodes), "mip_max_nodes")?;
    }
    if effort.interior {
        set(model.try_set_option("solver", "ipm"), "solver")?;
        set(model.try_set_option("run_crossover", "off"), "run_crossover")?;
    }
    Ok(())
}

fn read(solved: &SolvedModel, scale: &Scale, effort: &Effort<'_>) -> Result<Answer, BackendError> {
    use HighsModelStatus as From;
    let status = match solved.status() {
        From::Optimal | From::ModelEmpty => Status::Optimal,
        From::Infeasible => Status::Infeasible,
        From::ReachedInterrupt => Status::Cancelled,
        From::ReachedTimeLimit
        | From::ReachedIterationLimit
        | From::ReachedSolutionLimit
        | From::ReachedMemoryLimit
        | From::Unknown => Status::Limit,
        other => return Err(failed("solving", &other)),
    };
    let solution = solved.get_solution();
    let feasible = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let point = feasible.then(|| solution.columns().to_vec());
    let bound = if effort.relaxed {
        f64::NEG_INFINITY
    } else {
        mip_bound(solved)? * scale.cost
    };
    let duals = if effort.relaxed {
        duals(solution.dual_rows(), scale)
    } else {
        Vec::new()
    };
    Ok(Answer {
        status,
        point,
        bound,
        duals,
    })
}

fn mip_bound(solved: &SolvedModel) -> Result<f64, BackendError> {
    solved
        .double_info_value(c"mip_dual_bound")
        .map_err(|e| failed("reading the bound", &e))
}

fn duals(rough: &[f64], scale: &Scale) -> Vec<f64> {
    rough
        .iter()
        .zip(&scale.rows)
        .map(|(dual, by)| dual * scale.cost / by)
        .collect()
}

fn failed(what: &str, why: &dyn std::fmt::Debug) -> BackendError {
    BackendError {
        message: format!("{what}: {why:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Progress, Unwatched, Watcher};
    use crate::model::round_up;

    fn effort(watcher: &dyn Watcher, relaxed: bool) -> Effort<'_> {
        Effort {
            seconds: 10.0,
            nodes: None,
            relaxed,
            interior: false,
            threads: 1,
            seed: 1,
            watcher,
        }
    }

    /// Cover three places, each pair of which costs as much as one place.
    fn triangle(cost: i64) -> Program {
        let mut program = Program::default();
        for pair in 0..3 {
            program.add_column(format!("x[{pair}]"), cost, 1, true);
        }
        for place in 0..3 {
            let row = program.add_row(format!("cover[{place}]"), Sense::AtLeast, 1);
            program.set(row, place, 1);
            program.set(row, (place + 1) % 3, 1);
        }
        program
    }

    #[test]
    fn a_relaxed_program_gives_duals_that_prove_its_bound() -> Result<(), BackendError> {
        for cost in [1, 1000, 3_000_000_000_000] {
            let program = triangle(cost * 2);
            let answer = Highs.solve(&program, &effort(&Unwatched, true), None)?;
            let bound = round_up(program.safe_bound(&program.duals(&answer.duals)));
            assert_eq!((answer.status, bound), (Status::Optimal, i128::from(cost) * 3));
        }
        Ok(())
    }

    #[test]
    fn a_mixed_integer_program_is_solved_to_its_end_and_bounded() -> Result<(), BackendError> {
        let answer = Highs.solve(&triangle(5), &effort(&Unwatched, false), None)?;
        assert_eq!(answer.status, Status::Optimal);
        assert!((answer.bound - 10.0).abs() < 1e-6);
        assert_eq!(answer.point.map(|point| point.iter().sum::<f64>().round()), Some(2.0));
        Ok(())
    }

    #[test]
    fn a_program_without_a_point_is_infeasible() -> Result<(), BackendError> {
        let mut program = triangle(1);
        let row = program.add_row("none", Sense::AtMost, 1);
        (0..3).for_each(|column| program.set(row, column, 1));
        let answer = Highs.solve(&program, &effort(&Unwatched, false), None)?;
        assert_eq!(answer.status, Status::Infeasible);
        Ok(())
    }

    struct Stopper;

    impl Watcher for Stopper {
        fn progress(&self, _: &Progress) {}

        fn cancelled(&self) -> bool {
            true
        }
    }

    /// A market split program: small, and far beyond what branching can do.
    fn hard() -> Program {
        let mut program = Program::default();
        for k in 0..40 {
            program.add_column(format!("x[{k}]"), 0, 1, true);
        }
        for r in 0..5_i64 {
            let over = program.add_column(format!("over[{r}]"), 1, 10_000, false);
            let under = program.add_column(format!("under[{r}]"), 1, 10_000, false);
            let row = program.add_row(format!("split[{r}]"), Sense::Equal, 1000);
            (0..40).for_each(|k| program.set(row, k, (k as i64 * k as i64 * 37 + r * 7919 + k as i64 * r * 101) % 100));
            program.set(row, over, 1);
            program.set(row, under, -1);
        }
        program
    }

    #[test]
    fn a_watcher_stops_the_solver_from_inside() -> Result<(), BackendError> {
        let begun = std::time::Instant::now();
        let answer = Highs.solve(&hard(), &effort(&Stopper, false), None)?;
        assert_eq!(answer.status, Status::Cancelled);
        assert!(begun.elapsed().as_secs_f64() < 5.0);
        Ok(())
    }
}
