//! Makes the shapes of a map from the arcs of the boundaries and a verified plan.

use ::geo::{LineString, MultiLineString};

use super::load::Case;
use crate::report::{MapArea, MapData, MapDeal, MapLot};
use crate::verify::VerifiedPlan;

impl Case {
    /// The plan as shapes on the plane. An area whose seats lie in several lots is drawn in the one that holds most of it.
    pub(super) fn map(&self, plan: &VerifiedPlan) -> MapData {
        let coverage = &self.boundaries.coverage;
        let by_area: Vec<Vec<(usize, f64)>> = (0..self.problem.areas().len())
            .map(|area| self.lots_of_area(plan, area))
            .collect();
        let mut lot_of_place = vec![None; coverage.len()];
        for (&place, lots) in self.places.iter().zip(&by_area) {
            lot_of_place[place] = lots.first().map(|lot| lot.0);
        }
        let lots = coverage.dissolve(&lot_of_place, plan.lots().len());
        let areas = self
            .problem
            .areas()
            .iter()
            .zip(by_area)
            .zip(&self.places)
            .map(|((area, lots), &place)| MapArea {
                code: area.code.to_string(),
                name: area.name.clone(),
                volume: area.volume.as_people(),
                lots,
                shape: coverage.multipolygon(place),
            });
        MapData {
            areas: areas.collect(),
            lots: (0..lots.len())
                .map(|lot| MapLot {
                    shape: lots.multipolygon(lot),
                })
                .collect(),
            lot_borders: self.lines(|left, right| {
                let lot = |place: usize| lot_of_place[place];
                matches!((lot(left), lot(right)), (Some(one), Some(other)) if one != other)
            }),
            lot_neighbours: lots.borders().iter().map(|border| (border.from, border.to)).collect(),
            deals: self.deal_shapes(),
            context: self.land_left_out(),
            sources: self.sources.clone(),
        }
    }

    /// Lines between places of the boundaries that `parts` tells apart.
    pub(super) fn lines(&self, parts: impl Fn(usize, usize) -> bool) -> MultiLineString<f64> {
        let arcs = self.boundaries.coverage.arcs().iter();
        let between =
            arcs.filter(|arc| matches!((arc.left, arc.right), (Some(left), Some(right)) if parts(left, right)));
        between
            .map(|arc| {
                arc.points
                    .iter()
                    .map(|point| point.metres())
                    .collect::<LineString<f64>>()
            })
            .collect()
    }

    /// Lots that hold an area with their shares of it, the greatest first.
    pub(super) fn lots_of_area(&self, plan: &VerifiedPlan, area: usize) -> Vec<(usize, f64)> {
        let mut lots: Vec<(usize, f64)> = Vec::new();
        let seats = self.problem.seats_of_area(area);
        for &seat in seats {
            let Some(lot) = plan.plan().lot_of_seat(seat) else {
                continue;
            };
            let share = 1.0 / seats.len() as f64;
            match lots.iter_mut().find(|held| held.0 == lot) {
                Some(held) => held.1 += share,
                None => lots.push((lot, share)),
            }
        }
        lots.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        lots
    }

    pub(super) fn deal_shapes(&self) -> Vec<MapDeal> {
        let coverage = &self.boundaries.coverage;
        let mut shapes = Vec::new();
        for deal in self.problem.deals() {
            let mut inside = vec![None; coverage.len()];
            for &area in &deal.areas {
                inside[self.places[area]] = Some(0);
            }
            shapes.push(MapDeal {
                shape: coverage.dissolve(&inside, 1).multipolygon(0),
            });
        }
        shapes
    }

    pub(super) fn land_left_out(&self) -> Vec<(String, ::geo::MultiPolygon<f64>)> {
        let coverage = &self.boundaries.coverage;
        let mut label = vec![None; coverage.len()];
        for (k, (_, places)) in self.left_out.iter().enumerate() {
            for &place in places {
                label[place] = Some(k);
            }
        }
        let land = coverage.dissolve(&label, self.left_out.len());
        self.left_out
            .iter()
            .enumerate()
            .map(|(k, (name, _))| (name.clone(), land.multipolygon(k)))
            .collect()
    }
}
