//! The wider sums of the reports, each with its source. All are sums on the back of an envelope: plain products, no more exact than their figures.

use super::{Course, Order, Shock};

/// People whom an amount of money serves: amount ÷ unit cost.
///
/// Learning and Work Institute, disability employment policy report, 2016: £450m serve about 95,000 people at the £4,800 of Work Choice and about 370,000
/// at the £1,200 of the Work Programme; [`super::published()`] holds what is published against the sum.
pub fn participants(amount_gbp: f64, unit_cost_gbp: f64) -> f64 {
    amount_gbp / unit_cost_gbp
}

/// Pounds a participant that benefit savings pay for: saving of a year × part that finds work × part of them that would not have found it otherwise.
///
/// Same report, after Freud 2007: £9,000 a year, 20 % and a half give £900 a participant.
pub fn invest_to_save(saving_gbp: f64, into_work: f64, additionality: f64) -> f64 {
    saving_gbp * into_work * additionality
}

/// Money beside the envelope for a lot, where an amount is shared out as the envelope is: amount × share of the lot.
///
/// Same report: of £800m of the European Social Fund allocated to employment support £400m were open for matching. How it is allocated to each LEP is not
/// among the figures at hand, so the share of a lot stands in for it.
pub fn beside_the_envelope(amount_gbp: f64, share: f64) -> f64 {
    amount_gbp * share
}

/// People who find work, and their part of those who would have to for the disability employment gap to be halved.
///
/// Same report: 250,000 participants of whom a third find work are about 85,000 (83,333, rounded to 5,000), less than a tenth of 1.1 million.
pub fn employment_gap(participants: f64, into_work: f64, gap_people: f64) -> (f64, f64) {
    let people = participants * into_work;
    (people, people / gap_people)
}

/// Pounds that a person must have earned for an outcome: hours a week × pounds an hour × weeks.
///
/// DWP, Work and Health Programme provider guidance, chapter 13: 16 hours a week for 182 days at the adult National Living Wage, £7.50 from April 2017, are
/// £3,120.
pub fn outcome_earnings(hours_a_week: f64, wage_gbp_an_hour: f64, days: f64) -> f64 {
    hours_a_week * wage_gbp_an_hour * days / 7.0
}

/// What one of several primes in a lot has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimeShare {
    /// Primes in the lot.
    pub primes: usize,
    /// Contract value of each, in pounds.
    pub contract_value_gbp: f64,
    /// Margin of each.
    pub margin: f64,
    /// Lowest cash of each, in pounds.
    pub cash_low_gbp: f64,
    /// What the lot costs beyond one prime, in pounds: the others' set-up and fixed costs, and interest.
    pub extra_cost_gbp: f64,
}

/// A lot let to one prime, or to several that share it equally: each has fixed costs and a set-up of its own.
///
/// Learning and Work Institute, 2016, sets a single provider in a lot against two or three as the Work Programme had them.
pub fn primes(course: &Course, order: &Order, most: usize) -> Vec<PrimeShare> {
    let part = |primes: usize| Order {
        contract_value_gbp: order.contract_value_gbp / primes as f64,
        participants: order.participants / primes as f64,
    };
    let cost = |ledger: &super::Ledger, primes: usize| (ledger.cost() + ledger.interest()) * primes as f64;
    let alone = cost(&course.ledger(order, &Shock::default()), 1);
    (1..=most)
        .map(|primes| {
            let each = part(primes);
            let ledger = course.ledger(&each, &Shock::default());
            PrimeShare {
                primes,
                contract_value_gbp: each.contract_value_gbp,
                margin: ledger.margin(),
                cash_low_gbp: ledger.lowest(),
                extra_cost_gbp: cost(&ledger, primes) - alone,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_beside_the_envelope_adds_up_over_all_lots() {
        let shares = [0.2, 0.3, 0.5];
        let sum: f64 = shares.map(|share| beside_the_envelope(400e6, share)).iter().sum();
        assert_eq!(sum, 400e6);
    }

    #[test]
    fn an_outcome_is_3120_pounds_earned() {
        assert_eq!(outcome_earnings(16.0, 7.5, 182.0), 3120.0);
    }
}
