//! How far volumes err: as `[risk]` of the scenario says, and where it says nothing, as `[stress]` of the funding model does.

use crate::domain::{Finding, Findings, Millionths, ParameterValue, Scenario, Standing, StressModel};

/// The stress with the errors of volume of the scenario, so that a chance asked of lots and one that is drawn are of the same errors; `given` says which
/// figures of `[stress]` somebody has chosen.
///
/// # Errors
/// A figure so chosen is another than that of the scenario (`F104`).
pub(super) fn agreed(
    mut stress: StressModel,
    scenario: &Scenario,
    given: impl Fn(&str) -> bool,
) -> Result<StressModel, Findings> {
    let Some(risk) = scenario.risk else {
        return Ok(stress);
    };
    let mut findings = Findings::default();
    for (name, own, other) in [
        ("national_sd", risk.national_sd, stress.risk.national_sd),
        ("regional_sd", risk.regional_sd, stress.risk.regional_sd),
        ("local_sd", risk.local_sd, stress.risk.local_sd),
    ] {
        if given(name) && Millionths::of(own) != Millionths::of(other) {
            findings.push(differs(scenario, name, own, other));
        }
        restate(&mut stress, scenario, name, own);
    }
    stress.risk = risk;
    findings.gate(stress).map(|(stress, _)| stress)
}

fn differs(scenario: &Scenario, name: &str, own: f64, other: f64) -> Finding {
    let key = format!("risk.{name}");
    let said = if scenario.places.contains_key(&key) {
        format!("is {own}")
    } else {
        "is left out beside the others, and so nothing".into()
    };
    Finding::error(
        "F104",
        scenario.place(&key),
        format!("`{key}` {said}, and `stress.{name}` of the funding model or of --assume is {other}"),
        format!(
            "give the same figure in both places, or one of them alone: `{key}` counts for viability.chance and for stress"
        ),
    )
}

/// The list of figures says where this one comes from.
fn restate(stress: &mut StressModel, scenario: &Scenario, name: &str, own: f64) {
    let key = format!("stress.{name}");
    if let Some(it) = stress.parameters.iter_mut().find(|it| it.key == key) {
        it.value = ParameterValue::Number(own);
        it.standing = Standing::Assumed;
        it.source = format!("risk.{name} of the scenario {}", scenario.name);
    }
}
