//! An Inset shows London enlarged beside the map, where its boroughs take part beside other areas.

use ::geo::{BooleanOps, MultiPolygon, Rect};
use maud::{Markup, html};

use super::frame::{self, Frame};
use super::label::{self, Placed, Wanted};
use super::layer::{self, INK, Style, tenth};
use super::picture::Picture;

const INSET: Style = Style {
    id: "i-",
    interactive: false,
};

/// London on its own frame, with the labels that found a place there.
pub struct Inset {
    /// Where it stands, and what it shows.
    pub frame: Frame,
    placed: Placed,
}

impl Inset {
    /// London, no wider than `width`, with its heading at `origin`, in pixels.
    pub fn new(picture: &Picture, window: Rect<f64>, origin: (f64, f64), width: f64) -> Self {
        let frame = Frame::new(window, (origin.0, origin.1 + 22.0), (width, 280.0));
        let within = MultiPolygon(vec![window.to_polygon()]);
        let shapes: Vec<MultiPolygon<f64>> = picture
            .map
            .lots
            .iter()
            .map(|lot| lot.shape.intersection(&within))
            .collect();
        let wanted: Vec<Wanted> = picture
            .lot_labels()
            .into_iter()
            .zip(&shapes)
            .map(|(want, shape)| Wanted { shape, ..want })
            .collect();
        let placed = label::place(&frame, &wanted);
        Self { frame, placed }
    }

    /// Whether the inset shows the label of a lot.
    pub fn labels(&self, lot: usize) -> bool {
        self.placed.labels.iter().any(|label| label.of == lot)
    }

    /// The inset with its heading and border.
    pub fn markup(&self, picture: &Picture) -> Markup {
        let ((x, y), (width, height)) = (self.frame.origin(), self.frame.size());
        html! {
            text x=(tenth(x)) y=(tenth(y - 7.0)) font-size="15" font-weight="bold" fill=(INK) { "London, enlarged" }
            (layer::clip_path("i-clip", &self.frame))
            g clip-path="url(#i-clip)" {
                g transform=(self.frame.transform()) { (layer::ground(picture, &self.frame, INSET)) }
                (layer::labels(picture, &self.frame, &self.placed, false))
                (layer::deal_letters(picture, &self.frame, &self.placed.taken))
            }
            rect x=(tenth(x)) y=(tenth(y)) width=(tenth(width)) height=(tenth(height)) fill="none" stroke=(INK) {}
        }
    }
}

/// The outline of a window on a frame.
pub fn outline_of(frame: &Frame, window: Rect<f64>) -> Markup {
    let (left, top) = frame.on_page((window.min().x, window.max().y).into());
    let (right, bottom) = frame.on_page((window.max().x, window.min().y).into());
    html! { rect x=(tenth(left)) y=(tenth(top)) width=(tenth(right - left)) height=(tenth(bottom - top)) fill="none" stroke=(INK) {} }
}

/// The window around London where two or more of its boroughs (codes `E09…`) take part beside others.
pub fn crowded(picture: &Picture) -> Option<Rect<f64>> {
    let boroughs: Vec<&MultiPolygon<f64>> = picture
        .map
        .areas
        .iter()
        .filter(|area| area.code.starts_with("E09"))
        .map(|area| &area.shape)
        .collect();
    let few = boroughs.len() < 2 || boroughs.len() == picture.map.areas.len();
    if few {
        None
    } else {
        frame::window(boroughs.into_iter(), 0.04)
    }
}

/// Labels of the main map: a lot that the inset labels and that lies within its window gets none here.
pub fn main_labels<'a>(picture: &Picture<'a>, inset: Option<&Inset>) -> Vec<Wanted<'a>> {
    let mut wanted = picture.lot_labels();
    if let Some(inset) = inset {
        let window = inset.frame.window();
        for (lot, want) in wanted.iter_mut().enumerate() {
            let pole = label::pole(want.shape);
            let inside = pole.is_some_and(|p| {
                p.x > window.min().x && p.x < window.max().x && p.y > window.min().y && p.y < window.max().y
            });
            if inside && inset.labels(lot) {
                want.beside = false;
                want.forms.clear();
            }
        }
    }
    wanted
}
