//! Drift improves the goals of large lots: single blocks move over boundaries, at a cost that does not depend on the size of the lots.
//!
//! Travel is counted to a hub that stays for a while and is then sought again. Counted so it is never too small, and what is offered to the record is
//! counted anew there, so that nothing rests on it.

use super::design::Design;
use super::hub::{best_hub, travel_to};
use super::instance::Instance;
use super::joints::Joints;
use super::record::Record;
use super::strategy::Setting;
use crate::domain::{Goal, Measure, Phase};
use rand::{Rng, RngExt};

/// Tries between two looks at the clock.
const LOOK_EVERY: u64 = 1_024;
/// The part of the tries after which what is better is offered.
const OFFERS: u64 = 16;
/// Heat at the end, as a part of that at the beginning.
const COOLED: f64 = 0.001;

/// A block that goes over a boundary.
#[derive(Clone, Copy, Debug)]
struct Move {
    block: u32,
    from: usize,
    to: usize,
}

/// Annealing over single moves, with a fixed number of lots.
pub struct Drift<'a> {
    setting: &'a Setting<'a>,
    joints: Joints,
    design: Design,
    goals: &'a [Goal],
    values: Vec<i64>,
    hub: Vec<u32>,
    /// Moves into and out of each lot since its hub was sought.
    moves: Vec<usize>,
    held: Vec<Vec<i64>>,
}

impl<'a> Drift<'a> {
    /// Starts from the best plan of the record; `None` where there is none, or where nothing can move.
    pub fn new(setting: &'a Setting<'a>, record: &Record<'_>) -> Option<Self> {
        let instance = setting.instance;
        let best = record.best()?;
        let design = Design::new(instance, best.lots.clone());
        let hub = best.lots.iter().map(|lot| best_hub(instance, lot).map(|(hub, _)| hub));
        let mut held = vec![vec![0; best.lots.len()]; instance.deal_total.len()];
        for (lot, blocks) in best.lots.iter().enumerate() {
            for (deal, volume) in instance.deal_parts(blocks) {
                held[deal as usize][lot] = volume;
            }
        }
        Some(Self {
            setting,
            joints: Joints::new(instance.len()),
            goals: instance.problem.goals(),
            values: best.score.goals.clone(),
            hub: hub.collect::<Option<Vec<u32>>>()?,
            moves: vec![0; best.lots.len()],
            held,
            design,
        })
    }

    /// Anneals one level for `steps` tries; the levels before it never get worse.
    pub fn run(&mut self, record: &mut Record<'_>, level: usize, steps: u64, random: &mut impl Rng) {
        let measure = Measure::Goal(self.goals[level]);
        let heat = self.first_heat(level, random);
        for step in 0..steps {
            if step % LOOK_EVERY == 0 {
                if record.goal_proved(level) || self.setting.clock.over().is_some() {
                    break;
                }
                self.setting.clock.tell(Phase::Search, measure, record);
            }
            if step % (steps / OFFERS).max(1) == 0 {
                self.offer(record, level);
            }
            let cooled = heat * COOLED.powf(step as f64 / steps as f64);
            self.step(level, cooled, random);
        }
        self.offer(record, level);
    }

    fn offer(&self, record: &mut Record<'_>, level: usize) {
        let better = |goals: &[i64]| self.values[..=level] < goals[..=level];
        if record.best().is_some_and(|best| better(&best.score.goals)) {
            record.offer(&self.design.lots, "tree search");
        }
    }

    /// A third of the mean change that a move makes at this level.
    fn first_heat(&mut self, level: usize, random: &mut impl Rng) -> f64 {
        let tries = (0..20_000).filter_map(|_| self.propose(random)).collect::<Vec<Move>>();
        let changes = tries
            .iter()
            .map(|&over| self.change(self.goals[level], over).unsigned_abs() as f64);
        let changes: Vec<f64> = changes.filter(|&change| change > 0.0).collect();
        changes.iter().sum::<f64>() / changes.len().max(1) as f64 / 3.0
    }

