//! A Frame maps metres on the grid to units of a drawing, and shapes to compact paths.

use std::fmt::Write;

use ::geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};

/// Map units along the longer side of a frame: whole units keep paths short, and this many keep a coast smooth when zoomed.
const LONGER_SIDE: f64 = 6000.0;

/// A window on the grid, drawn at a place on the page.
///
/// Three planes meet here: the grid in metres (y to the north), map units (whole numbers, y down, nought at the frame's corner) in which paths are
/// written, and the page in pixels (y down).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    window: Rect<f64>,
    units_per_metre: f64,
    px_per_unit: f64,
    origin: Coord<f64>,
}

impl Frame {
    /// A frame over `window` (metres) with its upper left corner at `origin` (pixels), not wider or higher than `room` (pixels).
    pub fn new(window: Rect<f64>, origin: (f64, f64), room: (f64, f64)) -> Self {
        let longer = window.width().max(window.height()).max(1.0);
        let units_per_metre = LONGER_SIDE / longer;
        let px_per_metre = (room.0 / window.width().max(1.0)).min(room.1 / window.height().max(1.0));
        Self {
            window,
            units_per_metre,
            px_per_unit: px_per_metre / units_per_metre,
            origin: origin.into(),
        }
    }

    /// Width and height on the page, in pixels.
    pub fn size(&self) -> (f64, f64) {
        (
            self.window.width() * self.px_per_metre(),
            self.window.height() * self.px_per_metre(),
        )
    }

    /// The window, in metres.
    pub fn window(&self) -> Rect<f64> {
        self.window
    }

    /// Upper left corner on the page, in pixels.
    pub fn origin(&self) -> (f64, f64) {
        self.origin.x_y()
    }

    /// Pixels of the page to a metre.
    pub fn px_per_metre(&self) -> f64 {
        self.px_per_unit * self.units_per_metre
    }

    /// Map units to a pixel of the page: what a line of one pixel is wide in the group of [`Frame::transform`].
    pub fn units_per_px(&self) -> f64 {
        1.0 / self.px_per_unit
    }

    /// The `transform` that puts map units on the page.
    pub fn transform(&self) -> String {
        format!(
            "translate({:.1} {:.1}) scale({:.5})",
            self.origin.x, self.origin.y, self.px_per_unit
        )
    }

    /// A point of the grid on the page, in pixels.
    pub fn on_page(&self, point: Coord<f64>) -> (f64, f64) {
        let scale = self.px_per_metre();
        (
            (point.x - self.window.min().x) * scale + self.origin.x,
            (self.window.max().y - point.y) * scale + self.origin.y,
        )
    }

    /// A point of the page on the grid, in metres.
    pub fn on_grid(&self, (x, y): (f64, f64)) -> Coord<f64> {
        let scale = self.px_per_metre();
        Coord {
            x: (x - self.origin.x) / scale + self.window.min().x,
            y: self.window.max().y - (y - self.origin.y) / scale,
        }
    }

    fn units(&self, point: Coord<f64>) -> (i64, i64) {
        let x = (point.x - self.window.min().x) * self.units_per_metre;
        let y = (self.window.max().y - point.y) * self.units_per_metre;
        (x.round() as i64, y.round() as i64)
    }

    /// The shape as path data in map units: whole numbers, relative lines, steps of no length left out.
    ///
    /// A ring of less than three different points is left out; a shape of which nothing remains is drawn as a speck, so that no area vanishes.
    /// Equal points give equal numbers, so common borders stay common.
    pub fn path(&self, shape: &MultiPolygon<f64>) -> String {
        let mut path = String::new();
        let rings = shape
            .iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        rings.for_each(|ring| self.add_ring(&mut path, ring));
        let speck = shape.0.first().and_then(|p| p.exterior().0.first());
        if let (true, Some(&point)) = (path.is_empty(), speck) {
            let (x, y) = self.units(point);
            path = format!("M{x} {y}h2v2h-2z");
        }
        path
    }

