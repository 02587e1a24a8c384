//! A certificate as it stands in the answer, and the one sentence that says it.

use serde::{Deserialize, Serialize};

use super::words;
use crate::domain::words::list;

/// The figures behind a bound on the number of lots, or on deal splits. Volumes are in thousandths of a person; a block of units that go together in
/// every plan goes by its first unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CertificateAnswer {
    /// What is viable alone, and what the rest has room for.
    Counting(CountingAnswer),
    /// A separator of the blocks that are viable alone.
    Components(SeparatorAnswer),
    /// A separator of the blocks that are viable with the dead ends behind them.
    DeadEnds(SeparatorAnswer),
    /// A separator that was searched for.
    Separator(SeparatorAnswer),
    /// Prices at which every viable set costs the least price or more.
    PackingPrices(PricesAnswer),
    /// The scenario asks for no more.
    AskedFor {
        /// The most lots that it asks for.
        lots: i64,
    },
    /// Deals that hold more than a lot takes.
    Deals(DealsAnswer),
}

/// `lots` = number of `alone` + ⌊`rest_volume` ÷ `least_volume`⌋.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountingAnswer {
    /// The most lots.
    pub lots: i64,
    /// Least volume of a lot.
    pub least_volume: i64,
    /// Blocks that reach it alone.
    pub alone: Vec<String>,
    /// Volume of all others.
    pub rest_volume: i64,
}

/// `lots` = number of `separator` + Σ `lots` of the parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeparatorAnswer {
    /// The most lots.
    pub lots: i64,
    /// Least volume of a lot.
    pub least_volume: i64,
    /// Blocks that are taken out.
    pub separator: Vec<String>,
    /// The connected parts that are left.
    pub parts: Vec<PartAnswer>,
}

/// A connected part of the map without the separator: `lots` = ⌊`volume` ÷ least volume⌋.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartAnswer {
    /// The most lots within it.
    pub lots: i64,
    /// Its volume.
    pub volume: i64,
    /// Its units.
    pub units: Vec<String>,
}

/// `lots` = ⌊`sum` ÷ `least`⌋.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricesAnswer {
    /// The most lots.
    pub lots: i64,
    /// Least volume of a lot.
    pub least_volume: i64,
    /// Sum of all prices.
    pub sum: i64,
    /// No viable set costs less.
    pub least: i64,
    /// Blocks with a price above zero.
    pub prices: Vec<PriceAnswer>,
}

/// The price of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceAnswer {
    /// Its first unit.
    pub unit: String,
    /// Its price, in whole numbers.
    pub price: i64,
}

/// `apart` = (Σ (`grains` − `least`) − (`sum` − `lots` × `least`)) × `grain`, or 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealsAnswer {
    /// The least volume outside the lots that hold most of their deal.
    pub apart: i64,
    /// The number of lots of plans for which that holds; for those of more it is no less.
    pub lots: i64,
    /// Least grains of a lot.
    pub least: i64,
    /// Grains of all units.
    pub sum: i64,
    /// No grain of the units of these deals has less volume.
    pub grain: i64,
    /// Deals of more grains than the least, of which no two share a unit.
    pub deals: Vec<DealPartAnswer>,
}

/// Blocks that lie within a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealPartAnswer {
    /// Its name.
    pub deal: String,
    /// What the blocks weigh.
    pub grains: i64,
    /// The blocks.
    pub units: Vec<String>,
}

/// The proof in one sentence, with every figure of the sum.
pub fn sentence(certificate: &CertificateAnswer) -> String {
    match certificate {
        CertificateAnswer::Counting(counting) => counted(counting),
        CertificateAnswer::Components(cut) => separated(cut, "viable alone"),
        CertificateAnswer::DeadEnds(cut) => separated(cut, "viable with the dead ends behind them"),
        CertificateAnswer::Separator(cut) => separated(cut, "chosen to part the map"),
        CertificateAnswer::PackingPrices(prices) => format!(
            "At the prices in the certificate no viable set costs less than {}, and all units together cost {}: {} at most.",
            words::number(prices.least as f64),
            words::number(prices.sum as f64),
            lots(prices.lots)
        ),
        CertificateAnswer::AskedFor { lots: most } => format!("The scenario asks for {} at most.", lots(*most)),
        CertificateAnswer::Deals(deals) => apart(deals),
    }
}

fn counted(counting: &CountingAnswer) -> String {
    let more = counting.lots - counting.alone.len() as i64;
    let (rest, each, most) = (
        people(counting.rest_volume),
        people(counting.least_volume),
        lots(counting.lots),
    );
    if counting.alone.is_empty() {
        return format!("No unit can be a lot alone, and {rest} make {most} of {each} or more: {most} at most.");
    }
    let alone = units(counting.alone.len());
    if counting.rest_volume == 0 {
        return format!("{alone} can be a lot alone, and nobody is left beside them: {most} at most.");
    }
    format!("{alone} can be a lot alone, and the {rest} of the rest make {more} more at {each} each: {most} at most.")
}

