//! `lotwright import FILES… --as NAME`.

use super::commands::{print, print_json};
use super::datasets;
use super::exit::{DONE, Failure};
use crate::app::{ImportError, ImportRequest, import};

/// Makes the data set and says what was done.
pub fn run(request: &ImportRequest, json: bool) -> Result<u8, Failure> {
    if request.files.iter().filter(|file| *file == "-").count() > 1 {
        return Err(Failure::usage(
            "standard input can be read once only; give files for the others",
        ));
    }
    let answer = import(request).map_err(|error| match error {
        ImportError::Input(findings) => Failure::from(findings),
        ImportError::App(error) => Failure::unexpected(error),
    })?;
    if json {
        print_json(&answer)?;
    } else {
        print(&datasets::imported(&answer))?;
    }
    Ok(DONE)
}
