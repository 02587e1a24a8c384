//! Tempering for travel, where lots have few blocks and next to nothing may be left over: copies of one search run at fixed heats, and change places.
//!
//! Annealing holds on to the region it began in, since hardly any block can move there without breaking a floor. Here what is short has one price,
//! and hot copies bring in plans from elsewhere. What travel weighs against shortage decides whether the cold copies are ever sound; it is led to
//! where about one lot is short. Where lots lie in the large is seldom found so: a good plan is the best beginning.

use super::heat::{accepted, change_places, ladder};
use super::instance::Instance;
use super::joints::Joints;
use super::record::Record;
use super::shortage::Shortage;
use super::strategy::Setting;
use crate::domain::{Goal, Measure, Phase};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The name of what finds a plan so.
const NAME: &str = "tempering";
/// Copies, the heat of the hottest and the coldest, and tries of each between two changes of places.
const COPIES: u32 = 12;
const HOT: f64 = 1.0;
const COLD: f64 = 0.1;
const TRIES: u64 = 1_000;
/// What a mean change of travel costs at first.
const FIRST_WEIGHT: f64 = 0.15;
/// Moves by which the mean change is found.
const SAMPLES: u32 = 2_000;
/// Lots that the coldest copy is short of in the mean, to which the weight of travel is led; how much of the mean is renewed in each round.
const FAULTY: f64 = 1.0;
const RENEWED: f64 = 0.01;
/// The most by which the weight changes in a round, in natural logarithms; and in all rounds at least, where they are few.
const LEAD: f64 = 0.001;
const LEAD_IN_ALL: f64 = 8.0;
/// The most by which the weight comes to differ from the first, as a factor: where floors are loose it would grow without end.
const MOST_LED: f64 = 1e4;
/// One try in so many exchanges two blocks; one of so many exchanges is with any block of the other lot.
const EXCHANGES: usize = 2;
const ANY: usize = 3;
/// Rounds between two offers.
const OFFER_EVERY: u64 = 64;

/// Mean blocks of a lot above which annealing and recuts find as much.
const FEW: f64 = 10.0;

/// Tempers the best plan for up to `tries` tries, where travel is the first goal and lots have few blocks; `turn` tells one run of a search from another, so that they differ.
pub fn temper_travel(setting: &Setting<'_>, record: &mut Record<'_>, tries: u64, turn: u64) {
    let instance = setting.instance;
    let few = record
        .lots()
        .is_some_and(|lots| (instance.len() as f64) < FEW * lots as f64);
    let enough = tries >= TRIES * u64::from(COPIES);
    if few
        && enough
        && let Some(mut tempering) = TravelTempering::new(setting, record)
    {
        let mut random = ChaCha8Rng::seed_from_u64(instance.problem.search().seed.wrapping_add(turn));
        tempering.run(record, tries, &mut random);
    }
}

/// Tempering for travel with a number of lots.
struct TravelTempering<'a> {
    setting: &'a Setting<'a>,
    joints: Joints,
    shortage: Shortage,
    /// What a unit of travel costs.
    weight: f64,
    copies: Vec<Replica>,
    kept: Option<Kept>,
}

/// One search at one heat.
#[derive(Clone, Debug)]
struct Replica {
    lot_of: Vec<u32>,
    /// Where each block stands in its lot.
    place: Vec<u32>,
    lots: Vec<Lot>,
    /// Lots that are short, or above the cap.
    faulty: usize,
    travel: i64,
}

#[derive(Clone, Debug)]
struct Lot {
    blocks: Vec<u32>,
    weight: i64,
    volume: i64,
    cost: f64,
    hub: Hub,
}

/// The area from which travel to a lot is least, and that travel.
#[derive(Clone, Copy, Debug)]
struct Hub {
    area: u32,
    travel: i64,
}

/// A lot as it would be.
#[derive(Clone, Copy, Debug)]
struct Changed {
    lot: usize,
    weight: i64,
    volume: i64,
    cost: f64,
    /// Where no block that goes is the hub's, that of before, so that travel may be less yet.
    hub: Hub,
}

/// The best sound lots met.
struct Kept {
    travel: i64,
    lot_of: Vec<u32>,
    offered: bool,
}