fn separated(cut: &SeparatorAnswer, what: &str) -> String {
    let inside: i64 = cut.parts.iter().map(|part| part.lots).sum();
    let parts = words::counted(
        cut.parts.len() as f64,
        "part that is left has",
        "parts that are left have",
    );
    let room = format!("the {parts} room for {inside} at {} each", people(cut.least_volume));
    if cut.separator.is_empty() {
        return format!("With nothing taken out, {room}: {} at most.", lots(cut.lots));
    }
    let named: Vec<&str> = cut.separator.iter().map(String::as_str).collect();
    format!(
        "Take out {} {what} ({}): {} at most hold one of them, and {room}: {} at most.",
        units(named.len()),
        list(&named, 3),
        lots(named.len() as i64),
        lots(cut.lots)
    )
}

fn apart(answer: &DealsAnswer) -> String {
    // Where volumes have no common grain, a grain is a thousandth of a person.
    let fine = answer.grain == 1;
    let amount = |grains: i64| match fine {
        true => people(grains),
        false => words::counted(grains as f64, "grain", "grains"),
    };
    let spare = answer.sum - answer.lots * answer.least;
    let over: i64 = answer.deals.iter().map(|deal| deal.grains - answer.least).sum();
    let outside = match fine {
        true => people(answer.apart),
        false => format!(
            "{} of {} or more, {} in all,",
            amount((over - spare).max(0)),
            people(answer.grain),
            people(answer.apart)
        ),
    };
    let named: Vec<&str> = answer.deals.iter().map(|deal| deal.deal.as_str()).collect();
    let (hold, each) = match named.len() {
        1 => ("holds", "a lot takes"),
        _ => ("hold", "one lot each takes"),
    };
    format!(
        "A lot takes {} or more, so {} have {} of {} to spare; {} {hold} {} more than {each}: at least {outside} lie outside the lot that holds most of their deal.",
        amount(answer.least),
        lots(answer.lots),
        words::number(if fine { spare as f64 / 1e3 } else { spare as f64 }),
        amount(answer.sum),
        list(&named, 3),
        amount(over),
    )
}

fn lots(count: i64) -> String {
    words::counted(count as f64, "lot", "lots")
}

fn units(count: usize) -> String {
    words::counted(count as f64, "unit", "units")
}

fn people(volume: i64) -> String {
    words::people(volume as f64 / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_of_the_sum_stands_in_the_sentence() {
        let cut = CertificateAnswer::Separator(SeparatorAnswer {
            lots: 6,
            least_volume: 10_000,
            separator: vec!["E1".into(), "E2".into()],
            parts: vec![PartAnswer {
                lots: 4,
                volume: 45_000,
                units: vec!["E3".into()],
            }],
        });
        let words = sentence(&cut);
        for figure in [
            "2 units",
            "E1 and E2",
            "2 lots",
            "1 part",
            "room for 4 at 10 people",
            "6 lots at most",
        ] {
            assert!(words.contains(figure), "{figure} is not in: {words}");
        }
    }

    #[test]
    fn deals_are_told_in_grains_or_in_people() {
        let deals = |grain, least, sum, grains| DealsAnswer {
            apart: 15_200_000,
            lots: 21,
            least,
            sum,
            grain,
            deals: vec![DealPartAnswer {
                deal: "Tees Valley".into(),
                grains,
                units: vec!["E1".into()],
            }],
        };
        assert_eq!(
            apart(&deals(100_000, 164, 3_498, 370)),
            "A lot takes 164 grains or more, so 21 lots have 54 of 3,498 grains to spare; Tees Valley holds 206 grains more than a lot takes: at least 152 grains of 100 people or more, 15,200 people in all, lie outside the \
             lot that holds most of their deal."
        );
        let words = apart(&deals(1, 16_400_000, 349_800_000, 37_000_000));
        assert!(
            words.starts_with("A lot takes 16,400 people or more, so 21 lots have 5,400 of 349,800 people to spare;"),
            "{words}"
        );
        assert!(
            words.ends_with(
                "more than a lot takes: at least 15,200 people lie outside the lot that holds most of their deal."
            ),
            "{words}"
        );
    }

    #[test]
    fn what_nobody_or_everybody_holds_is_said_in_words() {
        let counted = |alone: &[&str], rest_volume, lots| {
            sentence(&CertificateAnswer::Counting(CountingAnswer {
                lots,
                least_volume: 500_000,
                alone: alone.iter().map(|unit| (*unit).to_string()).collect(),
                rest_volume,
            }))
        };
        assert_eq!(
            counted(&[], 891_000, 1),
            "No unit can be a lot alone, and 891 people make 1 lot of 500 people or more: 1 lot at most."
        );
        assert_eq!(
            counted(&["E1", "E2"], 0, 2),
            "2 units can be a lot alone, and nobody is left beside them: 2 lots at most."
        );
        assert!(counted(&["E1"], 1_200_000, 3).contains("the 1,200 people of the rest make 2 more"));
    }

    #[test]
    fn the_kind_stands_first_in_json_and_is_read_again() -> serde_json::Result<()> {
        let asked = CertificateAnswer::AskedFor { lots: 3 };
        let text = serde_json::to_string(&asked)?;
        assert_eq!(text, r#"{"kind":"asked_for","lots":3}"#);
        assert_eq!(serde_json::from_str::<CertificateAnswer>(&text)?, asked);
        Ok(())
    }
}
