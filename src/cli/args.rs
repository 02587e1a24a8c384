//! The words that the command line takes.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueHint};

use super::limits;
use super::stress::PresetWord;
use crate::app::{
    DPI, DatasetName, ExportOptions, FileKind, ImportOptions, ImportRequest, MEASURES, MapOptions, Paper, Stated,
};

/// Designs the lots in which public services are let, proves how good the design is, values it and draws it.
#[derive(Debug, Parser)]
#[command(name = "lotwright", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 unexpected failure; 2 usage; 3 input invalid; 4 proved infeasible; \
    5 no plan within the limit; 6 check found violations; 130 interrupted with nothing to write."
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Design lots: the best plan, its proof or gap, its value and overlaps
    Solve {
        #[command(flatten)]
        common: Common,
        /// A design to begin from, so that the answer is never worse: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        from: Option<PathBuf>,
    },
    /// Value and judge an existing design, such as a CPA map or a hand-drawn one
    Evaluate {
        #[command(flatten)]
        common: Common,
        /// The design: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        plan: PathBuf,
    },
    /// Put designs side by side: lots relabelled to match the first, every move listed
    Compare {
        #[command(flatten)]
        common: Common,
        /// A design; give two or more
        #[arg(long = "plan", value_name = "PLAN.csv", required = true)]
        plans: Vec<PathBuf>,
    },
    /// Mend a plan: the one that obeys every rule and moves the fewest people, with the moves listed
    Repair {
        #[command(flatten)]
        common: Common,
        /// The design: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        plan: PathBuf,
        /// Place areas that are in no lot, and leave all others where they are
        #[arg(long)]
        finish: bool,
    },
    /// Verify a plan against every rule of the scenario, independently of the solver
    Check {
        #[command(flatten)]
        common: Common,
        /// The design: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        plan: PathBuf,
        /// The answer of `solve` (plan.json, or what --json prints), to verify the proofs of its bounds too
        #[arg(long, value_name = "plan.json")]
        answer: Option<PathBuf>,
    },
    /// Show the data as read: areas, joins, borders, links, islands, components, totals, findings; or data sets with their provenance
    Inspect {
        /// A scenario, or the name of a data set; without either, the data sets are listed
        #[arg(value_name = "SCENARIO")]
        what: Option<PathBuf>,
        /// List the data sets that a scenario here could name
        #[arg(long)]
        datasets: bool,
        #[command(flatten)]
        options: Options,
    },
    /// Make a named data set of boundary files and tables, with where they come from and what was done to them
    Import(Box<Import>),
    /// Tell what files are: kind, columns, years of their codes, and what is wrong with them
    Doctor {
        /// Tables or boundary files (`-` for standard input; FILE.xlsx#Sheet for a sheet of a workbook)
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        #[command(flatten)]
        pick: Pick,
        /// Print the answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Solve a scenario for each value of a key, such as its floor: a row, a plan and a proof a point, and a chart
    Frontier {
        #[command(flatten)]
        common: Common,
        /// A numeric key with its values: KEY=LOW..HIGH:POINTS, such as viability.floor_gbp=5e6..40e6:15, or KEY=A,B,C
        #[arg(long, value_name = "KEY=VALUES")]
        vary: String,
        /// A design to show beside the points, as PLAN.csv or LABEL=PLAN.csv (repeatable)
        #[arg(long = "baseline", value_name = "PLAN.csv")]
        baselines: Vec<String>,
        /// Share so many seconds equally among the points; --time-limit holds for each point too
        #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = limits::seconds)]
        total_time: Option<f64>,
    },
    /// Value the money of a plan: income, costs, cash and break-even of every lot under a funding model, and the floor it implies
    Finance {
        #[command(flatten)]
        common: Common,
        /// The design: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        plan: PathBuf,
        /// How providers are paid: whp-2017, work-programme-2011, lwi-2016, block-grant, cost-plus, or a TOML file of your own
        #[arg(long, value_name = "MODEL")]
        model: Option<String>,
        /// Set a figure of the model, such as provider.caseload=40 (repeatable)
        #[arg(long = "assume", value_name = "KEY=VALUE")]
        assumed: Vec<String>,
    },
    /// Put a plan under stress: which falls in volume its lots withstand, in which order they fail, and their chance to stay viable
    Stress {
        #[command(flatten)]
        common: Common,
        /// The design: a CSV of area_code,lot_id (`-` for standard input)
        #[arg(long, value_name = "PLAN.csv")]
        plan: PathBuf,
        /// How providers are paid: whp-2017, work-programme-2011, lwi-2016, block-grant, cost-plus, or a TOML file of your own
        #[arg(long, value_name = "MODEL")]
        model: Option<String>,
        /// Set a figure of the model or of the stress, such as stress.national_sd=0.2 (repeatable)
        #[arg(long = "assume", value_name = "KEY=VALUE")]
        assumed: Vec<String>,
        /// Expect what has happened before
        #[arg(long, value_name = "NAME")]
        preset: Option<PresetWord>,
        /// Random draws
        #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = limits::draws, default_value_t = crate::app::DRAWS)]
        draws: u64,
    },
    /// Write a plan as files to leave with: CSV, GeoJSON, GeoPackage, shapefile, workbooks, map, report
    Export(Export),
    /// Open a workbench in the browser, on this machine alone: draw lots, see what they are worth, ask the optimiser, take files away
    Serve {
        #[command(flatten)]
        common: Common,
        /// The port; without it, that of the last session of the folder, or any that is free
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Print the address and open no browser
        #[arg(long)]
        no_open: bool,
        /// A design to begin with: a CSV of area_code,lot_id
        #[arg(long, value_name = "PLAN.csv")]
        plan: Option<PathBuf>,
    },
    /// Make boundary data sets
    #[command(subcommand)]
    Boundaries(Boundaries),
}

