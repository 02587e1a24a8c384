//! Annealing moves blocks over the boundaries of lots and makes one goal small; it may pass through plans that break a floor, a cap or an earlier goal, at a price.
//!
//! Where as many lots as possible are wanted, hardly any block can move without breaking a floor. So what is short has a price that rises while the plan is broken and
//! falls while it is sound; only sound plans are offered. A move is weighed in about constant time: hubs stay where they are until a lot has changed enough.

use super::instance::Instance;
use super::record::Record;
use super::strategy::Setting;
use crate::domain::{Goal, Measure, Phase};
use rand::{Rng, RngExt};

/// Lots under change, with everything that a move changes.
struct State<'a> {
    instance: &'a Instance<'a>,
    goals: Vec<Goal>,
    lot_of: Vec<u32>,
    lots: Vec<Vec<u32>>,
    place: Vec<u32>,
    volume: Vec<i64>,
    hub: Vec<u32>,
    travel: Vec<i64>,
    held: Vec<Vec<i64>>,
    values: Vec<i64>,
    short: i64,
    stale: Vec<u32>,
    seen: Vec<u32>,
    stamp: u32,
    stack: Vec<u32>,
}

/// What a move changes.
#[derive(Clone, Debug, Default)]
struct Change {
    short: i64,
    goals: [i64; 4],
    /// The hub that the lot left behind gets, and its travel, where the block that leaves is its hub's.
    hub: Option<(u32, i64)>,
}

impl<'a> State<'a> {
    fn new(instance: &'a Instance<'a>, lots: &[Vec<u32>]) -> Self {
        let goals = instance.problem.goals().to_vec();
        let mut state = Self {
            instance,
            lot_of: vec![0; instance.len()],
            lots: lots.to_vec(),
            place: vec![0; instance.len()],
            volume: lots.iter().map(|lot| instance.volume_of(lot)).collect(),
            hub: vec![0; lots.len()],
            travel: vec![0; lots.len()],
            held: vec![vec![0; lots.len()]; instance.deal_total.len()],
            values: goals.iter().map(|&goal| instance.goal(goal, lots)).collect(),
            short: 0,
            stale: vec![0; lots.len()],
            seen: vec![0; instance.len()],
            stamp: 0,
            stack: Vec::new(),
            goals,
        };
        for (lot, blocks) in lots.iter().enumerate() {
            for (place, &block) in blocks.iter().enumerate() {
                state.lot_of[block as usize] = lot as u32;
                state.place[block as usize] = place as u32;
            }
            instance.deal_parts(blocks).into_iter().for_each(|(deal, volume)| state.held[deal as usize][lot] = volume);
            (state.hub[lot], state.travel[lot]) = state.best_hub(lot, None);
            state.short += state.shortfall(state.volume[lot]);
        }
        state
    }

    /// By how much a volume misses floor or cap.
    fn shortfall(&self, volume: i64) -> i64 {
        (self.instance.floor - volume).max(0) + (volume - self.instance.cap).max(0)
    }

    /// The best hub of a lot without `gone`, with its travel.
    fn best_hub(&self, lot: usize, gone: Option<u32>) -> (u32, i64) {
        let left = || self.lots[lot].iter().copied().filter(|&block| Some(block) != gone);
        let mut best = (0, i64::MAX);
        for (hub, _) in left().flat_map(|block| self.instance.places[block as usize].iter().copied()) {
            let mut cost = 0;
            for block in left() {
                cost += self.instance.block_travel(block as usize, hub as usize);
                if cost >= best.1 {
                    break;
                }
            }
            if cost < best.1 {
                best = (hub, cost);
            }
        }
        best
    }

