//! HiGHS on a growing program: columns and rows are added to the model at hand, which keeps its basis.

use super::growing::Growing;
use super::highs::{MOST_COST, failed, read, set_options};
use super::interrupt::Interrupt;
use super::scaled::Scaled;
use super::{Answer, BackendError, Effort};
use crate::model::{Program, Sense};
use ::highs::{Col, Model, Row, RowProblem};
use std::time::Instant;

/// HiGHS with the model of the last call.
#[derive(Default)]
pub struct HighsGrowing {
    held: Option<Held>,
}

/// A model, and what of the program it holds.
struct Held {
    model: Model,
    columns: Vec<Col>,
    costs: Vec<f64>,
    rows: Vec<Row>,
    /// Terms of each row that the model has.
    terms: Vec<usize>,
    /// What costs are divided by, the same for all calls.
    scale: f64,
    /// Seconds of all runs: HiGHS counts them together.
    seconds: f64,
}

impl Growing for HighsGrowing {
    fn solve(&mut self, program: &Program, effort: &Effort<'_>) -> Result<Answer, BackendError> {
        let mut held = match self.held.take() {
            Some(held) => held,
            None => Held::new(program)?,
        };
        held.take_over(program)?;
        let effort = Effort {
            seconds: held.seconds + effort.seconds.max(0.01),
            relaxed: true,
            ..*effort
        };
        set_options(&mut held.model, &effort)?;
        let interrupt = Interrupt::new(effort.watcher);
        interrupt.attach(&mut held.model)?;
        let start = Instant::now();
        let solved = held.model.try_solve().map_err(|e| failed("solving", &e))?;
        let scaled = Scaled::by(program, held.scale);
        let answer = read(&solved, &scaled, &effort)?;
        self.held = Some(Held {
            model: solved.into(),
            seconds: held.seconds + start.elapsed().as_secs_f64(),
            ..held
        });
        Ok(answer)
    }
}

impl Held {
    /// An empty model, with costs as moderate as those of `program`.
    fn new(program: &Program) -> Result<Self, BackendError> {
        let model = RowProblem::new().try_optimise(::highs::Sense::Minimise);
        Ok(Self {
            model: model.map_err(|e| failed("building", &e))?,
            columns: Vec::new(),
            costs: Vec::new(),
            rows: Vec::new(),
            terms: Vec::new(),
            scale: Scaled::new(program, MOST_COST).true_cost(1.0),
            seconds: 0.0,
        })
    }

    /// Makes the model that of `program`.
    fn take_over(&mut self, program: &Program) -> Result<(), BackendError> {
        for (at, column) in program.columns().iter().take(self.columns.len()).enumerate() {
            let cost = column.cost as f64 / self.scale;
            if cost != self.costs[at] {
                self.model.change_column_cost(self.columns[at], cost);
                self.costs[at] = cost;
            }
        }
        self.add_columns(program)?;
        self.add_rows(program)
    }

    /// Adds new columns, with their terms in the rows that there are.
    fn add_columns(&mut self, program: &Program) -> Result<(), BackendError> {
        let old = self.columns.len();
        let new = &program.columns()[old..];
        let mut terms: Vec<Vec<(Row, f64)>> = vec![Vec::new(); new.len()];
        for (at, row) in self.rows.iter().enumerate() {
            let of_row = &program.rows()[at].terms;
            for term in &of_row[self.terms[at]..] {
                let Some(of_column) = term.column.checked_sub(old) else {
                    return Err(failed("growing", &"an old row has a new term in an old column"));
                };
                terms[of_column].push((*row, term.factor as f64));
            }
            self.terms[at] = of_row.len();
        }
        for (column, terms) in new.iter().zip(terms) {
            let cost = column.cost as f64 / self.scale;
            let added = self.model.try_add_column(cost, 0.0..=column.upper as f64, terms);
            self.columns.push(added.map_err(|e| failed("adding a column", &e))?);
            self.costs.push(cost);
        }
        Ok(())
    }

    /// Adds new rows.
    fn add_rows(&mut self, program: &Program) -> Result<(), BackendError> {
        for row in &program.rows()[self.rows.len()..] {
            let terms = row.terms.iter();
            let terms: Vec<(Col, f64)> = terms
                .map(|term| (self.columns[term.column], term.factor as f64))
                .collect();
            let right = row.right as f64;
            let added = match row.sense {
                Sense::AtMost => self.model.try_add_row(..=right, terms),
                Sense::AtLeast => self.model.try_add_row(right.., terms),
                Sense::Equal => self.model.try_add_row(right..=right, terms),
            };
            self.rows.push(added.map_err(|e| failed("adding a row", &e))?);
            self.terms.push(row.terms.len());
        }
        Ok(())
    }
}
