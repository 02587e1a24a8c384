//! A robust rule asks that a lot still reaches its floors when fewer people come than were expected.

use super::risk::normal_quantile;

/// A part of one in whole millionths, so that comparisons are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millionths(pub i64);

impl Millionths {
    /// All of it.
    pub const ONE: Self = Self(1_000_000);

    /// The nearest whole number of millionths.
    pub fn of(part: f64) -> Self {
        Self((part * 1e6).round() as i64)
    }

    /// As a fraction, for display and JSON.
    pub fn fraction(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

/// The most volume of which squares are compared exactly, in thousandths of a person: a thousand million people.
pub const MOST_WEIGHED: i64 = 1_000_000_000_000;

/// Every lot reaches its floors with a chance, where the relative errors of volume are normal and independent: one of the nation, one of each region, one of
/// each area (see [`super::Risk`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// The chance: a half or more, less than one.
    pub chance: Millionths,
    /// Standard deviation of the nation's error.
    pub national_sd: Millionths,
    /// Standard deviation of a region's error.
    pub regional_sd: Millionths,
    /// Standard deviation of an area's own error.
    pub local_sd: Millionths,
    /// The standard normal figure that is not passed with that chance, rounded up.
    pub z: Millionths,
}

impl Assurance {
    /// The rule for a chance and three standard deviations (nation, region, area).
    pub fn new(chance: Millionths, [national_sd, regional_sd, local_sd]: [Millionths; 3]) -> Self {
        Self {
            chance,
            national_sd,
            regional_sd,
            local_sd,
            z: upper_quantile(chance),
        }
    }

    /// z × each standard deviation in millionths, rounded up: what a person's worth of volume must have to spare for the error of the nation, of the one region and of the
    /// one area.
    pub fn reserves(&self) -> [i64; 3] {
        let one = Millionths::ONE.0;
        [self.national_sd, self.regional_sd, self.local_sd].map(|sd| (sd.0 * self.z.0 + one - 1).div_euclid(one))
    }

    /// Whether a lot of `volume` reaches `floor` with the chance: (V − F)² ≥ n² V² + r² Σ Vᵣ² + l² Σ vᵢ² and V ≥ F, with the reserves n, r, l and the
    /// sums of squares of its volume by region and by area. Volumes are thousandths of a person, [`MOST_WEIGHED`] at most.
    pub fn holds(&self, volume: i64, floor: i64, by_region: i128, by_area: i128) -> bool {
        let [nation, region, area] = self.reserves().map(i128::from);
        let spare = i128::from(volume - floor) * i128::from(Millionths::ONE.0);
        let all = i128::from(volume) * i128::from(volume);
        floor <= 0
            || volume >= floor
                && spare * spare >= nation * nation * all + region * region * by_region + area * area * by_area
    }

    /// No lot of less volume reaches `floor` with the chance, whatever areas it holds of `regions` regions and `areas` areas: the errors of regions and
    /// of areas cancel out best in equal parts, Σ Vᵣ² ≥ V² ÷ regions. `most` + 1 where no lot of up to `most` does.
    pub fn least_volume(&self, floor: i64, regions: usize, areas: usize, most: i64) -> i64 {
        let [nation, region, area] = self.reserves().map(|reserve| i128::from(reserve) * i128::from(reserve));
        let parts = |of: i128, count: usize| of / count.max(1) as i128;
        let share = nation + parts(region, regions) + parts(area, areas);
        least(floor, most, |volume| {
            let spare = i128::from(volume - floor) * i128::from(Millionths::ONE.0);
            spare * spare >= share * i128::from(volume) * i128::from(volume)
        })
    }

