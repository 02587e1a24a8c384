//! The line from input to output, arrow by arrow: read a scenario, solve it, have it judged, and look at the answer.
//!
//! Run with `cargo run --release --example line`.

use std::path::Path;

use lotwright::app::{Case, summary};
use lotwright::domain::Unwatched;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/three-squares");
    let case = Case::load(&scenario, &[]).map_err(|error| format!("{error:?}"))?;
    println!(
        "{} areas, {} borders",
        case.problem.areas().len(),
        case.problem.adjacency().borders().len()
    );

    let answered = case.solve(&Unwatched)?;
    println!("{}", summary(&answered.answer));

    // The same scenario with another floor, as `--set` does it.
    let higher =
        Case::load(&scenario, &["viability.floor_gbp=450_000".to_string()]).map_err(|error| format!("{error:?}"))?;
    let lots = higher.solve(&Unwatched)?.answer.lots.len();
    println!("at a floor of £450,000: {lots} lot");
    Ok(())
}
