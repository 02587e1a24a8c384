//! An exact plane: vertices on a grid of decimetres and predicates in whole numbers.

use std::cmp::Ordering;

/// A point of the plane in decimetres; `x` grows to the east, `y` to the north. Ordered by `x`, then `y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vertex {
    /// Decimetres east.
    pub x: i32,
    /// Decimetres north.
    pub y: i32,
}

/// Beyond 2³⁰ decimetres products of differences would leave 64 bits.
const LIMIT: f64 = 1_073_741_823.0;

impl Vertex {
    /// The grid point nearest to a point given in metres; `None` where it is not finite or beyond 107,000 km.
    pub fn from_metres(easting: f64, northing: f64) -> Option<Self> {
        let (x, y) = ((easting * 10.0).round(), (northing * 10.0).round());
        (x.abs() <= LIMIT && y.abs() <= LIMIT).then_some(Self {
            x: x as i32,
            y: y as i32,
        })
    }

    /// Easting and northing in metres.
    pub fn metres(self) -> (f64, f64) {
        (f64::from(self.x) / 10.0, f64::from(self.y) / 10.0)
    }

    /// Straight-line distance in metres.
    pub fn metres_to(self, other: Self) -> f64 {
        let (dx, dy) = (
            i64::from(other.x) - i64::from(self.x),
            i64::from(other.y) - i64::from(self.y),
        );
        (dx as f64).hypot(dy as f64) / 10.0
    }

    /// The vector from here to there.
    pub(crate) fn to(self, other: Self) -> (i64, i64) {
        (
            i64::from(other.x) - i64::from(self.x),
            i64::from(other.y) - i64::from(self.y),
        )
    }
}

/// Cross product of `a→b` and `a→c`: above zero where `c` lies to the left of the line from `a` to `b`.
pub(crate) fn orient(a: Vertex, b: Vertex, c: Vertex) -> i64 {
    let ((bx, by), (cx, cy)) = (a.to(b), a.to(c));
    bx * cy - by * cx
}

/// Whether `p` lies on the segment from `a` to `b`, its ends included.
pub(crate) fn on_segment(p: Vertex, a: Vertex, b: Vertex) -> bool {
    orient(a, b, p) == 0 && (a.x.min(b.x)..=a.x.max(b.x)).contains(&p.x) && (a.y.min(b.y)..=a.y.max(b.y)).contains(&p.y)
}

/// Whether two segments cross at one point that is an end of neither.
pub(crate) fn cross(a: Vertex, b: Vertex, c: Vertex, d: Vertex) -> bool {
    let opposite = |s: i64, t: i64| s.signum() * t.signum() < 0;
    opposite(orient(a, b, c), orient(a, b, d)) && opposite(orient(c, d, a), orient(c, d, b))
}

/// Whether `p` lies in the triangle `abc`, its rim included. The triangle may be flat.
pub(crate) fn in_triangle(p: Vertex, a: Vertex, b: Vertex, c: Vertex) -> bool {
    if orient(a, b, c) == 0 {
        return on_segment(p, a, b) || on_segment(p, b, c) || on_segment(p, a, c);
    }
    let sides = [orient(a, b, p), orient(b, c, p), orient(c, a, p)];
    sides.iter().all(|&s| s >= 0) || sides.iter().all(|&s| s <= 0)
}

/// Twice the area of a closed ring (first vertex repeated or not) in square decimetres, above zero where it runs
/// counter-clockwise.
pub(crate) fn twice_area(ring: &[Vertex]) -> i128 {
    let Some(&first) = ring.first() else { return 0 };
    ring.windows(2).map(|w| i128::from(orient(first, w[0], w[1]))).sum()
}

/// Orders directions counter-clockwise from east, in whole numbers.
pub(crate) fn by_angle(a: (i64, i64), b: (i64, i64)) -> Ordering {
    let lower = |(x, y): (i64, i64)| y < 0 || (y == 0 && x < 0);
    lower(a).cmp(&lower(b)).then_with(|| (b.0 * a.1 - b.1 * a.0).cmp(&0))
}

