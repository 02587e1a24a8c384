//! Holds an answer from a file against the scenario and the plan: the certificates of its bounds, and what it claims.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::claims::Claims;
use super::load::Case;
use crate::domain::{Certificate, CutPart, DealPart, Finding, Findings, Measure, Origin, Volume};
use crate::io::input::Input;
use crate::report::{
    CertificateAnswer, CountingAnswer, DealPartAnswer, DealsAnswer, InputAnswer, PartAnswer, PriceAnswer, PricesAnswer,
    SeparatorAnswer,
};
use crate::verify::{PRICE_STEPS, Ruling, Standing, VerifiedPlan, weigh};

/// What `check` says of the bound on one goal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateCheck {
    /// The goal.
    pub goal: String,
    /// The bound that the answer claims.
    pub bound: Option<f64>,
    /// Kind of the certificate; null where the bound has none.
    pub kind: Option<String>,
    /// Whether it proves the bound, false also where the plan refutes the bound; null where there is no certificate, or where that was not settled.
    pub holds: Option<bool>,
    /// What it proves, or the place at which it fails and why.
    pub message: String,
}

/// What `check` says of an answer.
#[derive(Clone, Debug, Default)]
pub struct AnswerCheck {
    /// The bounds, goal by goal.
    pub certificates: Vec<CertificateCheck>,
    /// Claims that are false.
    pub findings: Findings,
}

/// What is read of an answer.
#[derive(Deserialize)]
struct AnswerFile {
    schema: String,
    #[serde(default)]
    status: String,
    scenario: ScenarioPart,
    goals: Vec<GoalPart>,
}

#[derive(Deserialize)]
struct ScenarioPart {
    inputs: Vec<InputAnswer>,
}

/// What an answer says of one goal.
#[derive(Deserialize)]
pub(super) struct GoalPart {
    pub(super) name: String,
    pub(super) value: Option<f64>,
    pub(super) bound: Option<f64>,
    pub(super) gap: Option<f64>,
    pub(super) proved: Option<bool>,
    #[serde(default)]
    argument: String,
    certificate: Option<CertificateAnswer>,
}

impl Case {
    /// Reads an answer as `solve` writes it, weighs the certificate of every goal without the search, and holds what it claims against the plan. Claims that are
    /// false are findings: another value than the plan has (`A103`), a bound that the plan refutes (`A104`), a proof, gap or status that does not follow (`A105`).
    ///
    /// # Errors
    /// A file that cannot be read (`S001`), is no answer (`A101`) or was made from other files (`A102`).
    pub fn check_answer(&self, path: &Path, plan: &VerifiedPlan) -> Result<AnswerCheck, Findings> {
        self.check_answer_of(&Input::read(path, &path.display().to_string())?, plan)
    }

    /// As [`Case::check_answer`], of a file that was read.
    pub(super) fn check_answer_of(&self, input: &Input, plan: &VerifiedPlan) -> Result<AnswerCheck, Findings> {
        let answer = read(input)?;
        self.same_inputs(&input.name, &answer.scenario.inputs)?;
        let claims = Claims::new(&input.name, &answer.status, &answer.goals, plan);
        let lots = plan.lots().len();
        let check = |goal| self.check_goal(goal, lots, claims.refuted(goal));
        Ok(AnswerCheck {
            certificates: answer.goals.iter().map(check).collect(),
            findings: Findings(claims.faults()),
        })
    }

    /// Every file of the scenario must be among those that the answer was made from, byte for byte.
    fn same_inputs(&self, file: &str, inputs: &[InputAnswer]) -> Result<(), Findings> {
        let mut findings = Findings::default();
        for here in &self.inputs {
            if !inputs.iter().any(|input| input.sha256 == here.sha256) {
                let fact = format!(
                    "was not made from {} as it is now (sha256 {}…)",
                    here.file,
                    short(&here.sha256)
                );
                let help = "solve the scenario again, or check the answer against the files that it names";
                findings.push(Finding::error("A102", file, fact, help));
            }
        }
        findings.gate(()).map(|_| ())
    }

