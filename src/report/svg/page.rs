//! The page around the map: title above, panel beside, inset of London, sources below.

use ::geo::{BooleanOps, MultiPolygon, Rect};
use maud::{Markup, html};

use super::frame::{self, Frame};
use super::label::{self, Line, Placed, Wanted};
use super::layer::{self, INK, Style, tenth};
use super::panel::{self, Column};
use super::picture::{MANY_LOTS, Picture};
use super::type_size;
use crate::report::{Answer, MapData, ReportError, headline, words};

/// What `map.svg` is to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapOptions {
    /// Whether deals lie over the lots.
    pub deals: bool,
    /// Whether London stands enlarged beside the map where it takes part.
    pub inset: bool,
    /// Width of the page in pixels, 900 or more.
    pub width: f64,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self {
            deals: true,
            inset: true,
            width: 1200.0,
        }
    }
}

const MARGIN: f64 = 32.0;
const PANEL: f64 = 350.0;
const MAP_HEIGHT: f64 = 940.0;
const GREY: &str = "#505A5F";
const MAIN: Style = Style {
    id: "m-",
    interactive: false,
};
const INSET: Style = Style {
    id: "i-",
    interactive: false,
};

/// The plan as a picture in SVG.
///
/// # Errors
/// [`ReportError::Empty`] without areas, [`ReportError::Mismatch`] where answer and map do not belong together.
pub fn map(answer: &Answer, map: &MapData, options: &MapOptions) -> Result<String, ReportError> {
    let mut map = map.clone();
    let mut answer = answer.clone();
    if !options.deals {
        map.deals.clear();
        answer.deals.clear();
    }
    let picture = Picture::new(&answer, &map)?;
    let page = Page::new(&picture, options)?;
    Ok(without_controls(&page.markup().into_string()))
}

/// Text without the control characters that XML forbids.
fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Everything on the page with its place.
struct Page<'a> {
    picture: &'a Picture<'a>,
    width: f64,
    title: Vec<String>,
    top: f64,
    frame: Frame,
    placed: Placed,
    inset: Option<Inset>,
}

struct Inset {
    frame: Frame,
    placed: Placed,
}

impl<'a> Page<'a> {
    fn new(picture: &'a Picture<'a>, options: &MapOptions) -> Result<Self, ReportError> {
        let width = options.width.max(900.0);
        let title = type_size::wrap(&headline::title(picture.answer), 28.0, true, width - 2.0 * MARGIN);
        let top = MARGIN + title.len() as f64 * 34.0 + 36.0;
        let room = (width - PANEL - 3.0 * MARGIN, MAP_HEIGHT);
        let window = frame::window(picture.map.areas.iter().map(|a| &a.shape), 0.015).ok_or(ReportError::Empty)?;
        let frame = Frame::new(window, (MARGIN, top), room);
        let london = crowded(picture).filter(|_| options.inset);
        let inset = london.map(|window| Inset::new(picture, window, (width - MARGIN - PANEL, top)));
        let placed = label::place(&frame, &main_labels(picture, inset.as_ref()));
        Ok(Self {
            picture,
            width,
            title,
            top,
            frame,
            placed,
            inset,
        })
    }

