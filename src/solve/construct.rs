//! Construction seeks as many lots as the rules allow: cut a random tree, then merge a few neighbouring lots and cut them again.
//!
//! Recutting from the leaves up leaves all surplus in one lot. Steps that gather surplus are favoured, until it makes one lot more.

use super::cut::Cutter;
use super::design::{Design, fault};
use super::record::Record;
use super::strategy::Setting;
use crate::domain::{Measure, Phase};
use rand::{Rng, RngExt};

/// The name of what finds a plan by cutting trees.
const NAME: &str = "tree search";

/// A search for more lots over one design.
pub struct Construction<'a> {
    setting: &'a Setting<'a>,
    cutter: Cutter,
    design: Design,
    low: usize,
    high: usize,
}

impl<'a> Construction<'a> {
    /// Starts from a random tree of the whole map.
    pub fn new(setting: &'a Setting<'a>, random: &mut impl Rng) -> Self {
        let instance = setting.instance;
        let mut cutter = Cutter::new(instance);
        let all: Vec<u32> = (0..instance.len() as u32).collect();
        let lots = cutter.cut(instance, &all, instance.floor, random);
        let (low, high) = instance.count;
        let mut start = Self {
            setting,
            cutter,
            design: Design::new(instance, lots),
            low,
            high: high.unwrap_or(usize::MAX),
        };
        start.trim();
        start
    }

    /// Takes up to `steps` steps; ends early when the number of lots is proved or the clock is over.
    pub fn run(&mut self, record: &mut Record<'_>, steps: u64, random: &mut impl Rng) {
        self.offer(record);
        // An offer looks at the whole map, so on a large map it is made less often; lots once won are not lost.
        let pause = (self.setting.instance.len() as u64 / 8).max(64);
        let mut news = false;
        for step in 0..steps {
            if step % pause == 0 {
                if std::mem::take(&mut news) {
                    self.offer(record);
                }
                if record.lots_proved() || self.setting.clock.over().is_some() {
                    return;
                }
                self.setting.clock.tell(Phase::Search, Measure::Lots, record);
            }
            // The heat swings, so that the surplus is gathered and scattered in turn.
            let heat = 0.02 + 0.3 * (step as f64 / 20_000.0).fract();
            news |= self.step(heat, random);
        }
        self.offer(record);
    }

    fn offer(&self, record: &mut Record<'_>) {
        let better = record.lots().is_none_or(|lots| self.design.lots.len() > lots);
        if better && self.design.lots.len() >= self.low && self.design.faults() == 0 {
            record.offer(&self.design.lots, NAME);
        }
    }

    /// Merges and recuts once; says whether there is less at fault, or one lot more.
    fn step(&mut self, heat: f64, random: &mut impl Rng) -> bool {
        let instance = self.setting.instance;
        let wanted = [2, 2, 2, 3, 3, 4, 5][random.random_range(0..7)];
        let first = self.first(random);
        let cluster = self.design.cluster(instance, first, wanted, random);
        let region: Vec<u32> = cluster
            .iter()
            .flat_map(|&lot| self.design.lots[lot].iter().copied())
            .collect();
        let least = self.least(&cluster, &region, random);
        let pieces = self.cutter.cut(instance, &region, least, random);
        let Some(progress) = self.accepted(&cluster, &pieces, heat, random) else {
            return false;
        };
        self.design.replace(instance, &cluster, pieces);
        progress
    }

    /// A lot at random; a lot at fault half of the time, where there is one.
    fn first(&self, random: &mut impl Rng) -> usize {
        let any = random.random_range(0..self.design.lots.len());
        if random.random::<bool>() {
            return any;
        }
        let count = self.design.lots.len();
        (0..count)
            .map(|step| (any + step) % count)
            .find(|&lot| self.design.fault[lot] > 0)
            .unwrap_or(any)
    }

    /// The volume at which a lot is closed: the floor, or up to the mean of the cluster where no more lots are wanted.
    fn least(&self, cluster: &[usize], region: &[u32], random: &mut impl Rng) -> i64 {
        let instance = self.setting.instance;
        let full = self.design.lots.len() >= self.high || instance.cap < i64::MAX && random.random::<bool>();
        let mean = instance.volume_of(region) / cluster.len() as i64;
        if full && mean > instance.floor {
            let share = random.random::<f64>() * 1.1;
            instance.floor + ((mean - instance.floor) as f64 * share) as i64
        } else {
            instance.floor
        }
    }

    /// Whether a recut is taken: `Some(true)` if it makes progress, `None` if it is refused.
    fn accepted(&self, cluster: &[usize], pieces: &[Vec<u32>], heat: f64, random: &mut impl Rng) -> Option<bool> {
        let instance = self.setting.instance;
        let lots = self.design.lots.len() - cluster.len() + pieces.len();
        let volumes: Vec<i64> = pieces.iter().map(|piece| instance.volume_of(piece)).collect();
        let before: i64 = cluster.iter().map(|&lot| self.design.fault[lot]).sum();
        let after: i64 = pieces
            .iter()
            .zip(&volumes)
            .map(|(piece, &volume)| fault(instance, piece, volume))
            .sum();
        if lots > self.high.max(self.design.lots.len()) {
            return None;
        }
        if after != before {
            let worse = (after - before) as f64 / instance.floor.max(1) as f64;
            return (worse < 0.0 || random.random::<f64>() < (-worse / (0.2 * heat)).exp()).then_some(worse < 0.0);
        }
        if pieces.len() != cluster.len() {
            return (pieces.len() > cluster.len()).then_some(true);
        }
        let gathered = spread(volumes.iter().copied(), instance.floor);
        let was = spread(cluster.iter().map(|&lot| self.design.volume[lot]), instance.floor);
        (gathered >= was || random.random::<f64>() < ((gathered - was) / heat).exp()).then_some(false)
    }

    /// Merges the lightest neighbouring lots until there are no more than asked for.
    fn trim(&mut self) {
        while self.design.lots.len() > self.high {
            let Some((a, b)) = self.lightest_pair() else { return };
            let both = self.design.lots[a]
                .iter()
                .chain(&self.design.lots[b])
                .copied()
                .collect();
            self.design.replace(self.setting.instance, &[a, b], vec![both]);
        }
    }

    fn lightest_pair(&self) -> Option<(usize, usize)> {
        let lot_of = |block: usize| self.design.lot_of[block] as usize;
        let near = self.setting.instance.neighbours.iter().enumerate();
        let pairs =
            near.flat_map(|(block, list)| list.iter().map(move |&other| (lot_of(block), lot_of(other as usize))));
        pairs
            .filter(|(a, b)| a < b)
            .min_by_key(|&(a, b)| (self.design.volume[a] + self.design.volume[b], a, b))
    }
}

/// Σ (volume ÷ floor)²: the greater, the more the surplus is gathered in few lots.
fn spread(volumes: impl Iterator<Item = i64>, floor: i64) -> f64 {
    volumes
        .map(|volume| (volume as f64 / floor.max(1) as f64).powi(2))
        .sum()
}