    /// `refuted` says what is claimed where the plan is better than the bound.
    fn check_goal(&self, goal: &GoalPart, lots: usize, refuted: Option<String>) -> CertificateCheck {
        let ruling = match (&goal.certificate, goal.bound) {
            _ if refuted.is_some() => refuted.map(|what| fails(format!("bound: {what}, and the plan is better"))),
            (None, _) => None,
            (Some(_), None) => Some(fails("bound: there is a certificate and no bound".into())),
            (Some(given), Some(bound)) => Some(self.rule(goal, &certificate(given), stated(given), bound, lots)),
        };
        let message = ruling
            .as_ref()
            .map_or_else(|| without(goal), |ruling| ruling.message.clone());
        CertificateCheck {
            goal: goal.name.clone(),
            bound: goal.bound,
            kind: goal
                .certificate
                .as_ref()
                .map(|given| certificate(given).kind().to_string()),
            holds: ruling.and_then(|ruling| match ruling.standing {
                Standing::Holds => Some(true),
                Standing::Fails => Some(false),
                Standing::Open => None,
            }),
            message,
        }
    }

    /// Whether a certificate, whose sum is `stated`, proves the bound on a goal of a plan of so many lots.
    fn rule(&self, goal: &GoalPart, given: &Certificate, stated: i64, bound: f64, lots: usize) -> Ruling {
        let measure = given.measure();
        let (member, scale) = match measure {
            Measure::Lots => ("lots", 1.0),
            Measure::Goal(_) => ("apart", PARTS_OF_A_PERSON),
        };
        let bound = bound * scale;
        match (given, given.value()) {
            _ if goal.name != measure.word() => fails(format!(
                "kind: a certificate by {} bounds {}, and not {}",
                given.kind().replace('_', " "),
                measure.word(),
                goal.name
            )),
            (_, Some(sum)) if stated != sum => fails(format!("{member}: the figures add up to {sum}, not {stated}")),
            (Certificate::Deals { lots: of, .. }, _) if *of > lots as i64 => fails(format!(
                "lots: the figures are of plans of {of} lots, and the plan has {lots}"
            )),
            _ if measure == Measure::Lots && bound.fract() != 0.0 || bound.abs() > MOST * scale => {
                fails(format!("bound: {} is no number of {}", bound / scale, measure.unit()))
            }
            // A bound in people is a whole number of thousandths.
            _ => weigh(&self.problem, given, bound.round() as i64, PRICE_STEPS),
        }
    }
}

/// Goals of people are counted in thousandths.
const PARTS_OF_A_PERSON: f64 = 1e3;
/// The greatest bound that can be meant.
const MOST: f64 = 1e9;

fn fails(message: String) -> Ruling {
    Ruling {
        standing: Standing::Fails,
        message,
    }
}

fn without(goal: &GoalPart) -> String {
    match goal.bound {
        None => "no bound is claimed".into(),
        Some(_) if goal.argument.is_empty() => "the bound has no certificate".into(),
        Some(_) => format!("the bound rests on `{}`, which has no certificate", goal.argument),
    }
}

fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

fn read(input: &Input) -> Result<AnswerFile, Findings> {
    let help = "give the file that `lotwright solve --out` writes as plan.json, or what --json prints";
    let fault = |fact: String| Findings::from(Finding::error("A101", &input.name, fact, help));
    let answer: AnswerFile =
        serde_json::from_slice(&input.bytes).map_err(|error| fault(format!("is no answer of lotwright: {error}")))?;
    if answer.schema.starts_with("lotwright/plan/") {
        Ok(answer)
    } else {
        Err(fault(format!(
            "is of the schema `{}`, not `lotwright/plan/1`",
            answer.schema
        )))
    }
}

/// What the sum comes to, as the file says.
fn stated(certificate: &CertificateAnswer) -> i64 {
    match certificate {
        CertificateAnswer::Counting(given) => given.lots,
        CertificateAnswer::Components(cut) | CertificateAnswer::DeadEnds(cut) | CertificateAnswer::Separator(cut) => {
            cut.lots
        }
        CertificateAnswer::PackingPrices(given) => given.lots,
        CertificateAnswer::AskedFor { lots } => *lots,
        CertificateAnswer::Deals(given) => given.apart,
    }
}

