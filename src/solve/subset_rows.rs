//! Subset rows: of the lots that hold two or three of three blocks, a plan has one at most.
//!
//! A relaxed program may cover three blocks by three halves of lots that hold two each; these rows (Jepsen, Petersen, Spoorendonk and Pisinger 2008) cut such points off. With a row
//! comes a fine, its dual value turned: a lot that holds two or three of its blocks pays it, and the plan gets it back once.

use super::instance::Instance;
use std::collections::BTreeSet;

/// The most rows that are added at a time, and of these the most that name one block.
const ADDED: usize = 60;
const OF_A_BLOCK: usize = 4;
/// By how much the lots that hold two or three of three blocks are too many, for a row to be worth adding.
const WORTH: f64 = 0.02;

/// Three blocks, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubsetRow(pub [u32; 3]);

impl SubsetRow {
    /// Whether a lot of sorted blocks holds two of the three or more.
    pub fn counts(self, lot: &[u32]) -> bool {
        self.0.iter().filter(|block| lot.binary_search(block).is_ok()).count() > 1
    }
}

/// Prices of the blocks, and fines of subset rows, in units of travel.
#[derive(Clone, Debug, Default)]
pub struct Charges {
    /// The price of each block.
    pub price: Vec<i64>,
    /// The fine of each row, never below zero.
    pub fine: Vec<i64>,
}

impl Charges {
    /// What all lots of a plan pay and get back, whatever the plan: its travel less this is at least the sum of [`Charges::reduced`] over its lots.
    pub fn sum(&self) -> i64 {
        let prices = self.price.iter().fold(0_i64, |sum, &price| sum.saturating_add(price));
        self.fine.iter().fold(prices, |sum, &fine| sum.saturating_sub(fine))
    }

    /// Travel of a lot of sorted blocks, less the prices of its blocks, and the fines that it pays.
    pub fn reduced(&self, instance: &Instance<'_>, rows: &[SubsetRow], lot: &[u32]) -> i64 {
        let prices: i64 = lot.iter().map(|&block| self.price[block as usize]).sum();
        let paid = rows
            .iter()
            .zip(&self.fine)
            .filter(|(row, fine)| **fine > 0 && row.counts(lot));
        instance.travel(lot) - prices + paid.map(|(_, fine)| fine).sum::<i64>()
    }
}

/// For each block, the two other blocks of every row that names it and has a fine, with the fine.
#[derive(Clone, Debug)]
pub struct Fines(Vec<Vec<([usize; 2], i64)>>);

impl Fines {
    /// The fines of `rows` on a map of so many blocks.
    pub fn new(blocks: usize, rows: &[SubsetRow], fine: &[i64]) -> Self {
        let mut of_block = vec![Vec::new(); blocks];
        for (&SubsetRow(row), &fine) in rows.iter().zip(fine).filter(|(_, fine)| **fine > 0) {
            let [a, b, c] = row.map(|block| block as usize);
            of_block[a].push(([b, c], fine));
            of_block[b].push(([a, c], fine));
            of_block[c].push(([a, b], fine));
        }
        Self(of_block)
    }

    /// What a lot, told by whether it has a block, pays once `next` joins it.
    pub fn of_joining(&self, next: usize, has: impl Fn(usize) -> bool) -> i64 {
        let rows = self.0[next].iter();
        rows.filter(|([one, two], _)| has(*one) != has(*two))
            .map(|(_, fine)| fine)
            .sum()
    }
}

/// Rows that a relaxed point, lots of sorted blocks with their weights, breaks most; none of `known`.
pub fn broken(blocks: usize, point: &[(&[u32], f64)], known: &[SubsetRow]) -> Vec<SubsetRow> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); blocks];
    let mut mates: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); blocks];
    for (at, (lot, _)) in point.iter().enumerate() {
        for &block in *lot {
            holders[block as usize].push(at);
            mates[block as usize].extend(lot.iter().filter(|&&other| other != block));
        }
    }
    // Each lot counts once however it is met, and twice too often where it holds all three.
    let shared = |of: &[u32]| -> f64 {
        let all = holders[of[0] as usize].iter();
        let held = |at: &&usize| {
            of[1..]
                .iter()
                .all(|&block| holders[block as usize].binary_search(at).is_ok())
        };
        all.filter(held).map(|&at| point[at].1).sum()
    };
    let known: BTreeSet<SubsetRow> = known.iter().copied().collect();
    let mut met = BTreeSet::new();
    for (middle, near) in mates.iter().enumerate() {
        let middle = middle as u32;
        for (place, &one) in near.iter().enumerate() {
            for &two in near.iter().skip(place + 1) {
                let mut row = [middle, one, two];
                row.sort_unstable();
                met.insert(SubsetRow(row));
            }
        }
    }
    let excess = |SubsetRow([a, b, c]): SubsetRow| {
        shared(&[a, b]) + shared(&[a, c]) + shared(&[b, c]) - 2.0 * shared(&[a, b, c]) - 1.0
    };
    let fresh = met.into_iter().filter(|row| !known.contains(row));
    let mut found: Vec<(f64, SubsetRow)> = fresh
        .map(|row| (excess(row), row))
        .filter(|row| row.0 > WORTH)
        .collect();
    found.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
    spread(blocks, found.into_iter().map(|(_, row)| row))
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

    #[test]
    fn three_halves_of_pairs_break_the_row_of_their_blocks_and_whole_lots_break_none() {
        let halves: [(&[u32], f64); 4] = [(&[0, 1], 0.5), (&[1, 2], 0.5), (&[0, 2], 0.5), (&[3], 1.0)];
        assert_eq!(broken(4, &halves, &[]), [SubsetRow([0, 1, 2])]);
        assert_eq!(broken(4, &halves, &[SubsetRow([0, 1, 2])]), []);
        let whole: [(&[u32], f64); 2] = [(&[0, 1, 2], 1.0), (&[3], 1.0)];
        assert_eq!(broken(4, &whole, &[]), []);
    }

    #[test]
    fn blocks_that_join_a_lot_pay_each_fine_once_in_any_order() {
        let rows = [SubsetRow([0, 1, 2]), SubsetRow([1, 2, 3])];
        let fines = Fines::new(4, &rows, &[5, 7]);
        for order in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
            let mut lot: Vec<usize> = Vec::new();
            let mut paid = 0;
            for next in order {
                paid += fines.of_joining(next, |block| lot.contains(&block));
                lot.push(next);
                let mut sorted: Vec<u32> = lot.iter().map(|&block| block as u32).collect();
                sorted.sort_unstable();
                let due = rows.iter().zip([5, 7]).filter(|(row, _)| row.counts(&sorted));
                assert_eq!(paid, due.map(|(_, fine)| fine).sum::<i64>(), "{sorted:?}");
            }
        }
    }
}
