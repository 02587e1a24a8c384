//! Bounds on the number of lots by arithmetic: counting, components, separators.
//!
//! Each argument is a sentence that can be checked with a pencil. A lot that holds none of the blocks of a set S lies in a component
//! of the map without S, and a component of volume v holds at most ⌊v ÷ floor⌋ lots; at most |S| lots hold a block of S.

use super::instance::Instance;
use super::record::Bound;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Steps of the search for a separator, divided by the size of the map.
const SEPARATOR_WORK: usize = 30_000_000;
/// The most blocks for which dead ends are merged and separators sought.
const SEPARATOR_LIMIT: usize = 3_000;

/// The least upper bound that arithmetic gives.
pub fn most_lots(instance: &Instance<'_>) -> Bound {
    let count = instance.len() as i64;
    if instance.floor <= 0 {
        return Bound {
            value: count,
            argument: "counting",
        };
    }
    let mut best = Bound {
        value: counting(instance),
        argument: "counting",
    };
    if !instance.scattered() {
        let map = Map::of(instance);
        best = lesser(best, map.value(&map.large()), "components");
        if instance.len() <= SEPARATOR_LIMIT {
            let map = map.without_dead_ends();
            best = lesser(best, map.value(&map.large()), "dead ends");
            best = lesser(best, map.separator(), "separators");
        }
    }
    best
}

fn lesser(best: Bound, value: i64, argument: &'static str) -> Bound {
    if value < best.value {
        Bound { value, argument }
    } else {
        best
    }
}

/// Blocks that are viable alone + ⌊volume of the rest ÷ floor⌋.
fn counting(instance: &Instance<'_>) -> i64 {
    let (large, rest): (Vec<i64>, Vec<i64>) = instance.volume.iter().partition(|&&volume| volume >= instance.floor);
    large.len() as i64 + rest.iter().sum::<i64>() / instance.floor
}

/// Volumes on a graph; merged places have volume 0 and no neighbours.
struct Map {
    volume: Vec<i64>,
    neighbours: Vec<Vec<u32>>,
    floor: i64,
}

impl Map {
    fn of(instance: &Instance<'_>) -> Self {
        Self {
            volume: instance.volume.clone(),
            neighbours: instance.neighbours.clone(),
            floor: instance.floor,
        }
    }

    /// The places that are viable alone, marked.
    fn large(&self) -> Vec<bool> {
        self.volume.iter().map(|&volume| volume >= self.floor).collect()
    }

    /// |S| + Σ ⌊volume of a component without S ÷ floor⌋.
    fn value(&self, cut: &[bool]) -> i64 {
        let pieces: i64 = self.pieces(cut).iter().map(|volume| volume / self.floor).sum();
        cut.iter().filter(|&&inside| inside).count() as i64 + pieces
    }

    /// Volumes of the components without the marked places.
    fn pieces(&self, cut: &[bool]) -> Vec<i64> {
        let mut seen = cut.to_vec();
        let mut pieces = Vec::new();
        for start in 0..self.volume.len() {
            if !seen[start] {
                pieces.push(
                    self.flood(start, &mut seen)
                        .iter()
                        .map(|&place| self.volume[place])
                        .sum(),
                );
            }
        }
        pieces
    }

    /// Places reached from `start` over places not seen, which are then seen.
    fn flood(&self, start: usize, seen: &mut [bool]) -> Vec<usize> {
        seen[start] = true;
        let mut reached = vec![start];
        let mut next = 0;
        while next < reached.len() {
            for &other in &self.neighbours[reached[next]] {
                if !seen[other as usize] {
                    seen[other as usize] = true;
                    reached.push(other as usize);
                }
            }
            next += 1;
        }
        reached
    }

    /// A part behind a cut place that is below the floor can only go with that place: it is merged into it.
    fn without_dead_ends(mut self) -> Self {
        for place in 0..self.volume.len() {
            let mut seen = vec![false; self.volume.len()];
            seen[place] = true;
            for start in self.neighbours[place].clone() {
                if !seen[start as usize] {
                    let part = self.flood(start as usize, &mut seen);
                    if part.iter().map(|&inside| self.volume[inside]).sum::<i64>() < self.floor {
                        self.merge(place, &part);
                    }
                }
            }
        }
        self
    }

    fn merge(&mut self, place: usize, part: &[usize]) {
        for &inside in part {
            self.volume[place] += std::mem::take(&mut self.volume[inside]);
            self.neighbours[inside].clear();
        }
        self.neighbours[place].retain(|other| !part.contains(&(*other as usize)));
    }

    /// The least value over sets of places that a random search meets; always the same for the same map.
    fn separator(&self) -> i64 {
        let size: usize = self.volume.len() + self.neighbours.iter().map(Vec::len).sum::<usize>();
        let mut random = ChaCha8Rng::seed_from_u64(0);
        let mut cut = self.large();
        let candidates: Vec<usize> = (0..cut.len())
            .filter(|&p| !cut[p] && self.neighbours[p].len() > 1)
            .collect();
        let mut least = self.value(&cut);
        let mut energy = self.energy(&cut);
        let steps = (SEPARATOR_WORK / size.max(1)).min(500 * candidates.len());
        for step in 0..steps {
            let heat = 0.5 * (1.0 - step as f64 / steps as f64) + 0.01;
            let place = candidates[random.random_range(0..candidates.len())];
            cut[place] = !cut[place];
            let changed = self.energy(&cut);
            if changed <= energy || random.random::<f64>() < ((energy - changed) / heat).exp() {
                energy = changed;
                least = least.min(self.value(&cut));
            } else {
                cut[place] = !cut[place];
            }
        }
        least
    }

    /// The value, less a little for components whose volume is far above a multiple of the floor: they are about to lose a lot.
    fn energy(&self, cut: &[bool]) -> f64 {
        let floor = self.floor as f64;
        let inside = cut.iter().filter(|&&inside| inside).count() as f64;
        let pieces = self.pieces(cut).into_iter().map(|volume| volume as f64 / floor);
        inside + pieces.map(|lots| lots.floor() + 0.5 * lots.fract()).sum::<f64>()
    }
}
