//! What every backend must do, as one list of checks that runs for each of them.

use super::{Answer, Backend, BackendError, Effort, Highs, Microlp, Status, Timed};
use crate::domain::{Progress, Unwatched, Watcher};
use crate::model::{Program, Sense, round_up};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A check of the contract.
type Check = fn(&dyn Backend) -> Result<(), BackendError>;

/// The backends by name.
const BACKENDS: [(&str, &dyn Backend); 2] = [("HiGHS", &Highs), ("microlp", &Microlp)];

fn for_every_backend(check: Check) -> Result<(), BackendError> {
    BACKENDS.iter().try_for_each(|(name, backend)| {
        check(*backend).map_err(|error| BackendError {
            message: format!("{name}: {error}"),
        })
    })
}

fn effort(watcher: &dyn Watcher, relaxed: bool) -> Effort<'_> {
    Effort {
        seconds: 10.0,
        nodes: None,
        relaxed,
        interior: false,
        presolve: true,
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

/// Rows of every sense, costs of both signs, columns that end at their upper bound: the least cost is −11, at (2, 1½, 0).
fn mixed() -> Program {
    let mut program = Program::default();
    for (cost, upper) in [(-4, 2), (-2, 3), (5, 10)] {
        program.add_column("x", cost, upper, false);
    }
    let rows = [
        (Sense::AtMost, 5, [1, 2, -1]),
        (Sense::AtLeast, 1, [0, 1, 1]),
        (Sense::Equal, 7, [2, 2, 1]),
    ];
    for (sense, right, factors) in rows {
        let row = program.add_row("row", sense, right);
        (0..3).for_each(|column| program.set(row, column, factors[column]));
    }
    program
}

/// A market split program: small, and far beyond what branching can do.
fn hard() -> Program {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut program = Program::default();
    for k in 0..50 {
        program.add_column(format!("x[{k}]"), 0, 1, true);
    }
    for r in 0..6 {
        let factors: Vec<i64> = (0..50).map(|_| random.random_range(0..100)).collect();
        let over = program.add_column(format!("over[{r}]"), 1, 10_000, false);
        let under = program.add_column(format!("under[{r}]"), 1, 10_000, false);
        let half = factors.iter().sum::<i64>() / 2;
        let row = program.add_row(format!("split[{r}]"), Sense::Equal, half);
        (0..50).for_each(|k| program.set(row, k, factors[k]));
        program.set(row, over, 1);
        program.set(row, under, -1);
    }
    program
}

#[test]
fn a_relaxed_program_gives_duals_that_prove_its_bound() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        for cost in [1, 1000, 3_000_000_000_000] {
            let program = triangle(cost * 2);
            let answer = backend.solve(&program, &effort(&Unwatched, true), None)?;
            let bound = round_up(program.safe_bound(&program.duals(&answer.duals)));
            assert_eq!((answer.status, bound), (Status::Optimal, i128::from(cost) * 3));
        }
        Ok(())
    })
}

#[test]
fn duals_carry_the_sign_of_their_row_and_heed_upper_bounds() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        let program = mixed();
        let answer = backend.solve(&program, &effort(&Unwatched, true), None)?;
        assert_eq!(answer.duals.len(), program.rows().len());
        let bound = round_up(program.safe_bound(&program.duals(&answer.duals)));
        assert_eq!((answer.status, bound), (Status::Optimal, -11));
        let point = answer.point.unwrap_or_default();
        let cost: f64 = program
            .columns()
            .iter()
            .zip(&point)
            .map(|(column, value)| column.cost as f64 * value)
            .sum();
        assert!((cost + 11.0).abs() < 1e-6, "{point:?}");
        Ok(())
    })
}

#[test]
fn a_mixed_integer_program_is_solved_to_its_end_and_bounded() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        for cost in [5, 7_000_000_000] {
            let answer = backend.solve(&triangle(cost), &effort(&Unwatched, false), None)?;
            assert_eq!(answer.status, Status::Optimal);
            assert!((answer.bound / cost as f64 - 2.0).abs() < 1e-6);
            assert!(answer.duals.is_empty());
            assert_eq!(answer.point.map(|point| point.iter().sum::<f64>().round()), Some(2.0));
        }
        Ok(())
    })
}

