//! Files to leave with: what a plan is published as, beside the page that shows it.
//!
//! A [`Publication`] is everything that such a file is made from. [`FileKind`] lists the kinds with their names and endings; `facts` has what every file says of
//! itself; `plane` puts shapes on the grid; each writer stands in a file or folder of its own. Equal publications give equal bytes: no file says when it was made.

mod cpa;
mod csvw;
mod facts;
mod geopackage;
mod kind;
mod plane;
mod shapefile;
mod sheets;
mod xml;
mod zipped;

#[cfg(test)]
mod sample;

pub(crate) use cpa::sections as cpa_sections;
pub use cpa::{Description, Gazetteer, cpa_areas_csv, cpa_authorities_csv, cpa_page};
pub use csvw::metadata as csv_metadata;
pub use geopackage::geopackage;
pub use kind::FileKind;
pub use shapefile::shapefile_zip;
pub use sheets::{ods, xlsx};

use super::{Answer, MapData};

/// Everything that a file to leave with is made from.
#[derive(Clone, Copy)]
pub struct Publication<'a> {
    /// The plan in numbers.
    pub answer: &'a Answer,
    /// The plan in shapes.
    pub map: &'a MapData,
    /// Links that count as contiguous.
    pub links: &'a [LinkLine],
    /// All areas of the boundaries and the groups that they form.
    pub atlas: &'a Atlas,
    /// For every area of the map, the fewest and the most people that it can have; empty where all are known exactly.
    pub intervals: &'a [(f64, f64)],
    /// The plane of the shapes.
    pub plane: Plane<'a>,
}

pub use plane::Plane;

/// A bridge, tunnel or ferry between two areas.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkLine {
    /// Index of the first area in the map.
    pub from: usize,
    /// Index of the second.
    pub to: usize,
    /// `bridge`, `tunnel`, `ferry`, …
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// From where the people of the first live to where those of the second do, in metres on the plane of the map.
    pub line: [(f64, f64); 2],
}

/// All areas of the boundaries, those that take no part among them, and the groups that they form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atlas {
    /// Names of all areas of the boundaries.
    pub names: Vec<String>,
    /// Their codes.
    pub codes: Vec<String>,
    /// For every area of the map, its place in `names`.
    pub places: Vec<usize>,
    /// Groups of areas.
    pub groups: Vec<AtlasGroup>,
}

/// Areas that have a name together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtlasGroup {
    /// What kind of group it is, such as `lep` or `county`.
    pub grouping: String,
    /// Its name.
    pub name: String,
    /// Places of its members in the names of the atlas, in order.
    pub places: Vec<usize>,
}
