//! Set partitioning proves the best plan where all lots that it may hold can be listed.
//!
//! The minimal viable sets give prices; prices bound the number of lots and keep the candidates few; branch and bound over the candidates finds
//! and proves the best plan, level by level. Where the rules allow no plan with so many lots, one lot fewer is tried.

use super::SolveError;
use super::branch::{Branching, Proof};
use super::enumerate::{Budget, MOST_BLOCKS, MOST_PRICES, Price, Sets, candidate_lots, minimal_sets};
use super::instance::Instance;
use super::master::{Level, Master};
use super::prices::{Prices, bound_by_packing, find_prices};
use super::recombine::{dive, known_places};
use super::record::Record;
use super::strategy::{Setting, Strategy};
use crate::domain::{Goal, Measure, Phase};
use crate::model::whole;

/// The name of the strategy, and of its argument.
const NAME: &str = "set partitioning";

/// Set partitioning over enumerated candidates.
#[derive(Clone, Copy, Debug)]
pub struct SetPartitioning {
    /// How many minimal sets may be listed.
    pub minimal: Budget,
    /// How many candidate lots may be listed.
    pub candidates: Budget,
    /// Nodes of branch and bound at each level.
    pub nodes: usize,
}

impl Default for SetPartitioning {
    fn default() -> Self {
        Self {
            minimal: Budget {
                steps: 5_000_000,
                sets: 200_000,
            },
            candidates: Budget {
                steps: 20_000_000,
                sets: 300_000,
            },
            nodes: 5_000,
        }
    }
}

/// How many candidates may be listed where columns by hub cannot take over, and for how many blocks at most.
const MORE: Budget = Budget {
    steps: 200_000_000,
    sets: 10_000_000,
};
const FEW_BLOCKS: usize = 64;

/// Nodes of branch and bound before a program in whole numbers is asked for a better plan.
const FIRST_NODES: usize = 100;

/// What the candidates have shown about a number of lots.
enum Verdict {
    Plan,
    NoPlan,
    Open,
}

impl Strategy for SetPartitioning {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let instance = setting.instance;
        if instance.len() > MOST_BLOCKS || instance.sparse {
            return Ok(());
        }
        setting.clock.tell(Phase::Enumerate, Measure::Lots, record);
        let prices = match minimal_sets(instance, self.minimal, setting.clock) {
            Some(sets) => {
                let prices = find_prices(setting, &sets)?;
                bound_by_packing(setting, record, &sets, &prices)?;
                prices
            }
            None => return Ok(()),
        };
        let low = instance.count.0.max(1);
        while record.impossible().is_none() && setting.clock.over().is_none() {
            let lots = usize::try_from(record.most_lots().value).unwrap_or(0);
            if lots < low {
                record.rule_out("every combination of viable lots was searched, and none obeys all rules".into());
                break;
            }
            setting.clock.tell(Phase::Enumerate, Measure::Lots, record);
            let caps = caps(record, lots, &prices);
            let whole = uncut_deals(record);
            let Some(candidates) = candidate_lots(instance, lots, &caps, &whole, self.listed(instance), setting.clock)
            else {
                break;
            };
            match self.plan_with(setting, record, &candidates, lots)? {
                Verdict::NoPlan => record.bound_lots(lots as i64 - 1, NAME),
                Verdict::Plan => return self.prove_goals(setting, record, &candidates, lots),
                Verdict::Open => break,
            }
        }
        Ok(())
    }
}

/// The volume and the prices, each with the most that one of `lots` lots can hold of it in a plan that is as good as the best one.
fn caps(record: &Record<'_>, lots: usize, prices: &[Prices]) -> Vec<Price> {
    let instance = record.instance();
    let volume = Price {
        of: instance.volume.clone(),
        cap: instance.greatest(lots).min(even(record, lots).unwrap_or(i64::MAX)),
    };
    std::iter::once(volume)
        .chain(prices.iter().map(|prices| prices.price(lots)))
        .take(MOST_PRICES)
        .collect()
}

/// The most volume of a lot where the first goal is balance and lots may be no less even than those of the best plan: what some lots have above the mean, others have below it.
fn even(record: &Record<'_>, lots: usize) -> Option<i64> {
    let instance = record.instance();
    let best = record.best().filter(|best| best.score.lots == lots)?;
    let first = instance.problem.goals().first() == Some(&Goal::Imbalance);
    let above = best.score.goals.first()? / 2;
    first.then(|| (instance.total + above) / lots as i64)
}

/// The blocks of each deal, where the first goal is that no deal is cut and the best plan cuts none: then no better plan cuts one.
pub fn uncut_deals(record: &Record<'_>) -> Vec<Vec<u32>> {
    let instance = record.instance();
    let first = instance.problem.goals().first() == Some(&Goal::DealSplits);
    let none_cut = record.best().is_some_and(|best| best.score.goals.first() == Some(&0));
    if !(first && none_cut && record.lots_proved()) {
        return Vec::new();
    }
    let of_deal = |deal: u32| {
        let holds = |block: &u32| {
            instance.deals[*block as usize]
                .iter()
                .any(|part| part.0 == deal && part.1 > 0)
        };
        (0..instance.len() as u32).filter(holds).collect()
    };
    (0..instance.deal_total.len() as u32).map(of_deal).collect()
}

