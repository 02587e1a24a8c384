//! Columns bound travel where the lots of a plan are too many to list: prices are raised as far as pockets allow, and then against the cheapest true lots of every hub.
//!
//! Each round searches the cheapest connected lot of every centre at the prices of the moment. What those cost bounds travel exactly; the lots themselves become columns of a
//! linear program, whose duals are the next prices, kept within a box about the best ones so that they do not swing. Where that comes to its end, subset rows cut
//! off points that put lots together by halves, and the bound rises further. The lots met are put together anew for better plans.

use super::SolveError;
use super::ascent::STEPS;
use super::centres::Centres;
use super::hess::{open_travel, pockets_of};
use super::lot_search::LotSearch;
use super::pocket::{Pocket, Pockets, least};
use super::recombine::{Guide, recombine, recombine_by};
use super::record::Record;
use super::strategy::{Setting, Strategy};
use super::subset_rows::{Charges, Fines, SubsetRow, broken};
use crate::domain::{Goal, Measure, Phase};
use crate::model::{Program, Sense};
use std::collections::BTreeSet;

/// The name of the strategy, and of the argument behind later bounds.
const NAME: &str = "columns";

/// Bounds on travel by columns, and recombination of lots.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Rounds of pricing at most.
    pub rounds: usize,
    /// Nodes of all searches for cheapest lots.
    pub nodes: u64,
}

/// Rounds and nodes that are planned for each second of the time limit: a third or less of what a core of 2026 takes.
const ROUNDS_A_SECOND: f64 = 1.5;
const NODES_A_SECOND: f64 = 160_000.0;
/// Nodes of the first searches for the cheapest lot of a centre, and by how much they grow when they were too few.
const FIRST_NODES: u64 = 5_000;
const MORE_NODES: u64 = 3;
/// Cheapest lots of a centre that become columns in a round.
const KEPT: usize = 4;
/// Half of the first box about the prices, as a part of them; by how much it shrinks; the least; and what it widens to where rows are added.
const BOX: f64 = 0.3;
const SMALLER: f64 = 0.7;
const LEAST_BOX: f64 = 0.01;
const BOX_FOR_ROWS: f64 = 0.1;
/// Rounds without a better bound before the box shrinks.
const PATIENCE: usize = 3;
/// How far the next prices stay back on the way from the best ones to the duals.
const DAMPING: f64 = 0.3;
/// How near the bound comes to the relaxed travel before rows are added, as a part of it.
const NEAR_FOR_ROWS: f64 = 2e-4;
/// Rounds after which rows are added though the bound is not so near, and the most rows.
const ROUNDS_FOR_ROWS: usize = 15;
const MOST_ROWS: usize = 1_000;

impl Columns {
    /// As much as a slow machine does within a part of the time limit, so that the clock hardly ever ends it.
    pub fn within(limit_s: f64) -> Self {
        Self {
            rounds: (limit_s * ROUNDS_A_SECOND) as usize,
            nodes: (limit_s * NODES_A_SECOND) as u64,
        }
    }
}

impl Strategy for Columns {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let Some(level) = open_travel(setting, record) else {
            return Ok(());
        };
        let Some(mut generation) = Generation::new(setting, record, level, *self) else {
            return recombine(setting, record, level).map(drop);
        };
        let last = generation.rounds(record)?;
        record.remember(&generation.lots);
        let guide = Guide {
            rows: &generation.rows,
            charges: &last,
        };
        recombine_by(setting, record, level, Some(&guide)).map(drop)
    }
}

/// A set of columns, and the best bound so far.
struct Generation<'a> {
    setting: &'a Setting<'a>,
    level: usize,
    left: Columns,
    centres: Centres,
    search: LotSearch<'a>,
    pockets: Pockets,
    start: Charges,
    bound: i64,
    lots: Vec<Vec<u32>>,
    known: BTreeSet<Vec<u32>>,
    rows: Vec<SubsetRow>,
}

/// What a round of pricing has shown.
struct Round {
    bound: i64,
    /// Whether the bound is the best yet.
    better: bool,
    new: usize,
    complete: bool,
    nodes: u64,
}

/// A solution of the linear program.
#[derive(Default)]
struct Relaxed {
    price: Vec<f64>,
    fine: Vec<f64>,
    /// Lots with their weights.
    point: Vec<(usize, f64)>,
    travel: f64,
}

