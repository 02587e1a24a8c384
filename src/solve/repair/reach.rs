//! Reach: labels that a block cannot take in a plan that moves less than the best one known.
//!
//! A lot in one piece that holds block b under label l either holds a block that the plan has there, and then all blocks on a way from it to b
//! take the label; or it holds none, and then all blocks of label l have left it. Either costs volume, and the lesser of the two is a bound.

use super::task::Task;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The labels each block may take in a plan that moves at most `most`; those of `known` stay open.
pub fn within(task: &Task<'_>, most: i64, known: &[usize]) -> Vec<Vec<bool>> {
    let mut open = task.allowed.clone();
    if task.instance.scattered() {
        return open;
    }
    for label in 0..task.labels.len() {
        let members: Vec<usize> = (0..open.len()).filter(|&block| is_member(task, block, label)).collect();
        let leaving: i64 = members.iter().map(|&block| least_elsewhere(task, block, label)).sum();
        let away = ways(task, label, &members);
        for (block, labels) in open.iter_mut().enumerate() {
            labels[label] &= known[block] == label || away[block].min(leaving) <= most;
        }
    }
    open
}

/// Whether the plan has a part of the block under the label.
fn is_member(task: &Task<'_>, block: usize, label: usize) -> bool {
    task.cost[block].iter().any(|&cost| cost > task.cost[block][label])
}

fn least_elsewhere(task: &Task<'_>, block: usize, label: usize) -> i64 {
    let others = task.cost[block].iter().enumerate().filter(|(other, _)| *other != label);
    others.map(|(_, &cost)| cost).min().unwrap_or(i64::MAX / 1_000_000)
}

/// The least volume that moves on a way from a member to each block, that block counted; very great where there is no way.
fn ways(task: &Task<'_>, label: usize, members: &[usize]) -> Vec<i64> {
    let mut away = vec![i64::MAX; task.cost.len()];
    let mut queue = BinaryHeap::new();
    for &member in members {
        away[member] = task.cost[member][label];
        queue.push(Reverse((away[member], member)));
    }
    while let Some(Reverse((moved, block))) = queue.pop() {
        if moved > away[block] {
            continue;
        }
        for &near in &task.instance.neighbours[block] {
            let further = moved + task.cost[near as usize][label];
            if further < away[near as usize] {
                away[near as usize] = further;
                queue.push(Reverse((further, near as usize)));
            }
        }
    }
    away
}
