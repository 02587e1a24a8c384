//! Published volumes are rounded (to a hundred people, say), so lots come in whole grains, and a floor between two grains asks for the upper one.
//!
//! A lot of 98 hundreds and a floor of 98.04 hundreds are not the same thing: no lot has 98.04, so the least viable lot has 99. Counted in grains, the map has
//! room for fewer lots than volume alone says, and a search that is one grain short knows how far it is.

/// Weights in place of volumes, such that a set of blocks reaches the floor just if its weight reaches `least`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grains {
    /// Volume of one grain, in thousandths of a person; 1 where volumes have no common grain.
    pub unit: i64,
    /// Weight of each block, in grains.
    pub weight: Vec<i64>,
    /// Least weight of a viable set, in grains.
    pub least: i64,
    /// No viable set has less volume than this, in thousandths of a person; at least the floor.
    pub attained: i64,
}

/// Leading figures of grains that are tried.
const FIGURES: [i64; 3] = [1, 2, 5];

impl Grains {
    /// The grains that leave room for the fewest lots, among round ones; volumes are ≥ 0.
    pub fn of(volumes: &[i64], floor: i64) -> Self {
        let fine = Self {
            unit: 1,
            weight: volumes.to_vec(),
            least: floor,
            attained: floor,
        };
        // A floor that all blocks together miss has no lot, whatever it is counted in.
        let all: i128 = volumes.iter().map(|&volume| i128::from(volume)).sum();
        if floor <= 0 || i128::from(floor) > all {
            return fine;
        }
        let tens = std::iter::successors(Some(1_i64), |ten| ten.checked_mul(10)).take_while(|&ten| ten <= floor);
        let units = tens.flat_map(|ten| FIGURES.map(|figure| ten.checked_mul(figure)));
        let coarse = units
            .flatten()
            .filter_map(|unit| Self::up(volumes, floor, unit).or_else(|| Self::down(volumes, floor, unit)));
        coarse.fold(
            fine,
            |best, grains| if grains.roomier_than(&best) { best } else { grains },
        )
    }

    /// Volumes rounded up. A set of as many grains as the floor asks for lacks no more than all that was added, so if it reaches the floor even then, weights decide.
    fn up(volumes: &[i64], floor: i64, unit: i64) -> Option<Self> {
        let weight: Vec<i64> = volumes
            .iter()
            .map(|volume| volume.div_euclid(unit) + i64::from(volume % unit > 0))
            .collect();
        let added: i128 = volumes
            .iter()
            .zip(&weight)
            .map(|(&volume, &weight)| i128::from(weight) * i128::from(unit) - i128::from(volume))
            .sum();
        let least = (floor - 1) / unit + 1;
        // Whoever counts in volumes of whole grains needs room for all of them.
        let all: i128 = weight.iter().map(|&weight| i128::from(weight) * i128::from(unit)).sum();
        i64::try_from(all.max(i128::from(least) * i128::from(unit))).ok()?;
        let attained = i64::try_from(i128::from(least) * i128::from(unit) - added).ok()?;
        (attained >= floor).then_some(Self {
            unit,
            weight,
            least,
            attained,
        })
    }

    /// Volumes rounded down. A set of one grain less than the floor asks for has at most all that was taken off besides, so if it misses the floor even then, weights decide.
    fn down(volumes: &[i64], floor: i64, unit: i64) -> Option<Self> {
        let weight: Vec<i64> = volumes.iter().map(|volume| volume / unit).collect();
        let off: i128 = volumes.iter().map(|volume| i128::from(volume % unit)).sum();
        let least = (floor - 1) / unit + 1;
        let most = i128::from(least - 1) * i128::from(unit) + off;
        let attained = least.checked_mul(unit)?;
        (most < i128::from(floor)).then_some(Self {
            unit,
            weight,
            least,
            attained,
        })
    }

    /// The grains of some blocks, which are numbered anew in their order.
    pub fn part(&self, blocks: &[u32]) -> Self {
        Self {
            weight: blocks.iter().map(|&block| self.weight[block as usize]).collect(),
            ..self.clone()
        }
    }

    /// What a block counts for a lot, in grains: no more than a whole lot.
    pub fn counted(&self, block: usize) -> i64 {
        self.weight[block].min(self.least)
    }

    /// What all blocks count, in grains.
    pub fn sum(&self) -> i64 {
        (0..self.weight.len()).map(|block| self.counted(block)).sum()
    }

    /// Whether lots are counted in more than thousandths of a person.
    pub fn coarse(&self) -> bool {
        self.unit > 1
    }

    /// Whether these leave more room than others; of two that leave as much, the coarser are easier to read.
    fn roomier_than(&self, other: &Self) -> bool {
        i128::from(self.sum()) * i128::from(other.least) > i128::from(other.sum()) * i128::from(self.least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_floor_between_two_grains_asks_for_the_upper_one() {
        let grains = Grains::of(&[40_000, 60_000, 20_000, 500], 98_036);
        assert_eq!((grains.unit, grains.least), (20_000, 5));
        assert_eq!(grains.weight, [2, 3, 1, 0]);
        assert_eq!(grains.attained, 100_000);
    }

    #[test]
    fn without_a_floor_or_a_common_grain_volumes_stay() {
        assert_eq!(Grains::of(&[3, 4], 0).unit, 1);
        let primes = [1_009, 1_013, 1_019, 1_021, 1_031];
        assert_eq!(Grains::of(&primes, 2_022).weight, primes);
    }

    #[test]
    fn a_floor_above_all_volume_or_near_the_greatest_number_has_grains_without_overflow() {
        for floor in [i64::MAX, i64::MAX - 1, 4_000_000_000_000_000_001] {
            let grains = Grains::of(&[40_000, 60_000], floor);
            assert_eq!((grains.unit, grains.least, grains.attained), (1, floor, floor));
            let large = Grains::of(&[floor - 1, 1], floor);
            assert!(large.least.checked_mul(large.unit).is_some(), "{large:?}");
            assert!(large.attained >= floor && large.sum() >= large.least, "{large:?}");
        }
    }

    proptest! {
        #[test]
        fn a_set_is_viable_just_if_its_weight_is(
            tens in prop::collection::vec(0_i64..40, 1..9),
            odd in prop::collection::vec(0_i64..10, 2),
            floor in 1_i64..900,
        ) {
            let mut volumes: Vec<i64> = tens.iter().map(|ten| ten * 10).collect();
            volumes.extend(odd);
            let grains = Grains::of(&volumes, floor);
            for set in 0_u32..1 << volumes.len() {
                let inside = |list: &[i64]| -> i64 { (0..list.len()).filter(|at| set >> at & 1 == 1).map(|at| list[at]).sum() };
                let volume = inside(&volumes);
                prop_assert_eq!(volume >= floor, inside(&grains.weight) >= grains.least);
                prop_assert!(volume < floor || volume >= grains.attained);
            }
        }
    }
}
