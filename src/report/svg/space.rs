//! A Space is an upright rectangle on the page that a label or badge takes.

use super::frame::Frame;
use super::label::Line;
use super::type_size;

/// An upright rectangle on the page by centre and half sides, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    x: f64,
    y: f64,
    half_width: f64,
    half_height: f64,
}

impl Space {
    /// The space that lines take around a centre, with a margin of two pixels.
    pub fn of(lines: &[Line], (x, y): (f64, f64)) -> Self {
        let width = lines
            .iter()
            .map(|l| type_size::width(&l.text, l.size, l.bold))
            .fold(0.0, f64::max);
        let height: f64 = lines.iter().map(|l| l.size * 1.15).sum();
        Self {
            x,
            y,
            half_width: width / 2.0 + 2.0,
            half_height: height / 2.0 + 1.0,
        }
    }

    /// A square of that side around a centre.
    pub fn square((x, y): (f64, f64), side: f64) -> Self {
        Self {
            x,
            y,
            half_width: side / 2.0,
            half_height: side / 2.0,
        }
    }

    /// Whether two spaces overlap.
    pub fn meets(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.half_width + other.half_width
            && (self.y - other.y).abs() < self.half_height + other.half_height
    }

    /// Half of its width and of its height.
    pub fn half(&self) -> (f64, f64) {
        (self.half_width, self.half_height)
    }

    /// Where the line from the centre to a point leaves the space; the point where it lies within.
    pub(super) fn edge_towards(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (dx, dy) = (x - self.x, y - self.y);
        let reach = |half: f64, way: f64| if way == 0.0 { f64::INFINITY } else { half / way.abs() };
        let part = reach(self.half_width, dx).min(reach(self.half_height, dy)).min(1.0);
        (self.x + dx * part, self.y + dy * part)
    }

    /// Points over the space, five by three.
    pub(super) fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let half = self.half_height;
        let across = (-2..=2).map(|k| self.x + self.half_width * f64::from(k) / 2.0);
        across.flat_map(move |x| (-1..=1).map(move |k| (x, self.y + half * f64::from(k))))
    }

    /// Whether a point lies within it.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (x - self.x).abs() < self.half_width && (y - self.y).abs() < self.half_height
    }

    /// Whether a line crosses it.
    pub(super) fn crosses(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        (0..=16).map(|k| f64::from(k) / 16.0).any(|t| {
            let (x, y) = (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
            (x - self.x).abs() < self.half_width && (y - self.y).abs() < self.half_height
        })
    }

    /// Whether it lies within the frame.
    pub(super) fn within(&self, frame: &Frame) -> bool {
        let ((left, top), (width, height)) = (frame.origin(), frame.size());
        self.x - self.half_width >= left
            && self.x + self.half_width <= left + width
            && self.y - self.half_height >= top
            && self.y + self.half_height <= top + height
    }
}
