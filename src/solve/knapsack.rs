//! The knapsack in which one item may be cut: what blocks cost at least that bring a set between floor and cap.
//!
//! Taken in the order of cost for volume, blocks that gain something fill the set up to its cap, and others only until it reaches its floor; the last is taken in part.

use std::cmp::Ordering;

/// A block that may join a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The block.
    pub block: usize,
    /// What it adds to the cost of the set.
    pub cost: i64,
    /// What it adds to its volume; never below zero.
    pub volume: i64,
}

impl Offer {
    /// The lesser cost for its volume first, exactly: only then is the filling in this order the least that there is. What has no volume is worth taking where it
    /// gains something, and never where it does not. Equals stand in the order of blocks.
    pub fn by_worth(&self, other: &Self) -> Ordering {
        let weightless = |offer: &Self| match (offer.volume > 0, offer.cost < 0) {
            (true, _) => 1,
            (false, true) => 0,
            (false, false) => 2,
        };
        let (one, two) = (weightless(self), weightless(other));
        let worth = |offer: &Self, beside: &Self| i128::from(offer.cost) * i128::from(beside.volume);
        let by_rate = if (one, two) == (1, 1) {
            worth(self, other).cmp(&worth(other, self))
        } else {
            one.cmp(&two)
        };
        by_rate.then(self.block.cmp(&other.block))
    }
}

/// A set that was filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// What the set costs at least.
    pub cost: i64,
    /// The offer that was cut, and the limit that cut it; `None` where none had to be.
    pub cut: Option<(Offer, i64)>,
}

/// Fills a set of `cost` and `volume` from `offers`, which stand by worth, until it is between `floor` and `cap`; `None` where it cannot be.
pub fn fill(cost: i64, volume: i64, [floor, cap]: [i64; 2], offers: impl Iterator<Item = Offer>) -> Option<Filled> {
    let mut filled = Filled { cost, cut: None };
    let mut volume = volume;
    if volume > cap {
        return None;
    }
    for offer in offers {
        let limit = if offer.cost < 0 { cap } else { floor };
        let room = limit - volume;
        if room <= 0 && offer.cost >= 0 {
            break;
        }
        if offer.volume >= room && offer.volume > 0 {
            filled.cost += part_of(offer.cost, room, offer.volume);
            filled.cut = Some((offer, limit));
            return Some(filled);
        }
        filled.cost += offer.cost;
        volume += offer.volume;
    }
    (volume >= floor).then_some(filled)
}

/// No more than cost × part ÷ whole. A division in whole numbers of twice the width would take most of the time of a search.
fn part_of(cost: i64, part: i64, whole: i64) -> i64 {
    if part == whole {
        return cost;
    }
    let rough = cost as f64 * (part as f64 / whole as f64);
    (rough - rough.abs() * 1e-12).floor() as i64 - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(block: usize, cost: i64, volume: i64) -> Offer {
        Offer { block, cost, volume }
    }

    #[test]
    fn offers_stand_by_their_exact_cost_for_volume_with_those_of_no_volume_at_the_ends() {
        let great = 1 << 60;
        let mut offers = [
            offer(0, 3, 0),
            offer(1, great + 1, great),
            offer(2, great, great),
            // Dearer for its volume than the others, by less than a thousandth in the volume makes of it.
            offer(3, 2, 1),
            offer(4, -1, 1_000),
            offer(5, -1, 0),
            offer(6, 0, 0),
            offer(7, 5, 5),
        ];
        offers.sort_unstable_by(Offer::by_worth);
        assert_eq!(offers.map(|offer| offer.block), [5, 4, 2, 7, 1, 3, 0, 6]);
    }

    #[test]
    fn gains_fill_up_to_the_cap_and_the_rest_up_to_the_floor() {
        let offers = [offer(0, -6, 2), offer(1, -4, 4), offer(2, 3, 3), offer(3, 9, 4)];
        let filled = |volume, limits| fill(10, volume, limits, offers.into_iter());
        // Gains alone reach the floor.
        assert_eq!(filled(0, [5, 9]), Some(Filled { cost: 0, cut: None }));
        // The last gain is cut by the cap: three of its four.
        let by_cap = filled(0, [3, 5]);
        assert!(
            by_cap.is_some_and(|it| it.cut == Some((offers[1], 5)) && (-1..=1).contains(&it.cost)),
            "{by_cap:?}"
        );
        // One of the last four reaches the floor.
        let by_floor = filled(0, [10, 12]);
        assert!(
            by_floor.is_some_and(|it| it.cut == Some((offers[3], 10)) && (3..=5).contains(&it.cost)),
            "{by_floor:?}"
        );
        // All of them are too little, and what is above the cap from the start too much.
        assert_eq!([filled(0, [14, 20]), filled(21, [14, 20])], [None, None]);
    }

    #[test]
    fn no_choice_of_offers_costs_less_than_what_is_filled() {
        let mut state = 7_u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % most
        };
        for _ in 0..500 {
            let mut offers: Vec<Offer> = (0..8)
                .map(|at| offer(at, next(2_000) as i64 - 1_000, next(50) as i64))
                .collect();
            offers.sort_unstable_by(Offer::by_worth);
            let floor = next(150) as i64;
            let limits = [floor, floor + next(60) as i64];
            let chosen = (0_u32..1 << 8).filter_map(|set| {
                let taken = || {
                    offers
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| set >> at & 1 == 1)
                        .map(|(_, offer)| offer)
                };
                let volume: i64 = taken().map(|offer| offer.volume).sum();
                (limits[0]..=limits[1])
                    .contains(&volume)
                    .then(|| taken().map(|offer| offer.cost).sum::<i64>())
            });
            if let Some(least) = chosen.min() {
                let filled = fill(0, 0, limits, offers.iter().copied());
                assert!(
                    filled.is_some_and(|filled| filled.cost <= least),
                    "{filled:?} above {least}: {limits:?} {offers:?}"
                );
            }
        }
    }
}
