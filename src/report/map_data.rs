//! A MapData is a plan as shapes on the plane: British National Grid metres, y to the north.

use ::geo::MultiPolygon;

/// Everything that a map of a plan shows.
#[derive(Clone, Debug)]
pub struct MapData {
    /// Areas that take part, in code order.
    pub areas: Vec<MapArea>,
    /// Lots in the order of the answer's `lots`: outlines from the same arcs as the areas.
    pub lots: Vec<MapLot>,
    /// Pairs of lots (indices) with a common border, for colouring.
    pub lot_neighbours: Vec<(usize, usize)>,
    /// Deals that take part, in the order of the answer's `deals`.
    pub deals: Vec<MapDeal>,
    /// Land that does not take part (such as devolved areas), with a name for each.
    pub context: Vec<(String, MultiPolygon<f64>)>,
    /// Where boundaries and figures come from.
    pub sources: Vec<Source>,
}

/// An area on the map.
#[derive(Clone, Debug)]
pub struct MapArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People.
    pub volume: f64,
    /// Lots (indices) that hold it with their shares of it, the greatest first; empty where it is unassigned.
    pub lots: Vec<(usize, f64)>,
    /// Its shape.
    pub shape: MultiPolygon<f64>,
}

/// A lot on the map.
#[derive(Clone, Debug)]
pub struct MapLot {
    /// Its outline.
    pub shape: MultiPolygon<f64>,
}

/// A deal on the map.
#[derive(Clone, Debug)]
pub struct MapDeal {
    /// Its outline.
    pub shape: MultiPolygon<f64>,
}

/// Where boundaries or figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Who made it and when.
    pub source: String,
    /// The licence.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
}
