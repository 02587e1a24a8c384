//! A Look says what the colours of a map mean: lots, classes of a measure, or areas that move.

use super::classes::{breaks, class_of};
use crate::report::{Answer, LotAnswer, MapArea, MapData, words};

/// Fills from light to dark; a class of five is told from the next in grey too.
const RAMP: [&str; 5] = ["#D9E8F5", "#A3C9EA", "#6BACE6", "#2073BC", "#12436D"];
/// Fills below nought, from the furthest to the nearest.
const BELOW: [&str; 2] = ["#F46A25", "#FBC8A8"];
/// Ground of areas that do not move, and of areas without a figure.
pub const PALE: &str = "#F3F2F1";

/// What the colours of a map mean.
#[derive(Clone, Debug, Default)]
pub enum Look {
    /// The lot of each area.
    #[default]
    Lots,
    /// The class of a measure.
    Shaded(Shading),
    /// The areas that move between two plans, in the colours of their new lots.
    Moved(Moves),
}

/// The unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// People.
    People,
    /// People on a square kilometre.
    Density,
    /// Pounds.
    Pounds,
    /// Kilometres.
    Km,
    /// Parts of one, shown in per cent.
    Share,
}

impl Unit {
    /// The value in words.
    pub fn words(self, value: f64) -> String {
        match self {
            Self::People => words::number(value),
            Self::Density if value < 10.0 => words::plain(value),
            Self::Density => words::number(value),
            Self::Pounds => words::money(value),
            Self::Km => words::km(value),
            Self::Share => words::percent(value),
        }
    }
}

/// A figure of every area, or of every lot, with its name and unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What it is, such as `People claiming ESA (WRAG)`.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether the values are of lots, in the order of the answer; otherwise of areas, in the order of the map.
    pub by_lot: bool,
    /// Values; `None` where none is known.
    pub values: Vec<Option<f64>>,
}

/// Measures that every answer has, by their words: of areas, then of lots.
pub const MEASURES: [&str; 9] = [
    "people",
    "people-per-km2",
    "share",
    "lot-value",
    "lot-people",
    "lot-participants",
    "lot-margin",
    "lot-travel",
    "lot-deals",
];

/// The words of [`MEASURES`] that a plan has: where no money is let, none in pounds.
pub fn measures_of(answer: &Answer) -> Vec<&'static str> {
    let fits = |word: &&str| answer.lets_money() || !matches!(*word, "lot-value" | "lot-margin");
    MEASURES.into_iter().filter(fits).collect()
}

impl Measured {
    /// One of [`measures_of`] a plan; `None` for another word.
    pub fn of_word(word: &str, answer: &Answer, map: &MapData) -> Option<Self> {
        if !measures_of(answer).contains(&word) {
            return None;
        }
        let total = answer.totals.volume.max(f64::MIN_POSITIVE);
        let by_area = |title: &str, unit, value: &dyn Fn(&MapArea) -> f64| Self {
            title: title.to_owned(),
            unit,
            by_lot: false,
            values: map.areas.iter().map(|area| Some(value(area))).collect(),
        };
        let by_lot = |title: &str, unit, value: &dyn Fn(&LotAnswer) -> Option<f64>| Self {
            title: title.to_owned(),
            unit,
            by_lot: true,
            values: answer.lots.iter().map(value).collect(),
        };
        let in_deals = |lot: &LotAnswer| lot.deals.iter().map(|deal| deal.share_of_lot).sum::<f64>();
        Some(match word {
            "people" => by_area("People", Unit::People, &|area| area.volume),
            "people-per-km2" => by_area("People per square kilometre", Unit::Density, &density),
            "share" => by_area("Share of all people", Unit::Share, &|area| area.volume / total),
            "lot-value" => by_lot("Contract value", Unit::Pounds, &|lot| Some(lot.contract_value_gbp)),
            "lot-people" => by_lot("People", Unit::People, &|lot| Some(lot.volume)),
            "lot-participants" => by_lot("Participants", Unit::People, &|lot| Some(lot.participants)),
            "lot-margin" => by_lot("Contract value above the floor", Unit::Pounds, &|lot| {
                lot.floor_margin_gbp
            }),
            "lot-travel" => by_lot("Mean distance to the hub", Unit::Km, &|lot| Some(lot.mean_km_to_hub)),
            "lot-deals" => by_lot("Share of people in deals", Unit::Share, &|lot| {
                Some(in_deals(lot).min(1.0))
            }),
            _ => return None,
        })
    }

