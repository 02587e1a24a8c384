//! A Cover is the cheapest choice of sets that together hold every element: weighted set cover, solved exactly by branch and bound.

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

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}

/// A set that may be chosen, and what that costs.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it holds.
    pub holds: Bits,
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

/// The cheapest choice of offers that hold all of `wanted` together; `None` where all of them together do not. Offers hold nothing beyond `wanted`.
///
/// Parts that no offer joins are solved apart. In each, an element of the fewest offers is branched on; a branch ends where the prices of what it still lacks, each
/// element at the least share of an offer's cost, cannot stay below the best choice so far: Σₑ min { c(S) ÷ |S| : e ∈ S } never exceeds what covers them.
pub fn cheapest(wanted: &Bits, offers: &[Offer]) -> Option<Choice> {
    let kept = undominated(offers);
    let mut choice = Choice {
        least: true,
        ..Choice::default()
    };
    for part in parts(wanted, offers, &kept) {
        let mut search = Search::new(&part, offers, &kept);
        search.branch(part.clone(), &mut Vec::new(), 0);
        let (cost, found) = search.best?;
        choice.cost += cost;
        choice.offers.extend(found);
        choice.least &= search.branches < MOST_BRANCHES;
    }
    choice.offers.sort_unstable();
    Some(choice)
}

/// Offers that no other offer beats: one that holds as much and costs no more. Of equals the first stays.
fn undominated(offers: &[Offer]) -> Vec<usize> {
    let beats = |a: usize, b: usize| {
        let (one, other) = (&offers[a], &offers[b]);
        let equal = one.cost == other.cost && one.holds == other.holds;
        one.cost <= other.cost && other.holds.within(&one.holds) && (!equal || a < b)
    };
    let beaten = |b: usize| (0..offers.len()).any(|a| a != b && beats(a, b));
    (0..offers.len()).filter(|&b| !beaten(b)).collect()
}

/// Splits what is wanted where no offer holds elements of both sides.
fn parts(wanted: &Bits, offers: &[Offer], kept: &[usize]) -> Vec<Bits> {
    let mut left = wanted.clone();
    let mut parts = Vec::new();
    loop {
        let first = left.numbers().next();
        let Some(first) = first else { return parts };
        let mut part = Bits::of(64 * left.0.len(), [first]);
        loop {
            let before = part.len();
            for &k in kept {
                if offers[k].holds.meets(&part) {
                    part.add(&offers[k].holds);
                }
            }
            if part.len() == before {
                break;
            }
        }
        left = left.without(&part);
        parts.push(part);
    }
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
    fn new(part: &Bits, offers: &'a [Offer], kept: &[usize]) -> Self {
        let len = 64 * part.0.len();
        let mut search = Self {
            offers,
            of: vec![Vec::new(); len],
            price: vec![0.0; len],
            best: None,
            branches: 0,
        };
        let share = |k: usize| offers[k].cost as f64 / offers[k].holds.len() as f64;
        for element in part.numbers() {
            let mut holding: Vec<usize> = kept.iter().copied().filter(|&k| offers[k].holds.has(element)).collect();
            holding.sort_by(|&a, &b| share(a).total_cmp(&share(b)).then(a.cmp(&b)));
            search.price[element] = holding.first().map_or(f64::INFINITY, |&k| share(k));
            search.of[element] = holding;
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
            chosen.push(k);
            self.branch(left.without(&self.offers[k].holds), chosen, cost + self.offers[k].cost);
            chosen.pop();
        }
    }
}
