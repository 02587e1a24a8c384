//! A Program is a linear or mixed-integer minimisation in whole numbers, with names that people can read.

/// How the left side of a row stands to its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Equal to.
    Equal,
}

/// A coefficient of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Index of the column.
    pub column: usize,
    /// Its coefficient.
    pub factor: i64,
}

/// A variable from 0 to `upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What people call it, such as `x[3]`.
    pub name: String,
    /// Its cost in the objective.
    pub cost: i64,
    /// Its greatest value.
    pub upper: i64,
    /// Whether it must be whole.
    pub integer: bool,
}

/// A linear constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What people call it, such as `cover[E06000023]`.
    pub name: String,
    /// Its coefficients, each column at most once.
    pub terms: Vec<Term>,
    /// How the two sides compare.
    pub sense: Sense,
    /// The right side.
    pub right: i64,
}

/// Minimise Σ cost × column, subject to the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// Binary digits behind the point in the exact arithmetic on dual values.
const DIGITS: u32 = 20;

impl Program {
    /// The columns, in the order of adding.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows, in the order of adding.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Adds a column and gives its index.
    pub fn add_column(&mut self, name: impl Into<String>, cost: i64, upper: i64, integer: bool) -> usize {
        self.columns.push(Column {
            name: name.into(),
            cost,
            upper,
            integer,
        });
        self.columns.len() - 1
    }

    /// Adds a row without terms and gives its index.
    pub fn add_row(&mut self, name: impl Into<String>, sense: Sense, right: i64) -> usize {
        self.rows.push(Row {
            name: name.into(),
            terms: Vec::new(),
            sense,
            right,
        });
        self.rows.len() - 1
    }

    /// Gives a column another cost.
    pub fn set_cost(&mut self, column: usize, cost: i64) {
        self.columns[column].cost = cost;
    }

    /// Puts a coefficient into a row.
    pub fn set(&mut self, row: usize, column: usize, factor: i64) {
        self.rows[row].terms.push(Term { column, factor });
    }

    /// The dual values in fixed point, each pressed to the sign that its row allows: ≥ 0 for "at least", ≤ 0 for "at most".
    pub fn duals(&self, rough: &[f64]) -> Vec<i128> {
        self.rows
            .iter()
            .zip(rough)
            .map(|(row, &dual)| {
                let exact = fixed(dual);
                match row.sense {
                    Sense::AtMost => exact.min(0),
                    Sense::AtLeast => exact.max(0),
                    Sense::Equal => exact,
                }
            })
            .collect()
    }

    /// The reduced cost of every column in fixed point: cost − Σ dual × coefficient, exact for the given duals.
    pub fn reduced_costs(&self, duals: &[i128]) -> Vec<i128> {
        let mut costs: Vec<i128> = self
            .columns
            .iter()
            .map(|column| i128::from(column.cost) << DIGITS)
            .collect();
        for (row, &dual) in self.rows.iter().zip(duals) {
            for term in &row.terms {
                costs[term.column] -= dual * i128::from(term.factor);
            }
        }
        costs
    }

    /// What no point of the relaxed program can undercut, in fixed point: Σ dual × right side + Σ min(0, reduced cost) × upper.
    pub fn safe_bound(&self, duals: &[i128]) -> i128 {
        let rows: i128 = self
            .rows
            .iter()
            .zip(duals)
            .map(|(row, &dual)| dual * i128::from(row.right))
            .sum();
        let costs = self.reduced_costs(duals);
        let columns: i128 = self
            .columns
            .iter()
            .zip(costs)
            .map(|(c, cost)| cost.min(0) * i128::from(c.upper))
            .sum();
        rows + columns
    }
}

/// A rough number in the fixed point of [`Program::duals`]; what is not finite counts as zero.
pub fn fixed(rough: f64) -> i128 {
    if rough.is_finite() {
        (rough * f64::from(1_u32 << DIGITS)).round() as i128
    } else {
        0
    }
}

/// A whole number in fixed point.
pub fn whole(value: i64) -> i128 {
    i128::from(value) << DIGITS
}

/// The least whole number that is not below a number in fixed point.
pub fn round_up(value: i128) -> i128 {
    -((-value) >> DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knapsack() -> Program {
        let mut program = Program::default();
        let row = program.add_row("cover", Sense::AtLeast, 3);
        for cost in [2, 3] {
            let column = program.add_column("x", cost, 2, true);
            program.set(row, column, 1);
        }
        program
    }

    #[test]
    fn a_safe_bound_holds_for_any_duals_and_is_tight_for_the_best() {
        let program = knapsack();
        for (dual, bound) in [(3.0, 7), (2.5, 7), (-4.0, 0), (9.0, 1), (f64::NAN, 0)] {
            let duals = program.duals(&[dual]);
            assert_eq!(round_up(program.safe_bound(&duals)), bound, "dual {dual}");
        }
    }

    #[test]
    fn rounding_up_never_goes_below() {
        assert_eq!(round_up(whole(5)), 5);
        assert_eq!(round_up(whole(5) + 1), 6);
        assert_eq!(round_up(whole(-5) + 1), -4);
    }
}
