//! The command `stress`: what the lots of a plan withstand.

use std::path::Path;

use clap::ValueEnum;

use super::args::Common;
use super::commands::{check_out, load, print, print_json, read_plan, say, say_findings};
use super::exit::{DONE, Failure};
use crate::app::{Preset, StressRequest, stress_summary, write_files};

/// A shock that has happened before, as it is written on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PresetWord {
    /// Volumes as the Restart Scheme had them: 692,000 participants of 1,430,000
    Restart,
    /// Outcome rates as the Work Programme had them in its first 14 months: 3.6 % of 11.9 %
    WorkProgramme,
}

impl From<PresetWord> for Preset {
    fn from(word: PresetWord) -> Self {
        match word {
            PresetWord::Restart => Self::Restart,
            PresetWord::WorkProgramme => Self::WorkProgramme,
        }
    }
}

/// Reads scenario, plan, model and stress, prints what lots withstand and writes the files.
pub fn run(
    common: &Common,
    plan: &Path,
    model: Option<&str>,
    assumed: &[String],
    asked: &StressRequest,
) -> Result<u8, Failure> {
    let case = load(common)?;
    let funded = case.funding_model(&common.scenario, model, assumed)?;
    let stressed = case.stress_model(&common.scenario, model, assumed)?;
    let judged = read_plan(&case, plan)?;
    check_out(common)?;
    for findings in [&case.findings, &judged.findings, &funded.findings] {
        say_findings(common, findings);
    }
    let stress = case.stress(&judged, &funded, &stressed, asked);
    if common.options.json {
        print_json(&stress)?;
    } else {
        print(&stress_summary(&stress))?;
    }
    if let Some(folder) = &common.options.out {
        let files = case.stress_files(&stress).map_err(Failure::unexpected)?;
        write_files(folder, &files)?;
        say(common, &format!("wrote {}", folder.join("stress.html").display()));
    }
    Ok(DONE)
}
