//! Raising seeks a plan with more lots: the map is shared out into as many lots as are hoped for, and those that are short are filled.
//!
//! The number hoped for halves what lies between the best plan and the bound, so that few numbers are tried on the way; then it goes up by one.

use super::cut::Cutter;
use super::fill::Filling;
use super::level::{is_large, is_level_ground};
use super::record::Record;
use super::strategy::Setting;
use super::temper::Tempering;
use crate::domain::{Measure, Phase};
use rand::Rng;

/// How hard to try.
#[derive(Clone, Copy, Debug)]
pub struct Raising {
    /// Tries at each number of lots.
    pub tries: u64,
    /// Steps of filling in each try.
    pub steps: u64,
    /// Steps of tempering for the first number of lots that filling does not reach.
    pub temper: u64,
}

/// The name of what finds a plan by filling lots that are short.
const NAME: &str = "filling";
/// The part of the tries that is spent where it is not known whether so many lots are near.
const PART: u64 = 8;
/// Tries of which the first starts anew, and the others go on from the one before with less heat.
const CHAIN: u64 = 4;
/// Heat of a try that starts anew, and of one that goes on, as a part of the volume of a mean block.
const HOT: f64 = 0.2;
const WARM: f64 = 0.05;

impl Raising {
    /// Raises the number of lots of the record until its bound is met, or one lot more cannot be had.
    pub fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>, random: &mut impl Rng) {
        let low = setting.instance.count.0.max(1);
        let most = hoped_for(record);
        let had = |record: &Record<'_>| record.lots().unwrap_or(low - 1);
        let glance = self.part();
        // The bound itself comes first: small areas often round to it.
        let mut hoped = most;
        let mut failed = most + 1;
        while hoped > had(record) && hoped < failed && setting.clock.over().is_none() {
            if !glance.reach(setting, record, hoped, random) {
                failed = hoped;
            }
            hoped = had(record) + (failed - had(record)) / 2;
        }
        while had(record) < most && setting.clock.over().is_none() {
            let hoped = had(record) + 1;
            if !self.reach(setting, record, hoped, random) && !self.temper(setting, record, hoped, random) {
                break;
            }
        }
    }

    /// Seeks a plan with so many lots by tempering, which is slower and leaves less over.
    fn temper(&self, setting: &Setting<'_>, record: &mut Record<'_>, lots: usize, random: &mut impl Rng) -> bool {
        self.temper > 0
            && Tempering::new(setting, lots, random)
                .is_some_and(|mut tempering| tempering.run(record, self.temper, random))
    }

    /// The first tries of [`Raising::run`]: those that seek as many lots as the bound allows.
    pub fn glance(&self, setting: &Setting<'_>, record: &mut Record<'_>, random: &mut impl Rng) {
        let most = hoped_for(record);
        if record.lots().is_none_or(|lots| lots < most) && setting.clock.over().is_none() {
            self.part().reach(setting, record, most, random);
        }
    }

    /// As many tries as are spent where it is not known whether so many lots are near.
    fn part(&self) -> Self {
        Self {
            tries: self.tries.div_ceil(PART),
            ..*self
        }
    }

    /// Seeks a plan with so many lots that is better than the best; says whether one was found. Most tries go on from the one before.
    pub fn reach(&self, setting: &Setting<'_>, record: &mut Record<'_>, lots: usize, random: &mut impl Rng) -> bool {
        let instance = setting.instance;
        let all: Vec<u32> = (0..instance.len() as u32).collect();
        let mut cutter = Cutter::new(instance);
        let mut last = None;
        for attempt in 0..self.tries {
            if setting.clock.over().is_some() {
                return false;
            }
            setting.clock.tell(Phase::Search, Measure::Lots, record);
            let (start, heat) = match last.take().filter(|_| attempt % CHAIN > 0) {
                Some(lots) => (lots, WARM),
                None => (cutter.share(instance, &all, lots, random), HOT),
            };
            let mut filling = Filling::new(setting, start);
            let filled = fill(&mut filling, self.steps, heat, random);
            if filled && record.offer(filling.lots(), NAME) {
                return true;
            }
            // Where lots stay short, a plan with fewer is at hand.
            record.offer(&filling.merged(), NAME);
            last = Some(filling.into_lots());
        }
        false
    }
}

/// Leads lots to the floor by what is quickest on such a map; says whether every lot obeys the rules.
fn fill(filling: &mut Filling<'_>, steps: u64, heat: f64, random: &mut impl Rng) -> bool {
    let instance = filling.setting.instance;
    if heat > WARM && is_level_ground(instance, filling.lots().len()) {
        return filling.level(random) || filling.run(steps, WARM, random);
    }
    filling.run(steps, heat, random) || is_large(instance) && filling.mend(random)
}

/// As many lots as the bound allows.
fn hoped_for(record: &Record<'_>) -> usize {
    let most = usize::try_from(record.most_lots().value).unwrap_or(0);
    most.min(record.instance().len())
}
