//! A Master is the relaxed set partitioning of one level over a list of candidate lots, bounded in exact arithmetic.
//!
//! The linear program sees few columns at a time: candidates whose reduced cost is below zero are added until there are none. The solver's duals
//! are then rounded to whole numbers, and bound and reduced costs follow from them exactly: with k lots, each at a reduced cost of r or more, no
//! plan costs less than the dual value plus k × r; and a plan with a given lot costs at least the bound plus that lot's reduced cost.

use super::SolveError;
use super::enumerate::Sets;
use super::hub_lots::Prices;
use super::strategy::Setting;
use crate::domain::Goal;
use crate::model::partition::{Candidate, Layout, Levels, Pattern, partition};
use crate::model::{Program, round_up, whole};
use rustc_hash::FxHashMap;

/// Columns added to the linear program at a time.
const ADDED: usize = 200;
/// Rounds of adding columns.
const ROUNDS: usize = 400;

/// What a level asks of the candidates.
#[derive(Clone, Debug)]
pub struct Level {
    /// The goal to be made small; `None` to find out whether any plan has so many lots.
    pub goal: Option<Goal>,
    /// Earlier goals and the values they keep.
    pub held: Vec<(Goal, i64)>,
    /// Number of lots.
    pub lots: usize,
}

/// A bound on a level, and what each candidate adds to it.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// No plan of the candidates is below this.
    pub bound: i64,
    /// The bound in fixed point.
    pub exact: i128,
    /// By how much a plan with the candidate is above the bound at least, in fixed point, in the order of the list relaxed.
    pub reduced: Vec<i128>,
    /// Weights of the candidates in the relaxed solution, as `(place in the list, weight)`.
    pub support: Vec<(usize, f64)>,
    /// Whether adding columns came to its end; the bound holds in any case.
    pub complete: bool,
}

/// The candidates with their costs at one level.
pub struct Master<'a> {
    setting: &'a Setting<'a>,
    sets: &'a Sets,
    level: &'a Level,
    cost: Vec<i64>,
    held: Vec<Vec<i64>>,
    patterns: Vec<Vec<Option<usize>>>,
    levels: Levels,
    offset: i64,
}

impl<'a> Master<'a> {
    /// Costs of all `sets` at `level`.
    pub fn new(setting: &'a Setting<'a>, sets: &'a Sets, level: &'a Level) -> Self {
        let instance = setting.instance;
        let costs = |goal: Goal| {
            sets.iter()
                .map(|set| instance.lot_cost(goal, set, level.lots))
                .collect::<Vec<i64>>()
        };
        let sums: Vec<(Goal, i64)> = level
            .held
            .iter()
            .copied()
            .filter(|held| held.0 != Goal::DealSplits)
            .collect();
        let cost = level.goal.map_or_else(|| vec![0; sets.len()], costs);
        let all_deals: i64 = instance.deal_total.iter().sum();
        let held_deals = level
            .held
            .iter()
            .find(|held| held.0 == Goal::DealSplits)
            .map(|held| all_deals - held.1);
        let deals_now = level.goal == Some(Goal::DealSplits);
        let mut levels = Levels {
            lots: level.lots as i64,
            held: sums
                .iter()
                .map(|&(goal, value)| (goal.word().into(), value - instance.constant(goal)))
                .collect(),
            deals_now,
            deals_held: held_deals,
            penalty: penalty(&cost, level, if deals_now { all_deals } else { 0 }),
            ..Levels::default()
        };
        let mut patterns = Vec::new();
        if deals_now || held_deals.is_some() {
            levels.deals = instance.problem.deals().iter().map(|deal| deal.name.clone()).collect();
            (levels.patterns, patterns) = deal_patterns(setting, sets);
        }
        let offset = level.goal.map_or(0, |goal| instance.constant(goal)) + if deals_now { all_deals } else { 0 };
        let held = sums.iter().map(|&(goal, _)| costs(goal)).collect();
        Self {
            setting,
            sets,
            level,
            cost,
            held,
            patterns,
            levels,
            offset,
        }
    }

