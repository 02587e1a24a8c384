//! Labels: which words stand where, inside their lot or beside it with a leader line, never on one another.

use ::geo::{Area, BoundingRect, Contains, Coord, MultiPolygon, Polygon};

use super::frame::Frame;
use super::space::Space;

/// One line of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Size in pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

/// Something to be labelled: its shape, and the forms its label may take, the fullest first.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The shape on the grid.
    pub shape: &'a MultiPolygon<f64>,
    /// Forms of the label, the fullest first.
    pub forms: Vec<Vec<Line>>,
    /// Whether the label may stand beside its shape with a leader line.
    pub beside: bool,
}

/// Shapes that have no part in a labelling, and off which labels beside their own shape keep.
#[derive(Clone, Debug, Default)]
pub struct Others<'a> {
    /// The shapes on the grid.
    pub shapes: Vec<&'a MultiPolygon<f64>>,
    /// Whether a label is rather left off than laid on one of them.
    pub strict: bool,
}

/// What a point of a label on another shape costs, in pixels of distance: more than any ring is away.
const COVERING: f64 = 200.0;

/// A label with its place on the page, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Index of what is labelled.
    pub of: usize,
    /// The form that was taken.
    pub lines: Vec<Line>,
    /// Centre of the label.
    pub at: (f64, f64),
    /// Where a leader line meets the shape; `None` for a label inside.
    pub leader: Option<(f64, f64)>,
    /// A point well inside the shape.
    pub anchor: (f64, f64),
}

impl Label {
    /// The leader line, from the edge of the label, so that it runs through none of its words, to the shape.
    pub fn leader_line(&self) -> Option<[(f64, f64); 2]> {
        let to = self.leader?;
        Some([Space::of(&self.lines, self.at).edge_towards(to), to])
    }
}

/// The labels that found a place, and the spaces that are taken.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// Labels with their places, those inside their shape first.
    pub labels: Vec<Label>,
    /// Indices of what could not be labelled.
    pub left_off: Vec<usize>,
    /// Spaces taken on the page.
    pub taken: Vec<Space>,
}

impl Placed {
    fn add(&mut self, label: Label) {
        self.taken.push(Space::of(&label.lines, label.at));
        self.labels.push(label);
    }
}

/// Places a label for everything that is wanted.
///
/// A label goes inside its shape if one of its forms fits there, near the pole of inaccessibility; otherwise beside it, in its shortest form and
/// with a leader line, over open sea rather than over land; otherwise it is left off and told. No two labels overlap, and no leader line
/// runs through a label.
pub fn place(frame: &Frame, wanted: &[Wanted]) -> Placed {
    place_off(frame, wanted, &Others::default())
}

/// As [`place`], where labels beside their shapes keep off other shapes too.
pub fn place_off(frame: &Frame, wanted: &[Wanted], others: &Others) -> Placed {
    add(Placed::default(), frame, wanted, others)
}

/// Places more labels around those that stand already, and returns only the new ones.
pub fn place_around(frame: &Frame, wanted: &[Wanted], others: &Others, placed: Placed) -> Vec<Label> {
    let before = placed.labels.len();
    add(placed, frame, wanted, others).labels.split_off(before)
}

fn add(mut placed: Placed, frame: &Frame, wanted: &[Wanted], others: &Others) -> Placed {
    let mut beside = Vec::new();
    for (of, want) in wanted.iter().enumerate() {
        let Some(pole) = pole(want.shape) else {
            placed.left_off.push(of);
            continue;
        };
        match inside(frame, want, pole, of, &placed.taken) {
            Some(label) => placed.add(label),
            None => beside.push((of, pole)),
        }
    }
    for (of, pole) in beside {
        let label = if wanted[of].beside {
            outside(frame, (wanted, of), pole, others, &placed)
        } else {
            None
        };
        match label {
            Some(label) => placed.add(label),
            None => placed.left_off.push(of),
        }
    }
    placed
}

/// The point furthest from the border of the largest piece.
pub fn pole(shape: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    let largest = largest_piece(shape)?;
    let rect = largest.bounding_rect()?;
    let tolerance = (rect.width().max(rect.height()) / 200.0).max(1.0);
    polylabel::polylabel(largest, &tolerance)
        .ok()
        .map(|point| point.0)
        .filter(|c| c.x.is_finite() && c.y.is_finite())
}

fn largest_piece(shape: &MultiPolygon<f64>) -> Option<&Polygon<f64>> {
    shape
        .iter()
        .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
}

