//! A Picture is an answer with its map and its colours: what every drawing of a plan starts from.

use std::borrow::Cow;

use ::geo::MultiPolygon;

use super::label::{Line, Wanted};
use super::layer::INK;
use super::look::{Look, PALE};
use super::type_size;
use crate::report::colour::{self, Colouring};
use crate::report::{Answer, MapArea, MapData, ReportError, words};

/// Beyond this many lots, labels stand inside their lots or not at all, and no list of lots stands beside the map.
pub const MANY_LOTS: usize = 40;

/// Beyond this many areas each would be a few pixels: a lot is drawn as a whole, and areas are not listed.
pub const MANY_AREAS: usize = 5_000;

/// What is drawn in one colour, and what is said of it.
pub struct Patch<'a> {
    /// Index of the area; `None` where it is a whole lot.
    pub area: Option<usize>,
    /// Its shape.
    pub shape: &'a MultiPolygon<f64>,
    /// Lots that hold it with their shares of it; empty where it is unassigned.
    pub lots: Cow<'a, [(usize, f64)]>,
    /// Its tooltip.
    pub words: String,
}

/// An answer with its map and its colours.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    /// The plan in numbers.
    pub answer: &'a Answer,
    /// The plan in shapes.
    pub map: &'a MapData,
    /// Colours of the lots.
    pub colouring: Colouring,
    /// What the colours mean.
    pub look: Look,
}

impl<'a> Picture<'a> {
    /// Colours the lots.
    ///
    /// # Errors
    /// As [`MapData::matches`].
    pub fn new(answer: &'a Answer, map: &'a MapData) -> Result<Self, ReportError> {
        map.matches(answer)?;
        Ok(Self {
            answer,
            map,
            colouring: colour::colouring(map.lots.len(), &map.lot_neighbours),
            look: Look::Lots,
        })
    }

    /// The same with another meaning of its colours.
    pub fn with_look(self, look: Look) -> Self {
        Self { look, ..self }
    }

