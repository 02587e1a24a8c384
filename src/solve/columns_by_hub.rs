//! Columns by hub prove the goal of travel where the lots of a plan are too many to be listed at once.
//!
//! Set partitioning is relaxed over a pool of lots; its duals are prices, and lots below their price are added hub by hub until there are none. Then no
//! plan has less travel than the prices add up to, and a plan better than the best one holds only lots that are little above their price: these are listed, and
//! set partitioning ends the proof.

use super::SolveError;
use super::enumerate::Sets;
use super::hub_lots::{Listed, MOST_BLOCKS, Prices, Wanted, list};
use super::master::{Level, Master};
use super::recombine::dive;
use super::record::Record;
use super::set_partitioning::{SetPartitioning, uncut_deals};
use super::strategy::{Setting, Strategy};
use crate::domain::{Goal, Measure, Phase};

/// The name of the strategy, and of its argument.
const NAME: &str = "columns by hub";
/// Rounds of adding lots.
const ROUNDS: usize = 300;
/// The most lots that are listed for the end of the proof.
const MOST_LOTS: usize = 400_000;
/// Lots that are added for each hub at a time.
const EACH: usize = 12;
/// The first limit on prices is the travel of a mean lot divided by this.
const TIGHT: i64 = 8;
/// Sets looked at for each hub while lots are added, and where all are listed.
const STEPS: u64 = 20_000;
const LAST_STEPS: u64 = 20_000_000;

/// Column generation with one subproblem for each hub area.
#[derive(Clone, Copy, Debug)]
pub struct ColumnsByHub {
    /// Sets looked at for each hub while lots are added.
    pub steps: u64,
    /// Sets looked at for each hub where all are listed.
    pub last_steps: u64,
}

impl Default for ColumnsByHub {
    fn default() -> Self {
        Self {
            steps: STEPS,
            last_steps: LAST_STEPS,
        }
    }
}

impl Strategy for ColumnsByHub {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let goals = setting.instance.problem.goals();
        let open = (0..goals.len()).find(|&level| !record.goal_proved(level));
        let (Some(level), Some(lots)) = (open, record.lots()) else {
            return Ok(());
        };
        let small = setting.instance.len() <= MOST_BLOCKS && !setting.instance.sparse;
        if !small || !record.lots_proved() || goals[level] != Goal::Travel {
            return Ok(());
        }
        let whole = uncut_deals(record);
        let mut pool = Pool {
            setting,
            lots,
            level,
            effort: *self,
            whole: &whole,
            sets: Sets::default(),
        };
        let Some((bound, left)) = pool.generate(record)? else {
            return Ok(());
        };
        let best = record.best().map_or(bound, |best| best.score.goals[level]);
        record.bound_goal(level, bound.min(best), NAME);
        if record.proved() {
            return Ok(());
        }
        SetPartitioning::default().prove_goals(setting, record, &left, lots)
    }
}

/// Prices are a corner of the best face at first, which is soon found, and then an inner point, at which few lots lie near their price: with that, all of them are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phases {
    Corner,
    Inner,
    Last,
}

impl Phases {
    fn next(self) -> Self {
        match self {
            Self::Corner => Self::Inner,
            Self::Inner | Self::Last => Self::Last,
        }
    }
}

/// Lots met so far.
struct Pool<'a> {
    setting: &'a Setting<'a>,
    lots: usize,
    level: usize,
    effort: ColumnsByHub,
    whole: &'a [Vec<u32>],
    sets: Sets,
}

