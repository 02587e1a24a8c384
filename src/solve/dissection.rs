//! A Dissection is a map that falls into parts when blocks are taken out: few blocks and small parts leave room for few lots.

use super::instance::Instance;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Steps of the search for a separator, divided by the size of the map.
const SEPARATOR_WORK: usize = 30_000_000;

/// Volumes on a graph; merged places have volume 0 and no neighbours.
pub struct Dissection {
    volume: Vec<i64>,
    neighbours: Vec<Vec<u32>>,
    floor: i64,
}

impl Dissection {
    /// The map of an instance as it is.
    pub fn of(instance: &Instance<'_>) -> Self {
        Self {
            volume: instance.volume.clone(),
            neighbours: instance.neighbours.clone(),
            floor: instance.floor,
        }
    }

    /// The places that are viable alone, marked.
    pub fn large(&self) -> Vec<bool> {
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
    pub fn without_dead_ends(mut self) -> Self {
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

    /// The set of places with the least value that a random search meets; always the same for the same map.
    pub fn separator(&self) -> Vec<bool> {
        let size: usize = self.volume.len() + self.neighbours.iter().map(Vec::len).sum::<usize>();
        let mut random = ChaCha8Rng::seed_from_u64(0);
        let mut cut = self.large();
        let candidates: Vec<usize> = (0..cut.len())
            .filter(|&p| !cut[p] && self.neighbours[p].len() > 1)
            .collect();
        let mut least = (self.value(&cut), cut.clone());
        let mut energy = self.energy(&cut);
        let steps = (SEPARATOR_WORK / size.max(1)).min(500 * candidates.len());
        for step in 0..steps {
            let heat = 0.5 * (1.0 - step as f64 / steps as f64) + 0.01;
            let place = candidates[random.random_range(0..candidates.len())];
            cut[place] = !cut[place];
            let changed = self.energy(&cut);
            if changed <= energy || random.random::<f64>() < ((energy - changed) / heat).exp() {
                energy = changed;
                let value = self.value(&cut);
                if value < least.0 {
                    least = (value, cut.clone());
                }
            } else {
                cut[place] = !cut[place];
            }
        }
        least.1
    }

    /// The value, less a little for components whose volume is far above a multiple of the floor: they are about to lose a lot.
    fn energy(&self, cut: &[bool]) -> f64 {
        let floor = self.floor as f64;
        let inside = cut.iter().filter(|&&inside| inside).count() as f64;
        let pieces = self.pieces(cut).into_iter().map(|volume| volume as f64 / floor);
        inside + pieces.map(|lots| lots.floor() + 0.5 * lots.fract()).sum::<f64>()
    }
}
