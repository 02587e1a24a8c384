//! Sums of a plan are whole numbers of 64 bits, so volumes that no such sum could hold are refused before anything is added up.

use crate::domain::{Area, Finding, Point};

/// What total volume × the extent of the map may come to: a quarter of the greatest number, so that prices in a search have room above travel.
const MOST: i128 = 1 << 61;

/// A finding where travel (thousandths of a person × metres) or imbalance (thousandths of a person × lots) could be too great to count.
pub fn too_great(file: &str, areas: &[Area]) -> Option<Finding> {
    let total: i128 = areas.iter().map(|area| i128::from(area.volume.0)).sum();
    let metres = extent(areas);
    // There are no more lots than areas, and no distance is greater than the extent.
    let factor = (metres as i128).max(areas.len() as i128);
    (total.saturating_mul(factor) > MOST).then(|| {
        let fact = format!(
            "{} people over {:.0} km are too many: travel and imbalance would be too great to count",
            total / 1000,
            metres / 1000.0
        );
        let help =
            "check the unit of the column; where it is right, give it in thousands, or take part with fewer areas";
        Finding::error("V221", file, fact, help)
    })
}

/// Diagonal of the rectangle around the centres, in metres.
fn extent(areas: &[Area]) -> f64 {
    let span = |of: fn(&Point) -> f64| {
        let places = areas.iter().map(|area| of(&area.centre));
        let (low, high) = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| {
            (low.min(place), high.max(place))
        });
        (high - low).max(0.0)
    };
    span(|point| point.easting).hypot(span(|point| point.northing)).ceil()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AreaCode, Volume};

    fn two_areas(people: i64, metres: f64) -> Vec<Area> {
        let area = |northing| Area {
            code: AreaCode::new("A"),
            name: String::new(),
            volume: Volume::people(people),
            centre: Point { easting: 0.0, northing },
            region: None,
        };
        vec![area(0.0), area(metres)]
    }

    #[test]
    fn people_of_a_continent_can_be_counted_and_a_billion_in_each_area_cannot() {
        assert_eq!(too_great("v.csv", &two_areas(200_000_000, 5e6)), None);
        let refused = too_great("v.csv", &two_areas(1_000_000_000, 5e6));
        assert!(refused.is_some_and(|finding| finding.code == "V221"));
        assert_eq!(too_great("v.csv", &[]), None);
    }
}
