//! A Rule is one thing that a scenario asks of every plan and that can be dropped by itself.

use crate::domain::{LotCount, Millionths, Pence, Problem, Rules, words};

/// One rule of a scenario. Rules that people give first stand first: where two explanations are as short, the one with earlier rules is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Every lot is worth at least so much.
    FloorGbp,
    /// Every lot has at least so many participants.
    FloorParticipants,
    /// Every lot reaches its floors after a fall in volume.
    Survive,
    /// Every lot reaches its floors with a chance.
    Chance,
    /// Every lot is worth at most so much.
    CapGbp,
    /// Every lot has at most so many participants.
    CapParticipants,
    /// There are just so many lots.
    Count,
    /// Every lot is in one piece.
    Contiguous,
    /// A group is kept whole, by its place in the rules.
    KeepWhole(usize),
    /// Two groups never share a lot, by the place of the pair in the rules.
    NeverTogether(usize),
    /// An area is in its lot, by the place of the lock in the rules.
    Lock(usize),
}

impl Rule {
    /// The rules that `problem` asks to be obeyed, in order.
    pub fn all(problem: &Problem) -> Vec<Self> {
        let rules = problem.rules();
        let viability = &rules.viability;
        let single = [
            (Self::FloorGbp, viability.floor_gbp.is_some()),
            (Self::FloorParticipants, viability.floor_participants.is_some()),
            (Self::Survive, viability.survive.is_some_and(|fall| fall.0 > 0)),
            (Self::Chance, viability.assurance.is_some()),
            (Self::CapGbp, viability.cap_gbp.is_some()),
            (Self::CapParticipants, viability.cap_participants.is_some()),
            (Self::Count, rules.count != LotCount::Max),
            (Self::Contiguous, rules.contiguous),
        ];
        let single = single.into_iter().filter(|(_, asked)| *asked).map(|(rule, _)| rule);
        single
            .chain((0..rules.keep_whole.len()).map(Self::KeepWhole))
            .chain((0..rules.never_together.len()).map(Self::NeverTogether))
            .chain((0..rules.locks.len()).map(Self::Lock))
            .collect()
    }

    /// The key of the scenario that asks for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::FloorGbp => "viability.floor_gbp",
            Self::FloorParticipants => "viability.floor_participants",
            Self::Survive => "viability.survive",
            Self::Chance => "viability.chance",
            Self::CapGbp => "viability.cap_gbp",
            Self::CapParticipants => "viability.cap_participants",
            Self::Count => "lots.count",
            Self::Contiguous => "lots.contiguous",
            Self::KeepWhole(_) => "lots.keep_whole",
            Self::NeverTogether(_) => "lots.never_together",
            Self::Lock(_) => "lots.locks",
        }
    }

    /// Where it comes from: its key, or the plan that is to be repaired or finished.
    pub fn source(self, problem: &Problem) -> &'static str {
        let rules = problem.rules();
        match self {
            Self::Count if matches!(rules.count, LotCount::OfPlan(..)) => "plan",
            Self::Lock(at) if rules.locks[at].seat.is_some() => "plan",
            Self::FloorGbp if rules.viability.derived => "viability.floor",
            _ => self.key(),
        }
    }

    /// What it asks, in words with figures.
    pub fn words(self, problem: &Problem) -> String {
        let rules = problem.rules();
        let v = &rules.viability;
        let money = |amount: Option<Pence>| amount.map_or_else(String::new, words::money);
        let part = |part: Option<Millionths>| part.map_or_else(String::new, |part| words::percent(part.fraction()));
        let heads = problem.counted_heads();
        let people = |number: Option<i64>| number.map_or_else(String::new, words::thousands);
        match self {
            Self::FloorGbp if v.derived => format!(
                "every lot is worth at least {}, which the funding model derives",
                money(v.floor_gbp)
            ),
            Self::FloorGbp => format!("every lot is worth at least {}", money(v.floor_gbp)),
            Self::FloorParticipants => {
                format!("every lot has at least {} {heads}", people(v.floor_participants))
            }
            Self::Survive => format!(
                "every lot reaches its floor after a fall of {} in volume",
                part(v.survive)
            ),
            Self::Chance => format!(
                "every lot reaches its floor with a chance of {} or more",
                part(v.assurance.map(|asked| asked.chance))
            ),
            Self::CapGbp => format!("every lot is worth at most {}", money(v.cap_gbp)),
            Self::CapParticipants => format!("every lot has at most {} {heads}", people(v.cap_participants)),
            Self::Count => match (rules.count, rules.count.limits()) {
                (LotCount::OfPlan(low, high), _) if low == high => {
                    format!(
                        "the plan keeps its {} and none is added",
                        words::count(high, "lot", "lots")
                    )
                }
                (LotCount::OfPlan(low, high), _) => {
                    let least = words::count(low, "lot", "lots");
                    let least = if low > 1 {
                        format!("there are at least {least}, and ")
                    } else {
                        String::new()
                    };
                    format!("{least}no lot is added to the {high} of the plan")
                }
                (_, (low, Some(high))) if low == high => format!("there are {}", words::count(low, "lot", "lots")),
                (_, (low, Some(high))) => format!("there are {low} to {high} lots"),
                (_, (low, None)) => format!("there are at least {}", words::count(low, "lot", "lots")),
            },
            Self::Contiguous => "every lot is in one piece".into(),
            Self::KeepWhole(at) => format!("{} is kept whole", rules.keep_whole[at].name),
            Self::NeverTogether(at) => {
                let (one, other) = &rules.never_together[at];
                format!("{} and {} are never in one lot", one.name, other.name)
            }
            Self::Lock(at) => {
                let lock = &rules.locks[at];
                let of_plan = if lock.seat.is_some() { " of the plan" } else { "" };
                format!("{} is in lot {}{of_plan}", problem.areas()[lock.area].name, lock.lot)
            }
        }
    }
}

/// The problem with the rules of `kept` and no other.
pub fn with_only(problem: &Problem, kept: &[Rule]) -> Problem {
    let mut parts = problem.clone().into_parts();
    parts.rules = only(&parts.rules, kept);
    Problem::new(parts)
}

fn only(rules: &Rules, kept: &[Rule]) -> Rules {
    let has = |rule: Rule| kept.contains(&rule);
    let mut left = rules.clone();
    let v = &mut left.viability;
    v.floor_gbp = v.floor_gbp.filter(|_| has(Rule::FloorGbp));
    v.floor_participants = v.floor_participants.filter(|_| has(Rule::FloorParticipants));
    v.survive = v.survive.filter(|_| has(Rule::Survive));
    v.assurance = v.assurance.filter(|_| has(Rule::Chance));
    v.cap_gbp = v.cap_gbp.filter(|_| has(Rule::CapGbp));
    v.cap_participants = v.cap_participants.filter(|_| has(Rule::CapParticipants));
    if !has(Rule::Count) {
        left.count = LotCount::Max;
    }
    left.contiguous = rules.contiguous && has(Rule::Contiguous);
    left.keep_whole = chosen(&rules.keep_whole, |at| has(Rule::KeepWhole(at)));
    left.never_together = chosen(&rules.never_together, |at| has(Rule::NeverTogether(at)));
    left.locks = chosen(&rules.locks, |at| has(Rule::Lock(at)));
    left
}

fn chosen<T: Clone>(items: &[T], wanted: impl Fn(usize) -> bool) -> Vec<T> {
    let kept = items.iter().enumerate().filter(|(at, _)| wanted(*at));
    kept.map(|(_, item)| item.clone()).collect()
}