    /// Whether the lot of `block` hangs together without it.
    fn can_leave(&mut self, block: u32) -> bool {
        let lot = self.lot_of[block as usize];
        let instance = self.instance;
        if self.lots[lot as usize].len() < 2 {
            return false;
        }
        if instance.scattered() {
            return true;
        }
        self.stamp += 1;
        let near = &instance.neighbours[block as usize];
        let mut wanted = near.iter().filter(|&&other| self.lot_of[other as usize] == lot).count();
        let Some(&first) = near.iter().find(|&&other| self.lot_of[other as usize] == lot) else { return false };
        self.seen[block as usize] = self.stamp;
        self.seen[first as usize] = self.stamp;
        self.stack.clear();
        self.stack.push(first);
        wanted -= 1;
        // Breadth first from one neighbour: the others are mostly next to it.
        let mut next = 0;
        while wanted > 0 && next < self.stack.len() {
            let at = self.stack[next];
            next += 1;
            for &other in &instance.neighbours[at as usize] {
                if self.lot_of[other as usize] == lot && self.seen[other as usize] != self.stamp {
                    self.seen[other as usize] = self.stamp;
                    self.stack.push(other);
                    if near.binary_search(&other).is_ok() {
                        wanted -= 1;
                    }
                }
            }
        }
        wanted == 0
    }

    /// What changes when `block` goes over to lot `to`, as far as goals `0..=level` are concerned.
    fn change(&self, block: u32, to: usize, level: usize) -> Change {
        let instance = self.instance;
        let from = self.lot_of[block as usize] as usize;
        let volume = instance.volume[block as usize];
        let mut change = Change {
            short: self.shortfall(self.volume[from] - volume) + self.shortfall(self.volume[to] + volume)
                - self.shortfall(self.volume[from])
                - self.shortfall(self.volume[to]),
            ..Change::default()
        };
        for (at, goal) in self.goals.iter().enumerate().take(level + 1) {
            change.goals[at] = match goal {
                Goal::DealSplits => self.deal_change(block, from, to),
                Goal::Travel => {
                    let leaves = if instance.places[block as usize].iter().any(|place| place.0 == self.hub[from]) {
                        let new = self.best_hub(from, Some(block));
                        change.hub = Some(new);
                        new.1 - self.travel[from]
                    } else {
                        -instance.block_travel(block as usize, self.hub[from] as usize)
                    };
                    leaves + instance.block_travel(block as usize, self.hub[to] as usize)
                }
                Goal::Border => instance.borders[block as usize]
                    .iter()
                    .map(|&(other, length)| match self.lot_of[other as usize] as usize {
                        lot if lot == from => length,
                        lot if lot == to => -length,
                        _ => 0,
                    })
                    .sum(),
                Goal::Imbalance => {
                    let off = |volume: i64| (self.lots.len() as i64 * volume - instance.total).abs();
                    off(self.volume[from] - volume) + off(self.volume[to] + volume) - off(self.volume[from]) - off(self.volume[to])
                }
            };
        }
        change
    }

    fn deal_change(&self, block: u32, from: usize, to: usize) -> i64 {
        self.instance.deals[block as usize]
            .iter()
            .map(|&(deal, volume)| {
                let held = &self.held[deal as usize];
                let (mut before, mut after) = (0, 0);
                for (lot, &part) in held.iter().enumerate() {
                    before = part.max(before);
                    let now = part - if lot == from { volume } else { 0 } + if lot == to { volume } else { 0 };
                    after = now.max(after);
                }
                before - after
            })
            .sum()
    }

    /// Moves `block` to lot `to`. `change` must hold all levels that are kept up to date.
    fn apply(&mut self, block: u32, to: usize, change: &Change) {
        let from = self.lot_of[block as usize] as usize;
        let volume = self.instance.volume[block as usize];
        let place = self.place[block as usize] as usize;
        self.lots[from].swap_remove(place);
        if let Some(&moved) = self.lots[from].get(place) {
            self.place[moved as usize] = place as u32;
        }
        self.place[block as usize] = self.lots[to].len() as u32;
        self.lots[to].push(block);
        self.lot_of[block as usize] = to as u32;
        self.volume[from] -= volume;
        self.volume[to] += volume;
        self.short += change.short;
        for &(deal, part) in &self.instance.deals[block as usize] {
            self.held[deal as usize][from] -= part;
            self.held[deal as usize][to] += part;
        }
        match change.hub {
            Some((hub, travel)) => (self.hub[from], self.travel[from]) = (hub, travel),
            None => self.travel[from] -= self.instance.block_travel(block as usize, self.hub[from] as usize),
        }
        self.travel[to] += self.instance.block_travel(block as usize, self.hub[to] as usize);
        self.values.iter_mut().zip(change.goals).for_each(|(value, change)| *value += change);
        for lot in [from, to] {
            self.stale[lot] += 1;
        }
    }

