//! HiGHS as a backend: the program is built with good_lp, taken over, and run with the options that a proof needs.

use super::growing::Growing;
use super::highs_growing::HighsGrowing;
use super::interrupt::Interrupt;
use super::scaled::Scaled;
use super::{Answer, Backend, BackendError, Effort, Status};
use crate::model::Program;
use ::highs::{HighsModelStatus, HighsSolutionStatus, Model, SolvedModel};
use good_lp::solvers::highs::highs;

/// The HiGHS solver.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;

/// What costs are scaled to: HiGHS looks at them with a tolerance of 10⁻⁹.
pub(super) const MOST_COST: f64 = 4096.0;

impl Backend for Highs {
    fn solve(&self, program: &Program, effort: &Effort<'_>, start: Option<&[f64]>) -> Result<Answer, BackendError> {
        let scaled = Scaled::new(program, MOST_COST);
        let (built, _) = scaled.build(highs, effort.relaxed);
        let mut model = built.try_into_inner().map_err(|e| failed("building", &e))?;
        set_options(&mut model, effort)?;
        if let Some(start) = start {
            model
                .try_set_solution(Some(start), None, None, None)
                .map_err(|e| failed("starting", &e))?;
        }
        let interrupt = Interrupt::new(effort.watcher);
        interrupt.attach(&mut model)?;
        let solved = model.try_solve().map_err(|e| failed("solving", &e))?;
        let answer = read(&solved, &scaled, effort);
        drop(solved);
        drop(interrupt);
        answer
    }

    fn growing(&self) -> Box<dyn Growing + '_> {
        Box::new(HighsGrowing::default())
    }
}

/// HiGHS drops its options when the model is taken over, so all of them are set here. A model that grows keeps them: what an effort leaves out stays as it was.
pub(super) fn set_options(model: &mut Model, effort: &Effort<'_>) -> Result<(), BackendError> {
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
    if !effort.presolve {
        set(model.try_set_option("presolve", "off"), "presolve")?;
    }
    if effort.interior {
        set(model.try_set_option("solver", "ipm"), "solver")?;
        set(model.try_set_option("run_crossover", "off"), "run_crossover")?;
    }
    Ok(())
}

pub(super) fn read(solved: &SolvedModel, scaled: &Scaled<'_>, effort: &Effort<'_>) -> Result<Answer, BackendError> {
    use HighsModelStatus as From;
    let status = match solved.status() {
        From::Optimal | From::ModelEmpty => Status::Optimal,
        From::Infeasible => Status::Infeasible,
        From::ReachedInterrupt => Status::Cancelled,
        From::ReachedTimeLimit => Status::Time,
        From::ReachedIterationLimit | From::ReachedSolutionLimit | From::ReachedMemoryLimit | From::Unknown => {
            Status::Limit
        }
        other => return Err(failed("solving", &other)),
    };
    let solution = solved.get_solution();
    let feasible = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let point = feasible.then(|| solution.columns().to_vec());
    let bound = if effort.relaxed {
        f64::NEG_INFINITY
    } else {
        scaled.true_cost(mip_bound(solved)?)
    };
    let duals = if effort.relaxed {
        scaled.true_duals(solution.dual_rows())
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

pub(super) fn failed(what: &str, why: &dyn std::fmt::Debug) -> BackendError {
    BackendError {
        message: format!("{what}: {why:?}"),
    }
}
