//! The hub of a lot is the area from which travel to the lot is least; in a large lot few areas have to be tried.
//!
//! The places of the lot are gathered in cells. Distance is convex, so that travel to the mean place of a cell is no more than travel to its places, and
//! adding up over cells bounds the travel to a hub from below. Hubs whose bound is above the best travel known need no sum over the whole lot.

use super::instance::Instance;
use crate::domain::Point;

/// The fewest blocks for which cells are worth their while.
const LARGE: usize = 96;
/// Cells in a row, and rows of cells.
const GRID: usize = 8;

/// The best hub area of a lot and the volume × metres to it; `None` for an empty lot.
pub fn best_hub(instance: &Instance<'_>, lot: &[u32]) -> Option<(u32, i64)> {
    let mut hubs: Vec<(f64, u32)> = lot
        .iter()
        .flat_map(|&block| &instance.places[block as usize])
        .map(|&(area, _)| (0.0, area))
        .collect();
    if lot.len() >= LARGE {
        let cells = Cells::new(instance, lot);
        hubs.iter_mut()
            .for_each(|(bound, hub)| *bound = cells.travel(instance.centre(*hub)));
        hubs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
    let mut best: Option<(i64, u32)> = None;
    for (bound, hub) in hubs {
        if best.is_some_and(|(travel, _)| bound > travel as f64) {
            break;
        }
        let found = (travel_to(instance, lot, hub), hub);
        best = Some(best.map_or(found, |known| known.min(found)));
    }
    best.map(|(travel, hub)| (hub, travel))
}

/// Volume × metres from the blocks of a lot to an area.
pub fn travel_to(instance: &Instance<'_>, lot: &[u32], hub: u32) -> i64 {
    lot.iter()
        .map(|&block| instance.block_travel(block as usize, hub as usize))
        .sum()
}

/// Volumes at the mean places of the cells of a lot.
struct Cells {
    means: Vec<(f64, Point)>,
    /// Rounding to whole metres takes off half a metre at most for each unit of volume.
    slack: f64,
}

impl Cells {
    fn new(instance: &Instance<'_>, lot: &[u32]) -> Self {
        let places: Vec<(f64, Point)> = lot
            .iter()
            .flat_map(|&block| &instance.places[block as usize])
            .map(|&(area, volume)| (volume as f64, instance.centre(area)))
            .collect();
        let (mut low, mut high) = (places[0].1, places[0].1);
        for (_, place) in &places {
            low.easting = low.easting.min(place.easting);
            low.northing = low.northing.min(place.northing);
            high.easting = high.easting.max(place.easting);
            high.northing = high.northing.max(place.northing);
        }
        let step = |low: f64, high: f64| ((high - low) / GRID as f64).max(1.0);
        let (east, north) = (step(low.easting, high.easting), step(low.northing, high.northing));
        let mut sums = vec![(0.0, 0.0, 0.0); GRID * GRID];
        for (volume, place) in &places {
            let column = (((place.easting - low.easting) / east) as usize).min(GRID - 1);
            let row = (((place.northing - low.northing) / north) as usize).min(GRID - 1);
            let sum = &mut sums[row * GRID + column];
            *sum = (
                sum.0 + volume,
                sum.1 + volume * place.easting,
                sum.2 + volume * place.northing,
            );
        }
        let held = sums.into_iter().filter(|sum| sum.0 > 0.0);
        let means: Vec<(f64, Point)> = held
            .map(|(volume, easting, northing)| {
                let mean = Point {
                    easting: easting / volume,
                    northing: northing / volume,
                };
                (volume, mean)
            })
            .collect();
        let slack = means.iter().map(|mean| mean.0).sum::<f64>() * 0.5;
        Self { means, slack }
    }

    /// No more than the travel to a hub there.
    fn travel(&self, hub: Point) -> f64 {
        let far = |mean: &Point| (mean.easting - hub.easting).hypot(mean.northing - hub.northing);
        let sum: f64 = self.means.iter().map(|(volume, mean)| volume * far(mean)).sum();
        // The last factor is for the rounding of floating-point sums.
        (sum - self.slack) * (1.0 - 1e-9) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::drawn::Drawn;

    /// 24 × 24 cells, each an area with a letter of its own.
    fn map() -> String {
        let cell = |at: u32| char::from_u32(0x4e00 + at).unwrap_or('.');
        (0..24)
            .map(|row| (0..24).map(|column| cell(row * 24 + column)).collect::<String>() + "\n")
            .collect()
    }

    #[test]
    fn the_hub_of_a_large_lot_is_that_of_trying_every_area() {
        let volumes: Vec<i64> = (0..576).map(|at| 1 + at * at % 97).collect();
        let problem = Drawn::new(&map()).volumes(&volumes).problem();
        let instance = Instance::plain(&problem);
        for lot in [0..576, 30..400, 300..420, 7..60] {
            let lot: Vec<u32> = lot.collect();
            let plain = lot.iter().map(|&hub| (travel_to(&instance, &lot, hub), hub)).min();
            assert_eq!(best_hub(&instance, &lot).map(|(hub, travel)| (travel, hub)), plain);
        }
    }
}
