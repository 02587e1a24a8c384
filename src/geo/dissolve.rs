//! Dissolving merges areas by dropping the arcs between them; no polygon is ever united with another.

use super::assemble::assemble;
use super::coverage::{Arc, Coverage};

impl Coverage {
    /// Merges areas of equal label into one of `count` new areas; areas without label become outside.
    ///
    /// `labels` has one entry an area, each below `count`. A label that no area bears is an area without parts.
    pub fn dissolve(&self, labels: &[Option<usize>], count: usize) -> Self {
        let label = |side: Option<usize>| side.and_then(|area| labels.get(area).copied().flatten());
        let pieces = self
            .arcs
            .iter()
            .map(|arc| (label(arc.left), label(arc.right), arc))
            .filter(|(left, right, _)| left != right)
            .map(|(left, right, arc)| Arc {
                points: arc.points.clone(),
                left,
                right,
            })
            .collect();
        assemble(count, pieces)
    }

    /// The chosen areas alone, in the order given.
    pub fn subset(&self, areas: &[usize]) -> Self {
        let mut labels = vec![None; self.len()];
        for (new, &old) in areas.iter().enumerate() {
            labels[old] = Some(new);
        }
        self.dissolve(&labels, areas.len())
    }
}