/// Whether the middle of the segment `from`-`to` lies inside a closed ring (first vertex repeated), by the even-odd rule.
/// The middle must not lie on the ring.
pub(crate) fn middle_inside(from: Vertex, to: Vertex, ring: &[Vertex]) -> bool {
    middle_within(from, to, ring.windows(2).map(|w| (w[0], w[1])))
}

/// Whether the middle of the segment `from`-`to` lies inside what these segments enclose, by the even-odd rule. The middle
/// must not lie on one of them.
///
/// Coordinates are doubled, so that the middle is a whole number too.
pub(crate) fn middle_within(from: Vertex, to: Vertex, rim: impl Iterator<Item = (Vertex, Vertex)>) -> bool {
    let px = i64::from(from.x) + i64::from(to.x);
    let py = i64::from(from.y) + i64::from(to.y);
    let double = |v: Vertex| (2 * i64::from(v.x), 2 * i64::from(v.y));
    let crossings = rim.filter(|&(a, b)| {
        let ((ax, ay), (bx, by)) = (double(a), double(b));
        if (ay > py) == (by > py) {
            return false;
        }
        let side = i128::from(bx - ax) * i128::from(py - ay) - i128::from(by - ay) * i128::from(px - ax);
        (by > ay) == (side > 0)
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(x: i32, y: i32) -> Vertex {
        Vertex { x, y }
    }

    #[test]
    fn directions_are_ordered_counter_clockwise_from_east() {
        let mut all = vec![(1, -1), (0, -3), (-2, -1), (-1, 0), (-1, 5), (0, 1), (7, 7), (2, 0)];
        all.sort_by(|&a, &b| by_angle(a, b));
        assert_eq!(
            all,
            vec![(2, 0), (7, 7), (0, 1), (-1, 5), (-1, 0), (-2, -1), (0, -3), (1, -1)]
        );
    }

    #[test]
    fn segments_that_only_touch_do_not_cross() {
        assert!(cross(v(0, 0), v(2, 2), v(0, 2), v(2, 0)));
        assert!(!cross(v(0, 0), v(2, 2), v(1, 1), v(2, 0)));
        assert!(!cross(v(0, 0), v(2, 0), v(1, 0), v(3, 0)));
        assert!(on_segment(v(1, 1), v(0, 0), v(2, 2)));
        assert!(!on_segment(v(3, 3), v(0, 0), v(2, 2)));
    }

    #[test]
    fn a_triangle_holds_its_rim_and_a_flat_one_only_its_line() {
        assert!(in_triangle(v(1, 0), v(0, 0), v(2, 0), v(0, 2)));
        assert!(!in_triangle(v(2, 2), v(0, 0), v(2, 0), v(0, 2)));
        assert!(in_triangle(v(1, 1), v(0, 0), v(3, 3), v(2, 2)));
        assert!(!in_triangle(v(1, 2), v(0, 0), v(3, 3), v(2, 2)));
    }

    #[test]
    fn a_ring_that_runs_counter_clockwise_has_an_area_above_zero() {
        let square = [v(0, 0), v(4, 0), v(4, 4), v(0, 4), v(0, 0)];
        assert_eq!(twice_area(&square), 32);
        assert!(middle_inside(v(1, 1), v(2, 2), &square));
        assert!(!middle_inside(v(5, 1), v(6, 2), &square));
    }

    #[test]
    fn a_point_that_is_not_finite_has_no_place_on_the_grid() {
        assert_eq!(Vertex::from_metres(1.26, -0.04), Some(v(13, 0)));
        assert_eq!(Vertex::from_metres(f64::NAN, 0.0), None);
        assert_eq!(Vertex::from_metres(0.0, 2e8), None);
    }
}
