//! Reasons why no plan exists, proved by arithmetic and said in words with figures.

use super::contract::names;
use super::instance::Instance;
use super::record::Bound;
use super::separator::parts;
use crate::domain::{Finding, LotCount, Millionths, Problem, Volume, words};

/// Every reason that arithmetic gives why the instance has no plan; `most` is the bound on the number of lots.
pub fn reasons(instance: &Instance<'_>, most: &Bound) -> Vec<Finding> {
    if instance.is_empty() {
        return vec![Finding::error(
            "R100",
            "areas",
            "no area takes part, so there is nothing to divide",
            "Widen areas.include.",
        )];
    }
    let mut found = Vec::new();
    found.extend(chance_out_of_reach(instance));
    if found.is_empty() {
        found.extend(floor_above_all(instance));
    }
    found.extend(floor_above_cap(instance));
    if found.is_empty() {
        found.extend(weak_components(instance));
    }
    found.extend(heavy_blocks(instance));
    if found.is_empty() {
        found.extend(narrow_bands(instance));
    }
    if found.is_empty() {
        found.extend(count_out_of_reach(instance, most));
    }
    found
}

/// Volume errs so much that not even the whole map as one lot would reach the floor with the chance.
fn chance_out_of_reach(instance: &Instance<'_>) -> Option<Finding> {
    let asked = instance.problem.rules().viability.assurance?;
    let floor = instance.problem.floor_volume(Millionths::default()).0;
    let chance = words::percent(asked.chance.fraction());
    let floor_words = amount(instance.problem, floor);
    let fact = format!(
        "no lot of any size reaches the floor of {floor_words} with a chance of {chance}: volumes err too much"
    );
    (instance.floor > instance.total && floor <= instance.total).then(|| {
        let help = "Ask for less of a chance, lower the floor, or look at the standard deviations in risk.";
        Finding::error("R113", "viability.chance", fact, help)
    })
}

fn floor_above_all(instance: &Instance<'_>) -> Option<Finding> {
    let (floor, all) = (
        amount(instance.problem, instance.floor),
        amount(instance.problem, instance.total),
    );
    let fact = format!("the floor of {floor} a lot is above the whole of {all}");
    (instance.floor > instance.total)
        .then(|| Finding::error("R101", "viability", fact, "Lower the floor, or widen areas.include."))
}

fn floor_above_cap(instance: &Instance<'_>) -> Option<Finding> {
    let (floor, cap) = (
        amount(instance.problem, instance.floor),
        amount(instance.problem, instance.cap),
    );
    let fact = format!("the floor of {floor} a lot is above the cap of {cap}");
    (instance.floor > instance.cap)
        .then(|| Finding::error("R102", "viability", fact, "Raise the cap or lower the floor."))
}

/// A component below the floor has no lot to go to.
fn weak_components(instance: &Instance<'_>) -> Vec<Finding> {
    if instance.scattered() {
        return Vec::new();
    }
    let floor = amount(instance.problem, instance.floor);
    components(instance)
        .into_iter()
        .filter(|blocks| instance.volume_of(blocks) < instance.floor)
        .map(|blocks| {
            let volume = instance.volume_of(&blocks);
            let named = names(unit_names(instance, &blocks).into_iter());
            let (holds, short) = (
                amount(instance.problem, volume),
                amount(instance.problem, instance.floor - volume),
            );
            let fact = format!("the component of {named} holds {holds}, {short} short of the floor of {floor}");
            let help = "Add a link that joins it to the rest, leave it out with areas.exclude, or lower the floor.";
            Finding::error("R103", named, fact, help)
        })
        .collect()
}

/// Blocks that cannot be divided and are above the cap.
fn heavy_blocks(instance: &Instance<'_>) -> Vec<Finding> {
    let cap = amount(instance.problem, instance.cap);
    (0..instance.len())
        .filter(|&block| instance.volume[block] > instance.cap)
        .map(|block| {
            let named = names(unit_names(instance, &[block as u32]).into_iter());
            let holds = amount(instance.problem, instance.volume[block]);
            let fact = format!("{named} cannot be divided and holds {holds}, above the cap of {cap}");
            Finding::error(
                "R106",
                named,
                fact,
                "Raise the cap, use smaller units, or do not keep these together.",
            )
        })
        .collect()
}