    /// Every lot of this volume or more, in areas of no more than `greatest` each, reaches `floor` with the chance: at worst it lies in one region and Σ vᵢ² is V × greatest.
    /// `most` + 1 where none of up to `most` is so sure.
    pub fn sure_volume(&self, floor: i64, greatest: i64, most: i64) -> i64 {
        least(floor, most, |volume| {
            let all = i128::from(volume) * i128::from(volume);
            let by_area = i128::from(volume) * i128::from(volume.min(greatest));
            self.holds(volume, floor, all, by_area)
        })
    }
}

/// The least volume from `floor` on that will do, where more does not harm; `most` + 1 where none does.
fn least(floor: i64, most: i64, will_do: impl Fn(i64) -> bool) -> i64 {
    if floor <= 0 || floor > most {
        return floor;
    }
    let (mut low, mut high) = (floor, most + 1);
    while low < high {
        let middle = i64::midpoint(low, high);
        if will_do(middle) {
            high = middle
        } else {
            low = middle + 1
        }
    }
    low
}

/// The standard normal figure that is not passed with this chance, in millionths, rounded up by more than the error of its computation.
fn upper_quantile(chance: Millionths) -> Millionths {
    Millionths((normal_quantile(chance.fraction()) * 1e6 + 1e-3).ceil().max(0.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Risk, risk::chance_of};
    use proptest::prelude::*;

    fn assurance(chance: f64, sds: [f64; 3]) -> Assurance {
        Assurance::new(Millionths::of(chance), sds.map(Millionths::of))
    }

    #[test]
    fn the_quantile_is_that_of_the_tables_rounded_up() {
        for (chance, z) in [
            (0.5, 1),
            (0.75, 674_490),
            (0.9, 1_281_552),
            (0.95, 1_644_854),
            (0.999, 3_090_233),
        ] {
            assert_eq!(assurance(chance, [0.1; 3]).z.0, z, "{chance}");
        }
    }

    #[test]
    fn without_a_floor_every_lot_reaches_it() {
        let asked = assurance(0.9, [2.0, 0.0, 0.0]);
        assert!(asked.holds(0, 0, 0, 0));
        assert_eq!(asked.least_volume(0, 3, 9, 100), 0);
        assert_eq!(asked.least_volume(10, 3, 9, 100), 101);
    }

    proptest! {
        #[test]
        fn the_whole_numbers_say_what_the_normal_curve_says(
            volumes in prop::collection::vec((0usize..3, 1i64..90_000_000), 1..12),
            floor in 1i64..300_000_000,
            chance in 0.5f64..0.999,
            sds in prop::array::uniform3(0.0f64..0.3),
        ) {
            let asked = assurance(chance, sds);
            let volume: i64 = volumes.iter().map(|(_, volume)| volume).sum();
            let square = |volume: i64| i128::from(volume) * i128::from(volume);
            let by_region = (0..3).map(|r| square(volumes.iter().filter(|v| v.0 == r).map(|v| v.1).sum())).sum();
            let by_area = volumes.iter().map(|v| square(v.1)).sum();
            let holds = asked.holds(volume, floor, by_region, by_area);
            let [national_sd, regional_sd, local_sd] = [asked.national_sd, asked.regional_sd, asked.local_sd].map(Millionths::fraction);
            let risk = Risk { national_sd, regional_sd, local_sd };
            let sd = risk.of_lot(volumes.iter().map(|&(region, volume)| (Some(region), volume as f64)));
            let reached = chance_of(floor as f64 / volume as f64, sd);
            // What holds does so by the curve; what fails is at most the rounding of the reserves beside it.
            prop_assert!(!holds || reached >= asked.chance.fraction() - 1e-9, "{reached}");
            prop_assert!(holds || reached < asked.chance.fraction() + 1e-3, "{reached}");
            prop_assert!(!holds || volume >= asked.least_volume(floor, 3, volumes.len(), 2_000_000_000));
            let greatest = volumes.iter().map(|v| v.1).max().unwrap_or(0);
            prop_assert!(holds || volume < asked.sure_volume(floor, greatest, 2_000_000_000));
        }
    }
}
