//! How long a stroke takes on the 348 authorities of England and Wales: written down, judged, valued, and told as JSON.

use std::path::Path;

use lotwright::app::desk::{Desk, StrokeAsked, Target};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A desk with the twelve areas of the Restart Scheme on it.
fn desk(folder: &TempDir) -> Desk {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/restart-2021");
    let plan = scenario.join("plans/cpa.csv");
    let desk = Desk::open(&scenario, &[], Some(folder.path()), Some(&plan));
    desk.unwrap_or_else(|_| std::process::abort())
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap_or_else(|_| std::process::abort())
}

#[divan::bench]
fn open(bencher: divan::Bencher) {
    bencher.with_inputs(folder).bench_values(|folder| {
        let opened = serde_json::to_vec(&desk(&folder).opening());
        (opened.map(|text| text.len()).ok(), folder)
    });
}

#[divan::bench]
fn state(bencher: divan::Bencher) {
    let folder = folder();
    let desk = desk(&folder);
    bencher.bench_local(|| serde_json::to_vec(&desk.state()).map(|text| text.len()).ok());
}

#[divan::bench]
fn stroke_with_its_state(bencher: divan::Bencher) {
    let folder = folder();
    let mut desk = desk(&folder);
    let lots = ["1a West Central", "1b East Central"];
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let asked = StrokeAsked {
            revision: Some(desk.revision()),
            seats: vec![turn % 300],
            lot: Some(Target::Lot(lots[turn % 2].into())),
            id: None,
            delta: true,
        };
        let before = desk.revision();
        if desk.stroke(&asked).is_err() {
            std::process::abort();
        }
        serde_json::to_vec(&desk.state_after(&asked, before))
            .map(|text| text.len())
            .ok()
    });
}
