//! What must hold on any map: names change nothing, every plan passes the judge, and a plan broken in one way trips that rule.

use lotwright::domain::drawn::Drawn;
use lotwright::domain::{Goal, LotCount, Outcome, Plan, Problem, Unwatched};
use lotwright::solve::solve;
use lotwright::verify::judge;
use proptest::prelude::*;

/// A map of up to nine areas on a grid of three rows, with volumes and rules.
#[derive(Clone, Debug)]
struct Asked {
    cells: Vec<u8>,
    volumes: Vec<i64>,
    floor: i64,
    cap: Option<i64>,
    whole: Option<(usize, usize)>,
    apart: Option<(usize, usize)>,
    ferry: Option<(usize, usize)>,
    goals: Vec<Goal>,
}

const AREAS: usize = 9;

impl Asked {
    /// Draws the map, area `k` named by the letter `names[k]`.
    fn drawn(&self, names: &[char]) -> Drawn {
        let rows: Vec<String> = self
            .cells
            .chunks(4)
            .map(|row| row.iter().map(|&cell| names[usize::from(cell)]).collect())
            .collect();
        let present: Vec<usize> = (0..AREAS).filter(|&k| self.cells.contains(&(k as u8))).collect();
        let mut ordered: Vec<(char, i64)> = present.iter().map(|&k| (names[k], self.volumes[k])).collect();
        ordered.sort_unstable();
        let volumes: Vec<i64> = ordered.iter().map(|(_, volume)| *volume).collect();
        let mut map = Drawn::new(&rows.join("\n")).volumes(&volumes).floor(self.floor);
        let both =
            |pair: Option<(usize, usize)>| pair.filter(|(a, b)| a != b && present.contains(a) && present.contains(b));
        if let Some(cap) = self.cap {
            map = map.cap(cap.max(self.floor));
        }
        if let Some((a, b)) = both(self.whole) {
            map = map
                .keep_whole(&format!("{}{}", names[a], names[b]))
                .deal(&format!("{}{}", names[a], names[b]));
        }
        if let Some((a, b)) = both(self.apart) {
            map = map.never_together(&names[a].to_string(), &names[b].to_string());
        }
        if let Some((a, b)) = both(self.ferry) {
            map = map.ferry(names[a], names[b]);
        }
        self.goals.iter().fold(map, |map, &goal| map.goal(goal))
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let area = || 0..AREAS;
    let pair = || proptest::option::of((area(), area()));
    (
        proptest::collection::vec(0..AREAS as u8, 12),
        proptest::collection::vec(1..20i64, AREAS),
        1..40i64,
        proptest::option::of(20..80i64),
        pair(),
        pair(),
        pair(),
        proptest::sample::subsequence(Goal::ALL.to_vec(), 0..3),
    )
        .prop_map(|(cells, volumes, floor, cap, whole, apart, ferry, goals)| Asked {
            cells,
            volumes,
            floor,
            cap,
            whole,
            apart,
            ferry,
            goals,
        })
}

const LETTERS: [char; AREAS] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

fn solved(problem: &Problem) -> Outcome {
    solve(problem, &Unwatched).unwrap()
}

fn values(outcome: &Outcome) -> Vec<Option<i64>> {
    outcome.goals.iter().map(|goal| goal.value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn relabelling_areas_changes_no_value(asked in asked(), order in Just(LETTERS.to_vec()).prop_shuffle()) {
        let plain = solved(&asked.drawn(&LETTERS).problem());
        let renamed = solved(&asked.drawn(&order).problem());
        prop_assert_eq!(plain.infeasible, renamed.infeasible);
        prop_assert_eq!(values(&plain), values(&renamed));
    }

    #[test]
    fn every_plan_passes_the_judge_and_counts_what_the_search_claims(asked in asked()) {
        let problem = asked.drawn(&LETTERS).problem();
        let outcome = solved(&problem);
        prop_assert!(outcome.infeasible || outcome.plan.is_some());
        if let Some(plan) = outcome.plan.clone() {
            let judged = judge(&problem, plan);
            prop_assert_eq!(judged.violations(), &[]);
            let claimed: Vec<Option<i64>> = values(&outcome);
            let counted: Vec<Option<i64>> = std::iter::once(judged.lots().len() as i64)
                .chain(judged.goals().iter().map(|goal| goal.1))
                .map(Some)
                .collect();
            prop_assert_eq!(claimed, counted);
        }
        for goal in &outcome.goals {
            prop_assert!(goal.value.is_none() || goal.proved(), "{:?}", goal);
        }
    }

    #[test]
    fn a_plan_broken_in_one_way_trips_just_that_rule(asked in asked(), pick in 0..100usize) {
        let map = asked.drawn(&LETTERS);
        let problem = map.clone().problem();
        let Some(plan) = solved(&problem).plan else { return Ok(()) };
        let rules = |problem: &Problem, plan: Plan| {
            let mut rules: Vec<&str> = judge(problem, plan).violations().iter().map(|v| v.rule).collect();
            rules.dedup();
            rules
        };
        let lots = plan.lots().len();
        let of_seat: Vec<Option<usize>> = (0..problem.seats().len()).map(|seat| plan.lot_of_seat(seat)).collect();
        // One more lot asked for than there is.
        prop_assert_eq!(rules(&map.clone().count(LotCount::Exactly(lots + 1)).problem(), plan.clone()), ["count"]);
        // A floor just above the smallest lot.
        let least = judge(&problem, plan.clone()).lots().iter().map(|lot| lot.volume.0 / 1000).min().unwrap_or(0);
        let mut parts = problem.clone().into_parts();
        parts.rules.viability.cap_gbp = None;
        parts.rules.viability.floor_participants = Some(least + 1);
        prop_assert_eq!(rules(&Problem::new(parts), plan.clone()), ["floor"]);
        // One area taken out of its lot: it is in none, and nothing but what follows from that is told.
        let seat = pick % of_seat.len();
        let mut without = of_seat.clone();
        without[seat] = None;
        let broken = rules(&problem, Plan::labelled(plan.lots(), &without));
        prop_assert_eq!(broken[0], "assigned");
    }
}
