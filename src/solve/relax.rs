//! A Relaxation is the least change to one rule with which a plan exists, shown by that plan.

use super::SolveError;
use super::bounds::most_lots;
use super::conflict::{Inquiry, Standing};
use super::instance::Instance;
use super::probe::{Probing, Verdict};
use super::rule::{Rule, with_only};
use crate::domain::{LotCount, Millionths, Pence, Plan, Problem, Rules, words};

/// Numbers of lots that are asked about on either side of those that the scenario asks for.
const COUNTS_ASKED: usize = 12;
/// Significant digits of a floor or cap that is sought: nobody sets one to the pound, and near the last pound proofs are hard.
const DIGITS: u32 = 3;

/// A change to the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another floor in pounds.
    FloorGbp(i64),
    /// Another floor in participants.
    FloorParticipants(i64),
    /// Another cap in pounds.
    CapGbp(i64),
    /// Another cap in participants.
    CapParticipants(i64),
    /// Another number of lots.
    Count(usize),
    /// Rules that are dropped.
    Drop(Vec<Rule>),
}

impl Change {
    /// The problem after the change.
    pub fn apply(&self, problem: &Problem) -> Problem {
        if let Self::Drop(rules) = self {
            let kept: Vec<Rule> = Rule::all(problem)
                .into_iter()
                .filter(|rule| !rules.contains(rule))
                .collect();
            return with_only(problem, &kept);
        }
        let mut parts = problem.clone().into_parts();
        self.apply_to(&mut parts.rules);
        Problem::new(parts)
    }

    fn apply_to(&self, rules: &mut Rules) {
        let v = &mut rules.viability;
        match self {
            Self::FloorGbp(pounds) => v.floor_gbp = Some(Pence::pounds(*pounds)),
            Self::FloorParticipants(people) => v.floor_participants = Some(*people),
            Self::CapGbp(pounds) => v.cap_gbp = Some(Pence::pounds(*pounds)),
            Self::CapParticipants(people) => v.cap_participants = Some(*people),
            Self::Count(lots) => rules.count = LotCount::Exactly(*lots),
            Self::Drop(_) => {}
        }
    }

    /// Keys of the scenario that it changes, each once.
    pub fn keys(&self) -> Vec<&'static str> {
        let mut keys = match self {
            Self::FloorGbp(_) => vec![Rule::FloorGbp.key()],
            Self::FloorParticipants(_) => vec![Rule::FloorParticipants.key()],
            Self::CapGbp(_) => vec![Rule::CapGbp.key()],
            Self::CapParticipants(_) => vec![Rule::CapParticipants.key()],
            Self::Count(_) => vec![Rule::Count.key()],
            Self::Drop(rules) => rules.iter().map(|rule| rule.key()).collect(),
        };
        keys.dedup();
        keys
    }

    /// As [`Change::keys`], with `plan` where a rule comes from the plan that is to be repaired or finished.
    pub fn sources(&self, problem: &Problem) -> Vec<&'static str> {
        let Self::Drop(rules) = self else { return self.keys() };
        let mut sources: Vec<&str> = rules.iter().map(|rule| rule.source(problem)).collect();
        sources.dedup();
        sources
    }

    /// The new value; `None` where a rule is dropped.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::FloorGbp(value) | Self::FloorParticipants(value) => Some(*value),
            Self::CapGbp(value) | Self::CapParticipants(value) => Some(*value),
            Self::Count(lots) => i64::try_from(*lots).ok(),
            Self::Drop(_) => None,
        }
    }
}

/// A change with which a plan exists.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// What is changed.
    pub change: Change,
    /// A plan of the changed problem.
    pub plan: Plan,
    /// Whether it is proved that no lesser change of the same rule will do.
    pub least: bool,
    /// All of it in one sentence.
    pub message: String,
}

/// The least change of `rule` alone with which a plan exists; `None` where there is none, or none was found in time.
///
/// # Errors
/// If the backend fails.
pub fn relaxation(
    problem: &Problem,
    probing: &Probing<'_>,
    inquiry: &mut Inquiry<'_>,
    rule: Rule,
) -> Result<Option<Relaxation>, SolveError> {
    if inquiry.without(rule)? != Standing::Possible {
        return Ok(None);
    }
    let Some(plan) = inquiry.plan_without(&[rule]).map(<[usize]>::to_vec) else {
        return Ok(None);
    };
    let search = Search { problem, probing };
    match rule {
        Rule::Count => search.count(&plan),
        // The floor that a plan keeps with a chance does not follow from its least lot.
        Rule::FloorGbp | Rule::FloorParticipants if problem.rules().viability.assurance.is_some() => {
            Ok(Some(dropped(problem, &[rule], &plan)))
        }
        Rule::FloorGbp | Rule::FloorParticipants | Rule::CapGbp | Rule::CapParticipants => {
            search.amount(Amount::of(rule), &plan).map(Some)
        }
        _ => Ok(Some(dropped(problem, &[rule], &plan))),
    }
}

