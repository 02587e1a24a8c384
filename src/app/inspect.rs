//! An Inspection shows the data as read: areas, units, borders, links, islands, components, totals, findings.

use serde::Serialize;

use super::answer::finding_answer;
use super::datasets::{DatasetAnswer, of_used};
use super::load::Case;
use crate::domain::Problem;
use crate::report::{FindingAnswer, InputAnswer, JoinAnswer, TotalsAnswer, ViabilityAnswer};

/// The data of a scenario as read and joined.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    /// `lotwright/inspect/1`.
    pub schema: String,
    /// Short name of the scenario.
    pub name: String,
    /// Title of the scenario.
    pub title: String,
    /// Areas that take part, in code order.
    pub areas: Vec<AreaSeen>,
    /// Units, in order of their first area.
    pub units: Vec<UnitSeen>,
    /// Common borders of units.
    pub borders: Vec<BorderSeen>,
    /// Links between units, of the kinds that the scenario allows.
    pub links: Vec<LinkSeen>,
    /// Ids of the units in each connected part of the map, links counted.
    pub components: Vec<Vec<String>>,
    /// Ids of units without a common border.
    pub islands: Vec<String>,
    /// Areas that lie nearest to islands that no link reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggested_links: Vec<SuggestedLink>,
    /// Sums over all areas that take part.
    pub totals: TotalsAnswer,
    /// What is asked of every lot beyond a plain floor or cap; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viability: Option<ViabilityAnswer>,
    /// What became of the rows of every table that was joined.
    pub joins: Vec<JoinAnswer>,
    /// Files read, with their checksums.
    pub inputs: Vec<InputAnswer>,
    /// Data sets that it names, with their provenance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<DatasetAnswer>,
    /// What reading and joining had to say.
    pub findings: Vec<FindingAnswer>,
}

/// An area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaSeen {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People.
    pub volume: f64,
}

/// A unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitSeen {
    /// Area code, or value of the grouping.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Codes of its areas.
    pub areas: Vec<String>,
    /// People, a double member counted as the scenario says.
    pub volume: f64,
    /// Ids of the units with one of which it must share a lot; empty for all but double members that the optimiser places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub homes: Vec<String>,
}

/// A common border of two units.
#[derive(Clone, Debug, Serialize)]
pub struct BorderSeen {
    /// Id of the first unit.
    pub from: String,
    /// Id of the second unit.
    pub to: String,
    /// Length in metres.
    pub metres: f64,
    /// `exact` where the two have a line between two vertices in common, `partial` where their lines only lie on each other, `near`
    /// where there is a gap that the scenario allows; of several, the first.
    pub kind: String,
}

/// A link that would join an island to an area near to it.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestedLink {
    /// Code of the island.
    pub from: String,
    /// Code of the other area.
    pub to: String,
    /// Metres between their outlines.
    pub metres: f64,
}

/// A link between two units; two units that share a member are linked by it (kind `shared`).
#[derive(Clone, Debug, Serialize)]
pub struct LinkSeen {
    /// Id of the first unit.
    pub from: String,
    /// Id of the second unit.
    pub to: String,
    /// `bridge`, `tunnel`, `ferry`, `shared`, or as the table says.
    pub kind: String,
    /// What people call it.
    pub name: String,
}

impl Case {
    /// Shows the data as read.
    pub fn inspect(&self) -> Inspection {
        let problem = &self.problem;
        let graph = problem.unit_adjacency();
        let id = |unit: usize| problem.units()[unit].id.clone();
        let ids = |units: &[usize]| units.iter().map(|&unit| id(unit)).collect::<Vec<_>>();
        Inspection {
            schema: "lotwright/inspect/1".into(),
            name: problem.name().into(),
            title: problem.title().into(),
            areas: areas(problem),
            units: units(problem),
            borders: graph
                .borders()
                .iter()
                .map(|b| BorderSeen {
                    from: id(b.from),
                    to: id(b.to),
                    metres: b.length.metres(),
                    kind: b.kind.word().into(),
                })
                .collect(),
            links: graph
                .links()
                .iter()
                .map(|l| LinkSeen {
                    from: id(l.from),
                    to: id(l.to),
                    kind: l.kind.clone(),
                    name: l.name.clone(),
                })
                .collect(),
            components: graph.components().iter().map(|part| ids(part)).collect(),
            islands: ids(&graph.islands()),
            suggested_links: self.suggested.iter().map(|link| suggested(problem, link)).collect(),
            totals: self.totals(),
            viability: self.viability(),
            joins: self.joins.clone(),
            inputs: self.inputs.clone(),
            datasets: self.datasets.iter().map(|used| of_used(used)).collect(),
            findings: self.findings.0.iter().map(finding_answer).collect(),
        }
    }
}

fn suggested(problem: &Problem, &(from, to, metres): &(usize, usize, f64)) -> SuggestedLink {
    let code = |area: usize| problem.areas()[area].code.to_string();
    SuggestedLink {
        from: code(from),
        to: code(to),
        metres: (metres * 10.0).round() / 10.0,
    }
}

fn areas(problem: &Problem) -> Vec<AreaSeen> {
    let seen = |area: &crate::domain::Area| AreaSeen {
        code: area.code.to_string(),
        name: area.name.clone(),
        volume: area.volume.as_people(),
    };
    problem.areas().iter().map(seen).collect()
}

fn units(problem: &Problem) -> Vec<UnitSeen> {
    let code = |seat: &usize| problem.areas()[problem.seats()[*seat].area].code.to_string();
    let seen = |unit: &crate::domain::Unit| UnitSeen {
        id: unit.id.clone(),
        name: unit.name.clone(),
        areas: unit.seats.iter().map(code).collect(),
        volume: unit.volume.as_people(),
        homes: unit
            .homes
            .iter()
            .map(|&home| problem.units()[home].id.clone())
            .collect(),
    };
    problem.units().iter().map(seen).collect()
}