    /// Seeks the hubs of the two lots anew where they have changed enough.
    fn settle(&mut self, lots: [usize; 2], travel: Option<usize>) {
        let Some(level) = travel else { return };
        for lot in lots {
            if self.stale[lot] as usize >= 3.max(self.lots[lot].len() / 4) {
                self.rehub(lot, level);
            }
        }
    }

    fn rehub(&mut self, lot: usize, level: usize) {
        self.stale[lot] = 0;
        let (hub, travel) = self.best_hub(lot, None);
        self.values[level] += travel - self.travel[lot];
        (self.hub[lot], self.travel[lot]) = (hub, travel);
    }
}

/// Annealing over one plan with a fixed number of lots.
pub struct Annealing<'a> {
    setting: &'a Setting<'a>,
    state: State<'a>,
    /// What the goals before the level at hand must not exceed.
    limits: Vec<i64>,
    level: usize,
    travel: Option<usize>,
    /// Price of what is short, and of what is above each limit.
    prices: [f64; 5],
    least: i64,
}

impl<'a> Annealing<'a> {
    pub fn new(setting: &'a Setting<'a>, lots: &[Vec<u32>], limits: &[i64], level: usize) -> Self {
        let state = State::new(setting.instance, lots);
        let travel = state.goals.iter().take(level + 1).position(|&goal| goal == Goal::Travel);
        Self { setting, state, limits: limits[..level].to_vec(), level, travel, prices: [0.0; 5], least: i64::MAX }
    }

    pub fn lots(&self) -> &[Vec<u32>] { &self.state.lots }

    /// Anneals for `steps` steps from a heat of `hot` typical changes.
    pub fn run(&mut self, record: &mut Record<'_>, steps: u64, hot: f64, random: &mut impl Rng) {
        if self.state.lots.len() < 2 {
            return;
        }
        let measure = Measure::Goal(self.state.goals[self.level]);
        let typical = self.typical(random);
        for step in 0..steps {
            if step % 1024 == 0 {
                if record.goal_proved(self.level) || self.setting.clock.over().is_some() {
                    break;
                }
                self.setting.clock.tell(Phase::Search, measure, record);
                self.reprice();
            }
            let heat = typical * hot * 0.002_f64.powf(step as f64 / steps as f64);
            let taken = if random.random_range(0..4) == 0 { self.exchange(heat, random) } else { self.shift(heat, random) };
            if taken {
                self.offer(record);
            }
        }
    }

    /// Mean change of every goal and of what is short; sets the first prices.
    fn typical(&mut self, random: &mut impl Rng) -> f64 {
        let mut sums = [0.0; 5];
        let mut counts = [0.0; 5];
        for _ in 0..2000 {
            if let Some((block, to)) = self.boundary(random) {
                let change = self.state.change(block, to, self.level);
                let all = [change.goals[0], change.goals[1], change.goals[2], change.goals[3], self.setting.instance.volume[block as usize]];
                for (at, value) in all.into_iter().enumerate().filter(|(_, v)| *v != 0) {
                    sums[at] += (value as f64).abs();
                    counts[at] += 1.0;
                }
            }
        }
        let mean = |at: usize| if counts[at] > 0.0 { sums[at] / counts[at] } else { 1.0 };
        let own = mean(self.level);
        for at in 0..self.level {
            self.prices[at] = own / mean(at);
        }
        self.prices[4] = own / mean(4);
        own
    }

    /// What is broken for long becomes dearer, what is kept becomes cheaper.
    fn reprice(&mut self) {
        let state = &self.state;
        let mut adjust = |at: usize, broken: bool| self.prices[at] = (self.prices[at] * if broken { 1.1 } else { 0.93 }).clamp(1e-9, 1e12);
        adjust(4, state.short > 0);
        for at in 0..self.level {
            adjust(at, state.values[at] > self.limits[at]);
        }
    }

