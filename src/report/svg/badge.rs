//! Badges: small letters in boxes, within the shape that they name or led to it by a line.

use ::geo::{Area, Contains, MultiPolygon, Polygon};

use super::frame::Frame;
use super::label::{grid, pole, rings};
use super::space::Space;

/// Where a badge stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BadgePlace {
    /// Its centre on the page.
    pub at: (f64, f64),
    /// The point of the shape that a line leads to; `None` for a badge within the shape.
    pub leader: Option<(f64, f64)>,
}

/// A place for a badge of 16 pixels where nothing stands: within a piece of the shape, the largest piece first and near its pole; else beside the shape, with
/// a line to it; else the least crowded place within.
pub fn badge_place(frame: &Frame, shape: &MultiPolygon<f64>, taken: &[Space]) -> Option<BadgePlace> {
    let anchor = frame.on_page(pole(shape)?);
    let on_page = |at: &(f64, f64)| Space::square(*at, 16.0).within(frame);
    let crowd = |at: &(f64, f64)| {
        let badge = Space::square(*at, 19.0);
        taken.iter().filter(|space| space.meets(&badge)).count()
    };
    let mut pieces: Vec<&Polygon<f64>> = shape.iter().collect();
    pieces.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let over = |piece: &Polygon<f64>| {
        let places = grid(frame, piece, anchor, 18).into_iter();
        let inside: Vec<(f64, f64)> = places.filter(|&at| piece.contains(&frame.on_grid(at))).collect();
        inside
    };
    let within: Vec<(f64, f64)> = std::iter::once(anchor)
        .chain(pieces.into_iter().flat_map(over))
        .filter(on_page)
        .collect();
    let free = within.iter().copied().find(|at| crowd(at) == 0);
    let place = |at: (f64, f64)| BadgePlace { at, leader: None };
    let beside = || {
        let reaches = |at: &(f64, f64)| {
            taken
                .iter()
                .all(|space| !space.crosses(*at, anchor) || space.holds(anchor))
        };
        let at = rings(anchor).filter(on_page).find(|at| crowd(at) == 0 && reaches(at))?;
        Some(BadgePlace {
            at,
            leader: Some(anchor),
        })
    };
    free.map(place)
        .or_else(beside)
        .or_else(|| within.iter().copied().min_by_key(crowd).map(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::report::svg::frame;

    #[test]
    fn a_badge_stands_within_its_shape_or_is_led_to_it() {
        let two = |a: MultiPolygon<f64>, b: MultiPolygon<f64>| MultiPolygon(a.into_iter().chain(b).collect());
        let (large, small) = (
            sample::rectangle(0.0, 0.0, 2.0, 2.0),
            sample::rectangle(3.0, 0.0, 4.0, 1.0),
        );
        let room = sample::rectangle(-2.0, -2.0, 6.0, 4.0);
        let window = frame::window([&room].into_iter(), 0.0).unwrap();
        let frame = Frame::new(window, (0.0, 0.0), (800.0, 600.0));
        let shape = two(large.clone(), small.clone());
        let stands = |taken: &[Space]| badge_place(&frame, &shape, taken).unwrap();
        let full = |shape: &MultiPolygon<f64>, side: f64| Space::square(frame.on_page(pole(shape).unwrap()), side);
        assert!(large.contains(&frame.on_grid(stands(&[]).at)));
        // The larger piece is full: the other has room.
        let other = stands(&[full(&large, 230.0)]);
        assert!(
            other.leader.is_none() && small.contains(&frame.on_grid(other.at)),
            "{other:?}"
        );
        // Both are full: a line leads from beside.
        let one = badge_place(&frame, &small, &[full(&small, 110.0)]).unwrap();
        assert!(
            one.leader.is_some() && !small.contains(&frame.on_grid(one.at)),
            "{one:?}"
        );
    }
}
