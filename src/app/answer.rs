//! Makes the answer of a verified plan, in the shape of `lotwright/plan/1`.

use super::certificates::certificate_answer;
use super::choices::choices;
use super::load::Case;
use super::plans::Judged;
use crate::domain::words::{count as counted, money, percent, thousands};
use crate::domain::{Finding, Goal, GoalOutcome, LotCount, Measure, Outcome, Problem, Stop, Viability, Volume};
use crate::report::{
    Answer, DealAnswer, FindingAnswer, GoalAnswer, LotAnswer, LotDealAnswer, ScenarioAnswer, TotalsAnswer,
    ViolationAnswer,
};
use crate::value::{DealValue, LotValue, deals, lot_name, lots};
use crate::verify::VerifiedPlan;

/// The schema of answers.
const SCHEMA: &str = "lotwright/plan/1";

impl Case {
    /// The answer of a search. `plan` is the plan of the outcome after the judge has passed it.
    pub(super) fn answer_of_search(&self, outcome: &Outcome, plan: Option<&VerifiedPlan>, seconds: f64) -> Answer {
        let status = match plan {
            _ if outcome.infeasible => "infeasible",
            None => "no_plan",
            Some(_) if outcome.stop == Stop::Proved => "optimal",
            Some(_) => "feasible",
        };
        let lots = plan.map_or(0, |plan| plan.lots().len());
        let goals = outcome.goals.iter().map(|goal| goal_answer(goal, lots)).collect();
        let mut answer = self.answer(plan, goals, &outcome.findings, seconds);
        answer.status = status.into();
        answer.stopped = outcome.stop.word().into();
        answer.strategy = outcome.strategy.clone();
        answer
    }

    /// The answer about a plan that was given: `plan` is that of `judged`, or the same with other labels.
    pub(super) fn answer_of_plan(&self, judged: &Judged, plan: &VerifiedPlan, seconds: f64) -> Answer {
        let mut answer = self.answer(Some(plan), counted_goals(plan), &judged.findings.0, seconds);
        answer.scenario.inputs.push(judged.input.clone());
        answer.status = if plan.violations().is_empty() {
            "feasible"
        } else {
            "infeasible"
        }
        .into();
        answer
    }

    /// What was asked, and from which files.
    pub(super) fn question(&self) -> ScenarioAnswer {
        ScenarioAnswer {
            name: self.problem.name().into(),
            title: self.problem.title().into(),
            rules: rules_in_words(&self.problem),
            inputs: self.inputs.clone(),
        }
    }

    /// The answer about what became of a plan that was given; the caller says how it stands.
    pub(super) fn answer_of_given(&self, given: &Judged, plan: Option<&VerifiedPlan>, found: &[Finding]) -> Answer {
        let goals = plan.map_or_else(Vec::new, counted_goals);
        let found: Vec<Finding> = given.findings.0.iter().chain(found).cloned().collect();
        let mut answer = self.answer(plan, goals, &found, 0.0);
        answer.scenario.inputs.push(given.input.clone());
        answer
    }