    /// Which thing has a figure: `area` or `lot`.
    pub fn of_what(&self) -> &'static str {
        if self.by_lot { "lot" } else { "area" }
    }
}

fn density(area: &MapArea) -> f64 {
    use ::geo::Area;
    area.volume / (area.shape.unsigned_area() / 1e6).max(f64::MIN_POSITIVE)
}

/// A class of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its fill.
    pub fill: &'static str,
    /// Its range in words.
    pub words: String,
    /// Areas or lots in it.
    pub count: usize,
}

/// A measure in classes.
#[derive(Clone, Debug)]
pub struct Shading {
    /// The measure.
    pub measured: Measured,
    /// Classes, the least first.
    pub classes: Vec<Class>,
    /// Class of each value; `None` where none is known.
    pub of: Vec<Option<usize>>,
}

impl Shading {
    /// Parts the values into at most five classes where they have gaps; nought is a break of its own where values lie on both sides of it.
    pub fn new(measured: Measured) -> Self {
        let known: Vec<f64> = measured.values.iter().flatten().copied().collect();
        let (below, above): (Vec<f64>, Vec<f64>) = known.iter().partition(|value| **value < 0.0);
        let edges = if below.is_empty() {
            breaks(&above, RAMP.len())
        } else {
            let under = breaks(&below, BELOW.len());
            let nought = (!above.is_empty()).then_some(0.0);
            under
                .into_iter()
                .chain(nought)
                .chain(breaks(&above, RAMP.len() - 2))
                .collect()
        };
        let of: Vec<Option<usize>> = measured
            .values
            .iter()
            .map(|value| Some(class_of((*value)?, &edges)))
            .collect();
        let unders = edges.iter().filter(|edge| **edge <= 0.0).count() * usize::from(!below.is_empty());
        let class = |k: usize| Class {
            fill: fill(k, unders, edges.len() + 1 - unders),
            words: range(measured.unit, k, &edges, &known),
            count: of.iter().filter(|class| **class == Some(k)).count(),
        };
        let classes = if known.is_empty() {
            Vec::new()
        } else {
            (0..=edges.len()).map(class).collect()
        };
        Self { measured, classes, of }
    }

    /// Colour of text on the fill of an area or lot.
    pub fn ink(&self, index: usize) -> &'static str {
        match self.fill(index) {
            Some("#12436D" | "#2073BC") => "#FFFFFF",
            _ => "#0B0C0C",
        }
    }

    /// Fill of an area or lot by its index; `None` where no figure is known.
    pub fn fill(&self, index: usize) -> Option<&'static str> {
        Some(self.classes.get((*self.of.get(index)?)?)?.fill)
    }
}

/// The fill of class `k` where the first `unders` classes lie below nought and `overs` above.
fn fill(k: usize, unders: usize, overs: usize) -> &'static str {
    if k < unders {
        return BELOW[(BELOW.len() - unders.min(BELOW.len()) + k).min(BELOW.len() - 1)];
    }
    // Few classes take fills far apart: the ends of the ramp are always among them.
    let last = RAMP.len() - 1;
    RAMP[((k - unders) * last).checked_div(overs - 1).unwrap_or(last / 2)]
}

/// The range of class `k`: from its break up to the next, the outer ones by the least and greatest figure.
fn range(unit: Unit, k: usize, edges: &[f64], known: &[f64]) -> String {
    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
    let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = k.checked_sub(1).map_or(least, |before| edges[before]);
    match edges.get(k) {
        Some(high) => format!("{} to under {}", unit.words(low), unit.words(*high)),
        None if low == most => unit.words(most),
        None => format!("{} to {}", unit.words(low), unit.words(most)),
    }
}