/// Rules dropped together, with a plan that breaks no other.
pub fn dropped(problem: &Problem, rules: &[Rule], plan: &[usize]) -> Relaxation {
    let change = Change::Drop(rules.to_vec());
    let words: Vec<String> = rules.iter().map(|rule| rule.words(problem)).collect();
    let plan = Plan::from_units(&change.apply(problem), plan);
    let message = format!(
        "without the {} that {} there is a plan of {}",
        if rules.len() == 1 { "rule" } else { "rules" },
        words::list(&words, 6),
        lots(&plan)
    );
    Relaxation {
        change,
        plan,
        least: rules.len() == 1,
        message,
    }
}

fn lots(plan: &Plan) -> String {
    words::count(plan.lots().len(), "lot", "lots")
}

/// A floor or cap, in pounds or participants.
#[derive(Clone, Copy)]
struct Amount {
    rule: Rule,
    floor: bool,
    money: bool,
}

impl Amount {
    fn of(rule: Rule) -> Self {
        Self {
            rule,
            floor: matches!(rule, Rule::FloorGbp | Rule::FloorParticipants),
            money: matches!(rule, Rule::FloorGbp | Rule::CapGbp),
        }
    }

    fn change(self, value: i64) -> Change {
        match self.rule {
            Rule::FloorGbp => Change::FloorGbp(value),
            Rule::FloorParticipants => Change::FloorParticipants(value),
            Rule::CapGbp => Change::CapGbp(value),
            _ => Change::CapParticipants(value),
        }
    }

    /// The value asked for, in whole pounds or participants; a part of a pound is rounded to the stricter side.
    fn asked(self, problem: &Problem) -> i64 {
        let v = &problem.rules().viability;
        match self.rule {
            Rule::FloorGbp => v.floor_gbp.map_or(0, |floor| -(-floor.0).div_euclid(100)),
            Rule::FloorParticipants => v.floor_participants.unwrap_or(0),
            Rule::CapGbp => v.cap_gbp.map_or(0, |cap| cap.0.div_euclid(100)),
            _ => v.cap_participants.unwrap_or(0),
        }
    }

    /// The strictest whole value that a plan obeys: its least lot for a floor, its greatest lot for a cap.
    fn met_by(self, problem: &Problem, lot_of_unit: &[usize]) -> i64 {
        let mut volumes = vec![0_i128; lot_of_unit.iter().max().map_or(0, |most| most + 1)];
        for (unit, &lot) in problem.units().iter().zip(lot_of_unit) {
            volumes[lot] += i128::from(unit.volume.0);
        }
        let (whole, parts) = if self.money {
            (i128::from(problem.funding().envelope.0), 100)
        } else {
            (i128::from(problem.funding().participants), 1)
        };
        let by = i128::from(problem.total().0.max(1)) * parts;
        let met = if self.floor {
            let one = i128::from(Millionths::ONE.0);
            let left = one - i128::from(problem.rules().viability.survive.unwrap_or_default().0);
            (whole * volumes.iter().min().copied().unwrap_or(0) * left).div_euclid(by * one)
        } else {
            -(-whole * volumes.iter().max().copied().unwrap_or(0)).div_euclid(by)
        };
        i64::try_from(met).unwrap_or(i64::MAX)
    }

    fn figure(self, problem: &Problem, value: i64) -> String {
        let number = words::thousands(value);
        if self.money {
            format!("£{number}")
        } else {
            format!("{number} {}", problem.counted_heads())
        }
    }
}

/// What is known between a value of a floor or cap that works and one that does not.
struct Span {
    amount: Amount,
    /// The strictest value that the plan obeys.
    has: i64,
    plan: Vec<usize>,
    /// The least strict value that is proved to have no plan.
    has_not: i64,
    /// The least strict value between the two that a probe has left open.
    open: Option<i64>,
}

impl Span {
    fn new(amount: Amount, problem: &Problem, plan: &[usize]) -> Self {
        Self {
            amount,
            has: amount.met_by(problem, plan),
            plan: plan.to_vec(),
            has_not: amount.asked(problem),
            open: None,
        }
    }

    /// The strictest multiple of `step` that works.
    fn has(&self, step: i64) -> i64 {
        self.in_steps(self.has, step) * step
    }

    /// A value in steps: a floor is rounded down, a cap up, so that what worked works still.
    fn in_steps(&self, value: i64, step: i64) -> i64 {
        if self.amount.floor {
            value.div_euclid(step)
        } else {
            -(-value).div_euclid(step)
        }
    }

    /// The multiple of `step` to be asked about next; `None` once the next one is known not to work, or is open.
    fn middle(&self, step: i64) -> Option<i64> {
        let (has, end) = (self.in_steps(self.has, step), self.beyond(step));
        ((end - has).abs() > 1).then(|| (has + (end - has) / 2) * step)
    }

