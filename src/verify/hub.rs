//! The hub of a lot, found by counting travel to few of its areas.
//!
//! Travel is a convex function of the place of the hub, so its tangent at one area is below it at all others. The area whose tangents leave most hope is
//! counted next, until none can be below the least travel counted.

use crate::domain::{Point, Problem};

/// The hub of a lot and its travel: the least over its areas h of Σ volume of the seat × metres from its area to h, the first area of equals.
pub fn of_lot(problem: &Problem, seats: &[usize], areas: &[usize]) -> (usize, i64) {
    let places: Vec<(i64, Point)> = seats
        .iter()
        .map(|&seat| problem.seats()[seat])
        .map(|seat| (seat.volume.0, problem.areas()[seat.area].centre))
        .collect();
    let centre = |area: usize| problem.areas()[area].centre;
    // Distances are rounded to metres: half a metre at most for each unit of volume.
    let slack = 0.5 * places.iter().map(|place| place.0 as f64).sum::<f64>();
    let mut open: Vec<(f64, usize)> = areas.iter().map(|&area| (f64::MIN, area)).collect();
    let mut best: Option<(i64, usize)> = None;
    let middle = mean(&places).unwrap_or_default();
    let mut next = (0..open.len()).min_by_key(|&at| (centre(open[at].1).metres_to(middle), open[at].1));
    while let Some(at) = next {
        let area = open.swap_remove(at).1;
        let tangent = Tangent::at(&places, centre(area));
        let counted = (tangent.travel, area);
        let least = best.map_or(counted, |known| known.min(counted));
        best = Some(least);
        // The factor is for the rounding of floating-point sums.
        let hope = |area: usize| (tangent.below(centre(area)) - slack) * (1.0 - 1e-9) - 1.0;
        open.iter_mut()
            .for_each(|(floor, area)| *floor = floor.max(hope(*area)));
        open.retain(|(floor, _)| *floor <= least.0 as f64);
        next = (0..open.len()).min_by(|&a, &b| open[a].0.total_cmp(&open[b].0).then(open[a].1.cmp(&open[b].1)));
    }
    best.map_or((0, 0), |(travel, area)| (area, travel))
}

/// The mean place; `None` where there is no volume.
fn mean(places: &[(i64, Point)]) -> Option<Point> {
    let sum = |of: fn(&Point) -> f64| {
        places
            .iter()
            .map(|(volume, place)| *volume as f64 * of(place))
            .sum::<f64>()
    };
    let volume = places.iter().map(|place| place.0 as f64).sum::<f64>();
    let place = Point {
        easting: sum(|place| place.easting) / volume,
        northing: sum(|place| place.northing) / volume,
    };
    (volume > 0.0).then_some(place)
}

/// Travel to a place, in whole metres, and its tangent there.
struct Tangent {
    place: Point,
    travel: i64,
    /// Travel without rounding, and how it grows to the east and to the north.
    exact: f64,
    east: f64,
    north: f64,
}

impl Tangent {
    fn at(places: &[(i64, Point)], place: Point) -> Self {
        let (mut travel, mut exact, mut east, mut north) = (0, 0.0, 0.0, 0.0);
        for &(volume, from) in places {
            travel += volume * from.metres_to(place);
            let (over, up) = (place.easting - from.easting, place.northing - from.northing);
            let metres = over.hypot(up);
            exact += volume as f64 * metres;
            if metres > 0.0 {
                east += volume as f64 * over / metres;
                north += volume as f64 * up / metres;
            }
        }
        Self {
            place,
            travel,
            exact,
            east,
            north,
        }
    }

    /// No more than the travel to another place, without rounding.
    fn below(&self, other: Point) -> f64 {
        let (over, up) = (other.easting - self.place.easting, other.northing - self.place.northing);
        self.exact + self.east * over + self.north * up
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::drawn::Drawn;

    /// 20 × 20 cells, each an area with a letter of its own.
    fn map() -> String {
        let cell = |at: u32| char::from_u32(0x4e00 + at).unwrap_or('.');
        let row = |row: u32| (0..20).map(|column| cell(row * 20 + column)).collect::<String>();
        (0..20).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_hub_is_that_of_counting_travel_to_every_area() {
        let uneven: Vec<i64> = (0..400).map(|at| at * at % 97).collect();
        for volumes in [uneven, vec![7; 400], vec![0; 400]] {
            let problem = Drawn::new(&map()).volumes(&volumes).problem();
            let centre = |area: usize| problem.areas()[area].centre;
            for lot in [0..400, 33..34, 30..300, 7..60, 0..0] {
                let seats: Vec<usize> = lot.clone().collect();
                let travel_to = |hub: usize| -> i64 {
                    let seat = |&seat: &usize| problem.seats()[seat];
                    let far = seats.iter().map(seat);
                    far.map(|seat| seat.volume.0 * centre(seat.area).metres_to(centre(hub)))
                        .sum()
                };
                let plain = lot.map(|hub| (travel_to(hub), hub)).min().unwrap_or((0, 0));
                assert_eq!(of_lot(&problem, &seats, &seats), (plain.1, plain.0));
            }
        }
    }
}