/// Components that are too much for so many lots within the cap, and too little for one lot more above the floor.
fn narrow_bands(instance: &Instance<'_>) -> Vec<Finding> {
    if instance.cap == i64::MAX || instance.floor <= 0 {
        return Vec::new();
    }
    let all = (0..instance.len() as u32).collect();
    let bands = if instance.scattered() {
        vec![all]
    } else {
        components(instance)
    };
    let (floor, cap) = (
        amount(instance.problem, instance.floor),
        amount(instance.problem, instance.cap),
    );
    let narrow = |blocks: Vec<u32>| {
        let volume = instance.volume_of(&blocks);
        let (most, least) = (volume / instance.floor, div_up(volume, instance.cap.max(1)));
        if most >= least {
            return None;
        }
        let named = if blocks.len() == instance.len() {
            "the whole map".into()
        } else {
            format!("the component of {}", names(unit_names(instance, &blocks).into_iter()))
        };
        let holds = amount(instance.problem, volume);
        let fact = format!(
            "{named} holds {holds}: too much for {} of at most {cap}, too little for {least} of at least {floor}",
            words::count(usize::try_from(most).unwrap_or(0), "lot", "lots")
        );
        Some(Finding::error(
            "R111",
            "viability",
            fact,
            "Lower the floor or raise the cap.",
        ))
    };
    bands.into_iter().filter_map(narrow).collect()
}

fn count_out_of_reach(instance: &Instance<'_>, most: &Bound) -> Option<Finding> {
    let (low, high) = instance.problem.rules().count.limits();
    let least = if instance.cap == i64::MAX {
        1
    } else {
        div_up(instance.total, instance.cap.max(1))
    };
    let of_plan = matches!(instance.problem.rules().count, LotCount::OfPlan(..));
    if low as i64 > most.value {
        let asked = if of_plan {
            format!("the plan has {}", words::count(low, "lot", "lots"))
        } else {
            words::count(low, "lot is asked for", "lots are asked for")
        };
        let fact = format!("{asked}, but there can be {} at most, by {}", most.value, most.argument);
        let help = "Ask for fewer lots, or lower the floor.";
        return Some(Finding::error("R107", place(of_plan), fact, help));
    }
    let most = high.unwrap_or(0);
    let asked = if of_plan {
        format!("no lot is added to the {most} of the plan")
    } else {
        format!(
            "at most {}",
            words::count(most, "lot is asked for", "lots are asked for")
        )
    };
    let fact = format!("{asked}, but the cap needs {least} or more");
    let help = "Ask for more lots, or raise the cap.";
    let short = high.is_some_and(|high| (high as i64) < least);
    short.then(|| Finding::error("R108", place(of_plan), fact, help))
}

/// Where the number of lots comes from.
fn place(of_plan: bool) -> &'static str {
    if of_plan { "plan" } else { "lots.count" }
}

fn div_up(whole: i64, part: i64) -> i64 {
    -((-whole).div_euclid(part))
}

/// Connected components of the graph of blocks.
pub fn components(instance: &Instance<'_>) -> Vec<Vec<u32>> {
    let all: Vec<u32> = (0..instance.len() as u32).collect();
    parts(&instance.neighbours, &all)
}

pub fn unit_names<'a>(instance: &'a Instance<'_>, blocks: &[u32]) -> Vec<&'a str> {
    let units = blocks.iter().flat_map(|&block| &instance.blocks[block as usize]);
    units
        .map(|&unit| instance.problem.units()[unit].name.as_str())
        .collect()
}

/// A volume as people know it: money, or participants where the floor speaks of them alone.
pub fn amount(problem: &Problem, volume: i64) -> String {
    let viability = &problem.rules().viability;
    if viability.floor_gbp.is_none() && viability.floor_participants.is_some() {
        let share = volume as f64 / problem.total().0.max(1) as f64;
        let participants = (share * problem.funding().participants as f64).round() as i64;
        return format!("{} {}", words::thousands(participants), problem.counted_heads());
    }
    if !problem.funding().lets_money() {
        return format!("{} people", words::people(Volume(volume)));
    }
    words::money(problem.contract_value(Volume(volume)))
}
