//! Reads how far things may go otherwise than planned: the table `[stress]` of a funding model, or the usual one.

use toml_edit::Document;

use super::figures::Reader;
use super::keys::STRESS;
use super::{EMBEDDED, as_assumed, document, known, tables};
use crate::domain::{Finding, Findings, Risk, StressModel};
use crate::io::input::Input;
use crate::io::settings::{Setting, Settings};

/// Where the usual figures stand among the embedded files.
const USUAL: &str = "usual/stress.toml";

/// Reads the stress of a funding model. Where the model has no table `[stress]`, the usual one is taken, whose file is given beside it; `assumed` goes before
/// both.
///
/// # Errors
/// As [`super::read`], for the keys below `stress`.
pub fn stress(model: &Input, assumed: &[Setting]) -> Result<(StressModel, Option<Input>), Findings> {
    let own = document(model)?;
    if own.contains_key("stress") {
        return Ok((figures(model, &own, &own, assumed)?, None));
    }
    let file = EMBEDDED.get_file(USUAL);
    let usual = file.map(|file| Input::from_bytes(format!("funding/{USUAL}"), file.contents().to_vec()));
    let usual = usual.ok_or_else(|| {
        let message = "the usual figures of stress are not inside this program";
        Finding::error(
            "F201",
            USUAL,
            message,
            "give the model a table [stress]; docs/money.md lists its keys",
        )
    })?;
    let stress = figures(&usual, &document(&usual)?, &own, assumed)?;
    Ok((stress, Some(usual)))
}

/// The figures of a file; `model` is the one whose groups may be set beside it.
fn figures(
    input: &Input,
    file: &Document<String>,
    model: &Document<String>,
    assumed: &[Setting],
) -> Result<StressModel, Findings> {
    let mut settings = Settings::new(&input.name, file, assumed);
    let known = known(&tables(model.get("groups")));
    settings.refuse_unknown(&known.iter().map(String::as_str).collect::<Vec<_>>());
    let mut reader = Reader {
        assumed,
        settings,
        parameters: Vec::new(),
    };
    let stress = reader.stress();
    as_assumed(reader.settings.findings)
        .gate(stress)
        .map(|(stress, _)| stress)
}

impl Reader<'_> {
    fn stress(&mut self) -> StressModel {
        let figures = self.figures(&STRESS);
        let [
            national_sd,
            regional_sd,
            local_sd,
            performance_sd,
            provider_sd,
            correlation,
            ..,
        ] = figures;
        let [
            ..,
            volume_low,
            volume_high,
            performance_low,
            performance_high,
            cost_low,
            cost_high,
            delay_low,
            delay_high,
            restart_volume,
            work_programme_performance,
        ] = figures;
        StressModel {
            risk: Risk {
                national_sd,
                regional_sd,
                local_sd,
            },
            performance_sd,
            provider_sd,
            correlation,
            volume: self.range("volume", volume_low, volume_high),
            performance: self.range("performance", performance_low, performance_high),
            cost: self.range("cost", cost_low, cost_high),
            delay_months: self.range("delay", delay_low, delay_high),
            restart_volume,
            work_programme_performance,
            parameters: std::mem::take(&mut self.parameters),
        }
    }

    fn range(&mut self, what: &str, low: f64, high: f64) -> (f64, f64) {
        if low > high {
            let message = format!("the low {what} of {low} is above the high one of {high}");
            let key = format!("stress.{what}_low.value");
            self.settings.refuse(&key, message, "exchange the two");
        }
        (low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Standing;
    use crate::io::funding::{assumption, find};
    use std::path::Path;

    fn read(assumed: &[&str]) -> Result<StressModel, Vec<String>> {
        let assumed: Vec<Setting> = assumed.iter().map(|text| assumption(text).unwrap()).collect();
        let model = find("whp-2017", Path::new(".")).unwrap();
        let told = |findings: Findings| findings.0.iter().map(|f| format!("{} {}", f.code, f.message)).collect();
        stress(&model, &assumed).map(|(stress, _)| stress).map_err(told)
    }

    #[test]
    fn the_usual_figures_read_each_with_its_source() {
        let stress = read(&[]).unwrap();
        assert_eq!(stress.parameters.len(), STRESS.len());
        assert!(stress.parameters.iter().all(|it| it.source.len() > 10));
        assert!((stress.restart_volume - 692.0 / 1430.0).abs() < 5e-4);
        assert!((stress.work_programme_performance - 3.6 / 11.9).abs() < 1e-3);
        assert!((stress.performance.0 - 3.6 / 5.5).abs() < 5e-3);
        assert!(stress.correlation < 0.0);
    }

    #[test]
    fn a_figure_of_stress_can_be_set_and_must_make_sense() {
        let stress = read(&[
            "stress.national_sd=0.3",
            "provider.caseload=40",
            "groups.esa.outcome_rate=0.2",
        ])
        .unwrap();
        assert_eq!(stress.risk.national_sd, 0.3);
        assert_eq!(stress.parameters[0].standing, Standing::Assumed);
        assert!(read(&["stress.correlation=-2"]).unwrap_err()[0].contains("makes no sense"));
        assert!(read(&["stress.volume_low=1.5"]).unwrap_err()[0].contains("above the high one"));
        assert!(read(&["stress.nation_sd=0.1"]).unwrap_err()[0].starts_with("S103"));
    }

    #[test]
    fn a_model_may_have_a_stress_of_its_own() {
        let model = find("whp-2017", Path::new(".")).unwrap();
        let usual = EMBEDDED.get_file(USUAL).unwrap().contents_utf8().unwrap();
        let text = model.text().unwrap().to_string() + &usual.replace("value = 0.15", "value = 0.25");
        let own = Input::from_bytes("own.toml", text.into_bytes());
        let (own_stress, usual) = stress(&own, &[]).unwrap();
        assert!(own_stress.risk.national_sd == 0.25 && usual.is_none());
        assert!(super::super::read(&own, &[]).is_ok());
    }
}
