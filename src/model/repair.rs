//! The repair of a plan: every block gets a label, so that every label in use is a lot that obeys the rules, at the least cost of moving.

use super::{Program, Sense};

/// What is asked of a repair. Blocks and labels are numbers from 0.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Volume of every block.
    pub volume: &'a [i64],
    /// Volume that moves if a block takes a label, block by block.
    pub cost: &'a [Vec<i64>],
    /// Whether a block may take a label, block by block.
    pub allowed: &'a [Vec<bool>],
    /// Least volume of a lot.
    pub floor: i64,
    /// Greatest volume of a lot, where there is one.
    pub cap: Option<i64>,
    /// Fewest and most lots.
    pub lots: (usize, usize),
    /// Pairs of lists of blocks of which no lot may hold both.
    pub apart: &'a [(Vec<u32>, Vec<u32>)],
    /// Blocks with others of which one must be in the same lot.
    pub needs: &'a [(u32, Vec<u32>)],
}

/// The program of a repair, and where its columns stand.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The program.
    pub program: Program,
    takes: Vec<Vec<Option<usize>>>,
    used: Vec<usize>,
    sides: Vec<Vec<usize>>,
    apart: Vec<(Vec<u32>, Vec<u32>)>,
}

impl Repair {
    /// Minimise Σ cost x, where `x[block, label]` says that a block takes a label, and `y[label]` that the label is in use.
    pub fn new(ask: &Ask<'_>, block: impl Fn(usize) -> String, label: impl Fn(usize) -> String) -> Self {
        let mut program = Program::default();
        let labels = ask.allowed.first().map_or(0, Vec::len);
        let used: Vec<usize> = (0..labels)
            .map(|l| program.add_column(format!("y[{}]", label(l)), 0, 1, true))
            .collect();
        let mut column = |b: usize, l: usize| {
            let name = format!("x[{}, {}]", block(b), label(l));
            ask.allowed[b][l].then(|| program.add_column(name, ask.cost[b][l], 1, true))
        };
        let takes = (0..ask.volume.len())
            .map(|b| (0..labels).map(|l| column(b, l)).collect())
            .collect();
        let mut repair = Self {
            program,
            takes,
            used,
            sides: Vec::new(),
            apart: ask.apart.to_vec(),
        };
        repair.place_rows(ask, &block);
        (0..labels).for_each(|l| repair.lot_rows(ask, l, &label(l)));
        repair.count_rows(ask);
        repair.apart_rows(ask, &label);
        for (bound, homes) in ask.needs {
            (0..labels).for_each(|l| repair.needs_one_of(*bound, homes, l, "attached"));
        }
        repair
    }

    /// Every block has one label: Σ x = 1.
    fn place_rows(&mut self, ask: &Ask<'_>, block: &impl Fn(usize) -> String) {
        for b in 0..ask.volume.len() {
            let row = self.program.add_row(format!("place[{}]", block(b)), Sense::Equal, 1);
            for column in self.takes[b].iter().flatten() {
                self.program.set(row, *column, 1);
            }
        }
    }

    /// A label in use is a lot within floor and cap (Σ v x ≥ floor y, Σ v x ≤ cap y) that holds a block; a block takes labels in use alone (x ≤ y).
    fn lot_rows(&mut self, ask: &Ask<'_>, l: usize, label: &str) {
        let held: Vec<(usize, i64)> = (0..ask.volume.len())
            .filter_map(|b| self.takes[b][l].map(|column| (column, ask.volume[b])))
            .collect();
        let used = self.used[l];
        let some = self.program.add_row(format!("some[{label}]"), Sense::AtLeast, 0);
        let floor = self.program.add_row(format!("floor[{label}]"), Sense::AtLeast, 0);
        self.program.set(some, used, -1);
        self.program.set(floor, used, -ask.floor);
        for &(column, volume) in &held {
            self.program.set(some, column, 1);
            self.program.set(floor, column, volume);
            let row = self.program.add_row(format!("used[{label}]"), Sense::AtMost, 0);
            self.program.set(row, column, 1);
            self.program.set(row, used, -1);
        }
        if let Some(cap) = ask.cap {
            let row = self.program.add_row(format!("cap[{label}]"), Sense::AtMost, 0);
            self.program.set(row, used, -cap);
            held.iter()
                .for_each(|&(column, volume)| self.program.set(row, column, volume));
        }
    }

    /// The number of labels in use: low ≤ Σ y ≤ high.
    fn count_rows(&mut self, ask: &Ask<'_>) {
        let (low, high) = (ask.lots.0 as i64, ask.lots.1 as i64);
        for (sense, right) in [(Sense::AtLeast, low), (Sense::AtMost, high)] {
            let row = self.program.add_row("count", sense, right);
            self.used.iter().for_each(|&used| self.program.set(row, used, 1));
        }
    }

