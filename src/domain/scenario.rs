//! A Scenario says what is asked: areas, volumes, money, viability, lots and goals, as read and not yet joined.

use std::collections::BTreeMap;

use super::{Assurance, Millionths, Pence, Risk, Volume};

/// What a `scenario.toml` asks. Paths are relative to the folder that holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Short name, used for files.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Which areas take part, and how they form units.
    pub areas: AreasSpec,
    /// Where the volumes stand.
    pub volumes: VolumesSpec,
    /// The money and the people of the whole programme.
    pub funding: FundingSpec,
    /// How providers are paid: the name of a funding model, or the path of one.
    pub funding_model: Option<String>,
    /// Floors and caps that every lot must meet.
    pub viability: Viability,
    /// How far volumes err, for chances that are asked of lots and for stress alike; `None` where the scenario does not say.
    pub risk: Option<Risk>,
    /// Groupings that say which region an area shares its error of volume with: the first that holds it counts.
    pub risk_regions: Vec<String>,
    /// Shape and number of the lots.
    pub lots: LotsSpec,
    /// Goals in order of priority, after the number of lots.
    pub goals: Vec<Goal>,
    /// How to search.
    pub search: Search,
    /// Where each key stands, such as `scenario.toml line 12`, for messages of those who use it.
    pub places: BTreeMap<String, String>,
}

impl Scenario {
    /// A key with the place where it stands: `scenario.toml line 12, areas.unit`; the key alone where it is not given.
    pub fn place(&self, key: &str) -> String {
        self.places.get(key).map_or_else(
            || key.to_string(),
            |place| {
                if place.ends_with(key) {
                    place.clone()
                } else {
                    format!("{place}, {key}")
                }
            },
        )
    }
}

/// `[areas]`: which areas take part, and how they form units.
#[derive(Clone, Debug, PartialEq)]
pub struct AreasSpec {
    /// Name of a data set, or path of a boundary file.
    pub boundaries: String,
    /// Which layer of a boundary file with several.
    pub layer: Option<String>,
    /// Coordinate reference system of a boundary file where it is not the one its format prescribes, such as `EPSG:27700`.
    pub crs: Option<String>,
    /// Whether rings that touch or cross themselves are repaired or refused; without it, repaired where that changes an area by
    /// no more than a hundredth.
    pub mend: Option<bool>,
    /// The year to take of a boundary file that holds several.
    pub year: Option<i64>,
    /// The year to which areas are merged forward by the table of changes of codes.
    pub forward_to: Option<i64>,
    /// Beginnings of codes; areas of other codes are not read. Empty means all.
    pub only: Vec<String>,
    /// Widest gap in metres across which two areas count as neighbours; 0 where only touching ones do.
    pub near_m: f64,
    /// Borders shorter than so many metres do not count.
    pub least_border_m: f64,
    /// Groupings by the outlines of their groups: name of the grouping, and path of a boundary file.
    pub shapes: Vec<(String, String)>,
    /// Small areas with the people in each, by which shares of outlines are told; without it, by land.
    pub shapes_by: Option<SmallAreasSpec>,
    /// Membership tables beside those of the data set.
    pub tables: Vec<String>,
    /// A table of links beside that of the data set.
    pub links_file: Option<String>,
    /// `area`, or grouping columns: the first that holds an area makes its unit.
    pub unit: Vec<String>,
    /// What becomes of a member of two groups.
    pub overlap: Overlap,
    /// `grouping:value` or area codes; empty means all.
    pub include: Vec<String>,
    /// `grouping:value` or area codes.
    pub exclude: Vec<String>,
}

/// Where the people of small areas stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallAreasSpec {
    /// Path of a boundary file, or of a table of points.
    pub file: String,
    /// Path of a table of people by code, where the file holds none.
    pub table: Option<String>,
    /// The column of people.
    pub column: String,
}

/// What becomes of an area that is a member of two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// Its volume is shared equally by its groups.
    Split,
    /// It belongs to the first of its groups in the order of the table.
    Primary,
    /// It counts in full in each of its groups.
    Twice,
    /// The optimiser places it, whole, with one of its groups.
    Choose,
}

/// `[volumes]`: where the volumes stand, and how they are to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumesSpec {
    /// Path of a table: `area_code`, then one column a measure.
    pub file: String,
    /// The measure that shares out the money.
    pub weight: String,
    /// The people to take for a suppressed cell; without it a suppressed cell is an error.
    pub suppressed: Option<f64>,
    /// The most people that a suppressed cell can hold; without it, twice `suppressed`.
    pub suppressed_most: Option<f64>,
    /// People to which figures are rounded; without it, what the notes of the table say.
    pub rounded_to: Option<f64>,
    /// Whether the measure counts people, whatever its name or its figures look like.
    pub adds_up: bool,
    /// `FILE:COLUMN`: figures by which those of merged areas are divided among the areas of the boundaries.
    pub split_by: Option<String>,
    /// Whether names that are only near those of the boundaries are taken for them.
    pub near_names: bool,
}

