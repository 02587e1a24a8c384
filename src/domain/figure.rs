//! A Figure is a volume with the least and the most that it can be, where its source did not say it exactly.

use std::ops::AddAssign;

use super::Volume;

/// A volume that may not be known exactly: low ≤ middle ≤ high, and the middle is what sums and lots are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The least that it can be.
    pub low: Volume,
    /// What is taken for it.
    pub middle: Volume,
    /// The most that it can be.
    pub high: Volume,
}

impl Figure {
    /// A volume that is known exactly.
    pub const fn exact(volume: Volume) -> Self {
        Self {
            low: volume,
            middle: volume,
            high: volume,
        }
    }

    /// A volume rounded to the nearest `step`: it was up to half a step less or more, and never below nothing.
    pub fn rounded(volume: Volume, step: Volume) -> Self {
        let half = Volume(step.0 / 2);
        Self {
            low: (volume - half).max(Volume::ZERO),
            middle: volume,
            high: volume + half,
        }
    }

    /// Whether it is known exactly.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The figure in parts as `weights` are to each other; the parts add up to it exactly. Equal parts where no weight is above zero.
    pub fn divided(&self, weights: &[Volume]) -> Vec<Self> {
        let [low, middle, high] = [self.low, self.middle, self.high].map(|whole| in_proportion(whole, weights));
        let parts = low.into_iter().zip(middle).zip(high);
        // Rounding to the last thousandth may put a low part above its middle one; the bounds give way, so that they stay bounds.
        let ordered = parts.map(|((low, middle), high)| Self {
            low: low.min(middle),
            middle,
            high: high.max(middle),
        });
        ordered.collect()
    }
}

impl AddAssign for Figure {
    fn add_assign(&mut self, other: Self) {
        self.low += other.low;
        self.middle += other.middle;
        self.high += other.high;
    }
}

/// A whole in parts by the method of the largest remainder; among equal remainders the first part comes first.
fn in_proportion(whole: Volume, weights: &[Volume]) -> Vec<Volume> {
    let total: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
    if total <= 0 {
        return whole
            .equal_parts(weights.len())
            .into_iter()
            .take(weights.len())
            .collect();
    }
    let product = |weight: &Volume| i128::from(whole.0) * i128::from(weight.0);
    let mut parts: Vec<i64> = weights.iter().map(|w| (product(w) / total) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&k| (std::cmp::Reverse(product(&weights[k]) % total), k));
    let left = whole.0 - parts.iter().sum::<i64>();
    for &k in order.iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[k] += 1;
    }
    parts.into_iter().map(Volume).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_whole_whatever_the_weights() {
        for weights in [&[1, 1, 1][..], &[3, 7, 90], &[0, 0], &[0, 5]] {
            let weights: Vec<Volume> = weights.iter().map(|&w| Volume(w)).collect();
            let whole = Figure::rounded(Volume(100_000), Volume(5_001));
            let mut sum = Volume::ZERO;
            for part in whole.divided(&weights) {
                sum += part.middle;
                assert!(part.low <= part.middle && part.middle <= part.high);
            }
            assert_eq!(sum, whole.middle);
        }
    }

    #[test]
    fn a_rounded_figure_is_never_below_nothing() {
        let figure = Figure::rounded(Volume::people(2), Volume::people(5));
        assert_eq!((figure.low, figure.high), (Volume::ZERO, Volume(4_500)));
    }
}
