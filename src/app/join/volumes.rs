//! Joins volumes with the areas of the boundaries, so that every row is accounted for.

use super::Tables;
use super::agreement::disagreement;
use super::fit::{Fitted, Fitter, Outcome};
use super::index::Index;
use super::told;
use crate::domain::words::count;
use crate::domain::{Figure, Finding, Findings, Scenario, Volume};
use crate::io::volumes::{self, Cell, VolumeRow};

/// The volumes as joined: a figure for every area that takes part, and what became of every row.
#[derive(Clone, Debug, Default)]
pub struct VolumeJoin {
    /// For every area that takes part, its figure.
    pub figures: Vec<Figure>,
    /// For every row of the table, where it went.
    pub fitted: Vec<Fitted>,
    /// For every row, its figure; `None` where it is suppressed and nothing is taken for it.
    pub row_figures: Vec<Option<Figure>>,
    /// For every row, whether an area that takes part has it.
    pub used: Vec<bool>,
    /// For every row, whether another row counts the same people.
    pub doubled: Vec<bool>,
    /// Codes of areas that take part and have no row.
    pub missing: Vec<String>,
}

/// A row that gives its figure, or a part of it, to a place.
#[derive(Clone, Copy, Debug)]
struct Given {
    row: usize,
    figure: Option<Figure>,
}

/// The volumes of every place in `places`, in that order.
///
/// Codes of another vintage are recoded or summed forward; what would have to be divided is refused (`V208`) unless the scenario says by what (`V209`). A row of
/// an unknown code is an error (`V201`), as is an area without a row (`V202`), an area of which only a part has rows (`V213`), people who stand in two rows (`V212`),
/// and a suppressed cell where the scenario gives no value to take for it (`V203`).
pub fn of_places(
    scenario: &Scenario,
    tables: &Tables,
    index: &Index<'_>,
    places: &[usize],
    findings: &mut Findings,
) -> VolumeJoin {
    let fitter = Fitter::new(tables, index, scenario.volumes.near_names);
    let rows = &tables.volumes.rows;
    let fitted: Vec<Fitted> = rows.iter().map(|row| fitter.fit(row, findings)).collect();
    let row_figures: Vec<Option<Figure>> = rows.iter().map(|row| figure(scenario, tables, row.cell)).collect();
    let takes_part = places.iter().fold(vec![false; index.len()], |mut takes_part, &place| {
        takes_part[place] = true;
        takes_part
    });
    let mut given: Vec<Vec<Given>> = vec![Vec::new(); index.len()];
    for (row, fitted) in fitted.iter().enumerate() {
        let concerns = fitted.to.iter().any(|&place| takes_part[place]);
        let parts = match fitted.outcome {
            Outcome::Divided if concerns => divided(tables, &rows[row], fitted, row_figures[row], findings),
            Outcome::Divided => Vec::new(),
            _ => vec![row_figures[row]; fitted.to.len()],
        };
        for (&place, figure) in fitted.to.iter().zip(parts) {
            given[place].push(Given { row, figure });
        }
    }
    findings.0.extend(disagreement(tables, &fitted));
    let old = old_codes(tables, &fitted);
    let has_old = old.is_some();
    findings.0.extend(old);
    let unfigured = |place: usize| given[place].is_empty() && is_district(tables, place);
    let districts = places.iter().filter(|&&place| unfigured(place)).count();
    let by_county = by_county(tables, districts);
    let are_counties = by_county.is_some();
    findings.0.extend(by_county);
    let mut join = VolumeJoin {
        used: fitted
            .iter()
            .map(|one| one.to.iter().any(|&place| takes_part[place]))
            .collect(),
        doubled: vec![false; rows.len()],
        row_figures,
        fitted,
        ..VolumeJoin::default()
    };
    for &place in places {
        if given[place].is_empty() && (has_old || are_counties && is_district(tables, place)) {
            // What is wrong with the rows has been said; that areas have none follows from it.
            join.missing.push(tables.boundaries.places[place].code.to_string());
            join.figures.push(Figure::default());
            continue;
        }
        let figure = join.of_place(tables, place, &given[place], findings);
        join.figures.push(figure);
    }
    told::tell(scenario, tables, index, &join, &given_rows(&given, places), findings);
    join
}

/// Codes of the kind used until 2010 are told once: usually all codes of a table are.
fn old_codes(tables: &Tables, fitted: &[Fitted]) -> Option<Finding> {
    let old = |fitted: &&Fitted| fitted.outcome == Outcome::Old;
    let codes: Vec<&str> = fitted.iter().filter(old).map(|fitted| fitted.code.as_str()).collect();
    (!codes.is_empty()).then(|| volumes::of_before_2011(&tables.volumes.file, &codes))
}