    fn markup(&self) -> Markup {
        let (panel, panel_end) = self.panel();
        let map_end = self.top + self.frame.size().1;
        let (sources, end) = self.sources(map_end.max(panel_end) + 28.0);
        let size = format!("0 0 {} {}", tenth(self.width), tenth(end));
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(size) width=(tenth(self.width)) height=(tenth(end)) role="img"
                aria-labelledby="map-title map-words" font-family="Arial, Helvetica, sans-serif" {
                title id="map-title" { (headline::title(self.picture.answer)) }
                desc id="map-words" { (description(self.picture)) }
                rect width="100%" height="100%" fill="#FFFFFF" {}
                (self.heading())
                (self.map())
                (panel)
                (sources)
            }
        }
    }

    fn heading(&self) -> Markup {
        let answer = self.picture.answer;
        let coverage = headline::coverage(answer, self.picture.map.areas.len());
        html! {
            @for (k, line) in self.title.iter().enumerate() {
                text x=(tenth(MARGIN)) y=(tenth(MARGIN + 24.0 + k as f64 * 34.0)) font-size="28" font-weight="bold" fill=(INK) { (line) }
            }
            text x=(tenth(MARGIN)) y=(tenth(self.top - 22.0)) font-size="16" fill=(GREY) {
                "Contract value of each lot by its share of people. " (coverage) ". " (headline::quality(answer)) "."
            }
        }
    }

    fn map(&self) -> Markup {
        let clip = "m-clip";
        html! {
            (clip_path(clip, &self.frame))
            g clip-path={ "url(#" (clip) ")" } {
                g transform=(self.frame.transform()) { (ground(self.picture, &self.frame, MAIN)) }
                (context_names(self.picture, &self.frame, &self.placed))
                @if let Some(inset) = &self.inset { (outline_of(&self.frame, inset.frame.window())) }
                (layer::labels(self.picture, &self.placed, false))
                (layer::deal_letters(self.picture, &self.frame, &self.placed.taken))
            }
            @if let Some(inset) = &self.inset { (inset.markup(self.picture)) }
        }
    }

    fn panel(&self) -> (Markup, f64) {
        let below_inset = self
            .inset
            .as_ref()
            .map(|inset| inset.frame.origin().1 + inset.frame.size().1 + 8.0);
        let mut column = Column {
            x: self.width - MARGIN - PANEL,
            width: PANEL,
            y: below_inset.unwrap_or(self.top - 18.0),
        };
        let hidden = self.placed.left_off.len();
        let markup = html! {
            (panel::lots(self.picture, &mut column))
            (panel::deals(self.picture, &mut column))
            (key_hatching())
            (panel::key(self.picture, &mut column, &self.frame, MAIN, hidden))
        };
        (markup, column.y)
    }

    fn sources(&self, top: f64) -> (Markup, f64) {
        let answer = self.picture.answer;
        let named = self
            .picture
            .map
            .sources
            .iter()
            .map(|s| format!("{}: {} ({}).", s.title, s.source, s.licence));
        let mut text: Vec<String> = named.collect();
        text.push(self.picture.map.attribution());
        text.push(format!(
            "Drawn by lotwright {} from scenario {}.",
            answer.version, answer.scenario.name
        ));
        let lines = type_size::wrap(&text.join(" "), 12.0, false, self.width - 2.0 * MARGIN);
        let end = top + lines.len() as f64 * 16.0 + MARGIN / 2.0;
        let markup = html! {
            path d={ "M" (tenth(MARGIN)) " " (tenth(top - 18.0)) "H" (tenth(self.width - MARGIN)) } stroke="#B1B4B6" {}
            @for (k, line) in lines.iter().enumerate() {
                text x=(tenth(MARGIN)) y=(tenth(top + k as f64 * 16.0)) font-size="12" fill=(GREY) { (line) }
            }
        };
        (markup, end)
    }
}

impl Inset {
    fn new(picture: &Picture, window: Rect<f64>, origin: (f64, f64)) -> Self {
        let frame = Frame::new(window, (origin.0, origin.1 + 22.0), (PANEL, 280.0));
        let within = MultiPolygon(vec![window.to_polygon()]);
        let shapes: Vec<MultiPolygon<f64>> = picture
            .map
            .lots
            .iter()
            .map(|lot| lot.shape.intersection(&within))
            .collect();
        let wanted: Vec<Wanted> = picture
            .lot_labels()
            .into_iter()
            .zip(&shapes)
            .map(|(want, shape)| Wanted { shape, ..want })
            .collect();
        let placed = label::place(&frame, &wanted);
        Self { frame, placed }
    }

