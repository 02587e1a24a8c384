//! The fall in volume at which a lot's margin is gone.

use super::{Course, Order, Shock};

/// How a lot stands when fewer people start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakEven {
    /// The margin is gone when volume falls by this part.
    Fall(f64),
    /// The lot keeps a margin even if nobody starts.
    Never,
    /// The lot has no margin at the volume contracted.
    Loses,
}

impl BreakEven {
    /// The fall, where there is one.
    pub fn fall(self) -> Option<f64> {
        match self {
            Self::Fall(fall) => Some(fall),
            Self::Never | Self::Loses => None,
        }
    }
}

/// Halvings of the range of volumes: more than the digits of a number can tell apart.
const STEPS: usize = 60;

/// Seeks the fall in volume, beside the other shocks, at which profit less interest is nothing, to a small part of a penny; `shock.volume` is the volume that
/// counts as no fall.
pub fn break_even(course: &Course, order: &Order, shock: &Shock) -> BreakEven {
    let surplus = |fall: f64| {
        let volume = shock.volume * (1.0 - fall);
        course.ledger(order, &Shock { volume, ..*shock }).surplus()
    };
    if surplus(0.0) < 0.0 {
        return BreakEven::Loses;
    }
    if surplus(1.0) >= 0.0 {
        return BreakEven::Never;
    }
    let (mut keeps, mut loses) = (0.0, 1.0);
    for _ in 0..STEPS {
        let fall = f64::midpoint(keeps, loses);
        if surplus(fall) >= 0.0 {
            keeps = fall;
        } else {
            loses = fall;
        }
    }
    BreakEven::Fall(keeps)
}
