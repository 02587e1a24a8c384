//! Labels of the lots as drawn, placed by the same engine as those of every other map.

use std::sync::Arc;

use ::geo::MultiPolygon;
use serde::Serialize;

use super::board::Board;
use super::scene::Scene;
use super::state::Judgement;
use super::words::worth;
use super::{Desk, DeskError};
use crate::app::load::Case;
use crate::report::svg::frame::Frame;
use crate::report::svg::label::{Label, Line, Wanted, place};
use crate::report::svg::picture::{label_lines, leading_code};
use crate::report::svg::space::Space;

/// Sizes of the two lines of a label on the screen, in pixels.
const SIZES: (f64, f64) = (13.0, 12.0);
/// Beyond this many lots, labels stand inside their lots or not at all.
const MANY_LOTS: usize = 40;

/// A label with its place in map units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelSeen {
    lot: usize,
    at: [f64; 2],
    lines: Vec<String>,
    /// How many of the lines are the lot's own label; what follows is its value.
    names: usize,
    leader: Option<[f64; 2]>,
    /// Half of its width and of its height on the screen, in pixels: a leader line ends there.
    half: [f64; 2],
}

/// Whose labels are asked.
pub enum Labelled<'a> {
    /// What is drawn.
    Drawn,
    /// A baseline, by its key.
    Baseline(&'a str),
    /// What the optimiser found last.
    Proposal,
}

/// What is drawn, ready to be labelled while the desk is worked on.
pub struct Labelling {
    case: Arc<Case>,
    scene: Arc<Scene>,
    board: Board,
}

impl Desk {
    /// A plan, ready to be labelled.
    ///
    /// # Errors
    /// A baseline or a proposal that is not there.
    pub fn labelling(&self, whose: &Labelled) -> Result<Labelling, DeskError> {
        Ok(Labelling {
            case: Arc::clone(&self.case),
            scene: Arc::clone(&self.scene),
            board: match whose {
                Labelled::Drawn => self.board.clone(),
                Labelled::Baseline(key) => self.matched(&self.baseline(key)?.plan),
                Labelled::Proposal => self.proposed()?,
            },
        })
    }
}

impl Labelling {
    /// The labels for a screen that shows a map unit as `scale` pixels; without `beside`, those that have no room in their lots are left off.
    pub fn labels(&self, scale: f64, beside: bool) -> Vec<LabelSeen> {
        let judged = Judgement::of(&self.case, &self.board);
        let shapes = self.shapes();
        let room = self.scene.frame().size();
        let frame = Frame::new(
            self.scene.frame().window(),
            (0.0, 0.0),
            (room.0 * scale, room.1 * scale),
        );
        let there = self.board.lots_there();
        let beside = beside && there.len() <= MANY_LOTS;
        let wanted: Vec<Wanted> = there
            .iter()
            .enumerate()
            .filter_map(|(index, &lot)| {
                let facts = &judged.plan.lots()[judged.in_plan[lot]?];
                let worth = worth(&self.case.problem, facts.volume);
                Some(Wanted {
                    shape: &shapes[index],
                    forms: forms(self.board.lots[lot].label.as_str(), &worth),
                    beside,
                })
            })
            .collect();
        let drawn: Vec<usize> = (0..there.len())
            .filter(|&index| judged.in_plan[there[index]].is_some())
            .collect();
        let unit = |(x, y): (f64, f64)| [(x / scale * 10.0).round() / 10.0, (y / scale * 10.0).round() / 10.0];
        let seen = |label: Label| {
            let (half_width, half_height) = Space::of(&label.lines, label.at).half();
            LabelSeen {
                lot: drawn[label.of],
                at: unit(label.at),
                names: label.lines.iter().filter(|line| line.bold).count(),
                lines: label.lines.into_iter().map(|line| line.text).collect(),
                leader: label.leader.map(unit),
                half: [half_width, half_height].map(|pixels| (pixels * 10.0).round() / 10.0),
            }
        };
        place(&frame, &wanted).labels.into_iter().map(seen).collect()
    }

    /// Outlines of the lots that are there. An area of several seats is drawn in the lot of the first that is in one.
    fn shapes(&self) -> Vec<MultiPolygon<f64>> {
        let coverage = &self.case.boundaries.coverage;
        let there = self.board.lots_there();
        let mut lot_of_place = vec![None; coverage.len()];
        for (area, &place) in self.case.places.iter().enumerate() {
            let seats = self.case.problem.seats_of_area(area).iter();
            let lot = seats.filter_map(|&seat| self.board.lot_of_seat[seat]).next();
            lot_of_place[place] = lot.and_then(|lot| there.binary_search(&lot).ok());
        }
        let lots = coverage.dissolve(&lot_of_place, there.len());
        (0..there.len()).map(|lot| lots.multipolygon(lot)).collect()
    }
}

/// Label and value, then the label alone. A name is broken into lines, and one that begins with a code is left with its code at last.
fn forms(label: &str, worth: &str) -> Vec<Vec<Line>> {
    let value = Line {
        text: worth.into(),
        size: SIZES.1,
        bold: false,
    };
    let broken = |ems: f64| label_lines(label, SIZES.0, ems);
    let with_value = |lines: Vec<Line>| lines.into_iter().chain([value.clone()]).collect();
    let mut forms = vec![
        with_value(broken(8.0)),
        with_value(broken(5.0)),
        broken(8.0),
        broken(5.0),
    ];
    if let Some(code) = leading_code(label) {
        let code = || label_lines(code, SIZES.0, 8.0);
        forms.extend([with_value(code()), code()]);
    }
    forms.dedup();
    forms
}
