//! Annealing makes one goal small by moving single blocks over boundaries; it may pass through plans that break a floor, a cap or an earlier goal, at a price.
//!
//! Where as many lots as possible are wanted, hardly any block can move without breaking a floor. So what is short has a price, which rises while the plan is
//! broken and falls while it is sound, and the search swings about the edge of what is allowed. Only sound plans are kept.

use super::design::Design;
use super::fill::shortfall;
use super::heat::accepted;
use super::joints::Joints;
use super::record::Record;
use super::strategy::Setting;
use super::tally::{Change, Move, Tally};
use crate::domain::{Measure, Phase};
use rand::{Rng, RngExt};

/// The name of what finds a plan by moves.
const NAME: &str = "annealing";
/// Tries between two looks at the clock and at the prices.
const LOOK_EVERY: u64 = 1_024;
/// Tries between two offers of what is kept.
const OFFER_EVERY: u64 = 131_072;
/// Heat at the end, as a part of that at the beginning.
const COOLED: f64 = 0.002;
/// Factors by which a price changes at every look while the plan is broken, and while it is sound.
const DEARER: f64 = 1.1;
const CHEAPER: f64 = 0.93;
/// One try in so many exchanges two blocks.
const EXCHANGES: u32 = 4;

/// Annealing over one design with a fixed number of lots.
pub struct Annealing<'a> {
    setting: &'a Setting<'a>,
    joints: Joints,
    design: Design,
    tally: Tally<'a>,
    level: usize,
    /// What the goals before the level at hand must not exceed.
    limits: Vec<i64>,
    /// Price of the excess of each earlier goal, and of what is short, in units of the level at hand.
    prices: Vec<f64>,
    price_short: f64,
    short: i64,
    kept: Option<Kept>,
}

/// The best sound lots met.
struct Kept {
    values: Vec<i64>,
    lot_of: Vec<u32>,
    step: u64,
    offered: bool,
}

impl<'a> Annealing<'a> {
    /// Starts at `level` from the best plan of the record, the levels before which never get worse; `None` where there is no plan, or nothing can move.
    pub fn new(setting: &'a Setting<'a>, record: &Record<'_>, level: usize) -> Option<Self> {
        let instance = setting.instance;
        let best = record.best().filter(|best| best.lots.len() > 1)?;
        let design = Design::new(instance, best.lots.clone());
        Some(Self {
            setting,
            joints: Joints::new(instance.len()),
            tally: Tally::new(instance, &design, level)?,
            level,
            limits: best.score.goals[..level].to_vec(),
            prices: vec![0.0; level],
            price_short: 0.0,
            short: design.volume.iter().map(|&volume| shortfall(instance, volume)).sum(),
            kept: None,
            design,
        })
    }

    /// Anneals for `steps` tries, from a heat of `heat` mean changes.
    pub fn run(&mut self, record: &mut Record<'_>, steps: u64, heat: f64, random: &mut impl Rng) {
        let measure = Measure::Goal(self.setting.instance.problem.goals()[self.level]);
        let first = heat * self.set_prices(random);
        for step in 0..steps {
            if step % LOOK_EVERY == 0 {
                if record.goal_proved(self.level) || self.setting.clock.over().is_some() {
                    break;
                }
                self.setting.clock.tell(Phase::Search, measure, record);
                self.reprice();
            }
            if step % OFFER_EVERY == OFFER_EVERY - 1 {
                self.offer(record);
            }
            let cooled = first * COOLED.powf(step as f64 / steps as f64);
            if self.step(cooled, random) {
                self.keep(step);
            }
        }
        self.keep(u64::MAX);
        self.offer(record);
    }

    /// The mean change of the level at hand; sets the first prices so that a mean move weighs as much in each.
    fn set_prices(&mut self, random: &mut impl Rng) -> f64 {
        let mut sums = vec![(0.0, 0.0); self.level + 2];
        for _ in 0..4_000 {
            let Some((over, change)) = self.propose(random) else {
                continue;
            };
            let volume = self.setting.instance.volume[over.block as usize];
            let changes = change.goals[..=self.level].iter().copied().chain([volume]);
            for (sum, change) in sums.iter_mut().zip(changes).filter(|(_, change)| *change != 0) {
                *sum = (sum.0 + change.unsigned_abs() as f64, sum.1 + 1.0);
            }
        }
        let mean = |(sum, count): (f64, f64)| if count > 0.0 { sum / count } else { 1.0 };
        let own = mean(sums[self.level]);
        self.prices = sums[..self.level].iter().map(|&sum| own / mean(sum)).collect();
        self.price_short = own / mean(sums[self.level + 1]);
        own
    }

    fn reprice(&mut self) {
        let adjust =
            |price: &mut f64, broken: bool| *price = (*price * if broken { DEARER } else { CHEAPER }).clamp(1e-9, 1e12);
        adjust(&mut self.price_short, self.short > 0);
        let values = self.tally.values();
        for (at, price) in self.prices.iter_mut().enumerate() {
            adjust(price, values[at] > self.limits[at]);
        }
    }

    /// What a move costs at the prices of the moment.
    fn cost(&self, over: Move, change: &Change) -> f64 {
        let mut cost = change.goals[self.level] as f64 + self.price_short * self.shorter(over) as f64;
        for (at, price) in self.prices.iter().enumerate() {
            let (now, limit) = (self.tally.values()[at], self.limits[at]);
            let excess = (now + change.goals[at] - limit).max(0) - (now - limit).max(0);
            cost += price * excess as f64;
        }
        cost
    }