impl<'a> TravelTempering<'a> {
    /// Copies of the best plan of the record; `None` where travel is not the first goal, without a plan of two lots or more, where rules bind lots to more than volume, clashes and joins, or where
    /// lots cannot be short.
    pub fn new(setting: &'a Setting<'a>, record: &Record<'_>) -> Option<Self> {
        let instance = setting.instance;
        let best = record.best().filter(|best| best.lots.len() > 1)?;
        let bound = instance.grains.least <= 0 || instance.fragile || !instance.attached.quiet();
        if bound || instance.problem.goals().first() != Some(&Goal::Travel) {
            return None;
        }
        let mut tempering = Self {
            setting,
            joints: Joints::new(instance.len()),
            shortage: Shortage::new(instance),
            weight: 0.0,
            copies: Vec::new(),
            kept: None,
        };
        tempering.copies = vec![tempering.copy(&best.lots); COPIES as usize];
        Some(tempering)
    }

    /// Runs for up to `steps` tries, and offers what it finds.
    pub fn run(&mut self, record: &mut Record<'_>, steps: u64, random: &mut impl Rng) {
        let measure = Measure::Goal(Goal::Travel);
        let heats = ladder(COPIES, HOT, COLD);
        let rounds = steps / (TRIES * u64::from(COPIES));
        let lead = LEAD.max(LEAD_IN_ALL / rounds.max(1) as f64);
        let first = FIRST_WEIGHT / self.mean_change(random);
        self.weight = first;
        let mut faulty = FAULTY;
        for round in 0..rounds {
            if record.goal_proved(0) || self.setting.clock.over().is_some() {
                break;
            }
            self.setting.clock.tell(Phase::Search, measure, record);
            for (at, &heat) in heats.iter().enumerate() {
                self.tries(at, heat, random);
            }
            let weight = self.weight;
            change_places(&mut self.copies, &heats, |copy| copy.cost(weight), random);
            let coldest = self.copies.last().map_or(0.0, |copy| copy.faulty as f64);
            faulty += RENEWED * (coldest - faulty);
            let led = self.weight * (lead * ((FAULTY - faulty) / FAULTY).clamp(-1.0, 1.0)).exp();
            self.weight = led.clamp(first / MOST_LED, first * MOST_LED);
            if round.is_multiple_of(OFFER_EVERY) {
                self.offer(record);
            }
        }
        self.offer(record);
    }

    fn copy(&self, lots: &[Vec<u32>]) -> Replica {
        let instance = self.setting.instance;
        let mut copy = Replica {
            lot_of: vec![0; instance.len()],
            place: vec![0; instance.len()],
            lots: Vec::new(),
            faulty: 0,
            travel: 0,
        };
        for (number, blocks) in lots.iter().enumerate() {
            for (place, &block) in blocks.iter().enumerate() {
                copy.lot_of[block as usize] = number as u32;
                copy.place[block as usize] = place as u32;
            }
            let weight = blocks.iter().map(|&block| instance.grains.weight[block as usize]).sum();
            let volume = instance.volume_of(blocks);
            let lot = Lot {
                blocks: blocks.clone(),
                weight,
                volume,
                cost: self.shortage.cost(weight, volume),
                hub: hub_of(instance, blocks, None),
            };
            copy.faulty += usize::from(lot.cost > 0.0);
            copy.travel += lot.hub.travel;
            copy.lots.push(lot);
        }
        copy
    }

    /// The hub of a lot once a block has gone and another has come; it is sought anew only where the block of the hub goes.
    fn hub_after(&self, lot: &Lot, gone: Option<usize>, come: Option<usize>) -> Hub {
        let instance = self.setting.instance;
        let Hub { area, travel } = lot.hub;
        if let Some(gone) = gone
            && instance.places[gone].iter().any(|place| place.0 == area)
        {
            let stays = lot.blocks.iter().copied().filter(|&block| block as usize != gone);
            let blocks: Vec<u32> = stays.chain(come.map(|block| block as u32)).collect();
            return hub_of(instance, &blocks, None);
        }
        let to = |block: Option<usize>| block.map_or(0, |block| instance.block_travel(block, area as usize));
        Hub {
            area,
            travel: travel - to(gone) + to(come),
        }
    }

