//! Values the money of a plan: what each lot earns, costs and owes under a funding model.

pub(super) mod answer;
mod wider;

use std::path::Path;

use super::load::{Case, LoadError, scenario_file, seen};
use super::outputs::Files;
use super::plans::Judged;
use crate::domain::{Finding, Findings, FundingModel};
use crate::io::funding;
use crate::io::input::Input;
use crate::io::settings::Setting;
use crate::report::finance::{Finance, lots_csv, months_csv, page};
use crate::report::{FindingAnswer, InputAnswer};
use crate::value::money::{Course, Order, Terms};
pub(super) use answer::{binding_word, no_size_words};

/// The model that is taken where neither the command line nor the scenario names one.
const USUAL_MODEL: &str = "whp-2017";

/// A funding model with the file that it was read from.
pub struct Funded {
    /// The model.
    pub model: FundingModel,
    /// Its file.
    pub input: InputAnswer,
    /// Notes on how it was chosen.
    pub findings: Findings,
}

impl Case {
    /// Reads the funding model: `named` (a path is relative to the working folder), or else that of the scenario (a path is relative to the folder of
    /// `scenario`), or else the usual one, with a note. `assumed` are figures, `provider.caseload=40`, that go before its file.
    ///
    /// # Errors
    /// A scenario that lets no money (`F105`), an assumption that cannot be read, and every fault of the file.
    pub fn funding_model(&self, scenario: &Path, named: Option<&str>, assumed: &[String]) -> Result<Funded, LoadError> {
        if !self.problem.funding().lets_money() {
            return Err(LoadError::Input(no_money(&self.scenario.name).into()));
        }
        let assumed = assumptions(assumed)?;
        let (input, findings) = self.model_file(scenario, named)?;
        let model = funding::read(&input, &assumed)?;
        Ok(Funded {
            model,
            input: seen(&input),
            findings,
        })
    }

    /// The file of the funding model, and notes on how it was chosen.
    pub(super) fn model_file(&self, scenario: &Path, named: Option<&str>) -> Result<(Input, Findings), LoadError> {
        let (_, folder) = scenario_file(scenario);
        let of_scenario = self.scenario.funding_model.as_deref();
        let of_scenario = of_scenario.map(|name| (name, folder.as_path()));
        find(named.map(|name| (name, Path::new("."))).or(of_scenario))
    }

    /// What each lot of a plan earns, costs and owes. A plan that breaks rules is valued all the same, and the answer says so.
    pub fn finance(&self, judged: &Judged, funded: &Funded) -> Finance {
        let evaluated = self.answer_of_plan(judged, &judged.plan, 0.0);
        let funding = self.problem.funding();
        let course = Course::new(&funded.model, funding.referral_years * 12.0);
        let whole = Order {
            contract_value_gbp: funding.envelope.as_pounds(),
            participants: funding.participants as f64,
        };
        answer::finance(evaluated, judged, funded, &course, &whole)
    }
}

/// A scenario that lets no money pays nobody.
fn no_money(scenario: &str) -> Finding {
    let message = "lets no money, so that no lot earns or costs any";
    let help = "give the money of the programme, such as --set funding.envelope_gbp=400e6; `evaluate` tells the lots by their people";
    Finding::error("F105", scenario, message, help)
}

/// Figures set beside the file of a model, read.
pub(super) fn assumptions(texts: &[String]) -> Result<Vec<Setting>, LoadError> {
    let read = texts.iter().map(|text| funding::assumption(text));
    read.collect::<Result<_, _>>()
        .map_err(|message| LoadError::Usage(format!("--assume: {message}")))
}

/// Reads a funding model by its name, or a path that is relative to a folder; the usual one where none is named, with a note.
///
/// # Errors
/// Every fault of the file.
pub(super) fn funded(named: Option<(&str, &Path)>, assumed: &[Setting]) -> Result<Funded, LoadError> {
    let (input, findings) = find(named)?;
    let model = funding::read(&input, assumed)?;
    Ok(Funded {
        model,
        input: seen(&input),
        findings,
    })
}

/// The file of a funding model, and a note where none is named.
fn find(named: Option<(&str, &Path)>) -> Result<(Input, Findings), LoadError> {
    let (name, folder) = named.unwrap_or((USUAL_MODEL, Path::new(".")));
    let mut findings = Findings::default();
    if named.is_none() {
        findings.push(no_model());
    }
    Ok((funding::find(name, folder)?, findings))
}

/// What a provider of the model asks of a lot.
pub(super) fn terms(model: &FundingModel) -> Terms {
    Terms {
        margin: model.provider.target_margin,
        trough: model.provider.bearable_trough,
    }
}

fn no_model() -> Finding {
    let message = format!("names no funding model; {USUAL_MODEL} is taken");
    let help = format!(
        "name one with --model, or as funding.model in the scenario: {}",
        funding::names().join(", ")
    );
    Finding::note("F202", "funding.model", message, help)
}

/// A finding in the shape of the answer.
pub(super) fn told(findings: &Findings) -> Vec<FindingAnswer> {
    findings.0.iter().map(super::answer::finding_answer).collect()
}

impl Case {
    /// The files of `finance --out`.
    ///
    /// # Errors
    /// What a writer reports, which does not come from the user's files.
    pub fn finance_files(&self, finance: &Finance) -> Result<Files, Box<dyn std::error::Error>> {
        Ok(vec![
            ("finance.json", serde_json::to_vec_pretty(finance)?),
            ("finance-lots.csv", lots_csv(finance)?.into_bytes()),
            ("finance-months.csv", months_csv(finance)?.into_bytes()),
            ("finance.html", page(finance, &self.sources).into_bytes()),
        ])
    }
}
