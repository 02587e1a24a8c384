//! Branch and bound over candidate lots, in exact arithmetic: two blocks share a lot, or they do not.
//!
//! At every node the [`Master`] gives an exact bound and exact reduced costs. Candidates that would lift the bound to the best known value
//! or above are dropped; when few are left, an exact cover search ends the node. So a proof never rests on a tolerance.

use super::SolveError;
use super::cover::{Choice, CoverSearch};
use super::master::{Master, Relaxation};
use super::strategy::Setting;
use crate::model::whole;

/// The most candidates for which a node ends with a cover search.
const FEW: usize = 600;
/// Steps of a cover search.
const COVER_STEPS: u64 = 20_000;

/// Two blocks that must share a lot, or must not.
#[derive(Clone, Copy, Debug)]
struct Decision {
    blocks: [u32; 2],
    together: bool,
}

impl Decision {
    fn allows(&self, set: &[u32]) -> bool {
        let [a, b] = self.blocks.map(|block| set.binary_search(&block).is_ok());
        if self.together { a == b } else { !(a && b) }
    }
}

/// What a search over candidates has shown.
#[derive(Clone, Debug)]
pub struct Proof {
    /// No plan of the candidates is below this, or below the best known value.
    pub bound: i64,
    /// Whether the search came to its end.
    pub complete: bool,
}

/// A search for the best plan of the candidates at one level.
pub struct Branching<'a> {
    setting: &'a Setting<'a>,
    master: &'a Master<'a>,
    /// Only plans below this value are sought.
    limit: i64,
    nodes: usize,
}

impl<'a> Branching<'a> {
    /// Seeks plans below `limit`, over `nodes` nodes at most.
    pub fn new(setting: &'a Setting<'a>, master: &'a Master<'a>, limit: i64, nodes: usize) -> Self {
        Self {
            setting,
            master,
            limit,
            nodes,
        }
    }

    /// Searches from the relaxed root over the candidates in `list`. `value` gives the value of lots at this level where they keep the levels
    /// before, and may note them.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn run(
        mut self,
        list: &[usize],
        root: &Relaxation,
        value: &mut dyn FnMut(&[Vec<u32>]) -> Option<i64>,
    ) -> Result<Proof, SolveError> {
        let mut open = vec![(list.to_vec(), root.clone(), Vec::<Decision>::new())];
        let mut unfinished = i64::MAX;
        while let Some((list, relaxed, decisions)) = open.pop() {
            if relaxed.bound >= self.limit {
                continue;
            }
            if self.nodes == 0 || self.setting.clock.over().is_some() {
                unfinished = unfinished.min(relaxed.bound);
                continue;
            }
            self.nodes -= 1;
            let kept = self.kept(&list, &relaxed);
            if kept.len() <= FEW && self.ends_with_cover(&kept, &relaxed, value) {
                continue;
            }
            let Some(pair) = self.pair(&list, &relaxed, &decisions) else {
                unfinished = unfinished.min(relaxed.bound);
                continue;
            };
            for together in [false, true] {
                open.push(self.child(&kept, &relaxed, &list, &decisions, Decision { blocks: pair, together })?);
            }
        }
        Ok(Proof {
            bound: unfinished.min(self.limit),
            complete: unfinished == i64::MAX,
        })
    }

    /// Candidates that a plan below the limit can hold, with what each adds to the bound.
    fn kept(&self, list: &[usize], relaxed: &Relaxation) -> Vec<(usize, i128)> {
        let room = self.room(relaxed);
        list.iter()
            .copied()
            .zip(relaxed.reduced.iter().copied())
            .filter(|&(_, adds)| adds <= room)
            .collect()
    }

    /// By how much a plan may lie above the bound and still be below the limit.
    fn room(&self, relaxed: &Relaxation) -> i128 {
        whole(self.limit - 1) - relaxed.exact
    }

    fn ends_with_cover(
        &mut self,
        kept: &[(usize, i128)],
        relaxed: &Relaxation,
        value: &mut dyn FnMut(&[Vec<u32>]) -> Option<i64>,
    ) -> bool {
        let sets = self.master.sets();
        let choices: Vec<Choice> = kept
            .iter()
            .map(|&(number, adds)| Choice {
                number,
                blocks: sets.get(number).to_vec(),
                adds,
            })
            .collect();
        let mut limit = self.limit;
        let room = self.room(relaxed);
        let mut search = CoverSearch::new(
            self.setting.instance.len(),
            &choices,
            self.master.level().lots,
            COVER_STEPS,
        );
        let end = search.run(room, &mut |numbers| {
            let lots: Vec<Vec<u32>> = numbers.iter().map(|&number| sets.get(number).to_vec()).collect();
            limit = value(&lots).map_or(limit, |value| value.min(limit));
            whole(limit - 1) - relaxed.exact
        });
        self.limit = limit;
        end.is_ok()
    }

    /// The pair of blocks whose sharing of a lot is least clear in the relaxed solution.
    fn pair(&self, list: &[usize], relaxed: &Relaxation, decisions: &[Decision]) -> Option<[u32; 2]> {
        let count = self.setting.instance.len();
        let mut shared = vec![0.0; count * count];
        for &(place, weight) in &relaxed.support {
            let set = self.master.sets().get(list[place]);
            for (at, &a) in set.iter().enumerate() {
                set[at + 1..]
                    .iter()
                    .for_each(|&b| shared[a as usize * count + b as usize] += weight);
            }
        }
        decisions
            .iter()
            .for_each(|decision| shared[decision.blocks[0] as usize * count + decision.blocks[1] as usize] = -1.0);
        let clear = |at: usize| (shared[at] - 0.5_f64).abs();
        let at = (0..shared.len())
            .filter(|&at| shared[at] > 1e-6)
            .min_by(|&a, &b| clear(a).total_cmp(&clear(b)))?;
        Some([(at / count) as u32, (at % count) as u32])
    }

    #[allow(clippy::type_complexity)]
    fn child(
        &self,
        kept: &[(usize, i128)],
        relaxed: &Relaxation,
        list: &[usize],
        decisions: &[Decision],
        decision: Decision,
    ) -> Result<(Vec<usize>, Relaxation, Vec<Decision>), SolveError> {
        let sets = self.master.sets();
        let allowed: Vec<usize> = kept
            .iter()
            .map(|&(number, _)| number)
            .filter(|&number| decision.allows(sets.get(number)))
            .collect();
        let support = relaxed
            .support
            .iter()
            .filter_map(|&(place, _)| allowed.binary_search(&list[place]).ok());
        let mut child = self.master.relax(&allowed, &support.collect::<Vec<_>>())?;
        // A child is a part of its parent, so it inherits the bound.
        child.bound = child.bound.max(relaxed.bound);
        let decisions = decisions.iter().copied().chain([decision]).collect();
        Ok((allowed, child, decisions))
    }
}
