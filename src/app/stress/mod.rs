//! Puts the lots of a plan under stress: shocks one at a time, together and at random.

mod answer;
mod deviations;
mod random;
mod together;

use std::path::Path;

use super::Judged;
use super::finance::{Funded, assumptions, terms};
use super::load::{Case, LoadError, seen};
use super::outputs::Files;
use crate::domain::{Finding, Findings, Millionths, Pence, StressModel};
use crate::io::funding;
use crate::report::InputAnswer;
use crate::report::stress::{FloorAnswer, Stress, grid_csv, lots_csv, page, tornado_csv};
use crate::report::words::money;
use crate::value::money::{Course, Exposed, Exposure, Order, Shock, derive_floor};

/// Draws that are made where nothing is said.
pub const DRAWS: u64 = 10_000;
/// The most draws.
pub const MOST_DRAWS: u64 = 10_000_000;

/// A shock that has happened before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Volumes as the Restart Scheme had them.
    Restart,
    /// Outcome rates as the Work Programme had them at first.
    WorkProgramme,
}

impl Preset {
    /// The word on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::WorkProgramme => "work-programme",
        }
    }

    /// What is expected under it.
    fn shock(self, stress: &StressModel) -> Shock {
        match self {
            Self::Restart => Shock::of_volume(stress.restart_volume),
            Self::WorkProgramme => Shock {
                performance: stress.work_programme_performance,
                ..Shock::default()
            },
        }
    }
}

/// How stress is asked.
#[derive(Clone, Copy, Debug)]
pub struct StressRequest {
    /// A shock about which everything else is reckoned.
    pub preset: Option<Preset>,
    /// Random draws.
    pub draws: u64,
}

/// How far things may go otherwise than planned, with the file that says so.
pub struct Stressed {
    /// The figures.
    pub stress: StressModel,
    /// Their file, where it is not that of the funding model.
    pub input: Option<InputAnswer>,
}

/// A plan ready to be put under stress.
struct Trial<'a> {
    course: Course,
    exposure: Exposure,
    floor: FloorAnswer,
    stress: &'a StressModel,
    expected: Shock,
}

impl Case {
    /// Reads how far things may go otherwise than planned: the `[stress]` of the funding model, or the usual one, with the errors of volume of the scenario
    /// where it gives them. Arguments are those of [`Case::funding_model`].
    ///
    /// # Errors
    /// As [`Case::funding_model`]; errors of volume of the scenario and of the funding model that differ (`F104`).
    pub fn stress_model(
        &self,
        scenario: &Path,
        named: Option<&str>,
        assumed: &[String],
    ) -> Result<Stressed, LoadError> {
        let assumed = assumptions(assumed)?;
        let (input, _) = self.model_file(scenario, named)?;
        let (stress, usual) = funding::stress(&input, &assumed)?;
        let set = |name: &str| assumed.iter().any(|it| it.gives(&format!("stress.{name}.value")));
        let stress = deviations::agreed(stress, &self.scenario, |name| usual.is_none() || set(name))?;
        Ok(Stressed {
            stress,
            input: usual.as_ref().map(seen),
        })
    }

    /// What the lots of a plan withstand. A plan that breaks rules is put under stress all the same, and the answer says so.
    pub fn stress(&self, judged: &Judged, funded: &Funded, stressed: &Stressed, asked: &StressRequest) -> Stress {
        let stress = &stressed.stress;
        let course = Course::new(&funded.model, self.problem.funding().referral_years * 12.0);
        let (floor, least) = self.stress_floor(funded, &course);
        let trial = Trial {
            exposure: self.exposure(judged, least),
            floor,
            course,
            stress,
            expected: asked.preset.map_or_else(Shock::default, |preset| preset.shock(stress)),
        };
        answer::stress(self, judged, funded, stressed, asked, &trial)
    }

