//! A Conflict is a smallest set of rules that cannot hold together.
//!
//! Rules are taken away, many at a time and then one by one, for as long as what is left is proved to have no plan. Every plan that is met on the way
//! names rules of which a conflict must break one; the fewest rules that answer to all those plans are asked in turn, until they have no plan
//! either. Then no smaller set exists.

use super::SolveError;
use super::backend::{Effort, Status};
use super::probe::{Probing, Verdict, obeys};
use super::rule::{Rule, with_only};
use crate::domain::Problem;
use crate::model::{Program, Sense};
use std::collections::BTreeSet;

/// Sets of rules smaller than the one found that are asked at most.
const SMALLER_ASKED: usize = 60;
/// Seconds for the program that chooses the next set of rules.
const CHOICE_SECONDS: f64 = 5.0;

/// Places in the list of all rules.
type Set = BTreeSet<usize>;

/// Rules that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The rules, in order.
    pub rules: Vec<Rule>,
    /// Rules of them of which it was not decided within the time whether the others have a plan without them.
    pub undecided: Vec<Rule>,
    /// Whether it is proved that no fewer rules are in conflict.
    pub smallest: bool,
}

/// What has been found out about sets of rules of one problem.
pub struct Inquiry<'a> {
    problem: &'a Problem,
    probing: Probing<'a>,
    rules: Vec<Rule>,
    possible: Vec<(Set, Vec<usize>)>,
    impossible: Vec<Set>,
    open: Vec<Set>,
}

/// A verdict on a set of rules, without its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They can hold together.
    Possible,
    /// They cannot.
    Impossible,
    /// Not decided within the time.
    Open,
}

impl<'a> Inquiry<'a> {
    /// An inquiry into a problem of which it is known that it has no plan.
    pub fn new(problem: &'a Problem, probing: Probing<'a>) -> Self {
        let rules = Rule::all(problem);
        Self {
            impossible: vec![(0..rules.len()).collect()],
            problem,
            probing,
            rules,
            possible: Vec::new(),
            open: Vec::new(),
        }
    }

