//! Set partitioning: choose candidate lots so that every block lies in just one, for one level of the priorities.

use super::{Program, Sense};

/// The rows keep these columns at 1 or below. Their own upper bound is above that, so that it never takes part in a dual value, and
/// reduced costs below zero mean columns that are missing.
const SLACK_UPPER: i64 = 2;

/// A candidate lot as a column of the program.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Number that names it, as in `x[17]`.
    pub number: usize,
    /// Blocks it holds.
    pub blocks: &'a [u32],
    /// Cost at the level at hand.
    pub cost: i64,
    /// Cost at each level held, in the order of [`Levels::held`].
    pub held: Vec<i64>,
    /// For every deal, the row of [`Levels::patterns`] that says which part of the deal it holds; `None` if no part.
    pub patterns: Vec<Option<usize>>,
}

/// A part of a deal that some candidate holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Index of the deal.
    pub deal: usize,
    /// Volume of the part.
    pub volume: i64,
}

/// What the program asks beside covering every block once.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// Number of lots.
    pub lots: i64,
    /// Names and values of the earlier levels that are sums over lots.
    pub held: Vec<(String, i64)>,
    /// Names of the deals; empty where no level counts deal splits.
    pub deals: Vec<String>,
    /// Parts of deals among the candidates.
    pub patterns: Vec<Pattern>,
    /// Whether the level at hand is deal splits: then the volume held in the main lots is made great.
    pub deals_now: bool,
    /// Deal volume that the main lots must hold, where deal splits are an earlier level.
    pub deals_held: Option<i64>,
    /// Cost of leaving a row unmet; above any cost that matters. Keeps the relaxed program solvable, so that its bound is always exact.
    pub penalty: i64,
}

/// Where the rows and columns of each kind begin, so that duals can be read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Number of cover rows, which stand first.
    pub blocks: usize,
    /// The row on the number of lots.
    pub lots_row: usize,
    /// First row of the levels held.
    pub held_row: usize,
    /// First row of the patterns.
    pub pattern_row: usize,
    /// Number of columns that are candidates, which stand first.
    pub candidates: usize,
}

