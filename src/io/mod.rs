//! Files in, plain data out: boundaries, tables, data sets.
//!
//! A [`Dataset`] is found by name, on disk or inside the program. Its boundaries, or those of a user, become a
//! [`BoundarySet`]; its tables become a [`Grouping`] each, a [`LinkTable`] and [`CodeChanges`]. Every reader tells all
//! faults of its file at once. [`LadBuild`] makes the districts of 2016 from their source.
//!
//! ```
//! use lotwright::io::{BoundarySet, BoundarySource, Dataset};
//!
//! let data = Dataset::find("lad-2016", &[])?.ok_or("no such data set")?;
//! let boundaries = data.boundaries.ok_or("no boundaries in it")?;
//! let source = BoundarySource { file: &boundaries.name, bytes: &boundaries.bytes, ..BoundarySource::default() };
//! let (districts, _notes) = BoundarySet::read(&source)?;
//! assert_eq!((districts.places.len(), districts.coverage.borders().len()), (348, 878));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod archive;
mod axes;
mod boundaries;
mod boundary;
pub mod canonical;
mod code_changes;
pub mod columns;
mod coordinates;
mod crs;
mod dataset;
mod flatgeobuf;
mod forward;
mod geojson;
mod geopackage;
mod keys;
mod lad_build;
mod layer;
mod links;
mod measures;
mod membership;
mod route;
mod shapefile;
mod shapes;
mod small_areas;
mod sniff;
mod sqlite;
mod table;
mod topojson;
mod unread;
mod viability;
pub mod vintage;
mod years;

#[cfg(test)]
mod boundary_tests;
#[cfg(test)]
mod format_tests;
#[cfg(test)]
mod made;

pub use boundary::{BoundarySet, BoundarySource, Place, Provenance, sha256};
pub use code_changes::{ChangeKind, CodeChange, CodeChanges};
pub use dataset::{DataFile, Dataset, DatasetName, homes, manifest};
pub use lad_build::{BuiltDataset, LadBuild};
pub use links::{LinkTable, NamedLink};
pub use membership::{Grouping, Member};
pub use route::{Fit, Route};
pub use small_areas::{SmallAreasSource, read as read_small_areas};
pub use sniff::{Kind, sniff};
pub use topojson::{DatasetArea, DatasetMetadata, write_dataset};
pub use vintage::Vintage;
pub mod delimited;
pub mod funding;
pub mod input;
pub mod names;
pub mod plan;
pub mod scenario;
pub mod settings;
pub mod sources;
pub mod table_kind;
pub mod tables;
pub mod volumes;
