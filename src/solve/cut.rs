//! Cutting a random spanning tree of a region into lots, from the leaves up.
//!
//! On a tree, closing a lot as soon as it reaches the floor gives as many lots as the tree allows. What is left over joins a
//! neighbouring lot; what no lot can take stays as a piece of its own, below the floor.

use super::instance::Instance;
use rand::{Rng, RngExt};

const NOWHERE: u32 = u32::MAX;

/// Scratch space for cutting regions of one instance.
#[derive(Clone, Debug)]
pub struct Cutter {
    place: Vec<u32>,
    order: Vec<u32>,
    parent: Vec<u32>,
    frontier: Vec<(u32, u32)>,
}

/// A random spanning tree of a region: blocks in an order in which every parent stands before its children.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a> {
    /// Blocks.
    pub order: &'a [u32],
    /// Place in `order` of each block's parent; [`u32::MAX`] for the root of each component.
    pub parent: &'a [u32],
}

impl Cutter {
    /// Scratch space for `instance`.
    pub fn new(instance: &Instance<'_>) -> Self {
        let place = vec![NOWHERE; instance.len()];
        Self {
            place,
            order: Vec::new(),
            parent: Vec::new(),
            frontier: Vec::new(),
        }
    }

    /// A random spanning tree of `region` (a forest if the region is in pieces).
    pub fn tree(&mut self, instance: &Instance<'_>, region: &[u32], random: &mut impl Rng) -> Tree<'_> {
        const WANTED: u32 = u32::MAX - 1;
        self.order.clear();
        self.parent.clear();
        self.frontier.clear();
        region.iter().for_each(|&block| self.place[block as usize] = WANTED);
        let first = random.random_range(0..region.len().max(1));
        for at in 0..region.len() {
            self.frontier.push((region[(first + at) % region.len()], NOWHERE));
            while !self.frontier.is_empty() {
                let (block, parent) = self.frontier.swap_remove(random.random_range(0..self.frontier.len()));
                if self.place[block as usize] != WANTED {
                    continue;
                }
                let place = self.order.len() as u32;
                self.place[block as usize] = place;
                self.order.push(block);
                self.parent.push(parent);
                for &other in &instance.neighbours[block as usize] {
                    if self.place[other as usize] == WANTED {
                        self.frontier.push((other, place));
                    }
                }
            }
        }
        region.iter().for_each(|&block| self.place[block as usize] = NOWHERE);
        Tree {
            order: &self.order,
            parent: &self.parent,
        }
    }

    /// Cuts a random tree of `region` into pieces that reach `least` where they can and keep the cap and the rules of togetherness.
    pub fn cut(&mut self, instance: &Instance<'_>, region: &[u32], least: i64, random: &mut impl Rng) -> Vec<Vec<u32>> {
        let tree = self.tree(instance, region, random);
        let (mut pieces, mut weak) = close_from_leaves(instance, tree, least);
        weak.sort_by_key(|piece| -instance.volume_of(piece));
        self.mark(&pieces);
        for piece in weak {
            let host = self.host(instance, &pieces, &piece).unwrap_or(pieces.len());
            piece.iter().for_each(|&block| self.place[block as usize] = host as u32);
            match pieces.get_mut(host) {
                Some(taker) => taker.extend(piece),
                None => pieces.push(piece),
            }
        }
        region.iter().for_each(|&block| self.place[block as usize] = NOWHERE);
        pieces
    }

    /// Notes the piece of every block.
    fn mark(&mut self, pieces: &[Vec<u32>]) {
        for (index, piece) in pieces.iter().enumerate() {
            piece
                .iter()
                .for_each(|&block| self.place[block as usize] = index as u32);
        }
    }

    /// The lightest piece that touches `piece` and can take it.
    fn host(&self, instance: &Instance<'_>, pieces: &[Vec<u32>], piece: &[u32]) -> Option<usize> {
        let near = piece.iter().flat_map(|&block| &instance.neighbours[block as usize]);
        let places = near
            .map(|&block| self.place[block as usize])
            .filter(|&at| at != NOWHERE);
        let mut hosts: Vec<usize> = places.map(|at| at as usize).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let volume = instance.volume_of(piece);
        hosts
            .into_iter()
            .map(|host| (instance.volume_of(&pieces[host]), host))
            .filter(|&(held, host)| held <= instance.cap - volume && compatible(instance, &pieces[host], piece))
            .min()
            .map(|(_, host)| host)
    }
}

/// The blocks below a place of the tree, and the others.
pub fn halves(tree: Tree<'_>, edge: usize) -> [Vec<u32>; 2] {
    let mut below = vec![false; tree.order.len()];
    below[edge] = true;
    for at in edge + 1..tree.order.len() {
        below[at] = below.get(tree.parent[at] as usize).copied().unwrap_or(false);
    }
    [true, false].map(|wanted| {
        let side = tree.order.iter().zip(&below).filter(|(_, below)| **below == wanted);
        side.map(|(&block, _)| block).collect()
    })
}

/// Whether no block of one set clashes with one of the other.
pub fn compatible(instance: &Instance<'_>, a: &[u32], b: &[u32]) -> bool {
    let classes = &instance.classes;
    if classes.quiet() {
        return true;
    }
    let mut held = classes.none();
    a.iter().for_each(|&block| classes.join(&mut held, block as usize));
    !b.iter().any(|&block| classes.refuses(&held, block as usize))
}

/// Pieces that reach `least`, and pieces that do not.
fn close_from_leaves(instance: &Instance<'_>, tree: Tree<'_>, least: i64) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let count = tree.order.len();
    let mut held: Vec<i64> = tree
        .order
        .iter()
        .map(|&block| instance.volume[block as usize])
        .collect();
    let mut classes: Vec<Vec<u64>> = if instance.classes.quiet() {
        Vec::new()
    } else {
        classes_of(instance, tree)
    };
    let mut top = vec![false; count];
    for at in (0..count).rev() {
        let parent = tree.parent[at];
        top[at] = parent == NOWHERE || held[at] >= least;
        if !top[at] {
            let parent = parent as usize;
            let fits = held[parent] <= instance.cap - held[at]
                && (classes.is_empty() || !instance.classes.sets_clash(&classes[at], &classes[parent]));
            if fits {
                held[parent] += held[at];
                if !classes.is_empty() {
                    let from = std::mem::take(&mut classes[at]);
                    classes[parent].iter_mut().zip(&from).for_each(|(to, from)| *to |= from);
                }
            } else {
                top[at] = true;
            }
        }
    }
    gather(tree, &top, &held, least)
}

fn classes_of(instance: &Instance<'_>, tree: Tree<'_>) -> Vec<Vec<u64>> {
    let of = |&block: &u32| {
        let mut held = instance.classes.none();
        instance.classes.join(&mut held, block as usize);
        held
    };
    tree.order.iter().map(of).collect()
}

/// The pieces below each top, those that reach `least` first.
fn gather(tree: Tree<'_>, top: &[bool], held: &[i64], least: i64) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let mut pieces: Vec<Vec<u32>> = Vec::new();
    let mut weight: Vec<i64> = Vec::new();
    let mut piece_at = vec![0; top.len()];
    for at in 0..top.len() {
        if top[at] {
            piece_at[at] = pieces.len();
            pieces.push(Vec::new());
            weight.push(held[at]);
        } else {
            piece_at[at] = piece_at[tree.parent[at] as usize];
        }
        pieces[piece_at[at]].push(tree.order[at]);
    }
    let mut weak = Vec::new();
    let mut strong = Vec::new();
    for (piece, weight) in pieces.into_iter().zip(weight) {
        if weight >= least {
            strong.push(piece)
        } else {
            weak.push(piece)
        }
    }
    (strong, weak)
}
