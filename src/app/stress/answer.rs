//! Puts the answer together: what each lot withstands, the order in which lots fail, and the plan as a whole.

use super::random::{chance, random_answer};
use super::together::{grid, sensitivities, tornado};
use super::{StressRequest, Stressed, Trial};
use crate::app::finance::answer::{break_even_word, digits, parameter, pounds};
use crate::app::finance::{Funded, told};
use crate::app::{Case, Judged};
use crate::domain::risk::chance_of;
use crate::report::finance::rate;
use crate::report::stress::{FailAnswer, ShockAnswer, Stress, StressLot};
use crate::report::{Answer, LotAnswer, words};
use crate::value::money::{BreakEven, Chance, Errors, LotSurvival, Shock, Survival, break_even, draw};

/// The schema of stress.
const SCHEMA: &str = "lotwright/stress/1";

/// The answer about what an evaluated plan withstands.
pub(super) fn stress(
    case: &Case,
    judged: &Judged,
    funded: &Funded,
    stressed: &Stressed,
    asked: &StressRequest,
    trial: &Trial<'_>,
) -> Stress {
    let Answer {
        mut scenario,
        status,
        lots,
        violations,
        unassigned,
        mut findings,
        version,
        ..
    } = case.answer_of_plan(judged, &judged.plan, 0.0);
    let search = case.problem.search();
    let survival = trial.draw(asked.draws, search.seed, search.threads);
    let lots: Vec<StressLot> = (0..lots.len()).map(|k| trial.lot(k, &lots[k], &survival)).collect();
    scenario.inputs.push(funded.input.clone());
    scenario.inputs.extend(stressed.input.clone());
    findings.extend(told(&funded.findings));
    findings.extend(told(&case.region_findings()));
    Stress {
        schema: SCHEMA.into(),
        scenario,
        plan: judged.input.file.clone(),
        status,
        model: funded.model.name.clone(),
        model_title: funded.model.title.clone(),
        preset: asked.preset.map(|preset| preset.word().into()),
        expected: shock_answer(&trial.expected),
        expected_words: expected_words(&trial.expected),
        floor: trial.floor.clone(),
        order: order(&lots),
        lots,
        random: random_answer(case, trial.stress, &survival),
        tornado: tornado(trial),
        grid: grid(trial),
        parameters: stressed.stress.parameters.iter().map(parameter).collect(),
        violations,
        unassigned,
        findings,
        version,
    }
}

impl Trial<'_> {
    fn draw(&self, draws: u64, seed: u64, threads: usize) -> Survival {
        let errors = Errors {
            volume: self.stress.risk,
            performance_sd: self.stress.performance_sd,
            provider_sd: self.stress.provider_sd,
            correlation: self.stress.correlation,
        };
        draw(
            &self.course,
            &self.exposure,
            &errors,
            &self.expected,
            draws,
            seed,
            threads,
        )
    }

    fn lot(&self, k: usize, lot: &LotAnswer, survival: &Survival) -> StressLot {
        let exposed = &self.exposure.lots[k];
        // Falls are counted from the volume contracted, whatever volume is expected.
        let contracted = Shock {
            volume: 1.0,
            ..self.expected
        };
        let even = break_even(&self.course, &exposed.order, &contracted);
        let floor = exposed.floor.map(|floor| 1.0 - floor);
        let ledger = self.course.ledger(&exposed.order, &self.expected);
        let volume_sd = exposed.volume_sd(&self.stress.risk, &self.exposure.region_of_area);
        let closed_form = |floor: f64| {
            let expected = self.expected.volume;
            if expected > 0.0 {
                chance_of(floor / expected, volume_sd)
            } else {
                f64::from(u8::from(floor <= 0.0))
            }
        };
        let (fails_at, fails_by) = failing(floor, even);
        let told: LotSurvival = survival.lots[k];
        let of = |count: u64| chance(Chance::of(count, survival.draws));
        StressLot {
            lot_id: lot.lot_id.clone(),
            name: lot.name.clone(),
            contract_value_gbp: lot.contract_value_gbp,
            participants: lot.participants,
            volume_sd: digits(volume_sd),
            floor_volume_fall: floor
                .filter(|_| exposed.reaches_floor(1.0))
                .map(|fall| digits(fall.max(0.0))),
            floor: floor_word(floor, exposed.reaches_floor(1.0)).into(),
            break_even_volume_fall: even.fall().map(digits),
            break_even: break_even_word(even).into(),
            fails_at: fails_at.map(digits),
            fails_by: fails_by.into(),
            margin: digits(ledger.margin()),
            surplus_gbp: pounds(ledger.surplus()),
            viable: ledger.surplus() >= 0.0 && exposed.reaches_floor(self.expected.volume),
            chance_floor: of(told.floor),
            chance_floor_closed_form: exposed.floor.map(|floor| digits(closed_form(floor))),
            chance_margin: of(told.margin),
            chance_viable: of(told.both),
            sensitivities: sensitivities(self, exposed),
        }
    }
}