    /// A smallest set of rules that cannot hold together; as small as the time allows.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn conflict(&mut self) -> Result<Conflict, SolveError> {
        let mut found: Set = (0..self.rules.len()).collect();
        // What stands last is taken away first, so that rules which people give first are kept where either would do.
        for family in self.families() {
            self.shrink(&mut found, &family)?;
        }
        let smallest = self.smaller(&mut found)?;
        let mut undecided = Vec::new();
        for &rule in &found {
            if self.ask(&without(&found, &[rule]))? != Standing::Possible {
                undecided.push(self.rules[rule]);
            }
        }
        Ok(Conflict {
            rules: self.rules_of(&found),
            undecided,
            smallest,
        })
    }

    /// Goes on with other limits of time.
    pub fn go_on(&mut self, probing: Probing<'a>) {
        self.probing = probing;
        self.open.clear();
    }

    /// Whether all rules but `dropped` can hold together.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn without(&mut self, dropped: Rule) -> Result<Standing, SolveError> {
        let kept = (0..self.rules.len()).filter(|&at| self.rules[at] != dropped).collect();
        self.ask(&kept)
    }

    /// A plan that obeys all rules but `dropped`, if one was met.
    pub fn plan_without(&self, dropped: &[Rule]) -> Option<&[usize]> {
        let kept: Set = (0..self.rules.len())
            .filter(|&at| !dropped.contains(&self.rules[at]))
            .collect();
        let known = self.possible.iter().find(|(set, _)| kept.is_subset(set));
        known.map(|(_, plan)| plan.as_slice())
    }

    /// The fewest rules that a plan met on the way breaks.
    pub fn fewest_broken(&self) -> Option<Vec<Rule>> {
        let all: Set = (0..self.rules.len()).collect();
        let broken = self.possible.iter().map(|(set, _)| &all - set);
        broken
            .min_by_key(|set| (set.len(), set.clone()))
            .map(|set| self.rules_of(&set))
    }

    /// Rules of a kind, that of locks first.
    fn families(&self) -> Vec<Vec<usize>> {
        let mut families: Vec<Vec<usize>> = Vec::new();
        for at in (0..self.rules.len()).rev() {
            match families.last_mut() {
                Some(last) if self.rules[last[0]].key() == self.rules[at].key() => last.push(at),
                _ => families.push(vec![at]),
            }
        }
        families
    }

    /// Takes rules of `chunk` out of `found` for as long as what is left is proved to be impossible.
    fn shrink(&mut self, found: &mut Set, chunk: &[usize]) -> Result<(), SolveError> {
        let left = without(found, chunk);
        if self.ask(&left)? == Standing::Impossible {
            *found = left;
        } else if chunk.len() > 1 {
            let (one, other) = chunk.split_at(chunk.len() / 2);
            self.shrink(found, one)?;
            self.shrink(found, other)?;
        }
        Ok(())
    }

    /// Looks for a smaller set; says whether it is proved that there is none.
    fn smaller(&mut self, found: &mut Set) -> Result<bool, SolveError> {
        for _ in 0..SMALLER_ASKED {
            let Some(wanted) = self.fewest_in_question()? else {
                return Ok(false);
            };
            if wanted.len() >= found.len() {
                return Ok(true);
            }
            match self.ask(&wanted)? {
                Standing::Impossible => {
                    *found = wanted;
                    return Ok(true);
                }
                Standing::Possible => self.grow(&wanted)?,
                Standing::Open => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Adds rules to a possible set for as long as it stays possible, so that its plan tells as much as it can.
    fn grow(&mut self, from: &Set) -> Result<(), SolveError> {
        let mut set = from.clone();
        for at in 0..self.rules.len() {
            if let Some((known, _)) = self.possible.iter().find(|(known, _)| set.is_subset(known)) {
                set = known.clone();
            }
            let more: Set = set.iter().copied().chain([at]).collect();
            if more.len() > set.len() && self.ask(&more)? == Standing::Possible {
                set = more;
            }
        }
        Ok(())
    }

    /// The fewest rules of which every plan met so far breaks one; `None` where the program for it is not solved in time.
    fn fewest_in_question(&self) -> Result<Option<Set>, SolveError> {
        let count = self.rules.len() as i64;
        let mut program = Program::default();
        for (at, rule) in self.rules.iter().enumerate() {
            // First as few as possible, then those that stand early: all places together are less than one rule more.
            program.add_column(format!("asked[{rule:?}]"), count * count + at as i64, 1, true);
        }
        for (number, (obeyed, _)) in self.possible.iter().enumerate() {
            let row = program.add_row(format!("broken[{number}]"), Sense::AtLeast, 1);
            let broken = (0..self.rules.len()).filter(|at| !obeyed.contains(at));
            broken.for_each(|at| program.set(row, at, 1));
        }
        let effort = Effort {
            seconds: CHOICE_SECONDS.min(self.probing.clock.left()),
            nodes: None,
            relaxed: false,
            interior: false,
            presolve: true,
            threads: 1,
            seed: self.problem.search().seed,
            watcher: self.probing.clock.watcher(),
        };
        let answer = self.probing.backend.solve(&program, &effort, None)?;
        let solved = answer.status == Status::Optimal;
        let chosen = answer.point.filter(|_| solved).map(|point| {
            let asked = point.iter().enumerate().filter(|(_, value)| **value > 0.5);
            asked.map(|(at, _)| at).collect()
        });
        Ok(chosen)
    }

    /// Whether the rules of a set can hold together; what is known already is not asked again.
    fn ask(&mut self, set: &Set) -> Result<Standing, SolveError> {
        if self.impossible.iter().any(|known| known.is_subset(set)) {
            return Ok(Standing::Impossible);
        }
        if self.possible.iter().any(|(known, _)| set.is_subset(known)) {
            return Ok(Standing::Possible);
        }
        if self.open.contains(set) {
            return Ok(Standing::Open);
        }
        let problem = with_only(self.problem, &self.rules_of(set));
        Ok(match self.probing.any_plan(&problem)? {
            Verdict::Plan(plan) => {
                let obeyed = self.obeyed(set, &plan);
                self.possible.push((obeyed, plan));
                Standing::Possible
            }
            Verdict::NoPlan => {
                self.impossible.push(set.clone());
                Standing::Impossible
            }
            Verdict::Open => {
                self.open.push(set.clone());
                Standing::Open
            }
        })
    }

    /// The set with all further rules that the plan happens to obey.
    fn obeyed(&self, set: &Set, plan: &[usize]) -> Set {
        let mut obeyed = set.clone();
        for at in (0..self.rules.len()).filter(|at| !set.contains(at)) {
            obeyed.insert(at);
            if !obeys(&with_only(self.problem, &self.rules_of(&obeyed)), plan) {
                obeyed.remove(&at);
            }
        }
        obeyed
    }

    fn rules_of(&self, set: &Set) -> Vec<Rule> {
        set.iter().map(|&at| self.rules[at]).collect()
    }
}

fn without(set: &Set, gone: &[usize]) -> Set {
    set.iter().copied().filter(|at| !gone.contains(at)).collect()
}