fn inside(frame: &Frame, want: &Wanted, pole: Coord<f64>, of: usize, taken: &[Space]) -> Option<Label> {
    let piece = largest_piece(want.shape)?;
    let anchor = frame.on_page(pole);
    let mut places = vec![anchor];
    places.extend(grid(frame, piece, anchor, 9));
    want.forms.iter().find_map(|lines| {
        let fits = |at: &&(f64, f64)| {
            let space = Space::of(lines, **at);
            space.within(frame)
                && space.points().all(|point| piece.contains(&frame.on_grid(point)))
                && taken.iter().all(|other| !other.meets(&space))
        };
        let at = *places.iter().find(fits)?;
        Some(Label {
            of,
            lines: lines.clone(),
            at,
            leader: None,
            anchor,
        })
    })
}

/// Places over the piece, `steps` − 1 by as many, those nearest to the anchor first.
pub(super) fn grid(frame: &Frame, piece: &Polygon<f64>, anchor: (f64, f64), steps: i32) -> Vec<(f64, f64)> {
    let Some(rect) = piece.bounding_rect() else {
        return Vec::new();
    };
    let step = |k: i32| f64::from(k) / f64::from(steps);
    let mut places: Vec<(f64, f64)> = (1..steps)
        .flat_map(|i| (1..steps).map(move |j| (i, j)))
        .map(|(i, j)| Coord {
            x: rect.min().x + rect.width() * step(i),
            y: rect.min().y + rect.height() * step(j),
        })
        .map(|point| frame.on_page(point))
        .collect();
    places.sort_by(|a, b| distance(*a, anchor).total_cmp(&distance(*b, anchor)));
    places
}

fn outside(
    frame: &Frame,
    (wanted, of): (&[Wanted], usize),
    pole: Coord<f64>,
    others: &Others,
    placed: &Placed,
) -> Option<Label> {
    let lines = wanted[of].forms.last()?;
    let anchor = frame.on_page(pole);
    let around = Space::square(anchor, 4.0);
    let free = |at: (f64, f64)| {
        let space = Space::of(lines, at);
        let leaders = placed.labels.iter().filter_map(|l| l.leader.map(|from| (from, l.at)));
        space.within(frame)
            && !space.meets(&around)
            && placed
                .taken
                .iter()
                .all(|taken| !taken.meets(&space) && !taken.crosses(anchor, at))
            && leaders
                .into_iter()
                .all(|(from, to)| !space.crosses(from, to) && !segments_cross(anchor, at, from, to))
    };
    let over_land = |at: (f64, f64)| {
        let covered = |point: (f64, f64)| wanted.iter().any(|want| want.shape.contains(&frame.on_grid(point)));
        Space::of(lines, at).points().filter(|&point| covered(point)).count() as f64
    };
    let over_others = |at: (f64, f64)| {
        let covered = |point: (f64, f64)| others.shapes.iter().any(|shape| shape.contains(&frame.on_grid(point)));
        Space::of(lines, at).points().filter(|&point| covered(point)).count()
    };
    let places = rings(anchor).filter(|&at| free(at)).filter_map(|at| {
        let covered = over_others(at);
        let cost = distance(anchor, at) + 4.0 * over_land(at) + COVERING * covered as f64;
        (!others.strict || covered == 0).then_some((cost, at))
    });
    let (_, at) = places.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Label {
        of,
        lines: lines.clone(),
        at,
        leader: Some(anchor),
        anchor,
    })
}

