//! The page around the map: title above, panel beside or below, inset of London, sources at the foot.

use maud::{Markup, html};

use super::drawing::{Credit, Drawing};
use super::frame::Frame;
use super::inset;
use super::label::{self, Label, Line, Others, Placed, Wanted};
use super::layer::{self, INK, Style, tenth};
use super::layout::{LINE_OF_SOURCES, Layout, MARGIN};
use super::look::Look;
use super::panel;
use super::paper::Paper;
use super::picture::Picture;
use super::space::Space;
use super::texts::Texts;
use super::type_size;
use crate::report::{Answer, MapData, ReportError};

/// What a map is to show, and on what.
#[derive(Clone, Debug)]
pub struct MapOptions {
    /// Whether deals lie over the lots.
    pub deals: bool,
    /// Whether London stands enlarged beside the map where it takes part.
    pub inset: bool,
    /// What it is laid out for.
    pub paper: Paper,
    /// What the colours mean.
    pub look: Look,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self {
            deals: true,
            inset: true,
            paper: Paper::Screen,
            look: Look::Lots,
        }
    }
}

pub(super) const GREY: &str = "#505A5F";
const MAIN: Style = Style {
    id: "m-",
    interactive: false,
};

/// The plan as a picture.
///
/// # Errors
/// [`ReportError::Empty`] without areas, [`ReportError::Mismatch`] where answer and map do not belong together.
pub fn map(answer: &Answer, map: &MapData, options: &MapOptions) -> Result<Drawing, ReportError> {
    let mut map = map.clone();
    let mut answer = answer.clone();
    if !options.deals {
        map.deals.clear();
        answer.deals.clear();
    }
    let picture = Picture::new(&answer, &map)?.with_look(options.look.clone());
    Page::new(&picture, options)?.drawing(options.paper)
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
    texts: Texts,
    layout: Layout,
    placed: Placed,
}

impl<'a> Page<'a> {
    fn new(picture: &'a Picture<'a>, options: &MapOptions) -> Result<Self, ReportError> {
        let texts = Texts::new(picture);
        let layout = Layout::new(picture, &texts, options)?;
        let wanted = inset::main_labels(picture, layout.inset.as_ref());
        let placed = label::place_off(&layout.frame, &wanted, &context_land(picture));
        Ok(Self {
            picture,
            texts,
            layout,
            placed,
        })
    }

    fn drawing(&self, paper: Paper) -> Result<Drawing, ReportError> {
        let mut flow = self.layout.flow.clone();
        let shown_large = |lot: &&usize| !self.layout.inset.as_ref().is_some_and(|inset| inset.labels(**lot));
        let hidden = self.placed.left_off.iter().filter(shown_large).count();
        let brief = self.layout.brief;
        let panel = panel::all(self.picture, &mut flow, &self.layout.frame, MAIN, hidden, brief);
        let lowest = flow.end().max(self.layout.map_end());
        let feet = self.layout.sources.len() as f64 * LINE_OF_SOURCES;
        let sources_top = self.layout.height.map_or(lowest + 28.0, |height| height - feet - 4.0);
        let height = self.layout.height.unwrap_or(sources_top + feet + MARGIN / 2.0);
        let body = html! {
            rect width="100%" height="100%" fill="#FFFFFF" {}
            (heading(&self.layout))
            (self.map())
            (key_hatching())
            (panel)
            (sources(&self.layout.sources, sources_top, self.layout.width))
        };
        Ok(Drawing {
            body: without_controls(&body.into_string()),
            size: (self.layout.width, height),
            paper,
            title: self.texts.title.clone(),
            words: self.texts.description.clone(),
            credit: Credit::new(self.picture.answer, self.picture.map),
        })
    }

