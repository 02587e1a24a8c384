//! Progress on a terminal: phase, best so far, bound, gap, time; nothing of it in a pipe.

use std::io::{IsTerminal, stderr};
use std::sync::RwLock;

use indicatif::{ProgressBar, ProgressStyle};

use super::interrupt;
use crate::app::{Measure, Phase, Progress, Watcher, measured};

/// Shows the progress of a search on a terminal, and stops it at Ctrl-C.
pub struct Terminal {
    bar: Option<ProgressBar>,
    about: RwLock<String>,
}

impl Terminal {
    /// Shows progress only where standard error is a terminal and the user did not ask for quiet.
    pub fn new(quiet: bool) -> Self {
        let shown = !quiet && stderr().is_terminal();
        let bar = shown.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>4}  {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(std::time::Duration::from_millis(120));
            bar
        });
        Self {
            bar,
            about: RwLock::default(),
        }
    }

    /// Says what the searches that follow are about.
    pub fn about(&self, text: &str) {
        if let Ok(mut about) = self.about.write() {
            *about = format!("{text}: ");
        }
    }

    /// Clears the line.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Watcher for Terminal {
    fn progress(&self, progress: &Progress) {
        if let Some(bar) = &self.bar {
            let stopping = if interrupt::stopped() {
                "; stopping, the best plan is kept"
            } else {
                ""
            };
            let about = self.about.read().map(|about| about.clone()).unwrap_or_default();
            bar.set_message(format!("{about}{}{stopping}", words(progress)));
        }
    }

    fn cancelled(&self) -> bool {
        interrupt::stopped()
    }
}

fn words(progress: &Progress) -> String {
    let phase = match progress.phase {
        Phase::Bounds => "bounding".to_string(),
        Phase::Search => "searching".to_string(),
        Phase::Enumerate => "counting candidate lots".to_string(),
        Phase::Prove(measure) => format!("proving {}", measure.word()),
    };
    let lots = progress.lots.unwrap_or(1);
    let shown = |value: i64| figure(progress.measure, value, lots);
    let mut words = vec![phase];
    words.extend(progress.best.map(|best| format!("best {}", shown(best))));
    words.extend(progress.bound.map(|bound| format!("bound {}", shown(bound))));
    if let (Some(best), Some(bound)) = (progress.best, progress.bound) {
        let gap = (best - bound).abs() as f64 / (best.abs().max(1)) as f64;
        words.push(format!("gap {:.1} %", gap * 100.0));
    }
    words.join(", ")
}

fn figure(measure: Measure, value: i64, lots: usize) -> String {
    measured(measure.shown(value, lots), measure.unit())
}
