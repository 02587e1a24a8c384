//! A small publication for the tests of this module.

use super::{Atlas, AtlasGroup, LinkLine, Plane, Publication};
use crate::report::sample::two_lots;

/// The two lots of the sample, with a ferry and a county of three areas.
pub(super) fn with<T>(test: impl FnOnce(&Publication<'_>) -> T) -> T {
    let (answer, map) = two_lots();
    let links = [LinkLine {
        from: 0,
        to: 3,
        kind: "ferry".into(),
        name: "Long ferry".into(),
        line: [(405_000.0, 305_000.0), (435_000.0, 305_000.0)],
    }];
    let atlas = Atlas {
        names: ["Westby", "Midby", "Midton", "Easton", "Northam"]
            .map(String::from)
            .to_vec(),
        codes: ["E01", "E02", "E03", "E04", "E05"].map(String::from).to_vec(),
        places: vec![0, 1, 2, 3],
        groups: vec![AtlasGroup {
            grouping: "county".into(),
            name: "Midshire".into(),
            places: vec![1, 2, 3],
        }],
    };
    test(&Publication {
        answer: &answer,
        map: &map,
        links: &links,
        atlas: &atlas,
        intervals: &[],
        plane: Plane::BritishNationalGrid,
    })
}
