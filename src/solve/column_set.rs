//! A set of columns, each a lot with the subset rows it is in, and the linear program over them.

use super::SolveError;
use super::backend::Growing;
use super::centres::Centres;
use super::hub::best_hub;
use super::instance::Instance;
use super::strategy::Setting;
use super::subset_rows::{Charges, SubsetRow};
use crate::model::{Program, Sense};
use rustc_hash::{FxHashMap, FxHashSet};

/// A lot as a column.
#[derive(Clone, Debug)]
struct Column {
    lot: Vec<u32>,
    travel: i64,
    /// The place of its centre in the list of centres.
    centre: usize,
    /// Rows that count its pairs of blocks, and how many pairs.
    rows: Vec<(usize, i64)>,
    /// Its column of the program.
    number: usize,
}

/// Columns known so far, and the rows that they keep.
///
/// The program has a row for each block, one for the number of lots, and the subset rows; its columns are two ways out of the row of each block, and then lots and ways out of subset rows as
/// they come.
pub struct ColumnSet<'a> {
    setting: &'a Setting<'a>,
    centre_of: FxHashMap<(u32, u32), usize>,
    list: Vec<Column>,
    known: FxHashSet<Vec<u32>>,
    rows: Vec<SubsetRow>,
    /// Columns by which subset rows can be broken.
    breaks: Vec<usize>,
    lots: usize,
    program: Program,
    solver: Box<dyn Growing + 'a>,
}

/// The greatest weight of a lot, which its rows keep at one but for blocks that are held twice, and of a way out.
const MOST_WEIGHT: i64 = 2;
const MOST_OUT: i64 = 3;
/// Ways out of the row of a block: not to hold it, and to hold it twice.
const WAYS_OUT: [(&str, i64); 2] = [("short", 1), ("twice", -1)];

/// How far a fine may be above the last, as a part of what the bound comes to for a mean lot and of the width of the box: what new rows are worth shows only once there are lots that keep them.
const FINE_BOX: f64 = 0.1;

/// A solution of the linear program.
#[derive(Clone, Debug, Default)]
pub struct Relaxed {
    /// Duals of blocks, and of rows with their sign turned.
    price: Vec<f64>,
    fine: Vec<f64>,
    /// Lots with their weights.
    pub point: Vec<(Vec<u32>, f64)>,
    /// Travel of these.
    pub travel: f64,
    /// Whether a way out is taken, so that charges at the edge of the box hold the point back.
    pub out: bool,
}

impl Relaxed {
    /// Charges on the way from `from` to the duals, a part `back` of it short.
    pub fn seen_from(&self, from: &Charges, back: f64) -> Charges {
        let mix = |from: i64, dual: f64| (from as f64 * back + dual * (1.0 - back)).round() as i64;
        let prices = from.price.iter().zip(&self.price);
        let before = from.fine.iter().copied().chain(std::iter::repeat(0));
        let fines = before.zip(&self.fine);
        Charges {
            price: prices.map(|(&from, &dual)| mix(from, dual)).collect(),
            fine: fines.map(|(from, &dual)| mix(from, dual).max(0)).collect(),
        }
    }
}

impl<'a> ColumnSet<'a> {
    /// No column yet.
    pub fn new(setting: &'a Setting<'a>, centres: &Centres) -> Self {
        let mut centre_of = FxHashMap::default();
        let mut places = vec![0; setting.instance.len()];
        for (place, centre) in centres.list.iter().enumerate() {
            let block = centre.own.block;
            let nth = &mut places[block as usize];
            let (hub, _) = setting.instance.places[block as usize][*nth];
            *nth += 1;
            centre_of.insert((block, hub), place);
        }
        Self {
            setting,
            centre_of,
            list: Vec::new(),
            known: FxHashSet::default(),
            rows: Vec::new(),
            breaks: Vec::new(),
            lots: centres.lots,
            program: without_lots(setting.instance, centres.lots),
            solver: setting.backend.growing(),
        }
    }

    /// The rows.
    pub fn rows(&self) -> &[SubsetRow] {
        &self.rows
    }

    /// All lots.
    pub fn lots(&self) -> Vec<Vec<u32>> {
        self.list.iter().map(|column| column.lot.clone()).collect()
    }

    /// Adds a lot of sorted blocks; says how many are new.
    pub fn add(&mut self, lot: Vec<u32>) -> usize {
        let instance = self.setting.instance;
        let Some((hub, travel)) = best_hub(instance, &lot) else {
            return 0;
        };
        let centre = lot.iter().find_map(|&block| self.centre_of.get(&(block, hub)));
        let (Some(&centre), true) = (centre, self.known.insert(lot.clone())) else {
            return 0;
        };
        let rows = self.rows.iter().map(|row| row.pairs(&lot)).enumerate();
        let rows: Vec<(usize, i64)> = rows.filter(|row| row.1 > 0).collect();
        let number = self.list.len();
        let column = self
            .program
            .add_column(format!("x[{number}]"), travel, MOST_WEIGHT, false);
        lot.iter()
            .for_each(|&block| self.program.set(block as usize, column, 1));
        self.program.set(instance.len(), column, 1);
        rows.iter()
            .for_each(|&(row, pairs)| self.program.set(instance.len() + 1 + row, column, pairs));
        self.list.push(Column {
            lot,
            travel,
            centre,
            rows,
            number: column,
        });
        1
    }

