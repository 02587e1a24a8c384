//! Why there is no plan: smallest conflicts and least relaxations on drawn maps, and on random ones against brute force.

use super::brute_force::best_by_force;
use super::random::random_parts;
use crate::domain::drawn::Drawn;
use crate::domain::{Goal, LotCount, Problem, Progress, Unwatched, Watcher};
use crate::solve::backend::BackendError;
use crate::solve::rule::with_only;
use crate::solve::{Change, Explanation, Relaxation, Rule, SolveError, explain, solve};
use Rule::{CapGbp, Contiguous, Count, FloorGbp, KeepWhole, Lock, NeverTogether};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The explanation of a problem without a plan, after every relaxation was solved and the step beyond it was found to have no plan.
fn explained(drawn: Drawn) -> Result<Explanation, SolveError> {
    let problem = drawn.goal(Goal::Border).problem();
    assert!(solve(&problem, &Unwatched)?.infeasible);
    let explanation = of(&problem)?;
    assert!(explanation.conflict.smallest && explanation.conflict.undecided.is_empty());
    for relaxation in &explanation.relaxations {
        assert!(relaxation.least, "{}", relaxation.message);
        assert!(solve(&relaxation.change.apply(&problem), &Unwatched)?.plan.is_some());
        if let Some(beyond) = beyond(&relaxation.change) {
            assert!(
                solve(&beyond.apply(&problem), &Unwatched)?.infeasible,
                "{}",
                relaxation.message
            );
        }
    }
    Ok(explanation)
}

fn of(problem: &Problem) -> Result<Explanation, SolveError> {
    let nothing = || BackendError {
        message: "there is nothing to divide".into(),
    };
    Ok(explain(problem, &Unwatched, 0.0)?.ok_or_else(nothing)?)
}

/// The next stricter floor or cap.
fn beyond(change: &Change) -> Option<Change> {
    match change {
        Change::FloorGbp(value) => Some(Change::FloorGbp(value + 1)),
        Change::CapGbp(value) => Some(Change::CapGbp(value - 1)),
        _ => None,
    }
}

fn changes(explanation: &Explanation) -> Vec<Change> {
    let all = explanation.relaxations.iter();
    all.map(|relaxation: &Relaxation| relaxation.change.clone()).collect()
}

fn drop_of(rule: Rule) -> Change {
    Change::Drop(vec![rule])
}

#[test]
fn an_island_below_the_floor_is_named_with_what_it_holds() -> Result<(), SolveError> {
    let found = explained(Drawn::new("ab.c").volumes(&[2, 2, 1]).floor(2))?;
    assert_eq!(found.conflict.rules, [FloorGbp, Contiguous]);
    assert_eq!(
        found.message,
        "2 rules cannot hold together: every lot is worth at least £2; every lot is in one piece. \
         C alone holds £1, and nothing can join it; the floor is £2"
    );
    assert_eq!(changes(&found), [Change::FloorGbp(1), drop_of(Contiguous)]);
    assert_eq!(
        found.relaxations[0].message,
        "with a floor of £1 there is a plan of 3 lots; with one of £2 there is none"
    );
    assert!(
        found
            .findings
            .iter()
            .map(|finding| finding.code)
            .eq(["R121", "R122", "R122"])
    );
    Ok(())
}

#[test]
fn a_unit_that_may_join_no_other_is_named_with_the_pair_that_keeps_it_apart() -> Result<(), SolveError> {
    let found = explained(Drawn::new("abc").volumes(&[5, 1, 5]).floor(3).never_together("b", "ac"))?;
    assert_eq!(found.conflict.rules, [FloorGbp, NeverTogether(0)]);
    let why = "B alone holds £1, and the rules of never_together let nothing join it; the floor is £3";
    assert!(found.message.ends_with(why), "{}", found.message);
    assert_eq!(changes(&found), [Change::FloorGbp(1), drop_of(NeverTogether(0))]);
    Ok(())
}

#[test]
fn what_a_unit_reaches_within_its_pair_is_added_up() -> Result<(), SolveError> {
    let found = explained(
        Drawn::new("abcd")
            .volumes(&[2, 1, 5, 5])
            .floor(4)
            .never_together("ab", "cd"),
    )?;
    assert_eq!(found.conflict.rules, [FloorGbp, NeverTogether(0)]);
    let why = "A alone holds £2; with all that the rules of never_together let it reach, b, £3; the floor is £4";
    assert!(found.message.ends_with(why), "{}", found.message);
    assert_eq!(changes(&found), [Change::FloorGbp(3), drop_of(NeverTogether(0))]);
    Ok(())
}

#[test]
fn a_group_kept_whole_above_the_cap_is_named() -> Result<(), SolveError> {
    let found = explained(Drawn::new("abc").cap(1).keep_whole("ab"))?;
    assert_eq!(found.conflict.rules, [CapGbp, KeepWhole(0)]);
    assert!(
        found
            .message
            .contains("A and b cannot be divided and holds £2, above the cap of £1"),
        "{}",
        found.message
    );
    assert_eq!(changes(&found), [Change::CapGbp(2), drop_of(KeepWhole(0))]);
    Ok(())
}

