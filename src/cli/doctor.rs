//! `lotwright doctor FILES…`.

use super::commands::{print, print_json};
use super::exit::{DONE, Failure, INPUT};
use crate::app::{ImportOptions, examine};

/// Tells what each file is and what is wrong with it; the exit code is that of invalid input where a file has an error.
pub fn run(files: &[String], options: &ImportOptions, json: bool) -> Result<u8, Failure> {
    if files.iter().filter(|file| *file == "-").count() > 1 {
        return Err(Failure::usage(
            "standard input can be read once only; give files for the others",
        ));
    }
    let answer = examine(files, options)?;
    if json {
        print_json(&answer)?;
    } else {
        print(&answer.words())?;
    }
    Ok(if answer.has_errors() { INPUT } else { DONE })
}