/// Places on rings around a point, 14 to 150 pixels away.
pub(super) fn rings((x, y): (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    (0..9).map(|k| 14.0 + 17.0 * f64::from(k)).flat_map(move |radius| {
        (0..24).map(move |k| {
            let angle = f64::from(k) * std::f64::consts::TAU / 24.0;
            (x + radius * angle.cos() * 1.2, y + radius * angle.sin())
        })
    })
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn segments_cross(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::*;
    use crate::report::sample;

    fn line(text: &str) -> Line {
        Line {
            text: text.into(),
            size: 14.0,
            bold: true,
        }
    }

    #[test]
    fn a_wide_lot_holds_its_full_label_and_a_narrow_one_its_short_one() {
        let shapes = [
            sample::rectangle(0.0, 0.0, 4.0, 2.0),
            sample::rectangle(4.0, 0.0, 4.4, 2.0),
        ];
        let frame = Frame::new(frame::window(shapes.iter(), 0.0).unwrap(), (0.0, 0.0), (440.0, 400.0));
        let forms = || vec![vec![line("A long label"), line("£30.5m")], vec![line("A")]];
        let wanted: Vec<Wanted> = shapes
            .iter()
            .map(|shape| Wanted {
                shape,
                forms: forms(),
                beside: true,
            })
            .collect();
        let placed = place(&frame, &wanted);
        assert_eq!(placed.labels[0].lines.len(), 2);
        assert_eq!(placed.labels[1].lines, vec![line("A")]);
        assert!(placed.labels.iter().all(|label| label.leader.is_none()));
    }

    #[test]
    fn slivers_are_labelled_beside_and_no_two_labels_meet() {
        let shapes: Vec<_> = (0..12)
            .map(|k| sample::rectangle(f64::from(k) * 0.05, 0.0, f64::from(k) * 0.05 + 0.05, 0.05))
            .collect();
        let room = sample::rectangle(-2.0, -2.0, 3.0, 2.0);
        let frame = Frame::new(
            frame::window([&room].into_iter(), 0.0).unwrap(),
            (0.0, 0.0),
            (500.0, 400.0),
        );
        let want = |k: usize| Wanted {
            shape: &shapes[k],
            forms: vec![vec![line(&format!("Lot {k}"))]],
            beside: true,
        };
        let wanted: Vec<Wanted> = (0..12).map(want).collect();
        let placed = place(&frame, &wanted);
        assert_eq!(placed.labels.len() + placed.left_off.len(), 12);
        assert!(placed.labels.len() >= 6, "{placed:?}");
        for (k, a) in placed.taken.iter().enumerate() {
            assert!(placed.taken[..k].iter().all(|b| !a.meets(b)));
        }
    }

    #[test]
    fn a_leader_line_begins_at_the_edge_of_its_label() {
        let label = |to| Label {
            of: 0,
            lines: vec![line("North West"), line("£30m")],
            at: (100.0, 100.0),
            leader: Some(to),
            anchor: to,
        };
        let (half_width, half_height) = Space::of(&label((0.0, 0.0)).lines, (100.0, 100.0)).half();
        for (to, from) in [
            ((300.0, 100.0), (100.0 + half_width, 100.0)),
            ((100.0, 20.0), (100.0, 100.0 - half_height)),
        ] {
            assert_eq!(label(to).leader_line(), Some([from, to]));
        }
        let [from, _] = label((180.0, 180.0)).leader_line().unwrap();
        assert!(
            (from.0 - from.1).abs() < 1e-9 && (from.1 - 100.0 - half_height).abs() < 1e-9,
            "{from:?}"
        );
    }

    #[test]
    fn a_label_beside_its_shape_keeps_off_land_that_has_names_of_its_own() {
        let small = sample::rectangle(0.0, 0.0, 0.1, 0.1);
        // Land on the east, which is nearest to the label's first place.
        let land = sample::rectangle(0.1, -2.0, 3.0, 2.0);
        let room = sample::rectangle(-2.0, -2.0, 3.0, 2.0);
        let window = frame::window([&room].into_iter(), 0.0).unwrap();
        let frame = Frame::new(window, (0.0, 0.0), (500.0, 400.0));
        let wanted = [Wanted {
            shape: &small,
            forms: vec![vec![line("A label")]],
            beside: true,
        }];
        let covers = |label: &Label| {
            let space = Space::of(&label.lines, label.at);
            space.points().any(|point| land.contains(&frame.on_grid(point)))
        };
        let others = |shapes: Vec<_>| Others { shapes, strict: true };
        assert!(covers(&place(&frame, &wanted).labels[0]));
        assert!(!covers(&place_off(&frame, &wanted, &others(vec![&land])).labels[0]));
        // No place is left where all is covered: the label is left off, or laid there where that is better than none.
        let strict = others(vec![&room]);
        assert_eq!(place_off(&frame, &wanted, &strict).left_off, vec![0]);
        let lenient = Others {
            strict: false,
            ..strict
        };
        assert_eq!(place_off(&frame, &wanted, &lenient).labels.len(), 1);
    }

    #[test]
    fn what_finds_no_room_is_told() {
        let shape = sample::rectangle(0.0, 0.0, 0.1, 0.1);
        let frame = Frame::new(
            frame::window([&shape].into_iter(), 0.0).unwrap(),
            (0.0, 0.0),
            (10.0, 10.0),
        );
        let wanted = [Wanted {
            shape: &shape,
            forms: vec![vec![line("No room")]],
            beside: false,
        }];
        assert_eq!(place(&frame, &wanted).left_off, vec![0]);
    }
}
