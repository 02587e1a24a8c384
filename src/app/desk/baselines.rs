//! Baselines: designs to hold the drawn one against: plan files beside the scenario and beside others, and groupings as they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::scene::{BrushSeen, GroupSeen, Groups};
use super::state::{Judgement, LotSeen, lots_seen, seen_lots_of_seats};
use super::{Desk, DeskError};
use crate::app::load::{Case, Rejoin};
use crate::domain::{Finding, LotId, Plan};
use crate::io::input::Input;
use crate::io::plan::{self, PlanFile};

/// The folder of designs beside a scenario.
const PLANS: &str = "plans";
/// A grouping is a design where it has two groups or more and no more than this.
const MOST_GROUPS: usize = 200;
/// The largest plan file that is read.
const MOST_BYTES: u64 = 16_000_000;

/// A design to hold the drawn one against.
pub struct Baseline {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// The design.
    pub plan: Plan,
    /// Its file; none for a grouping.
    pub file: Option<PathBuf>,
}

/// A baseline in the list of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaselineSeen {
    key: String,
    name: String,
    lots: usize,
    areas_placed: usize,
}

/// A baseline with its lots, labelled and coloured to match what is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaselineAnswer {
    key: String,
    name: String,
    lot_of_seat: Vec<Option<usize>>,
    lots: Vec<LotSeen>,
}

/// All designs that fit the areas: files of the scenario first, then those of scenarios beside it, then groupings.
pub fn all(rejoin: &Rejoin, case: &Case, groups: &[Groups]) -> Vec<Baseline> {
    let own = rejoin.folder();
    let mut found: Vec<Baseline> = files(case, &own.join(PLANS), None);
    for (scenario, folder) in beside(own) {
        found.extend(files(case, &folder, Some(&scenario)));
    }
    let groupings: BTreeSet<&String> = groups.iter().flat_map(BTreeMap::keys).collect();
    for grouping in groupings {
        found.extend(of_grouping(case, groups, grouping));
    }
    apart(found)
}

/// Plan files of a folder that join with the areas, in name order. Those that do not belong to other areas, and are passed over.
fn files(case: &Case, folder: &Path, scenario: Option<&str>) -> Vec<Baseline> {
    let Ok(listed) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.retain(|path| {
        path.metadata()
            .is_ok_and(|file| file.is_file() && file.len() <= MOST_BYTES)
    });
    paths.sort();
    let read = |path: PathBuf| {
        let file = plan::read(&Input::read(&path, &path.display().to_string()).ok()?).ok()?;
        let (judged, _) = case.judge_plan(&file).ok()?;
        let stem = path.file_stem()?.to_string_lossy().into_owned();
        let name = match scenario {
            None => name_of(&stem),
            Some(scenario) => format!("{} of {scenario}", name_of(&stem)),
        };
        (!judged.plan().lots().is_empty()).then(|| Baseline {
            key: scenario.map_or_else(|| stem.clone(), |scenario| format!("{scenario}-{stem}")),
            name: name + &in_part(&file, judged.plan()),
            plan: judged.plan().clone(),
            file: Some(path),
        })
    };
    paths.into_iter().filter_map(read).collect()
}

/// What a name says of a design some lots of which hold no area that takes part: ` (9 of its 12 lots lie here)`.
fn in_part(file: &PlanFile, plan: &Plan) -> String {
    let all: BTreeSet<&str> = file
        .rows
        .iter()
        .filter_map(|row| Some(row.lot.as_ref()?.as_str()))
        .collect();
    match plan.lots().len() {
        here if here < all.len() => format!(" ({here} of its {} lots lie here)", all.len()),
        _ => String::new(),
    }
}

/// Folders of designs of the scenarios that stand beside one, in name order.
fn beside(own: &Path) -> Vec<(String, PathBuf)> {
    let parent = match own.parent() {
        Some(parent) if own.file_name().is_some() && !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => own.join(".."),
    };
    let own = own.canonicalize().ok();
    let Ok(listed) = std::fs::read_dir(&parent) else {
        return Vec::new();
    };
    let mut found: Vec<(String, PathBuf)> = listed
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_string();
            let other = path.canonicalize().ok() != own && path.join("scenario.toml").is_file();
            other.then(|| (name, path.join(PLANS)))
        })
        .collect();
    found.sort();
    found
}

/// A grouping as a design: each seat in the group of its unit, or else in the first group of its area.
fn of_grouping(case: &Case, groups: &[Groups], grouping: &str) -> Option<Baseline> {
    let problem = &case.problem;
    let mut lots: Vec<LotId> = Vec::new();
    let mut lot_of_seat = Vec::with_capacity(problem.seats().len());
    for seat in problem.seats() {
        let values = groups[seat.area].get(grouping).map_or(&[][..], Vec::as_slice);
        let unit = &problem.units()[seat.unit].id;
        let value = values.iter().find(|value| *value == unit).or(values.first());
        lot_of_seat.push(value.map(|value| {
            let label = LotId::new(value);
            lots.iter().position(|lot| *lot == label).unwrap_or_else(|| {
                lots.push(label);
                lots.len() - 1
            })
        }));
    }
    (2..=MOST_GROUPS).contains(&lots.len()).then(|| Baseline {
        key: grouping.to_string(),
        name: name_of(grouping),
        plan: Plan::labelled(&lots, &lot_of_seat),
        file: None,
    })
}