    /// The candidates.
    pub fn sets(&self) -> &'a Sets {
        self.sets
    }

    /// The level.
    pub fn level(&self) -> &'a Level {
        self.level
    }

    /// Bounds the level over the candidates in `list`, beginning with the columns at the places `start` of that list.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn relax(&self, list: &[usize], start: &[usize]) -> Result<Relaxation, SolveError> {
        let mut inside = vec![false; list.len()];
        let mut columns: Vec<usize> = Vec::new();
        add(&mut columns, &mut inside, start.iter().copied());
        let mut best: Option<Relaxation> = None;
        for _ in 0..ROUNDS {
            let (program, layout) = self.program(list, &columns);
            let answer = self
                .setting
                .backend
                .solve(&program, &self.setting.effort(60.0, true), None)?;
            if answer.duals.len() != program.rows().len() {
                break;
            }
            let (mut relaxed, least) = self.bounded(&program, layout, list, &answer.duals);
            let point = answer.point.unwrap_or_default();
            relaxed.support = columns
                .iter()
                .copied()
                .zip(point)
                .filter(|(_, weight)| *weight > 1e-7)
                .collect();
            let below = self.below(&relaxed.reduced, least, &inside);
            let complete = below.is_empty();
            relaxed.complete = complete;
            if best.as_ref().is_none_or(|best| complete || relaxed.exact > best.exact) {
                best = Some(relaxed);
            }
            if complete || self.setting.clock.over().is_some() {
                break;
            }
            add(&mut columns, &mut inside, below.into_iter());
        }
        Ok(best.unwrap_or_else(|| self.nothing_known(list)))
    }

    /// Prices of blocks and of a lot, in whole numbers: the duals of the program over all candidates in `list`, rounded, none of them beyond `most`; the weights of the
    /// candidates at its best point; and whether that limit was felt. `interior` takes an inner
    /// point of the best face.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn prices(&self, list: &[usize], most: i64, interior: bool) -> Result<(Prices, Vec<f64>, bool), SolveError> {
        let columns: Vec<usize> = (0..list.len()).collect();
        let (mut program, layout) = self.program(list, &columns);
        // Blocks that always share a lot can pass any price to each other: a way to leave a row unmet, either way, keeps prices moderate.
        let first = program.columns().len();
        for row in 0..=layout.lots_row {
            for factor in [1, -1] {
                let column = program.add_column(format!("limit[{row}]"), most, 1, false);
                program.set(row, column, factor);
            }
        }
        let mut effort = self.setting.effort(60.0, true);
        effort.interior = interior;
        let answer = self.setting.backend.solve(&program, &effort, None)?;
        let rounded = |row: usize| answer.duals.get(row).map_or(0, |dual| dual.floor() as i64);
        let prices = Prices {
            block: (0..layout.blocks).map(rounded).collect(),
            lot: rounded(layout.lots_row),
        };
        let mut point = answer.point.unwrap_or_default();
        let felt = point.iter().skip(first).any(|weight| *weight > 1e-6);
        point.truncate(list.len());
        Ok((prices, point, felt))
    }

    /// The program over the candidates at places `columns` of `list`.
    pub fn program(&self, list: &[usize], columns: &[usize]) -> (Program, Layout) {
        let candidates: Vec<Candidate<'_>> = columns.iter().map(|&place| self.candidate(list[place])).collect();
        let instance = self.setting.instance;
        partition(instance.len(), &candidates, &self.levels, |block| instance.name(block))
    }

    fn candidate(&self, number: usize) -> Candidate<'_> {
        Candidate {
            number,
            blocks: self.sets.get(number),
            cost: self.cost[number],
            held: self.held.iter().map(|costs| costs[number]).collect(),
            patterns: self.patterns.get(number).cloned().unwrap_or_default(),
        }
    }

    /// The exact bound that rough duals give over the whole list.
    fn bounded(&self, program: &Program, layout: Layout, list: &[usize], rough: &[f64]) -> (Relaxation, i128) {
        let mut duals = program.duals(rough);
        let mut reduced: Vec<i128> = list
            .iter()
            .map(|&number| self.reduced(number, layout, &duals))
            .collect();
        let least = reduced.iter().copied().min().unwrap_or(0);
        // Just so many lots are chosen: what all of them have in common goes into the dual of their number.
        duals[layout.lots_row] += least;
        reduced.iter_mut().for_each(|cost| *cost -= least);
        let exact = program.safe_bound(&duals) + whole(self.offset);
        let bound = i64::try_from(round_up(exact)).unwrap_or(i64::MIN);
        (
            Relaxation {
                bound,
                exact,
                reduced,
                support: Vec::new(),
                complete: false,
            },
            least,
        )
    }

    /// Places whose reduced cost is truly below zero, the lowest first; `reduced` is above the true one by `least` turned.
    fn below(&self, reduced: &[i128], least: i128, inside: &[bool]) -> Vec<usize> {
        // What is above this is rounding: a billionth of the greatest cost of a column.
        let most = self.cost.iter().map(|cost| cost.abs()).max().unwrap_or(0).max(1);
        let limit = -least - (whole(most) / 1_000_000_000).max(1);
        let mut below: Vec<usize> = (0..reduced.len())
            .filter(|&at| !inside[at] && reduced[at] < limit)
            .collect();
        if below.len() > ADDED {
            below.select_nth_unstable_by_key(ADDED, |&at| (reduced[at], at));
            below.truncate(ADDED);
        }
        below
    }

    fn nothing_known(&self, list: &[usize]) -> Relaxation {
        let exact = whole(i64::MIN / 2);
        Relaxation {
            bound: i64::MIN / 2,
            exact,
            reduced: vec![0; list.len()],
            support: Vec::new(),
            complete: false,
        }
    }

    fn reduced(&self, number: usize, layout: Layout, duals: &[i128]) -> i128 {
        let mut cost = whole(self.cost[number]) - duals[layout.lots_row];
        cost -= self
            .sets
            .get(number)
            .iter()
            .map(|&block| duals[block as usize])
            .sum::<i128>();
        for (at, costs) in self.held.iter().enumerate() {
            cost -= duals[layout.held_row + at] * i128::from(costs[number]);
        }
        let patterns = self.patterns.get(number).into_iter().flatten().flatten();
        cost + patterns
            .map(|pattern| duals[layout.pattern_row + pattern])
            .sum::<i128>()
    }
}

