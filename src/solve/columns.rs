//! Columns bound travel where the lots of a plan are too many to list: prices are raised as far as pockets allow, and then against the cheapest true lots of every hub.
//!
//! Each round searches the cheapest connected lot of every centre at the prices of the moment. What those cost bounds travel exactly; the lots themselves become columns of a
//! linear program, whose duals are the next prices, kept within a box about the best ones so that they do not swing. The lots met are put together anew for better plans.

use super::SolveError;
use super::ascent::{Prices, STEPS};
use super::centres::Centres;
use super::hess::{open_travel, pockets_of};
use super::lot_search::LotSearch;
use super::pocket::{Pocket, Pockets, least};
use super::recombine::recombine;
use super::record::Record;
use super::strategy::{Setting, Strategy};
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
const ROUNDS_A_SECOND: f64 = 0.8;
const NODES_A_SECOND: f64 = 100_000.0;
/// Nodes of the first searches for the cheapest lot of a centre, and by how much they grow when they were too few.
const FIRST_NODES: u64 = 5_000;
const MORE_NODES: u64 = 3;
/// Cheapest lots of a centre that become columns in a round.
const KEPT: usize = 4;
/// Half of the first box about the prices, as a part of them; by how much it shrinks; and the least.
const BOX: f64 = 0.3;
const SMALLER: f64 = 0.7;
const LEAST_BOX: f64 = 0.01;
/// Rounds without a better bound before the box shrinks.
const PATIENCE: usize = 3;
/// How far the next prices stay back on the way from the best ones to the duals.
const DAMPING: f64 = 0.3;

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
        if let Some(generation) = Generation::new(setting, record, level) {
            generation.run(record, *self)?;
        }
        recombine(setting, record, level)?;
        Ok(())
    }
}

/// A set of columns, and the best prices so far.
struct Generation<'a> {
    setting: &'a Setting<'a>,
    level: usize,
    centres: Centres,
    search: LotSearch<'a>,
    pockets: Pockets,
    best: Prices,
    lots: Vec<Vec<u32>>,
    known: BTreeSet<Vec<u32>>,
}

/// What a round of pricing has shown.
struct Round {
    bound: i64,
    new: usize,
    complete: bool,
    nodes: u64,
}

impl<'a> Generation<'a> {
    /// Prices by ascent, columns from the pool; `None` without a plan.
    fn new(setting: &'a Setting<'a>, record: &mut Record<'_>, level: usize) -> Option<Self> {
        let instance = setting.instance;
        let (centres, prices) = pockets_of(setting, record, level, STEPS)?;
        let mut generation = Self {
            setting,
            level,
            search: LotSearch::new(instance, centres.floor, centres.cap),
            centres,
            pockets: Pockets::default(),
            best: prices,
            lots: Vec::new(),
            known: BTreeSet::new(),
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

    fn run(mut self, record: &mut Record<'_>, effort: Columns) -> Result<(), SolveError> {
        let (mut nodes, mut each, mut width, mut failed) = (effort.nodes, FIRST_NODES, BOX, 0);
        let mut trial = self.best.of.clone();
        for _ in 0..effort.rounds {
            self.setting.clock.tell(
                Phase::Prove(Measure::Goal(Goal::Travel)),
                Measure::Goal(Goal::Travel),
                record,
            );
            if record.goal_proved(self.level) || self.setting.clock.over().is_some() || nodes == 0 {
                break;
            }
            let round = self.price(&trial, each);
            nodes = nodes.saturating_sub(round.nodes);
            if round.bound > self.best.bound {
                self.best = Prices {
                    of: trial.clone(),
                    bound: round.bound,
                };
                record.bound_goal(self.level, round.bound, NAME);
                failed = 0;
            } else {
                failed += 1;
                match (round.new, round.complete) {
                    (0, false) => each *= MORE_NODES,
                    (0, true) => self.best.of.clone_from(&trial),
                    _ if failed % PATIENCE == 0 => width = (width * SMALLER).max(LEAST_BOX),
                    _ => {}
                }
            }
            let Some(duals) = self.duals(width)? else { break };
            let damping = if round.new == 0 { 0.0 } else { DAMPING };
            let next = self.best.of.iter().zip(duals);
            trial = next
                .map(|(&best, dual)| (best as f64 * damping + dual * (1.0 - damping)).round() as i64)
                .collect();
        }
        record.remember(&self.lots);
        Ok(())
    }

    /// Searches the cheapest lots of all centres, and bounds travel by them.
    fn price(&mut self, price: &[i64], nodes: u64) -> Round {
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
            .fold(price.iter().sum(), |sum: i64, &(value, _)| sum.saturating_add(value));
        round
    }

    /// Duals of the blocks in the program over all columns, within a box about the best prices; `None` where the solver gives none.
    fn duals(&self, width: f64) -> Result<Option<Vec<f64>>, SolveError> {
        let program = self.program(width);
        let answer = self
            .setting
            .backend
            .solve(&program, &self.setting.effort(30.0, true), None)?;
        let blocks = self.setting.instance.len();
        Ok((answer.duals.len() > blocks).then(|| answer.duals[..blocks].to_vec()))
    }

    /// Least travel over the columns; leaving a block out, or holding it twice, costs its price and half a box more, or gains half a box less.
    fn program(&self, width: f64) -> Program {
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
        let mean = self.best.bound as f64 / instance.total.max(1) as f64;
        for (block, &price) in self.best.of.iter().enumerate() {
            let half = (width * 0.5 * (price.abs() as f64 + mean * instance.volume[block] as f64)).round() as i64;
            for (name, factor, cost) in [("short", 1, price + half), ("twice", -1, half - price)] {
                let column = program.add_column(format!("{name}[{}]", instance.name(block)), cost, 3, false);
                program.set(block, column, factor);
            }
        }
        program
    }
}
