//! Runs: commands about what is drawn, by the same functions as the command line, so that the answers are the same bytes.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::folder::PLAN;
use super::state::shown;
use super::{Desk, DeskError};
use crate::app::certificates::AnswerCheck;
use crate::app::load::Case;
use crate::app::plans::Judged;
use crate::app::stress::{DRAWS, MOST_DRAWS, Preset, StressRequest};
use crate::app::{Variants, Vary, json_text};
use crate::domain::{Finding, Watcher};
use crate::io::{funding, plan};

/// A command about what is drawn.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunAsked {
    /// `evaluate`, `check`, `inspect`, `compare`, `finance`, `stress` or `frontier`.
    pub command: String,
    /// What goes with it.
    #[serde(default)]
    pub args: RunArgs,
}

/// What goes with a command; each takes what the command line takes, and refuses the rest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RunArgs {
    baselines: Vec<String>,
    model: Option<String>,
    assume: Vec<String>,
    preset: Option<String>,
    draws: Option<u64>,
    vary: Option<String>,
    total_time: Option<f64>,
}

/// A command with everything that it needs, so that it runs while the desk is worked on.
pub struct Run {
    asked: RunAsked,
    path: std::path::PathBuf,
    sets: Vec<String>,
    case: Arc<Case>,
    given: Judged,
    baselines: Vec<std::path::PathBuf>,
    /// The command as it is typed.
    pub command: String,
}

/// What a command answers.
#[derive(Clone, Debug, Serialize)]
pub struct RunAnswer {
    /// The bytes that the command prints with `--json`.
    pub text: String,
}

impl Desk {
    /// Makes a command about what is drawn; plan and baselines are written, so that the command can be typed too.
    ///
    /// # Errors
    /// A command that is not there, what does not go with it, and files that cannot be written.
    pub fn run(&mut self, asked: RunAsked) -> Result<Run, DeskError> {
        refuse_others(&asked)?;
        if let Some(model) = &asked.args.model {
            known_model(model)?;
        }
        self.save()?;
        let mut baselines = Vec::new();
        for key in &asked.args.baselines {
            baselines.push(self.baseline_file(key)?);
        }
        Ok(Run {
            command: self.command(&asked.command, &self.rest(&asked, &baselines)),
            path: self.rejoin.path.clone(),
            sets: self.sets.all(),
            case: Arc::clone(&self.case),
            given: self.given(&self.case)?,
            baselines,
            asked,
        })
    }

    /// The file of a baseline; that of a grouping is written.
    pub(super) fn baseline_file(&self, key: &str) -> Result<std::path::PathBuf, DeskError> {
        let baseline = self.baseline(key)?;
        if let Some(file) = &baseline.file {
            return Ok(file.clone());
        }
        let name = format!("baseline-{key}.csv");
        let text = plan::write(&self.case.problem, &baseline.plan).map_err(DeskError::own)?;
        self.folder.write(&[(name.as_str(), text.into_bytes())])?;
        Ok(self.folder.file(&name))
    }

    fn rest(&self, asked: &RunAsked, baselines: &[std::path::PathBuf]) -> String {
        let args = &asked.args;
        let mut rest = String::new();
        let mut add = |option: &str, value: &str| rest.push_str(&format!(" --{option} {}", shown(value)));
        if !matches!(asked.command.as_str(), "inspect" | "frontier") {
            add("plan", &self.folder.file(PLAN).display().to_string());
        }
        let option = if asked.command == "frontier" {
            "baseline"
        } else {
            "plan"
        };
        baselines
            .iter()
            .for_each(|file| add(option, &file.display().to_string()));
        args.vary.iter().for_each(|vary| add("vary", vary));
        args.model.iter().for_each(|model| add("model", model));
        args.assume.iter().for_each(|assumed| add("assume", assumed));
        args.preset.iter().for_each(|preset| add("preset", preset));
        args.draws.iter().for_each(|draws| add("draws", &draws.to_string()));
        args.total_time
            .iter()
            .for_each(|seconds| add("total-time", &seconds.to_string()));
        rest
    }
}

impl Run {
    /// Runs it; gives what the command prints with `--json`.
    ///
    /// # Errors
    /// What the command reports.
    pub fn answer(self, watcher: &dyn Watcher) -> Result<RunAnswer, DeskError> {
        let text = match self.asked.command.as_str() {
            "evaluate" => json_text(&self.case.evaluate(self.given).answer),
            "check" => json_text(&self.case.check(&self.given, AnswerCheck::default())),
            "inspect" => json_text(&self.case.inspect()),
            "compare" => {
                let mut plans = vec![self.given];
                for file in &self.baselines {
                    plans.push(self.case.read_plan(file)?);
                }
                json_text(&self.case.compare(plans))
            }
            "finance" => {
                let funded =
                    self.case
                        .funding_model(&self.path, self.asked.args.model.as_deref(), &self.asked.args.assume)?;
                json_text(&self.case.finance(&self.given, &funded))
            }
            "stress" => return self.stress(),
            _ => return self.frontier(watcher),
        };
        Ok(RunAnswer {
            text: text.map_err(DeskError::own)?,
        })
    }

