//! Columns bound travel where the lots of a plan are too many to list: prices are raised as far as pockets allow, and then against the cheapest true lots of every hub.
//!
//! Each round searches the cheapest connected lot of every centre at the prices of the moment. What those cost bounds travel exactly; the lots themselves become columns of a
//! linear program, whose duals are the next prices, kept within a box about the best ones so that they do not swing. Where that comes to its end, subset rows cut
//! off points that put lots together by halves, and the bound rises further. The lots met are put together anew for better plans, which are tempered, as the best plan was before, and cut anew in wide regions.

use super::SolveError;
use super::ascent::STEPS;
use super::centres::Centres;
use super::column_set::{ColumnSet, Relaxed};
use super::hess::{open_travel, pockets_of};
use super::lot_search::{Asked, LotSearch};
use super::pocket::{Pocket, Pockets, least};
use super::recombine::{Guide, recombine, recombine_by};
use super::record::Record;
use super::recut::recut_wide;
use super::strategy::{Setting, Strategy};
use super::subset_rows::{Charges, broken};
use super::temper_travel::temper_travel;
use crate::domain::{Goal, Measure, Phase};

/// The name of the strategy, and of the argument behind later bounds.
const NAME: &str = "columns";

/// Bounds on travel by columns, and recombination of lots.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Rounds of pricing at most.
    pub rounds: usize,
    /// Steps of all searches for cheapest lots.
    pub steps: u64,
    /// Tries of tempering from the best plan, half of them before all columns.
    pub tries: u64,
    /// Work of recuts of wide regions, which see the prices.
    pub recuts: u64,
}

/// Rounds, steps of searches, tries of tempering, and work of recuts that are planned for each second of the time limit: a third or less of what a core of 2026 takes.
const ROUNDS_A_SECOND: f64 = 8.0;
const STEPS_A_SECOND: f64 = 400_000.0;
const TRIES_A_SECOND: f64 = 2_500_000.0;
const RECUTS_A_SECOND: f64 = 1_500.0;
/// Steps of the first searches for the cheapest lot of a centre; by how much they grow when they were too few; and how few new lots show that.
const FIRST_STEPS: u64 = 40_000;
const MORE_STEPS: u64 = 2;
const FEW_NEW: usize = 5;
/// The width of the first box about the prices, as a part of them; by how much it shrinks; the least; and what it widens to where rows are added.
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
const MOST_ROWS: usize = 2_000;
/// The bound is given up where so large a part of the steps raises it by less than such a part of it: better plans are worth more.
const PART: u64 = 5;
const LEAST_GAIN: f64 = 2e-4;

impl Columns {
    /// As much as a slow machine does within a part of the time limit, so that the clock hardly ever ends it.
    pub fn within(limit_s: f64) -> Self {
        Self {
            rounds: (limit_s * ROUNDS_A_SECOND) as usize,
            steps: (limit_s * STEPS_A_SECOND) as u64,
            tries: (limit_s * TRIES_A_SECOND) as u64,
            recuts: (limit_s * RECUTS_A_SECOND) as u64,
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
        // The lots of a better plan lead to better prices, and these to better plans.
        temper_travel(setting, record, self.tries / 2, 0);
        let Some(mut generation) = Generation::new(setting, record, level, *self) else {
            return recombine(setting, record, level).map(drop);
        };
        let last = generation.rounds(record)?;
        record.remember(&generation.columns.lots());
        let guide = Guide {
            rows: generation.columns.rows(),
            charges: &last,
        };
        recombine_by(setting, record, level, Some(&guide))?;
        temper_travel(setting, record, self.tries / 2, 1);
        recut_wide(setting, record, &guide, self.recuts)
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
    columns: ColumnSet<'a>,
    /// What the dearest of the lots chosen in the last round costs: any below it is worth a column.
    dearest: i64,
}

/// What a round of pricing has shown.
struct Round {
    bound: i64,
    /// Whether the bound is the best yet.
    better: bool,
    new: usize,
    complete: bool,
    steps: u64,
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
            search: LotSearch::new(instance, &centres),
            columns: ColumnSet::new(setting, &centres),
            centres,
            pockets: Pockets::default(),
            start: Charges {
                price: prices.of,
                fine: Vec::new(),
            },
            bound: prices.bound,
            dearest: i64::MIN,
        };
        let fits = |lot: &&Vec<u32>| generation.centres.volume_of(lot) <= generation.centres.cap;
        let pool: Vec<Vec<u32>> = record.pool().lots().iter().filter(fits).cloned().collect();
        pool.into_iter().for_each(|lot| {
            generation.columns.add(lot);
        });
        Some(generation)
    }

