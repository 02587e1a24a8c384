//! What the lots of a plan withstand, as tables, pictures and files.

mod answer;
mod ladder;
mod page;
#[cfg(test)]
mod sample;
mod table;
mod tornado;
mod words;

pub use answer::{
    BarAnswer, ChanceAnswer, EndAnswer, FailAnswer, FloorAnswer, GridAnswer, LotEndAnswer, RandomAnswer,
    SensitivityAnswer, ShockAnswer, Stress, StressLot, TallyAnswer,
};
pub use page::page;
pub use table::{grid_csv, lots_csv, summary, tornado_csv};
