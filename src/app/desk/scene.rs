//! The Scene is what does not change while a desk is open: areas with their shapes, seats, units, borders, deals and brushes.

use std::collections::BTreeMap;

use ::geo::{BoundingRect, Coord, MultiPolygon, Rect};
use serde::Serialize;

use super::Desk;
use super::baselines::BaselineSeen;
use super::settings::SettingSeen;
use super::state::State;
use crate::app::load::Case;
use crate::domain::{Problem, Seat, Unit};
use crate::geo::Arc;
use crate::report::svg::frame::{Frame, window};
use crate::report::{PALETTE, Source, attribution};

/// Map units along the longer side, where a unit is a pixel of the frame.
const UNITS: f64 = 6000.0;
/// Room around the areas, as a part of the longer side.
const MARGIN: f64 = 0.015;
/// The same around London.
const INSET_MARGIN: f64 = 0.04;

/// The groups of an area: grouping to the values that hold it.
pub type Groups = BTreeMap<String, Vec<String>>;

/// Everything that a page needs to open.
#[derive(Serialize)]
pub struct Opening<'a> {
    schema: &'static str,
    scenario: ScenarioSeen,
    version: &'static str,
    folder: String,
    #[serde(flatten)]
    scene: &'a Scene,
    brushes: Vec<BrushSeen>,
    baselines: Vec<BaselineSeen>,
    state: State,
    settings: Vec<SettingSeen>,
    findings: Vec<crate::report::FindingAnswer>,
}

#[derive(Serialize)]
struct ScenarioSeen {
    name: String,
    title: String,
    path: String,
}

/// A brush: what a click takes at once.
#[derive(Clone, Debug, Serialize)]
pub struct BrushSeen {
    /// `area`, `unit`, a grouping, or `baseline:KEY`.
    pub key: String,
    /// For people.
    pub name: String,
    /// Seats that go together; absent for areas and units, which say it themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<GroupSeen>>,
}

/// Seats that go together.
#[derive(Clone, Debug, Serialize)]
pub struct GroupSeen {
    /// Their name.
    pub name: String,
    /// The seats.
    pub seats: Vec<usize>,
}

/// What does not change while a desk is open.
#[derive(Serialize)]
pub struct Scene {
    #[serde(rename = "frame")]
    size: FrameSeen,
    areas: Vec<AreaShape>,
    seats: Vec<SeatSeen>,
    units: Vec<UnitShape>,
    arcs: Vec<ArcSeen>,
    links: Vec<LinkShape>,
    crossings: Vec<Crossing>,
    neighbours: Vec<Vec<usize>>,
    context: Vec<Outside>,
    deals: Vec<DealShape>,
    inset: Option<InsetSeen>,
    palette: Vec<&'static str>,
    attribution: String,
    sources: Vec<SourceSeen>,
    #[serde(skip)]
    frame: Frame,
}

#[derive(Serialize)]
struct FrameSeen {
    width: i64,
    height: i64,
}

#[derive(Serialize)]
struct AreaShape {
    code: String,
    name: String,
    volume: f64,
    low: f64,
    high: f64,
    seats: Vec<usize>,
    path: String,
    at: [i64; 2],
    #[serde(rename = "box")]
    around: [i64; 4],
    groups: Groups,
}

#[derive(Serialize)]
struct SeatSeen {
    area: usize,
    unit: usize,
    share: f64,
    volume: f64,
}

#[derive(Serialize)]
struct UnitShape {
    id: String,
    name: String,
    seats: Vec<usize>,
}

#[derive(Serialize)]
struct ArcSeen {
    left: Option<usize>,
    right: Option<usize>,
    path: String,
    metres: f64,
}

#[derive(Serialize)]
struct LinkShape {
    from: usize,
    to: usize,
    kind: String,
    name: String,
    counts: bool,
}

/// A bridge, a tunnel or a ferry where it stands: between two areas. Links of units follow from these.
#[derive(Serialize)]
struct Crossing {
    kind: String,
    name: String,
    from: usize,
    to: usize,
}

#[derive(Serialize)]
struct Outside {
    name: String,
    path: String,
}

