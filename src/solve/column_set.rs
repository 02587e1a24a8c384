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
}

/// Columns known so far, and the rows that they keep.
///
/// The program has a row for each block, one for the number of lots, and the subset rows; its columns are two ways out of the row of each block, and the lots.
pub struct ColumnSet<'a> {
    setting: &'a Setting<'a>,
    centre_of: FxHashMap<(u32, u32), usize>,
    list: Vec<Column>,
    known: FxHashSet<Vec<u32>>,
    rows: Vec<SubsetRow>,
    program: Program,
    solver: Box<dyn Growing + 'a>,
}

/// The greatest weight of a lot, which its rows keep at one but for blocks that are held twice, and of a way out.
const MOST_WEIGHT: i64 = 2;
const MOST_OUT: i64 = 3;
/// Ways out of the row of a block: not to hold it, and to hold it twice.
const WAYS_OUT: [(&str, i64); 2] = [("short", 1), ("twice", -1)];

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
        });
        1
    }

    /// Adds rows.
    pub fn add_rows(&mut self, rows: Vec<SubsetRow>) {
        let outs = WAYS_OUT.len() * self.setting.instance.len();
        for row in rows {
            let at = self.rows.len();
            let number = self.program.add_row(format!("subset[{at}]"), Sense::AtMost, row.most());
            for (place, column) in self.list.iter_mut().enumerate() {
                let pairs = row.pairs(&column.lot);
                if pairs > 0 {
                    column.rows.push((at, pairs));
                    self.program.set(number, outs + place, pairs);
                }
            }
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

    /// Solves the linear program in a box about the prices `middle`, as wide as a part `width` of them; `None` where the solver gives no duals.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn relax(&mut self, middle: &[i64], width: f64, bound: i64) -> Result<Option<Relaxed>, SolveError> {
        self.set_box(middle, width, bound);
        let mut effort = self.setting.effort(30.0, true);
        effort.presolve = false;
        let answer = self.solver.solve(&self.program, &effort)?;
        let blocks = self.setting.instance.len();
        if answer.duals.len() <= blocks {
            return Ok(None);
        }
        let weights = answer.point.unwrap_or_default();
        let weights = weights.into_iter().skip(WAYS_OUT.len() * blocks);
        let held = self.list.iter().zip(weights).filter(|(_, weight)| *weight > 1e-6);
        let held: Vec<(&Column, f64)> = held.collect();
        Ok(Some(Relaxed {
            price: answer.duals[..blocks].to_vec(),
            fine: answer.duals[blocks + 1..].iter().map(|dual| -dual).collect(),
            travel: held.iter().map(|(column, weight)| column.travel as f64 * weight).sum(),
            point: held
                .into_iter()
                .map(|(column, weight)| (column.lot.clone(), weight))
                .collect(),
        }))
    }

    /// Leaving a block out, or holding it twice, costs its price and half a box more, or gains half a box less.
    fn set_box(&mut self, price: &[i64], width: f64, bound: i64) {
        let instance = self.setting.instance;
        let mean = bound as f64 / instance.total.max(1) as f64;
        for (block, &price) in price.iter().enumerate() {
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
