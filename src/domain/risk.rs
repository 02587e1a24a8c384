//! A Risk says how far volumes may come in beside their forecast: by the nation's error, a region's and an area's own.

use std::collections::BTreeMap;

/// Standard deviations of the relative errors of volume. All errors are normal and independent; the volume of an area comes in at
/// 1 + national + regional + local times its forecast, so the errors of two areas are correlated by what they share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Risk {
    /// Of the error that all areas share.
    pub national_sd: f64,
    /// Of the error that the areas of a region share beyond that.
    pub regional_sd: f64,
    /// Of the error that an area has to itself.
    pub local_sd: f64,
}

impl Risk {
    /// Standard deviation of the relative error of a lot's volume: √(σ_N² + σ_R² Σᵣ wᵣ² + σ_L² Σᵢ wᵢ²), where w are the parts of the lot's volume in each
    /// region and in each area. `parts` holds the region and the volume of each area; one of no region has no regional error. 0 for a lot without volume.
    pub fn of_lot(&self, parts: impl IntoIterator<Item = (Option<usize>, f64)>) -> f64 {
        let (mut total, mut areas) = (0.0, 0.0);
        let mut regions: BTreeMap<usize, f64> = BTreeMap::new();
        for (region, volume) in parts {
            total += volume;
            areas += volume * volume;
            if let Some(region) = region {
                *regions.entry(region).or_default() += volume;
            }
        }
        if total <= 0.0 {
            return 0.0;
        }
        let regions: f64 = regions.values().map(|volume| volume * volume).sum();
        let shared = self.national_sd.powi(2);
        let own = self.regional_sd.powi(2) * regions + self.local_sd.powi(2) * areas;
        (shared + own / total.powi(2)).sqrt()
    }

    /// Correlation of the errors of two areas of the same region, or of different ones; 1 where nothing errs.
    pub fn correlation(&self, same_region: bool) -> f64 {
        let [national, regional, local] = [self.national_sd, self.regional_sd, self.local_sd].map(|sd| sd * sd);
        let all = national + regional + local;
        let shared = if same_region { national + regional } else { national };
        if all > 0.0 { shared / all } else { 1.0 }
    }
}

/// Chance that volume comes in at `part` of its forecast or above, where its relative error is normal with this standard deviation.
pub fn chance_of(part: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        normal_below((1.0 - part) / sd)
    } else if part <= 1.0 {
        1.0
    } else {
        0.0
    }
}

/// The part of its forecast that volume reaches with this chance; the inverse of [`chance_of`].
pub fn part_reached(chance: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        1.0 - sd * normal_quantile(chance)
    } else {
        1.0
    }
}

/// Beyond this many standard deviations the tail is less than 10⁻³⁰⁰ and counts as nothing.
const FARTHEST: f64 = 37.0;

/// The chance that a standard normal figure is `x` or below, Φ(x), to about 15 digits: a series in the middle, a continued fraction in the tails.
pub fn normal_below(x: f64) -> f64 {
    let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let size = x.abs();
    let tail = if size > FARTHEST {
        0.0
    } else if size > 4.0 {
        density / (1..=60).rev().fold(size, |sum, k| size + f64::from(k) / sum)
    } else {
        // Φ(x) − ½ = φ(x) · ( x + x³/3 + x⁵/(3·5) + … )
        let terms = (1..120).scan(size, |term, k| {
            *term *= size * size / f64::from(2 * k + 1);
            Some(*term)
        });
        0.5 - density * (size + terms.sum::<f64>())
    };
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The figure below which a standard normal one lies with this chance, by halving; infinite at 0 and 1.
pub fn normal_quantile(chance: f64) -> f64 {
    if chance <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if chance >= 1.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (-FARTHEST, FARTHEST);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if normal_below(middle) < chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    const RISK: Risk = Risk {
        national_sd: 0.1,
        regional_sd: 0.05,
        local_sd: 0.2,
    };

    #[test]
    fn the_normal_curve_agrees_with_the_tables() {
        for (x, below) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.959_963_984_540_054, 0.025),
            (3.9, 0.999_951_903_655_982_4),
            (-4.1, 2.065_750_691_254_672_6e-5),
            (-6.0, 9.865_876_450_376_946e-10),
        ] {
            assert!(
                (normal_below(x) / below - 1.0).abs() < 1e-11,
                "{x}: {}",
                normal_below(x)
            );
            assert!((normal_quantile(below) - x).abs() < 1e-9, "{x}");
        }
        assert_eq!((normal_below(-50.0), normal_below(50.0)), (0.0, 1.0));
        assert_eq!(
            (normal_quantile(0.0), normal_quantile(1.0)),
            (f64::NEG_INFINITY, f64::INFINITY)
        );
    }

    #[test]
    fn a_lot_of_many_areas_averages_local_errors_out_and_keeps_the_nation_s() {
        let one = RISK.of_lot([(Some(0), 100.0)]);
        assert!((one - (0.01 + 0.0025 + 0.04_f64).sqrt()).abs() < 1e-12);
        let many = RISK.of_lot((0..400).map(|area| (Some(area), 1.0)));
        assert!((many - (0.01 + (0.0025 + 0.04) / 400.0_f64).sqrt()).abs() < 1e-12);
        let without_regions = RISK.of_lot((0..4).map(|_| (None, 1.0)));
        assert!((without_regions - (0.01 + 0.04 / 4.0_f64).sqrt()).abs() < 1e-12);
        assert_eq!(RISK.of_lot([]), 0.0);
    }

    #[test]
    fn areas_of_a_region_are_correlated_more_than_others() {
        assert!((RISK.correlation(true) - 0.0125 / 0.0525).abs() < 1e-12);
        assert!((RISK.correlation(false) - 0.01 / 0.0525).abs() < 1e-12);
    }

    #[test]
    fn the_part_that_is_reached_with_a_chance_has_that_chance() {
        for chance in [0.01, 0.5, 0.9, 0.999] {
            assert!((chance_of(part_reached(chance, 0.12), 0.12) - chance).abs() < 1e-12);
        }
        assert_eq!(
            (chance_of(0.9, 0.0), chance_of(1.1, 0.0), part_reached(0.9, 0.0)),
            (1.0, 0.0, 1.0)
        );
    }
}
