//! A Certificate holds the figures behind a bound on the number of lots, so that anybody can do the sum again.

use super::Volume;

/// Why no plan has more than so many lots. A block (units that every plan keeps together) goes by the id of its first unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Blocks that are viable alone, and what the volume of the rest has room for: |alone| + ⌊rest ÷ least volume⌋.
    Counting {
        /// Least volume of a lot.
        least_volume: Volume,
        /// Blocks that reach the least volume alone.
        alone: Vec<String>,
        /// Volume of all others.
        rest: Volume,
    },
    /// A set S of blocks: |S| + Σ ⌊volume of a part ÷ least volume⌋ over the parts into which the map falls without S.
    Separator {
        /// How S was found.
        origin: Origin,
        /// Least volume of a lot.
        least_volume: Volume,
        /// The blocks of S.
        separator: Vec<String>,
        /// The connected parts without S.
        parts: Vec<CutPart>,
    },
    /// Prices of blocks at which every viable set costs `least` or more: ⌊sum ÷ least⌋.
    Prices {
        /// Least volume of a lot.
        least_volume: Volume,
        /// Blocks with a price above zero.
        prices: Vec<(String, i64)>,
        /// Sum of all prices.
        sum: i64,
        /// No viable set costs less.
        least: i64,
    },
    /// The scenario asks for no more.
    AskedFor {
        /// The most lots that it asks for.
        lots: i64,
    },
}

/// How the set S of a separator was found; the sum is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// S holds the blocks that are viable alone.
    Components,
    /// S holds the blocks that are viable with the dead ends behind them.
    DeadEnds,
    /// S was searched for.
    Search,
}

/// A connected part of the map without a separator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutPart {
    /// Ids of its units, in the order of units.
    pub units: Vec<String>,
    /// Their volume.
    pub volume: Volume,
    /// The most lots within it: ⌊volume ÷ least volume⌋.
    pub lots: i64,
}

impl Certificate {
    /// The word for it in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Counting { .. } => "counting",
            Self::Separator { origin, .. } => match origin {
                Origin::Components => "components",
                Origin::DeadEnds => "dead_ends",
                Origin::Search => "separator",
            },
            Self::Prices { .. } => "packing_prices",
            Self::AskedFor { .. } => "asked_for",
        }
    }

    /// The most lots by its own figures, which may be wrong: [`crate::domain`] does no verifying. `None` where they make no sum.
    pub fn lots(&self) -> Option<i64> {
        match self {
            Self::Counting {
                least_volume,
                alone,
                rest,
            } => (alone.len() as i64).checked_add(times(rest.0, least_volume.0)?),
            Self::Separator { separator, parts, .. } => parts
                .iter()
                .try_fold(separator.len() as i64, |sum, part| sum.checked_add(part.lots)),
            Self::Prices { sum, least, .. } => (*least > 0).then(|| sum / least),
            Self::AskedFor { lots } => Some(*lots),
        }
    }
}

/// How often `part` goes into `whole`; nothing goes into nothing no times.
fn times(whole: i64, part: i64) -> Option<i64> {
    match (whole, part) {
        (0, 0) => Some(0),
        (_, 1..) => Some(whole.div_euclid(part)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_each_kind_is_what_its_formula_says() {
        let counting = |least, rest| Certificate::Counting {
            least_volume: Volume(least),
            alone: vec!["a".into(), "b".into()],
            rest: Volume(rest),
        };
        assert_eq!(counting(4, 11).lots(), Some(4));
        assert_eq!(counting(0, 0).lots(), Some(2));
        assert_eq!(counting(0, 5).lots(), None);
        let prices = |least| Certificate::Prices {
            least_volume: Volume(1),
            prices: vec![],
            sum: 29,
            least,
        };
        assert_eq!((prices(10).lots(), prices(0).lots()), (Some(2), None));
    }
}
