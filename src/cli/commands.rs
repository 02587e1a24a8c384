//! What each command does: read, ask, print, write.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde::Serialize;

use super::args::{Boundaries, Cli, Command, Common};
use super::exit::{DONE, Failure, INFEASIBLE, INTERRUPTED, NO_PLAN, VIOLATIONS, tell};
use super::progress::Terminal;
use super::{boundaries, doctor, export, finance, frontier, import, inspect, interrupt, serve, stress, words};
use crate::app::{
    AnswerCheck, Answered, Case, Finding, Findings, Judged, Severity, StressRequest, check_folder, json_text, summary,
    write_files,
};

/// Reads the command line, does what it says, and gives the exit code.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let done = match &cli.command {
        Command::Solve { common, from } => solve(common, from.as_deref()),
        Command::Evaluate { common, plan } => evaluate(common, plan),
        Command::Compare { common, plans } => compare(common, plans),
        Command::Repair { common, plan, finish } => repair(common, plan, *finish),
        Command::Check { common, plan, answer } => check(common, plan, answer.as_deref()),
        Command::Inspect {
            what,
            datasets,
            options,
        } => inspect::run(what.as_deref(), *datasets, options),
        Command::Import(asked) => import::run(&asked.request(), asked.json),
        Command::Doctor { files, pick, json } => doctor::run(files, &pick.options(), *json),
        Command::Finance {
            common,
            plan,
            model,
            assumed,
        } => finance::run(common, plan, model.as_deref(), assumed),
        Command::Stress {
            common,
            plan,
            model,
            assumed,
            preset,
            draws,
        } => {
            let asked = StressRequest {
                preset: preset.map(Into::into),
                draws: *draws,
            };
            stress::run(common, plan, model.as_deref(), assumed, &asked)
        }
        Command::Frontier {
            common,
            vary,
            baselines,
            total_time,
        } => frontier::run(common, vary, baselines, *total_time),
        Command::Export(asked) => export::run(asked),
        Command::Serve {
            common,
            port,
            no_open,
            plan,
        } => serve::run(common, *port, !*no_open, plan.as_deref()),
        Command::Boundaries(Boundaries::Build { from, out, points }) => boundaries::build(from, out, *points),
    };
    done.map_or_else(|failure| failure.report(cli.command.wants_json()), ExitCode::from)
}

fn solve(common: &Common, from: Option<&Path>) -> Result<u8, Failure> {
    interrupt::listen();
    let case = load(common)?;
    let start = from.map(|plan| read_plan(&case, plan)).transpose()?;
    check_out(common)?;
    say_findings(common, &case.findings);
    if let Some(start) = &start {
        say_start(common, start);
    }
    let terminal = Terminal::new(common.options.quiet);
    let solved = match &start {
        Some(start) => case.solve_from(start, &terminal),
        None => case.solve(&terminal),
    };
    terminal.finish();
    let answered = solved.map_err(Failure::unexpected)?;
    deliver(common, &case, &answered)?;
    Ok(exit_code(&answered))
}

/// Says what there is to say of a design to begin from, and why the search begins afresh where it breaks a rule.
fn say_start(common: &Common, start: &Judged) {
    say_findings(common, &start.findings);
    if let Some(broken) = start.plan.violations().first() {
        let file = &start.input.file;
        let why = &broken.message;
        say(
            common,
            &format!("{file} breaks a rule, so the search does not begin from it: {why}"),
        );
    }
}

fn exit_code(answered: &Answered) -> u8 {
    match answered.answer.status.as_str() {
        "infeasible" => INFEASIBLE,
        "no_plan" if interrupt::stopped() => INTERRUPTED,
        "no_plan" => NO_PLAN,
        _ => DONE,
    }
}

fn repair(common: &Common, plan: &Path, finish: bool) -> Result<u8, Failure> {
    interrupt::listen();
    let case = load(common)?;
    let judged = read_plan(&case, plan)?;
    check_out(common)?;
    say_findings(common, &case.findings);
    say_findings(common, &judged.findings);
    let terminal = Terminal::new(common.options.quiet);
    let repaired = if finish {
        case.finish(&judged, &terminal)
    } else {
        case.repair(&judged, &terminal)
    };
    terminal.finish();
    let answered = repaired.map_err(Failure::unexpected)?;
    deliver(common, &case, &answered)?;
    Ok(exit_code(&answered))
}

fn evaluate(common: &Common, plan: &Path) -> Result<u8, Failure> {
    let case = load(common)?;
    let judged = read_plan(&case, plan)?;
    say_findings(common, &case.findings);
    say_findings(common, &judged.findings);
    let answered = case.evaluate(judged);
    deliver(common, &case, &answered)?;
    Ok(DONE)
}