    /// By how much more lots fall short with a move.
    fn shorter(&self, over: Move) -> i64 {
        let instance = self.setting.instance;
        let volume = instance.volume[over.block as usize];
        let (left, right) = (self.design.volume[over.from], self.design.volume[over.to]);
        shortfall(instance, left - volume) + shortfall(instance, right + volume)
            - shortfall(instance, left)
            - shortfall(instance, right)
    }

    /// A random block with a neighbour in another lot, and what changes if it goes there.
    fn propose(&self, random: &mut impl Rng) -> Option<(Move, Change)> {
        let instance = self.setting.instance;
        let block = random.random_range(0..instance.len());
        let near = &instance.neighbours[block];
        let from = self.design.lot_of[block] as usize;
        if near.is_empty() || self.design.lots[from].len() < 2 {
            return None;
        }
        let to = self.design.lot_of[near[random.random_range(0..near.len())] as usize] as usize;
        let over = Move {
            block: block as u32,
            from,
            to,
        };
        let change = (from != to).then(|| self.tally.change(instance, &self.design, over))??;
        Some((over, change))
    }

    /// One try; says whether the design has changed.
    fn step(&mut self, heat: f64, random: &mut impl Rng) -> bool {
        let exchange = random.random_range(0..EXCHANGES) == 0;
        let Some((over, change)) = self.propose(random) else {
            return false;
        };
        if exchange {
            return self.exchange(over, &change, heat, random);
        }
        let taken = accepted(self.cost(over, &change), heat, random) && self.allowed(over);
        if taken {
            self.take(over, &change);
            self.settle(over);
        }
        taken
    }

    /// A block goes over, and a block of the other lot comes back.
    fn exchange(&mut self, over: Move, change: &Change, heat: f64, random: &mut impl Rng) -> bool {
        let instance = self.setting.instance;
        let other = &self.design.lots[over.to];
        let back = Move {
            block: other[random.random_range(0..other.len())],
            ..over.back()
        };
        let joins = |&near: &u32| near != over.block && self.design.lot_of[near as usize] as usize == over.from;
        if !instance.scattered() && !instance.neighbours[back.block as usize].iter().any(joins) || !self.allowed(over) {
            return false;
        }
        let cost = self.cost(over, change);
        let (before, short) = (self.tally.before(over), self.short);
        self.take(over, change);
        if let Some(second) = self.tally.change(instance, &self.design, back)
            && accepted(cost + self.cost(back, &second), heat, random)
            && self.allowed(back)
        {
            self.take(back, &second);
            self.settle(over);
            return true;
        }
        self.design.shift(instance, over.block, over.from);
        self.tally.undo(instance, over, &before);
        self.short = short;
        false
    }

    fn take(&mut self, over: Move, change: &Change) {
        self.short += self.shorter(over);
        self.tally.take(self.setting.instance, over, change);
        self.design.shift(self.setting.instance, over.block, over.to);
    }

    fn settle(&mut self, over: Move) {
        for lot in [over.from, over.to] {
            self.tally.settle(self.setting.instance, &self.design, lot);
        }
    }

    /// Whether both lots obey the rules that have no price after the move.
    fn allowed(&mut self, over: Move) -> bool {
        let instance = self.setting.instance;
        let clash = |&other: &u32| instance.classes.clash(over.block as usize, other as usize);
        if !instance.classes.quiet() && self.design.lots[over.to].iter().any(clash) {
            return false;
        }
        if (instance.fragile || !instance.attached.quiet()) && !self.stays_sound(over) {
            return false;
        }
        instance.scattered() || self.joints.spare(&instance.neighbours, &self.design.lot_of, over.block)
    }

    /// Where a block is in pieces by itself, or needs another, both lots must be looked at as a whole.
    fn stays_sound(&self, over: Move) -> bool {
        let instance = self.setting.instance;
        let [from, to] = [over.from, over.to].map(|lot| self.design.lots[lot].iter().copied());
        let left: Vec<u32> = from.filter(|&block| block != over.block).collect();
        let right: Vec<u32> = to.chain([over.block]).collect();
        let joined = |lot: &[u32]| !instance.fragile || instance.scattered() || instance.units_connected(lot);
        [left, right]
            .iter()
            .all(|lot| instance.attached.unmet(lot) == 0 && joined(lot))
    }

    /// Keeps the lots if they are sound and better than those kept before. On a large map that is done less often.
    fn keep(&mut self, step: u64) {
        let values = self.tally.values();
        let sound = self.short == 0 && values.iter().zip(&self.limits).all(|(value, limit)| value <= limit);
        let pause = self.setting.instance.len() as u64 / 512;
        let better = match &self.kept {
            Some(kept) => step >= kept.step.saturating_add(pause) && values < &kept.values[..],
            None => true,
        };
        if sound && better {
            let (values, lot_of) = (values.to_vec(), self.design.lot_of.clone());
            self.kept = Some(Kept {
                values,
                lot_of,
                step,
                offered: false,
            });
        }
    }

    fn offer(&mut self, record: &mut Record<'_>) {
        let Some(kept) = self.kept.as_mut().filter(|kept| !kept.offered) else {
            return;
        };
        kept.offered = true;
        let mut lots = vec![Vec::new(); self.design.lots.len()];
        for (block, &lot) in kept.lot_of.iter().enumerate() {
            lots[lot as usize].push(block as u32);
        }
        record.offer(&lots, NAME);
    }
}