/// What `export` takes.
#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    pub common: Common,
    /// The design: a CSV of area_code,lot_id (`-` for standard input)
    #[arg(long, value_name = "PLAN.csv")]
    pub plan: PathBuf,
    /// The answer of `solve` or `repair` about the plan (plan.json, or what --json prints), to bring its bounds and moves along
    #[arg(long, value_name = "plan.json")]
    pub answer: Option<PathBuf>,
    /// A file to write; its ending tells the kind, and its name where kinds share an ending (repeatable)
    #[arg(long, value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub to: Vec<PathBuf>,
    /// The kind of the file, where its name does not tell it
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(FileKind::all().map(possible)))]
    pub kind: Option<String>,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// How a map is drawn.
#[derive(Args, Clone, Debug)]
pub struct Drawn {
    /// What a map is laid out for
    #[arg(long, value_name = "PAPER", default_value = "screen", value_parser = PossibleValuesParser::new(Paper::ALL.map(Paper::word)))]
    pub paper: String,
    /// Dots to an inch of a map in pixels
    #[arg(long, value_name = "DPI", default_value_t = DPI, allow_negative_numbers = true, value_parser = limits::dpi)]
    pub dpi: f64,
    /// What the colours of a map show: the lots, or a measure of areas or lots
    #[arg(long, value_name = "WHAT", default_value = "lots", value_parser = PossibleValuesParser::new(std::iter::once("lots").chain(MEASURES)))]
    pub show: String,
    /// Show on the map what moves from this design to the plan
    #[arg(long, value_name = "OTHER.csv", conflicts_with = "show")]
    pub moved_from: Option<PathBuf>,
    /// Leave devolution deals off the map
    #[arg(long)]
    pub no_deals: bool,
}

impl Drawn {
    /// Whether something is asked of a map.
    pub fn is_given(&self) -> bool {
        self.show != "lots" || self.moved_from.is_some() || self.no_deals || self.paper != Paper::default().word()
    }

    /// The same for the program, but for what the colours show.
    pub fn options(&self) -> ExportOptions {
        ExportOptions {
            map: MapOptions {
                deals: !self.no_deals,
                paper: Paper::of_word(&self.paper).unwrap_or_default(),
                ..MapOptions::default()
            },
            dpi: self.dpi,
        }
    }
}

fn possible(kind: FileKind) -> PossibleValue {
    PossibleValue::new(kind.name()).help(kind.words())
}

impl Command {
    /// Whether answers are asked for as JSON, failures among them.
    pub fn wants_json(&self) -> bool {
        match self {
            Self::Solve { common, .. }
            | Self::Evaluate { common, .. }
            | Self::Compare { common, .. }
            | Self::Repair { common, .. }
            | Self::Check { common, .. }
            | Self::Finance { common, .. }
            | Self::Stress { common, .. }
            | Self::Frontier { common, .. }
            | Self::Serve { common, .. } => common.options.json,
            Self::Export(export) => export.common.options.json,
            Self::Inspect { options, .. } => options.json,
            Self::Import(import) => import.json,
            // The doctor tells faults of files in its answer.
            Self::Doctor { .. } | Self::Boundaries(_) => false,
        }
    }
}