#[test]
fn locks_that_part_a_lot_are_told_with_what_lies_between() -> Result<(), SolveError> {
    let found = explained(
        Drawn::new("abcd")
            .lock('a', "1")
            .lock('b', "2")
            .lock('c', "1")
            .lock('d', "1"),
    )?;
    assert_eq!(found.conflict.rules, [Contiguous, Lock(0), Lock(1), Lock(2)]);
    let why = "A and c must share a lot, but what lies between them may not join them: b";
    assert!(found.message.ends_with(why), "{}", found.message);
    assert_eq!(
        changes(&found),
        [drop_of(Contiguous), drop_of(Lock(0)), drop_of(Lock(1))],
        "d would still be parted from a without the lock of c"
    );
    Ok(())
}

#[test]
fn locks_that_leave_a_pocket_are_in_conflict_with_the_floor_and_the_cap() -> Result<(), SolveError> {
    // b would fit beside a or c, but then the lot passes the cap; without its neighbours it is below the floor.
    let found = explained(Drawn::new("abc").volumes(&[2, 1, 2]).floor(2).cap(2))?;
    assert_eq!(found.conflict.rules, [FloorGbp, CapGbp]);
    assert_eq!(changes(&found), [Change::FloorGbp(1), Change::CapGbp(3)]);
    Ok(())
}

#[test]
fn locks_that_contradict_a_group_are_named() -> Result<(), SolveError> {
    let found = explained(
        Drawn::new("abc")
            .keep_whole("ab")
            .lock('a', "1")
            .lock('b', "2")
            .lock('c', "2"),
    )?;
    assert_eq!(found.conflict.rules, [KeepWhole(0), Lock(0), Lock(1)]);
    assert!(
        found
            .message
            .contains("A and b must share a lot, but are locked to lot 1 and to lot 2"),
        "{}",
        found.message
    );
    assert_eq!(
        changes(&found),
        [drop_of(KeepWhole(0)), drop_of(Lock(0)), drop_of(Lock(1))]
    );
    Ok(())
}

#[test]
fn a_band_that_no_number_of_lots_fits_is_told_by_arithmetic() -> Result<(), SolveError> {
    let found = explained(Drawn::new("abcde").floor(3).cap(4))?;
    assert_eq!(found.conflict.rules, [FloorGbp, CapGbp]);
    let why = "The whole map holds £5: too much for 1 lot of at most £4, too little for 2 of at least £3";
    assert!(found.message.ends_with(why), "{}", found.message);
    assert_eq!(changes(&found), [Change::FloorGbp(2), Change::CapGbp(5)]);
    Ok(())
}

#[test]
fn a_band_that_no_combination_meets_is_shown_by_search() -> Result<(), SolveError> {
    let found = explained(Drawn::new("abc").volumes(&[2, 4, 2]).floor(4).cap(4))?;
    assert_eq!(found.conflict.rules, [FloorGbp, CapGbp, Contiguous]);
    assert!(
        found.message.contains("A search over all connected sets"),
        "{}",
        found.message
    );
    assert_eq!(
        changes(&found),
        [Change::FloorGbp(2), Change::CapGbp(8), drop_of(Contiguous)]
    );
    Ok(())
}

#[test]
fn a_number_of_lots_out_of_reach_gives_way_to_the_nearest() -> Result<(), SolveError> {
    let found = explained(Drawn::new("abcdef").floor(2).count(LotCount::Exactly(5)))?;
    assert_eq!(found.conflict.rules, [FloorGbp, Count]);
    assert_eq!(changes(&found), [Change::FloorGbp(1), Change::Count(3)]);
    let found = explained(Drawn::new("abcdef").cap(2).count(LotCount::Range(1, 2)))?;
    assert_eq!(found.conflict.rules, [CapGbp, Count]);
    assert_eq!(changes(&found), [Change::CapGbp(3), Change::Count(3)]);
    Ok(())
}

#[test]
fn the_reason_and_the_conflict_name_the_same_bound_on_the_number_of_lots() -> Result<(), SolveError> {
    // Four arms around a centre: counting leaves room for two lots, the centre for one.
    let cross = || Drawn::new(".a.\nbcd\n.e.").floor(2);
    let problem = cross().count(LotCount::Exactly(3)).problem();
    let reason = solve(&problem, &Unwatched)?.findings.remove(0);
    let told = "3 lots are asked for, but there can be 1 at most, by dead ends";
    assert_eq!((reason.code, reason.message.as_str()), ("R107", told));
    let found = of(&problem)?;
    assert_eq!(found.conflict.rules, [FloorGbp, Count]);
    let why = format!("{told}; these rules alone leave room for 2 at most, by counting");
    assert!(found.message.ends_with(&why), "{}", found.message);
    // Where all rules of the problem are in conflict, there is one bound.
    let found = of(&cross().count(LotCount::Exactly(2)).problem())?;
    assert!(
        found
            .message
            .ends_with("2 lots are asked for, but there can be 1 at most, by dead ends"),
        "{}",
        found.message
    );
    Ok(())
}