    fn map(&self) -> Markup {
        let clip = "m-clip";
        let (frame, inset) = (&self.layout.frame, self.layout.inset.as_ref());
        let names = context_names(self.picture, frame, &self.placed);
        let taken: Vec<Space> = names
            .iter()
            .map(|name| Space::of(&name.lines, name.at))
            .chain(self.placed.taken.iter().copied())
            .collect();
        html! {
            (layer::clip_path(clip, frame))
            g clip-path={ "url(#" (clip) ")" } {
                g transform=(frame.transform()) { (layer::ground(self.picture, frame, MAIN)) }
                (outside_names(&names))
                @if let Some(inset) = inset { (inset::outline_of(frame, inset.frame.window())) }
                (layer::labels(self.picture, frame, &self.placed, false))
                (layer::deal_letters(self.picture, frame, &taken))
            }
            @if let Some(inset) = inset { (inset.markup(self.picture)) }
        }
    }
}

/// Title and subtitle.
pub(super) fn heading(layout: &Layout) -> Markup {
    let (size, step) = (layout.title_size, layout.title_size * 1.2);
    let below = MARGIN + layout.title.len() as f64 * step + 16.0;
    html! {
        @for (k, line) in layout.title.iter().enumerate() {
            text x=(tenth(MARGIN)) y=(tenth(MARGIN + size * 0.86 + k as f64 * step)) font-size=(size) font-weight="bold" fill=(INK) { (line) }
        }
        @for (k, line) in layout.subtitle.iter().enumerate() {
            text x=(tenth(MARGIN)) y=(tenth(below + k as f64 * 22.0)) font-size="16" fill=(GREY) { (line) }
        }
    }
}

/// Sources under a line, from the baseline `top` on.
pub(super) fn sources(lines: &[String], top: f64, width: f64) -> Markup {
    html! {
        path d={ "M" (tenth(MARGIN)) " " (tenth(top - 18.0)) "H" (tenth(width - MARGIN)) } stroke="#B1B4B6" {}
        @for (k, line) in lines.iter().enumerate() {
            text x=(tenth(MARGIN)) y=(tenth(top + k as f64 * LINE_OF_SOURCES)) font-size="12" fill=(GREY) { (line) }
        }
    }
}

/// Hatching of areas in no lot at the size of the key.
pub(super) fn key_hatching() -> Markup {
    html! {
        defs {
            pattern id="m-key" patternUnits="userSpaceOnUse" width="8" height="8" patternTransform="rotate(45)" {
                rect width="8" height="8" fill="#FFFFFF" {}
                rect width="1.6" height="8" fill=(INK) {}
            }
        }
    }
}

/// Land that takes no part, which keeps its room for its own names where labels can stand elsewhere.
fn context_land<'a>(picture: &Picture<'a>) -> Others<'a> {
    Others {
        shapes: picture.map.context.iter().map(|(_, shape)| shape).collect(),
        strict: false,
    }
}

