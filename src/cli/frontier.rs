//! The command `frontier`: a scenario solved for each value of a key.

use super::args::Common;
use super::commands::{check_out, print, print_json, say, say_findings};
use super::exit::{DONE, Failure, INFEASIBLE, INTERRUPTED, NO_PLAN};
use super::interrupt;
use super::progress::Terminal;
use crate::app::{Found, FrontierFound, Variants, Vary, frontier_summary, write_files};

/// Reads the key and its values, solves every point, prints the table and writes the files.
pub fn run(common: &Common, vary: &str, baselines: &[String], total_s: Option<f64>) -> Result<u8, Failure> {
    let vary = Vary::parse(vary).map_err(|message| Failure::usage(format!("--vary: {message}")))?;
    interrupt::listen();
    let variants = load(common, vary, baselines, total_s)?;
    check_out(common)?;
    let terminal = Terminal::new(common.options.quiet);
    let solved = variants.solve(&terminal, &|point| terminal.about(point));
    terminal.finish();
    let found = solved.map_err(Failure::unexpected)?;
    deliver(common, &variants, &found)?;
    Ok(match found.found() {
        Found::Plans => DONE,
        Found::Impossible => INFEASIBLE,
        Found::Nothing if interrupt::stopped() => INTERRUPTED,
        Found::Nothing => NO_PLAN,
    })
}

/// Loads the scenario and the baselines, telling the faults of every baseline at once.
fn load(common: &Common, vary: Vary, baselines: &[String], total_s: Option<f64>) -> Result<Variants, Failure> {
    let mut variants = Variants::load(&common.scenario, &common.all_sets(), vary, total_s)?;
    say_findings(common, &variants.findings());
    say_findings(common, &variants.add_baselines(baselines)?);
    Ok(variants)
}

fn deliver(common: &Common, variants: &Variants, found: &FrontierFound) -> Result<(), Failure> {
    if common.options.json {
        print_json(&found.frontier)?;
    } else {
        print(&frontier_summary(&found.frontier))?;
    }
    if let Some(folder) = &common.options.out {
        let files = variants.outputs(found).map_err(Failure::unexpected)?;
        if !files.plans.is_empty() {
            write_files(&folder.join("plans"), &files.plans)?;
        }
        write_files(folder, &files.main)?;
        say(common, &format!("wrote {}", folder.join("frontier.html").display()));
    }
    Ok(())
}
