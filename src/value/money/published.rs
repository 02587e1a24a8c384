//! A Published figure stands beside the sum that gives it, and beside what its rounding hides.
//!
//! All are of Learning and Work Institute, disability employment policy report, 2016. Their numbers of people agree with the figures beside them only when
//! they are taken to be rounded to 5,000: 95,000 and 85,000 are no multiples of 10,000, and 93,750 and 83,333 would be other figures to the nearest 1,000.
//! Unit costs are in whole hundreds of pounds, and the same author's slides of January 2017 give £1,281 for one of them, so they are rounded too.

use super::sums::{employment_gap, invest_to_save, participants};

/// How a published figure was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given {
    /// As the nearest multiple of this, a half upwards.
    Nearest(f64),
    /// As what the sum is less than.
    Below,
}

/// A figure as published, the sum worked out exactly from the figures beside it, and what the roundings allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Which sum.
    pub name: &'static str,
    /// The figures that go into it, in words.
    pub figures: &'static str,
    /// Unit of the figure.
    pub unit: &'static str,
    /// The figure as published.
    pub published: f64,
    /// How it was given.
    pub given: Given,
    /// The sum from the figures as they stand.
    pub exact: f64,
    /// The least and the most that the sum can be, where a figure that goes into it is itself rounded.
    pub range: (f64, f64),
    /// The unit costs of which the published figure is the rounded one; `None` where there is no unit cost.
    pub unit_costs: Option<(f64, f64)>,
}

impl Published {
    /// Whether the sum from the figures as they stand, rounded, is the published figure.
    pub fn comes_out(&self) -> bool {
        match self.given {
            Given::Nearest(step) => rounded(self.exact, step) == self.published,
            Given::Below => self.exact < self.published,
        }
    }

    /// Whether figures that round to those as they stand give a sum that rounds to the published figure.
    pub fn agrees(&self) -> bool {
        let within = |half: f64| self.range.0 < self.published + half && self.range.1 >= self.published - half;
        self.comes_out() || matches!(self.given, Given::Nearest(step) if within(step / 2.0))
    }
}

/// The nearest multiple of `to`, a half upwards.
pub fn rounded(figure: f64, to: f64) -> f64 {
    (figure / to + 0.5).floor() * to
}

/// People are rounded to so many.
const PEOPLE: f64 = 5_000.0;
/// Unit costs are rounded to so many pounds.
const COST: f64 = 100.0;
/// The budget of the Work and Health Programme that the report reckons with, in pounds.
const BUDGET: f64 = 450e6;

/// Every published figure that one of the wider sums gives.
pub fn published() -> Vec<Published> {
    let save = invest_to_save(9_000.0, 0.2, 0.5);
    let (people, part) = employment_gap(250_000.0, 1.0 / 3.0, 1.1e6);
    vec![
        served(
            "participants_at_4800",
            "£450m at the £4,800 of Work Choice",
            4_800.0,
            95_000.0,
        ),
        served(
            "participants_at_1200",
            "£450m at the £1,200 of the Work Programme",
            1_200.0,
            370_000.0,
        ),
        plain(
            "invest_to_save",
            "£9,000 a year saved, 20 % into work, half additional",
            ("pounds a participant", 900.0, Given::Nearest(1.0)),
            save,
        ),
        plain(
            "into_work",
            "250,000 participants, a third into work",
            ("people", 85_000.0, Given::Nearest(PEOPLE)),
            people,
        ),
        plain(
            "employment_gap",
            "the same as a part of the 1.1 million who would halve the gap",
            ("part of 1.1 million", 0.1, Given::Below),
            part,
        ),
    ]
}

/// Participants by unit cost, which is rounded as well as they are.
fn served(name: &'static str, figures: &'static str, unit_cost: f64, published: f64) -> Published {
    let at = |cost: f64| participants(BUDGET, cost);
    let (half_cost, half) = (COST / 2.0, PEOPLE / 2.0);
    Published {
        name,
        figures,
        unit: "people",
        published,
        given: Given::Nearest(PEOPLE),
        exact: at(unit_cost),
        range: (at(unit_cost + half_cost), at(unit_cost - half_cost)),
        unit_costs: Some((BUDGET / (published + half), BUDGET / (published - half))),
    }
}

fn plain(
    name: &'static str,
    figures: &'static str,
    (unit, published, given): (&'static str, f64, Given),
    exact: f64,
) -> Published {
    Published {
        name,
        figures,
        unit,
        published,
        given,
        exact,
        range: (exact, exact),
        unit_costs: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Published {
        published().into_iter().find(|it| it.name == name).unwrap()
    }

    #[test]
    fn every_published_figure_agrees_with_its_sum() {
        for it in published() {
            assert!(it.agrees(), "{it:?}");
        }
    }

    #[test]
    fn at_4800_pounds_450_million_serve_95000() {
        let it = of("participants_at_4800");
        assert_eq!((it.exact, rounded(it.exact, PEOPLE)), (93_750.0, 95_000.0));
        assert!(it.comes_out());
        // Every unit cost that rounds to £4,800 gives 95,000, so nothing rests on which it was.
        assert_eq!([it.range.0, it.range.1].map(|sum| rounded(sum, PEOPLE)), [95_000.0; 2]);
    }

    #[test]
    fn at_1200_pounds_450_million_serve_370000_where_1200_is_rounded() {
        let it = of("participants_at_1200");
        // £1,200 to the penny would give 375,000, and that is said.
        assert!(it.exact == 375_000.0 && !it.comes_out() && it.agrees());
        let (low, high) = it.unit_costs.unwrap();
        assert_eq!([low, high].map(f64::round), [1_208.0, 1_224.0]);
        for cost in [low + 0.01, high - 0.01] {
            assert_eq!(rounded(cost, COST), 1_200.0);
            assert_eq!(rounded(participants(BUDGET, cost), PEOPLE), 370_000.0);
        }
    }

    #[test]
    fn nine_thousand_a_year_a_fifth_and_a_half_give_900_a_participant() {
        let it = of("invest_to_save");
        assert_eq!((it.exact, it.published), (900.0, 900.0));
    }

    #[test]
    fn a_third_of_250000_is_85000_and_less_than_a_tenth_of_the_gap() {
        let it = of("into_work");
        assert!((it.exact - 250_000.0 / 3.0).abs() < 1e-6 && it.comes_out());
        assert_eq!(rounded(it.exact, PEOPLE), 85_000.0);
        let gap = of("employment_gap");
        assert!(gap.comes_out() && gap.given == Given::Below && gap.published == 0.1);
        assert!((gap.exact - it.exact / 1.1e6).abs() < 1e-12 && 85_000.0 / 1.1e6 < 0.1);
    }

    #[test]
    fn no_other_step_of_rounding_gives_all_the_published_numbers_of_people() {
        let people = [("participants_at_4800", 95_000.0), ("into_work", 85_000.0)];
        for step in [1.0, 10.0, 100.0, 500.0, 1_000.0, 2_500.0, 10_000.0, 25_000.0] {
            assert!(
                people
                    .iter()
                    .any(|(name, published)| rounded(of(name).exact, step) != *published),
                "{step}"
            );
        }
    }

    #[test]
    fn a_figure_that_no_rounding_explains_does_not_agree() {
        let mut it = of("participants_at_1200");
        it.published = 350_000.0;
        assert!(!it.agrees());
        let mut it = of("into_work");
        it.published = 90_000.0;
        assert!(!it.agrees());
        let mut it = of("employment_gap");
        it.published = 0.07;
        assert!(!it.agrees());
    }
}
