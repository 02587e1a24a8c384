//! A Flow sets rows into columns, one after another, as text flows in a newspaper.

/// Height of a row of one line, in pixels.
pub const ROW: f64 = 20.0;
/// Height of each further line of a row.
pub const LINE: f64 = 16.0;
/// Height of a heading.
pub const HEADING: f64 = 30.0;

/// A column: an upright rectangle on the page, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Top.
    pub top: f64,
    /// Where the next column takes over; the last one goes on.
    pub bottom: f64,
}

/// Where the next row goes.
#[derive(Clone, Debug)]
pub struct Flow {
    slots: Vec<Slot>,
    at: usize,
    y: f64,
    deepest: f64,
    /// Whether something stands below the last column's bottom.
    pub over: bool,
}

impl Flow {
    /// An empty flow through the columns, of which there must be one.
    pub fn new(slots: Vec<Slot>) -> Self {
        let y = slots.first().map_or(0.0, |slot| slot.top);
        Self {
            slots,
            at: 0,
            y,
            deepest: y,
            over: false,
        }
    }

    /// The same columns with nothing in them.
    pub fn emptied(self) -> Self {
        Self::new(self.slots)
    }

    /// Columns of equal width side by side, `gap` apart.
    pub fn beside((x, top): (f64, f64), (width, height): (f64, f64), columns: usize, gap: f64) -> Vec<Slot> {
        let one = (width - gap * (columns.max(1) - 1) as f64) / columns.max(1) as f64;
        let slot = |k: usize| Slot {
            x: x + k as f64 * (one + gap),
            width: one,
            top,
            bottom: top + height,
        };
        (0..columns.max(1)).map(slot).collect()
    }

    /// Left edge of the column at hand.
    pub fn x(&self) -> f64 {
        self.slots.get(self.at).map_or(0.0, |slot| slot.x)
    }

    /// Width of the column at hand.
    pub fn width(&self) -> f64 {
        self.slots.get(self.at).map_or(0.0, |slot| slot.width)
    }

    /// The lowest point reached in any column.
    pub fn end(&self) -> f64 {
        self.deepest
    }

    /// Takes `height` pixels, in the next column where this one has no room for them and for `more` that has to follow at once; answers with its top.
    pub fn take(&mut self, height: f64, more: f64) -> f64 {
        let bottom = |flow: &Self| flow.slots.get(flow.at).map_or(f64::INFINITY, |slot| slot.bottom);
        while self.y + height + more > bottom(self) && self.at + 1 < self.slots.len() {
            self.at += 1;
            self.y = self.slots[self.at].top;
        }
        let top = self.y;
        self.y += height;
        self.over |= self.y > bottom(self) + 0.5;
        self.deepest = self.deepest.max(self.y);
        top
    }

    /// Takes a row of so many lines; answers with the baseline of the first.
    pub fn row(&mut self, lines: usize) -> f64 {
        self.take(ROW + lines.saturating_sub(1) as f64 * LINE, 0.0) + ROW - 6.0
    }

    /// Takes a heading that stays with the row after it, of up to three lines; answers with its baseline.
    pub fn heading(&mut self) -> f64 {
        self.take(HEADING, ROW + 2.0 * LINE) + HEADING - 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_columns(height: f64) -> Flow {
        Flow::new(Flow::beside((10.0, 100.0), (210.0, height), 2, 10.0))
    }

    #[test]
    fn rows_go_on_in_the_next_column() {
        let mut flow = two_columns(50.0);
        assert_eq!([flow.row(1), flow.row(1), flow.row(1)], [114.0, 134.0, 114.0]);
        assert_eq!((flow.x(), flow.width(), flow.end()), (120.0, 100.0, 140.0));
        assert!(!flow.over);
    }

    #[test]
    fn a_heading_is_not_left_alone_at_the_foot() {
        let mut flow = two_columns(90.0);
        flow.row(1);
        assert_eq!((flow.heading(), flow.x()), (120.0, 120.0));
        let mut narrow = Flow::new(vec![
            Slot {
                x: 0.0,
                width: 100.0,
                top: 0.0,
                bottom: 40.0,
            },
            Slot {
                x: 110.0,
                width: 100.0,
                top: 0.0,
                bottom: 400.0,
            },
        ]);
        narrow.heading();
        assert_eq!(
            narrow.x(),
            110.0,
            "nor at the head of a column that has no room for its row"
        );
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let mut flow = two_columns(30.0);
        (0..3).for_each(|_| {
            flow.row(1);
        });
        assert!(flow.over);
    }
}