/// Whether an area is a district of a county with two tiers.
fn is_district(tables: &Tables, place: usize) -> bool {
    tables.boundaries.places[place].code.as_str().starts_with("E07")
}

/// Figures by county are told once: counties have rows, and no district has one, though `districts` take part.
fn by_county(tables: &Tables, districts: usize) -> Option<Finding> {
    let rows = &tables.volumes.rows;
    let of = |level: &str| rows.iter().filter(|row| row.code.as_str().starts_with(level)).count();
    let counties = of("E10");
    let message = format!(
        "the figures are by county: {} rows, and none of the {} that take part has one",
        count(counties, "county has", "counties have"),
        count(districts, "district", "districts")
    );
    let help =
        "get the same figures by district (`local authorities: district / unitary` of Nomis), or exclude the districts";
    (counties > 0 && districts > 0 && of("E07") == 0)
        .then(|| Finding::error("V202", &tables.volumes.file, message, help))
}

/// Rows of each place that takes part.
fn given_rows(given: &[Vec<Given>], places: &[usize]) -> Vec<(usize, Vec<usize>)> {
    places
        .iter()
        .map(|&place| (place, given[place].iter().map(|one| one.row).collect()))
        .collect()
}

/// The least that is said of a negligible figure where nothing says to what figures are rounded: below five people.
const NEGLIGIBLE: Volume = Volume::people(5);

fn figure(scenario: &Scenario, tables: &Tables, cell: Cell) -> Option<Figure> {
    let people = |people: f64| Volume((people * 1000.0).round() as i64);
    let asked = &scenario.volumes;
    let step = asked
        .rounded_to
        .map(people)
        .or(tables.volumes.rounded_to)
        .filter(|step| *step > Volume::ZERO);
    match cell {
        Cell::Number(volume) => Some(step.map_or(Figure::exact(volume), |step| Figure::rounded(volume, step))),
        Cell::Negligible => Some(Figure {
            high: step.unwrap_or(NEGLIGIBLE),
            ..Figure::default()
        }),
        Cell::AtMost(most) => Some(Figure {
            low: Volume::ZERO,
            middle: asked
                .suppressed
                .map_or(Volume(most.0 / 2), |taken| people(taken).min(most)),
            high: most,
        }),
        // That it is no figure has been told.
        Cell::Unread => Some(Figure::default()),
        Cell::Suppressed => asked.suppressed.map(|taken| Figure {
            low: Volume::ZERO,
            middle: people(taken),
            high: people(asked.suppressed_most.unwrap_or(2.0 * taken)),
        }),
    }
}

/// The parts of a figure that several areas share, by the weights that the scenario names.
fn divided(
    tables: &Tables,
    row: &VolumeRow,
    fitted: &Fitted,
    figure: Option<Figure>,
    findings: &mut Findings,
) -> Vec<Option<Figure>> {
    let areas = &tables.boundaries.places;
    let weights: Option<Vec<Volume>> = tables.split.as_ref().and_then(|split| {
        fitted
            .to
            .iter()
            .map(|&place| split.weights.get(&areas[place].code).copied())
            .collect()
    });
    match weights {
        Some(weights) if weights.iter().any(|weight| *weight > Volume::ZERO) => match figure {
            Some(figure) => figure.divided(&weights).into_iter().map(Some).collect(),
            None => vec![None; weights.len()],
        },
        _ => {
            findings.push(cannot_divide(tables, row, fitted));
            vec![Some(Figure::default()); fitted.to.len()]
        }
    }
}

fn cannot_divide(tables: &Tables, row: &VolumeRow, fitted: &Fitted) -> Finding {
    let areas: Vec<String> = fitted
        .to
        .iter()
        .map(|&place| tables.boundaries.places[place].name.clone())
        .collect();
    let name = told::name_of(tables, &fitted.code, &row.name);
    let message = format!(
        "{} ({name}) is {} in the boundaries, and one figure does not say how many people live in each",
        fitted.code,
        crate::domain::words::list(&areas, 12)
    );
    let help = match &tables.split {
        None => "use figures of the vintage of the boundaries; or name figures to divide it by, such as \
                 `volumes.split_by = \"volumes.csv:population_mid_2016\"`, and the parts are estimates"
            .to_string(),
        Some(split) => format!("give figures above zero for each of these areas in {}", split.name),
    };
    Finding::error(
        "V208",
        format!("{} line {}", tables.volumes.file, row.line),
        message,
        help,
    )
}

