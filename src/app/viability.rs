//! The viability of a case: a floor that follows from the funding model, and what is asked of every lot, in figures and words.

use std::path::Path;

use super::finance::{binding_word, funded, no_size_words, terms};
use super::load::{Case, LoadError};
use crate::domain::words::{money, percent};
use crate::domain::{Finding, Findings, Funding, FundingModel, Millionths, Pence, Problem, Scenario};
use crate::report::{ChanceAnswer, DerivedFloorAnswer, InputAnswer, ViabilityAnswer};
use crate::value::money::{Binding, Course, Derived, NoSize, Shock, Terms, derive_floor};

/// A floor that a funding model gives.
pub(super) struct DerivedFloor {
    /// Name of the model.
    model: String,
    /// The least lot as contracted.
    contracted: Derived,
    /// The least lot that a fall in volume leaves without a loss; `None` where none is asked.
    after_fall: Option<Derived>,
    /// The floor.
    floor: Pence,
    /// The file of the model.
    pub input: InputAnswer,
    /// Notes on how the model was chosen.
    pub findings: Findings,
}

impl DerivedFloor {
    /// The floor of a scenario that asks for one; `folder` is that of the scenario.
    ///
    /// # Errors
    /// Every fault of the model's file; that no size of lot is worth having (`F301`).
    pub fn of(scenario: &Scenario, funding: &Funding, folder: &Path) -> Result<Option<Self>, LoadError> {
        if !scenario.viability.derived {
            return Ok(None);
        }
        let funded = funded(scenario.funding_model.as_deref().map(|name| (name, folder)), &[])?;
        let fall = scenario.viability.survive.filter(|fall| fall.0 > 0);
        let (contracted, after_fall) = least_lots(funding, &funded.model, fall).map_err(|none| {
            let help = "look at the figures of the model that are assumed, ask for less, or give viability.floor_gbp";
            Finding::error("F301", scenario.place("viability.floor"), no_size_words(&none), help)
        })?;
        Ok(Some(Self {
            model: funded.model.name,
            floor: floor(&contracted, after_fall.as_ref(), fall.unwrap_or_default()),
            contracted,
            after_fall,
            input: funded.input,
            findings: funded.findings,
        }))
    }

    /// The problem with this floor.
    pub fn apply(&self, problem: Problem) -> Problem {
        let mut parts = problem.into_parts();
        parts.rules.viability.floor_gbp = Some(self.floor);
        Problem::new(parts)
    }

    /// Whether the lot after a fall asks for more than the lot as contracted.
    fn fall_binds(&self) -> bool {
        self.floor > Pence::pounds(self.contracted.contract_value_gbp)
    }

    fn answer(&self) -> DerivedFloorAnswer {
        DerivedFloorAnswer {
            model: self.model.clone(),
            because: if self.fall_binds() {
                "fall".into()
            } else {
                binding_word(self.contracted.because).into()
            },
            contracted_gbp: self.contracted.contract_value_gbp,
            after_fall_gbp: self.after_fall.map(|lot| lot.contract_value_gbp),
            words: self.words(),
        }
    }

    fn words(&self) -> String {
        let pounds = |lot: &Derived| money(Pence::pounds(lot.contract_value_gbp));
        let why = match self.contracted.because {
            _ if self.fall_binds() => format!(
                "as contracted {} would do, but it is what the fall must leave",
                pounds(&self.contracted)
            ),
            Binding::Margin => "as contracted, the margin of a smaller lot is too small".into(),
            Binding::Trough => "as contracted, the cash of a smaller lot falls too deep".into(),
            Binding::Nothing => "as contracted, a lot of any size is worth having".into(),
        };
        let after = self.after_fall.as_ref().map_or_else(String::new, |lot| {
            format!("; a lot of {} or more bears the fall without a loss", pounds(lot))
        });
        format!(
            "The floor of {} is derived from the funding model {}: {why}{after}.",
            money(self.floor),
            self.model
        )
    }
}

/// The least lot that meets the terms of the model as contracted, and the least that a fall in volume leaves without a loss and with a bearable trough.
fn least_lots(
    funding: &Funding,
    model: &FundingModel,
    fall: Option<Millionths>,
) -> Result<(Derived, Option<Derived>), NoSize> {
    let course = Course::new(model, funding.referral_years * 12.0);
    let unit_cost = funding.envelope.as_pounds() / funding.participants as f64;
    let asked = terms(model);
    let contracted = derive_floor(&course, unit_cost, &asked, &Shock::default())?;
    let no_loss = Terms { margin: 0.0, ..asked };
    let after = fall.map(|fall| derive_floor(&course, unit_cost, &no_loss, &Shock::of_volume(1.0 - fall.fraction())));
    Ok((contracted, after.transpose()?))
}

/// The floor that a lot must reach after the fall: the least lot as contracted, or what the fall leaves of the least lot that bears it, rounded up to the penny.
fn floor(contracted: &Derived, after_fall: Option<&Derived>, fall: Millionths) -> Pence {
    let one = Millionths::ONE.0;
    let left = |lot: &Derived| {
        let value = i128::from(Pence::pounds(lot.contract_value_gbp).0) * i128::from(one - fall.0);
        let up = (value + i128::from(one) - 1).div_euclid(i128::from(one));
        Pence(i64::try_from(up).unwrap_or(i64::MAX))
    };
    let contracted = Pence::pounds(contracted.contract_value_gbp);
    after_fall.map_or(contracted, |lot| contracted.max(left(lot)))
}

impl Case {
    /// What is asked of every lot beyond a plain floor or cap: a derived floor, a fall that it survives, a chance; `None` where nothing is.
    pub(super) fn viability(&self) -> Option<ViabilityAnswer> {
        let v = &self.problem.rules().viability;
        let fall = v.survive.filter(|fall| fall.0 > 0);
        let derived = self.floor.as_ref().map(DerivedFloor::answer);
        (derived.is_some() || v.survive.is_some() || v.assurance.is_some()).then(|| ViabilityAnswer {
            floor_gbp: v.floor_gbp.map(Pence::as_pounds),
            floor_participants: v.floor_participants,
            because: derived.as_ref().map(|floor| floor.because.clone()),
            model: derived.as_ref().map(|floor| floor.model.clone()),
            derived,
            survive: v.survive.map(Millionths::fraction),
            least_lot_gbp: self.problem.least_value().map(Pence::as_pounds),
            chance: v.assurance.map(|asked| ChanceAnswer {
                chance: asked.chance.fraction(),
                z: asked.z.fraction(),
                national_sd: asked.national_sd.fraction(),
                regional_sd: asked.regional_sd.fraction(),
                local_sd: asked.local_sd.fraction(),
            }),
            words: self.viability_words(fall),
        })
    }

    fn viability_words(&self, fall: Option<Millionths>) -> Vec<String> {
        let mut words: Vec<String> = self.floor.iter().map(DerivedFloor::words).collect();
        words.extend(fall.map(|fall| {
            let least = self
                .problem
                .least_value()
                .map_or_else(String::new, |least| format!(": it is worth {} or more", money(least)));
            format!(
                "Every lot still reaches its floor after a fall of {} in volume{least}.",
                percent(fall.fraction())
            )
        }));
        words.extend(self.problem.rules().viability.assurance.map(|asked| {
            let [nation, region, area] = [asked.national_sd, asked.regional_sd, asked.local_sd].map(|sd| percent(sd.fraction()));
            format!(
                "Every lot reaches its floor with a chance of {} or more, where volumes err by {nation} (nation), {region} (region) and {area} (area), one standard deviation each.",
                percent(asked.chance.fraction())
            )
        }));
        words
    }
}