/// Makes boundary data sets.
#[derive(Debug, Subcommand)]
pub enum Boundaries {
    /// Build the 348 districts of December 2016 from the ONS layer of small areas (LSOA 2011)
    Build {
        /// The layer, as GeoJSON
        #[arg(long, value_name = "LSOA.geojson")]
        from: PathBuf,
        /// The data set to write, such as boundaries/lad-2016.json
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Keep about so many points
        #[arg(long, value_name = "NUMBER", default_value_t = crate::app::POINTS)]
        points: usize,
    },
}

/// What is read of a boundary file.
#[derive(Args, Clone, Debug)]
pub struct Pick {
    /// Which layer of a file with several: an object of a TopoJSON, a table of a GeoPackage, a file of an archive
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Which year of a layer whose areas have `start` and `end`
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i64>,
    /// Only areas whose codes begin so, such as E,W
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Coordinate reference system of a file that does not say it, such as EPSG:27700
    #[arg(long, value_name = "NAME")]
    pub crs: Option<String>,
    /// Repair shapes however much that changes them; without it, up to a hundredth of an area
    #[arg(long)]
    pub mend: bool,
}

impl Pick {
    /// The same for the program.
    pub fn options(&self) -> ImportOptions {
        ImportOptions {
            layer: self.layer.clone(),
            year: self.year,
            only: self.only.clone(),
            crs: self.crs.clone(),
            mend: self.mend,
        }
    }
}

/// What `import` takes.
#[derive(Args, Debug)]
pub struct Import {
    /// Boundary files and tables (`-` for standard input; FILE#PART for a sheet of a workbook or a layer)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Name of the data set, such as lad-2023
    #[arg(long = "as", value_name = "NAME")]
    pub name: DatasetName,
    /// Folder to put it in, such as boundaries; without it, that of your own data sets
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Who made the data, and when
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// The licence
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,
    /// The words that the licence asks for
    #[arg(long, value_name = "TEXT")]
    pub attribution: Option<String>,
    /// Date of the code list, such as 2023 or 2016-12
    #[arg(long, value_name = "YEAR")]
    pub vintage: Option<String>,
    /// The day of the import, if it is to be kept
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[command(flatten)]
    pub pick: Pick,
    /// Replace a data set of that name
    #[arg(long)]
    pub force: bool,
    /// Print the answer as JSON
    #[arg(long)]
    pub json: bool,
}

impl Import {
    /// The request to the program.
    pub fn request(&self) -> ImportRequest {
        ImportRequest {
            files: self.files.clone(),
            name: self.name.clone(),
            into: self.into.clone(),
            stated: Stated {
                title: self.title.clone(),
                source: self.source.clone(),
                licence: self.licence.clone(),
                attribution: self.attribution.clone(),
                vintage: self.vintage.clone(),
                date: self.date.clone(),
            },
            options: self.pick.options(),
            force: self.force,
        }
    }
}

/// What every command with a scenario takes.
#[derive(Args, Debug)]
pub struct Common {
    /// A scenario.toml, or the folder that holds it (`-` for standard input)
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub options: Options,
}

/// The options that go with a scenario.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Set any key of the scenario, its value as TOML, such as viability.floor_gbp=20e6 (repeatable)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Write plan, tables, map and report to this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long)]
    pub json: bool,
    /// Say nothing but the answer
    #[arg(long, short)]
    pub quiet: bool,
    /// Stop the search after so many seconds and give the best plan so far
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = limits::seconds)]
    pub time_limit: Option<f64>,
    /// Seed of every random choice
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = limits::seed)]
    pub seed: Option<u64>,
    /// Threads to use
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = limits::threads)]
    pub threads: Option<usize>,
}

impl Common {
    /// All keys set: `--set` in order, then the options that stand for a key.
    pub fn all_sets(&self) -> Vec<String> {
        let given = &self.options;
        let mut sets = given.sets.clone();
        sets.extend(given.time_limit.map(|seconds| format!("solve.time_limit_s={seconds}")));
        sets.extend(given.seed.map(|seed| format!("solve.seed={seed}")));
        sets.extend(given.threads.map(|threads| format!("solve.threads={threads}")));
        sets
    }
}
