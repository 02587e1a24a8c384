//! The page around the map: title above, panel beside, inset of London, sources below.

use maud::{Markup, html};

use super::frame::{self, Frame};
use super::inset::{self, Inset};
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
pub fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Everything on the page with its place.
struct Page<'a> {
    picture: &'a Picture<'a>,
    width: f64,
    title: Vec<String>,
    subtitle: Vec<String>,
    top: f64,
    frame: Frame,
    placed: Placed,
    inset: Option<Inset>,
}

impl<'a> Page<'a> {
    fn new(picture: &'a Picture<'a>, options: &MapOptions) -> Result<Self, ReportError> {
        let width = options.width.max(900.0);
        let title = type_size::wrap(&headline::title(picture.answer), 28.0, true, width - 2.0 * MARGIN);
        let subtitle = type_size::wrap(&subtitle(picture), 16.0, false, width - 2.0 * MARGIN);
        let top = MARGIN + title.len() as f64 * 34.0 + subtitle.len() as f64 * 22.0 + 14.0;
        let room = (width - PANEL - 3.0 * MARGIN, MAP_HEIGHT);
        let window = frame::window(picture.map.areas.iter().map(|a| &a.shape), 0.015).ok_or(ReportError::Empty)?;
        let frame = Frame::new(window, (MARGIN, top), room);
        let london = inset::crowded(picture).filter(|_| options.inset);
        let inset = london.map(|window| Inset::new(picture, window, (width - MARGIN - PANEL, top), PANEL));
        let placed = label::place(&frame, &inset::main_labels(picture, inset.as_ref()));
        Ok(Self {
            picture,
            width,
            title,
            subtitle,
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
        let below = MARGIN + self.title.len() as f64 * 34.0 + 16.0;
        html! {
            @for (k, line) in self.title.iter().enumerate() {
                text x=(tenth(MARGIN)) y=(tenth(MARGIN + 24.0 + k as f64 * 34.0)) font-size="28" font-weight="bold" fill=(INK) { (line) }
            }
            @for (k, line) in self.subtitle.iter().enumerate() {
                text x=(tenth(MARGIN)) y=(tenth(below + k as f64 * 22.0)) font-size="16" fill=(GREY) { (line) }
            }
        }
    }

    fn map(&self) -> Markup {
        let clip = "m-clip";
        html! {
            (layer::clip_path(clip, &self.frame))
            g clip-path={ "url(#" (clip) ")" } {
                g transform=(self.frame.transform()) { (layer::ground(self.picture, &self.frame, MAIN)) }
                (context_names(self.picture, &self.frame, &self.placed))
                @if let Some(inset) = &self.inset { (inset::outline_of(&self.frame, inset.frame.window())) }
                (layer::labels(self.picture, &self.frame, &self.placed, false))
                (layer::deal_letters(self.picture, &self.frame, &self.placed.taken))
            }
            @if let Some(inset) = &self.inset { (inset.markup(self.picture)) }
        }
    }

    /// The panel beside the map; deals and key move below the map where they would make the page longer than they do there. Answers with its end.
    fn panel(&self) -> (Markup, f64) {
        let below_inset = self
            .inset
            .as_ref()
            .map(|inset| inset.frame.origin().1 + inset.frame.size().1 + 8.0);
        let right = self.width - MARGIN - PANEL;
        let mut column = Column {
            x: right,
            width: PANEL,
            y: below_inset.unwrap_or(self.top - 18.0),
        };
        let lots = panel::lots(self.picture, &mut column);
        let map_end = self.top + self.frame.size().1;
        let rows = self.picture.answer.deals.len() as f64 + 7.0;
        let (mut deals, mut key) = (column, None);
        if column.y + rows * panel::ROW + 60.0 > map_end + (rows - 7.0).max(4.0) * panel::ROW {
            deals = Column {
                x: MARGIN,
                width: PANEL,
                y: map_end,
            };
            key = Some(Column {
                x: MARGIN + PANEL + 40.0,
                width: right - PANEL - 2.0 * MARGIN - 40.0,
                y: map_end,
            });
        }
        let shown_large = |lot: &&usize| !self.inset.as_ref().is_some_and(|inset| inset.labels(**lot));
        let hidden = self.placed.left_off.iter().filter(shown_large).count();
        let deal_list = panel::deals(self.picture, &mut deals);
        let mut key = key.unwrap_or(deals);
        let signs = panel::key(self.picture, &mut key, &self.frame, MAIN, hidden);
        (
            html! { (lots) (deal_list) (key_hatching()) (signs) },
            column.y.max(deals.y).max(key.y),
        )
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

/// Measure, coverage and quality.
fn subtitle(picture: &Picture) -> String {
    let coverage = headline::coverage(picture.answer, picture.map.areas.len());
    format!(
        "Contract value of each lot by its share of people. {coverage}. {}.",
        headline::quality(picture.answer)
    )
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