#[test]
fn a_program_without_a_point_is_infeasible() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        let mut program = triangle(1);
        let row = program.add_row("none", Sense::AtMost, 1);
        (0..3).for_each(|column| program.set(row, column, 1));
        for relaxed in [true, false] {
            let answer = backend.solve(&program, &effort(&Unwatched, relaxed), None)?;
            assert_eq!((answer.status, answer.point), (Status::Infeasible, None));
        }
        Ok(())
    })
}

/// What the relaxed program costs at least, by the duals of an answer.
fn proved(program: &Program, answer: &Answer) -> i128 {
    round_up(program.safe_bound(&program.duals(&answer.duals)))
}

#[test]
fn a_program_that_grows_is_solved_as_if_it_were_new() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        let mut random = ChaCha8Rng::seed_from_u64(4);
        for _ in 0..20 {
            let (mut program, mut solver) = (Program::default(), backend.growing());
            for place in 0..8 {
                let row = program.add_row(format!("cover[{place}]"), Sense::Equal, 1);
                let column = program.add_column(format!("short[{place}]"), 9_000_000, 3, false);
                program.set(row, column, 1);
            }
            for _ in 0..6 {
                for _ in 0..5 {
                    let column = program.add_column("x", random.random_range(1_000_000..9_000_000), 2, false);
                    for row in 0..program.rows().len() {
                        if random.random_range(0..3) == 0 {
                            program.set(row, column, random.random_range(1..=2));
                        }
                    }
                }
                let row = program.add_row("limit", [Sense::AtMost, Sense::AtLeast][random.random_range(0..2)], 1);
                for column in 0..program.columns().len() {
                    if random.random_range(0..3) == 0 {
                        program.set(row, column, 1);
                    }
                }
                (0..8).for_each(|column| program.set_cost(column, random.random_range(5_000_000..20_000_000)));
                let anew = backend.solve(&program, &effort(&Unwatched, true), None)?;
                let grown = solver.solve(&program, &effort(&Unwatched, false))?;
                assert_eq!(grown.status, anew.status);
                if anew.status == Status::Optimal {
                    assert!((proved(&program, &grown) - proved(&program, &anew)).abs() <= 1);
                    assert_eq!(grown.duals.len(), program.rows().len());
                }
            }
        }
        Ok(())
    })
}

#[test]
fn a_program_that_grows_where_it_must_not_is_refused() -> Result<(), BackendError> {
    let (mut program, mut solver) = (triangle(2), Highs.growing());
    solver.solve(&program, &effort(&Unwatched, true))?;
    program.set(0, 2, 1);
    assert!(solver.solve(&program, &effort(&Unwatched, true)).is_err());
    Ok(())
}

#[test]
fn a_limit_of_time_is_an_answer_whose_bound_holds() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        let begun = std::time::Instant::now();
        let short = Effort {
            seconds: 0.2,
            ..effort(&Unwatched, false)
        };
        let answer = backend.solve(&hard(), &short, None)?;
        assert_eq!(answer.status, Status::Time, "{answer:?}");
        assert!(answer.bound < 1000.0);
        assert!(begun.elapsed().as_secs_f64() < 5.0);
        Ok(())
    })
}

#[test]
fn a_timed_backend_notes_what_the_clock_has_ended_and_nothing_else() -> Result<(), BackendError> {
    let timed = Timed::new(&Highs);
    timed.solve(&triangle(2), &effort(&Unwatched, false), None)?;
    let one_node = Effort {
        nodes: Some(1),
        ..effort(&Unwatched, false)
    };
    assert_eq!(timed.solve(&hard(), &one_node, None)?.status, Status::Limit);
    assert!(!timed.ended_by_clock());
    let short = Effort {
        seconds: 0.1,
        ..effort(&Unwatched, false)
    };
    timed.solve(&hard(), &short, None)?;
    assert!(timed.ended_by_clock());
    Ok(())
}

struct Stopper;

impl Watcher for Stopper {
    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_watcher_stops_the_solver() -> Result<(), BackendError> {
    for_every_backend(|backend| {
        let begun = std::time::Instant::now();
        let answer = backend.solve(&hard(), &effort(&Stopper, false), None)?;
        assert_eq!(answer.status, Status::Cancelled);
        assert!(begun.elapsed().as_secs_f64() < 5.0);
        Ok(())
    })
}