    /// Whether the inset shows the label of a lot.
    fn labels(&self, lot: usize) -> bool {
        self.placed.labels.iter().any(|label| label.of == lot)
    }

    fn markup(&self, picture: &Picture) -> Markup {
        let ((x, y), (width, height)) = (self.frame.origin(), self.frame.size());
        html! {
            text x=(tenth(x)) y=(tenth(y - 7.0)) font-size="15" font-weight="bold" fill=(INK) { "London, enlarged" }
            (clip_path("i-clip", &self.frame))
            g clip-path="url(#i-clip)" {
                g transform=(self.frame.transform()) { (ground(picture, &self.frame, INSET)) }
                (layer::labels(picture, &self.placed, false))
                (layer::deal_letters(picture, &self.frame, &self.placed.taken))
            }
            rect x=(tenth(x)) y=(tenth(y)) width=(tenth(width)) height=(tenth(height)) fill="none" stroke=(INK) {}
        }
    }
}

fn ground(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    html! {
        (layer::patterns(picture, frame, style))
        (layer::context(picture, frame))
        (layer::areas(picture, frame, style))
        (layer::lot_outlines(picture, frame, style))
        (layer::deals(picture, frame, style))
    }
}

fn clip_path(id: &str, frame: &Frame) -> Markup {
    let ((x, y), (width, height)) = (frame.origin(), frame.size());
    html! { clipPath id=(id) { rect x=(tenth(x)) y=(tenth(y)) width=(tenth(width)) height=(tenth(height)) {} } }
}

/// Hatching of areas in no lot at the size of the key.
fn key_hatching() -> Markup {
    html! {
        defs {
            pattern id="m-key" patternUnits="userSpaceOnUse" width="8" height="8" patternTransform="rotate(45)" {
                rect width="8" height="8" fill="#FFFFFF" {}
                rect width="1.6" height="8" fill=(INK) {}
            }
        }
    }
}

fn outline_of(frame: &Frame, window: Rect<f64>) -> Markup {
    let (left, top) = frame.on_page((window.min().x, window.max().y).into());
    let (right, bottom) = frame.on_page((window.max().x, window.min().y).into());
    html! { rect x=(tenth(left)) y=(tenth(top)) width=(tenth(right - left)) height=(tenth(bottom - top)) fill="none" stroke=(INK) {} }
}

/// The window around London where two or more of its boroughs (codes `E09…`) take part beside others.
fn crowded(picture: &Picture) -> Option<Rect<f64>> {
    let boroughs: Vec<&MultiPolygon<f64>> = picture
        .map
        .areas
        .iter()
        .filter(|area| area.code.starts_with("E09"))
        .map(|area| &area.shape)
        .collect();
    let few = boroughs.len() < 2 || boroughs.len() == picture.map.areas.len();
    if few {
        None
    } else {
        frame::window(boroughs.into_iter(), 0.04)
    }
}

/// Labels of the main map: a lot that the inset labels and that lies within its window gets none here.
fn main_labels<'a>(picture: &Picture<'a>, inset: Option<&Inset>) -> Vec<Wanted<'a>> {
    let mut wanted = picture.lot_labels();
    if let Some(inset) = inset {
        let window = inset.frame.window();
        for (lot, want) in wanted.iter_mut().enumerate() {
            let pole = label::pole(want.shape);
            let inside = pole.is_some_and(|p| {
                p.x > window.min().x && p.x < window.max().x && p.y > window.min().y && p.y < window.max().y
            });
            want.beside &= !(inside && inset.labels(lot));
        }
    }
    wanted
}

