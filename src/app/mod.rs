//! The one API: requests in, answers out. The command line and the page say the same things to it.
//!
//! [`Case::load`] reads a scenario and everything that it names; from there [`Case::solve`], [`Case::evaluate`], [`Case::compare`] and
//! [`Case::inspect`] each give an answer that the judge has seen. [`Variants`] are a scenario at each value of a key, for a frontier.

mod answer;
mod build;
mod certificates;
mod check;
mod choices;
mod claimed;
mod claims;
mod compare;
mod datasets;
pub mod desk;
mod doctor;
mod explain;
mod export;
mod failure;
mod files;
mod finance;
mod frontier;
mod import;
mod inspect;
mod interval;
mod join;
mod load;
mod looks;
mod maps;
mod outputs;
mod plan_codes;
mod plans;
mod repair;
mod solve;
mod stress;
mod viability;

pub use build::{POINTS, build_districts};
pub use certificates::{AnswerCheck, CertificateCheck};
pub use check::Check;
pub use compare::{Comparison, Matched, Move};
pub use datasets::{DatasetAnswer, DatasetsAnswer, PlacedDataset, dataset, datasets, names_dataset};
pub use doctor::{BoundariesSeen, IslandSeen, Look, NearestSeen, examine, look_at_boundaries};
pub use export::{ExportError, ExportOptions, Exported, Exports, kind_of_file, names_of_plans};
pub use failure::ErrorAnswer;
pub use files::{check_folder, write_each, write_files};
pub use finance::Funded;
pub use frontier::{Found, FrontierFiles, FrontierFound, MOST_POINTS, Variants, Vary};
pub use import::{ImportAnswer, ImportError, ImportRequest, Stated, import};
pub use inspect::{AreaSeen, BorderSeen, Inspection, LinkSeen, SuggestedLink, UnitSeen};
pub use load::{Case, LoadError, Unjoined, Used};
pub use outputs::{Files, json_text};
pub use plans::Judged;
pub use solve::{Answered, AppError};
pub use stress::{DRAWS, MOST_DRAWS, Preset, StressRequest, Stressed};

/// What the shells need of the plain data, so that they need no other module.
pub use crate::domain::{Finding, Findings, Measure, Pence, Phase, Progress, Search, Severity, Volume, Watcher, words};
/// What an import is told, and what it keeps.
pub use crate::io::{
    DatasetName,
    homes::DATA_VARIABLE,
    manifest::{FindingEntry, ImportOptions, Manifest, TableEntry},
};
/// What lots earn, cost and owe.
pub use crate::report::finance::{Finance, summary as finance_summary};
/// Kinds of files to leave with.
pub use crate::report::publish::FileKind;
/// What lots withstand.
pub use crate::report::stress::{Stress, summary as stress_summary};
/// How maps are drawn.
pub use crate::report::svg::{DPI, Drawing, MEASURES, MapOptions, Paper};
/// The shape of an answer.
pub use crate::report::{
    Answer, FindingAnswer, JoinAnswer, JoinRowAnswer, frontier::Frontier, frontier::summary as frontier_summary,
};
/// Words and tables for a terminal.
pub use crate::report::{alike::Told, alike::shortened, headline::goal_name, text, text::summary, words::measured};
/// A plan that the judge has seen.
pub use crate::verify::VerifiedPlan;