/// A certificate as plain data.
fn certificate(given: &CertificateAnswer) -> Certificate {
    match given {
        CertificateAnswer::Counting(given) => Certificate::Counting {
            least_volume: Volume(given.least_volume),
            alone: given.alone.clone(),
            rest: Volume(given.rest_volume),
        },
        CertificateAnswer::Components(cut) => separator(cut, Origin::Components),
        CertificateAnswer::DeadEnds(cut) => separator(cut, Origin::DeadEnds),
        CertificateAnswer::Separator(cut) => separator(cut, Origin::Search),
        CertificateAnswer::PackingPrices(given) => Certificate::Prices {
            least_volume: Volume(given.least_volume),
            prices: given.prices.iter().map(|one| (one.unit.clone(), one.price)).collect(),
            sum: given.sum,
            least: given.least,
        },
        CertificateAnswer::AskedFor { lots } => Certificate::AskedFor { lots: *lots },
        CertificateAnswer::Deals(given) => Certificate::Deals {
            lots: given.lots,
            least: given.least,
            sum: given.sum,
            deals: given.deals.iter().map(deal_part).collect(),
            grain: Volume(given.grain),
        },
    }
}

fn deal_part(given: &DealPartAnswer) -> DealPart {
    DealPart {
        deal: given.deal.clone(),
        blocks: given.units.clone(),
        grains: given.grains,
    }
}

fn separator(given: &SeparatorAnswer, origin: Origin) -> Certificate {
    let part = |part: &PartAnswer| CutPart {
        units: part.units.clone(),
        volume: Volume(part.volume),
        lots: part.lots,
    };
    Certificate::Separator {
        origin,
        least_volume: Volume(given.least_volume),
        separator: given.separator.clone(),
        parts: given.parts.iter().map(part).collect(),
    }
}

/// A certificate in the shape of the answer; `None` where its figures add up to nothing.
pub(super) fn certificate_answer(certificate: &Certificate) -> Option<CertificateAnswer> {
    let value = certificate.value()?;
    Some(match certificate {
        Certificate::Counting {
            least_volume,
            alone,
            rest,
        } => CertificateAnswer::Counting(CountingAnswer {
            lots: value,
            least_volume: least_volume.0,
            alone: alone.clone(),
            rest_volume: rest.0,
        }),
        Certificate::Separator {
            origin,
            least_volume,
            separator,
            parts,
        } => cut_answer(*origin, value, *least_volume, separator, parts),
        Certificate::Prices {
            least_volume,
            prices,
            sum,
            least,
        } => CertificateAnswer::PackingPrices(PricesAnswer {
            lots: value,
            least_volume: least_volume.0,
            sum: *sum,
            least: *least,
            prices: prices
                .iter()
                .map(|(unit, price)| PriceAnswer {
                    unit: unit.clone(),
                    price: *price,
                })
                .collect(),
        }),
        Certificate::AskedFor { .. } => CertificateAnswer::AskedFor { lots: value },
        Certificate::Deals {
            lots,
            least,
            sum,
            deals,
            grain,
        } => CertificateAnswer::Deals(DealsAnswer {
            apart: value,
            lots: *lots,
            least: *least,
            sum: *sum,
            grain: grain.0,
            deals: deals.iter().map(deal_answer).collect(),
        }),
    })
}

fn deal_answer(part: &DealPart) -> DealPartAnswer {
    DealPartAnswer {
        deal: part.deal.clone(),
        grains: part.grains,
        units: part.blocks.clone(),
    }
}

fn cut_answer(origin: Origin, lots: i64, least: Volume, separator: &[String], parts: &[CutPart]) -> CertificateAnswer {
    let part = |part: &CutPart| PartAnswer {
        lots: part.lots,
        volume: part.volume.0,
        units: part.units.clone(),
    };
    let answer = SeparatorAnswer {
        lots,
        least_volume: least.0,
        separator: separator.to_vec(),
        parts: parts.iter().map(part).collect(),
    };
    match origin {
        Origin::Components => CertificateAnswer::Components(answer),
        Origin::DeadEnds => CertificateAnswer::DeadEnds(answer),
        Origin::Search => CertificateAnswer::Separator(answer),
    }
}