    /// The mean change of travel with a move over a boundary, and at least 1.
    fn mean_change(&self, random: &mut impl Rng) -> f64 {
        let (mut sum, mut count) = (0.0, 1.0);
        for _ in 0..SAMPLES {
            let Some((block, _, to)) = self.proposed(0, random) else {
                continue;
            };
            let from = self.copies[0].lot_of[block] as usize;
            let changed = [
                self.changed(0, from, Some(block), None),
                self.changed(0, to, None, Some(block)),
            ];
            let lots = &self.copies[0].lots;
            let change: i64 = changed
                .iter()
                .map(|new| new.hub.travel - lots[new.lot].hub.travel)
                .sum();
            sum += change.unsigned_abs() as f64;
            count += 1.0;
        }
        (sum / count).max(1.0)
    }

    /// Tries of one copy; what it holds is kept where it is sound and the best yet.
    fn tries(&mut self, at: usize, heat: f64, random: &mut impl Rng) {
        for _ in 0..TRIES {
            if !self.step(at, heat, random) {
                continue;
            }
            let copy = &self.copies[at];
            if copy.faulty == 0 && self.kept.as_ref().is_none_or(|kept| copy.travel < kept.travel) {
                self.kept = Some(Kept {
                    travel: copy.travel,
                    lot_of: copy.lot_of.clone(),
                    offered: false,
                });
            }
        }
    }

    /// A random block, a block beside it in another lot, and that lot; the last block of a lot stays.
    fn proposed(&self, at: usize, random: &mut impl Rng) -> Option<(usize, usize, usize)> {
        let (instance, copy) = (self.setting.instance, &self.copies[at]);
        let [first, second] = halves(random);
        let block = nth(first, instance.len());
        let (near, from) = (&instance.neighbours[block], copy.lot_of[block]);
        if near.is_empty() || copy.lots[from as usize].blocks.len() < 2 {
            return None;
        }
        let beside = near[nth(second, near.len())] as usize;
        let to = copy.lot_of[beside];
        (to != from).then_some((block, beside, to as usize))
    }

    /// Tries to move one block of a copy over a boundary, or against another; says whether it did.
    fn step(&mut self, at: usize, heat: f64, random: &mut impl Rng) -> bool {
        let instance = self.setting.instance;
        let Some((block, beside, to)) = self.proposed(at, random) else {
            return false;
        };
        let [kind, which] = halves(random);
        let kind = nth(kind, EXCHANGES * ANY);
        if !kind.is_multiple_of(EXCHANGES) {
            return self.shift(at, block, to, heat, random);
        }
        let copy = &self.copies[at];
        let back = if kind < EXCHANGES {
            let other = &copy.lots[to].blocks;
            other[nth(which, other.len())] as usize
        } else {
            let beyond = &instance.neighbours[beside];
            let other = beyond[nth(which, beyond.len())] as usize;
            if copy.lot_of[other] as usize == to {
                other
            } else {
                beside
            }
        };
        self.exchange(at, [block, back], heat, random)
    }

    fn shift(&mut self, at: usize, block: usize, to: usize, heat: f64, random: &mut impl Rng) -> bool {
        let from = self.copies[at].lot_of[block] as usize;
        let changed = [
            self.changed(at, from, Some(block), None),
            self.changed(at, to, None, Some(block)),
        ];
        let taken =
            self.accepts(at, &changed, heat, random) && self.welcome(at, block, to, None) && self.leaves(at, block);
        if taken {
            self.put(at, block, to);
            self.take(at, changed);
        }
        taken
    }

    /// Moves a block to the lot of another, and the other back.
    fn exchange(&mut self, at: usize, [block, back]: [usize; 2], heat: f64, random: &mut impl Rng) -> bool {
        let [from, to] = [block, back].map(|block| self.copies[at].lot_of[block] as usize);
        let changed = [
            self.changed(at, from, Some(block), Some(back)),
            self.changed(at, to, Some(back), Some(block)),
        ];
        if !self.accepts(at, &changed, heat, random)
            || !self.joins(at, block, to, back)
            || !self.joins(at, back, from, block)
            || !self.welcome(at, block, to, Some(back))
            || !self.welcome(at, back, from, Some(block))
            || !self.leaves(at, block)
        {
            return false;
        }
        // The other block must be spared by its lot as it is then.
        self.copies[at].lot_of[block] = to as u32;
        let leaves = self.leaves(at, back);
        self.copies[at].lot_of[block] = from as u32;
        if leaves {
            self.put(at, block, to);
            self.put(at, back, from);
            self.take(at, changed);
        }
        leaves
    }

