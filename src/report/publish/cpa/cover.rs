//! A Cover is the cheapest choice of sets that together hold every element: weighted set cover, solved exactly by branch and bound.

use std::collections::BTreeMap;

/// A set of small whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// The empty set, with room for numbers below `len`.
    pub fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    /// A set of numbers below `len`.
    pub fn of(len: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(len);
        for number in numbers {
            set.0[number / 64] |= 1 << (number % 64);
        }
        set
    }

    /// How many it holds.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Whether it holds a number.
    pub fn has(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    /// Its numbers, in order.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        let bits = |(k, &word): (usize, &u64)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(64 * k + bit)
            })
        };
        self.0.iter().enumerate().flat_map(bits)
    }

    /// What is in both.
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// What is in this one alone.
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & !b).collect())
    }

    /// Whether all of it is in the other.
    pub fn within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    fn clear(&mut self, numbers: &[usize]) {
        numbers
            .iter()
            .for_each(|number| self.0[number / 64] &= !(1 << (number % 64)));
    }
}

/// A set that may be chosen, and what that costs.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it holds, in order. It is a list, since most offers hold one element of very many.
    pub holds: Vec<usize>,
    /// Its price.
    pub cost: u64,
}

/// A choice of offers that together hold every element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Indices of the offers, in order.
    pub offers: Vec<usize>,
    /// What they cost together.
    pub cost: u64,
    /// Whether it is proved that nothing is cheaper.
    pub least: bool,
}

/// Branches after which a part of the search gives up and keeps the best that it has: a guard against data that nobody makes. The names of Great Britain need
/// some hundreds.
const MOST_BRANCHES: u32 = 200_000;

/// The cheapest choice of offers that hold all of `wanted` together; `None` where all of them together do not. Elements are below `len`, and offers hold nothing beyond
/// `wanted`.
///
/// Parts that no offer joins are solved apart. In each, an element of the fewest offers is branched on; a branch ends where the prices of what it still lacks, each
/// element at the least share of an offer's cost, cannot stay below the best choice so far: Σₑ min { c(S) ÷ |S| : e ∈ S } never exceeds what covers them.
pub fn cheapest(len: usize, wanted: &Bits, offers: &[Offer]) -> Option<Choice> {
    let kept = undominated(len, offers);
    let mut choice = Choice {
        least: true,
        ..Choice::default()
    };
    for (elements, within) in parts(len, wanted, offers, &kept) {
        if let ([_], [only]) = (elements.as_slice(), within.as_slice()) {
            choice.cost += offers[*only].cost;
            choice.offers.push(*only);
            continue;
        }
        let mut search = Search::new(len, &elements, offers, &within);
        search.branch(Bits::of(len, elements), &mut Vec::new(), 0);
        let (cost, found) = search.best?;
        choice.cost += cost;
        choice.offers.extend(found);
        choice.least &= search.branches < MOST_BRANCHES;
    }
    choice.offers.sort_unstable();
    Some(choice)
}

/// Offers that no other offer beats: one that holds as much and costs no more. Of equals the first stays.
fn undominated(len: usize, offers: &[Offer]) -> Vec<usize> {
    let wide = offers.iter().enumerate().filter(|(_, offer)| offer.holds.len() > 1);
    let wide: Vec<(usize, Bits)> = wide
        .map(|(k, offer)| (k, Bits::of(len, offer.holds.iter().copied())))
        .collect();
    let beaten = |b: usize| {
        let beats = |&(a, ref bits): &(usize, Bits)| {
            let (one, other) = (&offers[a], &offers[b]);
            let equal = one.cost == other.cost && one.holds == other.holds;
            a != b
                && one.cost <= other.cost
                && (!equal || a < b)
                && other.holds.iter().all(|&element| bits.has(element))
        };
        wide.iter().any(beats)
    };
    (0..offers.len()).filter(|&b| !beaten(b)).collect()
}

