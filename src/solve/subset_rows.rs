//! Subset rows: of the pairs that lots make of an odd number of blocks, a plan has half of those blocks at most, rounded down.
//!
//! A relaxed program may cover three blocks by three halves of lots that hold two each; these rows (Jepsen, Petersen, Spoorendonk and Pisinger 2008) cut such points off, and those of five
//! or seven blocks that hang together likewise. With a row comes a fine, its dual value turned: a lot pays it for every two of the blocks that it holds, and the plan gets it back as often as
//! there are pairs among all of them.

use super::instance::Instance;
use std::collections::BTreeSet;

/// The most rows that are added at a time, and of these the most that name one block.
const ADDED: usize = 40;
const OF_A_BLOCK: usize = 2;
/// By how much pairs are too many, for a row to be worth adding.
const WORTH: f64 = 0.02;
/// Rows of three blocks whose pairs are fewer than allowed by more than this are not looked at for longer ones.
const HOPE: f64 = 0.4;
/// The most rows that are made longer, and the most blocks of a row.
const LENGTHENED: usize = 2_000;
const LONGEST: usize = 7;

/// An odd number of blocks, in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubsetRow(Vec<u32>);

impl SubsetRow {
    /// The row of these blocks; `None` if they are even in number or repeat.
    pub fn new(mut blocks: Vec<u32>) -> Option<Self> {
        blocks.sort_unstable();
        let odd = blocks.len() % 2 == 1 && blocks.windows(2).all(|pair| pair[0] < pair[1]);
        odd.then_some(Self(blocks))
    }

    /// Its blocks.
    pub fn blocks(&self) -> &[u32] {
        &self.0
    }

    /// Pairs that a lot of sorted blocks makes of them.
    pub fn pairs(&self, lot: &[u32]) -> i64 {
        let held = self.0.iter().filter(|block| lot.binary_search(block).is_ok());
        held.count() as i64 / 2
    }

    /// Pairs that the lots of a plan make at most.
    pub fn most(&self) -> i64 {
        self.0.len() as i64 / 2
    }
}

/// Prices of the blocks, and fines of subset rows, in units of travel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charges {
    /// The price of each block.
    pub price: Vec<i64>,
    /// The fine of each row, never below zero.
    pub fine: Vec<i64>,
}

impl Charges {
    /// What all lots of a plan pay and get back, whatever the plan: its travel less this is at least the sum of [`Charges::reduced`] over its lots.
    pub fn sum(&self, rows: &[SubsetRow]) -> i64 {
        let prices = self.price.iter().fold(0_i64, |sum, &price| sum.saturating_add(price));
        rows.iter()
            .zip(&self.fine)
            .fold(prices, |sum, (row, fine)| sum.saturating_sub(fine * row.most()))
    }

    /// Travel of a lot of sorted blocks, less the prices of its blocks, and the fines that it pays.
    pub fn reduced(&self, instance: &Instance<'_>, rows: &[SubsetRow], lot: &[u32]) -> i64 {
        let prices: i64 = lot.iter().map(|&block| self.price[block as usize]).sum();
        let fined = rows.iter().zip(&self.fine).filter(|(_, fine)| **fine > 0);
        let fines: i64 = fined.map(|(row, fine)| row.pairs(lot) * fine).sum();
        instance.travel(lot) - prices + fines
    }
}

/// Rows that a relaxed point, lots of sorted blocks with their weights, breaks most; none of `known`.
pub fn broken(blocks: usize, point: &[(&[u32], f64)], known: &[SubsetRow]) -> Vec<SubsetRow> {
    let point = Point::new(blocks, point);
    let known: BTreeSet<&SubsetRow> = known.iter().collect();
    let mut found = point.threes();
    by_excess(&mut found);
    // A row may be reached from several of three blocks.
    let mut longer = BTreeSet::new();
    for (_, row) in found.iter().take(LENGTHENED) {
        let mut row = row.0.clone();
        while row.len() < LONGEST {
            let Some(pair) = point.best_pair(&row) else { break };
            row.extend(pair);
            longer.extend(SubsetRow::new(row.clone()));
        }
    }
    found.extend(longer.into_iter().map(|row| (point.excess(&row), row)));
    found.retain(|(excess, row)| *excess > WORTH && !known.contains(row));
    by_excess(&mut found);
    spread(blocks, found.into_iter().map(|(_, row)| row))
}