    /// The least strict multiple that does not work or is open, in steps.
    fn beyond(&self, step: i64) -> i64 {
        let value = self.open.unwrap_or(self.has_not);
        if self.amount.floor {
            -(-value).div_euclid(step)
        } else {
            value.div_euclid(step)
        }
    }

    /// A plan may do so much better than asked that it settles what was open.
    fn works(&mut self, problem: &Problem, plan: Vec<usize>) {
        self.has = self.amount.met_by(problem, &plan);
        self.plan = plan;
        let floor = self.amount.floor;
        self.open = self
            .open
            .filter(|&open| if floor { open > self.has } else { open < self.has });
    }

    fn fails(&mut self, value: i64, proved: bool) {
        if proved {
            self.has_not = value;
        } else {
            self.open = Some(value);
        }
    }

    fn found(&self, problem: &Problem, step: i64) -> Relaxation {
        let value = self.has(step);
        if self.amount.floor && value <= 0 {
            return dropped(problem, &[self.amount.rule], &self.plan);
        }
        let change = self.amount.change(value);
        let plan = Plan::from_units(&change.apply(problem), &self.plan);
        let least = self.open.is_none();
        let beyond = self.amount.figure(problem, self.beyond(step) * step);
        let beyond = if least {
            format!("with one of {beyond} there is none")
        } else {
            format!("from {beyond} on it was not decided")
        };
        let kind = if self.amount.floor { "floor" } else { "cap" };
        let message = format!(
            "with a {kind} of {} there is a plan of {}; {beyond}",
            self.amount.figure(problem, value),
            lots(&plan)
        );
        Relaxation {
            change,
            plan,
            least,
            message,
        }
    }
}

struct Search<'a> {
    problem: &'a Problem,
    probing: &'a Probing<'a>,
}

impl Search<'_> {
    /// The strictest floor or cap that a plan obeys, to three digits of what is asked.
    fn amount(&self, amount: Amount, plan: &[usize]) -> Result<Relaxation, SolveError> {
        let asked = amount.asked(self.problem);
        let coarse = 10_i64.pow(asked.max(1).ilog10().saturating_sub(DIGITS - 1));
        let mut span = Span::new(amount, self.problem, plan);
        self.narrow(&mut span, coarse)?;
        if span.has(coarse) == 0 {
            self.narrow(&mut span, 1)?;
            return Ok(span.found(self.problem, 1));
        }
        Ok(span.found(self.problem, coarse))
    }

    /// Halves the span until it is one step wide, or a probe stays open beside what is known to work.
    fn narrow(&self, span: &mut Span, step: i64) -> Result<(), SolveError> {
        while let Some(value) = span.middle(step) {
            let problem = span.amount.change(value).apply(self.problem);
            match self.probing.any_plan(&problem)? {
                Verdict::Plan(plan) => span.works(self.problem, plan),
                verdict => span.fails(value, verdict == Verdict::NoPlan),
            }
        }
        Ok(())
    }

    /// The number of lots next to those asked for that a plan has.
    fn count(&self, plan: &[usize]) -> Result<Option<Relaxation>, SolveError> {
        let (low, high) = self.problem.rules().count.limits();
        let known = plan.iter().max().map_or(0, |most| most + 1);
        let free = Change::Drop(vec![Rule::Count]).apply(self.problem);
        let most = Instance::new(&free).map_or(known, |instance| {
            usize::try_from(most_lots(&instance).value).unwrap_or(known)
        });
        let below = (1..low.min(most + 1)).rev();
        let above = high.map_or(most, |high| high)..most;
        let (below, above): (Vec<usize>, Vec<usize>) = (below.collect(), above.map(|lots| lots + 1).collect());
        let mut decided = true;
        // The nearest numbers first, those with fewer lots before those with more.
        for step in 0..COUNTS_ASKED {
            for lots in [below.get(step), above.get(step)].into_iter().flatten() {
                let change = Change::Count(*lots);
                match self.probing.any_plan(&change.apply(self.problem))? {
                    Verdict::Plan(plan) => return Ok(Some(self.count_found(change, decided, &plan))),
                    verdict => decided &= verdict == Verdict::NoPlan,
                }
            }
        }
        Ok(Some(self.count_found(Change::Count(known), false, plan)))
    }

    fn count_found(&self, change: Change, least: bool, plan: &[usize]) -> Relaxation {
        let plan = Plan::from_units(&change.apply(self.problem), plan);
        let nearer = if least {
            "no number nearer to what is asked has one"
        } else {
            "whether a nearer number has one was not decided"
        };
        Relaxation {
            message: format!("with {} there is a plan; {nearer}", lots(&plan)),
            change,
            plan,
            least,
        }
    }
}
