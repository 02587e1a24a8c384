//! `lotwright inspect`: the data of a scenario, one data set, or all of them.

use std::path::{Path, PathBuf};

use super::args::{Common, Options};
use super::commands::{load, print, print_json};
use super::exit::{DONE, Failure};
use super::{datasets, words};
use crate::app::names_dataset;

/// Shows what is named, or lists the data sets.
pub fn run(what: Option<&Path>, list: bool, options: &Options) -> Result<u8, Failure> {
    match what {
        Some(_) if list => Err(Failure::usage(
            "--datasets lists all data sets; name none, or leave it out",
        )),
        None => all(options),
        Some(name) if names_dataset(name) => one(&name.to_string_lossy(), options),
        Some(scenario) => of_scenario(scenario.to_path_buf(), options),
    }
}

fn all(options: &Options) -> Result<u8, Failure> {
    let answer = crate::app::datasets();
    if options.json {
        print_json(&answer)?;
    } else {
        print(&datasets::listed(&answer))?;
    }
    Ok(DONE)
}

fn one(name: &str, options: &Options) -> Result<u8, Failure> {
    let answer = crate::app::dataset(name)?;
    if options.json {
        print_json(&answer)?;
    } else {
        let text: String = answer.datasets.iter().map(datasets::shown).collect();
        print(&text)?;
    }
    Ok(DONE)
}

fn of_scenario(scenario: PathBuf, options: &Options) -> Result<u8, Failure> {
    let case = load(&Common {
        scenario,
        options: options.clone(),
    })?;
    let inspection = case.inspect();
    if options.json {
        print_json(&inspection)?;
    } else {
        print(&words::inspection(&inspection))?;
    }
    Ok(DONE)
}
