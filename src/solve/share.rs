//! Sharing parts a region into lots of about equal volume, by cutting random spanning trees again and again.

use super::cut::{Cutter, Tree, halves};
use super::instance::Instance;
use super::split::Split;
use rand::Rng;

impl Cutter {
    /// Parts `region` into `count` pieces that hang together and are about equal in volume, by cutting random trees again and again; fewer if it has
    /// too few blocks.
    pub fn share(
        &mut self,
        instance: &Instance<'_>,
        region: &[u32],
        count: usize,
        random: &mut impl Rng,
    ) -> Vec<Vec<u32>> {
        let mut open = vec![(region.to_vec(), count)];
        let mut pieces = Vec::new();
        while let Some((region, count)) = open.pop() {
            match self.part(instance, &region, count, random) {
                Some(parts) => open.extend(parts),
                None => pieces.push(region),
            }
        }
        pieces
    }

    /// Two parts of a region for so many lots in all, with the number of lots of each: halves of a large one, or else the fairest cut of a few trees.
    fn part(
        &mut self,
        instance: &Instance<'_>,
        region: &[u32],
        count: usize,
        random: &mut impl Rng,
    ) -> Option<[(Vec<u32>, usize); 2]> {
        if region.len() > LARGE
            && let Some(halves) = Split::of(instance, self.tree(instance, region, random), count)
        {
            return Some(halves);
        }
        let mut best: Option<(Fairness, [Vec<u32>; 2])> = None;
        for _ in 0..TREES {
            let tree = self.tree(instance, region, random);
            if let Some((fairness, edge)) = fairest(instance, tree, count)
                && best.as_ref().is_none_or(|(known, _)| fairness < *known)
            {
                best = Some((fairness, halves(tree, edge)));
            }
        }
        let ((_, lots), [below, above]) = best?;
        Some([(below, lots), (above, count - lots)])
    }
}

/// Blocks above which a region is halved.
const LARGE: usize = 500;
/// Trees of which the fairest cut is taken.
const TREES: usize = 3;

/// By how much volume a cut misses equal shares, and the lots below it.
type Fairness = (i64, usize);

/// The cut of a tree that misses equal shares of `count` lots by the least volume.
fn fairest(instance: &Instance<'_>, tree: Tree<'_>, count: usize) -> Option<(Fairness, usize)> {
    let mut held: Vec<i64> = tree
        .order
        .iter()
        .map(|&block| instance.volume[block as usize])
        .collect();
    let mut below = vec![1_usize; held.len()];
    let blocks = held.len();
    let share = held.iter().sum::<i64>() / count.max(1) as i64;
    let mut best = None;
    for at in (1..blocks).rev() {
        let parent = tree.parent[at] as usize;
        if parent < blocks {
            held[parent] += held[at];
            below[parent] += below[at];
        }
        // A component by itself can be cut off too, but is too small or too great for whole lots more often than not.
        let nearest = ((held[at] + share / 2) / share.max(1)) as usize;
        let lots = nearest.clamp(1, count.saturating_sub(1).max(1));
        if count > 1 && lots <= below[at] && count - lots <= blocks - below[at] {
            let fairness = ((held[at] - lots as i64 * share).abs(), lots);
            if best.is_none_or(|(known, _)| fairness < known) {
                best = Some((fairness, at));
            }
        }
    }
    best
}