    fn answer(&self, plan: Option<&VerifiedPlan>, goals: Vec<GoalAnswer>, found: &[Finding], seconds: f64) -> Answer {
        let problem = &self.problem;
        let values = plan.map(|plan| (plan, lots(problem, plan), deals(problem, plan)));
        let mut lots = values
            .as_ref()
            .map_or_else(Vec::new, |(plan, lots, deals)| lot_answers(problem, plan, lots, deals));
        let uncertain = plan.map_or_else(Vec::new, |plan| self.add_intervals(&mut lots, plan));
        Answer {
            schema: SCHEMA.into(),
            scenario: self.question(),
            status: String::new(),
            stopped: "evaluated".into(),
            strategy: "none".into(),
            goals,
            lots,
            deals: deal_answers(
                problem,
                values.as_ref().map(|(plan, _, deals)| (*plan, deals.as_slice())),
            ),
            totals: self.totals(),
            repair: None,
            choices: plan.map_or_else(Vec::new, |plan| choices(problem, plan)),
            violations: plan.map_or_else(Vec::new, violations),
            unassigned: plan.map_or_else(Vec::new, |plan| codes(problem, plan.unassigned())),
            viability: self.viability(),
            conflict: None,
            relaxations: Vec::new(),
            joins: self.joins.clone(),
            findings: self
                .findings
                .0
                .iter()
                .chain(found)
                .chain(&uncertain)
                .map(finding_answer)
                .collect(),
            seconds,
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

/// A finding in the shape of the answer.
pub(super) fn finding_answer(finding: &Finding) -> FindingAnswer {
    FindingAnswer {
        code: finding.code.into(),
        severity: finding.severity.word().into(),
        subject: finding.subject.clone(),
        message: finding.message.clone(),
        help: finding.help.clone(),
    }
}

impl Case {
    /// Sums over all areas that take part, with the least and the most that they can be.
    pub(super) fn totals(&self) -> TotalsAnswer {
        let interval = self.total_interval();
        TotalsAnswer {
            volume_low: interval.map(|figure| figure.low.as_people()),
            volume_high: interval.map(|figure| figure.high.as_people()),
            ..totals(&self.problem)
        }
    }
}

fn totals(problem: &Problem) -> TotalsAnswer {
    let co_design: Volume = problem
        .deals()
        .iter()
        .filter(|deal| deal.status == "co-design")
        .map(|deal| volume_of(problem, &deal.areas))
        .sum();
    TotalsAnswer {
        volume: problem.total().as_people(),
        contract_value_gbp: problem.funding().envelope.as_pounds(),
        participants: problem.funding().participants as f64,
        deal_share: fraction(co_design, problem.total()),
        volume_low: None,
        volume_high: None,
    }
}

/// The number of lots and the goals as the judge counts them, without bounds.
pub(super) fn counted_goals(plan: &VerifiedPlan) -> Vec<GoalAnswer> {
    let counted = plan.goals().iter().map(|&(goal, value)| (Measure::Goal(goal), value));
    let all = std::iter::once((Measure::Lots, plan.lots().len() as i64)).chain(counted);
    all.map(|(measure, value)| GoalOutcome {
        measure,
        value: Some(value),
        bound: None,
        argument: String::new(),
        certificate: None,
    })
    .map(|goal| goal_answer(&goal, plan.lots().len()))
    .collect()
}

fn goal_answer(goal: &GoalOutcome, lots: usize) -> GoalAnswer {
    let shown = |value: i64| goal.measure.shown(value, lots);
    let (value, bound) = (goal.value.map(shown), goal.bound.map(shown));
    let gap = value.zip(bound).map(|(value, bound)| gap(value, bound));
    GoalAnswer {
        name: goal.measure.word().into(),
        unit: goal.measure.unit().into(),
        value,
        bound,
        gap,
        proved: goal.proved(),
        argument: goal.argument.clone(),
        certificate: goal.certificate.as_ref().and_then(certificate_answer),
    }
}

/// |bound − value| ÷ |value|; infinite where the value is 0 and the bound is not.
pub(super) fn gap(value: f64, bound: f64) -> f64 {
    if value == bound {
        0.0
    } else {
        (value - bound).abs() / value.abs().max(f64::MIN_POSITIVE)
    }
}

pub(super) fn lot_answers(
    problem: &Problem,
    plan: &VerifiedPlan,
    values: &[LotValue],
    deals: &[DealValue],
) -> Vec<LotAnswer> {
    let seats = plan.plan().seats_by_lot();
    let one = |lot: usize| {
        let (facts, value) = (&plan.lots()[lot], &values[lot]);
        let overlap = |&(deal, volume): &(usize, Volume)| LotDealAnswer {
            deal: problem.deals()[deal].name.clone(),
            share_of_lot: fraction(volume, facts.volume),
            share_of_deal: fraction(volume, deals[deal].volume),
        };
        LotAnswer {
            lot_id: plan.plan().lots()[lot].to_string(),
            name: lot_name(problem, plan, lot),
            areas: codes(problem, &facts.areas),
            units: units_of(problem, &seats[lot]),
            volume: facts.volume.as_people(),
            share: value.share,
            contract_value_gbp: value.contract_value.as_pounds(),
            participants: value.participants,
            annual_starts: value.annual_starts,
            floor_margin_gbp: value.floor_margin.map(|margin| margin.as_pounds()),
            pieces: facts.pieces.len(),
            hub: problem.areas()[facts.hub].code.to_string(),
            mean_km_to_hub: value.mean_km_to_hub,
            deals: value.deals.iter().map(overlap).collect(),
            interval: None,
        }
    };
    (0..values.len()).map(one).collect()
}

/// Units with a seat in a lot, where units are groups of areas.
fn units_of(problem: &Problem, seats: &[usize]) -> Vec<String> {
    let grouped = problem.units().iter().any(|unit| unit.seats.len() > 1);
    let mut units: Vec<usize> = seats
        .iter()
        .map(|&seat| problem.seats()[seat].unit)
        .filter(|_| grouped)
        .collect();
    units.sort_unstable();
    units.dedup();
    units.into_iter().map(|unit| problem.units()[unit].id.clone()).collect()
}

fn deal_answers(problem: &Problem, plan: Option<(&VerifiedPlan, &[DealValue])>) -> Vec<DealAnswer> {
    let one = |(k, deal): (usize, &crate::domain::Deal)| {
        let value = plan.map(|(plan, values)| (plan, &values[k]));
        DealAnswer {
            deal: deal.name.clone(),
            status: deal.status.clone(),
            lots: value.map_or_else(Vec::new, |(plan, value)| {
                value
                    .lots
                    .iter()
                    .map(|(lot, _)| plan.plan().lots()[*lot].to_string())
                    .collect()
            }),
            whole: value.is_some_and(|(_, value)| value.whole),
            share_of_total: fraction(volume_of(problem, &deal.areas), problem.total()),
            words: value.map_or_else(String::new, |(_, value)| value.words.clone()),
        }
    };
    problem.deals().iter().enumerate().map(one).collect()
}

fn violations(plan: &VerifiedPlan) -> Vec<ViolationAnswer> {
    let label = |lot: usize| plan.plan().lots()[lot].to_string();
    let one = |v: &crate::verify::Violation| ViolationAnswer {
        rule: v.rule.into(),
        lot_id: v.lot.map(label),
        message: v.message.clone(),
    };
    plan.violations().iter().map(one).collect()
}

fn volume_of(problem: &Problem, areas: &[usize]) -> Volume {
    areas
        .iter()
        .flat_map(|&area| problem.seats_of_area(area))
        .map(|&seat| problem.seats()[seat].volume)
        .sum()
}

fn fraction(part: Volume, whole: Volume) -> f64 {
    part.0 as f64 / whole.0.max(1) as f64
}

fn codes(problem: &Problem, areas: &[usize]) -> Vec<String> {
    areas
        .iter()
        .map(|&area| problem.areas()[area].code.to_string())
        .collect()
}

/// The floors themselves, before a fall raises what a lot must be worth.
fn floors_in_words(v: &Viability, heads: &str) -> Vec<String> {
    let people = v.floor_participants;
    let people = people.map(|floor| format!("{} {heads}", thousands(floor)));
    v.floor_gbp.map(money).into_iter().chain(people).collect()
}

/// What is asked of every plan, in words; those that begin with `at least` or `at most` are asked of every lot.
fn rules_in_words(problem: &Problem) -> Vec<String> {
    let rules = problem.rules();
    let (v, heads) = (rules.viability, problem.counted_heads());
    let mut words = Vec::new();
    words.extend(problem.least_value().map(|least| format!("at least {}", money(least))));
    words.extend(
        problem
            .least_participants()
            .map(|least| format!("at least {} {heads}", thousands(least))),
    );
    if let Some(fall) = v.survive {
        words.push(format!("the floor is {}", floors_in_words(&v, heads).join(" and ")));
        words.extend((fall.0 > 0).then(|| {
            let fall = percent(fall.fraction());
            format!("every lot reaches its floor after a fall of {fall} in volume")
        }));
    }
    words.extend(v.assurance.map(|asked| {
        let chance = percent(asked.chance.fraction());
        format!("every lot reaches its floor with a chance of {chance} or more")
    }));
    words.extend(v.cap_gbp.map(|cap| format!("at most {}", money(cap))));
    words.extend(
        v.cap_participants
            .map(|cap| format!("at most {} {heads}", thousands(cap))),
    );
    words.push(match rules.count {
        LotCount::Max => "as many lots as possible".to_string(),
        LotCount::Exactly(lots) => format!("{lots} lots"),
        LotCount::OfPlan(_, lots) => format!("no lot is added to the {lots} of the plan"),
        LotCount::Range(low, high) => format!("as many lots as possible from {low} to {high}"),
    });
    if rules.contiguous {
        words.push("every lot is in one piece, named links counted".to_string());
    }
    let double = problem.units().iter().filter(|unit| !unit.homes.is_empty()).count();
    if double > 0 {
        let areas = counted(double, "area of several groups goes", "areas of several groups go");
        words.push(format!("{areas} with one of them each"));
    }
    words.extend(
        rules
            .keep_whole
            .iter()
            .map(|group| format!("{} is kept whole", group.name)),
    );
    words.extend(
        rules
            .never_together
            .iter()
            .map(|(a, b)| format!("{} and {} are never in one lot", a.name, b.name)),
    );
    if !rules.locks.is_empty() {
        words.push(format!("{} areas are locked to their lots", rules.locks.len()));
    }
    words.extend(problem.goals().iter().enumerate().map(|(k, goal)| {
        let what = match goal {
            Goal::DealSplits => "volume of deal areas outside the lot that holds most of their deal",
            Goal::Travel => "volume-weighted distance to the hub of each lot",
            Goal::Border => "length of the borders between lots",
            Goal::Imbalance => "volume by which lots stand above or below the mean",
        };
        format!("goal {}: least {what}", k + 1)
    }));
    words
}