/// Names of land that takes no part, where they fit without touching a label or covering a lot.
fn context_names(picture: &Picture, frame: &Frame, placed: &Placed) -> Vec<Label> {
    let forms = |name: &str| -> Vec<Vec<Line>> {
        let lines = |size: f64| -> Vec<Line> {
            let texts = type_size::wrap(name, size, false, size * 7.0).into_iter();
            texts
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
    let lots = Others {
        shapes: picture.map.lots.iter().map(|lot| &lot.shape).collect(),
        strict: true,
    };
    label::place_around(frame, &wanted, &lots, placed.clone())
}

fn outside_names(names: &[Label]) -> Markup {
    html! {
        g text-anchor="middle" fill=(INK) stroke="#FFFFFF" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke" {
            @for label in names { (layer::leader(label)) (layer::lines(label)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::{Measured, MovedArea, Moves, Shading};
    use super::*;
    use crate::report::sample;

    fn text_of(answer: &Answer, data: &MapData, options: &MapOptions) -> String {
        map(answer, data, options).unwrap().svg()
    }

    fn drawn() -> String {
        let (answer, data) = sample::two_lots();
        text_of(&answer, &data, &MapOptions::default())
    }

    #[test]
    fn a_tiny_map_keeps_its_structure() {
        let (answer, data) = sample::two_lots();
        let drawing = map(&answer, &data, &MapOptions::default()).unwrap();
        insta::assert_snapshot!(drawing.body.replace("><", ">\n<"));
    }

    #[test]
    fn the_map_says_who_is_counted_and_a_slide_names_the_source() {
        let (answer, mut data) = sample::two_lots();
        let source = crate::report::Source {
            title: "Population, mid-2016".into(),
            source: "A statistics office".into(),
            figures: true,
            ..data.sources[0].clone()
        };
        data.sources.push(source);
        let picture = Picture::new(&answer, &data).unwrap();
        let texts = Texts::new(&picture);
        assert!(
            texts.subtitle.contains("£100.0m. People: Population, mid-2016. "),
            "{}",
            texts.subtitle
        );
        assert!(
            texts.credit.starts_with("Population, mid-2016: A statistics office ("),
            "{}",
            texts.credit
        );
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
        data.sources[0].attribution = "</metadata><script>".into();
        let text = text_of(&answer, &data, &MapOptions::default());
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
        let text = text_of(&answer, &data, &MapOptions::default());
        assert!(text.contains("url(#m-none)") && text.contains("1 area in no lot"));
        assert!(text.contains("url(#m-split0-1)") && text.contains("shared by two lots"));
    }

    #[test]
    fn london_stands_enlarged_only_where_it_takes_part_with_others() {
        let (answer, mut data) = sample::two_lots();
        data.areas[2].code = "E09000001".into();
        data.areas[3].code = "E09000002".into();
        for paper in Paper::ALL {
            let options = MapOptions {
                paper,
                ..MapOptions::default()
            };
            assert!(
                text_of(&answer, &data, &options).contains("London, enlarged"),
                "{paper:?}"
            );
        }
        let plain = MapOptions {
            inset: false,
            ..MapOptions::default()
        };
        assert!(!text_of(&answer, &data, &plain).contains("London, enlarged"));
        assert!(!drawn().contains("London, enlarged"));
    }

    #[test]
    fn deals_can_be_left_off() {
        let (answer, data) = sample::two_lots();
        let plain = MapOptions {
            deals: false,
            ..MapOptions::default()
        };
        assert!(drawn().contains("Midshire (co-design)"));
        assert!(!text_of(&answer, &data, &plain).contains("Midshire"));
    }

    #[test]
    fn a_measure_is_shown_in_classes_with_a_legend_and_a_title_that_says_its_range() {
        let (answer, mut data) = sample::two_lots();
        data.areas[3].volume = 900.0;
        let measured = Measured::of_word("people", &answer, &data).unwrap();
        let look = Look::Shaded(Shading::new(measured));
        let text = text_of(
            &answer,
            &data,
            &MapOptions {
                look,
                ..MapOptions::default()
            },
        );
        assert!(text.contains("People of each area, from 250 ("), "{text}");
        assert!(text.contains("(3 areas)") && text.contains("(1 area)"));
    }

    #[test]
    fn moved_areas_are_named_and_the_others_pale() {
        let (answer, data) = sample::two_lots();
        let moved = MovedArea {
            area: 1,
            from: Some("2".into()),
            to: Some("1".into()),
            volume: 250.0,
        };
        let look = Look::Moved(Moves {
            before: "as let".into(),
            now: "proposed".into(),
            areas: vec![moved],
            old_borders: data.lot_borders.clone(),
            value_gbp: Some(25e6),
        });
        let text = text_of(
            &answer,
            &data,
            &MapOptions {
                look,
                ..MapOptions::default()
            },
        );
        assert!(text.contains("1 area with 250 people (£25.0m) moves between as let and proposed"));
        assert!(text.contains("Midby: 2 to 1") && text.matches("fill=\"#F3F2F1\"").count() == 3);
    }
}
