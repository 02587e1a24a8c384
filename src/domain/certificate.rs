//! A Certificate holds the figures behind a bound, so that anybody can do the sum again.

use super::{Goal, Measure, Volume};

/// Why no plan has more than so many lots, or cuts off fewer people from their deal. A block (units that every plan keeps together) goes by the id of its first unit.
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
    /// Deals that hold more than a lot takes, and lots that leave less to spare: what is over lies outside. In grains, of which a set of blocks has `least` or more just if it is
    /// viable (see [`super::Grains`]): (Σ (grains − `least`) − (`sum` − `lots` × `least`)) × `grain`.
    Deals {
        /// The number of lots of a plan, or fewer than it has.
        lots: i64,
        /// Least grains of a lot.
        least: i64,
        /// Grains of all blocks.
        sum: i64,
        /// Deals of more than the least, of which no two share a block.
        deals: Vec<DealPart>,
        /// No grain of their blocks has less volume.
        grain: Volume,
    },
}

/// Blocks that lie within a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealPart {
    /// Name of the deal.
    pub deal: String,
    /// The blocks.
    pub blocks: Vec<String>,
    /// What they weigh.
    pub grains: i64,
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
            Self::Deals { .. } => "deals",
        }
    }

    /// What it bounds.
    pub fn measure(&self) -> Measure {
        match self {
            Self::Counting { .. } | Self::Separator { .. } | Self::Prices { .. } | Self::AskedFor { .. } => {
                Measure::Lots
            }
            Self::Deals { .. } => Measure::Goal(Goal::DealSplits),
        }
    }

    /// The most lots, or the least of a goal, by its own figures, which may be wrong: [`crate::domain`] does no verifying. `None` where they make no sum.
    pub fn value(&self) -> Option<i64> {
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
            Self::Deals {
                lots,
                least,
                sum,
                deals,
                grain,
            } => outside(*lots, *least, *sum, deals)?.max(0).checked_mul(grain.0),
        }
    }
}

/// Grains that lie outside the lots that hold most of their deal: what is over, but for what lots have to spare.
fn outside(lots: i64, least: i64, sum: i64, deals: &[DealPart]) -> Option<i64> {
    let spare = sum.checked_sub(lots.checked_mul(least)?)?;
    let over = deals
        .iter()
        .try_fold(0_i64, |over, deal| over.checked_add(deal.grains.checked_sub(least)?));
    over?.checked_sub(spare)
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
        assert_eq!(counting(4, 11).value(), Some(4));
        assert_eq!(counting(0, 0).value(), Some(2));
        assert_eq!(counting(0, 5).value(), None);
        let prices = |least| Certificate::Prices {
            least_volume: Volume(1),
            prices: vec![],
            sum: 29,
            least,
        };
        assert_eq!((prices(10).value(), prices(0).value()), (Some(2), None));
        let deals = |lots, grains| Certificate::Deals {
            lots,
            least: 10,
            sum: 47,
            deals: vec![DealPart {
                deal: "d".into(),
                blocks: vec![],
                grains,
            }],
            grain: Volume(100),
        };
        assert_eq!((deals(4, 20).value(), deals(4, 12).value()), (Some(300), Some(0)));
        assert_eq!((deals(i64::MAX, 20).value(), deals(4, i64::MIN).value()), (None, None));
    }
}
