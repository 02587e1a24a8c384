//! Tempering for travel, where lots have few blocks and next to nothing may be left over: copies of one search run at fixed heats, and change places.
//!
//! Annealing holds on to the region it began in, since hardly any block can move there without breaking a floor. Here what is short has one price,
//! and hot copies bring in plans from elsewhere. What travel weighs against shortage decides whether the cold copies are ever sound; it is led to
//! where about one lot is short. Where lots lie in the large is seldom found so: a good plan is the best beginning.

use super::heat::{accepted, change_places, ladder};
use super::instance::Instance;
use super::joints::Joints;
use super::record::Record;
use super::strategy::Setting;
use super::travel_copy::{Changed, Terrain, TravelCopy};
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

/// Whether tempering finds more than annealing on a map, where it is cut into so many lots: travel is the first goal, lots can be short, and they have few blocks.
pub fn tempers(instance: &Instance<'_>, lots: usize) -> bool {
    let few = (instance.len() as f64) < FEW * lots as f64;
    few && can_temper(instance)
}

/// Whether lots can be short, no rule binds them to more than volume, clashes and joins, and travel is the first goal.
fn can_temper(instance: &Instance<'_>) -> bool {
    let free = instance.grains.least > 0 && !instance.fragile && instance.attached.quiet();
    free && instance.problem.goals().first() == Some(&Goal::Travel)
}

/// Tempers the best plan for up to `tries` tries, where that [finds more](tempers) than annealing; `turn` tells one run of a search from another, so that they differ.
pub fn temper_travel(setting: &Setting<'_>, record: &mut Record<'_>, tries: u64, turn: u64) {
    let instance = setting.instance;
    if record.lots().is_some_and(|lots| tempers(instance, lots))
        && let Some(mut tempering) = TravelTempering::new(setting, record)
    {
        let mut random = ChaCha8Rng::seed_from_u64(instance.problem.search().seed.wrapping_add(turn));
        tempering.run(record, tries, &mut random);
    }
}

/// Tempering for travel with a number of lots.
struct TravelTempering<'a> {
    setting: &'a Setting<'a>,
    terrain: Terrain<'a>,
    joints: Joints,
    /// What a unit of travel costs.
    weight: f64,
    copies: Vec<TravelCopy>,
    kept: Option<Kept>,
}

/// The best sound lots met.
struct Kept {
    travel: i64,
    lot_of: Vec<u32>,
    offered: bool,
}

impl<'a> TravelTempering<'a> {
    /// Copies of the best plan of the record; `None` without a plan of two lots or more, or where [none can be tempered](can_temper).
    fn new(setting: &'a Setting<'a>, record: &Record<'_>) -> Option<Self> {
        let instance = setting.instance;
        let best = record.best().filter(|best| best.lots.len() > 1)?;
        if !can_temper(instance) {
            return None;
        }
        let terrain = Terrain::new(instance);
        let copy = TravelCopy::new(&terrain, &best.lots);
        Some(Self {
            setting,
            terrain,
            joints: Joints::new(instance.len()),
            weight: 0.0,
            copies: vec![copy; COPIES as usize],
            kept: None,
        })
    }

    /// Runs for up to `steps` tries, and offers what it finds.
    fn run(&mut self, record: &mut Record<'_>, steps: u64, random: &mut impl Rng) {
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

    /// The mean change of travel with a move over a boundary, and at least 1.
    fn mean_change(&self, random: &mut impl Rng) -> f64 {
        let copy = &self.copies[0];
        let (mut sum, mut count) = (0.0, 1.0);
        for _ in 0..SAMPLES {
            let Some((block, _, to)) = self.proposed(0, random) else {
                continue;
            };
            let (_, farther) = copy.difference(&copy.shifted(&self.terrain, block, to));
            sum += farther.unsigned_abs() as f64;
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
        let instance = self.terrain.instance;
        let changed = self.copies[at].shifted(&self.terrain, block, to);
        let taken = self.accepts(at, &changed, heat, random)
            && self.copies[at].welcome(instance, block, to, None)
            && self.copies[at].leaves(instance, &mut self.joints, block);
        if taken {
            self.copies[at].put(block, to);
            self.copies[at].take(instance, changed);
        }
        taken
    }

    /// Moves a block to the lot of another, and the other back.
    fn exchange(&mut self, at: usize, [block, back]: [usize; 2], heat: f64, random: &mut impl Rng) -> bool {
        let instance = self.terrain.instance;
        let copy = &self.copies[at];
        let [from, to] = [block, back].map(|block| copy.lot_of[block] as usize);
        let changed = [
            copy.changed(&self.terrain, from, Some(block), Some(back)),
            copy.changed(&self.terrain, to, Some(back), Some(block)),
        ];
        if !self.accepts(at, &changed, heat, random) {
            return false;
        }
        let copy = &mut self.copies[at];
        if !copy.joins(instance, block, to, back)
            || !copy.joins(instance, back, from, block)
            || !copy.welcome(instance, block, to, Some(back))
            || !copy.welcome(instance, back, from, Some(block))
            || !copy.leaves(instance, &mut self.joints, block)
        {
            return false;
        }
        // The other block must be spared by its lot as it is then.
        copy.lot_of[block] = to as u32;
        let leaves = copy.leaves(instance, &mut self.joints, back);
        copy.lot_of[block] = from as u32;
        if leaves {
            copy.put(block, to);
            copy.put(back, from);
            copy.take(instance, changed);
        }
        leaves
    }

    fn accepts(&self, at: usize, changed: &[Changed; 2], heat: f64, random: &mut impl Rng) -> bool {
        let (shorter, farther) = self.copies[at].difference(changed);
        accepted(shorter + self.weight * farther as f64, heat, random)
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
    use super::super::travel_copy::tests::assert_counted;
    use super::*;
    use crate::domain::Unwatched;
    use crate::domain::drawn::Drawn;
    use crate::solve::backend::Highs;
    use crate::solve::{Clock, SolveError, Strategy, TreeSearch, upper_bound};

    #[test]
    fn travel_falls_and_copies_hold_what_they_count() -> Result<(), SolveError> {
        let volumes: Vec<i64> = (0..144).map(|at| 300 + at * at % 1_100 / 100 * 100).collect();
        let total: i64 = volumes.iter().sum();
        let plain = || {
            Drawn::lattice(12, 12)
                .volumes(&volumes)
                .floor(total / 16 - 300)
                .goal(Goal::Travel)
        };
        // Columns of the lattice, of which the first two may not share a lot.
        let column = |at: u32| -> String {
            (0..12)
                .filter_map(|row| char::from_u32(0x4e00 + row * 12 + at))
                .collect()
        };
        let maps = [
            plain(),
            plain().cap(total / 16 + 900),
            plain().never_together(&column(0), &column(1)),
            plain().contiguous(false),
        ];
        for map in maps {
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
                assert_counted(&tempering.terrain, copy);
            }
        }
        Ok(())
    }
}