#[derive(Serialize)]
struct DealShape {
    name: String,
    status: String,
    areas: Vec<usize>,
    path: String,
}

#[derive(Serialize)]
struct InsetSeen {
    title: &'static str,
    #[serde(rename = "box")]
    around: [i64; 4],
}

#[derive(Serialize)]
struct SourceSeen {
    title: String,
    source: String,
    licence: String,
    attribution: String,
}

impl SourceSeen {
    fn of(source: &Source) -> Self {
        Self {
            title: source.title.clone(),
            source: source.source.clone(),
            licence: source.licence.clone(),
            attribution: source.attribution.clone(),
        }
    }
}

impl Desk {
    /// Everything that a page needs to open.
    pub fn opening(&self) -> Opening<'_> {
        let problem = &self.case.problem;
        Opening {
            schema: "lotwright/desk/1",
            scenario: ScenarioSeen {
                name: problem.name().into(),
                title: problem.title().into(),
                path: self.rejoin.path.display().to_string(),
            },
            version: env!("CARGO_PKG_VERSION"),
            folder: self.folder.path().display().to_string(),
            scene: &self.scene,
            brushes: self.brushes(),
            baselines: self.baselines_seen(),
            state: self.state(),
            settings: self.settings(),
            findings: self.findings.0.iter().map(crate::app::answer::finding_answer).collect(),
        }
    }
}

impl Scene {
    /// The scene of a case, drawn on a frame of its own.
    pub fn new(case: &Case, groups: &[Groups]) -> Self {
        let problem = &case.problem;
        let coverage = &case.boundaries.coverage;
        let shapes: Vec<MultiPolygon<f64>> = case.places.iter().map(|&place| coverage.multipolygon(place)).collect();
        let empty = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 1.0 });
        let room = window(shapes.iter(), MARGIN).unwrap_or(empty);
        let frame = Frame::new(room, (0.0, 0.0), (UNITS, UNITS));
        let (width, height) = frame.size();
        Self {
            size: FrameSeen {
                width: width.ceil() as i64,
                height: height.ceil() as i64,
            },
            areas: areas(case, &frame, &shapes, groups),
            seats: seats(problem),
            units: units(problem),
            arcs: arcs(case, &frame),
            links: links(case),
            crossings: crossings(case),
            neighbours: (0..problem.units().len())
                .map(|unit| problem.unit_adjacency().neighbours(unit).to_vec())
                .collect(),
            context: outside(case, &frame),
            deals: deals(case, &frame),
            inset: inset(case, &frame, &shapes),
            palette: PALETTE.to_vec(),
            attribution: attribution(&case.sources),
            sources: case.sources.iter().map(SourceSeen::of).collect(),
            frame,
        }
    }

    /// The frame of the map units.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The least box around areas; nothing without an area.
    pub fn around(&self, areas: &[usize]) -> Option<[i64; 4]> {
        areas
            .iter()
            .map(|&area| self.areas[area].around)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }
}

fn seats(problem: &Problem) -> Vec<SeatSeen> {
    let seen = |seat: &Seat| SeatSeen {
        area: seat.area,
        unit: seat.unit,
        share: seat.share.fraction(),
        volume: seat.volume.as_people(),
    };
    problem.seats().iter().map(seen).collect()
}

fn units(problem: &Problem) -> Vec<UnitShape> {
    let seen = |unit: &Unit| UnitShape {
        id: unit.id.clone(),
        name: unit.name.clone(),
        seats: unit.seats.clone(),
    };
    problem.units().iter().map(seen).collect()
}

fn areas(case: &Case, frame: &Frame, shapes: &[MultiPolygon<f64>], groups: &[Groups]) -> Vec<AreaShape> {
    let problem = &case.problem;
    let one = |(index, shape): (usize, &MultiPolygon<f64>)| {
        let (area, figure) = (&problem.areas()[index], case.figures[index]);
        let middle = crate::report::svg::label::pole(shape).unwrap_or(Coord {
            x: area.centre.easting,
            y: area.centre.northing,
        });
        let at = frame.on_page(middle);
        AreaShape {
            code: area.code.to_string(),
            name: area.name.clone(),
            volume: area.volume.as_people(),
            low: figure.low.as_people(),
            high: figure.high.as_people(),
            seats: problem.seats_of_area(index).to_vec(),
            path: frame.path(shape),
            at: [at.0.round() as i64, at.1.round() as i64],
            around: box_of(frame, shape),
            groups: groups[index].clone(),
        }
    };
    shapes.iter().enumerate().map(one).collect()
}