#[test]
fn where_no_one_rule_is_enough_rules_to_be_dropped_together_are_told() -> Result<(), SolveError> {
    // Two conflicts that share a rule, and then two that share none: an island below the floor, and a group that locks part.
    let found = explained_loosely(Drawn::new("ab").cap(1).keep_whole("ab").lock('a', "1").lock('b', "2"))?;
    assert_eq!(found.conflict.rules, [CapGbp, KeepWhole(0)]);
    assert_eq!(changes(&found), [drop_of(KeepWhole(0))]);
    let island = Drawn::new("ab.c").volumes(&[3, 3, 1]).floor(2);
    let found = explained_loosely(island.lock('a', "1").lock('b', "2").keep_whole("ab"))?;
    assert_eq!(found.conflict.rules, [FloorGbp, Contiguous]);
    assert_eq!(changes(&found).len(), 1);
    assert!(
        matches!(&changes(&found)[0], Change::Drop(rules) if rules.len() == 2),
        "{:?}",
        changes(&found)
    );
    Ok(())
}

fn explained_loosely(drawn: Drawn) -> Result<Explanation, SolveError> {
    let problem = drawn.problem();
    let explanation = of(&problem)?;
    for relaxation in &explanation.relaxations {
        assert!(solve(&relaxation.change.apply(&problem), &Unwatched)?.plan.is_some());
    }
    Ok(explanation)
}

/// Whether any partition obeys the rules, by force.
fn possible(problem: &Problem, rules: &[Rule]) -> bool {
    best_by_force(&with_only(problem, rules)).is_some()
}

/// All choices of `size` of the rules.
fn choices(rules: &[Rule], size: usize) -> Vec<Vec<Rule>> {
    (0_u32..1 << rules.len())
        .filter(|bits| bits.count_ones() as usize == size)
        .map(|bits| {
            (0..rules.len())
                .filter(|at| bits >> at & 1 == 1)
                .map(|at| rules[at])
                .collect()
        })
        .collect()
}

#[test]
fn conflicts_are_as_small_as_brute_force_says_and_relaxations_hold() -> Result<(), SolveError> {
    let mut explained = 0;
    for seed in 0..160 {
        let mut parts = random_parts(&mut ChaCha8Rng::seed_from_u64(seed));
        parts.goals.clear();
        let problem = Problem::new(parts);
        if problem.units().len() > 7 || best_by_force(&problem).is_some() {
            continue;
        }
        explained += 1;
        let found = of(&problem)?;
        let (all, rules) = (Rule::all(&problem), &found.conflict.rules);
        assert!(!possible(&problem, rules), "seed {seed}: {rules:?} can hold together");
        assert!(found.conflict.smallest, "seed {seed}");
        let smaller = choices(&all, rules.len() - 1);
        assert!(
            smaller.iter().all(|fewer| possible(&problem, fewer)),
            "seed {seed}: fewer than {rules:?} conflict"
        );
        for relaxation in &found.relaxations {
            let relaxed = relaxation.change.apply(&problem);
            assert!(best_by_force(&relaxed).is_some(), "seed {seed}: {}", relaxation.message);
            if let Some(beyond) = beyond(&relaxation.change).filter(|_| relaxation.least) {
                assert!(
                    best_by_force(&beyond.apply(&problem)).is_none(),
                    "seed {seed}: {}",
                    relaxation.message
                );
            }
        }
        let alone = rules.iter().filter(|&&rule| {
            let others: Vec<Rule> = all.iter().copied().filter(|&other| other != rule).collect();
            possible(&problem, &others)
        });
        let told = found
            .relaxations
            .iter()
            .filter(|relaxation| relaxation.change.keys().len() == 1);
        assert_eq!(alone.count(), told.count(), "seed {seed}: {:?}", found.relaxations);
    }
    assert!(explained > 25, "{explained} maps without a plan are too few");
    Ok(())
}

/// Has stopped every search before it began.
struct Stopped;

impl Watcher for Stopped {
    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn an_explanation_that_is_stopped_claims_nothing_that_it_has_not_shown() -> Result<(), SolveError> {
    let problem = Drawn::new("ab.c").volumes(&[2, 2, 1]).floor(2).cap(9).problem();
    let found = explain(&problem, &Stopped, 0.0)?;
    assert!(found.is_some_and(|found| {
        !found.conflict.smallest
            && found.conflict.rules == Rule::all(&problem)
            && found.relaxations.is_empty()
            && found.findings.iter().any(|finding| finding.code == "R123")
            && found.message.contains("was not decided")
    }));
    Ok(())
}
