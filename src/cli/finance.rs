//! The command `finance`: what each lot of a plan earns, costs and owes.

use std::path::Path;

use super::args::Common;
use super::commands::{check_out, load, print, print_json, read_plan, say, say_findings};
use super::exit::{DONE, Failure};
use crate::app::{finance_summary, write_files};

/// Reads scenario, plan and model, prints the accounts and writes the files.
pub fn run(common: &Common, plan: &Path, model: Option<&str>, assumed: &[String]) -> Result<u8, Failure> {
    let case = load(common)?;
    let funded = case.funding_model(&common.scenario, model, assumed)?;
    let judged = read_plan(&case, plan)?;
    check_out(common)?;
    for findings in [&case.findings, &judged.findings, &funded.findings] {
        say_findings(common, findings);
    }
    let finance = case.finance(&judged, &funded);
    if common.options.json {
        print_json(&finance)?;
    } else {
        print(&finance_summary(&finance))?;
    }
    if let Some(folder) = &common.options.out {
        let files = case.finance_files(&finance).map_err(Failure::unexpected)?;
        write_files(folder, &files)?;
        say(common, &format!("wrote {}", folder.join("finance.html").display()));
    }
    Ok(DONE)
}