impl Pool<'_> {
    /// Adds lots until none is below its price: the bound that the prices give, and all lots that a plan as good as the best one may hold. `None` where that
    /// does not come to its end.
    fn generate(&mut self, record: &mut Record<'_>) -> Result<Option<(i64, Sets)>, SolveError> {
        let best = record.best().map_or_else(Vec::new, |best| best.lots.clone());
        best.iter().for_each(|lot| self.add(lot));
        let mut most = (self.value(record) / self.lots as i64 / TIGHT).max(1);
        let mut phase = Phases::Corner;
        for _ in 0..ROUNDS {
            let measure = Measure::Goal(Goal::Travel);
            self.setting.clock.tell(Phase::Prove(measure), measure, record);
            if self.setting.clock.over().is_some() {
                return Ok(None);
            }
            let (prices, point, felt) = self.prices(most, phase != Phases::Corner)?;
            if !felt {
                self.offer(record, &point);
            }
            let last = phase == Phases::Last;
            if last {
                self.dive(record, &prices)?;
            }
            let slack = self.slack(record);
            let bound = prices.sum(self.lots) - self.lots as i64 * slack;
            // The other lots of a plan cost their price less the slack or more, so this is what is left for one.
            let room = if last {
                self.value(record) - bound - slack
            } else {
                -slack
            };
            let Some(found) = self.listed(&prices, room, phase) else {
                return Ok(None);
            };
            let below: Vec<&[u32]> = found
                .lots
                .iter()
                .filter(|lot| prices.reduced(self.setting.instance, lot) <= -slack)
                .collect();
            match (below.is_empty(), felt) {
                (false, _) => below.into_iter().for_each(|lot| self.add(lot)),
                (true, true) => most = most.saturating_mul(2),
                (true, false) if found.complete && last => return Ok(Some((bound, found.lots))),
                (true, false) if last => return Ok(None),
                (true, false) => phase = phase.next(),
            }
        }
        Ok(None)
    }

    /// Travel of the best plan.
    fn value(&self, record: &Record<'_>) -> i64 {
        record.best().map_or(1, |best| best.score.goals[self.level])
    }

    /// A thousandth of a millionth of the travel of the best plan, at least one: what is nearer to its price is at it.
    fn slack(&self, record: &Record<'_>) -> i64 {
        (self.value(record) / 1_000_000_000).max(1)
    }

    fn add(&mut self, lot: &[u32]) {
        let mut sorted = lot.to_vec();
        sorted.sort_unstable();
        self.sets.push(sorted.into_iter());
    }

    fn level(&self) -> Level {
        Level {
            goal: Some(Goal::Travel),
            held: Vec::new(),
            lots: self.lots,
        }
    }

    fn prices(&self, most: i64, interior: bool) -> Result<(Prices, Vec<f64>, bool), SolveError> {
        let level = self.level();
        let master = Master::new(self.setting, &self.sets, &level);
        let all: Vec<usize> = (0..self.sets.len()).collect();
        master.prices(&all, most, interior)
    }

    /// Takes the lots of a point that is whole, which makes it a plan.
    fn offer(&self, record: &mut Record<'_>, point: &[f64]) {
        let chosen = point.iter().enumerate().filter(|(_, weight)| **weight > 1e-6);
        let (lots, weights): (Vec<Vec<u32>>, Vec<f64>) =
            chosen.map(|(at, weight)| (self.sets.get(at).to_vec(), *weight)).unzip();
        if weights.iter().all(|weight| *weight > 1.0 - 1e-6) {
            record.offer(&lots, NAME);
        }
    }

    /// Looks for a better plan among the lots of the pool that are least above their price.
    fn dive(&self, record: &mut Record<'_>, prices: &Prices) -> Result<(), SolveError> {
        if self.value(record) - prices.sum(self.lots) <= self.slack(record) {
            return Ok(());
        }
        let level = self.level();
        let master = Master::new(self.setting, &self.sets, &level);
        let all: Vec<usize> = (0..self.sets.len()).collect();
        let above: Vec<i128> = self
            .sets
            .iter()
            .map(|lot| i128::from(prices.reduced(self.setting.instance, lot)))
            .collect();
        dive(self.setting, record, &master, &all, &above, NAME).map(drop)
    }

    /// Lots at most `room` above their price: a few for each hub, or in the end all of them.
    fn listed(&self, prices: &Prices, room: i64, phase: Phases) -> Option<Listed> {
        let (steps, listed) = match phase {
            Phases::Corner => (self.effort.steps, (EACH, usize::MAX)),
            Phases::Inner => (2 * self.effort.steps, (2 * EACH, usize::MAX)),
            Phases::Last => (self.effort.last_steps, (usize::MAX, MOST_LOTS)),
        };
        let wanted = Wanted {
            prices,
            most: room,
            lots: self.lots,
            whole: self.whole,
            steps,
            listed,
        };
        list(self.setting.instance, &wanted, self.setting.clock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::drawn::Drawn;
    use crate::domain::{Problem, Unwatched};
    use crate::solve::backend::Highs;
    use crate::solve::clock::Clock;
    use crate::solve::instance::Instance;
    use crate::solve::record::Bound;
    use crate::solve::tree_search::TreeSearch;
    use crate::solve::{SolveError, solve};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// A lattice of five by five single areas with random people, some of them double members.
    fn lattice(seed: u64) -> Problem {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let letters: Vec<char> = ('a'..='y').collect();
        let people: Vec<i64> = letters.iter().map(|_| random.random_range(5..30)).collect();
        let rows: Vec<String> = letters.chunks(5).map(|row| row.iter().collect()).collect();
        let floor = people.iter().sum::<i64>() / random.random_range(4..7);
        let mut map = Drawn::new(&rows.join("\n"))
            .volumes(&people)
            .floor(floor)
            .goal(Goal::Travel);
        for member in ['g', 'i', 'q'] {
            map = map.chooses(member, if random.random::<bool>() { "fh" } else { "lr" });
        }
        map.problem()
    }

    #[test]
    fn columns_by_hub_prove_what_listing_all_candidates_proves() -> Result<(), SolveError> {
        let mut closed = 0;
        for seed in 0..30 {
            let problem = lattice(seed);
            let expected = solve(&problem, &Unwatched)?;
            let (Some(lots), Some(travel)) = (expected.goals[0].value, expected.goals[1].value) else {
                continue;
            };
            assert!(expected.goals[1].proved(), "seed {seed}");
            let Ok(instance) = Instance::new(&problem) else {
                continue;
            };
            let clock = Clock::start(60.0, &Unwatched);
            let setting = Setting {
                instance: &instance,
                clock: &clock,
                backend: &Highs,
            };
            let mut record = Record::new(&instance, Bound::new(lots, "known"));
            TreeSearch::quick(instance.len()).run(&setting, &mut record)?;
            if record.lots() != usize::try_from(lots).ok() {
                continue;
            }
            ColumnsByHub::default().run(&setting, &mut record)?;
            assert!(record.goal_proved(0), "seed {seed}: {:?}", record.outcomes());
            assert_eq!(
                record.best().map(|best| best.score.goals[0]),
                Some(travel),
                "seed {seed}"
            );
            closed += 1;
        }
        assert!(closed > 15, "{closed} maps test too little");
        Ok(())
    }
}