/// Sorts rows, those that are broken most first.
fn by_excess(rows: &mut [(f64, SubsetRow)]) {
    rows.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.cmp(&two.1)));
}

/// A relaxed point, and which of its lots hold a block.
struct Point<'p> {
    lots: &'p [(&'p [u32], f64)],
    holders: Vec<Vec<usize>>,
}

impl<'p> Point<'p> {
    fn new(blocks: usize, lots: &'p [(&'p [u32], f64)]) -> Self {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); blocks];
        for (at, (lot, _)) in lots.iter().enumerate() {
            lot.iter().for_each(|&block| holders[block as usize].push(at));
        }
        Self { lots, holders }
    }

    /// All rows of three blocks of which one shares lots with both others, unless they are far from broken; with the pairs beyond what a plan has.
    fn threes(&self) -> Vec<(f64, SubsetRow)> {
        let mut met = BTreeSet::new();
        for (middle, holders) in self.holders.iter().enumerate() {
            let mates: BTreeSet<u32> = holders.iter().flat_map(|&at| self.lots[at].0).copied().collect();
            for (place, &one) in mates.iter().enumerate() {
                for &two in mates.iter().skip(place + 1) {
                    met.extend(SubsetRow::new(vec![middle as u32, one, two]));
                }
            }
        }
        let excess = met.into_iter().map(|row| (self.excess(&row), row));
        excess.filter(|(excess, _)| *excess > -HOPE).collect()
    }

    /// Pairs that lots make of the blocks of a row, with their weights, beyond what a plan has.
    fn excess(&self, row: &SubsetRow) -> f64 {
        let mut held: Vec<usize> = row
            .0
            .iter()
            .flat_map(|&block| &self.holders[block as usize])
            .copied()
            .collect();
        held.sort_unstable();
        let pairs = held
            .chunk_by(|one, two| one == two)
            .map(|same| self.lots[same[0]].1 * (same.len() / 2) as f64);
        pairs.sum::<f64>() - row.most() as f64
    }

    /// The two blocks that make the most pairs with those of a row, which may be unsorted.
    fn best_pair(&self, row: &[u32]) -> Option<[u32; 2]> {
        let near = row.iter().flat_map(|&block| &self.holders[block as usize]);
        let mut others: Vec<u32> = near.flat_map(|&at| self.lots[at].0).copied().collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|block| !row.contains(block));
        let size = others.len();
        let mut lots: Vec<usize> = row
            .iter()
            .chain(&others)
            .flat_map(|&block| &self.holders[block as usize])
            .copied()
            .collect();
        lots.sort_unstable();
        lots.dedup();
        // A block alone completes a pair in lots that hold an odd number; with another in the same lot there is always one pair more, not two or none.
        let (mut alone, mut both) = (vec![0.0; size], vec![0.0; size * size]);
        for at in lots {
            let (lot, weight) = self.lots[at];
            let (held, free): (Vec<u32>, Vec<u32>) = lot.iter().partition(|block| row.contains(block));
            let odd = held.len() % 2 == 1;
            let places: Vec<usize> = free
                .iter()
                .filter_map(|block| others.binary_search(block).ok())
                .collect();
            if odd {
                places.iter().for_each(|&one| alone[one] += weight);
            }
            let more = if odd { -weight } else { weight };
            for (place, &one) in places.iter().enumerate() {
                places[place + 1..]
                    .iter()
                    .for_each(|&two| both[one * size + two] += more);
            }
        }
        let mut best: Option<(f64, [u32; 2])> = None;
        for one in 0..size {
            for two in one + 1..size {
                let gain = alone[one] + alone[two] + both[one * size + two];
                if best.is_none_or(|best| gain > best.0 + 1e-9) {
                    best = Some((gain, [others[one], others[two]]));
                }
            }
        }
        best.map(|(_, pair)| pair)
    }
}