    /// Adds rows.
    pub fn add_rows(&mut self, rows: Vec<SubsetRow>) {
        for row in rows {
            let at = self.rows.len();
            let number = self.program.add_row(format!("subset[{at}]"), Sense::AtMost, row.most());
            for column in &mut self.list {
                let pairs = row.pairs(&column.lot);
                if pairs > 0 {
                    column.rows.push((at, pairs));
                    self.program.set(number, column.number, pairs);
                }
            }
            let column = self.program.add_column(format!("broken[{at}]"), 0, MOST_OUT, false);
            self.program.set(number, column, -1);
            self.breaks.push(column);
            self.rows.push(row);
        }
    }

    /// For each of so many centres, what its cheapest known lot costs at these charges.
    pub fn cheapest(&self, charges: &Charges, centres: usize) -> Vec<i64> {
        let mut cheapest = vec![i64::MAX; centres];
        for column in &self.list {
            let prices: i64 = column.lot.iter().map(|&block| charges.price[block as usize]).sum();
            let fine = |row: usize| charges.fine.get(row).copied().unwrap_or(0);
            let fines: i64 = column.rows.iter().map(|&(row, pairs)| pairs * fine(row)).sum();
            let known = &mut cheapest[column.centre];
            *known = (*known).min(column.travel - prices + fines);
        }
        cheapest
    }

    /// Solves the linear program in a box about the charges `middle`: prices within a part `width` of them, fines at most as much above as that part of the `bound` for a mean lot. `None` where the
    /// solver gives no duals.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn relax(&mut self, middle: &Charges, width: f64, bound: i64) -> Result<Option<Relaxed>, SolveError> {
        self.set_box(middle, width, bound);
        let mut effort = self.setting.effort(30.0, true);
        effort.presolve = false;
        let answer = self.solver.solve(&self.program, &effort)?;
        let blocks = self.setting.instance.len();
        if answer.duals.len() <= blocks {
            return Ok(None);
        }
        let weights = answer.point.unwrap_or_default();
        let weight = |column: usize| weights.get(column).copied().filter(|&weight| weight > 1e-6);
        let mut ways_out = (0..WAYS_OUT.len() * blocks).chain(self.breaks.iter().copied());
        let out = ways_out.any(|column| weight(column).is_some());
        let held = self.list.iter();
        let held: Vec<(&Column, f64)> = held
            .filter_map(|column| Some((column, weight(column.number)?)))
            .collect();
        Ok(Some(Relaxed {
            price: answer.duals[..blocks].to_vec(),
            fine: answer.duals[blocks + 1..].iter().map(|dual| -dual).collect(),
            travel: held.iter().map(|(column, weight)| column.travel as f64 * weight).sum(),
            out,
            point: held
                .into_iter()
                .map(|(column, weight)| (column.lot.clone(), weight))
                .collect(),
        }))
    }

    /// Leaving a block out, or holding it twice, costs its price and half a box more, or gains half a box less; to break a subset row costs its fine and a box more.
    fn set_box(&mut self, middle: &Charges, width: f64, bound: i64) {
        let instance = self.setting.instance;
        let mean = bound as f64 / instance.total.max(1) as f64;
        let more = (width * FINE_BOX * bound as f64 / self.lots as f64).round() as i64;
        for (row, &column) in self.breaks.iter().enumerate() {
            let fine = middle.fine.get(row).copied().unwrap_or(0);
            self.program.set_cost(column, fine + more);
        }
        for (block, &price) in middle.price.iter().enumerate() {
            let half = (width * 0.5 * (price.abs() as f64 + mean * instance.volume[block] as f64)).round() as i64;
            for (way, (_, factor)) in WAYS_OUT.iter().enumerate() {
                self.program
                    .set_cost(WAYS_OUT.len() * block + way, factor * price + half);
            }
        }
    }
}

/// The program before any lot is known.
fn without_lots(instance: &Instance<'_>, lots: usize) -> Program {
    let mut program = Program::default();
    for block in 0..instance.len() {
        let row = program.add_row(format!("cover[{}]", instance.name(block)), Sense::Equal, 1);
        for (name, factor) in WAYS_OUT {
            let column = program.add_column(format!("{name}[{}]", instance.name(block)), 0, MOST_OUT, false);
            program.set(row, column, factor);
        }
    }
    program.add_row("lots", Sense::Equal, lots as i64);
    program
}