/// An area that is in another lot than before.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedArea {
    /// Index of the area in the map.
    pub area: usize,
    /// Label of its lot before; `None` where it was in none.
    pub from: Option<String>,
    /// Label of its lot now.
    pub to: Option<String>,
    /// People who move.
    pub volume: f64,
}

/// What moves between two plans.
#[derive(Clone, Debug)]
pub struct Moves {
    /// The plan before in a few words, such as the name of its file.
    pub before: String,
    /// The plan now in a few words.
    pub now: String,
    /// Areas that move, in the order of the map.
    pub areas: Vec<MovedArea>,
    /// Borders of lots before that run within a lot now.
    pub old_borders: ::geo::MultiLineString<f64>,
    /// Money that goes with the areas, in pounds; `None` where none is let.
    pub value_gbp: Option<f64>,
}

impl Moves {
    /// Whether an area moves.
    pub fn moves(&self, area: usize) -> bool {
        self.areas.iter().any(|moved| moved.area == area)
    }

    /// What moves, in a sentence without a stop.
    pub fn words(&self) -> String {
        if self.areas.is_empty() {
            return format!("No area moves between {} and {}", self.before, self.now);
        }
        let people: f64 = self.areas.iter().map(|moved| moved.volume).sum();
        let areas = words::counted(self.areas.len() as f64, "area", "areas");
        let verb = if self.areas.len() == 1 { "moves" } else { "move" };
        let worth = self.value_gbp.map(|gbp| format!(" ({})", words::money(gbp)));
        let worth = worth.unwrap_or_default();
        format!(
            "{areas} with {}{worth} {verb} between {} and {}",
            words::people(people),
            self.before,
            self.now
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn measured(values: &[f64]) -> Measured {
        Measured {
            title: "People".into(),
            unit: Unit::People,
            by_lot: false,
            values: values.iter().copied().map(Some).collect(),
        }
    }

    #[test]
    fn classes_hold_every_figure_and_say_their_range() {
        let mut people = measured(&[10.0, 12.0, 480.0, 510.0, 1_900.0]);
        people.values.push(None);
        let shading = Shading::new(people);
        assert_eq!(shading.classes.iter().map(|class| class.count).sum::<usize>(), 5);
        assert_eq!(shading.fill(5), None);
        assert_eq!(shading.fill(4), Some(RAMP[4]));
        let words = &shading.classes[0].words;
        assert!(words.starts_with("10 to under "), "{words}");
    }

    #[test]
    fn losses_have_colours_of_their_own() {
        let shading = Shading::new(measured(&[-30.0, -2.0, 4.0, 50.0]));
        assert!(BELOW.contains(&shading.fill(0).unwrap()) && BELOW.contains(&shading.fill(1).unwrap()));
        assert!(RAMP.contains(&shading.fill(2).unwrap()) && RAMP.contains(&shading.fill(3).unwrap()));
    }

    #[test]
    fn one_figure_makes_one_class_and_none_makes_none() {
        assert_eq!(Shading::new(measured(&[7.0, 7.0])).classes.len(), 1);
        assert!(Shading::new(measured(&[])).classes.is_empty());
    }

    #[test]
    fn every_word_has_its_measure() {
        let (answer, map) = sample::two_lots();
        for word in MEASURES {
            let measured = Measured::of_word(word, &answer, &map).unwrap();
            let count = if measured.by_lot {
                answer.lots.len()
            } else {
                map.areas.len()
            };
            assert_eq!(measured.values.len(), count, "{word}");
        }
        assert_eq!(Measured::of_word("rainfall", &answer, &map), None);
        let density = Measured::of_word("people-per-km2", &answer, &map).unwrap();
        assert!(density.values[0].is_some_and(|people| people > 0.0));
    }
}