impl Relaxed {
    /// Charges on the way from `from` to the duals, a part `back` of it short.
    fn seen_from(&self, from: &Charges, back: f64) -> Charges {
        let mix = |from: i64, dual: f64| (from as f64 * back + dual * (1.0 - back)).round() as i64;
        let before = from.fine.iter().copied().chain(std::iter::repeat(0));
        Charges {
            price: from
                .price
                .iter()
                .zip(&self.price)
                .map(|(&from, &dual)| mix(from, dual))
                .collect(),
            fine: before
                .zip(&self.fine)
                .map(|(from, &dual)| mix(from, dual).max(0))
                .collect(),
        }
    }
}

impl<'a> Generation<'a> {
    /// Prices by ascent, columns from the pool; `None` without a plan.
    fn new(setting: &'a Setting<'a>, record: &mut Record<'_>, level: usize, effort: Columns) -> Option<Self> {
        let instance = setting.instance;
        let (centres, prices) = pockets_of(setting, record, level, STEPS)?;
        let mut generation = Self {
            setting,
            level,
            left: effort,
            search: LotSearch::new(instance, centres.floor, centres.cap),
            centres,
            pockets: Pockets::default(),
            start: Charges {
                price: prices.of,
                fine: Vec::new(),
            },
            bound: prices.bound,
            lots: Vec::new(),
            known: BTreeSet::new(),
            rows: Vec::new(),
        };
        let fits = |lot: &&Vec<u32>| instance.volume_of(lot) <= generation.centres.cap;
        let pool: Vec<Vec<u32>> = record.pool().lots().iter().filter(fits).cloned().collect();
        pool.into_iter().for_each(|lot| {
            generation.add(lot);
        });
        Some(generation)
    }

    fn add(&mut self, lot: Vec<u32>) -> usize {
        let new = self.known.insert(lot.clone());
        if new {
            self.lots.push(lot);
        }
        usize::from(new)
    }

    /// Raises the bound, and adds rows where it is as high as the program allows; gives the last charges in the middle of the box.
    fn rounds(&mut self, record: &mut Record<'_>) -> Result<Charges, SolveError> {
        let (mut each, mut width, mut failed, mut since) = (FIRST_NODES, BOX, 0, 0);
        let (mut middle, mut trial, mut relaxed) = (self.start.clone(), self.start.clone(), Relaxed::default());
        while let Some(round) = self.round(record, &trial, each) {
            since += 1;
            failed = if round.better { 0 } else { failed + 1 };
            match (round.better, round.new, round.complete) {
                (true, ..) | (_, 0, true) => middle.clone_from(&trial),
                (_, 0, false) => each *= MORE_NODES,
                _ => width = narrowed(width, failed),
            }
            let near = relaxed.travel - self.bound as f64 <= NEAR_FOR_ROWS * relaxed.travel;
            if round.complete && since > 1 && (round.new == 0 || near || since > ROUNDS_FOR_ROWS) {
                let added = self.add_rows(&relaxed);
                if added == 0 && round.new == 0 && near {
                    break;
                }
                (since, width) = (0, width.max(BOX_FOR_ROWS));
            }
            let Some(next) = self.relax(&middle, width)? else { break };
            trial = next.seen_from(&middle, if round.new == 0 { 0.0 } else { DAMPING });
            relaxed = next;
        }
        middle.fine.resize(self.rows.len(), 0);
        Ok(middle)
    }

    fn add_rows(&mut self, relaxed: &Relaxed) -> usize {
        let parts = relaxed.point.iter().filter(|(_, weight)| *weight < 1.0 - 1e-6);
        let parts: Vec<(&[u32], f64)> = parts.map(|&(at, weight)| (self.lots[at].as_slice(), weight)).collect();
        let rows = broken(self.setting.instance.len(), &parts, &self.rows);
        let room = MOST_ROWS.saturating_sub(self.rows.len());
        let before = self.rows.len();
        self.rows.extend(rows.into_iter().take(room));
        self.rows.len() - before
    }

    /// Prices lots at `charges`, and notes the bound; `None` once that is enough, or time or effort are used up.
    fn round(&mut self, record: &mut Record<'_>, charges: &Charges, each: u64) -> Option<Round> {
        let travel = Measure::Goal(Goal::Travel);
        self.setting.clock.tell(Phase::Prove(travel), travel, record);
        let over = record.goal_proved(self.level) || self.setting.clock.over().is_some();
        if over || self.left.rounds == 0 || self.left.nodes == 0 {
            return None;
        }
        let mut round = self.price(charges, each);
        self.left.rounds -= 1;
        self.left.nodes = self.left.nodes.saturating_sub(round.nodes);
        round.better = round.bound > self.bound;
        if round.better {
            self.bound = round.bound;
            record.bound_goal(self.level, round.bound, NAME);
        }
        Some(round)
    }

