//! R: reasons why no plan exists.

use lotwright::domain::drawn::Drawn;
use lotwright::domain::{Outcome, Unwatched};
use lotwright::solve::solve;

use crate::case::{Case, add};
use crate::common::Folder;

const SCENARIO: &str = "scenario.toml";
const SOLVE: [&str; 2] = ["solve", "--json"];

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    [amounts(), rules(), repairs(), times()].into_iter().flatten().collect()
}

/// A floor of so many pounds, with other lines of `[viability]` below it.
fn floor(folder: &Folder, lines: &str) {
    folder.change(SCENARIO, "300_000", lines);
}

fn amounts() -> Vec<Case> {
    vec![
        Case::of("R101", |f| floor(f, "2_000_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.floor_gbp=1e6"]),
        Case::of("R102", |f| add(f, "viability", "cap_participants = 100"))
            .asked(&SOLVE)
            .option(&["--set", "viability.cap_participants=500"]),
        Case::of("R103", apart)
            .asked(&SOLVE)
            .option(&["--set", "areas.exclude=[\"E06000001\"]"]),
        Case::of("R106", |f| add(f, "viability", "cap_gbp = 350_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.cap_gbp=400_000"]),
        Case::of("R107", |f| f.change(SCENARIO, "\"max\"", "4"))
            .asked(&SOLVE)
            .option(&["--set", "lots.count=3"]),
        Case::of("R108", |f| {
            add(f, "viability", "cap_gbp = 400_000");
            f.change(SCENARIO, "\"max\"", "2");
        })
        .asked(&SOLVE)
        .option(&["--set", "lots.count=3"]),
        Case::of("R109", |f| floor(f, "450_000\ncap_gbp = 520_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.floor_gbp=400e3", "--set", "viability.cap_gbp=600e3"]),
        Case::of("R111", |f| floor(f, "400_000\ncap_gbp = 450_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.cap_gbp=600e3"]),
        Case::of("R113", |_| ())
            .asked(&[
                "solve",
                "--json",
                "--set",
                "viability.chance=0.99",
                "--set",
                "risk.national_sd=0.5",
            ])
            .instead(&[
                "solve",
                "--json",
                "--set",
                "viability.chance=0.6",
                "--set",
                "risk.national_sd=0.5",
            ]),
        Case::of("R121", |f| floor(f, "2_000_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.floor_gbp=1e6"]),
        Case::of("R122", |f| floor(f, "2_000_000"))
            .asked(&SOLVE)
            .option(&["--set", "viability.floor_gbp=1e6"]),
    ]
}

/// The first square lies by itself.
fn apart(folder: &Folder) {
    let ring = "[[-1.6,52.0],[-1.4,52.0],[-1.4,52.2],[-1.6,52.2],[-1.6,52.0]]";
    folder.change(
        "areas.geojson",
        ring,
        &ring.replace("-1.6", "-1.9").replace("-1.4", "-1.7"),
    );
}

fn rules() -> Vec<Case> {
    vec![
        Case::of("R104", |f| {
            f.write("locks.csv", "area_code,lot_id\nE06000002,1\nE06000003,2\n");
            add(f, "lots", "locks = \"locks.csv\"\nkeep_whole = [\"deal\"]");
        })
        .asked(&SOLVE)
        .edit(|f| f.change("locks.csv", "E06000003,2", "E06000003,1")),
        Case::of("R105", |f| {
            add(
                f,
                "lots",
                "keep_whole = [\"deal\"]\nnever_together = [[\"E06000002\", \"E06000003\"]]",
            )
        })
        .asked(&SOLVE)
        .option(&["--set", "lots.never_together=[]"]),
    ]
}

/// Findings of a search that has no time at all, and what more time or another rule does.
fn times() -> Vec<Case> {
    const AT_ONCE: [&str; 4] = ["solve", "--json", "--time-limit", "0.000001"];
    vec![
        Case::of("R110", |_| ()).asked(&AT_ONCE).instead(&SOLVE),
        Case::of("R112", |f| {
            f.write(
                "plan.csv",
                "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n",
            );
        })
        .asked(&["repair", "--json", "--plan", "@plan.csv", "--time-limit", "0.000001"])
        .instead(&["repair", "--json", "--plan", "@plan.csv"]),
        Case::of("R114", |_| ())
            .asked(
                &[
                    &AT_ONCE[..],
                    &["--set", "viability.chance=0.6", "--set", "risk.national_sd=0.1"],
                ]
                .concat(),
            )
            .instead(&["solve", "--json", "--set", "viability.survive=0.1"]),
        Case::of("R123", |f| floor(f, "2_000_000"))
            .asked(&AT_ONCE)
            .instead(&SOLVE)
            .ends(4),
    ]
}

/// Only a caller of the library can include no area; from files, S303 comes first.
#[test]
fn the_step_of_r100_works_when_a_caller_follows_it() {
    let solved = |map: &str| -> Outcome { solve(&Drawn::new(map).problem(), &Unwatched).unwrap() };
    let told = |outcome: &Outcome| outcome.findings.iter().any(|finding| finding.code == "R100");
    assert!(told(&solved("")));
    let outcome = solved("ab");
    assert!(!told(&outcome) && outcome.plan.is_some());
}

fn repairs() -> Vec<Case> {
    vec![
        Case::of("R120", |f| {
            f.write(
                "plan.csv",
                "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,1\nE06000004,2\n",
            );
            floor(f, "450_000");
            add(f, "viability", "cap_gbp = 520_000");
        })
        .asked(&["repair", "--json", "--plan", "@plan.csv"])
        .option(&["--set", "viability.floor_gbp=400e3", "--set", "viability.cap_gbp=600e3"]),
    ]
}
