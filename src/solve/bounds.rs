//! Bounds on the number of lots by arithmetic: counting, also in grains, components, separators; each with its certificate.
//!
//! Each argument is a sentence that can be checked with a pencil. A lot that holds none of the blocks of a set S lies in a component
//! of the map without S, and a component of volume v holds at most ⌊v ÷ floor⌋ lots; at most |S| lots hold a block of S.

use super::dissection::Dissection;
use super::instance::Instance;
use super::record::Bound;
use super::separator::parts;
use crate::domain::{Certificate, CutPart, Origin, Volume};

/// The most blocks for which dead ends are merged and separators sought.
const SEPARATOR_LIMIT: usize = 3_000;

/// The least upper bound that arithmetic gives.
pub fn most_lots(instance: &Instance<'_>) -> Bound {
    by_separators(instance, by_counting(instance))
}

/// The least upper bound that takes next to no time: by counting and components.
pub(super) fn by_counting(instance: &Instance<'_>) -> Bound {
    let plain = Bound::new(instance.len() as i64, "counting");
    let mut best = lesser(plain, counting(instance), "counting");
    if instance.grains.coarse() {
        best = lesser(best, granular(instance), "counting in grains");
    }
    if !has_cuts(instance) {
        return best;
    }
    lesser(
        best,
        by_cut(instance, &large(instance), Origin::Components),
        "components",
    )
}

/// A bound, or what dead ends and separators give where that is less.
pub(super) fn by_separators(instance: &Instance<'_>, bound: Bound) -> Bound {
    if !has_cuts(instance) || instance.len() > SEPARATOR_LIMIT {
        return bound;
    }
    let map = Dissection::of(instance).without_dead_ends();
    let best = lesser(bound, by_cut(instance, &map.large(), Origin::DeadEnds), "dead ends");
    lesser(best, by_cut(instance, &map.separator(), Origin::Search), "separators")
}

/// Whether cuts of the map limit the number of lots at all.
fn has_cuts(instance: &Instance<'_>) -> bool {
    instance.floor > 0 && !instance.scattered()
}

/// The blocks that are viable alone, marked.
fn large(instance: &Instance<'_>) -> Vec<bool> {
    instance.volume.iter().map(|&volume| volume >= instance.floor).collect()
}

/// The one with the lower value, or the one with a certificate where they are equal.
fn lesser(best: Bound, certificate: Certificate, argument: &'static str) -> Bound {
    match Bound::certified(certificate, argument) {
        Some(bound) if bound.value < best.value || best.certificate.is_none() && bound.value == best.value => bound,
        _ => best,
    }
}

/// Blocks that are viable alone + ⌊volume of the rest ÷ floor⌋.
fn counting(instance: &Instance<'_>) -> Certificate {
    let viable = |&block: &usize| instance.volume[block] >= instance.floor;
    let rest = (0..instance.len()).filter(|block| !viable(block));
    Certificate::Counting {
        least_volume: Volume(instance.floor),
        alone: (0..instance.len())
            .filter(viable)
            .map(|block| instance.name(block))
            .collect(),
        rest: Volume(rest.map(|block| instance.volume[block]).sum()),
    }
}

/// ⌊Σ grains ÷ least grains⌋, where a block counts for a whole lot at most: the grains are prices.
fn granular(instance: &Instance<'_>) -> Certificate {
    let grains = &instance.grains;
    let priced = (0..instance.len()).filter(|&block| grains.counted(block) > 0);
    Certificate::Prices {
        least_volume: Volume(instance.floor),
        prices: priced
            .map(|block| (instance.name(block), grains.counted(block)))
            .collect(),
        sum: grains.sum(),
        least: grains.least,
    }
}

/// |S| + Σ ⌊volume of a part without S ÷ floor⌋, where `cut` marks the blocks of S.
fn by_cut(instance: &Instance<'_>, cut: &[bool], origin: Origin) -> Certificate {
    let rest: Vec<u32> = (0..instance.len())
        .filter(|&block| !cut[block])
        .map(|block| block as u32)
        .collect();
    let part = |blocks: Vec<u32>| CutPart {
        volume: Volume(instance.volume_of(&blocks)),
        lots: instance.volume_of(&blocks) / instance.floor,
        units: instance.unit_ids(&blocks),
    };
    Certificate::Separator {
        origin,
        least_volume: Volume(instance.floor),
        separator: (0..instance.len())
            .filter(|&block| cut[block])
            .map(|block| instance.name(block))
            .collect(),
        parts: parts(&instance.neighbours, &rest).into_iter().map(part).collect(),
    }
}