/// Left, top, right and bottom of a shape in map units.
fn box_of(frame: &Frame, shape: &MultiPolygon<f64>) -> [i64; 4] {
    shape.bounding_rect().map_or([0; 4], |rect| {
        let (left, top) = frame.on_page(Coord {
            x: rect.min().x,
            y: rect.max().y,
        });
        let (right, bottom) = frame.on_page(Coord {
            x: rect.max().x,
            y: rect.min().y,
        });
        [
            left.floor() as i64,
            top.floor() as i64,
            right.ceil() as i64,
            bottom.ceil() as i64,
        ]
    })
}

/// Every line that has an area on one side at least.
fn arcs(case: &Case, frame: &Frame) -> Vec<ArcSeen> {
    let coverage = &case.boundaries.coverage;
    let mut area_of_place = vec![None; coverage.len()];
    for (area, &place) in case.places.iter().enumerate() {
        area_of_place[place] = Some(area);
    }
    let side = |place: Option<usize>| place.and_then(|place| area_of_place[place]);
    let seen = |arc: &Arc| {
        let (left, right) = (side(arc.left), side(arc.right));
        // The side that takes part stands first.
        let (left, right) = if left.is_none() { (right, left) } else { (left, right) };
        let line = || frame.line(arc.points.iter().map(|point| point.metres()));
        left.map(|_| ArcSeen {
            left,
            right,
            path: line(),
            metres: (arc.metres() * 10.0).round() / 10.0,
        })
    };
    coverage.arcs().iter().filter_map(seen).collect()
}

fn links(case: &Case) -> Vec<LinkShape> {
    let links = case.problem.unit_adjacency().links().iter();
    links
        .map(|link| LinkShape {
            from: link.from,
            to: link.to,
            kind: link.kind.clone(),
            name: link.name.clone(),
            counts: true,
        })
        .collect()
}

fn crossings(case: &Case) -> Vec<Crossing> {
    let links = case.problem.adjacency().links().iter();
    let crossing = |link: &crate::domain::Link| Crossing {
        kind: link.kind.clone(),
        name: link.name.clone(),
        from: link.from,
        to: link.to,
    };
    links.map(crossing).collect()
}

fn outside(case: &Case, frame: &Frame) -> Vec<Outside> {
    let land = case.land_left_out().into_iter();
    land.map(|(name, shape)| Outside {
        path: frame.path(&shape),
        name,
    })
    .collect()
}

fn deals(case: &Case, frame: &Frame) -> Vec<DealShape> {
    let shapes = case.deal_shapes().into_iter();
    shapes
        .zip(case.problem.deals())
        .map(|(drawn, deal)| DealShape {
            name: deal.name.clone(),
            status: deal.status.clone(),
            areas: deal.areas.clone(),
            path: frame.path(&drawn.shape),
        })
        .collect()
}

/// London, where two or more of its boroughs (codes `E09…`) take part beside other areas.
fn inset(case: &Case, frame: &Frame, shapes: &[MultiPolygon<f64>]) -> Option<InsetSeen> {
    let areas = case.problem.areas().iter().zip(shapes);
    let boroughs: Vec<&MultiPolygon<f64>> = areas
        .filter(|(area, _)| area.code.as_str().starts_with("E09"))
        .map(|(_, shape)| shape)
        .collect();
    if boroughs.len() < 2 || boroughs.len() == shapes.len() {
        return None;
    }
    let room = window(boroughs.into_iter(), INSET_MARGIN)?;
    Some(InsetSeen {
        title: "London",
        around: box_of(frame, &MultiPolygon(vec![room.to_polygon()])),
    })
}