    /// A line through points on the grid as path data in map units, with the same rounding as [`Frame::path`].
    pub fn line(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let mut points: Vec<(i64, i64)> = points.map(|(x, y)| self.units(Coord { x, y })).collect();
        points.dedup();
        let Some(&(mut x, mut y)) = points.first() else {
            return String::new();
        };
        let mut text = format!("M{x} {y}l");
        for &(to_x, to_y) in &points[1..] {
            push_number(&mut text, to_x - x);
            push_number(&mut text, to_y - y);
            (x, y) = (to_x, to_y);
        }
        if points.len() == 1 {
            text.push_str("0 0");
        }
        text
    }

    fn add_ring(&self, path: &mut String, ring: &LineString<f64>) {
        let mut points: Vec<(i64, i64)> = ring.coords().map(|&c| self.units(c)).collect();
        points.dedup();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            return;
        }
        let (mut x, mut y) = points[0];
        let mut text = format!("M{x} {y}l");
        for &(to_x, to_y) in &points[1..] {
            push_number(&mut text, to_x - x);
            push_number(&mut text, to_y - y);
            (x, y) = (to_x, to_y);
        }
        path.push_str(&text);
        path.push('z');
    }
}

/// Adds a number to path data; a minus sign parts it from the number before, so a blank is needed only without one.
fn push_number(text: &mut String, number: i64) {
    if number >= 0 && text.ends_with(|c: char| c.is_ascii_digit()) {
        text.push(' ');
    }
    // Writing to a String cannot fail.
    let _ = write!(text, "{number}");
}

/// The smallest window that holds the shapes, with `margin` (part of the longer side) around; `None` without a shape.
pub fn window<'a>(shapes: impl Iterator<Item = &'a MultiPolygon<f64>>, margin: f64) -> Option<Rect<f64>> {
    let boxes = shapes.filter_map(BoundingRect::bounding_rect);
    let whole = boxes.reduce(|a, b| {
        let low = Coord {
            x: a.min().x.min(b.min().x),
            y: a.min().y.min(b.min().y),
        };
        Rect::new(
            low,
            Coord {
                x: a.max().x.max(b.max().x),
                y: a.max().y.max(b.max().y),
            },
        )
    })?;
    let pad = margin * whole.width().max(whole.height());
    let pad = Coord { x: pad, y: pad };
    Some(Rect::new(whole.min() - pad, whole.max() + pad))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn frame() -> Frame {
        let shape = sample::rectangle(0.0, 0.0, 4.0, 2.0);
        Frame::new(window([&shape].into_iter(), 0.0).unwrap(), (10.0, 20.0), (400.0, 400.0))
    }

    #[test]
    fn paths_are_whole_numbers_with_relative_lines() {
        assert_eq!(
            frame().path(&sample::rectangle(1.0, 0.0, 2.0, 1.0)),
            "M1500 3000l1500 0 0-1500-1500 0z"
        );
    }

    #[test]
    fn a_shape_too_small_to_draw_becomes_a_speck() {
        assert_eq!(
            frame().path(&sample::rectangle(1.0, 1.0, 1.000_01, 1.000_01)),
            "M1500 1500h2v2h-2z"
        );
        assert_eq!(frame().path(&MultiPolygon(Vec::new())), "");
    }

    #[test]
    fn page_and_grid_lead_back_to_each_other() {
        let frame = frame();
        assert_eq!(frame.size(), (400.0, 200.0));
        assert_eq!(
            frame.on_page(Coord {
                x: 400_000.0,
                y: 320_000.0
            }),
            (10.0, 20.0)
        );
        let there = frame.on_grid(frame.on_page(Coord {
            x: 412_345.0,
            y: 306_789.0,
        }));
        assert!((there.x - 412_345.0).abs() < 1e-6 && (there.y - 306_789.0).abs() < 1e-6);
    }
}
