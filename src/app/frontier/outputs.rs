//! The files of a frontier: table, chart and report, and a plan for each point that has one.

use super::{FrontierFound, Variants};
use crate::app::outputs::Files;
use crate::io::plan;
use crate::report::frontier;

/// The files of `--out`, and those of its folder `plans`.
pub struct FrontierFiles {
    /// `frontier.json`, `frontier.csv`, `frontier.svg` and `frontier.html`.
    pub main: Files,
    /// `plan-VALUE.csv` and `plan-VALUE.json` for each point that has a plan.
    pub plans: Vec<(String, Vec<u8>)>,
}

impl Variants {
    /// Makes every file of `--out`.
    ///
    /// # Errors
    /// What a writer reports, which does not come from the user's files.
    pub fn outputs(&self, found: &FrontierFound) -> Result<FrontierFiles, Box<dyn std::error::Error>> {
        let sources = self.cases.first().map_or(&[][..], |case| &case.sources);
        let all = &found.frontier;
        let main = vec![
            ("frontier.json", serde_json::to_vec_pretty(all)?),
            ("frontier.csv", frontier::csv(all)?.into_bytes()),
            ("frontier.svg", frontier::picture(all, sources).into_bytes()),
            ("frontier.html", frontier::page(all, sources).into_bytes()),
        ];
        let mut plans = Vec::new();
        for ((case, plan), point) in self.cases.iter().zip(&found.plans).zip(&all.points) {
            if let (Some(plan), Some(answer)) = (plan, &point.answer) {
                let csv = plan::write(&case.problem, plan.plan())?;
                plans.push((format!("plan-{}.csv", point.value), csv.into_bytes()));
                plans.push((format!("plan-{}.json", point.value), serde_json::to_vec_pretty(answer)?));
            }
        }
        Ok(FrontierFiles { main, plans })
    }
}
