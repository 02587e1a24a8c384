//! Tables, maps and files made from a verified plan.
//!
//! An [`Answer`] is the plan in numbers, in the shape of `lotwright/plan/1`; a [`MapData`] is the same plan as shapes on the plane. Every
//! file is made from these two and from nothing else.

pub mod alike;
mod answer;
mod certificate;
mod colour;
mod csv_text;
mod doctor;
mod error;
pub mod finance;
pub mod frontier;
mod geo_json;
pub mod headline;
pub mod html;
mod join;
mod lots_csv;
mod map_data;
pub mod publish;
#[cfg(test)]
mod sample;
pub mod stress;
pub mod svg;
pub mod text;
mod viability;
pub mod words;

pub use answer::{
    Answer, ChoiceAnswer, ConflictAnswer, DealAnswer, FindingAnswer, GoalAnswer, InputAnswer, LotAnswer, LotDealAnswer,
    LotIntervalAnswer, MoveAnswer, RelaxationAnswer, RepairAnswer, RuleAnswer, ScenarioAnswer, TotalsAnswer,
    ViolationAnswer,
};
pub use certificate::{
    CertificateAnswer, CountingAnswer, DealPartAnswer, DealsAnswer, PartAnswer, PriceAnswer, PricesAnswer,
    SeparatorAnswer, sentence,
};
pub use colour::{Colouring, PALETTE, colouring, colouring_with, free_colour};
pub use doctor::{ColumnAnswer, DoctorAnswer, FileAnswer};
pub use error::ReportError;
pub use geo_json::{ToWgs84, areas_geojson, lots_geojson};
pub use join::{JoinAnswer, JoinCounts, JoinRowAnswer};
pub use lots_csv::lots_csv;
pub use map_data::{MapArea, MapData, MapDeal, MapLot, Source, attribution};
pub use viability::{ChanceAnswer, DerivedFloorAnswer, ViabilityAnswer};
