//! A Witness says with names and figures why rules cannot hold together.

use super::bounds::most_lots;
use super::contract::names;
use super::instance::Instance;
use super::reasons::{amount, reasons, unit_names};
use super::rule::Rule;
use crate::domain::{Problem, words};

/// Why `problem`, which has only rules that are in conflict, has no plan.
pub fn witness(problem: &Problem, rules: &[Rule]) -> String {
    let instance = match Instance::new(problem) {
        Ok(instance) => instance,
        Err(found) => {
            return found
                .into_iter()
                .map(|finding| finding.message)
                .next()
                .unwrap_or_default();
        }
    };
    let found = parted(&instance)
        .or_else(|| out_of_reach(&instance, rules))
        .or_else(|| {
            reasons(&instance, &most_lots(&instance))
                .into_iter()
                .map(|f| f.message)
                .next()
        });
    found.unwrap_or_else(|| searched(rules))
}

fn searched(rules: &[Rule]) -> String {
    let shape = if rules.contains(&Rule::Contiguous) {
        "connected "
    } else {
        ""
    };
    format!("a search over all {shape}sets of areas that could be a lot found no plan that meets them together")
}

/// A block that is below the floor with all that may share a lot with it.
fn out_of_reach(instance: &Instance<'_>, rules: &[Rule]) -> Option<String> {
    if instance.floor <= 0 {
        return None;
    }
    let short = (0..instance.len())
        .map(|block| (block, reach(instance, block)))
        .filter(|(_, reached)| instance.volume_of(reached) < instance.floor);
    let (block, reached) = short.max_by_key(|&(block, _)| (instance.volume[block], std::cmp::Reverse(block)))?;
    let holds = |blocks: &[u32]| amount(instance.problem, instance.volume_of(blocks));
    let own = [block as u32];
    let name = names(unit_names(instance, &own).into_iter());
    let others: Vec<u32> = reached
        .iter()
        .copied()
        .filter(|&other| other as usize != block)
        .collect();
    let floor = amount(instance.problem, instance.floor);
    let (alone, limits) = (holds(&own), limits(rules));
    Some(if others.is_empty() {
        format!("{name} alone holds {alone}, and nothing can join it{limits}; the floor is {floor}")
    } else {
        let with = names(unit_names(instance, &others).into_iter());
        format!(
            "{name} alone holds {alone}; with all that it can reach{limits}, {with}, {}; the floor is {floor}",
            holds(&reached)
        )
    })
}

/// What keeps areas from sharing a lot, as the end of a clause.
fn limits(rules: &[Rule]) -> String {
    let named = [("lots.never_together", "never_together"), ("lots.locks", "the locks")];
    let limits: Vec<&str> = named
        .into_iter()
        .filter(|(key, _)| rules.iter().any(|rule| rule.key() == *key))
        .map(|(_, word)| word)
        .collect();
    match limits.as_slice() {
        [] => String::new(),
        [one @ "never_together"] => format!(" where {one} allows it"),
        all => format!(" where {} allow it", words::list(all, 2)),
    }
}

/// Blocks that could share a lot with `block` as far as they hang together and none of them clashes with it.
fn reach(instance: &Instance<'_>, block: usize) -> Vec<u32> {
    let mut reached = vec![block as u32];
    let mut seen = vec![false; instance.len()];
    seen[block] = true;
    let mut next = 0;
    while next < reached.len() {
        for &other in &instance.neighbours[reached[next] as usize] {
            let free = !instance.classes.clash(block, other as usize);
            if free && !std::mem::replace(&mut seen[other as usize], true) {
                reached.push(other);
            }
        }
        next += 1;
    }
    reached.sort_unstable();
    reached
}

/// A block whose units cannot be joined by what may share a lot with it.
fn parted(instance: &Instance<'_>) -> Option<String> {
    if instance.scattered() {
        return None;
    }
    (0..instance.len()).find_map(|block| {
        let units = &instance.blocks[block];
        let clashing: Vec<bool> = allowed_units(instance, block);
        let near = units_reached(instance, units[0], &clashing);
        let cut_off: Vec<usize> = units.iter().copied().filter(|&unit| !near[unit]).collect();
        if cut_off.is_empty() {
            return None;
        }
        let name = |unit: usize| instance.problem.units()[unit].name.as_str();
        let graph = instance.problem.unit_adjacency();
        let between = (0..graph.len())
            .filter(|&unit| !clashing[unit] && graph.neighbours(unit).iter().any(|&other| near[other]))
            .map(name);
        let between = names(between);
        let (here, there) = (
            names(units.iter().copied().filter(|&u| near[u]).map(name)),
            names(cut_off.iter().copied().map(name)),
        );
        Some(if between.is_empty() {
            format!("{here} and {there} must share a lot, but no way leads from one to the other")
        } else {
            format!("{here} and {there} must share a lot, but what lies between them may not join them: {between}")
        })
    })
}

/// Units that may share a lot with a block, marked.
fn allowed_units(instance: &Instance<'_>, block: usize) -> Vec<bool> {
    let mut allowed = vec![false; instance.problem.units().len()];
    for other in (0..instance.len()).filter(|&other| other == block || !instance.classes.clash(block, other)) {
        instance.blocks[other].iter().for_each(|&unit| allowed[unit] = true);
    }
    allowed
}

fn units_reached(instance: &Instance<'_>, from: usize, allowed: &[bool]) -> Vec<bool> {
    let graph = instance.problem.unit_adjacency();
    let mut reached = vec![false; graph.len()];
    reached[from] = true;
    let mut stack = vec![from];
    while let Some(unit) = stack.pop() {
        for &other in graph.neighbours(unit) {
            if allowed[other] && !std::mem::replace(&mut reached[other], true) {
                stack.push(other);
            }
        }
    }
    reached
}
