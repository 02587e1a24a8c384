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
/// Sets looked at for each hub: while lots are added, and where the listing must be complete.
const STEPS: (u64, u64) = (20_000, 20_000_000);

/// Column generation with one subproblem for each hub area.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColumnsByHub;

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
            whole: &whole,
            sets: Sets::default(),
        };
        let Some(prices) = pool.generate(record)? else {
            return Ok(());
        };
        let Some(best) = record.best().map(|best| best.score.goals[level]) else {
            return Ok(());
        };
        let slack = pool.slack(record);
        let bound = prices.sum(lots) - lots as i64 * slack;
        record.bound_goal(level, bound.min(best), NAME);
        if record.goal_proved(level) && level + 1 == goals.len() {
            return Ok(());
        }
        // The other lots of a plan cost their price less the slack or more, so this is what is left for one.
        let listed = pool.listed(&prices, best - bound - slack, STEPS.1, MOST_LOTS);
        eprintln!(
            "listed {:?} t {:.2} best {best} bound {bound}",
            listed.as_ref().map(|l| (l.lots.len(), l.complete)),
            setting.clock.spent()
        );
        match listed.filter(|listed| listed.complete) {
            Some(listed) => SetPartitioning::default().prove_goals(setting, record, &listed.lots, lots),
            None => Ok(()),
        }
    }
}

/// Lots met so far.
struct Pool<'a> {
    setting: &'a Setting<'a>,
    lots: usize,
    level: usize,
    whole: &'a [Vec<u32>],
    sets: Sets,
}

impl Pool<'_> {
    /// Prices below which no lot lies by more than the slack; `None` if there is no end of adding lots.
    fn generate(&mut self, record: &mut Record<'_>) -> Result<Option<Prices>, SolveError> {
        let best = record.best().map_or_else(Vec::new, |best| best.lots.clone());
        for lot in best {
            self.add(&lot);
        }
        let goal = Goal::Travel;
        let mut steps = STEPS.0;
        for _ in 0..ROUNDS {
            self.setting
                .clock
                .tell(Phase::Prove(Measure::Goal(goal)), Measure::Goal(goal), record);
            if self.setting.clock.over().is_some() {
                return Ok(None);
            }
            let (prices, point) = self.prices()?;
            self.offer(record, &point);
            let Some(found) = self.listed(&prices, -self.slack(record), steps, usize::MAX) else {
                return Ok(None);
            };
            if found.lots.is_empty() {
                match (found.complete, steps == STEPS.1) {
                    (true, _) => return self.dive(record, &prices).map(|()| Some(prices)),
                    (false, true) => return Ok(None),
                    (false, false) => steps = STEPS.1,
                }
            }
            found.lots.iter().for_each(|lot| self.add(lot));
        }
        Ok(None)
    }

    /// A millionth of a millionth of the travel of the best plan, at least one: what is nearer to its price is at it.
    fn slack(&self, record: &Record<'_>) -> i64 {
        record
            .best()
            .map_or(1, |best| best.score.goals[self.level] / 1_000_000_000)
            .max(1)
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

    fn prices(&self) -> Result<(Prices, Vec<f64>), SolveError> {
        let level = self.level();
        let master = Master::new(self.setting, &self.sets, &level);
        let all: Vec<usize> = (0..self.sets.len()).collect();
        master.prices(&all)
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
        let best = record.best().map_or(i64::MAX, |best| best.score.goals[self.level]);
        if best <= prices.sum(self.lots) {
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

    fn listed(&self, prices: &Prices, most: i64, steps: u64, all: usize) -> Option<Listed> {
        let each = if all == usize::MAX { 12 } else { usize::MAX };
        let wanted = Wanted {
            prices,
            most,
            lots: self.lots,
            whole: self.whole,
            steps,
            listed: (each, all),
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
            ColumnsByHub.run(&setting, &mut record)?;
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