    /// The floor in words, and the volume that it asks of a lot, in people: that of the scenario, or else the one that the funding model implies.
    fn stress_floor(&self, funded: &Funded, course: &Course) -> (FloorAnswer, Option<f64>) {
        // The floor itself: a fall or a chance that the scenario asks for besides is what stress is about to put to the test.
        let least = self.problem.floor_volume(Millionths::default());
        let viability = &self.problem.rules().viability;
        if viability.floor_gbp.is_some() || viability.floor_participants.is_some() {
            let value = self.problem.contract_value(least).as_pounds();
            let besides = if viability.survive.is_some() || viability.assurance.is_some() {
                "; what the scenario asks above it is what stress is for"
            } else {
                ""
            };
            let words = format!(
                "The floor is that of the scenario, a contract value of {}{besides}.",
                money(value)
            );
            return (floor_answer("scenario", Some(value), words), Some(least.0 as f64));
        }
        let programme = self.problem.funding();
        let unit_cost = programme.envelope.as_pounds() / programme.participants as f64;
        match derive_floor(course, unit_cost, &terms(&funded.model), &Shock::default()) {
            Ok(derived) => {
                let value = Pence::pounds(derived.contract_value_gbp).as_pounds();
                let least = self.problem.total().0 as f64 * value / programme.envelope.as_pounds();
                let words = format!(
                    "The scenario has no floor; the one that the funding model implies, {}, is taken.",
                    money(value)
                );
                (floor_answer("derived", Some(value), words), Some(least))
            }
            Err(_) => {
                let words = "The scenario has no floor, and the funding model implies none: a lot is viable where it keeps a margin.";
                (floor_answer("none", None, words.into()), None)
            }
        }
    }

    /// The lots of a plan with the areas that they hold; `least` is the volume that the floor asks for.
    fn exposure(&self, judged: &Judged, least: Option<f64>) -> Exposure {
        let problem = &self.problem;
        let funding = problem.funding();
        let lots = judged.plan.plan().seats_by_lot().into_iter().map(|seats| {
            let volumes = seats.iter().map(|&seat| problem.seats()[seat].volume);
            let volume: crate::domain::Volume = volumes.sum();
            let whole = volume.0.max(1) as f64;
            let share = volume.0 as f64 / problem.total().0.max(1) as f64;
            Exposed {
                order: Order {
                    contract_value_gbp: problem.contract_value(volume).as_pounds(),
                    participants: funding.participants as f64 * share,
                },
                parts: seats
                    .iter()
                    .map(|&seat| &problem.seats()[seat])
                    .map(|seat| (seat.area, seat.volume.0 as f64 / whole))
                    .collect(),
                floor: least.map(|least| least / whole),
            }
        });
        Exposure {
            lots: lots.collect(),
            region_of_area: self.regions.of_area.clone(),
        }
    }

    /// The files of `stress --out`.
    ///
    /// # Errors
    /// What a writer reports, which does not come from the user's files.
    pub fn stress_files(&self, stress: &Stress) -> Result<Files, Box<dyn std::error::Error>> {
        Ok(vec![
            ("stress.json", serde_json::to_vec_pretty(stress)?),
            ("stress-lots.csv", lots_csv(stress)?.into_bytes()),
            ("stress-tornado.csv", tornado_csv(stress)?.into_bytes()),
            ("stress-grid.csv", grid_csv(stress)?.into_bytes()),
            ("stress.html", page(stress, &self.sources).into_bytes()),
        ])
    }

    /// A note where areas have no region, so that their errors are national and local alone.
    fn region_findings(&self) -> Findings {
        match self.regions.without() {
            0 => Findings::default(),
            some => {
                let message = format!(
                    "{some} of {} areas are in no region or country, so that their volumes err nationally and locally alone",
                    self.regions.of_area.len()
                );
                let help = "add a table area_code,region to areas.tables";
                Finding::note("F303", "region", message, help).into()
            }
        }
    }
}

fn floor_answer(kind: &str, contract_value_gbp: Option<f64>, words: String) -> FloorAnswer {
    FloorAnswer {
        kind: kind.into(),
        contract_value_gbp,
        words,
    }
}