/// Names of land that takes no part, where they fit without touching a label.
fn context_names(picture: &Picture, frame: &Frame, placed: &Placed) -> Markup {
    let forms = |name: &str| -> Vec<Vec<Line>> {
        let lines = |size: f64| -> Vec<Line> {
            let texts = type_size::wrap(name, size, false, size * 7.0);
            texts
                .into_iter()
                .map(|text| Line {
                    text,
                    size,
                    bold: false,
                })
                .collect()
        };
        vec![lines(13.0), lines(11.0), lines(10.0)]
    };
    let shapes = &picture.map.context;
    let wanted: Vec<Wanted> = shapes
        .iter()
        .map(|(name, shape)| Wanted {
            shape,
            forms: forms(name),
            beside: true,
        })
        .collect();
    let found = label::place_around(frame, &wanted, placed.clone());
    html! {
        g text-anchor="middle" fill=(INK) stroke="#FFFFFF" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke" {
            @for label in &found { (layer::leader(label)) (layer::lines(label)) }
        }
    }
}

/// The map in words, for those who cannot see it.
fn description(picture: &Picture) -> String {
    let answer = picture.answer;
    let coverage = headline::coverage(answer, picture.map.areas.len());
    let mut sentences = vec![format!("{coverage}. {}.", headline::quality(answer))];
    if answer.lots.len() <= MANY_LOTS {
        sentences.extend((0..answer.lots.len()).map(|lot| format!("{}.", picture.lot_sentence(lot))));
    }
    sentences.extend(
        answer
            .deals
            .iter()
            .map(|deal| format!("{}.", deal.words.trim_end_matches('.'))),
    );
    let outside: Vec<&str> = picture.map.context.iter().map(|(name, _)| name.as_str()).collect();
    if !outside.is_empty() {
        sentences.push(format!("Taking no part: {}.", words::list(&outside)));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn drawn() -> String {
        let (answer, data) = sample::two_lots();
        map(&answer, &data, &MapOptions::default()).unwrap()
    }

    #[test]
    fn a_tiny_map_keeps_its_structure() {
        insta::assert_snapshot!(drawn().replace("><", ">\n<"));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(drawn(), drawn());
    }

    #[test]
    fn hostile_names_are_escaped_and_control_characters_dropped() {
        let (mut answer, mut data) = sample::two_lots();
        answer.scenario.title = "</title><script>alert(1)</script>\u{0}".into();
        answer.lots[0].lot_id = "<b>\"&".into();
        data.areas[0].name = "</path><script>".into();
        data.context[0].0 = "<img src=x>".into();
        let text = map(&answer, &data, &MapOptions::default()).unwrap();
        assert!(
            !text.contains("<script") && !text.contains("<img") && !text.contains("<b>") && !text.contains('\u{0}')
        );
        assert!(text.contains("&lt;script&gt;"));
    }

    #[test]
    fn unassigned_and_split_areas_have_their_own_hatching_and_key() {
        let (answer, mut data) = sample::two_lots();
        data.areas[0].lots.clear();
        data.areas[1].lots = vec![(0, 0.5), (1, 0.5)];
        let text = map(&answer, &data, &MapOptions::default()).unwrap();
        assert!(text.contains("url(#m-none)") && text.contains("1 area in no lot"));
        assert!(text.contains("url(#m-split0-1)") && text.contains("shared by two lots"));
    }

    #[test]
    fn london_stands_enlarged_only_where_it_takes_part_with_others() {
        let (answer, mut data) = sample::two_lots();
        data.areas[2].code = "E09000001".into();
        data.areas[3].code = "E09000002".into();
        assert!(
            map(&answer, &data, &MapOptions::default())
                .unwrap()
                .contains("London, enlarged")
        );
        let plain = MapOptions {
            inset: false,
            ..MapOptions::default()
        };
        assert!(!map(&answer, &data, &plain).unwrap().contains("London, enlarged"));
        assert!(!drawn().contains("London, enlarged"));
    }

    #[test]
    fn deals_can_be_left_off() {
        let (answer, data) = sample::two_lots();
        let text = map(
            &answer,
            &data,
            &MapOptions {
                deals: false,
                ..MapOptions::default()
            },
        )
        .unwrap();
        assert!(drawn().contains("Midshire (co-design)") && !text.contains("Midshire"));
    }
}