impl VolumeJoin {
    fn of_place(&mut self, tables: &Tables, place: usize, given: &[Given], findings: &mut Findings) -> Figure {
        let area = &tables.boundaries.places[place];
        if given.is_empty() {
            let message = format!("has no row for {}, {}", area.code, area.name);
            let help = "add its volume, or exclude the area";
            findings.push(Finding::error("V202", &tables.volumes.file, message, help));
            self.missing.push(area.code.to_string());
            return Figure::default();
        }
        self.doubles(tables, place, given, findings);
        self.parts(tables, place, given, findings);
        let mut sum = Figure::default();
        for one in given {
            match one.figure {
                Some(figure) => sum += figure,
                None => findings.push(suppressed(tables, place, &tables.volumes.rows[one.row])),
            }
        }
        sum
    }

    /// People who stand in two rows: an area has a row of its own and one of a part of it, or two rows by codes of two years.
    fn doubles(&mut self, tables: &Tables, place: usize, given: &[Given], findings: &mut Findings) {
        let mut same = Vec::new();
        for (k, one) in given.iter().enumerate() {
            for other in &given[k + 1..] {
                if self.overlap(tables, one.row, other.row) {
                    same.extend([one.row, other.row]);
                }
            }
        }
        same.sort_unstable();
        same.dedup();
        let Some(&first) = same.first() else { return };
        same.iter().for_each(|&row| self.doubled[row] = true);
        let rows: Vec<String> = same.iter().map(|&row| self.row_words(tables, row)).collect();
        let area = &tables.boundaries.places[place];
        let message = format!(
            "the people of {}, {}, stand in several rows: {}",
            area.code,
            area.name,
            rows.join("; ")
        );
        let help = "keep the row of the area or those of its parts, and delete the others";
        let line = tables.volumes.rows[first].line;
        findings.push(Finding::error(
            "V212",
            format!("{} line {line}", tables.volumes.file),
            message,
            help,
        ));
    }

    /// Two rows of one place count the same people unless both are of areas that merged into it, and neither of these went into the other.
    fn overlap(&self, tables: &Tables, one: usize, other: usize) -> bool {
        let (one, other) = (&self.fitted[one], &self.fitted[other]);
        if one.outcome != Outcome::Merged || other.outcome != Outcome::Merged {
            return true;
        }
        let into = |from: &Fitted, to: &Fitted| tables.changes.route(&from.code, &|code| *code == to.code).is_some();
        into(one, other) || into(other, one)
    }

    fn row_words(&self, tables: &Tables, row: usize) -> String {
        let (row, code) = (&tables.volumes.rows[row], &self.fitted[row].code);
        format!(
            "{code} ({}) on line {}",
            told::name_of(tables, code, &row.name),
            row.line
        )
    }

    /// A sum of areas that merged must have all of them.
    fn parts(&self, tables: &Tables, place: usize, given: &[Given], findings: &mut Findings) {
        if given.iter().any(|one| self.fitted[one.row].outcome != Outcome::Merged) {
            return;
        }
        let area = &tables.boundaries.places[place];
        let codes: Vec<_> = given.iter().map(|one| &self.fitted[one.row].code).collect();
        let missing = tables.changes.missing_parts(&area.code, &|code| codes.contains(&code));
        if missing.is_empty() {
            return;
        }
        let names: Vec<String> = missing
            .iter()
            .map(|code| format!("{code} ({})", told::name_of(tables, code, "")))
            .collect();
        let message = format!(
            "{}, {}, is summed from the areas that it was made of, and {} {} no row",
            area.code,
            area.name,
            crate::domain::words::list(&names, 8),
            if names.len() == 1 { "has" } else { "have" }
        );
        let help = "add the missing rows, or give the area a row of its own and delete those of its parts";
        findings.push(Finding::error("V213", &tables.volumes.file, message, help));
    }
}

fn suppressed(tables: &Tables, place: usize, row: &VolumeRow) -> Finding {
    let area = &tables.boundaries.places[place];
    let message = format!("the volume of {}, {}, is suppressed or blank", area.code, area.name);
    let help = "set `volumes.suppressed` to the people to take for such a cell, or exclude the area";
    Finding::error(
        "V203",
        format!("{} line {}", tables.volumes.file, row.line),
        message,
        help,
    )
}