    /// Fill of a lot.
    pub fn fill(&self, lot: usize) -> &'static str {
        colour::PALETTE[self.colouring.of[lot]]
    }

    /// Colour of text on the colour of a lot.
    pub fn ink(&self, lot: usize) -> &'static str {
        colour::ink(self.colouring.of[lot])
    }

    /// Colours of a lot's label and of the halo around it.
    pub fn label_paint(&self, lot: usize) -> (&'static str, &'static str) {
        match self.look {
            Look::Lots => (self.ink(lot), self.fill(lot)),
            Look::Shaded(_) | Look::Moved(_) => (INK, "#FFFFFF"),
        }
    }

    /// The figure that stands with a lot: its contract value (its people where no money is let), or the measure that the colours show; `None` where they show something else.
    pub fn lot_figure(&self, lot: usize) -> Option<String> {
        match &self.look {
            Look::Lots => Some(self.answer.worth_figure(&self.answer.lots[lot])),
            Look::Shaded(shading) if shading.measured.by_lot => {
                Some(shading.measured.unit.words((*shading.measured.values.get(lot)?)?))
            }
            Look::Shaded(_) | Look::Moved(_) => None,
        }
    }

    /// Fill of a lot in a list, and the colour of text on it.
    pub fn lot_swatch(&self, lot: usize) -> (&'static str, &'static str) {
        match &self.look {
            Look::Lots => (self.fill(lot), self.ink(lot)),
            Look::Shaded(shading) if shading.measured.by_lot => match shading.fill(lot) {
                Some(fill) => (fill, shading.ink(lot)),
                None => ("#FFFFFF", INK),
            },
            Look::Shaded(_) | Look::Moved(_) => ("#FFFFFF", INK),
        }
    }

    /// Fill of what is drawn; patterns have ids that begin with `id`.
    pub fn patch_fill(&self, patch: &Patch, id: &str) -> String {
        let area = patch.area.unwrap_or_default();
        match (&self.look, &*patch.lots) {
            (Look::Shaded(shading), lots) => {
                let of = if shading.measured.by_lot {
                    lots.first().map(|lot| lot.0)
                } else {
                    Some(area)
                };
                let fill = of.and_then(|of| shading.fill(of));
                fill.map_or_else(|| format!("url(#{id}none)"), str::to_owned)
            }
            (Look::Moved(moves), _) if !moves.moves(area) => PALE.to_owned(),
            (_, []) => format!("url(#{id}none)"),
            (_, [(lot, _)]) => self.fill(*lot).to_owned(),
            (_, [(a, _), (b, _), ..]) => format!("url(#{id}split{a}-{b})"),
        }
    }

    /// The lot in words: `lot 3, Name`, or its label alone where the label is a name.
    pub fn lot_words(&self, lot: usize) -> String {
        let lot = &self.answer.lots[lot];
        match (is_name(&lot.lot_id), lot.name.is_empty() || lot.name == lot.lot_id) {
            (true, _) => lot.lot_id.clone(),
            (false, true) => format!("lot {}", lot.lot_id),
            (false, false) => format!("lot {}, {}", lot.lot_id, lot.name),
        }
    }

    /// The area in words, as its tooltip says it: name, code, lot, people.
    pub fn area_words(&self, area: &MapArea) -> String {
        let lots: Vec<String> = match area.lots.as_slice() {
            [] => vec!["in no lot".into()],
            [(lot, _)] => vec![self.lot_words(*lot)],
            many => many
                .iter()
                .map(|&(lot, share)| format!("{} of it in {}", words::percent(share), self.lot_words(lot)))
                .collect(),
        };
        format!(
            "{}, {}: {}; {}",
            area.name,
            area.code,
            lots.join(", "),
            words::people(area.volume)
        )
    }

    /// The lot in a sentence for its tooltip.
    pub fn lot_sentence(&self, lot: usize) -> String {
        let told = &self.answer.lots[lot];
        let areas = words::counted(told.areas.len() as f64, "area", "areas");
        let worth = match self.answer.lets_money() {
            true => format!("{}, ", words::money(told.contract_value_gbp)),
            false => String::new(),
        };
        format!(
            "{}: {worth}{}, {areas}",
            capital(&self.lot_words(lot)),
            words::people(told.volume)
        )
    }

    /// The labels that lots want, for a picture of `scale` (1 for a page 760 pixels wide).
    pub fn lot_labels(&self) -> Vec<Wanted<'a>> {
        let beside = self.map.lots.len() <= MANY_LOTS;
        let forms = |lot: usize| label_forms(&self.answer.lots[lot].lot_id, self.lot_figure(lot).as_deref());
        (0..self.map.lots.len())
            .map(|lot| Wanted {
                shape: &self.map.lots[lot].shape,
                forms: forms(lot),
                beside,
            })
            .collect()
    }

    /// Whether areas are too many to be drawn and listed one by one; where the colours are those of areas, they are drawn all the same.
    pub fn many_areas(&self) -> bool {
        let by_area = match &self.look {
            Look::Lots => false,
            Look::Shaded(shading) => !shading.measured.by_lot,
            Look::Moved(_) => true,
        };
        self.map.areas.len() > MANY_AREAS && !by_area
    }

    /// What is drawn, from the ground up: areas; where they are too many, lots and those areas that are not in one lot.
    pub fn patches(&self) -> Vec<Patch<'a>> {
        let areas = self.map.areas.iter().enumerate();
        if !self.many_areas() {
            return areas.map(|(k, area)| self.area_patch(k, area)).collect();
        }
        let lots = self.map.lots.iter().enumerate().map(|(lot, drawn)| Patch {
            area: None,
            shape: &drawn.shape,
            lots: Cow::Owned(vec![(lot, 1.0)]),
            words: self.lot_sentence(lot),
        });
        let apart = areas.filter(|(_, area)| area.lots.len() != 1);
        lots.chain(apart.map(|(k, area)| self.area_patch(k, area))).collect()
    }

    fn area_patch(&self, k: usize, area: &'a MapArea) -> Patch<'a> {
        Patch {
            area: Some(k),
            shape: &area.shape,
            lots: Cow::Borrowed(&area.lots),
            words: self.area_words(area),
        }
    }

    /// Areas that are in no lot.
    pub fn unassigned(&self) -> impl Iterator<Item = &'a MapArea> {
        self.map.areas.iter().filter(|area| area.lots.is_empty())
    }
}

/// Whether a label of a lot is a name rather than a number or a short code.
pub fn is_name(lot_id: &str) -> bool {
    lot_id.chars().count() > 4
}