impl SetPartitioning {
    /// How many candidates may be listed: more where the map is small and the first goal beside deal splits is none that columns prove.
    fn listed(&self, instance: &Instance<'_>) -> Budget {
        let mut goals = instance
            .problem
            .goals()
            .iter()
            .filter(|goal| **goal != Goal::DealSplits);
        let alone = matches!(goals.next(), Some(Goal::Border | Goal::Imbalance));
        if alone && instance.len() <= FEW_BLOCKS {
            MORE
        } else {
            self.candidates
        }
    }

    /// Whether there is a plan with just so many lots; a plan found is noted.
    fn plan_with(
        &self,
        setting: &Setting<'_>,
        record: &mut Record<'_>,
        sets: &Sets,
        lots: usize,
    ) -> Result<Verdict, SolveError> {
        if record.lots() == Some(lots) {
            return Ok(Verdict::Plan);
        }
        let level = Level {
            goal: None,
            held: Vec::new(),
            lots,
        };
        let master = Master::new(setting, sets, &level);
        let all: Vec<usize> = (0..sets.len()).collect();
        let root = master.relax(&all, &[])?;
        if root.bound >= 1 {
            return Ok(Verdict::NoPlan);
        }
        let mut proof = Proof {
            bound: root.bound,
            complete: false,
        };
        for nodes in [FIRST_NODES, self.nodes] {
            proof = Branching::new(setting, &master, 1, nodes).run(&all, &root, &mut |plan| {
                record.offer(plan, NAME);
                (record.lots() == Some(lots)).then_some(0)
            })?;
            if record.lots() == Some(lots) {
                return Ok(Verdict::Plan);
            }
            if proof.complete || setting.clock.over().is_some() {
                break;
            }
            dive(setting, record, &master, &all, &root.reduced, NAME)?;
        }
        Ok(if proof.complete { Verdict::NoPlan } else { Verdict::Open })
    }

    /// Proves the goals in order, for as long as the candidates allow.
    pub fn prove_goals(
        &self,
        setting: &Setting<'_>,
        record: &mut Record<'_>,
        sets: &Sets,
        lots: usize,
    ) -> Result<(), SolveError> {
        let goals = setting.instance.problem.goals().to_vec();
        let mut list: Vec<usize> = (0..sets.len()).collect();
        let mut held: Vec<(Goal, i64)> = Vec::new();
        for (at, &goal) in goals.iter().enumerate() {
            if !held.iter().any(|known| known.0 == goal) {
                let level = Level {
                    goal: Some(goal),
                    held: held.clone(),
                    lots,
                };
                match self.prove_goal(setting, record, sets, &level, at, list)? {
                    Some(left) => list = left,
                    None => return Ok(()),
                }
            }
            let Some(value) = record.best().map(|best| best.score.goals[at]) else {
                return Ok(());
            };
            record.bound_goal(at, value, NAME);
            held.push((goal, value));
        }
        record.settle(NAME);
        Ok(())
    }

    /// Proves one goal; gives the candidates that a plan as good may hold, or `None` where the proof stays open.
    fn prove_goal(
        &self,
        setting: &Setting<'_>,
        record: &mut Record<'_>,
        sets: &Sets,
        level: &Level,
        at: usize,
        list: Vec<usize>,
    ) -> Result<Option<Vec<usize>>, SolveError> {
        let master = Master::new(setting, sets, level);
        let known = |record: &Record<'_>| record.best().map_or(i64::MAX / 4, |best| best.score.goals[at]);
        let start = known_places(record, sets, &list);
        let root = master.relax(&list, &start)?;
        record.bound_goal(at, root.bound.min(known(record)), NAME);

        let mut proof = Proof {
            bound: root.bound,
            complete: false,
        };
        for nodes in [FIRST_NODES, self.nodes] {
            proof = Branching::new(setting, &master, known(record), nodes).run(&list, &root, &mut |plan| {
                let score = setting.instance.score(plan);
                let keeps = record
                    .best()
                    .is_some_and(|best| best.score.goals[..at] == score.goals[..at]);
                record.offer(plan, NAME);
                keeps.then_some(score.goals[at])
            })?;
            if proof.complete || setting.clock.over().is_some() {
                break;
            }
            dive(setting, record, &master, &list, &root.reduced, NAME)?;
        }
        record.bound_goal(at, proof.bound.min(known(record)), NAME);
        let room = whole(known(record)) - root.exact;
        let left = list
            .iter()
            .zip(&root.reduced)
            .filter(|(_, adds)| **adds <= room)
            .map(|(&number, _)| number);
        Ok(proof.complete.then(|| left.collect()))
    }
}