    /// A lot is on one side of a pair (w = 1) or on the other: x ≤ w for blocks of the one, x + w ≤ 1 for blocks of the other.
    fn apart_rows(&mut self, ask: &Ask<'_>, label: &impl Fn(usize) -> String) {
        for (pair, (one, other)) in ask.apart.iter().enumerate() {
            let sides: Vec<usize> = (0..self.used.len())
                .map(|l| self.program.add_column(format!("w[{pair}, {}]", label(l)), 0, 1, true))
                .collect();
            for (l, &side) in sides.iter().enumerate() {
                for (blocks, factor, right) in [(one, -1, 0), (other, 1, 1)] {
                    for column in blocks.iter().filter_map(|&b| self.takes[b as usize][l]) {
                        let row = self
                            .program
                            .add_row(format!("never_together[{pair}]"), Sense::AtMost, right);
                        self.program.set(row, column, 1);
                        self.program.set(row, side, factor);
                    }
                }
            }
            self.sides.push(sides);
        }
    }

    /// A block takes a label only with one of some others: x ≤ Σ x of those.
    pub fn needs_one_of(&mut self, block: u32, others: &[u32], label: usize, name: &str) {
        let Some(column) = self.takes[block as usize][label] else {
            return;
        };
        let row = self.program.add_row(name, Sense::AtMost, 0);
        self.program.set(row, column, 1);
        self.subtract(row, others, label);
    }

    /// Two blocks share a label only with one of those between them: x + x' ≤ 1 + Σ x of those.
    pub fn cut(&mut self, one: u32, other: u32, between: &[u32], label: usize) {
        let columns = [one, other].map(|block| self.takes[block as usize][label]);
        if let [Some(one), Some(other)] = columns {
            let row = self.program.add_row("contiguous", Sense::AtMost, 1);
            self.program.set(row, one, 1);
            self.program.set(row, other, 1);
            self.subtract(row, between, label);
        }
    }

    /// A lot is not just these blocks: Σ x inside − Σ x outside ≤ their number − 1.
    pub fn forbid(&mut self, lot: &[u32], label: usize) {
        let row = self.program.add_row("not", Sense::AtMost, lot.len() as i64 - 1);
        for block in 0..self.takes.len() {
            if let Some(column) = self.takes[block][label] {
                let factor = if lot.contains(&(block as u32)) { 1 } else { -1 };
                self.program.set(row, column, factor);
            }
        }
    }

    fn subtract(&mut self, row: usize, blocks: &[u32], label: usize) {
        for column in blocks.iter().filter_map(|&block| self.takes[block as usize][label]) {
            self.program.set(row, column, -1);
        }
    }

    /// The label of every block at a point of the program; `None` where the point gives a block none.
    pub fn labels(&self, point: &[f64]) -> Option<Vec<usize>> {
        let taken = |columns: &Vec<Option<usize>>| {
            columns
                .iter()
                .position(|column| column.is_some_and(|at| point[at] > 0.5))
        };
        self.takes.iter().map(taken).collect()
    }

    /// The point of the program at which blocks have these labels.
    pub fn point(&self, labels: &[usize]) -> Vec<f64> {
        let mut point = vec![0.0; self.program.columns().len()];
        for (block, &label) in labels.iter().enumerate() {
            point[self.used[label]] = 1.0;
            if let Some(column) = self.takes[block][label] {
                point[column] = 1.0;
            }
        }
        for (sides, (one, _)) in self.sides.iter().zip(&self.apart) {
            one.iter().for_each(|&block| point[sides[labels[block as usize]]] = 1.0);
        }
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_carry_names_that_people_can_read() {
        let ask = Ask {
            volume: &[3, 2],
            cost: &[vec![0, 3], vec![2, 0]],
            allowed: &[vec![true, true], vec![false, true]],
            floor: 2,
            cap: Some(4),
            lots: (1, 2),
            apart: &[(vec![0], vec![1])],
            needs: &[],
        };
        let mut repair = Repair::new(&ask, |b| format!("E0{b}"), |l| format!("lot {l}"));
        repair.cut(0, 1, &[], 1);
        let columns: Vec<&str> = repair
            .program
            .columns()
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(
            columns,
            [
                "y[lot 0]",
                "y[lot 1]",
                "x[E00, lot 0]",
                "x[E00, lot 1]",
                "x[E01, lot 1]",
                "w[0, lot 0]",
                "w[0, lot 1]"
            ]
        );
        let rows: Vec<&str> = repair.program.rows().iter().map(|row| row.name.as_str()).collect();
        assert_eq!(rows[..4], ["place[E00]", "place[E01]", "some[lot 0]", "floor[lot 0]"]);
        assert_eq!(rows.last(), Some(&"contiguous"));
        assert_eq!(repair.labels(&repair.point(&[0, 1])), Some(vec![0, 1]));
    }
}