/// A cost above that of any plan: of the costs at hand, and of all deal volume.
fn penalty(cost: &[i64], level: &Level, deals: i64) -> i64 {
    let most = cost.iter().map(|cost| cost.abs()).max().unwrap_or(0);
    most.saturating_mul(2 * level.lots as i64)
        .saturating_add(deals)
        .saturating_add(1)
}

type Patterns = (Vec<Pattern>, Vec<Vec<Option<usize>>>);

/// Parts of deals told apart by their volume, and for every set the part of each deal that it holds.
fn deal_patterns(setting: &Setting<'_>, sets: &Sets) -> Patterns {
    let deals = setting.instance.deal_total.len();
    let mut places: FxHashMap<(u32, i64), usize> = FxHashMap::default();
    let mut patterns = Vec::new();
    let of_set = |set: &[u32]| {
        let mut row = vec![None; deals];
        for (deal, volume) in setting.instance.deal_parts(set).into_iter().filter(|part| part.1 > 0) {
            let place = *places.entry((deal, volume)).or_insert_with(|| {
                patterns.push(Pattern {
                    deal: deal as usize,
                    volume,
                });
                patterns.len() - 1
            });
            row[deal as usize] = Some(place);
        }
        row
    };
    let of_sets = sets.iter().map(of_set).collect();
    (patterns, of_sets)
}

fn add(columns: &mut Vec<usize>, inside: &mut [bool], new: impl Iterator<Item = usize>) {
    for place in new {
        if !std::mem::replace(&mut inside[place], true) {
            columns.push(place);
        }
    }
}