/// Designs that are the same as one before them are left out; a key that is taken gets a number.
fn apart(found: Vec<Baseline>) -> Vec<Baseline> {
    let mut kept: Vec<Baseline> = Vec::new();
    for mut baseline in found {
        if kept.iter().any(|other| other.plan == baseline.plan) {
            continue;
        }
        let taken = |key: &str, kept: &[Baseline]| kept.iter().any(|other| other.key == key);
        if taken(&baseline.key, &kept) {
            let key = (2..)
                .map(|k: usize| format!("{}-{k}", baseline.key))
                .find(|key| !taken(key, &kept));
            baseline.key = key.unwrap_or_default();
        }
        kept.push(baseline);
    }
    kept
}

/// `LEP` and `CPA` are written in capitals, others with a capital.
fn name_of(word: &str) -> String {
    let first = word.split(['-', '_']).next().unwrap_or_default();
    let rest = word[first.len()..].replace(['-', '_'], " ");
    if matches!(first, "lep" | "cpa") {
        format!("{}{rest}", first.to_uppercase())
    } else {
        let mut letters = first.chars();
        let head = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
        format!("{}{}{rest}", head.unwrap_or_default(), letters.as_str())
    }
}

impl Desk {
    /// A baseline by its key.
    pub(super) fn baseline(&self, key: &str) -> Result<&Baseline, DeskError> {
        self.baselines
            .iter()
            .find(|baseline| baseline.key == key)
            .ok_or_else(|| {
                let keys: Vec<&str> = self.baselines.iter().map(|baseline| baseline.key.as_str()).collect();
                let help = match keys.is_empty() {
                    true => "put a plan into the folder `plans` beside the scenario".to_string(),
                    false => format!("baselines are: {}", keys.join(", ")),
                };
                DeskError::Missing(Finding::error("W203", key, "is no baseline", help))
            })
    }

    pub(super) fn baselines_seen(&self) -> Vec<BaselineSeen> {
        let seats = self.case.problem.seats();
        let placed = |plan: &Plan| {
            let held = seats
                .iter()
                .enumerate()
                .filter(|(seat, _)| plan.lot_of_seat(*seat).is_some());
            held.map(|(_, seat)| seat.area).collect::<BTreeSet<usize>>().len()
        };
        let seen = |baseline: &Baseline| BaselineSeen {
            key: baseline.key.clone(),
            name: baseline.name.clone(),
            lots: baseline.plan.lots().len(),
            areas_placed: placed(&baseline.plan),
        };
        self.baselines.iter().map(seen).collect()
    }

    /// A baseline with its lots, labelled and coloured to match what is drawn.
    ///
    /// # Errors
    /// A baseline that is not there.
    pub fn baseline_answer(&self, key: &str) -> Result<BaselineAnswer, DeskError> {
        let baseline = self.baseline(key)?;
        let board = self.matched(&baseline.plan);
        let judged = Judgement::of(&self.case, &board);
        Ok(BaselineAnswer {
            key: baseline.key.clone(),
            name: baseline.name.clone(),
            lot_of_seat: seen_lots_of_seats(&board),
            lots: lots_seen(&self.case, &board, &judged),
        })
    }

    /// What a click may take at once: an area, a unit, a group, a deal, a lot of a baseline that is a file.
    pub(super) fn brushes(&self) -> Vec<BrushSeen> {
        let problem = &self.case.problem;
        let plain = |key: &str, name: &str| BrushSeen {
            key: key.into(),
            name: name.into(),
            groups: None,
        };
        let mut brushes = vec![plain("area", "Authority")];
        if problem.units().iter().any(|unit| unit.seats.len() > 1) {
            brushes.push(plain("unit", "Unit"));
        }
        let groupings: BTreeSet<&String> = self.groups.iter().flat_map(BTreeMap::keys).collect();
        for grouping in groupings {
            brushes.push(BrushSeen {
                key: grouping.clone(),
                name: name_of(grouping),
                groups: Some(self.groups_of(grouping)),
            });
        }
        for baseline in self.baselines.iter().filter(|baseline| baseline.file.is_some()) {
            let named = baseline.plan.lots().iter().zip(baseline.plan.seats_by_lot());
            let groups = named.map(|(lot, seats)| GroupSeen {
                name: lot.to_string(),
                seats,
            });
            brushes.push(BrushSeen {
                key: format!("baseline:{}", baseline.key),
                name: baseline.name.clone(),
                groups: Some(groups.collect()),
            });
        }
        brushes
    }

    fn groups_of(&self, grouping: &str) -> Vec<GroupSeen> {
        let mut seats: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (area, groups) in self.groups.iter().enumerate() {
            for value in groups.get(grouping).into_iter().flatten() {
                seats
                    .entry(value)
                    .or_default()
                    .extend(self.case.problem.seats_of_area(area));
            }
        }
        let named = seats.into_iter();
        named
            .map(|(name, seats)| GroupSeen {
                name: name.to_string(),
                seats,
            })
            .collect()
    }
}