    /// A random block with a neighbour in another lot, if volumes allow that it goes there.
    fn propose(&self, random: &mut impl Rng) -> Option<Move> {
        let instance = self.setting.instance;
        let block = random.random_range(0..instance.len());
        let near = &instance.neighbours[block];
        let from = self.design.lot_of[block] as usize;
        if near.is_empty() || self.design.lots[from].len() < 2 {
            return None;
        }
        let to = self.design.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
        let volume = instance.volume[block];
        let fits = from != to
            && self.design.volume[from] - volume >= instance.floor
            && self.design.volume[to] <= instance.cap - volume;
        // A lot keeps its hub until it is sought again.
        let is_hub = |&(area, _): &(u32, i64)| area == self.hub[from];
        (fits && !instance.places[block].iter().any(is_hub)).then_some(Move {
            block: block as u32,
            from,
            to,
        })
    }

    fn step(&mut self, level: usize, heat: f64, random: &mut impl Rng) {
        let Some(over) = self.propose(random) else { return };
        let mut changes = [0; Goal::ALL.len()];
        for (at, &goal) in self.goals.iter().enumerate() {
            changes[at] = self.change(goal, over);
        }
        // The first level that changes decides; only the level at hand may get worse for a while.
        let taken = match changes[..=level].iter().position(|&change| change != 0) {
            Some(at) if changes[at] < 0 => true,
            Some(at) => at == level && random.random::<f64>() < (-(changes[at] as f64) / heat).exp(),
            None => true,
        };
        if taken && self.allowed(over) {
            self.take(over, &changes);
        }
    }

    /// Whether both lots obey the rules after the move.
    fn allowed(&mut self, Move { block, from, to }: Move) -> bool {
        let instance = self.setting.instance;
        let clash = |&other: &u32| instance.classes.clash(block as usize, other as usize);
        if !instance.classes.quiet() && self.design.lots[to].iter().any(clash) {
            return false;
        }
        if instance.fragile && !self.units_stay_joined(block, from, to) {
            return false;
        }
        instance.scattered() || self.joints.spare(&instance.neighbours, &self.design.lot_of, block)
    }

    /// Where a block is in pieces by itself, the lots must be looked at unit by unit.
    fn units_stay_joined(&self, block: u32, from: usize, to: usize) -> bool {
        let left: Vec<u32> = self.design.lots[from]
            .iter()
            .copied()
            .filter(|&other| other != block)
            .collect();
        let right: Vec<u32> = self.design.lots[to].iter().copied().chain([block]).collect();
        self.setting.instance.units_connected(&left) && self.setting.instance.units_connected(&right)
    }

    fn take(&mut self, Move { block, from, to }: Move, changes: &[i64]) {
        let instance = self.setting.instance;
        self.values
            .iter_mut()
            .zip(changes)
            .for_each(|(value, change)| *value += change);
        for &(deal, volume) in &instance.deals[block as usize] {
            self.held[deal as usize][from] -= volume;
            self.held[deal as usize][to] += volume;
        }
        self.design.shift(instance, block, to);
        for lot in [from, to] {
            self.moves[lot] += 1;
            if self.moves[lot] > self.design.lots[lot].len() {
                self.seek_hub(lot);
            }
        }
    }

    /// Seeks the hub of a lot anew.
    fn seek_hub(&mut self, lot: usize) {
        self.moves[lot] = 0;
        let (instance, blocks) = (self.setting.instance, &self.design.lots[lot]);
        let Some(level) = self.goals.iter().position(|&goal| goal == Goal::Travel) else {
            return;
        };
        if let Some((hub, travel)) = best_hub(instance, blocks) {
            self.values[level] += travel - travel_to(instance, blocks, self.hub[lot]);
            self.hub[lot] = hub;
        }
    }