    /// Searches the cheapest lots of all centres, and bounds travel by them.
    fn price(&mut self, charges: &Charges, nodes: u64) -> Round {
        let price = &charges.price;
        self.search.fine(Fines::new(price.len(), &self.rows, &charges.fine));
        let mut pockets: Vec<(Pocket, usize)> = Vec::new();
        for (place, centre) in self.centres.list.iter().enumerate() {
            pockets.extend(
                self.pockets
                    .fill(&self.centres, centre, price, &mut |_, _| ())
                    .map(|pocket| (pocket, place)),
            );
        }
        pockets.sort_by_key(|&(pocket, place)| (pocket.value, place));
        let mut round = Round {
            bound: 0,
            better: false,
            new: 0,
            complete: true,
            nodes: 0,
        };
        let mut values: Vec<(usize, i64)> = Vec::new();
        let mut below = i64::MAX;
        for (pocket, place) in pockets {
            // What costs as much as the last of the chosen changes no bound.
            if pocket.value >= below {
                break;
            }
            let found = self
                .search
                .run(&self.centres.list[place], price, pocket.rate, below, nodes);
            round.nodes += found.nodes;
            round.complete &= found.complete;
            for lot in found.lots.into_iter().rev().take(KEPT) {
                round.new += self.add(lot);
            }
            values.push((place, found.bound));
            let chosen = least(&self.centres, values.iter().copied());
            below = chosen.get(self.centres.lots - 1).map_or(i64::MAX, |&(value, _)| value);
        }
        let chosen = least(&self.centres, values.into_iter());
        round.bound = chosen
            .iter()
            .fold(charges.sum(), |sum, &(value, _)| sum.saturating_add(value));
        round
    }

    /// Solves the linear program in a box about `middle`; `None` where the solver gives no duals.
    fn relax(&self, middle: &Charges, width: f64) -> Result<Option<Relaxed>, SolveError> {
        let program = self.program(&middle.price, width);
        let effort = self.setting.effort(30.0, true);
        let answer = self.setting.backend.solve(&program, &effort, None)?;
        let blocks = self.setting.instance.len();
        if answer.duals.len() <= blocks {
            return Ok(None);
        }
        let weights = answer.point.unwrap_or_default().into_iter().take(self.lots.len());
        let point: Vec<(usize, f64)> = weights.enumerate().filter(|(_, weight)| *weight > 1e-6).collect();
        let travel = |&(at, weight): &(usize, f64)| weight * self.setting.instance.travel(&self.lots[at]) as f64;
        Ok(Some(Relaxed {
            price: answer.duals[..blocks].to_vec(),
            fine: answer.duals[blocks + 1..].iter().map(|dual| -dual).collect(),
            travel: point.iter().map(travel).sum(),
            point,
        }))
    }

    /// Least travel over the columns; leaving a block out, or holding it twice, costs its price and half a box more, or gains half a box less.
    fn program(&self, price: &[i64], width: f64) -> Program {
        let instance = self.setting.instance;
        let mut program = Program::default();
        for (number, lot) in self.lots.iter().enumerate() {
            program.add_column(format!("x[{number}]"), instance.travel(lot), 2, false);
        }
        for block in 0..instance.len() {
            program.add_row(format!("cover[{}]", instance.name(block)), Sense::Equal, 1);
        }
        let count = program.add_row("lots", Sense::Equal, self.centres.lots as i64);
        for (column, lot) in self.lots.iter().enumerate() {
            lot.iter().for_each(|&block| program.set(block as usize, column, 1));
            program.set(count, column, 1);
        }
        for row in &self.rows {
            let at = program.add_row("subset", Sense::AtMost, 1);
            let counted = (0..self.lots.len()).filter(|&column| row.counts(&self.lots[column]));
            counted.for_each(|column| program.set(at, column, 1));
        }
        let mean = self.bound as f64 / instance.total.max(1) as f64;
        for (block, &price) in price.iter().enumerate() {
            let half = (width * 0.5 * (price.abs() as f64 + mean * instance.volume[block] as f64)).round() as i64;
            for (name, factor, cost) in [("short", 1, price + half), ("twice", -1, half - price)] {
                let column = program.add_column(format!("{name}[{}]", instance.name(block)), cost, 3, false);
                program.set(block, column, factor);
            }
        }
        program
    }
}

/// The next width of the box after so many rounds without a better bound.
fn narrowed(width: f64, failed: usize) -> f64 {
    match failed % PATIENCE {
        0 => (width * SMALLER).max(LEAST_BOX),
        _ => width,
    }
}