/// `[funding]`: the money and the people of the whole programme, as asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FundingSpec {
    /// The envelope; nothing where no money is let.
    pub envelope: Pence,
    /// Participants over all years of referral; `None` where everybody whom the weight counts takes part.
    pub participants: Option<i64>,
    /// Years of referral.
    pub referral_years: f64,
}

impl FundingSpec {
    /// The funding where the weight counts so many people in all, to the nearest person and one at least.
    pub fn with(self, total: Volume) -> Funding {
        let everybody = (total.0 + 500).div_euclid(1000).max(1);
        Funding {
            envelope: self.envelope,
            participants: self.participants.unwrap_or(everybody),
            referral_years: self.referral_years,
        }
    }
}

/// The money and the people of the whole programme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funding {
    /// The envelope; nothing where no money is let.
    pub envelope: Pence,
    /// Participants over all years of referral.
    pub participants: i64,
    /// Years of referral.
    pub referral_years: f64,
}

impl Funding {
    /// Whether money is let; where it is not, lots have people and no worth.
    pub fn lets_money(&self) -> bool {
        self.envelope.0 > 0
    }
}

/// `[viability]`: every lot must meet every line that is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viability {
    /// Least contract value.
    pub floor_gbp: Option<Pence>,
    /// Fewest participants.
    pub floor_participants: Option<i64>,
    /// Greatest contract value.
    pub cap_gbp: Option<Pence>,
    /// Most participants.
    pub cap_participants: Option<i64>,
    /// Whether the floor in pounds follows from the funding model: `floor_gbp` is filled in once the model is read.
    pub derived: bool,
    /// The fall in volume after which every lot still reaches its floors, as a part of its volume: less than one.
    pub survive: Option<Millionths>,
    /// The chance with which every lot reaches its floors, and the errors of volume that it is reckoned with.
    pub assurance: Option<Assurance>,
}

/// `[lots]`: shape and number of the lots.
#[derive(Clone, Debug, PartialEq)]
pub struct LotsSpec {
    /// How many.
    pub count: LotCount,
    /// Whether every lot must be in one piece.
    pub contiguous: bool,
    /// Kinds of link that count as contiguous.
    pub links: Vec<String>,
    /// Groupings, or `grouping:value`, that no lot boundary may cut.
    pub keep_whole: Vec<String>,
    /// Pairs of `grouping:value` (or area codes) of which no lot may hold both.
    pub never_together: Vec<(String, String)>,
    /// A table of areas whose lot is fixed beforehand.
    pub locks: Option<String>,
}

/// How many lots are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LotCount {
    /// As many as possible.
    Max,
    /// Just so many.
    Exactly(usize),
    /// As many as possible from the first to the second number.
    Range(usize, usize),
    /// From the first to the second number, which is how many a plan to be repaired or finished has: no scenario asks for it.
    OfPlan(usize, usize),
}

impl LotCount {
    /// Fewest and most lots allowed; `None` where there is no upper end.
    pub fn limits(self) -> (usize, Option<usize>) {
        match self {
            Self::Max => (1, None),
            Self::Exactly(k) => (k, Some(k)),
            Self::Range(low, high) | Self::OfPlan(low, high) => (low, Some(high)),
        }
    }
}

/// What is made small, once the number of lots is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// Volume of deal areas outside the lot that holds most of their deal.
    DealSplits,
    /// Volume-weighted distance from every area to the hub area of its lot.
    Travel,
    /// Length of the borders between different lots.
    Border,
    /// Volume by which lots stand above or below the mean lot, added up.
    Imbalance,
}

impl Goal {
    /// Every goal, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::DealSplits, Self::Travel, Self::Border, Self::Imbalance];

    /// The word for it in scenarios and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::DealSplits => "deal_splits",
            Self::Travel => "travel",
            Self::Border => "border",
            Self::Imbalance => "imbalance",
        }
    }

    /// The goal of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.word() == word)
    }
}

/// `[solve]`: how to search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Search {
    /// Seconds after which the best plan so far is returned.
    pub time_limit_s: f64,
    /// Seed of every random choice.
    pub seed: u64,
    /// Threads to use.
    pub threads: usize,
}

impl Search {
    /// The longest time limit: a year, in seconds.
    pub const MOST_SECONDS: f64 = 31_536_000.0;
    /// The greatest seed: what a TOML file can hold.
    pub const MOST_SEED: u64 = i64::MAX as u64;
    /// The most threads.
    pub const MOST_THREADS: usize = 256;
}

impl Default for Search {
    fn default() -> Self {
        Self {
            time_limit_s: 60.0,
            seed: 1,
            threads: 1,
        }
    }
}