/// Splits what is wanted where no offer holds elements of both sides: elements with the offers that hold them.
fn parts(len: usize, wanted: &Bits, offers: &[Offer], kept: &[usize]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut root: Vec<usize> = (0..len).collect();
    for &k in kept {
        for pair in offers[k].holds.windows(2) {
            let (a, b) = (find(&mut root, pair[0]), find(&mut root, pair[1]));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for element in wanted.numbers() {
        parts.entry(find(&mut root, element)).or_default().0.push(element);
    }
    for &k in kept {
        let of = offers[k].holds.first().map(|&element| find(&mut root, element));
        if let Some(part) = of.and_then(|of| parts.get_mut(&of)) {
            part.1.push(k);
        }
    }
    parts.into_values().collect()
}

/// The least element that one is joined with; the way there is halved for those who ask next.
fn find(root: &mut [usize], mut element: usize) -> usize {
    while root[element] != element {
        root[element] = root[root[element]];
        element = root[element];
    }
    element
}

struct Search<'a> {
    offers: &'a [Offer],
    /// For every element, the offers that hold it, the cheapest for what they hold first.
    of: Vec<Vec<usize>>,
    /// The least share of an offer's cost that an element bears.
    price: Vec<f64>,
    best: Option<(u64, Vec<usize>)>,
    branches: u32,
}

impl<'a> Search<'a> {
    fn new(len: usize, part: &[usize], offers: &'a [Offer], within: &[usize]) -> Self {
        let mut search = Self {
            offers,
            of: vec![Vec::new(); len],
            price: vec![0.0; len],
            best: None,
            branches: 0,
        };
        let share = |k: usize| offers[k].cost as f64 / offers[k].holds.len() as f64;
        let mut cheapest_first = within.to_vec();
        cheapest_first.sort_by(|&a, &b| share(a).total_cmp(&share(b)).then(a.cmp(&b)));
        for k in cheapest_first {
            offers[k].holds.iter().for_each(|&element| search.of[element].push(k));
        }
        for &element in part {
            search.price[element] = search.of[element].first().map_or(f64::INFINITY, |&k| share(k));
        }
        search
    }

    fn branch(&mut self, left: Bits, chosen: &mut Vec<usize>, cost: u64) {
        if left.is_empty() {
            if self.best.as_ref().is_none_or(|best| cost < best.0) {
                self.best = Some((cost, chosen.clone()));
            }
            return;
        }
        self.branches += 1;
        if self.branches >= MOST_BRANCHES && self.best.is_some() {
            return;
        }
        // Costs are whole numbers, so a hundredth covers what rounding adds up to.
        let bound = cost as f64 + left.numbers().map(|element| self.price[element]).sum::<f64>() - 0.01;
        if self.best.as_ref().is_some_and(|best| bound > best.0 as f64 - 1.0) {
            return;
        }
        let Some(element) = left.numbers().min_by_key(|&element| self.of[element].len()) else {
            return;
        };
        for k in self.of[element].clone() {
            let mut rest = left.clone();
            rest.clear(&self.offers[k].holds);
            chosen.push(k);
            self.branch(rest, chosen, cost + self.offers[k].cost);
            chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(holds: &[usize], cost: u64) -> Offer {
        Offer {
            holds: holds.to_vec(),
            cost,
        }
    }

    #[test]
    fn what_the_cheapest_shares_suggest_is_not_taken_where_another_choice_is_cheaper() {
        let offers = [
            offer(&[0, 1, 2, 3], 10),
            offer(&[0, 1, 4], 7),
            offer(&[2, 3, 5], 7),
            offer(&[4], 6),
            offer(&[5], 6),
        ];
        let choice = cheapest(6, &Bits::of(6, 0..6), &offers).unwrap();
        assert_eq!((choice.offers, choice.cost, choice.least), (vec![1, 2], 14, true));
    }

    #[test]
    fn what_no_offer_holds_cannot_be_covered() {
        assert_eq!(cheapest(3, &Bits::of(3, 0..3), &[offer(&[0, 1], 1)]), None);
    }

    #[test]
    fn ten_thousand_elements_without_a_name_in_common_take_no_time_to_speak_of() {
        let offers: Vec<Offer> = (0..10_000).map(|k| offer(&[k], 3)).chain([offer(&[0, 1], 5)]).collect();
        let choice = cheapest(10_000, &Bits::of(10_000, 0..10_000), &offers).unwrap();
        assert_eq!((choice.cost, choice.offers.len()), (3 * 9_998 + 5, 9_999));
    }
}