    fn stress(self) -> Result<RunAnswer, DeskError> {
        let args = &self.asked.args;
        let model = args.model.as_deref();
        let funded = self.case.funding_model(&self.path, model, &args.assume)?;
        let stressed = self.case.stress_model(&self.path, model, &args.assume)?;
        let draws = args.draws.unwrap_or(DRAWS);
        if !(1..=MOST_DRAWS).contains(&draws) {
            let help = format!("give a whole number from 1 to {MOST_DRAWS}");
            return Err(DeskError::asked("draws", format!("{draws} draws cannot be made"), help));
        }
        let asked = StressRequest {
            preset: args.preset.as_deref().map(preset).transpose()?,
            draws,
        };
        let text = json_text(&self.case.stress(&self.given, &funded, &stressed, &asked));
        Ok(RunAnswer {
            text: text.map_err(DeskError::own)?,
        })
    }

    fn frontier(self, watcher: &dyn Watcher) -> Result<RunAnswer, DeskError> {
        let vary = self.asked.args.vary.as_deref().unwrap_or_default();
        let vary = Vary::parse(vary)
            .map_err(|message| DeskError::asked("vary", message, "write it as KEY=LOW..HIGH:POINTS"))?;
        let mut variants = Variants::load(&self.path, &self.sets, vary, self.asked.args.total_time)?;
        let files: Vec<String> = self.baselines.iter().map(|file| file.display().to_string()).collect();
        variants.add_baselines(&files)?;
        let found = variants.solve(watcher, &|_| {})?;
        Ok(RunAnswer {
            text: json_text(&found.frontier).map_err(DeskError::own)?,
        })
    }
}

fn preset(word: &str) -> Result<Preset, DeskError> {
    let presets = [Preset::Restart, Preset::WorkProgramme];
    presets.into_iter().find(|preset| preset.word() == word).ok_or_else(|| {
        let words: Vec<&str> = presets.iter().map(|preset| preset.word()).collect();
        DeskError::asked(
            "preset",
            format!("`{word}` is no preset"),
            format!("presets are: {}", words.join(", ")),
        )
    })
}

/// A model by name alone: a page reads no path.
pub(super) fn known_model(name: &str) -> Result<(), DeskError> {
    if funding::names().contains(&name) && Path::new(name).components().count() == 1 {
        return Ok(());
    }
    let message = format!("`{name}` is no funding model that a page may read");
    let help = format!(
        "models are: {}; one of your own is read where the scenario names it",
        funding::names().join(", ")
    );
    Err(Finding::error("W205", "model", message, help).into())
}

/// Arguments that a command does not take are refused, as on the command line.
fn refuse_others(asked: &RunAsked) -> Result<(), DeskError> {
    let takes: &[&str] = match asked.command.as_str() {
        "evaluate" | "check" | "inspect" => &[],
        "compare" => &["baselines"],
        "finance" => &["model", "assume"],
        "stress" => &["model", "assume", "preset", "draws"],
        "frontier" => &["vary", "baselines", "total_time"],
        other => {
            let help = "commands are: evaluate, check, inspect, compare, finance, stress, frontier";
            return Err(DeskError::asked(
                "command",
                format!("`{other}` is no command about a plan"),
                help,
            ));
        }
    };
    let args = &asked.args;
    let given = [
        ("baselines", !args.baselines.is_empty()),
        ("model", args.model.is_some()),
        ("assume", !args.assume.is_empty()),
        ("preset", args.preset.is_some()),
        ("draws", args.draws.is_some()),
        ("vary", args.vary.is_some()),
        ("total_time", args.total_time.is_some()),
    ];
    if let Some((name, _)) = given.iter().find(|(name, given)| *given && !takes.contains(name)) {
        let help = match takes {
            [] => "leave it out".to_string(),
            takes => format!("it takes: {}", takes.join(", ")),
        };
        return Err(DeskError::asked(
            "args",
            format!("`{}` takes no {name}", asked.command),
            help,
        ));
    }
    if asked.command == "compare" && args.baselines.is_empty() {
        return Err(DeskError::asked(
            "baselines",
            "compare needs a baseline or more",
            "name one, such as cpa",
        ));
    }
    let seconds = args
        .total_time
        .filter(|seconds| !(*seconds > 0.0 && *seconds <= crate::domain::Search::MOST_SECONDS));
    match seconds {
        Some(seconds) => Err(DeskError::asked(
            "total_time",
            format!("{seconds} is no time"),
            "give seconds, such as 60",
        )),
        None => Ok(()),
    }
}
