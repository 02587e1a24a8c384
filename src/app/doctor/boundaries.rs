//! What the doctor says of a boundary file: its format, its plane, its areas, their borders and islands, and all that is wrong.

use serde::Serialize;

use crate::app::answer::finding_answer;
use crate::domain::{Adjacency, AreaCode, BorderKind, Finding};
use crate::geo::{Rigour, away};
use crate::io::input::Input;
use crate::io::{BoundarySet, BoundarySource, CodeChanges, Kind, sniff};
use crate::report::{FileAnswer, FindingAnswer};

/// How to look at a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'a> {
    /// Which of several layers.
    pub layer: Option<&'a str>,
    /// Which of several years.
    pub year: Option<i64>,
    /// Beginnings of the codes that are wanted; empty for all.
    pub only: &'a [String],
    /// Coordinate reference system, where the file does not say it.
    pub crs: Option<&'a str>,
    /// Whether shapes are repaired however much that changes.
    pub mend: bool,
    /// The other parts of a loose shapefile, by name.
    pub beside: &'a [(String, Vec<u8>)],
}

/// A boundary file as it would be read.
#[derive(Clone, Debug, Serialize)]
pub struct BoundariesSeen {
    /// The file.
    pub file: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// What it is, such as `a GeoPackage`.
    pub format: String,
    /// Whether a scenario could use it as boundaries.
    pub usable: bool,
    /// Plane on which it is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plane: Option<String>,
    /// Property with the codes; absent where the ids of features serve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_column: Option<String>,
    /// Property with the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_column: Option<String>,
    /// Properties that could serve as groupings.
    pub groupings: Vec<String>,
    /// Number of areas.
    pub areas: usize,
    /// Land in square kilometres.
    pub land_km2: f64,
    /// Common borders with a line between two vertices in common.
    pub exact_borders: usize,
    /// Common borders whose lines only lie on each other.
    pub partial_borders: usize,
    /// Connected parts of the map.
    pub components: usize,
    /// Areas without a common border.
    pub islands: Vec<IslandSeen>,
    /// What there is to say.
    pub findings: Vec<FindingAnswer>,
    /// Codes of the areas.
    #[serde(skip)]
    pub codes: Vec<AreaCode>,
}

/// An area without a common border.
#[derive(Clone, Debug, Serialize)]
pub struct IslandSeen {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The areas nearest to it.
    pub nearest: Vec<NearestSeen>,
}

/// An area near to an island, to which a link could lead.
#[derive(Clone, Debug, Serialize)]
pub struct NearestSeen {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Metres between the outlines.
    pub metres: f64,
}

/// How many of the nearest areas are named for an island.
const NEAREST: usize = 3;

/// Looks at a boundary file. What cannot be read is told among the findings.
pub fn look_at_boundaries(input: &Input, look: &Look<'_>) -> BoundariesSeen {
    let source = BoundarySource {
        file: &input.name,
        bytes: &input.bytes,
        crs: look.crs,
        layer: look.layer,
        beside: look.beside,
        year: look.year,
        only: look.only,
    };
    let kind = sniff(&input.name, &input.bytes);
    let mut seen = BoundariesSeen {
        file: input.name.clone(),
        sha256: input.sha256.clone(),
        format: kind.map_or_else(|_| "not known".to_string(), |kind| kind.words().to_string()),
        usable: false,
        plane: None,
        code_column: None,
        name_column: None,
        groupings: Vec::new(),
        areas: 0,
        land_km2: 0.0,
        exact_borders: 0,
        partial_borders: 0,
        components: 0,
        islands: Vec::new(),
        findings: Vec::new(),
        codes: Vec::new(),
    };
    let rigour = if look.mend { Rigour::Mending } else { Rigour::Careful };
    let findings = match BoundarySet::read_with(&source, rigour) {
        Ok((set, findings)) => {
            seen.tell(&set);
            findings
        }
        Err(findings) => findings,
    };
    seen.findings = findings.0.iter().map(finding_answer).collect();
    seen.findings
        .extend(seen.islands.iter().map(|island| finding_answer(&island.finding())));
    seen
}

/// What the doctor answers of boundaries.
pub(super) fn examine(input: &Input, look: &Look<'_>, changes: &CodeChanges) -> FileAnswer {
    let seen = look_at_boundaries(input, look);
    let role = if seen.usable { "boundaries" } else { "unknown" };
    let mut facts: Vec<String> = seen.plane.iter().map(|plane| format!("measured on {plane}")).collect();
    if !seen.groupings.is_empty() {
        facts.push(format!("may group areas by {}", seen.groupings.join(", ")));
    }
    FileAnswer {
        role: role.into(),
        kind: role.into(),
        what: seen.words(),
        rows: seen.areas,
        vintage: changes.vintage(seen.codes.iter(), None).words(),
        facts,
        findings: seen.findings,
        ..FileAnswer::default()
    }
}