    fn changed(&self, at: usize, number: usize, gone: Option<usize>, come: Option<usize>) -> Changed {
        let (instance, lot) = (self.setting.instance, &self.copies[at].lots[number]);
        let sum = |of: &[i64]| come.map_or(0, |block| of[block]) - gone.map_or(0, |block| of[block]);
        let (weight, volume) = (
            lot.weight + sum(&instance.grains.weight),
            lot.volume + sum(&instance.volume),
        );
        Changed {
            lot: number,
            weight,
            volume,
            cost: self.shortage.cost(weight, volume),
            hub: self.hub_after(lot, gone, come),
        }
    }

    fn accepts(&self, at: usize, changed: &[Changed; 2], heat: f64, random: &mut impl Rng) -> bool {
        let lots = &self.copies[at].lots;
        let shorter: f64 = changed.iter().map(|new| new.cost - lots[new.lot].cost).sum();
        let farther: i64 = changed
            .iter()
            .map(|new| new.hub.travel - lots[new.lot].hub.travel)
            .sum();
        accepted(shorter + self.weight * farther as f64, heat, random)
    }

    /// Whether a block touches a lot, the block `gone` left out.
    fn joins(&self, at: usize, block: usize, lot: usize, gone: usize) -> bool {
        let instance = self.setting.instance;
        let inside = |&near: &u32| near as usize != gone && self.copies[at].lot_of[near as usize] as usize == lot;
        instance.scattered() || instance.neighbours[block].iter().any(inside)
    }

    /// Whether the lot of a block hangs together without it.
    fn leaves(&mut self, at: usize, block: usize) -> bool {
        let instance = self.setting.instance;
        instance.scattered()
            || self
                .joints
                .spare(&instance.neighbours, &self.copies[at].lot_of, block as u32)
    }

    /// Whether no block of the lot but `gone` clashes with the block.
    fn welcome(&self, at: usize, block: usize, lot: usize, gone: Option<usize>) -> bool {
        let classes = &self.setting.instance.classes;
        let clash = |&other: &u32| Some(other as usize) != gone && classes.clash(block, other as usize);
        classes.quiet() || !self.copies[at].lots[lot].blocks.iter().any(clash)
    }

    fn put(&mut self, at: usize, block: usize, to: usize) {
        let copy = &mut self.copies[at];
        let place = copy.place[block] as usize;
        let from = &mut copy.lots[copy.lot_of[block] as usize].blocks;
        from.swap_remove(place);
        if let Some(&moved) = from.get(place) {
            copy.place[moved as usize] = place as u32;
        }
        let to_blocks = &mut copy.lots[to].blocks;
        copy.place[block] = to_blocks.len() as u32;
        copy.lot_of[block] = to as u32;
        to_blocks.push(block as u32);
    }

    /// Takes lots as changed, whose blocks are there by now, and seeks their hubs.
    fn take(&mut self, at: usize, changed: [Changed; 2]) {
        let copy = &mut self.copies[at];
        for new in changed {
            let lot = &mut copy.lots[new.lot];
            let hub = hub_of(self.setting.instance, &lot.blocks, Some(new.hub));
            copy.faulty = copy.faulty - usize::from(lot.cost > 0.0) + usize::from(new.cost > 0.0);
            copy.travel += hub.travel - lot.hub.travel;
            (lot.weight, lot.volume, lot.cost, lot.hub) = (new.weight, new.volume, new.cost, hub);
        }
    }

    fn offer(&mut self, record: &mut Record<'_>) {
        let Some(kept) = self.kept.as_mut().filter(|kept| !kept.offered) else {
            return;
        };
        kept.offered = true;
        let mut lots = vec![Vec::new(); self.copies[0].lots.len()];
        for (block, &lot) in kept.lot_of.iter().enumerate() {
            lots[lot as usize].push(block as u32);
        }
        record.offer(&lots, NAME);
    }
}

