//! A Tally keeps the values of goals up to date while single blocks go over from lot to lot.
//!
//! Travel is counted to a hub that stays for a while and is then sought again. Counted so it is never too small; whoever offers a plan to the record has it counted
//! anew there, so that nothing rests on it.

use super::design::Design;
use super::hub::best_hub;
use super::instance::Instance;
use crate::domain::Goal;

/// The most blocks of a lot whose hub is sought anew when its block leaves; the hub of a larger lot stays.
const SMALL_LOT: usize = 96;

/// A block that goes over to another lot.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The block.
    pub block: u32,
    /// Its lot.
    pub from: usize,
    /// The other lot.
    pub to: usize,
}

impl Move {
    /// The move back.
    pub fn back(self) -> Self {
        Self {
            from: self.to,
            to: self.from,
            ..self
        }
    }
}

/// By how much every goal grows with a move.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// By goal, in the order of the problem's goals; 0 for goals that were not asked for.
    pub goals: [i64; Goal::ALL.len()],
    /// The hub that the lot left behind gets and its travel, where the block that leaves is the hub's.
    hub: Option<(u32, i64)>,
}

/// Values of goals, and what they are made of.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    goals: &'a [Goal],
    values: Vec<i64>,
    hubs: Vec<Hub>,
    held: Vec<Vec<i64>>,
    counts_travel: Option<usize>,
}

/// The hub of a lot.
#[derive(Clone, Copy, Debug)]
struct Hub {
    area: u32,
    travel: i64,
    /// Moves into and out of the lot since the hub was sought.
    moves: usize,
}

/// What must be put back to undo a move.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    goals: [i64; Goal::ALL.len()],
    hubs: [Hub; 2],
}

impl<'a> Tally<'a> {
    /// The tally of a design, for goals up to `level`; `None` where a lot is empty.
    pub fn new(instance: &Instance<'a>, design: &Design, level: usize) -> Option<Self> {
        let goals = &instance.problem.goals()[..=level];
        let hub = |lot: &Vec<u32>| best_hub(instance, lot).map(|(area, travel)| Hub { area, travel, moves: 0 });
        let mut held = vec![vec![0; design.lots.len()]; instance.deal_total.len()];
        for (lot, blocks) in design.lots.iter().enumerate() {
            for (deal, volume) in instance.deal_parts(blocks) {
                held[deal as usize][lot] = volume;
            }
        }
        Some(Self {
            goals,
            values: goals.iter().map(|&goal| instance.goal(goal, &design.lots)).collect(),
            hubs: design.lots.iter().map(hub).collect::<Option<Vec<Hub>>>()?,
            held,
            counts_travel: goals.iter().position(|&goal| goal == Goal::Travel),
        })
    }

    /// Values of the goals that are counted.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// What changes with a move; `None` where a large lot would lose its hub.
    pub fn change(&self, instance: &Instance<'_>, design: &Design, over: Move) -> Option<Change> {
        let mut change = Change {
            goals: [0; Goal::ALL.len()],
            hub: None,
        };
        for (at, &goal) in self.goals.iter().enumerate() {
            change.goals[at] = match goal {
                Goal::DealSplits => self.deal_change(instance, over),
                Goal::Border => border_change(instance, design, over),
                Goal::Imbalance => imbalance_change(instance, design, over),
                Goal::Travel => {
                    let (hub, left) = self.left_behind(instance, design, over)?;
                    change.hub = hub;
                    left + instance.block_travel(over.block as usize, self.hubs[over.to].area as usize)
                }
            };
        }
        Some(change)
    }

    /// The change of travel in the lot left behind, with its new hub where it needs one.
    fn left_behind(&self, instance: &Instance<'_>, design: &Design, over: Move) -> Option<(Option<(u32, i64)>, i64)> {
        let hub = &self.hubs[over.from];
        let block = over.block as usize;
        if !instance.places[block].iter().any(|&(area, _)| area == hub.area) {
            return Some((None, -instance.block_travel(block, hub.area as usize)));
        }
        let lot = &design.lots[over.from];
        let left: Vec<u32> = lot.iter().copied().filter(|&other| other != over.block).collect();
        let new = best_hub(instance, &left).filter(|_| lot.len() <= SMALL_LOT)?;
        Some((Some(new), new.1 - hub.travel))
    }