/// A letter for a deal: A to Z, then A1, B1 and so on.
pub fn deal_letter(deal: usize) -> String {
    let letter = char::from(b'A' + (deal % 26) as u8);
    if deal < 26 {
        letter.to_string()
    } else {
        format!("{letter}{}", deal / 26)
    }
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Forms of a lot's label, the fullest first: label and value in several sizes, then the label alone. A name is broken into more lines before it
/// is left without its value, and a name that begins with a code, such as `2b South and West Yorkshire`, is left with its code at last.
fn label_forms(lot_id: &str, value: Option<&str>) -> Vec<Vec<Line>> {
    let with_value = |size: f64, value_size: f64| {
        let value = value?;
        Some(label_and_value(label_lines(lot_id, size, 8.0), value, value_size))
    };
    let alone = |size: f64, ems: f64| Some(label_lines(lot_id, size, ems));
    if !is_name(lot_id) {
        let forms = [
            with_value(19.0, 13.0),
            with_value(15.0, 11.0),
            alone(15.0, 8.0),
            alone(12.0, 8.0),
            alone(10.5, 8.0),
        ];
        return forms.into_iter().flatten().collect();
    }
    let narrow_with_value = value.map(|value| label_and_value(label_lines(lot_id, 12.0, 5.0), value, 11.0));
    let mut forms = vec![
        with_value(17.0, 14.0),
        with_value(14.0, 12.0),
        with_value(12.0, 11.0),
        narrow_with_value,
        alone(12.0, 8.0),
        alone(12.0, 5.0),
        alone(10.5, 5.0),
    ];
    if let Some(code) = leading_code(lot_id) {
        let code = |size: f64| label_lines(code, size, 8.0);
        forms.push(value.map(|value| label_and_value(code(15.0), value, 11.0)));
        forms.extend([15.0, 12.0, 10.5].map(|size| Some(code(size))));
    }
    forms.into_iter().flatten().collect()
}

/// The label in bold, broken into lines of at most `ems` times its size.
pub fn label_lines(text: &str, size: f64, ems: f64) -> Vec<Line> {
    let texts = type_size::wrap(text, size, true, size * ems).into_iter();
    texts.map(|text| Line { text, size, bold: true }).collect()
}

fn label_and_value(mut lines: Vec<Line>, value: &str, size: f64) -> Vec<Line> {
    lines.push(Line {
        text: value.to_owned(),
        size,
        bold: false,
    });
    lines
}

/// The code with which a name begins: a first word of at most four characters with a digit, such as `2b`.
pub fn leading_code(name: &str) -> Option<&str> {
    let (first, _) = name.split_once(' ')?;
    (!is_name(first) && first.contains(|c: char| c.is_ascii_digit())).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn an_area_is_told_by_name_code_lot_and_people() {
        let (answer, mut map) = sample::two_lots();
        map.areas[1].lots = vec![(1, 0.6), (0, 0.4)];
        map.areas[2].lots.clear();
        let picture = Picture::new(&answer, &map).unwrap();
        assert_eq!(
            picture.area_words(&map.areas[0]),
            "Westby, E01: lot 1, Westby and Midby; 250 people"
        );
        let split =
            "Midby, E02: 60.0 % of it in lot 2, Midton and Easton, 40.0 % of it in lot 1, Westby and Midby; 250 people";
        assert_eq!(picture.area_words(&map.areas[1]), split);
        assert_eq!(picture.area_words(&map.areas[2]), "Midton, E03: in no lot; 250 people");
        assert_eq!(
            picture.lot_sentence(0),
            "Lot 1, Westby and Midby: £50.0m, 500 people, 2 areas"
        );
    }

    #[test]
    fn a_name_that_begins_with_a_code_may_be_labelled_by_its_code() {
        assert_eq!(leading_code("2b South and West Yorkshire"), Some("2b"));
        assert_eq!(leading_code("North East"), None);
        let shortest = |name: &str| label_forms(name, Some("£1.0m")).last().unwrap()[0].text.clone();
        assert_eq!(shortest("2b South and West Yorkshire"), "2b");
        assert_eq!(shortest("Home Counties"), "Home");
        assert_eq!(shortest("7"), "7");
    }

    #[test]
    fn deals_have_letters_and_never_run_out() {
        assert_eq!([0, 25, 26, 53].map(deal_letter), ["A", "Z", "A1", "B2"]);
    }
}