    /// Raises the bound, and adds rows where it is as high as the program allows; gives the last charges in the middle of the box.
    fn rounds(&mut self, record: &mut Record<'_>) -> Result<Charges, SolveError> {
        let (mut each, mut width, mut failed, mut since) = (FIRST_STEPS, BOX, 0, 0);
        let (mut middle, mut trial, mut relaxed) = (self.start.clone(), self.start.clone(), Relaxed::default());
        let (part, mut mark) = (self.left.steps / PART, (self.left.steps, self.bound));
        while let Some(round) = self.round(record, &trial, each) {
            since += 1;
            if self.left.steps + part <= mark.0 {
                if ((self.bound - mark.1) as f64) < LEAST_GAIN * self.bound as f64 {
                    break;
                }
                mark = (self.left.steps, self.bound);
            }
            failed = if round.better { 0 } else { failed + 1 };
            match (round.better, round.new, round.complete) {
                (true, ..) | (_, 0, true) => middle.clone_from(&trial),
                (_, 0, false) => {}
                _ => width = narrowed(width, failed),
            }
            if !round.better && !round.complete && round.new < FEW_NEW {
                each = each.saturating_mul(MORE_STEPS);
            }
            let near = relaxed.travel - self.bound as f64 <= NEAR_FOR_ROWS * relaxed.travel;
            if round.complete && since > 1 && (round.new == 0 || near || since > ROUNDS_FOR_ROWS) {
                let added = self.add_rows(&relaxed);
                if added == 0 && round.new == 0 && near && !relaxed.out {
                    break;
                }
                (since, width) = (0, width.max(BOX_FOR_ROWS));
            }
            let Some(next) = self.columns.relax(&middle, width, self.bound)? else {
                break;
            };
            let before = std::mem::replace(
                &mut trial,
                next.seen_from(&middle, if round.new == 0 { 0.0 } else { DAMPING }),
            );
            if round.new == 0 && round.complete && trial == before {
                break;
            }
            relaxed = next;
        }
        middle.fine.resize(self.columns.rows().len(), 0);
        Ok(middle)
    }

    fn add_rows(&mut self, relaxed: &Relaxed) -> usize {
        let parts = relaxed.point.iter().filter(|(_, weight)| *weight < 1.0 - 1e-6);
        let parts: Vec<(&[u32], f64)> = parts.map(|(lot, weight)| (lot.as_slice(), *weight)).collect();
        let known = self.columns.rows();
        let mut rows = broken(self.setting.instance.len(), &parts, known);
        rows.truncate(MOST_ROWS.saturating_sub(known.len()));
        let added = rows.len();
        self.columns.add_rows(rows);
        added
    }

    /// Prices lots at `charges`, and notes the bound; `None` once that is enough, or time or effort are used up.
    fn round(&mut self, record: &mut Record<'_>, charges: &Charges, each: u64) -> Option<Round> {
        let travel = Measure::Goal(Goal::Travel);
        self.setting.clock.tell(Phase::Prove(travel), travel, record);
        let over = record.goal_proved(self.level) || self.setting.clock.over().is_some();
        if over || self.left.rounds == 0 || self.left.steps == 0 {
            return None;
        }
        let mut round = self.price(charges, each);
        self.left.rounds -= 1;
        self.left.steps = self.left.steps.saturating_sub(round.steps);
        round.better = round.bound > self.bound;
        if round.better {
            self.bound = round.bound;
            record.bound_goal(self.level, round.bound, NAME);
        }
        Some(round)
    }

    /// Searches the cheapest lots of all centres, and bounds travel by them.
    fn price(&mut self, charges: &Charges, steps: u64) -> Round {
        let price = &charges.price;
        self.search.fine(self.columns.rows(), &charges.fine);
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
            steps: 0,
        };
        let known = self.columns.cheapest(charges, self.centres.list.len());
        let mut values: Vec<(usize, i64)> = Vec::new();
        let mut below = i64::MAX;
        for (pocket, place) in pockets {
            // What costs as much as the last of the chosen changes no bound.
            if pocket.value >= below {
                break;
            }
            let asked = Asked {
                below: below.min(known[place]),
                welcome: self.dearest.min(below),
                steps: steps.min(self.left.steps.saturating_sub(round.steps)),
            };
            let found = self.search.run(&self.centres.list[place], price, pocket, asked);
            round.steps += found.steps;
            round.complete &= found.complete;
            for lot in found.lots {
                round.new += self.columns.add(lot);
            }
            values.push((place, found.bound));
            let chosen = least(&self.centres, values.iter().copied());
            below = chosen.get(self.centres.lots - 1).map_or(i64::MAX, |&(value, _)| value);
        }
        self.dearest = below;
        let chosen = least(&self.centres, values.into_iter());
        round.bound = chosen
            .iter()
            .fold(charges.sum(self.columns.rows()), |sum, &(value, _)| {
                sum.saturating_add(value)
            });
        round
    }
}

/// The next width of the box after so many rounds without a better bound.
fn narrowed(width: f64, failed: usize) -> f64 {
    match failed % PATIENCE {
        0 => (width * SMALLER).max(LEAST_BOX),
        _ => width,
    }
}
