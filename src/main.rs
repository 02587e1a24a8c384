//! The `lotwright` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    lotwright::cli::run()
}
