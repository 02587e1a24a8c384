//! Classes of a measure for a map: breaks where the figures have gaps, at round numbers.

/// Most values among which breaks are sought; more are thinned to so many, evenly by rank.
const MOST: usize = 600;

/// Breaks between at most `classes` classes of `values`, rising: a value belongs to the class of the first break above it, or to the last class.
///
/// The breaks are those that make the squares of the values about their class means least (Fisher 1958, exactly), each moved within its gap to the
/// roundest number, which changes no value's class. Equal values share a class, so fewer values than classes give fewer classes.
pub fn breaks(values: &[f64], classes: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let ranks = sorted.len().min(MOST);
    let chosen: Vec<f64> = (0..ranks).map(|k| sorted[k * sorted.len() / ranks.max(1)]).collect();
    let (distinct, weights) = counted(&chosen);
    let starts = best_starts(&distinct, &weights, classes.clamp(1, distinct.len().max(1)));
    let mut found: Vec<f64> = starts
        .into_iter()
        .map(|start| roundest(last_below(&sorted, distinct[start]), distinct[start]))
        .collect();
    found.dedup();
    found
}

/// The greatest of the sorted values below `value`.
fn last_below(sorted: &[f64], value: f64) -> f64 {
    let at = sorted.partition_point(|other| *other < value);
    sorted[..at].last().copied().unwrap_or(value)
}

/// The class of a value among the breaks.
pub fn class_of(value: f64, breaks: &[f64]) -> usize {
    breaks.partition_point(|edge| *edge <= value)
}

fn counted(sorted: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut distinct, mut weights): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for &value in sorted {
        match (distinct.last(), weights.last_mut()) {
            (Some(last), Some(weight)) if *last == value => *weight += 1.0,
            _ => {
                distinct.push(value);
                weights.push(1.0);
            }
        }
    }
    (distinct, weights)
}

/// Where classes after the first begin, by dynamic programming over the first `j` values in `k` classes.
fn best_starts(values: &[f64], weights: &[f64], classes: usize) -> Vec<usize> {
    let spread = Spread::new(values, weights);
    let n = values.len();
    let mut cost: Vec<f64> = (0..=n).map(|end| spread.of(0, end)).collect();
    let mut starts = Vec::new();
    for k in 1..classes {
        let (mut next, mut from) = (vec![f64::INFINITY; n + 1], vec![0; n + 1]);
        for end in k + 1..=n {
            let totals = (k..end).map(|start| (cost[start] + spread.of(start, end), start));
            if let Some(best) = totals.min_by(|a, b| a.0.total_cmp(&b.0)) {
                (next[end], from[end]) = best;
            }
        }
        cost = next;
        starts.push(from);
    }
    let mut end = n;
    let mut found = Vec::new();
    for from in starts.iter().rev() {
        end = from[end];
        found.push(end);
    }
    found.reverse();
    found
}

/// Sums of weights, values and squares up to each value.
struct Spread(Vec<[f64; 3]>);

impl Spread {
    fn new(values: &[f64], weights: &[f64]) -> Self {
        let mut sums = vec![[0.0; 3]];
        for (&value, &weight) in values.iter().zip(weights) {
            let [w, v, s] = sums[sums.len() - 1];
            sums.push([w + weight, v + weight * value, s + weight * value * value]);
        }
        Self(sums)
    }

    /// Squares of the values `from..to` about their mean.
    fn of(&self, from: usize, to: usize) -> f64 {
        let [w, v, s] = [0, 1, 2].map(|k| self.0[to][k] - self.0[from][k]);
        if w > 0.0 { (s - v * v / w).max(0.0) } else { 0.0 }
    }
}

/// The roundest number above `low` and at most `high`: the one with the fewest digits.
pub fn roundest(low: f64, high: f64) -> f64 {
    let size = high.abs().max(low.abs()).max(f64::MIN_POSITIVE).log10().ceil() as i32;
    for power in (size - 12..=size).rev() {
        for digit in [5.0, 2.0, 1.0] {
            // A power below one is written as a division, so that 0.3 stays 0.3.
            let step = digit * 10f64.powi(power.max(0));
            let parts = 10f64.powi((-power).max(0));
            let number = (high * parts / step).floor() * step / parts;
            if number > low && number <= high {
                return number;
            }
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn breaks_fall_into_the_gaps_at_round_numbers() {
        let values = [10.0, 11.0, 12.0, 48.0, 51.0, 198.0, 205.0, 207.0];
        assert_eq!(breaks(&values, 3), vec![40.0, 100.0]);
    }

    #[test]
    fn few_or_equal_values_give_few_classes() {
        assert_eq!(breaks(&[], 5), Vec::<f64>::new());
        assert_eq!(breaks(&[7.0; 9], 5), Vec::<f64>::new());
        assert_eq!(breaks(&[7.0, 9.0, f64::NAN], 5), vec![8.0]);
    }

    #[test]
    fn a_value_on_a_break_belongs_above_it() {
        assert_eq!([5.0, 10.0, 25.0].map(|value| class_of(value, &[10.0, 20.0])), [0, 1, 2]);
    }

    #[test]
    fn the_roundest_number_has_the_fewest_digits() {
        let cases = [
            (12.0, 48.0),
            (1_180.0, 1_320.0),
            (-3.0, 4.0),
            (0.23, 0.31),
            (99.0, 100.0),
        ];
        assert_eq!(
            cases.map(|(low, high)| roundest(low, high)),
            [40.0, 1_200.0, 0.0, 0.3, 100.0]
        );
    }

    /// Squares about the means of the classes that the breaks make.
    fn squares(values: &[f64], breaks: &[f64]) -> f64 {
        (0..=breaks.len())
            .map(|class| {
                let inside: Vec<f64> = values
                    .iter()
                    .copied()
                    .filter(|v| class_of(*v, breaks) == class)
                    .collect();
                let mean = inside.iter().sum::<f64>() / inside.len().max(1) as f64;
                inside.iter().map(|v| (v - mean).powi(2)).sum::<f64>()
            })
            .sum()
    }

    proptest! {
        #[test]
        fn no_other_three_classes_are_tighter(values in proptest::collection::vec(-50i32..50, 3..14)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let best = squares(&values, &breaks(&values, 3));
            for a in -50..=50 {
                for b in a..=50 {
                    prop_assert!(best <= squares(&values, &[f64::from(a), f64::from(b)]) + 1e-6);
                }
            }
        }
    }
}
