//! An Adjacency says which places touch: by a common border with its length, or by a named link.

use super::Length;

/// How two places come to have a common border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BorderKind {
    /// They have a line between two vertices in common.
    #[default]
    Exact,
    /// Their lines lie on each other, or so close that rounding explains it, but have no two vertices in common.
    Partial,
    /// There is a gap between them, no wider than the scenario allows.
    Near,
}

impl BorderKind {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Near => "near",
        }
    }
}

/// A common border of two places, `from < to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Border {
    /// Index of the first place.
    pub from: usize,
    /// Index of the second place.
    pub to: usize,
    /// Length of the common border.
    pub length: Length,
    /// How it was found; of several, the firmest.
    pub kind: BorderKind,
}

/// A bridge, tunnel or ferry between two places, `from < to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Index of the first place.
    pub from: usize,
    /// Index of the second place.
    pub to: usize,
    /// `bridge`, `tunnel`, `ferry` or `shared` (two units that share a member).
    pub kind: String,
    /// What people call it.
    pub name: String,
}

/// An undirected graph over places `0..len`, from borders and links together.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    borders: Vec<Border>,
    links: Vec<Link>,
    neighbours: Vec<Vec<usize>>,
}

impl Adjacency {
    /// Builds the graph over `len` places. Pairs are put in order and sorted; a pair given twice adds its lengths up.
    ///
    /// # Panics
    /// If an index is not below `len`: indices come from the maker of the places, never from a file.
    pub fn new(len: usize, borders: Vec<Border>, links: Vec<Link>) -> Self {
        let mut borders = borders;
        for b in &mut borders {
            (b.from, b.to) = (b.from.min(b.to), b.from.max(b.to));
        }
        borders.sort_by_key(|b| (b.from, b.to));
        borders.dedup_by(|next, kept| {
            let same = (next.from, next.to) == (kept.from, kept.to);
            if same {
                kept.length += next.length;
                kept.kind = kept.kind.min(next.kind);
            }
            same
        });
        let mut links = links;
        for l in &mut links {
            (l.from, l.to) = (l.from.min(l.to), l.from.max(l.to));
        }
        links.sort_by(|a, b| (a.from, a.to, &a.kind, &a.name).cmp(&(b.from, b.to, &b.kind, &b.name)));
        let mut neighbours = vec![Vec::new(); len];
        let pairs = borders
            .iter()
            .map(|b| (b.from, b.to))
            .chain(links.iter().map(|l| (l.from, l.to)));
        for (from, to) in pairs.filter(|(from, to)| from != to) {
            neighbours[from].push(to);
            neighbours[to].push(from);
        }
        for list in &mut neighbours {
            list.sort_unstable();
            list.dedup();
        }
        Self {
            borders,
            links,
            neighbours,
        }
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.neighbours.len()
    }

    /// Whether there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.neighbours.is_empty()
    }

    /// Common borders, sorted by place, one a pair.
    pub fn borders(&self) -> &[Border] {
        &self.borders
    }

    /// Links that count, sorted by place.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Places that touch `place`, in order.
    pub fn neighbours(&self, place: usize) -> &[usize] {
        &self.neighbours[place]
    }

    /// Connected components, each sorted, in order of their first place.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut found = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut component = vec![start];
            let mut next = 0;
            while next < component.len() {
                for &to in self.neighbours(component[next]) {
                    if !seen[to] {
                        seen[to] = true;
                        component.push(to);
                    }
                }
                next += 1;
            }
            component.sort_unstable();
            found.push(component);
        }
        found
    }

    /// Places that share no border with any other, whether or not a link reaches them.
    pub fn islands(&self) -> Vec<usize> {
        let mut bordered = vec![false; self.len()];
        for b in self.borders.iter().filter(|b| b.from != b.to) {
            bordered[b.from] = true;
            bordered[b.to] = true;
        }
        (0..self.len()).filter(|&i| !bordered[i]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn border(from: usize, to: usize) -> Border {
        Border {
            from,
            to,
            length: Length::from_metres(10.0),
            kind: BorderKind::Exact,
        }
    }

    #[test]
    fn a_pair_given_in_both_orders_is_one_border_with_both_lengths() {
        let graph = Adjacency::new(3, vec![border(1, 0), border(0, 1)], Vec::new());
        assert_eq!(
            graph.borders(),
            &[Border {
                from: 0,
                to: 1,
                length: Length::from_metres(20.0),
                kind: BorderKind::Exact,
            }]
        );
        assert_eq!(graph.islands(), vec![2]);
        assert_eq!(graph.components(), vec![vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_link_joins_but_leaves_an_island_an_island() {
        let ferry = Link {
            from: 2,
            to: 1,
            kind: "ferry".into(),
            name: "boat".into(),
        };
        let graph = Adjacency::new(3, vec![border(0, 1)], vec![ferry]);
        assert_eq!(graph.components(), vec![vec![0, 1, 2]]);
        assert_eq!(graph.islands(), vec![2]);
    }
}
