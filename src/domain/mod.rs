//! Plain data of the field: areas, volumes, money, adjacency, scenario, problem, plan, finding.
//!
//! Nothing here reads a file, knows a polygon or calls a solver. A [`Scenario`] says what is asked; with areas,
//! volumes and an [`Adjacency`] it becomes a [`Problem`], which is checked once and never changes; an [`Outcome`]
//! holds the [`Plan`] that a search found and, apart from it, the reason why the search stopped.

mod adjacency;
mod certificate;
mod code;
mod codes;
pub mod drawn;
mod figure;
mod finding;
mod funding;
mod grain;
mod outcome;
mod plan;
mod problem;
mod quantity;
pub mod risk;
pub mod robust;
mod scenario;
mod stress;
pub mod words;

pub use adjacency::{Adjacency, Border, BorderKind, Link};
pub use certificate::{Certificate, CutPart, DealPart, Origin};
pub use code::{AreaCode, LotId};
pub use codes::{CODES, CodeEntry};
pub use figure::Figure;
pub use finding::{Finding, Findings, Severity};
pub use funding::{
    Accelerator, FundingModel, OutcomeRule, Parameter, ParameterValue, ParticipantGroup, Payment, PaymentKind,
    Provider, Standing, StartsProfile, Wider,
};
pub use grain::Grains;
pub use outcome::{GoalOutcome, Measure, Outcome, Phase, Progress, Stop, Unwatched, Watcher};
pub use plan::Plan;
pub use problem::{Area, Deal, Group, Lock, Parts, Point, Problem, Rules, Seat, Unit};
pub use quantity::{Length, Pence, Share, Volume};
pub use risk::Risk;
pub use robust::{Assurance, Millionths};
pub use scenario::{
    AreasSpec, Funding, FundingSpec, Goal, LotCount, LotsSpec, Overlap, Scenario, Search, SmallAreasSpec, Viability,
    VolumesSpec,
};
pub use stress::StressModel;
