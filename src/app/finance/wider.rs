//! The wider sums of the reports, as they come out for a plan.

use super::answer::{digits, pounds};
use crate::domain::{FundingModel, Wider};
use crate::report::finance::{FinanceLot, PublishedAnswer, SumAnswer, rate};
use crate::report::words::{money, number, percent};
use crate::value::money::sums::{employment_gap, invest_to_save, participants};
use crate::value::money::{Course, Given, Order, Published, published};

/// Every sum that the model gives figures for.
pub(super) fn sums(model: &FundingModel, course: &Course, whole: &Order, lots: &[FinanceLot]) -> Vec<SumAnswer> {
    let mut sums = Vec::new();
    if let Some(wider) = &model.wider {
        sums.push(unit_costs(wider, whole));
        sums.push(invest(wider, course, whole));
        sums.extend(esf(wider, lots));
        sums.push(gap(wider, model, whole));
    }
    sums.extend(primes(lots));
    sums
}

fn sum(name: &str, value: f64, unit: &str, words: String) -> SumAnswer {
    SumAnswer {
        name: name.into(),
        value,
        unit: unit.into(),
        words,
    }
}

fn unit_costs(wider: &Wider, whole: &Order) -> SumAnswer {
    let served = |cost: f64| participants(whole.contract_value_gbp, cost);
    let here = whole.contract_value_gbp / whole.participants;
    let words = format!(
        "Participants: {} serve {} people at {} each, {} at {}, and {} at the {} of this scenario.",
        money(whole.contract_value_gbp),
        number(served(wider.specialist_unit_cost_gbp)),
        money(wider.specialist_unit_cost_gbp),
        number(served(wider.mass_unit_cost_gbp)),
        money(wider.mass_unit_cost_gbp),
        number(whole.participants),
        money(here.round())
    );
    let value = served(wider.specialist_unit_cost_gbp).round();
    sum("participants", value, "people at the specialist unit cost", words)
}

fn invest(wider: &Wider, course: &Course, whole: &Order) -> SumAnswer {
    let rate_of_outcomes = course.outcomes.iter().sum();
    let saved = invest_to_save(wider.benefit_saving_gbp, rate_of_outcomes, wider.additionality);
    let cost = whole.contract_value_gbp / whole.participants;
    let words = format!(
        "Invest to save: {} saved by each of the {} who find work, {} of them additional, pay for {} a participant, {} of the unit cost of {}.",
        money(wider.benefit_saving_gbp),
        percent(rate_of_outcomes),
        percent(wider.additionality),
        money(saved.round()),
        percent(saved / cost),
        money(cost.round())
    );
    sum("invest_to_save", pounds(saved), "pounds a participant", words)
}

fn esf(wider: &Wider, lots: &[FinanceLot]) -> Option<SumAnswer> {
    let each = lots.iter().filter_map(|lot| lot.esf_gbp);
    let (low, high) = each.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), esf| {
        (low.min(esf), high.max(esf))
    });
    let words = format!(
        "European Social Fund: the {} still open for matching, shared out as the envelope is, put {} to {} beside a lot.",
        money(wider.esf_available_gbp),
        money(low),
        money(high)
    );
    (!lots.is_empty()).then(|| sum("esf", wider.esf_available_gbp, "pounds", words))
}

fn gap(wider: &Wider, model: &FundingModel, whole: &Order) -> SumAnswer {
    let groups = &model.provider.groups;
    let into_work: f64 = groups.iter().map(|group| group.share * group.outcome_rate).sum();
    let disabled = whole.participants * wider.disabled_share;
    let (people, part) = employment_gap(disabled, into_work, wider.gap_people);
    let words = format!(
        "Disability employment gap: {} disabled participants, {} of whom find work, are {} people, {} of the {} who would halve it.",
        number(disabled),
        percent(into_work),
        number(people),
        percent(part),
        number(wider.gap_people)
    );
    sum("employment_gap", people.round(), "people", words)
}

/// What two or three primes in each lot would mean.
fn primes(lots: &[FinanceLot]) -> Option<SumAnswer> {
    let of = |primes: usize| {
        let all = lots
            .iter()
            .filter_map(move |lot| lot.primes.iter().find(|it| it.primes == primes));
        all.collect::<Vec<_>>()
    };
    let extra = |primes: usize| of(primes).iter().map(|it| it.extra_cost_gbp).sum::<f64>();
    let losing = |primes: usize| of(primes).iter().filter(|it| it.margin < 0.0).count() as f64;
    let mean = |primes: usize| of(primes).iter().map(|it| it.margin).sum::<f64>() / lots.len() as f64;
    let words = format!(
        "Primes: a second one in every lot costs {} more and takes the mean margin from {} to {} ({} of {} lots below zero); a third {} and {} ({}).",
        money(extra(2)),
        rate(mean(1)),
        rate(mean(2)),
        number(losing(2)),
        number(lots.len() as f64),
        money(extra(3)),
        rate(mean(3)),
        number(losing(3))
    );
    (!lots.is_empty()).then(|| {
        sum(
            "primes",
            pounds(extra(2)),
            "pounds for a second prime in every lot",
            words,
        )
    })
}

/// Every published figure beside its sum, with the reason where the two differ.
pub(super) fn published_figures() -> Vec<PublishedAnswer> {
    let one = |it: &Published| PublishedAnswer {
        name: it.name.into(),
        figures: it.figures.into(),
        unit: it.unit.into(),
        published: it.published,
        given: match it.given {
            Given::Nearest(_) => "nearest".into(),
            Given::Below => "below".into(),
        },
        rounded_to: match it.given {
            Given::Nearest(step) => Some(step),
            Given::Below => None,
        },
        exact: digits(it.exact),
        low: digits(it.range.0),
        high: digits(it.range.1),
        agrees: it.agrees(),
        reason: reason(it),
    };
    published().iter().map(one).collect()
}

fn reason(it: &Published) -> String {
    let costs = it
        .unit_costs
        .map(|(low, high)| (money(low.ceil()), money(high.floor())));
    match (it.given, costs) {
        _ if !it.agrees() => "no rounding explains the difference".into(),
        (Given::Below, _) => format!("{} is less", percent(it.exact)),
        (Given::Nearest(_), _) if it.exact == it.published => "the same".into(),
        (Given::Nearest(step), None) => format!("{}, to the nearest {}", number(it.exact), number(step)),
        (Given::Nearest(step), Some((low, high))) if it.comes_out() => format!(
            "{}, to the nearest {}; unit costs from {low} to {high} give it",
            number(it.exact),
            number(step)
        ),
        (Given::Nearest(step), Some((low, high))) => format!(
            "{} to the penny; the unit cost is rounded to £100, and those from {low} to {high} give it to the nearest {}",
            number(it.exact),
            number(step)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_published_figure_says_how_it_comes_out() {
        let told = published_figures();
        assert!(told.iter().all(|it| it.agrees));
        let reasons: Vec<&str> = told.iter().map(|it| it.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "93,750, to the nearest 5,000; unit costs from £4,616 to £4,864 give it",
                "375,000 to the penny; the unit cost is rounded to £100, and those from £1,209 to £1,224 give it to the nearest 5,000",
                "the same",
                "83,333, to the nearest 5,000",
                "7.6 % is less",
            ]
        );
    }
}
