//! Steps are the stretches between points on which what was found, and what is possible at most, stay the same.

use super::{Frontier, Point};

/// A stretch of values with the lots found and the most that are possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Lots of the best plan known to hold on the whole stretch.
    pub found: Option<f64>,
    /// No plan has more anywhere on it.
    pub most: Option<f64>,
}

impl Step {
    /// Whether just so many lots are possible on the whole stretch.
    pub fn proved(&self) -> bool {
        self.most == Some(self.found.unwrap_or(0.0))
    }
}

/// The steps from the first to the last value; none where the points say nothing of each other.
///
/// Where a higher value takes plans away, a plan holds from nought up to its `holds_to`, and a bound from its value on; where a higher value adds plans, it is
/// the other way round.
pub fn steps(frontier: &Frontier) -> Vec<Step> {
    let (Some(trend), [first, .., last]) = (frontier.trend.as_deref(), frontier.points.as_slice()) else {
        return Vec::new();
    };
    let falling = trend == "falling";
    let mut ends: Vec<f64> = frontier
        .points
        .iter()
        .flat_map(|point| [point.value, reach(point)])
        .collect();
    ends.retain(|&end| end >= first.value && end <= last.value);
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let steps = ends.windows(2).map(|pair| step(frontier, falling, pair[0], pair[1]));
    steps.collect()
}

fn reach(point: &Point) -> f64 {
    point.holds_to.unwrap_or(point.value)
}

fn step(frontier: &Frontier, falling: bool, from: f64, to: f64) -> Step {
    let middle = f64::midpoint(from, to);
    let holds = |point: &&Point| {
        if falling {
            reach(point).max(point.value) >= middle
        } else {
            reach(point).min(point.value) <= middle
        }
    };
    let bounds = |point: &&Point| (point.value <= middle) == falling;
    let found = frontier.points.iter().filter(holds).filter_map(|point| point.lots);
    let most = frontier.points.iter().filter(bounds).filter_map(Point::most_lots);
    Step {
        from,
        to,
        found: found.max().map(|lots| lots as f64),
        most: most.min_by(f64::total_cmp),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_plan_holds_to_its_smallest_lot_and_a_bound_from_its_floor_on() {
        // 4 lots at 10, the smallest 12; 3 lots at 20, of 4 at most; no plan at 30.
        let steps = steps(&sample::frontier());
        let shown: Vec<_> = steps
            .iter()
            .map(|s| (s.from, s.to, s.found, s.most, s.proved()))
            .collect();
        assert_eq!(
            shown,
            [
                (10e6, 12e6, Some(4.0), Some(4.0), true),
                (12e6, 20e6, Some(3.0), Some(4.0), false),
                (20e6, 25e6, Some(3.0), Some(4.0), false),
                (25e6, 30e6, None, Some(4.0), false),
            ]
        );
    }

    #[test]
    fn a_cap_is_read_from_the_other_side() {
        let mut frontier = sample::frontier();
        frontier.trend = Some("rising".into());
        frontier.points.reverse();
        for (point, value) in frontier.points.iter_mut().zip([10e6, 20e6, 30e6]) {
            point.value = value;
        }
        frontier.points[2].holds_to = Some(28e6);
        frontier.points[1].holds_to = Some(15e6);
        let shown: Vec<_> = steps(&frontier).iter().map(|s| (s.from, s.found, s.most)).collect();
        let four = Some(4.0);
        assert_eq!(
            shown,
            [
                (10e6, None, four),
                (15e6, Some(3.0), four),
                (20e6, Some(3.0), four),
                (28e6, four, four)
            ]
        );
    }

    #[test]
    fn points_that_say_nothing_of_each_other_have_no_steps() {
        let mut frontier = sample::frontier();
        frontier.trend = None;
        assert_eq!(steps(&frontier), []);
    }
}
