//! What every lot earns, costs and owes, as tables, cash curves and files.

mod answer;
mod curve;
mod page;
#[cfg(test)]
mod sample;
mod table;
mod words;

pub use answer::{
    DerivedAnswer, Finance, FinanceLot, FinanceMonth, FinanceTotals, ModelAnswer, ParameterAnswer, ParameterFigure,
    PrimeAnswer, PublishedAnswer, SumAnswer,
};
pub use page::page;
pub use table::{lots_csv, months_csv, summary};
pub use words::{break_even_words, rate};