    fn deal_change(&self, instance: &Instance<'_>, over: Move) -> i64 {
        let of = |&(deal, volume): &(u32, i64)| {
            let (mut before, mut after) = (0, 0);
            for (lot, &held) in self.held[deal as usize].iter().enumerate() {
                before = held.max(before);
                after = after
                    .max(held - if lot == over.from { volume } else { 0 } + if lot == over.to { volume } else { 0 });
            }
            before - after
        };
        instance.deals[over.block as usize].iter().map(of).sum()
    }

    /// What must be put back to undo the next move.
    pub fn before(&self, over: Move) -> Before {
        let mut goals = [0; Goal::ALL.len()];
        goals
            .iter_mut()
            .zip(&self.values)
            .for_each(|(kept, value)| *kept = *value);
        Before {
            goals,
            hubs: [self.hubs[over.from], self.hubs[over.to]],
        }
    }

    /// Takes a move.
    pub fn take(&mut self, instance: &Instance<'_>, over: Move, change: &Change) {
        self.values
            .iter_mut()
            .zip(change.goals)
            .for_each(|(value, change)| *value += change);
        self.pass_deals(instance, over);
        if self.counts_travel.is_some() {
            let block = over.block as usize;
            match change.hub {
                Some((area, travel)) => self.hubs[over.from] = Hub { area, travel, moves: 0 },
                None => self.hubs[over.from].travel -= instance.block_travel(block, self.hubs[over.from].area as usize),
            }
            self.hubs[over.to].travel += instance.block_travel(block, self.hubs[over.to].area as usize);
        }
        self.hubs[over.from].moves += 1;
        self.hubs[over.to].moves += 1;
    }

    /// Puts back what was before a move.
    pub fn undo(&mut self, instance: &Instance<'_>, over: Move, before: &Before) {
        self.values
            .iter_mut()
            .zip(before.goals)
            .for_each(|(value, kept)| *value = kept);
        [self.hubs[over.from], self.hubs[over.to]] = before.hubs;
        self.pass_deals(instance, over.back());
    }

    fn pass_deals(&mut self, instance: &Instance<'_>, over: Move) {
        for &(deal, volume) in &instance.deals[over.block as usize] {
            self.held[deal as usize][over.from] -= volume;
            self.held[deal as usize][over.to] += volume;
        }
    }

    /// Seeks the hub of a lot anew if enough has moved.
    pub fn settle(&mut self, instance: &Instance<'_>, design: &Design, lot: usize) {
        let Some(level) = self.counts_travel else { return };
        let members = design.lots[lot].len();
        let enough = if members <= SMALL_LOT {
            3.max(members / 4)
        } else {
            members
        };
        if self.hubs[lot].moves < enough {
            return;
        }
        if let Some((area, travel)) = best_hub(instance, &design.lots[lot]) {
            self.values[level] += travel - self.hubs[lot].travel;
            self.hubs[lot] = Hub { area, travel, moves: 0 };
        }
    }
}

fn border_change(instance: &Instance<'_>, design: &Design, over: Move) -> i64 {
    let borders = instance.borders[over.block as usize].iter();
    borders
        .map(|&(other, length)| match design.lot_of[other as usize] as usize {
            lot if lot == over.from => length,
            lot if lot == over.to => -length,
            _ => 0,
        })
        .sum()
}

fn imbalance_change(instance: &Instance<'_>, design: &Design, over: Move) -> i64 {
    let volume = instance.volume[over.block as usize];
    let (left, right) = (design.volume[over.from], design.volume[over.to]);
    let off_mean = |volume: i64| (design.lots.len() as i64 * volume - instance.total).abs();
    off_mean(left - volume) + off_mean(right + volume) - off_mean(left) - off_mean(right)
}
