//! What random draws say of the plan, in the shape of the answer.

use crate::app::Case;
use crate::app::finance::answer::digits;
use crate::domain::StressModel;
use crate::report::finance::rate;
use crate::report::stress::{ChanceAnswer, RandomAnswer};
use crate::report::words;
use crate::value::money::{Chance, Survival};

/// What random draws say of the plan.
pub(super) fn random_answer(case: &Case, stress: &StressModel, survival: &Survival) -> RandomAnswer {
    let (mean, error) = survival.expected();
    let regions = case.regions.names.len();
    RandomAnswer {
        draws: survival.draws,
        seed: case.problem.search().seed,
        regions,
        areas_without_region: case.regions.without(),
        correlation_within_region: digits(stress.risk.correlation(true)),
        correlation_between_regions: digits(stress.risk.correlation(false)),
        all_viable: chance(survival.all()),
        viable_lots: digits(mean),
        viable_lots_error: digits(error),
        viable_lots_p10: survival.quantile(0.1),
        viable_lots_p50: survival.quantile(0.5),
        draws_by_viable_lots: survival.survivors.clone(),
        words: drawn_words(stress, survival.draws, regions),
    }
}

/// A chance with its interval.
pub(super) fn chance(chance: Chance) -> ChanceAnswer {
    ChanceAnswer {
        part: digits(chance.part),
        low: digits(chance.low),
        high: digits(chance.high),
    }
}

fn drawn_words(stress: &StressModel, draws: u64, regions: usize) -> String {
    let risk = &stress.risk;
    let regional = match regions {
        0 => String::new(),
        some => format!(
            ", that of {} by {}",
            words::counted(some as f64, "region", "regions"),
            rate(risk.regional_sd)
        ),
    };
    format!(
        "{} draws: the volume of the nation errs by {} (standard deviation){regional}, that of an area by {}; outcome rates of all lots by {}, of a lot by {} more. Volumes of two areas of one region are correlated by {:.2}, of two regions by {:.2}; national volume and outcomes by {}.",
        words::number(draws as f64),
        rate(risk.national_sd),
        rate(risk.local_sd),
        rate(stress.performance_sd),
        rate(stress.provider_sd),
        risk.correlation(true),
        risk.correlation(false),
        format!("{:.2}", stress.correlation).replace('-', "−")
    )
}