/// The first of `rows`, no block named too often.
fn spread(blocks: usize, rows: impl Iterator<Item = SubsetRow>) -> Vec<SubsetRow> {
    let mut named = vec![0; blocks];
    let mut fits = |row: &SubsetRow| {
        let few = row.0.iter().all(|&block| named[block as usize] < OF_A_BLOCK);
        row.0
            .iter()
            .filter(|_| few)
            .for_each(|&block| named[block as usize] += 1);
        few
    };
    rows.filter(|row| fits(row)).take(ADDED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(blocks: &[u32]) -> SubsetRow {
        SubsetRow(blocks.to_vec())
    }

    #[test]
    fn three_halves_of_pairs_break_the_row_of_their_blocks_and_whole_lots_break_none() {
        let halves: [(&[u32], f64); 4] = [(&[0, 1], 0.5), (&[1, 2], 0.5), (&[0, 2], 0.5), (&[3], 1.0)];
        assert_eq!(broken(4, &halves, &[]), [row(&[0, 1, 2])]);
        assert_eq!(broken(4, &halves, &[row(&[0, 1, 2])]), []);
        let whole: [(&[u32], f64); 2] = [(&[0, 1, 2], 1.0), (&[3], 1.0)];
        assert_eq!(broken(4, &whole, &[]), []);
    }

    #[test]
    fn a_ring_of_five_halves_breaks_the_row_of_all_five_and_none_of_three() {
        let ring: [(&[u32], f64); 5] = [
            (&[0, 1], 0.5),
            (&[1, 2], 0.5),
            (&[2, 3], 0.5),
            (&[3, 4], 0.5),
            (&[0, 4], 0.5),
        ];
        assert_eq!(broken(5, &ring, &[]), [row(&[0, 1, 2, 3, 4])]);
    }

    #[test]
    fn a_row_that_is_reached_in_many_ways_is_told_once() {
        // Thirds add up to sums that differ in the last digit by their order.
        let third = 1.0 / 3.0;
        let lots: Vec<Vec<u32>> = (0..5_u32)
            .flat_map(|one| (one + 1..5).map(move |two| vec![one, two]))
            .collect();
        let point: Vec<(&[u32], f64)> = lots.iter().map(|lot| (lot.as_slice(), third)).collect();
        let rows = broken(5, &point, &[]);
        let different: BTreeSet<&SubsetRow> = rows.iter().collect();
        assert_eq!(different.len(), rows.len());
        assert_eq!(rows.first(), Some(&row(&[0, 1, 2, 3, 4])));
    }

    #[test]
    fn the_pair_that_lengthens_a_row_is_the_best_of_all() {
        let lots: [(&[u32], f64); 6] = [
            (&[0, 1, 5], 0.4),
            (&[1, 2, 3], 0.3),
            (&[3, 4], 0.6),
            (&[0, 4, 6], 0.5),
            (&[2, 5, 6], 0.7),
            (&[0, 3, 6], 0.1),
        ];
        let point = Point::new(7, &lots);
        for three in [[0, 1, 2], [1, 3, 5], [2, 4, 6], [0, 3, 4]] {
            let excess = |pair: [u32; 2]| {
                let five = SubsetRow::new(three.into_iter().chain(pair).collect());
                five.map_or(f64::MIN, |five| point.excess(&five))
            };
            let found = point.best_pair(&three).map(excess);
            let pairs = (0..7).flat_map(|one| (0..one).map(move |two| [two, one]));
            let best = pairs.map(excess).fold(f64::MIN, f64::max);
            assert!(
                found.is_some_and(|found| (found - best).abs() < 1e-9),
                "{three:?}: {found:?}, not {best}"
            );
        }
    }

    #[test]
    fn rows_have_an_odd_number_of_different_blocks() {
        assert_eq!(SubsetRow::new(vec![2, 0, 1]), Some(row(&[0, 1, 2])));
        assert_eq!(
            [SubsetRow::new(vec![0, 1]), SubsetRow::new(vec![0, 1, 1])],
            [None, None]
        );
        assert_eq!(
            (row(&[0, 1, 2, 3, 4]).pairs(&[1, 2, 4, 7]), row(&[0, 1, 2, 3, 4]).most()),
            (1, 2)
        );
    }
}
