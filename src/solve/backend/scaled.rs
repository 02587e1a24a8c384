//! A Scaled program has costs and rows of moderate size: the tolerances of solvers are absolute.

use crate::model::{Program, Row, Sense};
use good_lp::solvers::Solver;
use good_lp::{Constraint, Expression, ProblemVariables, SolverModel, Variable, variable};

/// A program with the factors that its costs and rows are divided by, all of them powers of two: dividing by those loses no digit.
pub struct Scaled<'p> {
    program: &'p Program,
    cost: f64,
    rows: Vec<f64>,
}

impl<'p> Scaled<'p> {
    /// Costs come down to about `most_cost`, coefficients of rows to about one.
    pub fn new(program: &'p Program, most_cost: f64) -> Self {
        let costs = program.columns().iter().map(|column| column.cost.unsigned_abs());
        Self {
            program,
            cost: power_of_two(costs.max().unwrap_or(0), most_cost),
            rows: program.rows().iter().map(row_scale).collect(),
        }
    }

    /// Costs come down by a given factor; rows stay as they are.
    pub fn by(program: &'p Program, cost: f64) -> Self {
        Self {
            program,
            cost,
            rows: vec![1.0; program.rows().len()],
        }
    }

    /// The program as good_lp sees it, for a solver of good_lp, with its variables in the order of the columns.
    pub fn build<S: Solver>(&self, solver: S, relaxed: bool) -> (S::Model, Vec<Variable>) {
        let mut variables = ProblemVariables::new();
        let columns: Vec<Variable> = self
            .program
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
        for (index, &variable) in columns.iter().enumerate() {
            objective.add_mul(self.cost(index), variable);
        }
        let mut model = variables.minimise(objective).using(solver);
        for row in 0..self.rows.len() {
            model.add_constraint(self.constraint(row, &columns));
        }
        (model, columns)
    }

    fn constraint(&self, row: usize, columns: &[Variable]) -> Constraint {
        let Row { terms, sense, .. } = &self.program.rows()[row];
        let mut left = Expression::with_capacity(terms.len());
        for term in terms {
            left.add_mul(self.factor(row, term.factor), columns[term.column]);
        }
        match sense {
            Sense::AtMost => left.leq(self.right(row)),
            Sense::AtLeast => left.geq(self.right(row)),
            Sense::Equal => left.eq(self.right(row)),
        }
    }

    /// The program itself.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The scaled cost of a column.
    pub fn cost(&self, column: usize) -> f64 {
        self.program.columns()[column].cost as f64 / self.cost
    }

    /// A coefficient of a row, scaled.
    pub fn factor(&self, row: usize, factor: i64) -> f64 {
        factor as f64 / self.rows[row]
    }

    /// The right side of a row, scaled.
    pub fn right(&self, row: usize) -> f64 {
        self.program.rows()[row].right as f64 / self.rows[row]
    }

    /// A cost of the scaled program in units of the program.
    pub fn true_cost(&self, scaled: f64) -> f64 {
        scaled * self.cost
    }

    /// Dual values of the scaled rows in units of the program.
    pub fn true_duals(&self, scaled: &[f64]) -> Vec<f64> {
        let rows = scaled.iter().zip(&self.rows);
        rows.map(|(dual, by)| dual * self.cost / by).collect()
    }
}

fn row_scale(row: &Row) -> f64 {
    let factors = row.terms.iter().map(|term| term.factor.unsigned_abs());
    power_of_two(factors.max().unwrap_or(0), 1.0)
}

/// The power of two, at least one, by which `most` must be divided to come down to `wanted`.
fn power_of_two(most: u64, wanted: f64) -> f64 {
    (most as f64 / wanted).max(1.0).log2().floor().exp2()
}