    /// By how much a goal grows, hubs staying where they are.
    fn change(&self, goal: Goal, Move { block, from, to }: Move) -> i64 {
        let instance = self.setting.instance;
        let at = block as usize;
        match goal {
            Goal::Travel => {
                instance.block_travel(at, self.hub[to] as usize) - instance.block_travel(at, self.hub[from] as usize)
            }
            Goal::Border => instance.borders[at]
                .iter()
                .map(|&(other, length)| match self.design.lot_of[other as usize] as usize {
                    lot if lot == from => length,
                    lot if lot == to => -length,
                    _ => 0,
                })
                .sum(),
            Goal::Imbalance => {
                let [left, right] = [from, to].map(|lot| self.design.volume[lot]);
                let volume = instance.volume[at];
                self.off_mean(left - volume) + self.off_mean(right + volume)
                    - self.off_mean(left)
                    - self.off_mean(right)
            }
            Goal::DealSplits => self.deal_change(instance, at, from, to),
        }
    }

    fn off_mean(&self, volume: i64) -> i64 {
        (self.design.lots.len() as i64 * volume - self.setting.instance.total).abs()
    }

    fn deal_change(&self, instance: &Instance<'_>, block: usize, from: usize, to: usize) -> i64 {
        let of = |&(deal, volume): &(u32, i64)| {
            let held = &self.held[deal as usize];
            let before = held.iter().copied().max().unwrap_or(0);
            let after = held.iter().enumerate().map(|(lot, &held)| match lot {
                lot if lot == from => held - volume,
                lot if lot == to => held + volume,
                _ => held,
            });
            before - after.max().unwrap_or(0)
        };
        instance.deals[block].iter().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::drawn::Drawn;
    use crate::domain::{LotCount, Unwatched};
    use crate::solve::backend::Highs;
    use crate::solve::{Bound, Clock};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    /// 24 × 10 cells, each an area with a letter of its own.
    fn map() -> String {
        let cell = |at: u32| char::from_u32(0x4e00 + at).unwrap_or('.');
        let row = |row: u32| (0..24).map(|column| cell(row * 24 + column)).collect::<String>();
        (0..10).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn values_kept_up_to_date_are_those_counted_anew_and_travel_is_never_too_small() {
        let volumes: Vec<i64> = (0..240).map(|at| 5 + at * at % 11).collect();
        let problem = Drawn::new(&map())
            .volumes(&volumes)
            .floor(400)
            .count(LotCount::Exactly(4))
            .deal("\u{4e00}\u{4e05}\u{4e0a}\u{4e10}\u{4e30}\u{4e31}")
            .goal(Goal::DealSplits)
            .goal(Goal::Border)
            .goal(Goal::Imbalance)
            .goal(Goal::Travel)
            .problem();
        let instance = Instance::plain(&problem);
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let most = Bound {
            value: 4,
            argument: "as many as asked for",
        };
        let mut record = Record::new(&instance, most);
        // Bands of two or three rows: borders and ways are long.
        let band = |block: u32| [0, 0, 0, 1, 1, 2, 2, 2, 3, 3][block as usize / 24];
        let bands: Vec<Vec<u32>> = (0..4)
            .map(|lot| (0..240).filter(|&block| band(block) == lot).collect())
            .collect();
        assert!(record.offer(&bands, "bands"));
        let before = instance.score(&bands).goals;
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let Some(mut drift) = Drift::new(&setting, &record) else {
            panic!("there is a plan")
        };
        for level in 0..4 {
            drift.run(&mut record, level, 60_000, &mut random);
            let counted = instance.score(&drift.design.lots).goals;
            assert_eq!(drift.values[..3], counted[..3], "level {level}");
            assert!(
                drift.values[3] >= counted[3],
                "{} below {}",
                drift.values[3],
                counted[3]
            );
            assert_eq!(instance.broken(&drift.design.lots), None);
        }
        assert!(record.best().is_some_and(|best| best.score.goals < before));
    }
}
