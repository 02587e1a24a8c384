//! F: funding models.

use std::fs;

use crate::case::Case;
use crate::common::{Folder, root};

const FINANCE: [&str; 6] = ["finance", "--plan", "@plan.csv", "--model", "@own.toml", "--json"];

/// Cases of this family.
pub fn cases() -> Vec<Case> {
    vec![
        Case::of("F101", |f| {
            own(f, &[("share = { value = 0.7,", "share = { value = 0.6,")])
        })
        .asked(&FINANCE)
        .edit(|f| own(f, &[])),
        Case::of("F102", |f| own(f, &[("status = \"published\", source", "note")]))
            .asked(&FINANCE)
            .edit(|f| own(f, &[])),
        Case::of("F103", |f| {
            own(f, &[("unit = \"pounds a month\"", "unit = \"pounds a year\"")])
        })
        .asked(&FINANCE)
        .edit(|f| own(f, &[])),
        Case::of("F104", |f| own(f, &[]))
            .asked(&differing("stress.national_sd=0.25"))
            .instead(&differing("stress.national_sd=0.1")),
        Case::of("F105", |f| {
            own(f, &[]);
            f.change("scenario.toml", "envelope_gbp = 1_000_000", "envelope_gbp = 0");
            f.change("scenario.toml", "floor_gbp = 300_000", "floor_participants = 50");
        })
        .asked(&FINANCE)
        .option(&["--set", "funding.envelope_gbp=1e6"]),
        Case::of("F201", |f| own(f, &[]))
            .asked(&["finance", "--plan", "@plan.csv", "--model", "whp-2071"])
            .instead(&["finance", "--plan", "@plan.csv", "--model", "whp-2017"]),
        Case::of("F202", |f| own(f, &[]))
            .asked(&["finance", "--plan", "@plan.csv", "--json"])
            .option(&["--model", "whp-2017"]),
        Case::of("F301", |f| own(f, &[]))
            .asked(&FINANCE)
            .option(&["--assume", "provider.target_margin=0.01"]),
        Case::of("F302", |f| {
            own(f, &[]);
            f.change("scenario.toml", "envelope_gbp = 1_000_000", "envelope_gbp = 5_000_000");
        })
        .asked(&FINANCE)
        .edit(|f| {
            f.write(
                "plan.csv",
                "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,1\nE06000004,1\n",
            )
        }),
        Case::of("F303", |f| own(f, &[]))
            .asked(&["stress", "--plan", "@plan.csv", "--json"])
            .edit(with_regions),
    ]
}

/// A stress whose scenario says how far volumes err, beside an assumption.
fn differing(assumed: &'static str) -> [&'static str; 7] {
    let set = ["--set", "risk.national_sd=0.1", "--assume", assumed];
    ["stress", "--plan", "@plan.csv", set[0], set[1], set[2], set[3]]
}

/// A table of regions, which the scenario names.
pub fn with_regions(folder: &Folder) {
    folder.write(
        "region.csv",
        "area_code,region\nE06000001,West\nE06000002,West\nE06000003,East\nE06000004,East\n",
    );
    folder.change("scenario.toml", "[\"deal.csv\"]", "[\"deal.csv\", \"region.csv\"]");
}

/// A plan, and a model of one's own that is the one for the Work and Health Programme but for these changes.
fn own(folder: &Folder, changes: &[(&str, &str)]) {
    let mut text = fs::read_to_string(root().join("funding/whp-2017.toml")).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    folder.write("own.toml", &text);
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n",
    );
}
