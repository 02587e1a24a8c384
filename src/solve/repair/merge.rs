//! Merging gives up the smallest lot of a plan while it is below the floor: all of it goes to the lightest lot next to it.

use super::task::Task;

/// Labels after merging; lots that no neighbour may take stay as they are.
pub fn merged(task: &Task<'_>, labels: Vec<usize>) -> Vec<usize> {
    let mut labels = labels;
    let mut stuck = vec![false; task.labels.len()];
    while let Some((lot, label)) = smallest(task, &labels, &stuck) {
        match lightest_beside(task, &labels, &lot, label) {
            Some(to) => lot.iter().for_each(|&block| labels[block as usize] = to),
            None => stuck[label] = true,
        }
    }
    labels
}

/// The lot with the least volume among those below the floor.
fn smallest(task: &Task<'_>, labels: &[usize], stuck: &[bool]) -> Option<(Vec<u32>, usize)> {
    let lots = task.lots_of(labels).into_iter().enumerate();
    lots.filter(|(label, lot)| !lot.is_empty() && !stuck[*label])
        .map(|(label, lot)| (task.instance.volume_of(&lot), label, lot))
        .filter(|(volume, ..)| *volume < task.instance.floor)
        .min()
        .map(|(_, label, lot)| (lot, label))
}

/// The label with the least volume among those that touch the lot and that all of it may take without a breach of the cap or of a rule on blocks.
fn lightest_beside(task: &Task<'_>, labels: &[usize], lot: &[u32], label: usize) -> Option<usize> {
    let instance = task.instance;
    let lots = task.lots_of(labels);
    let mut beside: Vec<usize> = lot
        .iter()
        .flat_map(|&block| &instance.neighbours[block as usize])
        .map(|&near| labels[near as usize])
        .filter(|&other| other != label)
        .collect();
    beside.sort_unstable();
    beside.dedup();
    let fits = |&to: &usize| {
        let both: Vec<u32> = lots[to].iter().chain(lot).copied().collect();
        lot.iter().all(|&block| task.allowed[block as usize][to])
            && instance.volume_of(&both) <= instance.cap
            && instance.classes.clashing(&both) == 0
    };
    beside
        .into_iter()
        .filter(fits)
        .min_by_key(|&to| (instance.volume_of(&lots[to]), to))
}
