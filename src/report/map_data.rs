//! A MapData is a plan as shapes on the plane: British National Grid metres, y to the north.

use ::geo::{MultiLineString, MultiPolygon};

use super::{Answer, ReportError};

/// Everything that a map of a plan shows.
#[derive(Clone, Debug)]
pub struct MapData {
    /// Areas that take part, in code order.
    pub areas: Vec<MapArea>,
    /// Lots in the order of the answer's `lots`: outlines from the same arcs as the areas.
    pub lots: Vec<MapLot>,
    /// Pairs of lots (indices) with a common border, for colouring.
    pub lot_neighbours: Vec<(usize, usize)>,
    /// Lines between areas of different lots.
    pub lot_borders: MultiLineString<f64>,
    /// Deals that take part, in the order of the answer's `deals`.
    pub deals: Vec<MapDeal>,
    /// Land that does not take part (such as devolved areas), with a name for each.
    pub context: Vec<(String, MultiPolygon<f64>)>,
    /// Where boundaries and figures come from.
    pub sources: Vec<Source>,
}

/// An area on the map.
#[derive(Clone, Debug)]
pub struct MapArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People.
    pub volume: f64,
    /// Lots (indices) that hold it with their shares of it, the greatest first; empty where it is unassigned.
    pub lots: Vec<(usize, f64)>,
    /// Its shape.
    pub shape: MultiPolygon<f64>,
}

/// A lot on the map.
#[derive(Clone, Debug)]
pub struct MapLot {
    /// Its outline.
    pub shape: MultiPolygon<f64>,
}

/// A deal on the map.
#[derive(Clone, Debug)]
pub struct MapDeal {
    /// Its outline.
    pub shape: MultiPolygon<f64>,
}

/// Where boundaries or figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Who made it and when.
    pub source: String,
    /// The licence.
    pub licence: String,
    /// The words that the licence asks for.
    pub attribution: String,
    /// Whether it is that of the figures by which people are counted.
    pub figures: bool,
}

impl Source {
    /// What it is, who made it, and under which licence, as far as known: `Title: source (licence)`.
    pub fn words(&self) -> String {
        let part = |before: &str, text: &str, after: &str| match text {
            "" => String::new(),
            text => format!("{before}{text}{after}"),
        };
        let (source, licence) = (part(": ", &self.source, ""), part(" (", &self.licence, ")"));
        format!("{}{source}{licence}", self.title)
    }
}

impl MapData {
    /// Holds the map against the answer: as many lots and deals, and no area in a lot that is not there.
    ///
    /// # Errors
    /// [`ReportError::Empty`] without areas, [`ReportError::Mismatch`] where the two do not belong together.
    pub fn matches(&self, answer: &Answer) -> Result<(), ReportError> {
        let differ = |what: &str, drawn: usize, told: usize| {
            let words = format!("{drawn} {what} are drawn and {told} are in the answer");
            if drawn == told {
                Ok(())
            } else {
                Err(ReportError::Mismatch(words))
            }
        };
        differ("lots", self.lots.len(), answer.lots.len())?;
        differ("deals", self.deals.len(), answer.deals.len())?;
        let astray = |area: &&MapArea| area.lots.iter().any(|&(lot, _)| lot >= self.lots.len());
        if let Some(area) = self.areas.iter().find(astray) {
            return Err(ReportError::Mismatch(format!(
                "area {} is in a lot that is not there",
                area.code
            )));
        }
        if self.areas.is_empty() {
            Err(ReportError::Empty)
        } else {
            Ok(())
        }
    }

    /// Where the figures come from by which people are counted, as far as that is known.
    pub fn figures(&self) -> Option<&Source> {
        self.sources.iter().find(|source| source.figures)
    }

    /// The words that the licences ask for, each once and as a sentence, in one paragraph.
    pub fn attribution(&self) -> String {
        attribution(&self.sources)
    }
}

/// What licences ask to be said, each sentence once.
pub fn attribution(sources: &[Source]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for source in sources.iter().filter(|s| !s.attribution.is_empty()) {
        let sentence = source.attribution.trim_end_matches('.');
        if !words.iter().any(|known| known.contains(sentence)) {
            words.push(sentence);
        }
    }
    if words.is_empty() {
        String::new()
    } else {
        words.join(". ") + "."
    }
}
