//! A Witness says with names and figures why rules cannot hold together.

use super::bounds::most_lots;
use super::contract::names;
use super::instance::Instance;
use super::reasons::{amount, components, reasons, unit_names};
use super::rule::{Rule, with_only};
use super::separator::separator;
use crate::domain::{Problem, words};

/// The most blocks for which each is asked what it can reach past those that it clashes with.
const CLASHES_LIMIT: usize = 5_000;

/// Why `rules`, which are in conflict, leave `problem` no plan.
pub fn witness(problem: &Problem, rules: &[Rule]) -> String {
    let alone = with_only(problem, rules);
    let instance = match Instance::new(&alone) {
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
        .or_else(|| arithmetic(problem, &instance, rules));
    found.unwrap_or_else(|| searched(rules))
}

/// The first reason that arithmetic gives. Where more lots are asked for than there can be, all rules of the problem together may leave room for fewer than
/// those in conflict do: then the bound of all is told first, as R107 tells it.
fn arithmetic(problem: &Problem, instance: &Instance<'_>, rules: &[Rule]) -> Option<String> {
    let most = most_lots(instance);
    let own = reasons(instance, &most).into_iter().next()?;
    let of_all = Instance::new(problem).map_or_else(|_| Vec::new(), |all| reasons(&all, &most_lots(&all)));
    match of_all
        .into_iter()
        .find(|finding| finding.code == "R107" && own.code == "R107")
    {
        Some(all) if all.message != own.message => {
            let these = if rules.len() == 1 {
                "this rule alone leaves"
            } else {
                "these rules alone leave"
            };
            Some(format!(
                "{}; {these} room for {} at most, by {}",
                all.message, most.value, most.argument
            ))
        }
        _ => Some(own.message),
    }
}

fn searched(rules: &[Rule]) -> String {
    let shape = if rules.contains(&Rule::Contiguous) {
        "connected "
    } else {
        ""
    };
    format!("a search over all {shape}sets of areas that could be a lot found no plan that meets them together")
}

/// The greatest block that is below the floor with all that may share a lot with it, and all of that. No plan exists where there is one: the lot that holds the
/// block lies within what it reaches.
pub fn short_reach(instance: &Instance<'_>) -> Option<(usize, Vec<u32>)> {
    if instance.floor <= 0 || instance.floor > instance.total {
        return None;
    }
    let short = |reached: &Vec<u32>| instance.volume_of(reached) < instance.floor;
    let mut found: Vec<(usize, Vec<u32>)> = Vec::new();
    for part in parts(instance) {
        if short(&part) {
            found.extend(
                part.iter()
                    .map(|&block| (block as usize, part.clone()))
                    .max_by_key(|(block, _)| rank(instance, *block)),
            );
        } else if !instance.classes.quiet() && instance.len() <= CLASHES_LIMIT {
            let clashing = part.iter().map(|&block| block as usize);
            let reached = clashing.map(|block| (block, reach(instance, block, &part)));
            found.extend(reached.filter(|(_, reached)| short(reached)));
        }
    }
    found.into_iter().max_by_key(|(block, _)| rank(instance, *block))
}

/// The greatest block first, and of equal ones that which stands first.
fn rank(instance: &Instance<'_>, block: usize) -> (i64, std::cmp::Reverse<usize>) {
    (instance.volume[block], std::cmp::Reverse(block))
}

/// Blocks between which ways lead: all of them where lots may be scattered.
fn parts(instance: &Instance<'_>) -> Vec<Vec<u32>> {
    if instance.scattered() {
        vec![(0..instance.len() as u32).collect()]
    } else {
        components(instance)
    }
}

/// A block that is below the floor with all that may share a lot with it, in words.
fn out_of_reach(instance: &Instance<'_>, rules: &[Rule]) -> Option<String> {
    let (block, reached) = short_reach(instance)?;
    let holds = |blocks: &[u32]| amount(instance.problem, instance.volume_of(blocks));
    let own = [block as u32];
    let name = names(unit_names(instance, &own).into_iter());
    let others: Vec<u32> = reached
        .iter()
        .copied()
        .filter(|&other| other as usize != block)
        .collect();
    let floor = amount(instance.problem, instance.floor);
    let alone = holds(&own);
    let limits = limits(instance.problem, rules);
    Some(if others.is_empty() {
        let none = limits.map_or_else(
            || "nothing can join it".into(),
            |limits| format!("{limits} let nothing join it"),
        );
        format!("{name} alone holds {alone}, and {none}; the floor is {floor}")
    } else {
        let with = names(unit_names(instance, &others).into_iter());
        let all = limits.map_or_else(|| "it can reach".into(), |limits| format!("{limits} let it reach"));
        format!(
            "{name} alone holds {alone}; with all that {all}, {with}, {}; the floor is {floor}",
            holds(&reached)
        )
    })
}

/// What keeps areas from sharing a lot, in the plural.
fn limits(problem: &Problem, rules: &[Rule]) -> Option<String> {
    let pairs = rules.iter().any(|rule| matches!(rule, Rule::NeverTogether(_)));
    let locks = &problem.rules().locks;
    let named = [
        (pairs, "the rules of never_together"),
        (locks.iter().any(|lock| lock.seat.is_none()), "the locks"),
        (locks.iter().any(|lock| lock.seat.is_some()), "the lots of the plan"),
    ];
    let limits: Vec<&str> = named
        .into_iter()
        .filter(|(held, _)| *held)
        .map(|(_, words)| words)
        .collect();
    (!limits.is_empty()).then(|| words::list(&limits, limits.len()))
}

/// Blocks of its part that could share a lot with `block`, as far as they hang together and none of them clashes with it.
fn reach(instance: &Instance<'_>, block: usize, part: &[u32]) -> Vec<u32> {
    let free = |other: u32| !instance.classes.clash(block, other as usize);
    if instance.scattered() || part.iter().all(|&other| free(other)) {
        return part.iter().copied().filter(|&other| free(other)).collect();
    }
    let mut reached = vec![block as u32];
    let mut seen = vec![false; instance.len()];
    seen[block] = true;
    let mut next = 0;
    while next < reached.len() {
        for &other in &instance.neighbours[reached[next] as usize] {
            if free(other) && !std::mem::replace(&mut seen[other as usize], true) {
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
        let near = units_reached(instance, units[0], &allowed_units(instance, block));
        let cut_off: Vec<usize> = units.iter().copied().filter(|&unit| !near[unit]).collect();
        if cut_off.is_empty() {
            return None;
        }
        let name = |unit: usize| instance.problem.units()[unit].name.as_str();
        let part: Vec<u32> = (0..near.len())
            .filter(|&unit| near[unit])
            .map(|unit| unit as u32)
            .collect();
        let between = separator(&unit_graph(instance), &part, cut_off[0] as u32);
        let between = names(between.into_iter().map(|unit| name(unit as usize)));
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

fn unit_graph(instance: &Instance<'_>) -> Vec<Vec<u32>> {
    let graph = instance.problem.unit_adjacency();
    let near = |unit| graph.neighbours(unit).iter().map(|&other| other as u32).collect();
    (0..graph.len()).map(near).collect()
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