    fn energy(&self, change: &Change) -> f64 {
        let mut energy = change.goals[self.level] as f64 + self.prices[4] * change.short as f64;
        for at in 0..self.level {
            let over = |value: i64| (value - self.limits[at]).max(0);
            let now = self.state.values[at];
            energy += self.prices[at] * (over(now + change.goals[at]) - over(now)) as f64;
        }
        energy
    }

    fn boundary(&self, random: &mut impl Rng) -> Option<(u32, usize)> {
        let block = random.random_range(0..self.state.lot_of.len());
        let near = &self.setting.instance.neighbours[block];
        if near.is_empty() {
            return None;
        }
        let to = self.state.lot_of[near[random.random_range(0..near.len())] as usize];
        (to != self.state.lot_of[block]).then_some((block as u32, to as usize))
    }

    fn allowed(&self, block: u32, to: usize) -> bool {
        let classes = &self.setting.instance.classes;
        classes.quiet() || !self.state.lots[to].iter().any(|&other| classes.clash(block as usize, other as usize))
    }

    fn shift(&mut self, heat: f64, random: &mut impl Rng) -> bool {
        let Some((block, to)) = self.boundary(random) else { return false };
        if !self.allowed(block, to) {
            return false;
        }
        let change = self.state.change(block, to, self.level);
        let energy = self.energy(&change);
        if energy > 0.0 && random.random::<f64>() >= (-energy / heat).exp() {
            return false;
        }
        if !self.state.can_leave(block) {
            return false;
        }
        let from = self.state.lot_of[block as usize] as usize;
        self.state.apply(block, to, &change);
        self.state.settle([from, to], self.travel);
        true
    }

    /// A block goes over, and one comes back.
    fn exchange(&mut self, heat: f64, random: &mut impl Rng) -> bool {
        let Some((block, to)) = self.boundary(random) else { return false };
        let from = self.state.lot_of[block as usize] as usize;
        let back = self.state.lots[to][random.random_range(0..self.state.lots[to].len())];
        let touches = self.setting.instance.scattered() || self.setting.instance.neighbours[back as usize].iter().any(|&near| near != block && self.state.lot_of[near as usize] as usize == from);
        if !touches || !self.allowed(block, to) || !self.allowed(back, from) || self.state.lots[from].len() < 2 {
            return false;
        }
        if !self.state.can_leave(block) {
            return false;
        }
        let first = self.state.change(block, to, self.level);
        let energy = self.energy(&first);
        let undo = self.state.hub[from];
        let undo_travel = self.state.travel[from];
        self.state.apply(block, to, &first);
        let second = self.state.change(back, from, self.level);
        let all = energy + self.energy(&second);
        if (all <= 0.0 || random.random::<f64>() < (-all / heat).exp()) && self.state.can_leave(back) {
            self.state.apply(back, from, &second);
            self.state.settle([from, to], self.travel);
            return true;
        }
        // Undone in full.
        let mut reverse = Change { short: -first.short, goals: first.goals.map(|change| -change), hub: None };
        if self.state.instance.places[block as usize].iter().any(|place| place.0 == self.state.hub[to]) {
            reverse.hub = Some((self.state.hub[to], self.state.travel[to] - self.state.instance.block_travel(block as usize, self.state.hub[to] as usize)));
        }
        self.state.apply(block, from, &reverse);
        self.state.hub[from] = undo;
        self.state.travel[from] = undo_travel;
        false
    }

    fn offer(&mut self, record: &mut Record<'_>) {
        let state = &self.state;
        if state.short > 0 || state.values[self.level] >= self.least {
            return;
        }
        if (0..self.level).any(|at| state.values[at] > self.limits[at]) {
            return;
        }
        self.least = state.values[self.level];
        let better = record.best().is_none_or(|best| best.score.lots == state.lots.len() && (state.values[..self.level].iter().zip(&best.score.goals).any(|(a, b)| a < b) || state.values[self.level] < best.score.goals[self.level]));
        if better {
            record.offer(&state.lots, "tree search");
        }
    }
}
