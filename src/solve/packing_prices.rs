//! Packing prices bound the number of lots on maps whose minimal viable sets are too many to list: sets are found as prices ask for them.
//!
//! At prices in proportion to weight (volume, in grains where it is rounded) no viable set costs less than one, and all blocks cost as much as counting says. To prove one lot fewer, discounts and
//! surcharges as small as possible bring the sum down; viable sets that then cost too little are looked for, and the prices mended, until there are none.
//! Where prices are in proportion to weight nothing has to be searched, so the work is near the discounts alone.

use super::SolveError;
use super::bargain::{Bargain, BargainSearch};
use super::instance::Instance;
use super::record::{Bound, Record};
use super::strategy::{Setting, Strategy};
use crate::domain::{Certificate, Measure, Phase, Volume};
use crate::model::packing::repricing;
use std::collections::BTreeSet;

/// Whole numbers to one unit of price.
const FINE: i64 = 1_000_000;
/// How far the sum of prices stays below the number of lots that is to be ruled out: room for rounding and for a least price just below one.
const MARGIN: i64 = FINE / 500;

/// The most blocks for which prices are sought.
const MOST_BLOCKS: usize = 1_000;
/// Sets that prices are mended for are counted each time; so many a second of the time limit, and so many at most: some four seconds on a core of 2026.
const SETS_A_SECOND: f64 = 1_000.0;
const MOST_SETS: usize = 25_000;
/// Steps of searches a second of the time limit, and at most: some four seconds too.
const STEPS_A_SECOND: f64 = 50_000.0;
const MOST_STEPS: u64 = 1_500_000;

/// Bounds the number of lots by prices that are found with the sets that they must pay for. Its work follows from the time limit, so that equal limits end
/// equally.
#[derive(Clone, Copy, Debug)]
pub struct PackingPrices {
    /// Sets that prices may be mended for, added up over all times that they are.
    pub sets: usize,
    /// Steps of the first look for cheap sets, from each block.
    pub look: u64,
    /// Steps of all searches that must prove that there is none.
    pub search: u64,
}

impl PackingPrices {
    /// As much work as a time limit in seconds leaves room for.
    pub fn within(limit_s: f64) -> Self {
        Self {
            sets: MOST_SETS.min((limit_s * SETS_A_SECOND) as usize),
            look: 300,
            search: MOST_STEPS.min((limit_s * STEPS_A_SECOND) as u64),
        }
    }
}

impl Strategy for PackingPrices {
    fn name(&self) -> &'static str {
        "packing prices"
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let instance = setting.instance;
        if instance.floor <= 0 || instance.scattered() || instance.len() > MOST_BLOCKS {
            return Ok(());
        }
        let mut market = Market::new(setting, *self);
        while !record.lots_proved() && setting.clock.over().is_none() {
            setting.clock.tell(Phase::Bounds, Measure::Lots, record);
            let lots = record.most_lots().value;
            match market
                .rule_out(lots)?
                .and_then(|proof| Bound::certified(proof, self.name()))
            {
                Some(bound) if bound.value < lots => record.take_bound(bound),
                _ => break,
            }
        }
        Ok(())
    }
}

/// The sets known so far, and the work that is left.
struct Market<'a> {
    setting: &'a Setting<'a>,
    usual: Vec<i64>,
    sets: BTreeSet<Vec<u32>>,
    left: PackingPrices,
}

impl<'a> Market<'a> {
    fn new(setting: &'a Setting<'a>, left: PackingPrices) -> Self {
        Self {
            setting,
            usual: usual(setting.instance),
            sets: BTreeSet::new(),
            left,
        }
    }

    /// Prices that prove that there are fewer than `lots` lots; `None` if there are none, or the work is used up.
    fn rule_out(&mut self, lots: i64) -> Result<Option<Certificate>, SolveError> {
        while self.setting.clock.over().is_none() {
            let Some(left) = self.left.sets.checked_sub(self.sets.len()) else {
                break;
            };
            self.left.sets = left;
            let Some(prices) = self.mended(lots)? else { break };
            let sum: i64 = prices.iter().sum();
            // The least price at which ⌊sum ÷ least⌋ is below the number of lots.
            let least = sum / lots + 1;
            let Some(found) = self.bargains(&prices, least) else {
                break;
            };
            if found.is_empty() {
                return Ok(Some(certificate(self.setting.instance, &prices, sum, least)));
            }
            let known = self.sets.len();
            self.sets.extend(found);
            if self.sets.len() == known {
                break;
            }
        }
        Ok(None)
    }

    /// Prices near the usual ones at which every known set costs one and all blocks cost less than `lots`; `None` where there are none.
    fn mended(&self, lots: i64) -> Result<Option<Vec<i64>>, SolveError> {
        let instance = self.setting.instance;
        let lists: Vec<Vec<u32>> = self.sets.iter().cloned().collect();
        let program = repricing(&self.usual, &lists, lots * FINE - MARGIN, FINE, |block| {
            instance.name(block)
        });
        let answer = self
            .setting
            .backend
            .solve(&program, &self.setting.effort(20.0, true), None)?;
        Ok(answer.point.map(|point| {
            let (discounts, surcharges) = point.split_at(self.usual.len());
            let changed = self.usual.iter().zip(discounts.iter().zip(surcharges));
            changed
                .map(|(price, (less, more))| (price + (more - less).round() as i64).max(0))
                .collect()
        }))
    }

    /// Viable sets that cost less than `least`: some where there are any, none only where there is none. `None` where the steps do not suffice to tell.
    ///
    /// Blocks with most volume for their price are searched from first. Once they are barred, no block that is left gives a viable set for less than one.
    fn bargains(&mut self, prices: &[i64], least: i64) -> Option<Vec<Vec<u32>>> {
        let mut search = BargainSearch::new(self.setting.instance, prices, least);
        let roots = search.order().to_vec();
        let mut found = Vec::new();
        for &root in &roots {
            if let Bargain::Found(set) = search.from(root, self.left.look) {
                found.push(set);
            }
        }
        if !found.is_empty() {
            return Some(found);
        }
        for root in roots {
            let end = search.from(root, self.left.search);
            self.left.search = search.left();
            match end {
                Bargain::Found(set) => found.push(set),
                Bargain::None => {}
                Bargain::TooLong => return (!found.is_empty()).then_some(found),
            }
            search.bar(root);
        }
        Some(found)
    }
}

/// Prices in proportion to weight, rounded up, and one for a block that is viable alone.
fn usual(instance: &Instance<'_>) -> Vec<i64> {
    let (grains, least) = (&instance.grains, i128::from(instance.grains.least));
    let price = |block| (i128::from(grains.counted(block)) * i128::from(FINE) + least - 1) / least;
    (0..instance.len()).map(|block| price(block) as i64).collect()
}

fn certificate(instance: &Instance<'_>, prices: &[i64], sum: i64, least: i64) -> Certificate {
    let priced = (0..prices.len()).filter(|&block| prices[block] > 0);
    Certificate::Prices {
        least_volume: Volume(instance.floor),
        prices: priced.map(|block| (instance.name(block), prices[block])).collect(),
        sum,
        least,
    }
}
