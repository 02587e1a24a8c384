//! Tables, maps and files made from a verified plan.
//!
//! An [`Answer`] is the plan in numbers, in the shape of `lotwright/plan/1`; a [`MapData`] is the same plan as shapes on the plane. Every
//! file is made from these two and from nothing else.

mod answer;
mod map_data;

pub use answer::{
    Answer, DealAnswer, FindingAnswer, GoalAnswer, InputAnswer, LotAnswer, LotDealAnswer, ScenarioAnswer, TotalsAnswer,
    ViolationAnswer,
};
pub use map_data::{MapArea, MapData, MapDeal, MapLot, Source};