fn compare(common: &Common, plans: &[PathBuf]) -> Result<u8, Failure> {
    if plans.len() < 2 {
        return Err(Failure::usage("compare needs two plans or more; give --plan for each"));
    }
    if plans.iter().filter(|plan| plan.as_os_str() == "-").count() > 1 {
        return Err(Failure::usage(
            "standard input can be read once only; give a file for the other plan",
        ));
    }
    let case = load(common)?;
    let mut judged = Vec::new();
    let mut faults = Findings::default();
    for plan in plans {
        match case.read_plan(plan) {
            Ok(plan) => judged.push(plan),
            Err(findings) => faults.extend(findings),
        }
    }
    faults.gate(())?;
    say_findings(common, &case.findings);
    for plan in &judged {
        say_findings(common, &plan.findings);
    }
    let (maps, told) = match &common.options.out {
        Some(_) => case.files_of_multiples(&judged).map_err(Failure::unexpected)?,
        None => Default::default(),
    };
    say_findings(common, &Findings(told.into_iter().collect()));
    let comparison = case.compare(judged);
    if let Some(folder) = &common.options.out {
        let mut files = comparison.files_to_write().map_err(Failure::unexpected)?;
        files.extend(maps);
        write_files(folder, &files)?;
        say(common, &format!("wrote {}", folder.join("comparison.json").display()));
    }
    if common.options.json {
        print_json(&comparison)?
    } else {
        print(&words::comparison(&comparison))?
    }
    Ok(DONE)
}

fn check(common: &Common, plan: &Path, answer: Option<&Path>) -> Result<u8, Failure> {
    if plan == Path::new("-") && answer == Some(plan) {
        return Err(Failure::usage(
            "standard input can be read once only; give a file for the plan or the answer",
        ));
    }
    let case = load(common)?;
    let judged = read_plan(&case, plan)?;
    say_findings(common, &case.findings);
    say_findings(common, &judged.findings);
    let claimed = match answer {
        Some(answer) => case.check_answer(answer, &judged.plan)?,
        None => AnswerCheck::default(),
    };
    let check = case.check(&judged, claimed);
    if common.options.json {
        print_json(&check)?
    } else {
        print(&words::check(&check))?
    }
    Ok(if check.passed() { DONE } else { VIOLATIONS })
}

pub(super) fn load(common: &Common) -> Result<Case, Failure> {
    Ok(Case::load(&common.scenario, &common.all_sets())?)
}

pub(super) fn read_plan(case: &Case, plan: &Path) -> Result<Judged, Failure> {
    Ok(case.read_plan(plan)?)
}

/// Tells before a long search whether its files could be written.
pub(super) fn check_out(common: &Common) -> Result<(), Failure> {
    match &common.options.out {
        Some(folder) => Ok(check_folder(folder)?),
        None => Ok(()),
    }
}

/// Prints the answer, and writes the files where asked: what cannot be written is not lost.
fn deliver(common: &Common, case: &Case, answered: &Answered) -> Result<(), Failure> {
    if common.options.json {
        print_json(&answered.answer)?;
    } else {
        print(&summary(&answered.answer))?;
    }
    if let Some(folder) = &common.options.out {
        match &answered.plan {
            Some(plan) => {
                let files = case.outputs(&answered.answer, plan).map_err(Failure::unexpected)?;
                write_files(folder, &files)?;
                say(common, &format!("wrote {}", folder.join("report.html").display()));
            }
            None => say(
                common,
                &format!("there is no plan, so nothing was written to {}", folder.display()),
            ),
        }
    }
    Ok(())
}

pub(super) fn say(common: &Common, message: &str) {
    if !common.options.quiet {
        tell(message);
    }
}

/// Says warnings; notes stand in the answer, the report and `inspect`.
pub(super) fn say_findings(common: &Common, findings: &Findings) {
    let heavy: Vec<&Finding> = findings.0.iter().filter(|one| one.severity != Severity::Note).collect();
    for words in words::findings(&heavy) {
        say(common, &words);
    }
}

pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&json_text(value).map_err(Failure::unexpected)?)
}

/// Writes the bytes of a file to standard output.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Prints to standard output., such as `head`, is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    written(writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()))
}

/// What became of writing to standard output. A reader that has gone away, such as `head`, is no failure.
fn written(done: std::io::Result<()>) -> Result<(), Failure> {
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let help = "check where standard output goes";
            Err(Finding::error("S003", "standard output", error.to_string(), help).into())
        }
        _ => Ok(()),
    }
}