impl Replica {
    /// Shortage, and travel at its weight.
    fn cost(&self, weight: f64) -> f64 {
        self.lots.iter().map(|lot| lot.cost).sum::<f64>() + weight * self.travel as f64
    }
}

/// The best hub of a lot of few blocks, where one is `known` that is not better.
fn hub_of(instance: &Instance<'_>, blocks: &[u32], known: Option<Hub>) -> Hub {
    let mut best = known.unwrap_or(Hub {
        area: 0,
        travel: i64::MAX,
    });
    for &(area, _) in blocks.iter().flat_map(|&block| &instance.places[block as usize]) {
        let mut travel = 0;
        for &block in blocks {
            travel += instance.block_travel(block as usize, area as usize);
            if travel >= best.travel {
                break;
            }
        }
        if travel < best.travel {
            best = Hub { area, travel };
        }
    }
    best
}

/// Two random numbers for the price of one.
fn halves(random: &mut impl Rng) -> [u32; 2] {
    let both: u64 = random.random();
    [(both >> 32) as u32, both as u32]
}

/// The place, among so many, that a random number stands for.
fn nth(number: u32, many: usize) -> usize {
    ((u64::from(number) * many as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::solve::backend::Highs;
    use crate::solve::{Clock, SolveError, Strategy, TreeSearch, upper_bound};

    #[test]
    fn travel_falls_and_copies_hold_what_they_count() -> Result<(), SolveError> {
        let volumes: Vec<i64> = (0..144).map(|at| 300 + at * at % 1_100 / 100 * 100).collect();
        let total: i64 = volumes.iter().sum();
        for cap in [None, Some(total / 16 + 900)] {
            let mut map = Drawn::lattice(12, 12)
                .volumes(&volumes)
                .floor(total / 16 - 300)
                .goal(Goal::Travel);
            if let Some(cap) = cap {
                map = map.cap(cap);
            }
            let problem = map.problem();
            let instance = Instance::plain(&problem);
            let clock = Clock::start(60.0, &Unwatched);
            let setting = Setting {
                instance: &instance,
                clock: &clock,
                backend: &Highs,
            };
            let mut record = Record::new(&instance, upper_bound(&instance));
            TreeSearch::quick(instance.len()).run(&setting, &mut record)?;
            let before = record.best().map(|best| best.score.clone());
            let mut random = ChaCha8Rng::seed_from_u64(7);
            let tempering = TravelTempering::new(&setting, &record);
            let mut tempering = tempering.ok_or(SolveError::Unsound("nothing to temper".into()))?;
            tempering.run(&mut record, 2_000_000, &mut random);
            let after = record.best().map(|best| best.score.clone());
            let [before, after] = [before, after].map(|score| score.map(|score| (score.lots, score.goals[0])));
            assert!(
                before.map(|score| score.0) == after.map(|score| score.0) && after < before,
                "{before:?}, then {after:?}"
            );
            for copy in &tempering.copies {
                assert_counted(&instance, &tempering.shortage, copy);
            }
        }
        Ok(())
    }

    fn assert_counted(instance: &Instance<'_>, shortage: &Shortage, copy: &Replica) {
        let mut blocks = 0;
        for (number, lot) in copy.lots.iter().enumerate() {
            blocks += lot.blocks.len();
            let weight: i64 = lot
                .blocks
                .iter()
                .map(|&block| instance.grains.weight[block as usize])
                .sum();
            assert_eq!(
                (lot.weight, lot.volume, lot.hub.travel),
                (weight, instance.volume_of(&lot.blocks), instance.travel(&lot.blocks))
            );
            assert_eq!(lot.cost.to_bits(), shortage.cost(weight, lot.volume).to_bits());
            assert!(instance.units_connected(&lot.blocks) && !lot.blocks.is_empty());
            for (place, &block) in lot.blocks.iter().enumerate() {
                let stands = (copy.lot_of[block as usize], copy.place[block as usize]);
                assert_eq!(stands, (number as u32, place as u32));
            }
        }
        assert_eq!(blocks, instance.len());
        assert_eq!(copy.travel, copy.lots.iter().map(|lot| lot.hub.travel).sum::<i64>());
        assert_eq!(copy.faulty, copy.lots.iter().filter(|lot| lot.cost > 0.0).count());
    }
}
