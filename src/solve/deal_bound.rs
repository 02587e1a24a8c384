//! A bound on deal splits by arithmetic: deals that hold more than a lot takes, where lots have less to spare than that.
//!
//! Of *k* lots each weighs the least *A* or more, so all of them together weigh no more than *W* − *kA* above it. The lot that holds most of a deal weighs at least what
//! it holds of it. What deals weigh above *A* and lots cannot take lies outside, whichever deals have one lot for the most of them.

use super::instance::Instance;
use super::record::Bound;
use crate::domain::{Certificate, DealPart, Volume};
use rustc_hash::FxHashSet;

/// The name of the argument.
const NAME: &str = "deals above a lot";

/// The greatest lower bound on deal splits of plans of so many lots that weights of deals give; `None` where they give none.
pub(super) fn least_splits(instance: &Instance<'_>, lots: usize) -> Option<Bound> {
    let best = [false, true]
        .into_iter()
        .filter_map(|full| Bound::certified(above_a_lot(instance, lots, full)?, NAME))
        .max_by_key(|bound| bound.value);
    best.filter(|bound| bound.value > 0)
}

/// Deals that weigh more than a lot takes, the heaviest first, without those that share a block with one before. `full` leaves out blocks that have less volume than their grains.
fn above_a_lot(instance: &Instance<'_>, lots: usize, full: bool) -> Option<Certificate> {
    let grains = &instance.grains;
    let counts = |block: usize| !full || instance.volume[block] >= grains.weight[block].saturating_mul(grains.unit);
    let mut within = vec![Vec::new(); instance.deal_total.len()];
    for (block, deals) in instance.deals.iter().enumerate().filter(|&(block, _)| counts(block)) {
        let whole = deals.iter().filter(|&&(_, volume)| volume == instance.volume[block]);
        whole.for_each(|&(deal, _)| within[deal as usize].push(block));
    }
    let weight = |blocks: &[usize]| blocks.iter().map(|&block| grains.weight[block]).sum::<i64>();
    let mut heavy: Vec<(i64, usize)> = within.iter().map(|blocks| weight(blocks)).zip(0..).collect();
    heavy.retain(|&(weight, _)| weight > grains.least);
    heavy.sort_by_key(|&(weight, deal)| (-weight, deal));
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    heavy.retain(|&(_, deal)| {
        let apart = within[deal].iter().all(|block| !taken.contains(block));
        taken.extend(within[deal].iter().filter(|_| apart));
        apart
    });
    let rate = |block: usize| (grains.weight[block] > 0).then(|| instance.volume[block] / grains.weight[block]);
    let grain = heavy
        .iter()
        .flat_map(|&(_, deal)| &within[deal])
        .filter_map(|&block| rate(block))
        .min()?;
    let part = |&(grains, deal): &(i64, usize)| DealPart {
        deal: instance.problem.deals()[deal].name.clone(),
        blocks: within[deal].iter().map(|&block| instance.name(block)).collect(),
        grains,
    };
    Some(Certificate::Deals {
        lots: lots as i64,
        least: grains.least,
        sum: grains.weight.iter().sum(),
        deals: heavy.iter().map(part).collect(),
        grain: Volume(grain),
    })
}
