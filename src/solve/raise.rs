//! Raising seeks a plan with more lots: the map is shared out into as many lots as are hoped for, and those that are short are filled.
//!
//! The number hoped for halves what lies between the best plan and the bound, so that few numbers are tried on the way to the greatest.

use super::cut::Cutter;
use super::fill::Filling;
use super::record::Record;
use super::strategy::Setting;
use crate::domain::{Measure, Phase};
use rand::Rng;

/// How hard to try.
#[derive(Clone, Copy, Debug)]
pub struct Raising {
    /// Tries at each number of lots.
    pub tries: u64,
    /// Steps of filling in each try.
    pub steps: u64,
}

impl Raising {
    /// Raises the number of lots of the record until its bound is met, or the number hoped for cannot be had.
    pub fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>, random: &mut impl Rng) {
        let low = setting.instance.problem.rules().count.limits().0.max(1);
        let most = usize::try_from(record.most_lots().value).unwrap_or(0);
        let mut failed = most.min(setting.instance.len()) + 1;
        loop {
            let had = record.lots().unwrap_or(low - 1);
            // The bound itself comes first: small areas often round to it.
            let hoped = if failed > most { most } else { had + (failed - had) / 2 };
            if hoped <= had || hoped >= failed || setting.clock.over().is_some() {
                return;
            }
            if !self.reach(setting, record, hoped, random) {
                failed = hoped;
            }
        }
    }

    /// Seeks a plan with so many lots that is better than the best; says whether one was found. Every other try goes on from the one before.
    pub fn reach(&self, setting: &Setting<'_>, record: &mut Record<'_>, lots: usize, random: &mut impl Rng) -> bool {
        let instance = setting.instance;
        let all: Vec<u32> = (0..instance.len() as u32).collect();
        let mut cutter = Cutter::new(instance);
        let mut last = None;
        for attempt in 0..self.tries {
            setting.clock.tell(Phase::Search, Measure::Lots, record);
            let start = match last.take().filter(|_| attempt % 2 == 1) {
                Some(lots) => lots,
                None => cutter.share(instance, &all, lots, random),
            };
            let mut filling = Filling::new(setting, start);
            let filled = filling.run(self.steps, random);
            if filled && record.offer(filling.lots(), "tree search") {
                return true;
            }
            if setting.clock.over().is_some() {
                return false;
            }
            last = Some(filling.into_lots());
        }
        false
    }
}