impl BoundariesSeen {
    fn tell(&mut self, set: &BoundarySet) {
        let borders = set.coverage.borders();
        let partial = borders.iter().filter(|b| b.kind == BorderKind::Partial).count();
        let mut groupings: Vec<String> = set
            .places
            .iter()
            .flat_map(|p| &p.groups)
            .map(|(key, _)| key.clone())
            .collect();
        groupings.sort();
        groupings.dedup();
        let land: f64 = (0..set.coverage.len()).map(|area| set.coverage.area_m2(area)).sum();
        self.usable = true;
        self.format = set.kind.words().into();
        self.plane = Some(set.frame.name());
        self.code_column = set.code_column.clone();
        self.name_column = set.name_column.clone();
        self.groupings = groupings;
        self.areas = set.places.len();
        self.codes = set.places.iter().map(|place| place.code.clone()).collect();
        self.land_km2 = (land / 1e4).round() / 100.0;
        self.exact_borders = borders.len() - partial;
        self.partial_borders = partial;
        let graph = Adjacency::new(set.places.len(), borders, Vec::new());
        self.components = graph.components().len();
        self.islands = if set.places.len() < 2 {
            Vec::new()
        } else {
            islands(set, &graph.islands())
        };
    }

    /// The file in one sentence.
    pub fn summary(&self) -> String {
        format!("{}: {}", self.file, self.words())
    }

    /// The same without the name of the file.
    fn words(&self) -> String {
        if !self.usable && self.format == Kind::Table.words() {
            return "neither boundaries nor a table that can be read".into();
        }
        if !self.usable {
            return format!("{}, which cannot be used as it is", self.format);
        }
        let code = self.code_column.as_deref().unwrap_or("the id of features");
        format!(
            "{} of {}, coded in {code}, with {} ({} exact, {} partial), {} and {}",
            self.format,
            counted(self.areas, "area"),
            counted(self.exact_borders + self.partial_borders, "common border"),
            self.exact_borders,
            self.partial_borders,
            counted(self.islands.len(), "island"),
            counted(self.components, "connected part")
        )
    }
}

/// So many things, without commas between thousands: the sentence is read by scripts too.
fn counted(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

fn islands(set: &BoundarySet, islands: &[usize]) -> Vec<IslandSeen> {
    let nearest = set.coverage.nearest(islands, NEAREST, |_| true);
    let seen = |(&island, near): (&usize, Vec<(usize, f64)>)| IslandSeen {
        code: set.places[island].code.to_string(),
        name: set.places[island].name.clone(),
        nearest: near
            .into_iter()
            .map(|(place, metres)| NearestSeen {
                code: set.places[place].code.to_string(),
                name: set.places[place].name.clone(),
                metres: (10.0 * metres).round() / 10.0,
            })
            .collect(),
    };
    islands.iter().zip(nearest).map(seen).collect()
}

impl IslandSeen {
    fn finding(&self) -> Finding {
        let near = self
            .nearest
            .first()
            .map_or_else(String::new, |n| format!("; nearest is {}, {}", n.name, away(n.metres)));
        let message = format!("{} has no common border with any other area{near}", self.name);
        let help = "name its bridge, tunnel or ferry in a table of links";
        Finding::note("G101", &self.code, message, help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> BoundariesSeen {
        look_at_boundaries(
            &Input::from_bytes("map.geojson", text.as_bytes().to_vec()),
            &Look::default(),
        )
    }

    fn map(codes_at: &[(&str, f64)]) -> String {
        let features: Vec<String> = codes_at
            .iter()
            .map(|(code, e)| {
                let (a, b) = (e + 4e5, e + 4.1e5);
                format!(
                    r#"{{"type":"Feature","properties":{{"LAD16CD":"{code}","country":"England"}},"geometry":{{"type":"Polygon",
                    "coordinates":[[[{a},2e5],[{b},2e5],[{b},2.1e5],[{a},2.1e5],[{a},2e5]]]}}}}"#
                )
            })
            .collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    #[test]
    fn a_map_is_described_with_its_borders_and_islands() {
        let seen = look(&map(&[("A", 0.0), ("B", 1e4), ("C", 3e4)]));
        assert!(seen.usable, "{:?}", seen.findings);
        assert_eq!((seen.areas, seen.exact_borders, seen.components), (3, 1, 2));
        assert_eq!((seen.code_column.as_deref(), seen.land_km2), (Some("LAD16CD"), 300.0));
        assert_eq!(seen.groupings, vec!["country"]);
        assert_eq!(
            (
                seen.islands[0].nearest[0].code.as_str(),
                seen.islands[0].nearest[0].metres
            ),
            ("B", 1e4)
        );
        let codes: Vec<&str> = seen.findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, vec!["G305", "G101"]);
        assert!(
            seen.summary()
                .contains("3 areas, coded in LAD16CD, with 1 common border (1 exact, 0 partial)")
        );
    }

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        let seen = look("area_code,people\n");
        assert!(
            !seen.usable
                && seen
                    .summary()
                    .contains("neither boundaries nor a table that can be read")
        );
        assert_eq!(seen.findings[0].code, "G302");
    }
}