fn floor_word(floor: Option<f64>, reached: bool) -> &'static str {
    match floor {
        None => "none",
        Some(_) if reached => "falls",
        Some(_) => "below",
    }
}

/// The first fall at which a lot fails, and by what; `floor` is the fall to the floor, negative where the lot is below it.
fn failing(floor: Option<f64>, even: BreakEven) -> (Option<f64>, &'static str) {
    let floor = floor.map(|fall| fall.max(0.0));
    let margin = match even {
        BreakEven::Fall(fall) => Some(fall),
        BreakEven::Loses => Some(0.0),
        BreakEven::Never => None,
    };
    match (floor, margin) {
        (None, None) => (None, "nothing"),
        (Some(floor), Some(margin)) if floor == margin => (Some(floor), "both"),
        (Some(floor), margin) if margin.is_none_or(|margin| floor < margin) => (Some(floor), "floor"),
        (_, margin) => (margin, "margin"),
    }
}

/// Lots by the fall at which they fail; equal falls keep the order of the plan.
fn order(lots: &[StressLot]) -> Vec<FailAnswer> {
    let failing = lots.iter().filter_map(|lot| {
        lot.fails_at.map(|fall| FailAnswer {
            lot_id: lot.lot_id.clone(),
            fall,
            by: lot.fails_by.clone(),
        })
    });
    let mut order: Vec<FailAnswer> = failing.collect();
    order.sort_by(|a, b| a.fall.total_cmp(&b.fall));
    order
}

fn shock_answer(shock: &Shock) -> ShockAnswer {
    ShockAnswer {
        volume: shock.volume,
        performance: shock.performance,
        cost: shock.cost,
        delay_months: shock.delay_months,
    }
}

fn expected_words(shock: &Shock) -> String {
    let mut said = Vec::new();
    if shock.volume != 1.0 {
        said.push(format!("{} of the volume contracted", rate(shock.volume)));
    }
    if shock.performance != 1.0 {
        said.push(format!("{} of the outcome rates planned", rate(shock.performance)));
    }
    if said.is_empty() {
        return "Everything is expected to come in as planned.".into();
    }
    format!("Expected are {}.", words::list(&said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_fails_by_what_comes_first() {
        assert_eq!(failing(Some(0.2), BreakEven::Fall(0.3)), (Some(0.2), "floor"));
        assert_eq!(failing(Some(0.2), BreakEven::Fall(0.1)), (Some(0.1), "margin"));
        assert_eq!(failing(Some(0.2), BreakEven::Never), (Some(0.2), "floor"));
        assert_eq!(failing(Some(-0.2), BreakEven::Loses), (Some(0.0), "both"));
        assert_eq!(failing(None, BreakEven::Fall(0.1)), (Some(0.1), "margin"));
        assert_eq!(failing(None, BreakEven::Never), (None, "nothing"));
    }
}