/// Minimise Σ cost x, every block covered once, just so many lots, earlier levels held.
pub fn partition(
    blocks: usize,
    candidates: &[Candidate<'_>],
    levels: &Levels,
    name: impl Fn(usize) -> String,
) -> (Program, Layout) {
    let mut program = Program::default();
    for candidate in candidates {
        program.add_column(format!("x[{}]", candidate.number), candidate.cost, SLACK_UPPER, true);
    }
    cover_rows(&mut program, blocks, candidates, name);
    let lots_row = lots_row(&mut program, candidates, levels);
    let held_row = held_rows(&mut program, candidates, levels);
    let pattern_row = pattern_rows(&mut program, candidates, levels);
    deal_rows(&mut program, levels, pattern_row);
    (
        program,
        Layout {
            blocks,
            lots_row,
            held_row,
            pattern_row,
            candidates: candidates.len(),
        },
    )
}

/// Every block lies in one lot: Σ x + unmet = 1.
fn cover_rows(program: &mut Program, blocks: usize, candidates: &[Candidate<'_>], name: impl Fn(usize) -> String) {
    for block in 0..blocks {
        program.add_row(format!("cover[{}]", name(block)), Sense::Equal, 1);
    }
    for (column, candidate) in candidates.iter().enumerate() {
        for &block in candidate.blocks {
            program.set(block as usize, column, 1);
        }
    }
}

/// The number of lots: Σ x + unmet = k; and the columns for what is unmet.
fn lots_row(program: &mut Program, candidates: &[Candidate<'_>], levels: &Levels) -> usize {
    let blocks = program.rows().len();
    let lots_row = program.add_row("lots", Sense::Equal, levels.lots);
    for column in 0..candidates.len() {
        program.set(lots_row, column, 1);
    }
    for row in 0..=blocks {
        let right = program.rows()[row].right;
        let unmet = program.add_column(
            format!("unmet[{}]", program.rows()[row].name),
            levels.penalty,
            right,
            false,
        );
        program.set(row, unmet, 1);
    }
    lots_row
}

/// An earlier level that is a sum over lots keeps its value: Σ cost x ≤ value.
fn held_rows(program: &mut Program, candidates: &[Candidate<'_>], levels: &Levels) -> usize {
    let first = program.rows().len();
    for (level, (name, value)) in levels.held.iter().enumerate() {
        let row = program.add_row(format!("hold[{name}]"), Sense::AtMost, *value);
        for (column, candidate) in candidates.iter().enumerate() {
            program.set(row, column, candidate.held[level]);
        }
    }
    first
}

/// A part of a deal counts only where a chosen lot holds it: w − Σ x with that part ≤ 0.
fn pattern_rows(program: &mut Program, candidates: &[Candidate<'_>], levels: &Levels) -> usize {
    let first = program.rows().len();
    for (index, pattern) in levels.patterns.iter().enumerate() {
        let deal = &levels.deals[pattern.deal];
        let row = program.add_row(format!("part[{deal}, {index}]"), Sense::AtMost, 0);
        let cost = if levels.deals_now { -pattern.volume } else { 0 };
        let column = program.add_column(format!("w[{deal}, {index}]"), cost, SLACK_UPPER, false);
        program.set(row, column, 1);
    }
    for (column, candidate) in candidates.iter().enumerate() {
        for pattern in candidate.patterns.iter().flatten() {
            program.set(first + pattern, column, -1);
        }
    }
    first
}

/// Every deal has one main lot (Σ w ≤ 1); where deal splits are held, main lots hold enough (Σ volume w + unmet ≥ held).
fn deal_rows(program: &mut Program, levels: &Levels, pattern_row: usize) {
    if levels.patterns.is_empty() {
        return;
    }
    let part = |index: usize, program: &Program| program.rows()[pattern_row + index].terms[0].column;
    let columns: Vec<usize> = (0..levels.patterns.len()).map(|index| part(index, program)).collect();
    for (deal, name) in levels.deals.iter().enumerate() {
        let row = program.add_row(format!("main[{name}]"), Sense::AtMost, 1);
        for (pattern, &column) in levels.patterns.iter().zip(&columns) {
            if pattern.deal == deal {
                program.set(row, column, 1);
            }
        }
    }
    if let Some(held) = levels.deals_held {
        let row = program.add_row("hold[deal_splits]", Sense::AtLeast, held);
        for (pattern, &column) in levels.patterns.iter().zip(&columns) {
            program.set(row, column, pattern.volume);
        }
        let unmet = program.add_column("unmet[hold[deal_splits]]", levels.penalty, 1, false);
        program.set(row, unmet, held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_carry_names_that_people_can_read() {
        let whole = Pattern { deal: 0, volume: 7 };
        let candidate = Candidate {
            number: 4,
            blocks: &[0, 1],
            cost: 3,
            held: vec![5],
            patterns: vec![Some(0)],
        };
        let levels = Levels {
            lots: 1,
            held: vec![("travel".into(), 9)],
            deals: vec!["Tees Valley".into()],
            patterns: vec![whole],
            deals_held: Some(7),
            penalty: 100,
            ..Levels::default()
        };
        let (program, layout) = partition(2, &[candidate], &levels, |block| format!("E0{block}"));
        let rows: Vec<&str> = program.rows().iter().map(|row| row.name.as_str()).collect();
        assert_eq!(rows[..3], ["cover[E00]", "cover[E01]", "lots"]);
        assert_eq!(
            rows[3..],
            [
                "hold[travel]",
                "part[Tees Valley, 0]",
                "main[Tees Valley]",
                "hold[deal_splits]"
            ]
        );
        assert_eq!(program.columns()[0].name, "x[4]");
        assert_eq!((layout.lots_row, layout.held_row, layout.pattern_row), (2, 3, 4));
    }
}
